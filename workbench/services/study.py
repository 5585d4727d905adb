"""What is known about the study itself: the facts that reports print, and answers to reporting checklists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from gettext import gettext as _

from corpus.text import normalise
from exports.checklists.wording import CHECKLISTS, COMPUTED, POINTS
from workbench import language
from workbench.core.identifying import SMALLEST_GROUP
from workbench.core.ids import new_id
from workbench.errors import Refusal
from workbench.services.naming import not_found
from workbench.store.project import Project
from workbench.store.queries import writing
from workbench.store.schema import has_table
from workbench.store.state import State

ATTRIBUTES = ("case", "level", "side", "role", "informant", "wave")
"""What may be printed after a quotation."""
_ON_PROJECT = ("title", "data_class", "approval", "end_date")
_PLAIN = ("institution", "authors", "caveat", "attribution.allowed", "attribution.smallest_group")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A fact about the study that can be set."""

    key: str
    words: str
    """What it is, in the interface's language."""
    value: str
    computed: bool = False
    """The report answers it itself; what is written is added."""


def entries(project: Project) -> list[Entry]:
    """Every fact that can be set, with what it says now; the checklists' points last."""
    values = facts_of(project)
    named = {**_names(), **_points()}
    computed = {f"{name}.{number}" for name, numbers in COMPUTED.items() for number in numbers}
    return [
        Entry(key=key, words=words, value=values.get(key, ""), computed=key in computed) for key, words in named.items()
    ]


def facts_of(project: Project) -> dict[str, str]:
    """What has been said about the study by key, with title, approach and the like of the project itself."""
    row = State(project.connection, "", "", "").rows("project")[0]
    told = writing.facts(project.connection) if has_table(project.connection, "project_fact") else {}
    return told | {key: row[key] for key in (*_ON_PROJECT, "approach") if row[key]}


def set_facts(project: Project, changes: Mapping[str, str]) -> list[Entry]:
    """Say something about the study, all of it in one gesture; an empty value takes a fact away.

    Raises:
        NotFound: for a key there is not.
        Refusal: for a value that cannot be.
    """
    known = {entry.key: entry for entry in entries(project)}
    wanted: dict[str, str] = {}
    for key, value in changes.items():
        if key not in known:
            raise not_found(_("Det finnes ingen opplysning «{key}».").format(key=key), key, list(known))
        wanted[key] = _checked(key, normalise(value).strip())
    wanted = {key: value for key, value in wanted.items() if value != known[key].value}
    if wanted:
        with project.write() as act:
            card = {key: value for key, value in wanted.items() if key in _ON_PROJECT}
            if card:
                act.record("project.set", {"id": new_id(), "card": act.card(card)})
            for key, value in wanted.items():
                if key not in _ON_PROJECT:
                    act.record("fact.set", {"key": key, "value": act.text(value) if value else ""})
    return [entry for entry in entries(project) if entry.key in changes]


def allowed(values: Mapping[str, str]) -> tuple[str, ...]:
    """Attributes that may be printed after a quotation; all of them unless the project has said which."""
    told = [each.strip() for each in values.get("attribution.allowed", "").split(",") if each.strip()]
    return tuple(told) or ATTRIBUTES


def smallest_group(values: Mapping[str, str]) -> int:
    """How many a printed attribution must fit to pass without a warning, less one."""
    return int(values.get("attribution.smallest_group") or SMALLEST_GROUP)


def _checked(key: str, value: str) -> str:
    if not value:
        if key == "title":
            raise Refusal(_("Et prosjekt må ha en tittel."))
        return ""
    if key == "attribution.allowed":
        chosen = [each.strip().casefold() for each in value.replace("+", ",").split(",") if each.strip()]
        unknown = [each for each in chosen if each not in ATTRIBUTES]
        if unknown:
            raise Refusal(
                _("«{name}» kan ikke stå etter et sitat. Velg blant: {known}.").format(
                    name=unknown[0], known=", ".join(ATTRIBUTES)
                )
            )
        return ",".join(dict.fromkeys(chosen))
    if key == "attribution.smallest_group" and not (value.isdecimal() and 1 <= int(value) <= 99):
        raise Refusal(_("Den minste gruppen må være et tall fra 1 til 99."))
    if key == "end_date":
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            raise Refusal(_("Skriv datoen som 2026-12-31.")) from None
    return value


def _names() -> dict[str, str]:
    return {
        "title": _("Prosjektets tittel"),
        "institution": _("Institusjon"),
        "authors": _("Forfattere"),
        "data_class": _("Dataklasse, som stemples på hver side"),
        "approval": _("Godkjenning (Sikt, REK): nummer"),
        "end_date": _("Prosjektslutt"),
        "caveat": _("Forbehold leseren må kjenne"),
        "attribution.allowed": _("Hva som kan stå etter et sitat"),
        "attribution.smallest_group": _("Advar når så få eller færre kan ha sagt det"),
    }


def _points() -> dict[str, str]:
    spoken = language.current()
    return {
        f"{name}.{point.number}": f"{title} {point.number}: {point.words(spoken)}"
        for name, title in CHECKLISTS.items()
        for point in POINTS[name]
    }
