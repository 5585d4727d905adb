"""A stored turn as readers, proposals and exports know it."""

from __future__ import annotations

from corpus.model import Turn, as_role
from workbench.core.entities import StoredTurn


def plain_turn(turn: StoredTurn) -> Turn:
    """The turn without the researcher's word on who the informant is."""
    return Turn(
        speaker=turn.speaker,
        role=as_role(turn.role),
        label_start=turn.label_start,
        start=turn.start,
        end=turn.end,
        start_ms=turn.start_ms,
        end_ms=turn.end_ms,
    )
