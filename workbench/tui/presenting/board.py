"""The themes as a board: a column a theme, a card a code, and first a column of codes that are in no theme."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from gettext import ngettext

from rich.text import Text

from workbench.core.entities import CodeEntry, ThemeEntry
from workbench.services.themes import members, ungrouped
from workbench.tui.presenting import wording
from workbench.tui.presenting.codes import SQUARE
from workbench.tui.transcript.display import safe_line

CARD_LINES = 2
ESSENCE_SHOWN = 90
"""Characters of a theme's essence that its heading has room for."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One column of the board."""

    theme: ThemeEntry | None
    """None for the codes that no theme has."""
    cards: tuple[CodeEntry, ...]
    named: frozenset[str]
    """Ids of the codes that are there by themselves; the others follow a code above them."""


def lanes(themes: Sequence[ThemeEntry], entries: list[CodeEntry]) -> list[Lane]:
    """The board's columns: codes without a theme, then the themes in their order, each code with its sub-codes below it."""
    loose = ungrouped(entries, themes)
    found = [Lane(None, tuple(loose), frozenset(entry.id for entry in loose))]
    for theme in themes:
        within = members(theme, entries)
        found.append(Lane(theme, tuple(entry for entry in entries if entry.id in within), frozenset(theme.codes)))
    return found


def status_word(status: str) -> str:
    return _("● endelig") if status == "final" else _("○ kandidat")


def heading(lane: Lane, without: str, width: int) -> Text:
    """What stands above a column: title, status, how much is in it, and the beginning of the essence."""
    own = [card for card in lane.cards if card.id in lane.named]
    codes = ngettext("{n} kode", "{n} koder", len(own)).format(n=len(own))
    if lane.theme is None:
        return Text.assemble((without, "bold"), f"\n{codes}")
    codings = wording.codings(sum(card.codings for card in lane.cards))
    lines = Text(safe_line(wording.shortened(lane.theme.title, width)), style="bold")
    counted = [status_word(lane.theme.status), codes, codings]
    if lane.theme.codings:
        n = len(lane.theme.codings)
        counted.append(ngettext("+ {n} utdrag", "+ {n} utdrag", n).format(n=n))
    lines.append("\n" + " · ".join(counted), style="not bold")
    essence = wording.shortened(lane.theme.essence, ESSENCE_SHOWN) or _("(ingen essens skrevet)")
    lines.append("\n" + safe_line(essence), style="not bold italic" if lane.theme.essence else "not bold dim")
    return lines


def card_lines(entry: CodeEntry, *, ticked: bool, implied: bool, above: str) -> list[Text]:
    """A code's card: tick, colour and name, and below them how much is coded with it and under what it lies."""
    head = Text.assemble(("[x] " if ticked else "[ ] ", "bold" if ticked else "dim"), "↳ " if implied else "")
    head.append(f"{SQUARE} ", style=entry.colour)
    head.append(safe_line(entry.name), style="strike" if entry.status != "active" else "")
    below = wording.codings(entry.codings_total) + (" · " + _("under {path}").format(path=above) if above else "")
    return [head, Text(safe_line(f"      {below}"), style="dim")]


def chosen_codes(ticked: Collection[str], current: CodeEntry | None, entries: Sequence[CodeEntry]) -> list[str]:
    """Ids of the codes an act is about: those that are ticked, in the codebook's order, else the one at the cursor."""
    if ticked:
        return [entry.id for entry in entries if entry.id in ticked]
    return [current.id] if current is not None else []
