"""What a newer table says of a respondent who is in the project: the answers that differ, and who changed them.

An answer that stands here as the table first said it may be taken anew. One that has been corrected or masked here is the
researcher's own, and is only told of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from corpus.survey.mapping import SurveyMapping
from corpus.survey.model import RespondentAnswers
from corpus.text import digest
from workbench.core.entities import ForeignItem, Source, StoredAnswer
from workbench.core.ids import derived_id
from workbench.store.queries import corpus as corpus_queries
from workbench.store.queries import interchange as queries

if TYPE_CHECKING:
    from sqlite3 import Connection

_DIGEST = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerChange:
    """An answer that is another in the table than in the project."""

    source: str
    """Id."""
    source_name: str
    respondent: str
    question: str
    """Key."""
    what: Literal["changed", "new", "gone"]
    old: str
    """As it stands in the project; empty when it does not."""
    new: str
    """As the table has it now."""
    corrected: bool
    """Whether it was changed here too since the table was taken in: then it is never written over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedRespondent:
    """A respondent of the project who has other answers in the table."""

    key: str
    """What the respondent is known by."""
    source: Source
    seen: Mapping[str, Any]
    """What was remembered of the respondent."""
    respondent: RespondentAnswers
    """As the table has it now."""
    standing: tuple[StoredAnswer, ...]
    """The answers that the source has."""
    changes: tuple[AnswerChange, ...]
    emptied: bool
    """Whether nothing would be left if all of it were taken: such a text stays as it is."""

    @property
    def takeable(self) -> tuple[AnswerChange, ...]:
        """The changes that may be taken in."""
        return () if self.emptied else tuple(each for each in self.changes if not each.corrected)


def short(text: str) -> str:
    """What is remembered of an answer: a digest, never its words."""
    return digest(text)[:_DIGEST]


def question_id(survey: str, key: str) -> str:
    """Id of a survey's question."""
    return derived_id(survey, "question", key)


Met = tuple[ForeignItem, Source, RespondentAnswers]
"""What is remembered of a respondent, the source the answers became, and what the table has now."""


def differences(
    connection: Connection, survey: str, met: Iterable[Met], mapping: SurveyMapping
) -> tuple[ChangedRespondent, ...]:
    """Those of the respondents whose answers are others in the table than in the project.

    Args:
        survey: id of the survey.
        met: respondents who are in the project.
    """
    unlike = [(*each, keys) for each in met if (keys := _unlike(each[0], each[2], mapping))]
    standing: dict[str, list[StoredAnswer]] = {}
    for answer in queries.answers(connection) if unlike else ():
        standing.setdefault(answer.source, []).append(answer)
    found = (
        _changed(connection, survey, item, source, respondent, tuple(standing.get(source.id, ())), keys)
        for item, source, respondent, keys in unlike
    )
    return tuple(each for each in found if each is not None)


def _unlike(item: ForeignItem, respondent: RespondentAnswers, mapping: SurveyMapping) -> list[str]:
    """Keys of the questions with another answer than when the respondent was taken in."""
    before: Any = item.seen["answers"]
    now = {answer.question: short(answer.text) for answer in respondent.answers}
    return [each.key for each in mapping.questions if before.get(each.key) != now.get(each.key)]


def _changed(
    connection: Connection,
    survey: str,
    item: ForeignItem,
    source: Source,
    respondent: RespondentAnswers,
    standing: tuple[StoredAnswer, ...],
    keys: Iterable[str],
) -> ChangedRespondent | None:
    before: Any = item.seen["answers"]
    now = {answer.question: answer.text for answer in respondent.answers}
    text = corpus_queries.text_of(connection, source.version)
    by_question = {answer.question: answer for answer in standing}
    spoken = {(turn.start, turn.end) for turn in corpus_queries.turns(connection, source)}
    changes = []
    for key in keys:
        answer, new = by_question.get(question_id(survey, key)), now.get(key, "")
        old = text[answer.start : answer.end] if answer else ""
        if old != new:
            changes.append(
                AnswerChange(source=source.id, source_name=source.name, respondent=respondent.number, question=key,
                             what="new" if not old else "gone" if not new else "changed", old=old, new=new,
                             corrected=_is_corrected(answer, old, before.get(key), spoken))
            )  # fmt: skip
    if not changes:
        return None
    leaving = [each for each in changes if each.what == "gone" and not each.corrected]
    coming = any(each.what == "new" and not each.corrected for each in changes)
    return ChangedRespondent(
        key=item.guid,
        source=source,
        seen=item.seen,
        respondent=respondent,
        standing=standing,
        changes=tuple(changes),
        emptied=not coming and len(leaving) == len(standing),
    )


def _is_corrected(answer: StoredAnswer | None, old: str, remembered: str | None, spoken: set[tuple[int, int]]) -> bool:
    """Whether the words or the turn are not as the table first said."""
    if answer is None:
        return remembered is not None
    return short(old) != remembered or (answer.start, answer.end) not in spoken
