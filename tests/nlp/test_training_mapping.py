"""NDT tags put into UD's, and the spacing that NDT has lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.training import mapping
from nlp.training.corpus import document, spaced
from nlp.training.treebank import Sentence, Word


def word(form: str, tag: str, features: str = "", *, head: int = 0, relation: str = "ROOT", lemma: str = "") -> Word:
    return Word(form, lemma or form, tag, features, head, relation, "O")


def plain(text: str) -> Sentence:
    return tuple(word(form, "x") for form in text.split())


HAS_SEEN = (word("har", "verb", "pres", lemma="ha"), word("sett", "verb", "perf-part", head=1, relation="INFV"))
HAS_A_BOAT = (word("har", "verb", "pres", lemma="ha"), word("båt", "subst", "ub|ent", head=1, relation="DOBJ"))
UD_PAIRS = [
    (HAS_SEEN, (word("har", "AUX", "Tense=Pres", lemma="ha"), word("sett", "VERB", "VerbForm=Part"))),
    (HAS_A_BOAT, (word("har", "VERB", "Tense=Pres", lemma="ha"), word("båt", "NOUN", "Number=Sing"))),
] * 3


def test_the_tree_decides_between_parts_of_speech() -> None:
    learned = mapping.learn(UD_PAIRS)
    assert [found.tag for found in learned.mapped(HAS_SEEN)] == ["AUX", "VERB"]
    assert [found.tag for found in learned.mapped(HAS_A_BOAT)] == ["VERB", "NOUN"]


def test_an_unseen_word_gets_the_features_of_its_tags() -> None:
    (_, house) = mapping.learn(UD_PAIRS).mapped((HAS_A_BOAT[0], word("hus", "subst", "ent|ub", head=1)))
    assert (house.tag, house.features, house.lemma) == ("NOUN", "Number=Sing", "hus")


def test_a_word_class_that_was_never_seen_is_x_without_features() -> None:
    (found,) = mapping.learn(UD_PAIRS).mapped((word("%", "symb"),))
    assert (found.tag, found.features) == ("X", "")


def test_lemmas_change_where_the_editions_differ() -> None:
    pair = ((word("det", "det"),), (word("det", "DET", lemma="den"),))
    (found,) = mapping.learn([pair] * 2).mapped(pair[0])
    assert found.lemma == "den"


def test_nynorsk_gets_the_features_of_bokmal() -> None:
    nno, nob = mapping.learn(UD_PAIRS), mapping.learn(UD_PAIRS)
    nno.preferred = mapping.learn(
        [(ndt, tuple(word(w.form, w.tag, "Number=Plur") for w in ud)) for ndt, ud in UD_PAIRS]
    ).features
    (boat,) = nno.mapped((word("båt", "subst", "eint|ub"),))
    assert (boat.features, nob.mapped((word("båt", "subst", "eint|ub"),))[0].features) == ("Number=Plur", "Number=Sing")


def test_only_sentences_with_the_same_words_are_paired() -> None:
    assert mapping.paired([HAS_SEEN, HAS_A_BOAT], [UD_PAIRS[1][1], plain("noe annet")]) == [UD_PAIRS[1]]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("Hun sa : « Ja ! » og gikk .", "Hun sa: «Ja!» og gikk."),
        ('Han ropte " nei " ( to ganger ) .', 'Han ropte "nei" (to ganger).'),
        ("og / eller , kanskje ?", "og/eller, kanskje?"),
    ],
)
def test_spacing_is_what_an_editor_would_write(words: str, text: str) -> None:
    sentence = spaced(plain(words))
    assert "".join(w.form + " " * w.space for w in sentence).strip() == text


@given(st.lists(st.sampled_from(["a", "«", "»", '"', "(", ")", ".", "/"]), min_size=1, max_size=12))
@settings(max_examples=50)
def test_spacing_keeps_every_word(forms: list[str]) -> None:
    sentence = tuple(word(form, "x") for form in forms)
    assert [w.form for w in spaced(sentence)] == forms


def test_a_document_keeps_sentences_apart() -> None:
    from spacy.vocab import Vocab

    first = (Word("Kari", "Kari", "PROPN", "", 0, "", "B-PER"), Word(".", "$.", "PUNCT", "", 1, "", "O", space=False))
    doc = document([first, (word("Ja", "INTJ"),)], Vocab())
    assert doc.text.strip() == "Kari . Ja"
    assert [sentence.text.strip() for sentence in doc.sents] == ["Kari .", "Ja"]
    assert [(name.text, name.label_) for name in doc.ents] == [("Kari", "PER")]
