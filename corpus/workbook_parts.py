"""The XML parts of an Excel workbook; the large ones are told element by element, so that no tree is built of them."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from gettext import gettext as _
from pathlib import Path
from typing import Protocol

from lxml import etree

from corpus.archives import parse_part, read_part
from corpus.cell_values import text_of
from corpus.errors import UnreadableSource
from corpus.grids import MOST_CELLS
from corpus.safe_xml import checked_xml, unparsed
from corpus.text import normalise

_CHUNK = 1 << 20
_MOST_MARKS = 10 * MOST_CELLS
"""Signs that begin tags or values: a cell with a number has seven, one with a formula or looks of its own some more."""
_MOST_BYTES = 20_000_000
"""Size of the parts that say what the workbook holds: relations, styles, the list of sheets."""


class Target(Protocol):
    """What is told of a part as it is read, element by element, so that no tree is built of it."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None: ...
    def end(self, tag: str) -> None: ...
    def data(self, text: str) -> None: ...


class RefusedPart(Exception):
    """A part has a document type, or more in it than a table can have; `str()` is the reason."""


@dataclass(slots=True)
class _Guarded:
    """Passes a part on without namespaces, and refuses a document type before anything in it counts."""

    target: Target

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.target.start(_local(tag), {_local(name): value for name, value in attributes.items()})

    def end(self, tag: str) -> None:
        self.target.end(_local(tag))

    def data(self, text: str) -> None:
        self.target.data(text)

    def doctype(self, *_declared: str | None) -> None:
        raise RefusedPart(_("Filen inneholder XML som ikke hører hjemme i et regneark, og blir ikke åpnet."))

    def close(self) -> None:
        """Nothing is gathered here."""


@dataclass(slots=True)
class SharedStrings:
    """Gathers the texts that cells share; runs of letters with different looks are one text, readings of signs are not."""

    texts: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    taking: bool = False
    aside: bool = False

    def start(self, tag: str, _attributes: Mapping[str, str]) -> None:
        if tag == "si":
            self.pieces = []
        elif tag == "rPh":
            self.aside = True
        self.taking = tag == "t" and not self.aside

    def end(self, tag: str) -> None:
        if tag == "si":
            if len(self.texts) == MOST_CELLS:
                raise RefusedPart(_("Filen pakkes ut til urimelig mye data og blir ikke åpnet."))
            self.texts.append(normalise(text_of("".join(self.pieces))))
        elif tag == "rPh":
            self.aside = False
        self.taking = False

    def data(self, text: str) -> None:
        if self.taking:
            self.pieces.append(text)


@lru_cache(maxsize=1024)
def _local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition("}")[2]


def feed(path: Path, archive: zipfile.ZipFile, name: str, target: Target) -> bool:
    """Tells the target of a part; False when the archive has no such part.

    Raises:
        UnreadableSource: if the part is damaged, has a document type or an unusual encoding, has far more elements than
            cells can have, or the target refuses it.
    """
    data = read_part(path, archive, name)
    if data is None:
        return False
    data = checked_xml(path, data, name, most_marks=_MOST_MARKS)
    parser = etree.XMLParser(
        target=_Guarded(target),  # type: ignore[arg-type]
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        for start in range(0, len(data), _CHUNK):
            parser.feed(data[start : start + _CHUNK])
        parser.close()
    except RefusedPart as error:
        raise UnreadableSource(path, str(error)) from error
    except (etree.XMLSyntaxError, ValueError) as error:
        raise unparsed(path, name, error) from error
    return True


def tags(path: Path, archive: zipfile.ZipFile, name: str, *wanted: str) -> list[tuple[str, dict[str, str]]]:
    """The elements of these names in a part with their attributes, in order; none when the archive has no such part.

    Raises:
        UnreadableSource: if the part is damaged.
    """
    root = parse_part(path, archive, name, most=_MOST_BYTES)
    if root is None:
        return []
    return [
        (_local(str(element.tag)), {_local(str(key)): str(value) for key, value in element.attrib.items()})
        for element in root.iter(*(f"{{*}}{tag}" for tag in wanted))
    ]


def main_part(path: Path, archive: zipfile.ZipFile) -> str:
    """The name of the workbook's own part."""
    for _tag, relation in tags(path, archive, "_rels/.rels", "Relationship"):
        if relation.get("Type", "").endswith("/officeDocument"):
            return relation.get("Target", "").lstrip("/")
    return "xl/workbook.xml"


def relations(path: Path, archive: zipfile.ZipFile, main: str) -> dict[str, tuple[str, str]]:
    """Id to the last word of the relation's type and the part in the archive; what lies outside the file is no part."""
    folder, name = posixpath.split(main)
    found: dict[str, tuple[str, str]] = {}
    for _tag, relation in tags(path, archive, posixpath.join(folder, "_rels", f"{name}.rels"), "Relationship"):
        if relation.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
            found[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], target)
    return found
