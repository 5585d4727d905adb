"""What lies in another tool's project, and what became of it here, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from gettext import gettext as _
from gettext import ngettext
from typing import TYPE_CHECKING

from exports.interchange.model import Bundle
from workbench.services.interchange.losses import grouped

if TYPE_CHECKING:
    from workbench.services.interchange.receiving import Received


def contents(bundle: Bundle) -> list[str]:
    """What a project has, who has coded in it, and what of it cannot be taken in."""
    informants = sum(each.kind == "informant" for each in bundle.cases)
    counts = {
        "source": len(bundle.sources),
        "code": len(bundle.codes),
        "coding": len(bundle.codings),
        "note": len(bundle.notes),
        "case": len(bundle.cases) - informants,
        "informant": informants,
        "set": sum(bool(each.codes or each.codings) for each in bundle.sets),
        "link": len(bundle.links),
    }
    lines = [_("{title} (fra {tool})").format(title=bundle.title or _("(uten navn)"), tool=tool_name(bundle.tool))]
    lines.append(in_numbers(counts) or _("Ingenting som kan tas inn."))
    if bundle.people:
        lines.append(_("Kodere: {names}").format(names=", ".join(each.name for each in bundle.people)))
    for heading, found in (
        (_("Kan ikke tas inn:"), [each for each in bundle.losses if not each.mended]),
        (_("Leses på en annen måte enn det står:"), [each for each in bundle.losses if each.mended]),
    ):
        if found:
            lines += ["", heading, *grouped(found)]
    return lines


def tool_name(tool: str) -> str:
    """What a project's tool is called; a file need not say which it is from."""
    return tool.strip() or _("ukjent program")


def outcome(received: Received) -> str:
    """«nye: 3 kilder, 12 koder; uendret: 2 koder»."""
    parts = [
        f"{heading}: {shown}"
        for heading, counts in (
            (_("nye"), received.added),
            (_("oppdatert"), received.updated),
            (_("uendret"), received.unchanged),
        )
        if (shown := in_numbers(counts))
    ]
    return "; ".join(parts) or _("ingenting nytt")


def in_numbers(counts: Mapping[str, int]) -> str:
    """«3 kilder, 12 koder»; kinds without words, and those there are none of, are left out."""
    words: Mapping[str, Callable[[int], str]] = {
        "source": lambda n: ngettext("{n} kilde", "{n} kilder", n),
        "code": lambda n: ngettext("{n} kode", "{n} koder", n),
        "coding": lambda n: ngettext("{n} koding", "{n} kodinger", n),
        "note": lambda n: ngettext("{n} notat", "{n} notater", n),
        "case": lambda n: ngettext("{n} case", "{n} caser", n),
        "informant": lambda n: ngettext("{n} informant", "{n} informanter", n),
        "set": lambda n: ngettext("{n} tema", "{n} temaer", n),
        "link": lambda n: ngettext("{n} kobling", "{n} koblinger", n),
        "survey": lambda n: ngettext("{n} spørreundersøkelse", "{n} spørreundersøkelser", n),
    }
    return ", ".join(say(n).format(n=n) for kind, say in words.items() if (n := counts.get(kind, 0)))
