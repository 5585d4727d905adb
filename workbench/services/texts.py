"""Correcting a text after import. Each act makes a new text version; codings follow by its exact edit map."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from gettext import gettext as _
from gettext import ngettext
from typing import Any

import regex

from corpus.edits import Edit, EditMap, apply_edits
from corpus.model import Role, Turn, as_role
from corpus.text import normalise
from workbench.core.entities import Source, StoredTurn
from workbench.errors import Refusal
from workbench.services import languages
from workbench.services.coding import require_current
from workbench.services.importing import SpeakerChoice, record_chosen_informant, version_payload
from workbench.store.project import Gesture, Project
from workbench.store.queries import corpus as queries
from workbench.store.queries import interchange
from workbench.store.queries.versions import replacement_cards, version_rows

Reshape = Callable[[list[Turn], EditMap], list[Turn]]
"""Changes the carried turns of a new version: a label put in, a turn split or two united."""

ROLES = ("interviewer", "participant", "other")


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What an act on the text did."""

    source: Source
    edits: int


def correct_typo(project: Project, source: Source, start: int, end: int, replacement: str) -> Revision:
    """Replace a stretch of text.

    Raises:
        Refusal: if the stretch lies outside the text or the replacement says the same.
    """
    text = queries.text_of(project.connection, source.version)
    new = normalise(replacement)
    if not 0 <= start <= end <= len(text):
        raise Refusal(_("Stedet {start}–{end} ligger utenfor teksten.").format(start=start, end=end))
    if text[start:end] == new:
        raise Refusal(_("Teksten er uendret."))
    return _revise(project, source, [Edit(start, end, new)])


def mask_name(
    project: Project, source: Source, name: str, replacement: str, *, everywhere: bool = True
) -> list[Revision]:
    """Replace a name consistently, in the source or in every source that has it, genitive forms too.

    `Kari` also meets `Karis` (which keeps its s) but never `Karianne`. The older versions still hold the name until they
    are purged.

    Raises:
        Refusal: if the name is empty or is not found.
    """
    name, new = normalise(name.strip()), normalise(replacement.strip())
    if not name or not new:
        raise Refusal(_("Skriv både navnet og det som skal stå i stedet."))
    pattern = regex.compile(rf"(?<![\p{{L}}\p{{N}}]){regex.escape(name)}(?=s?(?![\p{{L}}\p{{N}}]))", regex.IGNORECASE)
    sources = queries.sources(project.connection) if everywhere else [source]
    with project.write() as act:
        revised = []
        for each in sources:
            text = queries.text_of(act.connection, each.version)
            edits = [Edit(found.start(), found.end(), new) for found in pattern.finditer(text)]
            if edits:
                record_revision(act, each, edits)
                revised.append((each, len(edits)))
        for each, _edits in revised:
            for row in act.state.rows("speaker", source=each.id):
                _carry_speaker(act, each.id, row["label"], pattern.sub(lambda _found: new, row["label"]))
    if not revised:
        raise Refusal(_("Finner ikke «{name}» i teksten.").format(name=name))
    current = {each.id: each for each in queries.sources(project.connection)}
    return [Revision(source=current[each.id], edits=edits) for each, edits in revised]


def set_speaker(project: Project, source: Source, choice: SpeakerChoice) -> None:
    """Say who a label is: role and informant, for all its turns. The text is not changed.

    Raises:
        Refusal: if nobody has the label, or the role is unknown.
    """
    if choice.role not in ROLES:
        raise Refusal(
            _("«{role}» er ingen rolle. Velg en av: {known}.").format(role=choice.role, known=", ".join(ROLES))
        )
    turns = queries.turns(project.connection, source)
    if all(turn.speaker != choice.label for turn in turns):
        labels = ", ".join(dict.fromkeys(turn.speaker for turn in turns if turn.speaker))
        raise Refusal(
            _("Ingen taler heter «{label}» her. Talerne er: {labels}.").format(label=choice.label, labels=labels)
        )
    with project.write() as act:
        informant = ""
        if choice.informant:
            cases = [row["case_unit"] for row in act.state.rows("source_case", source=source.id)]
            informant = record_chosen_informant(act, project, choice, cases)
            linked = [row["informant"] for row in act.state.rows("source_informant", source=source.id)]
            if informant not in linked:
                act.record("source.set", {"id": source.id, "card": act.card({"informants": [*linked, informant]})})
        card = {"label": choice.label, "role": choice.role, "informant": informant}
        act.record("speaker.set", {"source": source.id, "card": act.card(card)})


def rename_speaker(project: Project, source: Source, label: str, new_label: str) -> Revision:
    """Give a speaker another label wherever it stands."""
    turns = [turn for turn in queries.turns(project.connection, source) if turn.speaker == label]
    if not turns:
        raise Refusal(_("Ingen taler heter «{label}» her.").format(label=label))
    return _relabel(project, source, turns, new_label, renamed=label)


def correct_speaker(project: Project, source: Source, offset: int, label: str) -> Revision:
    """Give the turn at an offset to another speaker, by writing the other label in its place."""
    return _relabel(project, source, [_turn_at(project, source, offset)], label)


def split_turn(project: Project, source: Source, offset: int, label: str) -> Revision:
    """Split the turn at an offset: what follows becomes a turn by `label`.

    Raises:
        Refusal: if the offset is not inside a turn's spoken text.
    """
    turn = _turn_at(project, source, offset)
    text = queries.text_of(project.connection, source.version)
    if not text[turn.start : offset].strip() or not text[offset : turn.end].strip():
        raise Refusal(_("Stå inne i replikken, ikke ved en av endene, for å dele den."))
    gap_start = offset
    while gap_start > turn.start and text[gap_start - 1].isspace():
        gap_start -= 1
    gap_end = offset
    while gap_end < turn.end and text[gap_end].isspace():
        gap_end += 1
    new = _clean_label(label)
    role = _role_of(project, source, new)

    def reshape(turns: list[Turn], edit_map: EditMap) -> list[Turn]:
        cut = edit_map.forward(gap_start)
        first, rest = turns[: turn.n], turns[turn.n + 1 :]
        whole = turns[turn.n]
        spoken = cut + len(f"\n{new}: ")
        second = Turn(speaker=new, role=role, label_start=cut + 1, start=spoken, end=whole.end, end_ms=whole.end_ms)
        return [*first, replace(whole, end=cut, end_ms=None), second, *rest]

    return _revise(project, source, [Edit(gap_start, gap_end, f"\n{new}: ")], reshape)


def unite_turns(project: Project, source: Source, offset: int) -> Revision:
    """Unite the turn at an offset with the one after it; the second one's label goes out of the text.

    Raises:
        Refusal: if it is the last turn.
    """
    turn = _turn_at(project, source, offset)
    following = next((each for each in queries.turns(project.connection, source) if each.n == turn.n + 1), None)
    if following is None:
        raise Refusal(_("Dette er den siste replikken; det er ingen å slå den sammen med."))

    def reshape(turns: list[Turn], edit_map: EditMap) -> list[Turn]:
        first, second = turns[turn.n], turns[turn.n + 1]
        united = replace(first, end=second.end, end_ms=second.end_ms)
        return [*turns[: turn.n], united, *turns[turn.n + 2 :]]

    return _revise(project, source, [Edit(turn.end, following.start, " ")], reshape)


def purge_versions(project: Project, source: Source) -> int:
    """Destroy the words of every older version of a source, and its original files; how many versions were destroyed.

    Labels that speakers no longer have go too. Cannot be undone, and says so in the journal.

    Raises:
        Refusal: if something waits for a place, since only the older words tell where it belongs.
    """
    with project.write() as act:
        if queue := interchange.waiting(act.connection, source.id):
            raise Refusal(
                ngettext(
                    "{n} koding eller merknad i «{name}» venter på plass, og bare den eldre teksten sier hvor den hører til. "
                    "Gi den plass eller fjern den først.",
                    "{n} kodinger og merknader i «{name}» venter på plass, og bare den eldre teksten sier hvor de hører til. "
                    "Gi dem plass eller fjern dem først.",
                    len(queue),
                ).format(n=len(queue), name=source.name)
            )
        versions = version_rows(act.connection, source.id)
        older = [version.id for version in versions if version.id != source.version and not version.destroyed]
        originals = dict.fromkeys([source.original, *(str(version.card.get("original", "")) for version in versions)])
        payload = {"source": source.id, "originals": [each for each in originals if each]}
        for uid in older[:-1]:
            act.record("text.purge", payload | {"version": uid})
        last = {"version": older[-1] if older else "", "card": act.card(_as_it_stands(act, source))}
        outdated = queries.cards_naming_other_speakers(act.connection, source.id) + _outdated(act, source)
        act.record("text.purge", payload | last | {"cards": outdated})
    return len(older)


def _outdated(act: Gesture, source: Source) -> list[str]:
    """Digests of the cards that came with a newer version and name speakers by labels the present text does not have."""
    labels = {turn.speaker for turn in queries.turns(act.connection, source)}
    return [
        key
        for key, card in replacement_cards(act.connection, source.id)
        if any(speaker["label"] not in labels for speaker in card.get("speakers", ()))
    ]


def _as_it_stands(act: Gesture, source: Source) -> dict[str, Any]:
    """The source's facts now, with only the speakers its present text has."""
    row = dict(act.state.get("source", source.id) or {})
    row = {key: value for key, value in row.items() if key not in ("id", "version", "ordinal")}
    labels = {turn.speaker for turn in queries.turns(act.connection, source)}
    speakers = [
        {key: speaker[key] for key in ("label", "role", "informant")}
        for speaker in act.state.rows("speaker", source=source.id)
        if speaker["label"] in labels
    ]
    links = {
        "cases": [link["case_unit"] for link in act.state.rows("source_case", source=source.id)],
        "informants": [link["informant"] for link in act.state.rows("source_informant", source=source.id)],
    }
    return {**row, **links, "speakers": speakers}


def record_revision(act: Gesture, source: Source, edits: Sequence[Edit], reshape: Reshape | None = None) -> None:
    """A new text version as part of a gesture; the turns are carried by the edit map, then reshaped."""
    require_current(act, source)
    old = queries.text_of(act.connection, source.version)
    text, edit_map = apply_edits(old, edits)
    turns = [carried_turn(turn, old, text, edit_map) for turn in queries.turns(act.connection, source)]
    if reshape is not None:
        turns = reshape(turns, edit_map)
    number = 1 + max(version[1] for version in queries.versions(act.connection, source.id))
    payload = version_payload(act, text, turns, number=number)
    payload |= {"parent": source.version, "map": [list(piece) for piece in edit_map.pieces]}
    act.record("text.revise", {"source": source.id, "version": payload})
    languages.record_turns(act, payload["id"], text, turns)


def describe(revisions: Sequence[Revision]) -> str:
    """What was changed, in words."""
    places = sum(revision.edits for revision in revisions)
    return _("{places} i {sources}.").format(
        places=ngettext("{n} sted endret", "{n} steder endret", places).format(n=places),
        sources=ngettext("{n} kilde", "{n} kilder", len(revisions)).format(n=len(revisions)),
    )


def _revise(project: Project, source: Source, edits: Sequence[Edit], reshape: Reshape | None = None) -> Revision:
    with project.write() as act:
        record_revision(act, source, edits, reshape)
    return Revision(source=queries.sources(project.connection, [source.id])[0], edits=len(edits))


def carried_turn(turn: StoredTurn, old: str, text: str, edit_map: EditMap) -> Turn:
    """The turn in the edited text; its label is read from there, since the edit may have changed it."""
    speaker = turn.speaker
    place = _label_place(old, turn)
    if place is not None:
        speaker = text[edit_map.forward(place[0]) : edit_map.forward(place[1], sticky="right")]
    start = edit_map.forward(turn.start)
    return Turn(
        speaker=speaker,
        role=as_role(turn.role),
        label_start=edit_map.forward(turn.label_start),
        start=start,
        end=max(start, edit_map.forward(turn.end, sticky="right")),
        start_ms=turn.start_ms,
        end_ms=turn.end_ms,
    )


def _label_place(text: str, turn: StoredTurn) -> tuple[int, int] | None:
    """Where the turn's label stands in the text, or None for a turn without one."""
    found = text.rfind(turn.speaker, turn.label_start, turn.start) if turn.speaker else -1
    return None if found < 0 else (found, found + len(turn.speaker))


def _relabel(
    project: Project, source: Source, turns: Sequence[StoredTurn], label: str, *, renamed: str = ""
) -> Revision:
    """Write a label before turns; `renamed` is the label it takes the place of everywhere, who is then the same person."""
    text = queries.text_of(project.connection, source.version)
    new = _clean_label(label)
    edits = []
    unlabelled: set[int] = set()
    for turn in turns:
        place = _label_place(text, turn)
        if place is None:
            edits.append(Edit(turn.start, turn.start, f"{new}: "))
            unlabelled.add(turn.n)
        elif text[place[0] : place[1]] != new:
            edits.append(Edit(place[0], place[1], new))
    if not edits:
        raise Refusal(_("Taleren heter «{label}» fra før.").format(label=new))
    taken = any(turn.speaker == new for turn in queries.turns(project.connection, source))
    role = _role_of(project, source, new if taken or not renamed else renamed)
    changed = {turn.n for turn in turns}

    def reshape(carried: list[Turn], edit_map: EditMap) -> list[Turn]:
        shaped = []
        for n, turn in enumerate(carried):
            if n in unlabelled:
                turn = replace(turn, speaker=new, start=turn.start + len(f"{new}: "))
            shaped.append(replace(turn, role=role) if n in changed else turn)
        return shaped

    with project.write() as act:
        record_revision(act, source, edits, reshape)
        if renamed:
            _carry_speaker(act, source.id, renamed, new)
    return Revision(source=queries.sources(project.connection, [source.id])[0], edits=len(edits))


def _carry_speaker(act: Gesture, source: str, old: str, new: str) -> None:
    """What is known about a label goes with it when it is written anew, unless the new label is somebody already."""
    rows = {row["label"]: row for row in act.state.rows("speaker", source=source)}
    if old in rows and new not in rows:
        card = {"label": new, "role": rows[old]["role"], "informant": rows[old]["informant"]}
        act.record("speaker.set", {"source": source, "card": act.card(card)})


def _role_of(project: Project, source: Source, label: str) -> Role:
    """The role a label already has in the source; a new voice is a participant until somebody says otherwise."""
    for turn in queries.turns(project.connection, source):
        if turn.speaker == label:
            return as_role(turn.role)
    return "participant"


def _clean_label(label: str) -> str:
    cleaned = " ".join(normalise(label).replace(":", " ").split())
    if not cleaned:
        raise Refusal(_("En taler må ha et navn."))
    return cleaned


def _turn_at(project: Project, source: Source, offset: int) -> StoredTurn:
    for turn in queries.turns(project.connection, source):
        if turn.label_start <= offset <= turn.end:
            return turn
    raise Refusal(_("Ingen taler har ordet her."))
