"""The composition root: chooses language, runs the command line, and opens the terminal interface when asked.

Nothing else knows both the command line and the screens.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from gettext import gettext as _
from importlib.util import find_spec
from pathlib import Path

from workbench import language

ROOMS = ("workbench", "codebooks", "corpus", "nlp", "exports")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `kodebenk`; the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    asked = _language_asked(words)
    language.use(asked)
    if asked is not None and not language.is_known(asked):
        from workbench.cli import output

        output.say(_("«{name}» er ikke et språk her. Velg nb eller en.").format(name=asked))
        return 2
    stray = _stray_rooms()
    if stray:
        from workbench.cli import output

        output.say(stray)
        return 1
    from workbench.cli.main import COMMANDS, OpenRequest, run

    if not words:
        return _open_interface(OpenRequest(path=None))
    if words[0] not in COMMANDS and not words[0].startswith("-") and Path(words[0]).exists():
        words.insert(0, "open")
    outcome = run(words)
    return _open_interface(outcome) if isinstance(outcome, OpenRequest) else outcome


def _language_asked(words: list[str]) -> str | None:
    """The value of --lang, taken out of the words wherever it stands, since help texts need it before parsing."""
    for n, word in enumerate(words):
        if word == "--lang" and n + 1 < len(words):
            value = words[n + 1]
            del words[n : n + 2]
            return value
        if word.startswith("--lang="):
            del words[n]
            return word.partition("=")[2]
    return None


def _stray_rooms() -> str | None:
    """Why Kodebenk must not start, if its five packages do not lie in one folder.

    Their names are plain words; another distribution's `nlp` or a folder of the user's called `corpus` could stand in
    the way and be run in their place.
    """
    places = {}
    for room in ROOMS:
        spec = find_spec(room)
        if spec is None or spec.origin is None:
            return _("Kodebenk er ikke hel: pakken «{room}» mangler. Installer på nytt i et eget miljø.").format(
                room=room
            )
        places[room] = Path(spec.origin).resolve().parent.parent
    if len(set(places.values())) > 1:
        listed = ", ".join(f"{room}: {place}" for room, place in places.items())
        return _(
            "Kodebenks pakker ligger ikke samlet ({listed}). Noe annet har tatt et av navnene. "
            "Installer Kodebenk i et eget miljø, for eksempel med pipx."
        ).format(listed=listed)
    return None


def _open_interface(request: object) -> int:
    from workbench.cli import output
    from workbench.cli.main import OpenRequest
    from workbench.tui import terminal

    assert isinstance(request, OpenRequest)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        output.say(_("Skjermbildet trenger en terminal. Se «kodebenk --help» for kommandoer uten skjermbilde."))
        return 1
    unfit = terminal.unfit(os.environ)
    if unfit:
        output.say(unfit)
        return 1
    terminal.prepare(os.environ)
    # The screens take half a second to load; a line at once says that the key press was heard.
    output.announce(_("Åpner {name} …").format(name=request.path.stem if request.path else "Kodebenk"))
    from workbench import log
    from workbench.tui.app import run

    log.begin()
    try:
        return run(request.path, coder=request.coder, readonly=request.readonly, at=request.at)
    finally:
        output.announce("")


if __name__ == "__main__":
    sys.exit(main())
