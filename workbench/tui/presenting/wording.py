"""The words the screens use for what the project stores as codes: statuses, kinds, roles, measures."""

from __future__ import annotations

from collections.abc import Mapping
from gettext import gettext as _
from gettext import ngettext

STATUS_GLYPHS: Mapping[str, str] = {"not-read": "○", "read": "◔", "coding": "◑", "finished": "●"}


def status_words() -> Mapping[str, str]:
    """Reading status -> what it is called, in the order a reader goes through them."""
    return {
        "not-read": _("ikke lest"),
        "read": _("lest"),
        "coding": _("under koding"),
        "finished": _("ferdig"),
    }


def status_shown(status: str) -> str:
    """«◑ under koding»: a glyph and a word, so that neither colour nor shape stands alone."""
    return f"{STATUS_GLYPHS.get(status, '?')} {status_words().get(status, status)}"


def kind_words() -> Mapping[str, str]:
    return {
        "transcript": _("transkripsjon"),
        "minutes": _("referat"),
        "notes": _("intervjunotat"),
        "survey": _("spørreundersøkelse"),
        "report": _("rapport"),
        "article": _("artikkel"),
    }


def role_words() -> Mapping[str, str]:
    return {"interviewer": _("intervjuer"), "participant": _("deltaker"), "other": _("annen")}


def verdict_words() -> Mapping[str, str]:
    return {"pending": _("ubehandlet"), "accepted": _("godtatt"), "rejected": _("avvist")}


def measure_words() -> Mapping[str, str]:
    return {
        "segments": _("utdrag"),
        "sources": _("kilder"),
        "informants": _("informanter"),
        "share": _("andel av raden"),
    }


def codings(n: int) -> str:
    return ngettext("{n} koding", "{n} kodinger", n).format(n=n)


def turns(n: int) -> str:
    return ngettext("{n} replikk", "{n} replikker", n).format(n=n)


def score(value: float) -> str:
    """A score with two decimals and a comma."""
    return f"{value:.2f}".replace(".", ",")


def weight(value: float) -> str:
    """What a reason adds, with its sign: +0,8 or −0,3."""
    return f"{value:+.1f}".replace(".", ",").replace("-", "−")


def around_words() -> dict[str, str]:
    """What is said around a suggestion, in words."""
    return {
        "within": _("resten av replikken"),
        "before": _("det som ble sagt like før"),
        "after": _("det som blir sagt like etter"),
        "carried": _("ord som viser tilbake"),
        "sentences before": _("setningene før"),
        "sentences after": _("setningene etter"),
    }


def shortened(text: str, length: int) -> str:
    """The text on one line, cut with an ellipsis when longer than `length` characters."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: max(length - 1, 0)].rstrip() + "…"
