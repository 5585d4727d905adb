"""Looking up while coding: the card stays where it is put, and caret and selection stay where they were."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from workbench.services import codebook, coding, projects, sources
from workbench.tui.app import KodebenkApp
from workbench.tui.dialogs.why import WhyDialog
from workbench.tui.presenting.places import Companion, Spot, Trail, companions
from workbench.tui.screens.coding import CodingScreen
from workbench.tui.widgets.lookup import CardExcerpts

MakeApp = Callable[..., KodebenkApp]
SIZE = (140, 40)


def screen_of(app: KodebenkApp) -> CodingScreen:
    assert isinstance(app.screen, CodingScreen)
    return app.screen


@pytest.fixture
def coded(project_path: Path) -> Path:
    """Bolig on three places in two texts, by two coders; Økonomi on one."""
    for coder, name, words, slug in (
        ("Kari", "01-elv", "lange køer", "bolig"),
        ("Ola", "01-elv", "Folk bor på hospits", "bolig"),
        ("Kari", "02-fjell", "Av og til er vi på hospitset.", "bolig"),
        ("Kari", "01-elv", "ikke penger", "okonomi"),
    ):
        project = projects.open_existing(project_path, coder=coder)
        source = next(each for each in sources.list_sources(project) if each.name == name)
        start = sources.show_source(project, source).text.index(words)
        coding.apply_code(project, source, start, start + len(words), codebook.find_code(project, slug))
        project.close()
    return project_path


def at(screen: CodingScreen, words: str) -> int:
    return screen.view.document.text.index(words)


async def look_up(pilot: Pilot[int], typed: str) -> None:
    await pilot.press("l")
    await pilot.pause()
    await pilot.press(*typed, "enter")
    await pilot.pause()


async def test_a_code_that_is_looked_up_stays_while_the_caret_goes_about(coded: Path, make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.2)
        screen = screen_of(app)
        screen.view.select(at(screen, "lange køer"), at(screen, "lange køer") + 10)
        await look_up(pilot, "øk")
        assert screen.card.display and screen.card.card.shown.startswith("■ Økonomi  (slått opp)")
        assert screen.view.selection == (at(screen, "lange køer"), at(screen, "lange køer") + 10)
        screen.view.move_to(at(screen, "hospits"))
        screen.show_card()
        assert screen.card.card.shown.startswith("■ Økonomi")
        await pilot.press("escape")
        assert not screen.held and not screen.card.display


async def test_the_card_that_was_open_follows_the_caret_again(coded: Path, make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.2)
        screen = screen_of(app)
        screen.view.move_to(at(screen, "lange køer"))
        await pilot.press("d")
        await look_up(pilot, "øk")
        await pilot.press("l")
        await pilot.pause()
        assert screen.card.display and screen.card.card.shown.startswith("■ Bolig")
        assert "(slått opp)" not in screen.card.card.shown


async def test_into_the_card_and_back_leaves_caret_selection_and_scroll(coded: Path, make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.2)
        screen = screen_of(app)
        start = at(screen, "lange køer")
        screen.view.select(start, start + 10)
        before = (screen.view.caret, screen.view.selection)
        await pilot.press("D")
        await pilot.pause(0.1)
        rows = screen.query_one(CardExcerpts)
        assert screen.focused is rows
        # The newest first, across texts and coders.
        assert [each.coder for each in rows.listed] == ["Kari", "Ola", "Kari"]
        assert screen.query_one("#card-title", Static).visual.plain == "3 av 3 utdrag"  # type: ignore[attr-defined]
        await pilot.press("down", "escape")
        assert screen.focused is screen.view
        assert (screen.view.caret, screen.view.selection) == before


async def test_enter_goes_to_the_excerpt_and_the_trail_leads_exactly_back(coded: Path, make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(50, 12)) as pilot:
        await pilot.pause(0.2)
        screen = screen_of(app)
        home, start = screen.source.id, at(screen, "lange køer")
        screen.view.select(start + 10, start + 10)
        screen.view.restore(start, start + 10, start)
        await pilot.pause()
        before = (screen.view.caret, screen.view.selection, screen.view.top)
        assert screen.view.top > 0
        await pilot.press("D")
        await pilot.pause(0.1)
        await pilot.press("enter")
        await pilot.pause()
        assert screen.source.name == "02-fjell"
        assert screen.view.document.text[slice(*screen.view.selection or (0, 0))] == "Av og til er vi på hospitset."
        assert screen.focused is screen.view
        await pilot.press("comma")
        await pilot.pause()
        assert screen.source.id == home
        assert (screen.view.caret, screen.view.selection, screen.view.top) == before
        await pilot.press("semicolon")
        assert screen.source.name == "02-fjell" and screen.view.selection is not None


async def test_the_excerpts_are_filtered_by_coder_and_case(coded: Path, make_app: MakeApp) -> None:
    app = make_app()
    project = projects.open_existing(coded, coder="Kari")
    sources.describe_source(project, sources.list_sources(project)[1], cases=["Fjellbygd"])
    project.close()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.2)
        screen = screen_of(app)
        screen.view.move_to(at(screen, "lange køer"))
        await pilot.press("D")
        await pilot.pause(0.1)
        await pilot.press("h")
        await pilot.pause()
        await pilot.press("down", "down", "enter")
        await pilot.pause(0.1)
        rows = screen.query_one(CardExcerpts)
        assert [each.coder for each in rows.listed] == ["Ola"]
        await pilot.press("h")
        await pilot.pause()
        await pilot.press("1", "k")
        await pilot.pause()
        await pilot.press("2")
        await pilot.pause(0.1)
        assert [screen.sources[1].id] == [each.source for each in rows.listed]
        assert screen.focused is rows


async def test_why_tells_of_every_coding_at_the_caret_also_when_only_reading(coded: Path, make_app: MakeApp) -> None:
    app = make_app(coder="Ola", readonly=True)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.2)
        screen = screen_of(app)
        screen.view.select(at(screen, "lange køer"), at(screen, "hospits"))
        await pilot.press("h")
        await pilot.pause()
        assert isinstance(app.screen, WhyDialog)
        assert "Kodet av Kari" in app.screen.told and "Kodet av Ola" in app.screen.told
        assert "kodet" in app.screen.told and "Sitat-id" in app.screen.told
        await pilot.press("escape")
        assert screen_of(app) is screen
        screen.view.move_to(0)
        await pilot.press("h")
        assert screen_of(app) is screen


async def test_looking_up_makes_no_code(coded: Path, make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.2)
        screen = screen_of(app)
        await pilot.press("l")
        await pilot.pause()
        app.screen.query_one(Input).value = "finnes ikke"
        await pilot.pause()
        await pilot.press("enter", "escape")
        await pilot.pause()
        assert not screen.held
        assert "finnes ikke" not in [each.name for each in codebook.list_codes(screen.project)]


# -- the trail, and what is worth reading beside


def test_a_place_near_the_last_one_takes_its_place_on_the_trail() -> None:
    trail = Trail()
    trail.leave(Spot("a", 100))
    trail.leave(Spot("a", 120, 110, 90))
    assert trail.back(Spot("b", 0)) == Spot("a", 120, 110, 90)
    assert trail.back(Spot("a", 120)) is None


def test_a_jump_within_one_passage_can_be_taken_back() -> None:
    trail = Trail()
    trail.leave(Spot("a", 100))
    assert trail.back(Spot("a", 140)) == Spot("a", 100)


async def test_companions_stand_in_the_order_they_are_likely(coded: Path) -> None:
    project = projects.open_existing(coded, coder="Kari")
    first, second = sources.list_sources(project)
    from dataclasses import replace

    me = replace(first, cases=("Elv",), informants=("I01",), wave="1")
    guide = replace(second, id="g", name="Intervjuguide")
    case = replace(second, id="c", cases=("Elv",), wave="2")
    wave = replace(second, id="w", cases=("Elv",), informants=("I01",), wave="2")
    found = companions(me, [second, guide, case, me, wave])
    assert found == [
        Companion(wave, "samme informant: I01 · bølge 2"),
        Companion(case, "samme case: Elv · bølge 2"),
        Companion(guide, "guide"),
        Companion(second, ""),
    ]
    project.close()


async def test_undo_leads_to_the_place_and_back_again_to_where_the_reader_was(coded: Path, make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.2)
        screen = screen_of(app)
        await pilot.press("j")
        await pilot.pause()
        before = screen.view.caret
        await pilot.press("u")
        await pilot.pause()
        assert screen.view.caret == at(screen, "ikke penger") != before
        await pilot.press("comma")
        await pilot.pause()
        assert screen.view.caret == before
