"""What the network sees of a word, and how its weights are put away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.strings import get_string_id
from thinc.api import get_current_ops

from nlp import network
from nlp.network import EMBEDDING, TABLES, features, lexicon_embed, opened, readings_of
from nlp.training.package import rounded

ROWS = [20] * len(TABLES)


@pytest.fixture(scope="module")
def blank() -> Iterator[Language]:
    yield spacy.blank("nb")


@pytest.mark.parametrize(
    ("word", "known", "word_class"),
    [
        ("boligene", "=", "noun"),
        ("bustaden", "=", "noun"),
        ("kommunens", "~", "noun"),
        ("skolane", "~", "noun"),
        ("spesialisthelsetjenesten", "+", "noun"),
        ("xqzv", "-", ""),
        ("", "-", ""),
    ],
)
def test_a_word_is_known_by_the_list_by_its_ending_by_its_end_or_not_at_all(
    word: str, known: str, word_class: str
) -> None:
    with_endings, classes = readings_of(word)
    assert (with_endings[0], classes) == (known, known + word_class)


def test_inflections_tell_themselves_apart_by_their_endings() -> None:
    assert readings_of("boligene")[0] == readings_of("husene")[0] != readings_of("oppgavene")[0]
    assert readings_of("boligene")[1] == readings_of("oppgavene")[1]


def test_a_compound_has_the_endings_of_its_longest_listed_end() -> None:
    assert readings_of("spesialisthelsetjenesten")[0] == "+" + readings_of("helsetjenesten")[0][1:]


def test_beginnings_and_ends_are_small_letters(blank: Language) -> None:
    row = features(blank.make_doc("KOMMUNENE"))[0]
    assert row[TABLES.index("beginning")] == get_string_id("kom")
    assert row[TABLES.index("last five letters")] == get_string_id("unene")


def test_the_lexicon_does_not_see_capitals_but_the_shape_does(blank: Language) -> None:
    written, lower = features(blank.make_doc("Boligene")), features(blank.make_doc("boligene"))
    different = {TABLES[column] for column in range(len(TABLES)) if written[0, column] != lower[0, column]}
    assert different == {"shape"}


@given(st.text(alphabet="aBå. \n«»-/'’😀1\x00\u2028", max_size=20))
@settings(max_examples=40, deadline=None)
def test_every_token_has_one_row(text: str) -> None:
    doc = spacy.blank("nb").make_doc(text)
    assert features(doc).shape == (len(doc), len(TABLES))


def test_a_vector_a_token_also_where_a_document_is_empty(blank: Language) -> None:
    docs = [blank.make_doc(text) for text in ("Kari bor her", "", "Nei")]
    model = lexicon_embed(8, ROWS, 2)
    model.initialize(X=docs)
    assert [vectors.shape for vectors in model.predict(docs)] == [(3, 8), (0, 8), (1, 8)]


def test_a_wrong_number_of_tables_is_refused() -> None:
    with pytest.raises(ValueError, match=r"kodebenk\.LexiconEmbed\.v1: 2 row counts for 7 tables"):
        lexicon_embed(8, [20, 20], 2)


def test_a_pipeline_with_the_network_comes_back_from_its_folder_without_changing_what_others_use(
    tmp_path: Path, blank: Language
) -> None:
    pipeline = spacy.blank("nb")
    embed = {"@architectures": EMBEDDING, "width": 8, "rows": ROWS, "maxout_pieces": 2}
    encode = {
        "@architectures": "spacy.MaxoutWindowEncoder.v2",
        "width": 8,
        "depth": 1,
        "window_size": 1,
        "maxout_pieces": 2,
    }
    model = {"@architectures": "spacy.Tok2Vec.v2", "embed": embed, "encode": encode}
    pipeline.add_pipe("tok2vec", config={"model": model})
    pipeline.initialize()
    pipeline.to_disk(tmp_path / "small")
    before = get_current_ops()
    again = opened(tmp_path / "small")
    assert get_current_ops() is before
    assert {node.ops.use_blis for node in again.get_pipe("tok2vec").model.walk()} == {False}  # type: ignore[attr-defined]
    text = "Kari fikk boligen."
    assert np.allclose(again(text).tensor, pipeline(text).tensor, atol=1e-5)
    assert opened(tmp_path / "small", without=["tok2vec"]).pipe_names == []


def test_components_are_known_once_the_network_is() -> None:
    assert all(Language.has_factory(name) for name in network.COMPONENTS)


@given(st.lists(st.floats(width=32, allow_nan=False, min_value=-(2.0**100), max_value=2.0**100), max_size=20))
@settings(max_examples=60)
def test_rounded_weights_are_near_and_stay_as_they_are_the_next_time(values: list[float]) -> None:
    weights = np.array(values, dtype=np.float32)
    once = rounded(weights)
    normal = np.abs(weights) > 1e-37
    assert np.all(np.abs(once - weights)[normal] <= np.abs(weights)[normal] / 256)
    assert np.array_equal(rounded(once), once)
    assert not np.any(once.view(np.uint32) & np.uint32(0xFFFF))
