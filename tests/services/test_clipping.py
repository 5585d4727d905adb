"""Excerpts as they are pasted elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from workbench.core.entities import CodeEntry
from workbench.errors import Refusal
from workbench.services import coding
from workbench.services.clipping import clip, clip_codings, clip_span
from workbench.services.retrieval import find_excerpts
from workbench.store.project import Project

Place = Callable[..., Any]
Code = Callable[[str], CodeEntry]


def test_a_quotation_with_who_and_id(project: Project, place: Place, code: Code) -> None:
    made = coding.apply_code(project, *place("Vi har for få boliger."), code("bolig"))
    coding.apply_code(project, *place("Vi har for få boliger."), code("okonomi"))
    assert clip_codings(project, [made]) == "«Vi har for få boliger.» (Elvestrand, I01) [I01-001]"
    assert clip(project, find_excerpts(project)) == "«Vi har for få boliger.» (Elvestrand, I01) [I01-001]"


def test_what_runs_over_several_lines_has_no_marks(project: Project, place: Place, code: Code) -> None:
    made = coding.apply_code(project, *place("Takk.\n\nKari: Selv takk."), code("bolig"))
    assert clip_codings(project, [made]) == "Takk.\nKari: Selv takk. (Elvestrand, I01) [I01-001]"


def test_minutes_are_never_quoted(project: Project, place: Place, code: Code) -> None:
    made = coding.apply_code(project, *place("Møtet handlet om ansvar."), code("bolig"))
    assert clip_codings(project, [made]) == (
        "Fra referat (ikke ordrett): Møtet handlet om ansvar. (Elvestrand/Storhamn) [K03-001]"
    )
    assert clip_span(project, *place("staten må betale")) == (
        "Fra referat (ikke ordrett): staten må betale (Møte, linje 1)"
    )


def test_words_that_nobody_has_coded_have_a_place_and_no_id(project: Project, place: Place) -> None:
    assert clip_span(project, *place("Ola venter ennå.")) == "«Ola venter ennå.» (Første, replikk 2, I01)"
    assert clip_span(project, *place("økonomien?\n\nKari: Tilskuddet")).endswith("(Første, replikk 3–4, I01)")


def test_nothing_is_refused(project: Project, place: Place) -> None:
    source, start, _end = place("\n\nKari: Vi har")
    with pytest.raises(Refusal, match="ingen tekst"):
        clip_span(project, source, start, start + 2)
    with pytest.raises(Refusal, match="ingen tekst"):
        clip(project, [])


def test_several_stand_in_the_order_given(project: Project, place: Place, code: Code) -> None:
    made = [coding.apply_code(project, *place(words), code("bolig")) for words in ("På mottaket.", "Selv takk.")]
    assert [each.split("»")[0] for each in clip_codings(project, made).split("\n\n")] == [
        "«På mottaket.",
        "«Selv takk.",
    ]
