"""What is wrong with a survey's table, said so that somebody can find the rows."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _

from corpus.model import ImportNote

_SHOWN = 5


def told(items: Sequence[str], message: str) -> tuple[ImportNote, ...]:
    """A doubtful note that counts the items (`{n}`) and names the first of them (`{shown}`); none when there are none."""
    if not items:
        return ()
    shown = ", ".join(items[:_SHOWN]) + (_(" og {n} til").format(n=len(items) - _SHOWN) if len(items) > _SHOWN else "")
    return (ImportNote(message=message.format(n=len(items), shown=shown), count=len(items), doubtful=True),)
