"""`kodebenk find` and `excerpts --lemma` from outside."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

HIT = {
    "id",
    "source",
    "source_name",
    "start",
    "end",
    "text",
    "before",
    "after",
    "case",
    "speaker",
    "speaker_role",
    "role",
}


def test_every_hit_has_its_place_and_speaker(kodebenk: Run, file: Path) -> None:
    done = kodebenk("find", file, "bustad", "--lemma", "--json")
    assert done.code == 0
    first = done.json[0]
    assert first.keys() >= HIT
    text = kodebenk("show", file, first["source"], "--json").json["text"]
    assert first["text"] == text[first["start"] : first["end"]] == "boligsituasjonen"
    assert (first["source_name"], first["case"], first["speaker_role"]) == (
        "Intervju åtte",
        "Elvestrand",
        "interviewer",
    )
    assert text[: first["start"]].endswith(first["before"])
    assert len({each["id"] for each in done.json}) == len(done.json)


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ((), []),
        (("--lemma",), ["Ventetiden"]),
        (("--lemma", "--source", "Intervju åtte"), []),
        (("--lemma", "--source", "Samtale"), ["Ventetiden"]),
        (("--lemma", "--case", "Storhamn"), ["Ventetiden"]),
        (("--lemma", "--role", "participant"), ["Ventetiden"]),
        (("--lemma", "--role", "interviewer"), []),
    ],
)
def test_options_narrow_the_search(kodebenk: Run, file: Path, options: tuple[str, ...], found: list[str]) -> None:
    done = kodebenk("find", file, "ventetidene", *options, "--json")
    assert done.code == 0
    assert [each["text"].capitalize() for each in done.json] == found


def test_folding_is_asked_for(kodebenk: Run, file: Path) -> None:
    assert kodebenk("find", file, "okonomi", "--lemma", "--json").json == []
    (hit,) = kodebenk("find", file, "okonomi", "--lemma", "--fold", "--json").json
    assert hit["text"] == "økonomien"


def test_as_csv_and_as_a_table(kodebenk: Run, file: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(kodebenk("find", file, "ventetiden", "--csv").out)))
    assert [row["text"] for row in rows] == ["ventetiden"]
    heading, line = kodebenk("find", file, "ventetiden").out.splitlines()
    assert heading.startswith("kilde")
    assert "Samtale" in line and "Anne" in line and "␣" not in line


def test_nothing_found_is_said_and_no_failure(kodebenk: Run, file: Path) -> None:
    done = kodebenk("find", file, "giraff", "--lemma")
    assert (done.code, done.out) == (0, "")
    assert "Ingen treff" in done.err


def test_a_query_without_words_is_refused(kodebenk: Run, file: Path) -> None:
    done = kodebenk("find", file, "?!", "--lemma")
    assert done.code == 1
    assert "ingen ord" in done.err


def test_excerpts_by_every_form(kodebenk: Run, file: Path) -> None:
    assert kodebenk("code", file, "Samtale", 37, 50, "bolig").code == 0
    (found,) = kodebenk("excerpts", file, "--text", "poliklinikken", "--json").json
    assert kodebenk("excerpts", file, "--text", "poliklinikkane", "--json").json == []
    assert kodebenk("excerpts", file, "--text", "poliklinikkane", "--lemma", "--json").json == [found]
