"""The command line: a list of commands as data, each imported only when it is asked for.

A stock lazy group loads every command to print its short help; here the short help is data, so that `--help` imports
nothing but click.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from importlib import import_module
from pathlib import Path

import click

from workbench.cli import output
from workbench.errors import ExitCode, Refusal


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A command's wish that the terminal interface be opened; the composition root grants it."""

    path: Path | None
    coder: str | None = None
    readonly: bool = False
    at: str = ""
    """A quote id to go to."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a command lives, and its line in the list."""

    module: str
    help: Callable[[], str]


_PREFIX = "workbench.cli.commands"

COMMANDS: Mapping[str, Entry] = {
    "demo": Entry("starting", lambda: _("Lag demoprosjektet og åpne det.")),
    "new": Entry("starting", lambda: _("Lag et nytt prosjekt.")),
    "open": Entry("starting", lambda: _("Åpne et prosjekt i skjermbildet.")),
    "copy": Entry("starting", lambda: _("Lagre en hel kopi av prosjektet.")),
    "import": Entry("importing", lambda: _("Importer filer eller mapper.")),
    "survey": Entry("surveys", lambda: _("Svar fra spørreundersøkelser: ta inn, list og kod.")),
    "links": Entry("linking", lambda: _("List koblinger mellom to ting.")),
    "sources": Entry("sources", lambda: _("List kilder.")),
    "show": Entry("sources", lambda: _("Vis en kilde med replikker.")),
    "source": Entry("sources", lambda: _("Gi nytt navn, flytt, rett, masker eller slett en kilde.")),
    "revise": Entry("versions", lambda: _("Ta inn en ny utgave av en tekst som er kodet.")),
    "versions": Entry("versions", lambda: _("List utgavene av en tekst.")),
    "waiting": Entry("versions", lambda: _("List det som venter på plass etter en ny utgave.")),
    "place": Entry("versions", lambda: _("Gi noe som venter, en plass.")),
    "drop": Entry("versions", lambda: _("Fjern noe som venter.")),
    "regions": Entry("regions", lambda: _("List, åpne, steng og merk felt som ikke er løpende tekst.")),
    "articles": Entry("articles", lambda: _("Del en fil fra et avisarkiv i en fil for hver artikkel.")),
    "codes": Entry("codebook", lambda: _("List kodeboken med antall.")),
    "codebook": Entry("codebook", lambda: _("Endre kodeboken.")),
    "themes": Entry("themes", lambda: _("List temaer.")),
    "theme": Entry("themes", lambda: _("Lag, beskriv og fyll temaer.")),
    "approach": Entry("themes", lambda: _("Vis eller velg prosjektets tilnærming.")),
    "code": Entry("coding", lambda: _("Kod et sted i en kilde.")),
    "codings": Entry("coding", lambda: _("List kodinger.")),
    "coding": Entry("coding", lambda: _("Fjern, flytt grenser, kod om eller merk en koding.")),
    "sort": Entry("sorting", lambda: _("Del opp en kode, én koding om gangen.")),
    "go": Entry("coding", lambda: _("Finn stedet bak en sitat-id, som I03-042.")),
    "why": Entry("provenance", lambda: _("Si hvorfor et sted har koden sin.")),
    "note": Entry("notes", lambda: _("Merknader i margen.")),
    "memo": Entry("memos", lambda: _("Memoer.")),
    "diary": Entry("memos", lambda: _("Forskerdagboken.")),
    "status": Entry("notes", lambda: _("Vis eller sett lesestatus.")),
    "case": Entry("cases", lambda: _("Caser.")),
    "informant": Entry("cases", lambda: _("Informanter.")),
    "suggest": Entry("suggesting", lambda: _("Lag forslag til koder.")),
    "suggestions": Entry("suggesting", lambda: _("List forslag.")),
    "accept": Entry("suggesting", lambda: _("Godta forslag.")),
    "reject": Entry("suggesting", lambda: _("Avvis forslag.")),
    "signals": Entry("signals", lambda: _("Foreslå nye signaler ut fra kodingen.")),
    "excerpts": Entry("retrieval", lambda: _("Hent fram utdrag.")),
    "find": Entry("retrieval", lambda: _("Finn ord i alle tekster.")),
    "clip": Entry("batch", lambda: _("Skriv utdrag slik de limes inn i en tekst.")),
    "batch": Entry("batch", lambda: _("Gjør det samme med mange kodinger.")),
    "autocode": Entry("batch", lambda: _("Kod etter søk, taler, overskrift eller spørsmål.")),
    "matrix": Entry("retrieval", lambda: _("Krysstabell, som case × kode.")),
    "progress": Entry("progress", lambda: _("Vis hvor langt hver er kommet, og hvor mange nye koder hver kilde gir.")),
    "framework": Entry("framework", lambda: _("Rammematrisen: hva hver case sier om hver kode.")),
    "words": Entry("words", lambda: _("List ord, steder de står, og hva som er typisk.")),
    "quote": Entry("quoting", lambda: _("Vis eller endre hvordan et sitat gjengis i rapporter.")),
    "study": Entry("study", lambda: _("Vis eller sett opplysninger om studien.")),
    "report": Entry("reporting", lambda: _("Skriv Word-rapporten.")),
    "export": Entry("reporting", lambda: _("Eksporter til csv, xlsx, html, json, md, qdpx, qdc eller sqlite.")),
    "print": Entry("printing", lambda: _("Skriv ut transkripsjoner, utdrag av en kode eller kodeboken.")),
    "review": Entry("reviewing", lambda: _("Les et kodet materiale uten å kunne endre noe.")),
    "comment": Entry("reviewing", lambda: _("Dine kommentarer som leser.")),
    "comments": Entry("reviewing", lambda: _("Kommentarer som lesere har levert.")),
    "undo": Entry("history", lambda: _("Angre det siste du gjorde.")),
    "redo": Entry("history", lambda: _("Gjør om det du angret.")),
    "history": Entry("history", lambda: _("Vis revisjonssporet.")),
    "check": Entry("history", lambda: _("Kontroller kodinger og journal.")),
}


class LazyGroup(click.Group):
    """A group that lists its commands from data and imports one when it is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        module = import_module(f"{_PREFIX}.{entry.module}")
        command: click.Command = module.COMMANDS[cmd_name]
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from rapidfuzz import process

            nearest = [match[0] for match in process.extract(args[0], list(COMMANDS), limit=2, score_cutoff=60)]
            hint = _(" Mente du {names}?").format(names=_(" eller ").join(nearest)) if nearest else ""
            message = _("«{word}» er ingen kommando og ingen fil.").format(word=args[0])
            raise click.UsageError(message + hint, ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(_("Kommandoer")):
            formatter.write_dl([(name, entry.help()) for name, entry in COMMANDS.items()])


def build_group() -> click.Group:
    """The `kodebenk` command, with help in the language in use."""
    return LazyGroup(
        name="kodebenk",
        help=_(
            "Kodebenk: kod intervjuer og casestudier i terminalen, uten nett.\n\n"
            "Prosjektfilen kommer rett etter kommandoen: kodebenk import PROSJEKT.kodebenk intervju.docx. "
            "«kodebenk PROSJEKT.kodebenk» åpner prosjektet, og «kodebenk» alene viser startskjermen."
        ),
        params=[
            click.Option(["--lang"], metavar=_("SPRÅK"), help=_("Språk: nb (standard) eller en."), expose_value=False),
            _version_option(),
        ],
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
        epilog=_("Utgangskoder: 0 utført, 1 avvist med grunn, 2 feil bruk, 3 prosjektet kan ikke åpnes, 130 avbrutt."),
    )


def run(arguments: Sequence[str]) -> int | OpenRequest:
    """Run one command; an exit code, or the wish to open the terminal interface."""
    output.use_utf8()
    try:
        result = build_group().main(args=list(arguments), prog_name="kodebenk", standalone_mode=False)
        output.flush()
    except click.exceptions.Abort:
        output.say(_("Avbrutt."))
        return ExitCode.INTERRUPTED
    except KeyboardInterrupt:
        output.say(_("Avbrutt."))
        return ExitCode.INTERRUPTED
    except click.ClickException as error:
        error.show()
        return ExitCode.USAGE
    except Refusal as error:
        output.say(str(error))
        return error.exit_code
    except (BrokenPipeError, SystemExit):
        # Whoever read has had enough (`| head`); click answers a broken pipe met inside a command with SystemExit.
        output.stop()
        return ExitCode.DONE
    if isinstance(result, OpenRequest):
        return result
    return int(result) if isinstance(result, int) else ExitCode.DONE


def _version_option() -> click.Option:
    def show(ctx: click.Context, param: click.Parameter, value: bool) -> None:
        if value:
            from importlib.metadata import version

            output.write_lines([f"kodebenk {version('kodebenk')}"])
            ctx.exit()

    return click.Option(
        ["--version"], is_flag=True, expose_value=False, is_eager=True, callback=show, help=_("Vis versjonen.")
    )
