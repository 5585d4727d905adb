"""`kodebenk theme`, `approach` and `framework`: what they do and print, and what they refuse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]


def _theme(kodebenk: Run, file: Path, title: str) -> Any:
    return next(each for each in kodebenk("themes", file, "--json").json if each["title"] == title)


def test_a_theme_is_made_filled_described_and_undone(kodebenk: Run, file: Path) -> None:
    made = kodebenk("theme", "add", file, "Å ha en dør", "--code", "bolig", "--json").json
    assert (made["codes"], made["status"], made["essence"]) == (["bolig"], "candidate", "")
    kodebenk("theme", "place", file, "Å ha en dør", "rop", "okonomi")
    kodebenk("theme", "take-out", file, "Å ha en dør", "rop")
    described = kodebenk(
        "theme", "describe", file, "Å ha en dør", "--essence", "Et sted.", "--status", "final", "--json"
    ).json
    assert (described["codes"], described["status"], described["essence"]) == (
        ["bolig", "okonomi"],
        "final",
        "Et sted.",
    )
    assert kodebenk("undo", file).code == 0
    assert _theme(kodebenk, file, "Å ha en dør")["status"] == "candidate"
    assert kodebenk("theme", "remove", file, "Å ha en dør").code == 0
    assert all(each["title"] != "Å ha en dør" for each in kodebenk("themes", file, "--json").json)


def test_excerpts_are_named_by_their_quote_id(kodebenk: Run, file: Path) -> None:
    uid = kodebenk("codings", file, "--json").json[0]["id"]
    put = kodebenk("theme", "excerpts", file, "Bolig", "I01-001", "--json").json
    assert put["excerpts"] == [uid]
    assert kodebenk("theme", "excerpts", file, "Bolig", "I01-001", "--remove", "--json").json["excerpts"] == []


def test_a_quote_id_names_every_coding_on_its_span(kodebenk: Run, file: Path) -> None:
    first = kodebenk("codings", file, "--json").json[0]
    span = (first["source"], first["start"], first["end"])
    second = kodebenk("code", file, *span, "okonomi", "--coder", "Per", "--json").json
    put = kodebenk("theme", "excerpts", file, "Bolig", first["quote"], "--json").json
    assert set(put["excerpts"]) == {first["id"], second["id"]}
    out = kodebenk("theme", "excerpts", file, "Bolig", first["quote"], "--remove", "--json").json
    assert out["excerpts"] == []


def test_a_title_that_is_taken_is_refused_with_a_reason(kodebenk: Run, file: Path) -> None:
    refused = kodebenk("theme", "add", file, "bolig")
    assert (refused.code, refused.out) == (1, "")
    assert "finnes fra før" in refused.err


def test_codes_without_a_theme_are_told(kodebenk: Run, file: Path) -> None:
    kodebenk("theme", "take-out", file, "Bolig", "bolig")
    assert "Uten tema: bolig" in kodebenk("themes", file).err


def test_a_code_group_gets_codes_under_it(kodebenk: Run, file: Path) -> None:
    assert kodebenk("theme", "group", file, "Hjem og penger", "bolig", "okonomi").out.strip() == "hjem-og-penger"
    parents = {each["id"]: each["parent"] for each in kodebenk("codes", file, "--json").json}
    assert (parents["bolig"], parents["okonomi"]) == ("hjem-og-penger", "hjem-og-penger")


def test_the_approach_is_told_and_chosen(kodebenk: Run, file: Path) -> None:
    assert kodebenk("approach", file).out.strip() == "codebook"
    assert kodebenk("approach", file, "stc", "--json").json["approach"] == "stc"
    assert kodebenk("approach", file).out.strip() == "stc"
    assert kodebenk("approach", file, "grounded").code == 2


def test_a_framework_cell_is_written_shown_and_exported(kodebenk: Run, file: Path, tmp_path: Path) -> None:
    text = "Botilbudet er fullt [[I01-001]]."
    written = kodebenk("framework", "write", file, "Elvestrand", "bolig", text, "--done", "--json").json
    assert (written["text"], written["status"], len(written["codings"])) == (text, "done", 1)
    shown = kodebenk("framework", "show", file, "--json").json
    cell = next(each for each in shown if (each["case"], each["code"]) == ("Elvestrand", "bolig"))
    assert (cell["text"], cell["excerpts"], cell["newer"]) == (text, 1, 0)
    out = kodebenk("framework", "export", file, "-o", tmp_path / "ramme.docx", "--json").json
    assert Path(out["path"]).stat().st_size > 0
    refused = kodebenk("framework", "write", file, "Elvestrand", "bolig", "Se [[I77-001]].")
    assert refused.code == 1
    assert "I77-001" in refused.err
