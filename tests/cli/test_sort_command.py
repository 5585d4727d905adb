"""`kodebenk sort`: a queue begun, chosen in, finished with its account and undone, by commands alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

SORTING = {"id", "kind", "code", "code_name", "targets", "coder", "created", "finished", "total", "chosen", "sorted",
           "kept", "skipped", "removed", "left"}  # fmt: skip
ACCOUNT = {"before", "moved", "kept", "skipped", "unreached", "removed", "united", "gone", "several", "made", "met",
           "standing", "outside", "adds_up", "codes", "doubles", "codings", "others"}  # fmt: skip
CODE_COUNT = {"code", "before", "moved", "made", "left", "after"}
ROW = {"n", "id", "gone", "choice", "codes", "note", "chosen_by", "chosen"}


@pytest.fixture
def sorted_file(kodebenk: Run, file: Path) -> Path:
    """Three codings on «bolig», the first two of them on one span by two coders."""
    for start, end, coder in ((55, 90, "Ola"), (95, 120, "Kari")):
        assert kodebenk("code", file, "Intervju åtte", start, end, "bolig", coder=coder).code == 0
    return file


def begin(kodebenk: Run, file: Path, *targets: str) -> dict[str, Any]:
    done = kodebenk("sort", "begin", file, "bolig", *targets, "--json")
    assert done.code == 0, done.err
    shown: dict[str, Any] = done.json
    return shown


def test_the_shapes(kodebenk: Run, sorted_file: Path) -> None:
    made = begin(kodebenk, sorted_file, "Leie", "bolig-mangel")
    assert set(made) == SORTING
    assert next(each["name"] for each in made["targets"]) == "Leie"
    assert [each["key"] for each in made["targets"]] == [1, 2]
    (listed,) = kodebenk("sort", "list", sorted_file, "--json").json
    assert listed == made
    shown = kodebenk("sort", "show", sorted_file, "--json").json
    assert set(shown) == SORTING | {"codings", "account"}
    assert set(shown["account"]) == ACCOUNT
    assert all(set(row) >= ROW for row in shown["codings"])
    assert all(set(each) == CODE_COUNT for each in shown["account"]["codes"])
    assert (shown["finished"], shown["total"], shown["left"]) == (None, 3, 3)


def test_a_whole_sorting(kodebenk: Run, sorted_file: Path) -> None:
    uid = begin(kodebenk, sorted_file, "Leie", "Eie")["id"]
    rows = kodebenk("sort", "show", sorted_file, uid, "--json").json["codings"]
    first, second, third = (row["id"] for row in rows)
    assert kodebenk("sort", "choose", sorted_file, uid, first, "leie", "eie", "--note", "tydelig").code == 0
    assert kodebenk("sort", "choose", sorted_file, "bolig", second, "--keep").code == 0
    told = kodebenk("sort", "choose", sorted_file, uid, rows[2]["quote"], "--skip")
    assert told.out == f"{uid}  3 av 3 · 1 sortert · 1 blir stående · 1 hoppet over\n"
    before = kodebenk("codings", sorted_file, "--json").json
    foreseen = kodebenk("sort", "finish", sorted_file, uid, "--dry-run", "--json").json
    assert kodebenk("codings", sorted_file, "--json").json == before
    done = kodebenk("sort", "finish", sorted_file, uid, "--json").json
    assert done == foreseen
    assert (done["moved"], done["kept"], done["skipped"], done["made"], done["standing"]) == (1, 1, 1, 1, 4)
    assert done["adds_up"] is True
    assert kodebenk("sort", "show", sorted_file, uid, "--json").json["account"] == done
    now = {each["id"]: each for each in kodebenk("codings", sorted_file, "--json").json}
    assert (now[first]["code"], now[third]["code"], len(now)) == ("leie", "bolig", len(before) + 1)
    assert [memo["text"] for memo in kodebenk("memo", "list", sorted_file, "--json").json] == ["tydelig"]
    assert kodebenk("undo", sorted_file).code == 0
    assert kodebenk("codings", sorted_file, "--json").json == before
    assert kodebenk("check", sorted_file).code == 0
    assert kodebenk("sort", "list", sorted_file, "--open", "--json").json[0]["chosen"] == 3


def test_as_lines_for_a_person(kodebenk: Run, sorted_file: Path) -> None:
    uid = begin(kodebenk, sorted_file, "Leie")["id"]
    rows = kodebenk("sort", "show", sorted_file, uid, "--json").json["codings"]
    for row in rows[:2]:
        kodebenk("sort", "choose", sorted_file, uid, row["id"], "Leie")
    shown = kodebenk("sort", "show", sorted_file, "bolig").out
    assert "kodinger i køen" in shown
    done = kodebenk("sort", "finish", sorted_file, uid).out.splitlines()
    assert done[0].split(None, 1) == ["3", "kodinger i køen"]
    assert any("faller sammen" in line for line in done)
    assert any("Leie: 0 før, 1 etter" in line for line in done)


def test_more_targets_more_codings_and_away(kodebenk: Run, sorted_file: Path) -> None:
    uid = begin(kodebenk, sorted_file, "Leie")["id"]
    added = kodebenk("sort", "add", sorted_file, uid, "Eie", "--json").json
    assert [each["id"] for each in added["targets"]] == ["leie", "eie"]
    kodebenk("code", sorted_file, "Samtale", 90, 100, "bolig")
    refilled = kodebenk("sort", "refill", sorted_file, uid, "--json").json
    assert refilled["total"] == 4
    row = kodebenk("sort", "show", sorted_file, uid, "--json").json["codings"][-1]
    kodebenk("sort", "choose", sorted_file, uid, row["id"], "eie")
    assert kodebenk("sort", "choose", sorted_file, uid, row["id"], "--back", "--json").json["chosen"] == 0
    assert kodebenk("sort", "discard", sorted_file, uid).code == 0
    assert kodebenk("sort", "list", sorted_file, "--json").json == []


def test_codings_from_before_a_definition(kodebenk: Run, sorted_file: Path) -> None:
    assert kodebenk("sort", "outdated", sorted_file, "--json").json == []
    kodebenk("codebook", "describe", sorted_file, "bolig", "--definition", "Bare der folk bor.", coder="Ola")
    (found,) = kodebenk("sort", "outdated", sorted_file, "--json").json
    assert {key: found[key] for key in ("code", "by", "codings")} == {"code": "bolig", "by": "Ola", "codings": 3}
    listed = kodebenk("sort", "outdated", sorted_file, "--code", "bolig", "--json").json
    assert len(listed) == 3
    assert all(each["changed"] == found["changed"] and each["decided"] <= found["changed"] for each in listed)
    done = kodebenk("sort", "begin", sorted_file, "bolig", "--definition", "--json")
    assert (done.json["kind"], done.json["targets"]) == ("definition", [])
    kodebenk("sort", "choose", sorted_file, "bolig", listed[0]["id"], "--remove")
    kodebenk("sort", "choose", sorted_file, "bolig", listed[1]["id"], "--keep")
    finished = kodebenk("sort", "finish", sorted_file, "bolig", "--json").json
    assert (finished["removed"], finished["kept"], finished["unreached"]) == (1, 1, 1)
    assert [each["id"] for each in kodebenk("sort", "outdated", sorted_file, "--code", "bolig", "--json").json] == [
        listed[2]["id"]
    ]


def test_refusals_leave_stdout_empty(kodebenk: Run, sorted_file: Path) -> None:
    for words in (
        ("sort", "begin", sorted_file, "bolig", "--json"),
        ("sort", "begin", sorted_file, "rop", "Ny", "--json"),
        ("sort", "show", sorted_file, "--json"),
        ("sort", "finish", sorted_file, "tull", "--json"),
        ("sort", "begin", sorted_file, "bolig", "--definition", "--json"),
    ):
        done = kodebenk(*words)
        assert (done.code, done.out) == (1, ""), words
        assert done.err
    uid = begin(kodebenk, sorted_file, "Leie")["id"]
    quote = kodebenk("sort", "show", sorted_file, uid, "--json").json["codings"][0]["quote"]
    twice = kodebenk("sort", "choose", sorted_file, uid, quote, "leie")
    assert twice.code == 1 and "Ola" in twice.err and "Kari" in twice.err
    assert kodebenk("sort", "finish", sorted_file, uid).code == 1
    assert kodebenk("sort", "choose", sorted_file, uid, quote).code == 2
    assert kodebenk("sort", "choose", sorted_file, uid, quote, "leie", "--keep").code == 2
