"""Databases of other tools are opened with suspicion, and what all their readers share holds."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import foreign_projects
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.interchange.databases import Row, numbered, open_database, rows
from exports.interchange.errors import UnreadableProject
from exports.interchange.foreign import Tally, iso_time, iso_time_of_r, people, said_of_file, stable_guid, unread_tables
from exports.interchange.foreign_attributes import Given, Kind, place
from exports.interchange.foreign_codes import colour, in_tree_order
from exports.interchange.model import CaseItem, CodeItem
from exports.interchange.quoted_spans import double_units, from_utf16, settle

NOWHERE = Path("finnes-ikke") / "fil.sqlite3"
REQUIRED = {"t": ("a",)}


def made(*statements: str, before: str = "PRAGMA page_size = 512") -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.execute(before)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    data = connection.serialize()
    connection.close()
    return data


def read(data: bytes, table: str = "t", columns: tuple[str, ...] = ("a",)) -> tuple[Row, ...]:
    with open_database(NOWHERE, data, required=REQUIRED, tool="Verktøyet") as database:
        return rows(database, table, columns)


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableProject) as refused:
        read(data)
    assert str(refused.value).startswith("fil.sqlite3: ")
    return refused.value.reason


def test_rows_come_as_they_were_written_from_bytes_alone() -> None:
    found = read(
        made("CREATE TABLE t (a, b)", "INSERT INTO t VALUES ('å', 1), (NULL, 2), (3.5, 3)"), columns=("a", "b")
    )
    assert [(row.text("a"), row.whole("b")) for row in found] == [("å", 1), ("", 2), ("3.5", 3)]


def test_columns_and_tables_the_version_lacks_are_said() -> None:
    data = made("CREATE TABLE t (A, b)", "INSERT INTO t VALUES (1, 2)")
    with open_database(NOWHERE, data, required=REQUIRED, tool="Verktøyet") as database:
        (row,) = rows(database, "t", ("a", "ny"))
        assert rows(database, "mangler", ("x",)) == ()
        assert (row.whole("a"), row.text("ny")) == (1, "")
        assert database.absent == ["t.ny", "mangler"]
        (said,) = said_of_file(database)
        assert (said.name, said.count, said.mended) == ("t.ny, mangler", 2, True)


def test_tables_nobody_knows_are_lost_by_name_when_they_hold_something() -> None:
    data = made("CREATE TABLE t (a)", "CREATE TABLE ny (x)", "CREATE TABLE tom (x)", "INSERT INTO ny VALUES (1)")
    with open_database(NOWHERE, data, required=REQUIRED, tool="Verktøyet") as database:
        assert [(loss.name, loss.mended) for loss in unread_tables(database, ["T"])] == [("ny", False)]


def test_what_is_no_database_or_another_tools_is_refused() -> None:
    assert "SQLite" in refusal(b"")
    assert "SQLite" in refusal(b"PK\x03\x04" + b"\0" * 200)
    assert "kryptert" in refusal(bytes(range(256)) * 8)
    assert "mangler t." in refusal(made("CREATE TABLE other (a)"))
    assert "mangler t.a" in refusal(made("CREATE TABLE t (b)"))


def test_a_database_that_ends_too_early_or_has_a_broken_page_is_refused() -> None:
    whole = made("CREATE TABLE t (a)", "INSERT INTO t VALUES (printf('%.2000c', 'x')), (printf('%.2000c', 'y'))")
    assert refusal(whole[:1024])
    assert refusal(whole[:512] + b"\xff" * 60 + whole[572:])
    assert refusal(whole[:100] + b"\xff" * 300 + whole[400:])


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        (
            "CREATE VIEW t AS WITH RECURSIVE n(a) AS (VALUES (1) UNION ALL SELECT a + 1 FROM n) SELECT a FROM n",
            "mangler t",
        ),
        ("CREATE TABLE t (a, b AS (hex(zeroblob(1000000))))", "beregnede felter"),
        ("CREATE TABLE t (a, b AS (upper(a)) STORED)", "beregnede felter"),
    ],
)
def test_nothing_a_schema_computes_is_ever_computed(schema: str, said: str) -> None:
    assert said in refusal(made(schema, before="PRAGMA trusted_schema = ON"))


def test_virtual_tables_are_not_there() -> None:
    connection = sqlite3.connect(":memory:")
    if not any("FTS5" in option for (option,) in connection.execute("PRAGMA compile_options")):
        pytest.skip("this SQLite has no virtual tables to try with")
    assert "mangler t" in refusal(made("CREATE VIRTUAL TABLE t USING fts5(a)"))


def test_checks_of_a_schema_are_not_run() -> None:
    failing = "CREATE TABLE t (a CHECK (abs(-9223372036854775807 - a) > 0))"
    data = made(failing, "INSERT INTO t VALUES (1)", before="PRAGMA ignore_check_constraints = ON")
    assert [row.whole("a") for row in read(data)] == [1]


def test_what_is_no_table_has_no_rows() -> None:
    data = made("CREATE TABLE t (a)", "CREATE INDEX u ON t (a)", "CREATE VIEW v AS SELECT a FROM t")
    assert read(data, "u") == read(data, "v") == ()


def test_pages_that_stand_in_two_places_are_found_out() -> None:
    many = "INSERT INTO t WITH RECURSIVE n(a) AS (VALUES (1) UNION ALL SELECT a + 1 FROM n LIMIT 40)"
    whole = bytearray(made("CREATE TABLE t (a)", f"{many} SELECT printf('%.80c', 'x') FROM n"))
    root = 512
    first, second = (root + int.from_bytes(whole[root + at : root + at + 2], "big") for at in (12, 14))
    whole[first : first + 4] = whole[second : second + 4]
    assert "skadet i tabellen t" in refusal(bytes(whole))


def test_only_reading_is_allowed() -> None:
    with open_database(NOWHERE, made("CREATE TABLE t (a)"), required=REQUIRED, tool="Verktøyet") as database:
        for statement in (
            "INSERT INTO t VALUES (1)",
            "ATTACH 'x.db' AS x",
            "PRAGMA journal_mode",
            "SELECT upper('a')",
            "CREATE TABLE u (a)",
            "DROP TABLE t",
        ):
            with pytest.raises(sqlite3.DatabaseError):
                database.connection.execute(statement)


def test_a_question_without_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exports.interchange.databases._STEPS", 0)
    monkeypatch.setattr("exports.interchange.databases._STEPS_PER_BYTE", 0)
    many = "INSERT INTO t WITH RECURSIVE n(a) AS (VALUES (1) UNION ALL SELECT a + 1 FROM n LIMIT 5000) SELECT a FROM n"
    assert "SQLITE_INTERRUPT" in refusal(made("CREATE TABLE t (a)", many))


def test_more_than_the_file_can_hold_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = made("CREATE TABLE t (a)", "INSERT INTO t VALUES (1), (2), (3)")
    monkeypatch.setattr("exports.interchange.databases._MOST_ROWS", 2)
    assert "urimelig" in refusal(data)


def test_a_write_ahead_log_is_never_looked_for_but_said(tmp_path: Path) -> None:
    file = tmp_path / "fil.sqlite3"
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE t (a)")
    connection.execute("INSERT INTO t VALUES (1)")
    connection.commit()
    connection.close()
    with open_database(NOWHERE, file.read_bytes(), required=REQUIRED, tool="Verktøyet") as database:
        assert [row.whole("a") for row in rows(database, "t", ("a",))] == [1]
        assert [loss.mended for loss in said_of_file(database)] == [True]


def test_text_that_is_not_utf8_is_read_as_cp1252_and_said() -> None:
    data = made("CREATE TABLE t (a TEXT)", "INSERT INTO t VALUES (CAST(x'6bf87274' AS TEXT)), ('kø')")
    with open_database(NOWHERE, data, required=REQUIRED, tool="Verktøyet") as database:
        assert [row.text("a") for row in rows(database, "t", ("a",))] == ["kørt", "kø"]
        assert [loss.name for loss in said_of_file(database)] == ["t.a"]


def test_cells_are_what_they_can_be_read_as() -> None:
    row = Row(
        values={"a": "12.0", "b": 2.5, "c": "x", "d": float("inf"), "e": " Kari\n\x1b[31m  N ", "f": 7.0, "g": 1e300}
    )
    assert [row.whole(name) for name in "abcdefgh"] == [12, None, None, None, None, 7, None, None]
    assert row.words("e") == "Kari [31m N"
    assert row.text("f") == "7"


def test_rows_are_taken_in_the_order_of_their_numbers() -> None:
    found = [Row(values={"id": 2}), Row(values={"id": None}), Row(values={"id": "1"})]
    assert [number for _row, number in numbered(found, "id")] == [1, 2]


SMALL = made("CREATE TABLE t (a, b)", "INSERT INTO t VALUES ('hei', 1), (x'ff', 2.5)")


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_no_bytes_are_too_odd_to_be_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(SMALL)
    for _number in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        read(bytes(whole[: data.draw(st.integers(0, len(whole)))] if data.draw(st.booleans()) else whole))
    except UnreadableProject as refused:
        assert refused.reason.endswith(".")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-14 09:30:05", "2026-03-14T09:30:05Z"),
        ("2026-03-14 09:30:05.123456", "2026-03-14T09:30:05Z"),
        ("2026-03-14T09:30:05+02:00", "2026-03-14T07:30:05Z"),
        ("2026-03-14", "2026-03-14T00:00:00Z"),
        ("0001-01-01T00:00:00+14:00", ""),
        ("i går", ""),
        ("", ""),
    ],
)
def test_times_are_iso_or_nothing(text: str, expected: str) -> None:
    assert iso_time(text) == expected


def test_times_of_r_are_read() -> None:
    assert iso_time_of_r("Sat May  2 16:24:45 2015") == "2015-05-02T16:24:45Z"
    assert iso_time_of_r("Sat Foo  2 16:24:45 2015") == ""
    assert iso_time_of_r("2015-05-02 16:24:45") == "2015-05-02T16:24:45Z"


def test_the_same_things_have_the_same_guid() -> None:
    assert stable_guid("a", 1) == stable_guid("a", 1) != stable_guid("a1", "")
    assert [person.name for person in people("p", ["ola", "", "kari", "ola"])] == ["kari", "ola"]


def code(name: str, parent: str = "", *, codable: bool = True) -> CodeItem:
    return CodeItem(guid=name, name=name, parent=parent, codable=codable)


def test_codes_stand_after_their_parents_folders_first() -> None:
    found, losses = in_tree_order([code("b"), code("a", "z"), code("z", codable=False), code("Å", "z")])
    assert [item.name for item in found] == ["z", "a", "Å", "b"]
    assert losses == ()


def test_rings_of_codes_are_opened_and_said() -> None:
    found, losses = in_tree_order([code("x", "a"), code("a", "b"), code("b", "a"), code("c", "c"), code("d", "borte")])
    assert sorted(item.name for item in found) == ["a", "b", "c", "d", "x"]
    assert sum(1 for item in found if not item.parent) == 3
    assert len(losses) == 3 and all(loss.mended for loss in losses)


def test_a_tree_of_any_depth_is_put_in_order() -> None:
    deep = [code(str(number), str(number - 1) if number else "") for number in range(20_000)]
    assert [item.name for item in in_tree_order(reversed(deep))[0]][-1] == "19999"


def test_only_colours_are_colours() -> None:
    assert [colour(text) for text in ("#FF00aa", "red", "", "#fff")] == ["#ff00aa", "", "", ""]


def attributes(
    kinds: list[Kind], of_cases: list[Given], of_sources: list[Given]
) -> tuple[list[str], dict[str, object], list[str]]:
    cases = [CaseItem(guid="c1", name="A", sources=("s1",)), CaseItem(guid="c2", name="B", sources=("s2", "s3"))]
    tally = Tally()
    found = place("p", kinds, of_cases, of_sources, cases, tally)
    names = {variable.guid: variable.name for variable in found.variables}
    values = {f"{case}.{names[guid]}": value for case, of in found.values.items() for guid, value in of.items()}
    return (
        [f"{v.name} {v.type}" for v in found.variables],
        values,
        [f"{note.target}: {note.text}" for note in found.notes],
    )


def test_numbers_are_numbers_when_all_are() -> None:
    kinds = [Kind(name=name, numeric=True) for name in ("alder", "mål", "år")]
    given = [
        Given(name="alder", target="c1", value="34"),
        Given(name="mål", target="c1", value="1,5"),
        Given(name="mål", target="c2", value="2"),
        Given(name="år", target="c1", value="2024"),
        Given(name="år", target="c2", value="ukjent"),
        Given(name="fri", target="c2", value="1"),
        Given(name="fri", target="c1", value=" "),
    ]
    types, values, notes = attributes(kinds, given, [])
    assert types == ["alder integer", "fri text", "mål float", "år text"]
    assert values == {"c1.alder": 34, "c1.mål": 1.5, "c2.mål": 2.0, "c1.år": "2024", "c2.år": "ukjent", "c2.fri": "1"}
    assert notes == []


def test_what_is_known_of_a_file_goes_to_its_case_when_the_two_are_alone() -> None:
    of_sources = [Given(name="sted", target=source, value=source.upper()) for source in ("s1", "s2", "s4")]
    _types, values, notes = attributes([], [], of_sources)
    assert values == {"c1.sted": "S1"}
    assert notes == ["s2: sted: S2", "s4: sted: S4"]


def test_a_case_keeps_its_own_value() -> None:
    of_cases = [Given(name="sted", target="c1", value="her")]
    _types, values, notes = attributes([], of_cases, [Given(name="sted", target="s1", value="der")])
    assert values == {"c1.sted": "her"}
    assert notes == ["s1: sted: der"]


TEXT = "Ja 😀 vi bor 🏠 her, vi bor godt.\r\nNei."


def placed(start: int, end: int, quote: str) -> tuple[str, str] | None:
    found = settle(TEXT, double_units(TEXT), start, end, quote)
    return (TEXT[found.start : found.end], found.reading) if found else None


def test_offsets_are_settled_by_the_words() -> None:
    bor = TEXT.index("bor")
    assert placed(bor, bor + 3, "bor") == ("bor", "points")
    assert placed(bor + 1, bor + 4, "bor") == ("bor", "utf16")
    assert placed(0, 4, "godt") == ("godt", "near")
    assert placed(0, 3, "bor") is None
    assert placed(0, 3, "hus") is None
    assert placed(bor, bor + 3, "") == ("bor", "points")
    assert placed(-3, 3, "") is placed(3, 3, "") is placed(0, 900, "") is None
    assert placed(10**18, 10**18 + 3, "her") is None


def test_line_ends_and_blanks_of_text_widgets_are_the_same_words() -> None:
    start = TEXT.index("godt")
    assert placed(start, len(TEXT), "godt.\u2029Nei.") == ("godt.\r\nNei.", "points")
    found = settle("a\xa0b", (), 0, 3, "a b")
    assert found is not None and found.reading == "points"


@settings(deadline=None)
@given(st.text(st.sampled_from("ab 😀🏠"), max_size=30), st.data())
def test_utf16_offsets_lead_to_the_same_characters(text: str, data: st.DataObject) -> None:
    point = data.draw(st.integers(0, len(text)))
    offset = len(text[:point].encode("utf-16-le")) // 2
    assert from_utf16(double_units(text), offset) == point


def test_the_samples_are_whole_databases() -> None:
    makers: list[Callable[[], bytes]] = [foreign_projects.taguette, foreign_projects.qualcoder, foreign_projects.rqda]
    for make in makers:
        connection = sqlite3.connect(":memory:")
        connection.deserialize(make())
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.close()
