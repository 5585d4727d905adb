"""A `.qdpx` archive, or a bare project file, opened with suspicion: its XML, and the files beside it by name."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from gettext import gettext as _
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from corpus.archives import open_container, read_part
from corpus.errors import UnreadableSource
from corpus.safe_xml import parse_xml
from exports.interchange.errors import UnreadableProject
from exports.interchange.refi.ledger import Ledger
from exports.interchange.refi.names import INNER_FILE
from exports.interchange.refi.structure import local

_ROOTS = ("Project", "CodeBook")
_EXTERNAL = ("relative:", "absolute:", "http:", "https:", "file:", "ftp:")
_BARE = re.compile(rb"&(?!#?\w{1,40};)|<(?=[\s\d=])")
"""Signs that begin neither a reference nor a tag."""
_HEAD = 2000
"""Bytes among which a project says who wrote it."""


@dataclass(slots=True, kw_only=True)
class Package:
    """An opened project: the root of its XML, and where its files are."""

    path: Path
    root: etree._Element
    archive: zipfile.ZipFile | None = None
    inner: str = ""
    members: Mapping[str, str] = field(default_factory=dict)
    """Name of a file without folder, in small letters, to its name in the archive."""
    used: set[str] = field(default_factory=set)
    """Names in the archive that something has referred to."""

    def file(self, reference: str) -> bytes | None:
        """The bytes of a file that the XML refers to, or None when it is not in the archive or lies outside.

        The name is looked up among the names in the archive and never used as a path; what lies outside is not opened.

        Raises:
            UnreadableProject: The archive is damaged there.
        """
        name = self.member(reference)
        if self.archive is None or not name:
            return None
        self.used.add(name)
        try:
            return read_part(self.path, self.archive, name)
        except UnreadableSource as error:
            raise UnreadableProject(self.path, error.reason) from error

    def member(self, reference: str) -> str:
        """The name in the archive that a reference means; empty when there is none."""
        if is_external(reference):
            return ""
        name = base_name(reference).lower()
        return self.members.get(name) or self.members.get(unquote(name)) or ""

    def strays(self) -> tuple[str, ...]:
        """Names in the archive that nothing referred to."""
        return tuple(sorted(name for name in self.members.values() if name not in self.used and name != self.inner))


def is_external(reference: str) -> bool:
    """Whether a reference leads out of the archive."""
    return reference.strip().lower().startswith(_EXTERNAL)


def base_name(reference: str) -> str:
    """The file's name in a reference, without folders."""
    return re.split(r"[/\\]", reference.strip())[-1]


def open_package(path: Path, data: bytes, ledger: Ledger) -> Package:
    """The project in the bytes of a `.qdpx`, or of a bare `.qde` or `.qdc`.

    Raises:
        UnreadableProject: It is damaged, hostile, or no REFI-QDA file.
    """
    if not data.startswith(b"PK"):
        return Package(path=path, root=parse(path, data, ledger))
    try:
        archive = open_container(path, data)
        names = [info.filename for info in archive.infolist() if not info.is_dir()]
        inner = _inner_file(path, names, ledger)
        found = read_part(path, archive, inner)
    except UnreadableSource as error:
        raise UnreadableProject(path, error.reason) from error
    members: dict[str, str] = {}
    for name in sorted(names, key=lambda each: ("sources/" not in each.lower(), each)):
        members.setdefault(base_name(name).lower(), name)
    return Package(
        path=path, root=parse(path, found or b"", ledger, inner), archive=archive, inner=inner, members=members
    )


def parse(path: Path, data: bytes, ledger: Ledger, part: str = "") -> etree._Element:
    """The root of a REFI-QDA document, signs that were to be escaped (QualCoder writes annotations as they are) mended.

    Raises:
        UnreadableProject: It is not well-formed, has a document type, is too large, or is another kind of document.
    """
    named = part or path.name
    try:
        root = parse_xml(path, data, named)
    except UnreadableSource as error:
        escaped, count = _escaped(data)
        if not count:
            raise UnreadableProject(path, error.reason + _instead(data)) from error
        try:
            root = parse_xml(path, escaped, named)
        except UnreadableSource:
            raise UnreadableProject(path, error.reason + _instead(data)) from error
        why = _("Tegnene & og < skal skrives om i XML; der det ikke var gjort, er de lest som seg selv.")
        ledger.mended(_("XML"), named, why, count)
    if local(root) not in _ROOTS:
        reason = _(
            "{part} er XML, men ikke REFI-QDA: det ytterste elementet er {root}, ventet var Project eller CodeBook."
        )
        raise UnreadableProject(path, reason.format(part=named, root=local(root)[:60]))
    return root


def _escaped(data: bytes) -> tuple[bytes, int]:
    """The XML with every `&` and `<` escaped that cannot be anything else than itself, and how many they were."""
    if b"\0" in data or b"<![CDATA[" in data:
        return data, 0
    return _BARE.subn(lambda found: b"&amp;" if found[0] == b"&" else b"&lt;", data)


def _instead(data: bytes) -> str:
    """What more can be done about a damaged file from QualCoder, which writes what it cannot read itself."""
    if b'origin="QualCoder' not in data[:_HEAD]:
        return ""
    return " " + _(
        "QualCoder skriver tegnene < og & i annotasjoner slik at filen blir ugyldig: ta tegnene ut av annotasjonene der og "
        "eksporter på nytt, eller importer prosjektmappen (.qda) i stedet."
    )


def _inner_file(path: Path, names: list[str], ledger: Ledger) -> str:
    """The name of the project file in the archive: `project.qde`, or whatever the tool called it."""
    found = [name for name in names if name.lower().endswith(".qde") and not name.startswith("__MACOSX")]
    if not found:
        reason = _("Arkivet har ingen prosjektfil (project.qde), så det er ikke et REFI-QDA-prosjekt.")
        raise UnreadableProject(path, reason)
    ordered = sorted(
        found, key=lambda name: (name.count("/") + name.count("\\"), base_name(name).lower() != INNER_FILE, name)
    )
    chosen = ordered[0]
    if chosen != INNER_FILE:
        why = _("Prosjektfilen skal hete project.qde og ligge ytterst i arkivet.")
        ledger.mended(_("Prosjektfil"), chosen, why)
    for name in ordered[1:]:
        ledger.lost(_("Prosjektfil"), name, _("Arkivet har flere prosjektfiler; bare den første er lest."))
    return chosen
