"""What the styles of a Word document say that a paragraph is.

Style ids are localised (`INNH1`, `Bildetekst`), the names behind them are not (`toc 1`, `caption`); a template's own style
is what it is based on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import regex
from lxml import etree

from corpus.model import RegionKind

StyleKind = RegionKind | Literal["title"]

_NAMES: Mapping[str, StyleKind] = {
    "caption": "caption",
    "table of figures": "contents",
    "toc heading": "contents",
    "table of authorities": "contents",
    "bibliography": "references",
    "footnote text": "footnote",
    "endnote text": "footnote",
    "title": "title",
}
_TOC = regex.compile(r"toc [1-9]")
_GALLERIES: Mapping[str, RegionKind] = {"table of contents": "contents", "bibliographies": "references"}
_DEEPEST = 12
"""How many styles may be based on each other before the chain is taken for a circle."""


def style_kinds(styles: etree._Element | None) -> dict[str, StyleKind]:
    """The kind for each style id whose name, or the name it is based on, tells of one."""
    if styles is None:
        return {}
    names: dict[str, str] = {}
    based: dict[str, str] = {}
    for style in styles:
        identifier = _value(style, "styleId")
        for child in style:
            if _name(child) == "name":
                names[identifier] = _value(child, "val").strip().casefold()
            elif _name(child) == "basedOn":
                based[identifier] = _value(child, "val")
    found: dict[str, StyleKind] = {}
    for identifier in names:
        current = identifier
        for _step in range(_DEEPEST):
            kind = _kind(names.get(current, ""))
            if kind is not None:
                found[identifier] = kind
                break
            current = based.get(current, "")
    return found


def gallery_kind(control: etree._Element) -> RegionKind | None:
    """What Word built into a content control: a list of contents, a list of references, or nothing of the kind."""
    for element in control.iter():
        if _name(element) == "sdtContent":
            return None
        if _name(element) == "docPartGallery":
            return _GALLERIES.get(_value(element, "val").strip().casefold())
    return None


def _kind(name: str) -> StyleKind | None:
    return "contents" if _TOC.fullmatch(name) else _NAMES.get(name)


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _value(element: etree._Element, name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), "")
