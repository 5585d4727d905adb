"""The whole project and the codebook go out to other programs, as a script and a person meet it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]


def test_the_project_goes_out_with_everything_it_could_not_hold_by_name(
    kodebenk: Run, study: Path, tmp_path: Path
) -> None:
    done = kodebenk("export", study, "qdpx", "-o", tmp_path / "ut.qdpx", "--json")
    assert done.code == 0
    assert done.json["path"] == str(tmp_path / "ut.qdpx")
    assert done.json["account"] == str(tmp_path / "ut.qdpx.ikke-med.txt")
    assert {each["name"] for each in done.json["lost"] if each["what"] == "Originalfil"} == {"Intervju åtte", "Samtale"}
    assert set(done.json["lost"][0]) == {"what", "name", "why", "count"}
    assert "Originalfil (2)" in done.err and "Intervju åtte; Samtale" in done.err
    assert "hele teksten til 2 kilder" in done.err and "hele teksten til 2 kilder" in done.json["warnings"][0]

    back = kodebenk("import", study, tmp_path / "ut.qdpx", "--dry-run", "--json")
    assert [(each["sources"], each["codings"]) for each in back.json["projects"]] == [(2, 2)]


def test_a_choice_that_would_not_count_is_refused(kodebenk: Run, study: Path, tmp_path: Path) -> None:
    target = tmp_path / "ut.sqlite"
    chosen = kodebenk("export", study, "sqlite", "-o", target, "--starred")
    assert (chosen.code, chosen.out, target.exists()) == (2, "", False)
    assert "tar hele prosjektet" in chosen.err
    for format_name, option in (("csv", "--private"), ("json", "--no-withdrawn"), ("xlsx", "--semicolon")):
        refused = kodebenk("export", study, format_name, "-o", target, option)
        assert (refused.code, target.exists()) == (2, False) and f"{option} gjelder ikke" in refused.err


def test_a_file_of_excerpts_is_told_to_be_less_than_the_project(kodebenk: Run, study: Path, tmp_path: Path) -> None:
    done = kodebenk("export", study, "csv", "-o", tmp_path / "ut.csv", "--semicolon", "--json")
    assert done.code == 0 and "Ikke med i filen: " in done.err and "opplysninger om caser (" in done.err
    assert "opplysninger om caser" in {each["name"] for each in done.json["lost"]}
    assert (tmp_path / "ut.csv").read_text("utf-8-sig").startswith("quote_id;text;")


def test_the_codebook_goes_out_to_another_tool(kodebenk: Run, study: Path, tmp_path: Path) -> None:
    target = tmp_path / "bok.csv"
    done = kodebenk("codebook", "export", study, "taguette", "-o", target, "--json")
    assert (done.code, done.json["path"], done.json["warnings"]) == (0, str(target), [])
    assert any(each["what"] == "Farger" for each in done.json["lost"])
    assert "Bolig" in target.read_text(encoding="utf-8")
    again = kodebenk("codebook", "export", study, "taguette", "-o", target)
    assert again.code == 1 and "finnes" in again.err
