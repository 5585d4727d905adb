"""What waits for a place, as its queue shows it: rows, the older words in their text, and the places it could have."""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext

from rich.text import Text

from workbench.core.entities import Waiting
from workbench.services.versions import Version
from workbench.tui.presenting.wording import shortened
from workbench.tui.transcript.display import safe_line

ROW_LINES = 2
AROUND = 70
"""Code points of text on each side of a place."""


def waiting_lines(waiting: Waiting, what: str, source: str, width: int) -> list[Text]:
    """Two lines: what waits and where, and the words it stood on."""
    n = len(waiting.candidates)
    places = ngettext("{n} mulig sted", "{n} mulige steder", n).format(n=n) if n else _("ikke funnet igjen")
    head = Text(safe_line(what), style="bold")
    head.append(safe_line(f"  {source} · {places}"), style="not bold dim")
    return [head, Text(safe_line(f"    «{shortened(waiting.text, max(width - 8, 10))}»"))]


def older_place(waiting: Waiting, older: str) -> Text:
    """Why it waits, and its words among those around them in the older text."""
    told = Text(_("Før") + "\n", style="bold")
    told.append_text(_in_text(older, waiting.old_start, waiting.old_end))
    return told.append("\n" + safe_line(waiting.reason), style="not bold italic")


def newer_places(waiting: Waiting, text: str) -> Text:
    """Where it could stand in the text as it now is, each place with the number that chooses it."""
    told = Text(_("Nå") + "\n", style="bold")
    if not waiting.candidates:
        return told.append(_("Ordene er ikke funnet igjen. o åpner teksten; x fjerner."), style="not bold")
    for number, (start, end) in enumerate(waiting.candidates, start=1):
        told.append(f"{number} ", style="bold reverse").append(" ")
        told.append_text(_in_text(text, start, end)).append("\n")
    return told


def version_line(version: Version) -> str:
    """A version of a text in a line: number, when, who, and how it came to be."""
    how = {"imported": _("importert"), "edited": _("rettet her"), "replaced": _("ny utgave")}
    said = [f"{version.number}", version.made.replace("T", " ").rstrip("Z"), version.coder, how[version.how]]
    said += [each for each in (version.file_name, _("destruert") if version.destroyed else "") if each]
    return "  ".join(said)


def _in_text(text: str, start: int, end: int) -> Text:
    before = " ".join(text[max(0, start - AROUND) : start].split())
    after = " ".join(text[end : end + AROUND].split())
    found = Text(safe_line(f"… {before} "), style="not bold dim")
    found.append(safe_line(f"«{shortened(text[start:end], 3 * AROUND)}»"), style="bold not dim")
    return found.append(safe_line(f" {after} …"), style="not bold dim")
