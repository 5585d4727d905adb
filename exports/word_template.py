"""The Word template a report is poured into: its styles by whatever name they have, and its page.

A Word style is found by the name that Word keeps in English inside the file, then by its Norwegian name, then by its
id. A style that the template lacks is copied from the default template: a report never falls back to plain text.
"""

from __future__ import annotations

import copy
import io
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from gettext import gettext as _
from importlib.resources import files
from typing import Any, Literal, TypeAlias

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree

from exports.errors import ExportError
from exports.packaging import pack, unpack

Role = Literal[
    "title", "subtitle", "heading 1", "heading 2", "heading 3", "heading 4", "quote", "list", "bullet", "caption",
    "header", "footer", "contents heading", "contents", "strong", "table",
]  # fmt: skip
Styles: TypeAlias = dict[Role, str]
"""Style id for each role."""
Element: TypeAlias = Any
"""An lxml element; python-docx has its own classes for them, and no types."""

# The name inside the file is English in every language version of Word; the second is what Norwegian Word shows, and
# what other programs and hand-made templates may have written.
_NAMES: dict[Role, tuple[str, str]] = {
    "title": ("Title", "Tittel"),
    "subtitle": ("Subtitle", "Undertittel"),
    "heading 1": ("heading 1", "Overskrift 1"),
    "heading 2": ("heading 2", "Overskrift 2"),
    "heading 3": ("heading 3", "Overskrift 3"),
    "heading 4": ("heading 4", "Overskrift 4"),
    "quote": ("Quote", "Sitat"),
    "list": ("List Paragraph", "Listeavsnitt"),
    "bullet": ("List Bullet", "Punktliste"),
    "caption": ("caption", "Bildetekst"),
    "header": ("header", "Topptekst"),
    "footer": ("footer", "Bunntekst"),
    "contents heading": ("TOC Heading", "Overskrift for innholdsfortegnelse"),
    "contents": ("toc 1", "INNH 1"),
    "strong": ("Strong", "Sterk"),
    "table": ("Table Grid", "Tabellrutenett"),
}
_TYPES: dict[Role, str] = {"strong": "character", "table": "table"}
_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_TYPES_NS = "http://schemas.openxmlformats.org/package/2006/content-types"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}.main+xml"
_CONTENT_TYPES = "[Content_Types].xml"


@cache
def default_template() -> bytes:
    """The template that comes with the program, as a .docx file to start one's own from."""
    text = files("exports").joinpath("templates", "report.xml").read_bytes()
    package = etree.fromstring(text, etree.XMLParser(remove_blank_text=True, resolve_entities=False))
    types = etree.fromstring(f'<Types xmlns="{_TYPES_NS}"/>')
    etree.SubElement(
        types,
        f"{{{_TYPES_NS}}}Default",
        Extension="rels",
        ContentType="application/vnd.openxmlformats-package.relationships+xml",
    )
    parts: dict[str, bytes] = {}
    for part in package.iterchildren(f"{_PKG}part"):
        name = str(part.attrib[f"{_PKG}name"])
        content = part[0][0]
        etree.cleanup_namespaces(content)
        parts[name.lstrip("/")] = _xml(content)
        if not name.endswith(".rels"):
            etree.SubElement(
                types,
                f"{{{_TYPES_NS}}}Override",
                PartName=name,
                ContentType=str(part.attrib[f"{_PKG}contentType"]),
            )
    parts[_CONTENT_TYPES] = _xml(types)
    return pack(parts)


def open_template(template: bytes | None) -> Document:
    """The template as a document that can be written in; a .dotx counts as a .docx.

    Raises:
        ExportError: The bytes are no Word document, or it holds macros.
    """
    source = default_template() if template is None else _as_document(template)
    try:
        document = docx.Document(io.BytesIO(source))
        # Touched here, so that a file without them fails as a template and not in the middle of a report.
        necessary = (document.element.body, document.styles.element, document.sections[0])
    except (OpcError, KeyError, ValueError, AttributeError, IndexError, etree.XMLSyntaxError) as error:
        raise _unusable() from error
    if any(part is None for part in necessary):
        raise _unusable()
    return document


def find_styles(document: Document) -> Styles:
    """The style id for every role a report needs; copies what the template lacks from the default template."""
    styles = document.styles.element
    found: Styles = {role: style_id for role in _NAMES if (style_id := _find(styles, role))}
    if len(found) == len(_NAMES):
        return found
    defaults = docx.Document(io.BytesIO(default_template())).styles.element
    for role in _NAMES:
        # The bullet itself lives in another part of the file, so that style cannot be copied alone.
        if role not in found and role != "bullet":
            found[role] = _adopt(styles, defaults, role)
    found.setdefault("bullet", found["list"])
    return found


def set_language(document: Document, language: str) -> None:
    """Makes the language the default of every style; text in another language says so itself."""
    styles = document.styles.element
    defaults = _child(styles, "w:docDefaults", first=True)
    properties = _child(_child(defaults, "w:rPrDefault", first=True), "w:rPr")
    lang = properties.find(qn("w:lang"))
    if lang is None:
        lang = properties.makeelement(qn("w:lang"))
        properties.append(lang)
    lang.set(qn("w:val"), language)
    # A style with a language of its own would win over the default.
    for own in styles.iterfind(f"{qn('w:style')}/{qn('w:rPr')}/{qn('w:lang')}"):
        if own.get(qn("w:val")):
            own.set(qn("w:val"), language)


def text_width(document: Document) -> int:
    """Width between the margins in twentieths of a point; that of an A4 page when the template does not say."""
    section = document.sections[-1]
    page, left, right = section.page_width, section.left_margin, section.right_margin
    if page is None or left is None or right is None:
        return 9070
    return int((page - left - right) / 635)


def _find(styles: Element, role: Role) -> str | None:
    kind = _TYPES.get(role, "paragraph")
    candidates = [style for style in styles.iterfind(qn("w:style")) if style.get(qn("w:type")) == kind]
    english, norwegian = (name.casefold() for name in _NAMES[role])
    ids = {english.replace(" ", ""), norwegian.replace(" ", "")}
    tests: tuple[Callable[[Element], bool], ...] = (
        lambda style: _name(style) == english,
        lambda style: norwegian in (_name(style), *_aliases(style)) or english in _aliases(style),
        lambda style: style.get(qn("w:styleId"), "").casefold() in ids,
    )
    for test in tests:
        for style in candidates:
            if test(style):
                return str(style.get(qn("w:styleId")))
    return None


def _name(style: Element) -> str:
    name = style.find(qn("w:name"))
    return "" if name is None else str(name.get(qn("w:val"), "")).casefold()


def _aliases(style: Element) -> tuple[str, ...]:
    aliases = style.find(qn("w:aliases"))
    text = "" if aliases is None else str(aliases.get(qn("w:val"), ""))
    return tuple(alias.strip().casefold() for alias in text.split(","))


def _adopt(styles: Element, defaults: Element, role: Role) -> str:
    """Copies the default template's style for the role into the template; returns its id there."""
    wanted = _find(defaults, role)
    original = next(style for style in defaults.iterfind(qn("w:style")) if style.get(qn("w:styleId")) == wanted)
    style = copy.deepcopy(original)
    taken = {other.get(qn("w:styleId")) for other in styles.iterfind(qn("w:style"))}
    style_id = wanted if wanted not in taken else f"Kodebenk{wanted}"
    style.set(qn("w:styleId"), style_id)
    for tag in ("w:basedOn", "w:next"):
        link = style.find(qn(tag))
        if link is None:
            continue
        base = _default_of(styles, _TYPES.get(role, "paragraph"))
        if base is None:
            style.remove(link)
        else:
            link.set(qn("w:val"), base)
    styles.append(style)
    return str(style_id)


def _default_of(styles: Element, kind: str) -> str | None:
    for style in styles.iterfind(qn("w:style")):
        if style.get(qn("w:type")) == kind and style.get(qn("w:default")) in ("1", "true", "on"):
            return str(style.get(qn("w:styleId")))
    return None


def _child(parent: Element, tag: str, *, first: bool = False) -> Element:
    child = parent.find(qn(tag))
    if child is None:
        child = parent.makeelement(qn(tag))
        parent.insert(0, child) if first else parent.append(child)
    return child


def _as_document(template: bytes) -> bytes:
    try:
        parts = unpack(template)
        types = parts[_CONTENT_TYPES].decode("utf-8")
    except (zipfile.BadZipFile, KeyError, UnicodeDecodeError, RuntimeError, EOFError, zlib.error) as error:
        raise _unusable() from error
    if "macroEnabled" in types or any(name.endswith("vbaProject.bin") for name in parts):
        raise ExportError(
            _("Word-malen inneholder makroer og brukes ikke. Lagre den som .docx eller .dotx uten makroer.")
        )
    parts[_CONTENT_TYPES] = types.replace(_MAIN.format("template"), _MAIN.format("document")).encode()
    return pack(parts)


def _unusable() -> ExportError:
    return ExportError(_("Malen er ikke et Word-dokument. Oppgi en mal lagret som .docx eller .dotx."))


def _xml(element: Element) -> bytes:
    return bytes(etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True))
