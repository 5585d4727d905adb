"""Looking a code up while coding: what it has been put on, the newest first, by case and coder."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.services.finding import cases_within
from workbench.store.project import Project
from workbench.store.queries import corpus as corpus_queries
from workbench.store.queries import lookup as queries
from workbench.store.queries.lookup import Listed


def excerpts_of(project: Project, code: str, *, case: str = "", coder: str = "") -> list[Listed]:
    """Codings with a code (an id), sub-codes left out, the newest first.

    Args:
        project: where they are.
        code: id of the code.
        case: only from sources of this case and of those that lie in it.
        coder: only this coder's.

    Raises:
        NotFound: if the case is not known.
    """
    connection = project.connection
    found = queries.coded_with(connection, code)
    if coder:
        found = [each for each in found if each.coder.casefold() == coder.casefold()]
    allowed = cases_within(project, case, corpus_queries.cases(connection)) if case else None
    if allowed is None:
        return found
    within = {source.id for source in corpus_queries.sources(connection) if not allowed.isdisjoint(source.cases)}
    return [each for each in found if each.source in within]


def words_of(project: Project, listed: Sequence[Listed]) -> dict[str, str]:
    """Coding id -> its words, sliced from the stored text."""
    return queries.words(project.connection, listed)


def coders(project: Project) -> list[str]:
    """Names of everybody who has coded something."""
    return queries.coders(project.connection)
