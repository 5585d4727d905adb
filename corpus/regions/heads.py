"""The lines that a program or an archive put around a text: they say what it is, and nobody says them.

A head keeps standing in the stored text, since that keeps what stood, but it is closed. A line that a person may have typed
(`Dato: 5. mai 2026`) is only part of one between lines that a machine wrote.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from gettext import gettext as _

import regex

from corpus.articles import says_what
from corpus.model import ImportNote, Region, SourceKind, Turn
from corpus.regions.rows import Row, ends_sentence, rows_of
from corpus.spans import Span

_HEAD = 4_000
"""How many characters from either end a head stands within."""
_PROGRAMS = (
    r"noScribe|aTrain|TurboScribe|otter\.ai|Whisper|MacWhisper|Sonix|Descript|Happy ?Scribe|Trint|Rev|Amberscript|Autotekst|Jojo"
    r"|Good ?Tape|Buzz|oTranscribe"
)
_MACHINE = regex.compile(
    rf"(?i)\(?(?:transcribed|transkribert|transcription|transkripsjon)\s+(?:by|with|av|med)\s+(?:https?://)?(?:www\.)?(?:{_PROGRAMS})\b.{{0,120}}"
    r"|Audio (?:source|file)\s*:\s*\S.{0,300}"
    r"|\(?(?:Start|Stop|Stopp|Slutt)\s*:\s*\d{1,2}:\d\d:\d\d(?:[.,]\d+)?.{0,60}"
    r"|\P{Cc}{1,80}\s(?:startet|stoppet|avsluttet|starta|stoppa|avslutta)\s(?:transkripsjonen|transkripsjon|transkribering|transkriberingen)"
    r"|\P{Cc}{1,80}\s(?:started|stopped)\s(?:the\s)?transcription"
    r"|Transcription for \P{Cc}{1,200}"
    r"|(?:Transcription|Transkripsjonen|Transkripsjon|Transkriberingen)\s(?:ended|avsluttet|ble avsluttet|avsluttes)\b.{0,60}"
    r"|(?:This editable transcript was computer generated"
    r"|Denne redigerbare transkripsjonen (?:ble|er) (?:data|maskin)generert).{0,200}"
)
"""Lines that only programs write."""
_LEADS = frozenset({"audio file", "lydfil", "transcript", "transkripsjon"})
"""What stands above and below the name of the recording in what Word on the web writes."""
_RECORDING = regex.compile(r"(?i)\P{Cc}{1,160}\.(?:mp3|wav|m4a|mp4|mov|ogg|flac|wma|aac|webm|avi|mkv)")
_PATH = regex.compile(
    r"(?i)(?:[a-z]:[\\/](?:users|brukere|documents and settings)|(?<![\w.])/(?:users|home))[\\/][^\\/\n]{1,80}[\\/]"
)
_RIGHTS = regex.compile(
    r"©\s?\P{Cc}{1,80}|(?:Alle artikler er beskyttet|Alle artiklar er verna|Artikkelen må ikke videreformidles"
    r"|Artikkelen må ikkje|Materialet er vernet|Se (?:web)?artikkelen på |Les hele (?:nyheten|artikkelen) på )\P{Cc}{0,400}"
)
_MOST_ABOVE = 4
_LONGEST = 120
_LONGEST_RIGHTS = 500
_ARTICLE_ROWS = 10
"""Lines from the beginning among which the head of an article begins."""


def heads(text: str, kind: SourceKind, turns: Sequence[Turn]) -> tuple[Region, ...]:
    """The head, and the lines like it below, as closed regions in order.

    Args:
        turns: what is said, in which nothing is closed.
    """
    rows = [*_near_ends(text)]
    spans = [*_machine_spans(rows)]
    if kind == "article":
        spans += _article_spans(rows)
    spoken = [(turn.start, turn.end) for turn in turns]
    return tuple(
        Region(start=start, end=end, kind="other", note=_("filhode"))
        for start, end in sorted(set(spans))
        if not any(first < end and start < last for first, last in spoken)
    )


def path_note(text: str, regions: Sequence[Region]) -> tuple[ImportNote, ...]:
    """A note where a head has the path of a recording on somebody's machine, with the name they log in by."""
    for region in regions:
        match = _PATH.search(text, region.start, region.end)
        if match:
            message = _(
                "Filhodet har en sti fra maskinen til den som transkriberte, med brukernavnet i. Masker den med "
                "«kodebenk source mask», eller fjern den i filen og importer på nytt."
            )
            return (ImportNote(message=message, start=match.start(), doubtful=True),)
    return ()


def _near_ends(text: str) -> Iterator[Row]:
    """The lines at the beginning and at the end of a text, which may be the same."""
    if len(text) <= 2 * _HEAD:
        yield from rows_of(text)
        return
    yield from rows_of(text[: text.rfind("\n", 0, _HEAD) + 1])
    first = text.find("\n", len(text) - _HEAD) + 1
    if first:
        yield from (row._replace(start=row.start + first, end=row.end + first) for row in rows_of(text[first:]))


def _machine_spans(rows: Sequence[Row]) -> Iterator[Span]:
    """Each run of a machine's lines; the first with the few short lines above it, which name the recording and the day."""
    marked = [index for index, row in enumerate(rows) if _is_machine(rows, index)]
    for number, (first, last) in enumerate(_runs(marked)):
        yield rows[0 if not number and _short(rows[:first]) else first].start, rows[last].end


def _runs(indices: Sequence[int]) -> list[Span]:
    """First and last of each run of numbers that follow upon each other."""
    runs: list[Span] = []
    for index in indices:
        if runs and index == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], index)
        else:
            runs.append((index, index))
    return runs


def _is_machine(rows: Sequence[Row], index: int) -> bool:
    words = rows[index].text
    if len(words) <= 400 and _MACHINE.fullmatch(words):
        return True
    above = rows[index - 1].text if index else ""
    below = rows[index + 1].text if index + 1 < len(rows) else ""
    if above.casefold() in _LEADS and _RECORDING.fullmatch(words):
        return True
    return words.casefold() in _LEADS and any(_RECORDING.fullmatch(each) for each in (above, below))


def _short(rows: Sequence[Row]) -> bool:
    """Whether lines above a machine's are few and no sentences, as a name and a day are."""
    return len(rows) <= _MOST_ABOVE and all(len(row.text) <= _LONGEST and not ends_sentence(row.text) for row in rows)


def _article_spans(rows: Sequence[Row]) -> Iterator[Span]:
    """The lines that say what an article is, and those about whose rights it is under."""
    marked: list[int] = []
    for index, row in enumerate(rows):
        near = index < _ARTICLE_ROWS or index - 1 in marked[-1:]
        if (near and says_what(row.text)) or (len(row.text) <= _LONGEST_RIGHTS and _RIGHTS.fullmatch(row.text)):
            marked.append(index)
    for first, last in _runs(marked):
        yield rows[first].start, rows[last].end
