"""What the sorting screen says: where an excerpt stands and who coded it, what has been chosen, and the codes to choose among."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from textwrap import shorten

from rich.style import Style
from rich.text import Text

from workbench.core.entities import CodeEntry, Coding, Sorting, SortingChoice
from workbench.services.retrieval import Excerpt
from workbench.services.sorting import Outdated, Queue
from workbench.tui.presenting import wording
from workbench.tui.presenting.codes import SQUARE
from workbench.tui.transcript.display import safe, safe_line

NAME_SHOWN = 24
BRIEF = 22
"""Cells for a code where they stand side by side."""
PAGE = 9
"""Codes that have a number key at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetList:
    """The codes to choose among, as they are to be drawn."""

    targets: Sequence[CodeEntry]
    page: int
    pointed: int
    """Index of the one whose definition is shown."""
    chosen: Collection[str]
    """Ids of the codes chosen for the excerpt, or being chosen."""
    several: bool
    counts: Mapping[str, int]
    """Code id -> codings of the queue that have been given it so far."""


def coders(coding: Coding) -> str:
    """«kodet av Kari, kodet om av Ola»."""
    if coding.recoded:
        return _("kodet av {first}, kodet om av {coder}").format(first=coding.first_coder, coder=coding.coder)
    return _("kodet av {coder}").format(coder=coding.coder)


def heading(queue: Queue) -> str:
    name = wording.shortened(queue.code.name, NAME_SHOWN)
    if queue.sorting.kind == "definition":
        return _("«{code}» etter ny definisjon").format(code=name)
    return _("Del opp «{code}»").format(code=name)


def place_line(number: int, total: int, coding: Coding, excerpt: Excerpt | None) -> Text:
    """Number in the queue, quote, source, case, informant, who coded and when."""
    who = excerpt.informant if excerpt else None
    voice = " ".join(part for part in (who.number, who.role) if part) if who else excerpt.speaker if excerpt else ""
    line = Text(no_wrap=True, overflow="ellipsis")
    line.append(_("{n} av {total}").format(n=number, total=total), style="bold")
    facts = (
        "★" if coding.star else "",
        coding.quote,
        voice,
        coders(coding),
        coding.created[:10],
        ", ".join(excerpt.source.cases) if excerpt else "",
        coding.source_name,
    )
    for part in facts:
        if part:
            line.append(" · " + safe_line(part))
    return line


def gone_line(number: int, total: int, coding: Coding | None) -> Text:
    line = Text(_("{n} av {total}").format(n=number, total=total) + " · ", style="bold")
    if coding is None:
        line.append(_("Kodingen er fjernet siden køen ble laget. Den røres ikke."))
    else:
        told = _("Kodet om til «{code}» av {coder} siden køen ble laget. Den røres ikke.")
        line.append(safe_line(told.format(code=coding.code_name, coder=coding.coder)))
    return line


def question_line(excerpt: Excerpt | None, width: int) -> Text:
    asked = excerpt.question if excerpt else ""
    if not asked:
        return Text("")
    return Text(safe_line(wording.shortened(_("Spørsmål: {text}").format(text=asked), width)), style="dim")


def beside_line(others: Sequence[tuple[str, str]], memo: str, width: int) -> Text:
    """Other codes on the span with who put them there, and the newest memo on the coding."""
    parts = []
    if others:
        named = ", ".join(f"{code} ({coder})" for code, coder in others)
        parts.append(_("Også kodet: {codes}").format(codes=named))
    if memo:
        parts.append(_("Memo: «{text}»").format(text=wording.shortened(memo, 60)))
    return Text(safe_line(wording.shortened(" · ".join(parts), width)), style="dim")


def choice_line(choice: SortingChoice | None, name: Callable[[str], str], *, several: Sequence[str] | None) -> Text:
    """What has been chosen, or is being chosen among several, with its note."""
    if several is not None:
        named = " + ".join(name(code) for code in several) or _("ingen ennå")
        return Text(
            safe_line(_("Flere: {codes} (tallene krysser av, Enter tar dem)").format(codes=named)), style="bold reverse"
        )
    if choice is None:
        return Text(_("Ikke valgt"), style="bold")
    words = {
        "sort": "→ " + " + ".join(name(code) for code in choice.codes),
        "keep": _("→ blir stående"),
        "skip": _("→ hoppet over"),
        "remove": _("→ fjernes"),
    }
    line = Text(safe_line(words[choice.choice]), style="bold")
    if choice.note:
        line.append(safe_line("  " + _("Merknad: {text}").format(text=choice.note)), style="not bold italic")
    return line


def targets_text(listed: TargetList, keep: Sequence[tuple[str, str, int]], *, wide: bool, width: int) -> Text:
    """The codes with their number keys and how many have got each.

    Args:
        listed: the codes.
        keep: (key, words, how many) of what else can be chosen.
        wide: a line for each, rather than all on as few lines as they take.
        width: cells there are.
    """
    first = listed.page * PAGE
    parts = [
        _target(listed, first + n, entry, str(n + 1), width if wide else BRIEF)
        for n, entry in enumerate(listed.targets[first : first + PAGE])
    ]
    parts += [Text.assemble((key, "bold"), f" {told} ", (str(number), "dim")) for key, told, number in keep]
    if len(listed.targets) > PAGE:
        pages = (len(listed.targets) + PAGE - 1) // PAGE
        page = _("side {n} av {pages}").format(n=listed.page + 1, pages=pages)
        parts.append(Text.assemble(("0", "bold"), " ", (page, "dim")))
    return Text("\n").join(parts) if wide else _packed(parts, width)


def meaning(entry: CodeEntry | None, *, wide: bool, width: int) -> Text:
    """What a code means: all of it, or as much as a line holds."""
    if entry is None:
        return Text("")
    words = Text.assemble((f"{SQUARE} ", entry.colour), (safe_line(entry.name), "bold"), "\n" if wide else ": ")
    words.append_text(_body(entry, wide=wide, width=width))
    return words


def _packed(parts: Sequence[Text], width: int) -> Text:
    """As many on a line as there is room for, none of them broken."""
    words, used = Text(), 0
    for part in parts:
        if used and used + 2 + part.cell_len > width:
            words.append("\n")
            used = 0
        words.append("  " if used else "")
        words.append_text(part)
        used += part.cell_len + (2 if used else 0)
    return words


def _target(listed: TargetList, index: int, entry: CodeEntry, key: str, room: int) -> Text:
    ticked = entry.id in listed.chosen
    box = ("☑ " if ticked else "☐ ") if listed.several else ("● " if ticked else f"{SQUARE} ")
    number = f" {listed.counts.get(entry.id, 0)}"
    line = Text()
    line.append(f"{key} ", style="bold")
    line.append(box, style=entry.colour)
    name = safe_line(wording.shortened(entry.name, max(room - 4 - len(number), 8)))
    line.append(name, style="reverse" if index == listed.pointed else "bold" if ticked else "")
    line.append(number, style="dim")
    line.stylize(Style.from_meta({"@click": f"screen.target({index})"}))
    return line


def _body(entry: CodeEntry, *, wide: bool, width: int) -> Text:
    body = entry.definition or entry.brief
    if not wide:
        return Text(
            safe_line(
                shorten(body or _("ingen definisjon ennå"), max(width - len(entry.name) - 5, 20), placeholder="…")
            )
        )
    words = Text(safe(body or _("ingen definisjon ennå")), style="" if body else "dim")
    for title, told in ((_("Brukes når"), entry.when), (_("Brukes ikke når"), entry.when_not)):
        if told:
            words.append(f"\n{title}: ", style="bold")
            words.append(safe(told))
    return words


def counted(queue: Queue) -> dict[str, int]:
    """Code id -> codings of the queue that have been given it so far."""
    counts: dict[str, int] = {}
    for choice in queue.choices.values():
        for code in choice.codes:
            counts[code] = counts.get(code, 0) + 1
    return counts


# -- the list of sortings


def sorting_line(sorting: Sorting, name: str, chosen: int) -> str:
    """A sorting in the list of them."""
    kind = _("etter ny definisjon") if sorting.kind == "definition" else _("deles opp")
    if sorting.finished:
        how_far = _("fullført {date}").format(date=sorting.finished[:10])
    else:
        how_far = _("{n} av {total}").format(n=chosen, total=len(sorting.codings))
    return _("«{code}» {kind}: {how_far}, begynt {date} av {coder}").format(
        code=name, kind=kind, how_far=how_far, date=sorting.created[:10], coder=sorting.coder
    )


def outdated_line(found: Outdated) -> str:
    return _("«{code}»: {codings} fra før definisjonen ble endret {date} av {coder}").format(
        code=found.code.name, codings=wording.codings(len(found.codings)), date=found.changed[:10], coder=found.by
    )
