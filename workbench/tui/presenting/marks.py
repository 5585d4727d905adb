"""Codings, notes and suggestions as marks over a text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from gettext import gettext as _
from gettext import ngettext

from corpus.model import Role, Turn
from workbench.core.entities import Coding, MarginNote, Proposal, StoredTurn
from workbench.tui.presenting.codes import CodeList, initials
from workbench.tui.presenting.wording import shortened
from workbench.tui.transcript.document import Mark, Side

NOTE_LABEL = 40


def coding_mark(coding: Coding, codes: CodeList, *, sign: str = "", side: Side = 0) -> Mark:
    """The mark of a coding; a sign stands before its initials, on a side of the margin of its own if asked."""
    entry = codes.get(coding.code)
    return Mark(
        id=coding.id,
        start=coding.start,
        end=coding.end,
        kind="coding",
        label=coding.code_name,
        initials=sign + initials(coding.code_name),
        colour=entry.colour if entry else "",
        coder=coding.coder,
        side=side,
    )


def note_mark(note: MarginNote) -> Mark:
    return Mark(
        id=note.id,
        start=note.start,
        end=note.end,
        kind="note",
        label=shortened(note.text, NOTE_LABEL),
        coder=note.coder,
    )


def proposal_mark(proposal: Proposal, codes: CodeList) -> Mark:
    entry = codes.get(proposal.code)
    return Mark(
        id=proposal.id,
        start=proposal.start,
        end=proposal.end,
        kind="suggestion",
        label=proposal.code_name,
        initials=initials(proposal.code_name),
        colour=entry.colour if entry else "",
    )


def all_marks(
    codes: CodeList, codings: Iterable[Coding], notes: Iterable[MarginNote], proposals: Iterable[Proposal]
) -> list[Mark]:
    return [
        *(coding_mark(coding, codes) for coding in codings),
        *(note_mark(note) for note in notes),
        *(proposal_mark(proposal, codes) for proposal in proposals),
    ]


def lies_here(marks: Sequence[Mark], me: str) -> str:
    """Marks that lie over one place, in words; other people's codings with their names."""
    coded = [
        mark.label if mark.coder.casefold() == me.casefold() else f"{mark.label} ({mark.coder})"
        for mark in reversed(marks)
        if mark.kind == "coding"
    ]
    noted = [mark.label for mark in marks if mark.kind == "note"]
    parts = []
    if coded:
        parts.append(ngettext("kode her: {names}", "koder her: {names}", len(coded)).format(names=", ".join(coded)))
    if noted:
        parts.append(_("merknad: {text}").format(text="; ".join(noted)))
    return " · ".join(parts)


def view_turns(turns: Sequence[StoredTurn]) -> list[Turn]:
    """Turns as the transcript view wants them."""
    return [
        Turn(speaker=turn.speaker, role=_role(turn.role), label_start=turn.label_start, start=turn.start, end=turn.end)
        for turn in turns
    ]


def _role(role: str) -> Role:
    return "interviewer" if role == "interviewer" else "participant" if role == "participant" else "other"
