"""A survey's table is looked over and taken in, and its answers are coded question by question."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input, Static

from corpus.grids import Grid
from corpus.survey.columns import guess_columns
from corpus.survey.mapping import proposed_mapping
from workbench.services import sources
from workbench.services.survey import answers, tables
from workbench.tui.app import KodebenkApp
from workbench.tui.dialogs.asked import AskedDialog
from workbench.tui.dialogs.code import CodeDialog
from workbench.tui.dialogs.survey import ChangedAnswersDialog
from workbench.tui.importing import read_files
from workbench.tui.presenting.answers import column_lines
from workbench.tui.screens.answers import AnswersScreen
from workbench.tui.screens.coding import CodingScreen
from workbench.tui.screens.survey_import import SurveyImportScreen
from workbench.tui.screens.survey_step import SurveyStep
from workbench.tui.widgets.key_bar import KeyBar

MakeApp = Callable[..., KodebenkApp]
SIZE = (80, 24)
TABLE = """Nr;E-post;Kommune;Har plan;Hva er vanskelig her?;Hva trengs mest av alt?
A1;en@eksempel.no;Elvestrand;Ja;Vi mangler boliger og folk.;Flere boliger til dem som venter.
A2;to@eksempel.no;Storhamn;Nei;Ventetiden er for lang her.;En dør som er åpen om natta.
A3;tre@eksempel.no;Storhamn;Ja;;Noen som svarer når vi ringer.
"""


async def settle(pilot: Pilot[int]) -> None:
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()


def written(screen: AnswersScreen, name: str) -> str:
    return str(screen.query_one(f"#{name}", Static).content)


async def test_a_table_is_looked_over_taken_in_and_its_answers_coded(make_app: MakeApp, tmp_path: Path) -> None:
    (tmp_path / "svar.csv").write_text(TABLE, encoding="utf-8")
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.1)
        read_files(app, [tmp_path / "svar.csv"])
        await settle(pilot)
        looked = app.screen
        assert isinstance(looked, SurveyImportScreen) and len(looked.mapping.questions) == 2
        await pilot.press(*["down"] * 4, "q")
        await pilot.pause()
        app.screen.query_one("#base", Input).value = "alle"
        app.screen.query_one("#filter", Input).value = "Har plan = Ja"
        app.screen.query_one("#filter", Input).focus()
        await pilot.press("enter", "s", "enter")
        await settle(pilot)
        kept = tables.load_mapping(tmp_path / "svar-oppsett.yaml")
        assert not kept.attributes and kept.questions[0].base == "alle" and kept.questions[0].filter is not None
        await pilot.press("L")
        await settle(pilot)
        await pilot.press("escape")
        assert isinstance(app.screen, CodingScreen) and app.project is not None
        assert [each.name for each in sources.list_sources(app.project)][2:] == [
            "A1 Elvestrand",
            "A2 Storhamn",
            "A3 Storhamn",
        ]
        await _code_answers(app, pilot)


async def _code_answers(app: KodebenkApp, pilot: Pilot[int]) -> None:
    assert app.project is not None
    await pilot.press("ctrl+e")
    await settle(pilot)
    screen = app.screen
    assert isinstance(screen, AnswersScreen)
    assert "spurt 2, svart 1, kodet 0, 1 svar fra en som ikke ble spurt · spurt: alle" in written(screen, "question")
    assert written(screen, "words") == "Vi mangler boliger og folk."
    await pilot.press("n", "space", "space", "c")
    await pilot.pause()
    assert isinstance(app.screen, CodeDialog)
    await pilot.press(*"økon", "enter")
    await settle(pilot)
    assert [row.codes for row in answers.list_answers(app.project)] == [(), ("okonomi",), (), ("okonomi",), ()]
    assert "svart 3, kodet 2" in written(screen, "question")
    await pilot.press("v")
    assert [row.respondent for row in screen.shown] == ["A3"]
    await pilot.press("u")
    assert len(screen.shown) == 3 and not screen.ticks
    await pilot.press("w", "end", "enter")
    await pilot.pause()
    assert isinstance(app.screen, CodingScreen) and app.screen.source.name == "A3 Storhamn"


async def test_a_newer_table_shows_what_has_changed_and_takes_it_at_a_yes(make_app: MakeApp, tmp_path: Path) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.1)
        for table, keys in ((TABLE, "L"), (TABLE.replace("boliger og folk", "alt"), "Lj")):
            (tmp_path / "svar.csv").write_text(table, encoding="utf-8")
            read_files(app, [tmp_path / "svar.csv"])
            await settle(pilot)
            for key in keys:
                await pilot.press(key)
                await settle(pilot)
                if isinstance(app.screen, ChangedAnswersDialog):
                    (shown,) = app.screen.query_one("#changed").query(Static)
                    assert "- Vi mangler boliger og folk.\n  + Vi mangler alt." in str(shown.content)
            await pilot.press("escape")
        assert app.project is not None
        assert answers.list_answers(app.project)[0].text == "Vi mangler alt."


async def test_known_respondents_under_another_name_are_asked_about(make_app: MakeApp, tmp_path: Path) -> None:
    more = "A4;fire@eksempel.no;Fjellby;Ja;Alt er dyrt her hos oss.;Mer av alt, men mest av tid.\n"
    (tmp_path / "uke 1.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "uke 1 og 2.csv").write_text(TABLE + more, encoding="utf-8")
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.1)
        read_files(app, [tmp_path / "uke 1 og 2.csv", tmp_path / "uke 1.csv"])
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, SurveyStep)
        assert "Hopp over" in app.screen.query_one(KeyBar).shown
        await pilot.press("L")
        await settle(pilot)
        step = app.screen
        assert isinstance(step, SurveyStep)
        await pilot.press("down", "down", "down", "x")
        about = str(step.query_one("#found", Static).content)
        assert "Valgt i oppsettet." in about and "Ulike svar" not in about
        await pilot.press("x", "L")
        await settle(pilot)
        assert isinstance(app.screen, AskedDialog)
        assert "3 av 4 respondenter står i «uke 1»" in str(app.screen.query_one("#contents Static", Static).content)
        await pilot.press("enter")
        await settle(pilot)
        assert app.screen is step and step.mapping.title == "uke 1"
        await pilot.press("L")
        await settle(pilot)
        assert app.project is not None
        assert [each.title for each in answers.list_surveys(app.project)] == ["uke 1"]
        assert sorted(answers_by(app)) == ["A1", "A2", "A3", "A4"]


def answers_by(app: KodebenkApp) -> set[str]:
    assert app.project is not None
    return {row.respondent for row in answers.list_answers(app.project)}


async def test_number_keys_and_the_last_code_code_an_answer_at_once(make_app: MakeApp, tmp_path: Path) -> None:
    (tmp_path / "svar.csv").write_text(TABLE, encoding="utf-8")
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.1)
        read_files(app, [tmp_path / "svar.csv"])
        await settle(pilot)
        await pilot.press("L")
        await settle(pilot)
        await pilot.press("escape", "ctrl+e")
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, AnswersScreen)
        await pilot.press("c")
        await pilot.pause()
        assert "A1 Elvestrand: «Vi mangler boliger og folk.»" in str(app.screen.query(".title").first(Static).content)
        await pilot.press(*"økon", "ctrl+p")
        await settle(pilot)
        (key,) = (key for key, code in screen.pins.items() if screen.codes.entries[code].slug == "okonomi")
        assert f"{key} " in written(screen, "question")
        await pilot.press(str(key), "down", "full_stop")
        await settle(pilot)
        assert [row.codes for row in screen.shown] == [("okonomi",), ("okonomi",)]
        await pilot.press("x")
        await settle(pilot)
        assert [row.codes for row in screen.shown] == [("okonomi",), ()]
        await pilot.press("v", "w")
        assert screen.rows.cursor == 1


def test_choices_of_one_question_are_told_apart_in_the_list_of_columns() -> None:
    header = ("Hvilke tiltak har dere i kommunen? – Bolig", "Hvilke tiltak har dere i kommunen? – Arbeid")
    grid = Grid(name="Svar", rows=(header, ("Ja", "Nei"), ("Ja", "Ja")))
    guesses = guess_columns(grid)
    mapping = proposed_mapping(grid, guesses, title="T")
    assert [column_lines(guess, mapping, width=48)[0].plain.rpartition(" – ")[2].strip() for guess in guesses] == [
        "Bolig",
        "Arbeid",
    ]


async def test_without_a_survey_the_screen_says_how_one_comes(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.1)
        await pilot.press("ctrl+e")
        await settle(pilot)
        assert isinstance(app.screen, AnswersScreen)
        assert "I tar inn en tabell" in written(app.screen, "question")
        await pilot.press("c", "v", "n", "space", "enter")
        assert isinstance(app.screen, AnswersScreen)
