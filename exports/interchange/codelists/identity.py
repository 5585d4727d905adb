"""GUIDs for codes of lists that have none: the same path of names always gets the same one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from uuid import UUID, uuid5

_LISTS = UUID("6f0b9a4e-3a7b-5c0d-9b7e-2f4c1d8e5a60")


def path_guid(path: Sequence[str]) -> str:
    """GUID of the code at this path, so that a newer list updates the code instead of doubling it."""
    return str(uuid5(_LISTS, _safe(json.dumps(list(path), ensure_ascii=True))))


def id_guid(identifier: str) -> str:
    """GUID of the code that a list calls by this id, whatever its name."""
    return str(uuid5(_LISTS, _safe(f"id:{identifier}")))


def group_guid(name: str) -> str:
    """GUID of a group of codes, which a list knows by its name alone."""
    return str(uuid5(_LISTS, _safe(f"group:{name}")))


def _safe(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
