"""When two projects are equal: the same in every field that a REFI-QDA file can hold, whatever file they came from.

`docs/interchange.md` says the same field by field.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from math import isfinite

from codebooks.slugs import slugify
from exports.interchange.model import (
    Answer,
    Bundle,
    CaseItem,
    CodeItem,
    CodingItem,
    LinkItem,
    NoteItem,
    SetItem,
    SourceItem,
    SurveyItem,
    VariableType,
)
from exports.interchange.refi.codes_writing import in_tree_order
from exports.interchange.refi.groups_writing import value_text
from exports.interchange.refi.names import SET_PREFIXES
from exports.interchange.refi.numbering import Numbering, numbering_of
from exports.interchange.refi.plain import PlainText, encodable, plain
from exports.interchange.refi.sources_writing import carried_source, stands_in, without_loose
from exports.interchange.refi.texts import joined_notes
from exports.interchange.refi.values import as_colour, as_moment
from exports.packaging import printable


def equal(one: Bundle, other: Bundle) -> bool:
    """Whether two bundles are one project."""
    return comparable(one) == comparable(other)


def comparable(bundle: Bundle) -> Bundle:
    """The bundle as it is compared.

    Every id is a GUID; texts have LF line ends and offsets are carried there; moments are in UTC; codes stand in the order
    of their tree, codings in that of their places; what a reference leads to must be there. Left out: who wrote the file and
    when, losses, original files, the passages that codings lie on, and what makes Kodebenk propose a code.
    """
    texts = {source.guid: plain(source.text) for source in bundle.sources}
    bundle = without_loose(bundle, texts)[0]
    number = numbering_of(bundle)
    types = {variable.guid: variable.type for variable in bundle.variables}
    people = (replace(each, guid=number.of("person", each.guid), name=printable(each.name)) for each in bundle.people)
    codings = (_coding(number, texts, coding) for coding in bundle.codings)
    links = (_link(number, link) for link in bundle.links)
    notes = tuple(_note(number, texts, note) for note in bundle.notes)
    said: dict[str, list[str]] = {}
    for note in notes:
        if note.target_kind == "source":
            said.setdefault(note.target, []).append(note.text)
    return Bundle(
        tool="",
        guid=encodable(bundle.guid),
        title=printable(bundle.title),
        description=printable(bundle.description),
        created=as_moment(bundle.created),
        people=tuple(people),
        codes=tuple(_code(number, code, above) for code, _level, above in in_tree_order(bundle.codes)),
        sources=tuple(_source(number, texts[source.guid], source, said) for source in bundle.sources),
        codings=tuple(sorted(codings, key=_coding_order)),
        notes=notes,
        variables=tuple(
            replace(
                each,
                guid=number.of("variable", each.guid),
                name=printable(each.name),
                description=printable(each.description),
            )
            for each in bundle.variables
        ),
        cases=tuple(_case(number, types, case) for case in bundle.cases),
        sets=tuple(_set(number, each) for each in bundle.sets),
        surveys=tuple(_survey(number, survey) for survey in bundle.surveys),
        links=tuple(link for link in links if link.origin and link.target),
    )


def _known(number: Numbering, kind: str, identities: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(number.of(kind, each) for each in identities if number.known(kind, each)))


def _one(number: Numbering, kind: str, identity: str) -> str:
    return number.of(kind, identity) if number.known(kind, identity) else ""


def _code(number: Numbering, code: CodeItem, above: str) -> CodeItem:
    return replace(
        code,
        guid=number.of("code", code.guid),
        parent=number.of("code", above) if above else "",
        name=printable(code.name),
        colour=as_colour(code.colour)[0],
        slug="" if code.slug == slugify(code.name) else printable(code.slug),
        name_en=printable(code.name_en),
        brief=printable(code.brief),
        definition=printable(code.definition),
        when=printable(code.when),
        when_not=printable(code.when_not),
        examples=tuple(map(printable, code.examples)),
        signals="",
    )


def _source(number: Numbering, text: PlainText, source: SourceItem, said: Mapping[str, list[str]]) -> SourceItem:
    """The source; a description that says what the memos on it say is none, since those are written there too."""
    guid, description = number.of("source", source.guid), printable(source.description)
    carried = carried_source(number, source, text)
    turns = carried.turns
    if turns is not None:
        turns = tuple(replace(turn, speaker=encodable(turn.speaker)) for turn in turns)
    return replace(
        carried,
        guid=guid,
        name=printable(source.name),
        description="" if description.strip() == joined_notes(said.get(guid, [])) != "" else description,
        kind=encodable(source.kind),
        created=as_moment(source.created),
        modified=as_moment(source.modified),
        creator=_one(number, "person", source.creator),
        file_name=encodable(source.file_name),
        content=b"",
        turns=turns,
        regions=tuple(replace(region, note=encodable(region.note)) for region in carried.regions),
        answers=tuple(map(_answer, carried.answers)),
        speakers={
            printable(label): number.of("case", who)
            for label, who in source.speakers.items()
            if number.known("case", who)
        },
        title=encodable(source.title),
        publisher=encodable(source.publisher),
        date=encodable(source.date),
        mode=encodable(source.mode),
        wave=encodable(source.wave),
        language=encodable(source.language),
        folder=encodable(source.folder),
    )


def _answer(answer: Answer) -> Answer:
    value = None if answer.value is None or not isfinite(answer.value) else answer.value
    return replace(answer, question=encodable(answer.question), raw=encodable(answer.raw), value=value)


def _survey(number: Numbering, survey: SurveyItem) -> SurveyItem:
    return replace(
        survey,
        guid=number.of("survey", survey.guid),
        title=encodable(survey.title),
        file_name=encodable(survey.file_name),
        mapping=encodable(survey.mapping),
        questions=tuple(
            replace(
                question,
                key=encodable(question.key),
                wording=encodable(question.wording),
                base=encodable(question.base),
                condition=encodable(question.condition),
            )
            for question in survey.questions
        ),
    )


def _coding(number: Numbering, texts: dict[str, PlainText], coding: CodingItem) -> CodingItem:
    text = texts[coding.source]
    return replace(
        coding,
        guid=number.of("coding", coding.guid),
        source=number.of("source", coding.source),
        code=number.of("code", coding.code),
        coder=_one(number, "person", coding.coder),
        start=text.at(coding.start),
        end=text.at(coding.end),
        created=as_moment(coding.created),
        passage="",
        assessment=encodable(coding.assessment),
    )


def _coding_order(coding: CodingItem) -> tuple[str, int, int, str]:
    return coding.source, coding.start, coding.end, coding.guid


def _note(number: Numbering, texts: dict[str, PlainText], note: NoteItem) -> NoteItem:
    kind = note.target_kind
    target = _one(number, "source" if kind == "passage" else kind, note.target) if kind != "project" else ""
    start = end = 0
    if kind == "passage" and target:
        start, end = texts[note.target].at(note.start), texts[note.target].at(note.end)
        if not stands_in(texts[note.target], note):
            kind, start, end = "source", 0, 0
    return replace(
        note,
        guid=number.of("note", note.guid),
        text=encodable(note.text).lstrip("\ufeff"),
        title=printable(note.title),
        target_kind=kind if target else "project",
        target=target,
        start=start,
        end=end,
        creator=_one(number, "person", note.creator),
        created=as_moment(note.created),
        modified=as_moment(note.modified),
        day=printable(note.day),
    )


def _case(number: Numbering, types: dict[str, VariableType], case: CaseItem) -> CaseItem:
    values = {
        number.of("variable", variable): _value(value)
        for variable, value in case.values.items()
        if variable in types and value is not None
    }
    return replace(
        case,
        guid=number.of("case", case.guid),
        name=printable(case.name),
        description=printable(case.description),
        type=printable(case.type),
        parent=_one(number, "case", case.parent),
        cases=_known(number, "case", case.cases),
        role=printable(case.role),
        level=printable(case.level),
        side=printable(case.side),
        sources=_known(number, "source", case.sources),
        values=values,
    )


def _value(value: object) -> object:
    """A value as itself where the format has an element for it, else as text."""
    return printable(text) if (text := value_text(value)) is not None else value


def _set(number: Numbering, each: SetItem) -> SetItem:
    return replace(
        each,
        guid=number.of("set", each.guid),
        name=printable(each.name),
        description=printable(each.description),
        status=each.status if (each.kind, each.status) in SET_PREFIXES else "",
        codes=_known(number, "code", each.codes),
        sources=_known(number, "source", each.sources),
        codings=_known(number, "coding", each.codings),
        notes=_known(number, "note", each.notes),
    )


def _link(number: Numbering, link: LinkItem) -> LinkItem:
    return replace(
        link,
        guid=number.of("link", link.guid),
        origin=number.any(link.origin),
        target=number.any(link.target),
        name=printable(link.name),
    )
