"""Words that set a code apart: which are proposed as signals, with which figures, and which never are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codebooks.model import Code, Codebook, Signal, Terms
from nlp.document import Document
from nlp.evidence import Evidence, read_evidence
from nlp.learning.decisions import Answers, Decision, answers
from nlp.learning.proposals import AT_LEAST, LEAST_Z, TermProposal, best_in_line, is_trigger, propose_terms
from nlp.learning.word_index import index_words
from nlp.pipeline import Pipeline
from nlp.rules import rules_for
from nlp.vocabulary import Vocabulary, terms_of
from nlp.words.keyness import log_odds, prior_of
from nlp.words.stop import is_stop

Talk = Callable[..., Document]
Ask = Callable[..., Evidence]
Texts = Mapping[str, Sequence[str]]
"""Document -> its sentences; those that end in `!` have the code."""

WEATHER = [
    "Månen lyser over fjorden.", "Katten sover på benken.", "Hunden løper i skogen.", "Regnet faller på taket.",
    "Toget kommer i morgen.", "Boka ligger på bordet.", "Fisken svømmer i elva.", "Snøen smelter om våren.",
    "Klokka henger på veggen.", "Bilen står i garasjen.", "Blomsten vokser i hagen.", "Barnet leker med ballen.",
    "Vinden blåser fra havet.", "Bakeren selger brød.", "Legen skriver resept.", "Læreren retter prøver.",
]  # fmt: skip


def book(*signals: Signal, below: Sequence[Signal] = ()) -> Codebook:
    return Codebook(
        name="prøve",
        codes=(
            Code(slug="bolig", name="Bolig", signals=signals),
            Code(slug="natt", name="Natt", parent="bolig", signals=tuple(below)),
            Code(slug="penger", name="Penger"),
        ),
    )


def trigger(**terms: tuple[str, ...]) -> Signal:
    return Signal(name="fra før", any=Terms(**terms))


@pytest.fixture
def coded(prose: Talk, ask: Ask) -> Callable[..., tuple[dict[str, Evidence], dict[str, Answers]]]:
    """A function from texts to evidence and answers: what is coded with `with_code` says of `code`."""

    def read(
        texts: Texts, codebook: Codebook, code: str = "bolig", with_code: str = "bolig"
    ) -> tuple[dict[str, Evidence], dict[str, Answers]]:
        evidence, known = {}, {}
        for name, sentences in texts.items():
            document = prose("\n".join(sentences), name=name)
            evidence[name] = ask(document, codebook)
            decisions = [
                Decision(document=name, start=start, end=start + len(sentence), code=with_code, applies=True)
                for sentence in sentences
                if sentence.endswith("!")
                for start in (document.text.index(sentence),)
            ]
            known[name] = answers(evidence[name], decisions, code, codebook, finished=False)
        return evidence, known

    return read


@pytest.fixture
def propose(
    coded: Callable[..., tuple[dict[str, Evidence], dict[str, Answers]]],
) -> Callable[..., dict[str, TermProposal]]:
    """A function from texts to what is proposed, by term."""

    def found(texts: Texts, codebook: Codebook | None = None, **named: str) -> dict[str, TermProposal]:
        codebook = codebook or book()
        evidence, known = coded(texts, codebook, **named)
        return {each.term: each for each in propose_terms(evidence, known, named.get("code", "bolig"), codebook)}

    return found


Propose = Callable[..., dict[str, TermProposal]]
HOSPITS = ["Anne sover på hospits!", "Berit betaler hospitset!", "Dag maler et hospits!", "Egil hater hospits!"]


def test_a_word_that_stands_with_the_code_is_proposed_with_its_figures(propose: Propose) -> None:
    texts = {"a": [*HOSPITS[:2], *WEATHER], "b": [*HOSPITS[2:], "Et hospits brant.", *WEATHER]}
    found = propose(texts)
    assert list(found) == ["hospits"]
    each = found["hospits"]
    assert (each.code, each.kind, each.yes, each.no, each.sources) == ("bolig", "lemma", 4, 1, ("a", "b"))
    assert not each.is_of_one_source
    assert each.z >= LEAST_Z and each.delta > 0


def test_examples_are_places_of_the_word_from_as_many_texts_as_there_are(propose: Propose) -> None:
    texts = {"a": [*HOSPITS[:3], *WEATHER], "b": [HOSPITS[3], *WEATHER]}
    examples = propose(texts)["hospits"].examples
    assert [each.document for each in examples] == ["a", "b", "a"]
    for each in examples:
        text = "\n".join(texts[each.document])
        assert text[each.start : each.end] in ("hospits", "hospitset")
        assert text[each.unit_start : each.unit_end] in HOSPITS


def test_a_word_said_as_often_elsewhere_is_not_proposed(propose: Propose) -> None:
    elsewhere = ["Et hospits brant.", "Hun tegnet hospitset.", "Hospitset har ny port.", "Fuglene elsker hospits."]
    assert propose({"a": [*HOSPITS, *elsewhere, *WEATHER], "b": WEATHER}) == {}
    assert list(propose({"a": [*HOSPITS, *elsewhere[:1], *WEATHER], "b": WEATHER})) == ["hospits"]


def test_a_word_in_too_few_units_is_not_proposed(propose: Propose) -> None:
    two = [*HOSPITS[:2], "På hospits, ja, hospits.", *WEATHER * 3]
    assert "hospits" not in propose({"a": two})
    assert AT_LEAST == 3


def test_nothing_coded_is_nothing_proposed(propose: Propose) -> None:
    assert propose({"a": WEATHER}) == {}
    assert propose({}) == {}


def test_small_words_and_figures_are_nobodys_signal(propose: Propose) -> None:
    texts = {name: [f"Liksom {n} altså 2019!" for n in ("slik", "da", "nå", "her")] + WEATHER for name in "ab"}
    assert propose(texts) == {}


def test_a_small_word_inside_compounds_is_nobodys_signal(propose: Propose) -> None:
    inside = ["Anne vil ha tenketid!", "Berit tok tenkepause!", "Dag endret tenkemåte!", "Egil liker tenkeboksen!"]
    assert propose({"a": [*inside, *WEATHER], "b": WEATHER}) == {}


def test_a_rarer_reading_does_not_stand_for_a_word_that_is_common(propose: Propose) -> None:
    rooms = ["Anne maler rommet!", "Berit vasker rommet!", "Dag fyrer i rommet!", "Egil forlot rommet!"]
    assert list(propose({"a": [*rooms, *WEATHER], "b": WEATHER})) == ["rom"]
    others = ["Rommene er kalde.", "Rommene ble dyre.", "Mange rom brant.", "Flere rom stenger."]
    assert propose({"a": [*rooms, *others, *WEATHER], "b": WEATHER}) == {}


def test_a_term_is_proposed_once_as_what_sets_the_code_apart_best(propose: Propose) -> None:
    plain = [*HOSPITS, "Fredrik leter etter hospitset!"]
    compounds = ["Greta ber om hospitsplass!", "Harald søker hospitsplasser!", "Ida fikk hospitsrom!"]
    elsewhere = ["Hospitsplassene er borte.", "Et hospitsrom var ledig."]
    found = propose({"a": [*plain, *compounds, *elsewhere, *WEATHER], "b": WEATHER * 2})
    assert (found["hospits"].kind, found["hospits"].yes, found["hospits"].no) == ("part", 8, 2)
    found = propose({"a": [*plain, *compounds, *elsewhere * 4, *WEATHER], "b": WEATHER * 2})
    assert (found["hospits"].kind, found["hospits"].yes, found["hospits"].no) == ("lemma", 5, 0)


def test_what_triggers_the_code_or_one_below_it_is_not_proposed(propose: Propose) -> None:
    texts = {"a": [*HOSPITS, *WEATHER], "b": WEATHER}
    assert "hospits" in propose(texts, book())
    for terms in ({"lemmas": ("hospits",)}, {"words": ("Hospits",)}, {"parts": ("hospits",)}, {"words": ("hosp*",)}):
        assert propose(texts, book(trigger(**terms))) == {}
        assert propose(texts, book(below=[trigger(**terms)])) == {}
        assert "hospits" in propose(texts, book(below=[trigger(**terms)]), code="penger", with_code="penger")
    assert "hospits" in propose(texts, book(trigger(words=("sover på hospits",)))), "a phrase is more than its words"


COMPOUNDS = [f"{where} mangler {what}!" for where, what in (
    ("Byen", "kommuneboliger"), ("Bygda", "omsorgsboliger"), ("Øya", "boligtomter"), ("Dalen", "boligpolitikk"))]  # fmt: skip


def test_a_part_of_several_compounds_is_proposed_as_a_part(propose: Propose) -> None:
    found = propose({"a": [*COMPOUNDS, *WEATHER], "b": WEATHER})
    assert (found["bolig"].kind, found["bolig"].yes, found["bolig"].no) == ("part", 4, 0)
    assert not {"kommunebolig", "omsorgsbolig", "boligtomt"} & found.keys()


def test_a_part_met_in_one_word_alone_leaves_it_to_the_word(propose: Propose) -> None:
    found = propose(
        {
            "a": [each.replace("hospitset", "hospits").replace("hospits", "boligmarked") for each in HOSPITS] + WEATHER,
            "b": WEATHER,
        }
    )
    assert list(found) == ["boligmarked"]
    assert found["boligmarked"].kind == "lemma"


def test_it_does_so_also_where_compounds_are_common_elsewhere(propose: Propose) -> None:
    rest = ["Skogsarbeideren kjører skogsmaskinen forbi fiskebåten ved fjordbunnen."] * 30
    texts = {
        "a": [*(each.replace("hospitset", "hospits").replace("hospits", "boligmarked") for each in HOSPITS), *WEATHER]
    }
    assert list(propose(texts | {"b": [*rest, *WEATHER]})) == ["boligmarked"]


def test_a_compound_is_left_to_its_part_where_that_says_more(propose: Propose) -> None:
    often = ["Dagmar bygger omsorgsbolig!", "Henrik tegner omsorgsboliger!", "Ivar rev omsorgsboligen!"]
    alone = propose({"a": [*often, *WEATHER], "b": WEATHER * 2})
    assert list(alone) == ["omsorgsbolig"]
    together = list(propose({"a": [*often, *COMPOUNDS, *WEATHER], "b": WEATHER * 2}))
    assert together[0] == "bolig" and "omsorgsbolig" not in together


def test_compounds_of_a_word_that_triggers_by_itself_alone_are_still_proposed(propose: Propose) -> None:
    texts = {"a": [*COMPOUNDS, "Hun har bolig!", *WEATHER], "b": ["En bolig brant.", *WEATHER]}
    found = propose(texts, book(trigger(lemmas=("bolig",))))
    assert (found["bolig"].kind, found["bolig"].yes, found["bolig"].no) == ("part", 4, 0), "counts what would be new"
    assert "bolig" not in propose(texts, book(trigger(parts=("bolig",))))


@pytest.mark.parametrize(
    ("written", "term", "both", "proposed"),
    [
        ("i Lillevik", "lillevik", False, False),
        ("i Lillevik", "lillevik", True, True),
        ("i lillevik", "lillevik", False, True),
        ("hos NKVT", "nkvt", False, True),
        ("i Hagen", "hage", False, False),
        ("i hagen", "hage", False, True),
    ],
)
def test_a_name_that_one_text_alone_has_is_nobodys_signal(
    propose: Propose, written: str, term: str, both: bool, proposed: bool
) -> None:
    coded = [f"{who} {written}!" for who in ("Anne venter", "Berit synger", "Dag graver", "Egil spiser")]
    rest = [each for each in WEATHER if "hagen" not in each]
    texts = {"a": [*coded[:2], *rest], "b": [*coded[2:], *rest]} if both else {"a": [*coded, *rest], "b": rest}
    assert list(propose(texts)) == ([term] if proposed else [])


def test_a_capital_at_the_beginning_of_a_sentence_makes_no_name_of_a_word_that_lists_know(propose: Propose) -> None:
    for word, proposed in (("Hospits", True), ("Qvorvik", False)):
        coded = [f"{word} {what}!" for what in ("venter", "brenner", "stenger", "flytter")]
        assert (word.lower() in propose({"a": [*coded, *WEATHER], "b": WEATHER})) == proposed


def test_what_one_text_alone_has_is_marked(propose: Propose) -> None:
    assert propose({"a": [*HOSPITS, *WEATHER], "b": WEATHER})["hospits"].is_of_one_source
    assert propose({"a": HOSPITS, "b": [*HOSPITS[:1], *WEATHER * 2]})["hospits"].sources == ("a", "b")


def test_what_an_interviewer_says_does_not_count(talk: Talk, ask: Ask) -> None:
    said = [("interviewer", "Hva med hospitset?"), ("participant", "Det brenner der.")]
    document = talk(*said * 5, *(("participant", each) for each in WEATHER), ("interviewer", "Brenner det?"))
    evidence = ask(document, book())
    everything = Decision(document="a", start=0, end=document.text.index("Månen"), code="bolig", applies=True)
    known = answers(evidence, [everything], "bolig", book(), finished=False)
    (found,) = propose_terms({"a": evidence}, {"a": known}, "bolig", book())
    assert (found.term, found.yes, found.no) == ("brenne", 5, 0)


def test_of_terms_in_the_same_words_one_stands(propose: Propose) -> None:
    nynorsk = ["Anne ventar på bustaden!", "Berit betaler bustaden!", "Dag maler bustaden!", "Egil hater bustaden!"]
    assert list(propose({"a": [*nynorsk, *WEATHER], "b": WEATHER})) == ["bustad"]


class TestLine:
    def test_a_term_is_kept_at_the_code_it_sets_apart_best(self) -> None:
        def proposal(code: str, term: str, z: float) -> TermProposal:
            return TermProposal(
                code=code, term=term, kind="lemma", z=z, delta=1.0, yes=3, no=0, sources=("a",), examples=()
            )

        found = [
            proposal("bolig", "hospits", 2.0),
            proposal("bolig", "leie", 3.0),
            proposal("natt", "hospits", 2.5),
            proposal("natt", "leie", 2.5),
            proposal("penger", "leie", 1.8),
            proposal("bolig", "natt", 2.0),
            proposal("natt", "natt", 2.0),
        ]
        kept = [(each.code, each.term) for each in best_in_line(found, book())]
        assert kept == [("bolig", "leie"), ("natt", "hospits"), ("penger", "leie"), ("natt", "natt")]

    def test_what_is_coded_with_a_code_below_counts(self, propose: Propose) -> None:
        texts = {"a": [*HOSPITS, *WEATHER], "b": WEATHER}
        assert "hospits" in propose(texts, code="bolig", with_code="natt")
        assert propose(texts, code="natt", with_code="bolig") == {}


@pytest.mark.parametrize(
    ("term", "kind", "expected"),
    [
        ("bolig", "lemma", True),
        ("bolig", "part", False),
        ("leie", "part", True),
        ("leiekontrakt", "lemma", True),
        ("leiekontrakt", "part", False),
        ("natta", "lemma", True),
        ("hospits", "lemma", False),
    ],
)
def test_whether_a_term_is_a_trigger_already(term: str, kind: str, expected: bool) -> None:
    known = book(trigger(lemmas=("bolig",), parts=("leie",)), below=[trigger(words=("natt*",))])
    assert is_trigger(known, "bolig", term, kind) is expected  # type: ignore[arg-type]
    assert not is_trigger(known, "penger", term, kind)  # type: ignore[arg-type]


POOL = [
    *COMPOUNDS, *HOSPITS, "Boligen er kald!", "Vi fikk boligtomten og hospitset.", "De leier ut rom.",
    "Rus/psykiatri er 24/7-vakt.", "Rus- og boligtiltak i 2020-åra.", "Leieprisen steg.",
    "Rommene på hospitset er små.", "Et leierom, ja.", *WEATHER[:6],
]  # fmt: skip
picked = st.dictionaries(
    st.sampled_from("abc"),
    st.lists(st.tuples(st.sampled_from(POOL), st.booleans()), min_size=4, max_size=30),
    min_size=1,
)


@pytest.fixture(scope="module")
def anything_stands_out() -> Iterator[None]:
    """Terms are proposed however little they stand out, so that there is much to look at."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("nlp.learning.proposals.LEAST_Z", 0.05)
        yield


def read_picked(
    prose: Talk, ask: Ask, drawn: dict[str, list[tuple[str, bool]]]
) -> tuple[dict[str, Evidence], dict[str, Answers]]:
    evidence, known = {}, {}
    for name, sentences in drawn.items():
        evidence[name] = ask(prose("\n".join(sentence for sentence, _coded in sentences), name=name), book())
        made, start = [], 0
        for sentence, coded in sentences:
            if coded:
                made.append(Decision(document=name, start=start, end=start + len(sentence), code="bolig", applies=True))
            start += len(sentence) + 1
        known[name] = answers(evidence[name], made, "bolig", book(), finished=False)
    return evidence, known


@pytest.mark.usefixtures("anything_stands_out")
@given(picked)
@settings(max_examples=40, deadline=None)
def test_figures_are_the_units_where_the_signal_would_fire(
    prose: Talk, ask: Ask, blank: Pipeline, drawn: dict[str, list[tuple[str, bool]]]
) -> None:
    evidence, known = read_picked(prose, ask, drawn)
    for each in propose_terms(evidence, known, "bolig", book()):
        terms = Terms(lemmas=(each.term,)) if each.kind == "lemma" else Terms(parts=(each.term,))
        wanted = book(Signal(name="ny", any=terms))
        yes, no = 0, 0
        for name, about in evidence.items():
            fired = read_evidence(about.document, rules_for(wanted, blank), wanted, Vocabulary()).findings.keys()
            applies = {unit for unit, says in zip(known[name].units, known[name].applies, strict=True) if says}
            yes += len(fired & applies)
            no += len(fired - applies)
            assert (name in each.sources) == bool(fired & applies)
        assert (each.yes, each.no) == (yes, no)
        assert each.yes >= AT_LEAST and each.z > 0 and each.delta > 0


@pytest.mark.usefixtures("anything_stands_out")
@given(picked)
@settings(max_examples=40, deadline=None)
def test_the_measure_is_that_of_all_words(prose: Talk, ask: Ask, drawn: dict[str, list[tuple[str, bool]]]) -> None:
    """Terms are judged by their own counts and the totals; nothing is lost by leaving the others out of the sum."""
    evidence, known = read_picked(prose, ask, drawn)
    counts: dict[str, tuple[Counter[str], Counter[str]]] = {}
    for kind in ("lemma", "part"):
        here, there = Counter[str](), Counter[str]()
        for name, about in evidence.items():
            applies = {unit for unit, says in zip(known[name].units, known[name].applies, strict=True) if says}
            for unit in range(len(about)):
                forms = [token.form for token in about.document.parsed.unit(unit).tokens if not is_stop(token.form)]
                told = {term for form in forms for term in terms_of(form) if kind == "part" or term in form.lemmas}
                (here if unit in applies else there).update(told)
        counts[kind] = here, there
    for each in propose_terms(evidence, known, "bolig", book()):
        here, there = counts[each.kind]
        odds = log_odds(here, there, prior_of(here, there, words=here.total() + there.total()))
        assert (each.z, each.delta) == pytest.approx(odds[each.term], abs=1e-3)


@pytest.mark.usefixtures("anything_stands_out")
@given(picked, st.randoms())
@settings(max_examples=25, deadline=None)
def test_the_order_of_texts_does_not_matter_nor_an_index_made_before(
    prose: Talk, ask: Ask, drawn: dict[str, list[tuple[str, bool]]], lot: st.DataObject
) -> None:
    evidence, known = read_picked(prose, ask, drawn)
    shuffled = dict(sorted(evidence.items(), key=lambda _each: lot.random()))  # type: ignore[attr-defined]

    def told(found: list[TermProposal]) -> list[tuple[str, str, float, int, int, frozenset[str]]]:
        return [(each.term, each.kind, each.z, each.yes, each.no, frozenset(each.sources)) for each in found]

    expected = told(propose_terms(evidence, known, "bolig", book()))
    assert told(propose_terms(shuffled, known, "bolig", book())) == expected
    index = index_words(evidence.values())
    assert told(propose_terms(evidence, known, "bolig", book(), index=index)) == expected
    assert [each[2] for each in expected] == sorted((each[2] for each in expected), reverse=True)
