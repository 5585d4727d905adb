"""Tables as csv and frames: what Excel opens right, and what programs read back unchanged."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.frames import frame, render_csv
from exports.models import Column, Excerpt, Matrix, QuoteBank, Table
from exports.tables import excerpt_table, matrix_table, tables_of

WORDS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=60)


def read(data: bytes, delimiter: str = ",", encoding: str = "utf-8-sig") -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(encoding), newline=""), delimiter=delimiter, strict=True))


def texts(*values: str) -> Table:
    return Table(name="T", columns=(Column(key="text", title="Tekst"),), rows=tuple((value,) for value in values))


def test_excel_sees_utf8_and_programs_can_ask_for_none_of_that() -> None:
    assert render_csv(texts("æøå")).startswith(b"\xef\xbb\xbftext\r\n\xc3\xa6")
    assert render_csv(texts("æøå"), spreadsheet=False) == "text\r\næøå\r\n".encode()


@pytest.mark.parametrize("dangerous", ["=1+1", "+47 22", "- Ja, sa hun.", "@SUM(A1)", "\tx", "\rx", "＝1+1"])
def test_what_a_spreadsheet_would_run_gets_an_apostrophe_there_only(dangerous: str) -> None:
    assert read(render_csv(texts(dangerous)))[1] == [f"'{dangerous}"]
    assert read(render_csv(texts(dangerous), spreadsheet=False), encoding="utf-8")[1] == [dangerous]


def test_a_header_cannot_be_a_formula_either() -> None:
    matrix = Matrix(rows=("A",), columns=("=cmd()", "B"), cells=((1, 2),))
    assert read(render_csv(matrix_table(matrix)))[0] == ["case", "'=cmd()", "B"]


def test_a_dash_of_print_and_a_negative_number_stay() -> None:
    table = Table(name="T", columns=(Column(key="a", title="A"), Column(key="b", title="B")), rows=(("– Ja.", -3),))
    assert read(render_csv(table))[1] == ["– Ja.", "-3"]


def test_norwegian_excel_gets_semicolons_and_decimal_comma() -> None:
    table = matrix_table(Matrix(rows=("A; B",), columns=("X",), cells=((0.25,),), measure="share"))
    assert read(render_csv(table, delimiter=";"), ";")[1] == ["A; B", "0,25"]
    assert read(render_csv(table))[1] == ["A; B", "0.25"]


def test_values_are_those_of_json_with_times_in_utc(excerpt: Callable[..., Excerpt]) -> None:
    summer = timezone(timedelta(hours=2))
    one = excerpt(created=datetime(2026, 7, 1, 1, 30, tzinfo=summer), time_ms=61_000, cases=("Ås", "Berg"))
    header, row = read(render_csv(excerpt_table([one])))
    values = dict(zip(header, row, strict=True))
    assert values["created"] == "2026-06-30T23:30:00Z"
    assert (values["verbatim"], values["star"], values["time_ms"]) == ("true", "false", "61000")
    assert (values["code_path"], values["case"], values["origin"]) == ("Bolig > Tilgang", "Ås; Berg", "manual")
    assert values["question"] == ""


def test_nothing_to_show_is_a_header_alone() -> None:
    assert len(read(render_csv(excerpt_table([])))) == 1


def test_the_tables_of_a_bank_come_in_order(bank: QuoteBank) -> None:
    assert [table.name for table in tables_of(bank)] == ["Sitatbank", "Case x kode", "Kodebok"]
    codebook = tables_of(bank)[2]
    segments = [column.key for column in codebook.columns].index("segments")
    assert [row[segments] for row in codebook.rows] == [3, 7, None, None]


def test_codes_of_the_same_name_keep_their_columns() -> None:
    matrix = Matrix(rows=("A",), columns=("X", "X"), cells=((1, 2),))
    assert read(render_csv(matrix_table(matrix))) == [["case", "X", "X"], ["A", "1", "2"]]


def test_a_frame_has_the_keys_as_columns_and_keeps_whole_numbers_whole(bank: QuoteBank) -> None:
    made = frame(tables_of(bank)[0])
    assert list(made.columns[:2]) == ["quote_id", "text"]
    assert made["start"].tolist()[:2] == [100, 900]
    assert made["time_ms"].tolist()[:2] == [None, 754_000]
    assert made["created"][0] == datetime(2026, 11, 3, 9, 30, tzinfo=UTC)


@settings(max_examples=100, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=4), st.sampled_from([",", ";"]))
def test_any_text_is_read_back_as_it_was(values: list[str], delimiter: str) -> None:
    table = Table(
        name="T",
        columns=(Column(key="n", title="N"), Column(key="text", title="Tekst")),
        rows=tuple((number, value) for number, value in enumerate(values)),
    )
    plain = read(render_csv(table, delimiter=delimiter, spreadsheet=False), delimiter, "utf-8")
    assert [row[1] for row in plain[1:]] == values
    guarded = read(render_csv(table, delimiter=delimiter), delimiter)
    assert all(not row[1].startswith(("=", "+", "-", "@", "\t", "\r")) for row in guarded)
    assert [row[1].removeprefix("'") for row in guarded[1:]] == [value.removeprefix("'") for value in values]
