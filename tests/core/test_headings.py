"""What is taken for a heading in a text that keeps no styles."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbench.core.headings import Heading, headings

NUMBERED = """Referat fra møtet i styringsgruppen

1 Bolig
Kommunen har for få boliger, og staten må betale.
1.1 Midlertidig bolig
Folk bor på hospits i flere måneder.
2. Økonomi
Tilskuddet går ut.
Vi rekker ikke mer
20 personer deltok på samlingen i mai.
"""
PLAIN = """RESULTATER

Bolig

Det er få boliger her i kommunen.

Økonomi:

Pengene er brukt opp.

DRØFTING

Vi mener dette.
"""
LISTED = """Til stede
Kari Nordmann, leder
Ola Hansen, NAV
Per Sand
Møtet begynte klokka ni.
"""


def told(text: str) -> list[tuple[int, str, str]]:
    return [(each.level, each.title, text[slice(*each.body)]) for each in headings(text)]


def test_numbers_give_the_level() -> None:
    found = told(NUMBERED)
    assert [(level, title) for level, title, _body in found] == [
        (1, "Referat fra møtet i styringsgruppen"),
        (1, "1 Bolig"),
        (2, "1.1 Midlertidig bolig"),
        (1, "2. Økonomi"),
        (2, "Vi rekker ikke mer"),
    ]
    assert found[1][2].endswith("Folk bor på hospits i flere måneder.")
    assert found[2][2] == "Folk bor på hospits i flere måneder."


def test_capitals_stand_over_what_has_none() -> None:
    assert [(level, title) for level, title, _body in told(PLAIN)] == [
        (1, "RESULTATER"), (2, "Bolig"), (2, "Økonomi"), (1, "DRØFTING"),
    ]  # fmt: skip
    assert told(PLAIN)[0][2] == "Bolig\n\nDet er få boliger her i kommunen.\n\nØkonomi:\n\nPengene er brukt opp."


def test_hashes_are_levels_too() -> None:
    text = "# Referat\n\n## Pengene\n\nDet er tomt.\n\n## Veien videre\n\nVi venter.\n"
    assert told(text) == [
        (1, "Referat", text[11:].strip()), (2, "Pengene", "Det er tomt."), (2, "Veien videre", "Vi venter."),
    ]  # fmt: skip


def test_three_short_lines_are_a_list() -> None:
    assert headings(LISTED) == []


def test_what_is_no_heading() -> None:
    for line in (
        "- Bolig", "Innledning ........ 4", "Figur 2.1 Stilling i kommunen", "Navn\tRolle", "Det er slutt.",
        "Kommunen pekte på fem ting vi må:", "12", "bolig først", "Og så " + "videre " * 12,
    ):  # fmt: skip
        assert headings(f"{line}\nDette er en setning som står under.\n") == [], line


def test_nothing_that_is_said_is_a_heading() -> None:
    text = "Kari: Bolig\nOla: Det er fullt.\n"
    assert headings(text, [(0, 11), (12, 30)]) == []
    assert headings("Kari Bolig\nDet er fullt.\n") != []


LINES = st.lists(
    st.sampled_from(["1 Bolig", "2.1 Økonomi", "BOLIG", "Bolig", "# Bolig", "", "Det er fullt her.", "- punkt", "ord"])
)


@given(LINES)
def test_bodies_lie_under_their_headings_and_end_before_the_next_of_their_level(lines: list[str]) -> None:
    text = "\n".join(lines)
    found = headings(text)
    assert [each.start for each in found] == sorted({each.start for each in found})
    for n, each in enumerate(found):
        assert each.start < each.body[0] <= each.body[1] <= len(text)
        assert text[slice(*each.body)] == text[slice(*each.body)].strip()
        following = next((later for later in found[n + 1 :] if later.level <= each.level), None)
        assert following is None or each.body[1] <= following.start
        assert isinstance(each, Heading)
