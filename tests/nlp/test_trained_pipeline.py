"""The trained pipeline that ships: what it reads out of a text, and what lies in its folder."""

from __future__ import annotations

import json
import re
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nlp
from nlp import pipeline, reading
from nlp.errors import PipelineMissingError

FOLDER = Path(nlp.__file__).parent / "model"

pytestmark = pytest.mark.skipif(not reading.is_shipped(), reason="the trained pipeline is not in this working copy")

BOKMAL = "Kommunen har tildelt boligene. Kari Nordmann fra Bergen ventet lenge på spesialisthelsetjenesten."
NYNORSK = "Eg veit ikkje kva ho sa til kommunane. Dei fekk ikkje bustaden."


def packed_size(folder: Path) -> int:
    """Bytes that the folder adds to a wheel."""
    return sum(len(zlib.compress(path.read_bytes())) for path in folder.rglob("*") if path.is_file())


def said(text: str) -> dict[str, str]:
    return {text[word.start : word.end]: word.lemma for word in reading.read(text, names=False).words}


def test_words_have_the_dictionary_form_of_their_own_written_standard() -> None:
    bokmal, nynorsk = said(BOKMAL), said(NYNORSK)
    assert (bokmal["boligene"], bokmal["ventet"], bokmal["har"]) == ("bolig", "vente", "ha")
    assert bokmal["spesialisthelsetjenesten"] == "spesialisthelsetjeneste"
    assert (nynorsk["sa"], nynorsk["kommunane"], nynorsk["fekk"]) == ("seie", "kommune", "få")


def test_word_classes_and_features_are_those_of_universal_dependencies() -> None:
    found = {BOKMAL[word.start : word.end]: word for word in reading.read(BOKMAL, names=False).words}
    assert (found["boligene"].tag, found["har"].tag, found["Kari"].tag) == ("NOUN", "AUX", "PROPN")
    assert "Number=Plur" in found["boligene"].features.split("|")


def test_names_are_found_at_their_place() -> None:
    names = {(BOKMAL[name.start : name.end], name.label) for name in reading.read(BOKMAL).names}
    assert ("Kari Nordmann", "PER") in names
    assert "Bergen" in {text for text, _ in names}
    assert reading.read(BOKMAL, names=False).names == ()


def test_sentences_end_at_full_stops_and_at_every_line_break() -> None:
    text = "\nHun kom kl. 12. Hun gikk igjen\n\n  og han ble \n"
    spans = reading.read(text, names=False).sentences
    assert [text[start:end] for start, end in spans][-1] == "og han ble"
    assert all("\n" not in text[start:end] for start, end in spans)


def test_the_written_standard_is_told() -> None:
    assert reading.read(BOKMAL, names=False).variety == "nob"
    assert reading.read(NYNORSK, names=False).variety == "nno"


def test_a_short_line_follows_the_standard_of_the_text_around_it() -> None:
    alone, within = "Ho sa det.", NYNORSK + "\nSa du?"
    assert next(word.lemma for word in reading.read("Sa du?", names=False).words) == "si"
    assert [word.lemma for word in reading.read(within, names=False).words][-3] == "seie"
    assert reading.read(alone).variety == "nno"


@given(st.text(alphabet="aBå. \n«»-/'’😀1\u2028", max_size=40))
@settings(max_examples=40, deadline=None)
def test_offsets_lie_in_order_inside_any_text(text: str) -> None:
    found = reading.read(text)
    for spans in (
        [(word.start, word.end) for word in found.words],
        list(found.sentences),
        [(name.start, name.end) for name in found.names],
    ):
        position = 0
        for start, end in spans:
            assert position <= start < end <= len(text)
            assert text[start:end].strip()
            position = end
    assert not any(letter.strip() for letter in _between(text, [(word.start, word.end) for word in found.words]))


def test_an_endless_run_costs_no_time() -> None:
    assert [word.lemma for word in reading.read("«" * 50_000 + " bolig", names=False).words] == ["bolig"]


def test_an_empty_text_has_an_empty_reading() -> None:
    assert reading.read(" \n") == reading.Reading("nob", (), (), ())


def test_the_door_gives_the_shipped_pipeline_unless_another_is_asked_for() -> None:
    shipped, blank = pipeline.load(), pipeline.load("blank")
    assert re.fullmatch(r"nb_kodebenk-\d+\.\d+\.\d+\+[0-9a-f]{8}", shipped.identity)
    assert blank.identity.startswith("nb-blank-")
    assert shipped.read(BOKMAL) == reading.read(BOKMAL)
    with pytest.raises(PipelineMissingError, match="nb-blank-"):
        blank.read(BOKMAL)


def test_both_find_the_same_words_for_suggestions() -> None:
    assert pipeline.load().tokens(BOKMAL) == pipeline.load("blank").tokens(BOKMAL)


def test_the_digest_in_the_folder_is_that_of_its_files() -> None:
    from nlp.training.package import digest

    meta = json.loads((FOLDER / "meta.json").read_text(encoding="utf-8"))
    assert meta["digest"] == digest(FOLDER)


def test_the_folder_is_small_and_carries_no_paths_and_its_notice() -> None:
    assert packed_size(FOLDER) < 14_500_000
    assert "CC0 1.0" in (FOLDER / "NOTICE.md").read_text(encoding="utf-8")
    for name in ("config.cfg", "meta.json"):
        assert "/" not in re.sub(r"https?://\S+|ltgoslo/norne", "", (FOLDER / name).read_text(encoding="utf-8"))


def test_the_words_of_the_treebank_are_not_in_the_folder() -> None:
    strings = json.loads((FOLDER / "vocab" / "strings.json").read_text(encoding="utf-8"))
    language = reading.language()
    assert len(strings) < 6_000
    assert language.vocab.vectors_length == 0
    assert {"Oslo", "Stortinget", "regjeringen", "statsministeren"}.isdisjoint(strings)


def _between(text: str, spans: list[tuple[int, int]]) -> str:
    rest, position = [], 0
    for start, end in spans:
        rest.append(text[position:start])
        position = end
    return "".join([*rest, text[position:]])
