"""Projects of an older schema: migrated when opened for writing, readable as they are when not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nlp.pipeline import load
from workbench.services import checking, codebook, coding, history, languages, parsing, sources
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
    listed = sources.list_sources(reader)
    for workers in (1, 2):
        found = list(parsing.parse_all(reader, listed, pipeline=load("blank"), workers=workers))
        assert all(len(parsed) > 0 for _source, parsed in found)
    shown = sources.show_source(reader, listed[0])
    assert languages.list_turn_languages(reader, shown) == ["nb"] * len(shown.turns)
    reader.close()
    assert older.read_bytes() == before


def _without(project: Project, table: str, *columns: str) -> None:
    for column in columns:
        project.connection.execute(f'ALTER TABLE {table} DROP COLUMN "{column}"')


@pytest.fixture
def second(project: Project) -> Path:
    """A file as the second schema left it, with a coding that has been given another code."""
    source, codes = sources.list_sources(project)[0], codebook.list_codes(project)
    made = coding.apply_code(project, source, 0, 5, codes[0])
    coding.recode(project, made.id, codes[1])
    memos = ("kind", "day", "source", "version", "start", "end")
    project.connection.execute("DROP INDEX idx_memo_source_start")
    for table, columns in {"coding": ("decided", "shown"), "memo": memos, "place": ("furthest",)}.items():
        _without(project, table, *columns)
    for table in ("theme_coding", "sorting", "sorting_choice", "comment", "summary_cell", "project_fact", "report"):
        project.connection.execute(f"DROP TABLE {table}")
    for uid, body in project.connection.execute("SELECT seq, after FROM image WHERE tbl = 'coding'").fetchall():
        row = {key: value for key, value in json.loads(body).items() if key not in ("decided", "shown")}
        project.connection.execute("UPDATE image SET after = ? WHERE seq = ?", (json.dumps(row), uid))
    project.connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'long_work_and_readers'")
    project.connection.execute("PRAGMA user_version = 2")
    project.close()
    return project.path


def test_codings_of_an_older_file_know_when_they_got_their_code(second: Path) -> None:
    opened = open_project(second, coder="Kari")
    (clock,) = opened.connection.execute("SELECT MAX(clock) FROM change WHERE kind = 'coding.recode'").fetchone()
    assert opened.connection.execute("SELECT decided FROM coding").fetchone() == (clock,)
    assert checking.check(opened).ok
    opened.close()


def test_what_was_done_before_the_file_grew_can_be_undone_after(second: Path) -> None:
    opened = open_project(second, coder="Kari")
    first, recoded = codebook.list_codes(opened)[0], coding.list_codings(opened)[0].code
    assert recoded != first.id
    history.undo(opened)
    assert coding.list_codings(opened)[0].code == first.id
    history.undo(opened)
    assert coding.list_codings(opened) == []
    opened.close()


def test_an_older_file_is_read_with_this_version_s_eyes(second: Path) -> None:
    before = second.read_bytes()
    reader = open_project(second, coder="Leser", readonly=True)
    assert len(coding.list_codings(reader)) == 1
    assert coding.list_codings(reader)[0].decided
    reader.close()
    assert second.read_bytes() == before
