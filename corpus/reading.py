"""The one door for source files: from a path to a transcript, or a refusal that says why.

Each format has a module in `corpus.readers`, imported when a file of that kind is read, so that only its library loads.

A file whose time codes cannot be followed is refused; it never becomes text without times. The line goes here: in what a
machine wrote (subtitles, JSON, tables, oTranscribe, Teams and Word on the web) one unreadable time refuses the file. In what
people typed a stray wrong stamp is a doubtful note on a turn without time, and only more unreadable stamps than readable
ones refuse it, or times on many lines that belong to no turn at all. Times that run backwards are a doubtful note, since
voices overlap and recordings are put together, but in JSON and tables, where a segment that lies wholly before its
predecessor cannot be placed at all.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from gettext import gettext as _
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, cast

import regex

from corpus.decoding import doubts
from corpus.errors import UnreadableSource
from corpus.loose_times import daytime_note, loose_note, loose_times
from corpus.model import ImportNote, ReadOptions, Transcript, Turn
from corpus.readers.plain_text import disguise_note
from corpus.several import several_note
from corpus.signatures import kind_name, locked_reason, recognise, suffix_for
from corpus.turns import Parsed, guess_kind, parse

SUFFIXES: Mapping[str, str] = MappingProxyType(
    {
        ".txt": "corpus.readers.plain_text",
        ".md": "corpus.readers.plain_text",
        ".docx": "corpus.readers.docx",
        ".odt": "corpus.readers.odt",
        ".rtf": "corpus.readers.rtf",
        ".pdf": "corpus.readers.pdf",
        ".html": "corpus.readers.html",
        ".htm": "corpus.readers.html",
        ".vtt": "corpus.readers.vtt",
        ".srt": "corpus.readers.srt",
        ".json": "corpus.readers.whisper_json",
        ".otr": "corpus.readers.otr",
        ".tsv": "corpus.readers.timed_table",
        ".csv": "corpus.readers.timed_table",
        ".xlsx": "corpus.readers.timed_table",
    }
)
"""Suffix in lower case to the module that reads it."""

_MOST_BYTES = 50_000_000
_PLAIN = frozenset({".txt", ".md", ".srt"})
_PROFILED = frozenset({".txt", ".pdf"})
_SKIPPED_NAMES = frozenset({"thumbs.db", "desktop.ini"})
_OWN_FILES = regex.compile(
    r"(?:\.kodebenk(?:-(?:wal|shm|journal))?|-import-\d{4}-\d\d-\d\d(?:-\d+)?\.txt|\.ikke-med\.txt)$"
)
"""How the names end of what the program itself puts in a folder; none of it is material."""
_RECORDINGS = frozenset(
    {".mp3", ".wav", ".m4a", ".mp4", ".mov", ".ogg", ".flac", ".wma", ".aac", ".webm", ".avi", ".mkv"}
)
_FOR_MAXQDA = regex.compile(r"Transcription for [^\n]{1,200}\n\s*\[")
"""aTrain's file for MAXQDA without speakers, which has the whole recording on one line."""
_NOTHING_SAID = ReadOptions()
_FIGURES = regex.compile(r"(\d+)")
_NORWEGIAN = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"})


class _Reader(Protocol):
    def read(self, path: Path, data: bytes, options: ReadOptions) -> Transcript: ...


def read_source(path: Path, options: ReadOptions = _NOTHING_SAID) -> Transcript:
    """The file as a transcript: its text, its turns, a guess at its kind, and what the researcher should know.

    Raises:
        UnreadableSource: if the file cannot be taken in; the message names the file, the cause and the next step.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise UnreadableSource(path, _unknown_reason(suffix))
    data = _bytes(path)
    kind = recognise(data)
    disguised = kind == "webvtt" and suffix in _PLAIN
    if not disguised:
        _check_kind(path, suffix, kind)
    reader = cast(_Reader, import_module(SUFFIXES[".vtt" if disguised else suffix]))
    transcript = reader.read(path, data, options)
    if disguised:
        transcript = replace(transcript, notes=(disguise_note(path, kind_name(kind)), *transcript.notes))
    if not transcript.text.strip():
        raise UnreadableSource(path, _("Filen har ingen tekst. Sjekk at det er riktig fil."))
    if options.profile == "pdf-text":
        transcript = _repaired(transcript, suffix)
    notes = transcript.notes + doubts(transcript.text)
    turns = transcript.turns
    if not turns:
        parsed = parse(transcript.text, options)
        _check_times(path, transcript.text, parsed, options)
        turns, notes = parsed.turns, notes + parsed.notes
    notes += _loose_times(path, transcript.text, turns, options) + daytime_note(turns)
    notes += several_note(transcript.text, turns)
    repaired = transcript.raw_text is not None and not turns
    guess = options.kind or (transcript.kind if repaired else guess_kind(transcript.text, turns))
    from corpus.described import described

    return described(replace(transcript, turns=turns, kind=guess, notes=notes), options.kind, path)


def find_sources(paths: Iterable[Path]) -> tuple[list[Path], list[UnreadableSource]]:
    """The files that can be read, and the refusals of those that cannot by their name.

    Files named one by one keep their order; a folder gives its files at all depths, sorted as a Norwegian reader sorts
    them, with figures by value. Hidden files, lock files (`~$...`) and the program's own files in folders are passed over
    in silence.
    """
    found: dict[Path, None] = {}
    refused: list[UnreadableSource] = []
    for path in paths:
        if path.is_dir():
            files = list(_walk(path, refused))
            if not files:
                refused.append(UnreadableSource(path, _("Mappen har ingen filer som kan leses.")))
        else:
            files = [path]
        for file in files:
            reason = _refusal(file)
            if reason:
                refused.append(UnreadableSource(file, reason))
            else:
                found.setdefault(file)
    return list(found), refused


def _bytes(path: Path) -> bytes:
    reason = _refusal(path)
    if reason:
        raise UnreadableSource(path, reason)
    try:
        size = path.stat().st_size
        if size > _MOST_BYTES:
            reason = _("Filen er på {size} MB; grensen er {limit} MB. Fjern bilder, eller lagre bare teksten som .txt.")
            raise UnreadableSource(path, reason.format(size=size // 1_000_000, limit=_MOST_BYTES // 1_000_000))
        data = path.read_bytes()
    except PermissionError as error:
        raise UnreadableSource(path, _("Du har ikke lesetilgang til filen.")) from error
    except OSError as error:
        reason = _("Filen kan ikke leses ({cause}). Sjekk disken eller nettverket.")
        raise UnreadableSource(path, reason.format(cause=error.strerror or type(error).__name__)) from error
    if not data:
        raise UnreadableSource(path, _("Filen er tom."))
    return data


def _refusal(path: Path) -> str:
    """Why a path cannot be a source, or empty."""
    if path.name.startswith("~$"):
        return _("Dette er Words låsefil, ikke dokumentet. Velg filen uten ~$ foran navnet.")
    if path.is_dir():
        return _("Dette er en mappe, ikke en fil.")
    if not path.exists():
        return _("Filen finnes ikke. Sjekk navnet og mappen.")
    if not path.is_file():
        return _("Dette er ikke en vanlig fil.")
    suffix = path.suffix.lower()
    return "" if suffix in SUFFIXES else _unknown_reason(suffix)


def _unknown_reason(suffix: str) -> str:
    known = " ".join(SUFFIXES)
    if suffix in (".doc", ".dot"):
        return _("Gammelt Word-format. Åpne filen i Word eller LibreOffice og lagre den som .docx.")
    if suffix == ".xls":
        return _("Gammelt Excel-format. Åpne filen i Excel eller LibreOffice og lagre den som .xlsx.")
    if suffix in _RECORDINGS:
        return _("Dette er et opptak. Transkriber det først, og importer transkripsjonen.")
    if suffix:
        reason = _("Formatet {suffix} kan ikke leses. Kjente formater: {known}.").format(suffix=suffix, known=known)
    else:
        reason = _("Filen har ingen endelse, så formatet er ukjent. Kjente formater: {known}.").format(known=known)
    return reason + " " + _("Prosjekter fra andre verktøy: .qdpx .qdc .qda .sqlite3 .rqda .kodebenk.")


def _check_kind(path: Path, suffix: str, kind: str) -> None:
    """Refuses a file whose first bytes say that it is something else than its suffix says."""
    if kind == "locked" or (kind == "ole" and suffix in (".docx", ".xlsx")):
        raise UnreadableSource(path, locked_reason())
    if kind == "archive" and suffix in (".docx", ".odt", ".xlsx"):
        return
    own = suffix_for(kind) if kind else ""
    if kind and own not in (suffix, ".html" if suffix == ".htm" else suffix):
        named = kind_name(kind)
        if own:
            reason = _("Filen heter {suffix}, men er {kind}. Gi den endelsen {own} og importer den igjen.")
        else:
            reason = _("Filen heter {suffix}, men er {kind}. Lagre teksten som .docx eller .txt.")
        raise UnreadableSource(path, reason.format(suffix=suffix, kind=named, own=own))
    if not kind and suffix in (".docx", ".odt", ".xlsx", ".pdf", ".rtf"):
        reason = _("Filen heter {suffix}, men innholdet er noe annet eller skadet. Lagre den på nytt fra programmet.")
        raise UnreadableSource(path, reason.format(suffix=suffix))


def _check_times(path: Path, text: str, parsed: Parsed, options: ReadOptions) -> None:
    """Refuses a transcript whose times cannot be followed; a text that is said to be none may hold what looks like times."""
    if not parsed.unread or options.kind not in (None, "transcript"):
        return
    if parsed.machine or 2 * len(parsed.unread) > max(parsed.stamps, 2):
        reason = _(
            "Tidskoden på linje {line} er ikke et gyldig tidspunkt, så teksten kan ikke følges mot opptaket. Rett den "
            "og importer filen på nytt."
        )
        line = text.count("\n", 0, parsed.unread[0]) + 1
        raise UnreadableSource(path, reason.format(line=line), remedy="kind")


def _loose_times(path: Path, text: str, turns: Sequence[Turn], options: ReadOptions) -> tuple[ImportNote, ...]:
    """A note on times that no turn has; where there are no turns, but times on many lines, the file is refused."""
    if options.kind not in (None, "transcript"):
        return ()
    places, many = loose_times(text, turns)
    if many and not turns:
        reason = _(
            "Teksten har {n} tidskoder, men de kan ikke knyttes til replikker (den første står på linje {line}). Sett "
            "hver av dem først på en linje, som [00:01:02]."
        )
        if _FOR_MAXQDA.match(text):
            reason += " " + _("aTrain skriver dem slik i «transcription_timestamps.txt»; importer den i stedet.")
        line = text.count("\n", 0, places[0]) + 1
        raise UnreadableSource(path, reason.format(n=len(places), line=line), remedy="kind")
    return loose_note(places)


def _repaired(transcript: Transcript, suffix: str) -> Transcript:
    """The transcript after the repairs of the profile for text from PDF."""
    if suffix not in _PROFILED:
        message = _("Profilen pdf-text gjelder bare .txt og .pdf og er ikke brukt på denne filen.")
        return replace(transcript, notes=(*transcript.notes, ImportNote(message=message)))
    from corpus.pdf_text.profile import repair

    repaired: Transcript = repair(transcript.text)
    return replace(
        repaired,
        encoding=transcript.encoding,
        notes=transcript.notes + repaired.notes,
        lifted=transcript.lifted + repaired.lifted,
    )


def _walk(folder: Path, refused: list[UnreadableSource]) -> Iterator[Path]:
    def unreadable(error: OSError) -> None:
        reason = _("Mappen kan ikke leses. Sjekk tilgangen.")
        refused.append(UnreadableSource(error.filename or folder, reason))

    for parent, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = sorted((name for name in folders if not name.startswith(".")), key=_sort_key)
        for name in sorted(names, key=_sort_key):
            if not (name.startswith((".", "~$")) or name.lower() in _SKIPPED_NAMES or _OWN_FILES.search(name.lower())):
                yield Path(parent, name)


def _sort_key(name: str) -> tuple[list[tuple[int, int, str]], str]:
    """Figures by value, æ ø å last and aa as å; the name itself settles ties."""
    folded = unicodedata.normalize("NFC", name).casefold().replace("aa", "å").translate(_NORWEGIAN)
    parts = [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in _FIGURES.split(folded) if part]
    return parts, name
