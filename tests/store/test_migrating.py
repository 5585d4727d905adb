"""Projects of an older schema: migrated when opened for writing, readable as they are when not."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlp.pipeline import load
from workbench.services import checking, languages, parsing, sources
from workbench.store.project import Project, open_project
from workbench.store.schema import SCHEMA_VERSION

NEW_TABLES = {"parsed", "turn_language"}


def _tables(project: Project) -> set[str]:
    return {name for (name,) in project.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


@pytest.fixture
def older(project: Project) -> Path:
    """A file as the first schema left it."""
    for table in NEW_TABLES:
        project.connection.execute(f"DROP TABLE {table}")
    project.connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'parsed_texts_and_languages'")
    project.connection.execute("PRAGMA user_version = 1")
    project.close()
    return project.path


def test_an_older_file_gets_the_new_tables_and_keeps_the_rest(older: Path) -> None:
    opened = open_project(older, coder="Kari")
    assert opened.connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    assert _tables(opened) >= NEW_TABLES
    assert len(sources.list_sources(opened)) == 2
    assert checking.check(opened).ok
    opened.close()


def test_an_older_file_is_read_as_it_is(older: Path) -> None:
    before = older.read_bytes()
    reader = open_project(older, coder="Leser", readonly=True)
    assert _tables(reader).isdisjoint(NEW_TABLES)
    listed = sources.list_sources(reader)
    for workers in (1, 2):
        found = list(parsing.parse_all(reader, listed, pipeline=load("blank"), workers=workers))
        assert all(len(parsed) > 0 for _source, parsed in found)
    shown = sources.show_source(reader, listed[0])
    assert languages.list_turn_languages(reader, shown) == ["nb"] * len(shown.turns)
    reader.close()
    assert older.read_bytes() == before
