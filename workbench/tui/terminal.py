"""What the terminal can show, told from its name before anything of the interface is loaded."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from gettext import gettext as _
from typing import Literal

Colours = Literal["none", "few", "many"]
"""None at all, the sixteen that every terminal has names for, or 256 and more."""

_FORCED: Mapping[str, Colours] = {"standard": "few", "256": "many", "truecolor": "many", "windows": "few"}
"""TEXTUAL_COLOR_SYSTEM: what the user says outranks what the terminal's name says."""
_NOT_A_SCREEN = ("dumb", "unknown")
"""Terminals that cannot move the cursor, such as the one inside an editor or a log."""
_LITERAL = ("linux", "vt")
"""Beginnings of the names of terminals that write out requests they do not know, instead of passing them over."""


def unfit(environ: Mapping[str, str]) -> str:
    """Why no screen can be shown here, in words with the way round it; empty where one can."""
    name = environ.get("TERM", "")
    if name.lower() not in _NOT_A_SCREEN:
        return ""
    return _(
        "Skjermbildet kan ikke vises i en terminal av typen «{name}» (TERM). Åpne Kodebenk i et vanlig terminalvindu, "
        "eller bruk kommandoene: «kodebenk show» viser en kilde, «kodebenk code» koder den, "
        "og «kodebenk --help» lister resten."
    ).format(name=name)


def colours(environ: Mapping[str, str]) -> Colours:
    """How many colours there are to draw with; where nobody knows the terminal, sixteen."""
    if "NO_COLOR" in environ:
        return "none"
    forced = _FORCED.get(environ.get("TEXTUAL_COLOR_SYSTEM", "").lower())
    if forced is not None:
        return forced
    if environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return "many"
    name = environ.get("TERM", "").strip().lower()
    number = _known_colours(name)
    if number is None:
        return "many" if name.endswith("-256color") else "few"
    return "many" if number >= 256 else "few" if number >= 8 else "none"


def prepare(environ: MutableMapping[str, str]) -> Colours:
    """Tell the libraries, through the environment, what the terminal can do; they read it as they are loaded."""
    found = colours(environ)
    if found == "none":
        environ.setdefault("NO_COLOR", "1")
    elif found == "few":
        environ.setdefault("TEXTUAL_COLOR_SYSTEM", "standard")
    elif environ.get("COLORTERM", "") == "" and environ.get("TERM"):
        environ.setdefault("TEXTUAL_COLOR_SYSTEM", "256")
    if environ.get("TERM", "").lower().startswith(_LITERAL):
        environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    return found


def _known_colours(name: str) -> int | None:
    """The number of colours in the system's own list of terminals; None where it has no such list or no such name."""
    try:
        import curses
    except ImportError:  # Windows has neither
        return None
    try:
        # The library looks up one terminal in a program's life; ours has but one.
        curses.setupterm(name, 1)
    except curses.error:
        return None
    return curses.tigetnum("colors")
