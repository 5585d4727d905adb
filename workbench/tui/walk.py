"""Files on their way in, one step after another: which of them is at hand, what came of each, and one account at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from workbench.errors import Refusal
from workbench.tui.dialogs.asked import STOP, AskedDialog
from workbench.tui.dialogs.told import ToldDialog

if TYPE_CHECKING:
    from workbench.tui.navigation import Navigation


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A file, or several that are looked over together."""

    name: str
    kind: str
    """In words."""
    begin: Callable[[Walk], None]
    """Asks about it, and ends by telling the walk what came of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What came of a step."""

    name: str
    what: Literal["in", "skipped", "refused", "left"]
    lines: tuple[str, ...] = ()


class Walk:
    """The way through the steps. A step ends in exactly one of `came_in`, `skip`, `refuse`, `stop` and `leave`."""

    def __init__(
        self,
        app: Navigation,
        steps: Sequence[Step],
        refused: Sequence[tuple[Path, str]] = (),
        *,
        home: Callable[[], object] | None = None,
    ) -> None:
        """
        Args:
            app: the application.
            steps: in the order they are asked about.
            refused: files that nothing can be read from, with the reason.
            home: shows what has changed once it is over; the coding screen does when nothing is said.
        """
        self.app = app
        self.steps = steps
        self.at = 0
        self._home = home or (lambda: app.back_to_coding().reload())
        self._fates: list[Fate] = []
        self._refused = [Fate(name=path.name, what="refused", lines=(reason,)) for path, reason in refused]

    @property
    def alone(self) -> bool:
        """Whether there is one step and nothing else to tell of."""
        return len(self.steps) == 1 and not self._refused

    @property
    def step(self) -> Step:
        return self.steps[self.at]

    @property
    def back(self) -> str:
        """What backing out of a step does, in words; empty where it is all there is to back out of."""
        return "" if self.alone else _("Hopp over")

    @property
    def stops(self) -> tuple[tuple[str, str], ...]:
        """The button that ends the walk, where something comes after the step at hand."""
        return ((STOP, _("Stopp her")),) if self.at + 1 < len(self.steps) else ()

    def titled(self, title: str) -> str:
        """A title with where in the walk it is: «2 av 3 · Ta inn «koder.csv»»."""
        if len(self.steps) == 1:
            return title
        return _("{at} av {all} · {title}").format(at=self.at + 1, all=len(self.steps), title=title)

    def begin(self) -> None:
        """Say what is to come where there is more than one step, and take the first."""
        if self.alone:
            self.step.begin(self)
            return
        lines = [f"{number}. {each.name}: {each.kind}" for number, each in enumerate(self.steps, 1)]
        if self._refused:
            lines += ["", _("Kan ikke leses:"), *(f"  {each.name}: {each.lines[0]}" for each in self._refused)]
        lines += ["", _("De tas ett steg om gangen. Ingenting lagres før du sier ja til det.")]
        dialog = AskedDialog(_("Dette vil du ta inn"), lines, [("begin", _("Begynn"))])
        self.app.push_screen(dialog, lambda answer: self.step.begin(self) if answer else None)

    def came_in(self, lines: Sequence[str]) -> None:
        self._end_step(Fate(name=self.step.name, what="in", lines=tuple(lines)))

    def skip(self) -> None:
        self._end_step(Fate(name=self.step.name, what="skipped"))

    def refuse(self, refusal: Refusal) -> None:
        self._end_step(Fate(name=self.step.name, what="refused", lines=(str(refusal),)))

    def leave(self) -> None:
        """The step has told of itself on a screen of its own, and nothing comes after it."""
        self.at = len(self.steps)

    def stop(self) -> None:
        """End here; what has come in stays."""
        self._fates += [Fate(name=each.name, what="left") for each in self.steps[self.at :]]
        self.leave()
        self._tell()

    def _end_step(self, fate: Fate) -> None:
        self._fates.append(fate)
        if self.alone:
            self._tell_of_one(fate)
            return
        self.at += 1
        if self.at < len(self.steps):
            self.step.begin(self)
        else:
            self._tell()

    def _tell_of_one(self, fate: Fate) -> None:
        if fate.what == "refused":
            self.app.refuse(Refusal(fate.lines[0]))
        elif fate.what == "in":
            self._home()
            self.app.push_screen(ToldDialog(_("Tatt inn: {file}").format(file=fate.name), fate.lines))

    def _tell(self) -> None:
        self._home()
        self.app.push_screen(ToldDialog(_("Slik gikk det"), account([*self._fates, *self._refused])))


def account(fates: Sequence[Fate]) -> list[str]:
    """What came in, what did not, and why, file by file."""
    headings = {
        "in": _("Tatt inn:"),
        "skipped": _("Hoppet over:"),
        "left": _("Ikke kommet til, siden du stoppet:"),
        "refused": _("Avvist:"),
    }
    lines: list[str] = []
    for what, heading in headings.items():
        found = [each for each in fates if each.what == what]
        if not found:
            continue
        lines += ["", heading] if lines else [heading]
        for each in found:
            lines.append(f"  {each.name}")
            lines += [f"    {line}" if line else "" for line in each.lines]
    return lines
