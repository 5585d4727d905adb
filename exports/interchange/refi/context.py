"""What is gathered while a project is read, and the questions every part of the reading asks of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from gettext import gettext as _

from lxml import etree

from exports.interchange.model import CodingItem, LinkItem, NoteItem, NoteTarget, Person, SourceItem
from exports.interchange.refi.facts import Facts
from exports.interchange.refi.ledger import Ledger
from exports.interchange.refi.package import Package
from exports.interchange.refi.structure import children, local
from exports.interchange.refi.values import as_guid, as_moment, made_guid


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """A place that refers to a note."""

    kind: NoteTarget
    target: str = ""
    start: int = 0
    end: int = 0


@dataclass(slots=True, kw_only=True)
class Reading:
    """A project half read."""

    package: Package
    ledger: Ledger
    tool: str = ""
    seed: str = ""
    """What GUIDs are made from where the file has none."""
    own: bool = False
    """Whether Kodebenk wrote the file."""
    people: dict[str, Person] = field(default_factory=dict)
    sources: dict[str, SourceItem] = field(default_factory=dict)
    codings: list[CodingItem] = field(default_factory=list)
    notes: dict[str, NoteItem] = field(default_factory=dict)
    facts: dict[str, Facts] = field(default_factory=dict)
    """GUID of a note of Kodebenk's own to what it says."""
    applied: set[str] = field(default_factory=set)
    """Those of them that something has referred to."""
    pins: dict[str, list[Pin]] = field(default_factory=dict)
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)
    """GUID of a note to the place that it says itself it is about, in a source that refers to it."""
    links: list[LinkItem] = field(default_factory=list)
    met: Counter[str] = field(default_factory=Counter)
    """Kind of element to how many of them have been read."""
    taken: dict[str, set[str]] = field(default_factory=dict)
    """Kind of thing to the GUIDs that are taken."""
    repeats: dict[tuple[str, str, str], int] = field(default_factory=dict)
    """(kind, GUID or none, name) to how many GUIDs were made for it."""
    aliases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """GUID of something that became something else (a recording its transcripts, a selection its first coding)."""
    texts: dict[str, str] = field(default_factory=dict)
    """Reference to a text file to the GUID of the source that it became."""
    counting: dict[str, Callable[[int, int], tuple[int, int] | None]] = field(default_factory=dict)
    """GUID of a source to how the file's positions in it are read."""
    values: dict[str, list[etree._Element]] = field(default_factory=dict)
    """GUID of a source to the variable values that stand on it."""


def reference(text: str | None) -> str:
    """A GUID as all ways to write it are read; something else gives one of its own, so that references still meet."""
    stripped = (text or "").strip()
    return as_guid(stripped) or (made_guid("reference", stripped) if stripped else "")


def own_guid(reading: Reading, element: etree._Element, kind: str) -> str:
    """The GUID of an element; one is made where it has none, or where another of its kind has the same."""
    raw, name = element.get("guid") or "", element.get("name") or ""
    found = reference(raw)
    taken = reading.taken.setdefault(kind, set())
    what = local(element)
    reading.met[what] += 1
    if not found:
        reading.ledger.mended(_("GUID"), what, _("GUID mangler; en fast GUID er laget."))
    elif not as_guid(raw):
        reading.ledger.mended(_("GUID"), what, _("GUID-en er ikke gyldig; en fast GUID er laget av den."))
    if found in taken:
        reading.ledger.mended(_("GUID"), what, _("GUID-en er brukt før; en ny, fast GUID er laget."))
    same = kind, found, name
    guid = found
    while not guid or guid in taken:
        number = reading.repeats[same] = reading.repeats.get(same, 0) + 1
        guid = made_guid(reading.seed, *same, str(number))
    taken.add(guid)
    return guid


def moment(reading: Reading, element: etree._Element, *attributes: str) -> str:
    """The first of the attributes that is there, in UTC; empty when none is, or it is no moment."""
    raw = next((value for name in attributes if (value := element.get(name))), "")
    found = as_moment(raw)
    if raw and not found:
        reading.ledger.lost(_("Tidspunkt"), raw[:40], _("Tidspunktet kan ikke leses og er utelatt."))
    elif found and not raw.rstrip().upper().endswith("Z") and not _has_zone(raw):
        reading.ledger.mended(_("Tidspunkt"), local(element), _("Tidssonen mangler; tidspunktet er lest som UTC."))
    return found


def person(reading: Reading, *raws: str | None) -> str:
    """The GUID of the first user named; a user whom the file does not list becomes a person without a name."""
    found = next((guid for raw in raws if (guid := reference(raw))), "")
    if found and found not in reading.people:
        reading.people[found] = Person(guid=found, name="")
        reading.ledger.mended(_("Bruker"), found, _("Brukeren er nevnt, men står ikke i brukerlisten."))
    return found


def pin_notes(reading: Reading, holder: etree._Element, pin: Pin) -> list[Facts]:
    """Notes down which notes the element refers to; facts of Kodebenk's own among them are given back."""
    found = []
    for each in children(holder, "NoteRef"):
        guid = reference(each.get("targetGUID"))
        if guid in reading.facts and pin.kind in ("source", "coding", "project"):
            found.append(reading.facts[guid])
            reading.applied.add(guid)
        elif guid in reading.notes:
            reading.pins.setdefault(guid, []).append(pin)
        else:
            why = _("Memoet det vises til finnes ikke i filen.")
            reading.ledger.lost(_("Henvisning til memo"), local(holder), why)
    return found


def unpin_notes(reading: Reading, elements: Iterable[etree._Element]) -> None:
    """Lists the notes on something that does not come along: they stay in the project."""
    for element in elements:
        for each in element.iter():
            guid = reference(each.get("targetGUID")) if local(each) == "NoteRef" else ""
            if guid in reading.notes:
                why = _("Det memoet var festet til kom ikke med; memoet står på prosjektet.")
                reading.ledger.mended(_("Memo"), reading.notes[guid].title, why)


def count_codings(element: etree._Element) -> int:
    """How many codings there are anywhere in the element."""
    return sum(local(each) == "Coding" for each in element.iter())


def count_values(element: etree._Element) -> int:
    """How many values of variables there are anywhere in the element."""
    return sum(local(each) == "VariableValue" for each in element.iter())


def known(reading: Reading, guid: str, *kinds: str) -> tuple[str, ...]:
    """What a GUID stands for among what came along: itself, what it became, or nothing."""
    if any(guid in reading.taken.get(kind, ()) for kind in kinds):
        return (guid,)
    became = reading.aliases.get(guid, ())
    return tuple(each for each in became if any(each in reading.taken.get(kind, ()) for kind in kinds))


def _has_zone(raw: str) -> bool:
    clock = raw.rpartition("T")[2]
    return "+" in clock or "-" in clock or "T" not in raw
