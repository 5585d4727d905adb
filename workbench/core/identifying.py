"""What in a report could point to one person: who is alone behind a printed attribution, and what the words give away.

Values and rules only; what they are called in words, and where names come from, is for the services.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from workbench.core.places import MUNICIPALITIES

RiskKind = Literal["role", "combination", "group", "name", "place", "organisation", "case", "contact", "birth"]
RISK_KINDS: tuple[RiskKind, ...] = (
    "role", "combination", "group", "name", "contact", "birth", "case", "place", "organisation",
)  # fmt: skip
Severity = Literal["high", "medium", "low"]
SEVERITIES: tuple[Severity, ...] = ("high", "medium", "low")
SMALLEST_GROUP = 5
"""Attributions that fit so many informants or fewer are told of, unless the project says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An informant of the project, with every case that he or she can be tied to."""

    number: str
    role: str
    level: str
    side: str
    cases: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """An excerpt as it will stand in the report, with where it comes from."""

    coding: str
    quote: str
    source: str
    start: int
    end: int
    informant: str
    """Number; empty when the voice is nobody in particular."""
    cases: tuple[str, ...]
    """As the project calls them, whatever is printed."""
    attributes: tuple[tuple[str, str], ...]
    """(attribute, value) as printed after the excerpt, but for the informant's number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """A printed attribution, and the few whom it can be."""

    kind: RiskKind
    severity: Severity
    attributes: tuple[tuple[str, str], ...]
    people: tuple[Person, ...]
    alone: tuple[Person, ...]
    """Those of them who are the only ones with their role in a case."""
    places: tuple[Printed, ...]
    """Every excerpt that it stands after."""


@dataclass(frozen=True, slots=True)
class Trace:
    """Words in a text that could tell who or where it is about."""

    kind: RiskKind
    severity: Severity
    start: int
    end: int


def crowds(printed: Sequence[Printed], everybody: Sequence[Person], smallest: int) -> list[Crowd]:
    """Attributions that fit so few informants that a reader could tell who spoke, and roles with a single holder.

    Who is alone depends on everybody who was asked, so `everybody` is the whole project's informants, quoted or not.
    """
    groups: dict[tuple[tuple[tuple[str, str], ...], tuple[str, ...]], list[Printed]] = defaultdict(list)
    for each in printed:
        if each.informant and each.attributes:
            groups[each.attributes, each.cases].append(each)
    found, covered = [], set[str]()
    for (attributes, cases), places in groups.items():
        people = tuple(person for person in everybody if _fits(person, attributes, cases))
        if not 0 < len(people) <= smallest:
            continue
        alone = tuple(person for person in people if _alone_with_role(person, cases, everybody))
        kind, severity = _weighed(attributes, len(people), alone)
        covered.update(person.number for person in people)
        found.append(
            Crowd(kind=kind, severity=severity, attributes=attributes, people=people, alone=alone, places=tuple(places))
        )
    return [*found, *_lone_roles([each for each in printed if each.informant not in covered], everybody)]


def _weighed(attributes: Sequence[tuple[str, str]], people: int, alone: Sequence[Person]) -> tuple[RiskKind, Severity]:
    if people > 1:
        return "group", "medium" if alone else "low"
    if any(name == "role" for name, _value in attributes):
        return "role", "high"
    return "combination", "high"


def _lone_roles(printed: Sequence[Printed], everybody: Sequence[Person]) -> Iterator[Crowd]:
    """Those who are quoted and alone with their role, though no printed attribution singles them out."""
    places: dict[str, list[Printed]] = defaultdict(list)
    for each in printed:
        if each.informant:
            places[each.informant].append(each)
    known = {person.number: person for person in everybody}
    for number, found in places.items():
        person = known.get(number)
        cases = tuple(dict.fromkeys(case for each in found for case in each.cases))
        if person is not None and _alone_with_role(person, cases, everybody):
            yield Crowd(
                kind="role",
                severity="low",
                attributes=found[0].attributes,
                people=(person,),
                alone=(person,),
                places=tuple(found),
            )


def _fits(person: Person, attributes: Sequence[tuple[str, str]], cases: Sequence[str]) -> bool:
    """Whether a reader could take the attribution for this person's."""
    for name, value in attributes:
        if name == "case":
            if person.cases.isdisjoint(cases):
                return False
        elif name in ("role", "level", "side") and getattr(person, name).casefold() != value.casefold():
            return False
    return True


def _alone_with_role(person: Person, cases: Iterable[str], everybody: Sequence[Person]) -> bool:
    def holders(case: str) -> set[str]:
        role = person.role.casefold()
        return {each.number for each in everybody if case in each.cases and each.role.casefold() == role}

    return bool(person.role) and any(holders(case) == {person.number} for case in cases)


_WORD = re.compile(r"[^\W\d_](?:[\w’'-]*\w)?")
_GENERAL = frozenset(
    ("kommune", "kommunen", "bydel", "bydelen", "fylke", "fylkeskommune", "region", "by", "og", "i", "øvre", "nedre")
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"(?<![\d.,/-])(?:(?:\+|00)47[ ]?)?(?:[2-9]\d{7}|[2-9]\d(?: \d\d){3}|[49]\d\d \d\d \d{3})(?![\d.,/-]?\d)"
)
_NATIONAL = re.compile(r"(?<!\d)\d{6} ?\d{5}(?!\d)")
_BIRTH = re.compile(
    r"(?i)\b(?:født|fødd|f\.)\s+(?:i\s+|den\s+)?(?:\d{1,2}[. ]+\w+\s+)?(?:\d{1,2}[./]\d{1,2}[./])?\d{2,4}\b"
    r"|\b[0-3]?\d[./][01]?\d[./](?:19|20)\d\d\b"
)


def traces(text: str, *, cases: Iterable[str] = (), masked: bool = False) -> list[Trace]:
    """Case names, municipalities, addresses, telephone and national numbers and dates of birth in a text.

    Args:
        text: as it will be printed.
        cases: names of the project's cases that the text's own attribution does not give.
        masked: whether the report promises to name no case, so that one is worse.
    """
    found = [Trace("contact", "high", each.start(), each.end()) for each in _MAIL.finditer(text)]
    for each in _NATIONAL.finditer(text):
        digits = each.group().replace(" ", "")
        if is_national_number(digits):
            found.append(Trace("birth", "high", each.start(), each.end()))
    found += [Trace("contact", "high", each.start(), each.end()) for each in _PHONE.finditer(text)]
    found += [Trace("birth", "high", each.start(), each.end()) for each in _BIRTH.finditer(text)]
    named = {word for case in cases for word in _telling(case)}
    for each in _WORD.finditer(text):
        word = each.group()
        if _stem(word) & named and word[0].isupper():
            found.append(Trace("case", "high" if masked else "medium", each.start(), each.end()))
        elif not MUNICIPALITIES.isdisjoint(_stem_written(word)):
            found.append(Trace("place", "medium", each.start(), each.end()))
    return _apart(found)


def is_national_number(digits: str) -> bool:
    """Whether eleven digits are a Norwegian national identity or D number: a date, and two control digits that agree."""
    numbers = [int(digit) for digit in digits]
    day, month = int(digits[:2]), int(digits[2:4])
    day = day - 40 if day > 40 else day
    if not (1 <= day <= 31 and 1 <= month <= 12) or not _is_day(day, month):
        return False
    first = -sum(w * n for w, n in zip((3, 7, 6, 1, 8, 9, 4, 5, 2), numbers, strict=False)) % 11
    second = -sum(w * n for w, n in zip((5, 4, 3, 2, 7, 6, 5, 4, 3, 2), numbers, strict=False)) % 11
    return numbers[9:] == [first, second]


def _is_day(day: int, month: int) -> bool:
    try:
        date(2000, month, day)
    except ValueError:
        return False
    return True


def merged(found: Iterable[Trace], more: Iterable[Trace]) -> list[Trace]:
    """Both, in text order; where two overlap the first kind of RISK_KINDS stands."""
    return _apart([*found, *more])


def _apart(found: Iterable[Trace]) -> list[Trace]:
    kept: list[Trace] = []
    for trace in sorted(found, key=lambda each: (RISK_KINDS.index(each.kind), each.start, each.end)):
        if all(trace.end <= other.start or other.end <= trace.start for other in kept):
            kept.append(trace)
    return sorted(kept, key=lambda each: each.start)


def _telling(case: str) -> Iterator[str]:
    """The words of a case's name that nobody else's has, without capitals."""
    for word in _WORD.findall(case):
        if word.casefold() not in _GENERAL and len(word) > 1:
            yield word.casefold()


def _stem(word: str) -> set[str]:
    return {each.casefold() for each in _stem_written(word)}


def _stem_written(word: str) -> set[str]:
    """The word, and without the s or apostrophe of a genitive."""
    return {word, word.removesuffix("s"), word.removesuffix("’"), word.removesuffix("'")}
