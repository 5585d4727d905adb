"""The screens around coding: start, import, codebook, suggestions, excerpts, matrix, report and export."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import DataTable, Input, TextArea

from codebooks.model import Code, Codebook, Signal, Terms
from workbench import settings
from workbench.services import codebook, coding, projects, sources, suggesting, texts
from workbench.services.importing import SpeakerChoice
from workbench.tui import importing
from workbench.tui.app import KodebenkApp
from workbench.tui.dialogs.code_form import CodeFormDialog
from workbench.tui.dialogs.paths import MessageDialog
from workbench.tui.dialogs.text import LineDialog
from workbench.tui.screens.codebook import CodebookScreen
from workbench.tui.screens.coding import CodingScreen
from workbench.tui.screens.excerpts import ExcerptsScreen
from workbench.tui.screens.importing import ImportScreen
from workbench.tui.screens.matrix import MatrixScreen
from workbench.tui.screens.risks import RisksScreen
from workbench.tui.screens.start import StartScreen
from workbench.tui.screens.suggestions import SuggestionsScreen
from workbench.tui.widgets.status_line import StatusLine

MakeApp = Callable[..., KodebenkApp]
SIZE = (120, 40)


async def settle(pilot: Pilot[int]) -> None:
    """Wait for long work and for what it shows."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()


def desk(app: KodebenkApp) -> CodingScreen:
    assert app.coding is not None
    return app.coding


def apply(app: KodebenkApp, words: str, name: str) -> None:
    screen = desk(app)
    start = screen.view.document.text.index(words)
    entry = codebook.find_code(screen.project, name)
    screen.apply(entry.id, (start, start + len(words)))


# -- start


async def test_the_name_is_asked_once_and_kept(project_path: Path, settings_file: Path) -> None:
    app = KodebenkApp(project_path)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, LineDialog)
        app.screen.query_one(Input).value = "Berit"
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, CodingScreen)
        assert app.project is not None and app.project.coder_name == "Berit"
        await app.action_quit()
    assert settings.load().coder == "Berit"
    again = KodebenkApp(project_path)
    async with again.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert isinstance(again.screen, CodingScreen)


async def test_a_new_project_from_the_start_screen(tmp_path: Path, settings_file: Path) -> None:
    app = KodebenkApp(coder="Kari")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, StartScreen)
        await pilot.press("n")
        await pilot.pause()
        app.screen.query_one("#title", Input).value = "Boligstudie"
        app.screen.query_one("#folder", Input).value = str(tmp_path)
        await pilot.click("#make")
        await pilot.pause()
        assert isinstance(app.screen, CodingScreen)
        assert projects.facts(app.screen.project).title == "Boligstudie"
        await app.action_quit()
    assert (tmp_path / "Boligstudie.kodebenk").exists()
    assert projects.recent() == [tmp_path / "Boligstudie.kodebenk"]


async def test_a_file_that_is_no_project_is_refused_on_the_start_screen(tmp_path: Path, settings_file: Path) -> None:
    stray = tmp_path / "brev.kodebenk"
    stray.write_text("Kjære deg", encoding="utf-8")
    app = KodebenkApp(coder="Kari")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        app.open_project(stray)
        await pilot.pause()
        assert isinstance(app.screen, StartScreen)
        assert any("brev.kodebenk" in each.message for each in app._notifications)


# -- import


async def test_files_are_looked_over_before_they_are_saved(make_app: MakeApp, tmp_path: Path) -> None:
    folder = tmp_path / "inn"
    folder.mkdir()
    (folder / "a.txt").write_text("Intervjuer: Hei.\n\nInformant 9: Hallo der.\n\nIntervjuer: Ja.\n", encoding="utf-8")
    (folder / "b.xyz").write_text("x", encoding="utf-8")
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        importing.read_files(app, [folder / "a.txt", folder / "b.xyz"])
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, ImportScreen)
        assert [(draft.path.name, draft.reading is not None) for draft in screen.drafts] == [
            ("a.txt", True),
            ("b.xyz", False),
        ]
        assert len(sources.list_sources(screen.project)) == 2
        await pilot.press("e")
        await pilot.pause()
        app.screen.query_one("#name", Input).value = "Intervju A"
        app.screen.query_one("#cases", Input).value = "Elvestrand"
        app.screen.query_one("#wave", Input).value = "2"
        await pilot.click("#save")
        await pilot.pause()
        await pilot.press("t")
        await pilot.pause()
        await pilot.press("2")
        await pilot.pause()
        app.screen.query_one("#informant", Input).value = "I09"
        app.screen.query_one("#informant-role", Input).value = "fagleder"
        await pilot.click("#save")
        await pilot.pause()
        await pilot.press("ctrl+s")
        await settle(pilot)
        found = next(each for each in sources.list_sources(app.opened) if each.name == "Intervju A")
        assert (found.cases, found.wave, found.informants) == (("Elvestrand",), "2", ("I09",))
        assert isinstance(app.screen, CodingScreen)
        assert "Intervju A" in [each.name for each in app.screen.sources]


async def test_a_text_imported_before_is_refused_and_the_others_saved(make_app: MakeApp, tmp_path: Path) -> None:
    (tmp_path / "ny.txt").write_text("Noe helt annet ble sagt.\n", encoding="utf-8")
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        importing.read_files(app, [tmp_path / "01-elv.txt", tmp_path / "ny.txt"])
        await settle(pilot)
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert [each.name for each in sources.list_sources(app.opened)] == ["01-elv", "02-fjell", "ny"]
        assert any("importert før" in each.message for each in app._notifications)


# -- sources


async def test_deleting_a_source_says_what_goes_with_it(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        apply(app, "lange køer", "bolig")
        await pilot.press("f2", "x")
        await pilot.pause()
        question = app.screen.query_one(".question")
        assert "1 koding" in str(question.render())
        await pilot.press("j")
        await pilot.pause()
        assert [each.name for each in desk(app).sources] == ["02-fjell"]
        await pilot.press("u")
        await pilot.pause()
        assert [each.name for each in desk(app).sources] == ["01-elv", "02-fjell"]


async def test_renaming_a_source(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("f2", "r")
        await pilot.pause()
        app.screen.query_one(Input).value = "Elvestrand 1"
        await pilot.press("enter")
        await pilot.pause()
        assert desk(app).source.name == "Elvestrand 1"


# -- corrections


async def test_a_masked_name_is_gone_everywhere_and_codings_follow(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        apply(app, "sa det samme i fjor", "bolig")
        screen = desk(app)
        start = screen.view.document.text.index("Kari Nordli")
        screen.view.select(start, start + len("Kari Nordli"))
        await pilot.press("T")
        await pilot.pause()
        await pilot.press("7")
        await pilot.pause()
        app.screen.query_one("#instead", Input).value = "[leder]"
        await pilot.click("#save")
        await pilot.pause()
        assert "[leder] sa det samme" in screen.view.document.text
        assert "Kari" not in screen.view.document.text
        assert [each.text for each in screen.codings.values()] == ["sa det samme i fjor"]


async def test_a_turn_given_to_another_speaker(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        screen = desk(app)
        screen.view.move_to(screen.view.document.text.index("Og økonomien"))
        await pilot.press("T")
        await pilot.pause()
        await pilot.press("1")
        await pilot.pause()
        await pilot.press("1")
        await pilot.pause()
        assert "Informant 1: Og økonomien?" in screen.view.document.text


# -- codebook


async def test_codes_are_made_described_moved_merged_and_retired(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        apply(app, "lange køer", "økonomi")
        await pilot.press("f4")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, CodebookScreen)
        await pilot.press("n")
        await pilot.pause()
        await pilot.press(*"ventetid", "enter")
        await pilot.pause()
        await pilot.pause()
        entry = codebook.find_code(screen.project, "ventetid")
        screen.code_tree.choose(entry.id)
        await pilot.press("e")
        await pilot.pause()
        assert isinstance(app.screen, CodeFormDialog)
        app.screen.query_one("#definition", TextArea).text = "Tid i kø."
        app.screen.query_one("#examples", TextArea).text = "vi venter\nlang kø"
        await pilot.press("ctrl+s")
        await pilot.pause()
        entry = codebook.find_code(screen.project, "ventetid")
        assert (entry.definition, entry.examples) == ("Tid i kø.", ("vi venter", "lang kø"))
        screen.code_tree.choose(codebook.find_code(screen.project, "økonomi").id)
        await pilot.press("g")
        await pilot.pause()
        await pilot.press(*"vente", "enter")
        await pilot.pause()
        await pilot.press("j")
        await pilot.pause()
        assert [each.code_name for each in coding.list_codings(screen.project)] == ["ventetid"]
        screen.code_tree.choose(entry.id)
        await pilot.press("t")
        await pilot.pause()
        assert codebook.find_code(screen.project, "ventetid").status == "retired"
        await pilot.press("escape")
        await pilot.pause()
        assert [each.code_name for each in desk(app).codings.values()] == ["ventetid"]


async def test_a_used_code_is_not_deleted(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        apply(app, "lange køer", "økonomi")
        await pilot.press("f4")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, CodebookScreen)
        screen.code_tree.choose(codebook.find_code(screen.project, "økonomi").id)
        await pilot.press("x")
        await pilot.pause()
        assert any("kan ikke slettes" in each.message for each in app._notifications)


# -- suggestions


@pytest.fixture
def signalled(project_path: Path) -> Path:
    """The project with a code that has a signal."""
    project = projects.open_existing(project_path, coder="Kari")
    signal = Signal(name="hospits", any=Terms(words=("hospits*",)))
    codebook.load_codebook(
        project, Codebook(name="s", codes=(Code(slug="hospits", name="Hospits", signals=(signal,)),))
    )
    project.close()
    return project_path


async def test_suggestions_are_off_until_switched_on_then_accepted_or_rejected(
    signalled: Path, make_app: MakeApp
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        screen = desk(app)
        assert not screen.proposals
        await pilot.press("o")
        await settle(pilot)
        assert [each.code_name for each in screen.proposals.values()] == ["Hospits"]
        await pilot.press("f")
        await pilot.pause()
        assert "«hospits»" in screen.message.casefold()
        start = screen.view.document.text.index("hospits")
        screen.view.select(start, start + len("hospits"))
        await pilot.press("a")
        await pilot.pause()
        assert [(each.text, each.origin) for each in screen.codings.values()] == [("hospits", "suggestion")]
        assert not screen.proposals
        await pilot.press("u")
        await pilot.pause()
        assert not screen.codings and len(screen.proposals) == 1
        await pilot.press("f", "r")
        await pilot.pause()
        assert not screen.proposals and not screen.codings
        assert len(suggesting.list_proposals(screen.project, status="rejected")) == 1
        # A thread has worked in the file; closing it must still make it whole.
        await app.action_quit()
    assert not signalled.with_name(signalled.name + "-wal").exists()


async def test_the_queue_over_all_sources(signalled: Path, make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("f5")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, SuggestionsScreen)
        await pilot.press("k")
        await settle(pilot)
        assert {each.source_name for each in screen.proposals} == {"01-elv", "02-fjell"}
        await pilot.press("a")
        await pilot.pause()
        assert len(screen.proposals) == 1
        assert len(coding.list_codings(screen.project)) == 1
        left = screen.proposals[0]
        await pilot.press("g")
        await pilot.pause()
        assert isinstance(app.screen, CodingScreen)
        assert app.screen.source.id == left.source
        assert app.screen.view.selection == (left.start, left.end)


# -- excerpts and matrix


async def test_from_a_number_to_its_excerpts_and_from_there_to_the_place(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        apply(app, "lange køer", "midlertidig")
        apply(app, "penger", "økonomi")
        sources.describe_source(app.opened, desk(app).source, cases=["Elvestrand"])
        await pilot.press("f7")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, MatrixScreen)
        assert screen.matrix is not None
        assert (screen.matrix.rows, screen.matrix.columns) == (("Elvestrand",), ("bolig", "okonomi"))
        table = screen.query_one(DataTable)
        table.move_cursor(row=0, column=1)
        await pilot.press("enter")
        await pilot.pause()
        shown = app.screen
        assert isinstance(shown, ExcerptsScreen)
        assert [each.coding.text for each in shown.excerpts] == ["lange køer"]
        await pilot.press("s")
        await pilot.pause()
        assert shown.excerpts[0].coding.star
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, CodingScreen)
        assert app.screen.view.document.text[slice(*(app.screen.view.selection or (0, 0)))] == "lange køer"


async def test_ticked_excerpts_are_recoded_together(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        for words in ("lange køer", "penger", "hospits"):
            apply(app, words, "bolig")
        await pilot.press("E")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, ExcerptsScreen)
        await pilot.press("space", "space", "o")
        await pilot.pause()
        await pilot.press(*"økon", "enter")
        await pilot.pause()
        found = {each.text: each.code_name for each in coding.list_codings(screen.project)}
        assert found == {"lange køer": "Økonomi", "hospits": "Økonomi", "penger": "Bolig"}
        await pilot.press("slash")
        await pilot.pause()
        await pilot.press(*"peng", "enter")
        await pilot.pause()
        assert [each.coding.text for each in screen.excerpts] == ["penger"]
        assert "ord: peng" in screen.query_one(StatusLine).shown


# -- report, export, copy


async def test_a_report_is_written_with_its_path_shown(make_app: MakeApp, project_path: Path) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        apply(app, "lange køer", "bolig")
        await pilot.press("R")
        await pilot.pause()
        await pilot.click("#write")
        await settle(pilot)
        await settle(pilot)
        assert isinstance(app.screen, MessageDialog)
        written = project_path.with_name("prøve-rapport.docx")
        assert written.exists()
        assert str(written) in app.screen._message


async def test_an_export_asks_before_it_writes_over(make_app: MakeApp, project_path: Path) -> None:
    app = make_app()
    target = project_path.with_name("prøve-utdrag.csv")
    target.write_text("gammelt", encoding="utf-8")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        apply(app, "lange køer", "bolig")
        await pilot.press("X")
        await pilot.pause()
        await pilot.click("#write")
        await settle(pilot)
        assert target.read_text(encoding="utf-8") == "gammelt"
        await pilot.press("j")
        await settle(pilot)
        assert "lange køer" in target.read_text(encoding="utf-8-sig")


async def test_a_copy_is_whole(make_app: MakeApp, tmp_path: Path) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        apply(app, "lange køer", "bolig")
        await pilot.press("f9")
        await pilot.pause()
        app.screen.query_one(Input).value = str(tmp_path / "kopi.kodebenk")
        await pilot.press("enter")
        await settle(pilot)
    copy = projects.open_existing(tmp_path / "kopi.kodebenk", coder="Kari", readonly=True)
    assert [each.text for each in coding.list_codings(copy)] == ["lange køer"]
    copy.close()


async def test_roles_held_by_one_person_are_told_before_the_report_is_written(
    make_app: MakeApp, project_path: Path
) -> None:
    project = projects.open_existing(project_path, coder="Kari")
    (source, _other) = sources.list_sources(project)
    choice = SpeakerChoice(label="Informant 1", role="participant", informant="I01", informant_role="NAV-leder")
    sources.describe_source(project, source, cases=["Elvestrand"])
    texts.set_speaker(project, source, choice)
    project.close()
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        apply(app, "lange køer", "bolig")
        await pilot.press("R")
        await pilot.pause()
        await pilot.click("#write")
        await settle(pilot)
        assert isinstance(app.screen, RisksScreen)
        assert any("NAV-leder" in risk.text for risk in app.screen.risks)
        assert not project_path.with_name("prøve-rapport.docx").exists()
