"""The sorting queue as it is used: keys choose and go on, it is left and taken up again, and one undo takes all back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static, TextArea

from workbench.services import codebook, coding, memos, sorting, sources
from workbench.store.project import Project, open_project
from workbench.tui.app import KodebenkApp
from workbench.tui.dialogs.sorting import AccountDialog, SplitDialog
from workbench.tui.screens.codebook import CodebookScreen
from workbench.tui.screens.coding import CodingScreen
from workbench.tui.screens.sorting import SortingScreen
from workbench.tui.widgets.status_line import StatusLine

MakeApp = Callable[..., KodebenkApp]
SIZE = (120, 40)
WORDS = (
    "lange køer",
    "hospits i månedsvis",
    "ingen vet",
    "ikke penger",
    "sa det samme",
    "treffer folk",
    "på hospitset",
)


@pytest.fixture
def coded(project_path: Path) -> Path:
    """Seven codings with «Bolig» by Kari, the first of them by Ola too."""
    for coder, words in (("Kari", WORDS), ("Ola", WORDS[:1])):
        project = open_project(project_path, coder=coder)
        for each in words:
            for source in sources.list_sources(project):
                start = sources.show_source(project, source).text.find(each)
                if start >= 0:
                    coding.apply_code(project, source, start, start + len(each), codebook.find_code(project, "bolig"))
                    break
        project.close()
    return project_path


def queue(app: KodebenkApp) -> SortingScreen:
    assert isinstance(app.screen, SortingScreen)
    return app.screen


def shown(app: KodebenkApp, which: str) -> str:
    return str(app.screen.query_one(which, Static).render())


async def begin(pilot: Pilot[int], app: KodebenkApp, *names: str) -> SortingScreen:
    """From the coding screen to the queue of «Bolig»."""
    await pilot.pause()
    await pilot.press("B", "d")
    await pilot.pause()
    assert isinstance(app.screen, SplitDialog)
    for name in names:
        app.screen.query_one(Input).value = name
        await pilot.press("enter")
    await pilot.press("enter")
    await pilot.pause()
    return queue(app)


def counts(project: Project) -> dict[str, int]:
    return {entry.slug: entry.codings for entry in codebook.list_codes(project) if entry.codings}


async def test_sub_codes_are_named_and_numbered(coded: Path, make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("B", "d")
        await pilot.pause()
        dialog = app.screen
        assert isinstance(dialog, SplitDialog) and dialog.names == ["Midlertidig bolig"]
        await pilot.press(*"Leie", "enter")
        await pilot.pause()
        assert shown(app, "#names").split("\n") == ["1 Midlertidig bolig", "2 Leie (ny kode)"]
        await pilot.press("backspace", "backspace", *"Leie", "enter", *"Eie", "enter", *"leie", "enter", "enter")
        await pilot.pause()
        assert [each.name for each in queue(app).queue.targets] == ["Leie", "Eie"]
        assert "1 ■ Leie 0" in shown(app, "#keys")


async def test_numbers_choose_and_go_on_and_nothing_is_changed(coded: Path, make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        screen = await begin(pilot, app, "Leie")
        assert screen.passage.selection is not None
        assert "1 av 8" in shown(app, "#facts")
        await pilot.press("1", "2", "b", "s")
        assert screen.at == 4
        assert "4 av 8 · 2 sortert · 1 blir stående · 1 hoppet over" in shown(app, "#heading")
        assert counts(screen.project) == {"bolig": 8}
        found = screen.shown_coding
        assert found is not None and screen.passage.selection == (found.start, found.end)
        await pilot.press("up", "up", "up")
        assert "→ Leie" in shown(app, "#facts")
        assert "● Leie 1" in shown(app, "#keys")
        await pilot.press("1")
        assert screen.at == 4
        assert "1 sortert" not in shown(app, "#heading")
        choices = screen.queue.choices
        assert [choices[uid].choice for uid in screen.queue.sorting.codings[:4]] == ["sort", "sort", "keep", "skip"]


async def test_who_coded_what_else_and_the_question_are_shown(coded: Path, make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        screen = await begin(pilot, app)
        facts = shown(app, "#facts")
        assert "Spørsmål: Hvordan er det med bolig her?" in facts
        assert "Også kodet: Bolig" in facts
        assert "kodet av" in facts
        await pilot.press("end")
        found = screen.shown_coding
        assert found is not None and found.text == "på hospitset"
        assert screen.passage.document.text.startswith("Intervjuer: Hva gjør dere i teamet?")


async def test_several_codes_for_one_excerpt(coded: Path, make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        screen = await begin(pilot, app, "Leie", "Eie")
        await pilot.press("space", "2", "3", "1", "1")
        assert "Flere: Leie + Eie" in shown(app, "#facts")
        assert "☑ Leie" in shown(app, "#keys") and screen.at == 0
        await pilot.press("enter")
        uid = screen.queue.sorting.codings[0]
        assert [screen.name_of(code) for code in screen.queue.choices[uid].codes] == ["Leie", "Eie"]
        assert screen.at == 1
        await pilot.press("f", "escape")
        assert screen.several is None and app.screen is screen
        await pilot.press("f", "b", "1", "enter")
        uid = screen.queue.sorting.codings[1]
        assert [screen.name_of(code) for code in screen.queue.choices[uid].codes] == ["Bolig", "Midlertidig bolig"]
        await pilot.press("f", "b", "enter")
        assert screen.queue.choices[screen.queue.sorting.codings[2]].choice == "keep"


async def test_undo_goes_to_the_choice_it_takes_back(coded: Path, make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        screen = await begin(pilot, app)
        await pilot.press("1", "1", "end", "u")
        assert (screen.at, screen.queue.progress.chosen) == (1, 1)
        await pilot.press("ctrl+r")
        assert (screen.at, screen.queue.progress.chosen) == (1, 2)
        await pilot.press("home", "backspace")
        assert screen.queue.progress.chosen == 1
        await pilot.press("u", "u", "u", "u")
        await pilot.pause()
        assert isinstance(app.screen, CodebookScreen)
        assert sorting.list_sortings(app.screen.project) == []


async def test_left_and_taken_up_again_another_day(coded: Path, make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await begin(pilot, app)
        await pilot.press("1", "1", "1", "down", "down")
        await app.action_quit()
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("B", "d")
        await pilot.pause()
        screen = queue(app)
        assert (screen.queue.progress.sorted, screen.at) == (3, 3)
        await pilot.press("down", "escape")
        await pilot.pause()
        assert isinstance(app.screen, CodingScreen)
        await pilot.press("B")
        await pilot.pause()
        await pilot.press("d")
        await pilot.pause()
        assert queue(app).at == 4


async def test_the_caret_of_the_text_is_where_it_was(coded: Path, make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.pause(0.1)
        assert isinstance(app.screen, CodingScreen)
        view = app.screen.view
        view.select(60, 75)
        before = (app.screen.source.id, view.caret, view.selection, view.scroll_offset)
        screen = await begin(pilot, app)
        other = codebook.add_code(screen.project, "Arv")
        codebook.move_code(screen.project, other.id, parent="", before=screen.queue.code.id)
        await pilot.press("1", "end", "1", "escape")
        await pilot.pause()
        assert isinstance(app.screen, CodingScreen)
        assert (app.screen.source.id, view.caret, view.selection, view.scroll_offset) == before
        await pilot.press("B")
        await pilot.pause()
        await pilot.press("d")
        await pilot.pause()
        screen = queue(app)
        found = screen.shown_coding
        assert found is not None
        await pilot.press("g")
        await pilot.pause()
        assert isinstance(app.screen, CodingScreen)
        assert app.screen.view.selection == (found.start, found.end)
        assert "B og så d" in app.screen.query_one(StatusLine).shown
        await pilot.press("comma")
        await pilot.pause()
        assert (app.screen.source.id, app.screen.view.caret) == before[:2]
        await pilot.press("B")
        await pilot.pause()
        await pilot.press("d")
        await pilot.pause()
        assert queue(app).shown_coding == found


async def test_only_those_without_a_choice_or_those_skipped(coded: Path, make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        screen = await begin(pilot, app)
        await pilot.press("1", "s", "1", "home", "o")
        assert (screen.only, screen.at) == ("waiting", 3)
        await pilot.press("up")
        assert screen.at == 3
        await pilot.press("o")
        assert (screen.only, screen.at) == ("skipped", 1)
        await pilot.press("o", "down")
        assert (screen.only, screen.at) == ("all", 2)


async def test_new_codes_pages_of_nine_and_search(coded: Path, make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        screen = await begin(pilot, app, *(f"Kode {n}" for n in range(2, 10)))
        await pilot.press("n", *"Hybel", "enter")
        await pilot.pause()
        assert screen.queue.targets[9].name == "Hybel"
        assert "side 2 av 2" in shown(app, "#keys") and "1 ■ Hybel" in shown(app, "#keys")
        await pilot.press("1", "0", "2")
        names = [screen.name_of(screen.queue.choices[uid].codes[0]) for uid in screen.queue.sorting.codings[:2]]
        assert names == ["Hybel", "Kode 2"]
        await pilot.press("right", "right")
        assert "Kode 3" in shown(app, "#meaning")
        await pilot.press("enter", "c", *"økon", "enter")
        await pilot.pause()
        names = [screen.name_of(screen.queue.choices[uid].codes[0]) for uid in screen.queue.sorting.codings[2:4]]
        assert names == ["Kode 3", "Økonomi"]
        assert screen.queue.targets[-1].name == "Økonomi"
        await pilot.press("0", "0", "9")
        assert screen.at == 5


async def test_a_number_without_a_code_says_so(coded: Path, make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        screen = await begin(pilot, app)
        await pilot.press("7", "x")
        assert (screen.at, screen.queue.choices) == (0, {})
        assert len(app._notifications) == 2


async def test_a_note_skips_until_something_is_chosen_and_becomes_a_memo(coded: Path, make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        screen = await begin(pilot, app)
        uid = screen.uid
        await pilot.press("i")
        await pilot.pause()
        app.screen.query_one(TextArea).text = "spør Ola"
        await pilot.press("escape")
        await pilot.pause()
        assert (screen.at, screen.queue.choices[uid].choice) == (0, "skip")
        assert "Merknad: spør Ola" in shown(app, "#facts")
        await pilot.press("1", "A")
        await pilot.pause()
        await pilot.press("j")
        await pilot.pause()
        assert app.project is not None
        assert [memo.text for memo in memos.list_memos(app.project, uid)] == ["spør Ola"]


async def test_the_account_stands_before_it_is_done_and_one_undo_restores_all(coded: Path, make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        screen = await begin(pilot, app, "Leie")
        project = screen.project
        before = coding.list_codings(project)
        await pilot.press("1", "1", "f", "1", "2", "enter", "b", "b", "2", "s", "2")
        assert "Alt har et valg" in screen.query_one(StatusLine).shown
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, AccountDialog)
        told = "\n".join(f"{number} {words.strip()}" for number, words in app.screen._lines)
        assert "8 kodinger i køen" in told
        assert "1 faller sammen med en koding som sier det samme" in told
        assert "+1 nye kodinger, fordi 1 koding får flere koder" in told
        assert "Bolig: 8 før, 3 etter" in told
        await pilot.press("enter")
        await pilot.pause()
        assert app.screen is screen and coding.list_codings(project) == before
        await pilot.press("A", "j")
        await pilot.pause()
        assert isinstance(app.screen, CodebookScreen)
        assert counts(project) == {"bolig": 3, "midlertidig-bolig": 2, "leie": 3}
        assert "er kodet om" in app.screen.query_one(StatusLine).shown
        await pilot.press("u")
        assert coding.list_codings(project) == before
        await pilot.press("d")
        await pilot.pause()
        assert queue(app).queue.progress.left == 0


async def test_nothing_chosen_is_refused_and_it_can_be_laid_away(coded: Path, make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        screen = await begin(pilot, app)
        await pilot.press("A", "j")
        await pilot.pause()
        assert app._notifications
        assert app.screen is screen
        await pilot.press("l", "j")
        await pilot.pause()
        assert isinstance(app.screen, CodebookScreen)
        assert sorting.list_sortings(app.screen.project) == []


async def test_what_somebody_else_does_meanwhile_is_seen(coded: Path, make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        screen = await begin(pilot, app)
        other = open_project(coded, coder="Ola")
        listed = screen.queue.sorting.codings
        coding.remove_coding(other, listed[0])
        coding.recode(other, listed[1], codebook.find_code(other, "økonomi"))
        source = sources.list_sources(other)[0]
        coding.apply_code(other, source, 20, 30, codebook.find_code(other, "bolig"))
        other.close()
        screen._poll()
        assert "fjernet siden køen" in shown(app, "#facts")
        assert "1 ny koding er ikke med (p)" in screen.query_one(StatusLine).shown
        await pilot.press("1", "down")
        assert screen.queue.choices == {}
        assert "Kodet om til «Økonomi» av Ola" in shown(app, "#facts")
        await pilot.press("p")
        assert len(screen.queue.sorting.codings) == 9


async def test_the_list_leads_to_sortings_and_to_older_definitions(coded: Path, make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("B", "o")
        await pilot.pause()
        assert app._notifications  # there are none yet
        assert app.project is not None
        codebook.set_code(app.project, codebook.find_code(app.project, "bolig").id, definition="Der folk bor.")
        await pilot.press("o", "1")
        await pilot.pause()
        screen = queue(app)
        assert screen.queue.sorting.kind == "definition"
        assert "«Bolig» etter ny definisjon" in shown(app, "#heading")
        assert "x fjernes 0" in shown(app, "#keys")
        await pilot.press("x", "b", "A", "j")
        await pilot.pause()
        assert counts(app.project) == {"bolig": 7}
        await pilot.press("o", "2")
        await pilot.pause()
        assert isinstance(app.screen, AccountDialog)
        await pilot.press("escape", "o", "1")
        await pilot.pause()
        assert len(queue(app).queue.sorting.codings) == 6


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_it_fits(coded: Path, make_app: MakeApp, size: tuple[int, int]) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        screen = await begin(pilot, app, *(f"Kode {n}" for n in range(2, 10)))
        await pilot.pause()
        keys, facts = screen.query_one("#keys"), screen.query_one("#facts")
        assert screen.passage.size.height >= 6
        assert keys.size.height >= len(shown(app, "#keys").splitlines())
        meaning, frame = screen.query_one("#meaning"), screen.query_one("#targets")
        assert meaning.size.height >= 1 and meaning.region.bottom <= frame.region.bottom
        assert facts.region.bottom <= size[1] - 2
        assert len(shown(app, "#facts").splitlines()) == 4


async def test_a_read_only_project_is_looked_at_only(coded: Path, make_app: MakeApp) -> None:
    project = open_project(coded, coder="Kari")
    sorting.begin_split(project, codebook.find_code(project, "bolig"), ["Leie"])
    project.close()
    app = make_app(readonly=True)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("B", "d", "1", "down")
        await pilot.pause()
        assert (queue(app).at, queue(app).queue.choices) == (1, {})
