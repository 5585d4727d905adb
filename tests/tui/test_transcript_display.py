"""What is drawn holds nothing that a terminal obeys or a reader cannot see, and keeps every offset."""

from __future__ import annotations

import pytest
import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size

from workbench.tui.transcript import display
from workbench.tui.transcript.display import cluster_shown, draw, is_plain, safe, safe_line

UNFIT = regex.compile(r"[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{DI}]")
NASTY = [
    *"\x1b\x07\x00\x7f\x9b\x85\u202e\u2066\u200b\u200d\u200c\ufeff\u00ad\u2028\ud800\ue000\u3164\ufe0f\U000e0041",
    *"\u0301\u030a\t \u00a0aå–«😀👩🏽🚀🇳🇴漢한하",
]
texts = st.text(alphabet=st.one_of(st.sampled_from(NASTY), st.characters(exclude_characters="\n\r")), max_size=40)


@settings(max_examples=300)
@given(texts)
@example("\x1b]0;EIER\x07\x1b[2J\x9b31m\x1b]52;c;aGVp\x07")
def test_no_control_or_hidden_character_is_ever_drawn(text: str) -> None:
    glyphs = draw(text)
    assert not UNFIT.search(glyphs.shown(0, len(text)))
    assert not UNFIT.search(safe(text))
    assert not UNFIT.search(safe_line(text + "\n" + text))


@settings(max_examples=300)
@given(texts)
def test_cells_and_indices_agree(text: str) -> None:
    glyphs = draw(text)
    index = cell = 0
    while index < len(text):
        after = glyphs.after(index)
        assert glyphs.cell_at(index) == cell
        shown = glyphs.shown(index, after)
        assert cell_len(shown) >= 1
        for inside in range(index, after):
            assert glyphs.floor(inside) == index
            assert glyphs.cell_at(inside) == cell
            assert glyphs.ceiling(inside) == (index if inside == index else after)
        for covered in range(cell, cell + cell_len(shown)):
            assert glyphs.index_at(covered) == index
        cell += cell_len(shown)
        index = after
    assert glyphs.width == cell == glyphs.cell_at(len(text))
    assert glyphs.index_at(cell) == len(text)


@given(texts, st.integers(0, 30))
def test_what_fits_is_whole_clusters_within_the_room(text: str, room: int) -> None:
    glyphs = draw(text)
    fits = glyphs.fitting(room)
    assert glyphs.floor(fits) == fits
    assert cell_len(glyphs.shown(0, fits)) <= room
    assert fits == len(text) or cell_len(glyphs.shown(0, glyphs.after(fits))) > room


@settings(max_examples=300)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=8))
def test_plain_text_is_one_cluster_and_one_cell_a_code_point(text: str) -> None:
    if is_plain(text):
        assert [found.group() for found in regex.finditer(r"\X", text)] == list(text)
        assert draw(text).shown(0, len(text)) == text
        assert safe(text) == text


def test_every_plain_character_is_one_cell_for_the_terminal_library() -> None:
    plain = [chr(point) for point in range(0x110000) if is_plain(chr(point))]
    assert {"a", "å", "–", "«", "…", "€", "ﬁ"} <= set(plain)
    assert [character for character in plain if get_character_cell_size(character) != 1] == []
    assert [character for character in plain if UNFIT.match(character) or regex.match(r"\p{M}", character)] == []


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("\x1b[31m", "␛[31m"),
        ("\x7f", "␡"),
        ("\x9b", "\ufffd"),
        ("a\u202eb", "a⇄b"),
        ("op\u00adplegg", "op¬plegg"),
        ("a\u200bb", "a▯b"),
        ("\ufeffa", "▯a"),
        ("👍🏽", "👍"),
        ("❤\ufe0f", "❤"),
        ("👩🏽\u200d🚀", "👩🚀"),
        ("\u0301a", "◌\u0301a"),
        ("a\tb", "a   b"),
        ("\ud800", "\ufffd"),
    ],
)
def test_what_each_kind_of_character_is_drawn_as(stored: str, shown: str) -> None:
    assert draw(stored).shown(0, len(stored)) == shown


def test_tabs_reach_the_next_stop() -> None:
    glyphs = draw("abc\td\t")
    assert glyphs.cells == (0, 1, 2, 3, 4, 5, 8)


def test_a_cluster_of_hidden_characters_cannot_fill_the_screen() -> None:
    shown, cells = cluster_shown("a" + "\u200c" * 500)
    assert cells <= display.WIDEST_CLUSTER
    assert shown.startswith("a▯") and shown.endswith("…")
    assert len(cluster_shown("a" + "\u0301" * 500)[0]) <= display.LONGEST_CLUSTER


def test_names_keep_to_one_line_and_memos_keep_their_lines() -> None:
    assert safe("første\nandre\tkolonne") == "første\nandre    kolonne"
    assert safe_line("første\nandre") == "første␊andre"
    assert safe("\r\n") == "␍\n"
