"""The frame around all screens: help, palette, keys, theme, long work, and an empty project."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual import events
from textual.message import Message
from textual.pilot import Pilot

from workbench import settings
from workbench.services import projects
from workbench.tui.app import KodebenkApp
from workbench.tui.dialogs.keys import KeysDialog
from workbench.tui.screens.codebook import CodebookScreen
from workbench.tui.screens.coding import CodingScreen
from workbench.tui.screens.matrix import MatrixScreen
from workbench.tui.widgets.rows import Rows
from workbench.tui.widgets.status_line import StatusLine

MakeApp = Callable[..., KodebenkApp]
SIZE = (120, 40)


async def settle(pilot: Pilot[int]) -> None:
    """Wait for long work and for what it shows."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()


def desk(app: KodebenkApp) -> CodingScreen:
    assert app.coding is not None
    return app.coding


async def test_help_lists_the_keys_of_the_screen(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("question_mark")
        await pilot.pause()
        assert isinstance(app.screen, KeysDialog)
        told = {words for _keys, words, _name in app.screen.lines}
        assert {"Kod markeringen, eller setningen ved markøren", "Til neste forslag", "Skriv Word-rapport"} <= told
        assert app.screen.query_one(Rows).count == len(app.screen.lines)
        names = [name for _keys, _words, name in app.screen.lines]
        # What can be done here first, then the ways elsewhere, then moving about.
        assert names.index("coding.code") < names.index("go.report") < names.index("transcript.turn")


async def test_the_palette_speaks_norwegian(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        commands = {command.title: command for command in app.get_system_commands(app.screen)}
        assert "Skriv Word-rapport" in commands
        assert not {"Theme", "Quit", "Keys"} & set(commands)
        commands["Rediger kodeboken"].callback()
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, CodebookScreen)


async def test_keys_can_be_chosen_in_the_settings(make_app: MakeApp, settings_file: Path) -> None:
    settings.save(settings.Settings(keymap={"coding.code": "f8"}))
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("f8")
        await pilot.pause()
        assert type(app.screen).__name__ == "CodeDialog"


async def test_the_theme_is_kept(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("ctrl+t")
        await pilot.pause()
        assert not app.current_theme.dark
    assert settings.load().theme == "textual-light"


async def test_work_that_fails_is_told_and_ends_nothing(make_app: MakeApp, caplog: pytest.LogCaptureFixture) -> None:
    from workbench.tui.working import Work

    def act(work: Work[int]) -> int:
        raise ZeroDivisionError("hemmelig sitat")

    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        app.start(Work(title="Prøve", name="test", act=act, done=lambda _n: None))
        await settle(pilot)
        assert any("ZeroDivisionError" in each.message for each in app._notifications)
        assert isinstance(app.screen, CodingScreen)
    assert "hemmelig" not in caplog.text


async def test_work_stops_when_asked(make_app: MakeApp) -> None:
    from time import sleep

    from workbench.tui.working import Work

    def act(work: Work[str]) -> str:
        for _ in range(500):
            if work.cancelled():
                return "stoppet"
            sleep(0.01)
        return "aldri stoppet"

    told: list[str] = []
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        app.start(Work(title="Prøve", name="test", act=act, done=told.append))
        await pilot.pause()
        await pilot.press("escape")
        await settle(pilot)
    assert told == ["stoppet"]


async def test_an_empty_project_can_be_looked_at_all_over(tmp_path: Path, settings_file: Path) -> None:
    path = tmp_path / "tomt.kodebenk"
    projects.create(path, coder="Kari", title="Tomt").close()
    app = KodebenkApp(path, coder="Kari")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        for key in (
            "c",
            "x",
            "f",
            "slash",
            "i",
            "m",
            "z",
            "T",
            "d",
            "f4",
            "e",
            "g",
            "f5",
            "a",
            "f6",
            "s",
            "f7",
            "enter",
        ):
            await pilot.press(key)
            await pilot.pause()
        assert isinstance(app.screen, MatrixScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert "Trykk I for å importere" in desk(app).query_one(StatusLine).shown


async def test_the_text_has_the_keys_from_the_first_moment(make_app: MakeApp) -> None:
    """A key pressed while the screen is being drawn must not reach the list of sources, where x deletes."""
    focused: list[str | None] = []

    def hear(message: Message) -> None:
        if isinstance(message, events.DescendantFocus):
            focused.append(message.widget.id)

    app = make_app()
    async with app.run_test(size=(120, 36), message_hook=hear) as pilot:
        await pilot.pause(0.2)
        assert desk(app).view.has_focus
    assert "sources" not in focused
