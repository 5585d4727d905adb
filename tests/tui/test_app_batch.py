"""Many at once on the screens: ticked excerpts, ticked hits, and what is coded by rule."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import TextArea

from workbench import settings
from workbench.core.entities import Coding
from workbench.services import codebook, coding, memos
from workbench.tui.app import KodebenkApp
from workbench.tui.copying import clippings
from workbench.tui.dialogs.autocoding import OptionDialog
from workbench.tui.dialogs.choose import ChooseDialog
from workbench.tui.dialogs.search import SearchDialog
from workbench.tui.dialogs.shared_memo import SharedMemoDialog
from workbench.tui.screens.coding import CodingScreen
from workbench.tui.screens.excerpts import ExcerptsScreen
from workbench.tui.screens.finding import FindingScreen
from workbench.tui.widgets.key_bar import KeyBar
from workbench.tui.widgets.status_line import StatusLine

MakeApp = Callable[..., KodebenkApp]
SIZE = (120, 40)
WORDS = ("Det er lange køer", "Folk bor på hospits", "flere boliger")


async def settle(pilot: Pilot[int]) -> None:
    """Wait for long work and for what it shows."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()


def desk(app: KodebenkApp) -> CodingScreen:
    assert app.coding is not None
    return app.coding


def on_top(app: KodebenkApp) -> object:
    return app.screen


def status(app: KodebenkApp) -> str:
    return app.screen.query_one(StatusLine).shown


def all_codings(app: KodebenkApp) -> list[Coding]:
    return coding.list_codings(desk(app).project)


async def excerpts(app: KodebenkApp, pilot: Pilot[int]) -> ExcerptsScreen:
    """The excerpts screen with three codings on «Bolig»."""
    await settle(pilot)
    screen = desk(app)
    code = codebook.find_code(screen.project, "bolig").id
    for words in WORDS:
        start = screen.view.document.text.index(words)
        screen.apply(code, (start, start + len(words)))
    await pilot.press("E")
    await pilot.pause()
    shown = app.screen
    assert isinstance(shown, ExcerptsScreen)
    return shown


# -- excerpts


async def test_ticked_excerpts_are_recoded_in_one_step(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await excerpts(app, pilot)
        await pilot.press("space", "space")
        assert "(2 krysset av)" in status(app)
        assert app.screen.query_one(KeyBar).shown.startswith("o Kod om")
        await pilot.press("o", *"økonomi", "enter")
        await settle(pilot)
        assert "Kodet om til «Økonomi»: 2 gjort" in status(app)
        assert [each.slug for each in all_codings(app)] == ["okonomi", "okonomi", "bolig"]
        await pilot.press("u")
        await pilot.pause()
        assert [each.slug for each in all_codings(app)] == ["bolig"] * 3


async def test_a_range_is_ticked_and_gets_one_more_code(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await excerpts(app, pilot)
        await pilot.press("space", "down", "t")
        assert "(3 krysset av)" in status(app)
        await pilot.press("a", *"økonomi", "enter")
        await settle(pilot)
        assert "Kodet også med «Økonomi»: 3 gjort" in status(app)
        assert len(all_codings(app)) == 6
        await pilot.press("u")
        await pilot.pause()
        assert len(all_codings(app)) == 3


async def test_ticks_stay_when_a_filter_hides_them(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        screen = await excerpts(app, pilot)
        await pilot.press("s", "A", "v")
        await pilot.pause()
        assert len(screen.excerpts) == 1
        assert "(3 krysset av) (2 vises ikke)" in status(app)
        await pilot.press("s")
        await settle(pilot)
        assert "★ utvalgt: 2 gjort, 1 var slik fra før" in status(app)
        await pilot.press("x", "j")
        await settle(pilot)
        assert all_codings(app) == []
        await pilot.press("u")
        await pilot.pause()
        assert [each.star for each in all_codings(app)] == [True] * 3


async def test_a_memo_about_several(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await excerpts(app, pilot)
        await pilot.press("A", "m")
        await pilot.pause()
        dialog = on_top(app)
        assert isinstance(dialog, SharedMemoDialog)
        dialog.query_one(TextArea).text = "Kø og hospits"
        await pilot.press("escape")
        assert on_top(app) is dialog
        await pilot.press("ctrl+l")
        await settle(pilot)
        (memo,) = memos.list_memos(desk(app).project)
        assert memo.text.startswith("Kø og hospits\n\n[[")
        assert memo.text.count("[[") == 3
        assert "Ett memo med lenker: 3 gjort" in status(app)


async def test_copying_excerpts(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TMUX", raising=False)
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await excerpts(app, pilot)
        quotes = [each.quote for each in all_codings(app)]
        await pilot.press("y")
        assert app.clipboard == f"«Det er lange køer» [{quotes[0]}]"
        assert "Kopiert" in status(app)
        await pilot.press("A", "Y")
        file = clippings(desk(app).project)
        assert str(file)[-20:] in status(app)
        assert file.read_text(encoding="utf-8") == (
            f"«Det er lange køer» [{quotes[0]}]\n\n«Folk bor på hospits» [{quotes[1]}]\n\n"
            f"«flere boliger» [{quotes[2]}]\n\n"
        )


# -- copying from the text


async def test_copying_the_coding_the_selection_or_the_sentence(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        screen = desk(app)
        text = screen.view.document.text
        start = text.index("Det er lange køer")
        screen.view.move_to(start + 3)
        await pilot.press("y")
        assert app.clipboard == "«Det er lange køer.» (01-elv, replikk 2)"
        screen.apply(codebook.find_code(screen.project, "bolig").id, (start, start + 17))
        await pilot.press("y")
        quote = all_codings(app)[0].quote
        assert app.clipboard == f"«Det er lange køer» [{quote}]"
        screen.view.move_to(start + 3)
        await pilot.press("y")
        assert app.clipboard == f"«Det er lange køer» [{quote}]"
        screen.view.select(start + 7, start + 17)
        await pilot.press("y")
        assert app.clipboard == "«lange køer» (01-elv, replikk 2)"


async def test_two_codings_at_the_caret_are_asked_about(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        screen = desk(app)
        start = screen.view.document.text.index("Det er lange køer")
        code = codebook.find_code(screen.project, "bolig").id
        screen.apply(code, (start, start + 17))
        screen.apply(code, (start + 7, start + 17))
        screen.view.move_to(start + 9)
        await pilot.press("y")
        await pilot.pause()
        assert isinstance(on_top(app), ChooseDialog)
        await pilot.press("2")
        await pilot.pause()
        assert app.clipboard.startswith(("«lange køer» [", "«Det er lange køer» ["))


async def test_the_settings_can_send_copies_to_the_file(make_app: MakeApp, settings_file: Path) -> None:
    settings.save(settings.Settings(clipboard="file"))
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        screen = desk(app)
        screen.view.move_to(screen.view.document.text.index("Det er lange"))
        await pilot.press("y")
        assert app.clipboard == ""
        assert "utklipp.md" in screen.message
        assert clippings(screen.project).read_text(encoding="utf-8").startswith("«Det er lange køer.»")


# -- hits and rules


async def hits(app: KodebenkApp, pilot: Pilot[int], words: str) -> FindingScreen:
    await settle(pilot)
    await pilot.press("L")
    await settle(pilot)
    assert isinstance(on_top(app), SearchDialog)
    await pilot.press(*words, "enter")
    await settle(pilot)
    screen = app.screen
    assert isinstance(screen, FindingScreen)
    return screen


async def test_ticked_hits_are_coded_with_their_sentences(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        screen = await hits(app, pilot, "hospits")
        await pilot.press("e")
        await settle(pilot)
        assert [each.hit.text for each in screen.listed.candidates] == [
            "Folk bor på hospits i månedsvis, og ingen vet hvor lenge.", "Av og til er vi på hospitset.",
        ]  # fmt: skip
        await pilot.press("A", "down", "space")
        assert "1 krysset av" in status(app)
        assert "koder setningen" in status(app)
        await pilot.press("c", *"bolig", "enter")
        await settle(pilot)
        assert "Kodet 1 sted med «Bolig»" in status(app)
        (made,) = all_codings(app)
        assert (made.text, made.origin) == ("Folk bor på hospits i månedsvis, og ingen vet hvor lenge.", "autocode")
        await pilot.press("u")
        await pilot.pause()
        assert all_codings(app) == []


async def test_ticks_follow_the_unit_and_are_there_after_a_look_at_a_place(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        screen = await hits(app, pilot, "hospits")
        await pilot.press("space", "e")
        await settle(pilot)
        assert len(screen.ticks) == 1
        await pilot.press("enter")
        await settle(pilot)
        assert on_top(app) is desk(app)
        await pilot.press("L")
        await settle(pilot)
        again = on_top(app)
        assert isinstance(again, FindingScreen)
        assert (len(again.ticks), again.listed.unit) == (1, "sentence")


async def test_answers_to_a_question_come_ticked(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        screen = await hits(app, pilot, "hospits")
        await pilot.press("k", "3")
        await settle(pilot)
        dialog = on_top(app)
        assert isinstance(dialog, OptionDialog)
        await pilot.press(*"økonomien")
        await pilot.pause()
        assert [each.name for each in dialog.found if each] == ["Og økonomien?"]
        await pilot.press("enter")
        await settle(pilot)
        assert [each.hit.text[:17] for each in screen.listed.candidates] == ["Vi har ikke penge"]
        assert "svar på «Og økonomien?»" in status(app)
        assert "1 krysset av" in status(app)
        await pilot.press("c", *"Penger", "enter")
        await settle(pilot)
        assert [each.code_name for each in all_codings(app)] == ["Penger"]
        await pilot.press("u")
        await pilot.pause()
        assert "penger" not in [entry.slug for entry in codebook.list_codes(desk(app).project)]


async def test_searching_in_one_source(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        screen = await hits(app, pilot, "hospits")
        await pilot.press("l", "3")
        await settle(pilot)
        assert [hit.source.name for hit in screen.listed.hits] == ["02-fjell"]
        assert "i 02-fjell" in status(app)


async def test_a_list_in_a_readonly_project_says_no(make_app: MakeApp) -> None:
    app = make_app(readonly=True)
    async with app.run_test(size=SIZE) as pilot:
        await hits(app, pilot, "hospits")
        await pilot.press("c", *"bolig", "enter")
        await settle(pilot)
        assert all_codings(app) == []
        assert isinstance(on_top(app), FindingScreen)
