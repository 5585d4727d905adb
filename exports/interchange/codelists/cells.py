"""Texts as they stand in cells: several in one, paths, and none that a spreadsheet takes for a formula."""

from __future__ import annotations

import re
from collections.abc import Sequence

_FORMULA = re.compile("'*[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_GUARDED = re.compile("'+[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_PIECES = re.compile(r"\\(.)", re.DOTALL)
_STEP = re.compile(r"(?<!\\)((?:\\\\)*)>")


def guarded(text: str) -> str:
    """The text for csv, with an apostrophe in front where a spreadsheet would run it; `unguarded` takes it away."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given; any other text stays as it is."""
    return text[1:] if _GUARDED.match(text) else text


def examples_as_text(examples: Sequence[str]) -> str:
    """The examples one a line; a line break within one is written `\\n`, a backslash twice."""
    return "\n".join(example.replace("\\", "\\\\").replace("\n", "\\n") for example in examples)


def examples_in(text: str) -> tuple[str, ...]:
    """The examples that `examples_as_text` wrote, or one a line of any text; empty lines are no examples."""
    return tuple(_unescaped(line) for line in text.split("\n") if line.strip())


def path_as_text(path: Sequence[str]) -> str:
    """The names with ` > ` between; a `>` or a backslash within one has a backslash before it."""
    return " > ".join(name.replace("\\", "\\\\").replace(">", "\\>") for name in path)


def path_in(text: str) -> tuple[str, ...]:
    """The names of a path that `path_as_text` wrote, without the blanks around them; empty ones are left out."""
    steps = _STEP.sub("\\1\0", text).split("\0")
    names = (re.sub(r"\\([\\>])", r"\1", step.strip()) for step in steps)
    return tuple(name for name in names if name)


def _unescaped(text: str) -> str:
    meant = {"n": "\n", "\\": "\\"}
    return _PIECES.sub(lambda found: meant.get(found[1], found[0]), text)
