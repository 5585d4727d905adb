"""The profile as a whole: nothing is lost, and every place leads back."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.edits import EditMap
from corpus.model import Transcript
from corpus.pdf_text import profile
from corpus.pdf_text.profile import repair
from corpus.text import normalise

SHARED = Path(__file__).parents[2].parent / "shared" / "texts"
REPORTS = ("fafo-2019-33.txt", "sintef-a26099.txt", "rus-og-samfunn-opptrapping.txt")

PIECES = st.sampled_from(
    [
        "kommunen ", "kom-\n", "munen ", "rus- \n", "og ", "IS-\n", "24/8 ", "%-\n", "poeng ", "FACT-\n", "team1 ",
        "20181, ", "\n", "\n\n", "\n\n \n", "1 Se her. \n", "2 https://a.no/b-\n", "c/ \n", " Ny side ", "\n\n\nRapport 4\n",
        "14 \n\n", "• ", "- ", "-\n", "Slutt.  \n", "Tabell 1.1 Noe \n", "N/A 23 % \n\n", "a\x02b ", "a\ufffe\nb ", "\x02",
        "Et avsnitt som er langt nok til å være en full linje i teksten \n", "og en linje til som går like langt ut mot kanten\n",
        "\u00a0", "\t", "½ ", "🙂-\n", "e\u0301-\n",
    ]
)  # fmt: skip


def letters(text: str) -> Counter[str]:
    return Counter(character for character in text if character.isalpha())


def assert_nothing_lost(raw: str, transcript: Transcript) -> None:
    lifted = "".join(content for _, content in transcript.lifted)
    assert letters(transcript.text + lifted) == letters(raw)


def assert_leads_back(raw: str, transcript: Transcript) -> None:
    """Every stretch that no edit touches stands where the map says."""
    assert transcript.raw_text == raw
    assert transcript.to_raw is not None
    position = shift = 0
    for start, end, length in (*transcript.to_raw.pieces, (len(raw), len(raw), 0)):
        assert raw[position:start] == transcript.text[position + shift : start + shift]
        if position < start:
            assert transcript.to_raw.forward(position) == position + shift
            assert transcript.to_raw.back(start - 1 + shift) == start - 1
        shift += length - (end - start)
        position = end
    assert len(raw) + shift == len(transcript.text)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join).map(normalise))
def test_nothing_is_lost_and_every_place_leads_back(raw: str) -> None:
    transcript = repair(raw)
    assert_nothing_lost(raw, transcript)
    assert_leads_back(raw, transcript)
    for note in transcript.notes:
        assert note.start is None or 0 <= note.start <= len(transcript.text)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=80).map(normalise))
def test_any_text_is_read(raw: str) -> None:
    transcript = repair(raw)
    assert_nothing_lost(raw, transcript)
    assert_leads_back(raw, transcript)


def test_an_empty_text_stays_empty() -> None:
    assert repair("") == Transcript(text="", kind="report", raw_text="", to_raw=EditMap())


def test_a_text_that_needs_nothing_is_not_touched() -> None:
    transcript = repair("Alt er bra.\n")
    assert transcript.text == "Alt er bra.\n"
    assert transcript.to_raw == EditMap()
    assert transcript.notes == ()


def test_the_notes_count_what_was_done() -> None:
    transcript = repair("Det er kom-\nmunen som har FACT-\nteam, og kommunen har rus-\nog boligtiltak som er nye.\n")
    assert [(note.count, note.message) for note in transcript.notes] == [
        (1, "1 orddeling ved linjeslutt er føyd sammen."),
        (2, "2 bindestreker ved linjeslutt er beholdt."),
    ]
    assert transcript.text == "Det er kommunen som har FACT-team, og kommunen har rus- og boligtiltak som er nye.\n"
    assert transcript.kind == "report"
    assert transcript.turns == ()


def test_an_uncertain_place_is_noted_where_it_stands_in_the_new_text() -> None:
    transcript = repair("Hun har et hus og en båt. Hun bor i en hus-\nbåt i byen.\n")
    (doubt,) = [note for note in transcript.notes if note.doubtful]
    assert doubt.start == transcript.text.index("båt i byen")


def test_the_list_of_doubtful_places_is_capped_and_says_how_many_are_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(profile, "MOST_PLACES", 2)
    transcript = repair("Hun har et hus og en båt. " + "Hun bor i en hus-\nbåt i byen. " * 5)
    doubtful = [note for note in transcript.notes if note.doubtful]
    assert [note.start is None for note in doubtful] == [False, False, True]
    assert (doubtful[-1].count, doubtful[-1].message) == (3, "3 usikre steder til er ikke ført opp.")


@pytest.mark.parametrize("name", REPORTS)
def test_a_real_text_loses_no_letter_and_leads_back(name: str) -> None:
    if not (SHARED / name).is_file():
        pytest.skip(f"{name} is not beside the repository")
    raw = normalise((SHARED / name).read_text(encoding="utf-8"))
    transcript = repair(raw)
    assert_nothing_lost(raw, transcript)
    assert_leads_back(raw, transcript)


def test_a_real_report_gives_up_its_footnotes_and_headers() -> None:
    path = SHARED / "fafo-2019-33.txt"
    if not path.is_file():
        pytest.skip("the report is not beside the repository")
    transcript = repair(normalise(path.read_text(encoding="utf-8")))
    what = Counter(kind for kind, _ in transcript.lifted)
    assert what == {"fotnote": 23, "kolumnetittel": 5, "sidetall": 4, "lenke": 5}
    assert "7.10.1917" in transcript.text
    assert "20181" not in transcript.text
