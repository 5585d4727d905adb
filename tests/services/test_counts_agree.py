"""Every count of the same codings says the same, and the report's tables hold what its text says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from exports import method
from exports.quotations import attribution
from workbench.errors import Refusal
from workbench.services import (
    codebook,
    coding,
    exporting,
    importing,
    lookup,
    matrices,
    progress,
    reporting,
    sources,
    versions,
)
from workbench.services.importing import SourceFacts
from workbench.services.reporting import ReportOptions
from workbench.services.retrieval import Filter
from workbench.store.project import Project

DAY = date(2026, 11, 22)
PLAIN = ReportOptions(names=False, figures=False)
ARTICLE = "Kommunen bygger boliger på tomta ved elva.\n"
Place = Callable[..., Any]
Code = Callable[[str], Any]


@pytest.fixture
def study(project: Project, place: Place, code: Code, write: Callable[[str, str], Path]) -> Project:
    """One coding that stands, one of the interviewer's, one of an article without a case, and one that waits for a place."""
    importing.save(project, importing.read_file(write("Avis.txt", ARTICLE)), SourceFacts(kind="article", date="ukjent"))
    coding.apply_code(project, *place("Vi har for få boliger."), code("bolig"))
    coding.apply_code(project, *place("Hvordan bor du nå?"), code("bolig"))
    coding.apply_code(project, *place(ARTICLE.strip()), code("bolig"))
    coding.apply_code(project, *place("Selv takk."), code("okonomi"))
    first = sources.list_sources(project)[0]
    newer = sources.show_source(project, first).text.replace("Selv takk.", "Nei.")
    versions.replace_text(project, first, versions.read_version(project, first, write("Ny.txt", newer)))
    return project


def test_what_waits_is_counted_nowhere_and_told(study: Project, code: Code) -> None:
    report = reporting.build_report(study, PLAIN, day=DAY)
    table = matrices.crosstab(study, rows="source")
    assert sum(sum(row) for row in table.cells) == 3
    assert sum(entry.codings for entry in codebook.list_codes(study)) == 3
    assert (report.method.codings, sum(each.codings for each in sources.list_sources(study))) == (3, 3)
    assert sum(each.codings for each in progress.measure(study).sources) == 3
    waits = code("okonomi")
    assert (waits.codings, waits.codings_total, waits.cases, waits.waiting) == (0, 0, 0, 1)
    assert lookup.excerpts_of(study, waits.id) == []
    with pytest.raises(Refusal, match="1 koding"):
        codebook.remove_code(study, waits.id)


def test_the_table_of_the_material_has_every_source(study: Project) -> None:
    report = reporting.build_report(study, PLAIN, day=DAY)
    assert [(each.case, dict(each.sources)) for each in report.material] == [
        ("Elvestrand", {"transcript": 1, "minutes": 1}),
        ("Storhamn", {"transcript": 1, "minutes": 1}),
        ("", {"article": 1}),
    ]
    assert report.material_total is not None
    assert sorted(report.material_total.sources.items()) == sorted(report.method.sources)


def test_the_interviewers_words_are_marked_as_hers(study: Project) -> None:
    prepared = reporting.prepare(study, PLAIN, day=DAY)
    (asked,) = (each for each in prepared.excerpts if each.role == "interviewer")
    (printed,) = (each for each in prepared.report.chapters[0].excerpts if each.id == asked.coding.id)
    assert attribution(printed, ("case",)) == "(Storhamn, intervjueren)"
    assert attribution(printed, ()) == "(intervjueren)"
    assert any(warning.startswith("1 utdrag er intervjuerens egne ord.") for warning in prepared.warnings)
    bank = exporting.quote_bank(study, Filter(), day=DAY)
    assert sorted(each.voice for each in bank.excerpts) == ["", "interviewer", "participant"]


def test_what_was_published_is_not_called_other_than_word_for_word(study: Project) -> None:
    said = method.reproduction(reporting.build_report(study, PLAIN, day=DAY))
    assert "rapporter og artikler er ordrette" in said and "referater" not in said
