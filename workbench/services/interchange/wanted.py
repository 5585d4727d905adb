"""What is to go out of a project."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to go out besides what always does."""

    coders: bool = True
    """Without it, coders are called «Koder 1», «Koder 2», and have other GUIDs."""
    private: bool = False
    """One's own private memos too; another's never go out."""
    originals: bool = False
    """The files the sources were read from."""
    withdrawn: bool = True
    """Cases that have withdrawn, with their sources, as well."""
    signals: bool = False
    """What makes Kodebenk propose a code, which only another project of ours can hold."""
