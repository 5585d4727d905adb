"""The list of what did not come along and of what was wrong, kept while a file is read or written."""

from __future__ import annotations

from dataclasses import dataclass, field

from exports.interchange.model import Loss


@dataclass(slots=True)
class Ledger:
    """Losses in the order that they were first met; the same one again only counts up."""

    _counts: dict[tuple[str, str, str, bool], int] = field(default_factory=dict)

    def lost(self, what: str, name: str, why: str, count: int = 1) -> None:
        """Something did not come along."""
        self._add(what, name, why, count, mended=False)

    def mended(self, what: str, name: str, why: str, count: int = 1) -> None:
        """Something was wrong, and nothing was lost by it."""
        self._add(what, name, why, count, mended=True)

    def entries(self) -> tuple[Loss, ...]:
        """What is listed so far, losses before what was mended."""
        found = [
            Loss(what=what, name=name, why=why, count=count, mended=mended)
            for (what, name, why, mended), count in self._counts.items()
        ]
        return tuple(sorted(found, key=lambda loss: loss.mended))

    def _add(self, what: str, name: str, why: str, count: int, *, mended: bool) -> None:
        if count > 0:
            key = (what, name, why, mended)
            self._counts[key] = self._counts.get(key, 0) + count
