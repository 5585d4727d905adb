"""A survey that is in the project already: how its columns were read, and what would file answers under wrong questions."""

from __future__ import annotations

from gettext import gettext as _

from corpus.survey.mapping import SurveyMapping
from workbench.errors import Refusal
from workbench.services.survey.plan import shown_title
from workbench.services.survey.tables import mapping_written
from workbench.store.project import Project
from workbench.store.queries import interchange as queries


def earlier_mapping(project: Project, title: str, wave: str = "") -> SurveyMapping | None:
    """What the columns were when the survey of a title and wave was last taken in; None when it has not been.

    Read so again, a newer table is the same survey: with other keys, every answer would seem another.
    """
    wanted = shown_title(title, wave).casefold()
    for survey in queries.surveys(project.connection):
        if survey.title.casefold() == wanted and survey.mapping:
            return mapping_written(survey.file_name or survey.title, survey.mapping)
    return None


def refuse_other_questions(project: Project, mapping: SurveyMapping) -> None:
    """Answers are filed by their question's key: under the same key in another column they would answer something else.

    Raises:
        Refusal: if a key has both another column and another wording.
    """
    earlier = earlier_mapping(project, mapping.title, mapping.wave)
    known = {question.key: question for question in earlier.questions} if earlier else {}
    for question in mapping.questions:
        before = known.get(question.key, question)
        if _plain(before.column) != _plain(question.column) and _plain(before.wording) != _plain(question.wording):
            raise Refusal(
                _(
                    "«{key}» i «{title}» er spørsmålet «{before}», ikke «{now}». Bruk oppsettet fra sist, eller gi tabellen en "
                    "annen tittel eller bølge."
                ).format(key=question.key, title=mapping.title, before=before.wording, now=question.wording)
            )


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())
