"""A chapter for each theme: what it says, how much it rests on, and in whose words."""

from __future__ import annotations

from gettext import gettext as _

from exports import labels, method
from exports.models import CodeCounts, Report, ThemeChapter
from exports.norwegian import number
from exports.quotations import Passage, by_case, by_code, lines, one_line, reference, setting
from exports.word_markup import Flow, Run

_LANGUAGES = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB", "se": "se-NO"}


def write_theme(flow: Flow, chapter: ThemeChapter, report: Report) -> None:
    """Essence first, then the codes and their counts, then the excerpts under their cases or codes."""
    flow.chapter(one_line(chapter.title))
    for line in lines(chapter.essence):
        flow.paragraph(None, line)
    for definition in chapter.definitions:
        flow.paragraph(None, Run(text=f"{one_line(definition.name)}:", strong=True), f" {one_line(definition.text)}")
    if chapter.total is not None:
        flow.paragraph(None, method.theme_counts(chapter.total, report.language))
    if len(chapter.counts) > 1:
        _write_counts(flow, chapter, report.language)
    groups = by_code(chapter.excerpts) if report.by_code else by_case(chapter.excerpts, report.language)
    if not groups:
        flow.paragraph(None, _("Ingen utdrag er valgt til dette temaet."))
    for group in groups:
        flow.paragraph("heading 2", one_line(group.title))
        for passage in group.passages:
            _write_passage(flow, passage, report)


def _write_counts(flow: Flow, chapter: ThemeChapter, language: str) -> None:
    caption = _("Kodene i temaet «{theme}»").format(theme=one_line(chapter.title))
    rows = [_count_row(counts.name, counts, language) for counts in chapter.counts]
    if chapter.total is not None:
        rows.append(_count_row(_("Samlet, hver talt én gang"), chapter.total, language))
    flow.caption(_("Tabell"), caption)
    header = [_("Kode"), _("Segmenter"), _("Kilder"), _("Informanter"), _("Caser")]
    flow.table(header, rows, caption, total=chapter.total is not None)


def _count_row(name: str, counts: CodeCounts, language: str) -> list[str]:
    numbers = (counts.segments, counts.sources, counts.informants, counts.cases)
    return [name, *(number(n, language) for n in numbers)]


def _write_passage(flow: Flow, passage: Passage, report: Report) -> None:
    excerpt = passage.excerpt
    tag = _LANGUAGES.get(excerpt.language, excerpt.language)
    foreign = tag if tag != report.language else ""
    if report.show_questions and excerpt.question and (question := one_line(excerpt.question)):
        flow.paragraph(None, _("Spørsmål:") + " ", Run(text=question, language=foreign), keep_next=True)
    after = " " + reference(passage, report.attribution)
    spoken = lines(excerpt.printed) or ("",)
    match setting(excerpt):
        case "report":
            label = Run(text=labels.not_verbatim(excerpt.source_kind) + " ")
            flow.paragraph("list", label, Run(text=" ".join(spoken), language=foreign), after)
        case "inline":
            flow.paragraph("quote", "«", Run(text=spoken[0], language=foreign), "»", after)
        case "block":
            for line in spoken[:-1]:
                flow.paragraph("quote", Run(text=line, language=foreign), keep_next=True, tight=True)
            flow.paragraph("quote", Run(text=spoken[-1], language=foreign), after)
