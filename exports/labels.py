"""What kinds, origins and measures are called in print.

A look-up in the message catalogue asks the file system, so what is called for every excerpt looks up one word, not all.
"""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext

from codebooks.model import CodeStatus
from corpus.model import SourceKind
from exports.models import Attribute, Dimension, Matrix, Measure, Origin


def source_kind(kind: SourceKind) -> str:
    """The kind of a source in one word."""
    match kind:
        case "transcript":
            return _("transkripsjon")
        case "minutes":
            return _("referat")
        case "notes":
            return _("intervjunotat")
        case "survey":
            return _("spørreskjemasvar")
        case "report":
            return _("rapport")
        case "article":
            return _("artikkel")


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


def kind_column(kind: SourceKind) -> str:
    """The sources of a kind, over a column of counts."""
    match kind:
        case "transcript":
            return _("Transkripsjoner")
        case "minutes":
            return _("Referater")
        case "notes":
            return _("Intervjunotater")
        case "survey":
            return _("Spørreskjemasvar")
        case "report":
            return _("Rapporter")
        case "article":
            return _("Artikler")


def not_verbatim(kind: SourceKind) -> str:
    """What stands before an excerpt that is not set as a quotation; what was published is word for word all the same."""
    match kind:
        case "transcript":
            return _("Fra transkripsjon (ikke ordrett):")
        case "minutes":
            return _("Fra referat (ikke ordrett):")
        case "notes":
            return _("Fra intervjunotat (ikke ordrett):")
        case "survey":
            return _("Fra spørreskjemasvar (ikke ordrett):")
        case "report":
            return _("Fra rapport:")
        case "article":
            return _("Fra artikkel:")


def voice(role: str) -> str:
    """Who speaks, without saying which of them."""
    match role:
        case "interviewer":
            return _("Intervjuer")
        case "other":
            return _("Annen taler")
        case _:
            return _("Informant")


def speaking(role: str) -> str:
    """The same in a column, where nothing stands for those who are not known."""
    return voice(role) if role else ""


def origin(value: Origin) -> str:
    """How a coding came about."""
    match value:
        case "manual":
            return _("manuell")
        case "suggestion":
            return _("forslag")
        case "autocode":
            return _("autokoding")
        case "import":
            return _("import")


def approach(value: str) -> str:
    """The way of analysis, as it stands after *følger*; empty for one that has no name here."""
    names: dict[str, str] = {
        "reflexive": _("refleksiv tematisk analyse"),
        "codebook": _("tematisk analyse med kodebok"),
        "reliability": _("tematisk analyse med vekt på samsvar mellom kodere"),
        "framework": _("rammemetoden (framework)"),
        "directed": _("teoristyrt innholdsanalyse"),
        "stc": _("systematisk tekstkondensering (STC)"),
        "sdi": _("stegvis-deduktiv induktiv metode (SDI)"),
        "case": _("casestudiemetode"),
    }
    return names.get(value, "")


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
