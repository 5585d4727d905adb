"""A survey's table becomes one source for each respondent; the same survey again brings only what is new."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.model import ReadOptions
from corpus.survey.mapping import SurveyMapping
from workbench.errors import NotFound, Refusal
from workbench.services import cases, codebook, history, importing, matrices, projects, sources
from workbench.services.importing import SourceFacts, SpeakerChoice
from workbench.services.retrieval import Filter, find_excerpts
from workbench.services.survey import answers, receiving, standing, tables, uses
from workbench.services.survey.receiving import SurveyResult
from workbench.services.survey.tables import Sheet
from workbench.services.survey.twins import SameSurvey
from workbench.store.project import Project
from workbench.store.queries import interchange
from workbench.store.verify import problems

HEADINGS = ("Nr", "E-post", "Kommune", "Størrelse", "Har plan", "Hva er vanskelig?", "Hva står i planen?", "Kommentar")
ROWS = (
    ("A1", "en@eksempel.no", "Elvestrand", "liten", "Ja", "Vi mangler boliger og folk.", "Mål for boliger og lavterskel.", ""),
    ("A2", "to@eksempel.no", "Storhamn", "stor", "Nei", "Ventetiden er alt for lang her.", "", "Ring oss gjerne om dette."),
    ("A3", "tre@eksempel.no", "Storhamn", "stor", "Ja", "Økonomien strammes til i år.", "-", "Takk for at dere spør oss."),
    ("A4", "fire@eksempel.no", "Fjellby", "liten", "Nei", "", "", "?"),
)  # fmt: skip
INTERVIEW = "Intervjuer: Hvordan går det?\n\nKari: Det går bra, men vi er få.\n"

Import = Callable[..., SurveyResult]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    made = projects.create(tmp_path / "studie.kodebenk", coder="Kari Koder", title="Studie")
    made.connection.execute("PRAGMA synchronous = OFF")
    codebook.add_code(made, "Bolig")
    yield made
    made.close()


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., Sheet]:
    def make(rows: Sequence[Sequence[str]] = ROWS, name: str = "kommuner.csv") -> Sheet:
        with (tmp_path / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows([HEADINGS, *rows])
        return tables.look(tmp_path / name)[0]

    return make


@pytest.fixture
def take_in(project: Project, table: Callable[..., Sheet]) -> Import:
    def run(
        rows: Sequence[Sequence[str]] = ROWS,
        *,
        again: bool = False,
        numbers: bool = True,
        title: str = "kommuner",
        wave: str = "",
    ) -> SurveyResult:
        sheet = table(rows)
        mapping = sheet.proposed(title)
        questions: list[uses.Use] = ["question"] * 3
        wanted: list[uses.Use] = ["respondent", "ignore", "case", "attribute", "attribute", *questions]
        for column, use in zip(sheet.guesses, wanted, strict=True):
            mapping = uses.with_use(mapping, sheet, column, use)
        asked = uses.question_keyed(mapping, HEADINGS[6])
        chosen = uses.filter_of(mapping, sheet, "Har plan: ja | delvis")
        mapping = replace(uses.with_question(mapping, replace(asked, filter=chosen)), wave=wave)
        return receiving.import_survey(
            project, sheet, mapping if numbers else replace(mapping, respondent=""), again=again
        )

    return run


def said(project: Project) -> dict[str, list[str]]:
    """Source -> its answers as they are sliced from the text."""
    found: dict[str, list[str]] = {}
    for row in answers.list_answers(project):
        found.setdefault(row.source.name, []).append(row.text)
    return found


def test_each_respondent_is_a_source_with_case_informant_and_answers(project: Project, take_in: Import) -> None:
    result = take_in()
    assert result.added == ("A1 Elvestrand", "A2 Storhamn", "A3 Storhamn") and (result.answers, result.empty) == (6, 1)
    assert said(project) == {
        "A1 Elvestrand": [ROWS[0][5], ROWS[0][6]],
        "A2 Storhamn": [ROWS[1][5], ROWS[1][7]],
        "A3 Storhamn": [ROWS[2][5], ROWS[2][7]],
    }
    first = sources.list_sources(project)[0]
    assert (first.kind, first.folder, first.cases, first.informants) == ("survey", "kommuner", ("Elvestrand",), ("A1",))
    assert sources.show_source(project, first).text.startswith("Spørsmål: Hva er vanskelig?\nA1: Vi mangler boliger")
    known = {case.name: dict(case.attributes) for case in cases.list_cases(project)}
    assert known == {"Elvestrand": {"Størrelse": "liten", "Har plan": "Ja"}, "Storhamn": {"Størrelse": "stor"}}


def test_a_question_keeps_how_many_were_asked_and_who(project: Project, take_in: Import) -> None:
    take_in()
    asked = {each.key: (each.asked, each.answered, each.base) for each in answers.list_questions(project)}
    assert asked == {"q1": (4, 3, ""), "q2": (2, 1, "De som svarte «ja», «delvis» på «Har plan»"), "q3": (4, 2, "")}
    assert answers.list_questions(project)[1].condition == "Har plan = ja, delvis"


def test_an_answer_by_somebody_who_was_not_asked_stands_apart(project: Project, take_in: Import) -> None:
    take_in((*ROWS[:2], (*ROWS[1][:6], "Vi har ingen plan.", "")))
    question = answers.find_question(project, "q2")
    rows = answers.list_answers(project, question)
    assert [(row.text, row.asked) for row in rows] == [(ROWS[0][6], True), ("Vi har ingen plan.", False)]
    assert answers.counts_of(question, rows) == answers.Counts(asked=1, answered=1, coded=0, outside=1)


def test_what_is_left_out_is_nowhere_in_the_project(project: Project, take_in: Import) -> None:
    result = take_in()
    assert "E-post" in {each.header for each in result.left_out}
    project.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = project.path.read_bytes()
    assert b"eksempel.no" not in content and ROWS[0][5].encode() in content


def test_an_address_that_tells_respondents_apart_is_not_kept(project: Project, table: Callable[..., Sheet]) -> None:
    sheet = table()
    mapping = uses.with_use(sheet.proposed(), sheet, sheet.guess("E-post"), "respondent")
    assert receiving.import_survey(project, sheet, mapping).added[0] == "R001 Elvestrand"
    assert receiving.import_survey(project, sheet, mapping).known == 3
    project.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert b"eksempel.no" not in project.path.read_bytes()


def test_the_same_table_again_doubles_nothing(project: Project, take_in: Import) -> None:
    take_in()
    before = interchange.number_of_changes(project.connection)
    again = take_in()
    assert (again.added, again.known, again.changed, again.empty) == ((), 3, (), 1)
    assert take_in(title="KOMMUNER").title == "kommuner"
    assert interchange.number_of_changes(project.connection) == before


def test_a_newer_table_brings_the_new_and_lists_what_has_changed(project: Project, take_in: Import) -> None:
    take_in()
    changed = (*ROWS[0][:5], "Vi mangler alt.", *ROWS[0][6:])
    late = (*ROWS[3][:7], "Nå har vi svart likevel.")
    new = ("A5", "fem@eksempel.no", "Elvestrand", "liten", "Ja", "Vi er to i alt.", "", "")
    result = take_in((changed, ROWS[1], ROWS[2], late, new))
    assert result.added == ("A4 Fjellby", "A5 Elvestrand") and result.known == 3
    assert [(each.respondent, each.question, each.what) for each in result.changed] == [("A1", "q1", "changed")]
    assert said(project)["A1 Elvestrand"][0] == ROWS[0][5]
    assert answers.list_questions(project)[0].asked == 5


def test_rows_without_numbers_are_known_by_what_they_say(project: Project, take_in: Import) -> None:
    first = take_in(ROWS[:2], numbers=False)
    assert first.added == ("R001 Elvestrand", "R002 Storhamn")
    turned = take_in((ROWS[2], ROWS[1], ROWS[0]), numbers=False)
    assert turned.added == ("R003 Storhamn",) and turned.known == 2
    assert sources.show_source(project, sources.list_sources(project)[2]).turns[1].speaker == "R003"


def test_a_respondent_who_has_been_deleted_stays_out_until_asked_for(project: Project, take_in: Import) -> None:
    take_in()
    sources.delete_source(project, sources.list_sources(project)[0])
    assert (take_in().added, take_in().removed) == ((), 1)
    assert take_in(again=True).added == ("A1 Elvestrand",)


def test_one_undo_takes_all_of_it_out(project: Project, take_in: Import) -> None:
    take_in()
    history.undo(project)
    assert not sources.list_sources(project) and not answers.list_surveys(project) and not cases.list_cases(project)
    assert len(take_in().added) == 3


def test_stopping_keeps_nothing(project: Project, table: Callable[..., Sheet]) -> None:
    sheet = table()
    steps = iter((False, True))
    with pytest.raises(Refusal, match=r"Ingenting fra «kommuner.csv»"):
        receiving.import_survey(project, sheet, sheet.proposed(), cancelled=lambda: next(steps))
    assert not sources.list_sources(project) and not answers.list_surveys(project)


def test_a_survey_under_another_title_is_refused_when_its_answers_are_here(project: Project, take_in: Import) -> None:
    take_in()
    with pytest.raises(Refusal, match=r"3 av 3 respondenter står i «kommuner»"):
        take_in(title="Kommuner, ny utgave")


WEEK = ("$submission_id", "Kommune", "Hva er vanskelig?", "Hva bør staten gjøre?")


def week(tmp_path: Path, name: str, numbers: Sequence[int], question: str) -> tuple[Sheet, SurveyMapping]:
    """A program's download, with one of its questions chosen."""
    rows = [(str(n), "Elvestrand", f"Vi mangler folk til nr. {n} nå.", f"Gi oss mer tid til nr. {n}.") for n in numbers]
    with (tmp_path / name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([WEEK, *rows])
    sheet = tables.look(tmp_path / name)[0]
    mapping = replace(sheet.proposed(), respondent=WEEK[0], questions=(), attributes=())
    return sheet, uses.with_use(mapping, sheet, sheet.guess(question), "question")


@pytest.mark.parametrize("first", [31200000, 1], ids=["a program's numbers", "numbers of any survey"])
@pytest.mark.parametrize("column", WEEK[2:], ids=["the same question", "another question"])
def test_a_newer_download_under_another_name_doubles_nobody(
    project: Project, tmp_path: Path, first: int, column: str
) -> None:
    receiving.import_survey(project, *week(tmp_path, "uke 1.csv", range(first, first + 6), WEEK[2]))
    newer = week(tmp_path, "uke 2.csv", range(first + 1, first + 20), column)
    for act in (receiving.plan_import, receiving.import_survey):
        with pytest.raises(SameSurvey, match=r"5 av 19 respondenter står i «uke 1»"):
            act(project, *newer)
    sheet, mapping = newer
    assert len(receiving.plan_import(project, sheet, replace(mapping, title="uke 1")).added) == 14
    assert len(receiving.import_survey(project, *newer, separate=True).added) == 19
    assert len(receiving.import_survey(project, *week(tmp_path, "uke 2.csv", range(40, 46), column)).added) == 6


def test_other_answers_under_the_same_short_numbers_are_another_survey(project: Project, take_in: Import) -> None:
    take_in()
    others = [(*row[:5], f"{row[5][::-1]}.", "", "") for row in ROWS[:3]]
    assert len(take_in(others, title="En annen").added) == 3


def test_two_copies_that_take_in_the_same_answers_have_the_same_sources(tmp_path: Path, project: Project) -> None:
    project.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(project.path, tmp_path / "kopi.kodebenk")
    copy = projects.open_existing(tmp_path / "kopi.kodebenk", coder="Ola Koder")
    sheet, mapping = week(tmp_path, "uke 1.csv", range(1, 4), WEEK[2])
    other = week(tmp_path, "uke 2.csv", range(2, 5), WEEK[2])
    for folk in ("folk", "penger"):
        newer = sheet.path.read_text(encoding="utf-8").replace("folk", folk)
        sheet.path.write_text(newer, encoding="utf-8")
        for each in (project, copy):
            receiving.import_survey(each, tables.look(sheet.path)[0], mapping, take_changed=True)
        here, there = ([(one.id, one.version) for one in sources.list_sources(each)] for each in (project, copy))
        assert here == there
    history.undo(project)
    here = [(one.id, one.version) for one in sources.list_sources(project)]
    history.undo(copy)
    history.undo(copy)
    receiving.import_survey(copy, other[0], replace(other[1], title="uke 1"))
    assert [(one.id, one.version) for one in sources.list_sources(copy)][:2] == here[1:]
    sources.delete_source(copy, sources.list_sources(copy)[0])
    receiving.import_survey(copy, other[0], replace(other[1], title="uke 1"), again=True)
    assert [one.id for one in sources.list_sources(copy)][-1] not in dict(here)
    assert not list(problems(copy.connection))
    copy.close()


def test_short_answers_that_many_give_do_not_make_two_surveys_one(project: Project, take_in: Import) -> None:
    short = [(*row[:5], "Vet ikke", "", "") for row in ROWS]
    others = [(f"B{n}", *row[1:]) for n, row in enumerate(short)]
    take_in(short, title="Den ene")
    assert len(take_in(others, title="Den andre").added) == 4


def test_the_next_wave_is_another_survey_by_the_same_people(project: Project, take_in: Import) -> None:
    take_in(wave="1")
    second = [(*row[:5], f"{row[5]} Fortsatt.", *row[6:]) for row in ROWS[:2]]
    assert take_in(second, wave="2").added == ("A1 Elvestrand – 2", "A2 Storhamn – 2")
    assert [each.title for each in answers.list_surveys(project)] == ["kommuner – 1", "kommuner – 2"]
    assert [each.number for each in cases.list_informants(project)] == ["A1", "A2", "A3"]
    assert {each.wave for each in sources.list_sources(project)} == {"1", "2"}


def test_a_number_that_an_interviewee_has_is_another_persons(project: Project, take_in: Import, tmp_path: Path) -> None:
    (tmp_path / "Samtale.txt").write_text(INTERVIEW, encoding="utf-8")
    who = SpeakerChoice(label="Kari", role="participant", informant="A1")
    options = ReadOptions(confirmed_labels=frozenset({"Kari"}))
    reading = importing.read_file(tmp_path / "Samtale.txt", options)
    importing.save(project, reading, SourceFacts(speakers=(who,)))
    result = take_in()
    assert result.added[0] == "A1-2 Elvestrand" and any("A1 → A1-2" in note for note in result.notes)
    assert take_in().known == 3


def test_a_known_case_keeps_what_was_known_of_it(project: Project, take_in: Import) -> None:
    cases.add_case(project, "elvestrand", attributes={"Størrelse": "mellomstor", "Fylke": "Innlandet"})
    cases.add_case(project, "Storhamn", attributes={"Fylke": "Viken"})
    result = take_in()
    known = {case.name: dict(case.attributes) for case in cases.list_cases(project)}
    assert known["elvestrand"] == {"Størrelse": "mellomstor", "Fylke": "Innlandet", "Har plan": "Ja"}
    assert known["Storhamn"] == {"Fylke": "Viken", "Størrelse": "stor"}
    assert any("elvestrand (Størrelse)" in note for note in result.notes)


def test_facts_of_cases_need_a_case(project: Project, table: Callable[..., Sheet]) -> None:
    sheet = table()
    mapping = uses.with_use(sheet.proposed(), sheet, sheet.guess("Kommune"), "ignore")
    assert any(
        "ingen kolonne er valgt som case" in note for note in receiving.plan_import(project, sheet, mapping).notes
    )
    assert not sources.list_sources(project)


def test_the_columns_are_read_as_last_time(project: Project, take_in: Import) -> None:
    take_in()
    mapping = standing.earlier_mapping(project, "Kommuner")
    assert mapping is not None and mapping.questions[1].filter is not None
    assert standing.earlier_mapping(project, "Kommuner", "2") is None


# -- reading and coding the answers


def test_whole_answers_are_coded_in_one_gesture_and_counted(project: Project, take_in: Import) -> None:
    take_in()
    code = codebook.find_code(project, "bolig")
    question = answers.find_question(project, "q1")
    rows = answers.list_answers(project, question)
    chosen = answers.find_answers(rows, ["a1", "A3"])
    done = answers.code_answers(project, chosen, code)
    assert (len(done.done), done.already) == (2, ())
    assert answers.code_answers(project, chosen, code).already == tuple(chosen)
    rows = answers.list_answers(project, question)
    assert [row.codes for row in rows] == [("bolig",), (), ("bolig",)]
    assert answers.counts_of(question, rows) == answers.Counts(asked=4, answered=3, coded=2, outside=0)
    table = matrices.crosstab(project, rows="case", columns="code")
    counted = dict(zip(table.rows, table.cells, strict=True))
    assert (counted["Elvestrand"], counted["Storhamn"]) == ((1,), (1,))
    (excerpt,) = find_excerpts(project, Filter(informant="A1"))
    assert (excerpt.coding.text, excerpt.coding.quote) == (ROWS[0][5], "A1-001")
    history.undo(project)
    assert not any(row.codings for row in answers.list_answers(project))


def test_answers_are_narrowed_by_case_words_and_coding(project: Project, take_in: Import) -> None:
    take_in()
    answers.code_answers_new(project, [answers.list_answers(project)[0].id], "Knapphet")
    assert [row.respondent for row in answers.list_answers(project, case="Storhamn")] == ["A2", "A2", "A3", "A3"]
    assert [row.question.key for row in answers.list_answers(project, text="TAKK")] == ["q3"]
    assert len(answers.list_answers(project, uncoded=True)) == 5
    with pytest.raises(NotFound):
        answers.list_answers(project, case="Ingensteds")


def test_the_question_is_told_from_the_place_in_the_text(project: Project, take_in: Import) -> None:
    take_in()
    first, second = answers.list_answers(project)[:2]
    found = [answers.question_at(project, first.source.id, offset) for offset in (0, first.end, first.end + 2)]
    assert found == [first.question.id, first.question.id, second.question.id]
