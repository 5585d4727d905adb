"""Rows of proposed signals: what is proposed, how often it holds, and examples in context."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext as _
from gettext import ngettext

from rich.text import Text

from nlp.learning.case_exceptions import ExceptionProposal
from nlp.learning.proposals import Example, TermProposal
from workbench.tui.presenting import wording
from workbench.tui.presenting.codes import SQUARE
from workbench.tui.transcript.display import safe_line

Entry = TermProposal | ExceptionProposal
ROW_LINES = 4
_INDENT = "    "
_AROUND = 200
"""Code points of context on each side that are looked at, enough for the widest terminal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An example with what is needed to draw it."""

    example: Example
    text: str
    """The whole text of its source."""
    source: str
    """Name of the source."""


def entry_lines(
    entry: Entry, code: str, colour: str, examples: Sequence[Shown], *, aside: bool, width: int
) -> list[Text]:
    """Three lines: the proposal with its figures, and two examples; the first one is where Enter leads.

    Args:
        entry: what is proposed.
        code: name of its code.
        colour: of its code.
        examples: those to show, as many as there is room for.
        aside: whether somebody has put it aside.
        width: in cells.
    """
    head = Text(style="dim" if aside else "")
    head.append(f"{SQUARE} ", style=colour)
    head.append(safe_line(code), style="bold")
    head.append("  " + safe_line(_what(entry)), style="bold")
    head.append("  " + safe_line(" · ".join((*([_("skjult")] if aside else []), *_figures(entry)))))
    return [head, *(_example_line(each, width) for each in examples[: ROW_LINES - 2])]


def _what(entry: Entry) -> str:
    if isinstance(entry, ExceptionProposal):
        return _("«{signal}» ikke i {case}").format(signal=entry.signal, case=entry.case)
    shown = _("«{term}» og sammensetninger") if entry.kind == "part" else _("«{term}»")
    return shown.format(term=entry.term)


def _figures(entry: Entry) -> list[str]:
    if isinstance(entry, ExceptionProposal):
        here = _("der: {no} avvist, {yes} godtatt").format(no=entry.rejected, yes=entry.accepted)
        there = _("ellers: {no} avvist, {yes} godtatt").format(
            no=entry.elsewhere_rejected, yes=entry.elsewhere_accepted
        )
        left_out = ngettext("{n} av dem latt stå", "{n} av dem latt stå", entry.left_out).format(n=entry.left_out)
        return [here, *([left_out] if entry.left_out else []), there]
    n = len(entry.sources)
    sources = _("bare én kilde") if entry.is_of_one_source else ngettext("{n} kilde", "{n} kilder", n).format(n=n)
    return [_("{yes} med koden, {no} uten").format(yes=entry.yes, no=entry.no), sources]


def _example_line(shown: Shown, width: int) -> Text:
    """The word with what stands around it, or the whole sentence where no one word is meant, and the source's name."""
    place, text = shown.example, shown.text
    name = "  " + safe_line(wording.shortened(shown.source, max(width // 5, 10)))
    room = max(width - len(_INDENT) - len(name), 10)
    line = Text(_INDENT)
    if (place.start, place.end) == (place.unit_start, place.unit_end):
        line.append(safe_line(wording.shortened(text[place.start : place.end], room)))
    else:
        word = safe_line(wording.shortened(text[place.start : place.end], room // 2))
        side = max((room - len(word)) // 2, 0)
        left = safe_line(_one_line(text[max(place.start - _AROUND, 0) : place.start]))
        right = safe_line(_one_line(text[place.end : place.end + _AROUND]))
        line.append(left[-side:].rjust(side) if side else "")
        line.append(word, style="bold underline")
        line.append(right[:side])
    line.append(name, style="dim")
    return line


def _one_line(text: str) -> str:
    return "".join(" " if char.isspace() else char for char in text)
