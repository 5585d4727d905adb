"""Exports from a project: every format from the same excerpts, filters obeyed, names left out when asked for."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from workbench.errors import Refusal
from workbench.services import cases, codebook, coding, exporting, sources
from workbench.services.retrieval import Filter
from workbench.store.project import Project, open_project

DAY = date(2026, 11, 22)
Place = Callable[..., Any]


@pytest.fixture(autouse=True)
def _coded(project: Project, place: Place) -> None:
    for words, code in (
        ("Vi har for få boliger", "bolig"),
        ("for få", "okonomi"),
        ("På mottaket", "bolig"),
        ("Kommunen mente", "okonomi"),
    ):
        coding.apply_code(project, *place(words), codebook.find_code(project, code))


def _corpus(path: Path) -> dict[str, Any]:
    found = re.search(r'id="data">(.*?)</script>', path.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    read: dict[str, Any] = json.loads(found[1])
    return read


@pytest.mark.parametrize("name", exporting.FORMATS)
def test_every_format_is_written_with_the_same_bytes_each_time(project: Project, tmp_path: Path, name: str) -> None:
    first = exporting.export(project, name, tmp_path / f"a.{name}", day=DAY)
    second = exporting.export(project, name, tmp_path / f"b.{name}", day=DAY)
    assert first.path.read_bytes() == second.path.read_bytes()
    with pytest.raises(Refusal, match="finnes fra før"):
        exporting.export(project, name, tmp_path / f"a.{name}", day=DAY)


def test_excerpts_from_cases_that_have_withdrawn_are_warned_of(project: Project, tmp_path: Path) -> None:
    """In the case that has withdrawn and in one that lies in it, but not what another case shares."""
    assert exporting.export(project, "csv", tmp_path / "a.csv").warnings == ()
    cases.set_case(project, cases.find_case(project, "Innlandet").id, withdrawn=1)
    written = exporting.export(project, "csv", tmp_path / "b.csv")
    assert written.warnings == (
        "2 utdrag er fra caser som har trukket seg. Velg andre caser før du gir filen fra deg.",
    )


def test_an_unknown_format_is_refused_with_those_there_are(project: Project, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="csv, xlsx, json, md, html"):
        exporting.export(project, "pdf", tmp_path / "a.pdf")


def test_the_page_holds_the_texts_of_what_is_chosen_and_says_so(project: Project, tmp_path: Path) -> None:
    written = exporting.export(project, "html", tmp_path / "a.html", Filter(wave="1"), day=DAY)
    corpus = _corpus(written.path)
    assert [source["label"] for source in corpus["sources"]] == ["I01 · Elvestrand · transkripsjon"]
    assert [each["ids"] for each in corpus["segments"]] == [["I01-001"], ["I01-002"]]
    assert "På mottaket" not in written.path.read_text(encoding="utf-8")
    assert written.warnings == ("Filen har hele teksten til 1 kilde. Del den bare med dem som har lov til å lese den.",)


def test_a_spans_words_are_those_that_are_stored(project: Project, tmp_path: Path) -> None:
    corpus = _corpus(exporting.export(project, "html", tmp_path / "a.html", day=DAY).path)
    stored = {each.quote: each.text for each in coding.list_codings(project)}
    for each in corpus["segments"]:
        text = corpus["sources"][each["source"]]["text"]
        assert text[each["start"] : each["end"]] == stored[each["ids"][0]]


def test_sources_of_the_same_label_are_numbered_and_waves_told_apart(project: Project, tmp_path: Path) -> None:
    for source in sources.list_sources(project):
        sources.describe_source(project, source, cases=(), kind="notes")
    corpus = _corpus(exporting.export(project, "html", tmp_path / "a.html", day=DAY).path)
    assert [source["label"] for source in corpus["sources"]] == [
        "I01 · bølge 1 · intervjunotat",
        "I02 · bølge 2 · intervjunotat",
        "intervjunotat",
    ]


@pytest.mark.parametrize("name", ["csv", "json", "html"])
def test_no_coder_is_named_when_none_shall_be(project: Project, tmp_path: Path, name: str) -> None:
    other = open_project(project.path, coder="Ole Omkoder")
    coding.recode(other, coding.list_codings(other)[0].id, codebook.find_code(other, "okonomi"))
    other.close()
    named = exporting.export(project, name, tmp_path / f"a.{name}", day=DAY).path
    unnamed = exporting.export(project, name, tmp_path / f"b.{name}", day=DAY, coders=False).path
    for coder in (b"Kari Koder", b"Ole Omkoder"):
        assert coder in named.read_bytes()
        assert coder not in unnamed.read_bytes()


def test_who_coded_first_is_told_when_another_has_recoded(project: Project, place: Place) -> None:
    (made,) = (each for each in coding.list_codings(project) if each.text == "På mottaket")
    path = project.path
    other = open_project(path, coder="Ole Omkoder")
    coding.recode(other, made.id, codebook.find_code(other, "okonomi"))
    bank = exporting.quote_bank(other, Filter(), day=DAY)
    assert {(each.text, each.coder, each.first_coder) for each in bank.excerpts if each.first_coder} == {
        ("På mottaket", "Ole Omkoder", "Kari Koder")
    }
    other.close()


def test_the_tables_count_what_the_excerpts_list(project: Project) -> None:
    bank = exporting.quote_bank(project, Filter(case="Storhamn"), day=DAY)
    assert bank.matrix is not None
    assert dict(zip(bank.matrix.rows, bank.matrix.cells, strict=True))["Storhamn"] == (1, 0, 1)
    assert sum(map(sum, bank.matrix.cells)) == 3  # the minutes are of two cases


def test_every_field_of_the_filter_has_an_option() -> None:
    from workbench.cli.filtering import _options

    named = {option[0].removeprefix("--").replace("-", "_") for option, _settings in _options()}
    assert named == {each.name for each in fields(Filter)}
