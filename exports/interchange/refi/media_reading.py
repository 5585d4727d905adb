"""Sources that are no texts: what is text in them comes along, and the rest is listed by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from gettext import gettext as _
from pathlib import Path

from lxml import etree

from corpus.errors import UnreadableSource
from corpus.model import ReadOptions
from exports.interchange.model import SourceItem
from exports.interchange.refi.context import (
    Pin,
    Reading,
    count_codings,
    own_guid,
    pin_notes,
    reference,
    unpin_notes,
)
from exports.interchange.refi.notes_reading import lost_comments, passage_note
from exports.interchange.refi.package import base_name
from exports.interchange.refi.sources_reading import bare_source, lose_source, take_codings, take_source, with_original
from exports.interchange.refi.structure import child, children, content, local
from exports.interchange.refi.texts import Found, joined_notes, read_text
from exports.interchange.refi.times import Sync, counted, with_times
from exports.interchange.refi.values import as_integer


def read_pdf(reading: Reading, element: etree._Element) -> None:
    """Takes in a PDF as the text that stands beside it; marked areas of pages are listed, unless the text has them too."""
    guid = own_guid(reading, element, "source")
    name = element.get("name") or ""
    path = element.get("path") or ""
    data = reading.package.file(path) if path else None
    text = child(element, "Representation")
    areas = list(children(element, "PDFSelection"))
    if text is None:
        text = etree.Element("Representation")
        found = _pages(reading, name, data)
    else:
        found = read_text(reading, text, _("PDF"), name)
    if found is None:
        lose_source(reading, [element], guid, name)
        return
    if loose := list(children(element, "PlainTextSelection")):
        text.extend(loose)
        why = _("Markeringene står på PDF-en i stedet for på teksten ved siden av; de er lest likevel.")
        reading.ledger.mended(_("Markeringer"), name, why, len(loose))
    source = bare_source(reading, element, guid, found.text)
    source = with_original(source, base_name(element.get("currentPath") or name), data)
    if data is None:
        reading.ledger.lost(_("PDF"), name, _("Teksten kom med, men selve PDF-en er ikke i filen."))
    take_source(reading, text, source, found)
    _take_rest(reading, element, source, text)
    _list_areas(reading, text, areas, source)


def read_picture(reading: Reading, element: etree._Element) -> None:
    """Lists a picture and its codings; a text that describes it comes along as a source."""
    guid = own_guid(reading, element, "source")
    name = element.get("name") or ""
    _use(reading, element)
    reading.ledger.lost(_("Bilde"), name, _("Kodebenk har bare tekst; bildet kom ikke med."))
    parts = list(children(element, "PictureSelection"))
    _lose_parts(reading, parts, _("Kodinger på bilde"), name)
    text = child(element, "TextDescription")
    found = None if text is None else read_text(reading, text, _("Bildetekst"), name)
    if text is None or found is None:
        lose_source(reading, _others(element, "PictureSelection"), guid, name)
        return
    source = bare_source(reading, element, guid, found.text)
    take_source(reading, text, source, found)
    _take_rest(reading, element, source, text)


def read_recording(reading: Reading, element: etree._Element) -> None:
    """Takes in the transcripts of a recording as sources with times; the recording itself is listed."""
    guid = own_guid(reading, element, "source")
    reading.taken["source"].discard(guid)
    name = element.get("name") or ""
    _use(reading, element)
    if local(element) == "AudioSource":
        reading.ledger.lost(_("Lydopptak"), name, _("Kodebenk har bare tekst; opptaket kom ikke med."))
    else:
        reading.ledger.lost(_("Videoopptak"), name, _("Kodebenk har bare tekst; opptaket kom ikke med."))
    parts = list(children(element, "AudioSelection", "VideoSelection"))
    _lose_parts(reading, parts, _("Kodinger på opptak"), name)
    transcripts = [
        source
        for transcript in children(element, "Transcript")
        if (source := _read_transcript(reading, transcript, name)) is not None
    ]
    if not transcripts:
        lose_source(reading, _others(element, "AudioSelection", "VideoSelection", "Transcript"), guid, name)
        return
    reading.aliases[guid] = tuple(transcripts)
    _take_rest(reading, element, reading.sources[transcripts[0]])


def _pages(reading: Reading, name: str, data: bytes | None) -> Found | None:
    """The text of the PDF itself, where no text stands beside it."""
    if data is None:
        why = _("PDF-en har ingen tekst ved siden av seg, og selve PDF-en er ikke i filen.")
        reading.ledger.lost(_("PDF"), name, why)
        return None
    from corpus.readers import pdf  # few projects have a PDF without its text

    try:
        text = pdf.read(Path(name), data, ReadOptions()).text
    except UnreadableSource as error:
        reading.ledger.lost(_("PDF"), name, error.reason)
        return None
    reading.ledger.mended(_("PDF"), name, _("PDF-en har ingen tekst ved siden av seg; teksten er lest fra sidene."))
    return Found(text=text)


def _read_transcript(reading: Reading, element: etree._Element, recording: str) -> str | None:
    """The GUID of the source that a transcript became: its own, or that of the source with the same text."""
    name = element.get("name") or recording
    same = reading.texts.get(element.get("plainTextPath") or "")
    if same is None:
        guid = own_guid(reading, element, "source")
        found = read_text(reading, element, _("Transkripsjon"), name)
        if found is None:
            number = sum(1 for _point in children(element, "SyncPoint"))
            reading.ledger.lost(_("Tidspunkter"), name, _("Transkripsjonen de hører til kom ikke med."), number)
            lose_source(reading, [element], guid, name)
            return None
        take_source(reading, element, replace(bare_source(reading, element, guid, found.text), name=name), found)
    else:
        guid = same
        reading.aliases[reference(element.get("guid"))] = (guid,)
        pin_notes(reading, element, Pin(kind="source", target=guid))
    points = _points(element, reading.sources[guid].text)
    source, used = with_times(reading.sources[guid], [point for point, _guid in points])
    reading.sources[guid] = source
    why = _("Tidspunktene passer ikke med replikkene i teksten.")
    reading.ledger.lost(_("Tidspunkter"), name, why, sum(1 for _each in children(element, "SyncPoint")) - used)
    places = {each: place for (place, _time), each in points if each}
    for selection in children(element, "TranscriptSelection"):
        _read_stretch(reading, selection, source, places)
    return guid


def _points(element: etree._Element, text: str) -> list[tuple[Sync, str]]:
    """The points in time that have a place in the text, with their GUIDs."""
    found = []
    for point in children(element, "SyncPoint"):
        place, time = as_integer(point.get("position") or ""), as_integer(point.get("timeStamp") or "")
        if place is not None and time is not None:
            found.append((place, time, reference(point.get("guid"))))
    places = counted(text, [place for place, _time, _guid in found])
    return [((place, time), guid) for place, (_counted, time, guid) in zip(places, found, strict=True)]


def _read_stretch(reading: Reading, selection: etree._Element, source: SourceItem, places: dict[str, int]) -> None:
    """A selection between two points in time is one between two places in the text."""
    start = places.get(reference(selection.get("fromSyncPoint")))
    end = places.get(reference(selection.get("toSyncPoint")))
    if start is None or end is None or not 0 <= start < end <= len(source.text):
        _lose_parts(reading, [selection], _("Kodinger på transkripsjon"), source.name)
        return
    pin = Pin(kind="passage", target=source.guid, start=start, end=end)
    passage_note(reading, selection, source.guid, pin)
    pin_notes(reading, selection, pin)
    passage = reference(selection.get("guid"))
    codings = take_codings(reading, selection, source, start, end, passage)
    if passage and codings:
        reading.aliases.setdefault(passage, codings[:1])


def _take_rest(
    reading: Reading, element: etree._Element, source: SourceItem, text: etree._Element | None = None
) -> None:
    """What stands on the medium as a whole is on the text that came of it; `text` is what it came of, where that is one."""
    pin_notes(reading, element, Pin(kind="source", target=source.guid))
    for holder in (element, *([] if text is None else [text])):
        reading.values.setdefault(source.guid, []).extend(children(holder, "VariableValue"))
    whole = [each for each in element if local(each) == "Coding"]
    if whole and source.text:
        why = _("Koder på hele kilden er satt på hele teksten.")
        reading.ledger.mended(_("Kodinger"), source.name, why, len(whole))
        take_codings(reading, element, source, 0, len(source.text), "")
    said = (content(child(each, "Description")) for each in (element, text) if each is not None)
    description = joined_notes(dict.fromkeys((*said, source.description)))
    reading.sources[source.guid] = replace(reading.sources[source.guid], description=description)


def _list_areas(reading: Reading, text: etree._Element, areas: Sequence[etree._Element], source: SourceItem) -> None:
    """An area that the text has as a selection of the same GUID is no loss: some tools write a selection both ways."""
    twins = {reference(each.get("guid")) for each in children(text, "PlainTextSelection")}
    alone = [area for area in areas if reference(area.get("guid")) not in twins]
    _lose_parts(reading, alone, _("Kodinger på PDF-sider"), source.name)
    why = _("Området på siden er lest som markering i teksten.")
    reading.ledger.mended(_("PDF-område"), source.name, why, len(areas) - len(alone))


def _lose_parts(reading: Reading, parts: Sequence[etree._Element], what: str, name: str) -> None:
    codings = sum(count_codings(part) for part in parts)
    why = _("Området eller tidsrommet kan ikke vises i tekst.")
    reading.ledger.lost(what, name, why, codings)
    bare = sum(1 for part in parts if not count_codings(part))
    reading.ledger.lost(_("Markeringer"), name, why, bare)
    for part in parts:
        lost_comments(reading, part, name)
    unpin_notes(reading, parts)


def _others(element: etree._Element, *listed: str) -> list[etree._Element]:
    """What is in the element besides parts that are listed already."""
    return [each for each in element if local(each) not in listed]


def _use(reading: Reading, element: etree._Element) -> None:
    reading.package.used.add(reading.package.member(element.get("path") or ""))
