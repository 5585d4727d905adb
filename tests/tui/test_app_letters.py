"""Letters a keyboard lacks, ways out that no terminal keeps to itself, and the second key that saves."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import App, ComposeResult
from textual.widgets import Input, TextArea

from workbench.services import codebook, notes, projects
from workbench.tui.app import KodebenkApp
from workbench.tui.dialogs.code import CodeDialog
from workbench.tui.dialogs.code_form import CodeFormDialog
from workbench.tui.dialogs.letters import LETTERS, LettersStrip
from workbench.tui.dialogs.search import SearchDialog
from workbench.tui.dialogs.shared_memo import SharedMemoDialog
from workbench.tui.dialogs.writing import WritingDialog

MakeApp = Callable[..., KodebenkApp]
SIZE = (80, 24)


async def test_letters_are_put_where_the_caret_is_in_a_line(make_app: MakeApp) -> None:
    async with make_app().run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("slash", "b", "d", "left", "ctrl+n")
        await pilot.pause()
        assert isinstance(pilot.app.screen, LettersStrip)
        await pilot.press("x", "o")
        await pilot.pause()
        assert isinstance(pilot.app.screen, SearchDialog)
        assert pilot.app.screen.query_one(Input).value == "bød"


async def test_the_strip_narrows_a_list_as_a_typed_letter_does(make_app: MakeApp) -> None:
    async with make_app().run_test(size=SIZE) as pilot:
        await pilot.pause(0.1)
        await pilot.press("s", "c")
        await pilot.pause()
        await pilot.press("ctrl+n", "o", "k")
        await pilot.pause()
        dialog = pilot.app.screen
        assert isinstance(dialog, CodeDialog)
        assert dialog.query_one(Input).value == "øk"
        assert dialog.choices[0].name == "Økonomi"


async def test_letters_in_many_lines_and_giving_up(make_app: MakeApp) -> None:
    async with make_app().run_test(size=SIZE) as pilot:
        await pilot.pause(0.1)
        await pilot.press("s", "i")
        await pilot.pause()
        await pilot.press("n", "ctrl+n", "a", "ctrl+n", "escape", "ctrl+n", "ctrl+n")
        await pilot.pause()
        assert isinstance(pilot.app.screen, WritingDialog)
        assert pilot.app.screen.query_one(TextArea).text == "nå"
        await pilot.press("ctrl+n", "less_than_sign", "ctrl+n", "minus")
        await pilot.pause()
        assert pilot.app.screen.query_one(TextArea).text == "nå«–"


async def test_where_nothing_is_written_no_strip_is_opened(make_app: MakeApp) -> None:
    async with make_app().run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("ctrl+n")
        await pilot.pause()
        assert not isinstance(pilot.app.screen, LettersStrip)


def test_every_letter_of_the_alphabet_that_a_us_keyboard_lacks_is_there() -> None:
    assert set("åæøÅÆØ«»–§") == set(LETTERS.values())
    assert all(key.isascii() for key in LETTERS)


async def test_the_strip_fits_a_narrow_screen() -> None:
    class Alone(App[None]):
        def compose(self) -> ComposeResult:
            yield Input()

    async with Alone().run_test(size=SIZE) as pilot:
        await pilot.app.push_screen(LettersStrip())
        await pilot.pause()
        line = "".join(segment.text for segment in pilot.app.screen.children[0].render_line(0))
        assert all(f"{key} {letter}" in line for key, letter in LETTERS.items()) and "Esc" in line


async def test_the_second_ctrl_c_leaves(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("ctrl+c")
        await pilot.pause()
        assert app.is_running and app.project is not None
        await pilot.press("ctrl+c")
        await pilot.pause()
        assert app.return_value == 0


async def test_two_presses_far_apart_do_not_leave(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("ctrl+c")
        app._asked_to_quit -= 10
        await pilot.press("ctrl+c")
        await pilot.pause()
        assert app.project is not None


async def test_ctrl_l_saves_a_form(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.1)
        await pilot.press("B")
        await pilot.pause()
        await pilot.press("e")
        await pilot.pause()
        assert isinstance(pilot.app.screen, CodeFormDialog)
        await pilot.press("x", "ctrl+l")
        await pilot.pause()
        assert app.project is not None
        assert codebook.find_code(app.project, "bolig").definition == "x"


async def test_leaving_the_program_keeps_what_is_being_written(make_app: MakeApp) -> None:
    """The editor saves when the writer rests; whoever leaves sooner loses nothing by it."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.1)
        project_path = app.project.path if app.project else None
        await pilot.press("s", "i")
        await pilot.pause()
        await pilot.press(*"husk", "ctrl+q")
        await pilot.pause()
    assert project_path is not None
    reopened = projects.open_existing(project_path, coder="Kari")
    assert [each.text for each in notes.list_notes(reopened)] == ["husk"]
    reopened.close()


async def test_leaving_warns_once_of_words_that_are_only_kept_when_asked(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.1)
        app.push_screen(SharedMemoDialog("Memo"))
        await pilot.pause()
        await pilot.press(*"husk", "ctrl+q")
        await pilot.pause()
        assert app.project is not None
        assert isinstance(app.screen, SharedMemoDialog)
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert app.project is None


async def test_leaving_asks_before_what_is_written_about_a_code_is_thrown_away(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.1)
        await pilot.press("B")
        await pilot.pause()
        await pilot.press("e", "x", "ctrl+q")
        await pilot.pause()
        assert app.project is not None
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert app.project is None
