"""Interviews by e-mail, in which `Spørsmål:` and `Svar:` stand where the speakers' names would.

The same words stand in reports, guides and minutes, so they count only where they alternate through the whole text: at
least three questions with their answers, and most of the text below them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from gettext import gettext as _
from itertools import pairwise

import regex

from corpus.labels import ANSWER_WORDS, ASIDE, BLANK, LEAD, MARKUP, QUESTION_WORDS, Label, first_word, key
from corpus.model import ImportNote
from corpus.shapes import Line
from corpus.stamps import stamp_of

_LEAST = 3
_MOST_PAIRED = 0.75
"""Share of the labels that belong to a question with its answer."""
_MOST_TEXT = 0.5
_LONGEST_LAST = 3
"""The last answer counts for no more than so many times the longest before it, since all that follows lies below it."""
_LEAST_LAST = 1_500
_LONGEST_ANSWER = 8_000
_SHORT = "s"
"""Stands for a question beside `Svar`, and for an answer beside `Spm`."""

_WORDS = "|".join(sorted(QUESTION_WORDS | ANSWER_WORDS, key=lambda word: (-len(word), word)))
_NUMBER = rf"(?:{BLANK}?(?:nr\.?{BLANK}?)?\d{{1,3}}[a-zæøå]?(?:\.\d{{1,2}})?)"
_MARK = rf"{BLANK}*{MARKUP}{BLANK}*(?:[:：]{MARKUP}|[.)]?{MARKUP}{BLANK}*$|[-–—]{BLANK})"
_LABEL = regex.compile(
    rf"(?:>[> ]*|\#{{1,6}} +)?{LEAD}(?P<word>(?i:{_WORDS})|S)(?:\.?{_NUMBER}?{ASIDE}{_MARK}|\.?{_NUMBER}[.)]{BLANK})"
)


def asked_and_answered(text: str, lines: Sequence[Line], others: Sequence[Label]) -> list[Label]:
    """The labels of questions and answers in order, each without its number; none where the text is not made of them.

    Args:
        others: labels of other kinds; where only questions or only answers are called so, the one of them that recurs is
            the other party.
    """
    found = [_label(start, match) for start, end in lines if (match := _LABEL.match(text, start, end))]
    asks = _asking(found)
    labels = [label for label in found if key(label.text) in asks]
    if len(set(asks.values())) == 2:
        return _alternating(text, labels, asks)
    counts = Counter(key(label.text) for label in others)
    recurring = [name for name, count in counts.items() if count > 1 and name not in asks]
    if not labels or len(recurring) != 1:
        return []
    party = [label for label in others if key(label.text) == recurring[0]]
    labels = sorted([*labels, *party], key=lambda label: label.line_start)
    return _alternating(text, labels, {**asks, recurring[0]: not any(asks.values())})


def asked_note(labels: Sequence[Label]) -> ImportNote:
    """Says that questions and answers were read as speakers."""
    names = " / ".join(f"«{name}:»" for name in dict.fromkeys(label.text for label in labels))
    message = _("{names} går igjen gjennom teksten og er lest som intervjuerens spørsmål og informantens svar.")
    return ImportNote(message=message.format(names=names), start=labels[0].line_start, doubtful=True)


def _label(start: int, match: regex.Match[str]) -> Label:
    return Label(start, match["word"], "role", match.end(), stamp_of(match))


def _asking(found: Sequence[Label]) -> dict[str, bool]:
    """The labels by whether they ask; a single S is what the others are not, and nothing where both are there."""
    names = {key(label.text) for label in found}
    asks = {name: first_word(name) in QUESTION_WORDS for name in names if name != _SHORT}
    if _SHORT in names and len(set(asks.values())) == 1:
        asks[_SHORT] = not any(asks.values())
    return asks


def _alternating(text: str, labels: Sequence[Label], asks: Mapping[str, bool]) -> list[Label]:
    """The same labels when they come in pairs and most of the text lies below them, else none."""
    bounds = [*(label.line_start for label in labels[1:]), len(text)]
    said = [text[label.body_start : bound].strip() for label, bound in zip(labels, bounds, strict=True)]
    paired = sum(
        asks[key(first.text)] and not asks[key(second.text)] and _speaks(asked) and _speaks(answer)
        for (first, asked), (second, answer) in pairwise(zip(labels, said, strict=True))
    )
    lengths = [len(words) for words in said]
    last = max(_LEAST_LAST, _LONGEST_LAST * max(lengths[:-1], default=0))
    covered = sum(lengths[:-1]) + min(lengths[-1], last)
    enough = paired >= _LEAST and 2 * paired >= _MOST_PAIRED * len(labels)
    return (
        list(labels) if enough and covered >= _MOST_TEXT * len(text.strip()) and max(lengths) <= _LONGEST_ANSWER else []
    )


def _speaks(words: str) -> bool:
    return any(character.isalpha() for character in words)
