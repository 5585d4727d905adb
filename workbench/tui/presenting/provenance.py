"""Why a passage has its code, as text for the screen."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from workbench.services.provenance import Why
from workbench.services.telling import sections
from workbench.tui.presenting import wording
from workbench.tui.transcript.display import safe, safe_line

QUOTED = 400


def why_text(found: Sequence[Why]) -> Text:
    """One coding after the other: its code and words, then what is known of it."""
    told = Text()
    for n, why in enumerate(found):
        coding = why.coding
        told.append(("\n" if n else "") + safe_line(coding.code_name), style="bold reverse")
        told.append(
            safe_line(f"  {coding.quote} · {coding.source_name} {coding.start}–{coding.end}") + "\n", style="dim"
        )
        words = safe_line(wording.shortened(coding.text, QUOTED))
        told.append(f"«{words}»\n" if why.verbatim else f"{words}\n", style="italic")
        for section in sections(why):
            told.append("\n" + safe_line(section.title) + "\n", style="bold")
            for line in section.lines:
                told.append("  " + safe(line) + "\n")
    return told
