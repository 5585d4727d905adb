"""Closed and doubtful stretches in the coding screen, and articles on the import screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Button, Input, Select

from workbench.services import coding, regions, sources
from workbench.tui import importing
from workbench.tui.app import KodebenkApp
from workbench.tui.dialogs.code import CodeDialog
from workbench.tui.screens.coding import CodingScreen
from workbench.tui.screens.importing import ImportScreen
from workbench.tui.widgets.status_line import StatusLine

MakeApp = Callable[..., KodebenkApp]
SIZE = (120, 40)
ARTICLE = """Kommunen bygger boliger

– Nå bygger vi femti boliger, sier ordfører Lise Vang.

– Det er på høy tid, mener Nils Berg.
"""


async def until(pilot: Pilot[int], seen: Callable[[], bool]) -> None:
    """Wait for what a key leads to, however busy the machine is."""
    for _ in range(200):
        if seen():
            return
        await pilot.pause(0.05)
    raise AssertionError("it never came")


async def settle(pilot: Pilot[int]) -> None:
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()


def desk(app: KodebenkApp) -> CodingScreen:
    assert isinstance(app.screen, CodingScreen)
    return app.screen


def status(app: KodebenkApp) -> str:
    return str(app.screen.query_one(StatusLine).render())


@pytest.mark.usefixtures("settings_file")
async def test_a_stretch_is_marked_refuses_codes_and_is_opened(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        view = desk(app).view
        start = view.document.text.index("Det er lange køer.")
        view.select(start, start + 18)
        await pilot.press("number_sign")
        await pilot.pause()
        await pilot.press("2")
        await settle(pilot)
        (made,) = regions.list_regions(desk(app).project)
        assert (made.kind, made.start, made.codable) == ("table", start, False)
        assert "tabell, stengt for koding" in desk(app).here()
        await pilot.press("c")
        await pilot.pause()
        assert not isinstance(app.screen, CodeDialog)
        assert any("stengt for koding: tabell" in each.message for each in app._notifications)
        await pilot.press("right_parenthesis")
        await pilot.pause()
        assert any("( åpner det" in each.message for each in app._notifications)
        view.select(0, 1)
        await pilot.press("exclamation_mark")
        await pilot.pause()
        assert view.selection == (start, start + 18) and "Stengt felt 1 av 1" in status(app)
        await pilot.press("left_parenthesis")
        await settle(pilot)
        assert regions.list_regions(desk(app).project)[0].codable
        await pilot.press("left_parenthesis")
        await pilot.pause()
        assert any(") stenger det" in each.message for each in app._notifications)
        await pilot.press("u")
        await settle(pilot)
        assert view.document.stretches.in_range(start, start + 1)
        assert coding.list_codings(desk(app).project) == []


@pytest.mark.usefixtures("settings_file")
async def test_doubtful_places_are_gone_through(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        screen = desk(app)
        for start in (20, 60):
            regions.mark(screen.project, screen.source, start, start + 5, "doubtful")
        screen.reload()
        assert "?2 ·" in screen._draw_source(0, 40)[1].plain
        await pilot.press("exclamation_mark")
        await pilot.pause()
        assert screen.view.selection == (20, 25)
        await pilot.press("quotation_mark")
        await pilot.pause()
        assert screen.view.selection == (60, 65)
        await pilot.press("quotation_mark", "exclamation_mark")
        await pilot.pause()
        assert any("Ingen tvilsomme" in each.message for each in app._notifications)
        assert all(each.seen for each in regions.list_regions(screen.project))
        assert screen._draw_source(0, 40)[1].plain.count("?") == 0


@pytest.mark.usefixtures("settings_file")
async def test_an_article_waits_for_its_date(make_app: MakeApp, tmp_path: Path) -> None:
    (tmp_path / "artikkel.txt").write_text(ARTICLE, encoding="utf-8")
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        importing.read_files(app, [tmp_path / "artikkel.txt"])
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, ImportScreen) and screen.draft.undated
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert screen is app.screen and len(sources.list_sources(screen.project)) == 2
        await pilot.press("t")
        await pilot.pause()
        await pilot.press("2")
        await pilot.pause()
        app.screen.query_one("#role", Select).value = "nobody"
        await pilot.click("#save")
        await pilot.pause()
        assert [each.label for each in screen.draft.facts.speakers] == ["Lise Vang"]
        await pilot.press("e")
        await pilot.pause()
        app.screen.query_one("#date", Input).value = "i fjor"
        await pilot.click("#save")
        await pilot.pause()
        assert app.screen is not screen
        app.screen.query_one("#date", Input).value = "Ukjent"
        app.screen.query_one("#save", Button).press()  # the refusal may still lie over it, and would take a click
        await until(pilot, lambda: app.screen is screen)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen is not screen)
        await settle(pilot)
        made = sources.list_sources(app.opened)[-1]
        assert (made.kind, made.title, made.date) == ("article", "Kommunen bygger boliger", "ukjent")
