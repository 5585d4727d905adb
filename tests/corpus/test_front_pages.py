"""What reports and interviews say of themselves, and the lines that machines and archives put around a text."""

from __future__ import annotations

import pytest

from corpus.dates import iso_month
from corpus.described import described
from corpus.model import Region, SourceKind, Transcript, Turn
from corpus.regions.heads import heads
from corpus.regions.loose import loose_markers
from corpus.turns import parse
from workbench.services.articles import settled_date

PROSE = (
    "Kommunene i utvalget har ulike måter å organisere arbeidet på, og det er store forskjeller mellom dem om boliger."
)
FRONT = (
    "Boliger for alle\ni fire kommuner\n\nRapport 7/2026\nStorvik Evaluering AS\nMars 2026\n\nInnhold\n"
    "1 Innledning ........ 1\n2 Metode ........ 3\n3 Funn ........ 7\n\n1 Innledning\n"
)


def read(text: str, kind: SourceKind | None = None) -> Transcript:
    return described(Transcript(text=text, kind=kind or "notes", turns=parse(text).turns), kind)


def closed(text: str, transcript: Transcript) -> list[str]:
    return [text[each.start : each.end] for each in transcript.regions if each.note == "filhode"]


def test_a_report_says_its_title_publisher_and_month_on_its_front() -> None:
    report = read(f"{FRONT}{PROSE}\n")
    assert report.kind == "report"
    assert (report.title, report.publisher, report.date) == (
        "Boliger for alle i fire kommuner", "Storvik Evaluering AS", "2026-03",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("front", "facts"),
    [
        ("NIBR-rapport 2021:10\nKari Nordmann og Per Ås\n\nEn dør inn\n", ("En dør inn", "", "")),
        ("En dør inn\n\nNordlandsforskning\nOslo, juni 2025\n", ("En dør inn", "Nordlandsforskning", "2025-06")),
        (
            "Tittel: En dør inn\nUtgiver: Storvik kommune\nDato: 14.3.2026\n",
            ("En dør inn", "Storvik kommune", "2026-03-14"),
        ),
        (f"{PROSE}\n", ("", "", "")),
    ],
)
def test_what_other_fronts_say(front: str, facts: tuple[str, str, str]) -> None:
    report = read(f"{front}\n{PROSE} {PROSE}\n", "report")
    assert (report.title, report.publisher, report.date) == facts


def test_a_norwegian_month_is_a_date() -> None:
    assert settled_date("report", "mars 2026") == "2026-03"
    assert (iso_month("September, 2025"), iso_month("i mars 2026"), iso_month("mars")) == ("2025-09", "", "")


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("Intervju 6, NAV-veileder\nDato: 05.05.2026\n\n", "2026-05-05"),
        ("Intervju\n18. mars 2026, 09:03AM\n", "2026-03-18"),
        ("Gjennomført: 1. juni 2025 på telefon\n", "2025-06-01"),
        ("Vi snakket om planen fra 1.1.2020.\n", ""),
    ],
)
def test_an_interview_says_when_it_was(head: str, day: str) -> None:
    assert read(f"{head}Intervjuer: Var det 3.3.2020?\nInformant: Ja.\n").date == day


def test_what_a_machine_wrote_around_the_speech_is_closed_and_a_path_is_told_of() -> None:
    head = "bruker_7\nTranscribed with noScribe vers. 0.6\nAudio source: C:/Users/kari/bruker_7.m4a\n(Start: 00:00:00)"
    text = f"{head}\nS00: Hei.\nS01: Ja.\nS00: Fint.\nS01: Ja.\n"
    transcript = read(text)
    assert closed(text, transcript) == [head]
    (note,) = [
        each for each in transcript.notes if each.start is not None and text[each.start :].startswith("C:/Users")
    ]
    assert note.doubtful
    assert "kari" not in note.message


def test_the_lines_of_teams_and_word_are_closed() -> None:
    teams = "Opptak\n18. mars 2026, 09:03AM\n31m 12s\nKari Nordmann startet transkripsjon"
    speech = "Kari Nordmann   0:03\nHei.\nOla Vik   0:14\nJa, hun startet transkripsjon.\n"
    text = f"{teams}\n{speech}Kari Nordmann stoppet transkripsjon\n"
    assert closed(text, read(text)) == [teams, "Kari Nordmann stoppet transkripsjon"]
    word = "Lydfil\nopptak.m4a\nTranskripsjon"
    text = f"{word}\n00:00:04 Taler 1\nHei.\n00:00:09 Taler 2\nJa.\n"
    assert closed(text, read(text)) == [word]


def test_what_people_type_above_an_interview_and_what_is_said_stay_open() -> None:
    text = "Intervju med lærer\nDato: 5.5.2026\n\nIntervjuer: Hei.\nLærer: Ja.\n"
    assert read(text).regions == ()
    said = "Hun sa: Start: 00:00:05\n"
    assert heads(said, "transcript", [Turn(speaker="", role="other", label_start=0, start=0, end=23)]) == ()


def test_the_labels_and_legal_lines_of_an_archived_article_are_closed() -> None:
    head = "Tittel: Nytt hus\nKilde: VG\nPublisert: 2024-02-14\nFra arkivet: Side 8"
    rights = "© VG\nAlle artikler er beskyttet av lov om opphavsrett til åndsverk."
    text = f"{head}\n\n{PROSE}\n\n{rights}\n"
    transcript = read(text)
    assert transcript.kind == "article"
    assert closed(text, transcript) == [head, rights]


def test_a_footnote_that_was_not_found_is_told_of() -> None:
    text = f"{FRONT}{PROSE[:-1]}.¹ Det er 40 m² til hver.\n\nNy side\n"
    (note,) = [each for each in read(text).notes if each.doubtful]
    assert note.start == text.index("¹")
    start = text.index("Ny side")
    region = Region(start=start, end=len(text) - 1, kind="footnote")
    assert loose_markers(text.replace("Ny side", "1 Se A."), [region]) == ()
