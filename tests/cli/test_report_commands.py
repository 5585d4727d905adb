"""report, quote and study as a script meets them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workbench.cli import output
from workbench.cli.reading import writable_if_it_can_be
from workbench.errors import CannotOpen

Run = Callable[..., Any]
COARSE = ("--no-names", "--no-figures")


def test_what_could_identify_somebody_is_listed_without_writing_anything(
    kodebenk: Run, file: Path, tmp_path: Path
) -> None:
    done = kodebenk("report", file, "--check-only", "--attribution", "case+role", *COARSE, "--json", cwd=tmp_path)
    assert done.code == 0
    (risk,) = (each for each in done.json["risks"] if each["kind"] == "role")
    assert {key: risk[key] for key in ("severity", "quote", "quotes", "where")} == {
        "severity": "high", "quote": "I01-001", "quotes": ["I01-001"], "where": "quote",
    }  # fmt: skip
    assert done.json["warnings"] == ["Ingen sitater er utvalgt (★), så alle utdrag er med."]
    assert list(tmp_path.glob("*.docx")) == []
    assert not any(each["kind"] == "report.write" for each in kodebenk("history", file, "--json").json)


def test_a_risk_is_a_sentence_and_is_never_cut(
    kodebenk: Run, file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("report", file, "--check-only", "--attribution", "case", *COARSE)
    told = [each["text"] for each in kodebenk(*words, "--json").json["risks"]]
    assert max(map(len, told)) > 90
    lines = kodebenk(*words, COLUMNS="60").out.splitlines()
    assert [line.endswith(text) for line, text in zip(lines[1:], told, strict=True)] == [True] * len(told)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "60")
    longest = max(told, key=len)
    output.write_told([{"a": "høy", "text": longest}], {"a": "Alvor", "text": "Hva"})
    first, *rest = capsys.readouterr().out.splitlines()
    assert first.split() == ["Alvor", "Hva"]
    assert len(rest) > 1
    assert all(len(line) <= 60 and line[:7] in ("høy    ", " " * 7) for line in rest)
    assert " ".join(line[7:] for line in rest) == longest


def test_writing_warns_on_stderr_keeps_older_files_and_is_journaled(kodebenk: Run, file: Path, tmp_path: Path) -> None:
    words = ("report", file, "-o", tmp_path / "r.docx", "--attribution", "case+role", *COARSE)
    first = kodebenk(*words)
    assert first.out.strip() == str(tmp_path / "r.docx")
    assert "Advarsel: «Elvestrand, leder» peker ut én informant: I01 (leder)." in first.err
    kodebenk("coding", "star", file, "I01-001")
    second = kodebenk(*words, "--json")
    assert second.json["path"] == str(tmp_path / "r-2.docx")
    assert {change["kind"] for change in second.json["changes"]} <= {"quote-out", "theme-out", "counts"}
    forced = kodebenk(*words, "--force")
    assert forced.out.strip() == str(tmp_path / "r.docx")
    kinds = [each["kind"] for each in kodebenk("history", file, "--json").json]
    assert kinds.count("report.write") == 3


def test_the_same_project_options_and_date_give_the_same_bytes(kodebenk: Run, file: Path, tmp_path: Path) -> None:
    made = []
    for name in ("a", "b"):
        done = kodebenk("report", file, "-o", tmp_path / f"{name}.docx", "--date", "2026-11-22", "--no-names")
        assert done.code == 0
        made.append((tmp_path / f"{name}.docx").read_bytes())
    assert made[0] == made[1]


def test_a_report_needs_somewhere_to_lie(kodebenk: Run, file: Path) -> None:
    done = kodebenk("report", file)
    assert done.code == 2
    assert "--check-only" in done.err


def test_a_quotation_is_shortened_refused_and_put_back(kodebenk: Run, file: Path) -> None:
    said = kodebenk("quote", file, "I01-001", "--json").json
    assert said["printed"] == said["verbatim"]
    shown = " ".join(said["verbatim"].split()[:2]) + " [...]"
    done = kodebenk("quote", file, "I01-001", "--shown", shown, "--json").json
    assert (done["printed"], done["holds"], done["verbatim"]) == (shown, True, said["verbatim"])
    refused = kodebenk("quote", file, "I01-001", "--shown", "noe annet", "--json")
    assert refused.code == 1
    assert refused.out == ""
    assert "avviker fra teksten" in refused.err
    assert kodebenk("quote", file, "I01-001", "--reset", "--json").json["shown"] == ""


def test_facts_about_the_study_are_set_listed_and_taken_away(kodebenk: Run, file: Path) -> None:
    assert (
        kodebenk("study", file, "set", "institution", "Fjord universitet").out.strip()
        == "institution: Fjord universitet"
    )
    rows = {each["key"]: each for each in kodebenk("study", file, "--json").json}
    assert rows["institution"]["value"] == "Fjord universitet"
    assert len([key for key in rows if key.startswith("coreq.")]) == 32
    assert rows["coreq.27"]["computed"]
    assert "institution" not in {each["key"] for each in kodebenk("study", file, "--missing", "--json").json}
    kodebenk("study", file, "set", "institution")
    assert "institution" in {each["key"] for each in kodebenk("study", file, "--missing", "--json").json}


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("institusjon", "x", "Nærmest er: institution"),
        ("attribution.allowed", "case, alder", "«alder» kan ikke stå"),
        ("attribution.smallest_group", "ti", "tall fra 1 til 99"),
        ("end_date", "neste år", "2026-12-31"),
        ("title", "", "må ha en tittel"),
    ],
)
def test_a_fact_that_cannot_be_is_refused(kodebenk: Run, study: Path, key: str, value: str, said: str) -> None:
    done = kodebenk("study", study, "set", key, value)
    assert done.code == 1
    assert said in done.err


def test_a_project_that_cannot_be_written_in_is_opened_for_reading(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    before = study.read_bytes()
    with writable_if_it_can_be(study, "Kari", writes=True) as project:
        assert project.readonly
    assert study.read_bytes() == before
    with pytest.raises(CannotOpen), writable_if_it_can_be(study.with_name("ingen.kodebenk"), "Kari"):
        pass
