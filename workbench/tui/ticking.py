"""Ticks in a list: some rows chosen, to be acted on together."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)


class Ticks(Generic[Key]):
    """Which things are ticked, by keys that stay when the list is filtered or sorted anew."""

    def __init__(self, ticked: Sequence[Key] = ()) -> None:
        self.ticked: set[Key] = set(ticked)
        self._anchor: Key | None = None
        """What was ticked or unticked last by itself."""

    def __contains__(self, key: Key) -> bool:
        return key in self.ticked

    def __len__(self) -> int:
        return len(self.ticked)

    def toggle(self, key: Key) -> None:
        self.ticked ^= {key}
        self._anchor = key

    def toggle_all(self, keys: Sequence[Key]) -> None:
        """Tick all of these; none of them if all were ticked. What is not among them stays as it is."""
        if self.ticked.issuperset(keys):
            self.ticked.difference_update(keys)
        else:
            self.ticked.update(keys)

    def to(self, key: Key, keys: Sequence[Key]) -> None:
        """Do to all from the last toggled one to this one what was done to that one; without one, toggle this alone."""
        if self._anchor is None or self._anchor not in keys or key not in keys:
            self.toggle(key)
            return
        first, last = sorted((keys.index(self._anchor), keys.index(key)))
        between = keys[first : last + 1]
        if self._anchor in self.ticked:
            self.ticked.update(between)
        else:
            self.ticked.difference_update(between)
        self._anchor = key

    def keep(self, keys: set[Key]) -> None:
        """Forget what is not among these any more."""
        self.ticked &= keys

    def clear(self) -> None:
        self.ticked.clear()
        self._anchor = None

    def order(self, keys: Sequence[Key]) -> list[Key]:
        """What is ticked, in the order of these keys; the rest after them."""
        shown = [key for key in keys if key in self.ticked]
        return shown + sorted(self.ticked.difference(shown), key=str)

    def hidden(self, keys: Sequence[Key]) -> int:
        """How many ticked things are not among these."""
        return len(self.ticked.difference(keys))
