"""Interviews with what readers say of each turn, and what suggestions find of it.

A turn is found when a suggestion overlaps it, the interviewer's question before an answer too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from codebooks.model import Codebook
from corpus.model import ReadOptions
from corpus.reading import read_source
from nlp.arrays import numbers
from nlp.document import Document
from nlp.evaluation.judgements import Judgements
from nlp.evaluation.labels import Label, readings_of, united
from nlp.evidence import Evidence, read_evidence, tops
from nlp.languages import languages_of_turns
from nlp.learning.teach import chances
from nlp.parsed import parse
from nlp.pipeline import Pipeline
from nlp.rules import rules_for
from nlp.suggest import Suggester, suggest
from nlp.vocabulary import Vocabulary


@dataclass(frozen=True, eq=False)
class Interview:
    """An interview as suggestions see it, and what its readers say."""

    document: Document
    readings: tuple[list[Label], ...]
    """One list a reader, one label a turn."""

    @cached_property
    def labels(self) -> list[Label]:
        """One a turn: a theme counts when any reader names it."""
        return united(self.readings)

    @property
    def set_name(self) -> str:
        """The interviews written together: those whose names begin with the same letter."""
        return self.document.id[0]


def read_interview(file: Path, pipeline: Pipeline) -> Interview:
    """An interview, with the label files beside it.

    Raises:
        ValueError: if it has no label file, or the labels are not of its turns.
    """
    transcript = read_source(file, ReadOptions())
    readings = readings_of(file.parent, file.stem)
    turns = [(turn.start, turn.end) for turn in transcript.turns]
    if [(label.start, label.end) for label in readings[0]] != turns:
        raise ValueError(f"{file}: its labels are not of its turns; the text has changed since they were set")
    parsed = parse(transcript.text, transcript.turns, pipeline)
    return Interview(Document(file.stem, transcript.text, transcript.turns, "transcript", parsed), readings)


def read_interviews(folder: Path, pipeline: Pipeline) -> list[Interview]:
    """Every interview of a folder, by name.

    Raises:
        ValueError: if there is none.
    """
    files = sorted(folder.glob("*.txt"))
    if not files:
        raise ValueError(f"{folder}: no interviews there; name the folder that holds speech/ and reports/ with --data")
    return [read_interview(file, pipeline) for file in files]


def evidence_of(
    interviews: Iterable[Interview], codebook: Codebook, pipeline: Pipeline, vocabulary: Vocabulary | None = None
) -> list[Evidence]:
    """The codebook's signals asked of each interview.

    Args:
        vocabulary: numbers the terms; one of their own if None.
    """
    rules, vocabulary = rules_for(codebook, pipeline), vocabulary or Vocabulary()
    return [read_evidence(each.document, rules, codebook, vocabulary) for each in interviews]


def judge(interview: Interview, evidence: Evidence, suggester: Suggester, themes: Sequence[str]) -> Judgements:
    """What is proposed for each turn, beside what the readers say. The interview is one group."""
    document = interview.document
    turns, labels = document.turns, interview.labels
    top = tops(suggester.codebook)
    found = np.zeros((len(turns), len(themes)), dtype=np.bool_)
    for each in suggest(evidence, suggester):
        if top[each.code] in themes:
            for place, turn in enumerate(turns):
                if turn.start < each.end and each.start < turn.end:
                    found[place, themes.index(top[each.code])] = True
    return Judgements(
        themes=tuple(themes),
        meant=np.array([[theme in label.codes for theme in themes] for label in labels], dtype=np.bool_),
        found=found,
        likely=_likely(evidence, suggester, themes),
        counted=np.ones_like(found),
        groups=np.zeros(len(turns), dtype=np.int64),
        lengths=np.array([turn.end - turn.start for turn in turns], dtype=np.float64),
        words=np.array([len(document.text[turn.start : turn.end].split()) for turn in turns], dtype=np.int64),
        by_participant=np.array([turn.role != "interviewer" for turn in turns], dtype=np.bool_),
        languages=np.array(languages_of_turns(document.text, turns), dtype="<U2"),
    )


def _likely(
    evidence: Evidence, suggester: Suggester, themes: Sequence[str]
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Shape (turns, themes): the likeliest unit of each turn."""
    words = suggester.word_rows(evidence)
    turn_of = numbers(evidence.document.parsed.unit_turns)
    likely = np.zeros((len(evidence.document.turns), len(themes)))
    for column, theme in enumerate(themes):
        np.maximum.at(likely[:, column], turn_of, chances(evidence, suggester.models[theme], words))
    return likely
