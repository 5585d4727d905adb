"""What became of a survey's table in words, for the screens and the command line alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from gettext import gettext as _
from gettext import ngettext

from workbench.services.survey.differences import AnswerChange
from workbench.services.survey.receiving import SurveyResult
from workbench.services.versions import describe

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
    return [
        first.format(title=result.title, n=n, answers=result.answers),
        *_others(result),
        *changes(result, planned=planned),
    ]


def _others(result: SurveyResult) -> Iterator[str]:
    counted = (
        (
            result.known,
            ngettext(
                "{n} respondent er i prosjektet fra før.",
                "{n} respondenter er i prosjektet fra før.",
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


def changes(result: SurveyResult, *, planned: bool = False) -> list[str]:
    """What was done with answers that are others in the table, and the first of them by name; empty when none are."""
    taken, corrected = result.taken, [each for each in result.changed if each.corrected]
    left = [each for each in result.changed if not each.corrected]
    told = (
        (
            taken,
            ngettext("{n} endret svar blir tatt inn: {shown}.", "{n} endrede svar blir tatt inn: {shown}.", len(taken))
            if planned
            else ngettext(
                "{n} endret svar er tatt inn: {shown}.", "{n} endrede svar er tatt inn: {shown}.", len(taken)
            ),
        ),
        (
            left,
            ngettext(
                "{n} svar er et annet i tabellen enn i prosjektet, der det gamle står: {shown}.",
                "{n} svar er andre i tabellen enn i prosjektet, der de gamle står: {shown}.",
                len(left),
            ),
        ),
        (
            corrected,
            ngettext(
                "{n} svar er endret både i tabellen og her, og står som det er her: {shown}.",
                "{n} svar er endret både i tabellen og her, og står som de er her: {shown}.",
                len(corrected),
            ),
        ),
    )
    lines = [words.format(n=len(those), shown=_shown(those)) for those, words in told if those]
    if taken and not planned:
        lines.append(_("Kodinger, merknader og notater i tekstene: {counts}").format(counts=describe(result.moved)))
    return lines


def differing(answers: Iterable[AnswerChange]) -> list[str]:
    """Each answer that differs with its old and its new words, three lines apiece."""
    lines = []
    for each in answers:
        lines += [_change(each), f"  - {_words(each.old)}", f"  + {_words(each.new)}"]
    return lines


def _shown(answers: Sequence[AnswerChange]) -> str:
    shown = ", ".join(_change(each) for each in answers[:_SHOWN])
    return shown + (_(" og {n} til").format(n=len(answers) - _SHOWN) if len(answers) > _SHOWN else "")


def _change(each: AnswerChange) -> str:
    words = {"changed": _("endret"), "new": _("nytt"), "gone": _("borte")}
    return f"{each.respondent} {each.question} ({words[each.what]})"


def _words(answer: str) -> str:
    return " ".join(answer.split()) or _("(ikke noe svar)")
