"""How quotations are printed: on every coding of the place, undone in one step, and only as long as they hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from workbench.core.entities import CodeEntry, Source
from workbench.errors import Refusal
from workbench.services import coding, history, quoting, reporting, texts
from workbench.store.project import Project

Place = Callable[..., tuple[Source, int, int]]
Code = Callable[[str], CodeEntry]
WORDS = "Tilskuddet går ut, og Karis budsjett er tomt."


@pytest.fixture
def coded(project: Project, place: Place, code: Code) -> tuple[str, str]:
    """Ids of two codings of the same words."""
    first = coding.apply_code(project, *place(WORDS), code("okonomi"))
    return first.id, coding.apply_code(project, *place(WORDS), code("bolig")).id


def test_a_form_holds_for_every_coding_of_the_place_and_is_one_undo(project: Project, coded: tuple[str, str]) -> None:
    made = quoting.show_quote(project, coded[0], "Tilskuddet [...] er tomt.")
    assert (made.printed, set(made.codings)) == ("Tilskuddet [...] er tomt.", set(coded))
    assert coding.get_coding(project, coded[1]).shown == "Tilskuddet [...] er tomt."
    history.undo(project)
    assert [coding.get_coding(project, each).shown for each in coded] == ["", ""]


def test_what_was_not_said_is_refused_with_both_sides(project: Project, coded: tuple[str, str]) -> None:
    with pytest.raises(Refusal, match=r"der det ble sagt «går ut, og Karis.*», står det «er borte"):
        quoting.show_quote(project, coded[0], "Tilskuddet er borte [...]")
    with pytest.raises(Refusal, match=r"Sett \[\.\.\.\]"):
        quoting.show_quote(project, coded[0], "Tilskuddet går ut")
    assert coding.get_coding(project, coded[0]).shown == ""


def test_the_words_themselves_are_no_form(project: Project, coded: tuple[str, str]) -> None:
    quoting.show_quote(project, coded[0], "[...] tomt.")
    assert quoting.show_quote(project, coded[0], f"  {WORDS} ").shown == ""


def test_a_form_that_no_longer_holds_is_not_printed_and_is_told(
    project: Project, coded: tuple[str, str], place: Place
) -> None:
    quoting.show_quote(project, coded[0], "Tilskuddet går ut, og [kommunens] budsjett er tomt.")
    options: Any = reporting.ReportOptions(names=False, figures=False)
    report = reporting.build_report(project, options, day=date(2026, 1, 2))
    assert report.chapters[0].excerpts[0].printed.startswith("Tilskuddet går ut, og [kommunens]")
    source, start, end = place("tomt")
    texts.correct_typo(project, source, start, end, "brukt")
    quote = quoting.quote_of(project, coded[0])
    assert not quote.holds
    assert quote.printed == "Tilskuddet går ut, og Karis budsjett er brukt."
    prepared = reporting.prepare(project, options, day=date(2026, 1, 2))
    assert prepared.report.chapters[0].excerpts[0].printed == quote.printed
    assert any(quote.quote in warning and "står ordrett" in warning for warning in prepared.warnings)


def test_taking_the_star_off_takes_it_off_the_whole_place(project: Project, coded: tuple[str, str]) -> None:
    coding.star_coding(project, coded[1], star=True)
    assert quoting.deselect_quote(project, coded[0])
    assert not coding.get_coding(project, coded[1]).star
    assert not quoting.deselect_quote(project, coded[0])
