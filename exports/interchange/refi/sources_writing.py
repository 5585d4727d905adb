"""Sources as plain texts with Word twins, selections with their codings, and references to notes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from gettext import gettext as _

from lxml import etree

from exports.interchange.model import Bundle, CodingItem, NoteItem, SourceItem
from exports.interchange.refi.facts import coding_facts, source_facts
from exports.interchange.refi.numbering import Numbering, numbering_of
from exports.interchange.refi.plain import PlainText
from exports.interchange.refi.texts import joined_notes
from exports.interchange.refi.twin import word_twin
from exports.interchange.refi.values import as_guid, as_moment, made_guid
from exports.interchange.refi.written import LONGEST_INLINE, Writing
from exports.packaging import printable

_NAME_LENGTH = 60
_MOST_TWINS = 4_500
"""Sources above which there are no Word files: an archive of more than 10,000 files is refused as hostile by many."""
Span = tuple[int, int]


@dataclass(slots=True, kw_only=True)
class Placed:
    """What refers to what: the notes of each thing, and the codings of each source."""

    notes: Mapping[tuple[str, str], list[NoteItem]]
    """(kind of target, its id) to the notes on it."""
    codings: Mapping[str, list[CodingItem]]
    texts: Mapping[str, PlainText]
    shared: Container[str]
    """Passages that are not one place of one coder."""


def without_loose(bundle: Bundle, texts: Mapping[str, PlainText]) -> tuple[Bundle, tuple[CodingItem, ...]]:
    """(the bundle with only the codings that a file can hold, the other ones).

    Args:
        texts: Id of a source to its text as a file has it.
    """
    number = numbering_of(bundle)
    kept: list[CodingItem] = []
    loose: list[CodingItem] = []
    for coding in bundle.codings:
        text = texts.get(coding.source)
        fits = text is not None and stands_in(text, coding)
        (kept if fits and number.known("code", coding.code) else loose).append(coding)
    return replace(bundle, codings=tuple(kept)), tuple(loose)


def placed(writing: Writing, texts: Mapping[str, PlainText]) -> Placed:
    """Notes and codings by what they are on; a note on something that is not there is on the project."""
    notes: defaultdict[tuple[str, str], list[NoteItem]] = defaultdict(list)
    for note in writing.bundle.notes:
        kind, target = note.target_kind, note.target
        if kind == "passage" and target in texts and not stands_in(texts[target], note):
            writing.ledger.lost(
                _("Sted for memo"), note.title, _("Stedet ligger utenfor teksten; memoet er på kilden.")
            )
            kind = "source"
        where = "source" if kind == "passage" else kind
        if kind != "project" and not writing.numbering.known(where, target):
            why = _("Det memoet er festet til finnes ikke; memoet er på prosjektet.")
            writing.ledger.lost(_("Sted for memo"), note.title, why)
            kind = "project"
        notes[kind, "" if kind == "project" else target].append(note)
    codings: defaultdict[str, list[CodingItem]] = defaultdict(list)
    for coding in writing.bundle.codings:
        codings[coding.source].append(coding)
    return Placed(notes=notes, codings=codings, texts=texts, shared=_shared(writing.bundle.codings))


def stands_in(text: PlainText, item: CodingItem | NoteItem) -> bool:
    """Whether the span has anything in it, and lies in the text as a file has it."""
    return item.start >= 0 and text.at(item.start) < text.at(item.end) <= len(text.text)


def refer_to_notes(writing: Writing, holder: etree._Element, notes: list[NoteItem]) -> None:
    """Makes an element refer to notes."""
    for note in notes:
        writing.refer(holder, "NoteRef", writing.numbering.of("note", note.guid))


def write_sources(writing: Writing, where: Placed) -> etree._Element:
    """The sources with all that stands on them."""
    sources = writing.element("Sources")
    taken: set[str] = set()
    for source in writing.bundle.sources:
        guid = _unused(writing.numbering.of("source", source.guid), taken)
        text = where.texts[source.guid]
        carried = carried_source(writing.numbering, source, text)
        element = writing.add(
            sources,
            "TextSource",
            guid=guid,
            name=source.name,
            plainTextPath=writing.file(guid, "txt", text.text.encode()),
            **_twin(writing, guid, carried),
            **writing.user("creatingUser", source.creator),
            **writing.moment("creationDateTime", source.created),
            **writing.moment("modifiedDateTime", source.modified),
        )
        notes = where.notes.get(("source", source.guid), [])
        writing.describe(element, source.description or _said(notes))
        _write_selections(writing, element, source, text, where)
        refer_to_notes(writing, element, notes)
        writing.state(element, source_facts(carried))
        if source.content:
            why = _("Den opprinnelige filen skrives ikke ut; teksten er med som ren tekst og Word-fil.")
            writing.ledger.lost(_("Originalfil"), source.name, why)
    return sources


def _twin(writing: Writing, guid: str, source: SourceItem) -> dict[str, str]:
    """The attribute that tells where the Word file is, unless there are too many of them."""
    if len(writing.bundle.sources) > _MOST_TWINS:
        why = _("Prosjektet har for mange kilder til at hver kan ha en Word-fil; teksten er med som ren tekst.")
        writing.ledger.lost(_("Word-filer"), writing.bundle.title, why)
        return {}
    return {"richTextPath": writing.file(guid, "docx", word_twin(source.text, source.turns or ()))}


def carried_source(numbering: Numbering, source: SourceItem, text: PlainText) -> SourceItem:
    """The source with the file's text, and turns, regions and answers at their places in it."""
    at = text.at
    regions = tuple(
        replace(region, start=at(region.start), end=at(region.end))
        for region in source.regions
        if at(region.start) < at(region.end)
    )
    answers = tuple(
        replace(
            answer,
            start=at(answer.start),
            end=at(answer.end),
            survey=numbering.of("survey", answer.survey) if numbering.known("survey", answer.survey) else "",
        )
        for answer in source.answers
    )
    turns = source.turns
    if turns is not None:
        turns = tuple(
            replace(turn, label_start=at(turn.label_start), start=at(turn.start), end=at(turn.end)) for turn in turns
        )
    return replace(source, text=text.text, turns=turns, regions=regions, answers=answers)


def _write_selections(
    writing: Writing, element: etree._Element, source: SourceItem, text: PlainText, where: Placed
) -> None:
    """A selection for each span, passage and coder, with the codings; the notes are on the first of the span."""
    codings: defaultdict[Span, list[CodingItem]] = defaultdict(list)
    notes: defaultdict[Span, list[NoteItem]] = defaultdict(list)
    for coding in where.codings.get(source.guid, []):
        codings[text.at(coding.start), text.at(coding.end)].append(coding)
    for note in where.notes.get(("passage", source.guid), []):
        notes[text.at(note.start), text.at(note.end)].append(note)
    for span in sorted({*codings, *notes}):
        for number, (guid, found) in enumerate(_selections(writing, source, span, codings.get(span, []), where.shared)):
            noted = notes.get(span, []) if number == 0 else []
            selection = writing.add(
                element,
                "PlainTextSelection",
                guid=guid,
                name=selection_name(text.text[span[0] : span[1]]),
                startPosition=str(span[0]),
                endPosition=str(span[1]),
                **_made(writing, found, noted),
            )
            writing.describe(selection, _said(noted))
            for coding in found:
                _write_coding(writing, selection, coding, where)
            refer_to_notes(writing, selection, noted)


def _said(notes: list[NoteItem]) -> str:
    """The notes as a description, which MAXQDA and QualCoder show; none where it is more than XML should hold."""
    text = joined_notes(note.text for note in notes)
    return text if len(text) <= LONGEST_INLINE else ""


def _selections(
    writing: Writing, source: SourceItem, span: Span, codings: list[CodingItem], shared: Container[str]
) -> Iterator[tuple[str, list[CodingItem]]]:
    """GUIDs of the selections on a span, with their codings; one without any where nothing is coded.

    QualCoder takes the coder of a selection for that of all that is coded there, so each coder has one of their own. What a
    selection is called hangs on where it is and whose it is, and not on what else is coded there.

    Args:
        writing: the document.
        source: where they are.
        span: the place.
        codings: those on it.
        shared: passages that are not one place of one coder any more, so that none of theirs can be called by them.
    """
    by_coder: dict[str, dict[str, list[CodingItem]]] = {}
    for coding in codings:
        passage = as_guid(coding.passage)
        passages = by_coder.setdefault(coding.coder, {})
        passages.setdefault("" if passage in shared else passage, []).append(coding)
    for coder, passages in (by_coder or {"": {"": []}}).items():
        first = min(filter(None, passages), default="")
        if first:
            passages[first] += passages.pop("", [])
        own = made_guid(writing.numbering.seed, "passage", source.guid, *map(str, span), coder)
        yield from ((passage or own, found) for passage, found in passages.items())


def _shared(codings: Iterable[CodingItem]) -> set[str]:
    """Passages that codings in several places, or by several coders, say that they lie on."""
    owners: defaultdict[str, set[tuple[str, int, int, str]]] = defaultdict(set)
    for each in codings:
        owners[as_guid(each.passage)].add((each.source, each.start, each.end, each.coder))
    return {passage for passage, found in owners.items() if len(found) > 1}


def _made(writing: Writing, codings: list[CodingItem], noted: list[NoteItem]) -> dict[str, str]:
    """Who made the selection and when: the coder, or whoever alone wrote the notes where nothing is coded.

    A coding without a time must not seem to have that of another.
    """
    if codings:
        who, times = codings[0].coder, [each.created for each in codings]
    else:
        authors = {note.creator for note in noted}
        who, times = (authors.pop() if len(authors) == 1 else ""), [note.created for note in noted]
    made: dict[str, str] = dict(writing.user("creatingUser", who))
    if times and all(map(as_moment, times)):
        made |= writing.moment("creationDateTime", times[0])
    return made


def _write_coding(writing: Writing, selection: etree._Element, coding: CodingItem, where: Placed) -> None:
    element = writing.add(
        selection,
        "Coding",
        guid=writing.numbering.of("coding", coding.guid),
        **writing.user("creatingUser", coding.coder),
        **writing.moment("creationDateTime", coding.created),
    )
    writing.refer(element, "CodeRef", writing.numbering.of("code", coding.code))
    refer_to_notes(writing, element, where.notes.get(("coding", coding.guid), []))
    writing.state(element, coding_facts(coding))


def selection_name(said: str) -> str:
    """The first words of a passage, on one line; with a mark of omission when it goes on."""
    words = " ".join(printable(said).split())
    if len(words) <= _NAME_LENGTH:
        return words
    cut = words[:_NAME_LENGTH].rpartition(" ")[0] or words[:_NAME_LENGTH]
    return f"{cut}…"


def _unused(guid: str, taken: set[str]) -> str:
    number = 0
    found = guid
    while found in taken:
        number += 1
        found = made_guid(guid, str(number))
    taken.add(found)
    return found
