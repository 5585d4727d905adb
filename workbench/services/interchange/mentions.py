"""Whether what a researcher has written names certain people or places, or quotes what they said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_WORD = re.compile(r"\w+")
_RUN = 6
"""Words in a row that, when nobody else has said them, are a quotation."""
_SHORT = 4
"""Letters below which a name is only found as a word of its own, and not with an ending."""

Run = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mentions:
    """How some people are known again in a text."""

    named: re.Pattern[str] | None
    said: frozenset[Run]

    def found_in(self, text: str) -> bool:
        """Whether the text has one of their names or numbers, or words that are theirs alone."""
        if self.named is not None and self.named.search(text):
            return True
        return bool(self.said) and any(run in self.said for run in _runs(text))


def mentions_of(
    names: Iterable[str],
    numbers: Iterable[str],
    written: Iterable[str],
    *,
    theirs: Iterable[str],
    others: Iterable[str],
) -> Mentions:
    """What to look for.

    Args:
        names: of cases; found with a Norwegian ending too.
        numbers: of informants and quotations, and names of sources; found as they are, in small and large letters.
        written: the texts that will be looked through.
        theirs: what they have said.
        others: what others have said; words in a row that are here too tell nothing.
    """
    runs = {run for text in written for run in _runs(text)}
    said = runs and {run for text in theirs for run in _runs(text) if run in runs}
    said = said and said - {run for text in others for run in _runs(text) if run in said}
    patterns = [rf"{_bounded(name)}{'' if len(name) >= _SHORT else _END}" for name in map(str.strip, names) if name]
    patterns += [rf"{_bounded(number)}{_END}" for number in numbers if number.strip()]
    named = re.compile("|".join(sorted(set(patterns))), re.IGNORECASE) if patterns else None
    return Mentions(named, frozenset(said))


_END = r"(?!\w)"


def _bounded(name: str) -> str:
    return rf"(?<!\w){re.escape(name)}"


def _runs(text: str) -> Iterator[Run]:
    words = _WORD.findall(text.casefold())
    return zip(*(words[start:] for start in range(_RUN)), strict=False)
