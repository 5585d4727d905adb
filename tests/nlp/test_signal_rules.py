"""What fires a signal, and what must not."""

from __future__ import annotations

import pytest

from codebooks.model import Code, Codebook, Signal, Terms
from nlp.pipeline import Pipeline, Unit, load
from nlp.rules import Finding, compile_rules


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return load()


def codebook(*signals: Signal, slug: str = "kode", status: str = "active") -> Codebook:
    return Codebook(name="prøve", codes=(Code(slug=slug, name=slug, signals=signals, status=status),))  # type: ignore[arg-type]


def findings(pipeline: Pipeline, text: str, *signals: Signal) -> tuple[Finding, ...]:
    rules = compile_rules(codebook(*signals), pipeline)
    return rules.findings(Unit(0, len(text), pipeline.tokens(text)))


def reasons(pipeline: Pipeline, text: str, *signals: Signal) -> list[str]:
    return [text[start:end] for found in findings(pipeline, text, *signals) for start, end in found.because]


def signal(**terms: tuple[str, ...]) -> Signal:
    return Signal(name="prøve", any=Terms(**terms))


@pytest.mark.parametrize(
    ("terms", "text", "expected"),
    [
        ({"words": ("kutt",)}, "Det blir kutt på akutten.", ["kutt"]),
        ({"words": ("KUTT",)}, "Kutt!", ["Kutt"]),
        (
            {"words": ("nedbeman*",)},
            "De nedbemanner, og nedbemanningen svir.",
            ["nedbemanner", "nedbemanningen"],
        ),
        ({"words": ("på sofaen hos",)}, "Han lå på sofaen hos en venn.", ["på sofaen hos"]),
        (
            {"words": ("rus og psykisk* lidels*",)},
            "Samtidig rus- og psykiske lidelser",
            ["rus- og psykiske lidelser"],
        ),
        ({"words": ("fact",)}, "Nå har vi FACT-teamet.", ["FACT-teamet"]),
        ({"lemmas": ("bolig",)}, "Boligene er få, og boligmangelen stor.", ["Boligene"]),
        ({"lemmas": ("egnet bolig",)}, "De har egnede boliger.", ["egnede boliger"]),
        ({"parts": ("bolig",)}, "Boligene er få, og boligmangelen stor.", ["Boligene", "boligmangelen"]),
        ({"parts": ("bolig",)}, "Bustadane er få, og leigebustader dyre.", ["Bustadane", "leigebustader"]),
        ({"parts": ("bo",)}, "I Bodø er det bortsett fra bolken ingen botilbud.", ["botilbud"]),
        ({"parts": ("ramme",)}, "Programmet har rammetilskudd.", ["rammetilskudd"]),
        ({"lemmas": ("middel", "midler")}, "Rusmidler og legemidler, men ingen midler.", ["midler"]),
        ({"lemmas": ("gjeld",)}, "Det gjelder gjelda hans.", ["gjelda"]),
        (
            {"lemmas": ("rusproblem",)},
            "Mange med rus- og psykiske helseproblemer",
            ["rus- og psykiske helseproblemer"],
        ),
        (
            {"lemmas": ("spesialisthelsetjeneste",)},
            "Spesialisthelsetenesta svarer ikkje.",
            ["Spesialisthelsetenesta"],
        ),
    ],
)
def test_terms(pipeline: Pipeline, terms: dict[str, tuple[str, ...]], text: str, expected: list[str]) -> None:
    assert reasons(pipeline, text, signal(**terms)) == expected


@pytest.mark.parametrize(
    ("terms", "text"),
    [
        ({"words": ("kutt",)}, "Akutt innleggelse."),
        ({"words": ("ramme",)}, "Programmet startet."),
        ({"lemmas": ("samtidig rusmisbruk",)}, "Samtidig er rusmisbruk vanlig ellers."),
        ({"words": ("på sofaen hos",)}, "Han satt på sofaen."),
        ({"parts": ("rus",)}, "Frustrerende trusler etter beruselse."),
        ({"lemmas": ("hus",)}, "Sykehus og aktivitetshus."),
    ],
)
def test_look_alikes_stay_silent(pipeline: Pipeline, terms: dict[str, tuple[str, ...]], text: str) -> None:
    assert findings(pipeline, text, signal(**terms)) == ()


def test_every_group_must_hit_somewhere(pipeline: Pipeline) -> None:
    rule = Signal(
        name="samtidig",
        any=Terms(parts=("rus",)),
        all=(Terms(words=("samtidig*",)), Terms(lemmas=("lidelse",), words=("psykisk*",))),
    )
    assert reasons(pipeline, "Samtidig rusmisbruk og psykisk lidelse", rule) == ["rusmisbruk"]
    assert findings(pipeline, "Samtidig økte rusmisbruket i kommunen.", rule) == ()


def test_near_counts_words_without_punctuation(pipeline: Pipeline) -> None:
    rule = Signal(name="nær", any=Terms(lemmas=("samarbeid",)), near=Terms(words=("dps",)), within=3)
    assert findings(pipeline, "Samarbeidet – det går, (med) DPS.", rule) == ()
    assert reasons(pipeline, "Samarbeidet – med, vel: DPS.", rule) == ["Samarbeidet"]
    assert reasons(pipeline, "DPS og samarbeid, men for langt herfra til neste samarbeid", rule) == ["samarbeid"]


def test_not_silences_the_whole_unit(pipeline: Pipeline) -> None:
    rule = Signal(name="ikke nav", any=Terms(lemmas=("samarbeid",)), unless=Terms(words=("nav",)))
    assert reasons(pipeline, "Godt samarbeid.", rule) == ["samarbeid"]
    assert findings(pipeline, "Godt samarbeid med NAV.", rule) == ()


def test_a_unit_name_is_no_patient_group(pipeline: Pipeline) -> None:
    rule = Signal(
        name="ROP",
        any=Terms(words=("rop",)),
        outside=Terms(words=("rop-tjeneste*", "rop-virksomhet*", "rop sør", "rop nord", "psykisk helsetjeneste rop")),
    )
    for name in (
        "ROP-tjenesten i Karmøy",
        "ROP-virksomheten har ansatt to",
        "ROP sør og ROP nord",
        "Rus og psykisk helsetjeneste (ROP)",
    ):
        assert findings(pipeline, name, rule) == ()
    assert reasons(pipeline, "ROP-tjenesten hjelper ROP-pasienter.", rule) == ["ROP-pasienter"]


def test_a_survey_name_is_no_user(pipeline: Pipeline) -> None:
    rule = Signal(name="bruker", any=Terms(parts=("bruker",)), outside=Terms(words=("brukerplan*",)))
    assert findings(pipeline, "Tall fra BrukerPlan og BrukerPlan-kartleggingen", rule) == ()
    assert reasons(pipeline, "I BrukerPlan er brukerne med.", rule) == ["brukerne"]


def test_service_label_and_patient_group_differ_by_one_word(pipeline: Pipeline) -> None:
    rule = signal(lemmas=("rusproblem", "ruslidelse", "rusplage"))
    assert findings(pipeline, "Enhet for rus- og psykisk helse, rus- og psykisk helsearbeid", rule) == ()
    assert reasons(pipeline, "personer med rus- og psykiske helseplager", rule) == ["rus- og psykiske helseplager"]


def test_retired_codes_are_not_asked(pipeline: Pipeline) -> None:
    rules = compile_rules(codebook(signal(lemmas=("bolig",)), status="retired"), pipeline)
    assert rules.findings(Unit(0, 5, pipeline.tokens("Bolig"))) == ()


def test_overlapping_triggers_become_one_reason(pipeline: Pipeline) -> None:
    rule = signal(lemmas=("bolig", "egnet bolig"), words=("egnede",))
    assert reasons(pipeline, "to egnede boliger her", rule) == ["egnede boliger"]
