"""import."""

from __future__ import annotations

import sys
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path

import click

from corpus.model import SOURCE_KINDS, ReadOptions
from workbench.cli import output
from workbench.cli.options import coder_option, file_argument, json_option, opened
from workbench.errors import ExitCode
from workbench.services import importing


@click.command("import", help=_("Importer filer og mapper til prosjektet. De gode tas inn; de andre nevnes med grunn."))
@file_argument
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--case", "cases", multiple=True, metavar=_("NAVN"), help=_("Case kildene hører til (kan gjentas)."))
@click.option("--kind", type=click.Choice(SOURCE_KINDS), help=_("Kildetype."))
@click.option("--wave", default="", help=_("Bølge."))
@click.option("--date", default="", help=_("Dato for intervjuet."))
@click.option("--language", default="", help=_("Tekstens språk: nb eller nn."))
@click.option("--profile", type=click.Choice(["pdf-text"]), help=_("pdf-text reparerer tekst hentet ut av en PDF."))
@click.option("--speaker", "speakers", multiple=True, metavar=_("TALER=INFORMANT[:ROLLE]"),
              help=_("Hvem en taler er, som «Informant 1=I03:leder» eller «Kari=interviewer»."))  # fmt: skip
@click.option("--dry-run", is_flag=True, help=_("Vis replikker, talere og advarsler uten å lagre."))
@coder_option
@json_option
def import_command(
    file: Path,
    sources: tuple[Path, ...],
    cases: tuple[str, ...],
    kind: str | None,
    wave: str,
    date: str,
    language: str,
    profile: str | None,
    speakers: tuple[str, ...],
    dry_run: bool,
    coder: str | None,
    as_json: bool,
) -> int:
    choices = tuple(_speaker(each) for each in speakers)
    options = ReadOptions(
        profile="pdf-text" if profile else "", confirmed_labels=frozenset(choice.label for choice in choices)
    )
    facts = importing.SourceFacts(
        kind=kind or "", cases=cases, wave=wave, date=date, language=language, speakers=choices
    )
    if dry_run:
        return _look(sources, options, as_json=as_json)
    with opened(file, coder, writes=True) as project:
        result = importing.import_files(project, sources, facts, options=options, progress=_progress(len(sources)))
    if as_json:
        output.write_json(
            {
                "imported": [
                    {
                        "id": source.id,
                        "name": source.name,
                        "kind": source.kind,
                        "characters": source.characters,
                        "turns": source.turns,
                        "warnings": list(warnings),
                    }
                    for source, warnings in result.imported
                ],
                "refused": [{"file": str(path), "reason": reason} for path, reason in result.refused],
            }
        )
    else:
        for source, warnings in result.imported:
            output.write_lines([f"{source.id}  {source.name}  {_size(source.characters, source.turns)}"])
            for warning in warnings:
                output.say(f"  {source.name}: {warning}")
    for path, reason in result.refused:
        output.say(_("Avvist: {file}: {reason}").format(file=path, reason=reason))
    return ExitCode.REFUSED if result.refused else ExitCode.DONE


def _look(paths: tuple[Path, ...], options: ReadOptions, *, as_json: bool) -> int:
    """What an import would find, nothing stored."""
    from corpus.errors import UnreadableSource
    from corpus.reading import find_sources

    files, refused = find_sources(paths)
    found = []
    for path in files:
        try:
            transcript = importing.read_file(path, options).transcript
        except UnreadableSource as error:
            refused.append(error)
            continue
        roles = {turn.speaker: turn.role for turn in transcript.turns if turn.speaker}
        counts = {label: sum(turn.speaker == label for turn in transcript.turns) for label in roles}
        found.append(
            {
                "file": str(path),
                "kind": transcript.kind,
                "characters": len(transcript.text),
                "turns": len(transcript.turns),
                "speakers": [{"label": label, "role": roles[label], "turns": counts[label]} for label in roles],
                "warnings": list(transcript.warnings),
            }
        )
    if as_json:
        refusals = [{"file": str(error.path), "reason": error.reason} for error in refused]
        output.write_json({"found": found, "refused": refusals})
    else:
        for each in found:
            output.write_lines([f"{each['file']}  {each['kind']}  {_size(each['characters'], each['turns'])}"])  # type: ignore[arg-type]
            output.write_lines([f"  {s['label']}  {s['role']}  {s['turns']}" for s in each["speakers"]])  # type: ignore[attr-defined]
            for warning in each["warnings"]:  # type: ignore[attr-defined]
                output.say(f"  {warning}")
    for refusal in refused:
        output.say(_("Avvist: {file}: {reason}").format(file=refusal.path, reason=refusal.reason))
    return ExitCode.REFUSED if refused else ExitCode.DONE


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
