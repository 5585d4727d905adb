"""`regions`, and what `import` asks of articles and reports."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from workbench.cli.commands import importing, regions, retrieval, sources
from workbench.errors import Refusal
from workbench.services import projects

REPORT = (
    "1 Innledning\n\nKommunen har for få boliger til dem som trenger det mest, og flere venter i lang tid.\n\n"
    "Tabell 1 Boliger\nSted\tBoliger\nElv\t12\nFjell\t14\n\nTallene viser at det mangler boliger i begge kommunene.\n"
)
Run = Callable[..., Any]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KODEBENK_CODER", "Kari")
    projects.create(tmp_path / "p.kodebenk", coder="Kari", title="Prøve").close()
    (tmp_path / "Plan.txt").write_text(REPORT, encoding="utf-8")
    return tmp_path / "p.kodebenk"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """A command in this process: what it wrote as JSON, or its words to people."""

    def call(command: click.Command, *words: object) -> Any:
        command.main([str(each) for each in words], standalone_mode=False)
        written = capsys.readouterr()
        return json.loads(written.out) if "--json" in words else written.out + written.err

    return call


def test_a_report_needs_a_date_and_says_what_was_closed(file: Path, run: Run) -> None:
    command, path = importing.import_command, file.parent / "Plan.txt"
    (looked,) = run(command, file, path, "--kind", "report", "--dry-run", "--json")["found"]
    assert looked["date"] == "" and looked["regions"]["table"] == 1
    refused = run(command, file, path, "--kind", "report", "--json")
    assert not refused["imported"] and "--date ukjent" in refused["refused"][0]["reason"]
    taken = run(command, file, path, "--kind", "report", "--date", "ukjent", "--title", "Boligplan", "--json")
    assert "Stengt for koding" in taken["imported"][0]["warnings"][-1]
    (listed,) = run(sources.sources_command, file, "--json")
    assert (listed["title"], listed["publisher"], listed["date"], listed["doubtful"]) == ("Boligplan", "", "ukjent", 0)


def test_stretches_are_listed_opened_closed_marked_and_removed(file: Path, run: Run) -> None:
    run(importing.import_command, file, file.parent / "Plan.txt", "--kind", "report", "--date", "2024")
    group = regions.regions_group
    rows = run(group, "list", file, "Plan", "--json")
    (table,) = [row for row in rows if row["kind"] == "table"]
    assert REPORT[table["start"] : table["end"]] == table["text"] and not table["codable"]
    assert "tabell" in run(group, "list", file)
    assert "utelatt" in run(retrieval.find_command, file, "boliger")
    assert run(group, "open", file, "Plan", table["n"], "--json")[0]["codable"]
    assert not run(group, "close", file, "Plan", "--kind", "table", "--json")[0]["codable"]
    (made,) = run(group, "mark", file, "Plan", 0, 12, "--kind", "doubtful", "--note", "uklart", "--json")
    assert made["codable"] and not made["seen"]
    assert run(group, "seen", file, "Plan", "--json")[0]["seen"]
    run(group, "remove", file, "Plan", made["n"])
    assert run(group, "list", file, "Plan", "--json") == rows
    with pytest.raises(Refusal, match="nummer"):
        run(group, "open", file, "Plan")
