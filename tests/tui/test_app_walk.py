"""Files of many kinds chosen at once are gone through step by step, and what came of each is told at the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Event

import pytest
from textual.pilot import Pilot
from textual.widgets import Button, Input, Static

from workbench.services import codebook, coding, projects, sources
from workbench.services.interchange import formats
from workbench.services.interchange.handing_out import hand_out
from workbench.services.recognising import find_files, recognise
from workbench.tui.app import KodebenkApp
from workbench.tui.dialogs.asked import AskedDialog
from workbench.tui.dialogs.choose import ChooseDialog
from workbench.tui.dialogs.progress import ProgressDialog
from workbench.tui.dialogs.project_file import ProjectFileDialog
from workbench.tui.dialogs.told import ToldDialog
from workbench.tui.importing import read_files
from workbench.tui.screens.importing import ImportScreen
from workbench.tui.screens.survey_import import SurveyImportScreen
from workbench.tui.walk import Fate, account
from workbench.tui.working import Work

MakeApp = Callable[..., KodebenkApp]
SIZE = (80, 24)
LIST = "Kode;Definisjon\nRop;Begge deler på én gang, rus og psykisk lidelse\nKø;Å vente på noe\n"
SURVEY = "Nr;Kommune;Hva er vanskelig her?\nA1;Elv;Vi mangler boliger og folk.\nA2;Hav;Ventetiden er for lang her.\n"
EITHER = "Kode;Overkode;Hva det handler om\nRop;;Begge deler på én gang, rus og psykisk lidelse\nKø;Rop;Å vente lenge på noe\n"
ARCHIVE = (
    "Nytt hus\n----------\nVG, 14.02.2024\nPublisert på trykk.\n\n– Det går, sier Per Ås.\n© VG\n==========\n\n"
    "Nye hus\n----------\nVG, 15.02.2024\nPublisert på nett.\n\n– Det går bra, sier Bo Ek.\n"
)
TALK = "Intervjuer: Hvordan går det?\n\nInformant 7: Det går, men vi venter på bolig.\n"


async def settle(pilot: Pilot[int]) -> None:
    for _again in range(3):
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def told(app: KodebenkApp, name: str) -> str:
    return str(app.screen.query_one(f"#{name} Static", Static).content)


def title(app: KodebenkApp) -> str:
    return str(app.screen.query_one(".title", Static).content)


KINDS: Mapping[str, tuple[str, tuple[str, ...], bool]] = {
    "koder.csv": (LIST, ("codebook", "survey"), False),
    "svar.csv": (SURVEY, ("survey",), False),
    "uklar.csv": (EITHER, ("codebook", "survey"), True),
    "nummer.csv": ("Kode;Alder;Kommentar\n1001;34;Vi mangler boliger og folk til dem.\n", ("survey",), False),
    "samtale.tsv": ("Speaker\tText\nKari\tHei og hallo\nOla\tTakk skal du ha\n", ("text",), False),
    "samtale.txt": (TALK, ("text",), False),
    "kodeliste.txt": ("Bolig\n\tHospits\nRop\n", ("codebook", "text"), True),
    "notat.txt": ("Det var stille på huset.\n\nIngen kom.\n", ("text",), False),
    "bok.yaml": ("name: b\ntitle: B\n", ("codebook",), False),
    "bilde.png": ("x", (), False),
}


@pytest.mark.parametrize("name", KINDS)
def test_what_a_file_is_is_seen_from_what_lies_in_it(tmp_path: Path, name: str) -> None:
    text, kinds, doubtful = KINDS[name]
    (tmp_path / name).write_text(text, encoding="utf-8")
    seen = recognise(tmp_path / name)
    assert (seen.kinds, seen.doubtful, bool(seen.reason)) == (kinds, doubtful, not kinds)


def test_projects_of_other_tools_are_found_in_a_folder_and_our_own_is_not(tmp_path: Path) -> None:
    (tmp_path / "gammel.qda").mkdir()
    for name in ("gammel.qda/data.qda", "gammel.qda/brev.txt", "ut.qdpx", "studie.kodebenk", "samtale.txt", "film.mp4"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    files, refused = find_files([tmp_path])
    assert [each.name for each in files] == ["gammel.qda", "ut.qdpx", "samtale.txt"]
    assert [path.name for path, _why in refused] == ["film.mp4"]


def test_the_account_says_what_came_of_every_file() -> None:
    fates = [
        Fate(name="a", what="refused", lines=("Skadet.",)),
        Fate(name="b", what="in", lines=("nye: 2 koder", "")),
        Fate(name="c", what="skipped"),
        Fate(name="d", what="left"),
    ]
    assert "\n".join(account(fates)) == (
        "Tatt inn:\n  b\n    nye: 2 koder\n\n\nHoppet over:\n  c\n\nIkke kommet til, siden du stoppet:\n  d\n\n"
        "Avvist:\n  a\n    Skadet."
    )


async def test_many_files_are_one_walk_with_one_account(make_app: MakeApp, tmp_path: Path) -> None:
    for name, text in (("koder.csv", LIST), ("svar.csv", SURVEY), ("samtale.txt", TALK), ("skadet.docx", "x")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.1)
        hand_out(app.opened, "qdpx", tmp_path / "gammelt.qdpx")
        names = ("samtale.txt", "svar.csv", "koder.csv", "skadet.docx", "gammelt.qdpx")
        read_files(app, [tmp_path / name for name in names])
        await settle(pilot)
        assert isinstance(app.screen, AskedDialog)
        plan = told(app, "contents")
        assert "1. gammelt.qdpx: prosjekt" in plan and "2. koder.csv: kodebok" in plan and "skadet.docx: " in plan
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, ProjectFileDialog) and title(app) == "1 av 4 · Ta inn «gammelt.qdpx»"
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, AskedDialog) and title(app) == "2 av 4 · Kodeboken «koder.csv»"
        assert str(app.screen.query_one("#back-out", Button).label) == "Hopp over"
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, SurveyImportScreen)
        assert str(app.screen.query_one("#about", Static).content).startswith("3 av 4 · ")
        await pilot.press("L")
        await settle(pilot)
        assert isinstance(app.screen, ImportScreen)
        assert str(app.screen.query_one(".heading", Static).content).startswith("4 av 4 · ")
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert isinstance(app.screen, ToldDialog)
        lines = told(app, "told")
        assert (
            lines.index("koder.csv") < lines.index("svar.csv") < lines.index("samtale.txt") < lines.index("Hoppet over")
        )
        assert "nye: 2 koder" in lines and "Hoppet over:\n  gammelt.qdpx" in lines and "Avvist:\n  skadet.docx" in lines
        await pilot.press("enter")
        await pilot.pause()
        assert app.screen is app.coding
        assert codebook.find_code(app.opened, "Rop").definition.startswith("Begge")
        assert len(sources.list_sources(app.opened)) == 5


async def test_a_file_that_may_be_two_things_is_asked_about_and_the_walk_can_be_stopped(
    make_app: MakeApp, tmp_path: Path
) -> None:
    (tmp_path / "uklar.csv").write_text(EITHER, encoding="utf-8")
    (tmp_path / "samtale.txt").write_text(TALK, encoding="utf-8")
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.1)
        read_files(app, [tmp_path / "samtale.txt", tmp_path / "uklar.csv"])
        await settle(pilot)
        assert "1. uklar.csv: kodebok eller svar" in told(app, "contents")
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, ChooseDialog) and title(app) == "1 av 2 · Hva er «uklar.csv»?"
        await pilot.press("1")
        await settle(pilot)
        assert isinstance(app.screen, AskedDialog)
        await pilot.click("#choice-stop")
        await settle(pilot)
        assert isinstance(app.screen, ToldDialog)
        assert "siden du stoppet:\n  uklar.csv\n  samtale.txt" in told(app, "told")
        assert [each.name for each in codebook.list_codes(app.opened)] == ["Bolig", "Midlertidig bolig", "Økonomi"]


async def test_a_newer_text_of_a_source_takes_its_place_and_says_what_moves(make_app: MakeApp, tmp_path: Path) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.1)
        source = sources.list_sources(app.opened)[0]
        coding.apply_code(app.opened, source, 56, 80, codebook.find_code(app.opened, "Bolig"))
        newer = (tmp_path / "01-elv.txt").read_text(encoding="utf-8") + "\nInformant 1: Takk selv.\n"
        (tmp_path / "01-elv.txt").write_text(newer, encoding="utf-8")
        read_files(app, [tmp_path / "01-elv.txt"])
        await settle(pilot)
        looked = app.screen
        assert isinstance(looked, ImportScreen)
        await pilot.press("n")
        await settle(pilot)
        shown = str(looked.query_one("#found", Static).content)
        assert "Tas inn som ny utgave av «01-elv»:\n1 står.\n1 replikk er ny." in shown
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert app.screen is app.coding
        assert [each.name for each in sources.list_sources(app.opened)] == ["01-elv", "02-fjell"]
        assert "Takk selv" in sources.show_source(app.opened, sources.list_sources(app.opened)[0]).text


async def test_what_a_newer_file_would_change_is_said_before_it_is_taken_in(make_app: MakeApp, tmp_path: Path) -> None:
    theirs = projects.create(tmp_path / "deres.kodebenk", coder="Ola", title="Deres")
    rop = codebook.add_code(theirs, "Rop")
    hand_out(theirs, "qdpx", tmp_path / "deres.qdpx")
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.1)
        read_files(app, [tmp_path / "deres.qdpx"])
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, ToldDialog)
        await pilot.press("enter")
        codebook.set_code(theirs, rop.id, name="Rus og psykisk lidelse")
        codebook.add_code(theirs, "Ettervern")
        (tmp_path / "deres.qdpx").unlink()
        hand_out(theirs, "qdpx", tmp_path / "deres.qdpx")
        theirs.close()
        read_files(app, [tmp_path / "deres.qdpx"])
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, AskedDialog) and "er kjent fra før" in title(app)
        assert "koder: Ettervern" in told(app, "contents") and "koder: Rus og psykisk lidelse (navn)" in told(
            app, "contents"
        )
        await pilot.press("escape")
        await settle(pilot)
        assert app.screen is app.coding and "Rop" in [each.name for each in codebook.list_codes(app.opened)]


async def test_a_step_that_fails_is_told_of_and_the_walk_goes_on(
    make_app: MakeApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_path: Path) -> None:
        raise ZeroDivisionError("words of a participant")

    monkeypatch.setattr(formats, "read_project", broken)
    (tmp_path / "feil.qdpx").write_text("x", encoding="utf-8")
    (tmp_path / "samtale.txt").write_text(TALK, encoding="utf-8")
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.1)
        read_files(app, [tmp_path / "feil.qdpx", tmp_path / "samtale.txt"])
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, ImportScreen)
        await pilot.press("ctrl+s")
        await settle(pilot)
        lines = told(app, "told")
        assert "Tatt inn:\n  samtale.txt" in lines and "stoppet av en feil i programmet (ZeroDivisionError)" in lines


async def test_a_log_with_times_comes_in_once_its_type_is_chosen(make_app: MakeApp, tmp_path: Path) -> None:
    lines = [f"Hendelse {n} på mottaket [09:{n:02d}]." for n in range(1, 9)]
    (tmp_path / "logg.txt").write_text("Logg\n\n" + "\n".join(lines) + "\n", encoding="utf-8")
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.1)
        read_files(app, [tmp_path / "logg.txt"])
        await settle(pilot)
        looked = app.screen
        assert isinstance(looked, ImportScreen)
        shown = str(looked.query_one("#found", Static).content)
        assert "Trykk e, og velg typen." in shown and "--kind" not in shown
        await pilot.press("e")
        await pilot.pause()
        app.screen.query_one("#name", Input).focus()
        await pilot.press("enter")
        await pilot.pause()
        assert app.screen is looked and looked.draft.ready
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert [(each.name, each.kind) for each in sources.list_sources(app.opened)][-1] == ("logg", "notes")


async def test_an_archive_is_split_into_articles_that_are_looked_over(make_app: MakeApp, tmp_path: Path) -> None:
    (tmp_path / "uttak.txt").write_text(ARCHIVE, encoding="utf-8")
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.1)
        read_files(app, [tmp_path / "uttak.txt"])
        await settle(pilot)
        looked = app.screen
        assert isinstance(looked, ImportScreen) and "Trykk d" in str(looked.query_one("#found", Static).content)
        await pilot.press("d")
        await pilot.pause()
        await pilot.press("enter")
        await settle(pilot)
        assert app.screen is looked
        assert [(each.facts.title, each.facts.date, each.ready) for each in looked.drafts] == [
            ("Nytt hus", "2024-02-14", True), ("Nye hus", "2024-02-15", True),
        ]  # fmt: skip
        assert len(list((tmp_path / "uttak").iterdir())) == 2


async def test_what_writes_all_the_while_is_not_left_behind(make_app: MakeApp) -> None:
    app = make_app()
    go = Event()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.1)
        app.start(
            Work(title="Tar inn", name="test", act=lambda _work: go.wait(), done=lambda _found: None, writes=True)
        )
        await pilot.pause()
        await pilot.press("b")
        await pilot.pause()
        assert isinstance(app.screen, ProgressDialog)
        assert [each.id for each in app.screen.query(Button)] == ["stop"]
        go.set()
        await settle(pilot)
        assert app.screen is app.coding
