"""A survey's questions, answers and columns as the screens show them."""

from __future__ import annotations

from collections.abc import Mapping
from gettext import gettext as _
from gettext import ngettext
from textwrap import wrap

from rich.text import Text

from corpus.survey.columns import ColumnGuess
from corpus.survey.mapping import SurveyMapping
from workbench.core.entities import Question
from workbench.services.survey.answers import AnswerRow, Counts
from workbench.services.survey.uses import filter_written, question_in, use_of, use_words
from workbench.tui.presenting import wording
from workbench.tui.presenting.codes import SQUARE, CodeList
from workbench.tui.transcript.display import safe, safe_line

_USE_WIDTH = 22
_PIN_WIDTH = 20
_TITLE_WIDTH = 60
_ASKED_WIDTH = 60
"""A line of a dialog."""


def question_text(question: Question, counts: Counts, pinned: Text) -> Text:
    """The question as it was put, and below it how many it was put to, have answered and are coded, and the pinned codes."""
    counted = _("spurt {asked}, svart {answered}, kodet {coded}").format(
        asked=counts.asked, answered=counts.answered, coded=counts.coded
    )
    if counts.outside:
        n = counts.outside
        counted += ", " + ngettext(
            "{n} svar fra en som ikke ble spurt", "{n} svar fra noen som ikke ble spurt", n
        ).format(n=n)
    words = Text.assemble((f"{safe_line(question.key)}  ", "dim"), (safe_line(question.wording), "bold"))
    words.append(f"\n{counted}")
    if question.base:
        words.append(" · " + _("spurt: {base}").format(base=safe_line(question.base)), style="italic")
    return words.append("\n").append_text(pinned) if pinned else words


def pinned_text(pins: Mapping[int, str], codes: CodeList) -> Text:
    """The codes that the number keys give, on one line; empty without any."""
    words = Text()
    for key, code in sorted(pins.items()):
        entry = codes.get(code)
        if entry is not None:
            words.append("  " if words else "").append(str(key), style="bold").append(f" {SQUARE} ", style=entry.colour)
            words.append(safe_line(wording.shortened(entry.name, _PIN_WIDTH)))
    return words


def one_answer(row: AnswerRow) -> str:
    """The question, who is coded and what was answered: the title while a code is chosen."""
    who = " ".join(filter(None, (row.respondent, row.case)))
    words = wording.shortened(" ".join(row.text.split()), _TITLE_WIDTH)
    asked = wording.shortened(row.question.wording, _ASKED_WIDTH)
    return f"{asked}\n" + _("Kod svaret fra {who}: «{words}»").format(who=who, words=words)


def answer_lines(row: AnswerRow, codes: CodeList, *, ticked: bool, width: int) -> list[Text]:
    """Three lines: who, from where and how coded, and the answer on two."""
    head = Text("☑ " if ticked else "☐ ")
    head.append(safe_line(row.respondent), style="bold")
    if row.case:
        head.append("  " + safe_line(row.case))
    if row.value is not None:
        head.append(f"  = {number(row.value)}", style="italic")
    if not row.asked:
        head.append("  " + _("(ikke spurt)"), style="italic")
    for code in dict.fromkeys(coding.code for coding in row.codings):
        entry = codes.get(code)
        if entry is not None:
            head.append(f"  {SQUARE} ", style=entry.colour)
            head.append(safe_line(entry.name))
    words = safe_line(wording.shortened(row.text, 4 * max(width, 20)))
    shown = wrap(words, max(width - 6, 10), max_lines=2, placeholder=" …")
    return [head, *(Text("    " + line) for line in shown)]


def whole_answer(row: AnswerRow) -> Text:
    """The answer as it stands."""
    return Text(safe(row.text))


def number(value: float) -> str:
    """A number with a comma, without needless zeros."""
    return f"{value:.10g}".replace(".", ",")


def column_lines(guess: ColumnGuess, mapping: SurveyMapping, *, width: int) -> list[Text]:
    """Two lines: what the column is called and taken in as, and why or what is said of the question."""
    use = use_of(mapping, guess.header)
    question = question_in(mapping, guess.header)
    taken = use != "ignore"
    head = Text("☑ " if taken else "☐ ")
    key = f" {question.key}" if question else ""
    head.append(f"{use_words()[use] + key:<{_USE_WIDTH}} ", style="" if taken else "dim")
    head.append(safe_line(_headed(guess.header, max(width - _USE_WIDTH - 4, 10))), style="bold" if taken else "dim")
    about = [guess.reason]
    if question is not None:
        base = question.base or filter_written(question)
        about = [_("spurt: {base}").format(base=base) if base else "", _("leses som tall") if question.numeric else ""]
        about = [part for part in about if part] or [guess.reason]
    return [head, Text("    " + safe_line(" · ".join(about)), style="dim")]


def _headed(header: str, width: int) -> str:
    """A heading on so many columns; of a choice below a question the choice is kept, which is what tells it from the others."""
    group, between, choice = header.rpartition(" – ")
    if len(header) <= width or not group:
        return wording.shortened(header, width)
    last = wording.shortened(choice, width // 2)
    return wording.shortened(group, max(width - len(between) - len(last), 2)) + between + last


def column_details(guess: ColumnGuess, mapping: SurveyMapping) -> Text:
    """All that is known about one column."""
    words = Text(safe_line(guess.header) + "\n", style="bold")
    question = question_in(mapping, guess.header)
    wording_shown = question.wording if question else guess.wording
    if wording_shown != guess.header:
        words.append(safe_line(wording_shown) + "\n", style="not bold")
    facts = [
        _("{filled} fylt, {distinct} ulike").format(filled=guess.filled, distinct=guess.distinct),
        guess.reason,
    ]
    if guess.example:
        facts.append(_("Første: {example}").format(example=guess.example))
    if question is not None:
        facts.append(_("Hvem ble spurt: {base}").format(base=question.base or _("alle")))
        if question.filter is not None:
            facts.append(_("Filter: {filter}").format(filter=filter_written(question)))
    words.append("\n".join(safe_line(each) for each in facts), style="not bold")
    return words
