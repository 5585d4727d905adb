"""What those who have withdrawn have given stays where it is: it does not follow a project into another."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from gettext import gettext as _

from exports.interchange.model import Bundle, CaseItem, Loss, SetItem, SourceItem


def without_withdrawn(bundle: Bundle, withdrawn: Collection[str]) -> Bundle:
    """The bundle without some cases, by GUID, and without the sources and informants of those alone.

    What stands on them goes too. They are listed by count: their names are not to be passed on either.
    """
    gone = {
        each.guid
        for each in bundle.cases
        if each.guid in withdrawn or (each.cases and set(each.cases) <= set(withdrawn))
    }
    kept = {guid for each in bundle.cases if each.kind == "case" and each.guid not in gone for guid in each.sources}
    left = {guid for each in bundle.cases if each.guid in gone for guid in each.sources} - kept
    names = {each.name for each in bundle.cases if each.guid in gone}
    names |= {each.name for each in bundle.sources if each.guid in left}
    gone |= left
    gone |= {each.guid for each in bundle.codings if each.source in left}
    gone |= {each.guid for each in bundle.notes if each.target in gone}
    losses = tuple(each for each in bundle.losses if each.name not in names)
    if withdrawn:
        why = _("Caser som har trukket seg, og kilder og informanter som bare er deres, er holdt utenfor.")
        count = len(left) + sum(each.guid in gone for each in bundle.cases)
        losses = (*losses, Loss(what=_("Trukket"), name="", why=why, count=count))
    return replace(
        bundle,
        sources=tuple(_source(each, gone) for each in bundle.sources if each.guid not in gone),
        codings=tuple(each for each in bundle.codings if each.guid not in gone),
        notes=tuple(each for each in bundle.notes if each.guid not in gone),
        cases=tuple(_case(each, gone) for each in bundle.cases if each.guid not in gone),
        sets=tuple(_set(each, gone) for each in bundle.sets),
        links=tuple(each for each in bundle.links if not {each.origin, each.target} & gone),
        losses=losses,
    )


def _source(source: SourceItem, gone: Collection[str]) -> SourceItem:
    return replace(source, speakers={label: guid for label, guid in source.speakers.items() if guid not in gone})


def _case(case: CaseItem, gone: Collection[str]) -> CaseItem:
    return replace(
        case,
        parent="" if case.parent in gone else case.parent,
        cases=_without(case.cases, gone),
        sources=_without(case.sources, gone),
    )


def _set(group: SetItem, gone: Collection[str]) -> SetItem:
    return replace(group, sources=_without(group.sources, gone), codings=_without(group.codings, gone))


def _without(guids: tuple[str, ...], gone: Collection[str]) -> tuple[str, ...]:
    return tuple(guid for guid in guids if guid not in gone)
