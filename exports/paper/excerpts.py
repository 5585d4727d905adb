"""All that is coded with one code, by case, with room to write beside each excerpt."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _
from gettext import ngettext

from exports import labels
from exports.norwegian import sort_key
from exports.paper.markup import GREY, Page, Style, Type, cell, new_document, paragraph, row, run, saved, table
from exports.paper.models import CodePrint, PlacedExcerpt, Sheet
from exports.quotations import Group, Passage, attribution, by_case, lines, one_line, setting
from exports.word_markup import Flow, Run
from exports.word_template import Element

_PAGE = Page()
_SAID = 6500
_WIDTHS = (_SAID, _PAGE.width - _SAID)
_TYPES: dict[Style, Type] = {
    "PrintCell": Type(size=10, line=270, after=40),
    "PrintSmall": Type(size=8, after=40, grey=True),
    "PrintMargin": Type(size=8, line=270),
}
# Longer ones may run on to the next page, so that no page is left half empty.
_WHOLE = 900
_LANGUAGES = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB", "se": "se-NO"}


def render_code(sheet: Sheet, printed: CodePrint) -> bytes:
    """The code, what it means, and its excerpts as a .docx file."""
    title = one_line(printed.code.name)
    document, flow = new_document(sheet, _PAGE, _TYPES, title)
    flow.paragraph("heading 1", " › ".join(map(one_line, printed.path)))
    _write_meaning(flow, printed)
    placed = {each.excerpt.id: each for each in printed.excerpts}
    for group in by_case((each.excerpt for each in printed.excerpts), sheet.language):
        _write_group(flow, sheet, printed, group, placed)
    if not printed.excerpts:
        flow.paragraph(None, _("Ingenting er kodet med denne koden."))
    return saved(document)


def _write_meaning(flow: Flow, printed: CodePrint) -> None:
    code = printed.code
    for line in lines(code.definition or code.brief):
        flow.paragraph(None, line, tight=True)
    for label, text in ((_("Når:"), code.when), (_("Når ikke:"), code.when_not)):
        if text.strip():
            flow.paragraph(None, Run(text=label, strong=True), f" {one_line(text)}", tight=True)
    found = [each.excerpt for each in printed.excerpts]
    if found:
        segments = len({(each.source, each.start, each.end) for each in found})
        parts = (
            ngettext("{n} utdrag", "{n} utdrag", segments).format(n=segments),
            _sources(len({each.source for each in found})),
            _cases(len({case for each in found for case in each.cases})),
        )
        flow.paragraph(None, " · ".join(parts))


def _sources(count: int) -> str:
    return ngettext("{n} kilde", "{n} kilder", count).format(n=count)


def _cases(count: int) -> str:
    return ngettext("{n} case", "{n} caser", count).format(n=count)


def _write_group(flow: Flow, sheet: Sheet, printed: CodePrint, group: Group, placed: dict[str, PlacedExcerpt]) -> None:
    count = len(group.passages)
    told = ngettext("{n} utdrag", "{n} utdrag", count).format(n=count)
    flow.paragraph("heading 2", f"{group.title} ({told})")
    markup = table(flow, _WIDTHS, f"{one_line(printed.code.name)}: {group.title}")
    titles = (_("Utdrag, {case}").format(case=group.title), _("Notater"))
    below = {"bottom": "single"}
    heads = [[paragraph("PrintMargin", run(title, strong=True))] for title in titles]
    markup.append(
        row([cell(width, head, borders=below) for width, head in zip(_WIDTHS, heads, strict=True)], header=True)
    )
    for passage in group.passages:
        said = _passage(passage, printed, sheet, placed)
        cells = [
            cell(_WIDTHS[0], said, borders={"bottom": "dotted"}),
            cell(_WIDTHS[1], [paragraph("PrintMargin")], borders={"left": "single", "bottom": "dotted"}),
        ]
        markup.append(row(cells, whole=len(passage.excerpt.text) <= _WHOLE))


def _passage(passage: Passage, printed: CodePrint, sheet: Sheet, placed: dict[str, PlacedExcerpt]) -> list[Element]:
    excerpt = passage.excerpt
    tag = _LANGUAGES.get(excerpt.language, excerpt.language)
    foreign = tag if tag != sheet.language else ""
    same = [
        each
        for each in printed.excerpts
        if (each.excerpt.source, each.excerpt.start, each.excerpt.end) == (excerpt.source, excerpt.start, excerpt.end)
    ]
    found = [paragraph("PrintSmall", *_place(passage, placed[excerpt.id]), before=100)]
    if excerpt.question and (question := one_line(excerpt.question)):
        asked = run(_("Spørsmål:") + " " + question, italic=True, colour=GREY, language=foreign)
        found.append(paragraph("PrintCell", asked))
    found += _words(excerpt.text, setting(excerpt), labels.not_verbatim(excerpt.source_kind), foreign)
    found.append(paragraph("PrintSmall", run(_coders(same, printed))))
    for memo in dict.fromkeys(each.excerpt.memo for each in same if each.excerpt.memo):
        found += [
            paragraph("PrintSmall", *([run(_("Memo:") + " ", strong=True)] if n == 0 else []), run(line))
            for n, line in enumerate(lines(memo))
        ]
    return found


def _words(text: str, how: str, label: str, language: str) -> list[Element]:
    spoken = lines(text) or ("",)
    match how:
        case "inline":
            return [paragraph("PrintCell", run("«"), run(spoken[0], language=language), run("»"))]
        case "report":
            words = run(" ".join(spoken), language=language)
            return [paragraph("PrintCell", run(label + " ", strong=True), words)]
        case _:
            return [paragraph("PrintCell", run(line, language=language)) for line in spoken]


def _place(passage: Passage, placed: PlacedExcerpt) -> list[Element]:
    """Star, ids, speaker, source and lines: what leads back to the place, and to the printed transcript."""
    excerpt = passage.excerpt
    first, last = placed.first_line, placed.last_line
    number = (
        _("linje {n}").format(n=first) if first == last else _("linje {first}–{last}").format(first=first, last=last)
    )
    who = attribution(excerpt, ("informant", "role")).strip("()") if excerpt.informant else ""
    wave = _("bølge {wave}").format(wave=excerpt.wave) if excerpt.wave else ""
    parts = (who, one_line(excerpt.source_name), number, wave)
    ids = ", ".join(passage.quote_ids)
    star = [run("★ ", strong=True)] if passage.star else []
    return [*star, run(ids, strong=True), run(" · " + " · ".join(part for part in parts if part))]


def _coders(same: Sequence[PlacedExcerpt], printed: CodePrint) -> str:
    """Who coded it, how, and with which code where it is one below the code that is printed."""
    told = []
    for placed in sorted(same, key=lambda each: (sort_key(each.excerpt.coder), sort_key(each.excerpt.code_name))):
        excerpt = placed.excerpt
        below = f"{one_line(excerpt.code_name)}, " if excerpt.code != printed.code.slug else ""
        told.append(f"{excerpt.coder} ({below}{labels.origin(excerpt.origin)})")
    return _("Kodet av {who}").format(who=", ".join(dict.fromkeys(told)))
