"""Codes and codebooks: what the codes mean.

A code is described by MacQueen's six components (MacQueen, McLellan, Kay & Milstein 1998): the code itself, a brief
definition, a full definition, when to use it, when not to use it, and examples. Signals are the machine-readable part:
what a text tends to say where the code applies.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

CodeStatus = Literal["active", "retired"]
Register = Literal["", "speech", "prose"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Alternatives: one hit of any of them is a hit."""

    words: tuple[str, ...] = ()
    """Surface forms or phrases, matched case-insensitively as whole words; `*` at the end matches any ending."""
    lemmas: tuple[str, ...] = ()
    """Dictionary forms: `bolig` matches *boliger*, *boligene*, but not *boligmangel*."""
    parts: tuple[str, ...] = ()
    """Compound parts (lemma form): `bolig` matches *boligmangel* and *omsorgsbolig*, and the simple word too."""

    def __bool__(self) -> bool:
        return bool(self.words or self.lemmas or self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One rule of a code: it fires in a unit (a sentence, or a passage of speech) that has what it asks for."""

    name: str
    """Shown to the researcher as the reason; unique within its code."""
    any: Terms
    """The trigger: at least one of these must be there. Empty in a signal of weighted words."""
    weights: tuple[tuple[str, float], ...] = ()
    """Weighted words: (dictionary form or compound part, what it adds to the log odds of the code; below 0 it speaks
    against). No single one of them fires; together, and with what is said around them, they lean."""
    all: tuple[Terms, ...] = ()
    """AND groups: each must hit somewhere in the unit."""
    near: Terms = field(default_factory=Terms)
    """Must hit within `within` tokens of the trigger."""
    within: int = 8
    """Tokens, counted without punctuation."""
    unless: Terms = field(default_factory=Terms)
    """NOT: a hit anywhere in the unit silences the signal (YAML key `not`)."""
    outside: Terms = field(default_factory=Terms)
    """Phrases inside which a trigger does not count: *ROP-tjenesten*, *rus og psykisk helse* (YAML key `except`)."""
    not_in: tuple[str, ...] = ()
    """Cases where the signal is not asked, since its words mean something else there: a department called ROP."""
    register: Register = ""
    """Whether the signal is for interviews (`speech`) or for written texts (`prose`) alone; empty for both. People say *ut på
    gata* where a report says *bostedsløs*, and what is a sign in one means little in the other."""
    score: float = 0.8
    """How much a hit is worth, above 0 and at most 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A code in a codebook. `slug` is what a person types; `uid` never changes once the code lies in a project."""

    slug: str
    name: str
    """Norwegian bokmål name."""
    uid: str = ""
    name_en: str = ""
    parent: str | None = None
    """Slug of the parent code (in a codebook file), or None for a top-level code."""
    colour: str = ""
    """`#rrggbb`; empty takes the parent's."""
    brief: str = ""
    definition: str = ""
    when: str = ""
    when_not: str = ""
    examples: tuple[str, ...] = ()
    signals: tuple[Signal, ...] = ()
    status: CodeStatus = "active"
    folder: bool = False
    """A heading over other codes: nothing is coded with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Codebook:
    """Codes in order: a parent stands before its children, siblings in the order the researcher gave them."""

    name: str
    title: str = ""
    description: str = ""
    codes: tuple[Code, ...] = ()

    def __iter__(self) -> Iterator[Code]:
        return iter(self.codes)

    def get(self, slug: str) -> Code | None:
        """The code with exactly this slug, or None."""
        return next((code for code in self.codes if code.slug == slug), None)

    def children(self, slug: str | None) -> tuple[Code, ...]:
        """Codes directly under `slug` (None: the top level), in order."""
        return tuple(code for code in self.codes if code.parent == slug)

    def ancestors(self, slug: str) -> tuple[str, ...]:
        """Slugs of the codes above `slug`, the nearest first; none for a code that is not here."""
        parents = {code.slug: code.parent for code in self.codes}
        found: list[str] = []
        above = parents.get(slug)
        while above is not None and above not in found:
            found.append(above)
            above = parents.get(above)
        return tuple(found)

    def descendants(self, slug: str) -> tuple[Code, ...]:
        """Every code below `slug`, in tree order, without the code itself."""
        found: list[Code] = []
        for child in self.children(slug):
            found.append(child)
            found.extend(self.descendants(child.slug))
        return tuple(found)
