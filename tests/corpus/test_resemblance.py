"""Two texts that are nearly one are told from two that are about the same."""

from __future__ import annotations

import pytest

from corpus.resemblance import resemblance

TALK = (
    "Kari: Vi mangler boliger i hele kommunen. Folk venter i flere år.\n\nIntervjuer: Ja?\n\n"
    "Kari: Det er ikke penger til å bygge mer. Det sier de hvert eneste år.\n"
)


@pytest.mark.parametrize(
    ("other", "share"),
    [
        (TALK, 1.0),
        (TALK.replace("\n\n", "\n").replace(". ", ".\n"), 1.0),  # other line breaks
        (TALK.upper(), 1.0),
        (TALK + "\nKari: Og så vil jeg si at det går bedre nå enn før.\n", 1.0),  # one is the beginning of the other
        (TALK.replace("flere år", "tre år"), 0.84),
        ("Kari: Ja.\n\nIntervjuer: Ja?\n\nKari: Vi har nok boliger her i byen.\n", 0.0),
        ("", 0.0),
        ("Ja. Nei. Ja?", 0.0),
    ],
)
def test_what_stands_in_both_is_counted(other: str, share: float) -> None:
    assert resemblance(TALK, other) == resemblance(other, TALK) == pytest.approx(share, abs=0.02)
