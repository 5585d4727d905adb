"""Suggestions for one text: what the signals of a codebook find, unit by unit.

A unit is a sentence; it never crosses a line or a turn. What an interviewer says is read, since an answer rests on its
question, but nothing is ever suggested there.

Two methods:

`rule`: a signal worth `SURE` or more fired in the unit itself.
`exchange`: only weaker signals fired there, but a sure one of the same theme fired close by (in an interview up to four
units before or two after, elsewhere next to it). Such a unit is proposed with its own score raised by `LENT` of the
neighbour's. A unit without any signal of its own is never proposed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from codebooks.model import Codebook
from corpus.model import SourceKind, Turn
from nlp.pipeline import Pipeline
from nlp.rules import Finding, Rules, rules_for
from nlp.sentences import sentence_spans
from nlp.suggestion import Suggestion

SURE = 0.5
LENT = 0.4
REACH_IN_SPEECH = (4, 2)
REACH_IN_PROSE = (1, 1)
_UNITS_BETWEEN_REPORTS = 32


@dataclass(frozen=True, slots=True)
class _Read:
    """A unit that has been read."""

    start: int
    end: int
    codable: bool
    findings: tuple[Finding, ...]


def suggest(
    text: str,
    turns: Sequence[Turn],
    kind: SourceKind,
    codebook: Codebook,
    pipeline: Pipeline,
    *,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Iterator[Suggestion]:
    """Suggestions in text order, at one place in the codebook's order; at most one for each unit and code.

    Args:
        text: the stored text.
        turns: who speaks where; empty for running prose. Text outside all turns is passed over when there are any.
        kind: decides how far evidence reaches.
        codebook: its active codes' signals are asked.
        pipeline: reads the words.
        cancelled: asked before each unit; nothing more comes once it says yes.
        progress: called now and then with code points read and code points in all.
    """
    rules = rules_for(codebook, pipeline)
    read: list[_Read] = []
    for number, (start, end, codable) in enumerate(units(text, turns)):
        if cancelled():
            return
        read.append(_Read(start, end, codable, _findings(text, start, end, rules, pipeline)))
        if number % _UNITS_BETWEEN_REPORTS == 0:
            progress(end, len(text))
    progress(len(text), len(text))
    reach = REACH_IN_SPEECH if kind == "transcript" else REACH_IN_PROSE
    families = _families(codebook)
    for place, unit in enumerate(read):
        if cancelled():
            return
        if unit.codable and unit.findings:
            neighbours = read[max(place - reach[0], 0) : place] + read[place + 1 : place + 1 + reach[1]]
            yield from _of_unit(unit, _sure(neighbours, families), families, pipeline.identity)


def units(text: str, turns: Sequence[Turn]) -> Iterator[tuple[int, int, bool]]:
    """(start, end, whether suggestions may be made there) of every unit, in text order."""
    if not turns:
        yield from ((start, end, True) for start, end in sentence_spans(text))
        return
    for turn in turns:
        for start, end in sentence_spans(text, turn.start, turn.end):
            yield start, end, turn.role != "interviewer"


def _findings(text: str, start: int, end: int, rules: Rules, pipeline: Pipeline) -> tuple[Finding, ...]:
    return tuple(finding for unit in pipeline.analyse(text, ((start, end),)) for finding in rules.findings(unit))


def _families(codebook: Codebook) -> dict[str, tuple[str, ...]]:
    """Slug -> the code and its ancestors, nearest first."""
    parents = {code.slug: code.parent for code in codebook}
    families: dict[str, tuple[str, ...]] = {}
    for slug in parents:
        line: list[str] = []
        above: str | None = slug
        while above is not None and above not in line:
            line.append(above)
            above = parents.get(above)
        families[slug] = tuple(line)
    return families


def _sure(neighbours: Sequence[_Read], families: dict[str, tuple[str, ...]]) -> dict[str, float]:
    """Theme (top-level slug) -> the highest sure score among the neighbours."""
    best: dict[str, float] = {}
    for finding in (finding for unit in neighbours for finding in unit.findings):
        if finding.score >= SURE:
            theme = families[finding.code][-1]
            best[theme] = max(finding.score, best.get(theme, 0.0))
    return best


def _of_unit(
    unit: _Read, lent: dict[str, float], families: dict[str, tuple[str, ...]], identity: str
) -> Iterator[Suggestion]:
    by_code: dict[str, list[Finding]] = {}
    for finding in unit.findings:
        by_code.setdefault(finding.code, []).append(finding)
    proposals: dict[str, Suggestion] = {}
    for code, findings in by_code.items():
        strongest = max(findings, key=lambda finding: finding.score)
        score, method = strongest.score, "rule"
        if score < SURE:
            theme = families[code][-1]
            if theme not in lent:
                continue
            score, method = round(min(score + LENT * lent[theme], 1.0), 4), "exchange"
        proposals[code] = Suggestion(
            start=unit.start,
            end=unit.end,
            code=code,
            score=score,
            method=method,
            rule=strongest.signal,
            pipeline=identity,
            because=_united(span for finding in findings for span in finding.because),
        )
    yield from (proposals[code] for code in proposals if not _said_by_a_sub_code(code, proposals, families))


def _said_by_a_sub_code(code: str, proposals: dict[str, Suggestion], families: dict[str, tuple[str, ...]]) -> bool:
    """Whether a sub-code in the same unit says as much: a parent stands beside it only when it is the surer one."""
    return any(code in families[other][1:] and proposals[other].score >= proposals[code].score for other in proposals)


def _united(spans: Iterator[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    united: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if united and start < united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return tuple(united)
