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
        "CodeBook": ("Codes", "Code", "Sets"),
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
        "PDFSource": ("Description", "PDFSelection", "Representation", "PlainTextSelection", *_MEDIA_END),
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
"""Element to its children, in the order that the schemas ask for; and to two that are read though the schemas lack them."""

_CONTAINERS = frozenset({"Users", "Codes", "Variables", "Cases", "Sources", "Notes", "Links", "Sets", "Graphs"})
_ONCE = (_CONTAINERS - {"Codes"}) | {
    "Description", "PlainTextContent", "Representation", "TextDescription", "CodeBook",
}  # fmt: skip
"""What stands at most once in another element; of several only the first is read."""
_ATTRIBUTES = frozenset(
    {
        "basePath", "begin", "color", "creatingUser", "creatingUserGUID", "creationDateTime", "currentPath", "direction",
        "end", "endPosition", "firstX", "firstY", "fromSyncPoint", "guid", "id", "isCodable", "lineStyle",
        "modifiedDateTime", "modifyingUser", "modifyingUserGUID", "name", "origin", "originGUID", "page", "path",
        "plainTextPath", "position", "representedGUID", "richTextPath", "secondX", "secondY", "shape", "sourceVertex",
        "startPosition", "targetGUID", "targetVertex", "timeStamp", "toSyncPoint", "typeOfVariable",
    }
)  # fmt: skip
"""Every attribute of the schemas."""
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
    repeated: Counter[tuple[str, str]] = Counter()
    strange: Counter[tuple[str, str]] = Counter()
    empty: Counter[str] = Counter()
    disordered: Counter[str] = Counter()
    for element in root.iter():
        name = local(element)
        allowed = CHILDREN.get(name, ())
        found = [local(inner) for inner in element if local(inner)]
        for inner in found:
            if inner not in allowed and (name in CHILDREN or inner in CHILDREN):
                unknown[name, inner] += 1
        strange.update(
            (name, each) for each in map(str, element.attrib) if each not in _ATTRIBUTES and not each.startswith("{")
        )
        if len(found) > 1:
            many = Counter(inner for inner in found if inner in _ONCE)
            repeated.update({(name, inner): count - 1 for inner, count in many.items() if count > 1})
        if name in _CONTAINERS and not found:
            empty[name] += 1
        places = [allowed.index(inner) for inner in found if inner in allowed]
        if name not in _UNORDERED and places != sorted(places):
            disordered[name] += 1
    _list(unknown, empty, disordered, ledger)
    for (outer, inner), count in repeated.items():
        why = _("Elementet skal bare finnes én gang der; bare det første er lest.")
        ledger.lost(_("XML-element"), f"{outer}/{inner}", why, count)
    for (outer, inner), count in strange.items():
        why = _("Attributtet er ukjent i standarden og er ikke lest.")
        ledger.lost(_("XML-attributt"), f"{outer}/{inner}", why, count)


def _list(unknown: Counter[tuple[str, str]], empty: Counter[str], disordered: Counter[str], ledger: Ledger) -> None:
    for (outer, inner), count in unknown.items():
        why = _("Elementet hører ikke hjemme der i standarden og er ikke lest.")
        ledger.lost(_("XML-element"), f"{outer}/{inner}", why, count)
    for name, count in empty.items():
        ledger.mended(_("XML-element"), name, _("Elementet er tomt; standarden krever innhold."), count)
    for name, count in disordered.items():
        ledger.mended(_("XML-element"), name, _("Innholdet står i en annen rekkefølge enn standarden krever."), count)
