"""The Word template a report is poured into: its styles by whatever name they have, and its page.

A Word style is found by the name that Word keeps in English inside the file, then by its Norwegian name, then by its
id. A style that the template lacks is copied from the default template: a report never falls back to plain text.
"""

from __future__ import annotations

import copy
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
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
from exports.packaging import pack, printable, unpack

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
_FIELD = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_CONTROLS = {
    "tittel": "tittel", "title": "tittel", "prosjekt": "prosjekt", "subject": "prosjekt", "undertittel": "prosjekt",
    "forfatter": "forfattere", "forfattere": "forfattere", "author": "forfattere", "authors": "forfattere",
    "institusjon": "institusjon", "firma": "institusjon", "company": "institusjon", "dato": "dato", "date": "dato",
    "publiseringsdato": "dato", "publish date": "dato", "dataklasse": "dataklasse",
}  # fmt: skip
"""Names that content controls of a cover page go by, in Norwegian and English Word -> the field they hold."""
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
    if own := _own_table_style(document):
        found["table"] = own
    if len(found) == len(_NAMES):
        return found
    defaults = docx.Document(io.BytesIO(default_template())).styles.element
    for role in _NAMES:
        # The bullet itself lives in another part of the file, so that style cannot be copied alone.
        if role not in found and role != "bullet":
            found[role] = _adopt(styles, defaults, role)
    found.setdefault("bullet", found["list"])
    return found


def fill_fields(document: Document, values: Mapping[str, str]) -> bool:
    """Writes what is known where the template asks for it; whether the template shows the title itself.

    A template asks by `{{name}}` in its text, headers, footers and text boxes, or by a content control with such a name,
    as the cover pages of Word have. What is not known leaves its place empty.
    """
    filled: set[str] = set()
    for root in _roots(document):
        for control in root.iter(qn("w:sdt")):
            name = next((_CONTROLS[each] for each in _control_names(control) if each in _CONTROLS), "")
            texts = list(control.iter(qn("w:t")))
            if name in values and texts:
                _write_first(texts, values[name])
                filled.add(name)
        for paragraph in root.iter(qn("w:p")):
            texts = [text for text in paragraph.iter(qn("w:t")) if _paragraph_of(text) is paragraph]
            said = "".join(text.text or "" for text in texts)
            asked = [found for found in _FIELD.findall(said) if found.casefold() in values]
            if asked:
                _write_first(texts, _FIELD.sub(lambda m: values.get(m[1].casefold(), m[0]), said))
                filled.update(each.casefold() for each in asked)
    return "tittel" in filled


def _roots(document: Document) -> Iterator[Element]:
    """The body, and the headers and footers that are there; looking for one that is not would make it."""
    yield document.element.body
    for section in document.sections:
        for margin in (
            section.header, section.first_page_header, section.even_page_header,
            section.footer, section.first_page_footer, section.even_page_footer,
        ):  # fmt: skip
            if not margin.is_linked_to_previous:
                yield margin._element


def _control_names(control: Element) -> tuple[str, ...]:
    """What a content control is called: its title and its tag."""
    found = (control.find(f"{qn('w:sdtPr')}/{qn(tag)}") for tag in ("w:alias", "w:tag"))
    return tuple(str(each.get(qn("w:val"), "")).strip().casefold() for each in found if each is not None)


def _paragraph_of(element: Element) -> Element:
    """The nearest paragraph above; a text box has paragraphs of its own inside another's."""
    return next(element.iterancestors(qn("w:p")))


def _write_first(texts: list[Element], said: str) -> None:
    """Puts the words in the first of some runs, so that they look as it does, and empties the others."""
    texts[0].text = printable(said)
    texts[0].set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    for text in texts[1:]:
        text.text = ""


def _own_table_style(document: Document) -> str | None:
    """The table style the template's owner has chosen: its default for tables, or the only one made by hand."""
    styles = document.styles.element
    tables = [style for style in styles.iterfind(qn("w:style")) if style.get(qn("w:type")) == "table"]
    chosen = document.settings.element.find(qn("w:defaultTableStyle"))
    named = None if chosen is None else chosen.get(qn("w:val"))
    if any(style.get(qn("w:styleId")) == named for style in tables):
        return str(named)
    own = [style for style in tables if style.get(qn("w:customStyle")) in ("1", "true", "on")]
    return str(own[0].get(qn("w:styleId"))) if len(own) == 1 else None


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
    if role.startswith("heading "):
        return _by_outline(candidates, int(role[-1]) - 1)
    return None


def _by_outline(candidates: list[Element], level: int) -> str | None:
    """The first style that Word's outline counts as a heading of this level, whatever it is called."""
    for style in candidates:
        outline = style.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        if outline is not None and outline.get(qn("w:val")) == str(level):
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
