"""A newspaper archive's file of many articles."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article_bundle import articles_in, outside_articles, standing_alone
from corpus.described import described
from corpus.errors import UnreadableSource
from corpus.model import Transcript

RULE, LINE = "=" * 78, "-" * 78
ARCHIVE = f"""Universitetet i Storvik
Uttak 26.10.2025

Nyhetsklipp:

> Kutter tilbudet, VG, 14.02.2024

> Vil ha svar, Storvik Avis, 15.02.2024


Kutter tilbudet
{LINE}
VG, 14.02.2024
KARI NORDMANN
Side 8
Publisert på trykk.

Kommunen må spare.

– Dette er alvorlig, sier Per Ås i laget.
© VG

Les hele nyheten på http://ret.example/abc
{RULE}

Vil ha svar
{LINE}
Storvik Avis, 15.02.2024 08:15
Publisert på nett.

– Nå må noen svare, sier Anne Vik.
© Storvik Avis
"""


def test_each_article_with_its_headline_paper_and_date() -> None:
    for text in (ARCHIVE, ARCHIVE.replace(f"{LINE}\n", "").replace(f"{RULE}\n", "")):
        first, second = articles_in(text)
        assert (first.title, first.publisher, first.date) == ("Kutter tilbudet", "VG", "2024-02-14")
        assert first.text == "Kommunen må spare.\n\n– Dette er alvorlig, sier Per Ås i laget."
        assert (second.title, second.publisher, second.date) == ("Vil ha svar", "Storvik Avis", "2024-02-15")
        assert second.text == "– Nå må noen svare, sier Anne Vik."


def test_an_article_that_stands_alone_says_what_it_is() -> None:
    for each in articles_in(ARCHIVE):
        article = described(Transcript(text=standing_alone(each), kind="notes"))
        assert (article.kind, article.title, article.publisher, article.date) == (
            "article", each.title, each.publisher, each.date,
        )  # fmt: skip


def test_one_article_of_an_archive_is_a_source_as_it_is() -> None:
    one = ARCHIVE[ARCHIVE.index("\n\nVil ha svar\n") :]
    assert articles_in(one) == ()
    article = described(Transcript(text=one, kind="notes"), path=Path("a.txt"))
    assert (article.kind, article.title, article.publisher, article.date) == (
        "article", "Vil ha svar", "Storvik Avis", "2024-02-15",
    )  # fmt: skip


def test_every_line_of_the_archive_is_in_an_article_or_told_to_be_outside_them() -> None:
    places = "".join(f"{what}: A\n" for what in ("Side", "Del", "Seksjon", "Bilag", "Utgave", "Merknad", "Journalist"))
    picture = f"{RULE}\n\nBare bilde\nVG, 16.02.2024\n{places}Publisert på trykk\n\n© VG\n"
    articles = articles_in(ARCHIVE + picture)
    assert [(each.title, each.text == "") for each in articles] == [
        ("Kutter tilbudet", False), ("Vil ha svar", False), ("Bare bilde", True),
    ]  # fmt: skip
    alone = "\n".join(map(standing_alone, articles))
    outside = outside_articles(ARCHIVE + picture)
    lines = [line for line in (ARCHIVE + picture).splitlines() if line and line not in (RULE, LINE)]
    missing = [line for line in lines if line not in outside and line not in alone]
    assert missing == ["VG, 14.02.2024", "VG, 16.02.2024"]  # written as fields
    assert all(described(Transcript(text=standing_alone(each), kind="notes")).title == each.title for each in articles)


def test_many_articles_are_refused_with_the_next_step() -> None:
    many = Transcript(text=ARCHIVE, kind="notes")
    with pytest.raises(UnreadableSource, match=r"2 artikler fra et avisarkiv\. Del den") as refused:
        described(many, path=Path("a.txt"))
    assert refused.value.remedy == "split"
    assert described(many, "notes", Path("a.txt")).kind == "notes"
    assert described(many).notes[0].doubtful


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*ARCHIVE.split("\n"), "x", ""]), max_size=40).map("\n".join))
def test_any_lines_give_articles_that_hold_only_what_was_there(text: str) -> None:
    for each in articles_in(text):
        assert each.text in text
        assert each.date.startswith("2024-02-1")
