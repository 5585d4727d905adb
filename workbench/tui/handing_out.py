"""Exports from the screens: excerpts, the whole project for other programs, and the codebook alone."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from workbench.services.interchange.losses import grouped
from workbench.services.retrieval import Filter
from workbench.tui.dialogs.outputs import EXCERPTS, ExportDialog, ExportWanted
from workbench.tui.dialogs.told import ToldDialog
from workbench.tui.working import Work, own_copy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.screen import Screen

    from workbench.services.exporting import Exported
    from workbench.services.interchange.written_out import HandedOut
    from workbench.store.project import Project
    from workbench.tui.navigation import Navigation


def ask(app: Navigation, screen: Screen[Any]) -> None:
    """Ask for a format and a file, for the excerpts of a screen or the whole project, and write it."""
    from workbench.services.exporting import FORMATS
    from workbench.tui.screens.base import BenchScreen

    wanted = screen.excerpts_wanted() if isinstance(screen, BenchScreen) else Filter()
    about = _("Alle utdrag") if wanted == Filter() else _("Utdragene som er valgt på dette skjermbildet")
    path = app.opened.path
    dialog = ExportDialog(path.with_name(path.stem + EXCERPTS), FORMATS, about, whole=_whole())

    def answered(answer: ExportWanted | None) -> None:
        if answer is None:
            return
        write = _excerpts if answer.format in FORMATS else _project
        app.confirm_overwriting(answer.path, lambda: write(app, answer, wanted))

    app.push_screen(dialog, answered)


def _whole() -> dict[str, str]:
    """The formats that take no choice, and what of the project is in each."""
    return {
        "qdpx": _("Hele prosjektet til NVivo, ATLAS.ti, MAXQDA, QualCoder og andre (REFI-QDA)"),
        "sqlite": _("Hele prosjektet som tabeller for R, Python og SQL"),
        "qdc": _("Bare kodeboken, til andre verktøy (REFI-QDA)"),
    }


def _excerpts(app: Navigation, answer: ExportWanted, wanted: Filter) -> None:
    from workbench.services import exporting

    project = app.opened

    def act(work: Work[Exported]) -> Exported:
        work.progress(0, 1, _("Skriver {file}").format(file=answer.path.name))
        with own_copy(project) as own:
            return exporting.export(
                own, answer.format, answer.path, wanted, coders=answer.coders, semicolon=answer.semicolon, force=True
            )

    def done(written: Exported) -> None:
        app.push_screen(ToldDialog(_("Skrevet"), list(_told_of_excerpts(written))))

    app.start(Work(title=_("Eksport"), name="export", act=act, done=done))


def _told_of_excerpts(written: Exported) -> Iterator[str]:
    """Where the file is, what to mind, and how much of each kind the project has besides."""
    yield str(written.path)
    yield from written.warnings
    if written.left_out:
        yield ""
        yield _("Ikke med i filen (hele prosjektet går ut som qdpx):")
        yield from (f"  {each.name} ({each.count})" for each in written.left_out)


def _project(app: Navigation, answer: ExportWanted, _wanted: Filter) -> None:
    from workbench.services.interchange.handing_out import hand_out
    from workbench.services.interchange.wanted import Wanted

    parts = Wanted(coders=answer.coders, private=answer.private, withdrawn=answer.withdrawn)
    write_out(app, answer.path.name, lambda own: hand_out(own, answer.format, answer.path, wanted=parts, force=True))


def write_out(app: Navigation, file_name: str, write: Callable[[Project], HandedOut]) -> None:
    """Write a file in a thread, then tell where it is and by name what it could not hold."""
    project = app.opened

    def act(work: Work[HandedOut]) -> HandedOut:
        work.progress(0, 1, _("Skriver {file}").format(file=file_name))
        with own_copy(project) as own:
            return write(own)

    def done(written: HandedOut) -> None:
        app.push_screen(ToldDialog(_("Skrevet"), told(written)))

    app.start(Work(title=_("Eksport"), name="export", act=act, done=done))


def told(written: HandedOut) -> list[str]:
    """Where a file is, what to mind, and everything it could not hold."""
    lines = [str(written.path), *written.warnings]
    for heading, mended in ((_("Kom ikke med:"), False), (_("Med på en annen måte:"), True)):
        found = [each for each in written.losses if each.mended is mended]
        if found:
            lines += ["", heading, *grouped(found)]
    if written.account is not None:
        lines += ["", _("Oversikten står også i {path}.").format(path=written.account)]
    return lines
