"""`kodebenk why` from outside."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]

KEYS = {
    "id", "code", "coder", "first_coder", "origin", "quote", "created", "decided", "recoded", "steps", "definition_then",
    "definition_now", "changed", "code_steps", "suggestion", "memos", "themes", "star", "assessment", "shown", "verbatim",
}  # fmt: skip


def test_every_coding_of_a_quote_is_told_in_json_and_in_words(kodebenk: Run, file: Path) -> None:
    source = kodebenk("sources", file, "--json").json[0]["id"]
    made = kodebenk("code", file, source, 60, 90, "bolig", "--json").json
    quote = kodebenk("codings", file, "--source", source, "--json").json[0]["quote"]
    kodebenk("codebook", "describe", file, "bolig", "--definition", "Noe annet enn før.")
    done = kodebenk("why", file, made["id"][:8], "--json")
    assert done.code == 0
    (told,) = done.json
    assert told.keys() >= KEYS
    assert told["id"] == made["id"] and told["steps"][0]["kind"] == "coding.add"
    assert told["changed"] == ["definition"] and told["definition_now"]["definition"] == "Noe annet enn før."
    words = kodebenk("why", file, quote)
    assert words.code == 0
    assert "Hvem og når" in words.out and "Koden nå: " in words.out and "Noe annet enn før." in words.out


def test_an_unknown_id_is_refused_and_leaves_json_empty(kodebenk: Run, file: Path) -> None:
    done = kodebenk("why", file, "I99-999", "--json")
    assert (done.code, done.out) == (1, "")
    assert "I99-999" in done.err
