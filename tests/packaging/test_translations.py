"""The translations are whole: every string has its English, placeholders agree, and what is compiled is what is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from workbench.locale import build


def catalogue(language: str) -> Catalog:
    with build.po_file(language).open("rb") as file:
        return read_po(file, locale=language)


def forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    """A string's singular and plural, or the one text it has."""
    return (text or "",) if text is None or isinstance(text, str) else tuple(text)


def pairs(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Each string beside its translation: singular with singular, plural with plural."""
    for message in catalog:
        if message.id:
            yield from zip(forms(message.id), forms(message.string), strict=True)


def placeholders(text: str) -> set[tuple[str, str, str]]:
    """Name, conversion and format of each `{...}`."""
    return {
        (name, conversion or "", spec or "")
        for _text, name, spec, conversion in Formatter().parse(text)
        if name is not None
    }


def test_every_string_in_the_code_has_an_english_translation() -> None:
    translated = {message.id for message in catalogue("en") if message.id and all(forms(message.string))}
    lacking = [message.id for message in build.strings() if message.id and message.id not in translated]
    assert lacking == [], "translate these in workbench/locale/en, then run python -m workbench.locale.build"


def test_english_has_no_string_that_the_code_has_lost() -> None:
    used = {message.id for message in build.strings()}
    assert [message.id for message in catalogue("en") if message.id not in used] == []


@pytest.mark.parametrize("language", ["en", "nb"])
def test_translations_keep_the_placeholders(language: str) -> None:
    differing = [pair for pair in pairs(catalogue(language)) if placeholders(pair[0]) != placeholders(pair[1])]
    assert differing == []


@pytest.mark.parametrize("language", ["en", "nb"])
def test_translations_keep_the_space_around_and_the_lines(language: str) -> None:
    """Some strings are joined to others, so their outer spaces are part of them."""

    def shape(text: str) -> tuple[bool, bool, int]:
        return text[:1].isspace(), text[-1:].isspace(), text.count("\n")

    assert [pair for pair in pairs(catalogue(language)) if shape(pair[0]) != shape(pair[1])] == []


def test_english_has_english_quotation_marks() -> None:
    assert [english for _norwegian, english in pairs(catalogue("en")) if set(english) & set("«»")] == []


@pytest.mark.parametrize("language", ["en", "nb"])
def test_the_compiled_catalogue_is_the_written_one(language: str) -> None:
    compiled = build.po_file(language).with_suffix(".mo").read_bytes()
    assert compiled == build.compiled(catalogue(language)), "run python -m workbench.locale.build"
