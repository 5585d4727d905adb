"""Sources cut into sentences and words, read once and kept in the project file.

Everything that asks about words (suggestions, word lists, search by dictionary form) asks here.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from nlp.parsed import Parsed, ParsingCancelledError, key, pack, parse, parse_many, unpack
from nlp.pipeline import Pipeline, load
from workbench.core.entities import Source
from workbench.store.project import Project
from workbench.store.queries import corpus as corpus_queries
from workbench.store.queries import parsed as queries

Progress = Callable[[int, int, str], None]
"""Called with how many sources are done, how many there are, and the name of the one at hand."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int


def parsed(
    project: Project,
    source: Source,
    pipeline: Pipeline | None = None,
    *,
    cancelled: Callable[[], bool] = lambda: False,
) -> Parsed:
    """The source's present text, parsed: the one that is kept, or parsed now and kept.

    `unit_turns` are the numbers of the source's turns; an article is read as running prose, whoever is quoted in it. A
    project that is open for reading only keeps nothing.

    Raises:
        ParsingCancelledError: once `cancelled` says yes.
    """
    pipeline = pipeline or load()
    turns = _turns(project, source)
    name = _key(project, source, turns)
    found = _kept(project, name, pipeline)
    if found is None:
        text = corpus_queries.text_of(project.connection, source.version)
        found = parse(text, turns, pipeline, cancelled=cancelled)
        _keep(project, name, found)
    return found


def parse_all(
    project: Project,
    sources: Iterable[Source],
    *,
    pipeline: Pipeline | None = None,
    workers: int = 1,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[tuple[Source, Parsed]]:
    """Every source with its parsed text, in the order given; what is missing is parsed and kept as it comes.

    Ends early, without a complaint, once `cancelled` says yes. What is kept of texts that no source has any more is let
    go.

    Args:
        project: where the sources are.
        sources: which.
        pipeline: the shipped one unless given.
        workers: processes that read words. More than one has not paid for any pipeline measured: what spaCy sends
            between processes takes longer than the reading.
        progress: called before each source.
        cancelled: asked before each source, and before each sentence that is read in this process.
    """
    pipeline = pipeline or load()
    chosen = list(sources)
    _drop_unused(project)
    ahead = _read_ahead(project, chosen, pipeline, workers) if workers > 1 else iter(())
    for done, source in enumerate(chosen):
        if cancelled():
            return
        if progress is not None:
            progress(done, len(chosen), source.name)
        if workers > 1:
            yield source, next(ahead)
            continue
        try:
            found = parsed(project, source, pipeline, cancelled=cancelled)
        except ParsingCancelledError:
            return
        yield source, found


def _read_ahead(project: Project, sources: Sequence[Source], pipeline: Pipeline, workers: int) -> Iterator[Parsed]:
    """Each source's parsed text, those that are not kept being read by other processes while earlier ones are used."""
    turns = {source.id: _turns(project, source) for source in sources}
    names = {source.id: _key(project, source, turns[source.id]) for source in sources}
    kept = {source.id for source in sources if queries.is_kept(project.connection, names[source.id], pipeline.identity)}
    missing = [source for source in sources if source.id not in kept]
    texts = ((corpus_queries.text_of(project.connection, each.version), turns[each.id]) for each in missing)
    read = parse_many(texts, pipeline, workers=workers)
    for source in sources:
        if source.id in kept:
            yield parsed(project, source, pipeline)
            continue
        found = next(read)
        _keep(project, names[source.id], found)
        yield found


def _turns(project: Project, source: Source) -> list[_Span]:
    if source.kind == "article":
        # Its turns are what people say in it, and the sentences between them belong to the text as much.
        return []
    return [_Span(start, end) for start, end in queries.spans(project.connection, source.version)]


def _key(project: Project, source: Source, turns: Sequence[_Span]) -> str:
    return key(queries.text_digest(project.connection, source.version), turns)


def _kept(project: Project, name: str, pipeline: Pipeline) -> Parsed | None:
    body = queries.kept(project.connection, name, pipeline.identity)
    if body is None:
        return None
    try:
        return unpack(body, pipeline.identity)
    except ValueError as error:
        # Nothing is lost by a damaged one: the text itself is there, and is parsed again.
        _log.warning("parsed text %s is damaged and will be made again: %s", name[:12], error)
        return None


def _keep(project: Project, name: str, found: Parsed) -> None:
    if project.readonly:
        return
    body = pack(found)
    with project.derive() as connection:
        queries.keep(connection, [(name, found.pipeline, body)])


def _drop_unused(project: Project) -> None:
    if not project.readonly and queries.has_unused(project.connection):
        with project.derive() as connection:
            queries.drop_unused(connection)
