"""Tables of turns (.csv, .tsv, .xlsx): what NVivo exports, and what speech recognisers of the Whisper family write.

A row with a speaker, or of a table with a column for the time span, is a turn of its own; rows that a recogniser wrote
without speakers are joined as subtitles are.
"""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _
from pathlib import Path

from corpus.decoding import decode
from corpus.errors import UnreadableSource
from corpus.grids import Grid, read_grids
from corpus.model import ReadOptions, Transcript
from corpus.readers.cues import Cue, spoken_name, timed_transcript, words
from corpus.timed_rows import Row, columns_of, read_rows, too_fast

_WHISPER_HEADER = "start\tend\ttext"


def read(path: Path, data: bytes, options: ReadOptions) -> Transcript:
    """The rows as turns with times.

    Raises:
        UnreadableSource: if no table in the file is a transcript, or a time in it cannot be read.
    """
    grids = _whisper_tsv(path, data) or read_grids(path, data)
    found = next(((grid, columns) for grid in grids if (columns := columns_of(grid.rows))), None)
    if found is None:
        raise UnreadableSource(path, _other_table_reason())
    grid, columns = found
    rows, unread = read_rows(grid.rows, columns)
    if unread is not None:
        raise UnreadableSource(path, row_reason(unread + 1))
    if too_fast(rows, columns):
        reason = _(
            "Tidene er hele tall som er for små til å være millisekunder og kan være sekunder. Skriv dem som "
            "minutter og sekunder (1:05) og lagre på nytt."
        )
        raise UnreadableSource(path, reason)
    joined = columns.start is not None
    transcript = timed_transcript(path, [cue for row in rows if (cue := _cue(row))], options, join=joined)
    return replace(transcript, notes=grid.notes + transcript.notes)


def row_reason(row: int) -> str:
    """Why a table of turns is refused for a time that cannot be read."""
    reason = _("Tidskoden i rad {row} av tabellen kan ikke leses. Rett den og importer filen på nytt.")
    return reason.format(row=row)


def _whisper_tsv(path: Path, data: bytes) -> tuple[Grid, ...]:
    """The table of a .tsv as whisper writes it, whose quotation marks quote nothing; otherwise none."""
    decoded = decode(path, data) if path.suffix.lower() in (".tsv", ".txt") else None
    if decoded is None or not decoded.text.startswith(_WHISPER_HEADER + "\n"):
        return ()
    rows = tuple(tuple(line.split("\t", 2)) for line in decoded.text.split("\n") if line.strip())
    return (Grid(name=path.stem, rows=rows, notes=decoded.notes),)


def _cue(row: Row) -> Cue | None:
    lines = tuple(line for line in (words([line]) for line in row.content.split("\n")) if line)
    if not lines:
        return None
    return Cue(start_ms=row.start_ms, end_ms=row.end_ms, lines=lines, speaker=spoken_name(row.speaker))


def _other_table_reason() -> str:
    return _(
        "Tabellen er ingen transkripsjon: den mangler kolonner for tid, tekst og taler. Svar på spørreundersøkelser "
        "hentes inn med «kodebenk survey», kodebøker med «kodebenk codebook load»."
    )
