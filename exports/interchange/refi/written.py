"""What a writer has at hand while it builds a document, and what it hands over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from gettext import gettext as _
from importlib.metadata import version

from lxml import etree

from exports.interchange.model import Bundle, Loss
from exports.interchange.refi.ledger import Ledger
from exports.interchange.refi.names import FACTS, ORIGIN, PROJECT_NAMESPACE, SOURCES_FOLDER
from exports.interchange.refi.numbering import Numbering
from exports.interchange.refi.plain import encodable
from exports.interchange.refi.values import as_colour, as_moment, made_guid
from exports.packaging import printable

LONGEST_INLINE = 500_000
"""Code points of a note above which it is a file of its own: parsers set bounds to the size of one text in XML."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A file ready to be saved, and what it could not hold."""

    content: bytes
    losses: tuple[Loss, ...] = ()


@dataclass(slots=True, kw_only=True)
class Writing:
    """A project half written."""

    bundle: Bundle
    numbering: Numbering
    ledger: Ledger = field(default_factory=Ledger)
    namespace: str = PROJECT_NAMESPACE
    files: dict[str, bytes] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    """Text of a note of facts to the GUID it has."""

    def element(self, tag: str, /, **attributes: str) -> etree._Element:
        """An element of the format."""
        nsmap: dict[str | None, str] = {None: self.namespace}
        return etree.Element(f"{{{self.namespace}}}{tag}", self._clean(attributes), nsmap=nsmap)  # type: ignore[arg-type]

    def add(self, parent: etree._Element, tag: str, /, **attributes: str) -> etree._Element:
        """A child element."""
        return etree.SubElement(parent, f"{{{self.namespace}}}{tag}", self._clean(attributes))

    def say(self, parent: etree._Element, tag: str, text: str) -> etree._Element:
        """A child element with text."""
        child = self.add(parent, tag)
        child.text = self._legal(text)
        return child

    def describe(self, parent: etree._Element, text: str) -> None:
        """A description, where there is one."""
        if text:
            self.say(parent, "Description", text)

    def refer(self, parent: etree._Element, tag: str, guid: str) -> None:
        """A reference to a thing by its GUID."""
        self.add(parent, tag, targetGUID=guid)

    def state(self, holder: etree._Element, text: str) -> None:
        """Notes facts down on an element that can refer to notes; nothing where there are none."""
        if text:
            guid = self.facts.setdefault(text, made_guid(self.numbering.seed, "facts", text))
            self.refer(holder, "NoteRef", guid)

    def write_note(
        self, notes: etree._Element, text: str, description: str = "", *, apart: bool = False, **attributes: str
    ) -> None:
        """A note, with its text in the XML unless it is to be apart, or the XML cannot hold it."""
        text = encodable(text).lstrip("\ufeff")
        if not apart and len(text) <= LONGEST_INLINE and printable(text) == text:
            note = self.add(notes, "Note", **attributes)
            self.describe(note, description)
            self.say(note, "PlainTextContent", text)
        else:
            path = self.file(attributes["guid"], "txt", text.encode())
            self.describe(self.add(notes, "Note", plainTextPath=path, **attributes), description)

    def write_facts(self, notes: etree._Element, written: str) -> None:
        """The notes of facts that elements were made to refer to.

        Args:
            written: When the file is written: QualCoder stops at a note without any date.
        """
        for text, guid in self.facts.items():
            self.write_note(notes, text, guid=guid, name=FACTS, modifiedDateTime=written)

    def file(self, guid: str, suffix: str, data: bytes) -> str:
        """Puts a file into the archive; gives the path that the XML refers to it by."""
        name = f"{guid}.{suffix}"
        self.files[f"{SOURCES_FOLDER}{name}"] = data
        return f"internal://{name}"

    def user(self, attribute: str, identity: str) -> Mapping[str, str]:
        """The attribute that names a person, where the bundle has that person."""
        if self.numbering.known("person", identity):
            return {attribute: self.numbering.of("person", identity)}
        if identity:
            self.ledger.lost(_("Bruker"), identity, _("Brukeren finnes ikke i prosjektet; navnet er utelatt."))
        return {}

    def moment(self, attribute: str, text: str) -> Mapping[str, str]:
        """The attribute that tells a time, where it is one."""
        found = as_moment(text)
        if text and not found:
            self.ledger.lost(_("Tidspunkt"), text[:40], _("Tidspunktet kan ikke leses og er utelatt."))
        return {attribute: found} if found else {}

    def colour(self, text: str, name: str) -> Mapping[str, str]:
        """The attribute that gives a colour, where it is one."""
        found, _standard = as_colour(text)
        if text and not found:
            self.ledger.lost(_("Farge"), name, _("Fargen kan ikke leses og er utelatt."))
        return {"color": found} if found else {}

    def _clean(self, attributes: Mapping[str, str]) -> dict[str, str]:
        return {name: self._legal(value) for name, value in attributes.items()}

    def _legal(self, text: str) -> str:
        legal = printable(text)
        if legal != text:
            why = _("XML kan ikke holde tegnene; de er skrevet som \ufffd.")
            count = sum(1 for before, after in zip(text, legal, strict=True) if before != after)
            self.ledger.lost(_("Kontrolltegn"), legal[:60], why, count)
        return legal


def origin(bundle: Bundle) -> str:
    """Who wrote the file."""
    return bundle.tool if bundle.tool.startswith(ORIGIN) else f"{ORIGIN} {version('kodebenk')}"


def serialised(root: etree._Element) -> bytes:
    """The document as bytes in UTF-8."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=False)
