"""Speakers named in headings: a Word transcript where each turn stands below a heading with nothing but the name.

NVivo reads such documents by their heading styles. A report has headings too, some of which recur; so headings are
speakers only when those of one level recur nearly all and are role words, or names of which one asks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from gettext import gettext as _
from statistics import median
from typing import NamedTuple

from corpus.labels import confirmed_names, key, label_at, name_like, never_a_label, numbered_voice
from corpus.model import ImportNote, ReadOptions
from corpus.shapes import Layout, Opening
from corpus.turns import Parsed, parse, parsed_at

_LEAST = 4
_NEARLY_ALL = 0.8
_ENOUGH_QUESTIONS = 0.3
_LONGEST_TURN = 1500
_LONGEST_NAME = 80
_SHOWN = 5


class Heading(NamedTuple):
    """A paragraph in a heading style: its stretch of the stored text, without the line end."""

    level: str
    start: int
    end: int


class _Named(NamedTuple):
    label: str
    heading: Heading
    body: str


def parse_headings(text: str, headings: Sequence[Heading], options: ReadOptions) -> Parsed | None:
    """The turns below the headings of one level, or None when the headings are no speakers.

    Headings of other levels end a turn and begin none.
    """
    for level in dict.fromkeys(heading.level for heading in headings):
        found = _at_level(text, headings, level)
        speakers = _speakers(found, options)
        if not speakers or len(parse(text, options).turns) > len(found):
            continue
        openings = [
            Opening(one.heading.start, one.label, one.heading.end) for one in found if key(one.label) in speakers
        ]
        taken = {opening.label_start for opening in openings}
        closers = tuple(heading.start for heading in headings if heading.start not in taken)
        return parsed_at(text, Layout(tuple(openings), closers), options, (_note(found, speakers),))
    return None


def _at_level(text: str, headings: Sequence[Heading], level: str) -> list[_Named]:
    ends = [heading.start for heading in headings[1:]] + [len(text)]
    return [
        _Named(label, heading, text[heading.end : end])
        for heading, end in zip(headings, ends, strict=True)
        if heading.level == level and (label := text[heading.start : heading.end].strip().rstrip(":").rstrip())
    ]


def _speakers(found: Sequence[_Named], options: ReadOptions) -> set[str]:
    """The folded labels that are speakers, by the company they keep; empty when these are no speakers."""
    confirmed = confirmed_names(options.confirmed_labels)
    counts = Counter(key(one.label) for one in found)
    roles = {key(one.label) for one in found if _role(one.label, confirmed)}
    names = {name for name, count in counts.items() if count > 1} - roles
    labels = {key(one.label): one.label for one in found}
    names = {name for name in names if name_like(labels[name]) and not never_a_label(labels[name])}
    speakers = roles | names
    speaking = [one for one in found if key(one.label) in speakers]
    if len(speaking) < max(_LEAST, _NEARLY_ALL * len(found)) or len(speakers) < 2:
        return set()
    if names and not roles:
        asking = Counter(key(one.label) for one in speaking if "?" in one.body)
        asks = any(asking[name] >= _ENOUGH_QUESTIONS * counts[name] for name in names)
        if not asks or median(len(one.body) for one in speaking) > _LONGEST_TURN:
            return set()
    return speakers


def _role(label: str, confirmed: frozenset[str]) -> bool:
    """True for a label that needs no company: a role word, a confirmed name, `Speaker 1`."""
    if len(label) > _LONGEST_NAME or "\n" in label:
        return False
    line = f"{label}: "
    found = label_at(line, 0, len(line), confirmed)
    known = found is not None and found.kind in ("role", "confirmed") and key(found.text) == key(label)
    return known or numbered_voice(label)


def _note(found: Sequence[_Named], speakers: set[str]) -> ImportNote:
    named = dict.fromkeys(one.label for one in found if key(one.label) in speakers)
    shown = ", ".join(f"«{label}»" for label in list(named)[:_SHOWN]) + (" …" if len(named) > _SHOWN else "")
    message = _("Overskriftene {names} går igjen og er lest som talere; avvis dem hvis de er noe annet.")
    return ImportNote(
        message=message.format(names=shown), start=found[0].heading.start, count=len(named), doubtful=True
    )
