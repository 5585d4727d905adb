"""Memos in lists and read whole."""

from __future__ import annotations

from gettext import gettext as _

from rich.text import Text

from workbench.services.memos import FoundMemo, condensate_words
from workbench.tui.presenting import wording
from workbench.tui.transcript.display import safe, safe_line


def kind_words() -> dict[str, str]:
    """Kind of memo -> what it is called."""
    return {"memo": _("memo"), "diary": _("dagbok"), "condensate": _("kondensat")}


def on_words() -> dict[str, str]:
    """What a memo can be on -> what it is called."""
    return {
        "project": _("prosjektet"),
        "case": _("case"),
        "informant": _("informant"),
        "source": _("kilde"),
        "span": _("sted i en tekst"),
        "code": _("kode"),
        "theme": _("tema"),
        "coding": _("koding"),
    }


def memo_lines(found: FoundMemo, width: int) -> list[Text]:
    """Two lines: what it is on, when and by whom; and how it begins."""
    memo = found.memo
    head = Text()
    title = memo.day if memo.kind == "diary" else found.subject.words
    head.append(safe_line(_("Dagbok {day}").format(day=title) if memo.kind == "diary" else title), style="bold")
    if memo.kind == "condensate":
        head.append("  " + condensate_words(), style="italic")
    for part in (memo.created[:10] if memo.kind != "diary" else "", memo.coder, _("PRIVAT") if memo.private else ""):
        if part:
            head.append("  " + safe_line(part), style="dim")
    if found.unknown:
        head.append("  " + _("⚠ ukjent lenke"), style="bold")
    return [head, Text("  " + safe_line(wording.shortened(memo.text, max(width * 2, 20))))]


def memo_text(found: FoundMemo | None) -> Text:
    """A memo in full, with where its links lead."""
    if found is None:
        return Text(_("Ingen memoer. n skriver i dagboken, m skriver på noe."))
    memo = found.memo
    words = Text()
    title = _("Dagbok {day}").format(day=memo.day) if memo.kind == "diary" else found.subject.words
    words.append(safe_line(title[:1].upper() + title[1:]), style="bold")
    if memo.kind == "condensate":
        words.append("\n" + condensate_words(), style="italic")
    facts = _("{coder}, {created}, endret {updated}").format(
        coder=memo.coder, created=memo.created[:10], updated=memo.updated[:16].replace("T", " ")
    )
    words.append("\n" + safe_line(facts), style="dim")
    if memo.private:
        words.append("\n" + _("PRIVAT: vises bare for deg, men ligger i prosjektfilen."), style="bold")
    words.append("\n\n" + safe(memo.text))
    if found.links:
        words.append("\n\n" + _("Lenker") + "\n", style="bold")
        for link in found.links:
            known = "" if link.leads_to else "  " + _("⚠ fører ikke til noe sitat")
            words.append(safe_line(f"[[{link.quote}]]{known}") + "\n")
    return words
