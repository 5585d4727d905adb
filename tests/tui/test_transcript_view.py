"""The view by keyboard and mouse, in a running application."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import regex
from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message
from textual.pilot import Pilot
from textual.screen import Screen

from corpus.model import Role, Turn
from workbench.tui.transcript import canvas
from workbench.tui.transcript.document import DocumentModel, Mark
from workbench.tui.transcript.layout import Layout
from workbench.tui.transcript.paint import paint_line
from workbench.tui.transcript.view import TranscriptView

SAID = "Vi har prøvd egne boliger med oppfølging, men det er for få av dem. Noen venter i over et år. "
GUTTER = 4


def interview(turns: int = 30) -> tuple[str, list[Turn]]:
    text, spoken = "", []
    for number in range(turns):
        speaker = "Intervjuer" if number % 2 == 0 else "Fagleder"
        label = f"{speaker}: "
        said = (SAID * (1 + number % 3)).rstrip()
        start = len(text) + len(label)
        role: Role = "interviewer" if number % 2 == 0 else "participant"
        spoken.append(Turn(speaker=speaker, role=role, label_start=len(text), start=start, end=start + len(said)))
        text += label + said + "\n"
    return text, spoken


class Frame(Vertical):
    """What lies around the view, and would hear of what the view lets through."""

    pasted = 0

    def on_paste(self) -> None:
        self.pasted += 1


class Host(App[None]):
    BINDINGS = [Binding("escape", "be_told", "be told")]  # noqa: RUF012 - as Textual's own examples

    def __init__(self, model: DocumentModel) -> None:
        super().__init__()
        self.model = model
        self.backs = 0

    def compose(self) -> ComposeResult:
        with Frame():
            yield TranscriptView(self.model, id="view")

    def on_mount(self) -> None:
        self.query_one(TranscriptView).focus()

    def action_be_told(self) -> None:
        self.backs += 1


def told(messages: list[Message], *kinds: type[Message]) -> list[Any]:
    """Messages of these kinds, once each: the hook hears of them again at every step on their way up."""
    return [
        message for message in {id(message): message for message in messages}.values() if isinstance(message, kinds)
    ]


def open_view(model: DocumentModel, messages: list[Message] | None = None) -> tuple[Host, Any]:
    app = Host(model)
    hook = messages.append if messages is not None else None
    return app, app.run_test(size=(80, 24), message_hook=hook)


def on_screen(view: TranscriptView, offset: int) -> tuple[int, int]:
    """Where on the screen a place of the text is drawn."""
    layout = Layout(view.document, view.columns.text if view.columns else 0)
    line, cell = layout.cell_of(offset)
    return GUTTER + cell, line - view.scroll_offset.y


def scrolling(view: TranscriptView) -> bool:
    return view._scroller is not None


def chosen(view: TranscriptView) -> str:
    return view.document.text[slice(*view.selection)] if view.selection else ""


@contextmanager
def counting(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """Counts lines painted, texts laid out and screens laid out while the block runs."""
    counts: Counter[str] = Counter()
    laid_out = Screen._refresh_layout

    def paint(*args: Any) -> Any:
        counts["painted"] += 1
        return paint_line(*args)

    def lay_out(*args: Any) -> Layout:
        counts["texts laid out"] += 1
        return Layout(*args)

    def refresh_layout(self: Screen[Any], *args: Any, **kwargs: Any) -> None:
        counts["screens laid out"] += 1
        laid_out(self, *args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(canvas, "paint_line", paint)
        patch.setattr(canvas, "Layout", lay_out)
        patch.setattr(Screen, "_refresh_layout", refresh_layout)
        yield counts


async def painted(pilot: Pilot[None]) -> None:
    """Wait until the screen has nothing left to repaint."""
    await pilot.pause()
    for _ in range(200):
        if not pilot.app.screen._dirty_widgets:
            return
        await pilot.pause(0.01)


async def drag(pilot: Pilot[None], start: tuple[int, int], *then: tuple[int, int]) -> None:
    await pilot.mouse_down("#view", offset=start)
    for place in then:
        await pilot.hover("#view", offset=place)
    await pilot.mouse_up("#view", offset=then[-1] if then else start)
    await pilot.pause()


async def test_keys_choose_words_sentences_and_turns() -> None:
    text, turns = interview()
    app, running = open_view(DocumentModel(text, turns))
    async with running as pilot:
        view = app.query_one(TranscriptView)
        view.move_to(text.index("boliger"))
        await pilot.press("w")
        assert chosen(view) == "boliger"
        await pilot.press("w")
        assert chosen(view) == "boliger med"
        await pilot.press("s")
        assert chosen(view) == SAID[: SAID.index(" Noen")]
        await pilot.press("s")
        assert chosen(view) == SAID.rstrip()
        await pilot.press("t")
        assert chosen(view) == text[turns[0].start : turns[1].end]
        await pilot.press("shift+left")
        assert chosen(view) == text[turns[0].start : turns[1].end - 1]
        await pilot.press("escape")
        assert view.selection is None and app.backs == 0
        await pilot.press("escape")
        assert app.backs == 1


async def test_arrows_pages_turns_and_ends() -> None:
    text, turns = interview()
    app, running = open_view(DocumentModel(text, turns))
    async with running as pilot:
        view = app.query_one(TranscriptView)
        await pilot.press("right", "right")
        assert view.caret == 2
        await pilot.press("plus")
        assert view.caret == turns[0].start
        await pilot.press("plus")
        assert view.caret == turns[1].start
        await pilot.press("minus")
        assert view.caret == turns[0].start
        await pilot.press("ctrl+right")
        assert view.caret == text.index("har")
        await pilot.press("less_than_sign")
        assert view.caret == turns[0].start
        await pilot.press("greater_than_sign")
        assert view.caret == text.index("har")
        await pilot.press("end")
        layout = Layout(view.document, 60)
        assert layout.line_of(view.caret) == 0 and view.caret >= layout.span(1)[0] - 2
        await pilot.press("home")
        assert view.caret == 0
        await pilot.press("j")
        assert view.caret == len(text)
        assert view.scroll_offset.y == view.max_scroll_y
        await pilot.press("g")
        assert view.caret == 0 and view.scroll_offset.y == 0
        await pilot.press("pagedown")
        assert layout.line_of(view.caret) == 23
        await pilot.press("up", "down", "pageup")
        assert view.caret == 0


async def test_moving_down_keeps_the_column_through_short_lines() -> None:
    app, running = open_view(DocumentModel("en lang nok linje\nto\nen lang nok linje"))
    async with running as pilot:
        view = app.query_one(TranscriptView)
        view.move_to(12)
        await pilot.press("down", "down")
        assert view.caret == 21 + 12
        await pilot.press("left", "up", "up")
        assert view.caret == 11


async def test_mark_mode_and_shift_choose_the_same_text() -> None:
    text, turns = interview()
    app, running = open_view(DocumentModel(text, turns))
    async with running as pilot:
        view = app.query_one(TranscriptView)
        view.move_to(turns[0].start)
        await pilot.press("shift+right", "shift+right", "ctrl+shift+right", "shift+down")
        with_shift = view.selection
        view.move_to(turns[0].start)
        await pilot.press("v")
        assert view.marking
        await pilot.press("right", "right")
        assert chosen(view) == "Vi"
        await pilot.press("ctrl+right", "down")
        assert view.selection == with_shift and chosen(view).startswith("Vi har ")
        await pilot.press("v", "down", "up")
        assert view.selection is None
        view.select(*(with_shift or (0, 0)))
        await pilot.press("left")
        assert view.selection is None and view.caret == turns[0].start


async def test_the_first_character_can_be_chosen_by_key_and_by_mouse() -> None:
    app, running = open_view(DocumentModel("alfa beta"))
    async with running as pilot:
        view = app.query_one(TranscriptView)
        await pilot.press("shift+right")
        assert view.selection == (0, 1)
        view.clear_selection()
        await drag(pilot, (GUTTER, 0), (GUTTER + 1, 0), (GUTTER, 0))
        assert view.selection == (0, 1)
        await drag(pilot, (GUTTER + 3, 0), (GUTTER, 0))
        assert view.selection == (0, 4)
        view.select(0, 1)
        assert view.selection == (0, 1)


async def test_a_drag_chooses_both_characters_and_all_between_across_a_wrap() -> None:
    text, turns = interview()
    messages: list[Message] = []
    app, running = open_view(DocumentModel(text, turns), messages)
    async with running as pilot:
        view = app.query_one(TranscriptView)
        start, end = text.index("oppfølging"), text.index("Noen venter") + len("Noen") - 1
        assert on_screen(view, start)[1] != on_screen(view, end)[1]
        await drag(pilot, on_screen(view, start), (GUTTER + 30, 0), on_screen(view, end))
        assert chosen(view) == text[start : end + 1]
        assert view.caret == end + 1
        await drag(pilot, on_screen(view, end), (GUTTER + 30, 0), on_screen(view, start))
        assert chosen(view) == text[start : end + 1]
        assert view.caret == start
        assert app.mouse_captured is None
        assert not told(messages, TranscriptView.Clicked)
        last = told(messages, TranscriptView.SelectionChanged)[-1]
        assert (last.start, last.end) == view.selection


async def test_a_drag_past_the_text_ends_with_the_text() -> None:
    app, running = open_view(DocumentModel("alfa beta \ngamma"))
    async with running as pilot:
        view = app.query_one(TranscriptView)
        await drag(pilot, (GUTTER + 5, 0), (GUTTER + 40, 0))
        assert chosen(view) == "beta"
        await drag(pilot, (GUTTER + 5, 0), (GUTTER + 3, 10))
        assert chosen(view) == "beta \ngamma"
        await drag(pilot, (GUTTER + 2, 1), (0, 1))
        assert chosen(view) == "gam"


async def test_clicks_place_the_caret_and_choose_ever_more() -> None:
    text, turns = interview()
    messages: list[Message] = []
    app, running = open_view(DocumentModel(text, turns), messages)
    async with running as pilot:
        view = app.query_one(TranscriptView)
        place = on_screen(view, text.index("boliger") + 2)
        await pilot.click("#view", offset=place)
        await pilot.pause()
        assert view.caret == text.index("boliger") + 2 and view.selection is None
        assert [message.offset for message in told(messages, view.Clicked)] == [view.caret]
        await pilot.click("#view", offset=place, times=2)
        await pilot.pause()
        assert chosen(view) == "boliger"
        await pilot.click("#view", offset=place, times=3)
        await pilot.pause()
        assert chosen(view) == SAID[: SAID.index(" Noen")]
        await pilot.click("#view", offset=(GUTTER + 3, 3), shift=True)
        await pilot.pause()
        assert view.caret == Layout(view.document, 60).offset_at(3, 3) + 1


async def test_holding_the_mouse_below_the_view_scrolls_on() -> None:
    text, turns = interview()
    app, running = open_view(DocumentModel(text, turns))
    async with running as pilot:
        view = app.query_one(TranscriptView)
        await pilot.mouse_down("#view", offset=(GUTTER, 2))
        moved = events.MouseMove(view, 10, 26, 0, 1, 1, False, False, False, 10, 26)
        view.on_mouse_move(moved)
        assert scrolling(view)
        for _ in range(5):
            view._scroll_on()
        assert view.scroll_offset.y == 15
        assert view.selection is not None
        assert Layout(view.document, 60).line_of(view.caret) == 15 + 23
        view.on_mouse_move(events.MouseMove(view, 10, 20, 0, -1, 1, False, False, False, 10, 20))
        assert not scrolling(view)
        await pilot.mouse_up("#view", offset=(10, 20))
        await pilot.pause()
        assert app.mouse_captured is None


async def test_the_caret_and_the_selection_keep_to_whole_characters() -> None:
    text = "a👩🏽\u200d🚀e\u0301🇳🇴b"
    app, running = open_view(DocumentModel(text))
    async with running as pilot:
        view = app.query_one(TranscriptView)
        places = [0]
        for _ in range(5):
            await pilot.press("right")
            places.append(view.caret)
        assert places == [0, 1, 5, 7, 9, 10]
        view.select(2, 6)
        assert view.selection == (1, 7)
        view.move_to(8)
        assert view.caret == 7
        await drag(pilot, (GUTTER + 2, 0), (GUTTER + 5, 0))
        assert chosen(view) == "👩🏽\u200d🚀e\u0301"


async def test_resizing_keeps_the_text_at_the_top() -> None:
    text, turns = interview(80)
    app, running = open_view(DocumentModel(text, turns))
    async with running as pilot:
        view = app.query_one(TranscriptView)
        view.scroll_to(y=100, animate=False)
        await pilot.pause()
        top = Layout(view.document, 60).span(100)[0]
        for width in (60, 100, 35, 80):
            await pilot.resize_terminal(width, 24)
            await pilot.pause()
            assert view.columns is not None and view.columns.width == width - 1
            start, end = Layout(view.document, view.columns.text).span(view.scroll_offset.y)
            assert start <= top < end
        assert view.scroll_offset.y == 100


async def test_a_coding_repaints_its_own_lines_and_lays_nothing_out(monkeypatch: pytest.MonkeyPatch) -> None:
    text, turns = interview(200)
    app, running = open_view(DocumentModel(text, turns))
    async with running as pilot:
        view = app.query_one(TranscriptView)
        view.select(text.index("oppfølging"), text.index("Noen venter"))
        await painted(pilot)
        start, end = view.selection or (0, 0)
        mark = Mark(id="new", start=start, end=end, initials="BO", colour="#0072b2")
        layout = Layout(view.document, 60)
        lines = layout.line_of(end - 1) - layout.line_of(start) + 1
        with counting(monkeypatch) as counts:
            view.add_mark(mark)
            await painted(pilot)
            view.refresh()
            await painted(pilot)
        assert counts == {"painted": lines}
        assert "BO" in view.render_line(layout.line_of(start)).text
        with counting(monkeypatch) as counts:
            view.update_mark(Mark(id="new", start=start, end=start + 2, initials="BO", colour="#0072b2"))
            view.update_mark(mark)
            view.remove_mark("new")
            await painted(pilot)
        assert counts == {"painted": lines}
        assert "BO" not in view.render_line(layout.line_of(start)).text
        with counting(monkeypatch) as counts:
            view.add_mark(Mark(id="far", start=len(text) - 50, end=len(text), initials="BO"))
            await painted(pilot)
        assert counts == {}


async def test_moving_repaints_two_lines_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    text, turns = interview(200)
    _, running = open_view(DocumentModel(text, turns))
    async with running as pilot:
        await painted(pilot)
        for key, most in (
            ("right", 1),
            ("down", 2),
            ("ctrl+right", 1),
            ("shift+down", 2),
            ("shift+right", 1),
        ):
            with counting(monkeypatch) as counts:
                await pilot.press(key)
                await painted(pilot)
            assert counts["painted"] <= most, key
            assert counts["texts laid out"] == counts["screens laid out"] == 0


async def test_paging_paints_no_line_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    text, turns = interview(200)
    _, running = open_view(DocumentModel(text, turns))
    async with running as pilot:
        await painted(pilot)
        with counting(monkeypatch) as counts:
            await pilot.press("pagedown", "pagedown", "pageup", "pageup")
            await painted(pilot)
        assert counts["painted"] <= 2 * 24 + 8
        assert counts["texts laid out"] == counts["screens laid out"] == 0


async def test_messages_say_where_the_caret_is_and_what_is_chosen() -> None:
    messages: list[Message] = []
    app, running = open_view(DocumentModel("alfa beta"), messages)
    async with running as pilot:
        view = app.query_one(TranscriptView)
        await pilot.press("right", "w", "escape", "home", "home")
        await pilot.pause()
        heard = [
            (message.offset,) if isinstance(message, view.CaretMoved) else (message.start, message.end)
            for message in told(messages, view.CaretMoved, view.SelectionChanged)
        ]
        assert heard == [(1,), (4,), (0, 4), (None, None), (0,)]


async def test_another_document_opens_at_its_caret() -> None:
    text, turns = interview(80)
    app, running = open_view(DocumentModel("kort"))
    async with running as pilot:
        view = app.query_one(TranscriptView)
        await pilot.press("shift+end", "v")
        place = text.index("oppfølging", len(text) // 2)
        view.set_search_hits([(0, 4)])
        view.load(DocumentModel(text, turns), caret=place)
        await pilot.pause()
        assert view.caret == place and view.selection is None and not view.marking
        assert abs(on_screen(view, place)[1] - 12) <= 1
        view.scroll_to(y=0, animate=False)
        assert view.render_line(0).text.startswith("  1 Intervjuer")
        assert not any(style.bold and style.underline for _, style, _ in view.render_line(0) if style)


async def test_escape_sequences_in_a_transcript_reach_no_terminal() -> None:
    attack = "\x1b]0;EIER\x07\x1b[2J\x9b31m\x1b]52;c;aGVp\x07\u202esnudd\u2069\ud800"
    text = f"Fagleder: {attack} og mer\n" * 3
    marks = [Mark(id="m", start=0, end=20, initials="\x1b[m", label="\x1b[2J", colour="#0072b2")]
    turns = [Turn(speaker="\x1b[31m", role="participant", label_start=0, start=10, end=text.index("\n"))]
    app, running = open_view(DocumentModel(text, turns, marks))
    async with running as pilot:
        view = app.query_one(TranscriptView)
        await pilot.press("t")
        shown = "".join(view.render_line(y).text for y in range(view.size.height))
        assert "␛]0;EIER␇␛[2J" in shown
        assert not regex.search(r"[\p{Cc}\p{Cf}\p{Cs}]", shown)
        assert chosen(view)[: len(attack)] == attack


async def test_pasted_text_reaches_nothing() -> None:
    app, running = open_view(DocumentModel("alfa"))
    async with running as pilot:
        view = app.query_one(TranscriptView)
        view.post_message(events.Paste("1\n2"))
        await pilot.pause()
        assert app.query_one(Frame).pasted == 0 and view.caret == 0


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light", "ansi-dark"])
async def test_changing_the_theme_changes_the_lines(theme: str) -> None:
    app, running = open_view(DocumentModel("alfa", marks=[Mark(id="m", start=0, end=4, colour="#0072b2")]))
    async with running as pilot:
        view = app.query_one(TranscriptView)
        app.theme = "nord"
        await pilot.pause()
        before = view.render_line(0)
        app.theme = theme
        await pilot.pause()
        assert view.render_line(0).text.startswith("  1 alfa")
        assert list(view.render_line(0)) != list(before)


async def test_the_caret_shows_whether_it_takes_keys_and_the_terminal_cursor_follows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app, running = open_view(DocumentModel("alfa\nbeta"))
    async with running as pilot:
        view = app.query_one(TranscriptView)
        await pilot.press("down", "right")
        assert app.cursor_position == (GUTTER + 1, 1)
        await painted(pilot)
        with counting(monkeypatch) as counts:
            app.set_focus(None)
            await painted(pilot)
        assert counts["painted"] == 1
        styles = {text: style for text, style, _ in view.render_line(1) if style}
        assert styles["e"].underline and not styles["e"].reverse
        view.focus()
        await painted(pilot)
        styles = {text: style for text, style, _ in view.render_line(1) if style}
        assert styles["e"].underline and styles["e"].reverse


async def test_other_marks_can_be_shown_over_the_same_text(monkeypatch: pytest.MonkeyPatch) -> None:
    app, running = open_view(DocumentModel("alfa", marks=[Mark(id="m", start=0, end=4, initials="EN")]))
    async with running as pilot:
        view = app.query_one(TranscriptView)
        await painted(pilot)
        with counting(monkeypatch) as counts:
            view.replace_marks([Mark(id="m", start=0, end=4, initials="TO")])
            view.set_search_hits([(2, 3), (1, 3), (4, 4)])
            await painted(pilot)
        assert counts == {"painted": 1}
        assert "TO" in view.render_line(0).text
        hits = [text for text, style, _ in view.render_line(0) if style and style.bold and style.underline]
        assert hits == ["a", "lf"]


async def test_a_hit_over_many_lines_is_seen_on_all_of_them() -> None:
    text, turns = interview()
    app, running = open_view(DocumentModel(text, turns))
    async with running as pilot:
        view = app.query_one(TranscriptView)
        view.set_search_hits([(0, 400), (5, 6)])
        await pilot.pause()
        assert any(style.bold and style.underline for _, style, _ in view.render_line(3) if style)


async def test_some_lines_are_kept_in_sight_around_the_caret() -> None:
    text, turns = interview()
    app, running = open_view(DocumentModel(text, turns))
    async with running as pilot:
        view = app.query_one(TranscriptView)
        for _ in range(23):
            await pilot.press("down")
        assert view.scroll_offset.y == canvas.LINES_AROUND
        await pilot.press("pageup")
        assert view.scroll_offset.y == 0
        view.move_to(text.index("Noen", 1500), centre=True)
        assert on_screen(view, view.caret)[1] == 12


async def test_without_colours_a_coding_is_underlined(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app, running = open_view(DocumentModel("alfa beta", marks=[Mark(id="m", start=5, end=9, colour="#0072b2")]))
    async with running as pilot:
        await pilot.press("shift+right")
        segments = {text: style for text, style, _ in app.query_one(TranscriptView).render_line(0) if style}
        assert segments["beta"].underline
        assert segments["a"].reverse


async def test_an_empty_document_can_be_walked() -> None:
    app, running = open_view(DocumentModel(""))
    async with running as pilot:
        view = app.query_one(TranscriptView)
        await pilot.press(
            "down", "right", "pagedown", "j", "w", "s", "t", "plus", "minus", "end", "v", "left", "escape"
        )
        await pilot.click("#view", offset=(10, 10))
        assert view.caret == 0 and view.selection is None


def test_keys_have_ids_and_leave_the_coding_letters_free() -> None:
    bindings = list(Binding.make_bindings(TranscriptView.BINDINGS))
    assert all(binding.id and binding.tooltip for binding in bindings)
    taken = {binding.key for binding in bindings}
    coding = {"c", "full_stop", ".", "u", "f", "F", "a", "r", "n", "N", "m", "i", "slash", "/", *"0123456789"}
    assert not taken & coding


async def test_a_caret_in_sight_stays_in_sight_when_the_view_gets_shorter() -> None:
    """As when a card or a memo opens below the text; a reader who has scrolled away from the caret is left alone."""
    text, spoken = interview()
    async with Host(DocumentModel(text, turns=spoken)).run_test(size=(60, 24)) as pilot:
        await pilot.pause()
        view = pilot.app.query_one(TranscriptView)
        for _line in range(20):
            await pilot.press("down")
        layout = Layout(view.document, view.scrollable_content_region.width - GUTTER)
        await pilot.resize_terminal(60, 10)
        await pilot.pause()
        assert 0 <= layout.line_of(view.caret) - view.scroll_offset.y < view.size.height
        view.scroll_to(y=60, animate=False, force=True)
        await pilot.pause()
        await pilot.resize_terminal(60, 8)
        await pilot.pause()
        assert view.scroll_offset.y == 60
