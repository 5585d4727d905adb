"""Search as the screens show it: how words are searched for, which hit comes next, and a hit in a list."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from gettext import gettext as _

from rich.text import Text

from workbench.services.finding import Hit, Sought
from workbench.tui.transcript.display import safe_line
from workbench.tui.transcript.document import Span

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
