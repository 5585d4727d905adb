"""Descriptions of codes: whatever is said of a code can be put in one text and taken out of it again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.interchange.descriptions import LABELS, Description, compose, described, take_apart
from exports.interchange.model import CodeItem

BARE = CodeItem(guid="g", name="Bolig")
pieces = st.sampled_from([*(f"{label}: " for label in LABELS), "\n", "\n\n", "\\", "\r", "Kort", " ", "ord", "æ"])
texts = st.one_of(st.lists(pieces, max_size=6).map("".join), st.text(max_size=8))
codes = st.builds(
    CodeItem,
    guid=st.just("g"),
    name=st.just("Bolig"),
    brief=texts,
    definition=texts,
    when=texts,
    when_not=texts,
    examples=st.lists(texts, max_size=3).map(tuple),
    name_en=texts,
    slug=texts,
    retired=st.booleans(),
)


@given(codes)
@settings(max_examples=100, deadline=None)
def test_whatever_is_said_of_a_code_comes_back(code: CodeItem) -> None:
    back = described(BARE, compose(code))

    assert back == replace(code, slug="" if code.slug == "bolig" else code.slug)


@given(texts)
@settings(max_examples=60, deadline=None)
def test_a_foreign_description_is_never_lost(text: str) -> None:
    found = described(BARE, text)

    assert found.definition == text or take_apart(compose(found)) == take_apart(text)


def test_it_reads_like_a_text() -> None:
    code = replace(BARE, brief="Der folk bor.", when_not="Pris.\nSe økonomi.", examples=("Vi står i kø.", "Nei."))

    assert compose(code) == (
        "Kort: Der folk bor.\n\nBrukes ikke når: Pris.\nSe økonomi.\n\nEksempel: Vi står i kø.\n\nEksempel: Nei."
    )


def test_a_definition_alone_stands_without_a_label() -> None:
    assert compose(replace(BARE, definition="Hus.\n\nKort: nei", slug="bolig")) == "Hus.\n\nKort: nei"


def test_line_ends_that_another_tool_changed_do_no_harm() -> None:
    text = compose(replace(BARE, brief="Hus", when="Alltid\nog ellers")).replace("\n", "\r\n")

    assert take_apart(text) == Description(brief="Hus", when="Alltid\nog ellers")


@pytest.mark.parametrize("text", ["Kort: a\n\nKort: b", "Definisjon: a\n\nKort: b", "Status: venter"])
def test_what_only_looks_like_ours_is_a_definition(text: str) -> None:
    assert take_apart(text) == Description(definition=text)
