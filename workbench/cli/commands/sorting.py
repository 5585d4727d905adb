"""sort: go through a code's codings one by one, into sub-codes or under its present definition."""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import Any

import click

from workbench.cli import output, shapes
from workbench.cli.options import coder_option, file_argument, json_option, list_options, opened, write_list
from workbench.core.entities import Choice, CodeEntry, Sorting
from workbench.errors import Refusal
from workbench.services import sorting, sorting_account
from workbench.services.codebook import find_code, list_codes
from workbench.services.sorting_account import Account
from workbench.store.project import Project

id_argument = click.argument("sorting_id", metavar="ID")


@click.group("sort", help=_("Del opp en kode, eller se over kodinger etter ny definisjon, én koding om gangen."))
def sort_group() -> None:
    pass


@sort_group.command(
    "begin",
    help=_(
        "Lag en kø av kodingene på CODE, som skal sorteres i TARGET-ene. En TARGET som ikke finnes, blir ny underkode."
    ),
)
@file_argument
@click.argument("code")
@click.argument("targets", nargs=-1, metavar="[TARGET]...")
@click.option("--definition", is_flag=True, help=_("Bare kodinger fra før koden fikk definisjonen den har nå."))
@coder_option
@json_option
def begin_command(
    file: Path, code: str, targets: tuple[str, ...], definition: bool, coder: str | None, as_json: bool
) -> None:
    with opened(file, coder, writes=True) as project:
        entry = find_code(project, code)
        begin = sorting.begin_review_of_definition if definition else sorting.begin_split
        _tell(project, begin(project, entry, targets), as_json=as_json)


@sort_group.command("list", help=_("List sorteringer, nyeste først."))
@file_argument
@click.option("--open", "only_open", is_flag=True, help=_("Bare dem som er i gang."))
@list_options
def list_command(file: Path, only_open: bool, as_json: bool, as_csv: bool) -> None:
    with opened(file) as project:
        entries = list_codes(project)
        rows = [_shape(project, each, entries) for each in sorting.list_sortings(project, finished=not only_open)]
    columns = {"id": _("id"), "code_name": _("kode"), "kind": _("hva"), "chosen": _("valgt"), "total": _("i alt"),
               "coder": _("begynt av"), "created": _("når"), "finished": _("fullført")}  # fmt: skip
    write_list(rows, as_json=as_json, as_csv=as_csv, columns=columns, empty=_("Ingen sorteringer."))


@sort_group.command("show", help=_("Vis køen med valgene, og regnskapet. ID kan også være koden som sorteres."))
@file_argument
@click.argument("sorting_id", metavar="[ID]", default="")
@list_options
def show_command(file: Path, sorting_id: str, as_json: bool, as_csv: bool) -> None:
    with opened(file) as project:
        found = sorting.find_sorting(project, sorting_id)
        rows, made_up = _queue_rows(project, found), sorting_account.account(project, found)
        if as_json:
            shown = _shape(project, found, list_codes(project))
            output.write_json(shown | {"codings": rows, "account": _account(project, made_up)})
            return
        lines = sorting_account.in_words(project, made_up)
    columns = {"n": _("nr."), "quote": _("sitat"), "coder": _("koder"), "chosen": _("valg"), "text": _("tekst")}
    write_list(rows, as_json=False, as_csv=as_csv, columns=columns)
    if not as_csv:
        output.write_lines(["", *_plain(lines)])


@sort_group.command(
    "choose", help=_("Si hva som skal skje med en koding (id eller sitat-id). Ingenting endres før «finish».")
)
@file_argument
@id_argument
@click.argument("coding", metavar="CODING")
@click.argument("codes", nargs=-1, metavar="[CODE]...")
@click.option("--keep", "choice", flag_value="keep", help=_("La den bli stående på koden."))
@click.option("--skip", "choice", flag_value="skip", help=_("Hopp over; den ligger urørt."))
@click.option("--remove", "choice", flag_value="remove", help=_("Fjern den (bare etter ny definisjon)."))
@click.option("--back", "choice", flag_value="back", help=_("Ta valget tilbake."))
@click.option("--note", help=_("Merknad, som blir memo på kodingen."))
@coder_option
@json_option
def choose_command(
    file: Path,
    sorting_id: str,
    coding: str,
    codes: tuple[str, ...],
    choice: str | None,
    note: str | None,
    coder: str | None,
    as_json: bool,
) -> None:
    if bool(codes) == (choice is not None):
        raise click.UsageError(_("Nevn koder, eller bruk én av --keep, --skip, --remove og --back."))
    with opened(file, coder, writes=True) as project:
        found = sorting.find_sorting(project, sorting_id)
        queued = sorting.find_queued(project, found, coding)
        if choice == "back":
            sorting.take_back(project, found.id, queued)
        else:
            wanted = [find_code(project, code).id for code in codes]
            sorting.choose(project, found.id, queued, _choice(choice), wanted, note=note)
        _tell(project, sorting.find_sorting(project, found.id), as_json=as_json)


@sort_group.command("add", help=_("Flere koder å sortere i; en som ikke finnes, blir ny underkode."))
@file_argument
@id_argument
@click.argument("targets", nargs=-1, required=True, metavar="TARGET...")
@coder_option
@json_option
def add_command(file: Path, sorting_id: str, targets: tuple[str, ...], coder: str | None, as_json: bool) -> None:
    with opened(file, coder, writes=True) as project:
        found = sorting.find_sorting(project, sorting_id)
        sorting.add_targets(project, found.id, targets)
        _tell(project, sorting.find_sorting(project, found.id), as_json=as_json)


@sort_group.command("refill", help=_("Ta med kodinger som er kommet til siden køen ble laget."))
@file_argument
@id_argument
@coder_option
@json_option
def refill_command(file: Path, sorting_id: str, coder: str | None, as_json: bool) -> None:
    with opened(file, coder, writes=True) as project:
        found = sorting.find_sorting(project, sorting_id)
        n = sorting.refill(project, found.id)
        if not as_json:
            output.say(ngettext("{n} koding lagt til.", "{n} kodinger lagt til.", n).format(n=n))
        _tell(project, sorting.find_sorting(project, found.id), as_json=as_json)


@sort_group.command("finish", help=_("Gjennomfør valgene i ett, med regnskap; «undo» tar alt tilbake i ett."))
@file_argument
@id_argument
@click.option("--dry-run", is_flag=True, help=_("Vis bare regnskapet."))
@coder_option
@json_option
def finish_command(file: Path, sorting_id: str, dry_run: bool, coder: str | None, as_json: bool) -> None:
    with opened(file, coder, writes=not dry_run) as project:
        found = sorting.find_sorting(project, sorting_id)
        if not dry_run:
            sorting_account.finish(project, found.id)
            found = sorting.find_sorting(project, found.id)
        elif found.finished:
            raise Refusal(_("Sorteringen er allerede fullført. «sort show» viser regnskapet."))
        made_up = sorting_account.account(project, found)
        if as_json:
            output.write_json(_account(project, made_up))
        else:
            output.write_lines(_plain(sorting_account.in_words(project, made_up)))


@sort_group.command("discard", help=_("Legg en sortering bort; ingen koding er endret, og «undo» henter den tilbake."))
@file_argument
@id_argument
@coder_option
def discard_command(file: Path, sorting_id: str, coder: str | None) -> None:
    with opened(file, coder, writes=True) as project:
        sorting.discard(project, sorting.find_sorting(project, sorting_id).id)


@sort_group.command("outdated", help=_("List koder med kodinger fra før definisjonen de har nå."))
@file_argument
@click.option("--code", default="", help=_("Bare denne koden, med en linje for hver koding."))
@list_options
def outdated_command(file: Path, code: str, as_json: bool, as_csv: bool) -> None:
    from workbench.services.coding import list_codings

    with opened(file) as project:
        entry = find_code(project, code) if code else None
        found = [each for each in sorting.outdated(project) if entry is None or each.code.id == entry.id]
        if entry is None:
            rows = [{"code": each.code.slug, "code_name": each.code.name, "changed": each.changed, "by": each.by,
                     "codings": len(each.codings)} for each in found]  # fmt: skip
            columns = {"code_name": _("kode"), "changed": _("endret"), "by": _("koder"), "codings": _("eldre kodinger")}
        else:
            stale = {uid: each for each in found for uid in each.codings}
            rows = [
                shapes.coding(each)
                | {"decided": each.decided, "changed": stale[each.id].changed, "by": stale[each.id].by}
                for each in list_codings(project, code=entry.id, exact=True)
                if each.id in stale
            ]
            columns = {"quote": _("sitat"), "coder": _("koder"), "decided": _("kodet"), "text": _("tekst")}
    write_list(rows, as_json=as_json, as_csv=as_csv, columns=columns,
               empty=_("Ingen kodinger er eldre enn definisjonen av koden sin."))  # fmt: skip


# -- shapes


def _shape(project: Project, found: Sorting, entries: list[CodeEntry]) -> dict[str, Any]:
    progress, by_id = sorting.progress_of(project, found), {entry.id: entry for entry in entries}
    code = by_id.get(sorting.current_code(project, found))
    return {
        "id": found.id,
        "kind": found.kind,
        "code": code.slug if code else None,
        "code_name": code.name if code else "",
        "targets": [
            {"key": n, "id": by_id[each].slug, "name": by_id[each].name}
            for n, each in enumerate(found.targets, 1)
            if each in by_id
        ],
        "coder": found.coder,
        "created": found.created,
        "finished": found.finished or None,
        "total": progress.total,
        "chosen": progress.chosen,
        "sorted": progress.sorted,
        "kept": progress.kept,
        "skipped": progress.skipped,
        "removed": progress.removed,
        "left": progress.left,
    }


def _queue_rows(project: Project, found: Sorting) -> list[dict[str, Any]]:
    queue = sorting.load_queue(project, found.id)
    slugs = {entry.id: entry.slug for entry in list_codes(project)}
    words = {"keep": _("blir stående"), "skip": _("hopp over"), "remove": _("fjernes")}
    rows: list[dict[str, Any]] = []
    for n, uid in enumerate(found.codings, 1):
        choice, there = queue.choices.get(uid), queue.codings.get(uid)
        codes = [slugs.get(code, code) for code in choice.codes] if choice else []
        row: dict[str, Any] = {"n": n, "id": uid} | (shapes.coding(there) if there else {})
        row |= {
            "gone": not found.finished and not queue.waits(uid),
            "choice": choice.choice if choice else None,
            "codes": codes,
            "note": choice.note if choice else "",
            "chosen_by": choice.coder if choice else None,
            "chosen": " + ".join(codes) or words.get(choice.choice if choice else "", ""),
        }
        rows.append(row)
    return rows


def _account(project: Project, made_up: Account) -> dict[str, Any]:
    slugs = {entry.id: entry.slug for entry in list_codes(project)}
    counted = made_up.tally
    return {
        "before": counted.before,
        **{str(fate): number for fate, number in counted.fates.items()},
        "several": counted.several,
        "made": counted.made,
        "met": counted.met,
        "standing": counted.standing,
        "outside": counted.outside,
        "adds_up": counted.adds_up,
        "codes": [
            {"code": slugs.get(each.code, each.code), "before": each.before, "moved": each.moved, "made": each.made,
             "left": each.left, "after": each.after}
            for each in counted.codes
        ],
        "doubles": [{"coding": coding, "code": slugs.get(code, code)} for coding, code in counted.doubles],
        "codings": [
            {"id": each.coding, "fate": each.fate, "code": slugs.get(each.code, each.code) or None,
             "made": [{"id": uid, "code": slugs.get(code, code)} for uid, code in each.made], "into": each.into or None}
            for each in made_up.outcomes
        ],
        "others": dict(made_up.others),
    }  # fmt: skip


def _plain(lines: list[tuple[str, str]]) -> list[str]:
    width = max(len(number) for number, _words in lines)
    return [f"{number:>{width}}  {words}" for number, words in lines]


def _tell(project: Project, found: Sorting, *, as_json: bool) -> None:
    if as_json:
        output.write_json(_shape(project, found, list_codes(project)))
        return
    progress = " · ".join(sorting.progress_in_words(sorting.progress_of(project, found)))
    output.write_lines([f"{found.id}  {progress}"])


def _choice(named: str | None) -> Choice:
    if named == "keep":
        return "keep"
    if named == "skip":
        return "skip"
    return "remove" if named == "remove" else "sort"


COMMANDS = {"sort": sort_group}
