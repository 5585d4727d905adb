"""Undoing a large step holds the keys behind a bar, and leaves the screen as a small one does."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Button

from workbench.services import codebook, history, projects
from workbench.store.project import Project
from workbench.tui.app import KodebenkApp
from workbench.tui.dialogs.progress import ProgressDialog
from workbench.tui.many import AT_ONCE
from workbench.tui.screens.codebook import CodebookScreen

MakeApp = Callable[..., KodebenkApp]


def many_codes(project: Project, number: int) -> None:
    """As many codes, in one gesture."""
    with project.write() as act:
        for n in range(number):
            codebook.record_new_code(act, project, f"Kode {n}")


async def settle(pilot: Pilot[int]) -> None:
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()


async def test_a_large_step_is_undone_behind_a_bar_that_holds_the_keys(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, may_go_on = make_app(), threading.Event()
    undo = history.undo

    def slow(project: Project) -> history.Reverted:
        assert may_go_on.wait(20)
        return undo(project)

    monkeypatch.setattr(history, "undo", slow)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        many_codes(app.opened, AT_ONCE + 1)
        await pilot.press("B")
        await pilot.pause()
        codes = app.screen
        assert isinstance(codes, CodebookScreen)
        await pilot.press("u")
        await pilot.pause()
        assert isinstance(app.screen, ProgressDialog) and not app.screen.query(Button)
        await pilot.press("escape", "b", "n", "u")
        await pilot.pause()
        assert isinstance(app.screen, ProgressDialog)
        may_go_on.set()
        await settle(pilot)
        assert app.screen is codes
        assert len(codebook.list_codes(app.opened)) == 3


def test_how_much_a_step_is_about_is_counted_no_further_than_asked(project_path: Path) -> None:
    project = projects.open_existing(project_path, coder="Kari")
    many_codes(project, 5)
    assert (history.reach(project, most=3), history.reach(project, redone=True, most=3)) == (3, 0)
    history.undo(project)
    assert history.reach(project, redone=True, most=99) == 10, "each code with its theme"
    project.close()
