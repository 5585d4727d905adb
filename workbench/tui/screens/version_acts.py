"""A newer version of the open text: choosing the file, seeing what becomes of the codings, and giving places to what waits."""

from __future__ import annotations

from collections.abc import Mapping
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from workbench.core.entities import Source, Waiting
from workbench.errors import Refusal
from workbench.services import waiting
from workbench.tui.dialogs.choose import ChooseDialog, ConfirmDialog
from workbench.tui.presenting.wording import shortened
from workbench.tui.screens.desk import Desk
from workbench.tui.working import Work, own_copy

if TYPE_CHECKING:
    from textual.command import Provider

    from workbench.services.importing import Reading
    from workbench.services.versions import Counts, Plan


def _palette() -> type[Provider]:
    from workbench.tui.screens.version_palette import VersionCommands  # the palette is slow to load

    return VersionCommands


def _sources() -> type[Provider]:
    from workbench.tui.screens.source_palette import SourceCommands

    return SourceCommands


class VersionActs(Desk):
    COMMANDS = {_palette, _sources}  # noqa: RUF012 - Textual's own

    def __init__(self) -> None:
        super().__init__()
        self.waits: Mapping[str, int] = {}
        """Source id -> how much in it waits for a place, where anything does."""
        self.placing: Waiting | None = None
        """What a place is being marked for."""

    # -- a newer version

    def ask_for_version(self, source: Source) -> None:
        """Ask for a file whose text takes the source's text's place."""
        from corpus.reading import SUFFIXES
        from workbench.tui.dialogs.paths import PathsDialog

        self.require_writable()
        title = _("Ny utgave av «{source}»").format(source=shortened(source.name, 50))
        dialog = PathsDialog(title, folder=Path.cwd(), endings=tuple(SUFFIXES), button=_("Les filen"))
        self.ask(dialog, lambda paths: self._read_version(source, paths[0]))

    def _read_version(self, source: Source, path: Path) -> None:
        from corpus.errors import UnreadableSource
        from workbench.services import versions

        project = self.project

        def act(work: Work[tuple[Reading, Plan]]) -> tuple[Reading, Plan]:
            work.progress(0, 1, path.name)
            with own_copy(project) as own:
                try:
                    reading = versions.read_version(own, source, path)
                except UnreadableSource as error:
                    raise Refusal(str(error)) from None
                return reading, versions.plan_replacement(own, source, reading)

        def done(found: tuple[Reading, Plan]) -> None:
            reading, plan = found
            question = "\n".join(versions.describe_plan(plan))
            title = _("Er dette samme intervju?") if plan.doubtful else _("Ta inn den nye utgaven?")
            self.ask(ConfirmDialog(title, question, yes=_("Ta inn")), lambda _yes: self._replace(source, reading))

        self.bench.start(Work(title=_("Leser den nye utgaven"), name="version.read", act=act, done=done))

    def _replace(self, source: Source, reading: Reading) -> None:
        from workbench.services import versions

        project = self.project

        def act(work: Work[Counts]) -> Counts:
            work.progress(0, 1, reading.path.name)
            with own_copy(project) as own:
                return versions.replace_text(own, source, reading)

        def done(counts: Counts) -> None:
            told = versions.describe(counts)
            self.bench.back_to_coding()
            self.reload()
            self.say(told)
            if counts.waiting:
                self.show_waiting(source.id, told)

        self.bench.start(Work(title=_("Tar inn den nye utgaven"), name="version.replace", act=act, done=done))

    def show_versions(self, source: Source) -> None:
        """Tell which texts led to the one the source has."""
        from workbench.services import versions
        from workbench.tui.dialogs.paths import MessageDialog
        from workbench.tui.presenting.waiting import version_line

        lines = [version_line(each) for each in versions.list_versions(self.project, source)]
        title = _("Utgaver av «{source}»").format(source=shortened(source.name, 50))
        self.app.push_screen(MessageDialog(title, "\n".join(lines)))

    # -- what waits

    def show_waiting(self, source: str = "", told: str = "") -> None:
        from workbench.tui.screens.waiting import WaitingScreen

        self.bench.show_over_coding(WaitingScreen(source, told))

    def mark_place(self, waits: Waiting) -> None:
        """Let the reader mark where what waits belongs."""
        self.placing = waits
        self.view.focus()
        self.update_status()

    def place_marked(self) -> None:
        """Give what waits the place that is marked, and go back to the queue; asks what, where several wait.

        Raises:
            Refusal: when nothing is marked.
        """
        span = self.view.selection
        if span is None:
            raise Refusal(_("Marker stedet i teksten først (v, s eller shift og piltaster)."))
        source = self.source

        def place(waits: Waiting) -> None:
            what = waiting.what_waits(self.project, waits)
            waiting.place_waiting(self.project, waits, *span)
            self.placing = None
            self.reload()
            self.show_waiting(source.id, _("Plasserte {what}. u angrer.").format(what=what))

        if self.placing is not None and self.placing.source == source.id:
            place(self.placing)
            return
        queue = {each.id: each for each in waiting.list_waiting(self.project, source)}
        what = waiting.describe_all(self.project, list(queue.values()))
        options = [(key, f"{what[key]}: «{shortened(each.text, 50)}»") for key, each in queue.items()]
        self.ask(ChooseDialog(_("Hva hører til her?"), options), lambda key: place(queue[key]))

    # -- telling

    def load_sources(self) -> None:
        self.waits = waiting.count_waiting(self.project)
        if self.placing is not None and self.placing.id not in {w.id for w in waiting.list_waiting(self.project)}:
            self.placing = None
        super().load_sources()

    def waiting_words(self) -> str:
        if self.shown is None:
            return ""
        if self.placing is not None and self.placing.source == self.shown.source.id:
            return _("marker plassen, så T: «{text}»").format(text=shortened(self.placing.text, 24))
        return self._waits_in(self.shown.source.id)

    def _waits_in(self, source: str) -> str:
        n = self.waits.get(source, 0)
        return ngettext("{n} venter på plass", "{n} venter på plass", n).format(n=n) if n else ""

    def _draw_source(self, index: int, width: int) -> list[Text]:
        lines = super()._draw_source(index, width)
        if waits := self._waits_in(self.sources[index].id):
            lines[-1] = Text(f"    ⚑ {waits} ·", style="bold").append(lines[-1].plain[3:], style="not bold dim")
        return lines
