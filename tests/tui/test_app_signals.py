"""The screen of proposed signals: what is listed, taken in, undone, put aside and looked up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from workbench.services import coding, history, importing, projects, signals, sources, suggesting
from workbench.services.codebook import as_codebook, find_code
from workbench.services.importing import SourceFacts
from workbench.tui.app import KodebenkApp
from workbench.tui.presenting.signals import ROW_LINES
from workbench.tui.screens.coding import CodingScreen
from workbench.tui.screens.excerpts import ExcerptsScreen
from workbench.tui.screens.signals import SignalsScreen
from workbench.tui.screens.suggestions import SuggestionsScreen
from workbench.tui.widgets.key_bar import KeyBar
from workbench.tui.widgets.status_line import StatusLine

SIZE = (80, 24)
BOOK = """\
name: prøve
codes:
  - slug: bolig
    name: Bolig
  - slug: rop
    name: ROP
    signals:
      - name: ROP
        words: [rop]
        score: 0.9
"""
WEATHER = (
    "Månen lyser over fjorden. Katten løper i skogen. Regnet faller på taket. Toget kommer i morgen. Boka ligger på bordet. "
    "Fisken svømmer i elva. Snøen smelter om våren. Klokka henger på veggen. Bilen står i garasjen."
)
TEXTS = {
    "Elv": (
        "Anne sover på hospits. Berit betaler hospitset. Dag maler et hospits. Egil hater hospits. "
        "Avdeling ROP flyttet. Hos ROP er det kaffe. Ring ROP i dag. " + WEATHER,
        "Elvestrand",
    ),
    "Havn": ("Mange har ROP. Han fikk ROP tidlig. " + WEATHER, "Storhamn"),
}


@pytest.fixture
def signals_path(tmp_path: Path, settings_file: Path) -> Path:
    """Two reports: *hospits* is coded, *ROP* is accepted in one case and rejected in the other."""
    (tmp_path / "bok.yaml").write_text(BOOK, encoding="utf-8")
    project = projects.create(tmp_path / "signaler.kodebenk", coder="Kari", codebook=str(tmp_path / "bok.yaml"))
    for name, (text, case) in TEXTS.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        importing.save(
            project,
            importing.read_file(tmp_path / f"{name}.txt"),
            SourceFacts(kind="report", date="ukjent", cases=(case,)),
        )
    suggesting.run(project)
    for each in suggesting.list_proposals(project, status="pending"):
        (suggesting.accept if each.source_name == "Havn" else suggesting.reject)(project, each)
    elv = next(each for each in sources.list_sources(project) if each.name == "Elv")
    start = 0
    for sentence in TEXTS["Elv"][0].split(". ")[:4]:
        coding.apply_code(project, elv, start, start + len(sentence), find_code(project, "bolig"))
        start += len(sentence) + 2
    project.close()
    return project.path


@pytest.fixture
def app(signals_path: Path) -> KodebenkApp:
    return KodebenkApp(signals_path, coder="Kari")


async def settle(pilot: Pilot[int]) -> None:
    """Wait for long work and for what it shows."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()


async def opened(pilot: Pilot[int]) -> SignalsScreen:
    await pilot.pause()
    await pilot.press("O")
    await pilot.pause()
    assert isinstance(pilot.app.screen, SuggestionsScreen)
    await pilot.press("n")
    await settle(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, SignalsScreen)
    return screen


async def press(pilot: Pilot[int], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()


def listed(screen: SignalsScreen) -> list[str]:
    return [getattr(each, "term", None) or f"{each.signal} – {each.case}" for each in screen.entries]  # type: ignore[union-attr]


def lines(screen: SignalsScreen, row: int) -> list[str]:
    """What a row says, as it is drawn."""
    top = row * ROW_LINES
    return ["".join(segment.text for segment in screen.rows.render_line(y)) for y in range(top, top + ROW_LINES)]


def told(screen: SignalsScreen) -> str:
    return screen.query_one(StatusLine).shown


EVERYTHING = ["ROP – Elvestrand", "hospits"]


async def test_both_kinds_are_listed_with_figures_and_examples(app: KodebenkApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        assert listed(screen) == EVERYTHING
        head, *examples = lines(screen, 0)
        assert "«ROP» ikke i Elvestrand" in head and "der: 3 avvist, 0 godtatt · ellers: 0 avvist, 2" in head
        assert "Avdeling ROP flyttet." in examples[0] and "Elv" in examples[0]
        head, *examples = lines(screen, 1)
        assert "Bolig  «hospits»  4 med koden, 0 uten · bare én kilde" in head
        assert "Anne sover på hospits. Berit" in examples[0] and "Berit betaler hospitset. Dag" in examples[1]
        assert "2 forslag" in told(screen) and "ut fra 2 kodede kilder" in told(screen)
        assert "Ta inn" in screen.query_one(KeyBar).shown


async def test_a_word_is_taken_in_and_undone(app: KodebenkApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        await press(pilot, "down", "a")
        assert listed(screen) == EVERYTHING[:1]
        assert "La «hospits» til signalet «fra kodingen» i «Bolig». u angrer." in told(screen)
        code = as_codebook(app.opened).get("bolig")
        assert code is not None and [each.any.lemmas for each in code.signals] == [("hospits",)]
        await press(pilot, "u")
        assert listed(screen) == EVERYTHING and "Angret" in told(screen)
        code = as_codebook(app.opened).get("bolig")
        assert code is not None and code.signals == ()


async def test_an_exception_is_taken_in_and_undone(app: KodebenkApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        await press(pilot, "a")
        assert listed(screen) == EVERYTHING[1:]
        assert "Signalet «ROP» i «ROP» brukes ikke lenger i Elvestrand" in told(screen)
        await press(pilot, "u")
        assert listed(screen) == EVERYTHING


async def test_what_is_taken_in_is_not_found_again(app: KodebenkApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        await press(pilot, "a", "a")
        assert listed(screen) == []
        await pilot.press("k")
        await settle(pilot)
        assert listed(screen) == [] and "0 forslag" in told(screen)
        for key in ("a", "r", "e", "g", "enter"):
            await press(pilot, key)
        assert pilot.app.screen is screen
        assert any("ingen forslag til signaler" in each.message for each in app._notifications)


async def test_what_is_put_aside_stays_so_without_being_journaled(app: KodebenkApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        before = len(history.history(app.opened))
        await press(pilot, "r")
        assert listed(screen) == EVERYTHING[1:] and "1 skjult" in told(screen)
        assert len(history.history(app.opened)) == before
        assert len(signals.hidden(app.opened)) == 1
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, SuggestionsScreen)
        await pilot.press("n")
        await settle(pilot)
        again = pilot.app.screen
        assert isinstance(again, SignalsScreen) and listed(again) == EVERYTHING[1:]
        await press(pilot, "v")
        assert listed(again) == EVERYTHING and "skjult" in lines(again, 0)[0]
        await press(pilot, "home", "r", "v")
        assert listed(again) == EVERYTHING and signals.hidden(app.opened) == frozenset()


async def test_the_place_of_an_example_is_gone_to(app: KodebenkApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        await press(pilot, "down", "e")
        assert "betaler hospitset" in lines(screen, 1)[1]
        await press(pilot, "enter")
        desk = pilot.app.screen
        assert isinstance(desk, CodingScreen)
        start, end = desk.view.selection or (0, 0)
        assert (desk.source.name, desk.view.document.text[start:end]) == ("Elv", "hospitset")


async def test_examples_come_round(app: KodebenkApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        await press(pilot, "down")
        first = lines(screen, 1)
        await press(pilot, "e", "e", "e")
        assert lines(screen, 1) == first


async def test_excerpts_of_the_code_at_the_cursor(app: KodebenkApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await press(pilot, "down", "E")
        screen = pilot.app.screen
        assert isinstance(screen, ExcerptsScreen)
        assert {each.coding.slug for each in screen.excerpts} == {"bolig"}


async def test_looking_that_is_stopped_can_be_taken_up_again(app: KodebenkApp, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = signals.proposed_signals
    monkeypatch.setattr(signals, "proposed_signals", lambda *_given, **_named: None)
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        assert screen.found is None and "Avbrutt. k leter på nytt." in told(screen)
        await press(pilot, "a", "v")
        monkeypatch.setattr(signals, "proposed_signals", looked)
        await pilot.press("k")
        await settle(pilot)
        assert listed(screen) == EVERYTHING


async def test_a_project_with_nothing_coded_says_what_to_do(make_app: Callable[..., KodebenkApp]) -> None:
    async with make_app().run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        assert listed(screen) == [] and "Ingenting er kodet eller vurdert ennå" in told(screen)


async def test_a_reader_looks_and_changes_nothing(signals_path: Path) -> None:
    app = KodebenkApp(signals_path, coder="Ole", readonly=True)
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        await press(pilot, "a")
        assert listed(screen) == EVERYTHING
        assert any("åpnet for lesing" in each.message for each in app._notifications)
        await press(pilot, "r")
        assert listed(screen) == EVERYTHING[1:] and signals.hidden(app.opened) == frozenset()
