"""Words of a text with their dictionary forms and parts, and the pipelines that find them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.errors import PipelineMissingError
from nlp.forms import form_of
from nlp.pipeline import Pipeline, Token, load


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return load()


def token(pipeline: Pipeline, text: str, word: str) -> Token:
    return next(found for found in pipeline.tokens(text) if text[found.start : found.end] == word)


def test_offsets_count_from_the_beginning_of_the_text(pipeline: Pipeline) -> None:
    text = "Ja. «Boligen», sa hun – på Bodø."
    found = pipeline.tokens(text, 4)
    assert [text[token.start : token.end] for token in found] == ["Boligen", "sa", "hun", "på", "Bodø"]


@given(st.text(alphabet="abæø-/.,«» \n😀1’'", max_size=60))
@settings(max_examples=100, deadline=None)
def test_tokens_lie_in_order_inside_the_text(text: str) -> None:
    position = 0
    for found in load().tokens(text):
        assert position <= found.start < found.end <= found.reach <= len(text)
        assert any(map(str.isalnum, text[found.start : found.end]))
        position = found.end


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("spesialisthelsetjenesten", "spesialisthelsetjeneste"),
        ("FACT-teamet", "fact-team"),
        ("DPS-en", "dps"),
        ("DPS'", "dps"),
        ("DPS", "dps"),
        ("rusboligene", "rusbolig"),
        ("rusbustader", "rusbolig"),
        ("Husbanken", "husbank"),
        ("rus-/psykiatritjenester", "rustjeneste"),
    ],
)
def test_words_that_no_list_has_get_the_lemma_of_their_head(word: str, lemma: str) -> None:
    assert lemma in form_of(word).lemmas


@pytest.mark.parametrize(
    ("word", "part"),
    [
        ("boligmangel", "bolig"),
        ("bolig", "bolig"),
        ("FACT-teamet", "fact"),
        ("FACT-teamet", "team"),
        ("ROP-boligene", "bolig"),
        ("rus-/psykiatritjenester", "rus"),
        ("rus-/psykiatritjenester", "psykiatri"),
        ("omsorgsbustaden", "bolig"),
    ],
)
def test_parts_are_found_across_hyphens_and_slashes(word: str, part: str) -> None:
    assert part in form_of(word).parts


@pytest.mark.parametrize(
    ("text", "word", "lemma", "part", "reach"),
    [
        ("rus- og psykiske helseproblemer", "rus-", "rusproblem", "problem", 31),
        ("bo- og tjenestetilbudet", "bo-", "botilbud", "tilbud", 23),
        ("arbeids- og velferdsetaten", "arbeids-", "arbeidsetat", "arbeid", 26),
        ("rus-, bolig- og økonomitiltak", "rus-", "rustiltak", "tiltak", 29),
        ("rus- og/eller psykiske lidelser", "rus-", "ruslidelse", "rus", 31),
        ("bolig- eller tjenestetilbod", "bolig-", "boligtilbud", "tilbud", 27),
    ],
)
def test_a_suspended_word_borrows_the_later_head(
    pipeline: Pipeline, text: str, word: str, lemma: str, part: str, reach: int
) -> None:
    found = token(pipeline, text, word)
    assert lemma in found.lemmas
    assert {part, word.rstrip("-")} <= found.parts | found.surfaces
    assert found.reach == reach


@pytest.mark.parametrize("text", ["rus- men", "rus-", "Han rusa seg på rus- den dagen gikk tjenestetilbudet ned"])
def test_without_a_joining_word_nothing_is_borrowed(pipeline: Pipeline, text: str) -> None:
    found = token(pipeline, text, "rus-")
    assert found.reach == found.end
    assert "rus" in found.lemmas


def test_an_endless_run_is_no_word_and_costs_no_time(pipeline: Pipeline) -> None:
    text = "«" * 100_000 + " bolig"
    assert [text[token.start : token.end] for token in pipeline.tokens(text)] == ["bolig"]


def test_identity_names_the_pipeline_and_is_stable(pipeline: Pipeline) -> None:
    assert load("blank").identity.startswith("nb-blank-")
    assert load().identity == pipeline.identity


def test_a_pipeline_that_is_not_installed_is_refused_by_name() -> None:
    with pytest.raises(PipelineMissingError, match="nb_finnes_ikke"):
        load("nb_finnes_ikke")


def test_a_tagger_chooses_between_readings() -> None:
    assert "gjelde" in form_of("gjeld").lemmas
    assert "gjelde" not in form_of("gjeld", "noun").lemmas
    assert form_of("gjeld", "adv").lemmas == form_of("gjeld").lemmas


def test_an_installed_pipeline_is_used_with_its_word_classes(tmp_path: Path) -> None:
    import spacy

    language = spacy.blank("nb", meta={"name": "invented", "version": "0.0.1"})
    ruler = language.add_pipe("attribute_ruler")
    ruler.add([[{"LOWER": "gjeld"}]], {"POS": "NOUN"})  # type: ignore[attr-defined]
    language.to_disk(tmp_path / "invented")
    pipeline = load(str(tmp_path / "invented"))
    assert pipeline.identity.startswith("nb_invented-0.0.1+")
    assert "gjelde" not in token(pipeline, "Han har gjeld.", "gjeld").lemmas
