"""Printing from the screen: what the dialog proposes and asks for, and what comes of it."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Select
from textual.widgets.select import InvalidSelectValueError

from workbench.services import codebook
from workbench.services.printing import CodebookWanted, CodeWanted, TranscriptWanted
from workbench.services.retrieval import Filter
from workbench.tui.app import KodebenkApp
from workbench.tui.dialogs.choose import ConfirmDialog
from workbench.tui.dialogs.paths import MessageDialog
from workbench.tui.dialogs.printing import PrintDialog, PrintWanted
from workbench.tui.dialogs.progress import ProgressDialog
from workbench.tui.screens.coding import CodingScreen
from workbench.tui.widgets.tick import Tick

MakeApp = Callable[..., KodebenkApp]


async def settle(pilot: Pilot[int]) -> None:
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()


async def asked(pilot: Pilot[int]) -> PrintDialog:
    await pilot.press("ctrl+o")
    await pilot.pause()
    dialog = pilot.app.screen
    assert isinstance(dialog, PrintDialog)
    return dialog


def proposed(dialog: PrintDialog) -> str:
    return Path(dialog.query_one("#path", Input).value).name


async def choose(pilot: Pilot[int], dialog: PrintDialog, field: str, value: str) -> None:
    dialog.query_one(f"#{field}", Select).value = value
    await pilot.pause()


async def test_the_source_on_the_screen_is_proposed_and_the_name_follows_what_is_chosen(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        dialog = await asked(pilot)
        assert proposed(dialog) == "prøve-01-elv.docx"
        assert dialog.query_one("#of-transcript").display and not dialog.query_one("#of-code").display
        await choose(pilot, dialog, "what", "code")
        assert proposed(dialog) == "prøve-bolig.docx"
        assert dialog.query_one("#of-code").display and not dialog.query_one("#of-transcript").display
        await choose(pilot, dialog, "format", ".pdf")
        assert proposed(dialog) == "prøve-bolig.pdf"
        await choose(pilot, dialog, "what", "codebook")
        assert proposed(dialog) == "prøve-kodebok.pdf"


async def test_a_name_that_was_typed_stays_and_only_its_ending_follows(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        dialog = await asked(pilot)
        dialog.query_one("#path", Input).value = "mitt.docx"
        await choose(pilot, dialog, "what", "codebook")
        await choose(pilot, dialog, "format", ".pdf")
        assert dialog.query_one("#path", Input).value == "mitt.pdf"


async def test_every_field_of_the_dialog_fits_a_small_terminal(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        dialog = await asked(pilot)
        for what in ("transcript", "code", "codebook"):
            await choose(pilot, dialog, "what", what)
            assert dialog.query_one("#write").region.bottom < 24
            assert dialog.query_one("#path").region.height == 1


async def test_what_is_chosen_is_what_the_service_is_asked_for(make_app: MakeApp) -> None:
    app = make_app()
    answers: list[PrintWanted | None] = []
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        source = app.opened.connection.execute("SELECT id FROM source ORDER BY ordinal").fetchone()[0]

        async def answered(what: str, **fields: object) -> object:
            dialog = await asked(pilot)
            await choose(pilot, dialog, "what", what)
            for name, value in fields.items():
                widget = dialog.query_one(f"#{name.replace('_', '-')}")
                assert isinstance(widget, Select | Input | Tick)
                widget.value = value
            await pilot.pause()
            dialog.dismiss = answers.append  # type: ignore[method-assign, assignment]
            await pilot.click("#write")
            app.pop_screen()
            await pilot.pause()
            answer = answers[0]
            answers.clear()
            assert answer is not None
            return answer.wanted

        assert await answered("transcript") == TranscriptWanted(sources=(source,))
        assert await answered("transcript", source="", margin="blind", every=True, coder=" Ola ") == TranscriptWanted(
            coder="Ola", every=1, codes=False, blind=True
        )
        assert await answered("transcript", margin="notes") == TranscriptWanted(sources=(source,), codes=False)
        assert await answered(
            "code", code="okonomi", below=False, case="Ås", code_coder="Ola", starred=True
        ) == CodeWanted(code="okonomi", exact=True, case="Ås", coder="Ola", starred=True)
        assert await answered("codebook") == CodebookWanted()


async def test_a_transcript_is_written_and_its_place_is_told(make_app: MakeApp, tmp_path: Path) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await asked(pilot)
        await pilot.click("#write")
        await settle(pilot)
        assert isinstance(app.screen, MessageDialog)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, CodingScreen)
    document = docx.Document(io.BytesIO((tmp_path / "prøve-01-elv.docx").read_bytes()))
    assert "lange køer" in "".join(cell.text for row in document.tables[0].rows for cell in row.cells)


async def test_a_file_that_is_there_is_asked_about_first(make_app: MakeApp, tmp_path: Path) -> None:
    there = tmp_path / "prøve-01-elv.docx"
    there.write_text("mitt")
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await asked(pilot)
        await pilot.click("#write")
        await settle(pilot)
        assert isinstance(app.screen, ConfirmDialog)
        await pilot.press("n")
        await settle(pilot)
        assert there.read_text() == "mitt"
        await asked(pilot)
        await pilot.click("#write")
        await settle(pilot)
        await pilot.press("j")
        await settle(pilot)
        assert there.read_bytes().startswith(b"PK")


async def test_on_the_excerpts_the_code_that_is_shown_is_proposed(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        app.show_excerpts(Filter(code="midlertidig-bolig", starred=True))
        await pilot.pause()
        dialog = await asked(pilot)
        assert dialog.query_one("#what", Select).value == "code"
        assert dialog.query_one("#code", Select).value == "midlertidig-bolig"
        assert dialog.query_one("#starred", Tick).value is True


async def test_a_project_without_codes_can_print_the_rest(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        for entry in reversed(codebook.list_codes(app.opened)):
            codebook.remove_code(app.opened, entry.id)
        dialog = await asked(pilot)
        with pytest.raises(InvalidSelectValueError):
            dialog.query_one("#what", Select).value = "code"
        await choose(pilot, dialog, "what", "codebook")
        assert proposed(dialog) == "prøve-kodebok.docx"


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for LibreOffice is a shell script")
async def test_esc_stops_a_print_and_nothing_is_written(
    make_app: MakeApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs, began = tmp_path / "programmer", tmp_path / "begynt"
    programs.mkdir()
    program = programs / "soffice"
    program.write_text(f'#!/bin/sh\ntouch "{began}"\nexec sleep 60\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        dialog = await asked(pilot)
        await choose(pilot, dialog, "format", ".pdf")
        await pilot.click("#write")
        while not began.exists():
            await pilot.pause(0.05)
        assert isinstance(app.screen, ProgressDialog)
        await pilot.press("escape")
        while not isinstance(app.screen, CodingScreen):
            await pilot.pause(0.05)
        await pilot.pause()
        told = [notification.message for notification in app._notifications]
        assert any("stoppet" in message for message in told)
    assert not list(tmp_path.glob("*.pdf"))
    assert not list(tmp_path.glob("kodebenk-pdf-*"))
