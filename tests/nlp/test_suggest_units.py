"""Suggestions over whole texts: units, turns, what is said around, families of codes, thresholds, reasons, order."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codebooks.model import Code, Codebook, Signal, Terms
from corpus.model import Role
from nlp.document import Document
from nlp.evidence import AROUND, Evidence, surroundings
from nlp.forms import form_of
from nlp.learning.decisions import Decision
from nlp.learning.teach import Seen, chances, teach
from nlp.parsed import units
from nlp.suggest import Suggester, from_codebook, suggest
from nlp.suggestion import Reason, Suggestion
from nlp.vocabulary import Vocabulary, terms_of


def code(slug: str, *signals: tuple[str, float, str], parent: str | None = None) -> Code:
    return Code(
        slug=slug,
        name=slug.capitalize(),
        parent=parent,
        signals=tuple(
            Signal(name=name, any=Terms(parts=(part,), words=(part,)), score=score) for name, score, part in signals
        ),
    )


CODEBOOK = Codebook(
    name="prøve",
    codes=(
        code("bolig", ("bolig", 0.97, "bolig"), ("tak", 0.3, "tak")),
        code("bolig-mangel", ("mangel", 0.98, "mangel"), parent="bolig"),
        code("okonomi", ("tilskudd", 0.99, "tilskudd"), ("penger", 0.2, "penger")),
    ),
)

Talk = Callable[..., Document]
Ask = Callable[..., Evidence]
Row = tuple[str, str, str, list[str]]
Said = tuple[Role, str]


def rows(evidence: Evidence, suggester: Suggester) -> list[Row]:
    """(words, code, method, words that speak for it) of each suggestion."""
    text = evidence.document.text
    return [
        (text[each.start : each.end], each.code, each.method, [text[start:end] for start, end in each.because])
        for each in suggest(evidence, suggester)
    ]


@pytest.fixture(scope="session")
def found(ask: Ask) -> Callable[..., list[Row]]:
    """A function from a document to the suggestions that a codebook alone gives."""
    return lambda document, book=CODEBOOK: rows(ask(document, book), from_codebook(book))


def taught(
    ask: Ask, documents: Sequence[Document], decisions: Sequence[Decision], book: Codebook = CODEBOOK
) -> Suggester:
    vocabulary = Vocabulary()
    for document in documents:
        vocabulary.count(document.parsed)
    seen = Seen.of(book, vocabulary, [ask(document, book, vocabulary) for document in documents])
    return Suggester(book, teach(seen, decisions), vocabulary, seen.rarity)


def each_unit(document: Document, slug: str, *, applies: bool, words: str = "") -> list[Decision]:
    places = zip(document.parsed.unit_starts, document.parsed.unit_ends, strict=True)
    return [
        Decision(document=document.id, start=start, end=end, code=slug, applies=applies)
        for start, end in places
        if words in document.text[start:end]
    ]


class TestFromTheCodebook:
    def test_the_unit_is_a_sentence_and_carries_every_trigger(self, found: Any, prose: Talk) -> None:
        text = "Alt er fint. Boligen er en bolig. Ja."
        assert found(prose(text)) == [("Boligen er en bolig.", "bolig", "rule", ["Boligen", "bolig"])]

    def test_the_strongest_signal_gives_the_name(self, ask: Ask, prose: Talk) -> None:
        evidence = ask(prose("Et tak i en bolig."), CODEBOOK)
        (one,) = suggest(evidence, from_codebook(CODEBOOK))
        assert (one.rule, one.pipeline) == ("bolig", evidence.document.parsed.pipeline)
        assert one.because == ((3, 6), (12, 17))
        assert [each.name for each in one.reasons if each.kind == "signal"] == ["bolig", "tak"]

    def test_a_surer_signal_gives_a_higher_score(self, ask: Ask, prose: Talk) -> None:
        (housing,) = suggest(ask(prose("En bolig."), CODEBOOK), from_codebook(CODEBOOK))
        (money,) = suggest(ask(prose("Et tilskudd."), CODEBOOK), from_codebook(CODEBOOK))
        assert money.score > housing.score > from_codebook(CODEBOOK).threshold("bolig", prose("En bolig."))

    def test_a_weak_signal_suggests_nothing_by_itself(self, found: Any, prose: Talk) -> None:
        assert found(prose("Han mangler tak.")) == []
        assert found(prose("Her er det penger.")) == []

    def test_a_weak_signal_counts_where_its_theme_is_spoken_of(self, found: Any, talk: Talk) -> None:
        said: list[Said] = [("participant", "Vi har bolig. Den har ikke tak.")]
        ((words, slug, _method, why),) = found(talk(*said))
        assert (words, slug, why) == ("Vi har bolig. Den har ikke tak.", "bolig", ["bolig", "tak"])
        other: list[Said] = [("participant", "Vi har tilskudd. Den har ikke tak.")]
        assert [row[1] for row in found(talk(*other))] == ["okonomi"]

    def test_what_is_asked_lifts_the_answer(self, ask: Ask, talk: Talk) -> None:
        answer: Said = ("participant", "Den har ikke tak.")
        with_question, without = (
            ask(talk(("interviewer", question), answer), CODEBOOK)
            for question in ("Hva med boligen?", "Hva med været?")
        )
        untaught = from_codebook(CODEBOOK)
        ((words, *_),) = rows(with_question, untaught)
        assert words.endswith("Den har ikke tak.")
        assert _likely_there(with_question, untaught, "bolig", 1) > _likely_there(without, untaught, "bolig", 1)
        assert rows(without, untaught) == []

    def test_a_sub_code_speaks_for_its_theme(self, found: Any, prose: Talk) -> None:
        assert [row[1] for row in found(prose("Det er boligmangel."))] == ["bolig-mangel"]
        assert [row[1] for row in found(prose("Det er en bolig."))] == ["bolig"]

    def test_themes_at_one_place_come_in_the_codebooks_order(self, found: Any, prose: Talk) -> None:
        turned = replace(CODEBOOK, codes=(CODEBOOK.codes[2], *CODEBOOK.codes[:2]))
        document = prose("Tilskudd til bolig.")
        assert [row[1] for row in found(document)] == ["bolig", "okonomi"]
        assert [row[1] for row in found(document, turned)] == ["okonomi", "bolig"]

    def test_retired_codes_are_not_suggested(self, found: Any, prose: Talk) -> None:
        codes = tuple(replace(each, status="retired" if each.slug == "okonomi" else "active") for each in CODEBOOK)
        assert found(prose("Tilskudd."), replace(CODEBOOK, codes=codes)) == []

    def test_nothing_is_found_in_nothing(self, found: Any, prose: Talk, talk: Talk) -> None:
        assert (
            found(prose("")) == found(talk(("participant", ""))) == found(prose("Bolig."), Codebook(name="tom")) == []
        )


class TestSpeech:
    def test_nothing_is_suggested_where_an_interviewer_speaks_or_nobody(self, found: Any, talk: Talk) -> None:
        assert found(talk(("interviewer", "Hva med bolig? Og boligmangel?"))) == []
        document = talk(("participant", "Boligen er grei."), ("interviewer", "Er boligen stor?"), ("other", "Bolig!"))
        spoken = [row[0] for row in found(document)]
        assert "Boligen er grei." in spoken[0]
        assert not any(words.startswith("Er boligen") and words.endswith("stor?") for words in spoken)
        assert not any("Opptak" in words for words in spoken)

    def test_units_never_cross_turns_and_leave_labels_out(self, talk: Talk) -> None:
        document = talk(("participant", "og så"), ("participant", "boligen. Ja"))
        cut = units(document.text, document.turns)
        assert [document.text[start:end] for start, end, _ in cut] == ["og så", "boligen.", "Ja"]

    def test_a_passage_begins_and_ends_with_what_is_likely(self, ask: Ask, talk: Talk) -> None:
        document = talk(
            ("participant", "Været er fint. Boligen er liten. Den boligen er dyr. Nå vil jeg snakke om hunden.")
        )
        evidence = ask(document, CODEBOOK)
        likely = chances(evidence, from_codebook(CODEBOOK).models["bolig"], None)
        (one,) = suggest(evidence, from_codebook(CODEBOOK))
        words = document.text[one.start : one.end]
        assert "Boligen er liten. Den boligen er dyr." in words
        assert one.score == round(float(likely.max()), 4)

    def test_in_other_kinds_of_text_each_sentence_stands_by_itself(self, found: Any, prose: Talk) -> None:
        assert [row[0] for row in found(prose("Bolig her. Bolig der.", kind="minutes"))] == ["Bolig her.", "Bolig der."]

    def test_a_short_survey_answer_is_suggested_whole(self, found: Any, prose: Talk) -> None:
        text = "Vet ikke helt. Kanskje en bolig. Takk.\nIngenting."
        assert [row[0] for row in found(prose(text, kind="survey"))] == ["Vet ikke helt. Kanskje en bolig. Takk."]


class TestSignals:
    def test_a_signal_is_not_asked_in_cases_where_its_words_mean_something_else(self, found: Any, prose: Talk) -> None:
        signal = Signal(name="rop", any=Terms(words=("rop",)), not_in=("Elvestrand",), score=0.9)
        book = Codebook(name="p", codes=(Code(slug="rop", name="ROP", signals=(signal,)),))
        assert len(found(prose("ROP er travelt.", cases=("Storhamn",)), book)) == 1
        assert found(prose("ROP er travelt.", cases=("Storhamn", "Elvestrand")), book) == []
        assert len(found(prose("ROP er travelt."), book)) == 1

    @pytest.mark.parametrize("fields", [{"any": Terms(words=("rop",))}, {"any": Terms(), "weights": (("rop", 9.0),)}])
    def test_a_signal_is_asked_in_its_own_register_alone(
        self, ask: Ask, prose: Talk, talk: Talk, fields: dict[str, Any]
    ) -> None:
        documents = (talk(("participant", "ROP.")), prose("ROP."), talk(("participant", "ROP."), kind="minutes"))
        for register, expected in (("", [True] * 3), ("speech", [True, False, False]), ("prose", [False, True, True])):
            signal = Signal(name="rop", register=register, **fields)  # type: ignore[arg-type]
            book = Codebook(name="p", codes=(Code(slug="rop", name="ROP", signals=(signal,)),))
            assert [bool(ask(document, book).strength.any()) for document in documents] == expected

    def test_weighted_words_are_silenced_in_a_case_too(self, ask: Ask, prose: Talk) -> None:
        signal = Signal(name="ord", any=Terms(), weights=(("sofa", 9.0),), not_in=("Elvestrand",))
        book = Codebook(name="p", codes=(Code(slug="natt", name="Natt", signals=(signal,)),))
        assert ask(prose("Sofa.", cases=("Elvestrand",)), book).leaning == {}
        leaning = ask(prose("Sofa. Vær.", cases=("Storhamn",)), book).leaning["natt", "ord"]
        assert leaning[0] > leaning[1] == 0

    def test_weighted_words_lean_by_their_sign_and_share(self, ask: Ask, prose: Talk) -> None:
        signal = Signal(name="ord", any=Terms(), weights=(("dyne", -2.0), ("madrass", 1.0), ("sofa", 3.0)))
        book = Codebook(name="p", codes=(Code(slug="natt", name="Natt", signals=(signal,)),))
        evidence = ask(prose("Sofa. Madrass. Dyne. Vær. Sofa med dyne. Sofa og vær og vind og regn."), book)
        sofa, madrass, dyne, weather, both, diluted = evidence.leaning["natt", "ord"].tolist()
        assert sofa > madrass > weather == 0 > dyne
        assert 0 < both < sofa
        assert 0 < diluted < sofa
        strength = evidence.strength[:, 0].tolist()
        assert strength[0] > strength[1] > strength[3] == 0 == strength[2]

    def test_what_speaks_for_a_theme_lies_between_nought_and_one(self, ask: Ask, prose: Talk) -> None:
        evidence = ask(prose("Tak. Bolig. Bolig med tak. Tilskudd. Vær."), CODEBOOK)
        roof, house, both, money, weather = evidence.strength[:, evidence.themes["bolig"]].tolist()
        assert 1 > both > house > roof > 0 == money == weather


class TestSurroundings:
    def test_what_is_near_says_more_than_what_is_far(self, ask: Ask, talk: Talk) -> None:
        said: list[Said] = [("participant", "Bolig. Vær. Vær. Vær. Vær. Vær."), *[("participant", "Vær.")] * 7]  # type: ignore[list-item]
        evidence = ask(talk(*said), CODEBOOK)
        around = surroundings(evidence, evidence.strength[:, evidence.themes["bolig"]])
        within, before = around[:, AROUND.index("within")], around[:, AROUND.index("before")]
        assert within[0] == 0
        assert within[1] > within[2] > within[3] > within[5] == 0
        assert (before[:6] == 0).all()
        assert before[6] > before[7] > before[8] > before[12] == 0
        after = around[:, AROUND.index("after")]
        assert (after[1:] == 0).all()

    def test_what_is_said_after_speaks_for_what_was_said_before(self, ask: Ask, talk: Talk) -> None:
        evidence = ask(talk(("participant", "Vær."), ("participant", "Vær."), ("participant", "Bolig.")), CODEBOOK)
        after = surroundings(evidence, evidence.strength[:, 0])[:, AROUND.index("after")]
        assert after[1] > after[0] > after[2] == 0

    def test_words_that_point_back_carry_over(self, ask: Ask, talk: Talk) -> None:
        evidence = ask(talk(("participant", "Boligen. Den lekker. Regn kommer. Og så kommer de.")), CODEBOOK)
        carried = surroundings(evidence, evidence.strength[:, 0])[:, AROUND.index("carried")]
        assert carried[1] > 0 == carried[2]
        assert carried[0] == 0

    def test_in_prose_sentences_before_and_after_and_nothing_of_speech(self, ask: Ask, prose: Talk, talk: Talk) -> None:
        evidence = ask(prose("Vær. Bolig. Det. Vær."), CODEBOOK)
        around = surroundings(evidence, evidence.strength[:, 0])
        spoken = ask(talk(("participant", "Vær. Bolig. Det. Vær."), ("participant", "Vær.")), CODEBOOK)
        in_speech = surroundings(spoken, spoken.strength[:, 0]).any(axis=0)
        assert not (around.any(axis=0) & in_speech).any()
        before, after = (
            next(column for column, name in enumerate(AROUND) if name.startswith("sentence") and name.endswith(side))
            for side in ("before", "after")
        )
        assert around[2, before] > 0 == around[0, before] == around[1, before]
        assert around[0, after] > 0 == around[1, after] == around[2, after]
        assert around[2, before] >= around[3, before]


class TestTaught:
    def test_what_was_rejected_weighs_against_the_same_signal(self, ask: Ask, prose: Talk) -> None:
        first, second = prose("Bolig her. Bolig der. Vær. Bolig nå."), prose("Bolig igjen.", name="b")
        suggester = taught(ask, [first, second], each_unit(first, "bolig", applies=False, words="Bolig") * 2)
        before = next(suggest(ask(second, CODEBOOK), from_codebook(CODEBOOK)))
        evidence = ask(second, CODEBOOK, suggester.vocabulary)
        likely = chances(evidence, suggester.models["bolig"], suggester.word_rows(evidence))
        assert float(likely[0]) < before.score

    def test_words_that_were_coded_become_reasons(self, ask: Ask, prose: Talk) -> None:
        first = prose("Månen lyser. Katten sover. Hunden løper. " * 20 + "Det er en hengekøye. " * 12)
        other = prose("Vær og vind. En hengekøye. Regn.", name="b")
        suggester = taught(ask, [first, other], each_unit(first, "okonomi", applies=True, words="hengekøye"))
        evidence = ask(other, CODEBOOK, suggester.vocabulary)
        suggester = replace(suggester, thresholds={"okonomi": _likely_there(evidence, suggester, "okonomi", 1)})
        mine = [each for each in suggest(evidence, suggester) if each.code == "okonomi"]
        (one,) = (each for each in mine if "hengekøye" in other.text[each.start : each.end])
        assert one.method == "learned"
        words = [each for each in one.reasons if each.kind == "word"]
        (hammock,) = (each for each in words if other.text[each.start : each.end] == "hengekøye")
        assert hammock.name in terms_of(form_of("hengekøye"))
        assert hammock.weight > 0
        assert (hammock.start, hammock.end) in one.because

    def test_what_nothing_in_the_text_speaks_for_is_not_suggested(self, ask: Ask, prose: Talk) -> None:
        """Where little but yes has been said, a code is likely everywhere."""
        first, other = prose(f"{'Hengekøye. ' * 30}"), prose("Vær og vind.", name="b")
        suggester = taught(ask, [first, other], each_unit(first, "okonomi", applies=True))
        evidence = ask(other, CODEBOOK, suggester.vocabulary)
        low = replace(suggester, thresholds={"okonomi": _likely_there(evidence, suggester, "okonomi", 0)})
        assert [row for row in rows(evidence, low) if row[1] == "okonomi"] == []

    def test_a_silent_code_is_not_suggested_but_those_below_it_are(self, ask: Ask, prose: Talk) -> None:
        evidence = ask(prose("En bolig. Boligmangel. Tilskudd."), CODEBOOK)
        suggester = replace(from_codebook(CODEBOOK), silent=frozenset({"bolig"}))
        assert [row[:2] for row in rows(evidence, suggester)] == [
            ("Boligmangel.", "bolig-mangel"),
            ("Tilskudd.", "okonomi"),
        ]
        nobody = replace(suggester, silent=frozenset({"bolig", "bolig-mangel", "okonomi"}))
        assert rows(evidence, nobody) == []

    def test_a_code_is_proposed_from_its_own_threshold(self, ask: Ask, prose: Talk) -> None:
        document = prose("En bolig. Tilskudd.")
        evidence = ask(document, CODEBOOK)
        likely = _likely_there(evidence, from_codebook(CODEBOOK), "bolig", 0)
        for threshold, expected in ((likely, ["bolig", "okonomi"]), (likely + 0.001, ["okonomi"])):
            suggester = replace(from_codebook(CODEBOOK), thresholds={"bolig": threshold, "bolig-mangel": 1.1})
            assert suggester.threshold("bolig", document) == threshold
            assert [row[1] for row in rows(evidence, suggester)] == expected


def _likely_there(evidence: Evidence, suggester: Suggester, slug: str, unit: int) -> float:
    return float(chances(evidence, suggester.models[slug], suggester.word_rows(evidence))[unit])


SAID = st.lists(
    st.tuples(
        st.sampled_from(["interviewer", "participant", "other"]),
        st.lists(
            st.sampled_from(
                ["Boligmangel.", "tak", "Bolig.", "Få penger!", "Rus- og boligtilskudd", "–", "😀", "Det."]
            ),
            max_size=5,
        ).map(" ".join),
    ),
    max_size=5,
    min_size=1,
)
KINDS = st.sampled_from(["transcript", "minutes", "survey"])


@given(SAID, KINDS, st.booleans())
@settings(max_examples=80, deadline=None)
def test_suggestions_are_ordered_apart_and_the_same_each_time(
    ask: Ask, talk: Talk, said: list[Said], kind: str, learnt: bool
) -> None:
    document = talk(*said, kind=kind)
    evidence = ask(document, CODEBOOK)
    suggester = from_codebook(CODEBOOK)
    if learnt:
        suggester = taught(ask, [document], each_unit(document, "bolig", applies=True, words="tak"))
        evidence = ask(document, CODEBOOK, suggester.vocabulary)
    suggestions = list(suggest(evidence, suggester))
    assert suggestions == list(suggest(evidence, suggester))
    order = [entry.slug for entry in CODEBOOK]
    keys = [(entry.start, entry.end, order.index(entry.code)) for entry in suggestions]
    assert keys == sorted(set(keys))
    for entry in suggestions:
        assert 0 < entry.score <= 1
        last = next(turn for turn in document.turns if turn.start < entry.end <= turn.end)
        assert last.role != "interviewer"
        assert any(turn.start <= entry.start < turn.end for turn in document.turns)
        assert all(entry.start <= start < end <= entry.end for start, end in entry.because)
        weights = [abs(reason.weight) for reason in entry.reasons]
        assert weights == sorted(weights, reverse=True)
    for slug in order:
        own = [entry for entry in suggestions if entry.code == slug]
        assert all(one.end <= other.start for one, other in itertools.pairwise(own))


@given(SAID, KINDS)
@settings(max_examples=60, deadline=None)
def test_what_is_likely_is_proposed_to_somebody_of_the_family(
    ask: Ask, talk: Talk, said: list[Said], kind: str
) -> None:
    document = talk(*said, kind=kind)
    evidence, suggester = ask(document, CODEBOOK), from_codebook(CODEBOOK)
    suggestions = list(suggest(evidence, suggester))
    for theme, family in (("bolig", {"bolig", "bolig-mangel"}), ("okonomi", {"okonomi"})):
        likely = chances(evidence, suggester.models[theme], None) >= suggester.threshold(theme, document)
        for unit in np.flatnonzero(likely & evidence.codable).tolist():
            start, end = document.parsed.unit_starts[unit], document.parsed.unit_ends[unit]
            assert any(each.code in family and each.start <= start and end <= each.end for each in suggestions)


FIELDS: dict[str, Any] = {
    "start": 5, "end": 9, "code": "bolig", "score": 0.7, "method": "rule", "rule": "x", "pipeline": "p",
}  # fmt: skip


def reason(start: int | None, end: int | None, weight: float = 1.0) -> Reason:
    return Reason(kind="signal", name="x", weight=weight, start=start, end=end)


@pytest.mark.parametrize("reasons", [(), (reason(4, 6),), (reason(8, 10),), (reason(6, 6),)])
def test_a_suggestion_without_a_reason_inside_its_unit_cannot_be_made(reasons: tuple[Reason, ...]) -> None:
    with pytest.raises(ValueError, match="reason"):
        Suggestion(reasons=reasons, **FIELDS)


def test_what_is_drawn_by_lot_needs_no_reason() -> None:
    assert Suggestion(reasons=(), **FIELDS | {"method": "random"}).because == ()


def test_because_is_where_the_words_stand_that_speak_for_it() -> None:
    many = (reason(7, 9), reason(5, 7), reason(6, 8), reason(5, 6, -2.0), reason(None, None))
    assert Suggestion(reasons=many, **FIELDS).because == ((5, 9),)
    apart = (reason(7, 9), reason(5, 6), reason(6, 7))
    assert Suggestion(reasons=apart, **FIELDS).because == ((5, 6), (6, 7), (7, 9))
