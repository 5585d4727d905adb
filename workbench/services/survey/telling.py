"""What became of a survey's table in words, for the screens and the command line alike."""

from __future__ import annotations

from collections.abc import Iterator
from gettext import gettext as _
from gettext import ngettext

from workbench.services.survey.plan import AnswerChange
from workbench.services.survey.receiving import SurveyResult

_SHOWN = 5


def result_lines(result: SurveyResult, *, planned: bool = False) -> list[str]:
    """How many came in, and what happened to the others; the notes are not among them.

    Args:
        result: what was done, or would be.
        planned: nothing has been stored yet.
    """
    n = len(result.added)
    if planned:
        first = ngettext(
            "«{title}»: {n} respondent blir tatt inn, {answers} svar.",
            "«{title}»: {n} respondenter blir tatt inn, {answers} svar.",
            n,
        )
    else:
        first = ngettext(
            "«{title}»: {n} respondent er tatt inn, {answers} svar.",
            "«{title}»: {n} respondenter er tatt inn, {answers} svar.",
            n,
        )
    return [first.format(title=result.title, n=n, answers=result.answers), *_others(result), *changes(result)]


def _others(result: SurveyResult) -> Iterator[str]:
    counted = (
        (
            result.known,
            ngettext(
                "{n} respondent er tatt inn før og er latt i fred.",
                "{n} respondenter er tatt inn før og er latt i fred.",
                result.known,
            ),
        ),
        (
            result.empty,
            ngettext(
                "{n} respondent har ikke svart på noe åpent spørsmål og får ingen tekst.",
                "{n} respondenter har ikke svart på noe åpent spørsmål og får ingen tekst.",
                result.empty,
            ),
        ),
        (
            result.removed,
            ngettext(
                "{n} respondent er slettet siden sist og er ikke tatt inn igjen.",
                "{n} respondenter er slettet siden sist og er ikke tatt inn igjen.",
                result.removed,
            ),
        ),
    )
    yield from (words.format(n=n) for n, words in counted if n)


def changes(result: SurveyResult) -> list[str]:
    """The answers of known respondents that are not as they were, the first of them by name; empty when none are."""
    n = len(result.changed)
    if not n:
        return []
    words = ngettext(
        "{n} svar er et annet i tabellen enn i prosjektet, der det gamle står: {shown}.",
        "{n} svar er andre i tabellen enn i prosjektet, der de gamle står: {shown}.",
        n,
    )
    shown = ", ".join(_change(each) for each in result.changed[:_SHOWN])
    if n > _SHOWN:
        shown += _(" og {n} til").format(n=n - _SHOWN)
    return [words.format(n=n, shown=shown)]


def _change(each: AnswerChange) -> str:
    words = {"changed": _("endret"), "new": _("nytt"), "gone": _("borte")}
    return f"{each.respondent} {each.question} ({words[each.what]})"
