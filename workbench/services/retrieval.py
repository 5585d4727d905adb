"""Excerpts: coded passages found again by code, case, role, coder, wave, text or star, with who said them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.text import normalise
from workbench.core.entities import CodeEntry, Coding, Informant, Source, StoredTurn
from workbench.services.cases import find_case
from workbench.services.codebook import codes_within, find_theme, list_codes
from workbench.services.finding import Progress, Sought, Speech, cases_within, has_role, in_sources, speech
from workbench.services.themes import members
from workbench.services.waiting import older_words
from workbench.store.project import Project
from workbench.store.queries import codings as coding_queries
from workbench.store.queries import corpus as corpus_queries
from workbench.store.queries.cooccurrence import covered

if TYPE_CHECKING:
    from nlp.search import Match

Matched = Mapping[str, Sequence["Match"]]
"""Text version -> where the words that were searched for stand in it."""


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
    waiting: str = ""
    """The words it last stood on, where it waits for a place in a newer version of the text and stands on none."""


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
    lemma: bool = False
    """Read `text` as words in every form, inside compounds and across Bokmål and Nynorsk, not as it is written."""

    own_case: bool = False
    """Not the cases that lie in `case`."""
    no_case: bool = False
    """Only sources without a case."""
    no_wave: bool = False
    """Only sources without a wave."""
    informant: str = ""
    """Number of the informant who says most of the excerpt."""
    no_informant: bool = False
    """Only where no informant is known to speak."""
    with_code: str = ""
    """Only excerpts that share text with this code or one below it, whoever coded it."""
    theme: str = ""
    """Title or id of a theme: what is coded with its codes or those below them, and what belongs to it by itself."""
    standing: bool = False
    """Not what an edit of the text has left empty. A matrix counts only what still stands."""

    @property
    def asks_words(self) -> bool:
        """Whether it takes a search by forms, which may have to parse the texts first."""
        return self.lemma and bool(self.text.strip())


def find_excerpts(
    project: Project,
    wanted: Filter | None = None,
    *,
    matched: Matched | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> list[Excerpt]:
    """Excerpts in reading order.

    Args:
        project: where they are.
        wanted: which; all of them when nothing is said.
        matched: what `matched` found of the filter's words; texts that are not in it are searched now.
        cancelled: asked before each text that is searched now; once it says yes, excerpts of the others are not found.

    Raises:
        NotFound: if the code, case or theme that was asked for is not known.
        Refusal: if a search by forms has no word in it.
    """
    wanted = wanted or Filter()
    connection = project.connection
    codes = _codes(project, wanted)
    needle = "" if wanted.asks_words else _searchable(normalise(wanted.text), fold=wanted.fold)
    codings = coding_queries.codings(
        connection,
        source=wanted.source or None,
        codes=codes,
        coder=project.coder_id(wanted.coder) if wanted.coder else None,
        keep=(lambda text: needle in _searchable(text, fold=wanted.fold)) if needle else None,
    )
    sources = {source.id: source for source in corpus_queries.sources(connection)}
    allowed = _cases(project, wanted)
    informants = {informant.number: informant for informant in corpus_queries.informants(connection)}
    shared = _covered(project, wanted)
    themed = _themed(project, wanted)
    chosen = [
        coding
        for coding in codings
        if _passes(coding, sources[coding.source], wanted, allowed)
        and (themed is None or coding.code in themed or coding.id in themed)
        and (shared is None or _touches(shared.get(coding.source, ()), coding))
    ]
    if wanted.asks_words:
        met = dict(matched or {})
        missing = {each.source: sources[each.source] for each in chosen if sources[each.source].version not in met}
        met |= _searched(project, list(missing.values()), wanted, cancelled=cancelled)
        chosen = [each for each in chosen if _holds_one(met.get(sources[each.source].version, ()), each)]
    reader = _Surroundings(project)
    excerpts = (reader.excerpt(coding, sources[coding.source], informants) for coding in chosen)
    return [excerpt for excerpt in excerpts if _voiced(excerpt, wanted)]


def matched(
    project: Project,
    wanted: Filter,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Matched:
    """Where the filter's words stand in every text that has codings, whatever else the filter asks.

    The first search by forms parses the texts and takes its time; the answer serves as long as only the rest of the filter
    changes.

    Raises:
        Refusal: if there is no word in the filter's text.
    """
    coded = [source for source in corpus_queries.sources(project.connection) if source.codings]
    return _searched(project, coded, wanted, progress=progress, cancelled=cancelled)


def _searched(
    project: Project,
    sources: Sequence[Source],
    wanted: Filter,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool],
) -> dict[str, Sequence[Match]]:
    sought = Sought(query=wanted.text, lemma=wanted.lemma, fold=wanted.fold)
    found = in_sources(project, sources, sought, progress=progress, cancelled=cancelled)
    return {source.version: matches for source, _text, matches in found}


def _holds_one(matches: Sequence[Match], coding: Coding) -> bool:
    """Whether a match lies wholly inside the coded span; they do not overlap, so the first that begins there decides."""
    first = bisect_left(matches, coding.start, key=lambda match: match.start)
    return first < len(matches) and matches[first].end <= coding.end


def _passes(coding: Coding, source: Source, wanted: Filter, allowed: set[str] | None) -> bool:
    """Whether what is asked of case, wave, star and standing text lets the coding through."""
    if allowed is not None and allowed.isdisjoint(source.cases):
        return False
    if (wanted.no_case and source.cases) or (wanted.no_wave and source.wave):
        return False
    if wanted.standing and coding.end == coding.start:
        return False
    return (not wanted.wave or source.wave == wanted.wave) and (coding.star or not wanted.starred)


def _themed(project: Project, wanted: Filter) -> set[str] | None:
    """Ids of the codes, and of the codings, that are in the theme that is asked for."""
    if not wanted.theme:
        return None
    theme = find_theme(project, wanted.theme)
    return members(theme, list_codes(project)) | set(theme.codings)


def _voiced(excerpt: Excerpt, wanted: Filter) -> bool:
    """Whether what is asked of who speaks lets the excerpt through."""
    number = excerpt.informant.number if excerpt.informant else ""
    if (wanted.no_informant and number) or (wanted.informant and number.casefold() != wanted.informant.casefold()):
        return False
    return has_role(excerpt.role, excerpt.informant, wanted.role)


def _covered(project: Project, wanted: Filter) -> Mapping[str, Sequence[tuple[int, int]]] | None:
    """Where the other code that is asked for stands, by source; None when none is asked for."""
    if not wanted.with_code:
        return None
    return covered(project.connection, codes_within(project, wanted.with_code))


def _touches(stretches: Sequence[tuple[int, int]], coding: Coding) -> bool:
    """Whether a span shares a character with one of the stretches, which are in order and do not overlap."""
    before = bisect_left(stretches, coding.end, key=lambda stretch: stretch[0])
    return coding.end > coding.start and before > 0 and stretches[before - 1][1] > coding.start


def _codes(project: Project, wanted: Filter) -> set[str] | None:
    if not wanted.code:
        return None
    return codes_within(project, wanted.code, exact=wanted.exact)


def _cases(project: Project, wanted: Filter) -> set[str] | None:
    """Names of the cases whose sources are wanted; None when no case is asked for."""
    if wanted.case and wanted.own_case:
        return {find_case(project, wanted.case).name}
    return cases_within(project, wanted.case, corpus_queries.cases(project.connection))


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
        self._speech: dict[str, Speech] = {}
        self._texts: dict[str, str] = {}
        self._older: Mapping[str, str] | None = None

    def excerpt(self, coding: Coding, source: Source, informants: dict[str, Informant]) -> Excerpt:
        said = self._speech_in(source)
        rows, voices = said.rows, said.voices
        text = self._text_of(source)
        touched = voices.touched(coding.start, coding.end)
        main = voices.main(coding.start, coding.end)
        speaker, role, number = said.at(coding.start, coding.end)
        first, last = (touched[0], touched[-1]) if touched else (0, len(rows))
        asked = next((n for n in range(first - 1, -1, -1) if voices.asking[n]), None)

        def spoken(n: int | None) -> str:
            return text[voices.starts[n] : voices.ends[n]] if n is not None and 0 <= n < len(rows) else ""

        return Excerpt(
            coding=coding,
            source=source,
            speaker=speaker,
            role=role,
            informant=informants.get(number),
            time_ms=None if main is None else corpus_queries.stored_turn(rows[main]).start_ms,
            turns=tuple(corpus_queries.stored_turn(rows[n]) for n in touched),
            question=spoken(asked),
            before=spoken(first - 1),
            after=spoken(last + 1),
            waiting=self._waiting().get(coding.id, "") if coding.start == coding.end else "",
        )

    def _waiting(self) -> Mapping[str, str]:
        if self._older is None:
            self._older = older_words(self._project)
        return self._older

    def _speech_in(self, source: Source) -> Speech:
        if source.id not in self._speech:
            self._speech[source.id] = speech(self._project, source)
        return self._speech[source.id]

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
