"""Decisions are learnt from while the researcher goes on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from codebooks.model import Code, Codebook, Signal, Terms
from workbench.services import codebook, importing, projects, sources, suggesting
from workbench.tui.app import KodebenkApp
from workbench.tui.screens.coding import CodingScreen
from workbench.tui.screens.suggestions import SuggestionsScreen

MakeApp = Callable[..., KodebenkApp]
SIZE = (100, 30)
QUESTION = "Nå vil jeg gjerne at du forteller litt om hvordan en helt vanlig dag er hos dere, fra morgenen og utover."
LINES = "".join(
    f"Intervjuer: {QUESTION}\n\nInformant 1: {said}\n\n"
    for said in ("Han bor på hospits nå.", "Hospitset ligger ved elva.", "Det er et hospits til i byen.") * 4
)


@pytest.fixture
def signalled(project_path: Path, tmp_path: Path) -> Path:
    """The project with a code that has a signal, and a third source where it fires often."""
    project = projects.open_existing(project_path, coder="Kari")
    signal = Signal(name="hospits", any=Terms(words=("hospits*",)))
    codebook.load_codebook(
        project, Codebook(name="s", codes=(Code(slug="hospits", name="Hospits", signals=(signal,)),))
    )
    (tmp_path / "03-by.txt").write_text(LINES, encoding="utf-8")
    importing.import_files(project, [tmp_path / "03-by.txt"])
    project.close()
    return project_path


async def settled(pilot: Pilot[None]) -> None:
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def test_a_decision_in_the_text_is_learnt_from_there(signalled: Path, make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("o")
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, CodingScreen) and screen.proposals
        await pilot.press("f", "r")
        await settled(pilot)
        (here,) = [each for each in sources.list_sources(screen.project) if each.id == screen.source.id]
        assert suggesting.is_current(screen.project, here)
        assert not screen.proposals
        assert screen.project.data_version() == screen._version


async def test_what_is_rejected_often_sinks_in_the_queue(signalled: Path, make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("f5")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, SuggestionsScreen)
        await pilot.press("k")
        await settled(pilot)
        before = {(each.source, each.start): each.score for each in screen.proposals}
        for _time in range(3):
            await pilot.press("r")
            await settled(pilot)
        left = {(each.source, each.start): each.score for each in screen.proposals}
        assert left and all(score < before[place] for place, score in left.items())
