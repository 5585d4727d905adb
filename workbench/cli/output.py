"""The streams: data to stdout, talk to stderr. The only module that writes to either."""

from __future__ import annotations

import csv
import json
import os
import shutil
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from textwrap import wrap
from typing import Any, TextIO

Row = Mapping[str, Any]
_TEXT_WIDTH = 72
_NARROWEST = 24
"""Columns in which a sentence is still read; on a terminal with fewer left for it, its lines are broken by the terminal."""


def use_utf8() -> None:
    """Make stdout and stderr UTF-8 whatever the locale says: names and excerpts have æ, ø and å."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def flush() -> None:
    """Hand over what is buffered, so that a reader who has gone is noticed here and not at the interpreter's end."""
    sys.stdout.flush()


def stop() -> None:
    """Let what is still buffered go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)


def say(message: str) -> None:
    """Talk to the person."""
    print(visible(message), file=sys.stderr)  # noqa: T201


def announce(line: str) -> None:
    """A passing line on the terminal, in place of the one before; empty takes it away."""
    sys.stdout.write(f"\r\x1b[2K{visible(line)}")
    sys.stdout.flush()


def write_path(path: Path, *, as_json: bool, **more: Any) -> None:
    """Say where something was written: the path alone, or as JSON with what more there is to it."""
    if as_json:
        write_json({"path": str(path), **more})
    else:
        write_lines([str(path)])


def write_json(value: Any) -> None:
    """One JSON value, UTF-8 unescaped."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def write_csv(rows: Sequence[Row], columns: Sequence[str], stream: TextIO | None = None) -> None:
    """Rows as comma-separated values with a header line; lists and objects as JSON in their cell."""
    writer = csv.writer(stream or sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(column)) for column in columns])


def write_lines(lines: Sequence[str]) -> None:
    """Plain lines for a person to read."""
    for line in lines:
        sys.stdout.write(visible(line) + "\n")


def write_table(rows: Sequence[Row], columns: Mapping[str, str]) -> None:
    """A plain table; `columns` is key -> heading. Long texts are cut, since JSON and CSV give them whole."""
    shown = [[_short(visible(_cell(row.get(key)), newlines=False)) for key in columns] for row in rows]
    headings = list(columns.values())
    widths = [max([len(heading), *(len(line[n]) for line in shown)]) for n, heading in enumerate(headings)]
    for line in [headings, *shown]:
        sys.stdout.write("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() + "\n")


def write_told(rows: Sequence[Row], columns: Mapping[str, str]) -> None:
    """A table whose last column is sentences: each whole, one row a line, wrapped under its column on a terminal."""
    *keys, told = columns
    *headings, heading = columns.values()
    shown = [[_short(visible(_cell(row.get(key)), newlines=False)) for key in keys] for row in rows]
    widths = [max([len(name), *(len(line[n]) for line in shown)]) for n, name in enumerate(headings)]
    margin = sum(widths) + 2 * len(widths)
    left = shutil.get_terminal_size().columns - margin if sys.stdout.isatty() else 0
    for cells, sentence in [
        (headings, heading),
        *zip(shown, (visible(_cell(row.get(told)), newlines=False) for row in rows), strict=True),
    ]:
        first, *more = (wrap(sentence, left, break_on_hyphens=False) or [""]) if left >= _NARROWEST else [sentence]
        before = "".join(f"{cell:<{width}}  " for cell, width in zip(cells, widths, strict=True))
        sys.stdout.write((before + first).rstrip() + "\n")
        for line in more:
            sys.stdout.write(" " * margin + line + "\n")


def visible(text: str, *, newlines: bool = True) -> str:
    """The text with control, escape and bidirectional characters drawn as placeholders, safe for any terminal."""
    kept = "\n\t" if newlines else ""
    return "".join(char if char in kept or not _dangerous(char) else "␣" if char.isspace() else "·" for char in text)


def _dangerous(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")


def _short(text: str) -> str:
    return text if len(text) <= _TEXT_WIDTH else text[: _TEXT_WIDTH - 1] + "…"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, list | dict | tuple):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
