"""Marked stretches as the transcript draws them, and in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from gettext import gettext as _

from workbench.core.entities import StoredRegion
from workbench.services.closed import region_words
from workbench.tui.transcript.stretches import Stretch


def stretches(regions: Iterable[StoredRegion]) -> list[Stretch]:
    """What is drawn of them: the closed ones, and the doubtful ones that nobody has looked at."""
    # Looked up once: a look-up asks the file system.
    words, closed = short_words(), _("{what} stengt")
    return [
        Stretch(
            start=each.start,
            end=each.end,
            look="doubtful" if each.codable else "closed",
            label="" if each.codable else closed.format(what=words.get(each.kind, each.kind)),
            short="" if each.codable else words.get(each.kind, each.kind),
        )
        for each in regions
        if not each.codable or (each.kind == "doubtful" and not each.seen)
    ]


def short_words() -> Mapping[str, str]:
    """Kind of stretch -> one short word for the margin."""
    return {
        "contents": _("innhold"),
        "table": _("tabell"),
        "caption": _("billedtekst"),
        "footnote": _("fotnote"),
        "summary": _("summary"),
        "references": _("litteratur"),
        "other": _("annet"),
        "doubtful": _("usikkert"),
    }


def regions_here(regions: Sequence[StoredRegion]) -> str:
    """The stretches at a place in words: «tabell, stengt for koding»."""
    return " · ".join(_told(each) for each in regions)


def _told(region: StoredRegion) -> str:
    words = region_words(region)
    if not region.codable:
        return _("{what}, stengt for koding").format(what=words)
    if region.kind == "doubtful":
        return _("{what}, sett på").format(what=words) if region.seen else words
    return _("{what}, åpnet for koding").format(what=words)
