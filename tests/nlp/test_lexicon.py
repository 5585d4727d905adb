"""The compiled lexicon: what a look-up says, and that the table is built the same way each time."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.lexicon.build import compile_trie, entries, main, read_source
from nlp.lexicon.entries import decode, encode
from nlp.lexicon.lookup import identity, is_listed_lemma, lemmas

WORDS = st.text(alphabet="abcdeføåé", min_size=1, max_size=20)
SMALL = {
    "noun": {
        "sak": ["sak"],
        "sake": ["sake"],
        "saken": ["sake"],
        "plage": ["plage"],
        "plager": ["plager"],
        "lister": ["list"],
        "list": ["list"],
        "liste": ["liste"],
        "Bolig": ["bolig"],
        "boligen": ["bolig"],
        "à la carte": ["à la carte"],
    },
    "verb": {"bo": ["bo"], "bore": ["bore"], "bor": ["bore"]},
    "adj": {"egnede": ["egnet"]},
    "adv": {"ofte": ["ofte"]},
}


def names(form: str) -> set[str]:
    return {lemma for lemma, _ in lemmas(form)}


@pytest.mark.parametrize(
    ("form", "lemma", "word_class"),
    [
        ("boligene", "bolig", "noun"),
        ("BOLIGENE", "bolig", "noun"),
        ("kommunens", "kommune", "noun"),
        ("finansieres", "finansiere", "verb"),
        ("egnede", "egnet", "adj"),
        ("øremerkede", "øremerket", "adj"),
        ("øremerkede", "øremerke", "verb"),
        ("sammensatte", "sammensatt", "adj"),
        ("krevende", "krevende", "adj"),
        ("pengene", "penger", "noun"),
    ],
)
def test_bokmal_forms(form: str, lemma: str, word_class: str) -> None:
    assert (lemma, word_class) in lemmas(form)


@pytest.mark.parametrize(
    ("form", "right", "rare"),
    [
        ("går", "gå", "gåre"),
        ("årene", "år", "åre"),
        ("bor", "bo", "bore"),
        ("saken", "sak", "sake"),
        ("lever", "leve", "levere"),
    ],
)
def test_a_rare_word_does_not_win(form: str, right: str, rare: str) -> None:
    assert names(form) == {right}
    assert rare not in names(form)


@pytest.mark.parametrize(
    ("nynorsk", "bokmal"),
    [
        ("bustad", "bolig"),
        ("bustaden", "bolig"),
        ("bustadane", "bolig"),
        ("leigebustader", "utleiebolig"),
        ("einskilde", "enkelt"),
        ("ikkje", "ikke"),
        ("sjukehuset", "sykehus"),
        ("økonomien", "økonomi"),
        ("kommunane", "kommune"),
        ("tenesta", "tjeneste"),
        ("spesialisthelsetenesta", "spesialisthelsetjeneste"),
        ("oppfølginga", "oppfølging"),
        ("kuttar", "kutte"),
        ("tilskotet", "tilskudd"),
        ("moglegheiter", "mulighet"),
        ("vanskelegheiter", "vanskelighet"),
        ("bur", "bo"),
        ("pengane", "penger"),
    ],
)
def test_nynorsk_leads_to_the_bokmal_dictionary_form(nynorsk: str, bokmal: str) -> None:
    assert bokmal in names(nynorsk)


@pytest.mark.parametrize("unknown", ["DPS", "xyzzy", "", "12", "é", "s'", "bolig\0", "\ud800"])
def test_an_unknown_word_has_no_reading(unknown: str) -> None:
    assert lemmas(unknown) == ()


def test_dictionary_forms_are_recognised() -> None:
    assert is_listed_lemma("bolig")
    assert is_listed_lemma("bustad")
    assert not is_listed_lemma("boligene")
    assert not is_listed_lemma("ikke")


def test_identity_is_twelve_hexadecimal_digits() -> None:
    assert len(identity()) == 12
    assert int(identity(), 16) >= 0


@given(form=WORDS, lemma=WORDS, word_class=st.sampled_from(["noun", "verb", "adj", "adv"]))
@settings(max_examples=100, deadline=None)
def test_an_entry_survives_its_bytes(form: str, lemma: str, word_class: str) -> None:
    assert decode(form, encode(form, (lemma, word_class))) == (lemma, word_class)


def test_a_form_too_long_for_its_byte_is_refused() -> None:
    with pytest.raises(ValueError, match="form too long"):
        encode("a" * 256, ("b", "noun"))


def test_lost_readings_are_put_back_and_phrases_left_out() -> None:
    pairs = set(entries(SMALL))
    assert ("saken", ("sak", "noun")) in pairs
    assert ("saken", ("sake", "noun")) in pairs
    assert ("plager", ("plage", "noun")) in pairs
    assert ("lister", ("liste", "noun")) in pairs
    assert ("bor", ("bo", "verb")) in pairs
    assert ("bolig", ("bolig", "noun")) in pairs
    assert not any(" " in form for form, _ in pairs)


def test_the_same_table_gives_the_same_bytes(tmp_path: Path) -> None:
    pairs = list(entries(SMALL))
    first, second = tmp_path / "a", tmp_path / "b"
    compile_trie(pairs).save(str(first))
    compile_trie(reversed(pairs)).save(str(second))
    assert first.read_bytes() == second.read_bytes()


def test_build_reads_a_folder_and_refuses_an_empty_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lookups", str(tmp_path), "--out", str(tmp_path / "x.marisa")]) == 1
    assert "nb_lemma_exc.json.gz" in capsys.readouterr().err
    deep = tmp_path / "package" / "data"
    deep.mkdir(parents=True)
    (deep / "nb_lemma_exc.json.gz").write_bytes(gzip.compress(json.dumps(SMALL).encode()))
    assert read_source(tmp_path) == SMALL
    assert main(["--lookups", str(tmp_path), "--out", str(tmp_path / "x.marisa")]) == 0
    assert (tmp_path / "x.marisa").stat().st_size > 0


def test_nothing_but_a_loaded_pipeline_imports_a_language_library() -> None:
    code = (
        "import sys; import nlp.forms, nlp.suggest; nlp.forms.form_of('boligmangel');"
        "assert 'spacy' not in sys.modules and 'nltk' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])
