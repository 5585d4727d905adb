"""What can be wrong with the language machinery."""

from __future__ import annotations


class NlpError(Exception):
    """Base of all refusals in this room."""


class PipelineMissingError(NlpError):
    """A spaCy pipeline that was asked for is not installed: says which, and what to do (Norwegian)."""
