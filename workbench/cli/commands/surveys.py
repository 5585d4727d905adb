"""survey: look, import, list, questions, answers, code."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from gettext import gettext as _
from pathlib import Path
from typing import Any

import click

from corpus.survey.mapping import INFORMANT_FIELDS, SurveyMapping
from workbench.cli import output
from workbench.cli.options import coder_option, file_argument, json_option, list_options, opened, write_list
from workbench.errors import Refusal
from workbench.services import batch, codebook
from workbench.services.importing import Progress
from workbench.services.survey import answers as found_answers
from workbench.services.survey import receiving, standing, tables, uses
from workbench.services.survey.answers import AnswerRow
from workbench.services.survey.differences import AnswerChange
from workbench.services.survey.receiving import SurveyResult
from workbench.services.survey.tables import Sheet
from workbench.services.survey.telling import differing, result_lines
from workbench.services.survey.twins import SameSurvey

sheet_option = click.option("--sheet", default="", metavar=_("ARK"), help=_("Arket i Excel-filen (ellers det første)."))
survey_option = click.option(
    "--survey", "survey", default="", metavar=_("TITTEL"), help=_("Undersøkelsen, når det er flere.")
)
table_argument = click.argument("table", type=click.Path(path_type=Path))


@click.group("survey", help=_("Svar fra spørreundersøkelser."))
def survey_group() -> None:
    pass


@survey_group.command("look", help=_("Vis kolonnene i en tabell og hva hver av dem ser ut til å være."))
@table_argument
@sheet_option
@list_options
def look_command(table: Path, sheet: str, as_json: bool, as_csv: bool) -> None:
    sheets = tables.look(table)
    chosen = tables.sheet_named(sheets, sheet)
    mapping = chosen.proposed()
    words = uses.use_words()
    rows = [
        {
            "column": each.header,
            "use": (use := uses.use_of(mapping, each.header)),
            "key": question.key if (question := uses.question_in(mapping, each.header)) else "",
            "filled": each.filled,
            "distinct": each.distinct,
            "example": each.example,
            "wording": each.wording,
            "why": each.reason,
            "shown": words[use],
        }
        for each in chosen.guesses
    ]
    columns = {"column": _("kolonne"), "shown": _("tas inn som"), "key": _("nøkkel"), "filled": _("fylt"),
               "distinct": _("ulike"), "why": _("fordi")}  # fmt: skip
    if any(each.wording != each.header for each in chosen.guesses):
        columns["wording"] = _("spørsmål")
    write_list(rows, as_json=as_json, as_csv=as_csv, columns=columns)
    if len(sheets) > 1:
        output.say(_("Ark i filen: {names}.").format(names=", ".join(f"«{each.grid.name}»" for each in sheets)))


@survey_group.command(
    "import",
    help=_(
        "Ta inn svarene i en tabell (.xlsx, .csv, .tsv, .sav), en kilde for hver respondent. En nyere utgave av samme "
        "tabell tar inn dem som er nye, og viser hvilke svar som er endret; --take-changed tar inn dem også."
    ),
)
@file_argument
@table_argument
@click.option("--mapping", "mapping_file", type=click.Path(path_type=Path), metavar=_("FIL"),
              help=_("Lagret oppsett (YAML) som sier hva kolonnene er."))  # fmt: skip
@click.option("--save-mapping", type=click.Path(path_type=Path), metavar=_("FIL"), help=_("Lagre oppsettet."))
@click.option("--respondent", metavar=_("KOLONNE"), help=_("Respondentens nummer."))
@click.option("--case", "case", metavar=_("KOLONNE"), help=_("Casene."))
@click.option("--attribute", "attributes", multiple=True, metavar=_("KOLONNE"),
              help=_("Opplysning om casen (kan gjentas); da er bare disse med."))  # fmt: skip
@click.option("--question", "questions", multiple=True, metavar=_("KOLONNE"),
              help=_("Åpent spørsmål (kan gjentas); da er bare disse med."))  # fmt: skip
@click.option("--informant", "informants", multiple=True, metavar=_("FELT=KOLONNE"),
              help=_("Informantens role, level eller side (kan gjentas)."))  # fmt: skip
@click.option("--leave-out", multiple=True, metavar=_("KOLONNE"), help=_("Ta ikke inn kolonnen (kan gjentas)."))
@click.option("--base", "bases", multiple=True, metavar=_("NØKKEL=HVEM"),
              help=_("Hvem som fikk spørsmålet, som «q3=de som har plan»."))  # fmt: skip
@click.option("--filter", "filters", multiple=True, metavar=_("NØKKEL=KOLONNE:SVAR"),
              help=_("Spørsmålet gikk til dem som svarte dette, som «q3=Har plan:Ja|Delvis»."))  # fmt: skip
@click.option("--wave", help=_("Bølge."))
@click.option("--title", help=_("Undersøkelsens tittel (ellers filnavnet)."))
@sheet_option
@click.option("--again", is_flag=True, help=_("Ta også inn igjen respondenter som er slettet siden sist."))
@click.option("--take-changed", is_flag=True,
              help=_("La svar som er endret i tabellen ta plassen til dem som står, unntatt dem som er rettet her."))  # fmt: skip
@click.option("--separate", is_flag=True,
              help=_("Ta tabellen inn som en egen undersøkelse, selv om respondentene står i en annen."))  # fmt: skip
@click.option("--dry-run", is_flag=True, help=_("Vis hva som ville bli tatt inn, uten å lagre."))
@coder_option
@json_option
def import_command(
    file: Path,
    table: Path,
    mapping_file: Path | None,
    save_mapping: Path | None,
    sheet: str,
    again: bool,
    take_changed: bool,
    separate: bool,
    dry_run: bool,
    coder: str | None,
    as_json: bool,
    **said: Any,
) -> None:
    sheets = tables.look(table)
    with opened(file, None if dry_run else coder, writes=not dry_run) as project:
        title, wave = said["title"] or "", said["wave"] or ""
        before = None if mapping_file else standing.earlier_mapping(project, title or table.stem, wave)
        mapping = tables.load_mapping(mapping_file) if mapping_file else before
        chosen = tables.sheet_named(sheets, sheet) if sheet or mapping is None else tables.sheet_for(sheets, mapping)
        mapping = _as_said(mapping or chosen.proposed(title), chosen, **said)
        if before is not None:
            output.say(_("Kolonnene leses som da «{title}» sist ble tatt inn.").format(title=before.title))
        if save_mapping is not None:
            tables.save_mapping(save_mapping, chosen, mapping)
        with _advice(chosen, mapping):
            if dry_run:
                result = receiving.plan_import(
                    project, chosen, mapping, again=again, take_changed=take_changed, separate=separate
                )
            else:
                result = receiving.import_survey(
                    project,
                    chosen,
                    mapping,
                    again=again,
                    take_changed=take_changed,
                    separate=separate,
                    progress=_progress(),
                )
    result = _with_own_reasons(result, {chosen.guess(name).header for name in said["leave_out"]})
    if as_json:
        output.write_json(_shape(result, mapping))
    else:
        asks = not take_changed and any(not each.corrected for each in result.changed)
        output.write_lines(_told(result, mapping, dry_run=dry_run, asks=asks))
    for note in result.notes:
        output.say(note)


@survey_group.command("list", help=_("List spørreundersøkelsene."))
@file_argument
@list_options
def list_command(file: Path, as_json: bool, as_csv: bool) -> None:
    with opened(file) as project:
        rows = [
            {
                "id": each.id,
                "title": each.title,
                "file": each.file_name,
                "questions": len(questions := found_answers.list_questions(project, each.id)),
                "answers": sum(question.answered for question in questions),
                "created": each.created,
            }
            for each in found_answers.list_surveys(project)
        ]
    columns = {"id": _("id"), "title": _("tittel"), "file": _("fil"), "questions": _("spørsmål"), "answers": _("svar")}
    write_list(rows, as_json=as_json, as_csv=as_csv, columns=columns, empty=_("Prosjektet har ingen undersøkelser."))


@survey_group.command("questions", help=_("List spørsmålene med hvor mange som ble spurt, svarte og er kodet."))
@file_argument
@survey_option
@list_options
def questions_command(file: Path, survey: str, as_json: bool, as_csv: bool) -> None:
    with opened(file) as project:
        only = found_answers.find_survey(project, survey).id if survey else ""
        titles = {each.id: each.title for each in found_answers.list_surveys(project)}
        given = found_answers.list_answers(project, survey=only)
        rows = []
        for each in found_answers.list_questions(project, only):
            counts = found_answers.counts_of(each, given)
            rows.append(
                {
                    "id": each.id,
                    "key": each.key,
                    "survey": titles[each.survey],
                    "asked": counts.asked,
                    "answered": counts.answered,
                    "outside": counts.outside,
                    "coded": counts.coded,
                    "base": each.base,
                    "condition": each.condition,
                    "wording": each.wording,
                }
            )
    columns = {"key": _("nøkkel"), "asked": _("spurt"), "answered": _("svart"), "coded": _("kodet"),
               "base": _("hvem ble spurt"), "wording": _("spørsmål")}  # fmt: skip
    write_list(rows, as_json=as_json, as_csv=as_csv, columns=columns, empty=_("Prosjektet har ingen undersøkelser."))


@survey_group.command("answers", help=_("List svarene, eller svarene på ett spørsmål."))
@file_argument
@click.option("--question", default="", metavar=_("NØKKEL"), help=_("Bare svar på dette spørsmålet."))
@click.option("--case", default="", metavar=_("NAVN"), help=_("Bare svar fra denne casen og de som ligger i den."))
@click.option("--uncoded", is_flag=True, help=_("Bare svar som ingen har kodet noe av."))
@click.option("--text", default="", metavar=_("ORD"), help=_("Bare svar med disse ordene."))
@survey_option
@list_options
def answers_command(
    file: Path, question: str, case: str, uncoded: bool, text: str, survey: str, as_json: bool, as_csv: bool
) -> None:
    with opened(file) as project:
        only = found_answers.find_survey(project, survey).id if survey else ""
        chosen = found_answers.find_question(project, question, only) if question else None
        given = found_answers.list_answers(project, chosen, survey=only, case=case, uncoded=uncoded, text=text)
    columns = {"id": _("id"), "respondent": _("respondent"), "case": _("case"), "question": _("spørsmål"),
               "codes": _("koder"), "text": _("svar")}  # fmt: skip
    rows = [_answer(row) for row in given]
    if not (as_json or as_csv):
        rows = [row | {"codes": ", ".join(row["codes"])} for row in rows]
    write_list(rows, as_json=as_json, as_csv=as_csv, columns=columns,
               empty=_("Ingen svar passer."))  # fmt: skip


@survey_group.command("code", help=_("Kod hele svar, ved id eller respondentens nummer, i én handling."))
@file_argument
@click.argument("answers", nargs=-1, required=True)
@click.argument("code")
@click.option("--question", required=True, metavar=_("NØKKEL"), help=_("Spørsmålet det er svart på."))
@survey_option
@coder_option
@json_option
def code_command(
    file: Path, answers: tuple[str, ...], code: str, question: str, survey: str, coder: str | None, as_json: bool
) -> None:
    with opened(file, coder, writes=True) as project:
        only = found_answers.find_survey(project, survey).id if survey else ""
        asked = found_answers.find_question(project, question, only)
        entry = codebook.find_code(project, code)
        chosen = found_answers.answers_named(project, asked, answers)
        outcome = found_answers.code_answers(project, chosen, entry)
    if as_json:
        output.write_json({"code": entry.slug, "done": list(outcome.done), "already": list(outcome.already)})
    else:
        output.write_lines([f"{entry.name}: {batch.outcome_words(outcome)}"])


def _as_said(mapping: SurveyMapping, sheet: Sheet, **said: Any) -> SurveyMapping:
    """The mapping with what the command line says of columns and questions."""
    named_uses: tuple[tuple[tuple[str, ...], uses.Use], ...] = (
        (said["attributes"], "attribute"),
        (said["questions"], "question"),
    )
    for named, use in named_uses:
        chosen = [sheet.guess(name) for name in named]
        for each in sheet.guesses if chosen else ():
            if each not in chosen and uses.use_of(mapping, each.header) == use:
                mapping = uses.with_use(mapping, sheet, each, "ignore")
        for each in chosen:
            mapping = uses.with_use(mapping, sheet, each, use)
    for field in said["informants"]:
        wanted, equals, name = field.partition("=")
        known = next((each for each in INFORMANT_FIELDS if each == wanted), None)
        if not equals or known is None:
            raise click.BadParameter(
                _("skriv role=KOLONNE, level=KOLONNE eller side=KOLONNE, ikke «{text}».").format(text=field)
            )
        mapping = uses.with_use(mapping, sheet, sheet.guess(name.strip()), known)
    for name in said["leave_out"]:
        mapping = uses.with_use(mapping, sheet, sheet.guess(name), "ignore")
    # Set directly: one column may be both, when each respondent is a case.
    if said["respondent"]:
        mapping = _freed(mapping, sheet, said["respondent"], respondent=sheet.guess(said["respondent"]).header)
    if said["case"]:
        mapping = _freed(mapping, sheet, said["case"], case=sheet.guess(said["case"]).header)
    for field, value in (("wave", said["wave"]), ("title", said["title"])):
        mapping = replace(mapping, **{field: value}) if value else mapping
    for written in said["bases"]:
        question = uses.question_keyed(mapping, _key(written))
        mapping = uses.with_question(mapping, replace(question, base=written.partition("=")[2].strip()))
    for written in said["filters"]:
        question = uses.question_keyed(mapping, _key(written))
        chosen_filter = uses.filter_of(mapping, sheet, written.partition("=")[2])
        mapping = uses.with_question(mapping, replace(question, filter=chosen_filter))
    return mapping


@contextmanager
def _advice(sheet: Sheet, mapping: SurveyMapping) -> Iterator[None]:
    """Refusals whose next step is an option of the command say which."""
    if not mapping.questions:
        columns = ", ".join(f"«{each.header}»" for each in sheet.guesses if each.role not in ("respondent", "ignore"))
        raise Refusal(
            _("Ingen kolonne er et åpent spørsmål. Si hvilke som er det med --question KOLONNE: {columns}.").format(
                columns=columns
            )
        )
    try:
        yield
    except SameSurvey as error:
        title = f'--title "{error.twin.title}"' + (f' --wave "{error.twin.wave}"' if error.twin.wave else "")
        options = _(
            "Kjør på nytt med {title} hvis det er samme undersøkelse, og med --separate hvis det er en annen."
        ).format(title=title)
        raise Refusal(f"{error} {options}") from None


def _with_own_reasons(result: SurveyResult, named: Collection[str]) -> SurveyResult:
    """The result where the columns that the researcher has left out say so, whatever else could be said of them."""
    why = _("Du har valgt den bort.")
    return replace(
        result,
        left_out=tuple(replace(each, reason=why) if each.header in named else each for each in result.left_out),
    )


def _freed(mapping: SurveyMapping, sheet: Sheet, name: str, **said: str) -> SurveyMapping:
    """The mapping with the column as case or respondent, and no longer as a question or a fact."""
    column = sheet.guess(name)
    if uses.use_of(mapping, column.header) not in ("case", "respondent"):
        mapping = uses.with_use(mapping, sheet, column, "ignore")
    return replace(mapping, **said)  # type: ignore[arg-type]


def _key(written: str) -> str:
    key, equals, rest = written.partition("=")
    if not equals or not key.strip() or not rest.strip():
        raise click.BadParameter(_("skriv NØKKEL=..., ikke «{text}».").format(text=written))
    return key


def _answer(row: AnswerRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "source": row.source.id,
        "start": row.start,
        "end": row.end,
        "text": row.text,
        "question": row.question.key,
        "respondent": row.respondent,
        "case": row.case,
        "value": row.value,
        "asked": row.asked,
        "codes": list(row.codes),
    }


def _shape(result: SurveyResult, mapping: SurveyMapping) -> dict[str, Any]:
    wordings = {question.key: question.wording for question in mapping.questions}
    return {
        "survey": result.survey,
        "title": result.title,
        "added": list(result.added),
        "answers": result.answers,
        "known": result.known,
        "changed": [_changed(each) for each in result.changed],
        "taken": [_changed(each) for each in result.taken],
        "codings": {"same": result.moved.same, "moved": result.moved.moved, "changed": result.moved.changed,
                    "waiting": result.moved.waiting},
        "removed": result.removed,
        "empty": result.empty,
        "questions": [
            {"key": each.key, "wording": wordings[each.key], "asked": each.asked, "answered": each.answered,
             "outside": each.outside, "numbers": each.numbers}
            for each in result.counts
        ],
        "left_out": [{"column": each.header, "why": each.reason} for each in result.left_out],
        "notes": list(result.notes),
    }  # fmt: skip


def _changed(each: AnswerChange) -> dict[str, Any]:
    return {
        "source": each.source,
        "respondent": each.respondent,
        "question": each.question,
        "what": each.what,
        "old": each.old,
        "new": each.new,
        "corrected": each.corrected,
    }


def _told(result: SurveyResult, mapping: SurveyMapping, *, dry_run: bool, asks: bool) -> list[str]:
    unlike = (*result.taken, *result.changed)
    lines = [*result_lines(result, planned=dry_run), *differing(unlike[:_LISTED])]
    if len(unlike) > _LISTED:
        lines.append(_("… og {n} svar til; --json viser alle.").format(n=len(unlike) - _LISTED))
    if asks:
        lines.append(_("Skal de endrede svarene inn i prosjektet? Kjør samme kommando med --take-changed."))
    for each, question in zip(result.counts, mapping.questions, strict=True):
        counted = _("spurt {asked}, svart {answered}").format(asked=each.asked, answered=each.answered)
        lines.append(f"  {each.key}  {counted}  {question.wording}")
    lines += [_("Utelatt: {column}. {why}").format(column=each.header, why=each.reason) for each in result.left_out]
    return lines


def _progress() -> Progress | None:
    if not sys.stderr.isatty():
        return None

    def tell(done: int, total: int, name: str) -> None:
        if done % _TOLD_EVERY == 0:
            output.say(_("{n} av {total}: {name}").format(n=done + 1, total=total, name=name))

    return tell


_LISTED = 50
"""Answers that are shown word for word."""
_TOLD_EVERY = 100
"""Respondents between two lines about how far it has come."""

COMMANDS = {"survey": survey_group}
