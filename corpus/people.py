"""Who the names and pronouns of an article stand for, where the text makes it certain."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import regex

from corpus.attributions import NAME, Attribution
from corpus.first_names import Gender, gender_of
from corpus.regions.rows import touches
from corpus.spans import Span, united

_NAMES = regex.compile(rf"(?:(?<![\p{{L}}-])(?P<title>\p{{Ll}}[\p{{L}}-]{{3,}})[ \u00a0])?(?<!\p{{L}})(?P<name>{NAME})")
_PRONOUNS: dict[str, Gender] = {"han": "m", "hun": "f", "ho": "f", "hen": ""}
_BYLINE = regex.compile(
    rf"(?m)^(?:{NAME}(?:,? og {NAME})?[ \t]*\n+[ \t]*(?i:\p{{L}}*(?:journalist|fotograf|redaktør|reporter)\p{{L}}*)[ \t]*$"
    rf"|(?i:av|tekst(?: og foto)?|skrevet av|skriven av|journalist|reporter)[ :]+"
    rf"{NAME}(?:(?:, | og |, og ){NAME}){{0,4}}[ \t]*$)"
)
_CREDIT = regex.compile(r"(?i)\b(?:foto(?:graf)?|illustrasjon\p{L}*|arkivfoto|video|grafikk)\s*:[^\n]{1,120}")
_TITLED = regex.compile(
    r"(?i)(?:leder|leiar|sjef|terapeut|arbeider|arbeidar|ansvarlig|ansvarleg|forsker|forskar|minister|lege|pleier|pleiar|rådgiver|rådgjevar"
    r"|direktør|konsulent|representant|mann|ordfører|ordførar|rektor|professor|psykolog|veileder|koordinator|sekretær|talsperson|lærer|lærar"
    r"|advokat|politiker|politikar|kurator|spesialist|byråd|statsråd|medlem|mor|far|søster|syster|bror|sønn|son|datter|dotter|kvinne|pasient"
    r"|bruker|brukar|pårørende|nabo|frivillig|prest|jurist|økonom)$"
)
"""How words end that stand before a person's name."""
_WINDOW = 2_500
"""How many characters above a quote a pronoun's person must have been named in."""


class Mention(NamedTuple):
    """A place where a person is named outside quoted speech."""

    start: int
    name: str
    """The person's full name, wherever the text gives it."""
    line: int
    """Where the line begins that the place is on."""


@dataclass(slots=True)
class Cast:
    """The people of an article and where it names them."""

    names: dict[str, set[str]]
    """Full names by themselves and by the words that they end in."""
    mentions: list[Mention]
    """In the order of the text."""
    titles: dict[str, set[str]] = field(default_factory=dict)
    """Full names by the titles that stand before them."""
    spoken: list[Mention] = field(default_factory=list)
    """The speakers of quotes so far."""


def cast_of(text: str, speakers: Iterable[Attribution]) -> Cast:
    """The people named in full, as speakers or by a first name that is known, and every place that names one of them."""
    said = [*speakers]
    named = [speaker for speaker in said if " " in _spaced(speaker.name)]
    full = dict.fromkeys(_spaced(speaker.name) for speaker in named)
    credited = _credits(text)
    found = [
        (match.start("name"), _person(match["name"]), match["title"] or "")
        for match in _NAMES.finditer(text)
        if not touches(credited, match.start("name"), match.end("name"))
    ]
    surnames = {_spaced(speaker.name) for speaker in said if speaker.name and " " not in _spaced(speaker.name)}
    full.update(dict.fromkeys(name for _start, name, title in found if _is_person(name, title, surnames)))
    # Who is only called by a first name, as people in need often are, is somebody too.
    firsts = {name.split(" ")[0] for name in full}
    lone = {name for _start, name, _title in found if " " not in name and gender_of(name)}
    full.update(dict.fromkeys(sorted(lone - firsts - {part for name in full for part in name.split(" ")})))
    cast = Cast(_by_ending(full), [])
    for speaker in named:
        _remember(cast, speaker.title, _spaced(speaker.name))
    for start, words, title in found:
        name = full_name(cast, words)
        if name:
            cast.mentions.append(Mention(start, name, line_start(text, start)))
            if name == words:
                _remember(cast, title, name)
    return cast


def _is_person(name: str, title: str, surnames: set[str]) -> bool:
    """Whether a name in full is a person's: by the first name, by the title before it, or by its surname that speaks."""
    if " " not in name:
        return False
    return bool(gender_of(name) or _TITLED.search(title) or name.rpartition(" ")[2] in surnames)


def _credits(text: str) -> list[Span]:
    """The lines that name who wrote and photographed; nobody of the article's own."""
    return [*united(match.span() for pattern in (_BYLINE, _CREDIT) for match in pattern.finditer(text))]


def full_name(cast: Cast, words: str) -> str:
    """The one full name that the words are, or end, or empty; `Skog Hansens` is `Inger Lise Skog Hansen` too."""
    for each in (words, words.removesuffix("s")):
        found = cast.names.get(each, set())
        if len(found) == 1:
            return next(iter(found))
    return ""


def _by_ending(names: Iterable[str]) -> dict[str, set[str]]:
    known = set(names)
    endings: dict[str, set[str]] = {}
    for name in known:
        parts = name.split(" ")
        for index in range(1, len(parts)):
            endings.setdefault(" ".join(parts[index:]), set()).add(name)
    # Two surnames (`Skog Hansen`) look like a full name until the text has a longer one.
    parts_of_longer = known & set(endings)
    for whole in endings.values():
        whole -= parts_of_longer
    endings.update({name: {name} for name in known - parts_of_longer})
    return endings


def label_of(cast: Cast, speaker: Attribution, at: int, quoted: Sequence[Span]) -> str:
    """What the speaker is called: the full name where it is certain, else the words that stand there, or empty.

    Args:
        at: where the quote begins.
        quoted: the quotes above it; a name inside one is what somebody says, not somebody who speaks.
    """
    if speaker.pronoun:
        return _of_pronoun(cast, _PRONOUNS[speaker.pronoun], at, quoted)
    if speaker.name:
        words = _person(speaker.name)
        known = full_name(cast, words)
        return known or (words if " " in words else " ".join((*speaker.title.split(), words)))
    holders = cast.titles.get(_indefinite(speaker.title), set())
    return next(iter(holders)) if len(holders) == 1 else speaker.title


def line_start(text: str, place: int) -> int:
    """Where the line begins that the place is on."""
    return text.rfind("\n", 0, place) + 1


def only_person(cast: Cast, start: int, end: int) -> str:
    """The person of a stretch that names exactly one, or empty."""
    names = {mention.name for mention in _within(cast.mentions, start, end)}
    return next(iter(names)) if len(names) == 1 else ""


def _of_pronoun(cast: Cast, gender: Gender, at: int, quoted: Sequence[Span]) -> str:
    """The last speaker or person named whom the pronoun fits, unless two of them are equally near."""
    if not gender:
        return ""
    near = [
        mention
        for mention in _within(cast.mentions, at - _WINDOW, at)
        if not any(start <= mention.start < end for start, end in quoted)
    ]
    near += _within(cast.spoken, at - _WINDOW, at)
    fitting = [mention for mention in sorted(near) if gender_of(mention.name) in (gender, "")]
    if not fitting:
        return ""
    last = fitting[-1]
    others = {mention.name for mention in fitting} - {last.name}
    if not gender_of(last.name):
        return "" if others else last.name
    spoke_last = bool(cast.spoken) and cast.spoken[-1].name == last.name
    beside = {mention.name for mention in fitting if mention.line == last.line} - {last.name}
    return "" if beside and not spoke_last else last.name


def _within(mentions: Sequence[Mention], start: int, end: int) -> Sequence[Mention]:
    """The mentions between two places; they are in the order of the text."""
    return mentions[bisect_left(mentions, (start,)) : bisect_left(mentions, (end,))]


def _remember(cast: Cast, title: str, name: str) -> None:
    for word in title.casefold().split():
        cast.titles.setdefault(word, set()).add(name)


def _indefinite(title: str) -> str:
    """`ordføreren` as `ordfører`, the form that stands before a name; what has no such form stays."""
    word = title.casefold().rpartition(" ")[2]
    return (
        word[:-2]
        if word.endswith(
            ("eren", "aren", "oren", "eden", "åden", "enten", "essen", "isten", "øren", "mannen", "sjefen")
        )
        else word
    )


def _person(words: str) -> str:
    """The name without a title that only the beginning of a sentence gave a capital (`Leder Kari Nordmann`)."""
    parts = _spaced(words).split()
    if len(parts) > 2 and not gender_of(parts[0]) and gender_of(parts[1]):
        parts = parts[1:]
    return " ".join(parts)


def _spaced(words: str) -> str:
    return " ".join(words.split())
