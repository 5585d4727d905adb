"""Whose codings are on show: everybody's, one coder's, or two coders' against each other."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from typing import Literal

from rich.style import Style

from workbench.core.entities import Coding
from workbench.tui.presenting.codes import CodeList
from workbench.tui.presenting.marks import coding_mark
from workbench.tui.transcript.document import Mark, Span
from workbench.tui.transcript.weave import Thread

Agreement = Literal["both", "first", "second", "apart"]
"""How a stretch is coded: with the same codes by both, with something by the first alone, by the second alone, or with
something by each alone."""

LOOKS: dict[Agreement, Style] = {
    "both": Style(underline=False, underline2=True),
    "first": Style(underline=True),
    "second": Style(underline=True, italic=True),
    "apart": Style(underline=True, italic=True, bold=True),
}
SIGNS = {"same": "=", "partly": "≈", "first": "‹", "second": "›"}
"""What stands before a code's initials in the margin."""


@dataclass(frozen=True, slots=True)
class Layers:
    """Names of the coders whose codings are shown: nobody named shows all, two are shown against each other."""

    coders: tuple[str, ...] = ()

    def shows(self, coder: str) -> bool:
        return not self.coders or coder.casefold() in {each.casefold() for each in self.coders}

    @property
    def against(self) -> bool:
        return len(self.coders) == 2


def layer_words(layers: Layers, me: str) -> str:
    """«viser bare Ola», or «‹ Kari mot Ola ›»; empty when everybody's codings are shown."""
    if layers.against:
        return _("‹ {first} mot {second} ›").format(first=layers.coders[0], second=layers.coders[1])
    if not layers.coders:
        return ""
    mine = layers.coders[0].casefold() == me.casefold()
    return _("viser bare mine") if mine else _("viser bare {coder}").format(coder=layers.coders[0])


def layered_marks(
    layers: Layers, codes: CodeList, codings: Iterable[Coding], *, among: Iterable[Coding] | None = None
) -> list[Mark]:
    """The marks of the codings on show; two coders' are put on a side each, with a sign of whether the other agrees.

    Args:
        layers: whose are on show.
        codes: for names and colours.
        codings: to be drawn.
        among: what they are held against, where that is more than themselves.
    """
    drawn = list(codings)
    if not layers.against:
        return [coding_mark(coding, codes) for coding in drawn if layers.shows(coding.coder)]
    held_against = [_by_code(side) for side in _sides(layers, drawn if among is None else among)]
    found = []
    for n, mine in enumerate(_sides(layers, drawn)):
        alone = "first" if n == 0 else "second"
        for coding in mine:
            met = _met(coding, held_against[1 - n].get(coding.code, ()))
            found.append(coding_mark(coding, codes, sign=SIGNS[met or alone], side=1 if n == 0 else 2))
    return found


def threads(layers: Layers, codings: Iterable[Coding], within: Span | None = None) -> list[Thread]:
    """Where in the text (or in part of it) two coders agree and where not; empty unless two are shown against each other."""
    if not layers.against:
        return []
    first, last = within or (0, sys.maxsize)
    return [
        Thread(max(start, first), min(end, last), LOOKS[how])
        for start, end, how in stretches(layers, codings)
        if start < last and end > first
    ]


def stretches(layers: Layers, codings: Iterable[Coding]) -> Iterator[tuple[int, int, Agreement]]:
    """(start, end, agreement) of what either coder has coded, in order, without overlap."""
    events: list[tuple[int, int, int, str]] = []
    for side, mine in enumerate(_sides(layers, codings)):
        for coding in mine:
            events += [(coding.start, side, 1, coding.code), (coding.end, side, -1, coding.code)]
    events.sort(key=lambda event: event[0])
    open_codes = Counter[str](), Counter[str]()
    begun = 0
    for place, side, step, code in events:
        how = _agreement(*open_codes)
        if how is not None and place > begun:
            yield begun, place, how
        begun = place
        open_codes[side][code] += step
        if not open_codes[side][code]:
            del open_codes[side][code]


def told_apart(layers: Layers, here: Sequence[Coding]) -> str:
    """The codes that lie over one place, with who has given each: «Bolig (begge), Økonomi (bare Ola)»."""
    first, second = _sides(layers, here)
    coders: dict[str, set[int]] = {}
    names = {}
    for side, mine in enumerate((first, second)):
        for coding in mine:
            coders.setdefault(coding.code, set()).add(side)
            names[coding.code] = coding.code_name
    parts = []
    for code, sides in coders.items():
        by = _("begge") if len(sides) == 2 else _("bare {coder}").format(coder=layers.coders[min(sides)])
        parts.append(f"{names[code]} ({by})")
    return ", ".join(parts)


def _agreement(first: Counter[str], second: Counter[str]) -> Agreement | None:
    alone = bool(first.keys() - second.keys()), bool(second.keys() - first.keys())
    if all(alone):
        return "apart"
    if alone[0]:
        return "first"
    if alone[1]:
        return "second"
    return "both" if first else None


def _met(coding: Coding, others: Sequence[Coding]) -> str:
    """Whether the other coder has the same code on the same span or on part of it; empty if neither."""
    if any((other.start, other.end) == (coding.start, coding.end) for other in others):
        return "same"
    return "partly" if any(other.start < coding.end and other.end > coding.start for other in others) else ""


def _sides(layers: Layers, codings: Iterable[Coding]) -> tuple[list[Coding], list[Coding]]:
    sides: tuple[list[Coding], list[Coding]] = [], []
    for coding in codings:
        for n, coder in enumerate(layers.coders[:2]):
            if coding.coder.casefold() == coder.casefold():
                sides[n].append(coding)
    return sides


def _by_code(codings: Iterable[Coding]) -> dict[str, list[Coding]]:
    found: dict[str, list[Coding]] = {}
    for coding in codings:
        found.setdefault(coding.code, []).append(coding)
    return found
