"""The quote bank as JSON and as Markdown."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from exports.markdown import escape, render_markdown
from exports.models import Excerpt, QuoteBank
from exports.records import SCHEMA, render_json


def rendered(text: str) -> str:
    """The text as a Markdown reader shows it."""
    shown = ""
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        for child in token.children or ():
            shown += "\n" if child.type in ("softbreak", "hardbreak") else child.content
    return shown


def test_json_holds_texts_as_stored_and_letters_unescaped(bank: QuoteBank) -> None:
    data = render_json(bank)
    assert "kø på kommunale boliger" in data.decode("utf-8")
    record = json.loads(data)
    assert record["schema"] == SCHEMA == "kodebenk.quotebank/1"
    assert [each["text"] for each in record["excerpts"]] == [each.text for each in bank.excerpts]
    assert record["matrix"]["cells"] == [[4, 0], [3, 1200]]
    assert [code["id"] for code in record["codebook"]] == ["bolig", "bolig-tilgang", "okonomi", "tom"]
    assert record["date"] == "2026-11-22"


def test_json_has_the_keys_of_the_command_line(bank: QuoteBank) -> None:
    one = json.loads(render_json(bank))["excerpts"][0]
    assert {"id", "source", "start", "end", "text", "code", "coder", "origin", "created", "source_name"} <= one.keys()
    assert (one["code"], one["case"], one["created"]) == ("bolig-tilgang", "Fjellvik", "2026-11-03T09:30:00Z")


def test_json_says_null_for_what_is_not_there() -> None:
    record = json.loads(render_json(QuoteBank(title="T", date=date(2026, 1, 2))))
    assert (record["matrix"], record["codebook"], record["excerpts"]) == (None, None, [])


def test_markdown_goes_by_code_and_case(bank: QuoteBank) -> None:
    text = render_markdown(bank).decode("utf-8")
    headings = [line for line in text.splitlines() if line.startswith("#")]
    assert headings == [
        "# Oppdiktet evaluering",
        r"## Bolig \> Tilgang",
        "### Fjellvik",
        "### Fjellvik og Ås",
        "### Ås",
    ]
    assert "7 segmenter, 4 kilder, 2 informanter, 2 caser" in text
    assert r"> «Eg veit ikkje kven som har ansvaret.» (Ås, I11) \[I11-002\]" in text
    assert "\n>\n> Intervjuer: Ingen plan?\n>\n" in text


def test_markdown_sets_minutes_as_a_list_and_not_as_a_quotation(bank: QuoteBank) -> None:
    lines = render_markdown(bank).decode("utf-8").splitlines()
    (line,) = [line for line in lines if "bedre enn i fjor" in line]
    assert line.startswith("- Fra referat (ikke ordrett): Leder mener")


def test_markdown_follows_the_codebook_and_then_the_alphabet(bank: QuoteBank, excerpt: Callable[..., Excerpt]) -> None:
    slugs = ["zz", "okonomi", "aa", "bolig"]
    excerpts = tuple(excerpt(id=s, code=s, code_path=(s,), start=n) for n, s in enumerate(slugs))
    text = render_markdown(replace(bank, excerpts=excerpts)).decode("utf-8")
    assert [line for line in text.splitlines() if line.startswith("## ")] == [
        "## bolig",
        "## okonomi",
        "## zz",
        "## aa",
    ]


def test_an_empty_bank_says_so() -> None:
    assert "Ingen utdrag er kodet." in render_markdown(QuoteBank(title="T", date=date(2026, 1, 2))).decode("utf-8")


MARKUP = st.text(st.sampled_from("ab1 .)-+*_`#>[]()!<&;=~|\\{}$:«»'\"/æ"), min_size=1, max_size=30)


@settings(max_examples=200)
@given(MARKUP)
def test_markdown_shows_any_line_as_it_is(text: str) -> None:
    line = " ".join(text.split())
    assert rendered(escape(line)) == line
    assert rendered(f"> {escape(line)}") == line
