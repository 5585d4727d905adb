"""Sentences of reports with what readers say of them, and what suggestions find.

The reports themselves are not part of the repository: the labels are a report's name and offsets. A sentence is found when
it and a suggestion share more than half of the shorter one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from corpus.edits import Edit, EditMap, apply_edits
from corpus.text import digest, normalise
from nlp.document import Document
from nlp.evaluation.judgements import Judgements
from nlp.evaluation.labels import Label, readings_of, united
from nlp.evidence import Evidence, tops
from nlp.languages import language_of, words_of
from nlp.learning.decisions import units_of
from nlp.learning.teach import chances
from nlp.parsed import parse
from nlp.pipeline import Pipeline
from nlp.suggest import Suggester, suggest

MANIFEST = "texts.tsv"
_PRINT_LINE = re.compile(
    r"(?<=[a-zæøå])-[ ]?\n[ ]?(?=[a-zæøå])(?!(?:og|eller|samt)\b)|(?<!\n)(?<!\n )[ ]*\n[ ]?(?!\s*\n)"
)


@dataclass(frozen=True, eq=False)
class Report:
    """Labelled sentences of one report."""

    document: Document
    """The report with its printed lines joined."""
    readings: tuple[list[Label], ...]
    """One list a reader; offsets in the joined text."""

    @cached_property
    def labels(self) -> list[Label]:
        """One a sentence: a theme counts when any reader names it."""
        return united(self.readings)


def join_print_lines(text: str) -> tuple[str, EditMap]:
    """The text with hyphenated and wrapped lines joined, and the exact map to it; blank lines stay borders."""
    edits = [
        Edit(found.start(), found.end(), "" if found.group().startswith("-") else " ")
        for found in _PRINT_LINE.finditer(text)
    ]
    return apply_edits(text, edits)


def read_report(file: Path, known_digest: str = "") -> tuple[str, EditMap]:
    """A report's text with its printed lines joined, and the map from its offsets.

    Args:
        file: the text as it was extracted from the PDF.
        known_digest: SHA-256 of the text that labels were set in; empty if it does not matter.

    Raises:
        ValueError: if it is another text.
    """
    text = normalise(file.read_text(encoding="utf-8"))
    if known_digest and digest(text) != known_digest:
        raise ValueError(f"{file}: not the text that was labelled; {MANIFEST} beside the labels has its digest")
    return join_print_lines(text)


def texts_of(folder: Path) -> dict[str, tuple[int, str]]:
    """Name of a report -> how many code points its text has and its SHA-256, from the manifest beside the labels."""
    rows = (line.split("\t") for line in (folder / MANIFEST).read_text(encoding="utf-8").splitlines())
    return {row[0]: (int(row[1]), row[2]) for row in rows if not row[0].startswith("#")}


def draws_of(folder: Path) -> list[Path]:
    """The folders of labels, one a draw of sentences, by name."""
    return sorted(each for each in folder.iterdir() if each.is_dir())


def labelled_in(draw: Path) -> list[str]:
    """Names of the reports that sentences of a draw stand in."""
    return sorted({file.name.split(".reader")[0] for file in draw.glob("*.reader*.tsv")})


def read_reports(folder: Path, texts: Path, pipeline: Pipeline) -> dict[str, list[Report]]:
    """Name of the draw -> its reports. Each text is read once.

    Args:
        folder: where the draws' labels lie.
        texts: where the reports lie, as `NAME.txt`.
        pipeline: reads the words.

    Raises:
        ValueError: if a text is not the one that was labelled.
        FileNotFoundError: if one is missing.
    """
    known = texts_of(folder)
    opened: dict[str, tuple[Document, EditMap]] = {}
    found: dict[str, list[Report]] = {}
    for draw in draws_of(folder):
        for name in labelled_in(draw):
            if name not in opened:
                text, moved = read_report(texts / f"{name}.txt", known[name][1])
                opened[name] = Document(name, text, (), "report", parse(text, (), pipeline)), moved
            document, moved = opened[name]
            readings = tuple(
                [Label(*moved.span(each.start, each.end), each.codes) for each in labels]
                for labels in readings_of(draw, name)
            )
            found.setdefault(draw.name, []).append(Report(document, readings))
    return found


def judge(report: Report, evidence: Evidence, suggester: Suggester, themes: Sequence[str]) -> Judgements:
    """What is proposed for each labelled sentence, beside what the readers say. Each sentence is a group of its own."""
    document, labels = report.document, report.labels
    found = np.zeros((len(labels), len(themes)), dtype=np.bool_)
    top = tops(suggester.codebook)
    starts, ends = np.array([label.start for label in labels]), np.array([label.end for label in labels])
    for each in suggest(evidence, suggester):
        if top[each.code] in themes:
            shared = np.minimum(ends, each.end) - np.maximum(starts, each.start)
            column = found[:, themes.index(top[each.code])]
            column |= shared > 0.5 * np.minimum(ends - starts, each.end - each.start)
    words = suggester.word_rows(evidence)
    units = [units_of(evidence, label.start, label.end) for label in labels]
    likely = np.zeros((len(labels), len(themes)))
    for place, theme in enumerate(themes):
        believed = chances(evidence, suggester.models[theme], words)
        likely[:, place] = [believed[each].max(initial=0.0) for each in units]
    said = [document.text[label.start : label.end] for label in labels]
    return Judgements(
        themes=tuple(themes),
        meant=np.array([[theme in label.codes for theme in themes] for label in labels], dtype=np.bool_),
        found=found,
        likely=likely,
        counted=np.ones_like(found),
        groups=np.arange(len(labels)),
        lengths=(ends - starts).astype(np.float64),
        words=np.array([len(each.split()) for each in said], dtype=np.int64),
        by_participant=np.ones(len(labels), dtype=np.bool_),
        languages=np.array([language_of(words_of(each)) for each in said], dtype="<U2"),
    )
