"""Search in a text: what meets what, where hits lie, and that nothing is folded unless it is asked for."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Turn
from nlp.parsed import Parsed, parse
from nlp.pipeline import load
from nlp.search import Match, Query, exact, matches, read

WORDS = (
    "bolig boligen boligmangel bustad bustadane kommunale leilighet leilegheita ikke ikkje på pa økonomi okonomi rus sjukehus "
    "sykehusopphold egen eigen få fa FACT-teamet rus- og psykiske helseproblemer"
).split()  # fmt: skip
PLAIN_WORDS = sorted({word for word in WORDS if word.isalpha()})
_pipeline = load("blank")

texts = st.lists(
    st.tuples(st.sampled_from(WORDS), st.sampled_from((" ", "  ", ". ", ", ", "\n"))).map("".join), max_size=25
).map("".join)


def _parsed(text: str, turns: tuple[Turn, ...] = ()) -> Parsed:
    return parse(text, turns, _pipeline)


def _tokens(chunk: str) -> list[str]:
    return [chunk[token.start : token.end] for token in _pipeline.tokens(chunk)]


def _query(query: str, *, fold: bool = False) -> Query:
    return read(query, _tokens, fold=fold)


def _found(text: str, query: str, *, fold: bool = False) -> list[str]:
    return [text[match.start : match.end] for match in matches(_parsed(text), text, _query(query, fold=fold))]


def _turn(start: int, end: int) -> Turn:
    return Turn(speaker="A", role="participant", label_start=start, start=start, end=end)


class TestAsItIsWritten:
    def test_any_case_and_any_run_of_blanks(self) -> None:
        text = "Lang kø.\nLANG  KØ igjen, langkø ikke."
        assert [text[hit.start : hit.end] for hit in exact(text, "lang kø")] == ["Lang kø", "LANG  KØ"]
        assert list(exact(text, "  ")) == []

    def test_signs_as_they_stand(self) -> None:
        assert list(exact("a.b a+b axb", "a.b")) == [Match(start=0, end=3)]

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("okonomi", ["Økonomi", "okonomi"]),
            ("økonomi", ["Økonomi", "okonomi"]),
            ("raer", ["rær", "raer"]),
            ("rær", ["rær", "raer"]),
        ],
    )
    def test_folded_when_asked(self, query: str, found: list[str]) -> None:
        text = "Økonomi og okonomi, rær og raer, rar"
        assert [text[hit.start : hit.end] for hit in exact(text, query, fold=True)] == found
        assert len(list(exact(text, query))) <= 1

    @settings(max_examples=60)
    @given(st.text(alphabet="abæ \n", max_size=60), st.text(alphabet="abæ", min_size=1, max_size=3))
    def test_every_hit_is_the_query(self, text: str, query: str) -> None:
        found = [text[hit.start : hit.end] for hit in exact(text, query)]
        assert all(hit.casefold() == query.casefold() for hit in found)
        assert len(found) == text.count(query) or query[0] in query[1:]

    @settings(max_examples=60)
    @given(st.text(alphabet="abåæeoøØÅ ", max_size=60), st.text(alphabet="abåæeoø", min_size=1, max_size=3))
    def test_folding_takes_away_no_hit(self, text: str, query: str) -> None:
        folded = list(exact(text, query, fold=True))
        for hit in exact(text, query):
            assert any(other.start < hit.end and hit.start < other.end for other in folded)


class TestEveryForm:
    @pytest.mark.parametrize(
        ("query", "text", "found"),
        [
            ("bolig", "Boligene og boligmangelen, BUSTADANE.", ["Boligene", "boligmangelen", "BUSTADANE"]),
            ("bustad", "Ein bustad er ein bolig.", ["bustad", "bolig"]),
            ("boligene", "Bolig eller bustad?", ["Bolig", "bustad"]),
            ("boligmangel", "Bustadmangel og mangel på bolig.", ["Bustadmangel"]),
            ("bustadmangel", "Boligmangelen.", ["Boligmangelen"]),
            ("sykehus", "Sjukehuset, sykehusopphold og sjukeheim", ["Sjukehuset", "sykehusopphold"]),
            ("leilighet", "Leilegheitene i leilighetsbygget", ["Leilegheitene", "leilighetsbygget"]),
            ("ikke", "Ikkje nå, ikke da, ikkj no.", ["Ikkje", "ikke", "ikkj"]),
            ("hverdag", "Kvardagen hennar", ["Kvardagen"]),
            ("kommune", "Kommunene er kommunale.", ["Kommunene"]),
            ("team", "FACT-teamet", ["FACT-teamet"]),
            ("fact-team", "FACT-teamet og teamet", ["FACT-teamet"]),
            ("psykiatri", "rus/psykiatri", ["psykiatri"]),
            ("rus/psykiatri", "rus/psykiatri og rus", ["rus/psykiatri"]),
            ("«bolig»!", "bolig", ["bolig"]),
        ],
    )
    def test_meets(self, query: str, text: str, found: list[str]) -> None:
        assert _found(text, query) == found

    def test_letters_are_folded_only_when_asked(self) -> None:
        text = "Økonomien, okonomi; på pa"
        assert _found(text, "okonomi") == ["okonomi"]
        assert _found(text, "økonomi") == ["Økonomien"]
        assert _found(text, "okonomi", fold=True) == _found(text, "økonomi", fold=True) == ["Økonomien", "okonomi"]
        assert _found(text, "pa", fold=True) == ["på", "pa"]

    def test_a_word_written_without_its_letters_is_read_with_them_when_folding(self) -> None:
        assert _found("Økonomi i haust", "okonomien, hosten", fold=True) == ["Økonomi", "haust"]

    def test_a_beginning(self) -> None:
        text = "Boligen, boligmangel, FACT-boligene, bustad, bil"
        assert _found(text, "bolig*") == ["Boligen", "boligmangel", "FACT-boligene"]
        assert _found("Økonomi", "oko*") == []
        assert _found("Økonomi", "oko*", fold=True) == ["Økonomi"]
        assert _found(text, "*") == []

    def test_a_phrase_is_consecutive_words_in_any_form(self) -> None:
        text = "Egne boliger. Egen, trygg bolig. Å eige; bustad."
        assert _found(text, "egen bolig") == ["Egne boliger", "eige; bustad"]

    def test_phrases_with_commas_between_are_all_hits_and_the_longer_one_stays(self) -> None:
        assert _found("Egen bolig og husleige.", "egen, egen bolig, bolig, husleie") == ["Egen bolig", "husleige"]
        assert _found("Det kostar 2,5 mill.", "2,5") == ["2,5"]

    def test_a_phrase_crosses_a_line_break_but_no_sentence_and_no_turn(self) -> None:
        broken = "Vi har egen\nbolig her. Egen. Bolig."
        assert [
            match.start for match in matches(_parsed(broken, (_turn(0, len(broken)),)), broken, _query("egen bolig"))
        ] == [7]
        spoken = "A: egen\nbolig"
        turns = (_turn(3, 7), _turn(8, 13))
        assert matches(_parsed(spoken, turns), spoken, _query("egen bolig")) == []

    def test_what_is_outside_the_turns_is_not_searched(self) -> None:
        text = "Bolig: en bolig"
        assert matches(_parsed(text, (_turn(7, 15),)), text, _query("bolig")) == [Match(start=10, end=15)]

    @pytest.mark.parametrize("query", ["", "  ", "?!", ",", "*"])
    def test_no_word_no_phrase(self, query: str) -> None:
        assert _query(query).phrases == ()

    @settings(max_examples=40, deadline=None)
    @given(texts, st.lists(st.sampled_from(PLAIN_WORDS), min_size=1, max_size=2), st.booleans())
    def test_hits_are_whole_words_in_order_and_none_over_another(self, text: str, query: list[str], fold: bool) -> None:
        parsed = _parsed(text)
        found = matches(parsed, text, _query(" ".join(query), fold=fold))
        assert {match.start for match in found} <= set(parsed.starts)
        assert {match.end for match in found} <= set(parsed.ends)
        assert all(one.end <= other.start for one, other in pairwise(found))

    @settings(max_examples=40, deadline=None)
    @given(texts, st.sampled_from(PLAIN_WORDS), st.booleans())
    def test_whole_words_as_they_are_written_are_among_the_hits(self, text: str, query: str, fold: bool) -> None:
        found = {(match.start, match.end) for match in matches(_parsed(text), text, _query(query, fold=fold))}
        words = {(word.start(), word.end()) for word in re.finditer(r"[\w-]+", text)}
        assert {(hit.start, hit.end) for hit in exact(text, query, fold=fold)} & words <= found

    @settings(max_examples=40, deadline=None)
    @given(texts, st.sampled_from(PLAIN_WORDS))
    def test_folding_takes_away_no_word(self, text: str, query: str) -> None:
        parsed = _parsed(text)
        assert set(matches(parsed, text, _query(query))) <= set(matches(parsed, text, _query(query, fold=True)))
