"""Excerpts and matrices: who said it where, by case, role, wave and words."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any

import pytest

from workbench.errors import NotFound, Refusal
from workbench.services import cases, codebook, coding, matrices, sources
from workbench.services.retrieval import Filter, code_path, find_excerpts
from workbench.store.project import Project

Place = Callable[..., Any]


@pytest.fixture(autouse=True)
def _coded(project: Project, place: Place) -> None:
    for words, code in (
        ("for få boliger", "midlertidig-bolig"),
        ("Hva med økonomien?", "okonomi"),
        ("Tilskuddet går ut", "okonomi"),
        ("På mottaket", "bolig"),
        ("Kommunen mente", "okonomi"),
    ):
        coding.apply_code(project, *place(words), codebook.find_code(project, code))


def _texts(project: Project, **wanted: Any) -> list[str]:
    return [each.coding.text for each in find_excerpts(project, Filter(**wanted))]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ["for få boliger", "Hva med økonomien?", "Tilskuddet går ut", "På mottaket", "Kommunen mente"]),
        ({"case": "Innlandet"}, ["for få boliger", "Hva med økonomien?", "Tilskuddet går ut", "Kommunen mente"]),
        ({"case": "Storhamn"}, ["På mottaket", "Kommunen mente"]),
        ({"code": "bolig"}, ["for få boliger", "På mottaket"]),
        ({"code": "bolig", "exact": True}, ["På mottaket"]),
        ({"role": "leder"}, ["for få boliger", "Tilskuddet går ut"]),
        ({"role": "interviewer"}, ["Hva med økonomien?"]),
        ({"role": "Participant"}, ["for få boliger", "Tilskuddet går ut", "På mottaket"]),
        ({"wave": "2"}, ["På mottaket"]),
        ({"coder": "kari koder"}, ["for få boliger", "Hva med økonomien?", "Tilskuddet går ut", "På mottaket", "Kommunen mente"]),
        ({"coder": "Ole"}, []),
        ({"text": "TILSKUDDET  går"}, ["Tilskuddet går ut"]),
        ({"text": "okonomien"}, []),
        ({"text": "okonomien", "fold": True}, ["Hva med økonomien?"]),
        ({"text": "på"}, ["På mottaket"]),
        ({"text": unicodedata.normalize("NFD", "på")}, ["På mottaket"]),
        ({"starred": True}, []),
        ({"case": "Storhamn", "code": "okonomi"}, ["Kommunen mente"]),
    ],
)  # fmt: skip
def test_filters(project: Project, wanted: dict[str, Any], found: list[str]) -> None:
    assert _texts(project, **wanted) == found


def test_a_starred_quote_is_found(project: Project) -> None:
    (made,) = find_excerpts(project, Filter(text="mottaket"))
    coding.star_coding(project, made.coding.id, star=True)
    assert _texts(project, starred=True) == ["På mottaket"]


def test_an_unknown_case_or_code_is_refused(project: Project) -> None:
    for wanted in (Filter(case="Storhavn"), Filter(code="bolgi")):
        with pytest.raises(NotFound):
            find_excerpts(project, wanted)


def test_the_question_and_the_turns_around(project: Project) -> None:
    (excerpt,) = find_excerpts(project, Filter(text="tilskuddet"))
    assert excerpt.question == excerpt.before == "Hva med økonomien?"
    assert excerpt.after == "Takk."
    assert (excerpt.speaker, excerpt.role) == ("Kari", "participant")
    assert excerpt.informant is not None and excerpt.informant.number == "I01"
    (minutes,) = find_excerpts(project, Filter(text="kommunen"))
    assert (minutes.question, minutes.before, minutes.after, minutes.informant) == ("", "", "", None)


def test_the_participant_is_the_voice_of_a_span_over_both(project: Project, place: Place) -> None:
    source, start, _ = place("Hva med økonomien?")
    made = coding.apply_code(project, source, start, place("Tilskuddet går")[2], codebook.find_code(project, "bolig"))
    excerpt = next(each for each in find_excerpts(project) if each.coding.id == made.id)
    assert (excerpt.speaker, len(excerpt.turns)) == ("Kari", 2)
    assert excerpt.question == "Hvordan er boligsituasjonen?"


def test_a_codes_path(project: Project) -> None:
    entries = codebook.list_codes(project)
    assert code_path(entries, codebook.find_code(project, "midlertidig-bolig").id) == "Bolig › Midlertidig bolig"


class TestMatrices:
    def test_case_by_code_with_sub_codes_in_their_parents(self, project: Project) -> None:
        table = matrices.crosstab(project)
        assert table.rows == ("Innlandet", "Elvestrand", "Storhamn")
        assert table.columns == ("bolig", "midlertidig-bolig", "okonomi")
        assert table.cells == ((0, 0, 0), (1, 1, 3), (1, 0, 1))
        assert table.totals == (2, 1, 3)

    def test_sources_and_informants(self, project: Project) -> None:
        assert matrices.crosstab(project, cells="sources").cells == ((0, 0, 0), (1, 1, 2), (1, 0, 1))
        assert matrices.crosstab(project, cells="informants").cells == ((0, 0, 0), (1, 1, 1), (1, 0, 0))
        assert matrices.crosstab(project, cells="share").cells[1] == (0.25, 0.25, 0.75)

    def test_top_level_only(self, project: Project) -> None:
        assert matrices.crosstab(project, top_level=True).columns == ("bolig", "okonomi")

    def test_a_source_without_a_case_has_a_row(self, project: Project, place: Place) -> None:
        sources.describe_source(project, place("På mottaket")[0], cases=())
        table = matrices.crosstab(project)
        assert table.rows[-1] == "(uten case)"
        assert table.cells[-1] == (1, 0, 0)

    @pytest.mark.parametrize("axis", matrices.AXES)
    def test_every_axis(self, project: Project, axis: str) -> None:
        table = matrices.crosstab(project, rows=axis, columns="coder")
        assert table.columns == ("Kari Koder",)
        assert sum(cell for row in table.cells for cell in row) >= 5

    def test_unknown_axes_and_measures_are_refused(self, project: Project) -> None:
        for wanted in ({"rows": "måne"}, {"columns": "måne"}, {"cells": "måne"}):
            with pytest.raises(Refusal, match="måne"):
                matrices.crosstab(project, **wanted)

    def test_a_withdrawn_case_is_marked(self, project: Project) -> None:
        cases.set_case(project, cases.find_case(project, "Storhamn").id, withdrawn=1)
        assert cases.find_case(project, "Storhamn").withdrawn
