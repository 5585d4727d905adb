"""A text cut into units and words once, and kept as a few arrays: what is asked of a corpus is asked of these.

Reading a text takes seconds, mostly for loading what reads it. A parsed text packs into some bytes a word, and what is
unpacked needs neither spaCy nor NLTK.
"""

from __future__ import annotations

import hashlib
import struct
import sys
import zlib
from array import array
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, islice, pairwise
from typing import Protocol

from nlp.errors import NlpError
from nlp.forms import Form
from nlp.pipeline import Pipeline, Token, Unit
from nlp.sentences import sentence_spans

PACKED_VERSION = 1
"""Raised when packed bytes change; part of every key, so that older ones are never unpacked."""

_UNITS_BETWEEN_REPORTS = 32
_OUTSIDE = -1
_TYPES = "bBhHiI"
_BETWEEN_FIELDS, _BEFORE_WORD, _AS_BEFORE = "\t", "\x1f", "="


class Spoken(Protocol):
    """What of a turn decides where units lie: half-open code-point offsets of the spoken text."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


class ParsingCancelledError(NlpError):
    """Parsing was called off before the end of the text; there is no half parsed text."""


@dataclass(frozen=True, slots=True, eq=False)
class Parsed:
    """A text cut into units (sentences that never cross a line or a turn) and words with their forms.

    Units stand in the order of the turns, words in the order of the text within each unit. Offsets are code points.
    """

    pipeline: str
    """Identity of the pipeline that read it."""
    forms: tuple[Form, ...]
    """The distinct forms met, in order of first appearance; equal ones are the same object in every parsed text."""
    starts: array[int]
    """Of every word."""
    ends: array[int]
    reaches: array[int]
    """Where what each word says ends: `nlp.pipeline.Token.reach`."""
    words: array[int]
    """Index in `forms`, one a word."""
    unit_starts: array[int]
    unit_ends: array[int]
    first_words: array[int]
    """One more than there are units; the words `first_words[n]` up to `first_words[n + 1]` lie in unit n."""
    unit_turns: array[int]
    """Index of each unit's turn among those the text was parsed with; -1 in a text without turns."""

    def __len__(self) -> int:
        """How many units there are."""
        return len(self.unit_starts)

    def unit(self, n: int) -> Unit:
        """Unit n with its tokens, which are made anew each time."""
        first, last = self.first_words[n], self.first_words[n + 1]
        forms = [self.forms[word] for word in self.words[first:last]]
        places = self.starts[first:last], self.ends[first:last], forms, self.reaches[first:last]
        return Unit(self.unit_starts[n], self.unit_ends[n], tuple(map(Token, *places)))


def units(text: str, turns: Sequence[Spoken]) -> Iterator[tuple[int, int, int]]:
    """(start, end, index of the turn or -1) of every unit. Text outside all turns is passed over when there are any."""
    if not turns:
        yield from ((start, end, _OUTSIDE) for start, end in sentence_spans(text))
        return
    for place, turn in enumerate(turns):
        yield from ((start, end, place) for start, end in sentence_spans(text, turn.start, turn.end))


def parse(
    text: str,
    turns: Sequence[Spoken],
    pipeline: Pipeline,
    *,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Parsed:
    """Read a whole text.

    Args:
        text: the stored text.
        turns: who speaks where; empty for running prose.
        pipeline: reads the words.
        cancelled: asked before each unit.
        progress: called now and then with code points read and code points in all.

    Raises:
        ParsingCancelledError: once `cancelled` says yes.
    """
    cut = list(units(text, turns))

    def watched() -> Iterator[tuple[str, int, int]]:
        for number, (start, end, _turn) in enumerate(cut):
            if cancelled():
                raise ParsingCancelledError
            yield text, start, end
            if number % _UNITS_BETWEEN_REPORTS == 0:
                progress(end, len(text))

    parsed = _gathered(cut, pipeline.tokens_of_many(watched()), pipeline.identity)
    progress(len(text), len(text))
    return parsed


def parse_many(
    texts: Iterable[tuple[str, Sequence[Spoken]]], pipeline: Pipeline, *, workers: int = 1
) -> Iterator[Parsed]:
    """Read (text, turns) after (text, turns), in the order given.

    Args:
        texts: may be fetched as they are read; some are asked for ahead of what has come out.
        pipeline: reads the words.
        workers: processes that read the words; sentences and forms are always found in this one.
    """
    waiting: deque[list[tuple[int, int, int]]] = deque()

    def stretches() -> Iterator[tuple[str, int, int]]:
        for text, turns in texts:
            cut = list(units(text, turns))
            waiting.append(cut)
            yield text, 0, 0  # comes out before the text's units, also when it has none
            yield from ((text, start, end) for start, end, _turn in cut)

    found = pipeline.tokens_of_many(stretches(), workers=workers)
    for _nothing in found:
        cut = waiting.popleft()
        yield _gathered(cut, islice(found, len(cut)), pipeline.identity)


def key(text_digest: str, turns: Iterable[Spoken]) -> str:
    """Under what a parsed text is kept: the text's digest, a hyphen, and what the turns' spans add to it.

    Args:
        text_digest: of the stored text, without a hyphen.
        turns: those it is parsed with.
    """
    spans = array("Q", chain.from_iterable((turn.start, turn.end) for turn in turns))
    decisive = f"{PACKED_VERSION} {','.join(map(str, spans))}"
    return f"{text_digest}-{hashlib.sha256(decisive.encode()).hexdigest()[:16]}"


def pack(parsed: Parsed) -> bytes:
    """The parsed text as bytes, about five a word; the pipeline's identity is not in them."""
    lent = [place for place, (end, reach) in enumerate(zip(parsed.ends, parsed.reaches, strict=True)) if reach != end]
    columns: tuple[Iterable[int], ...] = (
        _steps(chain.from_iterable(zip(parsed.starts, parsed.ends, strict=True))),
        parsed.words,
        lent,
        (parsed.reaches[place] - parsed.ends[place] for place in lent),
        _steps(chain.from_iterable(zip(parsed.unit_starts, parsed.unit_ends, strict=True))),
        _steps(parsed.first_words[1:]),
        _steps(parsed.unit_turns),
    )
    lines = "\n".join(map(_line, parsed.forms)).encode()
    return zlib.compress(b"".join((struct.pack("<I", len(lines)), lines, *map(_column, columns))))


def unpack(body: bytes, pipeline: str) -> Parsed:
    """The parsed text that was packed.

    Args:
        body: what `pack` gave.
        pipeline: identity of the pipeline that read it.

    Raises:
        ValueError: if the bytes are damaged.
    """
    try:
        inflating = zlib.decompressobj()
        content = inflating.decompress(body)
        if not inflating.eof or inflating.unused_data:
            raise ValueError("packed text is cut off or has something behind it")
        (size,) = struct.unpack_from("<I", content)
        lines = content[4 : 4 + size].decode()
        places, words, lent, reached, unit_places, last_words, unit_turns = _columns(content, 4 + size)
        both, unit_both = array("I", accumulate(places)), array("I", accumulate(unit_places))
        first_words = array("I", chain((0,), accumulate(last_words)))
        ends = both[1::2]
        reaches = array("I", ends)
        for place, further in zip(lent, reached, strict=True):
            reaches[place] += further
        parsed = Parsed(
            pipeline=pipeline,
            forms=tuple(map(_form, lines.split("\n"))) if lines else (),
            starts=both[::2],
            ends=ends,
            reaches=reaches,
            words=array("I", words),
            unit_starts=unit_both[::2],
            unit_ends=unit_both[1::2],
            first_words=first_words,
            unit_turns=array("i", accumulate(unit_turns)),
        )
    except (zlib.error, struct.error, OverflowError, IndexError) as error:
        raise ValueError(f"packed text is damaged: {error}") from error
    _require_sound(parsed)
    return parsed


def _require_sound(parsed: Parsed) -> None:
    words, cut = len(parsed.words), len(parsed.unit_starts)
    sound = (
        len(parsed.starts) == len(parsed.ends) == words
        and len(parsed.unit_ends) == len(parsed.unit_turns) == len(parsed.first_words) - 1 == cut
        and parsed.first_words[-1] == words
        and max(parsed.words, default=-1) < len(parsed.forms)
    )
    if not sound:
        raise ValueError("packed text is damaged: its parts do not fit together")


def _gathered(cut: Sequence[tuple[int, int, int]], found: Iterable[tuple[Token, ...]], identity: str) -> Parsed:
    numbers: dict[Form, int] = {}
    forms: dict[Form, int] = {}
    starts, ends, reaches, words, first_words = array("I"), array("I"), array("I"), array("I"), array("I", (0,))
    for tokens in found:
        for token in tokens:
            starts.append(token.start)
            ends.append(token.end)
            reaches.append(token.reach)
            number = numbers.get(token.form)
            if number is None:
                number = numbers[token.form] = forms.setdefault(_form(_line(token.form)), len(forms))
            words.append(number)
        first_words.append(len(words))
    return Parsed(
        pipeline=identity,
        forms=tuple(forms),
        starts=starts,
        ends=ends,
        reaches=reaches,
        words=words,
        unit_starts=array("I", (start for start, _end, _turn in cut)),
        unit_ends=array("I", (end for _start, end, _turn in cut)),
        first_words=first_words,
        unit_turns=array("i", (turn for _start, _end, turn in cut)),
    )


_known: dict[str, Form] = {}
"""Every form met, by its line. What is remembered of a form is remembered by identity, so equal ones must be one."""


def _form(line: str) -> Form:
    known = _known.get(line)
    if known is None:
        surface_field, lemma_field, part_field, head_field = line.split(_BETWEEN_FIELDS)
        surfaces = frozenset(surface_field.split(_BEFORE_WORD)[1:])
        lemmas = surfaces if lemma_field == _AS_BEFORE else frozenset(lemma_field.split(_BEFORE_WORD)[1:])
        parts = lemmas if part_field == _AS_BEFORE else frozenset(part_field.split(_BEFORE_WORD)[1:])
        known = _known.setdefault(line, Form(surfaces, lemmas, parts, tuple(head_field.split(_BEFORE_WORD)[1:])))
    return known


def _line(form: Form) -> str:
    """All of a form on one line; no word holds white space, nor the mark before each word."""
    fields = (
        _field(sorted(form.surfaces)),
        _AS_BEFORE if form.lemmas == form.surfaces else _field(sorted(form.lemmas)),
        _AS_BEFORE if form.parts == form.lemmas else _field(sorted(form.parts)),
        _field(form.head),
    )
    return _BETWEEN_FIELDS.join(fields)


def _field(words: Iterable[str]) -> str:
    return "".join(_BEFORE_WORD + word for word in words)


def _steps(numbers: Iterable[int]) -> Iterator[int]:
    """Each number's distance from the one before, the first one's from zero: small numbers pack well."""
    return (later - earlier for earlier, later in pairwise(chain((0,), numbers)))


def _column(numbers: Iterable[int]) -> bytes:
    """Type, count and little-endian content, in the smallest type that holds them all."""
    listed = list(numbers)
    low, high = min(listed, default=0), max(listed, default=0)
    chosen = next(code for code in _TYPES if _least(code) <= low and high <= _most(code))
    column = array(chosen, listed)
    if sys.byteorder == "big":
        column.byteswap()
    return struct.pack("<cI", chosen.encode(), len(column)) + column.tobytes()


def _least(code: str) -> int:
    return 0 if code.isupper() else -(1 << (8 * array(code).itemsize - 1))


def _most(code: str) -> int:
    return (1 << (8 * array(code).itemsize - code.islower())) - 1


def _columns(content: bytes, position: int) -> Iterator[array[int]]:
    while position < len(content):
        code, count = struct.unpack_from("<cI", content, position)
        column: array[int] = array(_TYPES[_TYPES.index(code.decode("ascii"))])
        position += struct.calcsize("<cI")
        column.frombytes(content[position : position + count * column.itemsize])
        if len(column) != count:
            raise ValueError("packed text is damaged: numbers are missing")
        if sys.byteorder == "big":
            column.byteswap()
        position += count * column.itemsize
        yield column
