"""The terminal interface: one application, its screens, and what they share."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from gettext import gettext as _
from pathlib import Path
from time import monotonic
from traceback import extract_tb
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from rich.text import Text
from textual import events
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Input, TextArea
from textual.worker import Worker, WorkerState

from workbench import settings
from workbench.errors import Refusal
from workbench.services import projects
from workbench.tui import terminal, themes
from workbench.tui.dialogs.base import Dialog
from workbench.tui.lessons import Lessons
from workbench.tui.memo_acts import WritesMemos
from workbench.tui.navigation import Navigation
from workbench.tui.screens.coding import CodingScreen
from workbench.tui.transcript.display import safe

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.driver import Driver

    from workbench.store.project import Project
    from workbench.tui.working import Work

log = logging.getLogger(__name__)

QUIT_WITHIN = 3.0
"""Seconds between two presses of Ctrl+C that mean: leave."""


class KodebenkApp(Navigation, inherit_bindings=False):
    """Holds the open project and moves between screens."""

    TITLE = "Kodebenk"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", _("Avslutt"), show=False, priority=True, tooltip=_("Avslutt Kodebenk"), id="app.quit"),
        Binding("ctrl+p", "command_palette", _("Meny"), show=False, tooltip=_("Søk blant alle kommandoer"),
                id="app.palette"),
        Binding("question_mark,f1", "help", _("Hjelp"), key_display="?", tooltip=_("Alle taster på dette skjermbildet"),
                id="app.help"),
        Binding("ctrl+c", "quit_at_second_press", show=False, system=True, id="app.quit_twice"),
        Binding("ctrl+n", "letters", _("Å, æ, ø"), show=False, priority=True,
                tooltip=_("Sett inn å, æ, ø, «, », – eller § der du skriver"), id="app.letters"),
        Binding("ctrl+t", "toggle_theme", _("Lys/mørk"), show=False, tooltip=_("Bytt mellom lyst og mørkt"),
                id="app.theme"),
    ]  # fmt: skip

    def __init__(
        self,
        path: Path | None = None,
        *,
        coder: str | None = None,
        readonly: bool = False,
        at: str = "",
        colours: terminal.Colours = "many",
    ) -> None:
        self.colours: terminal.Colours = "none" if "NO_COLOR" in os.environ else colours
        super().__init__(ansi_color=None if self.colours == "many" else True)
        for theme in themes.FEW:
            self.register_theme(theme)
        self.project = None
        self.coder = settings.coder_name(coder)
        self.readonly = readonly
        self._path = path
        self._at = at
        self._work: dict[Worker[Any], Work[Any]] = {}
        self._asked_to_quit = -QUIT_WITHIN
        self.lessons = Lessons(self)

    def get_driver_class(self) -> type[Driver]:
        chosen = super().get_driver_class()
        if sys.platform == "win32":
            return chosen
        from textual.drivers.linux_driver import LinuxDriver

        from workbench.tui.driver import PatientDriver

        return PatientDriver if chosen is LinuxDriver else chosen

    # -- beginning and end

    def on_mount(self) -> None:
        chosen = settings.load()
        self._show_theme(chosen.theme if chosen.theme in self.available_themes else themes.DARK)
        if chosen.keymap:
            self.set_keymap(chosen.keymap)
        if self._path is None or self.coder is None:
            from workbench.tui.screens.start import StartScreen

            self.push_screen(StartScreen(self._path))
        else:
            self.open_project(self._path)

    def open_project(self, path: Path, project: Project | None = None, *, readonly: bool = False) -> None:
        """Open a project (or take one that has just been made) and show it; a refusal is shown instead."""
        assert self.coder is not None
        try:
            readonly = readonly or self.readonly
            opened = project or projects.open_existing(path, coder=self.coder, readonly=readonly)
            try:
                opened.hold()
            except Refusal:
                opened.close()
                raise
            projects.remember(opened.path)
        except Refusal as error:
            self.refuse(error)
            if len(self.screen_stack) == 1:
                from workbench.tui.screens.start import StartScreen

                self.push_screen(StartScreen())
            return
        self.close_project()
        self.project = opened
        self.sub_title = opened.path.stem
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self.push_screen(CodingScreen(at=self._at))

    def close_project(self) -> None:
        """Remember the reader's place and close the file, so that it is whole for whoever copies it."""
        if self.project is None:
            return
        for screen in self.screen_stack:
            if isinstance(screen, CodingScreen):
                screen.keep_place()
            if isinstance(screen, WritesMemos):
                screen.end_writing()
        for work in self._work.values():
            work.stopped = True
        self._work.clear()
        self.lessons.forget()
        self.project.close()
        self.project = None

    async def action_quit(self) -> None:
        if not all(screen.keep_writing() for screen in self.screen_stack if isinstance(screen, Dialog)):
            return
        self.close_project()
        self.exit(0)

    # -- refusals and failures

    def refuse(self, error: Refusal) -> None:
        """Show why something was not done."""
        self.notify(safe(str(error)), severity="warning", timeout=8, markup=False)

    def _fatal_error(self) -> None:
        """End after an error nobody foresaw: says where it arose, but no values, which may quote a participant."""
        error = sys.exc_info()[1]
        told = _("Kodebenk stoppet av en feil i programmet. Alt du har gjort, er lagret.")
        self.bell()
        self.panic(Text(f"{told}\n{type_and_places(error)}" if error else told))

    async def run_action(
        self,
        action: Any,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Run a key's action; a refusal in it is shown, so that no verb can end the program by saying no."""
        try:
            return await super().run_action(action, default_namespace, namespaces)
        except Refusal as error:
            self.refuse(error)
            return True

    # -- long work

    def start(self, work: Work[Any], *, behind: bool = False) -> None:
        """Run long work in a thread, with its progress in a dialog unless it goes on behind the screen."""
        from workbench.tui.dialogs.progress import ProgressDialog

        if not behind:
            work.dialog = ProgressDialog(work)
            self.push_screen(work.dialog)
        worker: Worker[Any] = self.run_worker(work.run, name=work.name, thread=True, exit_on_error=False)
        work.worker = worker
        self._work[worker] = work

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """The one place where long work ends: well, cancelled, refused or failed."""
        work = self._work.get(event.worker)
        if work is None or event.state in (WorkerState.PENDING, WorkerState.RUNNING):
            return
        del self._work[event.worker]
        if work.dialog is not None and work.dialog.is_active:
            work.dialog.dismiss(None)
        if event.state is WorkerState.SUCCESS:
            try:
                work.done(event.worker.result)
            except Refusal as refusal:
                self.refuse(refusal)
        else:
            self._work_failed(work, event.worker.error, cancelled=event.state is WorkerState.CANCELLED)

    def _work_failed(self, work: Work[Any], error: BaseException | None, *, cancelled: bool) -> None:
        """Say why work came to nothing, to whoever waits for it or else in a notification."""
        severity: Literal["information", "warning", "error"] = "warning"
        if cancelled:
            refusal, severity = Refusal(_("{what}: avbrutt").format(what=work.title)), "information"
        elif isinstance(error, Refusal):
            refusal = error
        else:
            severity = "error"
            words = _("{what} stoppet av en feil i programmet ({kind}). Ingenting av det er lagret halvveis.")
            refusal = Refusal(words.format(what=work.title, kind=type(error).__name__))
            if error is not None:
                # The words of an unforeseen error may quote a transcript; its kind and place may not.
                log.error("%s failed: %s", work.name, type_and_places(error))
        if work.failed is not None:
            work.failed(refusal)
        else:
            self.notify(safe(str(refusal)), severity=severity, timeout=12 if severity == "error" else 8, markup=False)

    # -- commands for all screens

    async def action_quit_at_second_press(self) -> None:
        """Leave at the second press; for terminals that keep Ctrl+Q to themselves."""
        before, self._asked_to_quit = self._asked_to_quit, monotonic()
        if self._asked_to_quit - before < QUIT_WITHIN:
            await self.action_quit()
        else:
            self.notify(_("Trykk Ctrl+C en gang til for å avslutte (eller Ctrl+Q). Alt er lagret."), markup=False)

    def action_letters(self) -> None:
        """Insert a letter that the keyboard lacks where the caret is, in anything that is written in."""
        from workbench.tui.dialogs.letters import LettersStrip

        if isinstance(self.screen, LettersStrip):
            self.screen.action_give_up()
            return
        written_in = self.screen.focused
        if not isinstance(written_in, Input | TextArea):
            self.notify(_("Ctrl+N setter inn å, æ, ø og tegn der du skriver tekst."), markup=False)
            return

        def insert(letter: str | None) -> None:
            if letter is not None:
                # As a key press, so that what is chosen is replaced and whoever listens to typing hears of it.
                written_in.post_message(events.Key(letter, letter))

        self.push_screen(LettersStrip(), insert)

    def action_help(self) -> None:
        from workbench.tui.dialogs.keys import KeysDialog

        self.push_screen(KeysDialog(self.screen))

    def action_toggle_theme(self) -> None:
        wanted = themes.DARK if not self.current_theme.dark else themes.LIGHT
        self._show_theme(wanted)
        self.keep_settings(replace(settings.load(), theme=wanted))

    def _show_theme(self, wanted: str) -> None:
        """Show a theme, or the one nearest to it that the terminal has colours for."""
        self.theme = themes.fitting(self.available_themes[wanted], self.colours)

    def keep_settings(self, changed: settings.Settings) -> None:
        """Save settings; where they cannot be saved, the choice lasts as long as the program."""
        try:
            settings.save(changed)
        except OSError as error:
            self.notify(_("Innstillingene kan ikke lagres: {why}.").format(why=error.strerror), markup=False)

    def action_command_palette(self) -> None:
        from textual.command import CommandPalette

        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(placeholder=_("Søk etter en kommando"), id="--command-palette"))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Every key of the screen that has words to it, by its words."""
        seen: set[str] = set()
        for active in screen.active_bindings.values():
            binding, namespace = active.binding, active.node
            words = binding.tooltip or binding.description
            # What Textual itself binds has no id, and English words.
            if binding.id and words and binding.action not in seen and binding.action != "command_palette":
                seen.add(binding.action)
                key = self.get_key_display(binding)
                yield SystemCommand(words, key, self._runner(binding.action, namespace))

    def _runner(self, action: str, namespace: DOMNode) -> Callable[[], Any]:
        async def run_later() -> None:
            await self.run_action(action, namespace)

        return lambda: self.call_next(run_later)


def type_and_places(error: BaseException) -> str:
    """The kind of an error and the lines it passed, without its words, which may quote a participant."""
    places = [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in extract_tb(error.__traceback__)]
    return "\n".join([type(error).__name__, *places])


def run(path: Path | None, *, coder: str | None = None, readonly: bool = False, at: str = "") -> int:
    """Show the terminal interface until the researcher leaves it; the exit code.

    The command line has seen to it that the file can be opened, and refused in words before the screen was taken.
    """
    app = KodebenkApp(path, coder=coder, readonly=readonly, at=at, colours=terminal.colours(os.environ))
    result = app.run()
    return result if result is not None else (app.return_code or 0)
