"""Comments as lists show them."""

from __future__ import annotations

from gettext import gettext as _

from rich.text import Text

from workbench.core.comment_file import ReaderComment
from workbench.core.entities import Comment
from workbench.tui.presenting import wording
from workbench.tui.transcript.display import safe_line

ROW_LINES = 3


def on_words() -> dict[str, str]:
    """What a comment can be on."""
    return {"coding": _("koding"), "code": _("kode"), "theme": _("tema")}


def taken_lines(comment: Comment, width: int) -> list[Text]:
    """A comment a reader has handed back: who, on what, handled or not, the words, and the answer."""
    mark = "●" if comment.status == "handled" else "○"
    status = _("behandlet") if comment.status == "handled" else _("åpen")
    place = f"{on_words().get(comment.target_kind, '')} {comment.quote}"
    head = Text.assemble(
        (f"{mark} {status} ", "bold"), safe_line(f"{comment.reader} · {place} · {comment.created[:10]}")
    )
    words = Text(safe_line("  " + wording.shortened(comment.text, max(width - 2, 8))))
    answer = _("svar: {text}").format(text=comment.reply) if comment.reply else _("(ikke besvart)")
    return [head, words, Text(safe_line("  " + wording.shortened(answer, max(width - 2, 8))), style="dim")]


def own_lines(comment: ReaderComment, taken: Comment | None, width: int) -> list[Text]:
    """A reader's own comment: on what, when, the words, and what the lead has made of it."""
    head = Text(safe_line(f"{on_words().get(comment.on, '')} {comment.name}"), style="bold")
    head.append(f" · {comment.updated[:10]}", style="not bold dim")
    room = max(width - 2, 8)
    if taken is None:
        became = _("ikke tatt inn av prosjektlederen")
    elif taken.reply:
        became = _("svar: {text}").format(text=taken.reply)
    else:
        became = _("behandlet") if taken.status == "handled" else _("tatt inn, ikke besvart")
    words = Text(safe_line("  " + wording.shortened(comment.text, room)))
    return [head, words, Text(safe_line("  " + wording.shortened(became, room)), style="dim")]
