"""Lines break where a reader expects, nothing is drawn past the column, and places and cells lead to one another."""

from __future__ import annotations

import regex
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from workbench.tui.transcript import layout as layout_module
from workbench.tui.transcript.display import draw, is_plain
from workbench.tui.transcript.document import DocumentModel
from workbench.tui.transcript.layout import NARROWEST, Layout, columns_for

alphabet = st.sampled_from(
    [
        "a",
        "bolig",
        "å",
        " ",
        "  ",
        "\n",
        "\t",
        "–",
        "😀",
        "漢字",
        "e\u0301",
        " \u0301",
        "👩🏽\u200d🚀",
        "🇳🇴",
        "\x1b",
        "\u200b",
        "\u00a0",
    ]
)
texts = st.lists(alphabet, max_size=60).map("".join)
plain_texts = st.lists(st.sampled_from(["a", "bolig", "oppfølgingstjenesten", " ", "   "]), max_size=60).map("".join)
widths = st.integers(NARROWEST, 30)


def shown_lines(text: str, width: int) -> list[str]:
    layout = Layout(DocumentModel(text), width)
    lines = []
    for line in range(len(layout)):
        glyphs = layout.glyphs(line)
        lines.append(glyphs.shown(0, glyphs.fitting(width)))
    return lines


def test_breaks_at_blanks_and_cuts_words_wider_than_the_column() -> None:
    assert shown_lines("vi har prøvd mye", 8) == ["vi har ", "prøvd ", "mye"]
    assert shown_lines("oppfølgingstjenesten i byen", 10) == ["oppfølging", "stjenesten", "i byen"]
    assert shown_lines("en\n\nto\n", 10) == ["en", "", "to", ""]
    assert shown_lines("", 10) == [""]


def test_blanks_at_a_break_hang_and_take_no_room() -> None:
    assert shown_lines("åtte ord        og mer", 8) == ["åtte ord", "og mer"]
    assert shown_lines("åtte ord          ", 8) == ["åtte ord"]
    assert shown_lines("åtte 漢字        漢字", 9) == ["åtte 漢字", "漢字"]


def test_no_character_is_broken_apart_at_the_edge_of_the_column() -> None:
    assert shown_lines("abcdefge\u0301", 8) == ["abcdefge\u0301"]
    assert shown_lines("abcdefghe\u0301", 8) == ["abcdefgh", "e\u0301"]
    assert shown_lines("abcdefgh \u0301x", 8) == ["abcdefgh", " \u0301x"]
    assert shown_lines("abcdefgh    😀", 8) == ["abcdefgh", "😀"]


@settings(max_examples=200)
@given(texts, widths)
def test_lines_cover_the_text_and_stay_within_the_column(text: str, width: int) -> None:
    model = DocumentModel(text)
    layout = Layout(model, width)
    assert set(model.line_starts) <= set(layout.starts)
    clusters = {0, len(text)} | {found.start() for found in regex.finditer(r"\X", text)}
    for line in range(len(layout)):
        start, end = layout.span(line)
        assert start in clusters
        assert start < end or line == len(layout) - 1
        assert all(layout.line_of(offset) == line for offset in range(start, end))
        content = text[slice(*layout.content(line))]
        assert "\n" not in content
        assert draw(content.rstrip(" \t")).width <= width
    assert layout.span(0)[0] == 0
    assert layout.span(len(layout) - 1)[1] == len(text)


@settings(max_examples=200)
@given(plain_texts, widths)
def test_both_ways_of_breaking_follow_the_same_rules(text: str, width: int) -> None:
    assert is_plain(text)
    position: int | None = 0
    while position is not None:
        by_cells = layout_module._plain_break(text, position, len(text), width)
        assert by_cells == layout_module._cluster_break(text, position, len(text), width)
        position = by_cells


@settings(max_examples=200)
@given(texts, widths)
def test_a_place_and_its_cell_lead_to_one_another(text: str, width: int) -> None:
    layout = Layout(DocumentModel(text), width)
    for found in regex.finditer(r"\X", text):
        offset = found.start()
        line, cell = layout.cell_of(offset)
        assert layout.line_of(offset) == line
        assert 0 <= cell <= width
        if cell < width:
            assert layout.offset_at(line, cell) == offset
    for line in range(len(layout)):
        for cell in range(width + 2):
            offset = layout.offset_at(line, cell)
            assert layout.line_of(offset) == line
            start, end = layout.character_at(line, cell)
            assert layout.span(line)[0] <= start <= end <= layout.span(line)[1]


def test_past_the_text_of_a_line_lies_its_last_place() -> None:
    layout = Layout(DocumentModel("oppfølgingstjenesten vår\nto"), 10)
    assert layout.offset_at(0, 99) == 9
    assert layout.character_at(0, 99) == (10, 10)
    assert layout.offset_at(1, 99) == 20
    assert layout.character_at(1, 99) == (20, 20)
    assert layout.character_at(1, 0) == (10, 11)
    assert layout.offset_at(3, 99) == len(layout.text)
    assert layout.offset_at(99, 0) == 25


def test_columns_fill_the_width_and_never_depend_on_marks() -> None:
    for width in range(1, 200):
        columns = columns_for(width, 1200)
        assert columns.numbers == 4
        assert columns.width == width or columns.text == NARROWEST
    assert columns_for(79, 300).text >= 60
    assert columns_for(39, 300).margin == 0


def test_wide_characters_are_counted_in_cells() -> None:
    lines = shown_lines("漢字漢字漢字 漢字", 8)
    assert lines == ["漢字漢字", "漢字 ", "漢字"]
    assert all(cell_len(line) <= 9 for line in lines)
