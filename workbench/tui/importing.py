"""From files on disk to a screen where they are looked over: asking for paths, and reading them in a thread."""

from __future__ import annotations

from dataclasses import dataclass, field
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import UnreadableSource
from corpus.model import ReadOptions
from corpus.reading import SUFFIXES, find_sources
from workbench.errors import Refusal
from workbench.services.importing import Reading, read_file, with_doubts
from workbench.services.interchange import formats
from workbench.services.survey.tables import Sheet, look
from workbench.tui.dialogs.paths import PathsDialog
from workbench.tui.screens.importing import ImportScreen
from workbench.tui.screens.survey_import import SurveyImportScreen
from workbench.tui.working import Work

if TYPE_CHECKING:
    from workbench.tui.navigation import Navigation


ONLY_TABLES = (".sav", ".zsav")
"""What is never a transcript, and may be a survey's answers."""
_EITHER = (".xlsx", ".csv", ".tsv")


@dataclass(slots=True)
class Harvest:
    """What came of reading: files to look over, and those that were refused with the reason."""

    readings: list[Reading] = field(default_factory=list)
    refused: list[tuple[Path, str]] = field(default_factory=list)
    tables: list[tuple[Sheet, ...]] = field(default_factory=list)
    """Files that are tables of a survey's answers."""


def ask_for_files(app: Navigation) -> None:
    """Ask which files, read them, and show what was found before anything is stored."""
    dialog = PathsDialog(
        _("Importer kilder"),
        folder=Path.cwd(),
        endings=(*SUFFIXES, *ONLY_TABLES, *formats.PROJECT_SUFFIXES),
        several=True,
        button=_("Les filene"),
    )
    app.push_screen(dialog, lambda paths: read_files(app, paths) if paths else None)


def read_files(app: Navigation, paths: list[Path]) -> None:
    """Read files and folders in a thread, then show them; projects of other tools are asked about first, one by one."""
    projects = [path for path in paths if formats.is_project(path)]
    if projects:
        from workbench.tui.receiving import take_in

        rest = [path for path in paths if path not in projects]
        take_in(app, projects, lambda: read_files(app, rest) if rest else None)
        return

    def act(work: Work[Harvest]) -> Harvest:
        return harvest(paths, work)

    def done(found: Harvest) -> None:
        if found.readings or found.refused or not found.tables:
            readings = [with_doubts(app.opened, each) for each in found.readings]
            app.push_screen(ImportScreen(readings, found.refused))
        for sheets in found.tables:
            app.push_screen(SurveyImportScreen(sheets))

    app.start(Work(title=_("Leser filer"), name="import.read", act=act, done=done))


def harvest(paths: list[Path], work: Work[Harvest]) -> Harvest:
    """Read every file that can be read; stops between two files when asked to."""
    found = Harvest()
    only_tables = [path for path in paths if path.suffix.lower() in ONLY_TABLES and not path.is_dir()]
    files, refusals = find_sources(path for path in paths if path not in only_tables)
    found.refused.extend((refusal.path, refusal.reason) for refusal in refusals)
    everything = [*files, *only_tables]
    for done, path in enumerate(everything):
        if work.cancelled():
            break
        work.progress(done, len(everything), path.name)
        try:
            if path in only_tables:
                found.tables.append(look(path))
            else:
                found.readings.append(read_file(path, ReadOptions()))
        except UnreadableSource as error:
            sheets = _survey_in(path)
            if sheets:
                found.tables.append(sheets)
            else:
                found.refused.append((path, error.reason))
        except Refusal as error:
            found.refused.append((path, str(error)))
    return found


def _survey_in(path: Path) -> tuple[Sheet, ...]:
    """The tables of a file that is no transcript and may be a survey's answers; none when it is not."""
    if path.suffix.lower() not in _EITHER:
        return ()
    try:
        sheets = look(path)
    except Refusal:
        return ()
    return sheets if any(guess.role == "question" for sheet in sheets for guess in sheet.guesses) else ()
