"""Search on the screens: as it is written or in every form, in the text, in all sources and among the excerpts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from workbench.services import codebook, texts
from workbench.services.finding import Sought, find
from workbench.services.retrieval import Filter
from workbench.tui.app import KodebenkApp
from workbench.tui.dialogs.search import SearchDialog
from workbench.tui.presenting.search import hit_lines, way_shown
from workbench.tui.screens.coding import CodingScreen
from workbench.tui.screens.excerpts import ExcerptsScreen
from workbench.tui.screens.finding import FindingScreen
from workbench.tui.widgets.status_line import StatusLine

MakeApp = Callable[..., KodebenkApp]
SIZE = (120, 40)


async def settle(pilot: Pilot[int]) -> None:
    """Wait for long work and for what it shows."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()


async def search(pilot: Pilot[int], words: str, *keys: str) -> None:
    await pilot.press("slash")
    await pilot.pause()
    assert isinstance(pilot.app.screen, SearchDialog)
    await pilot.press(*words, *keys)
    await settle(pilot)


def desk(app: KodebenkApp) -> CodingScreen:
    assert app.coding is not None
    return app.coding


def hit_words(screen: CodingScreen) -> list[str]:
    return [screen.view.document.text[start:end] for start, end in screen.hits]


def apply(app: KodebenkApp, words: str, name: str) -> None:
    screen = desk(app)
    start = screen.view.document.text.index(words)
    screen.apply(codebook.find_code(screen.project, name).id, (start, start + len(words)))


def on_top(app: KodebenkApp) -> object:
    return app.screen


def status(app: KodebenkApp) -> str:
    return app.screen.query_one(StatusLine).shown


# -- in the text


async def test_a_key_in_the_dialog_searches_by_every_form(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        screen = desk(app)
        await search(pilot, "bustad", "ctrl+l", "enter")
        assert hit_words(screen) == ["bolig", "boliger"]
        text = screen.view.document.text
        assert screen.view.caret == text.index("bolig")
        assert screen.message == "Treff 1 av 2 · alle former"
        await pilot.press("n")
        assert (screen.view.caret, screen.message) == (text.index("boliger"), "Treff 2 av 2 · alle former")
        await pilot.press("n")
        assert screen.view.caret == text.index("bolig")
        await pilot.press("N")
        assert screen.view.caret == text.index("boliger")


async def test_the_way_of_searching_is_shown_and_remembered(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        screen = desk(app)
        await search(pilot, "bolig", "enter")
        assert screen.message == "Treff 1 av 2 · ordrett"
        await search(pilot, "", "ctrl+l", "ctrl+o", "enter")
        assert screen.sought == Sought(query="bolig", lemma=True, fold=True)
        assert "alle former" in screen.message
        await search(pilot, "", "ctrl+l", "ctrl+o", "enter")
        assert screen.sought == Sought(query="bolig")


async def test_letters_are_folded_only_when_asked(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        screen = desk(app)
        await search(pilot, "okonomi", "ctrl+l", "enter")
        assert screen.hits == []
        await search(pilot, "", "ctrl+o", "enter")
        assert hit_words(screen) == ["økonomien"]


async def test_an_empty_search_takes_the_hits_away(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        screen = desk(app)
        await search(pilot, "bolig", "ctrl+l", "enter")
        assert len(screen.hits) == 2
        await search(pilot, "", "backspace", "enter")
        assert (screen.hits, screen.sought.query) == ([], "")


async def test_the_next_hit_is_looked_for_in_the_text_as_it_now_is(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        screen = desk(app)
        await search(pilot, "hospits", "ctrl+l", "enter")
        start = screen.view.document.text.index("hospits")
        texts.correct_typo(screen.project, screen.source, start, start + len("hospits"), "hotell og hospits")
        screen.reload()
        await pilot.press("n")
        await settle(pilot)
        assert hit_words(screen) == ["hospits"]
        assert screen.hits[0][0] == start + len("hotell og ")


async def test_a_project_open_for_reading_only_can_be_searched(make_app: MakeApp) -> None:
    app = make_app(readonly=True)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await search(pilot, "bustad", "ctrl+l", "enter")
        assert hit_words(desk(app)) == ["bolig", "boliger"]


# -- in all sources


async def test_hits_in_all_sources_lead_to_their_places_and_back(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await search(pilot, "hospits", "ctrl+l", "ctrl+g")
        screen = app.screen
        assert isinstance(screen, FindingScreen)
        assert [hit.text for hit in screen.listed.hits] == ["hospits", "hospitset"]
        assert "2 treff i 2 kilder" in status(app)
        assert "alle former" in status(app)
        await pilot.press("down", "enter")
        await settle(pilot)
        coding = desk(app)
        assert on_top(app) is coding
        assert coding.source.name == "02-fjell"
        assert coding.view.selection == coding.hits[0]
        assert coding.message == "Treff 1 av 1 · alle former"
        await pilot.press("L")
        await settle(pilot)
        again = on_top(app)
        assert isinstance(again, FindingScreen)
        assert again.rows.cursor == 1
        assert again.listed.hits == screen.listed.hits


async def test_the_same_words_the_other_way(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await search(pilot, "hospits", "ctrl+g")
        screen = app.screen
        assert isinstance(screen, FindingScreen)
        assert [hit.text for hit in screen.listed.hits] == ["hospits", "hospits"]
        assert "ordrett" in status(app)
        await pilot.press("v")
        await settle(pilot)
        assert [hit.text for hit in screen.listed.hits] == ["hospits", "hospitset"]


async def test_a_text_that_has_changed_is_searched_again(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await search(pilot, "lange", "ctrl+g")
        await pilot.press("escape")
        await pilot.pause()
        screen = desk(app)
        start = screen.view.document.text.index("lange")
        texts.correct_typo(screen.project, screen.source, start, start, "svært ")
        screen.reload()
        await pilot.press("L")
        await settle(pilot)
        assert isinstance(app.screen, FindingScreen)
        assert [hit.start for hit in app.screen.listed.hits] == [start + len("svært ")]


async def test_without_words_the_screen_asks_for_some(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("L")
        await settle(pilot)
        assert isinstance(on_top(app), SearchDialog)
        await pilot.press(*"giraff", "enter")
        await settle(pilot)
        assert isinstance(on_top(app), FindingScreen)
        assert "0 treff" in status(app)
        await pilot.press("enter", "g", "escape")
        await settle(pilot)
        assert on_top(app) is desk(app)


@pytest.mark.parametrize("width", [20, 40, 80, 120])
async def test_a_hit_in_a_list_shows_the_word_with_what_stands_around_it(make_app: MakeApp, width: int) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        hit = find(desk(app).project, Sought(query="månedsvis"))[0]
        head, line = hit_lines(hit, width)
        assert head.plain.startswith("01-elv")
        assert "på hospits i månedsvis, og" in line.plain or width < 60
        assert "månedsvis" in line.plain[:width]


def test_the_way_in_words() -> None:
    assert way_shown(Sought(query="x")) == "ordrett"
    assert way_shown(Sought(query="x", lemma=True, fold=True)) == "alle former · å, ø, æ = a, o, ae"


# -- among the excerpts


async def test_excerpts_by_every_form(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        for words in ("flere boliger", "lange køer", "økonomien"):
            apply(app, words, "bolig")
        await pilot.press("E")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, ExcerptsScreen)
        await search(pilot, "bustad", "enter")
        assert screen.excerpts == []
        await search(pilot, "", "ctrl+l", "enter")
        assert [each.coding.text for each in screen.excerpts] == ["flere boliger"]
        assert "ord: bustad (alle former)" in status(app)
        assert screen.excerpts_wanted() == Filter(text="bustad", lemma=True)
        await pilot.press("s")
        assert screen.excerpts[0].coding.star
        await pilot.press("v")
        assert len(screen.excerpts) == 1
        await search(pilot, "", "backspace", "enter")
        assert screen.excerpts_wanted() == Filter(starred=True)


async def test_an_excerpt_screen_that_opens_with_words_searches_for_them(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        apply(app, "flere boliger", "bolig")
        app.show_excerpts(Filter(text="bustad", lemma=True))
        await settle(pilot)
        assert isinstance(app.screen, ExcerptsScreen)
        assert [each.coding.text for each in app.screen.excerpts] == ["flere boliger"]


async def test_words_that_are_none_are_refused_and_the_filter_stays(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        apply(app, "flere boliger", "bolig")
        await pilot.press("E")
        await pilot.pause()
        await search(pilot, "?!", "ctrl+l", "enter")
        assert isinstance(app.screen, ExcerptsScreen)
        assert app.screen.excerpts_wanted() == Filter()
        assert len(app.screen.excerpts) == 1


# -- among the sources


async def test_a_source_is_opened_by_typing_of_its_name(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        screen = desk(app)
        other = next(each for each in screen.sources if each.id != screen.source.id)
        await pilot.press("ctrl+p")
        await pilot.pause()
        await pilot.press(*other.name)
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert desk(app).source.id == other.id
        assert app.focused is desk(app).view
