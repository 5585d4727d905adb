"""What earlier reports held, and what is other in a new one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from typing import Any, Literal

from corpus.text import digest
from exports import models
from exports.norwegian import sort_key
from exports.quotations import unite
from workbench.core.entities import ThemeEntry, WrittenReport
from workbench.store.project import Project
from workbench.store.queries import writing
from workbench.store.schema import has_table

ChangeKind = Literal["theme-in", "theme-out", "title", "quote-in", "quote-out", "wording", "essence", "counts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportChange:
    """One thing that is other than in the report before."""

    kind: ChangeKind
    theme: str
    """Title of the theme."""
    quote: str
    """Id of the quotation, or empty."""
    text: str
    """The change in words."""


def manifest(report: models.Report, themes: Sequence[ThemeEntry]) -> dict[str, Any]:
    """What a report prints, as ids, digests and counts; never the words themselves."""
    return {
        "themes": [
            {
                "id": theme.id,
                "title": chapter.title,
                "essence": digest(chapter.essence),
                "quotes": {
                    passage.excerpt.quote_id: digest(passage.excerpt.printed) for passage in unite(chapter.excerpts)
                },
                "counts": _counts(chapter),
            }
            for theme, chapter in zip(themes, report.chapters, strict=True)
        ]
    }


def written_reports(project: Project) -> list[WrittenReport]:
    """Reports that were written, the newest first."""
    return writing.reports(project.connection) if has_table(project.connection, "report") else []


def changes_since(project: Project, title: str, now: Mapping[str, Any]) -> tuple[ReportChange, ...]:
    """What is other than in the last report with this title; nothing when there is none."""
    before = next((each for each in written_reports(project) if each.title == title), None)
    return () if before is None else tuple(_between(before.card.get("manifest", {}), now))


def _between(before: Any, now: Mapping[str, Any]) -> Iterator[ReportChange]:
    old = {theme["id"]: theme for theme in before.get("themes", ())}
    new = {theme["id"]: theme for theme in now["themes"]}
    for key, theme in new.items():
        if key in old:
            yield from _in_theme(old[key], theme)
        else:
            yield _change("theme-in", theme, _("Nytt tema: «{theme}».").format(theme=theme["title"]))
    for key, theme in old.items():
        if key not in new:
            yield _change("theme-out", theme, _("Temaet «{theme}» er ute.").format(theme=theme["title"]))


def _in_theme(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[ReportChange]:
    title = new["title"]
    if old["title"] != title:
        said = _("Temaet «{old}» heter nå «{new}».").format(old=old["title"], new=title)
        yield _change("title", new, said)
    if old["essence"] != new["essence"]:
        yield _change("essence", new, _("Essensen i «{theme}» er skrevet om.").format(theme=title))
    before, after = old["quotes"], new["quotes"]
    for quote in sorted(before.keys() | after.keys(), key=sort_key):
        if quote not in before:
            said = _("{quote} er kommet inn i «{theme}».").format(quote=quote, theme=title)
            yield _change("quote-in", new, said, quote)
        elif quote not in after:
            said = _("{quote} er gått ut av «{theme}».").format(quote=quote, theme=title)
            yield _change("quote-out", new, said, quote)
        elif before[quote] != after[quote]:
            said = _("{quote} i «{theme}» gjengis med andre ord.").format(quote=quote, theme=title)
            yield _change("wording", new, said, quote)
    if list(old["counts"]) != list(new["counts"]):
        said = _("«{theme}» har nå {now} segmenter mot {before} sist.").format(
            theme=title, now=new["counts"][0], before=old["counts"][0]
        )
        yield _change("counts", new, said)


def _change(kind: ChangeKind, theme: Mapping[str, Any], text: str, quote: str = "") -> ReportChange:
    return ReportChange(kind=kind, theme=theme["title"], quote=quote, text=text)


def _counts(chapter: models.ThemeChapter) -> list[int]:
    total = chapter.total
    return [] if total is None else [total.segments, total.sources, total.informants, total.cases]
