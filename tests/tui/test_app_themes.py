"""The themes board: codes ticked and moved, themes made, described and put in order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from workbench.services import approaches, codebook, projects
from workbench.services.codebook import find_theme, list_themes
from workbench.tui.app import KodebenkApp
from workbench.tui.screens.coding import CodingScreen
from workbench.tui.screens.excerpts import ExcerptsScreen
from workbench.tui.screens.themes import ThemesScreen
from workbench.tui.widgets.status_line import StatusLine

SIZE = (120, 36)


async def _board(pilot: Pilot[int]) -> ThemesScreen:
    await pilot.pause(0.2)
    await pilot.press("G")
    await pilot.pause()
    screen = pilot.app.screen
    assert isinstance(screen, ThemesScreen)
    return screen


def _names(screen: ThemesScreen) -> list[list[str]]:
    return [[card.name for card in lane.cards] for lane in screen.lanes]


async def test_the_board_has_a_column_a_theme_with_codes_and_what_lies_below(
    make_app: Callable[..., KodebenkApp],
) -> None:
    async with make_app().run_test(size=SIZE) as pilot:
        screen = await _board(pilot)
        assert _names(screen) == [[], ["Bolig", "Midlertidig bolig"], ["Økonomi"]]
        assert "Bolig" in screen.columns[1].heading


async def test_ticked_codes_are_moved_together_and_undone_together(make_app: Callable[..., KodebenkApp]) -> None:
    async with make_app().run_test(size=SIZE) as pilot:
        screen = await _board(pilot)
        await pilot.press("space", "space", "f", "1")
        await pilot.pause()
        assert _names(screen) == [[], [], ["Bolig", "Midlertidig bolig", "Økonomi"]]
        assert screen.lanes[2].named == {card.id for card in screen.lanes[2].cards}
        await pilot.press("u")
        await pilot.pause()
        assert _names(screen) == [[], ["Bolig", "Midlertidig bolig"], ["Økonomi"]]


async def test_a_code_is_handed_to_the_column_beside_and_the_reader_follows(
    make_app: Callable[..., KodebenkApp],
) -> None:
    async with make_app().run_test(size=SIZE) as pilot:
        screen = await _board(pilot)
        await pilot.press("less_than_sign")
        await pilot.pause()
        assert _names(screen)[0] == ["Bolig", "Midlertidig bolig"]
        assert screen.lane.theme is None
        await pilot.press("less_than_sign")
        await pilot.pause()
        assert _names(screen)[0] == ["Bolig", "Midlertidig bolig"]


async def test_a_new_theme_takes_the_ticked_codes_and_gets_its_essence(
    make_app: Callable[..., KodebenkApp], project_path: Path
) -> None:
    async with make_app().run_test(size=SIZE) as pilot:
        screen = await _board(pilot)
        await pilot.press("space", "n")
        pilot.app.screen.query_one(Input).value = "Å ha en dør"
        await pilot.press("enter")
        await pilot.pause()
        assert screen.theme.title == "Å ha en dør"
        await pilot.press("e")
        await pilot.pause()
        pilot.app.screen.query_one(TextArea).text = "Et sted å lukke døra."
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("s")
        await pilot.pause()
        assert "Et sted å lukke døra." in screen.columns[-1].heading
    project = projects.open_existing(project_path, coder="Kari")
    theme = find_theme(project, "Å ha en dør")
    assert (theme.essence, theme.status) == ("Et sted å lukke døra.", "final")
    assert theme.codes == (codebook.find_code(project, "Bolig").id,)
    project.close()


async def test_themes_change_places_and_go_away(make_app: Callable[..., KodebenkApp], project_path: Path) -> None:
    async with make_app().run_test(size=SIZE) as pilot:
        screen = await _board(pilot)
        await pilot.press("full_stop")
        await pilot.pause()
        assert [lane.theme.title for lane in screen.lanes if lane.theme] == ["Økonomi", "Bolig"]
        assert screen.theme.title == "Bolig"
        await pilot.press("D", "j")
        await pilot.pause()
        assert _names(screen) == [["Bolig", "Midlertidig bolig"], ["Økonomi"]]
    project = projects.open_existing(project_path, coder="Kari")
    assert [theme.title for theme in list_themes(project)] == ["Økonomi"]
    project.close()


async def test_an_approach_changes_the_words(make_app: Callable[..., KodebenkApp]) -> None:
    async with make_app().run_test(size=SIZE) as pilot:
        screen = await _board(pilot)
        approaches.set_approach(screen.project, "stc")
        await screen.show_board()
        await pilot.pause()
        assert "Kodegrupper: 2" in screen.query_one(StatusLine).shown
        assert screen.columns[0].heading.startswith("Uten kodegruppe")


async def test_a_card_leads_to_its_excerpts(make_app: Callable[..., KodebenkApp]) -> None:
    async with make_app().run_test(size=SIZE) as pilot:
        await _board(pilot)
        await pilot.press("right", "g")
        await pilot.pause()
        excerpts = pilot.app.screen
        assert isinstance(excerpts, ExcerptsScreen)
        assert excerpts.wanted.code == "okonomi"


async def test_codes_close_to_the_text_are_proposed_in_its_own_words(make_app: Callable[..., KodebenkApp]) -> None:
    async with make_app().run_test(size=SIZE) as pilot:
        await pilot.pause(0.2)
        screen = pilot.app.screen
        assert isinstance(screen, CodingScreen)
        approaches.set_approach(screen.project, "sdi")
        start = screen.view.document.text.index("lange køer")
        screen.view.select(start, start + len("lange køer"))
        await pilot.press("c")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert [each.code_name for each in screen.codings.values()] == ["lange køer"]


async def test_excerpts_are_put_in_a_theme_from_the_list_and_seen_from_the_board(
    make_app: Callable[..., KodebenkApp],
) -> None:
    async with make_app().run_test(size=SIZE) as pilot:
        await pilot.pause(0.2)
        desk = pilot.app.screen
        assert isinstance(desk, CodingScreen)
        start = desk.view.document.text.index("lange køer")
        desk.apply(codebook.find_code(desk.project, "Bolig").id, (start, start + 10))
        await pilot.press("E")
        await pilot.pause()
        await pilot.press("T", "2")
        await pilot.pause()
        assert find_theme(desk.project, "Økonomi").codings
        await pilot.press("G", "right", "right")
        await pilot.press("v")
        await pilot.pause()
        excerpts = pilot.app.screen
        assert isinstance(excerpts, ExcerptsScreen)
        assert [each.coding.text for each in excerpts.excerpts] == ["lange køer"]
