"""Texts and tables made to cost far more than their length: each must take no longer than honest ones of its size.

Nothing here is timed. Where a reader goes through its input once for each part of it, a test takes minutes.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import UnreadableSource
from corpus.grids import Grid
from corpus.pdf_text import footnotes
from corpus.pdf_text.footnotes import find_footnotes
from corpus.pdf_text.hyphens import Vocabulary, judge
from corpus.pdf_text.lines import Line, split_lines
from corpus.pdf_text.running import Running, _increasing, find_running
from corpus.people import cast_of
from corpus.regions.contents import contents
from corpus.regions.rows import rows_of
from corpus.survey import mapping, mapping_file
from corpus.survey.headings import column_names
from corpus.survey.mapping import AttributeColumn, Question, SurveyMapping, check_mapping, mapping_to_yaml

LONG = "a" * 60_000


def test_a_long_row_of_figures_is_no_number_of_a_note_a_page_or_an_entry() -> None:
    for figures in ("²" * 20_000, "1" * 20_000, "٣" * 20_000):
        text = f"Tekst her.\n \n{figures} Se kapittel to.\n\n{figures}\nInnhold\nKapittel ........ {figures}\n"
        lines = split_lines(text)
        assert find_footnotes(text, lines, frozenset()) == ()
        assert find_running(lines) == ()
        assert contents(rows_of(text)) == ()


def test_thousands_of_lines_that_look_like_the_same_footnote_are_looked_up_once() -> None:
    text = "\n\n".join(["¹ x"] * 3_000)
    assert find_footnotes(text, split_lines(text), frozenset()) == ()


def test_a_row_of_footnotes_is_walked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Line] = []
    number_of = footnotes._number_of

    def counted(line: Line) -> int | None:
        asked.append(line)
        return number_of(line)

    monkeypatch.setattr(footnotes, "_number_of", counted)
    lines = split_lines("Tekst.\n \n" + "\n".join(f"{number} Se der." for number in range(1, 400)))
    assert len(find_footnotes("", lines, frozenset())) == 399
    assert len(asked) < 6 * len(lines)


def test_thousands_of_page_numbers_rise_without_a_copy_of_each_run() -> None:
    lines = split_lines("Tekst.\n\n" + "\n\n".join(f"Rapport side {number}" for number in range(1, 4_000)))
    assert [item.number for item in find_running(lines)] == list(range(1, 4_000))


@settings(max_examples=40, derandomize=True)
@given(st.lists(st.integers(0, 12), max_size=12))
def test_page_numbers_that_rise_are_the_first_of_the_longest_runs(numbers: list[int]) -> None:
    found = [Running(first=place, last=place + 1, number=number, header="") for place, number in enumerate(numbers)]
    chains: list[list[Running]] = []
    for item in found:
        before = [chain for chain in chains if (chain[-1].number or 0) < (item.number or 0)]
        chains.append([*max(before, key=len, default=[]), item])
    assert _increasing(found) == max(chains, key=len, default=[])


def test_a_word_of_sixty_thousand_letters_is_one_word() -> None:
    words = Vocabulary(split_lines(f"{LONG}\n{LONG}1 ord\n"))
    assert words.joined(LONG, "") == 2
    assert judge(f"{LONG}1", "og", words).kind == "suspended"
    assert judge(f"{LONG}1 {LONG[:-1]}", "a", words).kind == "join"
    assert cast_of(f"{LONG}, {LONG}-b", []).mentions == []


def test_columns_with_one_heading_are_counted_up_once() -> None:
    grid = Grid(name="Svar", rows=(("Svar",) * 8_000 + ("Svar (2)", "Svar (2)"),))
    names = column_names(grid)
    assert names[1] == "Svar (2)" and names[-3:] == ("Svar (8000)", "Svar (2) (2)", "Svar (2) (3)")
    assert len(set(names)) == len(names)


def mapped(columns: Sequence[str]) -> SurveyMapping:
    return SurveyMapping(
        title="Prøve",
        questions=(Question(key="q1", column="Svar", wording="Svar"),),
        attributes=tuple(AttributeColumn(column=column, name=column) for column in columns),
    )


def test_a_mapping_of_too_many_columns_is_refused_read_or_made(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (mapping, mapping_file):
        monkeypatch.setattr(module, "MOST_COLUMNS", 20)
    columns = [f"K{number}" for number in range(20)]
    grid = Grid(name="Svar", rows=(("Svar", *columns),))
    fitting, large = mapped(columns[1:]), mapped(columns)
    check_mapping(Path("svar.csv"), grid, mapping_file.mapping_from_yaml("kobling.yaml", mapping_to_yaml(fitting)))
    with pytest.raises(UnreadableSource, match="nevner 21 kolonner; grensen er 20"):
        check_mapping(Path("svar.csv"), grid, large)
    with pytest.raises(UnreadableSource, match="nevner 21 kolonner; grensen er 20"):
        mapping_file.mapping_from_yaml("kobling.yaml", mapping_to_yaml(large))


def test_columns_that_a_large_table_lacks_are_named_as_far_as_one_can_read() -> None:
    grid = Grid(name="Svar", rows=(("Svar", *(f"Kolonne nummer {number}" for number in range(12_000))),))
    with pytest.raises(UnreadableSource) as caught:
        check_mapping(Path("svar.csv"), grid, mapped([f"kolonne numer {number}" for number in range(1_000)]))
    assert "«kolonne numer 9» og 990 til" in caught.value.reason


def test_one_column_named_again_and_again_is_no_more_than_a_table_can_hold() -> None:
    grid = Grid(name="Svar", rows=(("Svar",), *[("x",)] * 2_000))
    with pytest.raises(UnreadableSource, match="2001 rader og 1001 kolonner"):
        check_mapping(Path("svar.csv"), grid, mapped(["Svar"] * 1_000))
