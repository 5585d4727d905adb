"""Languages told by small words: the standards of Norwegian, dialect, the neighbours, and when too little is said."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.languages import Language, language_of, languages_of_turns, words_of

TREEBANKS = Path(__file__).parents[2].parent / "shared" / "treebanks"


def told(text: str, otherwise: Language = "") -> str:
    return language_of(words_of(text), otherwise)


@dataclass(frozen=True)
class Said:
    speaker: str
    start: int
    end: int


def conversation(*lines: tuple[str, str]) -> tuple[str, list[Said]]:
    text, turns = "", []
    for speaker, words in lines:
        turns.append(Said(speaker, len(text), len(text) + len(words)))
        text += words + "\n"
    return text, turns


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nb", "Vi har ikke hatt noe møte siden i fjor, og jeg vet ikke hvorfor."),
        ("nb", "jeg tror det blir vanskelig når han kommer ut fra avrusning"),
        ("nn", "Vi har ikkje hatt noko møte sidan i fjor, og eg veit ikkje kvifor."),
        ("nn", "eg trur det blir vanskeleg når dei kjem heim att"),
        ("en", "so you know it was like really hard to get a place to live"),
        ("en", "They don't really talk to each other, and that is the problem."),
        ("sv", "Jag tycker att det är svårt att få en bostad när man inte har något jobb."),
        ("sv", "ja men vi har ju försökt prata med dom men det händer inget"),
        ("da", "Jeg synes ikke, at vi har fået noget ud af det endnu, men måske kommer det."),
        ("da", "Hun sagde, at hun havde været der i to år, og at det gik meget godt."),
        ("de", "Ich glaube, dass wir noch nicht genug Wohnungen haben."),
    ],
)
def test_each_language_by_its_small_words(language: str, text: str) -> None:
    assert told(text) == language
    assert told(text.upper()) == language


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nb", "æ veit ikkje ka æ skal si, men hun var jo der hele tida og fikk ikke noe hjelp"),
        ("nb", "det e jo itj så lett når du ikke har nån plass å bo og ingen hjelper dæ"),
        ("nb", "ka skjer når han kommer ut, det er jo ikkje noen som vet det"),
        ("nn", "æ veit ikkje kva dei vil, eg fekk ikkje noko svar frå kommunen"),
    ],
)
def test_dialect_is_told_by_what_only_a_written_standard_has(language: str, text: str) -> None:
    assert told(text) == language


def test_words_of_dialect_alone_leave_the_standard_open() -> None:
    assert told("æ veit ikkje ka", "nb") == "nb"
    assert told("æ veit ikkje ka", "nn") == "nn"
    assert told("æ veit ikkje ka") == ""


@pytest.mark.parametrize(
    "text", ["", "Ja.", "Kari Nordmann Bergen", "asdf qwer zxcv jkl poiu lkjh", "12 345 – 7", "jeg"]
)
def test_too_little_or_gibberish_is_no_language(text: str) -> None:
    assert told(text) == ""
    assert told(text, "sv") == "sv"


def test_gibberish_around_small_words_is_not_believed() -> None:
    assert told("jeg hva " + "xqz " * 30) == ""


def test_what_is_known_already_is_not_given_up_for_a_word_or_two() -> None:
    assert told("No, no!", "nb") == "nb"
    assert told("Well, you know, that is what they said to me.", "nb") == "en"


def test_a_turn_has_its_own_language_then_its_speakers() -> None:
    text, turns = conversation(
        ("I", "Hva gjorde dere da han ikke fikk noe sted å bo, og hvem var det som hjalp ham?"),
        ("A", "Eg veit ikkje kva dei gjorde, men eg fekk ikkje noko svar frå kommunen."),
        ("A", "Ja."),
        ("I", "Ok."),
        ("B", "Mm."),
        ("A", "They told me that I would have to wait for it, and I don't know why."),
        ("", "Ja."),
    )
    assert languages_of_turns(text, turns) == ["nb", "nn", "nn", "nb", "", "en", ""]


@given(st.lists(st.text(max_size=8), max_size=30), st.sampled_from(["", "nb", "nn"]))
@settings(max_examples=60)
def test_order_and_case_say_nothing(words: list[str], otherwise: Language) -> None:
    found = language_of(words, otherwise)
    assert found == language_of(reversed(words), otherwise)
    if not words:
        assert found == otherwise


@pytest.mark.skipif(not TREEBANKS.is_dir(), reason="the treebanks do not lie beside the repository")
@pytest.mark.parametrize(
    ("name", "language", "share"), [("bokmaal", "nb", 0.75), ("nynorsk", "nn", 0.82)], ids=["bokmål", "nynorsk"]
)
def test_written_norwegian_is_told_in_single_sentences_and_always_in_twenty(
    name: str, language: str, share: float
) -> None:
    with gzip.open(TREEBANKS / f"ud-2.16-no_{name}-ud-dev.conllu.gz", "rt", encoding="utf-8") as file:
        sentences = [words_of(line[9:]) for line in file if line.startswith("# text = ")]
    answers = [language_of(words) for words in sentences if len(words) >= 6]
    assert answers.count(language) >= share * len(answers)  # type: ignore[arg-type]
    assert answers.count(language) >= 0.98 * sum(map(bool, answers))  # type: ignore[arg-type]
    documents = [chain.from_iterable(sentences[n : n + 20]) for n in range(0, len(sentences) - 19, 20)]
    assert {language_of(words) for words in documents} == {language}
