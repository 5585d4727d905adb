"""REFI-QDA codebooks (`.qdc`), read and written."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path

from lxml import etree

from exports.interchange.model import Bundle, CodeItem
from exports.interchange.refi.codes_writing import write_codes
from exports.interchange.refi.names import CODEBOOK_NAMESPACE, SET_PREFIXES, protect
from exports.interchange.refi.numbering import numbering_of
from exports.interchange.refi.reading import read_qdpx
from exports.interchange.refi.written import Writing, Written, origin, serialised


def read_qdc(path: Path, data: bytes) -> Bundle:
    """The codebook in the bytes of a `.qdc`; what was lost or wrong is listed in it.

    A project file under that name is read as the project that it is.

    Raises:
        UnreadableProject: It is damaged, hostile, or no REFI-QDA file.
    """
    return read_qdpx(path, data)


def write_qdc(bundle: Bundle) -> Written:
    """The codes, and the sets that have codes, as a `.qdc`; the same bytes for the same bundle.

    The format must have at least one code; a bundle without any gives a folder that nothing can be coded with.
    """
    writing = Writing(bundle=bundle, numbering=numbering_of(bundle), namespace=CODEBOOK_NAMESPACE)
    root = writing.element("CodeBook", origin=origin(bundle))
    codes = writing.add(root, "Codes")
    write_codes(writing, codes, _no_notes)
    if not len(codes):
        guid = writing.numbering.of("code", "")
        writing.add(codes, "Code", guid=guid, name=_("(tom kodebok)"), isCodable="false")
        why = _("Formatet krever minst én kode; en tom mappe står i kodeboken.")
        writing.ledger.mended(_("Kodebok"), bundle.title, why)
    _write_sets(writing, root)
    for note in bundle.notes:
        if note.target_kind == "code":
            writing.ledger.lost(_("Memo på kode"), note.title, _("En kodebok har ikke plass til memoer."))
    return Written(content=serialised(root), losses=writing.ledger.entries())


def _write_sets(writing: Writing, root: etree._Element) -> None:
    with_codes = [
        (each, members)
        for each in writing.bundle.sets
        if (members := [code for code in each.codes if writing.numbering.known("code", code)])
    ]
    for each in writing.bundle.sets:
        if each.kind == "theme" and not any(each is other for other, _members in with_codes):
            writing.ledger.lost(_("Tema"), each.name, _("En kodebok har bare temaer som har koder."))
    if not with_codes:
        return
    sets = writing.add(root, "Sets")
    for each, members in with_codes:
        prefix = SET_PREFIXES.get((each.kind, each.status)) or SET_PREFIXES.get((each.kind, ""), "")
        name = f"{prefix}{each.name}" if each.kind else protect(each.name)
        element = writing.add(sets, "Set", guid=writing.numbering.of("set", each.guid), name=name)
        writing.describe(element, each.description)
        for code in members:
            writing.add(element, "MemberCode", guid=writing.numbering.of("code", code))


def _no_notes(element: etree._Element, code: CodeItem) -> None:
    """A codebook has no notes."""
