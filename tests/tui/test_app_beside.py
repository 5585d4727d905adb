"""Two texts side by side: acts are about the one that has the keys, and neither place is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from workbench.services import coding, projects, sources
from workbench.tui.app import KodebenkApp
from workbench.tui.screens.coding import CodingScreen

MakeApp = Callable[..., KodebenkApp]
SIZE = (140, 40)


def screen_of(app: KodebenkApp) -> CodingScreen:
    assert isinstance(app.screen, CodingScreen)
    return app.screen


async def open_beside(pilot: Pilot[int], typed: str) -> None:
    await pilot.press("V")
    await pilot.pause()
    await pilot.press(*typed, "enter")
    await pilot.pause(0.1)


def choose(screen: CodingScreen, words: str) -> None:
    start = screen.view.document.text.index(words)
    screen.view.select(start, start + len(words))


async def code_with(pilot: Pilot[int], typed: str) -> None:
    await pilot.press("c")
    await pilot.pause()
    await pilot.press(*typed, "enter")
    await pilot.pause()


async def test_what_is_coded_is_what_has_the_keys(make_app: MakeApp, project_path: Path) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.2)
        screen = screen_of(app)
        choose(screen, "lange køer")
        await open_beside(pilot, "fjell")
        assert screen.beside is not None and screen.active is screen.beside
        assert screen.source.name == "02-fjell"
        choose(screen, "treffer folk")
        await code_with(pilot, "bo")
        await pilot.press("q")
        assert screen.source.name == "01-elv"
        assert screen.view.document.text[slice(*screen.view.selection or (0, 0))] == "lange køer"
        await code_with(pilot, "øk")
        await app.action_quit()
    project = projects.open_existing(project_path, coder="Kari", readonly=True)
    assert sorted((each.source_name, each.text, each.code_name) for each in coding.list_codings(project)) == [
        ("01-elv", "lange køer", "Økonomi"),
        ("02-fjell", "treffer folk", "Bolig"),
    ]
    project.close()


async def test_the_same_text_twice_shows_a_coding_in_both_at_once(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.2)
        screen = screen_of(app)
        screen.view.move_to(3)
        await open_beside(pilot, "samme")
        assert screen.beside is not None
        one, other = screen.main.view, screen.beside.view
        assert one.document is other.document
        choose(screen, "lange køer")
        await code_with(pilot, "bo")
        (made,) = screen.main.opened.codings.values()  # type: ignore[union-attr]
        assert one.document.get(made.id) is not None
        for view in (one, other):
            lines = "".join(view.render_line(y).text for y in range(view.size.height))
            assert " Bo" in lines, view.id
        assert one.caret == 3
        await pilot.press("x")
        await pilot.pause()
        for view in (one, other):
            assert not any("┏" in view.render_line(y).text or "━" in view.render_line(y).text for y in range(10))


async def test_swapping_moves_neither_caret_selection_nor_scroll(make_app: MakeApp, project_path: Path) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.2)
        screen = screen_of(app)
        choose(screen, "penger")
        await open_beside(pilot, "fjell")
        choose(screen, "kjører rundt")
        await pilot.pause()
        assert screen.beside is not None
        views = (screen.main.view, screen.beside.view)
        before = [(view.caret, view.selection, view.top) for view in views]
        await pilot.press("q", "Q")
        await pilot.pause()
        assert (screen.main.view, screen.beside.view) == (views[1], views[0])
        assert [(view.caret, view.selection, view.top) for view in views] == before
        assert list(screen.texts.children) == [views[1], views[0]]
        assert screen.source.name == "02-fjell" and screen.focused is views[1]
        await app.action_quit()
    again = make_app()
    async with again.run_test(size=SIZE) as pilot:
        await pilot.pause(0.2)
        assert screen_of(again).source.name == "02-fjell"


async def test_both_carets_are_remembered_and_the_text_beside_is_offered_again(
    make_app: MakeApp, project_path: Path
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.2)
        screen = screen_of(app)
        screen.view.move_to(11)
        await open_beside(pilot, "fjell")
        screen.view.move_to(22)
        await pilot.press("V")
        await pilot.pause()
        assert screen.beside is None and screen.view.caret == 11 and screen.focused is screen.view
        await open_beside(pilot, "")
        assert screen.source.name == "02-fjell" and screen.view.caret == 22
        await app.action_quit()
    project = projects.open_existing(project_path, coder="Kari", readonly=True)
    from workbench.services import reading

    assert [reading.last_place(project, each).caret for each in sources.list_sources(project)] == [11, 22]
    project.close()


async def test_two_places_in_one_text_keep_their_carets_while_the_project_is_open(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.2)
        screen = screen_of(app)
        screen.view.move_to(5)
        await open_beside(pilot, "samme")
        screen.view.move_to(90)
        await pilot.press("V")
        await pilot.pause()
        assert screen.view.caret == 5
        await open_beside(pilot, "samme")
        assert (screen.view.caret, screen.main.view.caret) == (90, 5)


@pytest.mark.parametrize(("size", "side_by_side"), [((80, 24), False), ((110, 30), False), ((120, 36), True)])
async def test_below_where_there_is_no_room_beside(
    make_app: MakeApp, size: tuple[int, int], side_by_side: bool
) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await pilot.pause(0.2)
        screen = screen_of(app)
        await open_beside(pilot, "fjell")
        assert screen.beside is not None
        one, other = screen.main.view.region, screen.beside.view.region
        assert (one.y == other.y) is side_by_side
        assert (one.x == other.x) is not side_by_side
        assert min(one.height, other.height) >= 8
        assert "01-elv" in str(screen.main.view.border_title) and "▶ 02-fjell" in str(screen.beside.view.border_title)


async def test_a_search_is_in_the_text_that_has_the_keys(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.2)
        screen = screen_of(app)
        await open_beside(pilot, "fjell")
        from workbench.services.finding import Sought

        for _text, expected in (("beside", "hospits"), ("main", "hospits")):
            screen.sought = Sought(query="hospits")
            screen.action_hit(1)
            assert screen.view.document.text[screen.hits[0][0] :].startswith(expected)
            await pilot.press("q")
        assert screen.main.hits != screen.active.hits or screen.main is screen.active


async def test_another_process_and_undo_reach_both_texts(make_app: MakeApp, project_path: Path) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.2)
        screen = screen_of(app)
        await open_beside(pilot, "fjell")
        choose(screen, "treffer folk")
        await code_with(pilot, "bo")
        await pilot.press("q", "u")
        await pilot.pause()
        assert screen.beside is not None and screen.beside.opened is not None
        assert not screen.beside.opened.codings and not screen.beside.view.document.marks


async def test_a_source_deleted_beside_leaves_the_other_alone(make_app: MakeApp, project_path: Path) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.2)
        screen = screen_of(app)
        await open_beside(pilot, "fjell")
        other = projects.open_existing(project_path, coder="Ola")
        sources.delete_source(other, sources.list_sources(other)[1])
        other.close()
        screen.poll()
        await pilot.pause()
        assert screen.beside is None
        assert screen.source.name == "01-elv"
