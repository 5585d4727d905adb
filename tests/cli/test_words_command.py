"""`kodebenk words`: its JSON shapes, its refusals and its table."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

WORD = {"word", "count", "per_10000", "sources", "cases", "dispersion", "in_compounds", "example"}
PLACE = {"source", "source_name", "start", "end", "left", "hit", "right", "speaker", "speaker_role", "informant", "case",
         "match"}  # fmt: skip
TYPICAL = {"word", "count", "rest_count", "per_10000", "rest_per_10000", "z", "log_odds", "g2", "log_ratio", "sources",
           "rest_sources", "one_source"}  # fmt: skip
PAIR = {"first", "second", "count", "g2", "pmi", "sources"}


def test_a_list(kodebenk: Run, study: Path) -> None:
    rows = kodebenk("words", study, "--json").json
    assert set(rows[0]) == WORD
    found = {row["word"]: row for row in rows}
    assert found["botilbud"]["example"] == "botilbudet"
    assert "boligsituasjon" not in found and "måned" in found
    asked = {row["word"] for row in kodebenk("words", study, "--role", "interviewer", "--json").json}
    assert "boligsituasjon" in asked
    assert len(kodebenk("words", study, "--limit", "3", "--json").json) == 3
    everything = kodebenk("words", study, "--all", "--limit", "0", "--json").json
    assert len(everything) > len(rows) and "være" in {row["word"] for row in everything}


def test_places(kodebenk: Run, study: Path) -> None:
    text = kodebenk("show", study, "Samtale", "--json").json["text"]
    (row,) = kodebenk("words", study, "--kwic", "tid", "--source", "Samtale", "--json").json
    assert set(row) == PLACE
    assert (row["hit"], row["match"], row["speaker"], row["case"]) == ("ventetiden", "compound", "Anne", "Storhamn")
    assert text[row["start"] : row["end"]] == "ventetiden"
    assert row["left"] + row["hit"] + row["right"] in text
    assert kodebenk("words", study, "--kwic", "tid", "--exact", "--source", "Samtale", "--json").json == []


def test_typical_words(kodebenk: Run, study: Path) -> None:
    rows = kodebenk("words", study, "--keyness", "Storhamn", "--min", "1", "--json").json
    assert rows and all(set(row) == TYPICAL and row["one_source"] for row in rows)
    coded = kodebenk("words", study, "--keyness-code", "spesialisthelse", "--min", "1", "--json").json
    assert "poliklinikk" in {row["word"] for row in coded}


def test_pairs(kodebenk: Run, study: Path) -> None:
    rows = kodebenk("words", study, "--collocations", "--min", "1", "--window", "4", "--json").json
    assert rows and set(rows[0]) == PAIR
    near = kodebenk("words", study, "--collocations", "ventetid", "--min", "1", "--json").json
    assert near and all("ventetid" in (row["first"], row["second"]) for row in near)


def test_csv_has_the_same_keys(kodebenk: Run, study: Path) -> None:
    done = kodebenk("words", study, "--kwic", "måned", "--csv")
    (row,) = csv.DictReader(io.StringIO(done.out))
    assert set(row) == PLACE and row["hit"] == "måneder"


def test_a_table_for_a_person(kodebenk: Run, study: Path) -> None:
    done = kodebenk("words", study, "--limit", "2")
    assert done.out.splitlines()[0].split()[:2] == ["ord", "antall"]
    assert "2 av " in done.err
    lines = kodebenk("words", study, "--kwic", "måned").out.splitlines()
    assert lines[1].index("måneder") == lines[0].index("ord")
    assert "bare én kilde" in kodebenk("words", study, "--keyness", "Storhamn", "--min", "1").out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--kwic", "…"), 1, "Skriv et ord"),
        (("--collocations", "to ord"), 1, "ett ord"),
        (("--keyness", "Storby"), 1, "Finner ingen case"),
        (("--keyness", "Storhamn", "--case", "Storhamn"), 1, "ingenting å sammenligne"),
        (("--keyness-code", "rop"), 1, "Ingenting i utvalget er kodet"),
        (("--kwic", "tid", "--keyness", "Storhamn"), 2, "Velg én"),
    ],
)
def test_refusals(kodebenk: Run, study: Path, words: tuple[str, ...], code: int, said: str) -> None:
    done = kodebenk("words", study, *words, "--json")
    assert (done.code, done.out) == (code, "")
    assert said in done.err


def test_nothing_to_list_says_what_to_do(kodebenk: Run, study: Path, tmp_path: Path) -> None:
    empty = tmp_path / "tom.kodebenk"
    kodebenk("new", empty)
    assert "Importer kilder" in kodebenk("words", empty).err
    assert kodebenk("words", empty, "--json").json == []
    assert "Ingen ord passer" in kodebenk("words", study, "--kwic", "hvalross").err
