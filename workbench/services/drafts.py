"""Drafts: what is being written, kept in this copy of the project at every pause, and journaled once when it is done.

A sitting at one memo is one step of undo, however often it was saved on the way. What a killed program left behind is
taken in the next time its writer opens the project.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from gettext import gettext as _
from typing import Any, Literal

from workbench.core.entities import MEMO_KINDS, Memo, MemoKind
from workbench.core.ids import new_id
from workbench.errors import Refusal
from workbench.services.memos import (
    TARGETS,
    Subject,
    condensate_words,
    list_memos,
    own_memos,
    place_of,
    record_memo,
    require_own,
)
from workbench.store.project import Gesture, Project
from workbench.store.queries import corpus as corpus_queries
from workbench.store.queries import memos as queries

Outcome = Literal["unchanged", "added", "changed", "removed", "beside"]
"""`beside`: it became a memo of its own, since its memo was changed or removed meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A memo that is being written."""

    memo: str
    """Id it has, or will have."""
    target_kind: str
    target: str
    version: str = ""
    """The text version that the span counts in; empty for what is on no span."""
    start: int = 0
    end: int = 0
    kind: MemoKind = "memo"
    day: str = ""
    private: bool = False
    before: str = ""
    """The memo's words when the sitting began; empty for one that is new."""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What became of a draft."""

    outcome: Outcome
    memo: Memo | None
    """The memo as it now is; None when there is none."""


def begin(
    project: Project, subject: Subject, *, kind: MemoKind = "memo", day: str = "", private: bool = False
) -> Draft:
    """A draft of a new memo; nothing is written yet."""
    version = ""
    if subject.kind == "span":
        version = corpus_queries.sources(project.connection, [subject.target])[0].version
    span = (subject.start, subject.end) if version else (0, 0)
    return Draft(
        memo=new_id(),
        target_kind=subject.kind,
        target=subject.target,
        version=version,
        start=span[0],
        end=span[1],
        kind=kind,
        day=day,
        private=private,
    )


def resume(memo: Memo) -> Draft:
    """A draft of new words for a memo."""
    return Draft(
        memo=memo.id,
        target_kind=memo.target_kind,
        target=memo.target,
        kind=memo.kind,
        day=memo.day,
        private=memo.private,
        before=memo.text,
        text=memo.text,
    )


def go_on(
    project: Project, subject: Subject, *, kind: MemoKind = "memo", day: str = "", private: bool = False
) -> Draft:
    """Where this coder last wrote on something, in a memo of that kind (and day); else a draft of a new one.

    Raises:
        Refusal: if the project is open for reading only.
    """
    require_writable(project)
    place = (subject.kind, (subject.start, subject.end) if subject.kind == "span" else (0, 0))
    mine = [
        memo
        for memo in own_memos(project, subject.target)
        if memo.kind == kind and memo.day == day and (memo.target_kind, (memo.start, memo.end)) == place
    ]
    if not mine:
        return begin(project, subject, kind=kind, day=day, private=private)
    draft = resume(mine[-1])
    # What is written in the diary later in the day is a paragraph of its own.
    return replace(draft, text=f"{draft.text}\n\n") if kind == "diary" else draft


def require_writable(project: Project) -> None:
    """Refuse before anything is written that could not be kept."""
    if project.readonly:
        raise Refusal(_("Prosjektet er åpnet for lesing. Åpne det for skriving for å skrive memo."))


def keep(project: Project, draft: Draft) -> None:
    """Write the draft to the disk; when this returns, a killed program loses none of it."""
    with project.derive() as connection:
        queries.put_draft(connection, project.coder_id(), draft.memo, asdict(draft))


def settle(project: Project, draft: Draft) -> Settled:
    """Let the draft become the memo, in one gesture. Without words the memo is removed.

    Words that somebody has written in the memo meanwhile are never lost: unless the draft holds them, it becomes a memo
    beside it.

    Raises:
        Refusal: if the draft cannot become a memo; it is then still kept.
    """
    if draft.text.strip() == draft.before.strip():
        drop(project, draft)
        known = next((each for each in list_memos(project) if each.id == draft.memo), None)
        return Settled(outcome="unchanged", memo=known)
    with project.write() as act:
        uid, outcome = _record(act, draft)
        queries.drop_draft(act.connection, act.coder, draft.memo)
    memo = next((each for each in list_memos(project) if each.id == uid), None)
    return Settled(outcome=outcome, memo=memo)


def drop(project: Project, draft: Draft) -> None:
    """Forget the draft; its memo stays as it was."""
    if any(fields["memo"] == draft.memo for fields in queries.drafts(project.connection, project.coder_id())):
        with project.derive() as connection:
            queries.drop_draft(connection, project.coder_id(), draft.memo)


def left_behind(project: Project) -> list[Draft]:
    """This coder's drafts that have not become memos."""
    return [_draft(fields) for fields in queries.drafts(project.connection, project.coder_id())]


def take_in(project: Project) -> list[Settled]:
    """Let every draft that a killed program left become a memo; one without words is dropped and removes nothing."""
    if project.readonly:
        return []
    taken = []
    for draft in left_behind(project):
        if draft.text.strip():
            taken.append(settle(project, draft))
        else:
            drop(project, draft)
    return [each for each in taken if each.outcome != "unchanged"]


def _record(act: Gesture, draft: Draft) -> tuple[str, Outcome]:
    text = draft.text.strip()
    row = act.state.get("memo", draft.memo)
    if row is None and not text:
        return "", "unchanged"
    if row is None and not draft.before:
        _add(act, draft)
        return draft.memo, "added"
    if row is None or (row["text"] != draft.before.strip() and row["text"] not in text):
        if not text:
            return "", "unchanged"
        aside = replace(draft, memo=new_id())
        _add(act, aside)
        return aside.memo, "beside"
    require_own(act, draft.memo)
    if not text:
        act.record("memo.remove", {"id": draft.memo})
        return "", "removed"
    act.record("memo.set", {"id": draft.memo, "text": act.text(text)})
    return draft.memo, "changed"


def _add(act: Gesture, draft: Draft) -> None:
    """On what the draft was begun on, else on the nearest thing that is left of it: the source, or the whole project."""
    kind, target, text, memo_kind = draft.target_kind, draft.target, draft.text, draft.kind
    if kind == "span":
        source = act.state.get("source", target)
        if source is None or source["version"] != draft.version:
            kind = "source"
    if act.state.get(TARGETS[kind], target) is None:
        (project,) = act.state.rows("project")
        kind, target = "project", str(project["id"])
        if memo_kind == "condensate":
            # Without its code it is a memo, and says itself that nobody spoke these words.
            memo_kind, text = "memo", f"{condensate_words()}\n\n{text}"
    place = place_of(act, kind, target, (draft.start, draft.end))
    record_memo(act, draft.memo, place, text, kind=memo_kind, day=draft.day, private=draft.private)


def _draft(fields: dict[str, Any]) -> Draft:
    kind = next((known for known in MEMO_KINDS if known == fields["kind"]), "memo")
    return Draft(**{**fields, "kind": kind})
