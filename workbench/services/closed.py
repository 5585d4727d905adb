"""Stretches that are closed to coding: contents lists, tables, captions and the like, until somebody opens them.

A place is barred when more than half of it lies in closed stretches, so that a sentence which touches a table may be coded.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from gettext import gettext as _
from gettext import ngettext

from corpus.spans import joined
from workbench.core.entities import Source, StoredRegion
from workbench.errors import Refusal
from workbench.store.project import Project
from workbench.store.queries import interchange

Span = tuple[int, int]
"""Half-open code-point offsets in a source's text."""


@dataclass(frozen=True, slots=True)
class Closed:
    """What is closed, by source id: spans in order and without overlap."""

    spans: Mapping[str, Sequence[Span]] = field(default_factory=dict)

    def bars(self, source: str, start: int, end: int) -> bool:
        """Whether more than half of a span is closed."""
        spans = self.spans.get(source)
        return spans is not None and 2 * _covered(spans, start, end) > end - start

    def touches(self, source: str) -> bool:
        """Whether anything in a source is closed."""
        return source in self.spans


def closed_in(project: Project, source: str = "") -> Closed:
    """What is closed to coding in every source, or in the one with this id."""
    return Closed(interchange.closed_spans(project.connection, source))


def require_open(project: Project, source: Source, start: int, end: int) -> None:
    """Refuse a span that is mostly closed, with what it lies in and how it is opened.

    Raises:
        Refusal: if more than half of the span is closed to coding.
    """
    barring = interchange.closed_within(project.connection, source.id, start, end)
    if 2 * _covered(joined([(first, last) for _id, first, last in barring]), start, end) <= end - start:
        return
    most = max(barring, key=lambda each: min(each[2], end) - max(each[1], start))[0]
    known = interchange.regions(project.connection, source.id)
    number, region = next((n, each) for n, each in enumerate(known, 1) if each.id == most)
    raise Refusal(
        _(
            "Stedet ligger i et felt som er stengt for koding: {what}. Åpne det med «(» i teksten, eller med "
            '«kodebenk regions open FIL "{source}" {n}».'
        ).format(what=region_words(region), source=source.name, n=number)
    )


def region_words(region: StoredRegion) -> str:
    """What a stretch is, with why it was marked: «annet (vedlegg)»; why is enough where it is only doubtful."""
    name = kind_words().get(region.kind, region.kind)
    if region.kind == "doubtful":
        return region.note or name
    return f"{name} ({region.note})" if region.note else name


def kind_words() -> Mapping[str, str]:
    """Kind of stretch -> what it is called."""
    return {
        "contents": _("innholdsliste"),
        "table": _("tabell"),
        "caption": _("bilde- eller tabelltekst"),
        "footnote": _("fotnote"),
        "summary": _("sammendrag på et annet språk"),
        "references": _("litteraturliste"),
        "other": _("annet"),
        "doubtful": _("usikkert hørt"),
    }


def left_out_words(number: int) -> str:
    """«3 treff er utelatt, siden de ligger i felt som er stengt for koding.»"""
    return ngettext(
        "{n} treff er utelatt, siden det ligger i et felt som er stengt for koding.",
        "{n} treff er utelatt, siden de ligger i felt som er stengt for koding.",
        number,
    ).format(n=number)


def _covered(spans: Sequence[Span], start: int, end: int) -> int:
    """How many code points of a span lie in the spans, which come in order without overlap."""
    first = bisect_left(spans, start, key=lambda span: span[1])
    covered = 0
    for begin, stop in spans[first:]:
        if begin >= end:
            break
        covered += min(stop, end) - max(begin, start)
    return covered
