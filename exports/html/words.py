"""The words on the corpus page, in the language that is spoken when it is written."""

from __future__ import annotations

from gettext import gettext as _
from typing import Any


def words() -> dict[str, Any]:
    """What the page's program says, by the names it knows them by."""
    return {
        "filters": _("Filtre"),
        "search": _("Søk i utdragene"),
        "starred": _("Bare utvalgte sitater (★)"),
        "codes": _("Koder"),
        "cases": _("Caser"),
        "all": _("Vis alle"),
        "sources": _("Kilder"),
        "about": _("Om koden og utdraget"),
        "nothing_chosen": _("Velg et utdrag for å se definisjonen av koden og hvem som har kodet."),
        "meaning": _("Hva koden betyr"),
        "brief": _("Kort definisjon"),
        "definition": _("Definisjon"),
        "when": _("Når"),
        "when_not": _("Når ikke"),
        "examples": _("Eksempler"),
        "who": _("Hvem"),
        "coders": _("Kodet av"),
        "first": _("Først kodet av"),
        "origin": _("Opphav"),
        "created": _("Kodet"),
        "themes": _("Tema"),
        "time": _("Tid i opptaket"),
        "question": _("Spørsmål"),
        "memo": _("Memo"),
        "open": _("Les i sammenheng"),
        "count": _("{n} av {total} utdrag"),
        "more": _("Vis flere ({n} igjen)"),
        "marked": _("{source}: {n} utdrag er merket"),
        "back": _("Til utdragene"),
        "keys": _("Taster"),
        "close": _("Lukk"),
        "skip": _("Til innholdet"),
        "help": [
            ["j k", _("neste og forrige utdrag")],
            ["Enter", _("les utdraget i sammenheng")],
            ["Esc", _("tilbake til utdragene")],
            ["/", _("søk i utdragene")],
            ["Tab", _("gå mellom filtre, lenker og knapper")],
            ["?", _("denne hjelpen")],
        ],
    }
