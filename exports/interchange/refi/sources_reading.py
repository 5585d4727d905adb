"""Sources that are texts: their text, their selections, and the codings and notes on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from gettext import gettext as _

from lxml import etree

from exports.interchange.model import CodingItem, SourceItem
from exports.interchange.refi.context import (
    Pin,
    Reading,
    count_codings,
    count_values,
    moment,
    own_guid,
    person,
    pin_notes,
    reference,
    unpin_notes,
)
from exports.interchange.refi.facts import with_coding_facts, with_source_facts
from exports.interchange.refi.notes_reading import lost_comments, lost_description, noted, passage_note
from exports.interchange.refi.offsets import Counting, Marked, Place, follows, placer, settle
from exports.interchange.refi.structure import child, children, content, local
from exports.interchange.refi.texts import Found, read_text
from exports.interchange.refi.values import as_integer

_USERS = ("creatingUser", "modifyingUser")


def read_text_source(reading: Reading, element: etree._Element) -> None:
    """Takes in a `TextSource`, or lists what is lost with it when its text is missing."""
    guid = own_guid(reading, element, "source")
    name = element.get("name") or ""
    found = read_text(reading, element, _("Kilde"), name)
    if found is None:
        lose_source(reading, [element], guid, name)
        return
    reading.values[guid] = list(children(element, "VariableValue"))
    source = replace(bare_source(reading, element, guid, found.text), content=_twin(reading, element))
    if source.description.strip() == noted(reading, element) != "":
        source = replace(source, description="")
    if path := element.get("plainTextPath"):
        reading.texts.setdefault(path, guid)
    take_source(reading, element, source, found)


def take_source(reading: Reading, element: etree._Element, source: SourceItem, found: Found) -> None:
    """Takes in a source whose text is at hand, with everything that stands on it in the element.

    Args:
        element: The `TextSource` or what else holds the selections, codings and references to notes.
    """
    for facts in pin_notes(reading, element, Pin(kind="source", target=source.guid)):
        source, same = with_source_facts(source, facts)
        if not same:
            why = _("Teksten er endret siden Kodebenk skrev filen; replikker, områder og svar er ikke lest.")
            reading.ledger.lost(_("Opplysninger om teksten"), source.name, why)
    reading.sources[source.guid] = source
    selections = list(children(element, "PlainTextSelection"))
    place = reading.counting[source.guid] = _settled(reading, source, selections, found)
    uncoded = Counter[str]()
    for selection in selections:
        _read_selection(reading, source, selection, place, uncoded)
    _list_uncoded(reading, source, uncoded)
    _read_whole(reading, source, element)


def bare_source(reading: Reading, element: etree._Element, guid: str, text: str) -> SourceItem:
    """A source with what its element says of it."""
    return SourceItem(
        guid=guid,
        name=element.get("name") or "",
        text=text,
        description=content(child(element, "Description")),
        creator=person(reading, *(element.get(user) for user in _USERS)),
        created=moment(reading, element, "creationDateTime"),
        modified=moment(reading, element, "modifiedDateTime"),
    )


def lose_source(reading: Reading, parts: Iterable[etree._Element], guid: str, name: str) -> None:
    """Lists what is lost with a source that does not come along, by its name: codings in the parts, and notes."""
    reading.taken.get("source", set()).discard(guid)
    why = _("Kilden de står på kom ikke med.")
    parts = list(parts)
    said = [part if local(part) == "Description" else child(part, "Description") for part in parts]
    lost_description(reading, guid, name, "\n\n".join(text for each in said if (text := content(each).strip())))
    for part in parts:
        reading.ledger.lost(_("Variabelverdier"), name, why, count_values(part))
        reading.ledger.lost(_("Kodinger"), name, why, count_codings(part))
        lost_comments(reading, part, name)
        unpin_notes(reading, [part])


def take_codings(
    reading: Reading, holder: etree._Element, source: SourceItem, start: int, end: int, passage: str
) -> tuple[str, ...]:
    """Takes in the codings of an element as codings on a span; gives their GUIDs."""
    taken = []
    for element in children(holder, "Coding"):
        codes = [ref.get("targetGUID") for ref in children(element, "CodeRef")]
        why = _("En koding har én kode; de andre kodene i den er ikke med.")
        reading.ledger.lost(_("Koder på koding"), source.name, why, len(codes) - 1)
        code = reference(codes[0] if codes else "")
        if code not in reading.taken.get("code", ()):
            why = _("Koden det vises til finnes ikke i filen.")
            reading.ledger.lost(_("Kodinger"), source.name, why)
            continue
        guid = own_guid(reading, element, "coding")
        coding = CodingItem(
            guid=guid,
            source=source.guid,
            start=start,
            end=end,
            code=code,
            coder=person(reading, element.get("creatingUser"), *(holder.get(user) for user in _USERS)),
            created=moment(reading, element, "creationDateTime") or moment(reading, holder, "creationDateTime"),
            passage=passage,
        )
        for facts in pin_notes(reading, element, Pin(kind="coding", target=guid)):
            coding = with_coding_facts(coding, facts)
        reading.codings.append(coding)
        taken.append(guid)
    return tuple(taken)


def _twin(reading: Reading, element: etree._Element) -> bytes:
    """The Word file that the plain text was taken from; the one that Kodebenk makes itself is no original."""
    path = element.get("richTextPath") or ""
    return b"" if reading.own or not path else reading.package.file(path) or b""


def _settled(reading: Reading, source: SourceItem, selections: list[etree._Element], found: Found) -> Place:
    marked = [
        Marked(start=start, end=end, name=selection.get("name") or "")
        for selection in selections
        if (start := as_integer(selection.get("startPosition") or "")) is not None
        and (end := as_integer(selection.get("endPosition") or "")) is not None
    ]
    counting: Counting = "points"
    if marked and not reading.own:
        counting, chosen = settle(source.text, marked, tool=reading.tool, had_mark=found.had_mark)
        if chosen or counting != "points":
            reading.ledger.mended(_("Tegntelling"), source.name, _counting_said(counting))
    return placer(source.text, counting)


def _counting_said(counting: Counting) -> str:
    said = {
        "points": _("Posisjonene er talt i tegn (kodepunkter), med linjeskift slik de står i filen."),
        "crlf": _("Posisjonene er talt med linjeskift (CRLF) som ett tegn."),
        "newline": _("Posisjonene er talt med linjeskift som to tegn."),
        "utf16": _("Posisjonene er talt i UTF-16-enheter, ikke i kodepunkter."),
        "utf16-crlf": _("Posisjonene er talt i UTF-16-enheter, med linjeskift (CRLF) som ett tegn."),
        "inclusive": _("Sluttposisjonene er lest som siste tegn i markeringen."),
        "mark": _("Posisjonene er talt med byterekkefølgemerket som et tegn."),
    }
    return said[counting]


def _read_selection(
    reading: Reading, source: SourceItem, selection: etree._Element, place: Place, uncoded: Counter[str]
) -> None:
    passage = reference(selection.get("guid"))
    start = as_integer(selection.get("startPosition") or "")
    end = as_integer(selection.get("endPosition") or "")
    span = place(start, end) if start is not None and end is not None else None
    on_source = Pin(kind="source", target=source.guid)
    if span is None or span[0] == span[1]:
        _lose_selection(reading, source, selection, outside=span is None)
        passage_note(reading, selection, source.guid, on_source)
        pin_notes(reading, selection, on_source)
        return
    pin = Pin(kind="passage", target=source.guid, start=span[0], end=span[1])
    passage_note(reading, selection, source.guid, pin)
    pin_notes(reading, selection, pin)
    codings = take_codings(reading, selection, source, *span, passage)
    if passage and codings:
        reading.aliases.setdefault(passage, codings[:1])
    coded = any(True for _coding in children(selection, "Coding"))
    said = content(child(selection, "Description")).strip() or child(selection, "NoteRef") is not None
    if not coded and not said:
        uncoded["empty"] += 1
    elif follows(selection.get("name") or "", source.text[span[0] : span[1]]) is False:
        uncoded["named"] += 1


def _lose_selection(reading: Reading, source: SourceItem, selection: etree._Element, *, outside: bool) -> None:
    count = count_codings(selection)
    why = _("Posisjonene ligger utenfor teksten.") if outside else _("Markeringen er tom (lengde 0).")
    reading.ledger.lost(_("Kodinger") if count else _("Markering"), source.name, why, max(count, 1))


def _list_uncoded(reading: Reading, source: SourceItem, uncoded: Counter[str]) -> None:
    why = _("Markeringene har verken kode, memo eller merknad.")
    reading.ledger.lost(_("Markeringer"), source.name, why, uncoded["empty"])
    why = _("Markeringer har ikke egne navn i Kodebenk.")
    reading.ledger.lost(_("Navn på markeringer"), source.name, why, uncoded["named"])


def _read_whole(reading: Reading, source: SourceItem, element: etree._Element) -> None:
    """Codings on the source as a whole become codings on all of its text."""
    count = sum(local(each) == "Coding" for each in element)
    if not count:
        return
    if not source.text:
        why = _("Hele kilden er kodet, men den har ingen tekst.")
        reading.ledger.lost(_("Kodinger"), source.name, why, count)
        return
    why = _("Koder på hele kilden er satt på hele teksten.")
    reading.ledger.mended(_("Kodinger"), source.name, why, count)
    take_codings(reading, element, source, 0, len(source.text), "")


def with_original(source: SourceItem, name: str, data: bytes | None) -> SourceItem:
    """The source with the original file that it was made from, when that is at hand."""
    return replace(source, file_name=name, content=data) if data else source
