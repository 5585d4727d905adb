"""Memos in the application: beside the text, in one list, and lost to nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from workbench.core.entities import Memo
from workbench.services import codebook, coding, drafts, history, memos, projects, sources
from workbench.store.project import Project
from workbench.tui.app import KodebenkApp
from workbench.tui.screens.coding import CodingScreen
from workbench.tui.screens.memos import MemosScreen
from workbench.tui.widgets.memo_pane import MemoPane

MakeApp = Callable[..., KodebenkApp]
SIZE = (120, 36)


def coding_screen(app: KodebenkApp) -> CodingScreen:
    assert isinstance(app.screen, CodingScreen)
    return app.screen


def pane_of(app: KodebenkApp) -> MemoPane:
    return app.screen.query_one(MemoPane)


def written(project: Project | None) -> list[Memo]:
    assert project is not None
    return memos.list_memos(project)


async def open_memo(pilot: Pilot[int], key: str) -> None:
    """Press m and answer with the option that shows `key`'s words."""
    await pilot.pause()
    await pilot.press("m")
    await pilot.pause()
    await pilot.press(key)
    await pilot.pause()


async def test_one_writes_beside_the_text_and_goes_back_and_forth(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await open_memo(pilot, "1")
        screen = coding_screen(app)
        assert screen.writing and isinstance(app.focused, TextArea)
        await pilot.press(*"tid")
        assert pane_of(app).keep()
        assert written(app.project) == [], "what is only kept is no memo yet"
        await pilot.press("escape")
        await pilot.pause()
        assert app.focused is screen.view and screen.writing
        (memo,) = written(app.project)
        assert (memo.text, memo.target_kind, memo.target) == ("tid", "source", screen.source.id)
        before = screen.view.caret
        await pilot.press("down", "m")
        await pilot.pause()
        assert screen.view.caret != before, "the text is read while the memo stands open"
        await pilot.press("e", "n", "ctrl+g")
        await pilot.pause()
        assert not screen.writing and app.focused is screen.view
        assert [each.text for each in written(app.project)] == ["tiden"]


async def test_undo_takes_a_whole_sitting_and_the_pane_follows(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await open_memo(pilot, "1")
        await pilot.press(*"en to tre", "escape")
        await pilot.pause()
        await pilot.press("m", *" fire", "escape")
        await pilot.pause()
        assert [each.text for each in written(app.project)] == ["en to tre fire"]
        await pilot.press("u")
        await pilot.pause()
        assert pane_of(app).query_one(TextArea).text == "en to tre"
        await pilot.press("u")
        await pilot.pause()
        assert written(app.project) == [] and not coding_screen(app).writing


async def test_quitting_in_the_middle_of_a_word_loses_nothing(make_app: MakeApp, project_path: Path) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await open_memo(pilot, "1")
        await pilot.press(*"midt i", "ctrl+q")
        await pilot.pause()
    project = projects.open_existing(project_path, coder="Kari")
    assert [each.text for each in memos.list_memos(project)] == ["midt i"]
    assert drafts.left_behind(project) == []
    project.close()


async def test_what_a_killed_program_left_is_taken_in(make_app: MakeApp, project_path: Path) -> None:
    project = projects.open_existing(project_path, coder="Kari")
    subject = memos.find_subject(project, "project")
    from dataclasses import replace

    drafts.keep(project, replace(drafts.begin(project, subject), text="reddet"))
    project.close()
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        coding_screen(app)._take_in_drafts()
        assert [each.text for each in written(app.project)] == ["reddet"]


async def test_a_memo_on_what_is_chosen_links_to_the_coding_there(make_app: MakeApp, project_path: Path) -> None:
    project = projects.open_existing(project_path, coder="Kari")
    (source, *_rest) = sources.list_sources(project)
    start = sources.show_source(project, source).text.index("lange køer")
    made = coding.apply_code(project, source, start, start + 10, codebook.find_code(project, "bolig"))
    project.close()
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        screen = coding_screen(app)
        screen.view.select(start, start + 10)
        await pilot.pause()
        await open_memo(pilot, "1")
        await pilot.press("ctrl+l")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        (memo,) = written(app.project)
        assert (memo.target_kind, memo.start, memo.end) == ("span", start, start + 10)
        assert memo.text == f"[[{made.quote}]]"
        await pilot.press("J")
        await pilot.pause()
        assert isinstance(app.screen, MemosScreen)
        await pilot.press("enter")
        await pilot.pause()
        assert coding_screen(app).view.selection == (start, start + 10)


async def test_a_link_where_nothing_is_coded_is_refused(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await open_memo(pilot, "1")
        await pilot.press("ctrl+l")
        await pilot.pause()
        assert pane_of(app).query_one(TextArea).text == ""
        assert any("Ingen koding" in note.message for note in app._notifications)


async def test_private_from_the_first_word(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await open_memo(pilot, "1")
        await pilot.press("x", "ctrl+r", "y", "ctrl+g")
        await pilot.pause()
        assert app.project is not None
        (memo,) = written(app.project)
        assert (memo.text, memo.private) == ("xy", True)
        added = [entry for entry in history.history(app.project) if entry.kind.startswith("memo")]
        assert [entry.kind for entry in added] == ["memo.add"], "it was never shared"


async def test_the_diary_of_today_is_one_key_from_the_list(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("J")
        await pilot.pause()
        await pilot.press("n")
        await pilot.pause()
        await pilot.press(*"lest", "escape")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, MemosScreen) and not screen.writing
        await pilot.press("n", *"mer", "escape")
        await pilot.pause()
        (entry,) = written(app.project)
        assert (entry.kind, entry.text) == ("diary", "lest\n\nmer")
        assert [each.memo.text for each in screen.shown] == ["lest\n\nmer"]
        await pilot.press("escape")
        await pilot.pause()
        coding_screen(app)


async def test_the_list_is_searched_filtered_and_acted_on(make_app: MakeApp, project_path: Path) -> None:
    project = projects.open_existing(project_path, coder="Kari")
    bolig = codebook.find_code(project, "bolig")
    memos.write_memo(project, "code", bolig.id, "Om ventetid [[I77-001]]")
    memos.write_memo(project, "project", project.uid, "Om rommet")
    memos.write_memo(project, "code", bolig.id, "Jeg venter", kind="condensate")
    project.close()
    ola = projects.open_existing(project_path, coder="Ola")
    memos.write_memo(ola, "project", ola.uid, "Olas hemmelighet", private=True)
    memos.write_memo(ola, "project", ola.uid, "Olas delte")
    ola.close()
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("J")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, MemosScreen)

        def shown() -> list[str]:
            return [each.memo.text for each in screen.shown]

        assert shown() == ["Olas delte", "Jeg venter", "Om rommet", "Om ventetid [[I77-001]]"]
        assert "ukjent lenke" in screen._draw(3, 200)[0].plain
        assert "ikke ordrett" in screen._draw(1, 200)[0].plain
        await pilot.press("slash", *"om ")
        await pilot.pause()
        assert shown() == ["Om rommet", "Om ventetid [[I77-001]]"]
        await pilot.press("enter", "p")
        await pilot.pause()
        assert [each.memo.private for each in screen.shown] == [True, False]
        await pilot.press("u")
        await pilot.pause()
        assert [each.memo.private for each in screen.shown] == [False, False]
        await pilot.press("x")
        await pilot.pause()
        assert shown() == ["Om ventetid [[I77-001]]"]
        await pilot.press("u", "w")
        await pilot.pause()
        assert len(shown()) == 4 and screen.query_one(Input).value == ""
        await pilot.press("f", "4")
        await pilot.pause()
        assert shown() == ["Jeg venter"]
        await pilot.press("e", *"!", "escape")
        await pilot.pause()
        assert shown() == ["Jeg venter!"]
        await pilot.press("w")
        screen.rows.move_to(0)
        await pilot.press("e")
        await pilot.pause()
        assert not screen.writing, "another's memo is not rewritten"
        await pilot.press("g")
        await pilot.pause()
        assert app.screen is screen, "a memo on the project leads nowhere"


async def test_another_screen_can_open_a_memo_and_is_come_back_to(make_app: MakeApp) -> None:
    from workbench.tui.memo_acts import write_memo_on
    from workbench.tui.screens.codebook import CodebookScreen

    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("B")
        await pilot.pause()
        below = app.screen
        assert isinstance(below, CodebookScreen)
        bolig = codebook.find_code(below.project, "bolig")
        write_memo_on(below, "code", bolig.id)
        await pilot.pause()
        await pilot.pause()
        await pilot.press(*"om bolig", "escape")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is below
        assert [(each.target, each.text) for each in written(app.project)] == [(bolig.id, "om bolig")]
