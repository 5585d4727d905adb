"""Projects of other tools come in and go out from the screens, and what did not come along is told by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input, Select, Static

from exports.interchange.refi.reading import read_qdpx
from workbench.services import cases, codebook, coding, projects, sources
from workbench.services.interchange.handing_out import hand_out
from workbench.tui.app import KodebenkApp
from workbench.tui.dialogs.asked import AskedDialog
from workbench.tui.dialogs.choose import ChooseDialog
from workbench.tui.dialogs.outputs import ExportDialog
from workbench.tui.dialogs.paths import PathsDialog
from workbench.tui.dialogs.project_file import ProjectFileDialog
from workbench.tui.dialogs.told import ToldDialog
from workbench.tui.importing import read_files
from workbench.tui.screens.codebook import CodebookScreen
from workbench.tui.widgets.tick import Tick

MakeApp = Callable[..., KodebenkApp]
SIZE = (80, 24)


async def settle(pilot: Pilot[int]) -> None:
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()


def told(app: KodebenkApp, name: str = "told") -> str:
    return str(app.screen.query_one(f"#{name} Static", Static).content)


async def test_a_project_file_is_shown_taken_in_and_told_about(
    make_app: MakeApp, project_path: Path, tmp_path: Path
) -> None:
    with_codings = projects.open_existing(project_path, coder="Ola")
    source = sources.list_sources(with_codings)[0]
    coding.apply_code(with_codings, source, 12, 30, codebook.find_code(with_codings, "Bolig"))
    hand_out(with_codings, "qdpx", tmp_path / "fra NVivo.qdpx")
    with_codings.close()
    projects.create(tmp_path / "tom.kodebenk", coder="Kari").close()
    app = KodebenkApp(tmp_path / "tom.kodebenk", coder="Kari")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.1)
        (tmp_path / "skadet.qdpx").write_bytes(b"PK\x03\x04 og ikke mer")
        read_files(app, [tmp_path / "skadet.qdpx", tmp_path / "fra NVivo.qdpx"])
        await settle(pilot)
        assert isinstance(app.screen, AskedDialog) and "2. fra NVivo.qdpx: prosjekt" in told(app, "contents")
        await pilot.press("enter")
        await settle(pilot)
        await settle(pilot)
        assert isinstance(app.screen, ProjectFileDialog)
        assert "2 kilder, 3 koder, 1 koding" in told(app, "contents") and "Ola" in told(app, "contents")
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, ToldDialog)
        assert "nye: 2 kilder, 3 koder, 1 koding" in told(app)
        assert "Avvist:\n  skadet.qdpx\n    skadet.qdpx: " in told(app)
        await pilot.press("enter")
        await pilot.pause()
        assert app.screen is app.coding
        assert [each.name for each in sources.list_sources(app.opened)] == ["01-elv", "02-fjell"]
        assert [each.coder for each in coding.list_codings(app.opened)] == ["Ola"]


async def test_the_whole_project_goes_out_and_what_it_could_not_hold_is_told(make_app: MakeApp, tmp_path: Path) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.1)
        await pilot.press("X")
        await pilot.pause()
        assert isinstance(app.screen, ExportDialog)
        app.screen.query_one("#format", Select).value = "qdpx"
        await pilot.pause()
        assert "REFI-QDA" in str(app.screen.query_one("#about", Static).content)
        path = app.screen.query_one("#path", Input)
        assert Path(path.value).name == "prøve.qdpx"
        path.focus()
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, ToldDialog)
        assert "hele teksten til 2 kilder" in told(app) and "Revisjonsspor" in told(app)
        assert (tmp_path / "prøve.qdpx").exists()
        assert "Revisjonsspor" in (tmp_path / "prøve.qdpx.ikke-med.txt").read_text(encoding="utf-8")


async def test_the_codebook_goes_out_and_comes_in(make_app: MakeApp, tmp_path: Path) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.1)
        await pilot.press("B", "w")
        await pilot.pause()
        assert isinstance(app.screen, ChooseDialog)
        await pilot.press("3")
        await pilot.pause()
        await pilot.press("enter")
        await settle(pilot)
        assert (tmp_path / "prøve-kodebok.qdc").exists()
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, CodebookScreen)
        codebook.remove_code(app.opened, codebook.find_code(app.opened, "Økonomi").id)
        (tmp_path / "liste.csv").write_text("Kode;Definisjon\nRop;Begge deler\n", encoding="utf-8")
        await pilot.press("i")
        await pilot.pause()
        assert isinstance(app.screen, PathsDialog)
        app.screen.query_one("#paths", Input).value = str(tmp_path / "liste.csv")
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, AskedDialog) and "Nytt:\n  koder: Rop" in told(app, "contents")
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, ToldDialog) and "1 kode" in told(app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, CodebookScreen)
        assert codebook.find_code(app.opened, "Rop").definition == "Begge deler"


async def test_excerpts_go_out_for_norwegian_excel_and_what_is_not_in_them_is_told(
    make_app: MakeApp, tmp_path: Path
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.1)
        await pilot.press("X")
        await pilot.pause()
        shown = {str(each.id): each.display for each in app.screen.query(Tick)}
        assert shown == {"coders": True, "private": False, "no-withdrawn": False, "semicolon": True}
        app.screen.query_one("#semicolon", Tick).value = True
        app.screen.query_one("#path", Input).focus()
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, ToldDialog) and "Ikke med i filen" in told(app)
        assert ";" in (tmp_path / "prøve-utdrag.csv").read_text(encoding="utf-8-sig").split("\n")[0]


async def test_cases_that_have_withdrawn_can_be_held_out_of_the_whole_project(
    make_app: MakeApp, tmp_path: Path
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.1)
        case = cases.add_case(app.opened, "Elvestrand")
        cases.set_case(app.opened, case.id, withdrawn=1)
        await pilot.press("X")
        await pilot.pause()
        app.screen.query_one("#format", Select).value = "qdpx"
        await pilot.pause()
        assert app.screen.query_one("#no-withdrawn", Tick).display
        app.screen.query_one("#no-withdrawn", Tick).value = True
        app.screen.query_one("#path", Input).focus()
        await pilot.press("enter")
        await settle(pilot)
        assert read_qdpx(tmp_path / "prøve.qdpx", (tmp_path / "prøve.qdpx").read_bytes()).cases == ()
