"""Importing: read files, look at what was found, and take them into the project.

Reading and saving are two steps, so that the researcher sees turns, speakers and warnings before anything is stored.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from gettext import gettext as _
from pathlib import Path
from typing import Any

from corpus.errors import Remedy, UnreadableSource
from corpus.model import SOURCE_KINDS, ImportNote, ReadOptions, Region, Transcript, Turn
from corpus.reading import find_sources, read_source
from corpus.text import digest
from workbench.core.entities import Source
from workbench.core.ids import derived_id, new_id
from workbench.errors import Refusal
from workbench.services import articles, closed, languages
from workbench.services.cases import record_case, record_informant
from workbench.services.newer_texts import may_be_newer
from workbench.store.project import Gesture, Project
from workbench.store.queries import corpus as queries
from workbench.store.queries import interchange

Progress = Callable[[int, int, str], None]
"""Called with how many are done, how many there are, and the name of the one at hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerChoice:
    """What the researcher decides about a label: its role, and which informant it is."""

    label: str
    role: str
    informant: str = ""
    """Informant number, such as I03."""
    informant_role: str = ""
    level: str = ""
    side: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFacts:
    """What the researcher says about a source on the way in."""

    name: str = ""
    kind: str = ""
    title: str | None = None
    """What an article or a report is called, and who published it; None leaves what the file says."""
    publisher: str | None = None
    cases: tuple[str, ...] = ()
    """Names; a case that is not there is made."""
    wave: str = ""
    date: str = ""
    """Of a published text also `ukjent`; empty leaves what the file says."""
    mode: str = ""
    language: str = ""
    verbatim: bool | None = None
    folder: str = ""
    speakers: tuple[SpeakerChoice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A file that has been read and not yet stored."""

    path: Path
    content: bytes
    transcript: Transcript
    language: str = ""
    """What the text seems to be in; empty where it says too little."""
    options: ReadOptions = field(default_factory=ReadOptions)
    """What it was read with."""


@dataclass(slots=True, kw_only=True)
class ImportResult:
    """What became of an import: the good ones are in, the others are named with the reason."""

    imported: list[tuple[Source, tuple[str, ...]]] = field(default_factory=list)
    """(source, warnings)."""
    refused: list[tuple[Path, str]] = field(default_factory=list)
    remedies: dict[Path, Remedy] = field(default_factory=dict)
    """What lets some of those come in all the same."""
    cancelled: bool = False


def read_file(path: Path, options: ReadOptions | None = None) -> Reading:
    """Read one file for a look before it is saved.

    Raises:
        UnreadableSource: naming the file, the cause and the next step.
    """
    # First, since it refuses by the name alone what is no source: the project itself must never be opened here.
    options = options or ReadOptions()
    transcript = _without_rejected(read_source(path, options), options)
    try:
        content = path.read_bytes() if path.stat().st_size <= _LARGEST else b""
    except OSError as error:
        raise UnreadableSource(path, _("kan ikke leses ({why}).").format(why=error.strerror)) from None
    language = languages.seen(transcript.text, transcript.turns)
    if warning := languages.warning(language):
        transcript = replace(transcript, notes=(*transcript.notes, ImportNote(message=warning, doubtful=True)))
    transcript = replace(transcript, notes=(*transcript.notes, *_region_notes(transcript)))
    return Reading(path=path, content=content, transcript=transcript, language=language, options=options)


_LARGEST = 200_000_000


def with_doubts(project: Project, reading: Reading) -> Reading:
    """The reading with a warning more where it may be a newer version of a source that is here."""
    transcript = reading.transcript
    message = may_be_newer(project, reading.path, transcript.text)
    notes = (*transcript.notes, ImportNote(message=message, doubtful=True)) if message else transcript.notes
    return replace(reading, transcript=replace(transcript, notes=notes))


def read_as(path: Path, options: ReadOptions | None = None, *, kind: str = "") -> Reading:
    """Read a file that is said to be of a kind; what cannot be read as what it seems to be is read as that kind alone.

    Raises:
        UnreadableSource: if it cannot be read as that kind either.
    """
    options = options or ReadOptions()
    try:
        reading = read_file(path, options)
    except UnreadableSource as error:
        said = next((each for each in SOURCE_KINDS if each == kind), None)
        if not error.remedy or said is None:
            raise
        return read_file(path, replace(options, kind=said))
    return read_again(reading, kind=kind)


def read_again(reading: Reading, *, kind: str = "", rejected: Iterable[str] = ()) -> Reading:
    """The same file read as another kind of source, or without some of the speakers it seemed to have.

    An article has quoted speech for turns and a report has marked stretches, which other kinds do not; between those
    kinds nothing in the text is read differently.

    Raises:
        UnreadableSource: if the file cannot be read so, or not any more.
    """
    options = reading.options
    now = reading.transcript.kind
    differs = kind != now and (articles.is_published(kind) or articles.is_published(now))
    chosen = next((each for each in SOURCE_KINDS if each == kind and differs), options.kind)
    labels = options.rejected_labels.union(rejected)
    if labels == options.rejected_labels and chosen == options.kind:
        return reading
    return read_file(reading.path, replace(options, kind=chosen, rejected_labels=labels))


def _region_notes(transcript: Transcript) -> Iterable[ImportNote]:
    """What the researcher should know of the stretches that are marked: how many of each kind, and what that does."""
    counted = Counter(each.kind for each in transcript.regions)
    shown = ", ".join(f"{closed.kind_words()[kind]} {n}" for kind, n in counted.items() if kind != "doubtful")
    if shown:
        message = _("Stengt for koding til du åpner det: {what}.").format(what=shown)
        yield ImportNote(message=message)


def _without_rejected(transcript: Transcript, options: ReadOptions) -> Transcript:
    """Quoted speech whose speaker was rejected stays, and is nobody's."""
    if transcript.kind != "article" or not options.rejected_labels:
        return transcript
    turns = (
        replace(turn, speaker="") if turn.speaker in options.rejected_labels else turn for turn in transcript.turns
    )
    return replace(transcript, turns=tuple(turns))


def import_files(
    project: Project,
    paths: Iterable[Path],
    facts: SourceFacts | None = None,
    *,
    options: ReadOptions | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> ImportResult:
    """Read and save files and folders; each file is one gesture, so that each can be undone alone."""
    result = ImportResult()
    facts = facts or SourceFacts()
    files, refusals = find_sources(paths)
    result.refused.extend((refusal.path, refusal.reason) for refusal in refusals)
    for done, path in enumerate(files):
        if cancelled():
            result.cancelled = True
            return result
        if progress is not None:
            progress(done, len(files), path.name)
        try:
            reading = with_doubts(project, read_as(path, options, kind=facts.kind))
            source = save(project, reading, facts)
        except UnreadableSource as error:
            result.refused.append((path, error.reason))
            result.remedies[path] = error.remedy
        except Refusal as error:
            result.refused.append((path, str(error)))
        else:
            unheard = _unheard(reading.transcript, facts or SourceFacts())
            result.imported.append((source, reading.transcript.warnings + unheard))
    return result


def save(project: Project, reading: Reading, facts: SourceFacts) -> Source:
    """Store a reading as a source.

    Raises:
        Refusal: if the same text is in the project already, the kind is unknown, or a published text has no date.
    """
    with project.write() as act:
        uid = record_source(act, project, reading, facts)
    return queries.sources(project.connection, [uid])[0]


def record_source(act: Gesture, project: Project, reading: Reading, facts: SourceFacts) -> str:
    """A source as part of a gesture; its id."""
    transcript = reading.transcript
    kind = facts.kind or transcript.kind
    if kind not in SOURCE_KINDS:
        raise Refusal(
            _("«{kind}» er ingen kildetype. Velg en av: {known}.").format(kind=kind, known=", ".join(SOURCE_KINDS))
        )
    date = articles.settled_date(kind, facts.date or transcript.date)
    _refuse_twice(act, transcript.text)
    rows = act.state.rows("source")
    cases = [record_case(act, project.uid, name) for name in facts.cases if name.strip()]
    speakers, informants = _speakers(act, project, transcript, facts, cases)
    card = {
        "name": free_name(facts.name or reading.path.stem, {row["name"] for row in rows}),
        "kind": kind,
        "verbatim": int(kind == "transcript" if facts.verbatim is None else facts.verbatim),
        "wave": facts.wave,
        "title": transcript.title if facts.title is None else facts.title,
        "publisher": transcript.publisher if facts.publisher is None else facts.publisher,
        "date": date,
        "mode": facts.mode,
        "language": facts.language or reading.language or languages.USUAL,
        "folder": facts.folder,
        "file_name": reading.path.name,
        "original": act.original(reading.content),
        "cases": cases,
        "informants": informants,
        "speakers": speakers,
    }
    uid = new_id()
    version = version_payload(act, transcript.text, transcript.turns, number=1)
    version |= regions_payload(act, transcript.regions)
    act.record(
        "source.add",
        {
            "id": uid,
            "ordinal": 1 + max((row["ordinal"] for row in rows), default=0),
            "card": act.card(card),
            "version": {**version, **raw_payload(act, transcript)},
        },
    )
    languages.record_turns(act, version["id"], transcript.text, transcript.turns)
    return uid


def version_payload(act: Gesture, text: str, turns: Iterable[Turn], *, number: int, of: str = "") -> dict[str, Any]:
    """The payload of a text version: the text and its turns go to the texts, the payload keeps their digests.

    `of` is for a text that comes from a file which other copies of the project may take in as well: the id of the source,
    or of the version whose place it takes. The version's id then follows from it, so that codings made on the same text in
    two copies stand on one version. The number is part of that, since one that was undone must not be met again.
    """
    rows = [
        [turn.label_start, turn.start, turn.end, turn.speaker, turn.role, turn.start_ms, turn.end_ms] for turn in turns
    ]
    body, spoken = act.text(text), act.text(json.dumps(rows, ensure_ascii=False))
    return {
        "id": derived_id(of, "version", str(number), body, spoken) if of else new_id(),
        "number": number,
        "text": body,
        "length": len(text),
        "turns": spoken,
        "map": [],
    }


def regions_payload(act: Gesture, regions: Iterable[Region]) -> dict[str, str]:
    """The part of a version's payload that holds its marked stretches; nothing where there are none."""
    rows = [[each.start, each.end, each.kind, each.note, int(each.codable)] for each in regions]
    return {"regions": act.text(json.dumps(rows, ensure_ascii=False))} if rows else {}


def raw_payload(act: Gesture, transcript: Transcript) -> Mapping[str, str]:
    """What a version's payload has besides when the reader changed the text: the raw text, and the map to it."""
    if transcript.raw_text is None or transcript.to_raw is None:
        return {}
    return {"raw": act.text(transcript.raw_text), "raw_map": json.dumps(transcript.to_raw.pieces)}


def _refuse_twice(act: Gesture, text: str) -> None:
    name = queries.name_of_imported(act.connection, digest(text))
    if name is None and (there := interchange.source_with_text(act.connection, digest(text))):
        name = queries.sources(act.connection, [there])[0].name
    if name is not None:
        raise Refusal(_("Teksten er importert før, som «{name}».").format(name=name))


def free_name(wanted: str, taken: set[str]) -> str:
    """The name, with a number behind it when it is taken."""
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted} ({number})"
    return name


def record_chosen_informant(act: Gesture, project: Project, choice: SpeakerChoice, cases: list[str]) -> str:
    """The informant a speaker was said to be, as part of a gesture; the id. Empty fields leave what is known."""
    return record_informant(
        act,
        project.uid,
        choice.informant,
        role=choice.informant_role or None,
        level=choice.level or None,
        side=choice.side or None,
        also_in=cases,
    )


def _speakers(
    act: Gesture, project: Project, transcript: Transcript, facts: SourceFacts, cases: list[str]
) -> tuple[list[dict[str, str]], list[str]]:
    """Speaker cards for every label, and the ids of the informants among them.

    Minutes name informants without their having turns, so a choice may be for no label at all.
    """
    chosen = {choice.label: choice for choice in facts.speakers}
    roles = {turn.speaker: turn.role for turn in reversed(transcript.turns)}
    cards, informants = [], list[str]()

    def informant_of(choice: SpeakerChoice) -> str:
        if not choice.informant or choice.role == "interviewer":
            return ""
        uid = record_chosen_informant(act, project, choice, cases)
        if uid not in informants:
            informants.append(uid)
        return uid

    for label in transcript.speakers:
        choice = chosen.get(label, SpeakerChoice(label=label, role=roles[label]))
        cards.append({"label": label, "role": choice.role, "informant": informant_of(choice)})
    for choice in facts.speakers:
        if not transcript.speakers:
            informant_of(choice)
    return cards, informants


def _unheard(transcript: Transcript, facts: SourceFacts) -> tuple[str, ...]:
    """What to tell of speakers that were named and do not speak in the text: most likely they are misspelt."""
    if not transcript.speakers:
        return ()
    return tuple(
        _("Ingen taler heter «{label}» her. Talerne er: {labels}.").format(
            label=choice.label, labels=", ".join(transcript.speakers)
        )
        for choice in facts.speakers
        if choice.label not in transcript.speakers
    )
