"""regions."""

from __future__ import annotations

from collections.abc import Callable
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import Any, TypeVar

import click

from corpus.model import REGION_KINDS
from workbench.cli import output
from workbench.cli.options import coder_option, file_argument, json_option, list_options, opened, write_list
from workbench.core.entities import Source, StoredRegion
from workbench.errors import Refusal
from workbench.services import regions, sources
from workbench.services.closed import kind_words
from workbench.services.naming import find_source
from workbench.store.project import Project

_SHOWN = 60
"""Characters of a stretch in a table."""


Command = TypeVar("Command", bound=Callable[..., Any])


def which_options(command: Command) -> Command:
    """The arguments of what is done to stretches that are there already: by number, or all of a kind."""
    command = click.option("--kind", type=click.Choice(REGION_KINDS), help=_("Alle av denne typen i kilden."))(command)
    command = click.argument("which", metavar="[N...]", nargs=-1)(command)
    return file_argument(click.argument("source")(command))


@click.group(
    "regions",
    help=_(
        "Felt i teksten som ikke er løpende tekst (innholdsliste, tabell, fotnote ...), og steder talegjenkjenneren var "
        "usikker på. Det som er stengt, kan ikke kodes og er ikke med i søk, forslag og ordlister før det åpnes. N er "
        "nummeret i «regions list»."
    ),
)
def regions_group() -> None:
    pass


@regions_group.command("list", help=_("List feltene i en kilde, eller i alle."))
@file_argument
@click.argument("source", default="")
@click.option("--kind", type=click.Choice(REGION_KINDS), help=_("Bare denne typen."))
@list_options
def list_command(file: Path, source: str, kind: str | None, as_json: bool, as_csv: bool) -> None:
    with opened(file) as project:
        chosen = [find_source(project, source)] if source else sources.list_sources(project)
        rows = [row for each in chosen for row in _rows(project, each) if kind in (None, row["kind"])]
    if not (as_json or as_csv):
        words = kind_words()
        rows = [row | _readable(row, words[row["kind"]]) for row in rows]
    columns = {
        "source_name": _("kilde"),
        "n": _("nr."),
        "kind": _("type"),
        "start": _("fra"),
        "end": _("til"),
        "state": _("tilstand"),
        "text": _("tekst"),
    }
    write_list(rows, as_json=as_json, as_csv=as_csv, columns=columns, empty=_("Ingen felt er merket."))


@regions_group.command("open", help=_("Åpne felt for koding, etter nummer eller alle av en type."))
@which_options
@coder_option
@json_option
def open_command(
    file: Path, source: str, which: tuple[str, ...], kind: str | None, coder: str | None, as_json: bool
) -> None:
    number = _set_codable(file, source, which, kind, coder, codable=True, as_json=as_json)
    output.say(ngettext("{n} felt åpnet for koding.", "{n} felt åpnet for koding.", number).format(n=number))


@regions_group.command("close", help=_("Steng felt for koding, etter nummer eller alle av en type."))
@which_options
@coder_option
@json_option
def close_command(
    file: Path, source: str, which: tuple[str, ...], kind: str | None, coder: str | None, as_json: bool
) -> None:
    number = _set_codable(file, source, which, kind, coder, codable=False, as_json=as_json)
    output.say(ngettext("{n} felt stengt for koding.", "{n} felt stengt for koding.", number).format(n=number))


def _set_codable(
    file: Path,
    source: str,
    which: tuple[str, ...],
    kind: str | None,
    coder: str | None,
    *,
    codable: bool,
    as_json: bool,
) -> int:
    with opened(file, coder, writes=True) as project:
        found = find_source(project, source)
        chosen = _chosen(project, found, which, kind)
        number = regions.set_codable(project, chosen, codable=codable)
        _tell(project, found, chosen, as_json=as_json)
    return number


@regions_group.command("mark", help=_("Merk START–END som noe annet enn løpende tekst."))
@file_argument
@click.argument("source")
@click.argument("start", type=int)
@click.argument("end", type=int)
@click.option("--kind", type=click.Choice(REGION_KINDS), required=True, help=_("Hva det er."))
@click.option("--note", default="", help=_("Hvorfor det er merket."))
@coder_option
@json_option
def mark_command(
    file: Path, source: str, start: int, end: int, kind: str, note: str, coder: str | None, as_json: bool
) -> None:
    with opened(file, coder, writes=True) as project:
        found = find_source(project, source)
        made = regions.mark(project, found, start, end, kind, note=note)
        _tell(project, found, [made], as_json=as_json)


@regions_group.command("remove", help=_("Ta merket bort fra felt; teksten står."))
@which_options
@coder_option
def remove_command(file: Path, source: str, which: tuple[str, ...], kind: str | None, coder: str | None) -> None:
    with opened(file, coder, writes=True) as project:
        chosen = _chosen(project, find_source(project, source), which, kind)
        regions.remove(project, chosen)
    n = len(chosen)
    output.say(ngettext("{n} merke tatt bort.", "{n} merker tatt bort.", n).format(n=n))


@regions_group.command("seen", help=_("Si at tvilsomme steder er sett på: de med disse numrene, eller alle i kilden."))
@file_argument
@click.argument("source")
@click.argument("which", metavar="[N...]", nargs=-1)
@click.option("--not", "unseen", is_flag=True, help=_("Si at de likevel ikke er sett på."))
@coder_option
@json_option
def seen_command(
    file: Path, source: str, which: tuple[str, ...], unseen: bool, coder: str | None, as_json: bool
) -> None:
    with opened(file, coder, writes=True) as project:
        found = find_source(project, source)
        chosen = _chosen(project, found, which, None if which else "doubtful")
        number = regions.set_seen(project, chosen, seen=not unseen)
        _tell(project, found, chosen, as_json=as_json)
        left = regions.doubtful(project)[found.id]
    output.say(ngettext("{n} sted endret.", "{n} steder endret.", number).format(n=number))
    output.say(ngettext("{n} tvilsomt sted gjenstår.", "{n} tvilsomme steder gjenstår.", left).format(n=left))


def _chosen(project: Project, source: Source, which: tuple[str, ...], kind: str | None) -> list[StoredRegion]:
    if bool(which) == bool(kind):
        raise Refusal(_("Oppgi enten nummer fra «regions list» eller --kind."))
    if kind:
        return regions.of_kind(project, source, kind)
    return [regions.find_region(project, source, named) for named in which]


def _rows(project: Project, source: Source) -> list[dict[str, Any]]:
    known = regions.list_regions(project, source)
    if not known:
        return []
    text = sources.show_source(project, source).text
    return [
        {
            "source": source.id,
            "source_name": source.name,
            "n": n,
            "id": each.id,
            "kind": each.kind,
            "start": each.start,
            "end": each.end,
            "codable": each.codable,
            "seen": each.seen,
            "note": each.note,
            "text": text[each.start : each.end],
        }
        for n, each in enumerate(known, 1)
    ]


def _readable(row: dict[str, Any], kind: str) -> dict[str, Any]:
    state = _("åpent") if row["codable"] else _("stengt")
    if row["kind"] == "doubtful":
        state = _("sett på") if row["seen"] else _("ikke sett på")
    words = " ".join(row["text"].split())
    shown = words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"
    return {"kind": kind, "state": state, "text": shown}


def _tell(project: Project, source: Source, chosen: list[StoredRegion], *, as_json: bool) -> None:
    ids = {each.id for each in chosen}
    rows = [row for row in _rows(project, source) if row["id"] in ids]
    if as_json:
        output.write_json(rows)
    else:
        words = kind_words()
        shown = [(row["n"], _readable(row, words[row["kind"]])) for row in rows]
        output.write_lines([f"{n}  {line['kind']}  {line['state']}  {line['text']}" for n, line in shown])


COMMANDS = {"regions": regions_group}
