"""From files on disk to a screen where they are looked over: asking for paths, and reading them in a thread."""

from __future__ import annotations

from dataclasses import dataclass, field
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import UnreadableSource
from corpus.model import ReadOptions
from corpus.reading import SUFFIXES, find_sources
from workbench.services.importing import Reading, read_file
from workbench.tui.dialogs.paths import PathsDialog
from workbench.tui.screens.importing import ImportScreen
from workbench.tui.working import Work

if TYPE_CHECKING:
    from workbench.tui.navigation import Navigation


@dataclass(slots=True)
class Harvest:
    """What came of reading: files to look over, and those that were refused with the reason."""

    readings: list[Reading] = field(default_factory=list)
    refused: list[tuple[Path, str]] = field(default_factory=list)


def ask_for_files(app: Navigation) -> None:
    """Ask which files, read them, and show what was found before anything is stored."""
    dialog = PathsDialog(
        _("Importer kilder"), folder=Path.cwd(), endings=tuple(SUFFIXES), several=True, button=_("Les filene")
    )
    app.push_screen(dialog, lambda paths: read_files(app, paths) if paths else None)


def read_files(app: Navigation, paths: list[Path]) -> None:
    """Read files and folders in a thread, then show them."""

    def act(work: Work[Harvest]) -> Harvest:
        return harvest(paths, work)

    def done(found: Harvest) -> None:
        app.push_screen(ImportScreen(found.readings, found.refused))

    app.start(Work(title=_("Leser filer"), name="import.read", act=act, done=done))


def harvest(paths: list[Path], work: Work[Harvest]) -> Harvest:
    """Read every file that can be read; stops between two files when asked to."""
    found = Harvest()
    files, refusals = find_sources(paths)
    found.refused.extend((refusal.path, refusal.reason) for refusal in refusals)
    for done, path in enumerate(files):
        if work.cancelled():
            break
        work.progress(done, len(files), path.name)
        try:
            found.readings.append(read_file(path, ReadOptions()))
        except UnreadableSource as error:
            found.refused.append((path, error.reason))
    return found
