"""words."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple

import click

from nlp.words.collocations import Pair
from nlp.words.concordance import ORDERS, Order
from nlp.words.keyness import KeyWord
from workbench.cli import output
from workbench.cli.options import file_argument, list_options, opened, write_list
from workbench.services import words
from workbench.services.words import Place, Wanted, Words
from workbench.store.project import Project

_LISTED = 50
_SIDE = 40
"""Characters of context on each side in a table."""
_SECONDS_BETWEEN_REPORTS = 1.0


class _Answer(NamedTuple):
    """Rows as they go out, and the headings of those that a table has room for."""

    rows: Sequence[Mapping[str, Any]]
    columns: Mapping[str, str]


@click.command(
    "words",
    help=_(
        "List ordene etter hvor ofte de sies, i grunnform og uten småord. Intervjuerens ord er ikke med.\n\n"
        "--kwic viser hvert sted et ord står, --keyness og --keyness-code hva som er typisk for en case eller en kode, "
        "og --collocations hvilke ord som står sammen."
    ),
)
@file_argument
@click.option("--kwic", metavar=_("ORD"), help=_("Vis hvert sted ordet står, med bøyde former og sammensetninger."))
@click.option("--keyness", metavar="CASE", help=_("Ord som er typiske for casen, mot resten."))
@click.option("--keyness-code", metavar=_("KODE"), help=_("Ord som er typiske der koden er brukt, mot resten."))
@click.option(
    "--collocations",
    is_flag=False,
    flag_value="",
    metavar=_("[ORD]"),
    help=_("Ord som står sammen oftere enn tilfeldig; med ORD bare de som står ved det."),
)
@click.option("--case", default="", help=_("Bare denne casen, med caser som ligger i den."))
@click.option("--source", default="", help=_("Bare denne kilden."))
@click.option(
    "--role",
    default="",
    help=_(
        "Hvem som snakker: participant, interviewer, other, en informants rolle, "
        "eller all. Ellers alle unntatt intervjueren."
    ),
)
@click.option("--code", default="", help=_("Bare setninger med denne koden eller underkodene."))
@click.option("--exact", is_flag=True, help=_("Bare ordet slik det er skrevet; for koder: ikke underkoder."))
@click.option("--all", "everything", is_flag=True, help=_("Ta med småord."))
@click.option(
    "--sort",
    "order",
    type=click.Choice(ORDERS),
    default="text",
    help=_("For --kwic: i tekstens rekkefølge, eller etter det som står foran eller etter."),
)
@click.option("--width", type=click.IntRange(0, 1000), default=60, help=_("For --kwic: tegn på hver side."))
@click.option(
    "--window", type=click.IntRange(2, 20), help=_("For --collocations: hvor mange ord paret kan strekke seg over.")
)
@click.option(
    "--min",
    "at_least",
    type=click.IntRange(1),
    default=words.AT_LEAST,
    help=_("For --keyness og --collocations: hvor ofte ordet eller paret minst må forekomme."),
)
@click.option(
    "--limit",
    type=click.IntRange(0),
    help=_("Hvor mange som listes; 0 er alle. Uten dette 50, men alle steder for --kwic."),
)
@list_options
def words_command(
    file: Path,
    kwic: str | None,
    keyness: str | None,
    keyness_code: str | None,
    collocations: str | None,
    case: str,
    source: str,
    role: str,
    code: str,
    exact: bool,
    everything: bool,
    order: Order,
    width: int,
    window: int | None,
    at_least: int,
    limit: int | None,
    as_json: bool,
    as_csv: bool,
) -> None:
    if sum(each is not None for each in (kwic, keyness, keyness_code, collocations)) > 1:
        raise click.UsageError(_("Velg én av --kwic, --keyness, --keyness-code og --collocations."))

    # What cannot be looked for is refused before the texts are read.
    around = words.one_word(collocations or "")
    if kwic is not None:
        words.looked_for(kwic)

    def answer(project: Project, found: Words) -> _Answer:
        if kwic is not None:
            return _places(words.places(project, found, kwic, exact=exact, order=order, width=width))
        if keyness is not None:
            return _typical(words.typical_of_case(project, found, keyness, at_least=at_least, everything=everything))
        if keyness_code is not None:
            typical = words.typical_of_code(
                project, found, keyness_code, exact=exact, at_least=at_least, everything=everything
            )
            return _typical(typical)
        if collocations is not None:
            pairs = words.company(found, around, exact=exact, window=window, at_least=at_least, everything=everything)
            return _pairs(pairs)
        return _list(found, everything=everything)

    wanted = Wanted(case=case, source=source, role=role, code=code, exact=exact)
    with opened(file) as project:
        found = words.gather(project, wanted, progress=_reporter() if sys.stderr.isatty() else None)
        assert found is not None  # nobody calls it off here
        rows, columns = answer(project, found)
    most = (0 if kwic is not None else _LISTED) if limit is None else limit
    _write(rows, most or len(rows), columns, found, as_json=as_json, as_csv=as_csv)


def _write(
    rows: Sequence[Mapping[str, Any]],
    most: int,
    columns: Mapping[str, str],
    found: Words,
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    listed = rows[:most] if as_json or as_csv else [_readable(row) for row in rows[:most]]
    empty = (
        _("Ingen ord passer.")
        if found.documents
        else _("Det er ingen ord i utvalget. Importer kilder, eller velg videre.")
    )
    write_list(listed, as_json=as_json, as_csv=as_csv, columns=columns, empty=empty)
    if rows and not as_json and not as_csv:
        n = found.total
        told = ngettext("{shown} av {all}, i {n} ord i alt.", "{shown} av {all}, i {n} ord i alt.", n)
        output.say(told.format(shown=len(listed), all=len(rows), n=n))
    if found.closed:
        left_out = ngettext(
            "{n} setning er utelatt, siden den ligger i et felt som er stengt for koding.",
            "{n} setninger er utelatt, siden de ligger i felt som er stengt for koding.",
            found.closed,
        )
        output.say(left_out.format(n=found.closed))


def _list(found: Words, *, everything: bool) -> _Answer:
    rows = [
        {
            "word": each.word,
            "count": each.count,
            "per_10000": round(each.per_10000, 2),
            "sources": len(each.sources),
            "cases": len(words.cases_of(found, each.sources)),
            "dispersion": None if each.dispersion is None else round(each.dispersion, 4),
            "in_compounds": each.in_compounds,
            "example": each.example,
        }
        for each in words.word_list(found, everything=everything)
    ]
    columns = {
        "word": _("ord"),
        "count": _("antall"),
        "per_10000": _("per 10 000"),
        "sources": _("kilder"),
        "cases": _("caser"),
        "dispersion": _("spredning"),
        "in_compounds": _("i sammensetninger"),
        "example": _("skrevet"),
    }
    return _Answer(rows, columns)


def _places(places: Sequence[Place]) -> _Answer:
    rows = [
        {
            "source": each.source.id,
            "source_name": each.source.name,
            "start": each.line.start,
            "end": each.line.end,
            "left": each.line.left,
            "hit": each.line.hit,
            "right": each.line.right,
            "speaker": each.speaker,
            "speaker_role": each.role,
            "informant": each.informant or None,
            "case": ", ".join(each.source.cases),
            "match": each.line.match,
        }
        for each in places
    ]
    columns = {
        "left": _("foran"),
        "hit": _("ord"),
        "right": _("etter"),
        "source_name": _("kilde"),
        "start": _("start"),
        "end": _("slutt"),
        "speaker": _("taler"),
    }
    return _Answer(rows, columns)


def _typical(found: Sequence[KeyWord]) -> _Answer:
    rows = [
        {
            "word": each.word,
            "count": each.count,
            "rest_count": each.rest_count,
            "per_10000": round(each.per_10000, 2),
            "rest_per_10000": round(each.rest_per_10000, 2),
            "z": round(each.z, 3),
            "log_odds": round(each.log_odds, 3),
            "g2": round(each.g2, 2),
            "log_ratio": round(each.log_ratio, 2),
            "sources": len(each.sources),
            "rest_sources": len(each.rest_sources),
            "one_source": len(each.sources) == 1,
        }
        for each in found
    ]
    columns = {
        "word": _("ord"),
        "count": _("antall"),
        "rest_count": _("resten"),
        "per_10000": _("per 10 000"),
        "rest_per_10000": _("resten"),
        "z": _("z"),
        "g2": _("G2"),
        "log_ratio": _("log ratio"),
        "sources": _("kilder"),
        "rest_sources": _("kilder i resten"),
        "one_source": _("bare én kilde"),
    }
    return _Answer(rows, columns)


def _pairs(found: Sequence[Pair]) -> _Answer:
    rows = [
        {
            "first": each.first,
            "second": each.second,
            "count": each.count,
            "g2": round(each.g2, 2),
            "pmi": round(each.pmi, 2),
            "sources": len(each.sources),
        }
        for each in found
    ]
    columns = {
        "first": _("første ord"),
        "second": _("andre ord"),
        "count": _("antall"),
        "g2": _("G2"),
        "pmi": _("PMI"),
        "sources": _("kilder"),
    }
    return _Answer(rows, columns)


def _readable(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row for a table: decimal commas, yes for true, contexts on one line with the hit in line with the others."""
    shown: dict[str, Any] = {}
    for key, value in row.items():
        if isinstance(value, bool):
            shown[key] = _("ja") if value else ""
        elif isinstance(value, float):
            shown[key] = f"{value:.2f}".replace(".", ",")
        elif isinstance(value, str):
            shown[key] = " ".join(value.split())
        else:
            shown[key] = value
    if "left" in shown:
        shown["left"] = shown["left"][-_SIDE:].rjust(_SIDE)
        shown["right"] = shown["right"][:_SIDE]
    return shown


def _reporter() -> Callable[[int, int, str], None]:
    """Says how far it has come when it takes its time; what has been read before goes in a moment."""
    said = monotonic()

    def report(done: int, total: int, name: str) -> None:
        nonlocal said
        if monotonic() - said >= _SECONDS_BETWEEN_REPORTS:
            said = monotonic()
            output.say(_("{n} av {total}: {name}").format(n=done + 1, total=total, name=name))

    return report


COMMANDS = {"words": words_command}
