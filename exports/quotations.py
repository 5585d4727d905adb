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
from typing import Literal

from exports import labels
from exports.models import Attribute, Excerpt
from exports.norwegian import enumeration, sort_key

Setting = Literal["inline", "block", "report"]

PUBLISHED = ("report", "article")
"""Kinds of sources whose words are in print, so that they can be looked up as they stand."""
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
    if not is_quotation(excerpt):
        return "report"
    text = excerpt.printed
    if len(lines(text)) > 1 or len(text.split()) > LONGEST_INLINE or _MARKS.search(text):
        return "block"
    return "inline"


def is_quotation(excerpt: Excerpt) -> bool:
    """Whether the words are somebody's own; those of minutes and notes are the writer's, whatever they are marked as."""
    return excerpt.verbatim and excerpt.source_kind not in ("minutes", "notes")


def is_word_for_word(excerpt: Excerpt) -> bool:
    """Whether the words are exactly those that were said or published, quotation or not."""
    return is_quotation(excerpt) or excerpt.source_kind in PUBLISHED


def attribution(excerpt: Excerpt, shown: Sequence[Attribute]) -> str:
    """Who said it, in parentheses: *(Lunden, I03)*; empty when nothing may be shown.

    Published reports and articles have no informant, so their name is given, or what they are where the name would give
    a masked case away; the name of a transcript is not, since file names tend to hold the names of people. What the
    interviewer says is told as that, whatever else may be shown: it is no evidence of what informants mean.
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
    if not excerpt.informant and excerpt.source_kind in PUBLISHED:
        parts.append(excerpt.published or excerpt.source_name or labels.source_kind(excerpt.source_kind))
    if excerpt.voice == "interviewer":
        parts.append(_("intervjueren"))
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


def by_code(excerpts: Iterable[Excerpt]) -> tuple[Group, ...]:
    """Excerpts by code, in the order that the codes come in; a place with several of the codes stands under each."""
    groups: dict[tuple[str, ...], list[Excerpt]] = defaultdict(list)
    for excerpt in excerpts:
        groups[excerpt.code_path or (excerpt.code_name,)].append(excerpt)
    return tuple(Group(title=path[-1], passages=unite(found)) for path, found in groups.items())


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


def _printed_order(passage: Passage) -> tuple[object, ...]:
    excerpt = passage.excerpt
    return (
        not is_quotation(excerpt),
        not passage.star,
        not excerpt.informant,
        sort_key(excerpt.informant),
        sort_key(excerpt.source_name),
        excerpt.source,
        excerpt.start,
        excerpt.end,
    )
