"""Coding as a researcher does it: keys in, codings in the project file out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from workbench.services import codebook, coding, projects, reading
from workbench.tui.app import KodebenkApp
from workbench.tui.dialogs.choose import ChooseDialog
from workbench.tui.dialogs.code import CodeDialog
from workbench.tui.screens.coding import CodingScreen
from workbench.tui.widgets.status_line import StatusLine

MakeApp = Callable[..., KodebenkApp]
SIZE = (120, 40)


def screen_of(app: KodebenkApp) -> CodingScreen:
    assert isinstance(app.screen, CodingScreen)
    return app.screen


def place(screen: CodingScreen, words: str) -> tuple[int, int]:
    start = screen.view.document.text.index(words)
    return start, start + len(words)


async def code_with(pilot: Pilot[int], typed: str) -> None:
    await pilot.press("c")
    await pilot.pause()
    await pilot.press(*typed, "enter")
    await pilot.pause()


async def type_out(pilot: Pilot[int], typed: str) -> None:
    pilot.app.screen.query_one(Input).value = typed
    await pilot.pause()
    await pilot.press("enter")


def stored(path: Path) -> list[tuple[str, str, str]]:
    project = projects.open_existing(path, coder="Kari", readonly=True)
    found = [(each.text, each.code_name, each.coder) for each in coding.list_codings(project)]
    project.close()
    return found


async def test_typing_two_letters_and_enter_codes_the_selection(make_app: MakeApp, project_path: Path) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        screen = screen_of(app)
        screen.view.select(*place(screen, "Det er lange køer."))
        await code_with(pilot, "bo")
        assert [each.code_name for each in screen.codings.values()] == ["Bolig"]
        assert len(screen.view.document.marks) == 1
        assert "Kodet «Bolig»" in app.screen.query_one(StatusLine).shown
        entry = next(each for each in screen.codes.entries.values() if each.name == "Bolig")
        assert entry.codings_total == 1
        assert screen.statuses[screen.source.id] == "coding"
        await app.action_quit()
    assert stored(project_path) == [("Det er lange køer.", "Bolig", "Kari")]


async def test_without_a_selection_the_sentence_at_the_caret_is_coded(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        screen = screen_of(app)
        screen.view.move_to(place(screen, "hospits")[0])
        await code_with(pilot, "bo")
        (made,) = screen.codings.values()
        assert made.text == "Folk bor på hospits i månedsvis, og ingen vet hvor lenge."


async def test_a_new_name_makes_code_and_coding_in_one_gesture(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        screen = screen_of(app)
        screen.view.select(*place(screen, "lange køer"))
        await code_with(pilot, "ventetid")
        assert [each.code_name for each in screen.codings.values()] == ["ventetid"]
        assert [each.codings for each in screen.sources] == [1, 0]
        await pilot.press("u")
        await pilot.pause()
        assert not screen.codings
        assert "ventetid" not in [each.name for each in codebook.list_codes(screen.project)]


async def test_enter_typed_fast_takes_no_letter_that_comes_after(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        screen = screen_of(app)
        screen.view.select(*place(screen, "lange køer"))
        await pilot.press("c")
        await pilot.pause()
        from textual import events

        for key, character in (("x", "x"), ("y", "y"), ("enter", "\r"), ("d", "d")):
            app.post_message(events.Key(key, character))
        await pilot.pause()
        await pilot.pause()
        assert [each.code_name for each in screen.codings.values()] == ["xy"]


async def test_the_next_sentence_is_chosen_after_a_coding_and_grown_otherwise(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        screen = screen_of(app)
        screen.view.move_to(place(screen, "Det er lange")[0])
        await pilot.press("s")
        first = screen.view.selection
        await code_with(pilot, "bo")
        assert screen.view.selection == first
        await pilot.press("s")
        assert screen.view.selection == place(screen, "Folk bor på hospits i månedsvis, og ingen vet hvor lenge.")


async def test_pinned_codes_and_repeat(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        screen = screen_of(app)
        await pilot.press("f3", "p", "escape")
        assert list(screen.pins) == [1]
        screen.view.select(*place(screen, "lange køer"))
        await pilot.press("1")
        screen.view.select(*place(screen, "hospits"))
        await pilot.press("full_stop")
        assert sorted(each.text for each in screen.codings.values()) == ["hospits", "lange køer"]
        assert {each.code_name for each in screen.codings.values()} == {"Bolig"}


async def test_undo_and_redo_across_a_reopening(make_app: MakeApp, project_path: Path) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        screen = screen_of(app)
        screen.view.select(*place(screen, "lange køer"))
        await code_with(pilot, "bo")
        await app.action_quit()
    again = make_app()
    async with again.run_test(size=SIZE) as pilot:
        await pilot.pause()
        screen = screen_of(again)
        screen.view.move_to(len(screen.view.document.text))
        await pilot.press("u")
        await pilot.pause()
        assert not screen.codings
        assert len(screen.view.document.marks) == 0
        assert "Angret" in screen.message and "Bolig" in screen.message
        assert screen.view.caret == place(screen, "lange køer")[0]
        await pilot.press("ctrl+r")
        await pilot.pause()
        assert len(screen.codings) == 1
        assert "Gjort om" in screen.message
        await again.action_quit()
    assert stored(project_path) == [("lange køer", "Bolig", "Kari")]


async def test_the_caret_is_where_it_was_left(make_app: MakeApp, project_path: Path) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        screen = screen_of(app)
        elsewhere = screen.sources[1].id
        screen.view.move_to(40)
        screen.go_to(elsewhere)
        screen.view.move_to(17)
        await app.action_quit()
    again = make_app()
    async with again.run_test(size=SIZE) as pilot:
        await pilot.pause()
        screen = screen_of(again)
        assert screen.source.id == elsewhere
        assert screen.view.caret == 17
        screen.go_to(screen.sources[0].id)
        assert screen.view.caret == 40


async def test_a_killed_program_forgets_a_few_seconds_at_most(make_app: MakeApp, project_path: Path) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        screen = screen_of(app)
        screen.view.move_to(33)
        await pilot.pause()
        screen.keep_place()  # what the timer calls
        other = projects.open_existing(project_path, coder="Kari", readonly=True)
        assert reading.last_place(other, screen.source).caret == 33
        other.close()


async def test_remove_asks_which_when_there_are_several(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        screen = screen_of(app)
        screen.view.select(*place(screen, "lange køer"))
        await code_with(pilot, "bo")
        await code_with(pilot, "øk")
        assert len(screen.codings) == 2
        await pilot.press("x")
        await pilot.pause()
        assert isinstance(app.screen, ChooseDialog)
        await pilot.press("1")
        await pilot.pause()
        assert len(screen.codings) == 1
        await pilot.press("x")
        await pilot.pause()
        assert not screen.codings
        assert len(screen.view.document.marks) == 0


async def test_new_bounds_from_the_selection(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        screen = screen_of(app)
        screen.view.select(*place(screen, "lange køer"))
        await code_with(pilot, "bo")
        screen.view.select(*place(screen, "Det er lange køer."))
        await pilot.press("b")
        await pilot.pause()
        (changed,) = screen.codings.values()
        assert changed.text == "Det er lange køer."
        mark = screen.view.document.get(changed.id)
        assert mark is not None and (mark.start, mark.end) == place(screen, "Det er lange køer.")


async def test_in_vivo_takes_the_words_as_the_code(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        screen = screen_of(app)
        screen.view.select(*place(screen, "lange køer"))
        await pilot.press("e")
        await pilot.pause()
        assert [each.code_name for each in screen.codings.values()] == ["lange køer"]


async def test_a_margin_note_is_written_changed_and_taken_away(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        screen = screen_of(app)
        screen.view.select(*place(screen, "hospits"))
        await pilot.press("i")
        await pilot.pause()
        await pilot.press("h", "u", "s", "k", "escape")
        await pilot.pause()
        (note,) = screen.margin_notes.values()
        assert (note.text, note.start) == ("husk", place(screen, "hospits")[0])
        screen.view.move_to(note.start)
        await pilot.press("i")
        await pilot.pause()
        app.screen.query_one(TextArea).text = ""
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert not screen.margin_notes
        assert len(screen.view.document.marks) == 0


async def test_search_goes_round(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        screen = screen_of(app)
        await pilot.press("slash")
        await pilot.pause()
        await pilot.press(*"bolig", "enter")
        await pilot.pause()
        text = screen.view.document.text
        first, second = text.index("bolig"), text.index("boliger")
        assert screen.view.caret == first
        await pilot.press("n")
        assert screen.view.caret == second
        await pilot.press("n")
        assert screen.view.caret == first
        await pilot.press("N")
        assert screen.view.caret == second
        assert "Treff 2 av 2" in screen.message


async def test_back_and_forward_through_places(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        screen = screen_of(app)
        first, second = (source.id for source in screen.sources)
        screen.view.move_to(20)
        screen.go_to(second, 5)
        await pilot.press("comma")
        assert (screen.source.id, screen.view.caret) == (first, 20)
        await pilot.press("semicolon")
        assert (screen.source.id, screen.view.caret) == (second, 5)


async def test_a_refusal_is_shown_and_nothing_ends(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("x")
        await pilot.pause()
        assert [each.message for each in app._notifications] == [
            "Ingen koding her. Flytt markøren til en kodet passasje."
        ]
        assert app.is_running


async def test_read_only_says_so_and_refuses_to_code(make_app: MakeApp, project_path: Path) -> None:
    app = make_app(readonly=True)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        screen = screen_of(app)
        assert screen.query("#readonly")
        screen.view.select(*place(screen, "lange køer"))
        await code_with(pilot, "bo")
        assert not screen.codings
        assert any("lesing" in each.message for each in app._notifications)
        await app.action_quit()
    assert stored(project_path) == []


async def test_eighty_by_twentyfour_has_room_for_the_text(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        screen = screen_of(app)
        assert screen.view.size.width >= 78
        assert screen.view.size.height >= 20
        await pilot.press("f2")
        await pilot.pause()
        assert app.focused is screen.source_rows
        assert screen.view.size.width >= 45
        await pilot.press("f2")
        await pilot.pause()
        assert app.focused is screen.view
        assert screen.view.size.width >= 78


async def test_the_code_card_follows_the_caret_and_leaves_it_alone(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        screen = screen_of(app)
        screen.view.select(*place(screen, "lange køer"))
        await code_with(pilot, "øk")
        caret = screen.view.caret
        await pilot.press("d")
        await pilot.pause()
        from workbench.tui.widgets.code_card import CodeCard

        card = screen.query_one(CodeCard)
        assert card.display and card.shown.startswith("■ Økonomi")
        assert "lange køer" in card.shown
        assert screen.view.caret == caret


async def test_what_another_process_writes_is_seen(make_app: MakeApp, project_path: Path) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        screen = screen_of(app)
        other = projects.open_existing(project_path, coder="Ola")
        entry = codebook.find_code(other, "bolig")
        coding.apply_code(other, screen.source, *place(screen, "hospits"), entry)
        other.close()
        screen.poll()
        assert [(each.coder, each.text) for each in screen.codings.values()] == [("Ola", "hospits")]
        screen.view.move_to(place(screen, "hospits")[0])
        assert screen.here() == "kode her: Bolig (Ola)"


async def test_applying_a_code_lays_nothing_out(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        screen = screen_of(app)
        await pilot.press("f3", "p", "escape")
        screen.view.select(*place(screen, "lange køer"))
        await pilot.pause()
        layouts: list[object] = []
        before = screen._refresh_layout

        def counted(*args: object, **kwargs: object) -> None:
            layouts.append(args)
            before(*args, **kwargs)  # type: ignore[arg-type]

        screen._refresh_layout = counted  # type: ignore[method-assign]
        await pilot.press("1")
        await pilot.pause()
        assert len(screen.codings) == 1
        assert layouts == []


async def test_ticked_reading_status(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        screen = screen_of(app)
        await pilot.press("z")
        await pilot.pause()
        await pilot.press("4")
        await pilot.pause()
        assert reading.statuses(screen.project)[screen.source.id] == "finished"
        assert "● ferdig" in screen.query_one(StatusLine).shown


async def test_a_code_name_is_never_markup(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        screen = screen_of(app)
        screen.view.select(*place(screen, "lange køer"))
        await pilot.press("c")
        await pilot.pause()
        assert isinstance(app.screen, CodeDialog)
        await type_out(pilot, "[red]\x1b]0;x\x07[/nei")
        await pilot.pause()
        assert len(screen.codings) == 1
        await pilot.press("d")
        await pilot.pause()
        assert "\x1b" not in screen.query_one(StatusLine).shown
