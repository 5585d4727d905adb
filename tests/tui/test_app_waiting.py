"""A newer version of the open text, and the queue of what waits for a place in it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from rich.text import Text
from textual.pilot import Pilot
from textual.widgets import Input, Static

from workbench.core.entities import Waiting
from workbench.services import codebook, coding, projects, sources, versions, waiting
from workbench.services.retrieval import find_excerpts
from workbench.tui.app import KodebenkApp
from workbench.tui.dialogs.choose import ConfirmDialog
from workbench.tui.presenting.lines import excerpt_lines
from workbench.tui.presenting.waiting import newer_places, older_place, waiting_lines
from workbench.tui.screens.coding import CodingScreen
from workbench.tui.screens.waiting import WaitingScreen
from workbench.tui.widgets.status_line import StatusLine

MakeApp = Callable[..., KodebenkApp]
SIZE = (100, 30)
FIRST = """Intervjuer: Hvordan er det med bolig her?

Informant 1: Det er lange køer. Folk bor på hospits i månedsvis, og ingen vet hvor lenge.

Intervjuer: Og økonomien?

Informant 1: Vi har ikke penger til flere boliger. Kari Nordli sa det samme i fjor.

Intervjuer: Takk for praten.
"""
"""What the project's first source says."""
NEWER = FIRST.replace("Folk bor på hospits i månedsvis, og ingen vet hvor lenge.", "Ja.").replace(
    "\n\nIntervjuer: Takk for praten.\n", " Ikke flere. Ikke penger nå.\n"
)
LOST = ("Folk bor på hospits i månedsvis, og ingen vet hvor lenge.", "Takk for praten.", "Ikke penger")


async def settle(pilot: Pilot[int]) -> None:
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    path = tmp_path / "01-elv-ny.txt"
    path.write_text(NEWER, encoding="utf-8")
    return path


@pytest.fixture
def replaced(project_path: Path, newer: Path) -> None:
    """A newer version has been taken in, and two codings wait."""
    project = projects.open_existing(project_path, coder="Kari")
    source = sources.list_sources(project)[0]
    code = codebook.find_code(project, "bolig")
    for words in LOST[:2]:
        start = FIRST.index(words)
        coding.apply_code(project, source, start, start + len(words), code)
    versions.replace_text(project, source, versions.read_version(project, source, newer))
    assert len(waiting.list_waiting(project)) == 2
    project.close()


def coding_screen(app: KodebenkApp) -> CodingScreen:
    assert isinstance(app.screen, CodingScreen)
    return app.screen


def queue(app: KodebenkApp) -> WaitingScreen:
    assert isinstance(app.screen, WaitingScreen)
    return app.screen


def status(app: KodebenkApp) -> str:
    return app.screen.query_one(StatusLine).shown


async def test_a_newer_version_is_chosen_seen_over_and_taken_in(make_app: MakeApp, newer: Path) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        screen = coding_screen(app)
        start = FIRST.index(LOST[0])
        screen.view.select(start, start + len(LOST[0]))
        screen.apply(codebook.find_code(screen.project, "bolig").id)
        await pilot.press("T", "8")
        await pilot.pause()
        app.screen.query_one("#paths", Input).value = str(newer)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, ConfirmDialog)
        await pilot.press("j")
        await settle(pilot)
        assert [each.text for each in queue(app).queue] == [LOST[0]]
        await pilot.press("escape")
        await pilot.pause()
        assert coding_screen(app).view.document.text == NEWER
        assert "1 venter på plass" in status(app)


@pytest.mark.usefixtures("replaced")
async def test_the_queue_is_emptied_one_key_at_a_time(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("f2", "v")
        await pilot.pause()
        screen = queue(app)
        assert str(screen.query_one(".heading", Static).content).startswith("2 venter på plass")
        assert screen.rows.cursor == 0
        await pilot.press("s")
        assert screen.rows.cursor == 1
        await pilot.press("x")
        await pilot.pause()
        assert [each.text for each in screen.queue] == [LOST[0]]
        await pilot.press("u")
        await pilot.pause()
        assert len(screen.queue) == 2
        await pilot.press("home", "o")
        await pilot.pause()
        text = coding_screen(app)
        assert "marker plassen" in status(app)
        start = NEWER.index("Ja.")
        text.view.select(start, start + 3)
        await pilot.press("T", "1")
        await pilot.pause()
        assert [each.text for each in queue(app).queue] == [LOST[1]]
        assert "Plasserte Bolig (Kari)" in status(app)
        await pilot.press("x", "escape")
        await pilot.pause()
        assert [each.text for each in coding_screen(app).codings.values()] == ["Ja."]
        assert "venter" not in status(app)


@pytest.mark.usefixtures("replaced")
def test_what_waits_is_marked_among_excerpts_with_its_older_words(project_path: Path) -> None:
    with closing(projects.open_existing(project_path, coder="Kari")) as project:
        excerpt = find_excerpts(project)[0]
    assert (excerpt.coding.text, excerpt.waiting) == ("", LOST[0])
    lines = excerpt_lines(excerpt, "", ticked=False, context=False, width=90)
    assert "venter på plass" in lines[0].plain
    assert LOST[0] in lines[1].plain


def test_places_are_shown_in_their_text_with_the_number_that_chooses_them() -> None:
    waits = Waiting(id="w", target_kind="coding", target="c", source="s", old_version="v", old_start=4, old_end=7,
                    text="Ja.", candidates=((0, 3), (8, 11)), reason="Ordene finnes to steder.")  # fmt: skip
    before, now = older_place(waits, "Nei Ja. Og mer"), newer_places(waits, "Ja. Nei Ja. Slutt")
    assert "«Ja.»" in before.plain
    assert "Ordene finnes to steder." in before.plain
    assert [line[:2] for line in now.plain.splitlines()[1:]] == ["1 ", "2 "]
    lines: list[Text] = waiting_lines(waits, "Bolig (Kari)", "01-elv", 60)
    assert "2 mulige steder" in lines[0].plain
