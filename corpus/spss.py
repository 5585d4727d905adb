"""SPSS data files (.sav, .zsav): a table of respondents with labels for values and wordings for questions.

The library that reads them is an extra (`kodebenk[spss]`), and is written in C: it can end the whole process on a damaged
file (found by damaging some). So it works in a process of its own, which is handed the file and hands back its contents.
"""

from __future__ import annotations

import json
import math
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime, timedelta
from gettext import gettext as _
from importlib.util import find_spec
from pathlib import Path
from typing import TypedDict, cast

import regex

from corpus.cell_values import clock, plain_number
from corpus.errors import UnreadableSource
from corpus.grids import Grid, refuse_large, squared
from corpus.text import normalise

_SECONDS = 120
"""How long the other process may take; 100,000 respondents take a few seconds."""
_EPOCH = datetime(1582, 10, 14)
_DATE = regex.compile(r"(?:A|E|J|S)?DATE\d|(?:MO|Q|W)YR\d")
_MOMENT = regex.compile(r"DATETIME|YMDHMS")
_CLOCK = regex.compile(r"D?TIME\d|MTIME")


class _Told(TypedDict):
    """What the other process hands back (see `corpus.spss_process`)."""

    names: list[str]
    height: int
    wordings: list[str | None]
    kinds: list[str]
    labels: list[list[tuple[float | str, str]]]
    columns: list[list[float | str | None]]


def read(path: Path, data: bytes) -> tuple[Grid, ...]:
    """The file as one table: a first row with the variables' names, values by their labels, wordings by the variables'.

    Values declared as missing stand by their labels too (*ikke svart* is something else than nothing).

    Raises:
        UnreadableSource: if the extra is not installed, or the file is damaged or too large.
    """
    if find_spec("pyreadstat") is None:
        reason = _(
            "SPSS-filer leses av et tillegg som ikke er installert. Installer det med "
            '«uv tool install "kodebenk[spss]"» eller «pip install "kodebenk[spss]"», eller lagre tabellen som .xlsx.'
        )
        raise UnreadableSource(path, reason)
    command = [sys.executable, "-P", str(Path(__file__).with_name("spss_process.py"))]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise UnreadableSource(path, _damaged_reason()) from error
    if done.returncode:
        raise UnreadableSource(path, _damaged_reason())
    told = cast(_Told, json.loads(done.stdout))
    refuse_large(path, told["height"] + 1, len(told["names"]))
    return (_grid(path, told),)


def value_text(value: float | str | None, kind: str, labels: Mapping[float | str, str]) -> str:
    """A value as text: its label where it has one, a date or time of day by the variable's kind, else itself.

    Args:
        kind: SPSS's format of the variable, such as `F8.2`, `DATE11`, `A120`.
    """
    if value is None:
        return ""
    if value in labels:
        return normalise(labels[value])
    if isinstance(value, str):
        return normalise(value)
    if not math.isfinite(value):
        return ""
    if _MOMENT.match(kind) or _DATE.match(kind):
        return _day(value, clock=bool(_MOMENT.match(kind))) or plain_number(value)
    return clock(value) if _CLOCK.match(kind) else plain_number(value)


def _grid(path: Path, told: _Told) -> Grid:
    names = [normalise(name) for name in told["names"]]
    described = zip(told["columns"], told["kinds"], told["labels"], strict=True)
    columns = [[value_text(value, kind, dict(labels)) for value in values] for values, kind, labels in described]
    rows = squared(path, [names, *map(list, zip(*columns, strict=True))])
    wordings = tuple(normalise(wording or "") for wording in told["wordings"])
    return Grid(name=path.stem, rows=rows, wordings=wordings[: len(rows[0]) if rows else 0])


def _day(seconds: float, *, clock: bool) -> str:
    """The date, with the time of day when asked for; empty for what lies outside the calendar."""
    try:
        moment = _EPOCH + timedelta(seconds=round(seconds))
    except OverflowError:
        return ""
    return moment.isoformat(" ") if clock else moment.date().isoformat()


def _damaged_reason() -> str:
    return _(
        "Filen er skadet, eller er ikke en SPSS-datafil. Åpne den i SPSS og lagre den på nytt, eller lagre som .xlsx."
    )
