"""The alias list: in order, of real words, and the same from both sides."""

from __future__ import annotations

import pytest

from nlp.lexicon.aliases import aliases, headword, rows
from nlp.lexicon.lemma import lemma_of
from nlp.lexicon.lookup import lemmas

TAGS = ("NOUN", "VERB", "ADJ", "ADV", "PRON", "DET", "ADP", "SCONJ", "NUM")
UNLISTED = frozenset(
    "tilsetjing arbeidsgivar enkje førebygge forsørgje gjeldsrådgivar hjelpsam hjemmetjeneste kvardag jobbsøkjar leigebuar "
    "leigetakar medarbeidar oppseiing oppsøkje oppsøkjande reingjering rådgivar sakshandsamar saksbehandlar sambuar "
    "sjølvhjelp svolten svevn utsetje korkje hash ka kem itj ikkj nåkka tyve utskrivelse".split()
)
"""Words that are right, and that neither the full-form list nor the treebanks have."""


def _is_known(word: str) -> bool:
    return bool(lemmas(word)) or any(lemma_of(word, tag, variety, "") for tag in TAGS for variety in ("nob", "nno"))


def _words() -> list[str]:
    return [word for listed in rows().values() for row in listed for word in row]


@pytest.mark.parametrize("name", ["nynorsk", "spellings"])
def test_rows_are_sorted_and_begin_with_a_word_once(name: str) -> None:
    first = [row[0] for row in rows()[name]]
    assert first == sorted(set(first))


def test_a_row_has_two_different_words_or_more_in_lower_case() -> None:
    for row in (row for listed in rows().values() for row in listed):
        assert len(row) == len(set(row)) > 1
        assert all(word == word.lower() and word.isalpha() for word in row)


def test_there_are_as_many_pairs_as_the_work_needs() -> None:
    assert sum(len(row) - 1 for row in rows()["nynorsk"]) >= 250


def test_both_sides_are_words_of_the_lexicon_or_listed_exceptions() -> None:
    assert {word for word in _words() if not _is_known(word)} == UNLISTED


def test_an_alias_has_the_word_as_its_alias() -> None:
    for word in _words():
        assert aliases(word)
        assert word not in aliases(word)
        assert all(word in aliases(other) for other in aliases(word))


def test_a_word_in_several_rows_has_the_aliases_of_all() -> None:
    assert aliases("høve") >= {"mulighet", "anledning"}
    assert aliases("kommune") == frozenset()


@pytest.mark.parametrize(
    ("form", "word"),
    [("kvardagen", "kvardag"), ("sambuarane", "sambuar"), ("enkja", "enkje"), ("bustad", "bustad"), ("kommunen", ""), ("a", "")],
)  # fmt: skip
def test_the_headword_of_an_inflected_form(form: str, word: str) -> None:
    assert headword(form) == word
