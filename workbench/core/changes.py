"""A change: one decision by a person, as the journal keeps it.

The envelope is permanent; the payload can be destroyed (a participant withdraws) without breaking the chain, because the
envelope seals a salted digest of the payload, not the payload itself.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Payload = Mapping[str, Any]

KIND_VERSIONS: Mapping[str, int] = {
    "project.create": 1,
    "project.set": 1,
    "coder.add": 1,
    "coder.rename": 1,
    "case.add": 1,
    "case.set": 1,
    "case.remove": 1,
    "informant.add": 1,
    "informant.set": 1,
    "informant.remove": 1,
    "source.add": 2,
    "source.set": 1,
    "source.remove": 1,
    "speaker.set": 1,
    "text.revise": 1,
    "text.replace": 1,
    "text.purge": 1,
    "region.set": 1,
    "region.remove": 1,
    "anchor.place": 1,
    "survey.add": 1,
    "link.add": 1,
    "link.remove": 1,
    "foreign.set": 1,
    "code.add": 2,
    "code.set": 2,
    "code.move": 1,
    "code.merge": 1,
    "code.retire": 1,
    "code.restore": 1,
    "code.remove": 1,
    "theme.add": 1,
    "theme.set": 1,
    "theme.remove": 1,
    "theme.excerpts": 1,
    "coding.add": 1,
    "coding.remove": 1,
    "coding.bound": 1,
    "coding.recode": 1,
    "coding.star": 1,
    "coding.confirm": 1,
    "coding.shown": 1,
    "sorting.add": 1,
    "sorting.set": 1,
    "sorting.choose": 1,
    "sorting.finish": 1,
    "sorting.remove": 1,
    "comment.add": 1,
    "comment.set": 1,
    "comment.remove": 1,
    "cell.set": 1,
    "fact.set": 1,
    "report.write": 1,
    "note.add": 1,
    "note.set": 1,
    "note.remove": 1,
    "memo.add": 1,
    "memo.set": 1,
    "memo.remove": 1,
    "reading.set": 1,
    "suggestion.accept": 1,
    "suggestion.reject": 1,
    "suggestion.reopen": 1,
    "undo": 1,
    "redo": 1,
}
"""Every kind of change this version understands, with the newest payload version it can read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The envelope of one change, with its payload when that still exists."""

    id: str
    """UUIDv7."""
    replica: str
    """The copy of the project file the change was made in."""
    clock: str
    """Hybrid logical clock reading; with the id it orders all changes of all copies."""
    coder: str
    """Id of the person who decided."""
    kind: str
    version: int
    """Version of the kind's payload."""
    gesture: str
    """What one key press or command did together; undone as one."""
    parents: tuple[str, ...]
    """The heads of the journal when the change was made, sorted."""
    digest: str
    """SHA-256 of salt and payload."""
    seal: str
    """SHA-256 of the envelope above and the parents' seals."""
    payload: Payload | None
    """None when it has been destroyed."""


def canonical(payload: Payload) -> str:
    """The payload as text, the same for equal payloads."""
    return json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def payload_digest(salt: str, body: str) -> str:
    return hashlib.sha256(f"{salt}\n{body}".encode()).hexdigest()


def seal_of(change: Change, parent_seals: Iterable[str]) -> str:
    """What the change's seal must be, given its envelope and its parents' seals (in the order of `parents`)."""
    envelope = (
        change.id,
        change.replica,
        change.clock,
        change.coder,
        change.kind,
        str(change.version),
        change.gesture,
        change.digest,
        *change.parents,
        *parent_seals,
    )
    return hashlib.sha256("\n".join(envelope).encode()).hexdigest()
