"""Ties between two things of a project, as other tools draw them, with what they tie together in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workbench.core.entities import EntityLink
from workbench.store.project import Project
from workbench.store.queries import codes, corpus, interchange, memos
from workbench.store.queries import codings as coding_queries

_SHOWN = 60
"""Characters of a note that tell which it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedLink:
    """A link, and what its ends are called; empty where an end has been removed."""

    link: EntityLink
    origin_name: str
    target_name: str


def list_links(project: Project) -> list[NamedLink]:
    """Every link, in the order they came."""
    links = interchange.links(project.connection)
    kinds = {link.origin_kind for link in links} | {link.target_kind for link in links}
    names = {(kind, key): name for kind in kinds for key, name in _names(project, kind).items()}
    return [
        NamedLink(
            link=link,
            origin_name=names.get((link.origin_kind, link.origin), ""),
            target_name=names.get((link.target_kind, link.target), ""),
        )
        for link in links
    ]


def _names(project: Project, kind: str) -> Mapping[str, str]:
    connection = project.connection
    if kind == "source":
        return {each.id: each.name for each in corpus.sources(connection)}
    if kind == "code":
        return {each.id: each.name for each in codes.codes(connection)}
    if kind == "coding":
        return {each.id: f"{each.quote} {each.code_name}" for each in coding_queries.codings(connection)}
    if kind == "case":
        named = {each.id: each.name for each in corpus.cases(connection)}
        return named | {each.id: each.number for each in corpus.informants(connection)}
    if kind == "set":
        return {each.id: each.title for each in codes.themes(connection)}
    if kind == "note":
        own = {each.id: each.text for each in memos.memos(connection, reader=project.coder_id())}
        own |= {each.id: each.text for each in coding_queries.notes(connection)}
        return {key: " ".join(text.split())[:_SHOWN] for key, text in own.items()}
    return {}
