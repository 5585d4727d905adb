"""Title, publisher and date, as pages and texts say them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.articles import Facts, text_facts
from corpus.dates import iso_date
from corpus.described import described
from corpus.model import Transcript
from corpus.readers import html


def page(head: str, body: str = "<p>Tekst.</p>") -> Transcript:
    from corpus.model import ReadOptions

    source = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return html.read(Path("a.html"), source.encode(), ReadOptions())


def facts(transcript: Transcript) -> tuple[str, str, str]:
    return transcript.title, transcript.publisher, transcript.date


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Publisert: 14.03.2026", "2026-03-14"),
        ("14. mars 2026 kl. 08.30", "2026-03-14"),
        ("lørdag 14. mars, 2026", "2026-03-14"),
        ("14 mar 2026", "2026-03-14"),
        ("1.2.26", "2026-02-01"),
        ("2026-03-14T08:00:00+01:00", "2026-03-14"),
        ("14/3/2026", "2026-03-14"),
        ("31.02.2026", ""),
        ("versjon 1.2.3.4", ""),
        ("i mars 2026", ""),
        ("", ""),
    ],
)
def test_norwegian_dates(words: str, day: str) -> None:
    assert iso_date(words) == day


def test_the_first_lines_of_an_article() -> None:
    text = (
        "NRK Troms og Finnmark\nFoto: Bo Ek\n\nStenger tilbudet i Storvik\n\nOppdatert: 15.03.2026\n"
        "Publisert: 14. mars 2026\n\nPlanen fra 1.1.2020 er ikke fulgt.\n"
    )
    assert text_facts(text) == Facts(
        title="Stenger tilbudet i Storvik", publisher="NRK Troms og Finnmark", date="2026-03-14"
    )


@pytest.mark.parametrize("line", ["Storvik Blad", "Storvik Blad, 14. mars 2026", "Storvikposten", "Avisa Storvik"])
def test_a_local_paper_on_a_line_of_its_own_is_the_publisher(line: str) -> None:
    found = text_facts(f"Naboer vil ha svar\n{line}\n\nNaboene i Storvik har spurt lenge.\n")
    assert (found.title, found.publisher) == ("Naboer vil ha svar", line.partition(",")[0])


def test_what_the_first_lines_do_not_say_is_empty() -> None:
    assert text_facts("Det ble vedtatt 1.1.2020 at NRK skulle komme, og slik ble det. " * 4) == Facts()
    assert text_facts("") == Facts()
    assert text_facts("Nytt hus\nVG, lørdag 14. mars 2026 kl. 08.30\nOppdatert 15.03.2026\n").date == "2026-03-14"
    assert text_facts("Sist oppdatert 3. april 2025\n").date == "2025-04-03"
    assert text_facts("Kilde: Storvik Avis\nTittel: Nytt hus\n") == Facts(title="Nytt hus", publisher="Storvik Avis")


def test_what_a_paper_puts_before_a_headline_is_no_part_of_it() -> None:
    assert text_facts("DEBATT: Nytt hus må komme\nAv Kari Ås\n").title == "Nytt hus må komme"
    assert text_facts("Reportasje\nDet nye huset\n").title == "Det nye huset"
    assert text_facts("Det regner i byen i dag.\n").title == ""


def test_the_head_of_a_page() -> None:
    head = (
        '<meta property="og:title" content="Stenger &aring;pent hus"><meta property="og:site_name" content="NRK">'
        '<meta property="article:published_time" content="2026-03-14T08:00:00Z"><title>NRK: noe annet</title>'
    )
    assert facts(page(head)) == ("Stenger åpent hus", "NRK", "2026-03-14")


def test_linked_data_is_read_as_data() -> None:
    script = (
        '<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, {"@type": "NewsArticle", '
        '"headline": "Nytt hus", "datePublished": "2026-03-14", "publisher": [{"name": "Storvik Avis"}]}]}</script>'
    )
    assert facts(page(script)) == ("Nytt hus", "Storvik Avis", "2026-03-14")


@pytest.mark.parametrize(
    "data",
    ["[" * 20_000, "{", '{"headline": {"a": 1}}', "9" * 9_000, '{"publisher": [[]], "headline": ""}'],
    ids=["deep", "cut off", "no words", "long number", "empty"],
)
def test_linked_data_that_says_nothing(data: str) -> None:
    transcript = page(f'<script type="application/ld+json">{data}</script><title>T</title>')
    assert facts(transcript) == ("T", "", "")


def test_what_the_page_shows_when_its_head_is_silent() -> None:
    body = '<h1>Nytt <b>hus</b></h1><time datetime="2026-03-14">i går</time><p>Tekst.</p>'
    assert facts(page("<title>T</title>", body)) == ("Nytt hus", "", "2026-03-14")


def test_an_article_is_described_with_its_quotes_and_what_its_lines_say() -> None:
    text = "Stenger huset\nPublisert: 14.03.2026\n\n– Det er trist, sier Kari Nordmann.\n\n– Ja, sier Per Ås.\n"
    article = described(Transcript(text=text, kind="notes", publisher="NRK"))
    assert (article.kind, *facts(article)) == ("article", "Stenger huset", "NRK", "2026-03-14")
    assert article.speakers == ("Kari Nordmann", "Per Ås")
    notes = described(Transcript(text=text, kind="notes"), "notes")
    assert (notes.kind, notes.turns, *facts(notes)) == ("notes", (), "", "", "")


def test_one_quote_makes_an_article_of_a_page_that_says_who_published_it() -> None:
    text = "Nytt hus\n\n– Det er fint, sier Kari Nordmann.\n"
    assert described(Transcript(text=text, kind="notes")).kind == "notes"
    assert described(Transcript(text=text, kind="notes", publisher="NRK", date="2026-03-14")).kind == "article"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_words_give_a_date_or_nothing(words: str) -> None:
    found = iso_date(words)
    assert found == "" or (len(found) == 10 and found[4] == found[7] == "-")
    text_facts(words)
