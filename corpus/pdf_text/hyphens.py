"""Whether a hyphen at a line's end is the typesetter's or the word's own.

The text itself is the word list: a word that stands unbroken elsewhere settles the matter. What it does not settle is
decided by the shape of the two parts, and is uncertain where the shape allows both.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from corpus.pdf_text.lines import Line

Kind = Literal["join", "keep", "suspended", "address", "debris", "dash"]

_WORD = re.compile(r"[^\W\d_]+")
_COMPOUND = re.compile(r"(?<![^\W\d_])[^\W\d_]+(?:-[^\W\d_]+)+")
_HEAD = re.compile(r"(?<![^\W\d_])([^\W\d_]+)-(?=[^\W\d_])")
_TAIL_LETTERS = re.compile(r"(?<![^\W\d_])[^\W\d_]+$")
_LEADING_LETTERS = re.compile(r"[^\W\d_]+")
_LAST_TOKEN = re.compile(r"(?<!\S)\S*$")
_FIRST_TOKEN = re.compile(r"^\s*(\S*)")
_CONJUNCTION = re.compile(r"(?:og/eller|og|eller|samt|and|or)(?![\w-])")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*$|(?<!\S)\S+@\S*$")
_WHOLE_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>]+")
_VOWEL = re.compile("[aeiouyæøåäöéèêôü]", re.I)
_HYPHENATING = frozenset({"ikke", "eks", "ex", "it", "tv", "pc", "hiv", "nord", "sør", "øst", "vest", "midt"})
"""Words that keep their hyphen before another word more often than not."""
_STEM_TAIL = 4
"""How many letters of the second part must agree with another word's for its stem to count as seen."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a hyphen at a line's end.

    `join` drops it; `keep` keeps it without the line end; `suspended` keeps it and a space (rus- og); `address` keeps
    it within a web address that nothing else settles; `debris` leaves it and the line end; `dash` is no hyphen but a
    spaced dash.
    """

    kind: Kind
    certain: bool = True


class Vocabulary:
    """The words that stand unbroken in the text."""

    def __init__(self, lines: Sequence[Line]) -> None:
        exact: Counter[str] = Counter()
        compounds: Counter[str] = Counter()
        self.heads: set[str] = set()
        self.addresses: set[str] = set()
        broken = False
        for line in lines:
            text = _without_broken_ends(line, broken)
            broken = line.hyphen is not None
            exact.update(_WORD.findall(text))
            self.addresses.update(_WHOLE_ADDRESS.findall(text))
            self.heads.update(head.lower() for head in _HEAD.findall(text))
            for compound in _COMPOUND.findall(text):
                parts = compound.lower().split("-")
                compounds.update(f"{left}-{right}" for left, right in pairwise(parts))
        self.exact = exact
        self.compounds = compounds
        self.lowered: Counter[str] = Counter()
        for word, count in exact.items():
            self.lowered[word.lower()] += count
        self._sorted = sorted(self.lowered)

    def joined(self, left: str, right: str) -> int:
        """How often the joined word stands in the text; as it is written, where a part has capitals inside."""
        word = left + right
        return self.exact[word] if word[1:] != word[1:].lower() else self.lowered[word.lower()]

    def has_stem(self, left: str, right: str) -> bool:
        """Whether another form of the joined word stands in the text."""
        stem = (left + right[:_STEM_TAIL]).lower()
        index = bisect_left(self._sorted, stem)
        return len(right) >= _STEM_TAIL and index < len(self._sorted) and self._sorted[index].startswith(stem)


def judge(left: str, right: str, words: Vocabulary, *, spaced: bool = False, in_address: bool = False) -> Verdict:
    """What to do with the hyphen between two lines.

    Args:
        left: the first line up to its final hyphen.
        right: the next line of the running text.
        words: the words of the whole text.
        spaced: whether the hyphen is followed by a space where the text's hyphens usually are not.
        in_address: whether the first line carries on a web address from the one before it.
    """
    before, after = _LAST_TOKEN.findall(left)[0], _FIRST_TOKEN.findall(right)[0]
    if not before or not after:
        return Verdict("debris", certain=False) if not left.strip() or not after else Verdict("dash")
    if _ADDRESS.search(before) or (in_address and " " not in left):
        return _judge_address(before, after, words)
    first, second = _TAIL_LETTERS.search(before), _LEADING_LETTERS.match(after)
    if _CONJUNCTION.match(after) and not _broken_before_conjunction(first, second, words):
        return Verdict("suspended")
    if after[0].isdigit() or first is None:
        return Verdict("keep")
    if second is None:
        return Verdict("keep", certain=False)
    verdict = _judge_letters(first[0], second[0], words)
    return Verdict(verdict.kind, verdict.certain and (not spaced or _settled(first[0], second[0], words)))


def carries_address(line: Line, *, in_address: bool) -> bool:
    """Whether the line ends within a web address."""
    last = line.text.split(" ")[-1]
    return bool(_ADDRESS.search(last)) or (in_address and " " not in line.text)


def _without_broken_ends(line: Line, starts_broken: bool) -> str:
    """The line's text without the word parts that a line end has cut."""
    text = line.text
    if starts_broken:
        text = text.split(" ", 1)[1] if " " in text else ""
    if line.hyphen is not None:
        text = text.rsplit(" ", 1)[0] if " " in text else ""
    return text


def _settled(left: str, right: str, words: Vocabulary) -> bool:
    return words.joined(left, right) > 0 or words.compounds[f"{left}-{right}".lower()] > 0


def _broken_before_conjunction(first: re.Match[str] | None, second: re.Match[str] | None, words: Vocabulary) -> bool:
    """Whether what looks like a conjunction is a word's last syllable (psykol-og)."""
    if first is None or second is None:
        return False
    return words.joined(first[0], second[0]) > 0 and not words.lowered[first[0].lower()]


def _judge_letters(left: str, right: str, words: Vocabulary) -> Verdict:
    """Decides between two parts that are letters where they meet."""
    joined, hyphenated = words.joined(left, right), words.compounds[f"{left}-{right}".lower()]
    if joined or hyphenated:
        return Verdict("keep" if hyphenated > joined else "join")
    if left[1:] != left[1:].lower():
        return _judge_capitals(left, right, words)
    if right[0].isupper():
        return Verdict("keep")
    if len(left) == 1:
        return Verdict("keep")
    if not _VOWEL.search(left):
        return Verdict("keep", certain=False)
    known_left = words.exact[left] > 0 if left[0].isupper() else words.lowered[left] > 0
    known_right = words.lowered[right] > 0
    if known_right and left.lower() in _HYPHENATING:
        return Verdict("keep", certain=False)
    if left[0].isupper() and known_left and not words.exact[left.lower()] and left.lower() in words.heads:
        return Verdict("keep", certain=False)
    two_words = known_right and (known_left or left[0].isupper())
    return Verdict("join", certain=not two_words or words.has_stem(left, right))


def _judge_address(before: str, after: str, words: Vocabulary) -> Verdict:
    """Decides within a web address: only the same address, unbroken elsewhere, tells."""
    tail = after.rstrip(".,;)>")
    if any(address.startswith(before + tail) for address in words.addresses):
        return Verdict("join")
    return Verdict("address", certain=any(address.startswith(f"{before}-{tail}") for address in words.addresses))


def _judge_capitals(left: str, right: str, words: Vocabulary) -> Verdict:
    """Decides after a part with capitals inside it: an abbreviation (FACT) or a name (BrukerPlan)."""
    if left.isupper() and right.isupper() and len(right) > 1:
        known = words.lowered[(left + right).lower()] > 0
        return Verdict("join") if known else Verdict("keep", certain=False)
    if left.isupper() or words.exact[left]:
        return Verdict("keep")
    return Verdict("join", certain=False)
