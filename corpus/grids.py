"""The one door for tables: from a file's bytes to rows of text, or a refusal that says why.

A cell is text, whatever the file makes of it: formulas are not worked out, dates are ISO 8601, numbers have a decimal
point and no needless zeros. What the table is (answers, a codebook, a transcript) is for others to say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, cast

from corpus.errors import UnreadableSource
from corpus.model import ImportNote
from corpus.signatures import kind_name, locked_reason, recognise

GRID_SUFFIXES: Mapping[str, str] = MappingProxyType(
    {
        ".csv": "corpus.delimited",
        ".tsv": "corpus.delimited",
        ".txt": "corpus.delimited",
        ".xlsx": "corpus.spreadsheets",
        ".sav": "corpus.spss",
        ".zsav": "corpus.spss",
    }
)
"""Suffix in lower case to the module that reads it."""

MOST_CELLS = 2_000_000
"""Cells of one table, empty ones between others included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table as it stands in a file: rows of equal length, without empty rows below and empty columns to the right."""

    name: str
    """The sheet's name, or the file's without suffix."""
    rows: tuple[tuple[str, ...], ...]
    """Text in NFC with LF; an empty cell is the empty string. A first row of headings is a row like any other."""
    notes: tuple[ImportNote, ...] = ()
    wordings: tuple[str, ...] = ()
    """A longer title for each column, where the file has such (labels of SPSS variables); else empty."""
    labels: tuple[tuple[tuple[str, str], ...], ...] = ()
    """For each column (value in the file, label that stands for it in `rows`), where another sheet labels them; else empty."""


class _Reader(Protocol):
    def read(self, path: Path, data: bytes) -> tuple[Grid, ...]: ...


def read_grids(path: Path, data: bytes) -> tuple[Grid, ...]:
    """The tables of a file that have anything in them: one, or for Excel one for each visible sheet; never none.

    Args:
        path: its suffix says the format; named in the refusal.
        data: the whole file.

    Raises:
        UnreadableSource: if the file is no table, is damaged or behind a password, or is larger than `MOST_CELLS`.
    """
    suffix = path.suffix.lower()
    if suffix not in GRID_SUFFIXES:
        raise UnreadableSource(path, _unknown_reason(suffix))
    if not data:
        raise UnreadableSource(path, _("Filen er tom."))
    _check_kind(path, suffix, recognise(data))
    grids = cast(_Reader, import_module(GRID_SUFFIXES[suffix])).read(path, data)
    filled = tuple(grid for grid in grids if grid.rows)
    if not filled:
        raise UnreadableSource(path, _("Tabellen har ingen celler med tekst. Sjekk at det er riktig fil."))
    return filled


def squared(path: Path, rows: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """The rows filled up to one length, once empty rows below and empty columns to the right are taken away.

    Raises:
        UnreadableSource: if there would be more than `MOST_CELLS` cells.
    """
    height = max((number for number, row in enumerate(rows, 1) if any(map(str.strip, row))), default=0)
    kept = rows[:height]
    width = max((number for row in kept for number, cell in enumerate(row, 1) if cell.strip()), default=0)
    refuse_large(path, height, width)
    return tuple((*row[:width], *[""] * (width - len(row))) for row in kept)


def refuse_large(path: Path, height: int, width: int) -> None:
    """Refuses a table of more than `MOST_CELLS` cells, before it is made.

    Raises:
        UnreadableSource: if there are more.
    """
    if height * width > MOST_CELLS:
        reason = _(
            "Tabellen har {rows} rader og {columns} kolonner; grensen er {most} celler. Slett rader og kolonner som "
            "ikke skal være med, og lagre på nytt."
        )
        raise UnreadableSource(path, reason.format(rows=height, columns=width, most=MOST_CELLS))


def _check_kind(path: Path, suffix: str, kind: str) -> None:
    """Refuses a file whose first bytes say that it is something else than its suffix says."""
    if kind == "locked":
        raise UnreadableSource(path, locked_reason())
    if suffix == ".xlsx" and kind == "ole":
        raise UnreadableSource(path, _old_excel_reason())
    if suffix == ".xlsx" and kind in ("xlsx", "archive"):
        return
    if suffix == ".xlsx" and not kind:
        reason = _("Filen heter {suffix}, men innholdet er noe annet eller skadet. Lagre den på nytt fra programmet.")
        raise UnreadableSource(path, reason.format(suffix=suffix))
    if kind:
        reason = _("Filen heter {suffix}, men er {kind}. Lagre tabellen som .xlsx eller .csv.")
        raise UnreadableSource(path, reason.format(suffix=suffix, kind=kind_name(kind)))


def _unknown_reason(suffix: str) -> str:
    known = " ".join(GRID_SUFFIXES)
    if suffix == ".xls":
        return _old_excel_reason()
    if suffix in (".xlsm", ".xlsb", ".xltx", ".ods", ".numbers"):
        reason = _("Regnearket er i formatet {suffix}. Åpne det i programmet det kom fra og lagre det som .xlsx.")
        return reason.format(suffix=suffix)
    if not suffix:
        return _("Filen har ingen endelse, så formatet er ukjent. Kjente formater: {known}.").format(known=known)
    return _("Formatet {suffix} kan ikke leses som tabell. Kjente formater: {known}.").format(
        suffix=suffix, known=known
    )


def _old_excel_reason() -> str:
    return _("Gammelt Excel-format. Åpne filen i Excel eller LibreOffice og lagre den som .xlsx.")
