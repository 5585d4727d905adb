"""Kodebenk's own links read back into the fields that they stand for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from exports.interchange.model import CaseItem, LinkItem, NoteItem, SetItem, SourceItem
from exports.interchange.refi.names import (
    ABOUT_LINK,
    BELONGS_LINK,
    MEMBER_LINK,
    PARENT_LINK,
    SPEAKER_LINK,
    unprotect,
)


@dataclass(slots=True)
class Ties:
    """What the links of Kodebenk's own say: origin to target."""

    parents: dict[str, str] = field(default_factory=dict)
    belongs: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    about: dict[str, str] = field(default_factory=dict)
    members: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    speakers: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))


def sort_links(links: Iterable[LinkItem]) -> tuple[Ties, tuple[LinkItem, ...]]:
    """(what links of Kodebenk's own say, the links that a person made)."""
    ties, others = Ties(), []
    for link in links:
        if link.name == PARENT_LINK:
            ties.parents[link.origin] = link.target
        elif link.name == BELONGS_LINK:
            ties.belongs[link.origin].append(link.target)
        elif link.name == ABOUT_LINK:
            ties.about[link.origin] = link.target
        elif link.name == MEMBER_LINK:
            ties.members[link.origin].append(link.target)
        elif link.name.startswith(SPEAKER_LINK):
            ties.speakers[link.origin][link.name.removeprefix(SPEAKER_LINK)] = link.target
        else:
            others.append(replace(link, name=unprotect(link.name)))
    return ties, tuple(others)


def tied_sources(sources: Iterable[SourceItem], ties: Ties) -> tuple[SourceItem, ...]:
    """The sources with who speaks under which label."""
    return tuple(replace(source, speakers=dict(ties.speakers.get(source.guid, {}))) for source in sources)


def tied_cases(cases: Sequence[CaseItem], ties: Ties) -> tuple[CaseItem, ...]:
    """The cases with the case they lie in, and informants with the cases they belong to."""
    guids = {case.guid for case in cases}
    found = []
    for case in cases:
        above = ties.parents.get(case.guid, "")
        belongs = tuple(dict.fromkeys(each for each in ties.belongs.get(case.guid, ()) if each in guids))
        found.append(replace(case, parent=above if above in guids else "", cases=belongs))
    return tuple(found)


def tied_sets(sets: Iterable[SetItem], ties: Ties) -> tuple[SetItem, ...]:
    """The sets with the codings in them."""
    return tuple(replace(each, codings=tuple(dict.fromkeys(ties.members.get(each.guid, ())))) for each in sets)


def tied_notes(
    notes: Iterable[NoteItem], ties: Ties, cases: Iterable[CaseItem], sets: Iterable[SetItem]
) -> tuple[NoteItem, ...]:
    """The notes, with those on cases and sets where they belong."""
    case_guids, set_guids = {case.guid for case in cases}, {each.guid for each in sets}
    found = []
    for note in notes:
        target = ties.about.get(note.guid, "")
        if target in case_guids:
            note = replace(note, target_kind="case", target=target)
        elif target in set_guids:
            note = replace(note, target_kind="set", target=target)
        found.append(note)
    return tuple(found)
