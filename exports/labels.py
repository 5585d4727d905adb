"""What kinds, origins and measures are called in print."""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext

from codebooks.model import CodeStatus
from corpus.model import SourceKind
from exports.models import Attribute, Dimension, Matrix, Measure, Origin


def source_kind(kind: SourceKind) -> str:
    """The kind of a source in one word."""
    names: dict[SourceKind, str] = {
        "transcript": _("transkripsjon"),
        "minutes": _("referat"),
        "notes": _("intervjunotat"),
        "survey": _("spørreskjemasvar"),
        "report": _("rapport"),
        "article": _("artikkel"),
    }
    return names[kind]


def sources_of_kind(kind: SourceKind, count: int, shown: str) -> str:
    """So many sources of a kind; `shown` is the count as it is to be written."""
    phrases: dict[SourceKind, str] = {
        "transcript": ngettext("{n} transkripsjon", "{n} transkripsjoner", count),
        "minutes": ngettext("{n} referat", "{n} referater", count),
        "notes": ngettext("{n} intervjunotat", "{n} intervjunotater", count),
        "survey": ngettext("{n} spørreskjemasvar", "{n} spørreskjemasvar", count),
        "report": ngettext("{n} rapport", "{n} rapporter", count),
        "article": ngettext("{n} artikkel", "{n} artikler", count),
    }
    return phrases[kind].format(n=shown)


def not_verbatim(kind: SourceKind) -> str:
    """What stands before an excerpt that is no quotation."""
    phrases: dict[SourceKind, str] = {
        "transcript": _("Fra transkripsjon (ikke ordrett):"),
        "minutes": _("Fra referat (ikke ordrett):"),
        "notes": _("Fra intervjunotat (ikke ordrett):"),
        "survey": _("Fra spørreskjemasvar (ikke ordrett):"),
        "report": _("Fra rapport (ikke ordrett):"),
        "article": _("Fra artikkel (ikke ordrett):"),
    }
    return phrases[kind]


def origin(value: Origin) -> str:
    """How a coding came about."""
    names: dict[Origin, str] = {
        "manual": _("manuell"),
        "suggestion": _("forslag"),
        "autocode": _("autokoding"),
        "import": _("import"),
    }
    return names[value]


def code_status(value: CodeStatus) -> str:
    """Whether a code is still given."""
    names: dict[CodeStatus, str] = {"active": _("i bruk"), "retired": _("ute av bruk")}
    return names[value]


def dimension(value: Dimension | Attribute) -> str:
    """What the rows or columns of a matrix are, with a capital letter."""
    names: dict[str, str] = {
        "case": _("Case"),
        "code": _("Kode"),
        "theme": _("Tema"),
        "source": _("Kilde"),
        "informant": _("Informant"),
        "role": _("Rolle"),
        "side": _("Side"),
        "level": _("Nivå"),
        "wave": _("Bølge"),
        "coder": _("Koder"),
    }
    return names[value]


def measure(value: Measure) -> str:
    """What the cells of a matrix count, as the beginning of a caption."""
    names: dict[Measure, str] = {
        "segments": _("Antall segmenter"),
        "sources": _("Antall kilder"),
        "informants": _("Antall informanter"),
        "share": _("Andel av radens segmenter, i prosent"),
    }
    return names[value]


def matrix_caption(matrix: Matrix) -> str:
    """One line that says what a matrix counts."""
    return _("{measure}, etter {rows} og {columns}").format(
        measure=measure(matrix.measure),
        rows=dimension(matrix.row_kind).lower(),
        columns=dimension(matrix.column_kind).lower(),
    )


def matrix_name(matrix: Matrix) -> str:
    """What the sheet with a matrix is called: *Case x kode*."""
    return _("{rows} x {columns}").format(
        rows=dimension(matrix.row_kind), columns=dimension(matrix.column_kind).lower()
    )
