"""Another survey of the project in which a table's respondents stand: most likely the same one under another title.

Programs give every download another name, so that a title alone tells too little. The numbers of the respondents and their
answers tell, whichever columns were chosen the last time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from corpus.survey.mapping import SurveyMapping
from corpus.survey.model import RespondentAnswers, Survey
from workbench.core.entities import ForeignItem
from workbench.core.entities import Survey as StoredSurvey
from workbench.errors import Refusal
from workbench.services.survey.differences import short
from workbench.services.survey.plan import KIND, WAVE, Plan
from workbench.services.survey.tables import mapping_written
from workbench.store.queries import corpus as corpus_queries
from workbench.store.queries import interchange as queries

if TYPE_CHECKING:
    from sqlite3 import Connection

_TELLING = 40
"""Code points of answers; many say «Vet ikke» or «Nei» to a single question, in one survey as in another."""
_UNLIKELY = 6
"""Characters of a number that nobody gives twice; 1, 2, 3 are the respondents of any survey."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """A survey that has most of a table's respondents already."""

    title: str
    """Without the wave."""
    wave: str
    shown: str
    """Title and wave as the project has them."""
    number: int
    """How many of the respondents it has."""
    all: int
    """How many would be taken in."""


class SameSurvey(Refusal):
    """A table's respondents stand in another survey; taken in under a title of its own, they would be there twice."""

    def __init__(self, twin: Twin) -> None:
        self.twin = twin
        super().__init__(
            _(
                "{n} av {all} respondenter står i «{title}» fra før, med samme nummer eller samme svar. Gi tabellen den "
                "tittelen hvis det er samme undersøkelse; da tas bare de nye inn. Er det en ny runde, gi den tittelen og en "
                "bølge."
            ).format(n=twin.number, all=twin.all, title=twin.shown)
        )


def refuse_twin(
    connection: Connection, plan: Plan, survey: Survey, mapping: SurveyMapping, headings: Collection[str]
) -> None:
    """Refuses to double respondents.

    Args:
        connection: the project's.
        plan: what the table would bring.
        survey: the table, read.
        mapping: how it was read.
        headings: of all its columns.

    Raises:
        SameSurvey: if another survey has most of the new respondents, or they are most of those that it has.
    """
    columns = {question.key: _plain(question.column) for question in mapping.questions}
    numbers = {each.row: each.number for each in survey.respondents}
    sources = {source.id for source in corpus_queries.sources(connection)}
    found = []
    for other in queries.surveys(connection):
        if other.id == plan.survey:
            continue
        items = queries.foreign_items(connection, other.id)
        there = {item.guid: _answers(item) for item in items if item.kind == KIND and item.target in sources}
        earlier = _mapping_of(other)
        sibling = other.title.casefold().partition(WAVE)[0] == mapping.title.strip().casefold()
        has = _Other(there, earlier, headings, numbered=bool(mapping.respondent) and not (plan.standing or sibling))
        met = [(each, has.holds(each.key, numbers[each.respondent.row], each.respondent, columns)) for each in plan.new]
        number = sum(same for _each, same in met)
        comparable = sum(
            same or _is_telling(each.respondent) or has.tells(numbers[each.respondent.row]) for each, same in met
        )
        if 2 * number > min(comparable, len(there)):
            title, wave = (earlier.title, earlier.wave) if earlier else (other.title, "")
            found.append(Twin(title=title, wave=wave, shown=other.title, number=number, all=len(plan.new)))
    if found:
        raise SameSurvey(max(found, key=lambda twin: twin.number))


class _Other:
    """What is known of the respondents of another survey."""

    def __init__(
        self,
        there: Mapping[str, Mapping[str, str]],
        earlier: SurveyMapping | None,
        headings: Iterable[str],
        *,
        numbered: bool,
    ) -> None:
        self._there = there
        self._all = {_said(answers) for answers in there.values()}
        self._each = {said for answers in there.values() for said in answers.values()}
        self._columns = {_plain(each.column): each.key for each in earlier.questions} if earlier else {}
        self._one_form = earlier is not None and {*map(_plain, earlier.columns())} <= {*map(_plain, headings)}
        self._numbered = numbered

    def tells(self, number: str) -> bool:
        """Whether a respondent's number alone says whether it is somebody of the survey."""
        return self._numbered and len(number) >= _UNLIKELY

    def holds(self, key: str, number: str, respondent: RespondentAnswers, columns: Mapping[str, str]) -> bool:
        """Whether a respondent of the table is one of the survey's."""
        now = {answer.question: short(answer.text) for answer in respondent.answers}
        if _is_telling(respondent) and _said(now) in self._all:
            return True
        if any(len(each.text) >= _TELLING and now[each.question] in self._each for each in respondent.answers):
            return True
        before = self._there.get(key) if self._numbered else None
        return before is not None and (self.tells(number) or self._agrees(before, now, columns))

    def _agrees(self, before: Mapping[str, str], now: Mapping[str, str], columns: Mapping[str, str]) -> bool:
        """Whether two who have the same short number have said the same, or were asked the same form where no column was
        chosen both times."""
        asked = {key: self._columns[column] for key, column in columns.items() if column in self._columns}
        same = [now.get(key) == before.get(there) for key, there in asked.items() if key in now or there in before]
        return 2 * sum(same) >= len(same) if same else self._one_form


def _mapping_of(survey: StoredSurvey) -> SurveyMapping | None:
    """How its columns were read; one that came from elsewhere with a mapping nobody can read tells nothing."""
    if not survey.mapping:
        return None
    try:
        return mapping_written(survey.title, survey.mapping)
    except Refusal:
        return None


def _answers(item: ForeignItem) -> Mapping[str, str]:
    seen: Mapping[str, Any] = item.seen
    answers: Mapping[str, str] = seen["answers"]
    return answers


def _is_telling(respondent: RespondentAnswers) -> bool:
    """Whether a respondent has said so much that the same words could not be another's."""
    return sum(len(answer.text) for answer in respondent.answers) >= _TELLING


def _said(answers: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted(answers.values()))


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())
