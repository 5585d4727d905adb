"""What is known of a source, a coding or the project and has no field in REFI-QDA, as a note of `key: value` lines; and back.

The note reads like this, one fact a line, with backslashes before line ends and tabs inside a value:

    Slag: transcript
    Bølge: 2026
    Replikk: 0 8 30 participant 1000 2000 Kari
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from corpus.model import REGION_KINDS, Region, Turn, as_role
from corpus.text import digest
from exports.interchange.model import Answer, CodingItem, QuestionItem, SourceItem, SurveyItem
from exports.interchange.refi.values import as_float, as_integer

PLAIN: Mapping[str, str] = MappingProxyType(
    {
        "Slag": "kind",
        "Tittel": "title",
        "Utgiver": "publisher",
        "Dato": "date",
        "Form": "mode",
        "Bølge": "wave",
        "Språk": "language",
        "Mappe": "folder",
        "Filnavn": "file_name",
    }
)
"""Key to the field of a source."""
_VERBATIM, _DIGEST, _TURNS = "Ordrett", "Tekst", "Replikker"
_TURN, _REGION, _ANSWER = "Replikk", "Område", "Svar"
_STAR, _ASSESSMENT = "Stjerne", "Vurdering"
_PROJECT, _SURVEY, _MAPPING, _QUESTION = "Prosjekt", "Undersøkelse", "Oppsett", "Spørsmål"
_TITLE, _FILE = "Tittel", "Filnavn"
_YES, _NO, _NONE = "ja", "nei", "-"
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_UNESCAPES = {escaped: character for character, escaped in _ESCAPES.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The lines of a note of facts, in order."""

    lines: tuple[tuple[str, str], ...] = ()

    def all(self, key: str) -> tuple[str, ...]:
        """The values under a key, unescaped only where they are one value."""
        return tuple(value for name, value in self.lines if name == key)

    def one(self, key: str) -> str:
        """The value under a key; empty when there is none."""
        return next((_inside(value) for value in self.all(key)), "")


def read_facts(text: str) -> Facts:
    """The facts in a note; a line that is no fact is passed over."""
    lines = (line.partition(": ") for line in text.replace("\r\n", "\n").split("\n"))
    return Facts(lines=tuple((key, value) for key, colon, value in lines if colon))


def source_facts(source: SourceItem) -> str:
    """What is known of a source beyond the format's fields, as the text of a note; empty when it is nothing."""
    lines = [(key, _outside(str(getattr(source, field)))) for key, field in PLAIN.items() if getattr(source, field)]
    if source.verbatim is not None:
        lines.append((_VERBATIM, _YES if source.verbatim else _NO))
    if source.turns is not None or source.regions or source.answers:
        lines.append((_DIGEST, digest(source.text)))
    if source.turns is not None:
        lines.append((_TURNS, str(len(source.turns))))
        lines += [(_TURN, _turn_line(turn)) for turn in source.turns]
    lines += [(_REGION, f"{r.start} {r.end} {r.kind} {_outside(r.note)}") for r in source.regions]
    lines += [(_ANSWER, _answer_line(answer)) for answer in source.answers]
    return _joined(lines)


def with_source_facts(source: SourceItem, facts: Facts) -> tuple[SourceItem, bool]:
    """(the source with what the note says of it, whether places in the text could be used: the text is still the same)."""
    plain: Mapping[str, str] = {field: facts.one(key) for key, field in PLAIN.items() if facts.all(key)}
    source = replace(source, **plain)  # type: ignore[arg-type]  # all of them are strings
    if verbatim := facts.one(_VERBATIM):
        source = replace(source, verbatim=verbatim == _YES)
    if not facts.all(_DIGEST):
        return source, True
    turns = _read_turns(facts.all(_TURN), len(source.text))
    regions = _read_regions(facts.all(_REGION), len(source.text))
    answers = _read_answers(facts.all(_ANSWER), len(source.text))
    if facts.one(_DIGEST) != digest(source.text) or turns is None or regions is None or answers is None:
        return source, False
    return replace(source, turns=turns if facts.all(_TURNS) else None, regions=regions, answers=answers), True


def coding_facts(coding: CodingItem) -> str:
    """What is known of a coding beyond the format's fields, as the text of a note; empty when it is nothing."""
    lines = [(_STAR, _YES)] if coding.star else []
    if coding.assessment:
        lines.append((_ASSESSMENT, _outside(coding.assessment)))
    return _joined(lines)


def with_coding_facts(coding: CodingItem, facts: Facts) -> CodingItem:
    """The coding with what the note says of it."""
    return replace(coding, star=facts.one(_STAR) == _YES, assessment=facts.one(_ASSESSMENT))


def project_facts(guid: str) -> str:
    """The project's own GUID, for which the format has no place, as the text of a note."""
    return _joined([(_PROJECT, _outside(guid))]) if guid else ""


def project_guid(facts: Facts) -> str:
    """The project's GUID in a note; empty when it does not say."""
    return facts.one(_PROJECT)


def survey_facts(survey: SurveyItem) -> str:
    """A survey, for which the format has no place, as the text of a note."""
    lines = [(_SURVEY, survey.guid), (_TITLE, _outside(survey.title))]
    lines += [(_FILE, _outside(survey.file_name)), (_MAPPING, _outside(survey.mapping))]
    for question in survey.questions:
        parts = (question.key, question.wording, question.base, question.condition, str(question.asked))
        lines.append((_QUESTION, "\t".join(map(_outside, parts))))
    return _joined(lines)


def read_survey(facts: Facts) -> SurveyItem | None:
    """The survey in a note; None when it is about something else."""
    guid = facts.one(_SURVEY)
    if not guid:
        return None
    questions = []
    for line in facts.all(_QUESTION):
        key, wording, base, condition, asked = (*(_inside(part) for part in line.split("\t")), "", "", "", "", "")[:5]
        number = as_integer(asked) or 0
        questions.append(QuestionItem(key=key, wording=wording, base=base, condition=condition, asked=number))
    return SurveyItem(
        guid=guid,
        title=facts.one(_TITLE),
        file_name=facts.one(_FILE),
        mapping=facts.one(_MAPPING),
        questions=tuple(questions),
    )


def _joined(lines: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"{key}: {value}" for key, value in lines)


def _outside(value: str) -> str:
    return re.sub(r"[\\\n\r\t]", lambda match: _ESCAPES[match[0]], value)


def _inside(value: str) -> str:
    return re.sub(r"\\[\\nrt]", lambda match: _UNESCAPES[match[0]], value)


def _turn_line(turn: Turn) -> str:
    times = " ".join(_NONE if time is None else str(time) for time in (turn.start_ms, turn.end_ms))
    return f"{turn.label_start} {turn.start} {turn.end} {turn.role} {times} {_outside(turn.speaker)}"


def _answer_line(answer: Answer) -> str:
    value = _NONE if answer.value is None else repr(float(answer.value))
    return f"{answer.start} {answer.end} {value} {_outside(answer.question)}\t{_outside(answer.raw)}\t{answer.survey}"


def _numbers(parts: Sequence[str], length: int) -> list[int] | None:
    """The positions, in order and inside the text, or None."""
    found = [number for part in parts if (number := as_integer(part)) is not None]
    return found if len(found) == len(parts) and [0, *found, length] == sorted([0, *found, length]) else None


def _read_turns(lines: Sequence[str], length: int) -> tuple[Turn, ...] | None:
    turns = []
    for line in lines:
        parts = line.split(" ", 6)
        places = _numbers(parts[:3], length)
        if len(parts) != 7 or places is None:
            return None
        turns.append(
            Turn(
                speaker=_inside(parts[6]),
                role=as_role(parts[3]),
                label_start=places[0],
                start=places[1],
                end=places[2],
                start_ms=as_integer(parts[4]),
                end_ms=as_integer(parts[5]),
            )
        )
    return tuple(turns)


def _read_regions(lines: Sequence[str], length: int) -> tuple[Region, ...] | None:
    regions = []
    for line in lines:
        parts = line.split(" ", 3)
        places = _numbers(parts[:2], length)
        kind = next((kind for kind in REGION_KINDS if kind == parts[2]), None) if len(parts) == 4 else None
        if places is None or kind is None or places[0] == places[1]:
            return None
        regions.append(Region(start=places[0], end=places[1], kind=kind, note=_inside(parts[3])))
    return tuple(regions)


def _read_answers(lines: Sequence[str], length: int) -> tuple[Answer, ...] | None:
    answers = []
    for line in lines:
        parts = line.split(" ", 3)
        places = _numbers(parts[:2], length)
        if len(parts) != 4 or places is None:
            return None
        question, raw, survey = (*(_inside(each) for each in parts[3].split("\t")), "", "", "")[:3]
        value = None if parts[2] == _NONE else as_float(parts[2])
        answers.append(Answer(start=places[0], end=places[1], question=question, raw=raw, survey=survey, value=value))
    return tuple(answers)
