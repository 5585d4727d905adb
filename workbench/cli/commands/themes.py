"""themes, theme, approach."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path

import click

from workbench.cli import output, shapes
from workbench.cli.options import coder_option, file_argument, json_option, list_options, opened, write_list
from workbench.core.approaches import APPROACHES
from workbench.core.entities import ThemeEntry
from workbench.services import approaches, themes
from workbench.services.codebook import find_code, find_theme, list_codes, list_themes
from workbench.services.naming import find_codings
from workbench.store.project import Project

theme_argument = click.argument("theme")


@click.command("themes", help=_("List temaer med koder."))
@file_argument
@list_options
def themes_command(file: Path, as_json: bool, as_csv: bool) -> None:
    with opened(file) as project:
        entries = list_codes(project)
        rows = [shapes.theme(theme, entries) for theme in list_themes(project)]
        outside = themes.ungrouped(entries, list_themes(project))
    columns = {"id": _("id"), "title": _("tittel"), "status": _("status"), "codes": _("kodene")}
    write_list(rows, as_json=as_json, as_csv=as_csv, columns=columns, empty=_("Prosjektet har ingen temaer."))
    if outside and not (as_json or as_csv):
        output.say(_("Uten tema: {codes}").format(codes=", ".join(entry.slug for entry in outside)))


@click.group("theme", help=_("Lag, beskriv og fyll temaer."))
def theme_group() -> None:
    pass


@theme_group.command("add", help=_("Nytt tema."))
@file_argument
@click.argument("title")
@click.option("--essence", default="", help=_("Hva temaet handler om, i en setning eller to."))
@click.option("--code", "codes", multiple=True, help=_("Kode i temaet (kan gjentas)."))
@coder_option
@json_option
def add_command(file: Path, title: str, essence: str, codes: tuple[str, ...], coder: str | None, as_json: bool) -> None:
    with opened(file, coder, writes=True) as project:
        ids = [find_code(project, code).id for code in codes]
        _tell(project, themes.add_theme(project, title, essence=essence, codes=ids), as_json=as_json)


@theme_group.command("describe", help=_("Skriv temaets essens, gi det nytt navn eller gjør det endelig."))
@file_argument
@theme_argument
@click.option("--title", help=_("Ny tittel."))
@click.option("--essence", help=_("Hva temaet handler om, i en setning eller to."))
@click.option("--status", type=click.Choice(themes.STATUSES), help=_("Kandidat (candidate) eller endelig (final)."))
@click.option("--code", "codes", multiple=True, help=_("Kode i temaet (kan gjentas); erstatter de som står."))
@coder_option
@json_option
def describe_command(
    file: Path, theme: str, title: str | None, essence: str | None, status: str | None, codes: tuple[str, ...],
    coder: str | None, as_json: bool,
) -> None:  # fmt: skip
    given = {"title": title, "essence": essence, "status": status}
    with opened(file, coder, writes=True) as project:
        found = find_theme(project, theme)
        if codes:
            ids = [find_code(project, code).id for code in codes]
            found = themes.set_codes(project, found, ids)
        fields = {key: value for key, value in given.items() if value is not None}
        _tell(project, themes.describe_theme(project, found, **fields), as_json=as_json)


@theme_group.command("place", help=_("Legg koder i et tema; med --out-of flyttes de dit fra et annet."))
@file_argument
@theme_argument
@click.argument("codes", nargs=-1, required=True)
@click.option("--out-of", default="", metavar=_("TEMA"), help=_("Temaet de tas ut av."))
@coder_option
@json_option
def place_command(
    file: Path, theme: str, codes: tuple[str, ...], out_of: str, coder: str | None, as_json: bool
) -> None:
    with opened(file, coder, writes=True) as project:
        found = find_theme(project, theme)
        ids = [find_code(project, code).id for code in codes]
        themes.place_codes(project, ids, into=found.id, out_of=find_theme(project, out_of).id if out_of else "")
        _tell(project, find_theme(project, found.id), as_json=as_json)


@theme_group.command("take-out", help=_("Ta koder ut av et tema."))
@file_argument
@theme_argument
@click.argument("codes", nargs=-1, required=True)
@coder_option
@json_option
def take_out_command(file: Path, theme: str, codes: tuple[str, ...], coder: str | None, as_json: bool) -> None:
    with opened(file, coder, writes=True) as project:
        found = find_theme(project, theme)
        themes.place_codes(project, [find_code(project, code).id for code in codes], out_of=found.id)
        _tell(project, find_theme(project, found.id), as_json=as_json)


@theme_group.command("excerpts", help=_("Legg utdrag (id eller sitat-id) i et tema, uansett hva de er kodet med."))
@file_argument
@theme_argument
@click.argument("codings", nargs=-1, required=True, metavar=_("UTDRAG..."))
@click.option("--remove", is_flag=True, help=_("Ta dem ut igjen."))
@coder_option
@json_option
def excerpts_command(
    file: Path, theme: str, codings: tuple[str, ...], remove: bool, coder: str | None, as_json: bool
) -> None:
    with opened(file, coder, writes=True) as project:
        found, ids = find_theme(project, theme), find_codings(project, codings)
        act = themes.take_excerpts_out if remove else themes.put_excerpts
        _tell(project, act(project, found, ids), as_json=as_json)


@theme_group.command("move", help=_("Flytt temaet så mange plasser; negativt tall flytter det fram."))
@file_argument
@theme_argument
@click.argument("step", type=int)
@coder_option
def move_command(file: Path, theme: str, step: int, coder: str | None) -> None:
    with opened(file, coder, writes=True) as project:
        themes.move_theme(project, find_theme(project, theme), step)


@theme_group.command("remove", help=_("Fjern temaet; koder og utdrag blir som de er."))
@file_argument
@theme_argument
@coder_option
def remove_command(file: Path, theme: str, coder: str | None) -> None:
    with opened(file, coder, writes=True) as project:
        themes.remove_theme(project, find_theme(project, theme))


@theme_group.command("group", help=_("Lag en kodegruppe: en ny kode med disse kodene under seg."))
@file_argument
@click.argument("name")
@click.argument("codes", nargs=-1, required=True)
@coder_option
def group_command(file: Path, name: str, codes: tuple[str, ...], coder: str | None) -> None:
    with opened(file, coder, writes=True) as project:
        made = themes.group_codes(project, name, [find_code(project, code).id for code in codes])
        output.write_lines([made.slug])


@click.command(
    "approach", help=_("Vis eller velg prosjektets tilnærming: den setter ord og standardvalg, og låser ingenting.")
)
@file_argument
@click.argument("name", required=False, type=click.Choice(list(APPROACHES)))
@coder_option
@json_option
def approach_command(file: Path, name: str | None, coder: str | None, as_json: bool) -> None:
    with opened(file, coder, writes=name is not None) as project:
        chosen = approaches.set_approach(project, name) if name else approaches.approach_of(project)
    if as_json:
        output.write_json({"approach": chosen.key, "name": chosen.name(), "about": chosen.about()})
        return
    output.write_lines([chosen.key])
    output.say(f"{chosen.name()}: {chosen.about()}")
    if name is None:
        for each in APPROACHES.values():
            output.say(f"  {each.key:<12} {each.name()}")


def _tell(project: Project, theme: ThemeEntry, *, as_json: bool) -> None:
    if as_json:
        output.write_json(shapes.theme(theme, list_codes(project)))
    else:
        output.write_lines([f"{theme.id}  {theme.title}"])


COMMANDS = {"themes": themes_command, "theme": theme_group, "approach": approach_command}
