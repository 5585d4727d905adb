"""What waits for a place after a newer version of its text came: a person finds its place, or removes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from gettext import gettext as _

from corpus.edits import EditMap
from workbench.core.entities import Source, Waiting
from workbench.errors import Refusal
from workbench.services.closed import require_open
from workbench.services.coding import quote_after_move, require_current
from workbench.services.naming import prefixed
from workbench.store.project import Gesture, Project
from workbench.store.queries import codings as coding_queries
from workbench.store.queries import corpus as queries
from workbench.store.queries import interchange
from workbench.store.queries import memos as memo_queries
from workbench.store.queries.versions import line_of, others_private, waiting_by_source, waiting_targets

_KINDS = ("coding", "margin_note", "memo", "verdict")
_SHOWN = 60
"""Code points of a note or memo that say which it is."""


def list_waiting(project: Project, source: Source | None = None) -> list[Waiting]:
    """What waits for a place after a newer version of its text came, in the order it stood; candidates lie in the text as
    it is now. Another coder's private memo is not there for anybody else."""
    connection = project.connection
    hidden = others_private(connection, reader=project.coder_id())
    found = interchange.waiting(connection, source.id if source else "")
    waiting = [each for each in found if each.target not in hidden]
    if not waiting:
        return []
    maps = {each.id: _edited_since(project, each) for each in queries.sources(connection, {w.source for w in waiting})}
    return [replace(each, candidates=_carried(each.candidates, maps[each.source])) for each in waiting]


def _edited_since(project: Project, source: Source) -> list[EditMap]:
    """Maps of what was edited here after the newest text that came from elsewhere, which is what candidates were found in."""
    maps: list[EditMap] = []
    for row in line_of(project.connection, source):
        maps = [] if row.kind == "text.replace" else [*maps, EditMap(row.pieces)]
    return maps


def _carried(candidates: Iterable[tuple[int, int]], maps: Iterable[EditMap]) -> tuple[tuple[int, int], ...]:
    spans = list(candidates)
    for edit_map in maps:
        spans = [edit_map.span(*span) for span in spans]
    return tuple(span for span in spans if span[0] < span[1])


def count_waiting(project: Project) -> dict[str, int]:
    """Source id -> how much in it waits, where anything does."""
    return waiting_by_source(project.connection, reader=project.coder_id())


def older_words(project: Project) -> dict[str, str]:
    """Id of each thing that waits -> the words it last stood on, for lists where it has no words of its own."""
    targets = waiting_targets(project.connection)
    texts = {
        version: queries.text_of(project.connection, version) for version in {each[0] for each in targets.values()}
    }
    return {target: texts[version][start:end] for target, (version, start, end) in targets.items()}


def older_text(project: Project, waiting: Waiting) -> str:
    """The text that what waits last stood in for certain; empty when it has been destroyed."""
    return queries.text_of(project.connection, waiting.old_version)


def stands_at(project: Project, waiting: Waiting) -> int:
    """Where in the present text the alignment puts what waits: next to what was around it."""
    source = queries.sources(project.connection, [waiting.source])[0]
    places = interchange.anchors(project.connection, source.id, source.version)
    return next(
        (start for table, key, start, _end in places if (table, key) == (waiting.target_kind, waiting.target)), 0
    )


def find_waiting(project: Project, named: str) -> Waiting:
    """What waits under this id or the only one that begins so; the id of what it is about does too.

    Raises:
        NotFound: if none or several do.
    """
    waiting = {each.id: each for each in list_waiting(project)}
    by_target = {each.target: each for each in waiting.values()}
    if named in by_target:
        return by_target[named]
    return waiting[prefixed(named, waiting, _("ventende"))[0]]


def what_waits(project: Project, waiting: Waiting) -> str:
    """What waits, in words: the code and who coded, or what is written in the note or memo."""
    return describe_all(project, [waiting])[waiting.id]


def describe_all(project: Project, waiting: list[Waiting]) -> dict[str, str]:
    """Id -> `what_waits`, for many at once."""
    connection = project.connection
    of_kind = {kind: [each.target for each in waiting if each.target_kind == kind] for kind in _KINDS}
    said: dict[str, str] = {}
    if of_kind["coding"]:
        for coding in coding_queries.codings(connection, ids=of_kind["coding"]):
            said[coding.id] = _("{code} ({coder})").format(code=coding.code_name, coder=coding.coder)
    if of_kind["margin_note"]:
        for note in coding_queries.notes(connection, None):
            said[note.id] = _("merknad: {text}").format(text=" ".join(note.text.split())[:_SHOWN])
    if of_kind["memo"]:
        for memo in memo_queries.memos(connection, reader=project.coder_id()):
            said[memo.id] = _("memo: {text}").format(text=" ".join(memo.text.split())[:_SHOWN])
    plain = {"margin_note": _("merknad"), "memo": _("memo"), "verdict": _("vurdert forslag")}
    return {each.id: said.get(each.target, plain.get(each.target_kind, _("koding"))) for each in waiting}


def place_waiting(project: Project, waiting: Waiting, start: int, end: int) -> None:
    """Give what waits a place in the text as it now is.

    Raises:
        Refusal: if the span is empty, outside the text or (for a coding) closed to coding, or it no longer waits.
    """
    source = queries.sources(project.connection, [waiting.source])[0]
    text = queries.text_of(project.connection, source.version)
    if not 0 <= start < end <= len(text) or not text[start:end].strip():
        raise Refusal(_("Stedet {start}–{end} er tomt eller ligger utenfor teksten.").format(start=start, end=end))
    if waiting.target_kind == "coding":
        require_open(project, source, start, end)
    with project.write() as act:
        _require_waiting(act, waiting)
        require_current(act, source)
        row = act.state.get("coding", waiting.target) if waiting.target_kind == "coding" else None
        quote = quote_after_move(act, project, row, source, start, end) if row else {}
        act.record("anchor.place", {"id": waiting.id, "version": source.version, "start": start, "end": end, **quote})


def drop_waiting(project: Project, waiting: Waiting) -> None:
    """Remove what waits: what it stood on is not in the text any more. Undo brings it back to the queue.

    Raises:
        Refusal: if it no longer waits.
    """
    kinds: Mapping[str, str] = {
        "coding": "coding.remove",
        "margin_note": "note.remove",
        "memo": "memo.remove",
        "verdict": "suggestion.reopen",
    }
    with project.write() as act:
        _require_waiting(act, waiting)
        act.record(kinds[waiting.target_kind], {"id": waiting.target})


def _require_waiting(act: Gesture, waiting: Waiting) -> None:
    if act.state.get("waiting", waiting.id) is None:
        raise Refusal(_("Den venter ikke lenger på plass."))
