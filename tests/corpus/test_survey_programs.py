"""Tables as the programs write them: the number of headings, who answered, the case, the questions, and nothing of the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.grids import Grid
from corpus.survey.answers import read_survey
from corpus.survey.codebook_sheets import with_wordings
from corpus.survey.columns import guess_columns
from corpus.survey.headings import column_names, guess_header_rows
from corpus.survey.mapping import proposed_mapping

WHERE, HARD = "Hvilken kommune arbeider du i?", "Hva er vanskelig i arbeidet?"
PLACES = ("Elvestrand", "Storhamn", "Fjellby")
SAID = (
    "Vi mangler boliger og folk i nr. {n}.",
    "Ventetiden er alt for lang i {n} år.",
    "Økonomien strammes {n} ganger til.",
)
Row = tuple[str, ...]


def table(*headings: Row, **columns: str) -> Grid:
    """Ten rows; a column's cells are made of its pattern, with {n} for the row, {place} and {said}."""
    rows = [
        tuple(
            pattern.format(n=n, place=PLACES[n % 3], said=SAID[n % 3].format(n=n), choice=("Ja", "Nei")[n % 2])
            for pattern in columns.values()
        )
        for n in range(10, 20)
    ]
    return Grid(name="Svar", rows=(*headings, *rows))


NETTSKJEMA = table(
    ("$submission_id", "$created", "$answer_time_ms", WHERE, HARD),
    a="300000{n}", b="2024-03-04T09:{n}:01.123+01:00", c="90{n}7", d="{place}", e="{said}",
)  # fmt: skip
FORMS = table(
    ("ID", "Starttidspunkt", "Fullføringstidspunkt", "E-postadresse", "Navn", "Tidspunkt for siste endring", WHERE, f"{HARD}\n"),
    a="{n}", b="2024-03-04 09:{n}:01", c="2024-03-04 09:{n}:59", d="anonymous", e="", f="", g="{place}", h="{said}",
)  # fmt: skip
MONKEY = table(
    ("Respondent ID", "Collector ID", "Date Created", "IP Address", "Email Address", "Custom Data 1", WHERE, "Tiltak?", "", HARD),
    ("", "", "", "", "", "", "Response", "Bolig", "Arbeid", "Open-Ended Response"),
    a="114055500{n}", b="44000{n}", c="03/04/2024 09:{n}:01 AM", d="10.1.2.{n}", e="", f="", g="{place}", h="Bolig", i="Arbeid",
    j="{said}",
)  # fmt: skip
LIME = table(
    ("id. Respons-ID", "submitdate. Innsendingsdato", "lastpage. Siste side", "seed. Frø", f"G01Q01. {WHERE}", f"G01Q02. {HARD}",
     "interviewtime. Total tid", "groupTime12. Gruppetid: Bakgrunn"),
    a="{n}", b="2024-03-04 09:{n}:01", c="3", d="9988{n}", e="{place}", f="{said}", g="{n}.27", h="{n}.13",
)  # fmt: skip
QUALTRICS = table(
    ("StartDate", "ResponseId", "UserLanguage", "Q1", "Q2"),
    ("Start Date", "Response ID", "User Language", WHERE, HARD),
    a="2024-03-04 09:{n}:01", b="R_3k{n}", c="NO", d="{place}", e="{said}",
)  # fmt: skip
XACT = table(
    ("survey", "respondentid", "statinternal_1", "created", "closetime", "difftime", "statoverall_5", WHERE, HARD),
    a="1325978", b="8254784{n}", c="1", d="2024-03-04 09:{n}:01", e="2024-03-04 09:{n}:01", f="135,{n}", g="0", h="{place}",
    i="{said}",
)  # fmt: skip
QUESTBACK = table(
    ("Kartlegging 2024", "", "", "", ""), ("",) * 5, ("Respondent ID", "Svardato", "Status", f"1. {WHERE}", f"2. {HARD}"),
    a="10{n}", b="2024-03-04 09:{n}:01", c="Fullført", d="{place}", e="{said}",
)  # fmt: skip


@pytest.mark.parametrize(
    ("grid", "header_rows", "others"),
    [
        pytest.param(NETTSKJEMA, 1, 0, id="nettskjema"),
        pytest.param(FORMS, 1, 0, id="microsoft forms"),
        pytest.param(MONKEY, 2, 2, id="surveymonkey"),
        pytest.param(LIME, 1, 0, id="limesurvey"),
        pytest.param(QUALTRICS, 2, 0, id="qualtrics in excel"),
        pytest.param(XACT, 1, 0, id="surveyxact"),
        pytest.param(QUESTBACK, 3, 0, id="questback, with a title above"),
    ],
)
def test_a_programs_table_is_understood(grid: Grid, header_rows: int, others: int) -> None:
    assert guess_header_rows(grid) == header_rows
    guesses = guess_columns(grid)
    roles = {role: [guess for guess in guesses if guess.role == role] for role in ("respondent", "case", "question")}
    assert [len(found) for found in roles.values()] == [1, 1, 1]
    assert roles["case"][0].wording.endswith(WHERE) and roles["question"][0].wording.endswith(HARD)
    assert sum(guess.role in ("attribute", "closed") for guess in guesses) == others
    assert all(guess.filled == 10 for found in roles.values() for guess in found)


def test_a_choice_is_named_after_its_question() -> None:
    assert column_names(MONKEY, 2)[6:] == (WHERE, "Tiltak? – Bolig", "Tiltak? – Arbeid", HARD)


def test_rows_that_only_lack_cells_are_answers() -> None:
    rows = (
        ("Nr", "", "Svar"),
        ("", "ja", "Vi mangler folk."),
        ("2", "", "Vi mangler tid."),
        ("", "nei", "Alt går bra."),
    )
    assert guess_header_rows(Grid(name="Svar", rows=rows)) == 1


def test_wordings_come_from_the_sheet_that_lists_the_codes() -> None:
    answers = table(("kommune", "q_hard"), a="{place}", b="{said}")
    listed = Grid(name="Kodebok", rows=(("id", "tekst", "kode"), ("1", WHERE, "kommune"), ("2", HARD, "q_hard")))
    first, second = with_wordings((answers, listed))
    assert first.wordings == (WHERE, HARD) and second == listed
    assert with_wordings((answers, answers))[0].wordings == ()


def test_a_programs_sign_for_no_answer_is_none_and_is_told_of() -> None:
    rows = (
        ("Nr", HARD),
        ("1", "Vi mangler folk og boliger."),
        ("2", "-99"),
        ("3", "N/A"),
        ("4", "Vi har for lite av alt."),
    )
    grid = Grid(name="Svar", rows=rows)
    mapping = proposed_mapping(grid, guess_columns(grid), title="T")
    assert [each.column for each in mapping.questions] == [HARD]
    survey = read_survey(Path("a.csv"), grid, mapping)
    assert [len(each.answers) for each in survey.respondents] == [1, 0, 0, 1]
    assert any("2 celler" in note.message and "-99, N/A" in note.message for note in survey.problems)
