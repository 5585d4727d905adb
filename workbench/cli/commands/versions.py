"""revise, versions, waiting, place, drop."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbench.cli import output
from workbench.cli.options import coder_option, file_argument, json_option, list_options, opened, write_list
from workbench.errors import Refusal
from workbench.services import sources, versions, waiting
from workbench.services.naming import find_source
from workbench.store.project import Project

if TYPE_CHECKING:
    from workbench.core.entities import Source, Waiting
    from workbench.services.importing import Reading

_WIDTH = 100
waiting_argument = click.argument("waiting_id", metavar=_("VENTENDE"))


@click.command(
    "revise",
    help=_("Ta inn en ny utgave av en tekst som er kodet. Det som har en sikker plass, flyttes; resten venter."),
)
@file_argument
@click.argument("source")
@click.argument("new_file", type=click.Path(path_type=Path))
@click.option("--profile", type=click.Choice(["pdf-text"]), help=_("pdf-text reparerer tekst hentet ut av en PDF."))
@click.option("--dry-run", is_flag=True, help=_("Vis hva som ville skje, uten å lagre."))
@click.option("--yes", is_flag=True, help=_("Ta inn filen også når det kan være en annen tekst."))
@coder_option
@json_option
def revise_command(
    file: Path,
    source: str,
    new_file: Path,
    profile: str | None,
    dry_run: bool,
    yes: bool,
    coder: str | None,
    as_json: bool,
) -> None:
    with opened(file, coder, writes=not dry_run) as project:
        found = find_source(project, source)
        reading = _read(project, found, new_file, profile)
        plan = versions.plan_replacement(project, found, reading)
        if not dry_run:
            if plan.doubtful and not yes:
                raise Refusal(
                    "\n".join(versions.describe_plan(plan))
                    + "\n"
                    + _("Ingenting er lagret. Skriv kommandoen med --yes for å ta inn filen likevel.")
                )
            versions.replace_text(project, found, reading)
        now = find_source(project, found.id)
    lines = versions.describe_plan(plan)
    if as_json:
        counts = plan.counts
        output.write_json(
            {
                "source": now.id,
                "version": now.version_number,
                "same": counts.same,
                "moved": counts.moved,
                "changed": counts.changed,
                "waiting": counts.waiting,
                "warnings": list(plan.warnings),
                "new_turns": plan.new_turns,
                "gone_turns": plan.gone_turns,
                "new_speakers": list(plan.new_speakers),
                "gone_speakers": list(plan.gone_speakers),
                "renamed_speakers": [{"before": old, "now": new} for old, new in plan.renamed],
                "doubtful": plan.doubtful,
                "stored": not dry_run,
            }
        )
        return
    output.write_lines(lines)
    if not dry_run:
        output.say(_("«{name}» er nå versjon {number}.").format(name=now.name, number=now.version_number))
        if plan.counts.waiting:
            output.say(_("«kodebenk waiting» viser det som venter."))


@click.command("versions", help=_("List utgavene av teksten i en kilde: når, av hvem og fra hvilken fil."))
@file_argument
@click.argument("source")
@list_options
def versions_command(file: Path, source: str, as_json: bool, as_csv: bool) -> None:
    how = {"imported": _("importert"), "edited": _("rettet her"), "replaced": _("ny utgave")}
    with opened(file) as project:
        found = versions.list_versions(project, find_source(project, source))
    rows: list[dict[str, Any]] = [
        {
            "number": each.number,
            "made": each.made,
            "coder": each.coder,
            "how": each.how,
            "file": each.file_name,
            "characters": each.characters,
            "edits": each.edits,
            "destroyed": each.destroyed,
        }
        for each in found
    ]
    if not as_json and not as_csv:
        rows = [row | {"how": how[row["how"]] + (_(" (destruert)") if row["destroyed"] else "")} for row in rows]
    columns = {"number": _("versjon"), "made": _("når"), "coder": _("hvem"), "how": _("hvordan"), "file": _("fil"),
               "characters": _("tegn"), "edits": _("endringer")}  # fmt: skip
    write_list(rows, as_json=as_json, as_csv=as_csv, columns=columns)


@click.command("waiting", help=_("List det som venter på plass etter en ny utgave av teksten."))
@file_argument
@click.option("--source", help=_("Bare denne kilden."))
@list_options
def waiting_command(file: Path, source: str | None, as_json: bool, as_csv: bool) -> None:
    with opened(file) as project:
        found = waiting.list_waiting(project, find_source(project, source) if source else None)
        words = waiting.describe_all(project, found)
        shown = {each: sources.show_source(project, find_source(project, each)) for each in {w.source for w in found}}
    rows: list[dict[str, Any]] = [
        {
            "id": each.id,
            "what": words[each.id],
            "kind": each.target_kind,
            "target": each.target,
            "source": each.source,
            "source_name": shown[each.source].source.name,
            "text": each.text,
            "reason": each.reason,
            "candidates": [
                {"start": start, "end": end, "text": shown[each.source].text[start:end]}
                for start, end in each.candidates
            ],
        }
        for each in found
    ]
    if not as_json and not as_csv:
        for row in rows:
            output.write_lines(_lines(row))
        if not rows:
            output.say(_("Ingenting venter på plass."))
        return
    columns = dict.fromkeys(
        ("id", "what", "kind", "target", "source", "source_name", "text", "reason", "candidates"), ""
    )
    write_list(rows, as_json=as_json, as_csv=as_csv, columns=columns)


@click.command("place", help=_("Gi noe som venter, en plass: START og END i teksten, eller --candidate N."))
@file_argument
@waiting_argument
@click.argument("start", type=int, required=False)
@click.argument("end", type=int, required=False)
@click.option("--candidate", type=click.IntRange(min=1), help=_("Nummeret på et av stedene «waiting» viser."))
@coder_option
@json_option
def place_command(
    file: Path,
    waiting_id: str,
    start: int | None,
    end: int | None,
    candidate: int | None,
    coder: str | None,
    as_json: bool,
) -> None:
    with opened(file, coder, writes=True) as project:
        waits = waiting.find_waiting(project, waiting_id)
        span = _span(waits, start, end, candidate)
        waiting.place_waiting(project, waits, *span)
        text = sources.show_source(project, find_source(project, waits.source)).text[slice(*span)]
    if as_json:
        shape = {"id": waits.id, "kind": waits.target_kind, "target": waits.target, "source": waits.source}
        output.write_json(shape | {"start": span[0], "end": span[1], "text": text})
    else:
        output.write_lines([f"{span[0]}-{span[1]}  {_shortened(text)}"])


@click.command(
    "drop", help=_("Fjern noe som venter, fordi det ikke lenger finnes i teksten. «undo» henter det tilbake.")
)
@file_argument
@waiting_argument
@coder_option
def drop_command(file: Path, waiting_id: str, coder: str | None) -> None:
    with opened(file, coder, writes=True) as project:
        waits = waiting.find_waiting(project, waiting_id)
        what = waiting.what_waits(project, waits)
        waiting.drop_waiting(project, waits)
    output.say(_("Fjernet {what}: «{text}». «undo» henter det tilbake.").format(what=what, text=_shortened(waits.text)))


def _read(project: Project, source: Source, path: Path, profile: str | None) -> Reading:
    from corpus.errors import UnreadableSource

    try:
        return versions.read_version(project, source, path, pdf_text=profile == "pdf-text")
    except UnreadableSource as error:
        raise Refusal(str(error)) from None


def _span(waits: Waiting, start: int | None, end: int | None, candidate: int | None) -> tuple[int, int]:
    if candidate is not None and start is None:
        if candidate > len(waits.candidates):
            raise Refusal(
                _("Det finnes ingen kandidat {number}; «waiting» viser {n}.").format(
                    number=candidate, n=len(waits.candidates)
                )
            )
        return waits.candidates[candidate - 1]
    if start is None or end is None or candidate is not None:
        raise click.UsageError(_("Skriv START og END, eller --candidate N."))
    return start, end


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _WIDTH else line[: _WIDTH - 1] + "…"


def _lines(row: dict[str, Any]) -> list[str]:
    lines = [
        f"{row['id']}  {row['what']}  {row['source_name']}",
        f"  «{_shortened(row['text'])}»",
        f"  {row['reason']}",
    ]
    for number, each in enumerate(row["candidates"], start=1):
        lines.append(f"  {number}: {each['start']}-{each['end']}  «{_shortened(each['text'])}»")
    return lines


COMMANDS = {
    "revise": revise_command,
    "versions": versions_command,
    "waiting": waiting_command,
    "place": place_command,
    "drop": drop_command,
}
