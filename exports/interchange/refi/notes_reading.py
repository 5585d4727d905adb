"""Notes: memos, margin notes and diary entries, and what each of them is on."""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _

from lxml import etree

from exports.interchange.model import LinkItem, NoteItem, NoteKind
from exports.interchange.refi.context import (
    Pin,
    Reading,
    count_codings,
    count_values,
    moment,
    own_guid,
    person,
    reference,
)
from exports.interchange.refi.facts import read_facts
from exports.interchange.refi.names import FACTS, NOTE_KINDS, ORIGIN, title_of
from exports.interchange.refi.structure import child, children, content, local
from exports.interchange.refi.texts import joined_notes, read_text
from exports.interchange.refi.values import as_guid, as_integer, made_guid

_KINDS: dict[str, NoteKind] = {"memo": "memo", "merknad": "margin", "dagbok": "diary", "kondensat": "condensate"}


def read_notes(reading: Reading, notes: etree._Element | None) -> None:
    """Takes in every note of the project; what they are on is told by those who refer to them."""
    for element in children(notes, "Note"):
        guid = own_guid(reading, element, "note")
        title = element.get("name") or ""
        found = read_text(reading, element, _("Memo"), title)
        text = found.text if found is not None else ""
        if title == FACTS:
            reading.facts[guid] = read_facts(text)
        kind, day, before = _kind(content(child(element, "Description")))
        if found is None and not before:
            continue
        if span := _own_span(element):
            reading.spans[guid] = span
        _list_inner(reading, element, title, spans=1 if span else 0)
        codings = count_codings(element)
        if codings:
            why = _("Kodebenk koder ikke memoer.")
            reading.ledger.lost(_("Kodinger på memo"), title, why, codings)
        reading.notes[guid] = NoteItem(
            guid=guid,
            text=f"{before}\n\n{text}" if before and text else before or text,
            title=title_of(title),
            kind=kind,
            day=day,
            creator=person(reading, element.get("creatingUser"), element.get("modifyingUser")),
            created=moment(reading, element, "creationDateTime"),
            modified=moment(reading, element, "modifiedDateTime"),
        )
    for element in children(notes, "Note"):
        _link_notes(reading, element)


def placed_notes(reading: Reading) -> tuple[NoteItem, ...]:
    """The notes where they belong: on the first that refers to them, and linked to the others."""
    placed = []
    for guid, note in reading.notes.items():
        if guid in reading.applied:
            continue
        pins = reading.pins.get(guid, [])
        if not pins:
            if guid in reading.spans:
                why = _("Memoet har et sted, men filen sier ikke i hvilken kilde; memoet er på prosjektet.")
                reading.ledger.lost(_("Sted for memo"), note.title or note.text[:40], why)
            placed.append(note)
            continue
        first = _on_passage(reading, guid, pins[0])
        if guid in reading.spans and first.kind != "passage":
            why = _("Stedet i memoet ligger ikke i teksten det er festet til; memoet er festet til helheten.")
            reading.ledger.lost(_("Sted for memo"), note.title or note.text[:40], why)
        placed.append(replace(note, target_kind=first.kind, target=first.target, start=first.start, end=first.end))
        others = [pin for pin in pins[1:] if pin.target and pin.target != first.target]
        if len(pins) > 1:
            why = _("Memoet er festet til flere steder; det står på det første og er lenket til de andre.")
            reading.ledger.mended(_("Memo"), note.title, why)
        reading.links += [_link(guid, pin.target) for pin in dict.fromkeys(others)]
    return tuple(placed)


def _on_passage(reading: Reading, guid: str, pin: Pin) -> Pin:
    """The place in the source that a note on it is about, when the note itself has that place (QualCoder)."""
    place = reading.counting.get(pin.target) if pin.kind == "source" else None
    if place is None or guid not in reading.spans:
        return pin
    found = place(*reading.spans[guid])
    if found is None or found[0] == found[1]:
        return pin
    return Pin(kind="passage", target=pin.target, start=found[0], end=found[1])


def _list_inner(reading: Reading, element: etree._Element, title: str, *, spans: int) -> None:
    """Lists what stands on a note as if it were a source."""
    why = _("Memoer har verken markeringer eller variabler i Kodebenk.")
    selections = [each for each in children(element, "PlainTextSelection") if not count_codings(each)]
    reading.ledger.lost(_("Markeringer i memo"), title, why, len(selections) - spans)
    reading.ledger.lost(_("Variabler på memo"), title, why, count_values(element))


def _own_span(element: etree._Element) -> tuple[int, int] | None:
    """The one place that a note says it is about: a selection in it that neither codes nor says anything."""
    selections = list(children(element, "PlainTextSelection"))
    if len(selections) != 1 or any(local(each) in ("Coding", "NoteRef", "Description") for each in selections[0]):
        return None
    start, end = (as_integer(selections[0].get(name) or "") for name in ("startPosition", "endPosition"))
    return None if start is None or end is None else (start, end)


def noted(reading: Reading, element: etree._Element) -> str:
    """All that is said in the notes an element refers to, as a description of it would have it."""
    guids = (reference(each.get("targetGUID")) for each in children(element, "NoteRef"))
    return joined_notes(
        reading.notes[guid].text for guid in guids if guid in reading.notes and guid not in reading.facts
    )


def passage_note(reading: Reading, element: etree._Element, source: str, pin: Pin) -> None:
    """A comment that stands on a selection itself, as a note in the margin, unless notes that it refers to say it all."""
    text = content(child(element, "Description"))
    if text.strip() in ("", noted(reading, element)):
        return
    own = as_guid((element.get("guid") or "").strip())
    guid = made_guid("comment", own)
    if not own or guid in reading.notes:
        guid = made_guid(reading.seed, "comment", source, element.get("guid") or "", str(pin.start), str(pin.end))
    reading.notes[guid] = NoteItem(
        guid=guid,
        text=text,
        kind="margin",
        creator=person(reading, element.get("creatingUser"), element.get("modifyingUser")),
        created=moment(reading, element, "creationDateTime"),
        modified=moment(reading, element, "modifiedDateTime"),
    )
    reading.taken.setdefault("note", set()).add(guid)
    reading.pins.setdefault(guid, []).append(pin)


def lost_comments(reading: Reading, part: etree._Element, name: str) -> None:
    """The comments on selections that do not come along, as memos on the project under the name of what they stood on."""
    for each in part.iter():
        text = content(child(each, "Description")).strip() if local(each).endswith("Selection") else ""
        if text:
            guid = _comment_guid(reading, reference(each.get("guid")), name, text)
            by = person(reading, each.get("creatingUser"), each.get("modifyingUser"))
            when = moment(reading, each, "creationDateTime")
            reading.notes[guid] = NoteItem(guid=guid, title=name, text=text, creator=by, created=when)
            why = _("Det kommentaren stod på, kom ikke med; den står som memo på prosjektet.")
            reading.ledger.mended(_("Kommentarer på markeringer"), name, why)


def _comment_guid(reading: Reading, own: str, name: str, text: str) -> str:
    """The GUID of a comment by that of its selection; where it has none, or another has the same, by what it says, numbered."""
    guid = made_guid("comment", own) if own else ""
    said = "comment", name, text
    while not guid or guid in reading.notes:
        number = reading.repeats[said] = reading.repeats.get(said, 0) + 1
        guid = made_guid(reading.seed, *said, *([str(number)] if number > 1 else []))
    return guid


def lost_description(reading: Reading, guid: str, name: str, text: str) -> None:
    """What was said of something that does not come along, as a memo on the project."""
    if text.strip():
        note = NoteItem(guid=made_guid("description", guid), title=name, text=text)
        reading.notes[note.guid] = note
        reading.taken.setdefault("note", set()).add(note.guid)
        why = _("Det beskrivelsen gjelder, kom ikke med; den står som memo på prosjektet.")
        reading.ledger.mended(_("Beskrivelse"), name, why)


def _kind(description: str) -> tuple[NoteKind, str, str]:
    """(kind, day, what the description says otherwise)."""
    start, _colon, rest = description.partition(": ")
    word, _space, day = rest.partition(" ")
    if start == ORIGIN and word in _KINDS and NOTE_KINDS[_KINDS[word]] == word:
        return _KINDS[word], day, ""
    return "memo", "", description


def _link_notes(reading: Reading, element: etree._Element) -> None:
    """A note that refers to another is linked to it."""
    guid = reference(element.get("guid"))
    for each in children(element, "NoteRef"):
        target = reference(each.get("targetGUID"))
        if guid in reading.notes and target in reading.notes:
            reading.links.append(_link(guid, target))


def _link(origin: str, target: str) -> LinkItem:
    return LinkItem(guid=made_guid("link", origin, target), origin=origin, target=target)
