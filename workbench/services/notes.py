"""Margin notes (a span without a code) and memos (text on anything)."""

from __future__ import annotations

from gettext import gettext as _

from workbench.core.entities import MarginNote, Memo, Source
from workbench.core.ids import new_id
from workbench.errors import Refusal
from workbench.services.coding import require_current
from workbench.services.reading import mark_coding
from workbench.store.project import Project
from workbench.store.queries import codings as queries

MEMO_TARGETS = ("project", "case", "informant", "source", "code", "theme", "coding")


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
        act.record("note.add", {"id": uid, "text": act.text(text.strip()), **place})
        mark_coding(act, source.id)
    return next(note for note in list_notes(project, source) if note.id == uid)


def edit_note(project: Project, note: str, text: str) -> None:
    """Write a note anew."""
    if not text.strip():
        raise Refusal(_("Merknaden er tom. Slett den heller."))
    with project.write() as act:
        if act.state.get("margin_note", note) is None:
            raise Refusal(_("Merknaden finnes ikke lenger."))
        act.record("note.set", {"id": note, "text": act.text(text.strip())})


def remove_note(project: Project, note: str) -> None:
    with project.write() as act:
        if act.state.get("margin_note", note) is None:
            raise Refusal(_("Merknaden finnes ikke lenger."))
        act.record("note.remove", {"id": note})


def list_memos(project: Project, target: str | None = None) -> list[Memo]:
    """Memos, oldest first; only those on `target` (an id) when given."""
    return queries.memos(project.connection, target)


def write_memo(project: Project, target_kind: str, target: str, text: str, *, memo: str = "") -> Memo:
    """A new memo on something, or new words for an existing one (`memo` is its id).

    Raises:
        Refusal: if the memo is empty or the kind of target is unknown.
    """
    if target_kind not in MEMO_TARGETS:
        raise Refusal(_("Det går ikke an å skrive memo på «{kind}».").format(kind=target_kind))
    if not text.strip():
        raise Refusal(_("Memoet er tomt."))
    uid = memo or new_id()
    with project.write() as act:
        payload = {
            "id": uid,
            "target_kind": target_kind,
            "target": target,
            "private": 0,
            "text": act.text(text.strip()),
        }
        act.record("memo.set" if memo else "memo.add", payload)
    return next(each for each in list_memos(project, target) if each.id == uid)


def remove_memo(project: Project, memo: str) -> None:
    with project.write() as act:
        if act.state.get("memo", memo) is None:
            raise Refusal(_("Memoet finnes ikke lenger."))
        act.record("memo.remove", {"id": memo})
