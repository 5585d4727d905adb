"""memo, diary."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from gettext import gettext as _
from pathlib import Path
from typing import Any

import click

from workbench.cli import output
from workbench.cli.options import coder_option, file_argument, json_option, list_options, opened, write_list
from workbench.core.entities import MEMO_KINDS, MemoKind
from workbench.services import memos
from workbench.services.memos import FoundMemo, MemoFilter
from workbench.services.sources import source_names
from workbench.store.project import Project

out_option = click.option("-o", "--output", "target", required=True, type=click.Path(path_type=Path, dir_okay=False),
                          help=_("Filen som skrives: .docx, .md, .csv eller .xlsx."))  # fmt: skip
force_option = click.option("--force", is_flag=True, help=_("Skriv over filen om den finnes."))
_KINDS: dict[str, MemoKind] = {kind: kind for kind in MEMO_KINDS}


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Which memos: by kind, by what they are on, by coder and by words."""
    for option in reversed(
        (
            click.option("--kind", default="", type=click.Choice(["", *MEMO_KINDS]), help=_("Bare dette slaget.")),
            click.option("--on", default="", metavar=_("HVA[:NAVN]"),
                         help=_("Bare memoer på dette: code, code:bolig, source:Navn, project ...")),
            click.option("--coder", "by", default="", metavar=_("NAVN"), help=_("Bare denne koderens.")),
            click.option("--text", default="", help=_("Bare memoer med disse ordene.")),
            click.option("--private", is_flag=True, help=_("Bare dine egne private.")),
            click.option("--shared", is_flag=True, help=_("Bare delte.")),
        )
    ):  # fmt: skip
        command = option(command)
    return command


@click.group("memo", help=_("Memoer på prosjekt, case, informant, kilde, sted, kode, tema eller koding."))
def memo_group() -> None:
    pass


@memo_group.command("list", help=_("List memoer. Andres private memoer vises aldri."))
@file_argument
@filter_options
@list_options
def list_memos_command(file: Path, as_json: bool, as_csv: bool, **chosen: Any) -> None:
    with opened(file) as project:
        found = memos.find_memos(project, _wanted(project, **chosen))
        names = source_names(project)
    rows = [_shape(each, names) for each in found]
    columns = {"id": _("id"), "subject": _("på"), "kind": _("slag"), "updated": _("endret"), "text": _("memo")}
    write_list(rows, as_json=as_json, as_csv=as_csv, columns=columns, empty=_("Ingen memoer."))
    if not (as_json or as_csv):
        _tell_unknown(found)


@memo_group.command("show", help=_("Vis et helt memo."))
@file_argument
@click.argument("memo")
@json_option
def show_memo_command(file: Path, memo: str, as_json: bool) -> None:
    with opened(file) as project:
        found, names = memos.find_memo(project, memo), source_names(project)
    if as_json:
        output.write_json(_shape(found, names))
        return
    about = [found.subject.words, found.memo.day, found.memo.coder, _("privat") if found.memo.private else ""]
    label = [memos.condensate_words()] if found.memo.kind == "condensate" else []
    output.write_lines([" · ".join(filter(None, about)), *label, "", found.memo.text])
    _tell_unknown([found])


@memo_group.command(
    "add",
    help=_(
        "Skriv et memo. ON er project, case, informant, source, span, code, theme eller coding; TARGET hvilken. "
        "Et sitat lenkes som [[I03-042]]."
    ),
)
@file_argument
@click.argument("on", type=click.Choice(list(memos.TARGETS)))
@click.argument("target", default="")
@click.option("--text", required=True)
@click.option("--kind", type=click.Choice(["memo", "condensate"]), default="memo",
              help=_("condensate: et kondensat på en kode (kunstig sitat, ikke ordrett)."))  # fmt: skip
@click.option("--start", type=int, default=None, help=_("Første tegn, for et memo på et sted (span)."))
@click.option("--end", type=int, default=None, help=_("Tegnet etter det siste, for et memo på et sted (span)."))
@click.option("--private", is_flag=True, help=_("Vises bare for deg. Teksten ligger likevel i prosjektfilen."))
@coder_option
def add_memo_command(
    file: Path,
    on: str,
    target: str,
    text: str,
    kind: str,
    start: int | None,
    end: int | None,
    private: bool,
    coder: str | None,
) -> None:
    span = (start, end) if start is not None and end is not None else None
    with opened(file, coder, writes=True) as project:
        subject = memos.find_subject(project, on, target, span)
        made = memos.write_memo(
            project, subject.kind, subject.target, text, kind=_KINDS[kind], private=private, span=span
        )
        output.write_lines([made.id])


@memo_group.command("edit", help=_("Skriv ditt memo om, eller gjør det privat eller delt."))
@file_argument
@click.argument("memo")
@click.option("--text", default="", help=_("De nye ordene."))
@click.option("--private/--shared", "private", default=None, help=_("Vis det bare for deg, eller for alle."))
@coder_option
def edit_memo_command(file: Path, memo: str, text: str, private: bool | None, coder: str | None) -> None:
    if not text and private is None:
        raise click.UsageError(_("Si hva som skal endres: --text, --private eller --shared."))
    with opened(file, coder, writes=True) as project:
        found = memos.find_memo(project, memo).memo
        memos.change_memo(project, found.id, text=text or None, private=private)
        output.write_lines([found.id])


@memo_group.command("remove", help=_("Slett memoet."))
@file_argument
@click.argument("memo")
@coder_option
def remove_memo_command(file: Path, memo: str, coder: str | None) -> None:
    with opened(file, coder, writes=True) as project:
        memos.remove_memo(project, memos.find_memo(project, memo).memo.id)


@memo_group.command("export", help=_("Skriv memoene til en fil. Kondensater blir en tabell."))
@file_argument
@out_option
@filter_options
@force_option
@json_option
def export_memos_command(file: Path, target: Path, force: bool, as_json: bool, **chosen: Any) -> None:
    with opened(file) as project:
        _export(project, target, _wanted(project, **chosen), force=force, as_json=as_json)


@click.group("diary", help=_("Forskerdagboken: én oppføring om dagen for hver koder."))
def diary_group() -> None:
    pass


@diary_group.command("add", help=_("Skriv i dagboken. Dagens oppføring fortsetter der den slapp."))
@file_argument
@click.option("--text", required=True)
@click.option("--day", default="", help=_("Dagen det gjelder, som 2026-03-14 (ellers i dag)."))
@click.option("--private/--shared", "private", default=None, help=_("Vises bare for deg, eller for alle."))
@coder_option
def add_diary_command(file: Path, text: str, day: str, private: bool | None, coder: str | None) -> None:
    with opened(file, coder, writes=True) as project:
        made = memos.write_diary(project, text, day=day or date.today().isoformat(), private=private)
        output.write_lines([made.id])


@diary_group.command("list", help=_("List dagboken, eldste dag først."))
@file_argument
@click.option("--coder", "by", default="", metavar=_("NAVN"), help=_("Bare denne koderens."))
@list_options
def list_diary_command(file: Path, by: str, as_json: bool, as_csv: bool) -> None:
    with opened(file) as project:
        names = source_names(project)
        rows = [_shape(each, names) for each in memos.find_memos(project, MemoFilter(kind="diary", coder=by))]
    columns = {"day": _("dag"), "coder": _("koder"), "text": _("tekst")}
    write_list(rows, as_json=as_json, as_csv=as_csv, columns=columns, empty=_("Dagboken er tom."))


@diary_group.command("export", help=_("Skriv hele dagboken til en fil."))
@file_argument
@out_option
@click.option("--coder", "by", default="", metavar=_("NAVN"), help=_("Bare denne koderens."))
@click.option("--shared", is_flag=True, help=_("Bare delte."))
@force_option
@json_option
def export_diary_command(file: Path, target: Path, by: str, shared: bool, force: bool, as_json: bool) -> None:
    with opened(file) as project:
        wanted = MemoFilter(kind="diary", coder=by, shared=shared)
        _export(project, target, wanted, force=force, as_json=as_json)


def _wanted(project: Project, *, kind: str, on: str, by: str, text: str, private: bool, shared: bool) -> MemoFilter:
    what, _colon, named = on.partition(":")
    if what and what not in memos.TARGETS:
        raise click.UsageError(
            _("«{on}» er ikke noe et memo kan stå på. Velg en av: {known}.").format(
                on=what, known=", ".join(memos.TARGETS)
            )
        )
    target = ""
    if named:
        # A span has no name of its own: asked for by its source.
        target = memos.find_subject(project, "source" if what == "span" else what, named).target
    return MemoFilter(kind=kind, on=what, target=target, coder=by, text=text, private=private, shared=shared)


def _export(project: Project, target: Path, wanted: MemoFilter, *, force: bool, as_json: bool) -> None:
    from workbench.services import memo_exporting  # with what prints, which the other verbs do not need

    written = memo_exporting.export_memos(project, target, wanted, force=force)
    for warning in written.warnings:
        output.say(_("Advarsel: {warning}").format(warning=warning))
    output.write_path(written.path, as_json=as_json, warnings=list(written.warnings))


def _tell_unknown(found: Sequence[FoundMemo]) -> None:
    unknown = sorted({quote for each in found for quote in each.unknown})
    if unknown:
        output.say(_("Disse lenkene fører ikke til noe sitat: {quotes}.").format(quotes=", ".join(unknown)))


def _shape(found: FoundMemo, names: Mapping[str, str]) -> dict[str, Any]:
    memo, subject = found.memo, found.subject
    return {
        "id": memo.id,
        "on": memo.target_kind,
        "target": memo.target,
        "text": memo.text,
        "coder": memo.coder,
        "created": memo.created,
        "updated": memo.updated,
        "kind": memo.kind,
        "day": memo.day,
        "private": memo.private,
        "subject": subject.words,
        "source": subject.source,
        "source_name": names.get(subject.source, ""),
        "start": subject.start if subject.end else None,
        "end": subject.end if subject.end else None,
        "links": [
            {
                "quote": link.quote,
                "coding": link.leads_to.coding if link.leads_to else None,
                "source": link.leads_to.source if link.leads_to else None,
                "start": link.leads_to.start if link.leads_to else None,
                "end": link.leads_to.end if link.leads_to else None,
            }
            for link in found.links
        ],
    }


COMMANDS = {"memo": memo_group, "diary": diary_group}
