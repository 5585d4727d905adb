"""case, informant."""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext
from pathlib import Path

import click

from workbench.cli import output
from workbench.cli.options import coder_option, file_argument, list_options, opened, write_list
from workbench.services import cases


@click.group("case", help=_("Caser: kommuner, bydeler, regioner."))
def case_group() -> None:
    pass


@case_group.command("list", help=_("List casene."))
@file_argument
@list_options
def list_cases_command(file: Path, as_json: bool, as_csv: bool) -> None:
    with opened(file) as project:
        known = cases.list_cases(project)
        names = {case.id: case.name for case in known}
        rows = [
            {
                "id": case.id,
                "name": case.name,
                "type": case.type,
                "parent": names.get(case.parent),
                "withdrawn": case.withdrawn,
                "attributes": dict(case.attributes),
            }
            for case in known
        ]
    columns = {"name": _("navn"), "type": _("type"), "parent": _("ligger i")}
    write_list(rows, as_json=as_json, as_csv=as_csv, columns=columns, empty=_("Ingen caser."))


@case_group.command("add", help=_("Ny case."))
@file_argument
@click.argument("name")
@click.option("--type", "kind", default="kommune")
@click.option("--in", "parent", default="", metavar="CASE", help=_("Casen den ligger i."))
@coder_option
def add_case_command(file: Path, name: str, kind: str, parent: str, coder: str | None) -> None:
    with opened(file, coder, writes=True) as project:
        above = cases.find_case(project, parent).id if parent else ""
        output.write_lines([cases.add_case(project, name, type=kind, parent=above).id])


@case_group.command("load", help=_("Ta inn et caseregister (YAML)."))
@file_argument
@click.argument("register", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@coder_option
def load_cases_command(file: Path, register: Path, coder: str | None) -> None:
    with opened(file, coder, writes=True) as project:
        number = cases.import_cases(project, register)
    output.say(ngettext("{n} ny case.", "{n} nye caser.", number).format(n=number))


@case_group.command(
    "template", help=_("Skriv en mal for et caseregister: seks virkelige caser med offentlige opplysninger.")
)
def template_command() -> None:
    from corpus.samples import case_register_template

    output.write_lines([case_register_template().rstrip("\n")])


@case_group.command("describe", help=_("Gi casen nytt navn, eller merk at den har trukket seg."))
@file_argument
@click.argument("case")
@click.option("--name", help=_("Nytt navn."))
@click.option("--withdrawn/--not-withdrawn", default=None, help=_("Om casen har trukket seg."))
@coder_option
def describe_case_command(file: Path, case: str, name: str | None, withdrawn: bool | None, coder: str | None) -> None:
    fields: dict[str, object] = {}
    if name is not None:
        fields["name"] = name
    if withdrawn is not None:
        fields["withdrawn"] = int(withdrawn)
    with opened(file, coder, writes=True) as project:
        cases.set_case(project, cases.find_case(project, case).id, **fields)


@click.group("informant", help=_("Informanter: nummer, rolle, nivå og side."))
def informant_group() -> None:
    pass


@informant_group.command("list", help=_("List informantene."))
@file_argument
@list_options
def list_informants_command(file: Path, as_json: bool, as_csv: bool) -> None:
    with opened(file) as project:
        rows = [
            {"id": each.id, "number": each.number, "role": each.role, "level": each.level, "side": each.side,
             "cases": list(each.cases)}
            for each in cases.list_informants(project)
        ]  # fmt: skip
    columns = {"number": _("nummer"), "role": _("rolle"), "level": _("nivå"), "side": _("side"), "cases": _("case")}
    write_list(rows, as_json=as_json, as_csv=as_csv, columns=columns, empty=_("Ingen informanter."))


@informant_group.command("set", help=_("Lag en informant, eller endre opplysninger om den."))
@file_argument
@click.argument("number")
@click.option("--role", help=_("Stilling eller rolle."))
@click.option("--level", help=_("strategisk, operativt ..."))
@click.option("--side", help=_("kommune, spesialisthelsetjeneste, bruker ..."))
@click.option("--case", "case_names", multiple=True, help=_("Case (kan gjentas)."))
@coder_option
def set_informant_command(
    file: Path, number: str, role: str | None, level: str | None, side: str | None, case_names: tuple[str, ...],
    coder: str | None,
) -> None:  # fmt: skip
    with opened(file, coder, writes=True) as project:
        ids = [cases.find_case(project, name).id for name in case_names] or None
        cases.set_informant(project, number, role=role, level=level, side=side, cases=ids)


COMMANDS = {"case": case_group, "informant": informant_group}
