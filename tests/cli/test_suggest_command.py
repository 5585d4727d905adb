"""`kodebenk suggest`: figures on the team's own coding, and pipelines that are not there."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workbench.services import codebook, coding, importing, projects, reading, sources

Run = Callable[..., Any]

ASSESSMENT = {"unit", "codes", "finished", "decided_in", "drawn"}
FIGURES = {"code", "units", "with_code", "sources", "precision", "recall", "f1", "calibration", "reading", "threshold",
           "silent", "enough"}  # fmt: skip
DRAWN = {"judged", "with_code", "low", "high"}
MEASURED = ("precision", "recall", "f1", "calibration", "reading")


@pytest.fixture(scope="module")
def coded(study: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study and a report with so much coded in it that something can be said; for reading only."""
    folder = tmp_path_factory.mktemp("vurdert")
    file = folder / "vurdert.kodebenk"
    file.write_bytes(study.read_bytes())
    with_code, without = "Her er det altfor få boliger til alle.", "Nå regner det over hele byen igjen."
    (folder / "Rapport.txt").write_text(f"{with_code} {without}\n" * 10, encoding="utf-8")
    project = projects.open_existing(file, coder="Kari")
    facts = importing.SourceFacts(kind="report", date="ukjent")
    report = importing.save(project, importing.read_file(folder / "Rapport.txt"), facts)
    text, place = sources.show_source(project, report).text, -1
    while (place := text.find(with_code, place + 1)) >= 0:
        coding.apply_code(project, report, place, place + len(with_code), codebook.find_code(project, "bolig"))
    reading.set_status(project, report, "finished")
    project.close()
    return file


def test_figures_as_json(kodebenk: Run, coded: Path) -> None:
    done = kodebenk("suggest", coded, "--evaluate", "--json")
    assert done.code == 0
    found = done.json
    assert set(found) == ASSESSMENT
    assert (found["unit"], found["finished"], found["decided_in"]) == ("sentence", 1, 3)
    assert found["drawn"] == {"judged": 0, "with_code": 0, "low": 0.0, "high": 1.0}
    assert set(found["drawn"]) == DRAWN
    by_code = {each["code"]: each for each in found["codes"]}
    assert all(set(each) == FIGURES for each in found["codes"])
    housing, clinic = by_code["bolig"], by_code["spesialisthelse"]
    assert (housing["enough"], housing["sources"], housing["with_code"], housing["units"]) == (True, 2, 11, 21)
    assert all(0 <= housing[key] <= 1 and round(housing[key], 3) == housing[key] for key in MEASURED)
    assert 0 < housing["threshold"] < 1
    assert clinic["enough"] is False
    assert [clinic[key] for key in MEASURED] == [None] * 5
    assert all(isinstance(each["silent"], bool) for each in found["codes"])


def test_figures_as_csv_have_the_same_keys(kodebenk: Run, coded: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(kodebenk("suggest", coded, "--evaluate", "--csv").out)))
    assert {row["code"] for row in rows} >= {"bolig", "spesialisthelse"}
    assert set(rows[0]) >= FIGURES


def test_figures_for_people_say_what_they_rest_on(kodebenk: Run, coded: Path) -> None:
    done = kodebenk("suggest", coded, "--evaluate")
    assert done.code == 0
    assert "bolig" in done.out
    assert "for lite å si noe om" in done.out
    assert "merket som ferdig" in done.out + done.err


def test_measuring_makes_no_suggestions(kodebenk: Run, file: Path) -> None:
    assert kodebenk("suggest", file, "--evaluate", "--json").code == 0
    assert kodebenk("suggestions", file, "--json").json == []


def test_where_nothing_is_coded_there_are_no_figures(kodebenk: Run, tmp_path: Path) -> None:
    new = tmp_path / "ny.kodebenk"
    assert kodebenk("new", new, "--codebook", "rusfeltet").code == 0
    found = kodebenk("suggest", new, "--evaluate", "--json").json
    assert (found["codes"], found["finished"], found["decided_in"]) == ([], 0, 0)
    done = kodebenk("suggest", new, "--evaluate")
    assert done.code == 0
    assert "Ingenting er kodet" in done.out + done.err


@pytest.mark.parametrize("more", [(), ("--evaluate",), ("--source", "Samtale", "--json")])
def test_a_pipeline_that_is_not_installed_is_refused(kodebenk: Run, file: Path, more: tuple[str, ...]) -> None:
    before = file.read_bytes()
    done = kodebenk("suggest", file, "--pipeline", "nb_finnes_ikke", *more)
    assert (done.code, done.out) == (1, "")
    assert "nb_finnes_ikke" in done.err
    assert len(done.err.strip()) > len("nb_finnes_ikke") + 15
    assert file.read_bytes() == before
