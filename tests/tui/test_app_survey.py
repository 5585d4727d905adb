"""A survey's table is looked over and taken in, and its answers are coded question by question."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input, Static

from workbench.services import sources
from workbench.services.survey import answers, tables
from workbench.tui.app import KodebenkApp
from workbench.tui.dialogs.code import CodeDialog
from workbench.tui.importing import read_files
from workbench.tui.screens.answers import AnswersScreen
from workbench.tui.screens.coding import CodingScreen
from workbench.tui.screens.survey_import import SurveyImportScreen

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
        await pilot.press("down", "down", "down", "x", "down", "q")
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
