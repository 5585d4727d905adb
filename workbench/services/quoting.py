"""How a quotation is printed: word for word, or shortened with [...] and clarified with [ ]."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from gettext import gettext as _

from corpus.text import normalise
from workbench.core.entities import Coding
from workbench.core.quoting import MOST_WORDS, Difference, difference
from workbench.errors import Refusal
from workbench.services.coding import get_coding
from workbench.store.project import Project
from workbench.store.queries import codings as queries

_NEGATION = re.compile(
    r"(?i)\b(?:ikke|ikkje|ikkj|inte|ei|aldri|neppe|knapt|ingen|ingenting|inga|inkje|verken|hverken|korkje|uten|utan|nei)\b"
)
_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*")
_BRACKET = re.compile(r"\[[^\[\]]*\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A quotation: what was said, and what stands on paper."""

    quote: str
    """Its id, such as I03-042."""
    source: str
    """Id of the source."""
    source_name: str
    start: int
    end: int
    verbatim: str
    shown: str
    """The printed form that somebody has written; empty when it is printed as it was said."""
    holds: bool
    """False when the text has since been changed so that the printed form says something else."""
    codings: tuple[str, ...]
    """Ids of every coding on the place; they are printed alike."""

    @property
    def printed(self) -> str:
        """What a report prints: the written form as long as it holds."""
        return self.shown if self.shown and self.holds else self.verbatim


def quote_of(project: Project, coding: str) -> Quote:
    """The quotation that a coding is.

    Raises:
        Refusal: if the coding has been removed.
    """
    chosen = get_coding(project, coding)
    same = [
        each for each in queries.codings(project.connection, source=chosen.source) if _place(each) == _place(chosen)
    ]
    shown = next((each.shown for each in (chosen, *same) if each.shown), "")
    return Quote(
        quote=chosen.quote,
        source=chosen.source,
        source_name=chosen.source_name,
        start=chosen.start,
        end=chosen.end,
        verbatim=chosen.text,
        shown=shown,
        holds=holds(chosen.text, shown),
        codings=tuple(each.id for each in same),
    )


def show_quote(project: Project, coding: str, shown: str) -> Quote:
    """Print a quotation in this form from now on, wherever the place is coded; one gesture.

    A form that is the verbatim text itself, white space aside, is no form: the quotation is then printed as it was said.

    Raises:
        Refusal: if something is changed that no bracket says; tells where.
    """
    quote = quote_of(project, coding)
    wanted = normalise(shown).strip()
    if wanted.split() == quote.verbatim.split():
        return reset_quote(project, coding)
    fault = difference(quote.verbatim, wanted)
    if fault is not None:
        raise Refusal(explain(fault))
    if wanted != quote.shown:
        _record(project, quote, wanted)
    return quote_of(project, coding)


def reset_quote(project: Project, coding: str) -> Quote:
    """Print a quotation as it was said again."""
    quote = quote_of(project, coding)
    if quote.shown:
        _record(project, quote, "")
    return quote_of(project, coding)


def deselect_quote(project: Project, coding: str) -> bool:
    """Take the star off every coding of the place, since one of them is enough to print it; whether any had one."""
    starred = [
        each.id for each in queries.codings(project.connection, ids=quote_of(project, coding).codings) if each.star
    ]
    if starred:
        with project.write() as act:
            for each in starred:
                act.record("coding.star", {"id": each, "star": 0})
    return bool(starred)


def holds(verbatim: str, shown: str) -> bool:
    """Whether a printed form says what was said; no form always does."""
    return not shown or difference(verbatim, shown) is None


def negations_touched(verbatim: str, shown: str) -> tuple[str, ...]:
    """Words such as *ikke* that a printed form leaves out of a sentence it keeps more of, or puts in.

    Both are marked as they should be, and the sentence may still say the opposite of what was said.
    """
    if not shown:
        return ()
    kept = _kept(verbatim, shown)
    left_out = [
        word.group()
        for sentence in _SENTENCE.finditer(verbatim)
        for word in _NEGATION.finditer(verbatim, *sentence.span())
        if not kept[word.start()] and any(kept[sentence.start() : sentence.end()])
    ]
    put_in = [
        word.group()
        for bracket in _BRACKET.finditer(shown)
        if bracket.group() not in verbatim
        for word in _NEGATION.finditer(bracket.group())
    ]
    # A bracket that says in other words what it stands for has the negation too.
    if sorted(map(str.casefold, left_out)) == sorted(map(str.casefold, put_in)):
        return ()
    return tuple(dict.fromkeys(word.casefold() for word in (*left_out, *put_in)))


def turned(quote: str, words: Iterable[str]) -> str:
    """What to say of a printed form that touches a negation."""
    return _(
        "Sitatet {quote}: «{words}» er utelatt eller satt inn i en setning. Se om den fortsatt sier det samme."
    ).format(quote=quote, words="», «".join(words))


def explain(fault: Difference) -> str:
    """Where a printed form departs from what was said, and what to do about it."""
    if fault.fault == "nothing":
        return _("Det må stå igjen noe av det som ble sagt: «{said}».").format(said=fault.verbatim)
    if fault.fault == "bracket":
        return _(
            "En klamme deler et ord eller står for for mye ved «{said}». En klargjøring [slik] kan stå for høyst {n} hele "
            "ord; merk det som er utelatt, med [...]."
        ).format(said=fault.verbatim, n=MOST_WORDS)
    if fault.fault == "cut":
        return _(
            "Noe er utelatt uten merke: i teksten står «{said}», her «{shown}». Sett [...] der noe er tatt ut, også først "
            "og sist."
        ).format(said=fault.verbatim, shown=fault.shown)
    return _(
        "Gjengivelsen avviker fra teksten: der det ble sagt «{said}», står det «{shown}». Bare [...] og [ord i klammer] "
        "kan skille dem."
    ).format(said=fault.verbatim, shown=fault.shown)


def _kept(verbatim: str, shown: str) -> list[bool]:
    """For each letter of what was said whether it is printed, where the printed form holds."""
    kept, place = [False] * len(verbatim), 0
    for piece in re.split(r"(\[[^\[\]]*\])", shown):
        words = piece.split()
        if not words or (_BRACKET.fullmatch(piece) and piece not in verbatim[place:]):
            continue
        found = re.compile(r"\s*".join(re.escape(letter) for letter in "".join(words))).search(verbatim, place)
        if found is not None:
            kept[found.start() : found.end()] = [True] * (found.end() - found.start())
            place = found.end()
    return kept


def _record(project: Project, quote: Quote, shown: str) -> None:
    with project.write() as act:
        for coding in quote.codings:
            act.record("coding.shown", {"id": coding, "text": act.text(shown) if shown else ""})


def _place(coding: Coding) -> tuple[int, int]:
    return coding.start, coding.end
