"""The words screen: the list, the places of a word, what is typical, and whose words they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from workbench.services import codebook, importing, projects, sources
from workbench.tui.app import KodebenkApp
from workbench.tui.dialogs.choose import ChooseDialog
from workbench.tui.screens.coding import CodingScreen
from workbench.tui.screens.words import WordsScreen
from workbench.tui.widgets.key_bar import KeyBar
from workbench.tui.widgets.status_line import StatusLine

MakeApp = Callable[..., KodebenkApp]
SIZE = (80, 24)


async def settle(pilot: Pilot[int]) -> None:
    """Wait for long work and for what it shows."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()


async def opened(pilot: Pilot[int]) -> WordsScreen:
    await pilot.pause()
    await pilot.press("W")
    await settle(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, WordsScreen)
    return screen


def words_of(screen: WordsScreen) -> list[str]:
    return [" ".join((each.first, each.second)) if hasattr(each, "first") else each.word for each in screen.entries]


def told(screen: WordsScreen) -> str:
    return screen.query_one(StatusLine).shown


async def test_participants_words_are_listed_with_the_places_of_the_first(make_app: MakeApp) -> None:
    async with make_app().run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        assert {"hospits", "bolig", "kø", "folk"} <= set(words_of(screen))
        assert "økonomi" not in words_of(screen)  # only the interviewer says it
        assert "ha" not in words_of(screen)
        assert screen.places and screen.places[0].line.hit
        assert "uten intervjueren" in told(screen)


async def test_a_word_is_found_in_the_list_and_its_place_is_gone_to(make_app: MakeApp) -> None:
    async with make_app().run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        await pilot.press("slash", *"hospi", "enter")
        await pilot.pause()
        assert words_of(screen) == ["hospits"]
        assert [each.line.hit for each in screen.places] == ["hospits", "hospitset"]
        assert screen.word_rows.has_focus
        await pilot.press("right", "down", "enter")
        await pilot.pause()
        desk = pilot.app.screen
        assert isinstance(desk, CodingScreen)
        start, end = desk.view.selection or (0, 0)
        assert (desk.source.name, desk.view.document.text[start:end]) == ("02-fjell", "hospitset")


async def test_the_filter_takes_letters_and_the_lists_take_keys(make_app: MakeApp) -> None:
    async with make_app().run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        assert "Typisk" in screen.query_one(KeyBar).shown
        await pilot.press("slash", "s", "w")
        await pilot.pause()
        assert screen.query_one("#filter", Input).value == "sw"
        assert "Typisk" not in screen.query_one(KeyBar).shown
        assert screen.entries == [] and screen.places == []
        await pilot.press("escape")
        await pilot.pause()
        assert screen.word_rows.has_focus
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, CodingScreen)


async def test_places_follow_the_cursor(make_app: MakeApp) -> None:
    async with make_app().run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        await pilot.press("down")
        for _try in range(100):
            await pilot.pause(0.02)
            if screen._still is None:
                break
        entry = screen.current()
        assert entry is screen.entries[1]
        assert len(screen.places) >= entry.count


async def test_who_goes_to_the_places_does_not_wait_for_them(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench.tui.screens.words.STILL", 3600)
    async with make_app().run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        await pilot.press("end")
        await pilot.pause()
        first = screen.places
        await pilot.press("enter")
        await pilot.pause()
        entry = screen.current()
        assert entry is screen.entries[-1] and screen.places != first and len(screen.places) >= entry.count
        assert screen.place_rows.has_focus


async def test_sorting_the_list_and_the_places(make_app: MakeApp) -> None:
    async with make_app().run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        await pilot.press("s")
        await pilot.pause()
        assert screen.sort == "word"
        assert words_of(screen)[0].startswith(("a", "b"))
        assert "alfabetisk" in told(screen)
        await pilot.press("enter", "s")
        await pilot.pause()
        assert (screen.sort, screen.order) == ("word", "left")


async def test_the_interviewers_words_are_a_choice(make_app: MakeApp) -> None:
    async with make_app().run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        await pilot.press("l")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ChooseDialog)
        await pilot.press("3")
        await settle(pilot)
        assert screen.wanted.role == "interviewer"
        assert "økonomi" in words_of(screen) and "hospits" not in words_of(screen)
        assert "intervjuer" in told(screen)


async def test_what_is_typical_of_a_case(make_app: MakeApp, project_path: Path, tmp_path: Path) -> None:
    project = projects.open_existing(project_path, coder="Kari")
    (tmp_path / "03.txt").write_text("Anne: Båten går. Vi tar båten. Alle båtene er fulle.\n", encoding="utf-8")
    importing.import_files(project, [tmp_path / "03.txt"])
    for source in sources.list_sources(project):
        sources.describe_source(project, source, cases=["Fjell" if source.name == "03" else "Elv"])
    project.close()
    async with make_app().run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        await pilot.press("a")
        await settle(pilot)
        assert screen.everything and "med småord" in told(screen)
        await pilot.press("t", "2")
        await settle(pilot)
        assert screen.question.kind == "typical" and screen.question.about == "Fjell"
        assert words_of(screen) == ["båt"]
        assert [each.line.hit for each in screen.places] == ["Båten", "båten", "båtene"]
        assert "typisk for «Fjell»" in told(screen) and "1 bare i én kilde" in told(screen)
        await pilot.press("w")
        await settle(pilot)
        assert screen.question.kind == "list" and "hospits" in words_of(screen)


async def test_without_cases_nothing_is_typical_of_one(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        await pilot.press("t")
        await pilot.pause()
        assert pilot.app.screen is screen
        assert any("ingen caser" in each.message for each in app._notifications)


async def test_words_beside_a_word_and_pairs(make_app: MakeApp, tmp_path: Path, project_path: Path) -> None:
    project = projects.open_existing(project_path, coder="Kari")
    said = "\n\n".join(f"Informant 3: Psykisk helse er viktig nummer {n}." for n in ("én", "to", "tre"))
    (tmp_path / "03.txt").write_text(f"Intervjuer: Hva er viktig?\n\n{said}\n", encoding="utf-8")
    importing.import_files(project, [tmp_path / "03.txt"])
    project.close()
    async with make_app().run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        await pilot.press("p")
        await settle(pilot)
        assert "psykisk helse" in words_of(screen)
        assert "viktig psykisk" not in words_of(screen)  # two turns
        await pilot.press("slash", *"psykisk helse", "enter")
        await pilot.pause()
        assert [each.line.hit for each in screen.places] == ["Psykisk helse"] * 3
        await pilot.press("w")
        await settle(pilot)
        await pilot.press("slash", *"helse", "enter", "n")
        await settle(pilot)
        assert screen.question.kind == "company" and screen.question.about == "helse"
        assert "psykisk helse" in words_of(screen)


async def test_only_sentences_with_a_code(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        desk = app.coding
        assert desk is not None
        start = desk.view.document.text.index("lange køer")
        desk.apply(codebook.find_code(desk.project, "midlertidig").id, (start, start + 10))
        screen = await opened(pilot)
        await pilot.press("c", *"bolig", "enter")
        await settle(pilot)
        assert words_of(screen) == ["kø", "lang"]
        assert screen.excerpts_wanted().code == "bolig"
        await pilot.press("c")
        await settle(pilot)
        assert "hospits" in words_of(screen)


async def test_an_empty_project_says_what_to_do(tmp_path: Path, settings_file: Path) -> None:
    path = tmp_path / "tomt.kodebenk"
    projects.create(path, coder="Kari", title="Tomt").close()
    app = KodebenkApp(path, coder="Kari")
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        assert "Trykk I for å importere" in told(screen)
        for key in ("g", "s", "t", "y", "n", "p", "a", "enter", "right", "left"):
            await pilot.press(key)
            await pilot.pause()
        assert pilot.app.screen is screen
        assert any("Ingen ord er lest" in each.message for each in app._notifications)


async def test_reading_that_is_stopped_can_be_taken_up_again(make_app: MakeApp) -> None:
    from workbench.services import words as verbs

    async with make_app().run_test(size=SIZE) as pilot:
        await pilot.pause()
        gathered = verbs.gather
        verbs.gather = lambda *_given, **_named: None  # type: ignore[assignment]
        try:
            screen = await opened(pilot)
        finally:
            verbs.gather = gathered
        assert screen.words is None and "w leser ordene" in told(screen)
        await pilot.press("w")
        await settle(pilot)
        assert "hospits" in words_of(screen)
