"""A newer version of a text that is already coded, made outside Kodebenk: what has a sure place moves, the rest waits.

Edits made here carry codings by their exact map (`services.texts`). A text that was changed elsewhere has no such map, so
the two are aligned, and a coding is placed only where that settles its place beyond doubt.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import Any

from corpus.alignment import Alignment, align
from corpus.anchoring import Anchor, Placement, place
from corpus.edits import EditMap
from corpus.model import SOURCE_KINDS, ReadOptions, Transcript, Turn
from corpus.text import digest
from workbench.core import clock
from workbench.core.entities import Source, StoredTurn, Waiting
from workbench.core.succession import heirs, kept_characters, regions_after, without_kept
from workbench.errors import Refusal
from workbench.services import languages
from workbench.services.coding import quote_after_move, require_current
from workbench.services.importing import Reading, raw_payload, read_file, version_payload
from workbench.services.texts import carried_turn
from workbench.store.project import Gesture, Project
from workbench.store.queries import corpus as queries
from workbench.store.queries import interchange
from workbench.store.queries.versions import line_of, regions_taken_away

_SECOND_MS = 1000
_SAME_INTERVIEW = 0.5
"""With a smaller share of what stands in the text placed, it may well be another text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What becomes of what stands in a text: codings, notes in the margin, memos on spans, verdicts on suggestions."""

    same: int = 0
    moved: int = 0
    changed: int = 0
    """On words that were changed between the same borders."""
    waiting: int = 0

    @property
    def all(self) -> int:
        return self.same + self.moved + self.changed + self.waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What replacing a source's text would do; nothing is stored."""

    source: Source
    counts: Counts
    new_speakers: tuple[str, ...]
    gone_speakers: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]
    """(label before, label now) of speakers whose turns say that they are the same; they are in neither list."""
    new_turns: int
    gone_turns: int
    """Turns of which not one character is in the other text."""
    warnings: tuple[str, ...]
    doubtful: bool
    """Whether so little can be placed that it may be another text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One of the texts that led to the one a source has now."""

    id: str
    number: int
    made: str
    """UTC ISO 8601."""
    coder: str
    how: str
    """`imported`, `edited` (here) or `replaced` (by a file that was changed elsewhere)."""
    file_name: str
    """Of the file it came from; empty for what was edited here, and where the facts have been destroyed."""
    characters: int
    edits: int
    destroyed: bool


def read_version(project: Project, source: Source, path: Path, *, pdf_text: bool = False) -> Reading:
    """Read a file as a newer version of a source: as the same kind, and with its speakers also where they speak once.

    Raises:
        UnreadableSource: naming the file, the cause and the next step.
        Refusal: if the source is a survey's answers.
    """
    _refuse_survey(source)
    labels = frozenset(turn.speaker for turn in queries.turns(project.connection, source) if turn.speaker)
    kind = next((each for each in SOURCE_KINDS if each == source.kind), None)
    return read_file(path, ReadOptions(profile="pdf-text" if pdf_text else "", kind=kind, confirmed_labels=labels))


def plan_replacement(project: Project, source: Source, reading: Reading) -> Plan:
    """What becomes of everything that stands in the source if this reading takes its text's place.

    Raises:
        Refusal: if the text is the same, or is another source's, or the source is a survey's answers.
    """
    transcript, connection = reading.transcript, project.connection
    _check(project, source, transcript)
    old = queries.text_of(connection, source.version)
    alignment = align(old, transcript.text)
    edit_map = alignment.edit_map
    unturned = not transcript.turns
    transcript = _with_turns(project, source, transcript, edit_map)
    counts = _counts(_placements(project, source, transcript, alignment))
    before = queries.turns(connection, source)
    labels = {turn.speaker for turn in before if turn.speaker}
    renamed = heirs(before, transcript.turns, edit_map)
    gone_turns, new_turns = without_kept(before, transcript.turns, edit_map)
    placed = (counts.all - counts.waiting) / counts.all if counts.all else kept_characters(old, edit_map) / len(old)
    return Plan(
        source=source,
        counts=counts,
        new_speakers=tuple(each for each in transcript.speakers if each not in labels and each not in renamed),
        gone_speakers=tuple(sorted(labels - set(transcript.speakers) - set(renamed.values()))),
        renamed=tuple((label, new) for new, label in renamed.items()),
        new_turns=new_turns,
        gone_turns=gone_turns,
        warnings=(
            *transcript.warnings,
            *_returns(project, source, transcript),
            *(
                [_("Filen har ingen replikker; replikkene fra før følger teksten.")]
                if unturned and transcript.turns
                else []
            ),
        ),
        doubtful=placed < _SAME_INTERVIEW,
    )


def replace_text(project: Project, source: Source, reading: Reading) -> Counts:
    """Let a reading take the place of the source's text, as one gesture; the text before it stays as an older version.

    Raises:
        Refusal: as `plan_replacement` does, or if the text was changed since `source` was read.
    """
    with project.write() as act:
        _check(act, source, reading.transcript)
        original = act.original(reading.content)
        return record_replacement(
            act, project, source, reading.transcript, file_name=reading.path.name, original=original
        )


def record_replacement(
    act: Gesture,
    project: Project,
    source: Source,
    transcript: Transcript,
    *,
    file_name: str = "",
    original: str = "",
    answers: str = "",
) -> Counts:
    """A text that takes another's place, as part of a gesture. What waited from before is sought in the new text too.

    `answers` is the digest of the survey answers the new text came with; without it those there are carried.
    """
    require_current(act, source)
    connection = act.connection
    alignment = align(queries.text_of(connection, source.version), transcript.text)
    edit_map = alignment.edit_map
    transcript = _with_turns(act, source, transcript, edit_map)
    placements = _placements(act, source, transcript, alignment)
    number = 1 + max(version[1] for version in queries.versions(connection, source.id))
    version = version_payload(act, transcript.text, transcript.turns, number=number, of=source.version)
    version |= {**raw_payload(act, transcript), "parent": source.version}
    version["map"] = [list(piece) for piece in edit_map.pieces]
    regions = _regions(act, source, transcript, edit_map)
    if regions:
        version["regions"] = act.text(json.dumps(regions, ensure_ascii=False))
    if answers:
        version["answers"] = answers
    card: dict[str, Any] = {"speakers": _speakers(act, source, transcript, edit_map)}
    card |= {key: value for key, value in (("file_name", file_name), ("original", original)) if value}
    waited = {(each.target_kind, each.target): each.id for each in interchange.waiting(connection, source.id)}
    act.record(
        "text.replace",
        {
            "source": source.id,
            "version": version,
            "placed": [[*_table_and_id(each), each.start, each.end] for each in placements if each.how != "queued"],
            "waiting": [
                [*_table_and_id(each), _candidates(each, transcript.text), act.text(each.reason)]
                for each in placements
                if each.how == "queued"
            ],
            "card": act.card(card),
        },
    )
    for each in placements:
        table, key = _table_and_id(each)
        if each.how != "queued" and (table, key) in waited:
            place = {"version": version["id"], "start": each.start, "end": each.end}
            act.record(
                "anchor.place", {"id": waited[table, key], **place, **_quote(act, project, source, table, key, place)}
            )
    languages.record_turns(act, version["id"], transcript.text, transcript.turns)
    return _counts(placements)


def _quote(
    act: Gesture, project: Project, source: Source, table: str, key: str, place: Mapping[str, Any]
) -> dict[str, str]:
    row = act.state.get("coding", key) if table == "coding" else None
    return quote_after_move(act, project, row, source, place["start"], place["end"]) if row else {}


def list_versions(project: Project, source: Source) -> list[Version]:
    """The texts that led to the source's present one, oldest first; those that were undone are left out."""
    how = {"source.add": "imported", "text.replace": "replaced"}
    return [
        Version(
            id=row.id,
            number=row.number,
            made=clock.iso(row.clock),
            coder=row.coder,
            how=how.get(row.kind, "edited"),
            file_name=str(row.card.get("file_name", "")),
            characters=row.length,
            edits=len(row.pieces),
            destroyed=row.destroyed,
        )
        for row in line_of(project.connection, source)
    ]


def describe(counts: Counts) -> str:
    """What became of what stood in the text, in words."""
    if not counts.all:
        return _("Ingenting var kodet i teksten.")
    parts = (
        (counts.same, ngettext("{n} står", "{n} står", counts.same)),
        (counts.moved, ngettext("{n} er flyttet med ordene", "{n} er flyttet med ordene", counts.moved)),
        (counts.changed, ngettext("{n} står på endrede ord", "{n} står på endrede ord", counts.changed)),
        (counts.waiting, ngettext("{n} venter på plass", "{n} venter på plass", counts.waiting)),
    )
    return ", ".join(words.format(n=number) for number, words in parts if number) + "."


def describe_plan(plan: Plan) -> list[str]:
    """What replacing the text would do, in lines; what is asked about when it is doubtful comes last."""
    lines = [describe(plan.counts)]
    turns = (
        (plan.new_turns, ngettext("{n} replikk er ny", "{n} replikker er nye", plan.new_turns)),
        (plan.gone_turns, ngettext("{n} replikk er borte", "{n} replikker er borte", plan.gone_turns)),
    )
    if plan.new_turns or plan.gone_turns:
        lines.append(", ".join(words.format(n=number) for number, words in turns if number) + ".")
    lines += [_("Taleren «{old}» heter nå «{new}».").format(old=old, new=new) for old, new in plan.renamed]
    if plan.new_speakers:
        lines.append(_("Nye talere: {labels}.").format(labels=", ".join(plan.new_speakers)))
    if plan.gone_speakers:
        lines.append(_("Talere som er borte: {labels}.").format(labels=", ".join(plan.gone_speakers)))
    lines += plan.warnings
    if plan.doubtful:
        lines.append(
            _("Mindre enn halvparten finner igjen plassen sin. Er dette samme intervju som «{name}»?").format(
                name=plan.source.name
            )
        )
    return lines


def _refuse_survey(source: Source) -> None:
    if source.kind == "survey":
        raise Refusal(
            _(
                "«{name}» er svar fra en spørreundersøkelse. Rett svaret i teksten. En nyere tabell tar inn nye "
                "respondenter, og endrede svar når du ber om det."
            ).format(name=source.name)
        )


def _check(where: Gesture | Project, source: Source, transcript: Transcript) -> None:
    _refuse_survey(source)
    if not transcript.text.strip():
        raise Refusal(_("Filen har ingen tekst, og kan ikke bli ny utgave av «{name}».").format(name=source.name))
    key = digest(transcript.text)
    present = queries.versions(where.connection, source.id)
    if any(version[0] == source.version and version[2] == key for version in present):
        raise Refusal(_("Teksten er den samme som «{name}» har alt.").format(name=source.name))
    there = interchange.source_with_text(where.connection, key)
    other = (
        queries.sources(where.connection, [there])[0].name if there else queries.name_of_imported(where.connection, key)
    )
    if other is not None and other != source.name:
        raise Refusal(_("Teksten er alt i prosjektet, som «{name}».").format(name=other))


def _returns(where: Gesture | Project, source: Source, transcript: Transcript) -> list[str]:
    """A warning where the text is one the source has had before."""
    key = digest(transcript.text)
    return [
        _("Teksten er den samme som i versjon {number}; en eldre fil kan være valgt.").format(number=version[1])
        for version in queries.versions(where.connection, source.id)
        if version[2] == key
    ][:1]


def _placements(where: Gesture | Project, source: Source, now: Transcript, alignment: Alignment) -> list[Placement]:
    """Where everything goes. What waits is sought by the words it last stood on for certain; what had lost its text to an
    edit stays as empty as it was, where the alignment puts it."""
    waiting = {(each.target_kind, each.target): each for each in interchange.waiting(where.connection, source.id)}
    anchors = [
        (f"{table} {key}", start, end)
        for table, key, start, end in interchange.anchors(where.connection, source.id, source.version)
        if (table, key) not in waiting
    ]
    standing = [Anchor(key=key, start=start, end=end) for key, start, end in anchors if end > start]
    before = [(turn.start, turn.end) for turn in queries.turns(where.connection, source)]
    turns = before, [(turn.start, turn.end) for turn in now.turns]
    found = place(queries.text_of(where.connection, source.version), now.text, standing, alignment, turns)
    for key, start, end in anchors:
        if end == start:
            at = alignment.edit_map.forward(start)
            found.append(Placement(key=key, how="moved", start=at, end=at))
    return found + _sought_again(where, waiting.values(), now.text)


def _sought_again(where: Gesture | Project, waiting: Iterable[Waiting], new: str) -> list[Placement]:
    by_version: dict[str, list[Waiting]] = {}
    for each in waiting:
        by_version.setdefault(each.old_version, []).append(each)
    found = []
    for version, those in by_version.items():
        old = queries.text_of(where.connection, version)
        if not old:
            found += [Placement(key=f"{w.target_kind} {w.target}", how="queued", reason=w.reason) for w in those]
            continue
        anchors = [Anchor(key=f"{w.target_kind} {w.target}", start=w.old_start, end=w.old_end) for w in those]
        found += place(old, new, anchors)
    return found


def _table_and_id(placement: Placement) -> list[str]:
    return placement.key.split(" ")


def _candidates(placement: Placement, text: str) -> list[list[int]]:
    """The places a person may choose from, but for those that hold no words."""
    return [[start, end] for start, end in placement.candidates if any(map(str.isalnum, text[start:end]))]


def _counts(placements: Iterable[Placement]) -> Counts:
    number = Counter(each.how for each in placements if each.how == "queued" or each.end > each.start)
    return Counts(same=number["same"], moved=number["moved"], changed=number["changed"], waiting=number["queued"])


def _regions(act: Gesture, source: Source, transcript: Transcript, edit_map: EditMap) -> list[list[Any]]:
    """The new text's marked stretches as the version's payload has them; what somebody took away stays away."""
    taken = regions_taken_away(act.connection, source.id)
    texts = {version: queries.text_of(act.connection, version) for version in {each[1] for each in taken}}
    gone = Counter((kind, texts[version][start:end]) for kind, version, start, end in taken)
    known = interchange.regions(act.connection, source.id)
    found = regions_after(known, gone, transcript.regions, transcript.text, edit_map)
    return [[each.start, each.end, each.kind, each.note, int(each.codable), int(each.seen)] for each in found]


def _with_turns(act: Gesture | Project, source: Source, transcript: Transcript, edit_map: EditMap) -> Transcript:
    """The transcript with what its file says nothing of and the text before it knew: turns, or the times of turns."""
    before = queries.turns(act.connection, source)
    if before and not transcript.turns:
        old = queries.text_of(act.connection, source.version)
        carried = ((turn, carried_turn(turn, old, transcript.text, edit_map)) for turn in before)
        turns = [replace(new, speaker=new.speaker or turn.speaker) for turn, new in carried if new.start < new.end]
        return replace(transcript, turns=tuple(turns))
    known = {edit_map.forward(turn.start): turn for turn in before if turn.start_ms is not None}
    timed = (_timed(turn, known.get(turn.start)) for turn in transcript.turns)
    return replace(transcript, turns=tuple(timed))


def _timed(turn: Turn, before: StoredTurn | None) -> Turn:
    """The turn with the exact times it had before, where its own are unknown or say the same to the second."""
    if before is None or before.start_ms is None:
        return turn
    if turn.start_ms is not None and abs(turn.start_ms - before.start_ms) >= _SECOND_MS:
        return turn
    return replace(turn, start_ms=before.start_ms, end_ms=before.end_ms)


def _speakers(act: Gesture, source: Source, transcript: Transcript, edit_map: EditMap) -> list[dict[str, str]]:
    """Cards for labels that are new in the text; one that has taken another's place is the same person."""
    known = {row["label"]: row for row in act.state.rows("speaker", source=source.id)}
    before = queries.turns(act.connection, source)
    present = {turn.speaker for turn in before}
    renamed = heirs(before, transcript.turns, edit_map)
    roles = {turn.speaker: turn.role for turn in reversed(transcript.turns)}
    cards = []
    for label in transcript.speakers:
        old = known.get(renamed.get(label, ""))
        if old is not None:
            cards.append({"label": label, "role": old["role"], "informant": old["informant"]})
        elif label not in present and label not in known:
            cards.append({"label": label, "role": roles[label], "informant": ""})
    return cards
