"""signals."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import Any

import click

from codebooks.model import Signal
from nlp.learning.case_exceptions import ExceptionProposal
from nlp.learning.proposals import Example, TermProposal
from workbench.cli import output
from workbench.cli.options import coder_option, file_argument, list_options, opened, write_list
from workbench.services import signals
from workbench.services.codebook import find_code
from workbench.services.signals import Proposed
from workbench.services.sources import source_names
from workbench.store.project import Project
from workbench.store.queries.corpus import texts

Row = dict[str, Any]

_SIDE = 30
"""Characters of context on each side of the word in a table."""

_CSV = (
    "kind", "code", "term", "z", "log_odds", "yes", "no", "sources", "one_source", "signal", "case", "rejected",
    "left_out", "accepted", "elsewhere_rejected", "elsewhere_accepted", "examples",
)  # fmt: skip


@click.command(
    "signals",
    help=_(
        "Foreslå signaler ut fra det dere har kodet: ord som skiller en kode fra resten, og signaler som betyr noe annet i én "
        "case. Ingenting endres før du ber om det med --add eller --except, og «kodebenk undo» angrer det."
    ),
)
@file_argument
@click.option("--code", default="", help=_("Bare denne koden og underkodene."))
@click.option(
    "--add",
    nargs=2,
    default=None,
    metavar=_("KODE ORD"),
    help=_("Legg ordet (i grunnform) til signalet «fra kodingen» i koden."),
)
@click.option("--part", is_flag=True, help=_("For --add: også sammensetninger som har ordet i seg."))
@click.option(
    "--except",
    "exception",
    nargs=3,
    default=None,
    metavar=_("KODE SIGNAL CASE"),
    help=_("Bruk ikke signalet i kildene som hører til casen."),
)
@coder_option
@list_options
def signals_command(
    file: Path,
    code: str,
    add: tuple[str, str] | None,
    part: bool,
    exception: tuple[str, str, str] | None,
    coder: str | None,
    as_json: bool,
    as_csv: bool,
) -> None:
    if add and exception:
        raise click.UsageError(_("Velg én av --add og --except."))
    if part and not add:
        raise click.UsageError(_("--part hører sammen med --add."))
    if code and (add or exception):
        raise click.UsageError(_("--code hører til listen, ikke til --add og --except."))
    with opened(file, coder, writes=bool(add or exception)) as project:
        if add:
            slug, changed = add[0], signals.add_signal(project, *add, "part" if part else "lemma")
        elif exception:
            slug, changed = exception[0], signals.add_exception(project, *exception)
        else:
            _list(project, code, as_json=as_json, as_csv=as_csv)
            return
        entry = find_code(project, slug)
    _write_changed(entry.slug, changed, as_json=as_json, as_csv=as_csv)
    output.say(
        _("Signalet «{signal}» i «{code}» er endret. «kodebenk undo» angrer.").format(
            signal=changed.name, code=entry.name
        )
    )


def _list(project: Project, code: str, *, as_json: bool, as_csv: bool) -> None:
    found = signals.proposed_signals(project, code=code, progress=_progress if sys.stderr.isatty() else None)
    assert found is not None  # nobody calls it off here
    shown = _Places(project)
    terms = [_term(each, shown) for each in found.terms]
    exceptions = [_exception(each, shown) for each in found.exceptions]
    if as_json:
        output.write_json({"terms": terms, "exceptions": exceptions})
    elif as_csv:
        output.write_csv([*terms, *({"kind": "exception"} | each for each in exceptions)], _CSV)
    else:
        _write_tables(found, terms, exceptions)


class _Places:
    """Texts and names of the sources that examples stand in."""

    def __init__(self, project: Project) -> None:
        self._texts = texts(project.connection)
        self._names = source_names(project)

    def rows(self, examples: Iterable[Example]) -> list[Row]:
        return [self._row(each) for each in examples]

    def _row(self, each: Example) -> Row:
        text = self._texts[each.document]
        return {
            "source": each.document,
            "source_name": self._names[each.document],
            "start": each.unit_start,
            "end": each.unit_end,
            "text": text[each.unit_start : each.unit_end],
            "word": {"start": each.start, "end": each.end, "text": text[each.start : each.end]},
        }


def _term(each: TermProposal, places: _Places) -> Row:
    return {
        "kind": each.kind,
        "code": each.code,
        "term": each.term,
        "z": round(each.z, 3),
        "log_odds": round(each.delta, 3),
        "yes": each.yes,
        "no": each.no,
        "sources": len(each.sources),
        "one_source": each.is_of_one_source,
        "examples": places.rows(each.examples),
    }


def _exception(each: ExceptionProposal, places: _Places) -> Row:
    return {
        "code": each.code,
        "signal": each.signal,
        "case": each.case,
        "rejected": each.rejected,
        "left_out": each.left_out,
        "accepted": each.accepted,
        "elsewhere_rejected": each.elsewhere_rejected,
        "elsewhere_accepted": each.elsewhere_accepted,
        "examples": [{key: value for key, value in row.items() if key != "word"} for row in places.rows(each.examples)],
    }


def _write_tables(found: Proposed, terms: Sequence[Row], exceptions: Sequence[Row]) -> None:
    kinds = {"lemma": _("ord"), "part": _("også i sammensetninger")}
    if terms:
        columns = {
            "code": _("kode"),
            "term": _("ord"),
            "kind": _("slag"),
            "yes": _("med koden"),
            "no": _("uten"),
            "sources": _("kilder"),
            "z": _("z"),
            "example": _("eksempel"),
        }
        output.write_table([_readable(row) | {"kind": kinds[row["kind"]]} for row in terms], columns)
    if terms and exceptions:
        output.write_lines([""])
    if exceptions:
        columns = {
            "code": _("kode"),
            "signal": _("signal"),
            "case": _("ikke i case"),
            "rejected": _("avvist der"),
            "accepted": _("godtatt der"),
            "elsewhere_rejected": _("avvist ellers"),
            "elsewhere_accepted": _("godtatt ellers"),
            "example": _("eksempel"),
        }
        output.write_table([_readable(row) for row in exceptions], columns)
    output.say(_told(found))


def _told(found: Proposed) -> str:
    if not found.decided_in:
        return _("Ingenting er kodet eller vurdert ennå, så det er ingenting å lære av. Kod noen steder først.")
    words = ngettext("{n} ord", "{n} ord", len(found.terms)).format(n=len(found.terms))
    cases = ngettext("{n} unntak", "{n} unntak", len(found.exceptions)).format(n=len(found.exceptions))
    n = found.decided_in
    summary = ngettext(
        "{words} og {cases} foreslått ut fra {n} kilde.", "{words} og {cases} foreslått ut fra {n} kilder.", n
    ).format(words=words, cases=cases, n=n)
    if found.terms or found.exceptions:
        summary += " " + _("--add tar inn et ord, --except et unntak.")
    return summary


def _readable(row: Mapping[str, Any]) -> Row:
    """The row for a table: a decimal comma, a mark on what one source alone has, and the first example on one line."""
    shown = dict(row) | {"example": _around(row["examples"][0])}
    if "z" in row:
        shown["z"] = f"{row['z']:.1f}".replace(".", ",")
    if row.get("one_source"):
        shown["sources"] = _("bare 1")
    return shown


def _around(place: Row) -> str:
    """The example on one line: as much of it as stands around the word."""
    text, word = place["text"], place.get("word")
    if word is not None:
        low, high = word["start"] - place["start"] - _SIDE, word["end"] - place["start"] + _SIDE
        text = ("…" if low > 0 else "") + text[max(low, 0) : high] + ("…" if high < len(text) else "")
    return " ".join(text.split())


def _write_changed(code: str, signal: Signal, *, as_json: bool, as_csv: bool) -> None:
    row = {
        "code": code,
        "signal": signal.name,
        "score": signal.score,
        "words": list(signal.any.words),
        "lemmas": list(signal.any.lemmas),
        "parts": list(signal.any.parts),
        "not_in": list(signal.not_in),
    }
    if as_json:
        output.write_json(row)
    elif as_csv:
        write_list([row], as_json=False, as_csv=True, columns={})


def _progress(done: int, total: int, name: str) -> None:
    output.say(_("{n} av {total}: {name}").format(n=done + 1, total=total, name=name))


COMMANDS = {"signals": signals_command}
