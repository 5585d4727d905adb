"""Labels that name speakers only among their like: small letters, letters in lists, names in brackets or before a dash.

A list of who takes part, an outline and a count by gender begin their lines as an interview does. What tells them apart is
that people speak again, and that one of them asks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from gettext import gettext as _

import regex

from corpus.labels import Label, key, name_like, numbered_voice
from corpus.model import ImportNote
from corpus.shapes import Line
from corpus.stamps import hours_of_day

_LEAST_ALONE = 0.25
"""Share of lines beginning with a word in brackets, or before a dash, from which it names a speaker."""
_HEAD_LINES = 15
"""Lines from the beginning among which `Informant: kvinne, 34` may stand above speech with dashes."""
_ENOUGH_QUESTIONS = 0.3
_MOST_COUNTED = 0.5
"""Share of letters followed by figures from which these are counts and no speech: `M: 12 stykker`."""
_LISTED = 3
_LONGEST_ENTRY = 8
"""Words."""
_LONGEST_END = 20
_ENDED = regex.compile(r"[.?!…:»\"”\-–—\]#]\Z|\d:\d{2}[^\p{L}]{0,6}\Z")
"""How sentences end, and lines with a time behind them."""
_SHOWN = 5
_FIGURE = regex.compile(r"\s*(?:ca\.?\s*)?\d")


def without_colon(text: str, lines: Sequence[Line], found: Sequence[Label]) -> list[Label]:
    """The labels but for those in brackets or before a dash that keep no such company as speakers do.

    Two of them must recur, and they must stand on many of the lines. Before a dash, or with free names in brackets, one of
    them must ask; and dashes count only where no label below the head has a colon.
    """
    alone = [label for label in found if not label.colon and label.kind != "confirmed"]
    kept = {label.line_start for label in _bracketed(text, lines, alone)}
    kept |= {label.line_start for label in _dashed(text, lines, alone, found)}
    return [label for label in found if label.colon or label.kind == "confirmed" or label.line_start in kept]


def without_lists(text: str, found: Sequence[Label]) -> list[Label]:
    """The labels but for small letters that nobody is called by, and letters of outlines and counts."""
    small = [label for label in found if label.kind == "letter" and label.text[0].islower()]
    capital = [label for label in found if label.kind == "letter" and not label.text[0].islower()]
    dropped = set() if _are_voices(text, small, found) else {label.line_start for label in small}
    letters = capital if dropped else [*small, *capital]
    if _are_listed(text, letters):
        dropped |= {label.line_start for label in letters}
    return [label for label in found if label.line_start not in dropped]


def are_listed(text: str, accepted: Sequence[Label]) -> bool:
    """True for lines that list and do not speak: few words and no sentence behind each label, or hours and no question.

    `Forsker: Kari Moe, UiT`, `Lærer: 3 stillinger`, `Kari: bestille rom`, `08:30 Lærer: Tar imot elevene.`
    """
    times = [label.stamp.at_ms for label in accepted if label.stamp and label.stamp.at_ms is not None]
    if len(times) == len(accepted) and hours_of_day(times):
        return not _one_asks(text, accepted)
    clear = any(label.stamp and (label.stamp.bracketed or label.stamp.hashed) for label in accepted)
    return bool(accepted) and not clear and not any(_is_speech(_first_line(text, label)) for label in accepted)


def dash_note(accepted: Sequence[Label]) -> tuple[ImportNote, ...]:
    """Says that names before dashes were read as speakers, where no time stands beside them."""
    dashed = [label for label in accepted if label.dashed and label.kind != "confirmed" and not label.stamp]
    if not dashed:
        return ()
    names = list(dict.fromkeys(label.text for label in dashed))
    shown = ", ".join(f"«{name}»" for name in names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")
    message = _(
        "{names} står foran tankestrek på linjer som går igjen og er lest som talere; avvis dem hvis de er noe annet."
    )
    place = dashed[0].line_start
    return (ImportNote(message=message.format(names=shown), start=place, count=len(names), doubtful=True),)


def _first_line(text: str, label: Label) -> str:
    """What stands behind the label, or where that is nothing, on the line below."""
    end = text.find("\n", label.body_start)
    line = text[label.body_start : end if end >= 0 else len(text)].strip()
    return line or text[label.body_start :].lstrip().partition("\n")[0].strip()


def _is_speech(line: str) -> bool:
    """True for a line that ends as sentences do, or is longer than what stands in lists."""
    return len(line.split()) > _LONGEST_ENTRY or _ENDED.search(line, max(0, len(line) - _LONGEST_END)) is not None


def _bracketed(text: str, lines: Sequence[Line], alone: Sequence[Label]) -> Sequence[Label]:
    labels = [label for label in alone if not label.dashed]
    counts = Counter(key(label.text) for label in labels)
    recurring = {key(label.text) for label in labels if label.kind == "role" or counts[key(label.text)] > 1}
    if len(recurring) < 2 or len(labels) < _LEAST_ALONE * len(lines):
        return ()
    names = all(label.kind == "free" and not numbered_voice(label.text) for label in labels)
    return () if names and not _one_asks(text, labels) else labels


def _dashed(text: str, lines: Sequence[Line], alone: Sequence[Label], found: Sequence[Label]) -> Sequence[Label]:
    labels = [label for label in alone if label.dashed]
    sure = all(label.stamp for label in labels) or _one_asks(text, labels)
    if len(_recurring(labels)) < 2 or len(labels) < _LEAST_ALONE * len(lines) or not sure:
        return ()
    head = lines[min(_HEAD_LINES, len(lines)) - 1][1]
    beside = [label for label in found if label.colon and label.kind != "free"]
    first = min(head, labels[0].line_start)
    return () if _recurring(beside) or any(label.line_start > first for label in beside) else labels


def _are_voices(text: str, small: Sequence[Label], found: Sequence[Label]) -> bool:
    """True for small letters that recur and ask where no label is larger, or that are slips of large ones."""
    large = [label for label in found if not label.text[0].islower() and label.kind != "free"]
    names = Counter(key(label.text) for label in found if label.kind == "free" and name_like(label.text))
    if large:
        counts = Counter(key(label.text) for label in large)
        slips = Counter(key(label.text) for label in small)
        return all(count < counts[name] for name, count in slips.items())
    return max(names.values(), default=0) < 2 and len(_recurring(small)) >= 2 and _one_asks(text, small)


def _are_listed(text: str, letters: Sequence[Label]) -> bool:
    """True for letters that only number or count: none of several recurs, or most stand before figures, and nobody asks."""
    bodies = _bodies(text, letters)
    if not _recurring(letters):
        least = 2 if all(label.counted for label in letters) else _LISTED
        return len(letters) >= least and not any("?" in body for body in bodies)
    figures = sum(_FIGURE.match(body) is not None for body in bodies)
    return figures > _MOST_COUNTED * len(letters) and not _one_asks(text, letters)


def _recurring(labels: Sequence[Label]) -> set[str]:
    return {name for name, count in Counter(key(label.text) for label in labels).items() if count > 1}


def _one_asks(text: str, labels: Sequence[Label]) -> bool:
    """True when one who speaks more than once asks often."""
    turns: Counter[str] = Counter()
    asking: Counter[str] = Counter()
    for label, body in zip(labels, _bodies(text, labels), strict=True):
        turns[key(label.text)] += 1
        asking[key(label.text)] += "?" in body
    return any(count > 1 and asking[name] >= _ENOUGH_QUESTIONS * count for name, count in turns.items())


def _bodies(text: str, labels: Sequence[Label]) -> list[str]:
    """What stands behind each label, to the end of its paragraph or the next label."""
    bounds = [label.line_start for label in labels[1:]] + [len(text)] * bool(labels)
    return [text[label.body_start : bound].partition("\n\n")[0] for label, bound in zip(labels, bounds, strict=True)]
