"""The way in from a terminal on Unix, for terminals that do not speak UTF-8."""

from __future__ import annotations

from collections.abc import Callable
from gettext import gettext as _

from textual.drivers.linux_driver import LinuxDriver


class PatientDriver(LinuxDriver):
    """Passes over a key that is no UTF-8 and says so once; Textual's own would end the program.

    A terminal set to ISO 8859-1 sends such bytes for å, æ and ø, and an old one for the mouse at its far right.
    """

    told = False

    def run_input_thread(self) -> None:
        """Read keys until the program ends. What came in the same breath as the bytes without meaning is lost."""
        while True:
            try:
                super().run_input_thread()
                return
            except UnicodeDecodeError:
                if not self.told:
                    self.told = True
                    self._app.call_later(_tell(self._app.notify))


def _tell(notify: Callable[..., None]) -> Callable[[], None]:
    def tell() -> None:
        notify(
            _(
                "Terminalen sendte et tegn som ikke er UTF-8, og det er ikke tatt med. Velg UTF-8 i terminalens "
                "innstillinger (i PuTTY: Window, Translation), eller sett inn å, æ og ø med Ctrl+N."
            ),
            severity="warning",
            timeout=12,
            markup=False,
        )

    return tell
