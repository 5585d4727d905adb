"""progress."""

from __future__ import annotations

from collections.abc import Mapping
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import Any

import click

from workbench.cli import output
from workbench.cli.options import coder_option, file_argument, list_options, opened
from workbench.cli.waiting import tell_waiting
from workbench.core.accumulation import RunLength, Saturation
from workbench.services import progress
from workbench.services.progress import Progress

_BAR = 30
"""Cells of the longest bar."""


@click.command(
    "progress",
    help=_(
        "Vis hvor langt hver koder er kommet i hver kilde, og hvor mange nye koder hver kilde gir.\n\n"
        "Andelen som er lest, går til det fjerneste stedet markøren har vært, eller til slutten av siste koding. "
        "Bare koderens egen kopi av prosjektet vet hvor markøren har vært."
    ),
)
@file_argument
@click.option("--order", type=click.Choice(progress.ORDERS), default="import",
              help=_("Rekkefølgen nye koder telles i: importert, eller kildenes dato."))  # fmt: skip
@click.option("--saturation/--no-saturation", default=None,
              help=_("Regn ut når nye koder blir få, også der tilnærmingen ikke bruker det; eller la det være."))  # fmt: skip
@coder_option
@list_options
def progress_command(
    file: Path, order: str, saturation: bool | None, coder: str | None, as_json: bool, as_csv: bool
) -> None:
    with opened(file, coder) as project:
        wanted = progress.wants_saturation(project) if saturation is None else saturation
        found = progress.measure(project, order=order, saturation=wanted)
        tell_waiting(project)
    if as_json:
        output.write_json(_shape(found))
    elif as_csv:
        output.write_csv(_rows(found), ["source", "source_name", "coder", "status", "passed", "codings", "codes"])
    else:
        _tell(found, asked=wanted)


def _rows(found: Progress) -> list[dict[str, Any]]:
    """One row for each source and coder; a source in a project where nobody codes yet has a row without a coder."""
    rows = []
    for each in found.sources:
        place = {"source": each.source.id, "source_name": each.source.name}
        rows += [{**place, "coder": name, **_coder(one)} for name, one in each.coders.items()] or [
            {**place, "coder": "", "status": "not-read", "passed": 0.0, "codings": 0, "codes": 0}
        ]
    return rows


def _coder(one: progress.CoderProgress) -> dict[str, Any]:
    return {"status": one.status, "passed": one.passed, "codings": one.codings, "codes": one.codes}


def _shape(found: Progress) -> dict[str, Any]:
    return {
        "sources": [
            {
                "id": each.source.id,
                "name": each.source.name,
                "codings": each.codings,
                "codes": each.codes,
                "unread": each.unread,
                "coders": {name: _coder(one) for name, one in each.coders.items()},
            }
            for each in found.sources
        ],
        "accumulation": [
            {"source": step.source.id, "name": step.source.name, "new": step.new, "total": step.total}
            for step in found.accumulation
        ],
        "saturation": _saturation_shape(found.saturation),
    }


def _saturation_shape(saturation: Saturation | None) -> Mapping[str, Any] | None:
    if saturation is None:
        return None
    return {
        "base": saturation.base,
        "base_codes": saturation.base_codes,
        "threshold": saturation.threshold,
        "lengths": [
            {
                "length": each.length,
                "reached": _reached(each),
                "runs": [{"before": run.before, "new": run.new, "ratio": round(run.ratio, 4)} for run in each.runs],
            }
            for each in saturation.lengths
        ],
        "caveat": progress.caveat(),
    }


def _reached(each: RunLength) -> str | None:
    return f"{each.reached.before}+{each.reached.length}" if each.reached else None


def _tell(found: Progress, *, asked: bool) -> None:
    rows = [{**row, "passed": progress.percent(row["passed"])} for row in _rows(found)]
    columns = {
        "source_name": _("kilde"),
        "coder": _("koder"),
        "status": _("status"),
        "passed": _("lest til"),
        "codings": _("kodinger"),
        "codes": _("koder brukt"),
    }
    if not rows:
        output.say(_("Prosjektet har ingen kilder."))
        return
    output.write_table(rows, columns)
    unread = [each.source.name for each in found.sources if each.unread]
    if unread:
        said = ngettext("{n} kilde har ingen lest", "{n} kilder har ingen lest", len(unread)).format(n=len(unread))
        output.write_lines(["", f"{said}: {', '.join(unread)}"])
    if found.accumulation:
        output.write_lines(["", _("Nye koder etter hvert")])
        output.write_table(
            [
                {"name": step.source.name, "new": step.new, "total": step.total, "bar": bar}
                for step, bar in zip(found.accumulation, progress.bars(found.accumulation, _BAR), strict=True)
            ],
            {"name": _("kilde"), "new": _("nye"), "total": _("i alt"), "bar": progress.bar_legend()},
        )
    if asked:
        output.write_lines(["", *progress.saturation_lines(found.saturation)])


COMMANDS = {"progress": progress_command}
