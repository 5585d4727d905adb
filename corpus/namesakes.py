"""Names that recur before colons, told from headings that do: `Tiltak:` in a set of notes, `Files:` in a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import regex

from corpus.first_names import gender_of
from corpus.labels import Label, key, name_like, numbered_voice

_ENOUGH_QUESTIONS = 0.1
"""Share of the turns of one name that ask, from which names that nobody is known to bear are people's."""
_MOST_NAMES = 4
_ASKS = regex.compile(r"\?(?=[\s»”\"'’)\]…]|\Z)")
"""A question mark that ends something; links have others."""


def are_people(text: str, labels: Sequence[Label]) -> bool:
    """False for headings that recur as names do (`Tiltak:`, `Files:`): nobody is called so, and nobody asks.

    Roles, letters, stamps, numbered voices and names of two words or known as first names are people's at once.
    """
    bounds = [label.line_start for label in labels[1:]] + [len(text)] * bool(labels)
    turns: Counter[str] = Counter()
    asking: Counter[str] = Counter()
    for label, bound in zip(labels, bounds, strict=True):
        words = label.text.split()
        known = name_like(label.text) and (1 < len(words) <= _MOST_NAMES or gender_of(words[0]))
        if label.kind != "free" or label.stamp or numbered_voice(label.text) or known:
            return True
        name = key(label.text)
        turns[name] += 1
        asking[name] += _ASKS.search(text[label.body_start : bound].partition("\n\n")[0]) is not None
    return any(asking[name] >= _ENOUGH_QUESTIONS * count for name, count in turns.items())
