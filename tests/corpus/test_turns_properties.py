"""Turns by property: what is written as turns is read back as the same turns, with exact slices."""

from __future__ import annotations

import string

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import ReadOptions, Turn
from corpus.turns import parse_turns

ROLES = ("Intervjuer", "Informant 1", "Informant 2", "I", "R", "R2", "M", "D3", "Intervjuar", "Moderator")
NAMES = ("Øyvind", "Åse-Marie O’Neil", "Kari Nordmann", "Fagleder", "SPEAKER_00")
WORDS = st.sampled_from(
    [
        "ja",
        "nei",
        "altså",
        "10:30",
        "kl.",
        "bolig",
        "[latter]",
        "(…)",
        "«sånn»",
        "–",
        "😀",
        "e\u0301",
        "http://x.no",
        "#r",
    ]
)
SPEECH = st.lists(WORDS, min_size=1, max_size=12).map(" ".join).map(lambda words: f"så {words}.")
PARAGRAPHS = st.lists(SPEECH, min_size=1, max_size=3).map("\n".join)
PAIRS = st.lists(st.tuples(st.sampled_from(ROLES + NAMES), PARAGRAPHS), min_size=1, max_size=12)


@given(PAIRS, st.sampled_from([": ", ":\t", " : ", ":\u00a0"]), st.sampled_from(["\n", "\n\n"]), st.booleans())
@settings(max_examples=60, deadline=None)
def test_rendered_turns_are_read_back(pairs: list[tuple[str, str]], colon: str, gap: str, stamped: bool) -> None:
    lines = [
        (f"[00:{index:02d}:00] " if stamped else "") + f"{speaker}{colon}{speech}"
        for index, (speaker, speech) in enumerate(pairs)
    ]
    text = "Intervju på aktivitetshuset\n\n" + gap.join(lines) + "\n"
    options = ReadOptions(confirmed_labels=frozenset(speaker for speaker, _speech in pairs))
    turns, _notes = parse_turns(text, options)
    assert [(turn.speaker, text[turn.start : turn.end]) for turn in turns] == pairs
    assert [turn.start_ms for turn in turns] == [index * 60_000 if stamped else None for index in range(len(pairs))]
    assert all(text[turn.label_start :].startswith(line) for turn, line in zip(turns, lines, strict=True))
    check_order(text, turns)


@given(st.text(alphabet=string.ascii_letters + ":#[]()<>-*0123456789 \t\n.?æØ\u00a0“–", max_size=400))
@settings(max_examples=100, deadline=None)
def test_any_text_gives_ordered_turns_inside_it(text: str) -> None:
    check_order(text, parse_turns(text)[0])


@given(
    st.lists(
        st.sampled_from(
            [
                "I: ",
                "R: ",
                "Kari: ",
                "[00:01:02] ",
                "0:04",
                "Kari   0:04",
                "00:01:02 Taler 1",
                "\n",
                "\n",
                " ",
                "ja",
                "?",
            ]
        ),
        max_size=60,
    ).map("".join)
)
@settings(max_examples=200, deadline=None)
def test_any_mixture_of_labels_gives_ordered_turns(text: str) -> None:
    turns, notes = parse_turns(text)
    check_order(text, turns)
    assert all(note.start is None or 0 <= note.start < len(text) for note in notes)


def check_order(text: str, turns: tuple[Turn, ...]) -> None:
    previous = 0
    for turn in turns:
        assert previous <= turn.label_start <= turn.start < turn.end <= len(text)
        words = text[turn.start : turn.end]
        assert words == words.strip()
        assert turn.label_start == 0 or text[turn.label_start - 1] == "\n"
        previous = turn.end
