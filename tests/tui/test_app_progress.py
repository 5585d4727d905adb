"""The progress screen: who has come how far, which sources bring new codes, and the way from a row to its source."""

from __future__ import annotations

from collections.abc import Callable

from textual.pilot import Pilot
from textual.widgets import DataTable, Static

from workbench.services import codebook, coding, reading, sources
from workbench.services.approaches import set_approach
from workbench.tui.app import KodebenkApp
from workbench.tui.screens.coding import CodingScreen
from workbench.tui.screens.excerpts import ExcerptsScreen
from workbench.tui.screens.progress import ProgressScreen

MakeApp = Callable[..., KodebenkApp]
SIZE = (80, 24)


async def opened(pilot: Pilot[int]) -> ProgressScreen:
    """The screen over a project with one coding in the second source."""
    await pilot.pause(0.1)
    app = pilot.app
    assert isinstance(app, KodebenkApp) and app.project is not None
    second = sources.list_sources(app.project)[1]
    coding.apply_code(app.project, second, 0, 20, codebook.find_code(app.project, "bolig"))
    reading.set_status(app.project, second, "finished")
    await pilot.press("Z")
    await pilot.pause()
    await pilot.pause()
    assert isinstance(app.screen, ProgressScreen)
    return app.screen


def written(screen: ProgressScreen, name: str) -> str:
    return str(screen.query_one(f"#{name}", Static).content)


async def test_the_table_says_who_has_come_how_far(make_app: MakeApp) -> None:
    async with make_app().run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        cells = [[str(cell) for cell in screen.table.get_row_at(row)] for row in (0, 1)]
        assert cells[0][-1] == "ingen har lest"
        assert cells[1][0] == "02-fjell" and cells[1][1].startswith("● ferdig")
        assert cells[1][1].endswith(" % 1/1") and cells[1][-1] == "1/1"


async def test_a_row_leads_to_its_source_and_to_its_excerpts(make_app: MakeApp) -> None:
    async with make_app().run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("down", "right", "E")
        await pilot.pause()
        shown = pilot.app.screen
        assert isinstance(shown, ExcerptsScreen)
        assert (shown.wanted.coder, bool(shown.wanted.source)) == ("Kari", True)
        await pilot.press("Z")
        await pilot.pause()
        await pilot.press("down", "g")
        await pilot.pause()
        assert isinstance(pilot.app.screen, CodingScreen)
        assert pilot.app.screen.source.name == "02-fjell"


async def test_new_codes_are_drawn_and_the_order_and_saturation_change_there(make_app: MakeApp) -> None:
    async with make_app().run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        await pilot.press("n")
        await pilot.pause()
        assert screen.by_source and screen.steps.count == 1
        assert "Metning" in written(screen, "saturation")
        line = "".join(segment.text for segment in screen.steps.render_line(0))
        assert "02-fjell" in line and "+1 = 1" in line and "░" in line
        await pilot.press("k")
        assert written(screen, "saturation") == ""
        await pilot.press("t")
        assert screen.order == "date"
        await pilot.press("n")
        assert isinstance(screen.focused, DataTable)


async def test_a_reflexive_project_is_shown_saturation_only_when_asked(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.1)
        assert app.project is not None
        set_approach(app.project, "reflexive")
        screen = await opened(pilot)
        await pilot.press("n")
        assert written(screen, "saturation") == ""
        await pilot.press("k")
        assert "Metning" in written(screen, "saturation")
