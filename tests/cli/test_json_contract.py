"""The JSON of the command line is a contract: these keys stay."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

CODING = {"id", "source", "source_name", "start", "end", "text", "code", "coder", "origin", "created"}
SUGGESTION = {"id", "source", "source_name", "start", "end", "text", "code", "score", "method", "because", "status"}
CHANGE = {"id", "when", "coder", "kind", "summary"}


def test_new(kodebenk: Run, tmp_path: Path) -> None:
    done = kodebenk("new", tmp_path / "p.kodebenk", "--json", "--codebook", "rusfeltet")
    assert done.code == 0
    assert done.json["project"] == str(tmp_path / "p.kodebenk")
    assert done.json["codes"] > 10
    assert kodebenk("new", tmp_path / "tom.kodebenk", "--json").json["codes"] == 0


def test_import(kodebenk: Run, file: Path, tmp_path: Path) -> None:
    good, bad = tmp_path / "god.txt", tmp_path / "dårlig.xyz"
    good.write_text("Intervjuer: Ja?\n\nOla: Jo.\n\nIntervjuer: Så?\n\nOla: Nei.\n", encoding="utf-8")
    bad.write_bytes(b"\x00\x01\x02\x03")
    done = kodebenk("import", file, good, bad, "--json")
    assert done.code == 1
    (imported,), (refused,) = done.json["imported"], done.json["refused"]
    assert {"id", "name", "kind", "characters", "turns", "warnings"} <= imported.keys()
    assert (imported["name"], imported["turns"]) == ("god", 4)
    assert set(refused) == {"file", "reason"}
    assert refused["file"] == str(bad)
    assert "dårlig.xyz" in done.err


def test_sources(kodebenk: Run, study: Path) -> None:
    first, second = kodebenk("sources", study, "--json").json
    assert {"id", "name", "kind", "case", "characters", "turns", "codings"} <= first.keys()
    assert (first["name"], first["case"], first["codings"]) == ("Intervju åtte", "Elvestrand", 1)
    assert (second["name"], second["turns"]) == ("Samtale", 4)


def test_show(kodebenk: Run, study: Path) -> None:
    shown = kodebenk("show", study, "Samtale", "--json").json
    assert {"id", "name", "text", "turns"} <= shown.keys()
    assert {"speaker", "start", "end", "time_ms"} <= shown["turns"][0].keys()
    turn = shown["turns"][1]
    assert turn["speaker"] == "Anne"
    assert shown["text"][turn["start"] : turn["end"]].startswith("Poliklinikken.")
    assert turn["time_ms"] is None


def test_codes(kodebenk: Run, study: Path) -> None:
    listed = kodebenk("codes", study, "--json").json
    assert {"id", "name", "parent", "definition", "codings", "codings_total", "cases"} <= listed[0].keys()
    by_id = {each["id"]: each for each in listed}
    assert {"bolig", "rop", "spesialisthelse", "okonomi", "brukerokonomi"} <= by_id.keys()
    assert (by_id["bolig"]["codings"], by_id["bolig"]["codings_total"], by_id["bolig"]["cases"]) == (1, 1, 1)
    assert by_id["bolig"]["parent"] is None
    assert by_id["bolig-midlertidig"]["parent"] == "bolig"


def test_code_and_codings(kodebenk: Run, file: Path) -> None:
    made = kodebenk("code", file, "Intervju åtte", 60, 70, "BOLIG-midl", "--json", "--coder", "Åse").json
    assert made.keys() >= CODING - {"created"}
    shown = kodebenk("show", file, made["source"], "--json").json
    assert made["text"] == shown["text"][60:70]
    assert (made["code"], made["coder"], made["source_name"]) == ("bolig-midlertidig", "Åse", "Intervju åtte")
    again = kodebenk("code", file, "Intervju åtte", 60, 70, "bolig-midlertidig", "--json", "--coder", "Åse")
    assert (again.code, again.json["id"]) == (0, made["id"])
    listed = kodebenk("codings", file, "--json").json
    assert all(each.keys() >= CODING for each in listed)
    assert {each["origin"] for each in listed} == {"manual"}
    assert all(each["created"].endswith("Z") for each in listed)
    for words, number in (
        (("--code", "bolig"), 2),
        (("--code", "bolig", "--exact"), 1),
        (("--case", "Elvestrand"), 2),
        (("--case", "Storhamn", "--code", "bolig"), 0),
        (("--coder", "Åse"), 1),
        (("--source", "Samtale"), 1),
    ):
        assert len(kodebenk("codings", file, *words, "--json").json) == number, words


def test_suggest_accept_and_reject(kodebenk: Run, file: Path) -> None:
    made = kodebenk("suggest", file, "--source", "Intervju åtte", "--json")
    assert made.code == 0
    assert len(made.json) >= 2
    text = kodebenk("show", file, "Intervju åtte", "--json").json["text"]
    for each in made.json:
        assert each.keys() >= SUGGESTION
        assert each["text"] == text[each["start"] : each["end"]]
        assert each["because"]
        assert all(each["text"] and word["text"] == text[word["start"] : word["end"]] for word in each["because"])
        assert all(set(word) == {"start", "end", "text", "kind", "name", "weight"} for word in each["because"])
        assert all(set(reason) == {"kind", "name", "weight"} for reason in each["around"])
        assert each["status"] == "pending"
    first, second = made.json[:2]
    (accepted,) = kodebenk("accept", file, first["id"], "--json").json
    assert (accepted["id"], accepted["status"]) == (first["id"], "accepted")
    (rejected,) = kodebenk("reject", file, second["id"], "--json").json
    assert (rejected["id"], rejected["status"]) == (second["id"], "rejected")
    pending = {each["id"] for each in kodebenk("suggestions", file, "--status", "pending", "--json").json}
    assert not pending & {first["id"], second["id"]}
    listed = {each["id"]: each["status"] for each in kodebenk("suggestions", file, "--json").json}
    assert (listed[first["id"]], listed[second["id"]]) == ("accepted", "rejected")
    assert kodebenk("accept", file, first["id"], "--json").code == 1
    origin = [each for each in kodebenk("codings", file, "--json").json if each["origin"] == "suggestion"]
    assert [(each["start"], each["end"]) for each in origin] == [(first["start"], first["end"])]


def test_accepting_several_is_one_step_of_undo(kodebenk: Run, file: Path) -> None:
    pending = kodebenk("suggest", file, "--source", "Intervju åtte", "--json").json
    ids = [each["id"] for each in pending[:2]]
    assert kodebenk("accept", file, ids[0], "finnesikke").code == 1
    assert len(kodebenk("suggestions", file, "--status", "pending", "--json").json) == len(pending)
    assert [each["status"] for each in kodebenk("accept", file, *ids, "--json").json] == ["accepted"] * 2
    kodebenk("undo", file)
    assert len(kodebenk("suggestions", file, "--status", "pending", "--json").json) == len(pending)


def test_undo_redo_and_history(kodebenk: Run, file: Path) -> None:
    kodebenk("code", file, "Samtale", 42, 50, "rop")
    for verb in ("undo", "redo"):
        (done,) = kodebenk(verb, file, "--json").json
        assert done.keys() >= CHANGE
        assert (done["kind"], done["coder"]) == (verb, "Kari")
        assert "kodet Samtale 42–50" in done["summary"]
    listed = kodebenk("history", file, "--json").json
    assert all(each.keys() >= CHANGE for each in listed)
    assert [each["kind"] for each in listed[:3]] == ["redo", "undo", "reading.set"] or listed[2]["kind"] == "coding.add"
    assert listed[-1]["kind"] == "coder.add" or listed[-1]["kind"] == "project.create"
    assert len(kodebenk("history", file, "--limit", 2, "--json").json) == 2


def test_excerpts(kodebenk: Run, study: Path) -> None:
    (found,) = kodebenk("excerpts", study, "--case", "Elvestrand", "--json").json
    assert found.keys() >= CODING | {"case", "informant", "role", "level", "side"}
    assert (found["case"], found["informant"], found["role"]) == ("Elvestrand", "I01", "leder")
    for words, number in (
        (("--role", "leder"), 1), (("--wave", "1"), 1), (("--wave", "2"), 0), (("--text", "AKUTT"), 1),
        (("--code", "spesialisthelse"), 1), (("--text", "okonomi"), 0),
    ):  # fmt: skip
        assert len(kodebenk("excerpts", study, *words, "--json").json) == number, words


@pytest.mark.parametrize("cells", ["segments", "sources", "informants", "share"])
def test_matrix(kodebenk: Run, study: Path, cells: str) -> None:
    table = kodebenk("matrix", study, "--rows", "case", "--columns", "code", "--cells", cells, "--json").json
    assert set(table) >= {"rows", "columns", "cells"}
    assert table["rows"] == ["Elvestrand", "Storhamn"]
    assert [len(row) for row in table["cells"]] == [len(table["columns"])] * 2
    values = dict(zip(table["columns"], table["cells"][0], strict=True))
    assert values["bolig"] == 1
    assert values["rop"] == 0


def test_report_and_export(kodebenk: Run, study: Path, file: Path, tmp_path: Path) -> None:
    done = kodebenk("report", file, "-o", "rapport.docx", "--json", cwd=tmp_path)
    assert done.json["path"] == str(tmp_path / "rapport.docx")
    assert isinstance(done.json["warnings"], list)
    assert (tmp_path / "rapport.docx").read_bytes()[:2] == b"PK"
    for name in ("csv", "xlsx", "json", "md"):
        made = kodebenk("export", study, name, "-o", tmp_path / f"ut.{name}", "--json").json
        assert (made["path"], made["warnings"]) == (str(tmp_path / f"ut.{name}"), [])
        assert {frozenset(each) for each in made["lost"]} == {frozenset(("what", "name", "why", "count"))}
        assert (tmp_path / f"ut.{name}").stat().st_size > 0


def test_check(kodebenk: Run, study: Path) -> None:
    assert kodebenk("check", study, "--json").json == {"ok": True, "problems": []}


def test_csv_has_the_same_columns_as_json(kodebenk: Run, study: Path) -> None:
    for words in (("sources", study), ("codes", study), ("codings", study), ("history", study), ("excerpts", study)):
        as_json, as_csv = kodebenk(*words, "--json").json, kodebenk(*words, "--csv").out
        rows = list(csv.DictReader(io.StringIO(as_csv)))
        assert list(rows[0]) == list(as_json[0]), words
        assert len(rows) == len(as_json)


def test_json_is_utf8_unescaped(kodebenk: Run, study: Path) -> None:
    out = kodebenk("sources", study, "--json", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0").out
    assert "Intervju åtte" in out
