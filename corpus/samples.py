"""The sample corpus in the package: invented interviews from invented places, with facts and reference codings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleInformant:
    number: str
    role: str
    level: str
    side: str
    speaker: str
    """The label in the file; empty in minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A sample source: its file and what a researcher would say about it on the way in."""

    stem: str
    name: str
    file: str
    kind: str
    verbatim: bool
    language: str
    cases: tuple[str, ...]
    wave: str
    date: str
    mode: str
    informants: tuple[SampleInformant, ...]
    interviewers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceCoding:
    """A coding by the reference coder, given by its words: a whole quote, or its first and last words."""

    code: str
    first: str
    last: str
    occurrence: int


def samples() -> list[Sample]:
    """Every sample source, in order."""
    folder = files("corpus") / "sample" / "interviews"
    entries = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".yaml")), key=lambda each: each.name)
    return [_sample(entry.name.removesuffix(".yaml"), yaml.safe_load(entry.read_text("utf-8"))) for entry in entries]


def case_register_text() -> str:
    """The invented cases of the sample corpus, as YAML."""
    return (files("corpus") / "sample" / "cases.yaml").read_text("utf-8")


def case_register_template() -> str:
    """Public facts about the study's real cases, as a template; no interviews come with it."""
    return (files("corpus") / "sample" / "case-register.yaml").read_text("utf-8")


def reference_codings(sample: Sample) -> tuple[ReferenceCoding, ...]:
    """The full reference coding of a sample; empty for most."""
    file = files("corpus") / "sample" / "reference" / f"{sample.stem}.yaml"
    if not file.is_file():
        return ()
    entries = yaml.safe_load(file.read_text("utf-8"))["codings"]
    return tuple(
        ReferenceCoding(
            code=entry["code"],
            first=entry.get("quote") or entry["from"],
            last=entry.get("quote") or entry["to"],
            occurrence=int(entry.get("occurrence", 1)),
        )
        for entry in entries
    )


def place_of(coding: ReferenceCoding, text: str) -> tuple[int, int]:
    """Where a reference coding lies in the text.

    Raises:
        ValueError: if its words are not there.
    """
    start = -1
    for _ in range(coding.occurrence):
        start = text.find(coding.first, start + 1)
        if start < 0:
            raise ValueError(f"not in the text: {coding.first[:40]!r}")
    last = start if coding.last == coding.first else text.find(coding.last, start)
    if last < 0:
        raise ValueError(f"not in the text: {coding.last[:40]!r}")
    return start, last + len(coding.last)


def _sample(stem: str, facts: Mapping[str, Any]) -> Sample:
    return Sample(
        stem=stem,
        name=facts["name"],
        file=facts["file"],
        kind=facts["kind"],
        verbatim=bool(facts["verbatim"]),
        language=facts["language"],
        cases=tuple(facts["cases"]),
        wave=str(facts["wave"]),
        date=str(facts["date"]),
        mode=facts["mode"],
        informants=tuple(
            SampleInformant(
                number=each["number"],
                role=each["role"],
                level=each["level"],
                side=each["side"],
                speaker=each.get("speaker", ""),
            )
            for each in facts["informants"]
        ),
        interviewers=tuple(facts["interviewers"]),
    )
