"""Reading along: no key changes the project, comments go to the reader's own file, and the lead walks through them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static, TextArea

from workbench.services import codebook, coding, commenting, comments, projects, sources
from workbench.tui.app import KodebenkApp
from workbench.tui.screens.codebook import CodebookScreen
from workbench.tui.screens.coding import CodingScreen
from workbench.tui.screens.comments import CommentsScreen
from workbench.tui.screens.own_comments import OwnCommentsScreen
from workbench.tui.screens.start import StartScreen

SIZE = (120, 36)
EVERY_KEY = (
    "p escape D escape d h escape H escape V escape y 0 equals_sign c escape full_stop u ctrl+r x b e escape k asterisk 1 "
    "i escape z escape o f a r T escape B escape O escape E escape M escape W escape G escape n escape e escape space f "
    "escape escape J escape n escape K escape A escape e escape Z escape X escape R escape I escape"
).split()


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KODEBENK_DATA", str(tmp_path / "egne"))


@pytest.fixture
def coded_path(project_path: Path) -> Path:
    project = projects.open_existing(project_path, coder="Kari")
    source = sources.list_sources(project)[0]
    start = sources.show_source(project, source).text.index("lange køer")
    coding.apply_code(project, source, start, start + 10, codebook.find_code(project, "Bolig"))
    project.close()
    return project_path


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


async def _at_the_coding(pilot: Pilot[int]) -> CodingScreen:
    await pilot.pause(0.2)
    screen = pilot.app.screen
    assert isinstance(screen, CodingScreen)
    screen.view.move_to(screen.view.document.text.index("lange køer") + 2)
    await pilot.pause()
    return screen


async def test_no_key_changes_the_project(coded_path: Path, make_app: Callable[..., KodebenkApp]) -> None:
    before, beside = _digest(coded_path), sorted(coded_path.parent.iterdir())
    async with make_app(coder="Student", readonly=True).run_test(size=SIZE) as pilot:
        screen = await _at_the_coding(pilot)
        screen.view.select(0, 12)
        for key in EVERY_KEY:
            await pilot.press(key)
        await pilot.pause(0.3)
    assert _digest(coded_path) == before
    assert [path for path in sorted(coded_path.parent.iterdir()) if path.name != "settings"] == [
        path for path in beside if path.name != "settings"
    ]


async def test_m_comments_on_what_lies_at_the_caret(coded_path: Path, make_app: Callable[..., KodebenkApp]) -> None:
    before = _digest(coded_path)
    async with make_app(coder="Student", readonly=True).run_test(size=SIZE) as pilot:
        await _at_the_coding(pilot)
        await pilot.press("m", "1")
        await pilot.pause()
        pilot.app.screen.query_one(TextArea).text = "Er dette ikke midlertidig?"
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("K")
        await pilot.pause()
        listed = pilot.app.screen
        assert isinstance(listed, OwnCommentsScreen)
        assert [each.text for each in listed.comments] == ["Er dette ikke midlertidig?"]
        await pilot.press("l")
        await pilot.pause()
        pilot.app.screen.query_one(Input).value = str(coded_path.with_name("til-leder.kommentarer"))
        await pilot.press("enter")
        await pilot.pause()
    assert _digest(coded_path) == before
    assert commenting.read_file(coded_path.with_name("til-leder.kommentarer")).reader == "Student"


async def test_the_lead_walks_through_what_readers_have_said(
    coded_path: Path, make_app: Callable[..., KodebenkApp], tmp_path: Path
) -> None:
    reader = projects.open_existing(coded_path, coder="Student", readonly=True)
    commenting.write_comment(reader, coding.list_codings(reader)[0], "Hvorfor?")
    commenting.write_comment(reader, codebook.find_code(reader, "Bolig"), "For vid.")
    handed = commenting.hand_over(reader, tmp_path / "fra-student.kommentarer")
    reader.close()
    async with make_app().run_test(size=SIZE) as pilot:
        await pilot.pause(0.2)
        await pilot.press("K", "n")
        await pilot.pause()
        pilot.app.screen.query_one(Input).value = str(handed)
        await pilot.press("enter")
        await pilot.pause()
        screen = pilot.app.screen
        assert isinstance(screen, CommentsScreen)
        assert [each.text for each in screen.comments] == ["Hvorfor?", "For vid."]
        await pilot.press("a")
        await pilot.pause()
        pilot.app.screen.query_one(TextArea).text = "Fordi køen er boligkøen."
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("b")
        await pilot.pause()
        assert [each.text for each in screen.comments] == ["For vid."]
        await pilot.press("g")
        await pilot.pause()
        assert isinstance(pilot.app.screen, CodebookScreen)
        await pilot.press("K", "v", "g")
        await pilot.pause()
        desk = pilot.app.screen
        assert isinstance(desk, CodingScreen)
        assert desk.view.selection is not None
        assert desk.view.document.text[slice(*desk.view.selection)] == "lange køer"
        await pilot.press("K", "u", "u")
        await pilot.pause()
    project = projects.open_existing(coded_path, coder="Kari")
    first = comments.list_comments(project)[0]
    assert (first.reply, first.status) == ("", "open")
    project.close()


async def test_a_comment_on_a_coding_that_is_gone_leads_to_where_it_stood(
    coded_path: Path, make_app: Callable[..., KodebenkApp], tmp_path: Path
) -> None:
    reader = projects.open_existing(coded_path, coder="Student", readonly=True)
    commenting.write_comment(reader, coding.list_codings(reader)[0], "Hvorfor?")
    handed = commenting.hand_over(reader, tmp_path / "fra-student.kommentarer")
    reader.close()
    lead = projects.open_existing(coded_path, coder="Kari")
    comments.take_in(lead, [handed])
    coding.remove_coding(lead, coding.list_codings(lead)[0].id)
    lead.close()
    async with make_app().run_test(size=SIZE) as pilot:
        await pilot.pause(0.2)
        await pilot.press("K", "g")
        await pilot.pause()
        desk = pilot.app.screen
        assert isinstance(desk, CodingScreen)
        assert desk.view.selection is not None
        assert desk.view.document.text[slice(*desk.view.selection)] == "lange køer"


async def test_the_start_screen_opens_a_project_for_reading(coded_path: Path, settings_file: Path) -> None:
    app = KodebenkApp(coder="Student")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, StartScreen)
        await pilot.press("l")
        await pilot.pause()
        app.screen.query_one(Input).value = str(coded_path)
        await pilot.press("enter")
        await pilot.pause(0.3)
        assert isinstance(app.screen, CodingScreen)
        assert app.screen.project.readonly
        assert app.screen.query_one("#readonly", Static).display


async def test_a_reader_goes_from_one_coded_place_to_the_next(
    coded_path: Path, make_app: Callable[..., KodebenkApp]
) -> None:
    lead = projects.open_existing(coded_path, coder="Kari")
    source = sources.list_sources(lead)[0]
    text = sources.show_source(lead, source).text
    money = text.index("ikke penger")
    coding.apply_code(lead, source, money, money + 11, codebook.find_code(lead, "Økonomi"))
    lead.close()
    queue = text.index("lange køer")
    async with make_app(coder="Student", readonly=True).run_test(size=SIZE) as pilot:
        await pilot.pause(0.2)
        screen = pilot.app.screen
        assert isinstance(screen, CodingScreen)
        carets = []
        for key in ("0", "0", "0", "equals_sign", "equals_sign"):
            await pilot.press(key)
            await pilot.pause()
            carets.append(screen.view.caret)
        assert carets == [queue, money, money, queue, queue]
