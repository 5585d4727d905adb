"""Writing a report from the screens: what it shall hold, what could identify somebody, and then the file."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _
from typing import TYPE_CHECKING

from workbench.services import cases, study
from workbench.services.codebook import list_themes
from workbench.services.projects import facts
from workbench.services.reporting import ATTRIBUTIONS, Prepared, Written, identifying, prepare, write_prepared
from workbench.services.sources import list_sources
from workbench.tui.dialogs.outputs import Reportable, ReportDialog, ReportWanted
from workbench.tui.dialogs.paths import MessageDialog
from workbench.tui.working import Work, own_copy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.services.identifying import Risk
    from workbench.tui.navigation import Navigation


def begin(app: Navigation) -> None:
    """Ask what the report shall hold, or look over again the one that has been begun."""
    if app.report_wanted is not None:
        look_over(app, app.report_wanted)
    else:
        ask(app)


def ask(app: Navigation, before: ReportWanted | None = None) -> None:
    """Ask what the report shall hold; then look it over."""
    project = app.opened
    allowed = study.allowed(study.facts_of(project))
    choices = Reportable(
        title=facts(project).title,
        path=before.path if before else project.path.with_name(f"{project.path.stem}-rapport.docx"),
        themes=[theme.title for theme in list_themes(project)],
        cases=[case.name for case in cases.list_cases(project)],
        waves=sorted({source.wave for source in list_sources(project) if source.wave}),
        attributions=[
            name for name, shown in ATTRIBUTIONS.items() if name == "masked" or all(each in allowed for each in shown)
        ],
    )
    dialog = ReportDialog(choices, before.options if before else None)
    app.push_screen(dialog, lambda wanted: look_over(app, wanted) if wanted else None)


def look_over(app: Navigation, wanted: ReportWanted, *, at: int = 0) -> None:
    """Gather the report and show what could identify somebody; one in which nothing could is written at once.

    Args:
        app: over the open project.
        wanted: the report.
        at: where in the list the cursor shall stand.
    """
    project = app.opened

    def act(work: Work[tuple[Prepared, list[Risk]]]) -> tuple[Prepared, list[Risk]]:
        work.progress(0, 2, _("Samler utdrag"))
        with own_copy(project) as own:
            prepared = prepare(own, wanted.options, day=date.today())
            work.progress(1, 2, _("Leter etter det som kan kjenne igjen noen"))
            return prepared, identifying(own, prepared)

    def done(found: tuple[Prepared, list[Risk]]) -> None:
        from workbench.tui.screens.risks import RisksScreen

        prepared, risks = found
        if not risks:
            write(app, wanted, prepared, risks)
            return
        app.report_wanted = wanted
        app.show_over_coding(RisksScreen(wanted, prepared, risks, at=at))

    app.start(Work(title=_("Ser over rapporten"), name="report.check", act=act, done=done))


def write(app: Navigation, wanted: ReportWanted, prepared: Prepared, risks: Sequence[Risk]) -> None:
    """Write a report that has been looked over, and tell where it is and what is new in it."""
    project = app.opened

    def act(work: Work[Written]) -> Written:
        work.progress(0, 1, _("Skriver {file}").format(file=wanted.path.name))
        with own_copy(project) as own:
            return write_prepared(own, wanted.path, prepared, risks)

    def done(written: Written) -> None:
        app.report_wanted = None
        app.back_to_coding()
        known = {risk.text for risk in risks}
        lines = [str(written.path), *(each for each in written.warnings if each not in known)]
        if written.changes:
            lines += ["", _("Endret siden forrige rapport:"), *(f"– {each.text}" for each in written.changes)]
        app.push_screen(MessageDialog(_("Skrevet"), "\n".join(lines)))

    app.start(Work(title=_("Rapport"), name="report", act=act, done=done))
