"""What may be changed between what was said and what is printed: nothing, but for what stands in brackets."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.core.quoting import MOST_WORDS, difference

SAID = "Vi har for få boliger, og de som står i kø, de gir opp. Det er umulig å få til noe."


@pytest.mark.parametrize(
    "shown",
    [
        SAID,
        "Vi har for få boliger [...] de gir opp. Det er umulig å få til noe.",
        "[...] de som står i kø, de gir opp. Det er umulig å få til noe.",
        "Vi har for få boliger, [...]",
        "Vi [kommunen] har for få boliger, og de som står i kø, de gir opp. Det er umulig å få til noe.",
        "[Kommunen] har for få boliger, og de som står i kø, de gir opp. Det er umulig å få til noe.",
        "[…] [D]e gir opp. Det er umulig å få til [tiltak].",
        "Vi har for få  boliger,\nog de som står i kø, de gir opp. Det er umulig å få til noe.",
        "Vi har for få bolig[er]er".replace("bolig[er]er", "boliger[,] [...]"),
    ],
)
def test_what_is_left_out_or_put_in_within_brackets_is_honest(shown: str) -> None:
    assert difference(SAID, shown) is None


@pytest.mark.parametrize(
    ("shown", "fault"),
    [
        ("Vi har få boliger [...]", "changed"),
        ("Vi har for få boliger, og de gir opp. Det er umulig å få til noe.", "changed"),
        ("de gir opp. Det er umulig å få til noe.", "cut"),
        ("Vi har for få boliger", "cut"),
        ("Vi har for mange boliger [...]", "changed"),
        ("[...] Det er [...]mulig å få til noe.", "bracket"),
        ("Vi har [det bra] noe.", "bracket"),
        ("[...]", "nothing"),
        ("[Ingenting]", "nothing"),
        ("", "nothing"),
        ("Vi har for få[] boliger [...]", "changed"),
        ("Vi harfor få boliger [...]", "changed"),
        ("[...] de gir opp, og de som står i kø. Det er umulig å få til noe.", "changed"),
        ("vi har for få boliger [...]", "changed"),
    ],
)
def test_what_is_changed_outside_brackets_is_told(shown: str, fault: str) -> None:
    found = difference(SAID, shown)
    assert found is not None
    assert found.fault == fault


def test_a_difference_names_both_sides_of_the_place() -> None:
    found = difference(SAID, "Vi har for mange boliger [...]")
    assert found is not None
    assert found.shown.startswith("mange")
    assert found.verbatim.startswith("få boliger")


def test_brackets_of_the_transcriber_are_words_like_others() -> None:
    said = "Ja, [latter] det var [uhørbart] den gangen."
    assert difference(said, said) is None
    assert difference(said, "Ja, [latter] det var [...] gangen.") is None
    assert difference(said, "Ja, det var [...] gangen.") is not None


WORDS = st.lists(
    st.sampled_from("a bø cé dag en få gi hus i jo kø når på rom sa, ut. vi år?".split()), min_size=2, max_size=25
)
EDITS = st.lists(
    st.tuples(st.integers(0, 24), st.integers(1, 6), st.sampled_from(["omit", "replace", "add"])), max_size=4
)


def _edited(words: list[str], edits: list[tuple[int, int, str]]) -> tuple[list[str], int]:
    """A printed form made by the rules, and how many words of the speaker's it keeps."""
    shown, kept, place = [], 0, 0
    for start, length, act in sorted(edits):
        if start < place or start >= len(words):
            continue
        shown += words[place:start]
        kept += start - place
        end = min(len(words), start + length)
        if act == "add":
            shown.append("[her]")
            end = start
        elif act == "replace":
            end = min(end, start + MOST_WORDS)
            shown.append("[noe annet]")
        else:
            shown.append("[...]")
        place = end
    return shown + words[place:], kept + len(words) - place


@settings(max_examples=150, deadline=None)
@given(words=WORDS, edits=EDITS)
def test_every_form_made_by_the_rules_holds(words: list[str], edits: list[tuple[int, int, str]]) -> None:
    shown, kept = _edited(words, edits)
    assert (difference(" ".join(words), " ".join(shown)) is None) == (kept > 0)


@settings(max_examples=150, deadline=None)
@given(words=WORDS, edits=EDITS, at=st.integers(0, 40), word=st.sampled_from(["aldri", "x", "løgn."]))
def test_a_word_nobody_said_is_always_found(
    words: list[str], edits: list[tuple[int, int, str]], at: int, word: str
) -> None:
    shown, _kept = _edited(words, edits)
    shown.insert(at % (len(shown) + 1), word)
    assert difference(" ".join(words), " ".join(shown)) is not None


@settings(max_examples=150, deadline=None)
@given(words=WORDS, shown=st.lists(st.sampled_from("a bø dag en få [...] [nei] på vi år?".split()), max_size=12))
def test_what_passes_is_the_speakers_words_in_their_order(words: list[str], shown: list[str]) -> None:
    if difference(" ".join(words), " ".join(shown)) is None:
        rest = iter(words)
        assert all(word in rest for word in re.sub(r"\[[^]]*\]", " ", " ".join(shown)).split())
