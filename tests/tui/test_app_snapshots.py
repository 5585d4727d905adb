"""What the main screens look like; `pytest --snapshot-update` accepts a change that is meant."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from workbench.services import codebook, reading
from workbench.tui.app import KodebenkApp
from workbench.tui.screens.coding import CodingScreen

MakeApp = Callable[..., KodebenkApp]
Compare = Callable[..., bool]


async def coded(pilot: Pilot[int]) -> None:
    """Two codings that overlap, a pinned code, and the caret in the middle of them."""
    await pilot.pause()
    app: Any = pilot.app
    screen: CodingScreen = app.coding
    text = screen.view.document.text
    for words, name in (("Folk bor på hospits i månedsvis", "midlertidig"), ("hospits", "bolig")):
        start = text.index(words)
        screen.apply(codebook.find_code(screen.project, name).id, (start, start + len(words)))
    reading.pin_code(screen.project, 1, codebook.find_code(screen.project, "bolig").id)
    screen.reload()
    screen.view.move_to(text.index("hospits") + 2)
    await pilot.pause()


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)


def test_coding_wide(make_app: MakeApp, snap_compare: Compare) -> None:
    async def before(pilot: Pilot[int]) -> None:
        await coded(pilot)
        await pilot.press("d")
        await pilot.pause(0.3)

    assert snap_compare(make_app(), terminal_size=(140, 30), run_before=before)


def test_coding_at_eighty_by_twentyfour_with_the_code_dialog(make_app: MakeApp, snap_compare: Compare) -> None:
    async def before(pilot: Pilot[int]) -> None:
        await coded(pilot)
        await pilot.press("c")
        await pilot.pause()
        await pilot.press("b", "o")
        # A cursor that blinks would make two pictures of one screen.
        pilot.app.screen.query_one("#typed").cursor_blink = False  # type: ignore[attr-defined]
        await pilot.pause()

    assert snap_compare(make_app(), terminal_size=(80, 24), run_before=before)


def test_codebook_in_a_light_theme(make_app: MakeApp, snap_compare: Compare) -> None:
    async def before(pilot: Pilot[int]) -> None:
        await coded(pilot)
        pilot.app.theme = "textual-light"
        await pilot.press("f4")
        await pilot.pause(0.3)

    assert snap_compare(make_app(), terminal_size=(100, 24), run_before=before)
