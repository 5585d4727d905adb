"""Tables of what a project holds: the quote bank, a matrix, the codebook.

A column has a key that programs read and that never changes, and a title in the reader's language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from gettext import gettext as _

from codebooks.model import Code, Codebook
from exports import labels
from exports.models import Cell, CodeCounts, Column, Excerpt, Matrix, QuoteBank, Table
from exports.quotations import is_word_for_word

PATH = " > "
"""Between the names of a code path."""
LIST = "; "
"""Between cases, themes and examples in one cell."""


def tables_of(bank: QuoteBank, cooccurrence: Matrix | None = None) -> tuple[Table, ...]:
    """The tables of a quote bank, in the order a reader wants them: excerpts, case x code, code x code, codebook."""
    tables = [excerpt_table(bank.excerpts)]
    names = code_titles(bank.codebook) if bank.codebook is not None else {}
    tables += [matrix_table(each, names) for each in (bank.matrix, cooccurrence) if each is not None]
    if bank.codebook is not None:
        tables.append(codebook_table(bank.codebook, bank.counts))
    return tuple(tables)


def excerpt_table(excerpts: Iterable[Excerpt]) -> Table:
    """One row a coding, in the order given; text and all that is known about it."""
    columns = (
        Column(key="quote_id", title=_("Sitat-ID"), width=11),
        Column(key="text", title=_("Utdrag"), width=80, wrap=True),
        Column(key="verbatim", title=_("Ordrett"), width=9),
        Column(key="star", title=_("Utvalgt"), width=9),
        Column(key="code_name", title=_("Kode"), width=22),
        Column(key="code_path", title=_("Kodesti"), width=30),
        Column(key="themes", title=_("Tema"), width=18),
        Column(key="case", title=_("Case"), width=18),
        Column(key="informant", title=_("Informant"), width=11),
        Column(key="voice", title=_("Taler"), width=14, shown=labels.speaking),
        Column(key="role", title=_("Rolle"), width=18),
        Column(key="side", title=_("Side"), width=18),
        Column(key="level", title=_("Nivå"), width=14),
        Column(key="wave", title=_("Bølge"), width=9),
        Column(key="source_name", title=_("Kilde"), width=26),
        Column(key="source_kind", title=_("Kildetype"), width=14, shown=labels.source_kind),
        Column(key="turn", title=_("Replikk"), width=9),
        Column(key="time_ms", title=_("Tid i opptaket"), width=14, shown=clock),
        Column(key="question", title=_("Spørsmål"), width=40, wrap=True),
        Column(key="before", title=_("Teksten før"), width=40, wrap=True),
        Column(key="after", title=_("Teksten etter"), width=40, wrap=True),
        Column(key="assessment", title=_("Vurdering"), width=14),
        Column(key="memo", title=_("Memo"), width=40, wrap=True),
        Column(key="coder", title=_("Koder"), width=16),
        Column(key="first_coder", title=_("Først kodet av"), width=16),
        Column(key="origin", title=_("Opphav"), width=11, shown=labels.origin),
        Column(key="created", title=_("Kodet (UTC)"), width=17),
        Column(key="language", title=_("Språk"), width=8),
        Column(key="code", title=_("Kortnavn på kode"), width=22),
        Column(key="source", title=_("Kilde-ID"), width=16),
        Column(key="start", title=_("Fra tegn"), width=10),
        Column(key="end", title=_("Til tegn"), width=10),
        Column(key="id", title=_("Kodings-ID"), width=16),
    )
    return Table(name=_("Sitatbank"), columns=columns, rows=tuple(_excerpt_row(each) for each in excerpts))


def matrix_table(matrix: Matrix, names: Mapping[str, str] | None = None) -> Table:
    """The crosstab with the row names in the first column; `names` says what a code's slug is called."""
    names = names or {}
    share = matrix.measure == "share"
    columns, rows = matrix.columns, matrix.rows
    titles = [names.get(name, name) if matrix.column_kind == "code" else name for name in columns]
    shown = [names.get(name, name) if matrix.row_kind == "code" else name for name in rows]
    width = min(40, max([24, *(len(name) + 2 for name in shown)]))
    first = Column(key=matrix.row_kind, title=labels.dimension(matrix.row_kind), width=width, wrap=True)
    rest = (
        Column(key=name, title=title, width=min(18, max(10, len(title) + 4)), percent=share)
        for name, title in zip(columns, titles, strict=True)
    )
    cells = tuple((name, *values) for name, values in zip(shown, matrix.cells, strict=True))
    return Table(name=labels.matrix_name(matrix), columns=(first, *rest), rows=cells)


def code_titles(codebook: Codebook) -> dict[str, str]:
    """What each code is called where it stands alone: its name, with the codes above it where two have the same."""
    times = Counter(code.name.casefold() for code in codebook)
    names = {code.slug: code.name for code in codebook}
    return {
        code.slug: code.name
        if times[code.name.casefold()] == 1
        else PATH.join([*(names[each] for each in reversed(codebook.ancestors(code.slug))), code.name])
        for code in codebook
    }


def codebook_table(codebook: Codebook, counts: Sequence[CodeCounts] = ()) -> Table:
    """One row a code in the codebook's order, with its counts where they are known."""
    columns = (
        Column(key="id", title=_("Kortnavn"), width=22),
        Column(key="name", title=_("Kode"), width=24),
        Column(key="name_en", title=_("Navn på engelsk"), width=24),
        Column(key="parent", title=_("Overkode"), width=18),
        Column(key="brief", title=_("Kort definisjon"), width=36, wrap=True),
        Column(key="definition", title=_("Definisjon"), width=50, wrap=True),
        Column(key="when", title=_("Når"), width=36, wrap=True),
        Column(key="when_not", title=_("Når ikke"), width=36, wrap=True),
        Column(key="examples", title=_("Eksempler"), width=40, wrap=True),
        Column(key="status", title=_("Status"), width=12, shown=labels.code_status),
        Column(key="segments", title=_("Segmenter"), width=12),
        Column(key="sources", title=_("Kilder"), width=10),
        Column(key="informants", title=_("Informanter"), width=13),
        Column(key="cases", title=_("Caser"), width=10),
    )
    known = {each.code: each for each in counts}
    rows = tuple(_code_row(code, known.get(code.slug)) for code in codebook)
    return Table(name=_("Kodebok"), columns=columns, rows=rows)


def _excerpt_row(excerpt: Excerpt) -> tuple[Cell, ...]:
    return (
        excerpt.quote_id,
        excerpt.text,
        is_word_for_word(excerpt),
        excerpt.star,
        excerpt.code_name,
        PATH.join(excerpt.code_path),
        LIST.join(excerpt.themes),
        LIST.join(excerpt.cases),
        excerpt.informant,
        excerpt.voice,
        excerpt.role,
        excerpt.side,
        excerpt.level,
        excerpt.wave,
        excerpt.source_name,
        excerpt.source_kind,
        excerpt.turn,
        excerpt.time_ms,
        excerpt.question,
        excerpt.before,
        excerpt.after,
        excerpt.assessment,
        excerpt.memo,
        excerpt.coder,
        excerpt.first_coder,
        excerpt.origin,
        excerpt.created,
        excerpt.language,
        excerpt.code,
        excerpt.source,
        excerpt.start,
        excerpt.end,
        excerpt.id,
    )


def _code_row(code: Code, counts: CodeCounts | None) -> tuple[Cell, ...]:
    texts = (code.slug, code.name, code.name_en, code.parent, code.brief, code.definition, code.when, code.when_not)
    counted: tuple[Cell, ...] = (None, None, None, None)
    if counts is not None:
        counted = (counts.segments, counts.sources, counts.informants, counts.cases)
    return (*texts, LIST.join(code.examples), code.status, *counted)


def clock(milliseconds: int) -> str:
    """A place in a recording as hours, minutes and seconds: *0:12:34*."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}"
