"""Finding words in the texts themselves, coded or not, with who said them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING

from workbench.core.entities import Case, Informant, Source
from workbench.core.voices import Voices
from workbench.errors import Refusal
from workbench.services.cases import below, find_case
from workbench.store.project import Project
from workbench.store.queries import corpus as corpus_queries
from workbench.store.queries.corpus import TurnRow

# What reads words is imported when something is searched for: the first paint imports this module.
if TYPE_CHECKING:
    from nlp.search import Match

CONTEXT = 60
"""Code points of text on each side of a hit, at most."""

Progress = Callable[[int, int, str], None]
"""Called with how many sources are done, how many there are, and the name of the one at hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What is searched for, and how."""

    query: str
    lemma: bool = False
    """By every form of each word, inside compounds and across Bokmål and Nynorsk; otherwise as it is written."""
    fold: bool = False
    """Let o meet ø, a meet å and ae meet æ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A place in a source where the words stand."""

    source: Source
    start: int
    """Code-point offset in the source's text."""
    end: int
    text: str
    before: str
    """What stands before it in the text, whole words, at most CONTEXT code points."""
    after: str
    speaker: str
    role: str
    """`interviewer`, `participant`, `other`, or empty outside turns."""
    informant: Informant | None


@dataclass(frozen=True, slots=True)
class Speech:
    """Who speaks where in one source. Turns stay rows until somebody needs one."""

    source: Source
    rows: list[TurnRow]
    voices: Voices

    def at(self, start: int, end: int) -> tuple[str, str, str]:
        """(speaker, role, informant number) of whoever says most of a span; empty where nobody is known."""
        main = self.voices.main(start, end)
        if main is not None:
            return self.rows[main][4], self.rows[main][5], self.rows[main][6]
        alone = not self.rows and len(self.source.informants) == 1
        return "", "", self.source.informants[0] if alone else ""


def speech(project: Project, source: Source) -> Speech:
    """The turns of a source's present text, and whose they are."""
    rows = corpus_queries.turn_rows(project.connection, source)
    voices = Voices(
        tuple(row[2] for row in rows),
        tuple(row[3] for row in rows),
        tuple(row[5] == "interviewer" for row in rows),
        tuple(row[6] for row in rows),
    )
    return Speech(source, rows, voices)


def in_sources(
    project: Project,
    sources: Iterable[Source],
    sought: Sought,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[tuple[Source, str, list[Match]]]:
    """(source, its text, where the words stand in it) for each source, in the order given; stops once cancelled.

    A search by forms parses the texts that have not been parsed before, and keeps what it made.

    Raises:
        Refusal: if a search by forms has no word in it.
    """
    from nlp import search

    connection = project.connection
    if sought.lemma:
        from nlp.pipeline import load
        from workbench.services import parsing

        pipeline = load()
        query = search.read(
            sought.query,
            lambda chunk: [chunk[each.start : each.end] for each in pipeline.tokens(chunk)],
            fold=sought.fold,
        )
        if not query.phrases:
            raise Refusal(_("Det er ingen ord i «{query}». Skriv minst ett.").format(query=sought.query))
        read = parsing.parse_all(project, sources, pipeline=pipeline, progress=progress, cancelled=cancelled)
        for source, parsed in read:
            text = corpus_queries.text_of(connection, source.version)
            yield source, text, search.matches(parsed, text, query)
        return
    chosen = list(sources)
    for done, source in enumerate(chosen):
        if cancelled():
            return
        if progress is not None:
            progress(done, len(chosen), source.name)
        text = corpus_queries.text_of(connection, source.version)
        yield source, text, list(search.exact(text, sought.query, fold=sought.fold))


def find(
    project: Project,
    sought: Sought,
    *,
    source: str = "",
    case: str = "",
    role: str = "",
    most: int | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> list[Hit]:
    """Every hit, in reading order.

    Args:
        project: where to look.
        sought: what for.
        source: id of the only source to look in.
        case: only sources of this case and of those that lie in it.
        role: only what is said by this role of informant, or by `interviewer` / `participant`.
        most: stop at this many.
        progress: called before each source.
        cancelled: asked now and then; what has been found until then is the answer.

    Raises:
        NotFound: if the case is not known.
        Refusal: if nothing is searched for.
    """
    if not sought.query.strip():
        raise Refusal(_("Skriv hva du leter etter."))
    chosen = corpus_queries.sources(project.connection, [source] if source else None)
    allowed = cases_within(project, case, corpus_queries.cases(project.connection))
    if allowed is not None:
        chosen = [each for each in chosen if not allowed.isdisjoint(each.cases)]
    informants = {informant.number: informant for informant in corpus_queries.informants(project.connection)}
    hits: list[Hit] = []
    for each, text, found in in_sources(project, chosen, sought, progress=progress, cancelled=cancelled):
        if found:
            said = speech(project, each)
            hits += (hit for hit in _hits(said, text, found, informants) if has_role(hit.role, hit.informant, role))
        if most is not None and len(hits) >= most:
            return hits[:most]
    return hits


def cases_within(project: Project, named: str, cases: Sequence[Case]) -> set[str] | None:
    """Names of the case asked for and the cases that lie in it; None when none is asked for."""
    if not named:
        return None
    ids = below(cases, find_case(project, named).id)
    return {case.name for case in cases if case.id in ids}


def has_role(spoken: str, informant: Informant | None, wanted: str) -> bool:
    """Whether a voice has the role asked for: its part in the interview or the informant's own; empty asks for none."""
    return not wanted or wanted.casefold() in (spoken.casefold(), informant.role.casefold() if informant else "")


def _hits(said: Speech, text: str, found: Iterable[Match], informants: dict[str, Informant]) -> Iterator[Hit]:
    for match in found:
        speaker, role, number = said.at(match.start, match.end)
        before, after = _around(text, match.start, match.end)
        yield Hit(
            source=said.source,
            start=match.start,
            end=match.end,
            text=text[match.start : match.end],
            before=before,
            after=after,
            speaker=speaker,
            role=role,
            informant=informants.get(number),
        )


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """The text on each side, without the word that the limit would cut."""
    first, last = max(0, start - CONTEXT), end + CONTEXT
    before, after = text[first:start], text[end:last]
    if first and not text[first - 1].isspace():
        before = before.lstrip() if before[:1].isspace() else before.partition(" ")[2]
    if last < len(text) and not text[last].isspace():
        after = after.rstrip() if after[-1:].isspace() else after.rpartition(" ")[0]
    return before, after
