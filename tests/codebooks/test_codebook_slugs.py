"""Slugs are made the same way every time, and what a person types finds the code that was meant."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codebooks.errors import CodebookError
from codebooks.model import Code, Codebook
from codebooks.slugs import explain, find_code, fold, is_slug, match, ranked, slugify, unique_slug

CODES = (
    ("bolig", "Bolig"),
    ("bolig-marked", "Boligmarked og statlige virkemidler"),
    ("bolig-midlertidig", "Midlertidig bolig og bostedsløshet"),
    ("rop-atferd", "Utfordrende atferd og vold"),
    ("okonomi", "Økonomi"),
    ("okonomi-kutt", "Innsparing og kutt"),
    ("brukerokonomi", "Brukerens egen økonomi"),
)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Økonomi", "okonomi"),
        ("Oppfølging i bolig", "oppfolging-i-bolig"),
        ("Ærlighet på åpne møter", "aerlighet-pa-apne-moter"),
        ("  ROP / «de sykeste» ", "rop-de-sykeste"),
        ("Čálli & Áššu", "calli-assu"),
        ("24/7-tilbud", "24-7-tilbud"),
        ("bo\u00adlig", "bolig"),
        ("O\u0308konomi", "okonomi"),
        ("Привет", "kode"),
        ("", "kode"),
    ],
)
def test_a_name_gives_its_slug(name: str, slug: str) -> None:
    assert slugify(name) == slug


@given(st.text(max_size=120))
@settings(max_examples=80)
def test_a_slug_is_a_slug_and_its_own_slug(name: str) -> None:
    slug = slugify(name)
    assert is_slug(slug)
    assert slugify(slug) == slug


def test_a_long_name_is_cut_between_words() -> None:
    slug = slugify("oppfølging " * 10)
    assert len(slug) <= 64
    assert set(slug.split("-")) == {"oppfolging"}


def test_a_long_single_word_is_cut_all_the_same() -> None:
    assert slugify("x" * 200) == "x" * 64


def test_a_taken_slug_gets_a_number() -> None:
    assert unique_slug("Bolig", {"rop"}) == "bolig"
    assert unique_slug("Bolig", {"bolig", "bolig-2"}) == "bolig-3"
    numbered = unique_slug("x" * 64, {"x" * 64})
    assert numbered == "x" * 62 + "-2"


@pytest.mark.parametrize("text", ["bolig", "rop-2", "a", "24-7"])
def test_slugs_are_known(text: str) -> None:
    assert is_slug(text)


@pytest.mark.parametrize("text", ["", "Bolig", "-a", "a-", "a--b", "økonomi", "a b", "a\n", "x" * 65])
def test_other_texts_are_no_slugs(text: str) -> None:
    assert not is_slug(text)


def test_spellings_of_one_name_meet_when_folded() -> None:
    assert fold("okonomi") == fold("oekonomi") == fold("Økonomi") == fold("ØKONOMI")
    assert fold("Ås") == fold("Aas") == fold("as")
    assert fold("Ærlig") == fold("aerlig")
    assert fold("rop_de--sykeste ") == "rop de sykeste"
    assert fold("boer") != fold("bær")


@given(st.text(alphabet="aeoøåæ -Oe\u0301x", max_size=20))
@settings(max_examples=150)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("typed", ["okonomi", "oekonomi", "økonomi", "ØKONOMI", " Økonomi "])
def test_exact_beats_beginning_and_folds(typed: str) -> None:
    found = match(typed, CODES)
    assert (found.kind, found.slug) == ("exact", "okonomi")


@pytest.mark.parametrize("typed", ["rop-a", "utfordrende", "Utfordrende atferd", "innsp", "økonomi-k", "oekonomi ku"])
def test_a_beginning_that_one_code_has_is_enough(typed: str) -> None:
    found = match(typed, CODES)
    assert found.kind == "prefix"
    assert found.slug in {"rop-atferd", "okonomi-kutt"}


def test_a_beginning_that_several_have_is_ambiguous() -> None:
    found = match("bolig-m", CODES)
    assert (found.kind, found.slug) == ("ambiguous", None)
    assert found.among == ("bolig-marked", "bolig-midlertidig")
    assert "bolig-marked, bolig-midlertidig" in explain(found, "bolig-m")


def test_two_codes_of_one_name_are_ambiguous() -> None:
    assert match("kutt", [("a", "Kutt"), ("b", "Kutt")]).among == ("a", "b")


def test_what_is_misspelt_gets_the_nearest() -> None:
    found = match("blig", CODES)
    assert found.kind == "none"
    assert found.nearest[0] == "bolig"
    assert "bolig" in explain(found, "blig")


@pytest.mark.parametrize("typed", ["", "  ", "…", "qqqqqqqq"])
def test_what_resembles_nothing_gets_nothing(typed: str) -> None:
    found = match(typed, CODES)
    assert (found.kind, found.nearest) == ("none", ())
    assert "ingen kode ligner" in explain(found, typed)


def test_the_list_narrows_while_typing() -> None:
    assert ranked("", CODES) == tuple(slug for slug, _name in CODES)
    assert ranked("bo", CODES)[:3] == ("bolig", "bolig-marked", "bolig-midlertidig")
    assert ranked("virke", CODES) == ("bolig-marked",)
    assert ranked("øko", CODES) == ("okonomi", "okonomi-kutt", "brukerokonomi")
    assert ranked("økonomi", CODES)[0] == "okonomi"


def test_beginnings_stand_before_word_beginnings_before_parts_before_lookalikes() -> None:
    codes = [("d", "tvagn"), ("c", "utvangen"), ("b", "mer tvang"), ("a", "tvang i dag"), ("e", "tvang")]
    assert ranked("tvang", codes) == ("e", "a", "b", "c", "d")


def test_words_can_be_typed_in_any_order() -> None:
    assert ranked("vold utf", CODES) == ("rop-atferd",)


@given(st.text(alphabet="abolig økrp-", max_size=8))
@settings(max_examples=80)
def test_the_list_never_invents_or_repeats(typed: str) -> None:
    slugs = ranked(typed, CODES)
    assert len(set(slugs)) == len(slugs)
    assert set(slugs) <= {slug for slug, _name in CODES}


@given(st.text(alphabet="abolig økrp-", max_size=8))
@settings(max_examples=80)
def test_what_is_found_is_also_first_in_the_list(typed: str) -> None:
    found = match(typed, CODES)
    if found.slug is not None:
        assert ranked(typed, CODES)[0] == found.slug


def test_a_code_is_found_in_a_codebook_or_refused() -> None:
    codebook = Codebook(name="prøve", codes=tuple(Code(slug=slug, name=name) for slug, name in CODES))
    assert find_code(codebook, "oekonomi").slug == "okonomi"
    with pytest.raises(CodebookError, match="flere koder: bolig-marked"):
        find_code(codebook, "bolig-m")
    with pytest.raises(CodebookError, match=r"finnes ikke\. Nærmest er: bolig"):
        find_code(codebook, "blig")
