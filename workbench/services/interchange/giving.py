"""The project as a bundle, for other tools and other projects, with a list of what no foreign format holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.metadata import version
from typing import TYPE_CHECKING

from corpus.model import REGION_KINDS, Region, RegionKind
from exports.interchange.model import (
    Answer,
    Bundle,
    CodeItem,
    CodingItem,
    Direction,
    LinkItem,
    NoteItem,
    NoteTarget,
    QuestionItem,
    SetItem,
    SourceItem,
    SurveyItem,
)
from workbench.core.entities import Coding, Source
from workbench.services.interchange.giving_cases import cases_of
from workbench.services.interchange.ground import Ground, ground_of, memos_of
from workbench.services.interchange.identity import guid_of, named_guid
from workbench.services.interchange.left_behind import gives_original, left_behind
from workbench.services.interchange.wanted import Wanted
from workbench.services.interchange.withdrawn import without_withdrawn
from workbench.services.turns import plain_turn
from workbench.store.project import Project
from workbench.store.queries import codes as code_queries
from workbench.store.queries import codings as coding_queries
from workbench.store.queries import corpus as queries
from workbench.store.queries import interchange

if TYPE_CHECKING:
    from sqlite3 import Connection

_DIRECTIONS: tuple[Direction, ...] = ("Associative", "OneWay", "Bidirectional")


def bundle_of(project: Project, wanted: Wanted | None = None) -> Bundle:
    """Everything the project holds that other tools have a place for. Nothing is changed, and GUIDs are the same each time."""
    wanted = wanted or Wanted()
    connection = project.connection
    facts = queries.project_facts(connection)
    ground = ground_of(project, wanted)
    variables, cases = cases_of(ground)
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
        bundle,
        {ground.known["case", case.id] for case in queries.cases(connection) if case.withdrawn},
        [(ground.known["source", each.source], each.quote) for each in ground.codings if each.quote],
    )


def _codes(ground: Ground) -> Iterator[CodeItem]:
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


def _sources(ground: Ground) -> Iterator[SourceItem]:
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
            turns=tuple(map(plain_turn, turns)),
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


def _answers(connection: Connection, source: Source, questions: Mapping[str, tuple[str, str]]) -> Iterator[Answer]:
    for each in interchange.answers(connection, source=source.id):
        if each.question in questions:
            key, survey = questions[each.question]
            yield Answer(start=each.start, end=each.end, question=key, survey=survey, value=each.value)


def _region_kind(kind: str) -> RegionKind:
    return next((each for each in REGION_KINDS if each == kind), "other")


def _codings(ground: Ground) -> Iterator[CodingItem]:
    """In reading order, those on one place by GUID: ids of ours are made anew where a project comes in."""
    order = {source.id: number for number, source in enumerate(ground.sources)}

    def place(each: Coding) -> tuple[int, int, int, str]:
        return order[each.source], each.start, each.end, ground.known["coding", each.id]

    for coding in sorted(ground.codings, key=place):
        yield _coding(ground, coding)


def _coding(ground: Ground, coding: Coding) -> CodingItem:
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


def _notes(ground: Ground) -> Iterator[NoteItem]:
    """Memos, those whose passage has lost its words on the source, and margin notes that have words."""
    for memo in memos_of(ground.project, ground.wanted):
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


def _sets(ground: Ground) -> Iterator[SetItem]:
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


def _links(ground: Ground) -> Iterator[LinkItem]:
    merged = code_queries.aliases(ground.project.connection)
    known = ground.known | {("code", code): ground.known["code", into] for code, into in merged.items()}
    for link in interchange.links(ground.project.connection):
        origin, target = known.get((link.origin_kind, link.origin)), known.get((link.target_kind, link.target))
        if origin and target:
            direction: Direction = next((each for each in _DIRECTIONS if each == link.direction), "Associative")
            guid = known["link", link.id]
            yield LinkItem(guid=guid, origin=origin, target=target, name=link.name, direction=direction)


def _surveys(ground: Ground) -> Iterator[SurveyItem]:
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
