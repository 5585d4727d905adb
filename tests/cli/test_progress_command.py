"""`kodebenk progress`: its JSON is a contract, and a table of plain characters says the same."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]


def test_json(kodebenk: Run, study: Path) -> None:
    found = kodebenk("progress", study, "--json").json
    assert set(found) == {"sources", "accumulation", "saturation"}
    first = found["sources"][0]
    assert {"id", "name", "coders"} <= first.keys()
    assert first["name"] == "Intervju åtte"
    (coder,) = [each for each in first["coders"].values() if each["codings"]]
    assert set(coder) == {"status", "passed", "codings", "codes"}
    assert coder["codings"] == 1 and 0 < coder["passed"] <= 1
    assert [set(step) for step in found["accumulation"]] == [{"source", "name", "new", "total"}] * 2
    assert [(step["name"], step["new"], step["total"]) for step in found["accumulation"]] == [
        ("Intervju åtte", 1, 1),
        ("Samtale", 1, 2),
    ]
    assert found["saturation"] is None


def test_csv_has_a_row_for_each_source_and_coder(kodebenk: Run, study: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(kodebenk("progress", study, "--csv").out)))
    found = kodebenk("progress", study, "--json").json
    assert len(rows) == sum(len(each["coders"]) for each in found["sources"])
    assert list(rows[0]) == ["source", "source_name", "coder", "status", "passed", "codings", "codes"]


def test_table(kodebenk: Run, study: Path) -> None:
    done = kodebenk("progress", study)
    assert done.code == 0
    assert "Intervju åtte" in done.out and "Nye koder etter hvert" in done.out
    assert "░" in done.out and "\x1b" not in done.out
    assert "Metning" in done.out
    assert "Metning" not in kodebenk("progress", study, "--no-saturation").out


def test_an_order_that_is_not_there_is_refused(kodebenk: Run, study: Path) -> None:
    done = kodebenk("progress", study, "--order", "navn")
    assert done.code == 2
    assert "date" in done.err


def test_sources_nobody_has_read_are_named(kodebenk: Run, study: Path, tmp_path: Path) -> None:
    copy, text = tmp_path / "kopi.kodebenk", tmp_path / "Ulest.txt"
    copy.write_bytes(study.read_bytes())
    text.write_text("Intervjuer: Ja?\n\nOla: Jo.\n\nIntervjuer: Så?\n\nOla: Nei.\n", encoding="utf-8")
    assert kodebenk("import", copy, text).code == 0
    assert "1 kilde har ingen lest: Ulest" in kodebenk("progress", copy).out
