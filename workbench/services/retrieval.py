"""Excerpts: coded passages found again by code, case, role, coder, wave, text or star, with who said them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.text import normalise
from workbench.core.entities import Case, CodeEntry, Coding, Informant, Source, StoredTurn
from workbench.core.voices import Voices
from workbench.services.cases import below, find_case
from workbench.services.codebook import codes_within
from workbench.store.project import Project
from workbench.store.queries import codings as coding_queries
from workbench.store.queries import corpus as corpus_queries
from workbench.store.queries.corpus import TurnRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """A coding with its surroundings and its speaker."""

    coding: Coding
    source: Source
    speaker: str
    role: str
    """`interviewer`, `participant`, `other`, or empty where the text has no turns."""
    informant: Informant | None
    """Who spoke; None in minutes, reports and unknown voices."""
    time_ms: int | None
    turns: tuple[StoredTurn, ...]
    """The turns the span touches."""
    question: str
    """The interviewer's turn before, empty if there is none."""
    before: str
    """The turn before the span, whoever spoke."""
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What to look for; empty means no restriction."""

    code: str = ""
    exact: bool = False
    case: str = ""
    role: str = ""
    """An informant's role, or `interviewer` / `participant`."""
    coder: str = ""
    wave: str = ""
    text: str = ""
    starred: bool = False
    source: str = ""
    """Id of a source."""
    fold: bool = False
    """Let o find ø, a find å and ae find æ in `text`."""


def find_excerpts(project: Project, wanted: Filter | None = None) -> list[Excerpt]:
    """Excerpts in reading order.

    Raises:
        NotFound: if the code or case that was asked for is not known.
    """
    wanted = wanted or Filter()
    connection = project.connection
    codes = _codes(project, wanted)
    needle = _searchable(normalise(wanted.text), fold=wanted.fold)
    codings = coding_queries.codings(
        connection,
        source=wanted.source or None,
        codes=codes,
        coder=project.coder_id(wanted.coder) if wanted.coder else None,
        keep=(lambda text: needle in _searchable(text, fold=wanted.fold)) if needle else None,
    )
    sources = {source.id: source for source in corpus_queries.sources(connection)}
    cases = corpus_queries.cases(connection)
    allowed = _allowed_cases(project, wanted, cases)
    informants = {informant.number: informant for informant in corpus_queries.informants(connection)}
    found: list[Excerpt] = []
    reader = _Surroundings(project)
    for coding in codings:
        source = sources[coding.source]
        if allowed is not None and not allowed.intersection(source.cases):
            continue
        if wanted.wave and source.wave != wanted.wave:
            continue
        if wanted.starred and not coding.star:
            continue
        excerpt = reader.excerpt(coding, source, informants)
        if _has_role(excerpt, wanted.role):
            found.append(excerpt)
    return found


def _codes(project: Project, wanted: Filter) -> set[str] | None:
    if not wanted.code:
        return None
    return codes_within(project, wanted.code, exact=wanted.exact)


def _allowed_cases(project: Project, wanted: Filter, cases: Sequence[Case]) -> set[str] | None:
    """Names of the case asked for and the cases that lie in it."""
    if not wanted.case:
        return None
    ids = below(cases, find_case(project, wanted.case).id)
    return {case.name for case in cases if case.id in ids}


def _has_role(excerpt: Excerpt, role: str) -> bool:
    if not role:
        return True
    folded = role.casefold()
    own = excerpt.informant.role.casefold() if excerpt.informant else ""
    return folded in (excerpt.role.casefold(), own)


def _searchable(text: str, *, fold: bool) -> str:
    folded = " ".join(text.casefold().split())
    if fold:
        for letter, plain in (("ø", "o"), ("å", "a"), ("æ", "ae")):
            folded = folded.replace(letter, plain)
    return folded


class _Surroundings:
    """Turns and texts of the sources met so far, read once each; turns stay rows until an excerpt touches them."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._turns: dict[str, tuple[list[TurnRow], Voices]] = {}
        self._texts: dict[str, str] = {}

    def excerpt(self, coding: Coding, source: Source, informants: dict[str, Informant]) -> Excerpt:
        rows, voices = self._turns_of(source)
        text = self._text_of(source)
        touched = voices.touched(coding.start, coding.end)
        main = voices.main(coding.start, coding.end)
        voice = None if main is None else corpus_queries.stored_turn(rows[main])
        first, last = (touched[0], touched[-1]) if touched else (0, len(rows))
        number = voice.informant if voice else source.informants[0] if not rows and len(source.informants) == 1 else ""
        asked = next((n for n in range(first - 1, -1, -1) if voices.asking[n]), None)

        def spoken(n: int | None) -> str:
            return text[voices.starts[n] : voices.ends[n]] if n is not None and 0 <= n < len(rows) else ""

        return Excerpt(
            coding=coding,
            source=source,
            speaker=voice.speaker if voice else "",
            role=voice.role if voice else "",
            informant=informants.get(number),
            time_ms=voice.start_ms if voice else None,
            turns=tuple(corpus_queries.stored_turn(rows[n]) for n in touched),
            question=spoken(asked),
            before=spoken(first - 1),
            after=spoken(last + 1),
        )

    def _turns_of(self, source: Source) -> tuple[list[TurnRow], Voices]:
        if source.id not in self._turns:
            rows = corpus_queries.turn_rows(self._project.connection, source)
            voices = Voices(
                tuple(row[2] for row in rows),
                tuple(row[3] for row in rows),
                tuple(row[5] == "interviewer" for row in rows),
                tuple(row[6] for row in rows),
            )
            self._turns[source.id] = (rows, voices)
        return self._turns[source.id]

    def _text_of(self, source: Source) -> str:
        if source.id not in self._texts:
            self._texts[source.id] = corpus_queries.text_of(self._project.connection, source.version)
        return self._texts[source.id]


def code_path(entries: Sequence[CodeEntry], code: str) -> str:
    """«Bolig › Midlertidig bolig»: the code's name with its parents'."""
    by_id = {entry.id: entry for entry in entries}
    names: list[str] = []
    while code in by_id and len(names) < len(entries):
        names.append(by_id[code].name)
        code = by_id[code].parent
    return " › ".join(reversed(names))
