"""A newer table's changed answers are taken only when asked for: all else keeps its place, and nothing is moved by guess."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from workbench.errors import Refusal
from workbench.services import codebook, coding, history, notes, projects, sources, texts, waiting
from workbench.services.survey import answers, receiving, tables, uses
from workbench.services.survey.receiving import SurveyResult
from workbench.services.versions import Counts
from workbench.store.project import Project
from workbench.store.verify import problems

HEADINGS = ("Nr", "Hva er vanskelig?", "Hva trengs?", "Hvor mange brukere?")
FIRST = ("A1", "Vi mangler boliger og folk i hele kommunen.", "Flere hender, og en plan for dem vi har.", "70-80")
OTHER = ("A2", "Ventetiden er alt for lang her.", "", "fem")

Import = Callable[..., SurveyResult]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    made = projects.create(tmp_path / "studie.kodebenk", coder="Kari Koder", title="Studie")
    made.connection.execute("PRAGMA synchronous = OFF")
    codebook.add_code(made, "Bolig")
    yield made
    made.close()


@pytest.fixture
def take_in(project: Project, tmp_path: Path) -> Import:
    def run(*rows: tuple[str, ...], take_changed: bool = False, planned: bool = False) -> SurveyResult:
        with (tmp_path / "svar.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows([HEADINGS, *rows])
        sheet = tables.look(tmp_path / "svar.csv")[0]
        mapping = replace(sheet.proposed(), respondent="Nr", questions=(), attributes=())
        for name in HEADINGS[1:]:
            mapping = uses.with_use(mapping, sheet, sheet.guess(name), "question")
        mapping = uses.with_question(mapping, replace(mapping.questions[2], numeric=True))
        call = receiving.plan_import if planned else receiving.import_survey
        return call(project, sheet, mapping, take_changed=take_changed)

    return run


def said(project: Project) -> list[tuple[str, str, float | None]]:
    return [(row.question.key, row.text, row.value) for row in answers.list_answers(project)]


def test_changed_answers_are_taken_when_asked_and_all_else_stands(project: Project, take_in: Import) -> None:
    take_in(FIRST, OTHER)
    source = sources.list_sources(project)[0]
    first, second, third = answers.list_answers(project)[:3]
    answers.code_answers(project, [second.id, third.id], codebook.find_code(project, "bolig"))
    notes.add_note(project, source, second.start, second.start + 12, "Viktig")
    code = codebook.find_code(project, "bolig")
    coding.apply_code(project, source, first.start, first.end, code)
    newer = ("A1", "Dette går egentlig ganske bra.", FIRST[2], "ca. 90")
    looked = take_in(newer, OTHER)
    assert [(each.question, each.old, each.new, each.corrected) for each in looked.changed] == [
        ("q1", FIRST[1], newer[1], False),
        ("q3", "70-80", "ca. 90", False),
    ]
    assert said(project)[0] == ("q1", FIRST[1], None) and not looked.taken
    assert len(take_in(newer, OTHER, take_changed=True, planned=True).taken) == 2
    result = take_in(newer, OTHER, take_changed=True)
    assert (len(result.taken), result.changed, result.added) == (2, (), ())
    assert result.moved == Counts(moved=2, waiting=2)
    assert said(project)[:3] == [("q1", newer[1], None), ("q2", FIRST[2], None), ("q3", "ca. 90", 90.0)]
    rows = answers.list_answers(project)
    assert [row.codes for row in rows[:3]] == [(), ("bolig",), ()]
    (kept,) = rows[1].codings
    assert (kept.start, kept.end) == (rows[1].start, rows[1].end)
    assert [each.text for each in waiting.list_waiting(project)] == [FIRST[1], "70-80"]
    (note,) = notes.list_notes(project, sources.list_sources(project)[0])
    assert (note.start, note.end) == (rows[1].start, rows[1].start + 12)
    assert not list(problems(project.connection))
    assert take_in(newer, OTHER, take_changed=True).taken == ()
    history.undo(project)
    assert said(project)[0] == ("q1", FIRST[1], None) and not waiting.list_waiting(project)
    assert [row.codes for row in answers.list_answers(project)[:3]] == [("bolig",)] * 3


def test_an_answer_that_was_corrected_here_is_only_told_of(project: Project, take_in: Import) -> None:
    take_in(FIRST, OTHER)
    source = sources.list_sources(project)[0]
    texts.mask_name(project, source, "kommunen", "[stedet]")
    newer = ("A1", "Vi mangler alt i hele kommunen.", "Flere hender.", "70-80")
    result = take_in(newer, OTHER, take_changed=True)
    assert [(each.question, each.corrected) for each in result.changed] == [("q1", True)]
    assert [each.question for each in result.taken] == ["q2"]
    assert said(project)[0][1] == "Vi mangler boliger og folk i hele [stedet]."
    texts.mask_name(project, sources.list_sources(project)[0], "Flere hender", "Mange hender")
    same = ("A1", "Vi mangler boliger og folk i hele [stedet].", "Mange hender.", "70-80")
    assert take_in(same, OTHER).changed == ()


def test_answers_that_come_and_go_are_put_in_and_taken_out(project: Project, take_in: Import) -> None:
    take_in(FIRST, OTHER)
    newer = (("A1", FIRST[1], "", "70-80"), ("A2", "", "En ny dør.", "fem"), ("A3", "", "", "seks"))
    result = take_in(*newer, take_changed=True)
    assert sorted((each.respondent, each.what) for each in result.taken) == [
        ("A1", "gone"),
        ("A2", "gone"),
        ("A2", "new"),
    ]
    assert [text for _key, text, _value in said(project)] == [FIRST[1], "70-80", "En ny dør.", "fem", "seks"]
    asked = {each.key: (each.asked, each.answered) for each in answers.list_questions(project)}
    assert asked == {"q1": (3, 1), "q2": (3, 1), "q3": (3, 3)}
    history.undo(project)
    assert [text for _key, text, _value in said(project)] == [*FIRST[1:], OTHER[1], "fem"]


def test_a_respondent_with_nothing_left_keeps_the_text_and_is_named(project: Project, take_in: Import) -> None:
    take_in(FIRST, OTHER)
    result = take_in(("A1", "", "", ""), take_changed=True)
    assert (result.taken, len(result.changed)) == ((), 3)
    assert any("ingen rad i tabellen" in note and "A2" in note for note in result.notes)
    assert any("A1" in note and "ingen svar igjen" in note for note in result.notes)
    assert len(said(project)) == 5


def test_another_question_under_a_known_key_is_refused(project: Project, take_in: Import, tmp_path: Path) -> None:
    take_in(FIRST, OTHER)
    (tmp_path / "svar.csv").write_text("Nr;Hva trengs?\nA9;Flere hender, og mange flere.\nA8;En dør som er åpen.\n")
    sheet = tables.look(tmp_path / "svar.csv")[0]
    mapping = replace(sheet.proposed(), respondent="Nr")
    assert [each.key for each in mapping.questions] == ["q1"]
    with pytest.raises(Refusal, match="«q1» i «svar» er spørsmålet «Hva er vanskelig\\?»"):
        receiving.import_survey(project, sheet, mapping)
