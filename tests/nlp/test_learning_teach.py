"""What is believed of a code: the codebook's word while nothing is decided, the team's as decisions come."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codebooks.model import Code, Codebook, Signal, Terms
from nlp.document import Document
from nlp.evidence import AROUND, Evidence
from nlp.learning.columns import column_rows, columns_of, log_odds, strength_of
from nlp.learning.decisions import Decision
from nlp.learning.rows import Vector
from nlp.learning.teach import CodeModel, Seen, chances, teach, untaught
from nlp.vocabulary import Vocabulary

BOOK = Codebook(
    name="prøve",
    codes=(
        Code(
            slug="bolig",
            name="Bolig",
            signals=(
                Signal(name="bolig", any=Terms(parts=("bolig",)), score=0.7),
                Signal(name="tak", any=Terms(lemmas=("tak",)), score=0.3),
            ),
        ),
        Code(
            slug="sofa",
            name="Sofa",
            parent="bolig",
            signals=(
                Signal(name="ord", any=Terms(), weights=(("dyne", -0.5), ("madrass", 1.5), ("sofa", 1.0))),
                Signal(name="dyne", any=Terms(lemmas=("dyne",))),
            ),
        ),
        Code(slug="penger", name="Penger", signals=(Signal(name="penger", any=Terms(words=("penger",))),)),
        Code(
            slug="gammel",
            name="Gammel",
            parent="penger",
            status="retired",
            signals=(Signal(name="gammel", any=Terms(words=("gammel",))),),
        ),
    ),
)
ACTIVE = ["bolig", "sofa", "penger"]

Talk = Callable[..., Document]
Ask = Callable[..., Evidence]
Texts = Callable[..., Seen]


@pytest.fixture(scope="session")
def texts(talk: Talk, ask: Ask) -> Texts:
    """A function from name = what a participant says, sentence by sentence, to texts that can be learnt from."""

    def seen(cases: dict[str, tuple[str, ...]] | None = None, **said: str) -> Seen:
        vocabulary = Vocabulary()
        documents = [
            talk(("participant", words), name=name, cases=(cases or {}).get(name, ())) for name, words in said.items()
        ]
        for document in documents:
            vocabulary.count(document.parsed)
        return Seen.of(BOOK, vocabulary, [ask(document, BOOK, vocabulary) for document in documents])

    return seen


def about(seen: Seen, document: str, words: str, code: str, *, applies: bool) -> list[Decision]:
    """The same decision on every unit with these words."""
    known = seen.evidence[document].document
    return [
        Decision(document=document, start=start, end=end, code=code, applies=applies)
        for start, end in zip(known.parsed.unit_starts, known.parsed.unit_ends, strict=True)
        if words in known.text[start:end]
    ]


def likely(seen: Seen, model: CodeModel, document: str) -> dict[str, float]:
    """Words of each unit -> how likely the code is there."""
    known = seen.evidence[document].document
    values = chances(seen.evidence[document], model, seen.words_of(document)).tolist()
    places = zip(known.parsed.unit_starts, known.parsed.unit_ends, strict=True)
    return {known.text[start:end]: value for (start, end), value in zip(places, values, strict=True)}


A = "Vi har bolig. Han lå på hengekøye. Hun lå på hengekøye. De lå på hengekøye. Det regnet da. Det snør nå. Det blåser her."


class TestBeforeAnything:
    def test_without_decisions_the_weights_are_the_priors(self, texts: Texts) -> None:
        seen = texts(a=A)
        models = teach(seen, [])
        assert list(models) == ACTIVE
        for code, model in models.items():
            assert model.weights.tolist() == model.columns.means.tolist() == columns_of(BOOK, code).means.tolist()
            assert (model.words, model.yes, model.no) == ({}, 0, 0)
            alone = untaught(BOOK, code)
            assert likely(seen, model, "a") == likely(seen, alone, "a")

    def test_decisions_about_other_texts_are_passed_over(self, texts: Texts) -> None:
        elsewhere = Decision(document="ukjent", start=0, end=5, code="bolig", applies=False)
        model = teach(texts(a=A), [elsewhere], frozenset({"ukjent"}))["bolig"]
        assert model.weights.tolist() == model.columns.means.tolist()
        assert (model.yes, model.no) == (0, 0)

    def test_a_surer_signal_is_believed_more(self, texts: Texts) -> None:
        seen = texts(a="Boligen.", b="Taket.", c="Regnet.")
        model = untaught(BOOK, "bolig")
        (sure,), (weak,), (untold,) = (likely(seen, model, name).values() for name in "abc")
        assert sure > weak > untold

    def test_retired_codes_and_their_signals_have_no_say(self, texts: Texts) -> None:
        assert "gammel" not in teach(texts(a=A), [])
        assert not any("gammel" in column for code in ACTIVE for column in columns_of(BOOK, code).numbers)

    def test_a_theme_has_the_signals_of_the_codes_below_it(self) -> None:
        assert columns_of(BOOK, "bolig").family == {"bolig", "sofa"}
        assert ("signal", "sofa", "ord") in columns_of(BOOK, "bolig").numbers
        assert ("signal", "bolig", "bolig") not in columns_of(BOOK, "sofa").numbers

    def test_cases_and_roles_start_without_a_say(self) -> None:
        columns = columns_of(BOOK, "bolig", cases=["Nord"], roles=["leder"])
        plain = columns_of(BOOK, "bolig")
        own = set(columns.numbers) - set(plain.numbers)
        assert own == {
            ("case", "Nord"),
            ("role", "leder"),
            *(
                ("signal", code, name, "Nord")
                for code, name in (("bolig", "bolig"), ("bolig", "tak"), ("sofa", "ord"), ("sofa", "dyne"))
            ),
        }
        assert {columns.means[columns.numbers[column]] for column in own} == {0.0}
        assert (columns.precisions > 0).all()
        assert columns.names == tuple(sorted(columns.numbers, key=columns.numbers.__getitem__))


class TestLearning:
    def test_what_is_coded_is_likelier_there_and_where_the_words_come_again(self, texts: Texts) -> None:
        seen = texts(a=A, b="Han lå på hengekøye. Det regnet da.")
        before = teach(seen, [])["bolig"]
        model = teach(seen, about(seen, "a", "hengekøye", "bolig", applies=True))["bolig"]
        assert (model.yes, model.no) == (3, 0)
        for document in ("a", "b"):
            was, now = likely(seen, before, document), likely(seen, model, document)
            assert now["Han lå på hengekøye."] > was["Han lå på hengekøye."]
            assert now["Han lå på hengekøye."] > now["Det regnet da."]

    def test_what_is_rejected_is_less_likely_there_and_where_the_signal_comes_again(self, texts: Texts) -> None:
        seen = texts(a="Taket lakk. Et tak. Flere tak. Boligen står.", b="Taket røk.", c="Boligen røk.")
        before = teach(seen, [])["bolig"]
        model = teach(
            seen,
            about(seen, "a", "tak", "bolig", applies=False) + about(seen, "a", "Taket", "bolig", applies=False),
        )["bolig"]
        assert (model.yes, model.no) == (0, 3)
        was, now = likely(seen, before, "b")["Taket røk."], likely(seen, model, "b")["Taket røk."]
        assert now < was
        kept = likely(seen, model, "c")["Boligen røk."] / likely(seen, before, "c")["Boligen røk."]
        assert kept > now / was

    def test_more_of_the_same_convinces_more(self, texts: Texts) -> None:
        seen = texts(a=A, b="Hun lå på hengekøye.")
        yes = about(seen, "a", "hengekøye", "bolig", applies=True)
        values = [likely(seen, teach(seen, yes[:number])["bolig"], "b")["Hun lå på hengekøye."] for number in range(4)]
        assert values == sorted(values)
        assert values[0] < values[3]

    def test_what_is_left_out_of_a_finished_text_makes_the_code_less_likely(self, texts: Texts) -> None:
        seen = texts(a=A, b="Det regnet da. Han lå på hengekøye.")
        yes = about(seen, "a", "hengekøye", "bolig", applies=True)
        open_, done = (teach(seen, yes, finished)["bolig"] for finished in (frozenset[str](), frozenset({"a"})))
        assert (done.yes, done.no) == (3, 4)
        assert likely(seen, done, "b")["Det regnet da."] < likely(seen, open_, "b")["Det regnet da."]

    def test_other_codes_are_believed_as_before(self, texts: Texts) -> None:
        seen = texts(a=A)
        models = teach(seen, about(seen, "a", "hengekøye", "sofa", applies=True))
        assert likely(seen, models["penger"], "a") == likely(seen, teach(seen, [])["penger"], "a")
        assert (models["sofa"].yes, models["bolig"].yes, models["penger"].yes) == (3, 3, 0)

    def test_a_case_may_use_a_word_in_its_own_way(self, texts: Texts) -> None:
        cases = {"a": ("Nord",), "b": ("Sør",), "c": ("Nord",), "d": ("Sør",)}
        seen = texts(cases, a="Et tak. To tak. Tre tak.", b="Et tak. To tak. Tre tak.", c="Fire tak.", d="Fire tak.")
        model = teach(
            seen,
            about(seen, "a", "tak", "bolig", applies=False) + about(seen, "b", "tak", "bolig", applies=True),
        )["bolig"]
        assert likely(seen, model, "d")["Fire tak."] > likely(seen, model, "c")["Fire tak."]

    def test_only_what_is_asked_for_is_fitted(self, texts: Texts) -> None:
        assert list(teach(texts(a=A), [], codes=["penger"])) == ["penger"]

    def test_it_stops_before_the_next_code(self, texts: Texts) -> None:
        calls = itertools.count()
        assert list(teach(texts(a=A), [], cancelled=lambda: next(calls) >= 2)) == ACTIVE[:2]

    def test_starting_from_what_was_believed_changes_nothing_but_speed(self, texts: Texts) -> None:
        seen = texts(a=A, b="Boligen. Han lå på hengekøye med penger. Madrass på sofa.")
        first = about(seen, "a", "hengekøye", "bolig", applies=True)
        more = [*first, *about(seen, "b", "Madrass", "sofa", applies=False), *first[:1]]
        before = teach(seen, first)
        for code, model in teach(seen, more, before=before).items():
            fresh = teach(seen, more)[code]
            assert model.weights == pytest.approx(fresh.weights, abs=1e-3)
            assert model.words == pytest.approx(fresh.words, abs=1e-3)
            assert (model.yes, model.no) == (fresh.yes, fresh.no)

    def test_decisions_are_not_weighed_by_their_order(self, texts: Texts) -> None:
        seen = texts(a=A)
        made = about(seen, "a", "Han", "bolig", applies=True) + about(seen, "a", "Det", "bolig", applies=False)
        there, back = (teach(seen, order)["bolig"] for order in (made, made[::-1]))
        assert there.weights.tolist() == back.weights.tolist()
        assert there.words == back.words


class TestTaking:
    def test_one_more_text_is_counted_once(self, texts: Texts, talk: Talk, ask: Ask) -> None:
        seen = texts(a=A)
        seen.words_of("a")
        units = seen.vocabulary.units
        new = talk(("participant", "Månen er nyslipt. Ja visst."), name="b")
        for _time in range(2):
            seen.take(ask(new, BOOK, seen.vocabulary))
            assert seen.vocabulary.units == units + 2
            assert len(seen.rarity) == len(seen.vocabulary.numbers) == seen.words_of("a").width
            assert seen.words_of("b").width == seen.words_of("a").width
        assert "nyslipt" in seen.vocabulary.numbers

    def test_a_corrected_text_is_seen_as_it_now_stands(self, texts: Texts, talk: Talk, ask: Ask) -> None:
        seen = texts(a=A)
        assert len(seen.words_of("a")) == 7
        seen.take(ask(talk(("participant", "Bare dette."), name="a"), BOOK, seen.vocabulary))
        assert len(seen.words_of("a")) == 1

    def test_weights_of_words_that_the_rows_do_not_have_are_passed_over(self, texts: Texts) -> None:
        seen = texts(a=A)
        plain = untaught(BOOK, "bolig")
        strange = CodeModel(plain.columns, plain.weights, {10_000: 50.0})
        assert likely(seen, strange, "a") == likely(seen, plain, "a")
        assert chances(seen.evidence["a"], strange, None).tolist() == chances(seen.evidence["a"], plain, None).tolist()


SENTENCES = st.lists(
    st.sampled_from(
        ["Boligtaket lekker.", "Tak.", "Penger!", "Madrass på sofa.", "Det var det.", "Dyne.", "Gammel sak."]
    ),
    min_size=1,
    max_size=3,
).map(" ".join)
SAID = st.lists(st.tuples(st.sampled_from(["interviewer", "participant", "other"]), SENTENCES), min_size=1, max_size=4)


def _some_weights(count: int) -> Vector:
    return np.asarray(np.cos(np.arange(count) * 1.7) * 3)


@given(SAID, st.sampled_from(ACTIVE), st.sampled_from([(), ("Nord",), ("Nord", "Sør")]), st.booleans())
@settings(max_examples=60, deadline=None)
def test_likelihoods_are_the_rows_times_the_weights(
    talk: Talk, prose: Talk, ask: Ask, said: list[tuple[str, str]], code: str, cases: tuple[str, ...], spoken: bool
) -> None:
    roles = tuple(("leder", "", "bruker")[place % 3] for place in range(len(said)))
    text = "\n".join(words for _role, words in said)
    document = talk(*said, cases=cases, roles=roles) if spoken else prose(text, cases=cases)
    evidence = ask(document, BOOK)
    columns = columns_of(BOOK, code, cases=["Nord", "Vest"], roles=["leder", "bruker"])
    rows = column_rows(evidence, columns, range(len(evidence)))
    for weights in (columns.means, _some_weights(len(columns.numbers))):
        assert rows.times(weights) == pytest.approx(log_odds(evidence, columns, weights), abs=1e-9)
    some = list(range(len(evidence)))[::2]
    assert column_rows(evidence, columns, some).times(columns.means) == pytest.approx(rows.times(columns.means)[some])


@given(SAID, st.booleans())
@settings(max_examples=40, deadline=None)
def test_what_speaks_for_a_code_speaks_for_those_above_it(
    talk: Talk, prose: Talk, ask: Ask, said: list[tuple[str, str]], spoken: bool
) -> None:
    document = talk(*said) if spoken else prose("\n".join(words for _role, words in said))
    evidence = ask(document, BOOK)
    theme, below = (strength_of(evidence, columns_of(BOOK, code)) for code in ("bolig", "sofa"))
    assert ((theme >= below - 1e-12) & (below >= 0) & (theme <= 1)).all()
    assert theme == pytest.approx(evidence.strength[:, evidence.themes["bolig"]])


def test_every_column_around_has_its_place() -> None:
    numbers = columns_of(BOOK, "penger").numbers
    first = numbers[("around", AROUND[0])]
    assert [numbers[("around", name)] for name in AROUND] == list(range(first, first + len(AROUND)))
