"""What was coded to a turn's borders stays there, when the turn is known again; a turn that was cut or joined is nobody's."""

from __future__ import annotations

import pytest

from corpus.alignment import align
from corpus.anchoring import Anchor, place
from corpus.ground import ground
from corpus.model import ReadOptions
from corpus.turn_borders import turn_borders
from corpus.turns import parse_turns

OLD = """\
Intervjuer: Hvordan er det med boliger her i kommunen deres nå?

Siri: Det er hospits som brukes mest, og da blir folk boende i et år.

Intervjuer: Og så?

Siri: Nei, det går ikke videre før noen flytter ut derfra.
"""
ANSWER = "Det er hospits som brukes mest, og da blir folk boende i et år."


def _turns(text: str) -> list[tuple[int, int]]:
    return [(turn.start, turn.end) for turn in parse_turns(text, ReadOptions())[0]]


def _answer_in(new: str, *, turns: bool = True) -> str:
    """The words that the coded answer has in another text; empty where it waits."""
    start = OLD.index(ANSWER)
    anchor = Anchor(key="k", start=start, end=start + len(ANSWER))
    (found,) = place(OLD, new, [anchor], None, (_turns(OLD), _turns(new)) if turns else ((), ()))
    return new[found.start : found.end]


CORRECTED = OLD.replace("er hospits", "er noen hospits").replace("i et år", "i over et år")


def test_a_whole_turn_is_a_whole_turn_after_corrections_near_its_borders() -> None:
    assert _answer_in(CORRECTED, turns=False) == ""
    assert _answer_in(CORRECTED) == "Det er noen hospits som brukes mest, og da blir folk boende i over et år."


@pytest.mark.parametrize(
    "new",
    [
        CORRECTED.replace("mest, og", "mest.\n\nIntervjuer: Javel?\n\nSiri: Og"),  # cut in two, with a question between
        CORRECTED.replace(" boende i over et år.", " boende.\n\nIntervjuer: Hm?\n\nSiri: Lenge."),  # few words cut off
        CORRECTED.replace("\n\nIntervjuer: Og så?\n\nSiri: Nei", " Nei"),  # joined with the next
        CORRECTED.replace("hospits som brukes mest, og da blir folk boende i over et", "campingvogn fordi det er ledig hvert"),
    ],
)  # fmt: skip
def test_a_turn_that_was_cut_joined_or_written_anew_waits_as_before(new: str) -> None:
    assert _answer_in(new) == _answer_in(new, turns=False)


def test_turns_that_say_the_same_are_not_told_apart_by_their_number_alone() -> None:
    old = "Siri: Ja.\n\nOla: Hva da?\n\nSiri: Ja.\n\nOla: Hva da?\n\nSiri: Ja.\n"
    new = old.replace("Siri: Ja.\n\nOla: Hva da?\n\n", "", 1)
    alignment = align(old, new)
    assert turn_borders(ground(old, new, alignment.edit_map, alignment.links), _turns(old), _turns(new)) == {}
