"""Keys, lists and texts as lines of YAML.

Text is written bare where every YAML reader takes it as text, else in quotes; long text as a block that
breaks after each sentence, so that a difference between two versions shows the sentence that changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

WIDTH = 100
"""Columns that a line fills before it is broken, where it can be."""

_PLAIN = re.compile(r"[^\W\d_]([^\W_]|[ ._/()*«»–'?!,-])*")
# What YAML 1.1 readers take as something else than text.
_NOT_TEXT = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}
_SAFE = re.compile("[\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]*")
_BREAK = re.compile(r"(?<=[^ \t]) (?=[^ \t])")
_SENTENCE_END = re.compile(r"[.!?…][»”)]?$")


def key_lines(depth: int, key: str, text: str) -> list[str]:
    """`key: text`, indented two columns a depth; nothing when the text is empty."""
    return _lines("  " * depth, f"{key}: ", text) if text else []


def list_lines(depth: int, key: str, texts: Sequence[str], *, flow: bool = False) -> list[str]:
    """The key with its list, one item a line; with `flow`, all of them in `[ ]` where one line holds them."""
    if not texts:
        return []
    indent = "  " * depth
    if flow:
        line = f"{indent}{key}: [{', '.join(scalar(text, flow=True) for text in texts)}]"
        if len(line) <= WIDTH:
            return [line]
    lines = [f"{indent}{key}:"]
    for text in texts:
        lines += _lines(f"{indent}  ", "- ", text)
    return lines


def scalar(text: str, *, flow: bool = False) -> str:
    """The text on one line, as plain as reads back the same; `flow` says that it is to stand in `[ ]`."""
    if _is_plain(text) and not (flow and any(sign in text for sign in ",?")):
        return text
    if "\n" not in text and _SAFE.fullmatch(text):
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(_escaped(character) for character in text) + '"'


def number(value: float) -> str:
    """The number as all YAML readers take it for one: with a point, also in powers of ten."""
    text = repr(value)
    return text.replace("e", ".0e", 1) if "e" in text and "." not in text else text


def _lines(indent: str, head: str, text: str) -> list[str]:
    line = f"{indent}{head}{scalar(text)}"
    blockable = text == text.strip() and _SAFE.fullmatch(text) is not None
    if blockable and "\n" in text:
        inner = [f"{indent}  {part}" if part else "" for part in text.split("\n")]
        return [f"{indent}{head}|-", *inner]
    if blockable and len(line) > WIDTH and _BREAK.search(text):
        inner = [f"{indent}  {part}" for part in _filled(text, WIDTH - len(indent) - 2)]
        return [f"{indent}{head}>-", *inner]
    return [line]


def _filled(text: str, width: int) -> Iterator[str]:
    """The text broken at single spaces: after each sentence, and where a line would be too wide."""
    line = ""
    for word in _BREAK.split(text):
        begins = _SENTENCE_END.search(line) is not None and (word[0].isupper() or word[0] in "«–")
        if line and (begins or len(line) + 1 + len(word) > width):
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line


def _is_plain(text: str) -> bool:
    return _PLAIN.fullmatch(text) is not None and text == text.rstrip() and text.lower() not in _NOT_TEXT


def _escaped(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    if character == "\n":
        return "\\n"
    if character == "\t":
        return "\\t"
    if _SAFE.fullmatch(character):
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
