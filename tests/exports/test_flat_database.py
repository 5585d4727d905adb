"""The coded corpus as a plain database: what SQL finds there is what the project holds."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest

from corpus.model import Turn
from exports.flat_database import render_sqlite
from exports.flat_tables import VIEWS, flat_tables
from exports.interchange.model import (
    Answer,
    Bundle,
    CaseItem,
    CodeItem,
    CodingItem,
    NoteItem,
    Person,
    QuestionItem,
    SetItem,
    SourceItem,
    SurveyItem,
    VariableItem,
)  # fmt: skip
from exports.models import Cell, Column, QuoteBank, Table
from exports.tables import tables_of

TEXT = "I: Hvordan går det? 🙂\nMarit: Køen står stille.\n"
START = TEXT.index("Køen")


def opened(data: bytes) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(data)
    connection.row_factory = sqlite3.Row
    return connection


def table(*rows: tuple[Cell, ...], keys: tuple[str, ...] = ("id", "x"), name: str = "t") -> Table:
    return Table(name=name, columns=tuple(Column(key=key, title=key.upper()) for key in keys), rows=rows)


@pytest.fixture(scope="module")
def project() -> Bundle:
    turns = (
        Turn(speaker="I", role="interviewer", label_start=0, start=3, end=TEXT.index("\n")),
        Turn(
            speaker="Marit",
            role="participant",
            label_start=TEXT.index("Marit"),
            start=START,
            end=len(TEXT) - 1,
            start_ms=9,
        ),
    )
    return Bundle(
        tool="Kodebenk",
        people=(Person(guid="p1", name="Åse"),),
        codes=(CodeItem(guid="c1", name="Bolig"), CodeItem(guid="c2", name="Kø", parent="c1", examples=("a", "b"))),
        sources=(
            SourceItem(
                guid="s1", name="Intervju 1", text=TEXT, kind="transcript", turns=turns, speakers={"Marit": "i1"},
                answers=(Answer(start=START, end=START + 4, question="q1", value=2.5),),
            ),
        ),
        codings=(
            CodingItem(guid="k1", source="s1", start=START, end=START + 4, code="c2", coder="p1", star=True),
            CodingItem(guid="k2", source="s1", start=0, end=2, code="c1"),
            CodingItem(guid="k3", source="s1", start=len(TEXT) - 1, end=len(TEXT), code="c1"),
        ),
        notes=(NoteItem(guid="n1", text="Se her", target_kind="passage", target="s1", start=0, end=2, creator="p1"),),
        variables=(VariableItem(guid="v1", name="folketall", type="integer"),),
        cases=(
            CaseItem(guid="a1", name="Ås", sources=("s1",), values={"v1": 20_000}),
            CaseItem(guid="a2", name="Berg", sources=("s1",)),
            CaseItem(guid="i1", name="I03", kind="informant", cases=("a1",), sources=("s1",), role="leder"),
        ),
        surveys=(SurveyItem(guid="u1", title="Kartlegging", questions=(QuestionItem(key="q1", wording="Hvor lenge?"),)),),
        sets=(SetItem(guid="t1", name="Ventetid", kind="theme", codes=("c2",)),),
    )  # fmt: skip


def test_a_coding_is_seen_with_all_it_hangs_together_with(project: Bundle) -> None:
    with closing(opened(render_sqlite(flat_tables(project), VIEWS))) as connection:
        first, second, third = connection.execute("SELECT * FROM coded_excerpts ORDER BY coding_id").fetchall()
    told = ("code", "code_path", "text", "source", "coder", "informant", "role", "cases", "speaker", "time_ms", "star")
    seen = ["Kø", "Bolig > Kø", "Køen", "Intervju 1", "Åse", "I03", "leder", "Berg; Ås", "Marit", 9, 1]
    assert [first[each] for each in told] == seen
    assert [second[each] for each in ("coder", "informant", "speaker")] == [None, None, "I"]
    assert third["speaker"] is None


def test_offsets_count_code_points_as_sql_does(project: Bundle) -> None:
    with closing(opened(render_sqlite(flat_tables(project), VIEWS))) as connection:
        rows = connection.execute(
            "SELECT codings.text, substr(sources.text, start_offset + 1, end_offset - start_offset) FROM codings "
            "JOIN sources ON sources.id = source_id"
        ).fetchall()
    assert [tuple(row) for row in rows] == [("Køen", "Køen"), ("I:", "I:"), ("\n", "\n")]


def test_every_table_is_there_and_every_column_is_explained(project: Bundle) -> None:
    with closing(opened(render_sqlite(flat_tables(project), VIEWS))) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in names[:-1]:
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
            told = connection.execute("SELECT column_name FROM column_descriptions WHERE table_name = ?", (name,))
            assert [row[0] for row in told] == columns
        counts = {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names[:-1]}
        memo = tuple(connection.execute("SELECT target_id, start_offset, author_id FROM memos").fetchone())
        value = tuple(connection.execute("SELECT owner_id, variable, value, number FROM attribute_values").fetchone())
        used = [tuple(row) for row in connection.execute("SELECT code, codings FROM code_counts")]
    assert names[-1] == "column_descriptions"
    assert counts == {
        "coders": 1, "codes": 2, "cases": 2, "informants": 1, "informant_cases": 1, "attribute_values": 1, "sources": 1,
        "source_cases": 2, "source_informants": 1, "turns": 2, "codings": 3, "memos": 1, "themes": 1, "theme_codes": 1,
        "survey_questions": 1, "answers": 1, "project": 1, "regions": 0, "links": 0, "surveys": 1, "theme_codings": 0,
    }  # fmt: skip
    assert memo == ("s1", 0, "p1")
    assert value == ("a1", "folketall", "20000", 20_000.0)
    assert used == [("Bolig", 2), ("Kø", 1)]


def test_an_empty_project_has_the_same_tables() -> None:
    with closing(opened(render_sqlite(flat_tables(Bundle(tool="")), VIEWS))) as connection:
        assert connection.execute("SELECT count(*) FROM coded_excerpts").fetchone()[0] == 0


def test_types_follow_values_and_ids_are_keys() -> None:
    moment = datetime(2026, 3, 14, 10, tzinfo=UTC)
    keys = ("id", "whole", "real", "text", "truth", "when", "huge", "none")
    first = ("a", 1, 2, "x", True, moment, 2**70, None)
    second = ("b", 2, 0.5, "\ud800", None, None, 1, None)
    data = render_sqlite([table(first, second, keys=keys)])
    with closing(opened(data)) as connection:
        columns = {row[1]: (row[2], row[5]) for row in connection.execute("PRAGMA table_info(t)")}
        rows = [tuple(row) for row in connection.execute("SELECT * FROM t")]
    assert columns["id"] == ("TEXT", 1)
    types = ["TEXT", "INTEGER", "REAL", "TEXT", "INTEGER", "TEXT", "TEXT", "TEXT"]
    assert [kind for kind, _key in columns.values()] == types
    assert rows[0] == ("a", 1, 2.0, "x", 1, "2026-03-14T10:00:00Z", str(2**70), None)
    assert rows[1][3] == "?"


def test_an_id_that_comes_twice_is_no_key_and_names_are_quoted() -> None:
    data = render_sqlite([table(("a", 1), ("a", 2), name='Case "x" kode')])
    with closing(opened(data)) as connection:
        assert len(connection.execute('SELECT * FROM "Case ""x"" kode"').fetchall()) == 2


def test_the_tables_of_a_quote_bank_can_be_written_too(bank: QuoteBank) -> None:
    with closing(opened(render_sqlite(tables_of(bank)))) as connection:
        assert connection.execute('SELECT count(*) FROM "Sitatbank"').fetchone()[0] == len(bank.excerpts)


def test_the_same_project_gives_the_same_bytes(project: Bundle) -> None:
    assert render_sqlite(flat_tables(project), VIEWS) == render_sqlite(flat_tables(project), VIEWS)


def test_two_tables_or_columns_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="two tables"):
        render_sqlite([table(), table(name="T")])
    with pytest.raises(ValueError, match="two columns"):
        render_sqlite([table(keys=("a", "A"))])
