"""The framework matrix on screen: a cell is written with its excerpts beside it, marked done, and undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import DataTable, TextArea

from workbench.services import cases, codebook, coding, projects, sources
from workbench.tui.app import KodebenkApp
from workbench.tui.dialogs.cell_writing import CellDialog
from workbench.tui.screens.excerpts import ExcerptsScreen
from workbench.tui.screens.framework import FrameworkScreen


@pytest.fixture
def with_case(project_path: Path) -> Path:
    project = projects.open_existing(project_path, coder="Kari")
    cases.add_case(project, "Elv")
    source = sources.list_sources(project)[0]
    sources.describe_source(project, source, cases=("Elv",))
    start = sources.show_source(project, source).text.index("lange køer")
    coding.apply_code(project, source, start, start + 10, codebook.find_code(project, "Bolig"))
    project.close()
    return project_path


async def _matrix(pilot: Pilot[int]) -> FrameworkScreen:
    await pilot.pause(0.2)
    await pilot.press("A")
    await pilot.pause()
    screen = pilot.app.screen
    assert isinstance(screen, FrameworkScreen)
    return screen


async def test_a_cell_is_written_with_a_reference_and_marked_done(
    with_case: Path, make_app: Callable[..., KodebenkApp]
) -> None:
    async with make_app().run_test(size=(120, 36)) as pilot:
        screen = await _matrix(pilot)
        await pilot.press("enter")
        await pilot.pause()
        dialog = pilot.app.screen
        assert isinstance(dialog, CellDialog)
        dialog.query_one(TextArea).insert("Køene er lange ")
        await pilot.press("tab", "enter")
        await pilot.pause()
        assert dialog.query_one(TextArea).text == "Køene er lange [[K01-001]]"
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("s")
        await pilot.pause()
        assert screen.shown is not None
        summary = screen.shown.cells[0][0].summary
        assert summary is not None
        assert (summary.text, summary.status) == ("Køene er lange [[K01-001]]", "done")
        assert "●" in str(screen.query_one(DataTable).get_cell_at((0, 1)))
        await pilot.press("u", "u")
        await pilot.pause()
        assert screen.shown.cells[0][0].summary is None
        await pilot.press("g")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ExcerptsScreen)


async def test_sub_codes_can_be_the_columns(with_case: Path, make_app: Callable[..., KodebenkApp]) -> None:
    async with make_app().run_test(size=(120, 36)) as pilot:
        screen = await _matrix(pilot)
        await pilot.press("c", "1")
        await pilot.pause()
        assert screen.shown is not None
        assert [code.name for code in screen.shown.codes] == ["Midlertidig bolig"]


async def test_text_excerpts_and_hint_fit_a_small_screen(with_case: Path, make_app: Callable[..., KodebenkApp]) -> None:
    async with make_app().run_test(size=(80, 24)) as pilot:
        await _matrix(pilot)
        await pilot.press("enter")
        await pilot.pause()
        dialog = pilot.app.screen
        assert dialog.query_one("#evidence").size.height >= 6
        assert all(hint.region.bottom < 24 for hint in dialog.query(".hint"))
