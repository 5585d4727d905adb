"""batch, autocode and clip as a person or a script meets them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]


def codings(kodebenk: Run, file: Path) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = kodebenk("codings", file, "--json").json
    return listed


def test_a_dry_run_lists_and_changes_nothing(kodebenk: Run, file: Path) -> None:
    before = codings(kodebenk, file)
    done = kodebenk("batch", file, "recode", "rop", "--code", "bolig", "--dry-run", "--json")
    assert [row["id"] for row in done.json] == [row["id"] for row in before if row["code"] == "bolig"]
    assert "Ingenting er endret" in done.err
    assert codings(kodebenk, file) == before


def test_recode_accounts_for_every_coding_and_is_undone_at_once(kodebenk: Run, file: Path) -> None:
    before = codings(kodebenk, file)
    done = kodebenk("batch", file, "recode", "rop", "--all", "--json").json
    assert set(done) == {"action", "done", "already", "united", "gone"}
    assert set(done["done"]) == {row["id"] for row in before}
    assert {row["code"] for row in codings(kodebenk, file)} == {"rop"}
    assert kodebenk("batch", file, "recode", "rop", "--all").out == "2 var slik fra før\n"
    assert kodebenk("undo", file).code == 0
    assert codings(kodebenk, file) == before


def test_without_a_choice_nothing_is_done(kodebenk: Run, file: Path) -> None:
    before = codings(kodebenk, file)
    for words in (("remove",), ("remove", "--code", "rop"), ("remove", "--ids", " ")):
        refused = kodebenk("batch", file, *words)
        assert (refused.code, refused.out) == (1, "")
        assert "ingen kodinger" in refused.err.lower() or "--all" in refused.err
    assert kodebenk("batch", file, "recode", "--all").code == 2
    assert kodebenk("batch", file, "star", "bolig", "--all").code == 2
    assert codings(kodebenk, file) == before


def test_ids_come_from_stdin_and_a_quote_id_is_all_on_its_place(kodebenk: Run, file: Path) -> None:
    quotes = [row["quote"] for row in codings(kodebenk, file)]
    environment = {**os.environ, "KODEBENK_CODER": "Kari"}
    subprocess.run(
        [sys.executable, "-m", "workbench", "batch", str(file), "add", "rop", "--ids", "-"],
        input="\n".join(quotes).encode(), env=environment, check=True, timeout=60,
    )  # fmt: skip
    assert [row["code"] for row in codings(kodebenk, file)].count("rop") == 2
    done = kodebenk("batch", file, "star", "--ids", quotes[0], "--json").json
    assert len(done["done"]) == 2
    assert kodebenk("batch", file, "unstar", "--starred", "--json").json["done"] == done["done"]


def test_one_memo_or_one_on_each(kodebenk: Run, file: Path) -> None:
    quotes = [row["quote"] for row in codings(kodebenk, file)]
    assert kodebenk("batch", file, "memo", "Et mønster", "--all").code == 0
    (memo,) = kodebenk("memo", "list", file, "--json").json
    assert all(f"[[{quote}]]" in memo["text"] for quote in quotes)
    assert kodebenk("batch", file, "memo", "Hver for seg", "--each", "--all").code == 0
    listed = kodebenk("memo", "list", file, "--json").json
    assert [each["on"] for each in listed if each["text"] == "Hver for seg"] == ["coding", "coding"]


def test_autocode_lists_first_and_codes_when_asked(kodebenk: Run, file: Path) -> None:
    before = codings(kodebenk, file)
    listed = kodebenk("autocode", file, "rop", "--query", "botilbud", "--json")
    (row,) = listed.json
    assert row["text"] == "Vi har akuttovernatting for ni personer, og botilbudet er fullt."
    assert (row["coded"], row["words"][0][1] - row["words"][0][0]) == (False, len("botilbud"))
    assert "--apply" in listed.err
    assert codings(kodebenk, file) == before
    made = kodebenk("autocode", file, "rop", "--query", "botilbud", "--apply", "--json").json
    assert (made["code"], len(made["coded"]), made["already"]) == ("rop", 1, [])
    (coded,) = [each for each in codings(kodebenk, file) if each["id"] == made["coded"][0]]
    assert (coded["origin"], coded["text"], coded["start"]) == ("autocode", row["text"], row["start"])
    again = kodebenk("autocode", file, "rop", "--query", "botilbud", "--apply")
    assert again.out.endswith(", 1 var kodet slik fra før\n")


def test_the_other_rules(kodebenk: Run, file: Path) -> None:
    assert len(kodebenk("autocode", file, "rop", "--speaker", "I01", "--json").json) == 2
    answers = kodebenk("autocode", file, "rop", "--question", "økonomien", "--json").json
    assert [row["text"][:12] for row in answers] == ["Tilskuddet e"]
    assert answers[0]["why"] == "Og økonomien?"
    refused = kodebenk("autocode", file, "rop", "--heading", "Bolig")
    assert (refused.code, refused.out) == (1, "")


def test_what_there_is_to_choose_between(kodebenk: Run, file: Path) -> None:
    questions = kodebenk("autocode", file, "--list", "questions", "--json").json
    assert {"name": "Og økonomien?", "kind": "question", "places": 1, "sources": 1} in questions
    speakers = kodebenk("autocode", file, "--list", "speakers", "--json", "--case", "Elvestrand").json
    assert "I01" in [each["name"] for each in speakers]
    assert kodebenk("autocode", file, "--list", "headings", "--json").json == []


def test_one_rule_at_a_time(kodebenk: Run, file: Path) -> None:
    assert kodebenk("autocode", file, "rop").code == 2
    assert kodebenk("autocode", file, "rop", "--query", "a", "--speaker", "b").code == 2
    assert kodebenk("autocode", file, "--query", "a").code == 2


def test_a_quote_is_written_as_it_is_pasted(kodebenk: Run, file: Path) -> None:
    quote, text = next((row["quote"], row["text"]) for row in codings(kodebenk, file) if row["code"] == "bolig")
    assert kodebenk("clip", file, quote).out == f"«{text}» (Elvestrand, I01) [{quote}]\n"


def test_the_interviewers_words_are_told_of_and_left_out_when_asked(kodebenk: Run, file: Path) -> None:
    told = kodebenk("autocode", file, "rop", "--query", "boligsituasjonen", "--json")
    assert len(told.json) == 1 and "1 av 1 steder er intervjuerens ord" in told.err
    left = kodebenk("autocode", file, "rop", "--query", "boligsituasjonen", "--no-interviewer", "--json")
    assert (left.code, left.out) == (1, "") and "er utelatt" in left.err
