"""One dictionary form for a tagged word: the treebank's forms, Norsk Ordbank, compound heads, a guess."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nlp.lexicon import lemma
from nlp.lexicon.lemma import Variety, compiled, lemma_of, variety_of
from nlp.training.lexicon import counted, write_lexicon
from nlp.training.treebank import Sentence, Word

GUESS = "gjett"


def word(form: str, found: str, tag: str, entity: str = "O") -> Word:
    return Word(form, found, tag, "", 0, "", entity)


NOB: Sentence = (
    word("Tjenesten", "tjeneste", "NOUN"),
    word("sa", "si", "VERB"),
    word("rett", "rett", "NOUN"),
    word("rett", "rette", "VERB"),
    word("Kari", "Kari", "PROPN", "B-PER"),
    word("plager", "plage", "NOUN"),
    word("plager", "plage", "NOUN"),
    word("plager", "plager", "NOUN"),
)
NNO: Sentence = (word("sa", "seie", "VERB"), word("tenesta", "teneste", "NOUN"))


@pytest.fixture(autouse=True)
def table(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "small.marisa"
    write_lexicon({"nob": [NOB], "nno": [NNO]}, path)
    lemma.reopen(path)
    yield path
    lemma.reopen()


@pytest.mark.parametrize(
    ("form", "tag", "variety", "expected"),
    [
        ("sa", "VERB", "nob", "si"),
        ("SA", "VERB", "nno", "seie"),
        ("rett", "NOUN", "nob", "rett"),
        ("rett", "VERB", "nob", "rette"),
        ("plager", "NOUN", "nob", "plage"),
        ("husene", "NOUN", "nob", "hus"),
        ("husene", "NOUN", "nno", GUESS),
        ("spesialisthelsetjenesten", "NOUN", "nob", "spesialisthelsetjeneste"),
        ("heimetenesta", "NOUN", "nno", "heimeteneste"),
        ("FACT-tjenesten", "NOUN", "nob", "fact-tjeneste"),
        ("Kari", "PROPN", "nob", GUESS),
        ("xqzv", "NOUN", "nob", GUESS),
        ("\udc80", "NOUN", "nob", GUESS),
    ],
)
def test_lists_come_first_and_the_guess_last(form: str, tag: str, variety: Variety, expected: str) -> None:
    assert lemma_of(form, tag, variety, GUESS) == expected


def test_the_guess_chooses_between_listed_lemmas() -> None:
    assert lemma_of("bønder", "NOUN", "nob", "bonde") == "bonde"


def test_names_do_not_enter_the_table() -> None:
    assert all("kari" not in key for key in counted({"nob": [NOB]}))
    assert not any("kari" in form for form, _ in compiled(counted({"nob": [NOB]})).items())


def test_equal_counts_give_equal_bytes(table: Path) -> None:
    again = table.with_name("again.marisa")
    assert write_lexicon({"nno": [NNO], "nob": [NOB]}, again) == 7
    assert again.read_bytes() == table.read_bytes()


@pytest.mark.parametrize(
    ("text", "variety"),
    [
        ("Jeg vet ikke hva hun sier", "nob"),
        ("Eg veit ikkje kva ho seier", "nno"),
        ("Ja", "nob"),
    ],
)
def test_small_words_tell_the_written_standard(text: str, variety: Variety) -> None:
    assert variety_of(text.split()) == variety


def test_too_small_a_lead_leaves_it_to_the_text_around() -> None:
    assert variety_of(["ikke"], otherwise="nno", lead=2) == "nno"
    assert variety_of(["ikke", "jeg"], otherwise="nno", lead=2) == "nob"
