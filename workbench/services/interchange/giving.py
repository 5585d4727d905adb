"""The project as a bundle, for other tools and other projects, with a list of what no foreign format holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from importlib.metadata import version
from typing import TYPE_CHECKING

from corpus.model import REGION_KINDS, Region, RegionKind, Turn, as_role
from exports.interchange.model import (
    Answer,
    Bundle,
    CaseItem,
    CodeItem,
    CodingItem,
    Direction,
    LinkItem,
    NoteItem,
    NoteTarget,
    Person,
    QuestionItem,
    SetItem,
    SourceItem,
    SurveyItem,
    VariableItem,
    VariableType,
)
from workbench.core.entities import Case, Coding, Memo, Source, StoredTurn
from workbench.services.interchange.identity import guid_of, guids, named_guid
from workbench.services.interchange.left_behind import gives_original, left_behind
from workbench.services.interchange.wanted import Wanted
from workbench.services.interchange.withdrawn import without_withdrawn
from workbench.store.project import Project
from workbench.store.queries import codes as code_queries
from workbench.store.queries import codings as coding_queries
from workbench.store.queries import corpus as queries
from workbench.store.queries import interchange, memos, progress

if TYPE_CHECKING:
    from sqlite3 import Connection

Guids = dict[tuple[str, str], str]
"""(kind, our id) -> GUID."""

_DIRECTIONS: tuple[Direction, ...] = ("Associative", "OneWay", "Bidirectional")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ground:
    """What every part of a bundle looks things up in."""

    project: Project
    wanted: Wanted
    known: Guids
    people: Mapping[str, Person]
    """Coder's name -> who it is in the file."""
    sources: Sequence[Source]
    codings: Sequence[Coding]
    """Those that have words and a code."""

    def coder(self, name: str) -> str:
        """GUID of who coded or wrote; empty for nobody."""
        return self.people[name].guid if name in self.people else ""


def bundle_of(project: Project, wanted: Wanted | None = None) -> Bundle:
    """Everything the project holds that other tools have a place for. Nothing is changed, and GUIDs are the same each time."""
    wanted = wanted or Wanted()
    connection = project.connection
    facts = queries.project_facts(connection)
    ground = _ground(project, wanted)
    variables, cases = _cases(ground)
    bundle = Bundle(
        tool=f"Kodebenk {version('kodebenk')}",
        guid=guid_of(project.uid, "project", project.uid),
        title=facts.title,
        created=facts.created,
        people=tuple(ground.people.values()),
        codes=tuple(_codes(ground)),
        sources=tuple(_sources(ground)),
        codings=tuple(_codings(ground)),
        notes=tuple(_notes(ground)),
        variables=variables,
        cases=cases,
        sets=tuple(_sets(ground)),
        links=tuple(sorted(_links(ground), key=lambda each: each.guid)),
        surveys=tuple(sorted(_surveys(ground), key=lambda each: (each.title, each.guid))),
        losses=left_behind(project, wanted),
    )
    if wanted.withdrawn:
        return bundle
    return without_withdrawn(
        bundle, {ground.known["case", case.id] for case in queries.cases(connection) if case.withdrawn}
    )


def _ground(project: Project, wanted: Wanted) -> _Ground:
    connection = project.connection
    known = guids(connection, project.uid)
    codings = [each for each in coding_queries.codings(connection) if each.end > each.start and each.slug]
    return _Ground(
        project=project,
        wanted=wanted,
        known=known,
        people=_people(project, known, wanted, codings),
        sources=queries.sources(connection),
        codings=codings,
    )


def _people(project: Project, known: Guids, wanted: Wanted, codings: Iterable[Coding]) -> dict[str, Person]:
    """Name -> who it is in the file, of those whose work goes out."""
    working = {each.coder for each in codings}
    working |= {each.coder for each in coding_queries.notes(project.connection)}
    working |= {each.coder for each in _memos(project, wanted)}
    people: dict[str, Person] = {}
    for uid, name in progress.coders(project.connection).items():
        if name not in working:
            continue
        # The GUID of a person is made of the name: whoever hides the one must hide the other.
        number = len(people) + 1
        hidden = Person(
            guid=guid_of(project.uid, "person", str(number)),
            name=_("Koder {n}").format(n=number),
        )
        people[name] = Person(guid=known["person", uid], name=name) if wanted.coders else hidden
    return people


def _memos(project: Project, wanted: Wanted) -> list[Memo]:
    return memos.memos(project.connection, reader=project.coder_id() if wanted.private else "")


def _codes(ground: _Ground) -> Iterator[CodeItem]:
    connection, known = ground.project.connection, ground.known
    signals = code_queries.signals_of(connection) if ground.wanted.signals else {}
    for entry in code_queries.codes(connection):
        yield CodeItem(
            guid=known["code", entry.id],
            name=entry.name,
            parent=known["code", entry.parent] if entry.parent else "",
            colour=entry.colour,
            codable=not entry.folder,
            retired=entry.status == "retired",
            slug=entry.slug,
            name_en=entry.name_en,
            brief=entry.brief,
            definition=entry.definition,
            when=entry.when,
            when_not=entry.when_not,
            examples=entry.examples,
            signals=signals.get(entry.slug, ""),
        )


def _sources(ground: _Ground) -> Iterator[SourceItem]:
    connection, known = ground.project.connection, ground.known
    informants = {row.number: known["case", row.id] for row in queries.informants(connection)}
    questions = {each.id: (each.key, known["survey", each.survey]) for each in interchange.questions(connection)}
    for source in ground.sources:
        turns = queries.turns(connection, source)
        yield SourceItem(
            guid=known["source", source.id],
            name=source.name,
            text=queries.text_of(connection, source.version),
            kind=source.kind,
            created=queries.created(connection, source.id),
            file_name=source.file_name,
            content=queries.original(connection, source.original) if gives_original(source, ground.wanted) else b"",
            turns=tuple(map(_turn, turns)),
            regions=tuple(
                Region(start=each.start, end=each.end, kind=_region_kind(each.kind), note=each.note)
                for each in interchange.regions(connection, source.id)
            ),
            answers=tuple(_answers(connection, source, questions)),
            speakers={turn.speaker: informants[turn.informant] for turn in turns if turn.informant in informants},
            title=source.title,
            publisher=source.publisher,
            date=source.date,
            mode=source.mode,
            wave=source.wave,
            language=source.language,
            folder=source.folder,
            verbatim=source.verbatim,
        )


def _turn(turn: StoredTurn) -> Turn:
    return Turn(
        speaker=turn.speaker,
        role=as_role(turn.role),
        label_start=turn.label_start,
        start=turn.start,
        end=turn.end,
        start_ms=turn.start_ms,
        end_ms=turn.end_ms,
    )


def _answers(connection: Connection, source: Source, questions: Mapping[str, tuple[str, str]]) -> Iterator[Answer]:
    for each in interchange.answers(connection, source=source.id):
        if each.question in questions:
            key, survey = questions[each.question]
            yield Answer(start=each.start, end=each.end, question=key, survey=survey, value=each.value)


def _region_kind(kind: str) -> RegionKind:
    return next((each for each in REGION_KINDS if each == kind), "other")


def _codings(ground: _Ground) -> Iterator[CodingItem]:
    """In reading order, those on one place by GUID: ids of ours are made anew where a project comes in."""
    order = {source.id: number for number, source in enumerate(ground.sources)}

    def place(each: Coding) -> tuple[int, int, int, str]:
        return order[each.source], each.start, each.end, ground.known["coding", each.id]

    for coding in sorted(ground.codings, key=place):
        yield _coding(ground, coding)


def _coding(ground: _Ground, coding: Coding) -> CodingItem:
    return CodingItem(
        guid=ground.known["coding", coding.id],
        source=ground.known["source", coding.source],
        start=coding.start,
        end=coding.end,
        code=ground.known["code", coding.code],
        coder=ground.coder(coding.coder),
        created=coding.created,
        star=coding.star,
        assessment=coding.assessment,
    )


_TARGETS: Mapping[str, tuple[NoteTarget, str]] = {
    "source": ("source", "source"),
    "span": ("passage", "source"),
    "code": ("code", "code"),
    "coding": ("coding", "coding"),
    "case": ("case", "case"),
    "informant": ("case", "case"),
    "theme": ("set", "set"),
}
"""What a memo is on -> what it is on in other tools, and the kind whose GUID that is."""


def _notes(ground: _Ground) -> Iterator[NoteItem]:
    """Memos, those whose passage has lost its words on the source, and margin notes that have words."""
    for memo in _memos(ground.project, ground.wanted):
        target_kind, kind = _TARGETS.get(memo.target_kind, ("project", ""))
        if target_kind == "passage" and memo.end <= memo.start:
            target_kind = "source"
        yield NoteItem(
            guid=ground.known["note", memo.id],
            text=memo.text,
            kind=memo.kind,
            target_kind=target_kind,
            target=ground.known.get((kind, memo.target), "") if kind else "",
            start=memo.start if target_kind == "passage" else 0,
            end=memo.end if target_kind == "passage" else 0,
            creator=ground.coder(memo.coder),
            created=memo.created,
            modified=memo.updated,
            day=memo.day,
        )
    order = {source.id: number for number, source in enumerate(ground.sources)}
    margin = [each for each in coding_queries.notes(ground.project.connection) if each.source in order]
    margin.sort(key=lambda each: (order[each.source], each.start, each.end, ground.known["note", each.id]))
    for note in margin:
        if note.end > note.start:
            yield NoteItem(
                guid=ground.known["note", note.id],
                text=note.text,
                kind="margin",
                target_kind="passage",
                target=ground.known["source", note.source],
                start=note.start,
                end=note.end,
                creator=ground.coder(note.coder),
                created=note.created,
            )


def _cases(ground: _Ground) -> tuple[tuple[VariableItem, ...], tuple[CaseItem, ...]]:
    """Variables of every attribute that has a value, and cases and informants with their values and sources."""
    connection, known, sources = ground.project.connection, ground.known, ground.sources
    cases = queries.cases(connection)
    told = (name for case in cases for name, value in case.attributes.items() if value is not None)
    keys = {name: named_guid(known, ground.project.uid, "variable", name) for name in dict.fromkeys(told)}
    variables = tuple(VariableItem(guid=keys[name], name=name, type=_type(cases, name)) for name in keys)
    texts = {variable.guid for variable in variables if variable.type == "text"}
    by_name = {case.name: known["case", case.id] for case in cases}
    of_case, of_informant = (
        _having(sources, lambda each: each.cases, known),
        _having(sources, lambda each: each.informants, known),
    )
    items = [
        CaseItem(
            guid=known["case", case.id],
            name=case.name,
            type=case.type,
            parent=known.get(("case", case.parent), ""),
            sources=tuple(of_case.get(case.name, ())),
            values={
                keys[name]: str(value) if keys[name] in texts else value
                for name, value in case.attributes.items()
                if value is not None
            },
        )
        for case in cases
    ]
    items += [
        CaseItem(
            guid=known["case", informant.id],
            name=informant.number,
            kind="informant",
            role=informant.role,
            level=informant.level,
            side=informant.side,
            cases=tuple(by_name[name] for name in informant.cases if name in by_name),
            sources=tuple(of_informant.get(informant.number, ())),
        )
        for informant in queries.informants(connection)
    ]
    return variables, tuple(items)


def _having(sources: Iterable[Source], names: Callable[[Source], Iterable[str]], known: Guids) -> dict[str, list[str]]:
    """What sources are marked with -> the GUIDs of those that are."""
    found: dict[str, list[str]] = {}
    for source in sources:
        for name in names(source):
            found.setdefault(name, []).append(known["source", source.id])
    return found


def _type(cases: Iterable[Case], name: str) -> VariableType:
    """The type all values of an attribute share; text where they share none."""
    kinds = {type(case.attributes[name]) for case in cases if case.attributes.get(name) is not None}
    if kinds == {bool}:
        return "boolean"
    if kinds == {int}:
        return "integer"
    return "float" if kinds and kinds <= {int, float} else "text"


def _sets(ground: _Ground) -> Iterator[SetItem]:
    known, sources = ground.known, ground.sources
    standing = {each.id for each in ground.codings}
    merged = code_queries.aliases(ground.project.connection)
    for theme in code_queries.themes(ground.project.connection):
        yield SetItem(
            guid=known["set", theme.id],
            name=theme.title,
            kind="theme",
            description=theme.essence,
            status=theme.status,
            codes=tuple(dict.fromkeys(known["code", merged.get(code, code)] for code in theme.codes)),
            codings=tuple(sorted(known["coding", coding] for coding in theme.codings if coding in standing)),
        )
    for wave in sorted({source.wave for source in sources if source.wave}):
        yield SetItem(
            guid=named_guid(known, ground.project.uid, "wave", wave),
            name=wave,
            kind="wave",
            sources=tuple(known["source", source.id] for source in sources if source.wave == wave),
        )


def _links(ground: _Ground) -> Iterator[LinkItem]:
    merged = code_queries.aliases(ground.project.connection)
    known = ground.known | {("code", code): ground.known["code", into] for code, into in merged.items()}
    for link in interchange.links(ground.project.connection):
        origin, target = known.get((link.origin_kind, link.origin)), known.get((link.target_kind, link.target))
        if origin and target:
            direction: Direction = next((each for each in _DIRECTIONS if each == link.direction), "Associative")
            guid = known["link", link.id]
            yield LinkItem(guid=guid, origin=origin, target=target, name=link.name, direction=direction)


def _surveys(ground: _Ground) -> Iterator[SurveyItem]:
    connection = ground.project.connection
    for survey in interchange.surveys(connection):
        yield SurveyItem(
            guid=ground.known["survey", survey.id],
            title=survey.title,
            file_name=survey.file_name,
            mapping=survey.mapping,
            questions=tuple(
                QuestionItem(
                    key=each.key, wording=each.wording, base=each.base, condition=each.condition, asked=each.asked
                )
                for each in interchange.questions(connection, survey.id)
            ),
        )
