"""Fields of a code, a source, a case and so on by their Norwegian names."""

from __future__ import annotations

from collections.abc import Iterable
from gettext import gettext as _


def words(fields: Iterable[str]) -> str:
    """The fields as a list in words; what has no name here, like a case's own attribute, is called what it is called."""
    known = {
        "name": _("navn"),
        "name_en": _("engelsk navn"),
        "brief": _("kort definisjon"),
        "definition": _("definisjon"),
        "when_used": _("når den brukes"),
        "when_not": _("når den ikke brukes"),
        "examples": _("eksempler"),
        "signals": _("signaler"),
        "colour": _("farge"),
        "folder": _("mappe"),
        "codable": _("mappe eller kode"),
        "parent": _("plass i treet"),
        "text": _("tekst"),
        "span": _("sted"),
        "code": _("kode"),
        "title": _("tittel"),
        "essence": _("kjerne"),
        "kind": _("type"),
        "type": _("type"),
        "wave": _("bølge"),
        "date": _("dato"),
        "mode": _("måte"),
        "language": _("språk"),
        "publisher": _("utgiver"),
        "number": _("nummer"),
        "role": _("rolle"),
        "level": _("nivå"),
        "side": _("side"),
        "retired": _("ute av bruk"),
        "coder": _("koder"),
        "star": _("stjerne"),
        "cases": _("caser"),
        "informants": _("informanter"),
        "attributes": _("opplysninger"),
        "codes": _("koder"),
        "codings": _("kodinger"),
        "assessment": _("vurdering"),
        "direction": _("retning"),
    }
    return ", ".join(known.get(field, field) for field in fields)
