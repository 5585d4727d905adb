"""batch, autocode, clip."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import Any

import click

from workbench.cli import output, shapes
from workbench.cli.filtering import Chosen, filter_options, read_filter
from workbench.cli.options import coder_option, file_argument, json_option, list_options, opened, write_list
from workbench.core.entities import CodeEntry
from workbench.errors import Refusal
from workbench.services import autocoding, batch, clipping, closed
from workbench.services.autocoding import Candidate
from workbench.services.codebook import find_code
from workbench.services.finding import Sought
from workbench.services.naming import find_coding, find_source
from workbench.services.retrieval import Filter, find_excerpts
from workbench.store.project import Project

ACTIONS = ("recode", "add", "remove", "star", "unstar", "memo")
CODE_ACTIONS = ("recode", "add")
LISTS = ("headings", "questions", "speakers")


@click.command(
    "batch",
    help=_(
        "Gjør det samme med mange kodinger, i ett steg som «undo» angrer samlet. ACTION er recode, add, remove, star, "
        "unstar eller memo. WHAT er koden (recode, add) eller teksten (memo). Kodingene velges med de samme filtrene som "
        "i «excerpts», med --ids, eller begge deler; en sitat-id er alle kodinger på stedet."
    ),
)
@file_argument
@click.argument("action", type=click.Choice(ACTIONS), metavar="ACTION")
@click.argument("what", default="")
@filter_options
@click.option("--ids", multiple=True, help=_("Id-er eller sitat-id-er, med mellomrom; - leser dem fra stdin."))
@click.option("--all", "everything", is_flag=True, help=_("Alle kodinger i prosjektet; ellers må noe være valgt."))
@click.option("--each", is_flag=True, help=_("memo: samme tekst på hver koding, ikke ett memo med lenker."))
@click.option("--dry-run", is_flag=True, help=_("Bare list kodingene det gjelder."))
@click.option(
    "--as", "acting", metavar=_("NAVN"), help=_("Hvem som gjør det (ellers KODEBENK_CODER eller innstillingene).")
)
@json_option
def batch_command(
    file: Path,
    action: str,
    what: str,
    chosen: Chosen,
    ids: tuple[str, ...],
    everything: bool,
    each: bool,
    dry_run: bool,
    acting: str | None,
    as_json: bool,
) -> None:
    asks = action in (*CODE_ACTIONS, "memo")
    if asks != bool(what.strip()):
        needed = (
            _("«{action}» trenger en kode eller en tekst.") if asks else _("«{action}» tar ingen kode eller tekst.")
        )
        raise click.UsageError(needed.format(action=action))
    named = _named(ids)
    with opened(file, acting, writes=not dry_run) as project:
        wanted = read_filter(project, chosen)
        if wanted == Filter() and not ids and not everything:
            raise Refusal(
                _("Si hvilke kodinger det gjelder: med et filter som --code, med --ids, eller --all for alle.")
            )
        if ids and not named:
            raise Refusal(_("Ingen kodinger er valgt: --ids er tom."))
        codings = batch.choose(project, wanted, named)
        if dry_run:
            _list_codings(project, codings, as_json=as_json)
            return
        outcome = _act(project, action, what, codings, each=each)
    if as_json:
        output.write_json(
            {
                "action": action,
                "done": list(outcome.done),
                "already": list(outcome.already),
                "united": list(outcome.united),
                "gone": list(outcome.gone),
            }
        )
    else:
        output.write_lines([batch.outcome_words(outcome)])


def _act(project: Project, action: str, what: str, codings: Sequence[str], *, each: bool) -> batch.Outcome:
    match action:
        case "recode":
            return batch.recode_all(project, codings, find_code(project, what))
        case "add":
            return batch.add_code_to_all(project, codings, find_code(project, what))
        case "remove":
            return batch.remove_all(project, codings)
        case "memo":
            return batch.memo_all(project, codings, what, each=each)
        case _:
            return batch.star_all(project, codings, star=action == "star")


def _named(ids: Iterable[str]) -> list[str]:
    """Names between blanks and commas; those on stdin in the place of a hyphen."""
    given = " ".join(sys.stdin.read() if each == "-" else each for each in ids)
    return given.replace(",", " ").split()


def _list_codings(project: Project, codings: Sequence[str], *, as_json: bool) -> None:
    wanted = set(codings)
    rows = [shapes.excerpt(one, context=False) for one in find_excerpts(project) if one.coding.id in wanted]
    columns = {"quote": _("sitat"), "code": _("kode"), "coder": _("koder"), "case": _("case"), "text": _("utdrag")}
    write_list(rows, as_json=as_json, as_csv=False, columns=columns)
    output.say(
        ngettext("{n} koding. Ingenting er endret.", "{n} kodinger. Ingenting er endret.", len(rows)).format(
            n=len(rows)
        )
    )


@click.command(
    "autocode",
    help=_(
        "Kod etter en regel: treffene for et søk, alt en taler sier, teksten under en overskrift, eller svarene på et "
        "spørsmål. Uten --apply listes stedene bare; med --apply kodes de i ett steg. --list viser hva som finnes å velge "
        "mellom. --source og --case velger hvor det letes."
    ),
)
@file_argument
@click.argument("code", default="")
@click.option("--query", default="", help=_("Ord det letes etter."))
@click.option("--lemma", is_flag=True, help=_("--query i alle former, også i sammensetninger og på nynorsk."))
@click.option("--fold", is_flag=True, help=_("La o finne ø, a finne å og ae finne æ i --query."))
@click.option("--unit", default="sentence", type=click.Choice(autocoding.UNITS), help=_("Hvor mye rundt et treff."))
@click.option("--speaker", default="", help=_("Taler, informantens nummer eller rolle."))
@click.option("--heading", default="", help=_("Overskrift i referater, notater, rapporter og artikler."))
@click.option("--question", default="", help=_("Ord fra et spørsmål intervjueren stilte."))
@click.option("--source", default="", help=_("Kilde."))
@click.option("--case", default="", help=_("Case, med caser som ligger i den."))
@click.option("--role", default="", help=_("--query: bare det denne rollen sier."))
@click.option("--no-interviewer", is_flag=True, help=_("Uten det intervjueren sier."))
@click.option("--list", "listed", type=click.Choice(LISTS), help=_("List overskrifter, spørsmål eller talere."))
@click.option("--apply", "apply", is_flag=True, help=_("Kod stedene."))
@coder_option
@list_options
def autocode_command(
    file: Path,
    code: str,
    listed: str | None,
    apply: bool,
    no_interviewer: bool,
    source: str,
    case: str,
    coder: str | None,
    as_json: bool,
    as_csv: bool,
    **rule: Any,
) -> None:
    given = [name for name in ("query", "speaker", "heading", "question") if rule[name].strip()]
    if listed is None and (len(given) != 1 or not code):
        raise click.UsageError(_("Oppgi en kode og én av --query, --speaker, --heading og --question, eller --list."))
    with opened(file, coder, writes=apply) as project:
        where = {"source": find_source(project, source).id if source else "", "case": case}
        if listed is not None:
            _write_options(_options(project, listed, rule["question"], where), as_json=as_json, as_csv=as_csv)
            return
        entry = find_code(project, code)
        candidates = _gathered(project, given[0], rule, where)
        if given != ["speaker"] or no_interviewer:
            candidates = _without_asked(candidates, leave_out=no_interviewer)
        if not candidates:
            raise Refusal(_("Ingen steder passer."))
        if apply:
            _write_coded(autocoding.code_candidates(project, candidates, entry), entry, as_json=as_json)
        else:
            _write_candidates(project, candidates, entry, as_json=as_json, as_csv=as_csv)


def _gathered(project: Project, kind: str, rule: Mapping[str, Any], where: Mapping[str, str]) -> list[Candidate]:
    match kind:
        case "query":
            sought = Sought(query=rule["query"], lemma=rule["lemma"], fold=rule["fold"])
            left_out = Counter[str]()
            found = autocoding.by_words(
                project, sought, unit=rule["unit"], role=rule["role"], source=where["source"], case=where["case"],
                left_out=lambda number: left_out.update(closed=number),
            )  # fmt: skip
            if left_out.total():
                output.say(closed.left_out_words(left_out.total()))
            return found
        case "speaker":
            return autocoding.by_speaker(project, rule["speaker"], **where)
        case "heading":
            return autocoding.by_heading(project, rule["heading"], **where)
        case _:
            return autocoding.by_question(project, rule["question"], **where)


def _without_asked(candidates: list[Candidate], *, leave_out: bool) -> list[Candidate]:
    """The places, without the interviewer's when they are to be left out; how many those are is told in any case."""
    asked = autocoding.asked(candidates)
    if not asked:
        return candidates
    if leave_out:
        told = ngettext(
            "{n} sted er intervjuerens ord og er utelatt.", "{n} steder er intervjuerens ord og er utelatt.", len(asked)
        )
        output.say(told.format(n=len(asked)))
        return [one for one in candidates if one.hit.role != "interviewer"]
    told = ngettext(
        "{n} av {all} steder er intervjuerens ord; --no-interviewer utelater det.",
        "{n} av {all} steder er intervjuerens ord; --no-interviewer utelater dem.",
        len(asked),
    )
    output.say(told.format(n=len(asked), all=len(candidates)))
    return candidates


def _options(project: Project, listed: str, words: str, where: Mapping[str, str]) -> list[autocoding.Option]:
    match listed:
        case "headings":
            return autocoding.headings_in(project, **where)
        case "questions":
            return autocoding.questions(project, words, **where)
        case _:
            return autocoding.speakers(project, **where)


def _write_options(options: Sequence[autocoding.Option], *, as_json: bool, as_csv: bool) -> None:
    rows = [{"name": one.name, "kind": one.kind, "places": one.places, "sources": one.sources} for one in options]
    columns = {"name": _("navn"), "kind": _("slag"), "places": _("steder"), "sources": _("kilder")}
    write_list(rows, as_json=as_json, as_csv=as_csv, columns=columns, empty=_("Det er ingenting å velge mellom."))


def _write_candidates(
    project: Project, candidates: Sequence[Candidate], entry: CodeEntry, *, as_json: bool, as_csv: bool
) -> None:
    coded = autocoding.coded_already(project, candidates, entry)
    rows = [
        shapes.hit(one.hit)
        | {
            "words": [list(span) for span in one.words],
            "why": one.why,
            "coded": (one.hit.source.id, one.hit.start, one.hit.end) in coded,
        }
        for one in candidates
    ]
    if not (as_json or as_csv):
        rows = [row | {"text": " ".join(row["text"].split()), "coded": _("ja") if row["coded"] else ""} for row in rows]
    columns = {
        "source_name": _("kilde"),
        "start": _("fra"),
        "speaker": _("taler"),
        "text": _("tekst"),
        "coded": _("kodet"),
    }
    write_list(rows, as_json=as_json, as_csv=as_csv, columns=columns)
    output.say(
        ngettext(
            "{n} sted. Ingenting er kodet; --apply koder det med «{code}».",
            "{n} steder. Ingenting er kodet; --apply koder dem med «{code}».",
            len(rows),
        ).format(n=len(rows), code=entry.name)
    )


def _write_coded(coded: autocoding.Coded, entry: CodeEntry, *, as_json: bool) -> None:
    if as_json:
        output.write_json({"code": entry.slug, "coded": list(coded.made), "already": list(coded.already)})
        return
    output.write_lines([autocoding.coded_words(coded, entry.name)])


@click.command(
    "clip",
    help=_("Skriv utdrag slik de limes inn i en tekst: sitatet, hvem som sa det, og id-en (ID: koding eller sitat)."),
)
@file_argument
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
def clip_command(file: Path, ids: tuple[str, ...]) -> None:
    with opened(file) as project:
        output.write_lines([clipping.clip_codings(project, [find_coding(project, named) for named in ids])])


COMMANDS = {"batch": batch_command, "autocode": autocode_command, "clip": clip_command}
