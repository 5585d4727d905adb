"""Measures the suggestions against labelled interviews and reports, and the pipeline against the treebanks.

    python -m nlp.evaluate [PART ...] [--data DIR] [--texts DIR] [--treebanks DIR] [--draw NAME ...] [--codebook FILE] [--seeds N]
        [--decisions N] [--errors]

Parts, all of them unless some are named:

    agreement    the readers against each other
    kept         interviews that no signal and no weight was made from
    development  interviews that they were made from: seen data
    crossfit     the same, each set with words weighed on the other sets
    reports      sentences of reports (needs --texts: the reports are not part of the repository)
    learning     what is gained by decisions in a project of one set, and in reports
    pipeline     the trained pipeline on the treebanks' test files (needs --treebanks); `nlp.evaluate_pipeline` has more

`crossfit` and `learning` take minutes. `micro` sums the four themes of the study; `read` is the share of the text to be
read, the likeliest first, before nine in ten of a theme's units are found; `false/1000` counts wrongly proposed pairs of a
unit and a theme. Intervals are for F, with interviews or report sentences drawn again.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from codebooks.errors import CodebookError
from codebooks.model import Codebook
from corpus.errors import UnreadableSource
from nlp import evaluate_pipeline
from nlp.evaluation import learning_curve, reports, speech
from nlp.evaluation.codebook import codebook_of, require_themes
from nlp.evaluation.crossfit import left_out
from nlp.evaluation.judgements import Judgements, joined
from nlp.evaluation.labels import THEMES, Label, readings_of
from nlp.evaluation.learning_curve import Place
from nlp.evaluation.reports import Report
from nlp.evaluation.speech import Interview
from nlp.evaluation.tables import agreement_table, difference_lines, gain_table, language_table, score_table
from nlp.evidence import Evidence, read_evidence
from nlp.learning.teach import Seen
from nlp.pipeline import Pipeline, load
from nlp.rules import rules_for
from nlp.suggest import from_codebook
from nlp.vocabulary import Vocabulary

PARTS = ("agreement", "kept", "development", "crossfit", "reports", "learning", "pipeline")
DATA = Path(__file__).parents[1] / "tests" / "data"
DECISIONS, SEEDS = 150, 5


@dataclass(frozen=True)
class Material:
    """What is measured on, read when it is first asked for."""

    data: Path
    texts: Path | None
    codebook: Codebook
    draws: tuple[str, ...] = ()
    """Of report sentences; all if empty."""
    pipeline: Pipeline = field(default_factory=load)

    @cached_property
    def kept(self) -> list[Interview]:
        return speech.read_interviews(self.data / "speech" / "kept", self.pipeline)

    @cached_property
    def development(self) -> list[Interview]:
        return speech.read_interviews(self.data / "speech" / "development", self.pipeline)

    @cached_property
    def folds(self) -> list[tuple[str, list[Interview], Codebook]]:
        """Each development set with a codebook whose words were weighed without it."""
        return list(left_out(self.development, self.codebook))

    @cached_property
    def reports(self) -> dict[str, list[Report]]:
        """Draw -> its reports; none without the texts."""
        if self.texts is None:
            return {}
        found = reports.read_reports(self.data / "reports", self.texts, self.pipeline)
        if unknown := [name for name in self.draws if name not in found]:
            raise ValueError(f"{self.data / 'reports'}: no draw {unknown[0]}; there are {', '.join(found)}")
        return {name: each for name, each in found.items() if not self.draws or name in self.draws}

    @cached_property
    def report_evidence(self) -> dict[str, Evidence]:
        """Name of a report -> its text with the codebook's signals asked of it."""
        documents = {each.document.id: each.document for draw in self.reports.values() for each in draw}
        rules, vocabulary = rules_for(self.codebook, self.pipeline), Vocabulary()
        return {name: read_evidence(each, rules, self.codebook, vocabulary) for name, each in documents.items()}


def main(argv: list[str] | None = None) -> int:
    """Prints the parts asked for; 1 when the material cannot be read, or the pipeline is below a floor."""
    parser = argparse.ArgumentParser(
        prog="python -m nlp.evaluate", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--data", type=Path, default=DATA, help="folder that holds speech/ and reports/")
    parser.add_argument("--texts", type=Path, help="folder with the labelled reports as NAME.txt")
    parser.add_argument("--treebanks", type=Path, help="folder with the treebank archives")
    parser.add_argument("--draw", action="append", default=[], help="of report sentences; may be given again")
    parser.add_argument("--codebook", type=Path, help="instead of the packaged one")
    parser.add_argument("--seeds", type=int, default=SEEDS, help="how many times learning is simulated")
    parser.add_argument("--decisions", type=int, default=DECISIONS, help="how many each simulation makes")
    parser.add_argument(
        "--errors", action="store_true", help="list where readers and suggestions differ; never for the kept interviews"
    )
    arguments = parser.parse_args(argv)
    if unknown := [part for part in arguments.parts if part not in PARTS]:
        parser.error(f"no part {unknown[0]}; there are {', '.join(PARTS)}")
    if "reports" in arguments.parts and not arguments.texts:
        parser.error("reports need --texts, the folder with the reports as NAME.txt")
    if "pipeline" in arguments.parts and not arguments.treebanks:
        parser.error("pipeline needs --treebanks, the folder with the treebank archives")
    missed = 0
    try:
        codebook = codebook_of(arguments.codebook)
        require_themes(codebook)
        material = Material(arguments.data, arguments.texts, codebook, tuple(arguments.draw))
        for part in arguments.parts or PARTS:
            if part == "pipeline":
                missed += (
                    evaluate_pipeline.main(["--treebanks", str(arguments.treebanks)]) if arguments.treebanks else 0
                )
                continue
            for line in _lines(part, material, arguments):
                print(line, flush=True)
    except (CodebookError, UnreadableSource, ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return min(missed, 1)


def _lines(part: str, material: Material, arguments: argparse.Namespace) -> Iterator[str]:
    match part:
        case "agreement":
            yield from _agreement(material)
        case "kept":
            yield from _interviews("kept", material.kept, _judged(material, material.kept, material.codebook))
        case "development":
            judged = _judged(material, material.development, material.codebook)
            yield from _interviews("development (seen)", material.development, judged)
            if arguments.errors:
                yield from difference_lines(judged, _turns_said(material.development))
        case "crossfit":
            parts = [_judged(material, held_out, codebook) for _name, held_out, codebook in material.folds]
            interviews = [each for _name, held_out, _codebook in material.folds for each in held_out]
            yield from _interviews("development, each set left out", interviews, joined(parts))
            for (name, _held_out, _codebook), each in zip(material.folds, parts, strict=True):
                yield f"set {name}"
                yield from list(score_table(each))[-2:]
        case "reports":
            yield from _reports(material, errors=arguments.errors)
        case "learning":
            yield from _speech_learning(material, arguments.decisions, arguments.seeds)
            yield from _report_learning(material, arguments.decisions, arguments.seeds)


def _agreement(material: Material) -> Iterator[str]:
    for name, interviews in (("development", material.development), ("kept", material.kept)):
        pairs = [pair for each in interviews for pair in _pairs(each.readings)]
        texts = sum(len(each.readings) > 1 for each in interviews)
        yield f"== two readers, {name}: {texts} interviews, {len(pairs)} turns"
        yield from agreement_table(pairs, THEMES)
    folder = material.data / "reports"
    for draw in reports.draws_of(folder):
        pairs = [pair for name in reports.labelled_in(draw) for pair in _pairs(readings_of(draw, name))]
        if pairs:
            yield f"== two readers, report sentences, {draw.name}: {len(pairs)} sentences"
            yield from agreement_table(pairs, THEMES)


def _pairs(readings: Sequence[Sequence[Label]]) -> list[tuple[Label, Label]]:
    return list(zip(readings[0], readings[1], strict=True)) if len(readings) > 1 else []


def _judged(material: Material, interviews: Sequence[Interview], codebook: Codebook) -> Judgements:
    suggester = from_codebook(codebook)
    evidence = speech.evidence_of(interviews, codebook, material.pipeline)
    return joined([speech.judge(*each, suggester, THEMES) for each in zip(interviews, evidence, strict=True)])


def _interviews(name: str, interviews: Sequence[Interview], judged: Judgements) -> Iterator[str]:
    participants = judged.where(judged.by_participant)
    yield f"== {name}: {len(interviews)} interviews, {int(judged.words.sum()):,} words"
    for turns, chosen in (("all turns", judged), ("participants' turns", participants)):
        yield f"{turns}: {len(chosen)}"
        yield from score_table(chosen)
        yield from language_table(chosen)


def _turns_said(interviews: Sequence[Interview]) -> list[tuple[str, int, str]]:
    return [
        (each.document.id, turn.start, each.document.text[turn.start : turn.end])
        for each in interviews
        for turn in each.document.turns
    ]


def _reports(material: Material, *, errors: bool) -> Iterator[str]:
    if not material.reports:
        yield "== reports: left out, since --texts names no folder with them"
        return
    suggester = from_codebook(material.codebook)
    parts = []
    for draw, found in material.reports.items():
        judged = joined(
            [reports.judge(each, material.report_evidence[each.document.id], suggester, THEMES) for each in found]
        )
        parts.append(judged)
        readers = max(len(each.readings) for each in found)
        yield f"== report sentences, {draw}: {len(judged)} sentences, {int(judged.words.sum()):,} words, {readers} readers"
        yield from score_table(judged)
        if errors:
            yield from difference_lines(
                judged,
                [
                    (each.document.id, label.start, each.document.text[label.start : label.end])
                    for each in found
                    for label in each.labels
                ],
            )
    if len(parts) > 1:
        together = joined(parts)
        yield f"== report sentences, {', '.join(material.reports)} together: {len(together)} sentences"
        yield from score_table(together)


def _speech_learning(material: Material, decisions: int, seeds: int) -> Iterator[str]:
    """One project for each set; the kept interviews are one, with the codebook as it is."""
    runs: list[list[tuple[Judgements, Judgements]]] = [[] for _ in range(seeds)]
    kept = ("kept", material.kept, material.codebook)
    for name, interviews, codebook in (*material.folds, kept):
        vocabulary = Vocabulary()
        for interview in interviews:
            vocabulary.count(interview.document.parsed)
        evidence = speech.evidence_of(interviews, codebook, material.pipeline, vocabulary)
        seen = Seen.of(codebook, vocabulary, evidence)
        places = [
            place
            for interview, each in zip(interviews, evidence, strict=True)
            for place in learning_curve.places_of(each, interview.labels)
        ]
        found = [_speech_run(seen, interviews, evidence, places, decisions, seed) for seed in range(seeds)]
        yield f"== {decisions} decisions in a project of {len(interviews)} interviews: set {name}"
        yield from gain_table([(f"seed {seed}", *pair) for seed, pair in enumerate(found)])
        if name != "kept":
            for run, pair in zip(runs, found, strict=True):
                run.append(pair)
    yield f"== {decisions} decisions in each of {len(material.folds)} projects, all development sets together"
    yield from gain_table(
        [
            (f"seed {seed}", joined([before for before, _ in run]), joined([after for _, after in run]))
            for seed, run in enumerate(runs)
        ]
    )


def _speech_run(
    seen: Seen,
    interviews: Sequence[Interview],
    evidence: Sequence[Evidence],
    places: Sequence[Place],
    decisions: int,
    seed: int,
) -> tuple[Judgements, Judgements]:
    """Before and after, on the turns and themes that were not asked about."""
    asked = learning_curve.simulate(seen, places, THEMES, number=decisions, seed=seed)
    before, after = [
        joined(
            [
                speech.judge(interview, each, suggester, THEMES).without(
                    learning_curve.answered_in(asked, interview.document.id, len(interview.labels), THEMES)
                )
                for interview, each in zip(interviews, evidence, strict=True)
            ]
        )
        for suggester in (from_codebook(seen.codebook), learning_curve.taught(seen, asked))
    ]
    return before, after


def _report_learning(material: Material, decisions: int, seeds: int) -> Iterator[str]:
    """Decisions on the sentences of every draw but the last, measured on the last."""
    if len(material.reports) < 2:
        return
    *earlier, last = material.reports.values()
    vocabulary = Vocabulary()
    for each in material.report_evidence.values():
        vocabulary.count(each.document.parsed)
    seen = Seen.of(material.codebook, vocabulary, material.report_evidence.values())
    places = [
        place
        for draw in earlier
        for report in draw
        for place in learning_curve.places_of(material.report_evidence[report.document.id], report.labels)
    ]
    runs = []
    for seed in range(seeds):
        taught = learning_curve.taught(seen, learning_curve.simulate(seen, places, THEMES, number=decisions, seed=seed))
        before, after = [
            joined(
                [reports.judge(each, material.report_evidence[each.document.id], suggester, THEMES) for each in last]
            )
            for suggester in (from_codebook(material.codebook), taught)
        ]
        runs.append((f"seed {seed}", before, after))
    yield f"== {decisions} decisions on earlier report sentences, measured on {list(material.reports)[-1]}"
    yield from gain_table(runs)


if __name__ == "__main__":
    raise SystemExit(main())
