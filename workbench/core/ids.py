"""Identifiers of entities and changes."""

from __future__ import annotations

import base64
import hashlib
import secrets

ID_LENGTH = 12


def new_id() -> str:
    """Twelve random lower-case base32 characters (60 bits)."""
    return base64.b32encode(secrets.token_bytes(8)).decode("ascii").lower()[:ID_LENGTH]


def derived_id(*parts: str) -> str:
    """The id that follows from `parts`: the same on every copy of a project, so that equal things meet when merged."""
    hashed = hashlib.sha256("\x1f".join(parts).encode("utf-8")).digest()
    return base64.b32encode(hashed).decode("ascii").lower()[:ID_LENGTH]
