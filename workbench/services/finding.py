"""Finding words in the texts themselves, coded or not, with who said them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING

from workbench.core.entities import Case, Informant, Source
from workbench.core.voices import Voices
from workbench.errors import Refusal
from workbench.services.cases import below, find_case
from workbench.services.closed import closed_in
from workbench.store.project import Project
from workbench.store.queries import corpus as corpus_queries
from workbench.store.queries.corpus import TurnRow

# What reads words is imported when something is searched for: the first paint imports this module.
if TYPE_CHECKING:
    from nlp.search import Match

Span = tuple[int, int]
"""Half-open code-point offsets in a source's text."""
CONTEXT = 60
"""Code points of text on each side of a hit, at most."""

STRETCH = 50_000
"""Code points that are searched without a pause, some 0.7 milliseconds' work."""
BEYOND = 1_000
"""Code points of blanks that a hit may hold."""

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


def in_text(text: str, sought: Sought, *, most: int, cancelled: Callable[[], bool] = lambda: False) -> list[Span]:
    """Where words stand as they are written in a text at hand: at most so many, and no more once cancelled.

    The text is searched a stretch at a time, since other threads wait as long as one stretch takes.
    """
    from nlp import search

    found: list[Span] = []
    start = 0
    while start < len(text) and not cancelled():
        end = start + STRETCH
        # A hit may reach into the next stretch.
        stretch, base = text[start : end + BEYOND + len(sought.query)], start
        start = end
        for match in search.exact(stretch, sought.query, fold=sought.fold):
            if base + match.start >= end:
                break
            if len(found) == most:
                return found
            found.append((base + match.start, base + match.end))
            start = max(end, base + match.end)
    return found


def in_sources(
    project: Project,
    sources: Iterable[Source],
    sought: Sought,
    *,
    most: int | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[tuple[Source, str, list[Match]]]:
    """(source, its text, where the words stand in it) for each source, in the order given; stops once cancelled.

    A search by forms parses the texts that have not been parsed before, and keeps what it made. A search for words as they
    are written stops at `most` hits in a source.

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
        spans = in_text(text, sought, most=len(text) if most is None else most, cancelled=cancelled)
        yield source, text, [search.Match(start=start, end=end) for start, end in spans]


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
    left_out: Callable[[int], None] = lambda number: None,
) -> list[Hit]:
    """Every hit, in reading order, but those that lie in stretches closed to coding.

    Args:
        project: where to look.
        sought: what for.
        source: id of the only source to look in.
        case: only sources of this case and of those that lie in it.
        role: only what is said by this role of informant, or by `interviewer` / `participant`.
        most: stop at this many.
        progress: called before each source.
        cancelled: asked now and then; what has been found until then is the answer.
        left_out: called with how many hits of a source lie in closed stretches.

    Raises:
        NotFound: if the case is not known.
        Refusal: if nothing is searched for.
    """
    if not sought.query.strip():
        raise Refusal(_("Skriv hva du leter etter."))
    chosen = sources_within(project, source=source, case=case)
    informants = known_informants(project)
    hits: list[Hit] = []
    closed = closed_in(project)
    enough = None if role else most
    # Hits that are passed over do not count towards what is enough, and are not known before they are found.
    searched = in_sources(
        project, chosen, sought, most=None if closed.spans else enough, progress=progress, cancelled=cancelled
    )
    for each, text, found in searched:
        if found:
            said = speech(project, each)
            spans = [(match.start, match.end) for match in found if not closed.bars(each.id, match.start, match.end)]
            if len(spans) < len(found):
                left_out(len(found) - len(spans))
            hits += (
                hit
                for hit in hits_at(said, text, spans[:enough], informants)
                if has_role(hit.role, hit.informant, role)
            )
        if most is not None and len(hits) >= most:
            return hits[:most]
    return hits


def sources_within(project: Project, *, source: str = "", case: str = "") -> list[Source]:
    """The sources to look in, in order of import: all, or one by its id, or those of a case and of the cases in it.

    Raises:
        NotFound: if the case is not known.
    """
    chosen = corpus_queries.sources(project.connection, [source] if source else None)
    allowed = cases_within(project, case, corpus_queries.cases(project.connection))
    return chosen if allowed is None else [each for each in chosen if not allowed.isdisjoint(each.cases)]


def known_informants(project: Project) -> dict[str, Informant]:
    """Informants by number."""
    return {informant.number: informant for informant in corpus_queries.informants(project.connection)}


def cases_within(project: Project, named: str, cases: Sequence[Case]) -> set[str] | None:
    """Names of the case asked for and the cases that lie in it; None when none is asked for."""
    if not named:
        return None
    ids = below(cases, find_case(project, named).id)
    return {case.name for case in cases if case.id in ids}


def has_role(spoken: str, informant: Informant | None, wanted: str) -> bool:
    """Whether a voice has the role asked for: its part in the interview or the informant's own; empty asks for none."""
    return not wanted or wanted.casefold() in (spoken.casefold(), informant.role.casefold() if informant else "")


def hits_at(said: Speech, text: str, spans: Iterable[Span], informants: Mapping[str, Informant]) -> Iterator[Hit]:
    """The places of a source as hits: with their words, what stands around them, and who says them.

    Args:
        said: the source, and who speaks in it.
        text: its text.
        spans: the places.
        informants: by number.
    """
    for start, end in spans:
        speaker, role, number = said.at(start, end)
        before, after = _around(text, start, end)
        yield Hit(
            source=said.source,
            start=start,
            end=end,
            text=text[start:end],
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
