"""excerpts, find, matrix."""

from __future__ import annotations

import sys
from collections import Counter
from gettext import gettext as _
from pathlib import Path
from time import monotonic

import click

from workbench.cli import output, shapes
from workbench.cli.filtering import Chosen, filter_options, read_filter
from workbench.cli.options import file_argument, list_options, opened, write_list
from workbench.core.matrix import MEASURES
from workbench.services import closed, finding, matrices, retrieval
from workbench.services.naming import find_source


@click.command("excerpts", help=_("Hent fram kodede utdrag med case og informant."))
@file_argument
@filter_options
@click.option("--context", is_flag=True, help=_("Ta med spørsmålet før og replikken på hver side."))
@list_options
def excerpts_command(file: Path, chosen: Chosen, context: bool, as_json: bool, as_csv: bool) -> None:
    with opened(file) as project:
        found = retrieval.find_excerpts(project, read_filter(project, chosen))
        rows = [shapes.excerpt(each, context=context) for each in found]
    if not (as_json or as_csv):
        rows = [row | {"text": shapes.waiting_words(row)} for row in rows]
    columns = {
        "quote": _("sitat"),
        "code": _("kode"),
        "case": _("case"),
        "informant": _("informant"),
        "text": _("utdrag"),
    }
    write_list(rows, as_json=as_json, as_csv=as_csv, columns=columns, empty=_("Ingen utdrag passer."))


@click.command(
    "find",
    help=_(
        "Finn ord i alle tekster, kodet eller ikke, med hvem som sier dem. "
        "Uten --lemma finnes det som er skrevet. Med --lemma skiller komma mellom ord eller uttrykk som alle er treff, "
        "og bolig* er alle ord som begynner på bolig."
    ),
)
@file_argument
@click.argument("query", metavar=_("ORD"))
@click.option("--lemma", is_flag=True, help=_("Let etter alle former av ordene, også i sammensetninger og på nynorsk."))
@click.option("--fold", is_flag=True, help=_("La o finne ø, a finne å og ae finne æ."))
@click.option("--source", default="", help=_("Kilde."))
@click.option("--case", default="", help=_("Case, med caser som ligger i den."))
@click.option("--role", default="", help=_("Informantens rolle, eller interviewer/participant."))
@list_options
def find_command(
    file: Path,
    query: str,
    lemma: bool,
    fold: bool,
    source: str,
    case: str,
    role: str,
    as_json: bool,
    as_csv: bool,
) -> None:
    left_out = Counter[str]()
    with opened(file) as project:
        found = finding.find(
            project,
            finding.Sought(query=query, lemma=lemma, fold=fold),
            source=find_source(project, source).id if source else "",
            case=case,
            role=role,
            progress=_progress() if lemma and sys.stderr.isatty() else None,
            left_out=lambda number: left_out.update(closed=number),
        )
    columns = {
        "source_name": _("kilde"),
        "start": _("fra"),
        "speaker": _("taler"),
        "before": _("foran"),
        "text": _("treff"),
        "after": _("etter"),
    }
    rows = [shapes.hit(each) for each in found]
    if not (as_json or as_csv):
        rows = [row | {key: " ".join(row[key].split()) for key in ("before", "text", "after")} for row in rows]
    write_list(rows, as_json=as_json, as_csv=as_csv, columns=columns, empty=_("Ingen treff."))
    if left_out.total():
        output.say(closed.left_out_words(left_out.total()))


@click.command(
    "matrix",
    help=_(
        "Krysstabell. Nuller står; «share» er andelen av radens segmenter. Med kode begge veier teller hver celle radens "
        "segmenter som deler minst ett tegn med et segment i kolonnen."
    ),
)
@file_argument
@click.option("--rows", default="case", type=click.Choice(matrices.AXES))
@click.option("--columns", default="code", type=click.Choice(matrices.AXES))
@click.option("--cells", default="segments", type=click.Choice(MEASURES))
@click.option("--top-level", is_flag=True, help=_("Bare koder på øverste nivå."))
@list_options
def matrix_command(
    file: Path, rows: str, columns: str, cells: str, top_level: bool, as_json: bool, as_csv: bool
) -> None:
    with opened(file) as project:
        table = matrices.crosstab(project, rows=rows, columns=columns, cells=cells, top_level=top_level)
    if as_json:
        values = [[value if cells == "share" else int(value) for value in row] for row in table.cells]
        output.write_json({"rows": list(table.rows), "columns": list(table.columns), "cells": values})
        return
    listed = [
        {rows: label} | {column: _number(value) for column, value in zip(table.columns, row, strict=True)}
        for label, row in zip(table.rows, table.cells, strict=True)
    ]
    keys = {rows: rows} | {column: column for column in table.columns}
    if listed and not as_csv:
        # People get the distinct totals too; a program would take them for one more case.
        total = _("i alt")
        for line, value in zip(listed, table.row_totals, strict=True):
            line[_TOTAL] = _number(value)
        sums = {column: _number(value) for column, value in zip(table.columns, table.totals, strict=True)}
        listed.append({rows: total} | sums | {_TOTAL: _number(table.total)})
        keys[_TOTAL] = total
    write_list(listed, as_json=False, as_csv=as_csv, columns=keys, empty=_("Ingenting er kodet."))


_TOTAL = ""
"""Key of the column of totals, which no label can be."""


def _progress() -> finding.Progress:
    """Says how far a search has come, at most once a second: texts that have been parsed before take no time."""
    said = monotonic()

    def progress(done: int, total: int, name: str) -> None:
        nonlocal said
        if monotonic() - said >= 1:
            said = monotonic()
            output.say(_("{n} av {total}: {name}").format(n=done + 1, total=total, name=name))

    return progress


def _number(value: float) -> str:
    return f"{value:g}"


COMMANDS = {"excerpts": excerpts_command, "find": find_command, "matrix": matrix_command}
