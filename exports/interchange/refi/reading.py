"""REFI-QDA projects read: `.qdpx`, and the bare `.qde` that some tools write beside it."""

from __future__ import annotations

from contextlib import nullcontext
from gettext import gettext as _
from pathlib import Path

from lxml import etree

from exports.interchange.model import Bundle, Person
from exports.interchange.refi.balance import list_unmet
from exports.interchange.refi.codes_reading import read_codes
from exports.interchange.refi.context import Pin, Reading, moment, own_guid, pin_notes
from exports.interchange.refi.conventions import sort_links, tied_cases, tied_notes, tied_sets, tied_sources
from exports.interchange.refi.facts import project_guid, read_survey
from exports.interchange.refi.groups_reading import list_graphs, read_cases, read_links, read_sets, read_variables
from exports.interchange.refi.ledger import Ledger
from exports.interchange.refi.media_reading import read_pdf, read_picture, read_recording
from exports.interchange.refi.names import CODEBOOK_NAMESPACE, ORIGIN, PROJECT_NAMESPACE
from exports.interchange.refi.notes_reading import placed_notes, read_notes
from exports.interchange.refi.package import Package, open_package
from exports.interchange.refi.sources_reading import read_text_source
from exports.interchange.refi.structure import child, children, content, inspect, local


def read_qdpx(path: Path, data: bytes) -> Bundle:
    """The project in the bytes of a `.qdpx`, or of a bare project file; what was lost or wrong is listed in it.

    Raises:
        UnreadableProject: It is damaged, hostile, or no REFI-QDA file.
    """
    ledger = Ledger()
    package = open_package(path, data, ledger)
    # While the archive is open, documents in it count as inside it.
    with package.archive or nullcontext():
        reading = begin(package, ledger)
        return _read_project(reading) if local(package.root) == "Project" else read_codebook(reading)


def begin(package: Package, ledger: Ledger) -> Reading:
    """A reading with what the root says, and a list of what is out of order in the whole document."""
    root = package.root
    inspect(root, ledger)
    tool, name = root.get("origin") or "", root.get("name") or ""
    namespace = str(root.tag).rpartition("}")[0].lstrip("{")
    if namespace not in (PROJECT_NAMESPACE, CODEBOOK_NAMESPACE):
        why = _("Filen bruker et annet navnerom enn standardens versjon 1.0.")
        ledger.mended(_("XML-navnerom"), namespace or _("(uten)"), why)
    seed = "\x1f".join((name, root.get("creationDateTime") or "", tool.split(" ")[0]))
    return Reading(package=package, ledger=ledger, tool=tool, seed=seed, own=tool.startswith(ORIGIN))


def read_codebook(reading: Reading) -> Bundle:
    """The codes and sets of a codebook."""
    root = reading.package.root
    codes = read_codes(reading, root)
    sets = tuple(read_sets(reading, child(root, "Sets")))
    if not codes:
        reading.ledger.mended(_("Kodebok"), reading.package.path.name, _("Kodeboken har ingen koder."))
    return Bundle(
        tool=reading.tool, title=root.get("name") or "", codes=codes, sets=sets, losses=reading.ledger.entries()
    )


def _read_project(reading: Reading) -> Bundle:
    root = reading.package.root
    _read_people(reading, child(root, "Users"))
    read_notes(reading, child(root, "Notes"))
    codebook = child(root, "CodeBook")
    codes = read_codes(reading, codebook)
    variables, fields = read_variables(reading, child(root, "Variables"))
    _read_sources(reading, child(root, "Sources"))
    facts = pin_notes(reading, root, Pin(kind="project"))
    cases = read_cases(reading, child(root, "Cases"), fields)
    sets = [*read_sets(reading, child(root, "Sets")), *read_sets(reading, child(codebook, "Sets"))]
    read_links(reading, child(root, "Links"))
    list_graphs(reading, child(root, "Graphs"))
    notes = placed_notes(reading)
    ties, links = sort_links(reading.links)
    _list_strays(reading)
    list_unmet(reading)
    created, modified = moment(reading, root, "creationDateTime"), moment(reading, root, "modifiedDateTime")
    return Bundle(
        tool=reading.tool,
        guid=next((guid for each in facts if (guid := project_guid(each))), ""),
        title=root.get("name") or "",
        description=_description(reading),
        created=created,
        modified=modified,
        people=tuple(reading.people.values()),
        codes=codes,
        sources=tied_sources(reading.sources.values(), ties),
        codings=tuple(reading.codings),
        notes=tied_notes(notes, ties, cases, sets),
        variables=variables,
        cases=tied_cases(cases, ties),
        sets=tied_sets(sets, ties),
        links=links,
        surveys=tuple(survey for each in facts if (survey := read_survey(each)) is not None),
        losses=reading.ledger.entries(),
    )


def _description(reading: Reading) -> str:
    """What the project says of itself; QualCoder writes `None` where nothing is said."""
    said = content(child(reading.package.root, "Description"))
    return "" if said.strip() == "None" and reading.tool.startswith("QualCoder") else said


def _read_people(reading: Reading, users: etree._Element | None) -> None:
    for element in children(users, "User"):
        guid = own_guid(reading, element, "person")
        reading.people[guid] = Person(guid=guid, name=element.get("name") or element.get("id") or "")


def _read_sources(reading: Reading, sources: etree._Element | None) -> None:
    """Texts first: a transcript of a recording may be one of them."""
    for element in children(sources, "TextSource"):
        read_text_source(reading, element)
    for element in children(sources, "PDFSource", "PictureSource", "AudioSource", "VideoSource"):
        match local(element):
            case "PDFSource":
                read_pdf(reading, element)
            case "PictureSource":
                read_picture(reading, element)
            case _:
                read_recording(reading, element)


def _list_strays(reading: Reading) -> None:
    for name in reading.package.strays():
        why = _("Filen ligger i arkivet, men ingenting viser til den.")
        if name.rpartition("/")[2].startswith("."):
            reading.ledger.mended(_("Fil i arkivet"), name, why)
        else:
            reading.ledger.lost(_("Fil i arkivet"), name, why)
