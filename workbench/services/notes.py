"""Margin notes: a span without a code."""

from __future__ import annotations

from gettext import gettext as _

from corpus.text import normalise
from workbench.core.entities import MarginNote, Source
from workbench.core.ids import new_id
from workbench.errors import Refusal
from workbench.services.coding import require_current
from workbench.services.reading import mark_coding
from workbench.store.project import Project
from workbench.store.queries import codings as queries


def list_notes(project: Project, source: Source | None = None) -> list[MarginNote]:
    return queries.notes(project.connection, source.id if source else None)


def add_note(project: Project, source: Source, start: int, end: int, text: str) -> MarginNote:
    """Write in the margin beside a span.

    Raises:
        Refusal: if the note or the span is empty, or the span lies outside the text.
    """
    if not text.strip():
        raise Refusal(_("Merknaden er tom."))
    if not 0 <= start < end <= source.characters:
        raise Refusal(_("Stedet {start}–{end} ligger utenfor teksten.").format(start=start, end=end))
    uid = new_id()
    with project.write() as act:
        require_current(act, source)
        place = {"source": source.id, "version": source.version, "start": start, "end": end}
        act.record("note.add", {"id": uid, "text": act.text(normalise(text).strip()), **place})
        mark_coding(act, source.id)
    return next(note for note in list_notes(project, source) if note.id == uid)


def edit_note(project: Project, note: str, text: str) -> None:
    """Write a note anew."""
    if not text.strip():
        raise Refusal(_("Merknaden er tom. Slett den heller."))
    with project.write() as act:
        if act.state.get("margin_note", note) is None:
            raise Refusal(_("Merknaden finnes ikke lenger."))
        act.record("note.set", {"id": note, "text": act.text(normalise(text).strip())})


def remove_note(project: Project, note: str) -> None:
    with project.write() as act:
        if act.state.get("margin_note", note) is None:
            raise Refusal(_("Merknaden finnes ikke lenger."))
        act.record("note.remove", {"id": note})
