"""Codes as the screens show them: lines of the tree, choices while typing, paths, initials and live counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rich.text import Text

from codebooks.slugs import fold, ranked
from workbench.core.entities import CodeEntry
from workbench.tui.transcript.display import safe_line

SQUARE = "■"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A line in the list that narrows while a code's name is typed."""

    code: str = ""
    """Id of the code; empty for the line that makes a new one."""
    name: str
    path: str = ""
    """Names of the codes it lies under, outermost first."""
    colour: str = ""
    key: int = 0
    """The number key it is pinned to, or 0."""


class CodeList:
    """The project's codes in tree order, with counts that follow each coding without asking the project again."""

    def __init__(self, entries: Sequence[CodeEntry] = ()) -> None:
        self.entries: dict[str, CodeEntry] = {entry.id: entry for entry in entries}

    def get(self, code: str) -> CodeEntry | None:
        return self.entries.get(code)

    @property
    def active(self) -> list[CodeEntry]:
        return [entry for entry in self.entries.values() if entry.status == "active"]

    def lineage(self, code: str) -> list[CodeEntry]:
        """The code and what it lies under, innermost first."""
        found: list[CodeEntry] = []
        entry = self.entries.get(code)
        while entry is not None and len(found) <= len(self.entries):
            found.append(entry)
            entry = self.entries.get(entry.parent)
        return found

    def path(self, code: str) -> str:
        """Names of the codes it lies under, outermost first, itself left out."""
        return " › ".join(entry.name for entry in reversed(self.lineage(code)[1:]))

    def count(self, code: str, step: int) -> list[CodeEntry]:
        """Count codings up or down on the code and what it lies under; the entries that changed."""
        changed: list[CodeEntry] = []
        for n, entry in enumerate(self.lineage(code)):
            own = entry.codings + (step if n == 0 else 0)
            updated = replace(entry, codings=own, codings_total=entry.codings_total + step)
            self.entries[entry.id] = updated
            changed.append(updated)
        return changed

    def choices(self, typed: str, pins: Mapping[int, str], recent: Sequence[str] = ()) -> list[Choice]:
        """What may be meant by what is typed, best first, and last the making of a new code by that name.

        Where the best code only looks like what is typed, the new code stands first: coding with another code than was
        written is the worse mistake. With nothing typed, codes used lately stand first.
        """
        active = {entry.slug: entry for entry in self.active}
        slugs: Sequence[str] = ranked(typed, [(entry.slug, entry.name) for entry in active.values()])
        if not typed.strip():
            lately = [entry.slug for code in recent if (entry := self.get(code)) and entry.slug in active]
            slugs = list(dict.fromkeys([*lately, *slugs]))
        keys = {code: key for key, code in pins.items()}
        found = [self._choice(active[slug], keys.get(active[slug].id, 0)) for slug in slugs]
        name = " ".join(typed.split())
        if name and not any(choice.name.casefold() == name.casefold() for choice in found):
            meant = bool(found) and _is_part(name, f"{found[0].name} {self.entries[found[0].code].slug}")
            found.insert(len(found) if meant else 0, Choice(name=name))
        return found

    def _choice(self, entry: CodeEntry, key: int) -> Choice:
        return Choice(code=entry.id, name=entry.name, path=self.path(entry.id), colour=entry.colour, key=key)


def _is_part(typed: str, name: str) -> bool:
    words = fold(name)
    return all(part in words for part in fold(typed).split())


def initials(name: str) -> str:
    """Two letters for the margin: of the first two words, or the first two of the only one."""
    words = _telling_words(name)
    if not words:
        return "?"
    return words[0][:2].capitalize() if len(words) == 1 else (words[0][0] + words[1][0]).upper()


def _telling_words(name: str) -> list[str]:
    """Words of letters and digits, those that only bind (og, i, av, til) left out."""
    words = ["".join(letter for letter in word if letter.isalnum()) for word in name.split()]
    kept = [word for word in words if word and word.casefold() not in ("og", "i", "av", "til", "for", "med", "på")]
    return kept or [word for word in words if word]


def tree_label(entry: CodeEntry, key: int = 0) -> Text:
    """A line of the code tree: colour, how many codings (those below it included), pinned key and name."""
    label = Text(no_wrap=True)
    label.append(f"{SQUARE} ", style=entry.colour or "")
    label.append(f"{entry.codings_total or '·'} ", style="dim")
    if key:
        label.append(f"[{key}] ", style="bold")
    label.append(safe_line(entry.name), style="strike dim" if entry.status != "active" else "")
    return label
