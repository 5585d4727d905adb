"""REFI-QDA projects written: always valid against the standard's schema, with what it cannot hold listed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from gettext import gettext as _

from lxml import etree

from exports.interchange.model import Bundle, CodeItem, NoteItem
from exports.interchange.refi.codes_writing import write_codes
from exports.interchange.refi.facts import project_facts, survey_facts
from exports.interchange.refi.groups_writing import write_cases, write_links, write_sets, write_variables
from exports.interchange.refi.names import INNER_FILE, NOTE_KINDS, ORIGIN, protect, untitled
from exports.interchange.refi.numbering import numbering_of
from exports.interchange.refi.plain import plain
from exports.interchange.refi.sources_writing import (
    Placed,
    placed,
    refer_to_notes,
    selection_name,
    without_loose,
    write_sources,
)
from exports.interchange.refi.values import as_moment
from exports.interchange.refi.written import Writing, Written, origin, serialised
from exports.packaging import pack

_MOST_FILES = 9_500
"""Files in the archive from which notes get none: one of more than 10,000 is refused as hostile by many."""


def write_qdpx(bundle: Bundle, *, stamp: datetime) -> Written:
    """The project as a `.qdpx`; the same bytes for the same bundle and stamp.

    Args:
        stamp: When the file is written; one without a time zone is in UTC.
    """
    texts = {source.guid: plain(source.text) for source in bundle.sources}
    bundle, loose = without_loose(bundle, texts)
    writing = Writing(bundle=bundle, numbering=numbering_of(bundle))
    for coding in loose:
        why = _("Kilden eller koden finnes ikke, eller stedet ligger utenfor teksten.")
        writing.ledger.lost(_("Koding"), coding.guid, why)
    where = placed(writing, texts)
    moment = (stamp if stamp.tzinfo else stamp.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    root = writing.element(
        "Project",
        name=bundle.title,
        origin=origin(bundle),
        **writing.moment("creationDateTime", bundle.created),
        **writing.moment("modifiedDateTime", bundle.modified or moment),
    )
    users = _write_users(writing)
    codebook = _write_codebook(writing, where)
    variables, cases = write_variables(writing), write_cases(writing)
    sources = write_sources(writing, where)
    writing.state(root, project_facts(bundle.guid))
    for survey in bundle.surveys:
        writing.state(root, survey_facts(replace(survey, guid=writing.numbering.of("survey", survey.guid))))
    refer_to_notes(writing, root, where.notes.get(("project", ""), []))
    references = list(root)
    notes = _write_notes(writing, as_moment(moment))
    links, sets = write_links(writing, where), write_sets(writing)
    for part in (users, codebook, variables, cases, sources, notes, links, sets):
        if len(part):
            root.append(part)
    writing.describe(root, bundle.description)
    # The references come last; appending what is a child already moves it.
    for reference in references:
        root.append(reference)
    etree.cleanup_namespaces(root)
    return Written(content=pack({INNER_FILE: serialised(root), **writing.files}), losses=writing.ledger.entries())


def _write_users(writing: Writing) -> etree._Element:
    users = writing.element("Users")
    for person in writing.bundle.people:
        writing.add(users, "User", guid=writing.numbering.of("person", person.guid), name=person.name)
    return users


def _write_codebook(writing: Writing, where: Placed) -> etree._Element:
    def refer(element: etree._Element, code: CodeItem) -> None:
        refer_to_notes(writing, element, where.notes.get(("code", code.guid), []))

    codebook = writing.element("CodeBook")
    if writing.bundle.codes:
        write_codes(writing, writing.add(codebook, "Codes"), refer)
    return codebook


def _write_notes(writing: Writing, written: str) -> etree._Element:
    """The notes; those that stand on their own with their text in files, where QualCoder looks for its journal.

    It stops at the second file of one name, so a name that recurs has its text in the XML.
    """
    notes = writing.element("Notes")
    named: set[str] = set()
    for note in writing.bundle.notes:
        name = protect(note.title) if note.title else untitled(note.kind, selection_name(note.text))
        apart = note.kind != "margin" and name not in named and len(writing.files) < _MOST_FILES
        if apart:
            named.add(name)
        writing.write_note(
            notes,
            note.text,
            _note_kind(note),
            apart=apart,
            guid=writing.numbering.of("note", note.guid),
            name=name,
            **writing.user("creatingUser", note.creator),
            **writing.moment("creationDateTime", note.created),
            **writing.moment("modifiedDateTime", note.modified),
        )
    writing.write_facts(notes, written)
    return notes


def _note_kind(note: NoteItem) -> str:
    """What a note is, where it is more than a memo: `Kodebenk: dagbok 2026-03-14`."""
    if note.kind == "memo" and not note.day:
        return ""
    return f"{ORIGIN}: {NOTE_KINDS[note.kind]}{' ' if note.day else ''}{note.day}"
