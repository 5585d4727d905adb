"""Rows of the words screen: words with their figures, and places with the word in the middle."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _
from typing import TypeAlias

from rich.text import Text

from nlp.words.collocations import Pair
from nlp.words.frequency import WordCount
from nlp.words.keyness import KeyWord
from workbench.services.words import Place
from workbench.tui.presenting import wording
from workbench.tui.transcript.display import safe_line

ROOM = 16
"""Cells that a word shall have before a third figure is shown."""
CELLS = 7
"""Width of a figure."""
Entry: TypeAlias = WordCount | KeyWord | Pair


def phrase_of(entry: Entry) -> tuple[str, ...]:
    """The dictionary forms that an entry stands for."""
    return (entry.first, entry.second) if isinstance(entry, Pair) else (entry.word,)


def heading(kind: str, width: int) -> Text:
    """What the columns of the list are called.

    Args:
        kind: `list`, `typical` or `company`.
        width: in cells.
    """
    figures = {
        "list": (_("antall"), _("kilder"), _("spred.")),
        "typical": (_("antall"), _("kilder"), _("z"), _("resten")),
        "company": (_("antall"), _("kilder"), _("G2")),
    }[kind]
    return Text(_columns(_("ord"), figures, width), style="dim")


def entry_line(entry: Entry, width: int) -> Text:
    """A word or a pair with its figures; a typical word of one source alone says so."""
    n = str(len(entry.sources))
    if isinstance(entry, WordCount):
        spread = "–" if entry.dispersion is None else wording.score(entry.dispersion)
        return Text(_columns(entry.word, (str(entry.count), n, spread), width))
    if isinstance(entry, KeyWord):
        alone = len(entry.sources) == 1
        figures = (str(entry.count), _("bare 1") if alone else n, _decimal(entry.z), str(entry.rest_count))
        return Text(_columns(entry.word, figures, width), style="dim" if alone else "")
    return Text(_columns(f"{entry.first} {entry.second}", (str(entry.count), n, _decimal(entry.g2)), width))


def place_lines(place: Place, width: int) -> list[Text]:
    """Two lines: the words around with the hit in the middle, and whose they are."""
    line = place.line
    hit = safe_line(wording.shortened(line.hit, max(width // 2, 8)))
    side = max((width - len(hit) - 2) // 2, 0)
    left, right = (safe_line(" ".join(each.split())) for each in (line.left, line.right))
    shown = Text(left[-side:].rjust(side) if side else "")
    shown.append(_gap(line.left[-1:]))
    shown.append(hit, "bold underline" if line.match == "word" else "bold")
    shown.append(_gap(line.right[:1]))
    shown.append(right[:side])
    who = [place.informant or place.speaker, _match_words().get(line.match, ""), place.source.name]
    return [shown, Text("  " + safe_line(" · ".join(each for each in who if each)), style="dim")]


def _match_words() -> dict[str, str]:
    return {"compound": _("sammensetning"), "reading": _("kan være et annet ord")}


def _gap(neighbour: str) -> str:
    return " " if not neighbour or neighbour.isspace() else ""


def _decimal(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")


def _columns(word: str, figures: Sequence[str], width: int) -> str:
    """The word and as many of its figures as leave it room, the first ones first."""
    shown = figures[: max(2, (width - ROOM) // CELLS)]
    room = max(width - CELLS * len(shown) - 1, 6)
    cut = safe_line(wording.shortened(word, room - 1)).ljust(room)
    return " " + cut + "".join(figure.rjust(CELLS) for figure in shown)
