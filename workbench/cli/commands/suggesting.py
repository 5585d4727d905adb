"""suggest, suggestions, accept, reject."""

from __future__ import annotations

import sys
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import Any

import click

from workbench.cli import output, shapes
from workbench.cli.commands import assessment
from workbench.cli.options import coder_option, file_argument, list_options, opened, write_list
from workbench.core.entities import Proposal
from workbench.services import assessing, learning, suggesting
from workbench.services.languages import language_words
from workbench.services.naming import find_source
from workbench.store.project import Project
from workbench.store.queries.corpus import texts


def _columns() -> dict[str, str]:
    return {
        "id": "id",
        "code": _("kode"),
        "score": _("styrke"),
        "rule": _("regel"),
        "source_name": _("kilde"),
        "text": _("tekst"),
    }


@click.command("suggest", help=_("Lag forslag ut fra signalene i kodeboken og det dere har kodet, og list dem."))
@file_argument
@click.option("--source", default="", help=_("Bare denne kilden."))
@click.option("--code", default="", help=_("Vis bare denne koden og underkodene."))
@click.option("--pipeline", default="", help=_("Les med en installert spaCy-modell, som nb_core_news_sm."))
@click.option("--workers", type=click.IntRange(min=1), default=1, help=_("Så mange prosesser leser tekst samtidig."))
@click.option("--evaluate", is_flag=True, help=_("Mål forslagene mot deres egen koding i stedet for å lage nye."))
@list_options
def suggest_command(
    file: Path, source: str, code: str, pipeline: str, workers: int, evaluate: bool, as_json: bool, as_csv: bool
) -> None:
    with opened(file) as project:
        learner = learning.learner_with(pipeline)
        progress = _progress if sys.stderr.isatty() else None
        if evaluate:
            found = assessing.assess(project, learner, progress=progress)
            assessment.write(found, as_json=as_json, as_csv=as_csv)
            return
        chosen = find_source(project, source) if source else None
        suggesting.run(project, [chosen] if chosen else None, learner=learner, workers=workers, progress=progress)
        pending = suggesting.list_proposals(project, source=chosen, code=code, status="pending")
        _write(project, pending, as_json=as_json, as_csv=as_csv)
        _tell(learner)
    if not as_json:
        output.say(ngettext("{n} forslag.", "{n} forslag.", len(pending)).format(n=len(pending)))


def _tell(learner: learning.Learner) -> None:
    """What the researcher should know about how the suggestions came to be."""
    silent = sorted(learner.all_silent())
    if silent:
        message = _("Disse kodene er stille, siden for få forslag på dem ville holde: {codes}. Se --evaluate.")
        output.say(message.format(codes=", ".join(silent)))
    for name, language in learner.not_norwegian():
        known = language_words().get(language)
        if known:
            message = _("«{source}» ser ut til å være på {language}. Signalene er for norsk, så forslagene blir få.")
            output.say(message.format(source=name, language=known))
        else:
            message = _("Språket i «{source}» lot seg ikke kjenne igjen, så forslagene blir få.")
            output.say(message.format(source=name))


@click.command("suggestions", help=_("List forslag."))
@file_argument
@click.option("--status", type=click.Choice(["pending", "accepted", "rejected"]), default=None)
@click.option("--source", default="", help=_("Bare denne kilden."))
@click.option("--code", default="", help=_("Bare denne koden og underkodene."))
@click.option("--by-score", is_flag=True, help=_("De sikreste først."))
@list_options
def suggestions_command(
    file: Path, status: str | None, source: str, code: str, by_score: bool, as_json: bool, as_csv: bool
) -> None:
    with opened(file) as project:
        chosen = find_source(project, source) if source else None
        found = suggesting.list_proposals(project, source=chosen, code=code, status=status or "", by_score=by_score)
        _write(project, found, as_json=as_json, as_csv=as_csv)


@click.command("accept", help=_("Godta forslag. Kodingene blir dine; med --start og --end får de andre grenser."))
@file_argument
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--start", type=int, help=_("Ny start (bare for ett forslag)."))
@click.option("--end", type=int, help=_("Ny slutt (bare for ett forslag)."))
@coder_option
@list_options
def accept_command(
    file: Path, ids: tuple[str, ...], start: int | None, end: int | None, coder: str | None, as_json: bool, as_csv: bool
) -> None:
    if (start is not None or end is not None) and len(ids) > 1:
        raise click.UsageError(_("--start og --end gjelder bare ett forslag om gangen."))
    with opened(file, coder, writes=True) as project:
        proposals = [suggesting.find_proposal(project, each) for each in ids]
        if len(proposals) == 1:
            suggesting.accept(project, proposals[0], start=start, end=end)
        else:
            suggesting.accept_all(project, proposals)
        _write(project, _again(project, proposals), as_json=as_json, as_csv=as_csv)


@click.command("reject", help=_("Avvis forslag. De huskes og kommer ikke tilbake."))
@file_argument
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@coder_option
@list_options
def reject_command(file: Path, ids: tuple[str, ...], coder: str | None, as_json: bool, as_csv: bool) -> None:
    with opened(file, coder, writes=True) as project:
        proposals = [suggesting.find_proposal(project, each) for each in ids]
        suggesting.reject_all(project, proposals)
        _write(project, _again(project, proposals), as_json=as_json, as_csv=as_csv)


def _again(project: Project, proposals: list[Proposal]) -> list[Proposal]:
    wanted = {proposal.id for proposal in proposals}
    return [each for each in suggesting.list_proposals(project) if each.id in wanted]


def _write(project: Project, found: list[Proposal], *, as_json: bool, as_csv: bool) -> None:
    bodies = texts(project.connection)
    rows: list[dict[str, Any]] = [shapes.proposal(each, bodies[each.source]) for each in found]
    write_list(rows, as_json=as_json, as_csv=as_csv, columns=_columns(), empty=_("Ingen forslag."))


def _progress(done: int, total: int, name: str) -> None:
    output.say(_("{n} av {total}: {name}").format(n=done + 1, total=total, name=name))


COMMANDS = {
    "suggest": suggest_command,
    "suggestions": suggestions_command,
    "accept": accept_command,
    "reject": reject_command,
}
