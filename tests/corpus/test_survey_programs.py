"""Tables as the programs write them: the number of headings, who answered, the case, the questions, and nothing of the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.grids import Grid
from corpus.model import ImportNote
from corpus.survey.answers import read_survey
from corpus.survey.codebook_sheets import with_wordings
from corpus.survey.columns import guess_columns
from corpus.survey.headings import column_names, guess_header_rows, heading_notes
from corpus.survey.mapping import AttributeColumn, Filter, Question, SurveyMapping, proposed_mapping
from corpus.survey.value_labels import with_labels

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


@pytest.mark.parametrize(
    "first", [("", "Moss", "boliger og folk", "ring meg"), ("", "Moss", "Svar", ""), ("", "", "folk", "ring meg")]
)
def test_the_first_who_answered_is_not_read_as_headings(first: Row) -> None:
    rows = (("Nr", "Kommune", HARD, ""), first, *((str(n), "Oslo", f"svar nummer {n}", "") for n in range(2, 14)))
    assert guess_header_rows(Grid(name="Svar", rows=rows)) == 1


def test_choices_known_by_their_shape_alone_are_told_of() -> None:
    rows = (("Nr", HARD, "", ""), ("", "Bolig", "Tid", "Folk"), *((str(n), "Bolig", "", "Folk") for n in range(9)))
    grid = Grid(name="Svar", rows=rows)
    assert guess_header_rows(grid) == 2
    told = [note.message for note in heading_notes(grid, 2)]
    assert len(told) == 1 and "Rad 2" in told[0] and "«header_rows» til 1" in told[0]
    assert heading_notes(MONKEY, 2) == heading_notes(QUALTRICS, 2) == ()


@pytest.mark.parametrize("rows", [(), ((),)], ids=["no rows", "no columns"])
def test_a_sheet_with_nothing_in_it_has_no_wordings(rows: tuple[Row, ...]) -> None:
    grids = (CODED, Grid(name="Tomt", rows=rows))
    assert with_labels(with_wordings(grids)) == grids


def test_wordings_come_from_the_sheet_that_lists_the_codes() -> None:
    answers = table(("kommune", "q_hard"), a="{place}", b="{said}")
    listed = Grid(name="Kodebok", rows=(("id", "tekst", "kode"), ("1", WHERE, "kommune"), ("2", HARD, "q_hard")))
    first, second = with_wordings((answers, listed))
    assert first.wordings == (WHERE, HARD) and second == listed
    assert with_wordings((answers, answers))[0].wordings == ()


CODED = Grid(
    name="Dataset",
    rows=(("id", "plan", "kjonn", "q_hard"), ("1", "1", "2", "Vi mangler folk."), ("2", "2", "-99", "Vi mangler tid.")),
)
LABELLED = {
    "rows": (
        ("variableName", "questionText", "choiceValue", "choiceText"),
        ("plan", "Har dere en plan?", "1", "Ja"), ("plan", "Har dere en plan?", "2", "Nei"),
        ("kjonn", "Hva er kjønnet ditt?", "1", "Mann"), ("", "", "2", "Kvinne"), ("q_hard", HARD, "", ""),
    ),
    "in one cell": (
        ("kode", "tekst", "svar"),
        ("plan", "Har dere en plan?", "1 = Ja; 2 = Nei"), ("kjonn", "Hva er kjønnet ditt?", "1: Mann, 2: Kvinne"),
        ("q_hard", HARD, ""),
    ),
}  # fmt: skip


@pytest.mark.parametrize("shape", LABELLED)
def test_codes_of_closed_answers_stand_by_the_words_another_sheet_has_for_them(shape: str) -> None:
    grid = with_labels(with_wordings((CODED, Grid(name="Kodebok", rows=LABELLED[shape]))))[0]
    assert [row[1:3] for row in grid.rows[1:]] == [("Ja", "Kvinne"), ("Nei", "-99")]
    assert grid.labels[1] == (("1", "Ja"), ("2", "Nei"))
    assert grid.wordings == ("", "Har dere en plan?", "Hva er kjønnet ditt?", HARD)
    mapping = SurveyMapping(
        title="T",
        questions=(Question(key="q1", column="q_hard", wording=HARD, filter=Filter(column="plan", values=("1",))),),
        attributes=(AttributeColumn(column="plan", name="Plan"),),
    )
    survey = read_survey(Path("a.xlsx"), grid, mapping)
    assert [(each.attributes["Plan"], each.answers[0].asked) for each in survey.respondents] == [
        ("Ja", True),
        ("Nei", False),
    ]
    assert any("1 = Ja" in note.message for note in survey.problems)
    assert not any("filterverdi" in note.message for note in survey.problems)


def test_what_was_odd_about_the_file_is_told_with_the_rest() -> None:
    odd = ImportNote(message="Rader av ulik lengde.", doubtful=True)
    grid = Grid(name="Svar", rows=CODED.rows, notes=(odd,))
    mapping = SurveyMapping(title="T", questions=(Question(key="q1", column="q_hard", wording=HARD),))
    assert odd in read_survey(Path("a.xlsx"), grid, mapping).problems


def test_a_sheet_that_lists_something_else_changes_no_cell() -> None:
    order = Grid(
        name="Kodebok", rows=(("kode", "tekst", "nr"), ("plan", "Har dere en plan?", "1"), ("kjonn", "K", "2"))
    )
    assert with_labels((CODED, order)) == (CODED, order)


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
