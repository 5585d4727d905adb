"""sources, show, source."""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext
from pathlib import Path

import click

from workbench.cli import output, shapes
from workbench.cli.options import coder_option, file_argument, json_option, list_options, opened, write_list
from workbench.cli.waiting import tell_waiting
from workbench.errors import Refusal
from workbench.services import languages, regions, sources, texts, waiting
from workbench.services.importing import SpeakerChoice
from workbench.services.naming import find_source

source_argument = click.argument("source")


@click.command("sources", help=_("List kildene i prosjektet."))
@file_argument
@list_options
def sources_command(file: Path, as_json: bool, as_csv: bool) -> None:
    with opened(file) as project:
        unseen = regions.doubtful(project)
        waits = waiting.count_waiting(project)
        rows = [
            shapes.source(each) | {"doubtful": unseen[each.id], "waiting": waits.get(each.id, 0)}
            for each in sources.list_sources(project)
        ]
        tell_waiting(project)
    columns = {"id": _("id"), "name": _("navn"), "kind": _("type"), "case": _("case"), "turns": _("replikker"),
               "characters": _("tegn"), "codings": _("kodinger")}  # fmt: skip
    write_list(rows, as_json=as_json, as_csv=as_csv, columns=columns, empty=_("Prosjektet har ingen kilder."))


@click.command("show", help=_("Vis teksten og replikkene i en kilde (id, navn eller begynnelsen på det)."))
@file_argument
@source_argument
@json_option
def show_command(file: Path, source: str, as_json: bool) -> None:
    with opened(file) as project:
        shown = sources.show_source(project, find_source(project, source))
        spoken = languages.list_turn_languages(project, shown) if as_json else []
    if as_json:
        shape = shapes.source_text(shown)
        shape["turns"] = [turn | {"language": each} for turn, each in zip(shape["turns"], spoken, strict=True)]
        output.write_json(shape | {"language": shown.source.language})
    else:
        output.write_lines([shown.text])


@click.group("source", help=_("Gi nytt navn, flytt, rett, masker eller slett en kilde."))
def source_group() -> None:
    pass


@source_group.command("describe", help=_("Gi kilden nytt navn, flytt den, eller rett opplysningene om den."))
@file_argument
@source_argument
@click.option("--name", help=_("Nytt navn."))
@click.option("--kind", help=_("Kildetype."))
@click.option("--title", help=_("Tittel på en artikkel eller rapport."))
@click.option("--publisher", help=_("Hvem som har utgitt den."))
@click.option("--case", "cases", multiple=True, help=_("Case (kan gjentas); erstatter de som står."))
@click.option("--wave", help=_("Bølge."))
@click.option("--date", help=_("Dato; for artikler og rapporter utgivelsen, eller «ukjent»."))
@click.option("--mode", help=_("Hvordan intervjuet ble gjort."))
@click.option("--language", help=_("nb eller nn."))
@click.option("--folder", help=_("Mappe i kildelisten."))
@click.option("--verbatim/--not-verbatim", default=None, help=_("Om teksten er ordrett."))
@coder_option
@json_option
def describe_command(
    file: Path,
    source: str,
    cases: tuple[str, ...],
    coder: str | None,
    as_json: bool,
    name: str | None,
    kind: str | None,
    title: str | None,
    publisher: str | None,
    wave: str | None,
    date: str | None,
    mode: str | None,
    language: str | None,
    folder: str | None,
    verbatim: bool | None,
) -> None:
    with opened(file, coder, writes=True) as project:
        changed = sources.describe_source(
            project,
            find_source(project, source),
            name=name,
            kind=kind,
            title=title,
            publisher=publisher,
            cases=cases or None,
            wave=wave,
            date=date,
            mode=mode,
            language=language,
            folder=folder,
            verbatim=verbatim,
        )
    _tell(shapes.source(changed), changed.name, as_json=as_json)


@source_group.command("delete", help=_("Slett kilden. Det som henger på den, sies først; --yes sletter."))
@file_argument
@source_argument
@click.option("--yes", is_flag=True, help=_("Slett uten å spørre."))
@coder_option
def delete_command(file: Path, source: str, yes: bool, coder: str | None) -> None:
    with opened(file, coder, writes=True) as project:
        found = find_source(project, source)
        hanging = sources.what_hangs_on(project, found)
        output.say(
            _("«{name}» slettes med {what}.").format(name=found.name, what=hanging)
            if hanging
            else _("«{name}» slettes; ingenting henger på den.").format(name=found.name)
        )
        if not yes:
            raise Refusal(
                _("Ingenting er slettet. Skriv kommandoen med --yes for å slette; «undo» henter kilden tilbake.")
            )
        sources.delete_source(project, found)


@source_group.command("speaker", help=_("Si hvem en taler er: rolle og informant. Teksten endres ikke."))
@file_argument
@source_argument
@click.argument("label")
@click.option("--role", type=click.Choice(texts.ROLES), required=True, help=_("Rolle i samtalen."))
@click.option("--informant", default="", help=_("Informantnummer, som I03."))
@click.option("--informant-role", default="", help=_("Informantens stilling eller rolle."))
@click.option("--level", default="", help=_("strategisk, operativt ..."))
@click.option("--side", default="", help=_("kommune, spesialisthelsetjeneste, bruker ..."))
@coder_option
def speaker_command(
    file: Path, source: str, label: str, role: str, informant: str, informant_role: str, level: str, side: str,
    coder: str | None,
) -> None:  # fmt: skip
    choice = SpeakerChoice(
        label=label, role=role, informant=informant, informant_role=informant_role, level=level, side=side
    )
    with opened(file, coder, writes=True) as project:
        texts.set_speaker(project, find_source(project, source), choice)


@source_group.command(
    "relabel", help=_("Gi replikken ved OFFSET en annen taler, eller hele taleren nytt navn med --all.")
)
@file_argument
@source_argument
@click.argument("offset", type=int)
@click.argument("label")
@coder_option
@json_option
def relabel_command(file: Path, source: str, offset: int, label: str, coder: str | None, as_json: bool) -> None:
    with opened(file, coder, writes=True) as project:
        revision = texts.correct_speaker(project, find_source(project, source), offset, label)
    _revised([revision], as_json=as_json)


@source_group.command("rename-speaker", help=_("Gi en taler nytt navn overalt i kilden."))
@file_argument
@source_argument
@click.argument("label")
@click.argument("new_label")
@coder_option
@json_option
def rename_speaker_command(
    file: Path, source: str, label: str, new_label: str, coder: str | None, as_json: bool
) -> None:
    with opened(file, coder, writes=True) as project:
        revision = texts.rename_speaker(project, find_source(project, source), label, new_label)
    _revised([revision], as_json=as_json)


@source_group.command("split", help=_("Del replikken ved OFFSET; det som følger, blir en replikk av LABEL."))
@file_argument
@source_argument
@click.argument("offset", type=int)
@click.argument("label")
@coder_option
@json_option
def split_command(file: Path, source: str, offset: int, label: str, coder: str | None, as_json: bool) -> None:
    with opened(file, coder, writes=True) as project:
        revision = texts.split_turn(project, find_source(project, source), offset, label)
    _revised([revision], as_json=as_json)


@source_group.command("unite", help=_("Slå replikken ved OFFSET sammen med den neste."))
@file_argument
@source_argument
@click.argument("offset", type=int)
@coder_option
@json_option
def unite_command(file: Path, source: str, offset: int, coder: str | None, as_json: bool) -> None:
    with opened(file, coder, writes=True) as project:
        revision = texts.unite_turns(project, find_source(project, source), offset)
    _revised([revision], as_json=as_json)


@source_group.command("correct", help=_("Rett en skrivefeil: erstatt START–END med REPLACEMENT."))
@file_argument
@source_argument
@click.argument("start", type=int)
@click.argument("end", type=int)
@click.argument("replacement")
@coder_option
@json_option
def correct_command(
    file: Path, source: str, start: int, end: int, replacement: str, coder: str | None, as_json: bool
) -> None:
    with opened(file, coder, writes=True) as project:
        revision = texts.correct_typo(project, find_source(project, source), start, end, replacement)
    _revised([revision], as_json=as_json)


@source_group.command("mask", help=_("Erstatt et navn med noe annet i alle kilder (eller bare denne med --only-here)."))
@file_argument
@source_argument
@click.argument("name")
@click.argument("replacement")
@click.option("--only-here", is_flag=True, help=_("Bare i denne kilden."))
@coder_option
@json_option
def mask_command(
    file: Path, source: str, name: str, replacement: str, only_here: bool, coder: str | None, as_json: bool
) -> None:
    with opened(file, coder, writes=True) as project:
        found = find_source(project, source)
        revisions = texts.mask_name(project, found, name, replacement, everywhere=not only_here)
    _revised(revisions, as_json=as_json)
    output.say(_("Eldre versjoner har fortsatt navnet. «source purge» destruerer dem."))


@source_group.command("purge", help=_("Destruer eldre tekstversjoner og originalfilen. Kan ikke angres."))
@file_argument
@source_argument
@click.option("--yes", is_flag=True, help=_("Destruer uten å spørre."))
@coder_option
def purge_command(file: Path, source: str, yes: bool, coder: str | None) -> None:
    with opened(file, coder, writes=True) as project:
        found = find_source(project, source)
        if not yes:
            raise Refusal(_("Ingenting er destruert. Dette kan ikke angres; skriv kommandoen med --yes."))
        number = texts.purge_versions(project, found)
    output.say(ngettext("{n} eldre versjon destruert.", "{n} eldre versjoner destruert.", number).format(n=number))


def _tell(shape: object, line: str, *, as_json: bool) -> None:
    if as_json:
        output.write_json(shape)
    else:
        output.write_lines([line])


def _revised(revisions: list[texts.Revision], *, as_json: bool) -> None:
    if as_json:
        output.write_json([shapes.source(each.source) | {"edits": each.edits} for each in revisions])
    else:
        output.say(texts.describe(revisions))


COMMANDS = {"sources": sources_command, "show": show_command, "source": source_group}
