"""What of a source is looked at: its parsed text, and which units of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from nlp.forms import Form
from nlp.words.shown import shown
from nlp.words.stop import is_word

if TYPE_CHECKING:
    from nlp.parsed import Parsed


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Document:
    """The words of one source that a question is asked of."""

    source: str
    """Id of the source."""
    text: str
    parsed: Parsed
    units: Sequence[int]
    """Indexes of the parsed units that count, ascending: those of the chosen speakers and codes."""

    def stretches(self) -> Iterator[tuple[int, int]]:
        """Half-open ranges of word indexes, as long as they can be; together they are the words of the units."""
        first_words = self.parsed.first_words
        begin = end = -1
        for unit in self.units:
            if first_words[unit] != end:
                if begin < end:
                    yield begin, end
                begin = first_words[unit]
            end = first_words[unit + 1]
        if begin < end:
            yield begin, end

    def counted(self) -> Counter[Form]:
        """How often each form occurs. Figures and signs without a letter are no words."""
        words = self.parsed.words
        counts = Counter(chain.from_iterable(words[begin:end] for begin, end in self.stretches()))
        forms = self.parsed.forms
        return Counter({forms[place]: count for place, count in counts.items() if is_word(forms[place])})

    def first_places(self) -> dict[Form, int]:
        """Index of each form's first word."""
        words, forms = self.parsed.words, self.parsed.forms
        places: dict[int, int] = {}
        for begin, end in reversed(list(self.stretches())):
            places |= zip(reversed(words[begin:end]), range(end - 1, begin - 1, -1), strict=True)
        return {forms[form]: place for form, place in places.items()}


def by_lemma(documents: Iterable[Document]) -> list[Counter[str]]:
    """How often each dictionary form occurs in each document."""
    found = []
    for document in documents:
        counts: Counter[str] = Counter()
        for form, count in document.counted().items():
            counts[shown(form)] += count
        found.append(counts)
    return found
