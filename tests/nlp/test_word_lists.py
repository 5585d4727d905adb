"""Words counted, compared, placed and paired: by example, against published figures, and by property."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.forms import form_of, suspended
from nlp.parsed import parse
from nlp.pipeline import load
from nlp.words.collocations import pairs
from nlp.words.concordance import concordance, in_order
from nlp.words.document import Document
from nlp.words.frequency import deviation_of_proportions, word_list
from nlp.words.keyness import key_words, log_likelihood, log_odds, log_ratio, prior_of
from nlp.words.shown import components, meant, shown
from nlp.words.stop import is_stop

few = settings(max_examples=40, deadline=None)
counts = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 50), max_size=8)
sayings = st.lists(
    st.sampled_from("bolig boliger boligmangel leie dyr huset hus 2019 . og hjelp hjelper\n".split(" ")), max_size=30
).map(" ".join)


@dataclass(frozen=True)
class Span:
    start: int
    end: int


def document(text: str, *, source: str = "a", turns: bool = False) -> Document:
    """A text whose lines are turns, if asked for."""
    spans, position = [], 0
    for line in text.split("\n"):
        spans.append(Span(position, position + len(line)))
        position += len(line) + 1
    parsed = parse(text, spans if turns else (), load("blank"))
    return Document(source=source, text=text, parsed=parsed, units=range(len(parsed)))


# -- dictionary forms


@pytest.mark.parametrize(
    ("written", "listed"),
    [
        ("boligene", "bolig"), ("Boligmangelen", "boligmangel"), ("fikk", "få"), ("er", "være"), ("kommunar", "kommune"),
        ("brukerne", "bruker"), ("samarbeidet", "samarbeid"), ("hjelper", "hjelpe"), ("hjelp", "hjelp"), ("helsa", "helse"),
        ("FACT-teamet", "fact-team"), ("DPS-en", "dps"), ("små", "liten"), ("blåmmer", "blåmmer"), ("og/eller", "og/eller"),
    ],
)  # fmt: skip
def test_one_dictionary_form_is_shown(written: str, listed: str) -> None:
    assert shown(form_of(written)) == listed


def test_a_suspended_compound_is_shown_whole() -> None:
    form = suspended("rus-", form_of("problemer").head)
    assert shown(form) == "rusproblem"
    assert {"rus", "problem"} <= components(form)


def test_a_word_is_made_of_its_parts_and_not_of_its_readings() -> None:
    assert components(form_of("boligmangelen")) == {"bolig", "mangel"}
    assert components(form_of("retter")) == frozenset()


def test_who_types_a_word_means_it_as_it_stands_and_its_commonest_reading() -> None:
    assert meant("Boligene") == ("boligene", "bolig")
    assert meant("bolig") == ("bolig",)


@pytest.mark.parametrize("word", ["er", "Jeg", "ikke", "det", "altså", "æ", "ka", "ikkje", "har", "a."])
def test_small_words_are_stop_words(word: str) -> None:
    assert is_stop(form_of(word))


@pytest.mark.parametrize("word", ["bolig", "bruker", "alene", "dom", "rett", "villa", "rus"])
def test_words_that_carry_something_are_not(word: str) -> None:
    assert not is_stop(form_of(word))


# -- lists


def test_a_list_counts_by_dictionary_form_and_says_what_stands_inside_compounds() -> None:
    first = document("Boligen er dyr. Vi har ikke boliger, vi har boligmangel.", source="a")
    second = document("Boliger finnes ikke i 2019.", source="b")
    rows = {row.word: row for row in word_list([first, second])}
    assert next(iter(rows)) == "bolig"
    bolig = rows["bolig"]
    assert (bolig.count, bolig.sources, bolig.in_compounds, bolig.example) == (3, ("a", "b"), 1, "boliger")
    assert bolig.per_10000 == pytest.approx(10_000 * 3 / 14)  # the year is no word
    assert rows["boligmangel"].dispersion == pytest.approx(4 / 14)
    assert "ha" not in rows and "2019" not in rows
    assert "ha" in {row.word for row in word_list([first, second], everything=True)}


def test_gries_dispersion_of_his_own_example() -> None:
    # Gries (2008): parts of 9, 10, 10, 10 and 11 words, a word that occurs 1, 2, 3, 4 and 5 times in them: 0.18.
    sizes = [9, 10, 10, 10, 11]
    assert deviation_of_proportions({0: 1, 1: 2, 2: 3, 3: 4, 4: 5}, sizes) == pytest.approx(0.18, abs=5e-5)
    assert deviation_of_proportions(dict(enumerate(sizes)), sizes) == pytest.approx(0)
    assert deviation_of_proportions({0: 7}, sizes) == pytest.approx(1 - 9 / 50)
    assert deviation_of_proportions({0: 7}, [9]) is None
    assert deviation_of_proportions({0: 7}, [9, 0]) is None


@few
@given(st.lists(sayings, min_size=1, max_size=4))
def test_a_list_of_everything_counts_every_word_once(texts: list[str]) -> None:
    documents = [document(text, source=str(n)) for n, text in enumerate(texts)]
    rows = word_list(documents, everything=True)
    assert sum(row.count for row in rows) == sum(each.counted().total() for each in documents)
    assert all(row.dispersion is None or -1e-9 <= row.dispersion <= 1 for row in rows)
    assert {row.word for row in word_list(documents)} <= {row.word for row in rows}


@few
@given(sayings, st.sets(st.integers(0, 29)))
def test_only_the_chosen_units_count(text: str, chosen: set[int]) -> None:
    whole = document(text)
    units = sorted(unit for unit in chosen if unit < len(whole.parsed))
    part = Document(source="a", text=text, parsed=whole.parsed, units=units)
    expected: Counter[str] = Counter()
    for unit in units:
        expected.update(shown(token.form) for token in whole.parsed.unit(unit).tokens if "2019" not in token.surfaces)
    assert {row.word: row.count for row in word_list([part], everything=True)} == dict(expected)


def test_units_left_out_are_left_out_between_others_too() -> None:
    whole = document("Huset. Bilen. Båten. Hytta.")
    part = Document(source="a", text=whole.text, parsed=whole.parsed, units=(0, 2, 3))
    assert list(part.stretches()) == [(0, 1), (2, 4)]
    assert {row.word for row in word_list([part])} == {"hus", "båt", "hytte"}


# -- what is typical


def test_log_likelihood_by_hand_and_as_nltk_has_it() -> None:
    from nltk.metrics import BigramAssocMeasures

    # 10 of 100 against 5 of 200: 2(10 ln(10/5) + 5 ln(5/10) + 90 ln(90/95) + 195 ln(195/190)).
    by_hand = 2 * (10 * math.log(2) + 5 * math.log(0.5) + 90 * math.log(90 / 95) + 195 * math.log(195 / 190))
    assert log_likelihood(10, 100, 5, 200) == pytest.approx(by_hand)
    assert by_hand == pytest.approx(7.33, abs=0.005)
    assert log_likelihood(10, 100, 5, 200) == pytest.approx(
        BigramAssocMeasures.likelihood_ratio(10, (15, 100), 300), abs=1e-6
    )
    assert log_likelihood(3, 30, 9, 90) == pytest.approx(0, abs=1e-9)
    assert log_likelihood(4, 10, 0, 10) > 0


def test_log_ratio_is_one_for_each_doubling() -> None:
    assert log_ratio(8, 100, 2, 100) == pytest.approx(2)
    assert log_ratio(2, 100, 8, 100) == pytest.approx(-2)
    assert log_ratio(4, 100, 0, 100) == pytest.approx(3)


def test_log_odds_by_hand() -> None:
    # With one pseudo-count each: a has 4 and 2 of 6, b has 2 and 4, so the odds are 2 and 1/2.
    found = log_odds({"x": 3, "y": 1}, {"x": 1, "y": 3}, {"x": 1.0, "y": 1.0})
    z, delta = found["x"]
    assert delta == pytest.approx(math.log(4))
    assert z == pytest.approx(math.log(4) / math.sqrt(1 / 4 + 1 / 2))
    assert found["y"] == pytest.approx((-z, -delta))


def test_the_prior_holds_back_what_was_said_once() -> None:
    a, b = {"ofte": 60, "en-gang": 1, "ellers": 939}, {"ofte": 20, "ellers": 980}
    found = log_odds(a, b, prior_of(a, b))
    assert found["ofte"][0] > 1.96 > found["en-gang"][0] > 0
    assert found["en-gang"][1] > found["ofte"][1]  # by the difference alone it would lead


@pytest.mark.parametrize("prior", [{"x": 1.0}, {"x": 1.0, "y": 0.0}, {}])
def test_every_term_needs_a_prior_and_no_term_is_told(prior: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="prior") as refused:
        log_odds({"x": 1}, {"y": 2}, prior)
    assert "y" not in str(refused.value).replace("every", "")


@given(counts, counts)
def test_log_odds_are_opposite_from_the_other_side(a: dict[str, int], b: dict[str, int]) -> None:
    prior = prior_of(a, b)
    a, b = ({term: n for term, n in each.items() if n} for each in (a, b))
    one, other = log_odds(a, b, prior), log_odds(b, a, prior)
    assert one.keys() == prior.keys() == a.keys() | b.keys()
    for term, (z, delta) in one.items():
        assert math.isfinite(z) and (z > 0) == (delta > 0)
        assert other[term] == pytest.approx((-z, -delta), abs=1e-9)


@given(counts)
def test_equal_counts_have_no_difference(a: dict[str, int]) -> None:
    assert all(found == pytest.approx((0, 0)) for found in log_odds(a, a, prior_of(a, a)).values() if a)


def test_typical_words_say_which_sources_have_them() -> None:
    target = [document("Havnen er stor. Havna luktet tjære, tjære og tjære.", source="a"),
              document("Alle store går til havnen.", source="b")]  # fmt: skip
    rest = [document("Skogen er stor. Stor, stor og stor. Vi gikk i skogen med tjære.", source="c")]
    rows = {row.word: row for row in key_words(target, rest, at_least=2)}
    assert list(rows) == ["havn", "tjære"]
    assert rows["havn"].sources == ("a", "b") and rows["havn"].rest_count == 0
    assert rows["tjære"].sources == ("a",) and rows["tjære"].rest_sources == ("c",)
    assert key_words(target, []) == [] and key_words([], rest) == []


# -- places


def test_a_concordance_finds_inflections_compounds_and_other_readings() -> None:
    text = "Boligen er dyr.\nBoligmangel og ein eigna bustad. Hus, ikke bolig."
    found = list(concordance([document(text)], [meant("bolig")]))
    assert [(line.hit, line.match) for line in found] == [
        ("Boligen", "word"), ("Boligmangel", "compound"), ("bustad", "reading"), ("bolig", "word"),
    ]  # fmt: skip
    assert [line.hit for line in concordance([document(text)], [meant("bolig")], exact=True)] == ["bolig"]
    assert list(concordance([document(text)], [meant("båt")])) == []


def test_a_phrase_and_a_pair_stay_in_their_sentence() -> None:
    text = "God psykisk helse og psykiske helseplager. Psykisk. Helse."
    phrase = [meant("psykisk"), meant("helse")]
    assert [line.hit for line in concordance([document(text)], phrase)] == ["psykisk helse", "psykiske helseplager"]
    apart = list(concordance([document("Psykisk og fysisk helse. Psykisk.\nHelse.")], phrase, window=5))
    assert [line.hit for line in apart] == ["Psykisk og fysisk helse"]


def test_context_stays_in_the_turn_and_is_cut_between_words() -> None:
    text = "Hva med bolig?\nJeg leier. Boligen er kald om vinteren. Jeg fryser.\nTakk."
    (first, second) = concordance([document(text, turns=True)], [meant("bolig")], width=15)
    assert (first.left, first.right) == ("Hva med ", "?")
    assert (second.left, second.hit, second.right) == ("Jeg leier. ", "Boligen", " er kald om ")


def test_lines_are_sorted_by_what_stands_beside() -> None:
    text = "En stor båt går. Den åpne båten synker. Min båt brenner."
    lines = list(concordance([document(text)], [meant("båt")]))
    order = str.casefold
    assert [line.right.split()[0] for line in in_order(lines, "right", order)] == ["brenner.", "går.", "synker."]
    assert [line.left.split()[-1] for line in in_order(lines, "left", order)] == ["Min", "stor", "åpne"]
    assert in_order(lines, "text", order) == lines


@few
@given(sayings, st.booleans(), st.integers(0, 40))
def test_lines_are_slices_and_agree_with_the_list(text: str, turns: bool, width: int) -> None:
    each = document(text, turns=turns)
    for row in word_list([each], everything=True):
        lines = list(concordance([each], [(row.word,)], width=width))
        assert sum(line.match == "word" for line in lines) == row.count
        assert sum(line.match == "compound" for line in lines) == row.in_compounds
        for line in lines:
            assert text[line.start : line.end] == line.hit
            stretch = line.left + line.hit + line.right
            assert text[line.start - len(line.left) : line.end + len(line.right)] == stretch
            assert len(line.left) <= width and len(line.right) <= width and "\n" not in stretch


# -- pairs


def test_pairs_never_cross_a_turn_or_a_sentence() -> None:
    text = "\n".join(["Vi leier bolig. Dyr strøm"] * 3)
    found = {(pair.first, pair.second): pair for pair in pairs([document(text, turns=True)])}
    assert set(found) == {("leie", "bolig"), ("dyr", "strøm")}
    assert found["leie", "bolig"].count == 3 and found["leie", "bolig"].sources == ("a",)


def test_pairs_around_a_word_count_its_compounds_as_it() -> None:
    text = "\n".join(["Kommunal bolig.", "Kommunale boliger.", "Kommunal boligpolitikk.", "Dyr strøm.", "Og så."])
    (pair,) = pairs([document(text)], around=("bolig",), at_least=2)
    assert (pair.first, pair.second, pair.count) == ("kommunal", "bolig", 3)
    (pair,) = pairs([document(text)], around=("bolig",), at_least=2, compounds=False)
    assert pair.count == 2
    assert pairs([document(text)], around=("båt",), at_least=1) == []


def test_a_wider_window_reaches_over_words_between() -> None:
    text = "\n".join(["Huset har lekk og gammel kran.", "Bilen står."] * 3)
    assert ("lekk", "kran") not in {(each.first, each.second) for each in pairs([document(text)])}
    assert ("lekk", "kran") in {(each.first, each.second) for each in pairs([document(text)], window=4)}
    with pytest.raises(ValueError, match="window"):
        pairs([document(text)], window=1)


@few
@given(st.lists(sayings, max_size=3), st.integers(2, 5))
def test_pairs_are_drawn_to_each_other(texts: list[str], window: int) -> None:
    documents = [document(text, source=str(n)) for n, text in enumerate(texts)]
    found = pairs(documents, window=window, at_least=1, everything=True)
    assert all(each.pmi > 0 and math.isfinite(each.g2) and each.first != each.second for each in found)
    assert [each.g2 for each in found] == sorted((each.g2 for each in found), reverse=True)
