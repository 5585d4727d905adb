"""Search as the screens show it: how words are searched for, which hit comes next, and a hit in a list."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from gettext import gettext as _
from typing import TYPE_CHECKING

from rich.text import Text

from workbench.services.finding import Hit, Sought
from workbench.tui.presenting import wording
from workbench.tui.transcript.display import safe_line
from workbench.tui.transcript.document import Span

if TYPE_CHECKING:
    from workbench.services.autocoding import Candidate, Unit

MOST = 10_000
"""Hits that are marked in a text or shown in a list."""


def way_shown(sought: Sought) -> str:
    """«ordrett», or «alle former · å, ø, æ = a, o, ae»: how words are searched for."""
    way = _("alle former") if sought.lemma else _("ordrett")
    return f"{way} · " + _("å, ø, æ = a, o, ae") if sought.fold else way


def neighbour(spans: Sequence[Span], offset: int, direction: int) -> int | None:
    """Index of the nearest span that begins after (1) or before (-1) the offset, going round at the ends."""
    if not spans:
        return None
    starts = [start for start, _end in spans]
    if direction > 0:
        return bisect_right(starts, offset) % len(spans)
    return (bisect_left(starts, offset) - 1) % len(spans)


def hit_lines(hit: Hit, width: int) -> list[Text]:
    """Two lines: where and who, and the words with what stands around them."""
    head = Text(safe_line(hit.source.name), style="bold")
    voice = hit.informant.number if hit.informant else hit.speaker
    for part in (voice, ", ".join(hit.source.cases)):
        if part:
            head.append("  " + safe_line(part), style="dim")
    word = safe_line(" ".join(hit.text.split()))
    before, after = (safe_line(" ".join(side.split())) for side in (hit.before, hit.after))
    room = max((width - len(word) - 6) // 2, 0)
    cut = before if len(before) <= room else "…" + before[len(before) - room + 1 :]
    gaps = [
        " " if side and side[0 if place else -1].isspace() else "" for place, side in enumerate((hit.before, hit.after))
    ]
    line = Text("    ").append(cut + gaps[0], style="dim").append(word, style="bold underline")
    return [head, line.append(gaps[1] + after, style="dim")]


def unit_words() -> dict[Unit, str]:
    """How much of the text a hit stands for, when it is to be coded."""
    return {"hit": _("treffet"), "sentence": _("setningen"), "turn": _("replikken")}


def candidate_lines(candidate: Candidate, *, ticked: bool, width: int) -> list[Text]:
    """Two lines with a box to tick: where and who, and the words; what was found by is underlined among them."""
    hit = candidate.hit
    if candidate.words == ((hit.start, hit.end),):
        head, line = hit_lines(hit, width)
    else:
        head, _line = hit_lines(hit, 0)
        line = Text("    ").append_text(_shown_from_first(candidate, width))
    if candidate.why:
        head.append("  " + safe_line(wording.shortened(candidate.why, width // 2)), style="italic")
    return [Text("☑ " if ticked else "☐ ").append_text(head), line]


def _shown_from_first(candidate: Candidate, width: int) -> Text:
    """What would be coded, from a little before the first word that was found."""
    hit = candidate.hit
    first = candidate.words[0][0] - hit.start if candidate.words else 0
    begin = 0 if first < width // 2 else hit.text.rfind(" ", 0, first - width // 4) + 1
    shown, last = Text("…" if begin else ""), begin
    for start, end in candidate.words:
        if end - hit.start <= begin + 4 * max(width, 20):
            shown.append(_flat(hit.text[last : start - hit.start]))
            shown.append(_flat(hit.text[start - hit.start : end - hit.start]), style="bold underline")
            last = end - hit.start
    return shown.append(_flat(hit.text[last : begin + 4 * max(width, 20)]))


def _flat(text: str) -> str:
    """On one line, blanks at its ends kept."""
    return safe_line("".join(" " if char.isspace() else char for char in text))
