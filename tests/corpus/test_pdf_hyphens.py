"""Line-end hyphens: what is joined, what is kept, and how sure it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.pdf_text.hyphens import Verdict, Vocabulary, judge
from corpus.pdf_text.lines import split_lines
from corpus.pdf_text.profile import hyphens, repair
from corpus.text import digest, normalise

TEXT = """Teamet møter brukerne i kommunen og i bydelen. FACT-teamet er ett av dem.
BrukerPlan er en kartlegging, og KoRus-ene bruker den. SAMDATA er en kilde. Rusfeltet vokser.
Kartleggingen av rus og feltet gjøres i Trondheim. Trondheim-modellen er kjent. En psykolog og en lege.
Huset ligger ved sjøen, og planen finnes på https://www.eksempel.no/ny-oversikt/over-planer.html der.
"""
LABELS = Path(__file__).with_name("pdf_labels.tsv")
REPORT = Path(__file__).parents[2].parent / "shared" / "texts" / "fafo-2019-33.txt"


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    return Vocabulary(split_lines(TEXT))


@pytest.mark.parametrize(
    ("left", "right", "kind"),
    [
        ("de ansatte i kom", "munen sier", "join"),
        ("den nye kartleg", "gingens mål", "join"),
        ("innen rus", "feltet er", "join"),
        ("økte med 3,5 %", "poeng", "keep"),
        ("i IS", "24/8 oppgir", "keep"),
        ("fra IS-24/8", "undersøkelsen", "keep"),
        ("i 2017", "kartleggingen", "keep"),
        ("perioden 2016", "2017", "keep"),
        ("flere FACT", "teamet", "keep"),
        ("et ACT", "team til", "keep"),
        ("fra BrukerPlan", "dataene", "keep"),
        ("bruk av Bru", "kerPlan", "join"),
        ("alle Ko", "Rus-ene", "join"),
        ("tall fra SAM", "DATA", "join"),
        ("KARTLEG", "GINGEN AV RUS", "join"),
        ("ved sykehuset i Nord", "Norge", "keep"),
        ("vil»", "punktene", "keep"),
        ("problemer/", "avhengighet", "keep"),
        ("behandling for rus", "og psykiske plager", "suspended"),
        ("i FACT", "eller RusFACT", "suspended"),
        ("samtale med psykol", "og på stedet", "join"),
        ("den nye e", "posten", "keep"),
        ("hver sin tv", "serie", "keep"),
        ("på https://www.eksempel.no/ny", "plan/", "address"),
        ("på https://www.eksempel.no/ny", "oversikt/over-planer.html", "address"),
        ("på https://www.eksempel.no/ny-over", "sikt/over-planer.html.", "join"),
        ("behandling ", "på rett sted", "dash"),
        ("", "mann", "debris"),
    ],
)
def test_each_shape_of_break_has_its_verdict(words: Vocabulary, left: str, right: str, kind: str) -> None:
    assert judge(left, right, words).kind == kind


def test_a_word_seen_elsewhere_is_certain_and_a_compound_of_two_known_words_is_not(words: Vocabulary) -> None:
    assert judge("i kom", "munen", words) == Verdict("join")
    assert judge("et sjøen", "huset", words).certain is False


def test_a_name_before_a_known_word_is_uncertain(words: Vocabulary) -> None:
    assert judge("et Viken", "hallen", words).certain
    assert judge("et Viken", "feltet", words) == Verdict("join", certain=False)


def test_an_address_broken_nowhere_else_settles_its_own_hyphen(words: Vocabulary) -> None:
    assert judge("se https://www.eksempel.no/ny", "oversikt/over-planer.html", words).certain
    assert not judge("se https://www.eksempel.no/andre", "planer.html", words).certain


def test_a_name_that_takes_hyphens_elsewhere_keeps_this_one(words: Vocabulary) -> None:
    assert judge("etter Trondheim", "planen", words) == Verdict("keep", certain=False)


def test_a_hyphen_with_a_rare_space_after_it_is_certain_only_when_the_text_settles_it(words: Vocabulary) -> None:
    assert not judge("stor pårør", "endekraft", words, spaced=True).certain
    assert judge("innen rus", "feltet", words, spaced=True).certain


def test_vocabulary_leaves_out_the_parts_of_broken_words() -> None:
    broken = Vocabulary(split_lines("vi ser på kar-\nleggingen av alt\n"))
    assert broken.lowered["kar"] == broken.lowered["leggingen"] == 0
    assert broken.lowered["alt"] == 1


def test_both_kinds_of_typesetters_mark_are_read_as_hyphens() -> None:
    assert repair("Dette er kommu\ufffenen, og rapporten fra IS\x02\n24/8 kom.\n").text == (
        "Dette er kommunen, og rapporten fra IS-24/8 kom.\n"
    )


def test_the_verdicts_say_which_hyphens_stand_in_a_footnote() -> None:
    text = (
        "Teamet1 er i kom-\nmunen og i bydelen.\n\n \n1 Se planen for kom-\nmunen. \n Det er bra at kommunen er med.\n"
    )
    decided = hyphens(text)
    assert [(text[hyphen.offset], hyphen.verdict.kind, hyphen.lifted) for hyphen in decided] == [
        ("-", "join", False),
        ("-", "join", True),
    ]


def read_labels() -> tuple[str, list[tuple[int, str, str]]]:
    lines = LABELS.read_text(encoding="utf-8").splitlines()
    sha256 = next(line.split()[-1] for line in lines if line.startswith("# sha256"))
    rows = [line.split("\t") for line in lines if line[0].isdigit()]
    return sha256, [(int(offset), label, sets) for offset, label, sets in rows]


@pytest.fixture(scope="module")
def report() -> str:
    if not REPORT.is_file():
        pytest.skip("the labelled report is not beside the repository")
    raw = normalise(REPORT.read_text(encoding="utf-8"))
    if digest(raw) != read_labels()[0]:
        pytest.skip("the report beside the repository is not the one that was labelled")
    return raw


def test_the_drawn_hyphens_of_a_report_are_right(report: str) -> None:
    decided = {hyphen.offset: hyphen.verdict.kind for hyphen in hyphens(report)}
    drawn = [(offset, label) for offset, label, sets in read_labels()[1] if "draw" in sets]
    wrong = [(offset, label, decided.get(offset)) for offset, label in drawn if decided.get(offset) != label]
    assert len(drawn) == 200
    assert len(wrong) <= 4, wrong


def test_the_hard_hyphens_of_a_report_are_right(report: str) -> None:
    decided = {hyphen.offset: hyphen.verdict.kind for hyphen in hyphens(report)}
    hard = [(offset, label) for offset, label, sets in read_labels()[1] if "hard" in sets]
    wrong = [(offset, label, decided.get(offset)) for offset, label in hard if decided.get(offset) != label]
    assert len(wrong) <= 2, wrong


def test_every_percentage_point_and_suspended_hyphen_of_a_report_stays(report: str) -> None:
    text = repair(report).text
    assert sum("percent" in sets for _, _, sets in read_labels()[1]) == text.count("%-poeng") == 91
    assert "%-\n" not in text
    assert "avdeling rus- og " in text
    assert text.count("IS-24/8-kartleggingen") >= 1
    assert "IS-\n" not in text
    for word in ("FACT-teamet", "RusFACT-teamene", "Nord-Norge", "MO-senter", "KoRus-ene", "BrukerPlan-dataene"):
        assert word in text
