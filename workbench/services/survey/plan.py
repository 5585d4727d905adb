"""What taking in a table would do: who is new, who is known from before, and whose answers have changed since.

A respondent with a number of their own is known by it. Without such numbers a row is known by everything it says, so a row
that has been changed is a new one. What is remembered of an answer is a digest, never its words.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, Any

from corpus.survey.mapping import SurveyMapping
from corpus.survey.model import RespondentAnswers, Survey
from corpus.survey.writing import Written, written
from corpus.text import digest
from workbench.core.entities import ForeignItem
from workbench.core.ids import derived_id
from workbench.services.survey.differences import AnswerChange, ChangedRespondent, Met, differences, short
from workbench.store.queries import corpus as corpus_queries
from workbench.store.queries import interchange as queries

if TYPE_CHECKING:
    from sqlite3 import Connection

KIND = "respondent"
"""What respondents are called among the remembered foreign items; the survey is the origin."""
WAVE = " – "
"""Stands between a survey's title and its wave."""
_USABLE = re.compile(r"[\w.-]{1,9}")
"""A number that an informant may have, with room for a mark behind it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRespondent:
    """Somebody who is to be taken in."""

    key: str
    """What the respondent is known by next time."""
    source: str
    """Id of the source, which two copies of a project that take in the same answers give alike. It is another where the
    answers are others, or where it takes the place of one that was deleted."""
    respondent: RespondentAnswers
    """With the informant's number, unlike every other's in the project unless it is the same person's."""
    written: Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a table holds that the project does not."""

    survey: str
    """Id of the survey, new or known."""
    title: str
    """With the wave, where there is one."""
    standing: bool
    """Whether the survey is known from before."""
    new: tuple[NewRespondent, ...]
    known: int
    """Respondents who are in the project already."""
    newer: tuple[ChangedRespondent, ...]
    """Those of them who have other answers in the table."""
    absent: tuple[str, ...]
    """Names of the sources whose respondents the table does not have; they stand."""
    removed: int
    """Respondents who were taken in and have been deleted since; they are left out."""
    empty: tuple[tuple[str, RespondentAnswers], ...]
    """(key, respondent) of those who have answered no open question; they get no text."""
    renumbered: tuple[tuple[str, str], ...]
    """(own number, informant number) where another informant has the number."""

    @property
    def changed(self) -> tuple[AnswerChange, ...]:
        """Every answer that is another in the table than in the project."""
        return tuple(change for each in self.newer for change in each.changes)


def shown_title(title: str, wave: str) -> str:
    """What a survey is called in the project: two waves of one survey are two surveys."""
    return f"{title.strip()}{WAVE}{wave.strip()}" if wave.strip() else title.strip()


def compare(
    connection: Connection, project_uid: str, survey: Survey, mapping: SurveyMapping, *, again: bool = False
) -> Plan:
    """What the survey's table would bring.

    Args:
        connection: the project's.
        project_uid: id of the project.
        survey: the table, read.
        mapping: how it was read.
        again: take in those too who have been deleted since last time.
    """
    uid, title, standing = _survey_of(connection, project_uid, shown_title(mapping.title, mapping.wave))
    known = {item.guid: item for item in queries.foreign_items(connection, uid) if item.kind == KIND}
    sources = {source.id: source for source in corpus_queries.sources(connection)}
    numbers = _Numbers(connection, mapping, uid)
    new: list[NewRespondent] = []
    empty: list[tuple[str, RespondentAnswers]] = []
    here: list[Met] = []
    met = removed = 0
    absent = dict(known)
    for key, respondent in _keyed(survey.respondents, project_uid if mapping.respondent else ""):
        absent.pop(key, None)
        item = known.get(key)
        source = sources.get(item.target) if item is not None else None
        if item is not None and source is not None:
            met += 1
            here.append((item, source, respondent))
        elif not respondent.answers:
            empty.append((key, respondent))
        elif item is not None and item.target and not again:
            removed += 1
        elif standing and item is None and _is_here(connection, respondent, survey):
            met += 1
        else:
            number = numbers.of(key, respondent.number, item)
            labelled = replace(respondent, number=number)
            made = written(labelled, survey)
            source_id = derived_id(uid, "source", key, digest(made.transcript.text), item.target if item else "")
            new.append(NewRespondent(key=key, source=source_id, respondent=labelled, written=made))
    return Plan(
        survey=uid,
        title=title,
        standing=standing,
        new=tuple(new),
        known=met,
        newer=differences(connection, uid, here, mapping),
        absent=tuple(sources[item.target].name for item in absent.values() if item.target in sources),
        removed=removed,
        empty=tuple(empty),
        renumbered=tuple(numbers.renumbered),
    )


def remembered(respondent: RespondentAnswers, number: str) -> dict[str, Any]:
    """What is kept of a respondent for the next time the table comes."""
    return {
        "number": number,
        "answers": {answer.question: short(answer.text) for answer in respondent.answers},
        "outside": [answer.question for answer in respondent.answers if not answer.asked],
        "skipped": dict(respondent.skipped),
    }


def asked_of(key: str, items: Iterable[Mapping[str, Any]]) -> int:
    """How many were asked a question, of all who have been remembered."""
    return sum(
        (key in item["answers"] and key not in item["outside"]) or item["skipped"].get(key) == "tomt svar"
        for item in items
    )


def outside_of(seen: Mapping[str, Any]) -> Sequence[str]:
    """Keys of the questions that a remembered respondent answered without having been asked."""
    keys: Sequence[str] = seen["outside"]
    return keys


class _Numbers:
    """Informants' numbers: a respondent's own where it is free, or is the same person's in another wave."""

    def __init__(self, connection: Connection, mapping: SurveyMapping, survey: str) -> None:
        self._taken = {each.number.casefold() for each in corpus_queries.informants(connection)}
        self._own = bool(mapping.respondent)
        self._waves: dict[str, str] = {}
        self.renumbered: list[tuple[str, str]] = []
        title = mapping.title.strip().casefold()
        for each in queries.surveys(connection) if self._own else []:
            if each.id != survey and each.title.casefold().partition(WAVE)[0] == title:
                items = queries.foreign_items(connection, each.id)
                self._waves |= {item.guid: str(item.seen["number"]) for item in items if item.kind == KIND}

    def of(self, key: str, own: str, item: ForeignItem | None) -> str:
        before = str(item.seen["number"]) if item is not None and item.target else self._waves.get(key, "")
        if before:
            return before
        number = next(each for each in self._candidates(own) if each.casefold() not in self._taken)
        self._taken.add(number.casefold())
        if self._own and number != own:
            self.renumbered.append((own, number))
        return number

    def _candidates(self, own: str) -> Iterable[str]:
        """What the respondent may be called, the best first: without end, and each fit for an informant."""
        usable = _USABLE.fullmatch(own) is not None
        if usable:
            yield own
        for again in count(2):
            yield f"{own}-{again}" if usable and self._own else f"R{again - 1:03d}"


def _is_here(connection: Connection, respondent: RespondentAnswers, survey: Survey) -> bool:
    """Whether the project has the respondent's text, as it has when it came with another copy's file."""
    return bool(queries.source_with_text(connection, digest(written(respondent, survey).transcript.text)))


def _survey_of(connection: Connection, project_uid: str, title: str) -> tuple[str, str, bool]:
    """(id, title, whether it stands) of the survey of a title, capitals aside."""
    for survey in queries.surveys(connection):
        if survey.title.casefold() == title.casefold():
            return survey.id, survey.title, True
    return derived_id(project_uid, "survey", title.casefold()), title, False


def _keyed(respondents: Iterable[RespondentAnswers], project_uid: str) -> Iterable[tuple[str, RespondentAnswers]]:
    """Each respondent with what it is known by: its own number, unless `project_uid` is empty, else all it says.

    The number is not kept as it stands, since it may be an e-mail address.
    """
    met: Counter[str] = Counter()
    for respondent in respondents:
        number = derived_id(project_uid, KIND, respondent.number.casefold())
        key = f"nr:{number}" if project_uid else f"rad:{_row_digest(respondent)}"
        met[key] += 1
        yield key if met[key] == 1 else f"{key}:{met[key]}", respondent


def _row_digest(respondent: RespondentAnswers) -> str:
    said = [
        respondent.case,
        sorted((name, str(value)) for name, value in respondent.attributes.items()),
        [(answer.question, answer.text) for answer in respondent.answers],
    ]
    return digest(json.dumps(said, ensure_ascii=False))
