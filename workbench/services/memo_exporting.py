"""Memos out of the house: the diary and the memos as a text, or condensates in a table with what they rest on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path

from exports import memos as printing
from exports.errors import ExportError
from exports.files import write_atomic
from workbench import language
from workbench.core.entities import CodeEntry, Coding, ThemeEntry
from workbench.errors import Refusal
from workbench.services.codebook import list_codes, list_themes
from workbench.services.coding import list_codings
from workbench.services.memos import FoundMemo, MemoFilter, find_memos
from workbench.services.projects import facts
from workbench.services.reporting import Written
from workbench.services.sources import list_sources
from workbench.store.project import Project
from workbench.store.queries import codings as coding_queries

REPORT_LANGUAGE = "nb-NO"


def export_memos(
    project: Project,
    path: Path,
    wanted: MemoFilter | None = None,
    *,
    format_name: str = "",
    day: date | None = None,
    force: bool = False,
) -> Written:
    """Write the memos that `wanted` chooses, one's own private ones marked as such; the full path.

    When condensates are asked for, they stand in a table: code group, sub-group, meaning units, condensate, analytic text.
    The format is the file's ending unless it is named.

    Raises:
        Refusal: for an unknown format, or when the file exists (without `force`) or cannot be written.
    """
    wanted = wanted or MemoFilter()
    render = _renderer(format_name or path.suffix.lower().lstrip("."))
    moment = day or date.today()
    found = find_memos(project, wanted)
    with language.speaking(REPORT_LANGUAGE):
        book = printing.MemoBook(
            title=facts(project).title,
            date=moment,
            language=REPORT_LANGUAGE,
            entries=tuple(_entry(each) for each in found if wanted.kind != "condensate"),
            condensates=tuple(_condensates(project, found)) if wanted.kind == "condensate" else None,
        )
        try:
            written = write_atomic(path, render(book), overwrite=force)
        except ExportError as error:
            raise Refusal(str(error)) from None
    return Written(path=written, warnings=tuple(_warnings(project, found, wanted)))


def _entry(found: FoundMemo) -> printing.MemoEntry:
    memo = found.memo
    return printing.MemoEntry(
        id=memo.id,
        kind=memo.kind,
        on=memo.target_kind,
        subject=found.subject.words,
        text=memo.text,
        coder=memo.coder,
        day=memo.day,
        private=memo.private,
        created=datetime.fromisoformat(memo.created),
        updated=datetime.fromisoformat(memo.updated),
        links=tuple(link.quote for link in found.links),
        unknown=found.unknown,
    )


# -- condensates


def _condensates(project: Project, found: Iterable[FoundMemo]) -> Iterable[printing.Condensate]:
    """One for each memo, in the codebook's order."""
    entries = {entry.id: entry for entry in list_codes(project)}
    order = {code: n for n, code in enumerate(entries)}
    essences = _essences(list_themes(project))
    verbatim = {source.id: source.verbatim for source in list_sources(project)}
    for each in sorted(found, key=lambda one: order.get(one.memo.target, len(order))):
        code = entries.get(each.memo.target)
        group = _top(entries, code)
        yield printing.Condensate(
            group=group.name if group else "",
            subgroup=code.name if code is not None and code is not group else "",
            units=tuple(
                printing.Unit(quote_id=unit.quote, text=unit.text, verbatim=verbatim.get(unit.source, True))
                for unit in _units(project, each)
            ),
            text=each.memo.text,
            analysis="\n\n".join(essences.get(group.id, ())) if group else "",
            coder=each.memo.coder,
            private=each.memo.private,
        )


def _units(project: Project, found: FoundMemo) -> list[Coding]:
    """The meaning units: the quotes a condensate links to, in its own order; all that its code holds when it links to none."""
    linked = [link.leads_to.coding for link in found.links if link.leads_to is not None]
    if linked:
        known = {each.id: each for each in coding_queries.codings(project.connection, ids=linked)}
        return [known[uid] for uid in linked]
    codings = list_codings(project, code=found.memo.target, exact=True)
    return list({each.quote: each for each in codings if each.end > each.start}.values())


def _top(entries: Mapping[str, CodeEntry], code: CodeEntry | None) -> CodeEntry | None:
    while code is not None and code.parent in entries:
        code = entries[code.parent]
    return code


def _essences(themes: Iterable[ThemeEntry]) -> dict[str, list[str]]:
    """Code id -> the essence texts of the themes it is a member of: the analytic text of a code group."""
    essences: dict[str, list[str]] = {}
    for theme in themes:
        for code in theme.codes:
            if theme.essence:
                essences.setdefault(code, []).append(theme.essence)
    return essences


def _warnings(project: Project, found: list[FoundMemo], wanted: MemoFilter) -> Iterable[str]:
    if not found:
        yield _("Ingen memoer passer; filen har bare overskrifter.")
    unknown = sorted({quote for each in found for quote in each.unknown})
    if unknown:
        yield _("Disse lenkene fører ikke til noe sitat: {quotes}.").format(quotes=", ".join(unknown))
    private = sum(each.memo.private for each in found)
    if private:
        yield ngettext(
            "{n} privat memo er med i filen, og er merket. --shared (i skjermbildet: «Bare delte») lar det være ute.",
            "{n} private memoer er med i filen, og er merket. --shared (i skjermbildet: «Bare delte») lar dem være ute.",
            private,
        ).format(n=private)
    if wanted.kind == "condensate" and found:
        written = {each.memo.target for each in found}
        entries = {entry.id: entry for entry in list_codes(project)}
        groups = {group.id for group in (_top(entries, entries.get(code)) for code in written) if group}
        without = [
            entry.name
            for entry in entries.values()
            if entry.codings and entry.id not in written and (top := _top(entries, entry)) and top.id in groups
        ]
        if without:
            yield _("Kodet, men uten kondensat: {codes}.").format(codes=", ".join(without))


# -- formats: each one's libraries are loaded only when it is asked for


def _renderer(format_name: str) -> Callable[[printing.MemoBook], bytes]:
    render = RENDERERS.get(format_name)
    if render is None:
        raise Refusal(
            _("«{name}» er ikke et format for memoer. Velg en av: {known}.").format(
                name=format_name, known=", ".join(FORMATS)
            )
        )
    return render


def _docx(book: printing.MemoBook) -> bytes:
    from exports.memos_word import render_memos

    return render_memos(book)


def _csv(book: printing.MemoBook) -> bytes:
    from exports.frames import render_csv

    return render_csv(printing.memo_table(book))


def _xlsx(book: printing.MemoBook) -> bytes:
    from exports.workbook import render_workbook

    return render_workbook([printing.memo_table(book)], book.date, book.title)


RENDERERS: Mapping[str, Callable[[printing.MemoBook], bytes]] = {
    "docx": _docx,
    "md": printing.render_markdown,
    "csv": _csv,
    "xlsx": _xlsx,
}
FORMATS = tuple(RENDERERS)
