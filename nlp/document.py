"""A text as suggestions see it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from corpus.model import SourceKind, Turn
from nlp.arrays import numbers
from nlp.learning.rows import Vector
from nlp.parsed import Parsed


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A text with what is known about it."""

    id: str
    text: str
    turns: tuple[Turn, ...]
    kind: SourceKind
    parsed: Parsed
    cases: tuple[str, ...] = ()
    """Names of the cases it belongs to."""
    roles: tuple[str, ...] = ()
    """For each turn the role of its informant; empty strings where it is not known, empty altogether without turns."""
    closed: frozenset[int] = frozenset()
    """Units where nothing may be coded: contents lists, tables and the like. They are read, and say neither yes nor no."""

    @property
    def is_speech(self) -> bool:
        return self.kind == "transcript" and bool(self.turns)

    def role_of(self, unit: int) -> str:
        """The role of the informant whose words a unit is; empty if unknown."""
        turn = self.parsed.unit_turns[unit]
        return self.roles[turn] if self.roles and turn >= 0 else ""

    def spoken_by(self, role: str) -> Vector:
        """Shape (units): 1 where an informant of this role speaks."""
        of_turn = np.array([each == role for each in self.roles] + [False], dtype=np.float64)
        return of_turn[numbers(self.parsed.unit_turns)]
