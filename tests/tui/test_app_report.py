"""Writing a report from the screens: what it shall hold, what could identify somebody, there and back, and the file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Button, Input, Select, TextArea

from workbench.services import codebook, coding, projects, quoting, sources, study, texts
from workbench.services.importing import SpeakerChoice
from workbench.services.reported import written_reports
from workbench.tui.app import KodebenkApp
from workbench.tui.dialogs.outputs import ReportDialog
from workbench.tui.dialogs.paths import MessageDialog
from workbench.tui.dialogs.quoting import QuoteDialog, edit_quote
from workbench.tui.dialogs.study import StudyDialog
from workbench.tui.screens.coding import CodingScreen
from workbench.tui.screens.risks import RisksScreen
from workbench.tui.widgets.tick import Tick

MakeApp = Callable[..., KodebenkApp]
SIZE = (100, 40)
SAID = "Det er lange køer. Folk bor på hospits i månedsvis, og ingen vet hvor lenge."


@pytest.fixture
def told(project_path: Path) -> Path:
    """The small project with one informant who is alone in the case, and a selected quotation."""
    project = projects.open_existing(project_path, coder="Kari")
    source = sources.list_sources(project)[0]
    sources.describe_source(project, source, cases=["Elvestrand"])
    choice = SpeakerChoice(label="Informant 1", role="participant", informant="I01", informant_role="NAV-leder")
    texts.set_speaker(project, source, choice)
    source = sources.list_sources(project)[0]
    start = sources.show_source(project, source).text.index(SAID)
    made = coding.apply_code(project, source, start, start + len(SAID), codebook.find_code(project, "bolig"))
    coding.star_coding(project, made.id, star=True)
    project.close()
    return project_path


async def settle(pilot: Pilot[int]) -> None:
    for _turn in range(3):
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


async def ask(pilot: Pilot[int]) -> None:
    """Open the dialog, turn off the search for names (which loads a model) and go on."""
    await pilot.pause()
    await pilot.press("R")
    await pilot.pause()
    assert isinstance(pilot.app.screen, ReportDialog)
    pilot.app.screen.query_one("#names").value = False  # type: ignore[attr-defined]
    pilot.app.screen.query_one("#figures").value = False  # type: ignore[attr-defined]
    pilot.app.screen.query_one("#write", Button).press()
    await settle(pilot)


async def test_risks_are_shown_before_anything_is_written_and_lead_to_their_place_and_back(
    make_app: MakeApp, told: Path
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await ask(pilot)
        assert isinstance(app.screen, RisksScreen)
        assert "NAV-leder" in app.screen.risks[0].text
        assert not told.with_name("prøve-rapport.docx").exists()
        await pilot.press("g")
        await settle(pilot)
        assert isinstance(app.screen, CodingScreen)
        assert app.screen.view.caret == app.screen.view.document.text.index(SAID) + len(SAID)
        await pilot.press("R")
        await settle(pilot)
        assert isinstance(app.screen, RisksScreen)
        await pilot.press("w")
        await settle(pilot)
        assert isinstance(app.screen, MessageDialog)
        assert told.with_name("prøve-rapport.docx").exists()
        assert app.report_wanted is None
        assert app.project is not None
        assert written_reports(app.project)[0].card["stood"] == ["I01-001"]


async def test_a_second_report_gets_a_new_name_and_tells_what_is_new(make_app: MakeApp, told: Path) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await ask(pilot)
        await pilot.press("w")
        await settle(pilot)
        await pilot.press("escape")
        await ask(pilot)
        assert isinstance(app.screen, RisksScreen)
        await pilot.press("s")
        await pilot.pause()
        assert isinstance(app.screen, QuoteDialog)
        app.screen.query_one(TextArea).text = "Det er lange køer. [...]"
        await pilot.press("ctrl+l")
        await settle(pilot)
        assert isinstance(app.screen, RisksScreen)
        await pilot.press("w")
        await settle(pilot)
        assert isinstance(app.screen, MessageDialog)
        assert "prøve-rapport-2.docx" in app.screen._message
        assert "gjengis med andre ord" in app.screen._message


async def test_a_quotation_without_its_star_is_out_and_leaving_puts_the_report_away(
    make_app: MakeApp, told: Path
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await ask(pilot)
        await pilot.press("*")
        await settle(pilot)
        assert isinstance(app.screen, RisksScreen)
        assert any("Ingen sitater er utvalgt" in warning for warning in app.screen.prepared.warnings)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, CodingScreen)
        assert app.report_wanted is None
        assert not told.with_name("prøve-rapport.docx").exists()


async def test_other_choices_keep_what_was_chosen(make_app: MakeApp, told: Path) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await ask(pilot)
        await pilot.press("o")
        await pilot.pause()
        dialog = app.screen
        assert isinstance(dialog, ReportDialog)
        assert not dialog.query_one("#names").value  # type: ignore[attr-defined]
        dialog.query_one("#attribution", Select).value = "masked"
        dialog.query_one("#write", Button).press()
        await settle(pilot)
        assert isinstance(app.screen, RisksScreen)
        assert app.screen.prepared.report.attribution == ("case",)
        assert app.screen.prepared.report.chapters[0].excerpts[0].cases == ("Case A",)


async def test_a_quotation_is_shortened_and_clarified_with_two_keys(make_app: MakeApp, told: Path) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, CodingScreen)
        (made,) = coding.list_codings(screen.project)
        edit_quote(screen, made.id)
        await pilot.pause()
        dialog = app.screen
        assert isinstance(dialog, QuoteDialog)
        area = dialog.query_one(TextArea)
        area.select_line(0)
        area.selection = type(area.selection)((0, 19), (0, 23))
        await pilot.press("ctrl+r", "d", "e")
        await pilot.pause()
        assert area.text.startswith("Det er lange køer. [de] bor på hospits")
        assert str(dialog.query_one("#verdict").render()) == "Stemmer med teksten."  # type: ignore[attr-defined]
        area.selection = type(area.selection)((0, 31), (0, 41))
        await pilot.press("x")
        assert "avviker" in str(dialog.query_one("#verdict").render())  # type: ignore[attr-defined]
        await pilot.press("ctrl+l")
        await pilot.pause()
        assert app.screen is dialog
        dialog.query_one("#reset", Button).press()
        await pilot.pause()
        area.selection = type(area.selection)((0, 18), (0, len(SAID)))
        await pilot.press("ctrl+o", "ctrl+l")
        await pilot.pause()
        assert coding.get_coding(screen.project, made.id).shown == "Det er lange køer. [...]"


async def test_a_form_that_drops_a_negation_is_told_while_it_is_written(make_app: MakeApp, told: Path) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, CodingScreen)
        (made,) = coding.list_codings(screen.project)
        edit_quote(screen, made.id)
        await pilot.pause()
        dialog = app.screen
        assert isinstance(dialog, QuoteDialog)
        dialog.query_one(TextArea).text = SAID.replace("og ingen vet", "og [...] vet")
        await pilot.pause()
        verdict = dialog.query_one("#verdict")
        assert str(verdict.render()) == quoting.turned(made.quote, ["ingen"])  # type: ignore[attr-defined]
        await pilot.press("ctrl+l")
        await pilot.pause()
        assert coding.get_coding(screen.project, made.id).shown


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("theme", "Velg minst ett tema."),
        ("case", "Velg minst én case."),
        ("wave", "Velg minst én bølge."),
    ],
)
async def test_nothing_ticked_is_refused_and_does_not_mean_everything(
    make_app: MakeApp, told: Path, name: str, refusal: str
) -> None:
    """Also where there is only one to tick."""
    project = projects.open_existing(told, coder="Kari")
    sources.describe_source(project, sources.list_sources(project)[0], wave="1")
    project.close()
    async with make_app().run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("R")
        await pilot.pause()
        dialog = pilot.app.screen
        assert isinstance(dialog, ReportDialog)
        ticks = [tick for tick in dialog.query(Tick) if (tick.id or "").startswith(f"{name}-")]
        assert ticks
        for tick in ticks:
            tick.value = False
        dialog.query_one("#write", Button).press()
        await settle(pilot)
        assert pilot.app.screen is dialog
        assert [notice.message for notice in pilot.app._notifications] == [refusal]
        ticks[0].value = True
        assert not dialog._unchosen()


async def test_facts_about_the_study_are_written_from_the_report_dialog(make_app: MakeApp, told: Path) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("R")
        await pilot.pause()
        app.screen.query_one("#study", Button).press()
        await pilot.pause()
        dialog = app.screen
        assert isinstance(dialog, StudyDialog)
        keys = [entry.key for entry in dialog._entries]
        dialog.query_one(f"#fact-{keys.index('authors')}", Input).value = "Fjell, F."
        await pilot.press("ctrl+l")
        await pilot.pause()
        assert isinstance(app.screen, ReportDialog)
        assert app.project is not None
        assert study.facts_of(app.project)["authors"] == "Fjell, F."


async def test_the_buttons_are_in_sight_on_a_small_screen(make_app: MakeApp, told: Path) -> None:
    async with make_app().run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("R")
        await pilot.pause()
        dialog = pilot.app.screen
        assert isinstance(dialog, ReportDialog)
        assert all(each.region.bottom < 24 for each in dialog.query("Button"))
