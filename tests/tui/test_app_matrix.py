"""The matrix on the screen: shading that is seen without colours, totals, and the excerpts behind every number."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from rich.style import Style
from textual.coordinate import Coordinate
from textual.pilot import Pilot

from workbench.services import codebook, coding, projects, sources
from workbench.tui.app import KodebenkApp
from workbench.tui.screens.excerpts import ExcerptsScreen
from workbench.tui.screens.matrix import MatrixScreen
from workbench.tui.widgets.status_line import StatusLine

MakeApp = Callable[..., KodebenkApp]
SIZE = (100, 30)


@pytest.fixture(autouse=True)
def _coded(project_path: Path) -> None:
    project = projects.open_existing(project_path, coder="Kari")
    for n, (words, code) in enumerate(
        (
            ("lange køer", "midlertidig"),
            ("Det er lange", "økonomi"),
            ("Folk bor på hospits", "bolig"),
            ("månedsvis", "bolig"),
            ("penger", "økonomi"),
            ("Av og til", "bolig"),
        )
    ):
        source = sources.list_sources(project)[n == 5]
        start = sources.show_source(project, source).text.index(words)
        coding.apply_code(project, source, start, start + len(words), codebook.find_code(project, code))
    sources.describe_source(project, sources.list_sources(project)[0], cases=("Elvestrand",))
    project.close()


async def opened(app: KodebenkApp, pilot: Pilot[int], *keys: str) -> MatrixScreen:
    await pilot.pause()
    await pilot.press("M", *keys)
    await pilot.pause()
    assert isinstance(app.screen, MatrixScreen)
    return app.screen


def shown(screen: MatrixScreen) -> list[list[str]]:
    table = screen.table
    return [[cell.plain for cell in table.get_row_at(row)] for row in range(table.row_count)]


async def test_numbers_have_a_shade_of_their_own_and_totals_none(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(app, pilot)
        assert shown(screen) == [
            ["Elvestrand", "█ 3", "▓ 2", "5"],
            ["(uten case)", "░ 1", "0", "1"],
            ["i alt", "4", "2", "6"],
        ]
        assert "░ 1 ▓ 2 █ 3" in screen.query_one(StatusLine).shown
        await pilot.press("s")
        assert shown(screen)[0] == ["Elvestrand", "3", "2", "5"]
        assert "█" not in screen.query_one(StatusLine).shown


async def test_where_there_are_no_colours_the_glyphs_say_it_alone(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(app, pilot)
        cell = screen.table.get_cell_at(Coordinate(0, 1))
        assert isinstance(cell.style, Style)
        assert cell.style.bgcolor is not None
    monkeypatch.setenv("NO_COLOR", "1")
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(app, pilot)
        cell = screen.table.get_cell_at(Coordinate(0, 1))
        assert (cell.plain, cell.style) == ("█ 3", Style())


@pytest.mark.parametrize(
    ("row", "column", "texts"),
    [
        (0, 1, ["lange køer", "Folk bor på hospits", "månedsvis"]),
        (1, 1, ["Av og til"]),
        (1, 0, ["Av og til"]),
        (1, 2, []),
        (0, 3, ["Det er lange", "lange køer", "Folk bor på hospits", "månedsvis", "penger"]),
        (2, 2, ["Det er lange", "penger"]),
        (2, 3, ["Det er lange", "lange køer", "Folk bor på hospits", "månedsvis", "penger", "Av og til"]),
    ],
)
async def test_one_key_leads_from_any_cell_to_its_excerpts(
    make_app: MakeApp, row: int, column: int, texts: list[str]
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(app, pilot)
        screen.table.move_cursor(row=row, column=column)
        await pilot.press("g")
        await pilot.pause()
        assert isinstance(app.screen, ExcerptsScreen)
        assert [each.coding.text for each in app.screen.excerpts] == texts


async def test_codes_by_codes_and_what_shares_text(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(app, pilot, "l", "2", "n")
        assert shown(screen) == [
            ["Bolig", "4", "1", "█ 1", "4"],
            ["Midlertidig bolig", "1", "1", "█ 1", "1"],
            ["Økonomi", "█ 1", "█ 1", "2", "2"],
            ["i alt", "5", "2", "3", "6"],
        ]
        for row, column, texts in ((2, 1, ["Det er lange"]), (3, 3, ["Det er lange", "lange køer", "penger"])):
            screen = await opened(app, pilot, "l", "2", "n")
            screen.table.move_cursor(row=row, column=column)
            await pilot.press("enter")
            await pilot.pause()
            assert isinstance(app.screen, ExcerptsScreen)
            assert [each.coding.text for each in app.screen.excerpts] == texts


async def test_informants_too_can_be_an_axis_and_headings_follow_the_width(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(60, 24)) as pilot:
        screen = await opened(app, pilot, "k", "3")
        assert [row[0] for row in shown(screen)] == ["Elvestrand", "(uten case)", "i alt"]
        assert screen.axes == {"rows": "case", "columns": "informant"}
        assert sum(column.width + 2 for column in screen.table.ordered_columns) <= 60
