"""The map between two versions of a text is exact, and says nothing of letters that are alike by chance."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.alignment import align, links_between, same_head, same_tail
from corpus.edits import EditMap


def rebuilt(old: str, new: str, edit_map: EditMap) -> str:
    """`old` with the map's pieces replaced by what `new` has there, and nothing else of `new`."""
    parts: list[str] = []
    position = shift = 0
    for start, end, length in edit_map.pieces:
        parts += [old[position:start], new[start + shift : start + shift + length]]
        position, shift = end, shift + length - (end - start)
    return "".join(parts) + old[position:]


_texts = st.lists(
    st.sampled_from(["ja ", "nei ", "vi ", "bor ", "her.\n", "I: ", "R: ", "a", " ", "huset "]), max_size=40
)


@settings(max_examples=150)
@given(_texts, _texts)
def test_the_map_leads_from_any_text_to_any_other(old: list[str], new: list[str]) -> None:
    one, other = "".join(old), "".join(new)
    assert rebuilt(one, other, align(one, other).edit_map) == other


@settings(max_examples=60)
@given(_texts, _texts, _texts)
def test_what_was_put_in_or_taken_out_of_a_text_does_not_touch_the_rest(
    a: list[str], b: list[str], c: list[str]
) -> None:
    before, middle, after = "Først kom " + "".join(a), "".join(b), "".join(c) + " og så gikk de."
    added = align(before + after, before + middle + after).edit_map.pieces
    assert sum(end - start for start, end, _ in added) == 0
    assert sum(length for *_, length in added) == len(middle)
    assert sum(length for *_, length in align(before + middle + after, before + after).edit_map.pieces) == 0


def test_equal_texts_have_no_pieces() -> None:
    assert align("Vi bor her.", "Vi bor her.").edit_map.pieces == ()
    assert align("", "").edit_map.pieces == ()
    assert align("", "Ny tekst.").edit_map.pieces == ((0, 0, 9),)
    assert align("Gammel tekst.", "").edit_map.pieces == ((0, 13, 0),)


def test_a_paragraph_written_anew_is_one_piece() -> None:
    before, after = "Intervjuer: Hvordan begynte det hele for deg?\n", "\nIntervjuer: Og hvem ringte du til da?"
    old, new = "Det var på høsten, og jeg sto uten leilighet.", "Akkurat dét husker ikke søsteren min noe særlig av!"
    assert align(before + old + after, before + new + after).edit_map.pieces == (
        (len(before), len(before) + len(old), len(new)),
    )


def test_a_slip_in_a_long_text_is_a_piece_of_its_own_length() -> None:
    text = "".join(f"R: Svar nummer {n} handler om huset i gate {n * 7}.\n" for n in range(300))
    at = text.index("nummer 150") + 2
    assert align(text, text[:at] + "x" + text[at + 1 :]).edit_map.pieces == ((at, at + 1, 1),)


def test_links_are_words_in_sequences_that_both_texts_have_once_and_in_the_same_order() -> None:
    old = "en to tre fire fem. en to tre fire fem. seks sju åtte ni ti"
    assert [old[start : start + length] for start, _, length in links_between(old, "seks sju åtte ni")] == [
        "seks", "sju", "åtte", "ni",
    ]  # fmt: skip
    assert links_between(old, "en to tre fire fem") == []
    moved = "seks sju åtte ni ti elleve tolv. alfa beta gamma delta"
    kept = links_between("alfa beta gamma delta. seks sju åtte ni ti elleve tolv", moved)
    assert [moved[new : new + length] for _, new, length in kept] == "seks sju åtte ni ti elleve tolv".split()


@given(st.text("ab", max_size=20), st.text("ab", max_size=20), st.integers(0, 20))
def test_equal_characters_are_counted_from_a_place_on_and_up_to_it(one: str, other: str, most: int) -> None:
    length = min(len(one), len(other), most)
    head = next((n for n in range(length) if one[n] != other[n]), length)
    tail = next((n for n in range(length) if one[-1 - n] != other[-1 - n]), length)
    assert same_head(one, 0, other, 0, most) == head
    assert same_tail(one, len(one), other, len(other), most) == tail


def test_what_was_added_is_a_sentence_and_not_the_end_of_one_and_the_beginning_of_the_next() -> None:
    old = "Først var det greit. Så ble det verre. Til slutt flyttet jeg."
    for added in ("Så gikk det et år. ", "Så ringte jeg dem. "):
        new = "Ja. " + old.replace("Så ble", added + "Så ble")
        (_, (start, _, length)) = align(old, new).edit_map.pieces
        assert new[start + 4 : start + 4 + length].strip() == added.strip()
        assert old[start - 1 : start + 1] == ". "
