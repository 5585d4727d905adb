"""A reader's comments on a coded corpus, as the file that is theirs and is handed back to the lead.

The file holds what the reader wrote and where it belongs; never a word of a transcript.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

FORMAT = "kodebenk-kommentarer"
VERSION = 1
SUFFIX = ".kommentarer"
TARGETS = ("coding", "code", "theme")


class NotComments(ValueError):
    """The bytes are no file of comments, or one of a newer version."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderComment:
    """One comment by a reader."""

    id: str
    on: str
    """`coding`, `code` or `theme`."""
    target: str
    """Id of it."""
    name: str
    """What the reader saw it as: a quote id, a code's slug or a theme's title."""
    source: str = ""
    """Id of the source a coding lies in."""
    start: int = 0
    end: int = 0
    """The span as the reader saw it, in the source's text."""
    text: str
    created: str
    updated: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentFile:
    """Everything one reader has said about one project."""

    project: str
    """Uid of the project."""
    title: str
    reader: str
    comments: tuple[ReaderComment, ...] = ()

    def put(self, comment: ReaderComment) -> CommentFile:
        """The file with a comment added, or in place of the one with its id."""
        known = {each.id: each for each in self.comments} | {comment.id: comment}
        return replace(self, comments=tuple(known.values()))

    def without(self, comment: str) -> CommentFile:
        return replace(self, comments=tuple(each for each in self.comments if each.id != comment))


def dumps(file: CommentFile) -> bytes:
    """The file's bytes: JSON, UTF-8, unescaped."""
    body = {"format": FORMAT, "version": VERSION, **asdict(file)}
    return (json.dumps(body, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def loads(body: bytes) -> CommentFile:
    """The file again.

    Raises:
        NotComments: if it is something else, damaged, or of a newer version.
    """
    try:
        read = json.loads(body.decode("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise NotComments("not JSON") from error
    if not isinstance(read, dict) or read.get("format") != FORMAT:
        raise NotComments("another format")
    if read.get("version") != VERSION:
        raise NotComments("another version")
    listed = read.get("comments")
    if not isinstance(listed, list):
        raise NotComments("no list of comments")
    texts = {key: _text(read, key) for key in ("project", "title", "reader")}
    return CommentFile(**texts, comments=tuple(_comment(each) for each in listed))


def _comment(read: Any) -> ReaderComment:
    if not isinstance(read, dict):
        raise NotComments("a comment that is no object")
    texts = {key: _text(read, key) for key in ("id", "on", "target", "name", "source", "text", "created", "updated")}
    if texts["on"] not in TARGETS or not texts["id"]:
        raise NotComments("a comment on something unknown")
    start, end = read.get("start"), read.get("end")
    if type(start) is not int or type(end) is not int or not 0 <= start <= end:
        raise NotComments("a place that is none")
    return ReaderComment(**texts, start=start, end=end)


def _text(read: Mapping[str, Any], key: str) -> str:
    value = read.get(key)
    if not isinstance(value, str):
        raise NotComments(f"{key} is no text")
    return value
