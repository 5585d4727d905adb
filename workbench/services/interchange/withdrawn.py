"""What those who have withdrawn have given stays where it is: it does not follow a project into another."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from gettext import gettext as _

from exports.interchange.model import Bundle, CaseItem, Loss, NoteItem, SetItem, SourceItem, SurveyItem
from workbench.services.interchange.mentions import Mentions, mentions_of
from workbench.services.interchange.withdrawn_words import without_mentions, written


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gone:
    """What is held outside, and how it is known again in what others have written."""

    guids: Collection[str]
    mentions: Mentions


def without_withdrawn(bundle: Bundle, withdrawn: Collection[str], quotes: Iterable[tuple[str, str]] = ()) -> Bundle:
    """The bundle without some cases, by GUID, those that lie in them, and the sources and informants of those alone.

    What stands on them goes too, and so does what the researchers have written that names or quotes them. They are
    listed by count: their names are not to be passed on either.

    Args:
        bundle: everything.
        withdrawn: the cases that have withdrawn.
        quotes: (GUID of a source, the number of a quotation in it).
    """
    if not withdrawn:
        return bundle
    cases = _with_those_inside(bundle.cases, withdrawn)
    theirs = {guid for each in bundle.cases if each.guid in cases for guid in each.sources}
    theirs |= _told_by(bundle.cases, cases)
    kept = _of_others(bundle.cases, cases)
    left = theirs - kept
    people = {each.guid for each in bundle.cases if each.kind == "informant" and _belongs(each, cases, left)}
    gone = _Gone(
        guids={*cases, *people, *left, *(each.guid for each in bundle.codings if each.source in left)},
        mentions=_mentions(bundle, {*cases, *people}, left, quotes),
    )
    given, losses = without_mentions(_cut(bundle, gone), gone.mentions)
    shared = {each.name for each in given.sources if each.guid in theirs & kept}
    count = len(left) + sum(each.guid in gone.guids for each in bundle.cases)
    return replace(given, losses=(*_told(gone, bundle, shared, count), *losses))


def _with_those_inside(cases: Collection[CaseItem], withdrawn: Collection[str]) -> set[str]:
    found: set[str] = set()
    more = set(withdrawn)
    while more:
        found |= more
        more = {each.guid for each in cases if each.parent in more} - found
    return found


def _told_by(cases: Iterable[CaseItem], gone: Collection[str]) -> set[str]:
    """Sources of informants who belong to cases that are gone, and to no others."""
    return {guid for each in cases if each.cases and set(each.cases) <= set(gone) for guid in each.sources}


def _of_others(cases: Collection[CaseItem], gone: Collection[str]) -> set[str]:
    """Sources of cases that stay; and, of those that belong to no case, those where somebody else speaks too."""
    placed = {guid for each in cases if each.kind == "case" for guid in each.sources}
    found = {guid for each in cases if each.kind == "case" and each.guid not in gone for guid in each.sources}
    for each in cases:
        if each.kind == "informant" and not (each.cases and set(each.cases) <= set(gone)):
            found |= set(each.sources) - placed
    return found


def _belongs(informant: CaseItem, cases: Collection[str], left: Collection[str]) -> bool:
    """Whether an informant is theirs alone: by cases, or, where none are known, by sources."""
    own = informant.cases or informant.sources
    return bool(own) and set(own) <= {*cases, *left}


def _mentions(
    bundle: Bundle, cases: Collection[str], left: Collection[str], quotes: Iterable[tuple[str, str]]
) -> Mentions:
    names = [each.name for each in bundle.cases if each.guid in cases and each.kind == "case"]
    numbers = [each.name for each in bundle.sources if each.guid in left and _tells(each.name)]
    numbers += [each.name for each in bundle.cases if each.guid in cases and each.kind == "informant"]
    numbers += [number for source, number in quotes if source in left]
    theirs = [each.text for each in bundle.sources if each.guid in left]
    others = [each.text for each in bundle.sources if each.guid not in left]
    return mentions_of(names, numbers, list(written(bundle)), theirs=theirs, others=others)


def _tells(name: str) -> bool:
    """Whether the name of a source is more than a word or a number that anybody may write."""
    return len(name) > 3 and not name.isalpha() and not name.isdecimal()


def _cut(bundle: Bundle, gone: _Gone) -> Bundle:
    guids = gone.guids
    notes = tuple(each for each in bundle.notes if not _is_theirs(each, gone))
    codings = tuple(each for each in bundle.codings if each.guid not in guids)
    cases = tuple(_case(each, guids) for each in bundle.cases if each.guid not in guids)
    held = {each.content for each in bundle.sources if each.guid in guids and each.content}
    sources = tuple(_source(each, guids, held) for each in bundle.sources if each.guid not in guids)
    working = {each.coder for each in codings} | {each.creator for each in notes} | {each.creator for each in sources}
    told = {variable for each in cases for variable in each.values}
    return replace(
        bundle,
        people=tuple(each for each in bundle.people if each.guid in working),
        sources=sources,
        codings=codings,
        notes=notes,
        variables=tuple(each for each in bundle.variables if each.guid in told),
        cases=cases,
        sets=tuple(_set(each, guids) for each in bundle.sets if not _is_empty_now(each, guids)),
        links=tuple(each for each in bundle.links if not {each.origin, each.target} & set(guids)),
        surveys=tuple(each for each in bundle.surveys if _has_others(each, bundle.sources, guids)),
    )


def _is_theirs(note: NoteItem, gone: _Gone) -> bool:
    return note.target in gone.guids or _mentions_them(note, gone)


def _mentions_them(note: NoteItem, gone: _Gone) -> bool:
    return gone.mentions.found_in(note.title) or gone.mentions.found_in(note.text)


def _source(source: SourceItem, gone: Collection[str], held: Collection[bytes]) -> SourceItem:
    """The source without who among those gone speaks in it, and without a file that theirs were read from too."""
    speakers = {label: guid for label, guid in source.speakers.items() if guid not in gone}
    return replace(source, speakers=speakers, content=b"" if source.content in held else source.content)


def _case(case: CaseItem, gone: Collection[str]) -> CaseItem:
    return replace(
        case,
        parent="" if case.parent in gone else case.parent,
        cases=_without(case.cases, gone),
        sources=_without(case.sources, gone),
    )


def _set(group: SetItem, gone: Collection[str]) -> SetItem:
    return replace(group, sources=_without(group.sources, gone), codings=_without(group.codings, gone))


def _is_empty_now(group: SetItem, gone: Collection[str]) -> bool:
    """Whether a wave had sources of theirs alone."""
    return group.kind == "wave" and bool(group.sources) and not _without(group.sources, gone)


def _has_others(survey: SurveyItem, sources: Iterable[SourceItem], gone: Collection[str]) -> bool:
    """Whether a survey has answers from others, or none at all."""
    having = {each.guid for each in sources if any(answer.survey == survey.guid for answer in each.answers)}
    return not having or bool(having - set(gone))


def _without(guids: tuple[str, ...], gone: Collection[str]) -> tuple[str, ...]:
    return tuple(guid for guid in guids if guid not in gone)


def _told(gone: _Gone, bundle: Bundle, shared: Collection[str], count: int) -> tuple[Loss, ...]:
    """What stays behind anyway, unless it names them, and what is held outside or should be looked at because of them."""
    theirs = {each.name for each in bundle.cases if each.guid in gone.guids}
    theirs |= {each.name for each in bundle.sources if each.guid in gone.guids}
    losses = [each for each in bundle.losses if each.name not in theirs and not gone.mentions.found_in(each.name)]
    why = _("Caser som har trukket seg, og kilder og informanter som bare er deres, er holdt utenfor.")
    losses.append(Loss(what=_("Trukket"), name="", why=why, count=count))
    noted = sum(each.target not in gone.guids and _mentions_them(each, gone) for each in bundle.notes)
    if noted:
        why = _("De nevner eller siterer noen som har trukket seg, og er holdt utenfor.")
        losses.append(Loss(what=_("Memoer om noen som har trukket seg"), name="", why=why, count=noted))
    for name in sorted(shared):
        why = _("Kilden er også fra noen som har trukket seg. Det de sa, står i teksten; masker det.")
        losses.append(Loss(what=_("Kilde som flere deler"), name=name, why=why, mended=True))
    return tuple(losses)
