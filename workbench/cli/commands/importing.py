"""import."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import Any

import click

from corpus.errors import Remedy, UnreadableSource
from corpus.model import SOURCE_KINDS, ReadOptions
from corpus.reading import find_sources
from workbench.cli import output
from workbench.cli.importing_projects import (
    Asked,
    look_into,
    project_options,
    receive_file,
    tell_contents,
    with_plans,
    write_report,
)
from workbench.cli.options import coder_option, file_argument, json_option, opened
from workbench.core.entities import Source
from workbench.errors import ExitCode, Refusal
from workbench.services import articles, closed, importing
from workbench.services.interchange import formats


@click.command("import", help=_("Importer filer og mapper til prosjektet. De gode tas inn; de andre nevnes med grunn."))
@file_argument
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--case", "cases", multiple=True, metavar=_("NAVN"), help=_("Case kildene hører til (kan gjentas)."))
@click.option("--kind", type=click.Choice(SOURCE_KINDS), help=_("Kildetype."))
@click.option("--wave", default="", help=_("Bølge."))
@click.option("--title", help=_("Tittel på en artikkel eller rapport; ellers det filen selv sier."))
@click.option("--publisher", help=_("Hvem som har utgitt den; ellers det filen selv sier."))
@click.option(
    "--date", default="", help=_("Dato for intervjuet; for artikler og rapporter utgivelsen, eller «ukjent».")
)
@click.option("--language", default="", help=_("Tekstens språk: nb eller nn."))
@click.option("--profile", type=click.Choice(["pdf-text"]), help=_("pdf-text reparerer tekst hentet ut av en PDF."))
@click.option("--speaker", "speakers", multiple=True, metavar=_("TALER=INFORMANT[:ROLLE]"),
              help=_("Hvem en taler er, som «Informant 1=I03:leder» eller «Kari=interviewer»."))  # fmt: skip
@click.option("--not-speaker", "not_speakers", multiple=True, metavar=_("ORD"),
              help=_("Noe som ser ut som en taler, men ikke er det (kan gjentas)."))  # fmt: skip
@click.option("--dry-run", is_flag=True, help=_("Vis replikker, talere og advarsler uten å lagre."))
@project_options
@coder_option
@json_option
def import_command(
    file: Path,
    sources: tuple[Path, ...],
    cases: tuple[str, ...],
    kind: str | None,
    wave: str,
    title: str | None,
    publisher: str | None,
    date: str,
    language: str,
    profile: str | None,
    speakers: tuple[str, ...],
    not_speakers: tuple[str, ...],
    dry_run: bool,
    codings: bool | None,
    which: str,
    report: Path | None,
    coder: str | None,
    as_json: bool,
) -> int:
    projects, sources, nameless = _projects_apart(sources)
    choices = tuple(_speaker(each) for each in speakers)
    options = ReadOptions(
        profile="pdf-text" if profile else "",
        confirmed_labels=frozenset(choice.label for choice in choices),
        rejected_labels=frozenset(not_speakers),
    )
    facts = importing.SourceFacts(
        kind=kind or "", title=title, publisher=publisher, cases=cases, wave=wave, date=date, language=language,
        speakers=choices,
    )  # fmt: skip
    sources, codebooks = (sources, []) if kind else _codebooks_apart(sources)
    asked = Asked(cases=cases, codings=codings, which=which)
    if dry_run:
        inside = look_into(projects, file, coder, asked)
        unread = [*(UnreadableSource(path, reason) for path, reason in nameless), *codebooks, *inside[1]]
        return _look(sources, (inside[0], unread), options, kind or "", as_json=as_json)
    if report is not None and report.exists():
        raise Refusal(_("{path} finnes fra før. Velg et annet navn.").format(path=report))
    with opened(file, coder, writes=True) as project:
        result = importing.import_files(project, sources, facts, options=options, progress=_progress(len(sources)))
        taken = [receive_file(project, path, asked, progress=_progress(1)) for path in projects]
    imported = result.imported + [(source, ()) for each in taken for source in each.sources]
    refused = [(path, _advised(reason, result.remedies.get(path, ""))) for path, reason in result.refused]
    refused += [*nameless, *((each.path, each.reason) for each in codebooks)]
    refused += [(each.path, each.reason) for each in taken if each.reason]
    if as_json:
        shown = {"projects": [shape for each in taken for shape in each.shapes()]} if projects else {}
        output.write_json(_shapes(imported, refused) | shown)
    else:
        for source, warnings in imported:
            output.write_lines([f"{source.id}  {source.name}  {_size(source.characters, source.turns)}"])
            for warning in warnings:
                output.say(f"  {source.name}: {warning}")
    for each in taken:
        each.tell(quiet=as_json)
    write_report(taken, report, file)
    for path, reason in refused:
        output.say(_("Avvist: {file}: {reason}").format(file=path, reason=reason))
    return ExitCode.REFUSED if refused else ExitCode.DONE


def _projects_apart(paths: tuple[Path, ...]) -> tuple[list[Path], tuple[Path, ...], list[tuple[Path, str]]]:
    """Projects, also those that lie in folders; what else there is to read; and what a folder has that is refused by name."""
    from workbench.services.recognising import find_files  # tables of surveys come with it, and are slow to load

    projects: list[Path] = []
    rest: list[Path] = []
    refused: list[tuple[Path, str]] = []
    for path in paths:
        found = [path]
        if path.is_dir() and not formats.is_project(path):
            found, nameless = find_files([path])
            refused += nameless
        for each in found:
            (projects if formats.is_project(each) else rest).append(each)
    return projects, tuple(rest), refused


def _shapes(imported: Sequence[tuple[Source, Sequence[str]]], refused: Sequence[tuple[Path, str]]) -> dict[str, Any]:
    return {
        "imported": [
            {
                "id": source.id,
                "name": source.name,
                "kind": source.kind,
                "title": source.title,
                "publisher": source.publisher,
                "date": source.date,
                "characters": source.characters,
                "turns": source.turns,
                "warnings": list(warnings),
            }
            for source, warnings in imported
        ],
        "refused": [{"file": str(path), "reason": reason} for path, reason in refused],
    }


def _look(
    paths: tuple[Path, ...],
    projects: tuple[list[dict[str, Any]], list[UnreadableSource]],
    options: ReadOptions,
    kind: str,
    *,
    as_json: bool,
) -> int:
    """What an import would find, nothing stored; in project files, what has been found and what cannot be read."""
    files, refused = find_sources(paths)
    found = []
    for path in files:
        try:
            transcript = importing.read_as(path, options, kind=kind).transcript
        except UnreadableSource as error:
            refused.append(UnreadableSource(path, _advised(error.reason, error.remedy)))
            continue
        roles = {turn.speaker: turn.role for turn in transcript.turns if turn.speaker}
        counts = {label: sum(turn.speaker == label for turn in transcript.turns) for label in roles}
        found.append(
            {
                "file": str(path),
                "kind": kind or transcript.kind,
                "characters": len(transcript.text),
                "turns": len(transcript.turns),
                "speakers": [{"label": label, "role": roles[label], "turns": counts[label]} for label in roles],
                "title": transcript.title,
                "publisher": transcript.publisher,
                "date": transcript.date,
                "regions": dict(Counter(each.kind for each in transcript.regions)),
                "warnings": list(transcript.warnings),
            }
        )
    shown, unreadable = projects
    refused += unreadable
    if as_json:
        refusals = [{"file": str(error.path), "reason": error.reason} for error in refused]
        output.write_json(
            {"found": found, "refused": refusals, **({"projects": with_plans(shown)} if any(projects) else {})}
        )
    else:
        for each in found:
            output.write_lines([f"{each['file']}  {each['kind']}  {_size(each['characters'], each['turns'])}"])  # type: ignore[arg-type]
            output.write_lines(_facts(each))
            output.write_lines([f"  {s['label']}  {s['role']}  {s['turns']}" for s in each["speakers"]])  # type: ignore[attr-defined]
            for warning in each["warnings"]:  # type: ignore[attr-defined]
                output.say(f"  {warning}")
        tell_contents(shown)
    for refusal in refused:
        output.say(_("Avvist: {file}: {reason}").format(file=refusal.path, reason=refusal.reason))
    return ExitCode.REFUSED if refused else ExitCode.DONE


def _codebooks_apart(paths: Sequence[Path]) -> tuple[tuple[Path, ...], list[UnreadableSource]]:
    """The files that are not called codebooks, and the refusals: of those that are, and of what cannot be read by its name."""
    from workbench.services import recognising  # tables of surveys come with it, and are slow to load

    files, refused = find_sources(paths)
    codebooks = [path for path in files if recognising.is_called_codebook(path)]
    reason = _(
        "Filen ser ut som en kodebok. Ta den inn med «kodebenk codebook load PROSJEKT FIL», eller oppgi hva slags tekst den "
        "er, som «--kind notes»."
    )
    refused += [UnreadableSource(path, reason) for path in codebooks]
    return tuple(path for path in files if path not in codebooks), refused


def _advised(reason: str, remedy: Remedy) -> str:
    """Why a file is refused, with the option or command that lets it come in."""
    advice = {
        "": "",
        "kind": _("Er den ingen transkripsjon, så oppgi hva den er, som «--kind notes»."),
        "split": _("Skriv «kodebenk articles FIL -o MAPPE», og importer mappen."),
    }
    return f"{reason} {advice[remedy]}".rstrip()


def _facts(found: Mapping[str, Any]) -> list[str]:
    """What a published text says of itself, and what is marked in it."""
    lines = []
    if articles.is_published(found["kind"]):
        date = found["date"] or _("dato mangler: oppgi --date")
        lines.append("  " + " · ".join(part for part in (found["title"], found["publisher"], date) if part))
    if found["regions"]:
        words = closed.kind_words()
        lines.append("  " + ", ".join(f"{words[kind]}: {number}" for kind, number in found["regions"].items()))
    return lines


def _speaker(text: str) -> importing.SpeakerChoice:
    label, equals, rest = text.partition("=")
    if not equals or not label.strip() or not rest.strip():
        raise click.BadParameter(_("skriv TALER=INFORMANT eller TALER=interviewer, ikke «{text}».").format(text=text))
    informant, _colon, role = rest.partition(":")
    if informant in ("interviewer", "other"):
        return importing.SpeakerChoice(label=label.strip(), role=informant)
    return importing.SpeakerChoice(
        label=label.strip(), role="participant", informant=informant.strip(), informant_role=role.strip()
    )


def _size(characters: int, turns: int) -> str:
    shown = ngettext("{n} tegn", "{n} tegn", characters).format(n=characters)
    return f"{shown}, " + ngettext("{n} replikk", "{n} replikker", turns).format(n=turns)


def _progress(given: int) -> importing.Progress | None:
    if not sys.stderr.isatty():
        return None
    return lambda done, total, name: output.say(_("{n} av {total}: {name}").format(n=done + 1, total=total, name=name))


COMMANDS = {"import": import_command}
