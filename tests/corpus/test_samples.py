"""The sample corpus: every reference coding is found by its words, and every file can be read."""

from __future__ import annotations

from importlib.resources import as_file, files

import pytest
import yaml

from corpus.model import ReadOptions
from corpus.reading import read_source
from corpus.samples import (
    ReferenceCoding,
    Sample,
    case_register_template,
    case_register_text,
    place_of,
    reference_codings,
    samples,
)

SAMPLES = samples()
_each = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)


def _read(sample: Sample) -> object:
    labels = {*sample.interviewers, *(each.speaker for each in sample.informants)} - {""}
    with as_file(files("corpus") / "sample" / "interviews" / sample.file) as path:
        return read_source(path, ReadOptions(confirmed_labels=frozenset(labels)))


def test_there_are_at_least_eight_interviews() -> None:
    assert sum(sample.kind == "transcript" for sample in SAMPLES) >= 8


@_each
def test_a_sample_is_read_without_doubt_and_its_speakers_are_there(sample: Sample) -> None:
    transcript = _read(sample)
    assert len(transcript.text) > 3000
    named = {each.speaker for each in sample.informants if each.speaker}
    assert named <= set(transcript.speakers)
    if sample.kind == "transcript":
        assert len(transcript.turns) > 50


@_each
def test_a_sample_lies_in_cases_of_the_register(sample: Sample) -> None:
    known = {case["name"] for case in yaml.safe_load(case_register_text())["cases"]}
    assert set(sample.cases) <= known


@pytest.mark.parametrize("sample", [each for each in SAMPLES if reference_codings(each)], ids=lambda each: each.stem)
def test_every_reference_quote_is_found_in_order(sample: Sample) -> None:
    text = _read(sample).text
    for coding in reference_codings(sample):
        start, end = place_of(coding, text)
        assert text[start:end].startswith(coding.first)
        assert text[start:end].endswith(coding.last)
        assert end - start < 4000, coding


def test_two_samples_have_a_full_reference() -> None:
    assert sum(len(reference_codings(sample)) >= 50 for sample in SAMPLES) >= 2


def test_words_that_are_not_there_are_said() -> None:
    for coding in (
        ReferenceCoding(code="a", first="borte", last="borte", occurrence=1),
        ReferenceCoding(code="a", first="her", last="borte", occurrence=1),
        ReferenceCoding(code="a", first="her", last="her", occurrence=3),
    ):
        with pytest.raises(ValueError, match="not in the text"):
            place_of(coding, "her og her")
    assert place_of(ReferenceCoding(code="a", first="her", last="her", occurrence=2), "her og her") == (7, 10)


def test_the_template_of_real_cases_holds_facts_only() -> None:
    assert yaml.safe_load(case_register_template())["cases"]
