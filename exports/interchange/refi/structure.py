"""Which elements REFI-QDA has and in which order: what a file does otherwise is listed, and read all the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from gettext import gettext as _
from types import MappingProxyType

from lxml import etree

from exports.interchange.refi.ledger import Ledger

_TEXT = ("Description", "PlainTextContent", "PlainTextSelection", "Coding", "NoteRef", "VariableValue")
_SELECTION = ("Description", "Coding", "NoteRef")
_MEDIA_END = ("Coding", "NoteRef", "VariableValue")

CHILDREN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Project": (
            "Users", "CodeBook", "Variables", "Cases", "Sources", "Notes", "Links", "Sets", "Graphs", "Description",
            "NoteRef",
        ),
        "Users": ("User",),
        "CodeBook": ("Codes", "Sets"),
        "Codes": ("Code",),
        "Code": ("Description", "NoteRef", "Code"),
        "Variables": ("Variable",),
        "Variable": ("Description",),
        "Cases": ("Case",),
        "Case": ("Description", "CodeRef", "VariableValue", "SourceRef", "SelectionRef"),
        "VariableValue": (
            "VariableRef", "TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue", "DateTimeValue",
        ),
        "Sources": ("TextSource", "PictureSource", "PDFSource", "AudioSource", "VideoSource"),
        "TextSource": _TEXT,
        "Representation": _TEXT,
        "TextDescription": _TEXT,
        "Note": _TEXT,
        "PictureSource": ("Description", "TextDescription", "PictureSelection", *_MEDIA_END),
        "PDFSource": ("Description", "PDFSelection", "Representation", *_MEDIA_END),
        "AudioSource": ("Description", "Transcript", "AudioSelection", *_MEDIA_END),
        "VideoSource": ("Description", "Transcript", "VideoSelection", *_MEDIA_END),
        "Transcript": ("Description", "PlainTextContent", "SyncPoint", "TranscriptSelection", "NoteRef"),
        "PlainTextSelection": _SELECTION,
        "PictureSelection": _SELECTION,
        "PDFSelection": ("Description", "Representation", "Coding", "NoteRef"),
        "AudioSelection": _SELECTION,
        "VideoSelection": _SELECTION,
        "TranscriptSelection": _SELECTION,
        "Coding": ("CodeRef", "NoteRef"),
        "Notes": ("Note",),
        "Links": ("Link",),
        "Link": ("NoteRef",),
        "Sets": ("Set",),
        "Set": ("Description", "MemberCode", "MemberSource", "MemberNote"),
        "Graphs": ("Graph",),
        "Graph": ("Vertex", "Edge"),
    }
)  # fmt: skip
"""Element to its children, in the order that the schemas ask for."""

_CONTAINERS = frozenset({"Users", "Codes", "Variables", "Cases", "Sources", "Notes", "Links", "Sets", "Graphs"})
_UNORDERED = frozenset({"Sources"})


def local(element: etree._Element) -> str:
    """The element's name without its namespace; empty for comments and processing instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: etree._Element | None, *names: str) -> Iterator[etree._Element]:
    """The children with one of the names, whatever their namespace."""
    if element is not None:
        for child in element:
            if local(child) in names:
                yield child


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first child with the name, or None."""
    return next(children(element, name), None)


def content(element: etree._Element | None) -> str:
    """All text in the element; empty when there is none."""
    return "" if element is None else "".join(str(piece) for piece in element.itertext())


def inspect(root: etree._Element, ledger: Ledger) -> None:
    """Lists unknown elements, containers with nothing in them, and children in another order than the schema's."""
    unknown: Counter[tuple[str, str]] = Counter()
    empty: Counter[str] = Counter()
    disordered: Counter[str] = Counter()
    for element in root.iter():
        name = local(element)
        allowed = CHILDREN.get(name, ())
        found = [local(inner) for inner in element if local(inner)]
        for inner in found:
            if inner not in allowed and (name in CHILDREN or inner in CHILDREN):
                unknown[name, inner] += 1
        if name in _CONTAINERS and not found:
            empty[name] += 1
        places = [allowed.index(inner) for inner in found if inner in allowed]
        if name not in _UNORDERED and places != sorted(places):
            disordered[name] += 1
    _list(unknown, empty, disordered, ledger)


def _list(unknown: Counter[tuple[str, str]], empty: Counter[str], disordered: Counter[str], ledger: Ledger) -> None:
    for (outer, inner), count in unknown.items():
        why = _("Elementet hører ikke hjemme der i standarden og er ikke lest.")
        ledger.lost(_("XML-element"), f"{outer}/{inner}", why, count)
    for name, count in empty.items():
        ledger.mended(_("XML-element"), name, _("Elementet er tomt; standarden krever innhold."), count)
    for name, count in disordered.items():
        ledger.mended(_("XML-element"), name, _("Innholdet står i en annen rekkefølge enn standarden krever."), count)
