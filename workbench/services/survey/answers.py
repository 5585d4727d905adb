"""A survey's answers question by question: who said what, how it is coded, and coding whole answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from gettext import gettext as _
from gettext import ngettext

from workbench.core.entities import CodeEntry, Coding, Question, Source, Survey
from workbench.errors import Refusal
from workbench.services.batch import Outcome
from workbench.services.cases import below, find_case
from workbench.services.cases import list_cases as all_cases
from workbench.services.codebook import record_new_code
from workbench.services.coding import own_coding, record_coding, require_active
from workbench.services.naming import not_found, prefixed
from workbench.services.survey.plan import KIND, outside_of
from workbench.store.project import Gesture, Project
from workbench.store.queries import codings as coding_queries
from workbench.store.queries import corpus as corpus_queries
from workbench.store.queries import interchange as queries


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """An answer with who gave it, and the codings that share text with it."""

    id: str
    source: Source
    start: int
    end: int
    question: Question
    text: str
    value: float | None
    codings: tuple[Coding, ...]
    asked: bool = True
    """False where the question's filter says that the respondent was not asked, and answered all the same."""

    @property
    def respondent(self) -> str:
        return ", ".join(self.source.informants) or self.source.name

    @property
    def case(self) -> str:
        return ", ".join(self.source.cases)

    @property
    def codes(self) -> tuple[str, ...]:
        """Slugs of the codes, each once, in the order they stand."""
        return tuple(dict.fromkeys(coding.slug for coding in self.codings))


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What a question rests on."""

    asked: int
    answered: int
    """Of those asked."""
    coded: int
    """Answers with a coding in them, whoever gave them."""
    outside: int
    """Answers by respondents who, by the filter, were not asked."""


def list_surveys(project: Project) -> list[Survey]:
    """In the order they came, those of one second by title."""
    return sorted(queries.surveys(project.connection), key=lambda each: (each.created, each.title))


def list_questions(project: Project, survey: str = "") -> list[Question]:
    """The open questions of a survey (an id), or of all, in the order they were asked."""
    return queries.questions(project.connection, survey)


def find_survey(project: Project, named: str) -> Survey:
    """The survey of an id, a title, or the beginning of either.

    Raises:
        NotFound: with the nearest titles.
    """
    known = list_surveys(project)
    folded = named.casefold()
    exact = [each for each in known if each.id == named or each.title.casefold() == folded]
    begins = exact or [each for each in known if each.id.startswith(named) or each.title.casefold().startswith(folded)]
    if len(begins) == 1:
        return begins[0]
    message = _("Flere undersøkelser heter noe med «{named}».") if begins else _("Finner ikke undersøkelsen «{named}».")
    raise not_found(message.format(named=named), named, [each.title for each in begins or known])


def find_question(project: Project, named: str, survey: str = "") -> Question:
    """The question of a key, an id, or the beginning of the wording; `survey` is an id.

    Raises:
        NotFound: if there is none, or several; the message names the keys or the surveys.
    """
    known = list_questions(project, survey)
    folded = named.strip().casefold()
    exact = [each for each in known if named == each.id or each.key.casefold() == folded]
    found = exact or [each for each in known if folded and each.wording.casefold().startswith(folded)]
    if len(found) == 1:
        return found[0]
    if len({each.survey for each in found}) > 1:
        titles = {each.id: each.title for each in list_surveys(project)}
        shown = ", ".join(f"«{titles[each.survey]}»" for each in found)
        raise not_found(
            _("«{named}» er et spørsmål i flere undersøkelser: {shown}. Si hvilken.").format(named=named, shown=shown),
            named,
            [],
        )
    raise not_found(_("Finner ikke spørsmålet «{key}».").format(key=named), named, [each.key for each in known])


def list_answers(
    project: Project,
    question: Question | None = None,
    *,
    survey: str = "",
    case: str = "",
    uncoded: bool = False,
    text: str = "",
) -> list[AnswerRow]:
    """Answers in the order of the sources.

    Args:
        project: where to look.
        question: answers to this one only.
        survey: id of the only survey.
        case: answers from this case and those that lie in it.
        uncoded: those only that no coding shares text with, whoever's it is.
        text: those only with these words, capitals aside.

    Raises:
        NotFound: if the case is not known.
    """
    connection = project.connection
    questions = {each.id: each for each in list_questions(project, question.survey if question else survey)}
    sources = {source.id: source for source in corpus_queries.sources(connection)}
    bodies = corpus_queries.texts(connection)
    coded = _codings_of(project)
    outside = _outside(project, {each.survey for each in questions.values()})
    found = []
    for answer in queries.answers(connection, question=question.id if question else ""):
        asked = questions.get(answer.question)
        if asked is not None:
            over = (
                each for each in coded.get(answer.source, ()) if each.start < answer.end and answer.start < each.end
            )
            found.append(
                AnswerRow(
                    id=answer.id,
                    source=sources[answer.source],
                    start=answer.start,
                    end=answer.end,
                    question=asked,
                    text=bodies[answer.source][answer.start : answer.end],
                    value=answer.value,
                    codings=tuple(over),
                    asked=(answer.source, asked.key) not in outside,
                )
            )
    return narrowed(project, found, case=case, uncoded=uncoded, text=text)


def narrowed(
    project: Project, rows: Iterable[AnswerRow], *, case: str = "", uncoded: bool = False, text: str = ""
) -> list[AnswerRow]:
    """The answers that a filter lets through, see `list_answers`.

    Raises:
        NotFound: if the case is not known.
    """
    wanted = _names_within(project, case) if case else None
    folded = text.casefold()
    return [
        row
        for row in rows
        if (wanted is None or wanted.intersection(row.source.cases))
        and not (uncoded and row.codings)
        and folded in row.text.casefold()
    ]


def question_at(project: Project, source: str, offset: int) -> str:
    """Id of the question whose answer an offset of a source lies in, or that it has come to; empty where there is none."""
    given = queries.answers(project.connection, source=source)
    return next((answer.question for answer in given if offset <= answer.end), given[-1].question if given else "")


def find_answers(rows: Iterable[AnswerRow], named: Iterable[str]) -> list[str]:
    """Ids of the answers a person means: by respondent's number, id or unique beginning of an id.

    Raises:
        NotFound: if there is none or several.
    """
    by_id = {row.id: row for row in rows}
    numbers = {number.casefold(): row.id for row in by_id.values() for number in row.source.informants}
    return [numbers.get(each.casefold()) or prefixed(each, by_id, _("svar"))[0] for each in named]


def answers_named(project: Project, question: Question, named: Iterable[str]) -> list[str]:
    """Ids of the answers to a question that a person means, as `find_answers` finds them.

    Raises:
        NotFound: if there is none or several.
        Refusal: if it is a respondent of the survey who has not answered the question.
    """
    wanted = list(named)
    given = list_answers(project, question)
    answered = {number.casefold() for row in given for number in row.source.informants}
    known = {
        number.casefold(): number
        for row in list_answers(project, survey=question.survey)
        for number in row.source.informants
    }
    silent = [known[each.casefold()] for each in wanted if each.casefold() in known.keys() - answered]
    if silent:
        said = ngettext("Respondenten {names} har ikke svart på «{key}».",
                        "Respondentene {names} har ikke svart på «{key}».", len(silent))  # fmt: skip
        raise Refusal(said.format(names=", ".join(silent), key=question.key))
    return find_answers(given, wanted)


def code_answers(project: Project, answers: Iterable[str], code: CodeEntry) -> Outcome:
    """Code whole answers with one code, as one gesture; one that this coder has coded so already stays as it is.

    Raises:
        Refusal: if the code is retired, or no answer is named.
    """
    require_active(code)
    wanted = _some(answers)
    with project.write() as act:
        return _code(act, project, wanted, code.id)


def code_answers_new(project: Project, answers: Iterable[str], name: str, *, parent: str = "") -> Outcome:
    """Make a code and code whole answers with it; undone together."""
    wanted = _some(answers)
    with project.write() as act:
        return _code(act, project, wanted, record_new_code(act, project, name, parent=parent))


def _some(answers: Iterable[str]) -> list[str]:
    wanted = list(dict.fromkeys(answers))
    if not wanted:
        raise Refusal(_("Ingen svar er valgt. Velg noen først."))
    return wanted


def _code(act: Gesture, project: Project, wanted: list[str], code: str) -> Outcome:
    done: list[str] = []
    already: list[str] = []
    standing = {each.id: each for each in queries.answers(act.connection)}
    sources = {source.id: source for source in corpus_queries.sources(act.connection)}
    for answer in (standing[each] for each in wanted if each in standing):
        if own_coding(act, answer.source, answer.start, answer.end, code) is not None:
            already.append(answer.id)
        else:
            record_coding(act, project, sources[answer.source], answer.start, answer.end, code)
            done.append(answer.id)
    gone = tuple(each for each in wanted if each not in standing)
    return Outcome(done=tuple(done), already=tuple(already), gone=gone)


def counts_of(question: Question, rows: Iterable[AnswerRow]) -> Counts:
    """What a question rests on; all its answers are among the rows."""
    own = [row for row in rows if row.question.id == question.id]
    outside = sum(not row.asked for row in own)
    coded = sum(bool(row.codings) for row in own)
    return Counts(asked=question.asked, answered=len(own) - outside, coded=coded, outside=outside)


def _outside(project: Project, surveys: Iterable[str]) -> set[tuple[str, str]]:
    """(source id, key of the question) of the answers by respondents who were not asked."""
    return {
        (item.target, key)
        for survey in surveys
        for item in queries.foreign_items(project.connection, survey)
        if item.kind == KIND
        for key in outside_of(item.seen)
    }


def _names_within(project: Project, case: str) -> set[str]:
    known = all_cases(project)
    within = below(known, find_case(project, case).id)
    return {each.name for each in known if each.id in within}


def _codings_of(project: Project) -> dict[str, list[Coding]]:
    found: dict[str, list[Coding]] = {}
    for coding in coding_queries.codings(project.connection):
        if coding.end > coding.start:
            found.setdefault(coding.source, []).append(coding)
    return found
