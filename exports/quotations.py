"""How an excerpt may be set: as a quotation or not, in which order, and with what said about its speaker.

Quotation marks promise that nothing between them was changed, so an excerpt that holds guillemets of its own, is long
or runs over several lines stands as a block without marks, and one that is not verbatim is never set as a quotation.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from gettext import ngettext
from typing import Literal

from exports.models import Attribute, Excerpt, Informant
from exports.norwegian import enumeration, sort_key

Setting = Literal["inline", "block", "report"]

LONGEST_INLINE = 40
"""Words; a longer quotation is set as a block without quotation marks."""

_TABS = re.compile(r"\t+")
_LINES = re.compile(r"[\n\r\x0b\x0c\x85\u2028\u2029]+")
_MARKS = re.compile("[«»]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One place in a source, though several codes or coders point at it."""

    excerpt: Excerpt
    quote_ids: tuple[str, ...]
    star: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Passages under one heading: those of one case, or of the same several cases."""

    title: str
    passages: tuple[Passage, ...]


def lines(text: str) -> tuple[str, ...]:
    """The excerpt's lines, none of them empty: tabs become spaces, and no other character is touched."""
    return tuple(line for piece in _LINES.split(text) if (line := _TABS.sub(" ", piece).strip()))


def one_line(text: str) -> str:
    """The text on one line, for where a paragraph cannot be broken."""
    return " ".join(lines(text))


def setting(excerpt: Excerpt) -> Setting:
    """Whether the excerpt stands between quotation marks, as a block quotation, or as what a report said."""
    if not excerpt.verbatim:
        return "report"
    text = excerpt.text
    if len(lines(text)) > 1 or len(text.split()) > LONGEST_INLINE or _MARKS.search(text):
        return "block"
    return "inline"


def attribution(excerpt: Excerpt, shown: Sequence[Attribute]) -> str:
    """Who said it, in parentheses: *(Lunden, I03)*; empty when nothing may be shown.

    Published reports and articles have no informant, so their name is given; the name of a transcript is not, since
    file names tend to hold the names of people.
    """
    values: dict[Attribute, str] = {
        "case": "/".join(sorted(excerpt.cases, key=sort_key)),
        "informant": excerpt.informant,
        "role": excerpt.role,
        "side": excerpt.side,
        "level": excerpt.level,
        "wave": excerpt.wave,
    }
    parts = [values[name] for name in shown if values[name]]
    if not excerpt.informant and excerpt.source_kind in ("report", "article"):
        parts.append(excerpt.source_name)
    return f"({', '.join(parts)})" if parts else ""


def reference(passage: Passage, shown: Sequence[Attribute]) -> str:
    """What follows an excerpt: the speaker, and the id that leads back to its place: *(Lunden, I03) [I03-042]*."""
    ids = f"[{', '.join(passage.quote_ids)}]"
    return f"{who} {ids}" if (who := attribution(passage.excerpt, shown)) else ids


def by_case(excerpts: Iterable[Excerpt], language: str = "nb-NO") -> tuple[Group, ...]:
    """Excerpts by case in Norwegian order, those without a case last; quotations first, selected ones before others."""
    groups: dict[tuple[str, ...], list[Excerpt]] = defaultdict(list)
    for excerpt in excerpts:
        groups[tuple(sorted(set(excerpt.cases), key=sort_key))].append(excerpt)
    ordered = sorted(groups, key=lambda cases: (not cases, [sort_key(case) for case in cases]))
    return tuple(
        Group(
            title=enumeration(cases, language) if cases else _("Uten case"),
            passages=unite(groups[cases]),
        )
        for cases in ordered
    )


def unite(excerpts: Iterable[Excerpt]) -> tuple[Passage, ...]:
    """Each place once, in the order it is to be printed, with the ids of all its codings."""
    places: dict[tuple[str, int, int], list[Excerpt]] = defaultdict(list)
    for excerpt in excerpts:
        places[excerpt.source, excerpt.start, excerpt.end].append(excerpt)
    passages = []
    for same in places.values():
        ids = tuple(sorted({excerpt.quote_id for excerpt in same}, key=sort_key))
        first = min(same, key=lambda excerpt: (sort_key(excerpt.quote_id), excerpt.id))
        passages.append(Passage(excerpt=first, quote_ids=ids, star=any(excerpt.star for excerpt in same)))
    return tuple(sorted(passages, key=_printed_order))


def informants_of(excerpts: Iterable[Excerpt]) -> tuple[Informant, ...]:
    """The informants who speak in the excerpts, once for each set of attributes they were given."""
    found = {
        (excerpt.informant, excerpt.role, excerpt.cases): Informant(
            number=excerpt.informant, role=excerpt.role, cases=excerpt.cases
        )
        for excerpt in excerpts
        if excerpt.informant
    }
    return tuple(found.values())


def single_holder_roles(informants: Iterable[Informant], at_most: int = 1) -> list[str]:
    """Warnings, one for each role that so few informants have in a case that the role names them.

    Give all informants of the project, not only those quoted: who is alone depends on everybody who was asked.
    """
    holders: dict[tuple[str, str], set[str]] = defaultdict(set)
    for informant in informants:
        for case in informant.cases or ("",):
            if informant.role:
                holders[case, informant.role].add(informant.number)
    few = [key for key, numbers in holders.items() if len(numbers) <= at_most]
    return [
        _holder_warning(case, role, sorted(holders[case, role], key=sort_key))
        for case, role in sorted(few, key=lambda key: (sort_key(key[0]), sort_key(key[1])))
    ]


def _holder_warning(case: str, role: str, numbers: Sequence[str]) -> str:
    place = case or _("materialet uten case")
    return ngettext(
        "Rollen «{role}» har bare {n} informant i {case} ({who}). Leseren kan kjenne igjen personen når rollen nevnes.",
        "Rollen «{role}» har bare {n} informanter i {case} ({who}). Leseren kan kjenne igjen dem når rollen nevnes.",
        len(numbers),
    ).format(role=role, n=len(numbers), case=place, who=", ".join(numbers))


def _printed_order(passage: Passage) -> tuple[object, ...]:
    excerpt = passage.excerpt
    return (
        not excerpt.verbatim,
        not passage.star,
        not excerpt.informant,
        sort_key(excerpt.informant),
        sort_key(excerpt.source_name),
        excerpt.source,
        excerpt.start,
        excerpt.end,
    )
