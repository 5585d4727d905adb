"""Search while somebody types: hits are seen at once, and nothing is lost when the reader thinks better of it."""

from __future__ import annotations

from collections.abc import Callable

from textual.pilot import Pilot
from textual.widgets import Static

from workbench.tui.app import KodebenkApp
from workbench.tui.dialogs.search import TYPED_AFTER, SearchDialog
from workbench.tui.screens.coding import CodingScreen
from workbench.tui.screens.finding import FindingScreen

MakeApp = Callable[..., KodebenkApp]
SIZE = (80, 24)


async def settle(pilot: Pilot[int]) -> None:
    """Wait for long work and for what it shows."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()


async def typed(pilot: Pilot[int], *keys: str) -> None:
    """Type and rest until what is typed has been searched for."""
    await pilot.press(*keys)
    await pilot.pause(TYPED_AFTER + 0.1)
    await settle(pilot)


def desk(app: KodebenkApp) -> CodingScreen:
    assert app.coding is not None
    return app.coding


def found(app: KodebenkApp) -> str:
    return str(app.screen.query_one("#way", Static).content)


def on_top(app: KodebenkApp) -> object:
    return app.screen


def marked(screen: CodingScreen) -> list[str]:
    return [screen.view.document.text[start:end] for start, end in screen.view.search_hits]


async def test_the_nearest_hit_is_shown_while_typing(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        screen = desk(app)
        text = screen.view.document.text
        screen.view.move_to(text.index("Og økonomien"))
        await pilot.press("slash")
        await typed(pilot, *"bolig")
        assert isinstance(on_top(app), SearchDialog)
        assert found(app).endswith("2 treff, viser nr. 2")
        assert screen.view.caret == text.index("boliger")
        await typed(pilot, *"en")
        assert found(app).endswith("ingen treff")
        assert screen.view.caret == text.index("Og økonomien")


async def test_escape_puts_everything_back(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        screen = desk(app)
        await pilot.press("slash", *"penger", "enter")
        await settle(pilot)
        text = screen.view.document.text
        start = text.index("lange køer")
        screen.view.select(start + 10, start)
        await pilot.press("shift+left")
        before = (screen.view.caret, screen.view.anchor, screen.view.top, list(screen.hits), screen.sought)
        trail = screen.spot()
        await pilot.press("slash")
        await typed(pilot, *"takk")
        assert screen.view.caret == text.index("Takk")
        await pilot.press("escape")
        await settle(pilot)
        after = (screen.view.caret, screen.view.anchor, screen.view.top, list(screen.hits), screen.sought)
        assert (after, screen.spot()) == (before, trail)
        assert marked(screen) == ["penger"]


async def test_enter_keeps_the_place_and_the_trail_knows_the_way_back(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        screen = desk(app)
        await pilot.press("slash")
        await typed(pilot, *"takk")
        await pilot.press("enter")
        await settle(pilot)
        assert screen.view.caret == screen.view.document.text.index("Takk")
        assert screen.message == "Treff 1 av 1 · ordrett"
        await pilot.press("comma")
        await settle(pilot)
        assert screen.view.caret == 0


async def test_one_letter_and_every_form_wait_for_enter(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        screen = desk(app)
        await pilot.press("slash")
        await typed(pilot, "t")
        assert found(app) == "ordrett │ Enter søker"
        assert screen.view.caret == 0
        await typed(pilot, *"akk", "ctrl+l")
        assert found(app) == "alle former │ Enter søker"
        assert (screen.view.caret, marked(screen)) == (0, [])


async def test_all_sources_fill_the_list_while_typing(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("L")
        await settle(pilot)
        assert isinstance(on_top(app), SearchDialog)
        await typed(pilot, *"hospits")
        assert found(app).endswith("2 treff i 2 kilder")
        screen = app.screen_stack[-2]
        assert isinstance(screen, FindingScreen)
        assert screen.rows.count == 2
        await pilot.press("escape")
        await settle(pilot)
        assert on_top(app) is screen
        assert (screen.rows.count, screen.sought.query) == (0, "")
        await pilot.press("slash")
        await typed(pilot, *"hospits")
        await pilot.press("enter")
        await settle(pilot)
        assert (screen.rows.count, screen.sought.query) == (2, "hospits")
        await pilot.press("slash", "x")
        await pilot.press("escape")
        await settle(pilot)
        assert screen.rows.count == 2
