"""Memos, the diary and condensates as values, as a table and as Markdown.

A condensate is the researcher's own text in the first person, an artificial quotation. It never stands between quotation
marks, and wherever it stands it says that nobody spoke it word for word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from gettext import gettext as _

from exports.links import LINK
from exports.markdown import escape
from exports.models import Column, Table
from exports.norwegian import long_date
from exports.quotations import lines, one_line

LIST = "; "


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoEntry:
    """A memo ready for print."""

    id: str
    kind: str
    """`memo`, `diary` or `condensate`."""
    on: str
    """What kind of thing it is on: `project`, `code` and so on."""
    subject: str
    """What it is on, in words."""
    text: str
    coder: str
    created: datetime
    updated: datetime
    day: str = ""
    """The date a diary entry is about, as 2026-03-14."""
    private: bool = False
    links: tuple[str, ...] = ()
    """Quote ids the text links to."""
    unknown: tuple[str, ...] = ()
    """Those of them that lead nowhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A meaning unit: what somebody said."""

    quote_id: str
    text: str
    verbatim: bool
    """False for minutes and notes, which are never set as a quotation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condensate:
    """A row of the condensate table."""

    group: str
    """Name of the code group."""
    subgroup: str
    """Empty when the condensate is of the whole group."""
    units: tuple[Unit, ...]
    text: str
    analysis: str
    """The analytic text of the group."""
    coder: str
    private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoBook:
    """Memos in the order they are to be printed; a table of condensates instead when there is one."""

    title: str
    date: date
    entries: tuple[MemoEntry, ...] = ()
    condensates: tuple[Condensate, ...] | None = None
    language: str = "nb-NO"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Entries under one heading."""

    title: str
    entries: tuple[MemoEntry, ...]


def condensate_label() -> str:
    """What stands above every condensate."""
    return _("Kondensat (kunstig sitat, ikke ordrett)")


def condensate_headings() -> tuple[str, ...]:
    """Headings of the condensate table, in order."""
    return (_("Kodegruppe"), _("Subgruppe"), _("Meningsbærende enheter"), condensate_label(), _("Analytisk tekst"))


def sections(book: MemoBook) -> tuple[Section, ...]:
    """The diary first, then the memos, then condensates; those without entries are left out."""
    titles = {"diary": _("Forskerdagbok"), "memo": _("Memoer"), "condensate": condensate_label()}
    found = (
        Section(title=title, entries=tuple(each for each in book.entries if each.kind == kind))
        for kind, title in titles.items()
    )
    return tuple(section for section in found if section.entries)


def heading(entry: MemoEntry, language: str) -> str:
    """What stands over an entry: the day of a diary entry, what a memo is on."""
    if entry.kind == "diary":
        return long_date(date.fromisoformat(entry.day), language)
    return entry.subject[:1].upper() + entry.subject[1:]


def signature(entry: MemoEntry, language: str) -> str:
    """Who wrote it and when, and whether it is private."""
    parts = [entry.coder, long_date(entry.created.date(), language)]
    if entry.updated.date() != entry.created.date():
        parts.append(_("endret {day}").format(day=long_date(entry.updated.date(), language)))
    if entry.private:
        parts.append(_("PRIVAT"))
    return ", ".join(parts)


def printed(text: str) -> str:
    """A memo's words as print has them: a link is the quote id in brackets, as after a quotation."""
    return LINK.sub(r"[\1]", text)


def condensate_lines(condensate: Condensate) -> tuple[str, ...]:
    """The condensate without its links, which stand with the meaning units, and whether it is private."""
    words = re.sub(rf"[ \t]*{LINK.pattern}", "", condensate.text)
    return (*lines(words), *((_("PRIVAT"),) if condensate.private else ()))


def unit_text(unit: Unit) -> str:
    """A meaning unit on one line: between quotation marks only when it was said so."""
    said = one_line(unit.text)
    if unit.verbatim:
        marks = said if "«" in said or "»" in said else f"«{said}»"
        return f"{marks} [{unit.quote_id}]"
    return _("(ikke ordrett) {text} [{quote}]").format(text=said, quote=unit.quote_id)


def grouped(condensates: Iterable[Condensate]) -> Iterator[tuple[Condensate, bool]]:
    """Each condensate, and whether it is the first of its code group: the analytic text stands there only."""
    before: str | None = None
    for each in condensates:
        yield each, each.group != before
        before = each.group


def memo_table(book: MemoBook) -> Table:
    """One row a memo, or a condensate."""
    if book.condensates is not None:
        return _condensate_table(book.condensates)
    columns = (
        Column(key="day", title=_("Dag"), width=11),
        Column(key="kind", title=_("Slag"), width=12, shown=_kind_shown),
        Column(key="on", title=_("På"), width=12),
        Column(key="subject", title=_("Hva"), width=30),
        Column(key="text", title=_("Tekst"), width=80, wrap=True),
        Column(key="coder", title=_("Skrevet av"), width=16),
        Column(key="private", title=_("Privat"), width=9),
        Column(key="links", title=_("Lenker"), width=20),
        Column(key="unknown", title=_("Ukjente lenker"), width=16),
        Column(key="created", title=_("Skrevet"), width=16),
        Column(key="updated", title=_("Endret"), width=16),
        Column(key="id", title=_("Memo-ID"), width=16),
    )
    rows = tuple(
        (each.day, each.kind, each.on, each.subject, each.text, each.coder, each.private, LIST.join(each.links),
         LIST.join(each.unknown), each.created, each.updated, each.id)
        for each in book.entries
    )  # fmt: skip
    return Table(name=_("Memoer"), columns=columns, rows=rows)


def _condensate_table(condensates: Sequence[Condensate]) -> Table:
    keys, widths = ("group", "subgroup", "units", "condensate", "analysis"), (20, 22, 70, 60, 60)
    columns = tuple(
        Column(key=key, title=title, width=width, wrap=True)
        for key, title, width in zip(keys, condensate_headings(), widths, strict=True)
    )
    rows = tuple(
        (
            each.group,
            each.subgroup,
            "\n".join(map(unit_text, each.units)),
            "\n".join(condensate_lines(each)),
            each.analysis if first else "",
        )
        for each, first in grouped(condensates)
    )
    return Table(name=_("Kondensater"), columns=columns, rows=rows)


def _kind_shown(kind: str) -> str:
    words = {"memo": _("memo"), "diary": _("dagbok"), "condensate": _("kondensat (ikke ordrett)")}
    return words[kind]


def render_markdown(book: MemoBook) -> bytes:
    """The memos under a heading each, the diary by day; condensates under their code groups. UTF-8."""
    blocks = [f"# {escape(one_line(book.title))}", long_date(book.date, book.language)]
    if book.condensates is not None:
        for each, first in grouped(book.condensates):
            blocks += _condensate_blocks(each, first=first)
    for section in sections(book):
        blocks.append(f"## {section.title}")
        for entry in section.entries:
            blocks.append(f"### {escape(one_line(heading(entry, book.language)))}")
            blocks.append(f"*{escape(signature(entry, book.language))}*")
            blocks += [escape(line) for line in lines(printed(entry.text))]
    if not book.entries and not book.condensates:
        blocks.append(_("Ingen memoer."))
    return ("\n\n".join(blocks) + "\n").encode("utf-8")


def _condensate_blocks(each: Condensate, *, first: bool) -> Iterator[str]:
    if first:
        yield f"## {escape(one_line(each.group))}"
        if each.analysis:
            yield f"**{_('Analytisk tekst')}**"
            yield from (escape(line) for line in lines(each.analysis))
    yield f"### {escape(one_line(each.subgroup or each.group))}"
    yield f"**{condensate_label()}**"
    yield from (escape(line) for line in condensate_lines(each))
    yield f"**{_('Meningsbærende enheter')}**"
    yield "\n".join(f"- {escape(unit_text(unit))}" for unit in each.units) or _("Ingen.")
