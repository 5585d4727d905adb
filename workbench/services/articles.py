"""Published texts, articles and reports: they have a title, a publisher, and a date that is never made up."""

from __future__ import annotations

import re
from gettext import gettext as _

from corpus.dates import iso_date, iso_month
from workbench.core.entities import Source
from workbench.errors import Refusal

UNKNOWN = "ukjent"
"""What stands for the date of a published text that somebody has looked for one in vain."""
PUBLISHED = ("article", "report")
"""Kinds of sources that were published."""
_ISO = re.compile(r"(?:1[89]|20)\d\d(?:-(?:0[1-9]|1[0-2]))?")


def is_published(kind: str) -> bool:
    return kind in PUBLISHED


def is_known(date: str) -> bool:
    """Whether a stored date says when."""
    return date not in ("", UNKNOWN)


def lacks_date(kind: str, date: str) -> bool:
    """Whether a source of this kind cannot be stored with this date."""
    return is_published(kind) and not date.strip()


def settled_date(kind: str, date: str) -> str:
    """The date as it is stored: of published texts as 2026-03-14, 2026-03, 2026 or `ukjent`; of others as it was written.

    Raises:
        Refusal: if a published text has none, or one that is no date.
    """
    written = date.strip()
    if not is_published(kind):
        return written
    if not written:
        named = _("Artikkelen har ingen dato.") if kind == "article" else _("Rapporten har ingen dato.")
        advice = _(
            "Oppgi den med «--date 2026-03-14» (bare «2026-03» eller «2026» går også), eller skriv «--date ukjent» når "
            "den ikke er å finne."
        )
        raise Refusal(f"{named} {advice}")
    if written.casefold() in (UNKNOWN, "ukjend", "unknown"):
        return UNKNOWN
    day = written if _ISO.fullmatch(written) else iso_date(written) or iso_month(written)
    if not day:
        raise Refusal(
            _("«{date}» er ingen dato. Skriv den som 2026-03-14, 2026-03 eller 2026, eller skriv «ukjent».").format(
                date=written
            )
        )
    return day


def citation(source: Source) -> str:
    """What a published text is called where it is quoted: «Ventetida øker, NRK Nordland, 2026-03-14».

    The title, or the source's name where no title is known; publisher and date as far as they are known.
    """
    parts = (source.title or source.name, source.publisher, source.date if is_known(source.date) else "")
    return ", ".join(part for part in parts if part)
