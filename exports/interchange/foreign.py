"""What the readers of other tools' databases share: GUIDs that stay, times, people, and what is said of what was lost."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from gettext import gettext as _

from exports.interchange.databases import Database, columns_with_values, has_rows
from exports.interchange.model import CodeItem, Loss, NoteItem, NoteTarget, Person, SourceItem
from exports.interchange.quoted_spans import Reading

_NAMESPACE = uuid.UUID("8d0f3a52-6c1e-5b7a-9f42-1a7c3e5d9b60")
_MONTHS = {month: number for number, month in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}


def stable_guid(*parts: object) -> str:
    """A GUID that is the same whenever the parts are: what a tool without GUIDs calls its things."""
    return str(uuid.uuid5(_NAMESPACE, "\x1f".join(str(part) for part in parts)))


def iso_time(text: str) -> str:
    """A time as databases write it (`2026-03-14 09:30:00`) in ISO 8601 with Z; empty when it is none.

    Times without a zone keep their clock: nobody knows in which zone they were written.
    """
    try:
        found = datetime.fromisoformat(text.strip())
        found = found.astimezone(UTC) if found.tzinfo else found
    except (ValueError, OverflowError):
        return ""
    return found.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def iso_time_of_r(text: str) -> str:
    """A time as R's `date()` writes it (`Thu Apr 30 18:53:37 2015`) in ISO 8601 with Z; empty when it is none."""
    words = text.split()
    if len(words) != 5 or words[1] not in _MONTHS:
        return iso_time(text)
    return iso_time(f"{words[4]:0>4}-{_MONTHS[words[1]]:02}-{words[2]:0>2} {words[3]}")


def clock_said(tally: Tally, tool: str) -> None:
    """Says that the tool's times are local ones, of a zone the file does not name."""
    why = _("Tidspunktene i filen har ingen tidssone; klokkeslettene er tatt inn som de står.")
    tally.add(_("Tidspunkter"), tool, why, mended=True)


def person_guid(project: str, name: str) -> str:
    """GUID of a coder of the project; empty for no name."""
    return stable_guid(project, "person", name) if name else ""


def people(project: str, names: Iterable[str]) -> tuple[Person, ...]:
    """Coders in alphabetical order, each once."""
    return tuple(
        Person(guid=person_guid(project, name), name=name) for name in sorted({name for name in names if name})
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What codings and notes of a project are on, by the numbers the tool gave."""

    project: str
    """GUID."""
    sources: Mapping[int, SourceItem]
    codes: Mapping[int, CodeItem]
    names: Mapping[int, str]
    """Names of all sources, also of those that are not taken along."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What was lost or mended, counted by name and reason."""

    counted: Counter[tuple[str, str, str, bool]] = field(default_factory=Counter)

    def add(self, what: str, name: str, why: str, *, count: int = 1, mended: bool = False) -> None:
        """Some more of the kind; see `Loss`."""
        if count:
            self.counted[(what, name, why, mended)] += count

    def losses(self) -> tuple[Loss, ...]:
        """One for each name and reason, what is lost before what is mended."""
        said = sorted(self.counted.items(), key=lambda pair: pair[0][3])
        return tuple(
            Loss(what=what, name=name, why=why, count=count, mended=mended) for (what, name, why, mended), count in said
        )


def memo(guid: str, text: str, target_kind: NoteTarget, target: str) -> tuple[NoteItem, ...]:
    """The note that a memo of unknown author is; none for a blank one."""
    return (NoteItem(guid=guid, text=text, target_kind=target_kind, target=target),) if text.strip() else ()


def why_lost(source: SourceItem | None, code: CodeItem | None) -> str:
    """Why a coding is not taken along."""
    if source is None:
        return _("Kilden er ikke med.")
    if code is None:
        return _("Koden finnes ikke i prosjektet.")
    return why_unplaced()


def why_unplaced() -> str:
    """Why a coding has no place in its text."""
    return _("Verken plassen eller de markerte ordene finnes i teksten.")


def why_mended(reading: Reading) -> str:
    """Why a coding lies elsewhere than its offsets say."""
    if reading == "utf16":
        return _("Plassen var forskjøvet av emojier foran i teksten; de markerte ordene er fulgt.")
    return _("Plassen stemte ikke med de markerte ordene; ordene er fulgt.")


def why_nowhere() -> str:
    """Why a value is not taken along."""
    return _("Det den hører til, kom ikke med eller finnes ikke i filen.")


def makers_said(tally: Tally, tool: str, count: int) -> None:
    """Says that who made codes and cases, and when, is left behind."""
    why = _("Hvem som laget koder, kategorier, caser og egenskaper, og når, blir ikke tatt inn.")
    tally.add(_("Opphav"), tool, why, count=count)


def said_of_file(database: Database) -> tuple[Loss, ...]:
    """How the file differed from what a new and finished one of its kind is."""
    name = database.path.name
    found = []
    if database.unfinished:
        why = _("Programmet kan ha endringer som ikke er skrevet til filen. Lukk programmet og importer på nytt.")
        found.append(Loss(what=_("Database"), name=name, why=why, mended=True))
    absent = list(dict.fromkeys(database.absent))
    if absent:
        why = _("Filen er fra en annen versjon av programmet og mangler dette; feltene er tomme.")
        found.append(Loss(what=_("Felter"), name=", ".join(absent), why=why, count=len(absent), mended=True))
    if database.foreign:
        why = _("Noe av teksten var ikke i UTF-8 og er lest som cp1252; sjekk at æ, ø og å er riktige.")
        count = len(database.foreign)
        found.append(Loss(what=_("Tegnkoding"), name=", ".join(database.foreign), why=why, count=count, mended=True))
    return tuple(found)


def unread_columns(
    database: Database, known: Mapping[str, Iterable[str]], apart: Mapping[str, Iterable[str]]
) -> tuple[Loss, ...]:
    """Columns with something in them that no reader here knows, in tables that are read: newer versions have more.

    Args:
        database: open.
        known: table to the columns that are read.
        apart: table to those that are nobody's work, or of which something is said elsewhere; `*` stands for every table.
    """
    why = _("Feltet er ukjent for Kodebenk; innholdet er ikke med.")
    found = []
    for table, columns in known.items():
        heard = {name.lower() for name in (*columns, *apart.get(table, ()), *apart.get("*", ()))}
        filled = columns_with_values(database, table, heard)
        found += [Loss(what=_("Felt"), name=f"{table}.{name}", why=why, count=count) for name, count in filled.items()]
    return tuple(found)


def unread_tables(database: Database, known: Iterable[str], prefix: str = "sqlite_") -> tuple[Loss, ...]:
    """Tables with something in them that no reader here knows: newer versions of a tool have more.

    Args:
        database: open.
        known: tables that are read or of which it is said elsewhere that they are not.
        prefix: how further ones of the latter kind begin.
    """
    heard = {name.lower() for name in known}
    why = _("Tabellen er ukjent for Kodebenk; innholdet er ikke med.")
    return tuple(
        Loss(what=_("Tabell"), name=name, why=why)
        for lower, name in sorted(database.tables.items())
        if lower not in heard and not lower.startswith(("sqlite_", prefix)) and has_rows(database, lower)
    )
