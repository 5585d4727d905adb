"""The quote bank as Markdown, by code and case.

Characters that Markdown would take for markup are escaped, so that the rendered text is the stored one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from gettext import gettext as _
from gettext import ngettext

from codebooks.model import Code
from exports import labels
from exports.models import CodeCounts, Excerpt, QuoteBank
from exports.norwegian import long_date, sort_key
from exports.quotations import Passage, by_case, lines, one_line, reference, setting

_MARKUP = re.compile(r"([\\`*_\[\]<>&~|$#{}!])")
# Only at the start of a line do these begin a list or underline a heading.
_LINE_START = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")


def render_markdown(bank: QuoteBank) -> bytes:
    """The excerpts under a heading for each code, in the codebook's order, and each case; UTF-8."""
    blocks = [f"# {escape(one_line(bank.title))}", long_date(bank.date, bank.language)]
    if bank.data_class:
        blocks.append(f"**{_('Dataklasse:')}** {escape(one_line(bank.data_class))}")
    by_code: dict[str, list[Excerpt]] = defaultdict(list)
    for excerpt in bank.excerpts:
        by_code[excerpt.code].append(excerpt)
    counts = {each.code: each for each in bank.counts}
    codes = {code.slug: code for code in bank.codebook or ()}
    order = [slug for slug in codes if slug in by_code]
    order += sorted(by_code.keys() - codes.keys(), key=sort_key)
    for slug in order:
        blocks += _code_blocks(by_code[slug], codes.get(slug), counts.get(slug), bank)
    if not order:
        blocks.append(_("Ingen utdrag er kodet."))
    return ("\n\n".join(blocks) + "\n").encode("utf-8")


def escape(text: str) -> str:
    """The text on one line, written so that Markdown shows it as it is."""
    escaped = _MARKUP.sub(r"\\\1", text)
    return _LINE_START.sub(lambda m: f"{m[1]}{m[2]}\\" if m[2].isdigit() else f"{m[1]}\\{m[2]}", escaped)


def _code_blocks(
    excerpts: list[Excerpt], code: Code | None, counts: CodeCounts | None, bank: QuoteBank
) -> Iterator[str]:
    path = excerpts[0].code_path or (excerpts[0].code_name,)
    yield f"## {escape(one_line(' > '.join(path)))}"
    for text in (code.brief, code.definition) if code is not None else ():
        yield from (escape(line) for line in lines(text))
    if counts is not None:
        yield _counted(counts)
    for group in by_case(excerpts, bank.language):
        yield f"### {escape(one_line(group.title))}"
        for passage in group.passages:
            yield _passage_block(passage, bank)


def _counted(counts: CodeCounts) -> str:
    parts = (
        ngettext("{n} segment", "{n} segmenter", counts.segments).format(n=counts.segments),
        ngettext("{n} kilde", "{n} kilder", counts.sources).format(n=counts.sources),
        ngettext("{n} informant", "{n} informanter", counts.informants).format(n=counts.informants),
        ngettext("{n} case", "{n} caser", counts.cases).format(n=counts.cases),
    )
    return ", ".join(parts)


def _passage_block(passage: Passage, bank: QuoteBank) -> str:
    excerpt = passage.excerpt
    after = escape(reference(passage, bank.attribution))
    spoken = [escape(line) for line in lines(excerpt.printed)] or [""]
    match setting(excerpt):
        case "report":
            return f"- {labels.not_verbatim(excerpt.source_kind)} {' '.join(spoken)} {after}"
        case "inline":
            return f"> «{spoken[0]}» {after}"
        case "block":
            return "\n>\n".join(f"> {line}" for line in (*spoken[:-1], f"{spoken[-1]} {after}"))
