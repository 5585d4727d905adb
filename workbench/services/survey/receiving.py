"""Taking a survey's answers in: one gesture, so that the table comes in whole or not at all, and one undo takes it out.

Changed answers of those who are in the project come along only when they are asked for.

The table itself is not kept: it may have columns that nobody should find again in the project.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from gettext import gettext as _
from gettext import ngettext
from itertools import count
from typing import TYPE_CHECKING, Any

from corpus.model import ImportNote
from corpus.survey.answers import base_text, condition_text
from corpus.survey.columns import ColumnGuess
from corpus.survey.mapping import SurveyMapping, mapping_to_yaml
from corpus.survey.model import QuestionCount, Survey
from corpus.survey.problems import told
from corpus.survey.writing import QUESTION_LABEL
from workbench.core.entities import Case
from workbench.errors import Refusal
from workbench.services import languages
from workbench.services.cases import record_case, record_informant
from workbench.services.importing import Progress, version_payload
from workbench.services.survey.changing import number_text, record_changed, remembered_anew
from workbench.services.survey.differences import AnswerChange, ChangedRespondent, question_id
from workbench.services.survey.plan import (
    KIND,
    WAVE,
    NewRespondent,
    Plan,
    asked_of,
    compare,
    remembered,
)
from workbench.services.survey.standing import refuse_other_questions
from workbench.services.survey.tables import Sheet, answers_of, left_out
from workbench.services.survey.twins import refuse_twin
from workbench.services.versions import Counts
from workbench.store.project import Gesture, Project
from workbench.store.queries import corpus as corpus_queries
from workbench.store.queries import interchange as queries

if TYPE_CHECKING:
    from sqlite3 import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyResult:
    """What taking a table in did, or would do."""

    survey: str
    """Id."""
    title: str
    added: tuple[str, ...]
    """Names of the new sources; one for each respondent who has answered something."""
    answers: int
    """Answers in the new sources."""
    known: int
    changed: tuple[AnswerChange, ...]
    """Answers that are others in the table, and stay as they are in the project."""
    taken: tuple[AnswerChange, ...]
    """Answers that were taken from the table in the place of those that stood, or would be."""
    moved: Counts
    """What became of what stood in the texts of those; nothing has yet when it is a plan."""
    removed: int
    empty: int
    counts: tuple[QuestionCount, ...]
    """Of this table, one for each question."""
    left_out: tuple[ColumnGuess, ...]
    """Columns that were not taken in."""
    notes: tuple[str, ...]
    """What a person should know, whole sentences."""


def plan_import(
    project: Project,
    sheet: Sheet,
    mapping: SurveyMapping,
    *,
    again: bool = False,
    take_changed: bool = False,
    separate: bool = False,
) -> SurveyResult:
    """What `import_survey` would do; nothing is stored.

    Raises:
        Refusal: as `import_survey` does.
    """
    survey = _read(project, sheet, mapping)
    plan = _planned(project, project.connection, sheet, mapping, survey, again=again, separate=separate)
    names = _Names({source.name for source in corpus_queries.sources(project.connection)}, mapping.wave)
    added = tuple(names.of(each) for each in plan.new)
    return _result(sheet, mapping, survey, plan, _Done(added=added, changed=take_changed))


def import_survey(
    project: Project,
    sheet: Sheet,
    mapping: SurveyMapping,
    *,
    again: bool = False,
    take_changed: bool = False,
    separate: bool = False,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> SurveyResult:
    """Take in the respondents that the project does not have, as one gesture; those it has are left as they are, but for
    changed answers when they are asked for.

    Args:
        project: where they go.
        sheet: the table.
        mapping: what its columns are.
        again: take in those too who were taken in before and have been deleted since.
        take_changed: let answers that are others in the table take the place of those that stand, unless they were
            changed here too.
        separate: take them in although they stand in another survey.
        progress: called before each new respondent.
        cancelled: asked before each; once it says yes, nothing at all is taken in.

    Raises:
        SameSurvey: if most of the new respondents stand in another survey.
        Refusal: if the mapping does not fit the table, or has other questions under the keys of a survey that is there; if
            nobody has answered anything; if it is cancelled.
    """
    survey = _read(project, sheet, mapping)
    with project.write() as act:
        plan = _planned(project, act.connection, sheet, mapping, survey, again=again, separate=separate)
        changing = [each for each in plan.newer if each.takeable] if take_changed else []
        if not plan.new and not changing and plan.standing:
            return _result(sheet, mapping, survey, plan, _Done())
        receiving = _Receiving(act, project, sheet, mapping, plan)
        receiving.record_cases(survey)
        steps: list[ChangedRespondent | NewRespondent] = [*changing, *plan.new]
        for done, each in enumerate(steps):
            if cancelled():
                raise Refusal(_("Avbrutt. Ingenting fra «{file}» er tatt inn.").format(file=sheet.path.name))
            if progress is not None:
                progress(done, len(steps), each.respondent.number)
            if isinstance(each, NewRespondent):
                receiving.record_respondent(each)
            else:
                receiving.record_changes(each)
        receiving.record_survey()
    return _result(sheet, mapping, survey, plan, receiving.done(changed=take_changed))


def _read(project: Project, sheet: Sheet, mapping: SurveyMapping) -> Survey:
    refuse_other_questions(project, mapping)
    return answers_of(sheet, mapping)


def _planned(
    project: Project,
    connection: Connection,
    sheet: Sheet,
    mapping: SurveyMapping,
    survey: Survey,
    *,
    again: bool,
    separate: bool,
) -> Plan:
    """What the table would bring; refused where that must not come in."""
    plan = compare(connection, project.uid, survey, mapping, again=again)
    if not separate:
        refuse_twin(connection, plan, survey, mapping, [each.header for each in sheet.guesses])
    if not plan.new and not plan.standing:
        raise Refusal(_("Ingen har svart på noe av det som er valgt som åpne spørsmål. Sjekk kolonnene."))
    return plan


@dataclass(frozen=True, slots=True, kw_only=True)
class _Done:
    """What became of a plan."""

    added: tuple[str, ...] = ()
    changed: bool = False
    """Whether changed answers were asked for."""
    moved: Counts = field(default_factory=Counts)
    notes: tuple[str, ...] = ()


class _Names:
    """Sources' names: the respondent and the case, with the wave or a figure behind where the name is taken."""

    def __init__(self, taken: set[str], wave: str) -> None:
        self._taken = taken
        self._wave = wave.strip()

    def of(self, each: NewRespondent) -> str:
        wanted = f"{each.respondent.number} {each.respondent.case}".strip()
        name = next(name for name in self._candidates(wanted) if name not in self._taken)
        self._taken.add(name)
        return name

    def _candidates(self, wanted: str) -> Iterator[str]:
        yield wanted
        if self._wave:
            yield f"{wanted}{WAVE}{self._wave}"
        yield from (f"{wanted} ({again})" for again in count(2))


class _Receiving:
    """What one gesture needs to know while it takes respondents in."""

    def __init__(self, act: Gesture, project: Project, sheet: Sheet, mapping: SurveyMapping, plan: Plan) -> None:
        self._act = act
        self._uid = project.uid
        self._sheet = sheet
        self._mapping = mapping
        self._plan = plan
        rows = act.state.rows("source")
        self._names = _Names({row["name"] for row in rows}, mapping.wave)
        self._ordinal = max((row["ordinal"] for row in rows), default=0)
        self._cases: dict[str, str] = {}
        self._items: list[list[Any]] = []
        self._added: list[str] = []
        self._moved = Counts()
        self._notes: list[str] = []

    def done(self, *, changed: bool) -> _Done:
        """What was done."""
        return _Done(added=tuple(self._added), changed=changed, moved=self._moved, notes=tuple(self._notes))

    def record_cases(self, survey: Survey) -> None:
        """The cases of the new respondents, and what the table says of them that was not known; what was known stands."""
        wanted = {each.respondent.case for each in self._plan.new if each.respondent.case}
        known = {case.name.casefold(): case for case in corpus_queries.cases(self._act.connection)}
        unlike: list[str] = []
        for case in survey.cases:
            if case.name not in wanted:
                continue
            standing = known.get(case.name.casefold())
            if standing is None:
                uid = record_case(self._act, self._uid, case.name, attributes=dict(case.attributes))
            else:
                uid = standing.id
                unlike += self._complete(standing, dict(case.attributes))
            self._cases[case.name] = uid
        self._notes += _sentences(
            told(
                unlike,
                ngettext(
                    "{n} opplysning i tabellen er en annen enn den som står på casen; den som stod, er beholdt: {shown}.",
                    "{n} opplysninger i tabellen er andre enn de som står på casene; de som stod, er beholdt: {shown}.",
                    len(unlike),
                ),
            )
        )

    def _complete(self, standing: Case, said: dict[str, Any]) -> list[str]:
        lacking = {name: value for name, value in said.items() if name not in standing.attributes}
        if lacking:
            fields = {"attributes": {**standing.attributes, **lacking}}
            self._act.record("case.set", {"id": standing.id, "card": self._act.card(fields)})
        return [
            f"{standing.name} ({name})"
            for name, value in said.items()
            if name not in lacking and standing.attributes[name] != value
        ]

    def record_respondent(self, each: NewRespondent) -> None:
        """The respondent as an informant, and the answers as a source."""
        act, respondent, transcript = self._act, each.respondent, each.written.transcript
        cases = [self._cases[respondent.case]] if respondent.case else []
        informant = record_informant(
            act,
            self._uid,
            respondent.number,
            role=respondent.role or None,
            level=respondent.level or None,
            side=respondent.side or None,
            also_in=cases,
        )
        answers = [turn for turn in transcript.turns if turn.role == "participant"]
        name, uid = self._names.of(each), each.source
        card = {
            "name": name,
            "kind": "survey",
            "verbatim": 1,
            "wave": self._mapping.wave.strip(),
            "date": "",
            "mode": "",
            "language": languages.seen(transcript.text, answers) or languages.USUAL,
            "folder": self._plan.title,
            "file_name": self._sheet.path.name,
            "original": "",
            "cases": cases,
            "informants": [informant],
            "speakers": [
                {"label": QUESTION_LABEL, "role": "interviewer", "informant": ""},
                {"label": answers[0].speaker, "role": "participant", "informant": informant},
            ],
        }
        version = version_payload(act, transcript.text, transcript.turns, number=1, of=uid)
        version["answers"] = act.text(json.dumps(self._answers(each)))
        self._ordinal += 1
        act.record("source.add", {"id": uid, "ordinal": self._ordinal, "card": act.card(card), "version": version})
        languages.record_turns(act, version["id"], transcript.text, transcript.turns)
        self._items.append([each.key, KIND, uid, remembered(respondent, respondent.number)])
        self._added.append(name)

    def record_changes(self, each: ChangedRespondent) -> None:
        """The changed answers of a respondent, as a newer version of the source."""
        counts = record_changed(self._act, self._plan.survey, each, self._mapping.questions, self._sheet.path.name)
        before = self._moved
        self._moved = Counts(
            same=before.same + counts.same,
            moved=before.moved + counts.moved,
            changed=before.changed + counts.changed,
            waiting=before.waiting + counts.waiting,
        )
        seen = remembered_anew(each, remembered(each.respondent, ""))
        self._items.append([each.key, KIND, each.source.id, seen])

    def _answers(self, each: NewRespondent) -> list[list[Any]]:
        return [
            [span.start, span.end, question_id(self._plan.survey, span.question), number_text(span.value)]
            for span in each.written.answers
        ]

    def record_survey(self) -> None:
        """The survey with its questions and how many were asked each, and what its respondents are known by."""
        act, plan = self._act, self._plan
        self._items += [[key, KIND, "", remembered(one, "")] for key, one in plan.empty]
        items = {item.guid: item.seen for item in queries.foreign_items(act.connection, plan.survey)}
        items |= {guid: seen for guid, _kind, _target, seen in self._items}
        seen: list[Any] = list(items.values())
        questions = [
            {
                "key": question.key,
                "wording": question.wording,
                "base": base_text(question),
                "condition": condition_text(question),
                "asked": asked_of(question.key, seen),
            }
            for question in self._mapping.questions
        ]
        card = {
            "title": plan.title,
            "file_name": self._sheet.path.name,
            "mapping": mapping_to_yaml(self._mapping),
            "questions": questions,
        }
        act.record("survey.add", {"id": plan.survey, "card": act.card(card)})
        items_text = act.text(json.dumps(self._items, ensure_ascii=False))
        act.record("foreign.set", {"origin": plan.survey, "title": plan.title, "items": items_text})


def _result(sheet: Sheet, mapping: SurveyMapping, survey: Survey, plan: Plan, done: _Done) -> SurveyResult:
    taken = tuple(change for each in plan.newer for change in each.takeable) if done.changed else ()
    return SurveyResult(
        survey=plan.survey,
        title=plan.title,
        added=done.added,
        answers=sum(len(each.written.answers) for each in plan.new),
        known=plan.known,
        changed=tuple(change for change in plan.changed if change not in taken),
        taken=taken,
        moved=done.moved,
        removed=plan.removed,
        empty=len(plan.empty),
        counts=survey.counts,
        left_out=left_out(sheet, mapping),
        notes=(*_sentences(survey.problems), *_own_notes(mapping, plan), *done.notes),
    )


def _own_notes(mapping: SurveyMapping, plan: Plan) -> list[str]:
    notes = []
    if mapping.attributes and not mapping.case:
        n = len(mapping.attributes)
        notes.append(
            ngettext(
                "{n} kolonne sier noe om casen, men ingen kolonne er valgt som case: den tas ikke inn. "
                "Er hver respondent en case, velg respondentens nummer som case i koblingen.",
                "{n} kolonner sier noe om casen, men ingen kolonne er valgt som case: de tas ikke inn. "
                "Er hver respondent en case, velg respondentens nummer som case i koblingen.",
                n,
            ).format(n=n)
        )
    if not mapping.respondent:
        notes.append(
            _(
                "Tabellen har ingen kolonne med respondentnummer. Respondentene er nummerert her, og kjennes igjen "
                "neste gang bare når raden er uendret."
            )
        )
    notes += _sentences(
        told(
            list(plan.absent),
            ngettext(
                "{n} kilde i undersøkelsen har ingen rad i tabellen og står som den er: {shown}.",
                "{n} kilder i undersøkelsen har ingen rad i tabellen og står som de er: {shown}.",
                len(plan.absent),
            ),
        )
    )
    emptied = [each.respondent.number for each in plan.newer if each.emptied]
    notes += _sentences(
        told(
            emptied,
            ngettext(
                "{n} respondent har ingen svar igjen i tabellen: {shown}. Kilden står som den er; slett den hvis svarene er "
                "trukket.",
                "{n} respondenter har ingen svar igjen i tabellen: {shown}. Kildene står som de er; slett dem hvis svarene "
                "er trukket.",
                len(emptied),
            ),
        )
    )
    renumbered = [f"{own} → {number}" for own, number in plan.renumbered]
    return notes + _sentences(
        told(
            renumbered,
            ngettext(
                "{n} respondent har fått et annet nummer, fordi nummeret er i bruk eller for langt: {shown}.",
                "{n} respondenter har fått andre numre, fordi numrene er i bruk eller for lange: {shown}.",
                len(renumbered),
            ),
        )
    )


def _sentences(notes: tuple[ImportNote, ...]) -> list[str]:
    return [note.message for note in notes]
