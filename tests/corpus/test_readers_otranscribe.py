"""oTranscribe: its own files with times in the stamps, older ones without, and its exports as text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import UnreadableSource
from corpus.model import ReadOptions, Transcript
from corpus.readers import otr
from corpus.reading import read_source
from corpus.text import normalise


def stamp(shown: str, exact: str | None = None) -> str:
    attribute = "" if exact is None else f' data-timestamp="{exact}"'
    return f'<span class="timestamp" contenteditable="false"{attribute}>{shown}</span>'


def read(page: str, options: ReadOptions | None = None) -> Transcript:
    value = {"text": page, "media": "opptak.mp3", "media-source": "", "media-time": 20.0}
    return otr.read(Path("a.otr"), json.dumps(value).encode(), options or ReadOptions())


def said(transcript: Transcript) -> list[tuple[str, str, int | None]]:
    return [(turn.speaker, transcript.text[turn.start : turn.end], turn.start_ms) for turn in transcript.turns]


def test_stamps_give_the_exact_time_and_stay_in_the_text(tmp_path: Path) -> None:
    page = (
        f"<p>{stamp('0:10', '10.537')}&nbsp;I: Hva <b>gj&oslash;r</b> du?</p>"
        f"<p>{stamp('1:02:03', '3723.25')}&nbsp;R: Jeg er lærer.<br />{stamp('1:03:00', '3780')} Og far.</p>"
        f"<p>I: {stamp('1:04:00', '3840.5')} Fint.</p>"
    )
    value = {"text": page, "media": "opptak.mp3", "media-time": 20.0}
    (tmp_path / "a.otr").write_text(json.dumps(value), encoding="utf-8")
    transcript = read_source(tmp_path / "a.otr")
    assert transcript.text == (
        "0:10\u00a0I: Hva gjør du?\n1:02:03\u00a0R: Jeg er lærer.\n1:03:00 Og far.\nI: 1:04:00 Fint.\n"
    )
    assert said(transcript) == [
        ("I", "Hva gjør du?", 10_537),
        ("R", "Jeg er lærer.\n1:03:00 Og far.", 3_723_250),
        ("I", "Fint.", 3_840_500),
    ]
    assert [turn.role for turn in transcript.turns] == ["interviewer", "participant", "interviewer"]


def test_older_files_lack_the_time_or_hold_the_clock() -> None:
    page = (
        f"{stamp('0:10')}&nbsp;ja det er sånn<br><br>{stamp('0:25', '0:25')}&nbsp;og så videre {stamp('1:00')} ferdig"
    )
    transcript = read(page)
    assert said(transcript) == [
        ("", "ja det er sånn", 10_000),
        ("", "og så videre", 25_000),
        ("", "ferdig", 60_000),
    ]


def test_the_researchers_word_on_labels_holds() -> None:
    page = f"<p>{stamp('0:10', '10')} Åse: Hei.</p><p>{stamp('0:20', '20')} Merknaden: Ja.</p>"
    options = ReadOptions(confirmed_labels=frozenset({"Åse"}), rejected_labels=frozenset({"Merknaden"}))
    transcript = read(page, options)
    assert transcript.speakers[0] == "Åse"
    assert "Merknaden" not in transcript.speakers


def test_scripts_and_deep_pages_do_no_harm() -> None:
    assert read(f"<p>{stamp('0:10')} Hei<script>alert(1)</script></p>").text == "0:10 Hei\n"
    with pytest.raises(UnreadableSource):
        read("<div>" * 5_000 + "hei")


@pytest.mark.parametrize(
    ("page", "told"),
    [
        (f"<p>{stamp('0:10', '10')} Ja.</p><p>{stamp('snart', 'snart')} Nei.</p>", "linje 2"),
        (f"<p>{stamp('0:10')} Ja.</p><p>{stamp('0:75')} Nei.</p>", "linje 2"),
        (f"<p>{stamp('0:10', 'NaN')} Ja.</p>", "linje 1"),
        (f"<p>{stamp('0:10', '9' * 7)} Ja.</p>", "linje 1"),
    ],
)
def test_a_stamp_that_cannot_be_read_refuses_the_file(page: str, told: str) -> None:
    with pytest.raises(UnreadableSource) as caught:
        read(page)
    assert told in caught.value.reason


@pytest.mark.parametrize("data", [b"{}", b'{"text": "x"}', b'{"text": 1, "media": ""}', b"[]", b"Hei", b"{"])
def test_what_is_not_from_otranscribe_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableSource):
        otr.read(Path("a.otr"), data, ReadOptions())


def test_its_exports_as_text_and_markdown(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("0:10\u00a0I: Hva gjør du?\n\n0:15\u00a0R: Jeg er lærer.\n", encoding="utf-8")
    assert said(read_source(tmp_path / "a.txt")) == [("I", "Hva gjør du?", 10_000), ("R", "Jeg er lærer.", 15_000)]
    (tmp_path / "b.md").write_text(
        "0:10\u00a0Hva gjør du?\n\nUten tid.\n\n10:15\u00a0Jeg er lærer.\n", encoding="utf-8"
    )
    assert said(read_source(tmp_path / "b.md")) == [
        ("", "Hva gjør du?\n\nUten tid.", 10_000),
        ("", "Jeg er lærer.", 615_000),
    ]


PIECES = st.sampled_from(
    [
        stamp("0:10"),
        stamp("0:20", "20.5"),
        stamp("x"),
        "<p>",
        "</p>",
        "<br>",
        "I: ",
        "R: ",
        "ja ",
        "&nbsp;",
        "e",
        "\u0301",
        "\0",
    ]
)


@given(st.lists(PIECES, max_size=25).map("".join))
@settings(max_examples=80, deadline=None)
def test_any_page_gives_turns_in_order_or_a_refusal(page: str) -> None:
    try:
        transcript = read(page)
    except UnreadableSource:
        return
    assert normalise(transcript.text) == transcript.text
    reached = 0
    for turn in transcript.turns:
        assert reached <= turn.label_start <= turn.start < turn.end <= len(transcript.text)
        reached = turn.end


@given(st.binary(max_size=60).map(lambda data: b'{"media":"","text":"' + data + b'"}'))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_a_page_or_a_refusal(data: bytes) -> None:
    try:
        otr.read(Path("a.otr"), data, ReadOptions())
    except UnreadableSource:
        return
