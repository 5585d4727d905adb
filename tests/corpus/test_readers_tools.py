"""Files as the tools of the trade write them; a row for each layout, with the same few invented turns."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus.errors import UnreadableSource
from corpus.model import ReadOptions, Transcript
from corpus.reading import read_source

ASKED = ("Hva gjør du til daglig?", "Trives du?")
SAID = ("Jeg er lærer, og det er fint: mye latter.", "Ja, for det meste.")
TURNS = [("A", ASKED[0]), ("B", SAID[0]), ("A", ASKED[1]), ("B", SAID[1])]
TIMES = [0, 4_000, 9_000, 61_000]


def laid_out(row: str, first: str, second: str, between: str = "\n") -> str:
    """The four turns, each as `row` says: {who}, {said}, {at} (hh:mm:ss), {short} (m:ss), {to}, {min}, {sec}, {n}."""
    rows = []
    for number, ((who, said), start) in enumerate(zip(TURNS, TIMES, strict=True)):
        minutes, seconds = divmod(start // 1000, 60)
        last = f"00:{minutes:02}:{seconds + 3:02}"
        rows.append(
            row.format(
                who=first if who == "A" else second,
                said=said,
                at=f"00:{minutes:02}:{seconds:02}",
                short=f"{minutes}:{seconds:02}",
                to=last,
                min=minutes,
                sec=seconds,
                n=number + 1,
            )
        )
    return between.join(rows) + "\n"


def read_text(tmp_path: Path, text: str, name: str = "a.txt", options: ReadOptions | None = None) -> Transcript:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return read_source(tmp_path / name, options or ReadOptions())


def turns_of(transcript: Transcript) -> list[tuple[str, str, int | None]]:
    return [(turn.speaker, transcript.text[turn.start : turn.end], turn.start_ms) for turn in transcript.turns]


def expected(first: str, second: str, times: Sequence[int | None]) -> list[tuple[str, str, int | None]]:
    names = [first if who == "A" else second for who, _said in TURNS]
    return [(name, said, start) for name, (_who, said), start in zip(names, TURNS, times, strict=True)]


TIMED = [
    ("aTrain with times", "{who}\n[{at}] - {said}\n", "SPEAKER_00", "SPEAKER_01"),
    ("aTrain for NVivo", "{who}\n{at} - {said}\n", "SPEAKER_00", "Speaker undefined"),
    ("Happy Scribe", "[{at}.00] - {who}\n{said}\n", "Speaker 1", "Kari Nordmann"),
    ("Fathom", "@{short} - {who}\n  {said}\n", "Ola Dahl (UiB)", "Kari Nordmann"),
    ("Fireflies", "{who} - {at}\n{said}\n", "Ola", "Kari Nordmann"),
    ("Rev", "{who}: {at}\n{said}\n", "Ola", "Kari Nordmann"),
    ("TurboScribe", "[{who}] ({short} - {to})\n{said}\n", "Speaker 1", "Speaker 2"),
    ("Markdown of a recogniser", "### {who} [{at} - {to}]\n{said}\n", "SPEAKER_00", "SPEAKER_01"),
    ("NVivo's own transcription", "{at} - {to}\n{who}\n{said}\n", "Speaker 1", "Speaker 2"),
    ("Google's recorder", "{who}\n{short}\n{said}\n", "Speaker 1", "Speaker 2"),
    ("Good Tape", "[{at} - {to}]\n\n{said}\n", "", ""),
    ("Otter without names", "{short}  \n{said}\n", "", ""),
    ("faster-whisper's lines", "[{sec}.00s -> {sec}.90s]  {said}", "", ""),
    ("Teams, copied from the window", "{who}   {min} minutter {sec} sekunder\n{said}\n", "Ola", "Kari Nordmann"),
    ("InqScribe with pictures", "[{at};12] {who}: {said}", "INT", "KARI"),
    ("angled", "<{at}> {who}: {said}", "I", "R"),
    ("with points", "[0{min}.{sec:02}] {who}: {said}", "I", "R"),
    ("MAXQDA", "{who}: #{at}-0# {said}", "I", "B"),
    ("MAXQDA above", "#{at}-0#\n{who}: {said}", "I", "B"),
]


@pytest.mark.parametrize(("tool", "row", "first", "second"), TIMED, ids=[row[0] for row in TIMED])
def test_a_layout_with_times(tmp_path: Path, tool: str, row: str, first: str, second: str) -> None:
    times = [0, 4_000, 9_000, 1_000] if "->" in row else TIMES
    transcript = read_text(tmp_path, laid_out(row, first, second))
    assert turns_of(transcript) == expected(first, second, times)


NAMED = [
    ("aTrain", "{who}\n{said}\n", "SPEAKER_00", "SPEAKER_01"),
    ("Word on the web without times", "{who}\n{said}\n", "Høyttaler 1", "Høyttaler 2"),
    ("letters alone", "{who}\n{said}\n", "I", "R"),
    ("names alone", "{who}\n{said}\n", "Ola", "Kari"),
    ("Markdown headings", "## {who}\n\n{said}\n", "Intervjuer", "Informant"),
    ("names and tabs", "{who}\t{said}", "Ola", "Kari"),
    ("dash", "{who} – {said}", "Intervjuer", "Informant"),
    ("numbered lines", "{n}\t{who}: {said}", "I", "R"),
    ("numbered turns", "{n}. {who}: {said}", "Ola", "Kari"),
    ("small letters", "{who}: {said}", "i", "r"),
    ("letters with a point", "{who}: {said}", "I.", "R."),
    ("whisper.cpp", "({who}) {said}", "speaker 0", "speaker 1"),
    ("a telephone's chat", "[0{n}.02.2026, 10:02:05] {who}: {said}", "Ola", "Kari"),
]


@pytest.mark.parametrize(("tool", "row", "first", "second"), NAMED, ids=[row[0] for row in NAMED])
def test_a_layout_without_times(tmp_path: Path, tool: str, row: str, first: str, second: str) -> None:
    transcript = read_text(tmp_path, laid_out(row, first, second))
    assert turns_of(transcript) == expected(first, second, [None] * 4)
    assert [turn.role for turn in transcript.turns] == ["interviewer", "participant"] * 2


def test_what_is_copied_from_the_window_of_teams(tmp_path: Path) -> None:
    row = "KN\n{who}\n{min} minutter {sec} sekunder{short}\n{who} {min} minutter {sec} sekunder\n{said}\n"
    text = "Ola Dahl startet transkripsjon\n\n" + laid_out(row, "Ola Dahl", "Kari Nordmann")
    found = turns_of(read_text(tmp_path, text.replace("KN\nOla", "OD\nOla")))
    assert found == expected("Ola Dahl", "Kari Nordmann", TIMES)


def test_times_at_the_ends_of_turns_are_their_ends(tmp_path: Path) -> None:
    transcript = read_text(tmp_path, laid_out("{who}: {said} [{to}]", "I", "R"))
    assert turns_of(transcript) == expected("I", "R", [None, 3_000, 7_000, 12_000])
    assert [turn.end_ms for turn in transcript.turns] == [3_000, 7_000, 12_000, 64_000]
    assert any(note.doubtful and "slutter" in note.message for note in transcript.notes)


def test_times_that_no_turn_can_have_are_told_of_and_refuse_a_text_without_turns(tmp_path: Path) -> None:
    inside = read_text(tmp_path, laid_out("{who}: {said} [{at}] Og så videre.", "I", "R"))
    assert any("4 tidskoder står i teksten" in note.message for note in inside.notes)
    running = "Intervju med Kari\n\n" + laid_out("[{at}] - {said}", "", "", between=" ")
    with pytest.raises(UnreadableSource, match="4 tidskoder, men de kan ikke knyttes"):
        read_text(tmp_path, running)
    assert read_text(tmp_path, running, options=ReadOptions(kind="notes")).turns == ()
    with pytest.raises(UnreadableSource, match="transcription_timestamps"):
        read_text(tmp_path, running.replace("Intervju med Kari", "Transcription for intervju"))
    agenda = read_text(tmp_path, "Møte\n09:00 Velkommen\n10:30 Pause\n12:00 Lunsj\n")
    assert agenda.turns == () and not agenda.notes


def test_zooms_captions_are_read_and_their_hours_told_of(tmp_path: Path) -> None:
    text = (
        "[Kari Nordmann] 10:03:05\nHva tenker du?\n\n[Ola] 10:03:09\nIkke så mye.\n\n[Kari Nordmann] 10:04:00\nNei?\n"
    )
    transcript = read_text(tmp_path, text)
    assert transcript.speakers == ("Kari Nordmann", "Ola")
    assert transcript.turns[0].start_ms == 36_185_000
    assert any("klokkeslett" in note.message for note in transcript.notes)


def test_footers_of_programs_are_nobodys_words(tmp_path: Path) -> None:
    otter = laid_out("{who}  {short}\n{said}\n", "Ola", "Kari") + "Transcribed by https://otter.ai\n"
    assert turns_of(read_text(tmp_path, otter)) == expected("Ola", "Kari", TIMES)
    meet = "00:00:00\nOla Dahl: Hei?\nKari Moe: Hei.\n00:05:00\nOla Dahl: Takk.\nMøtet ble avsluttet etter 00:12:33 👋\nFeil.\n"
    assert turns_of(read_text(tmp_path, meet))[-1] == ("Ola Dahl", "Takk.", 300_000)


def test_zoom_names_telephones_and_speakers_in_identifiers(tmp_path: Path) -> None:
    cues = "WEBVTT\n\n" + laid_out("{n}\n{at}.000 --> {to}.000\n{who}: {said}\n", "iPhone 13", "+47 912 34 567")
    assert turns_of(read_text(tmp_path, cues, "a.vtt")) == expected("iPhone 13", "+47 912 34 567", TIMES)
    cues = "WEBVTT\n\n" + laid_out('{n} "{who}" (16778240)\n{at}.000 --> {to}.000\n{said}\n', "Ola Dahl", "Kari")
    assert turns_of(read_text(tmp_path, cues, "a.vtt")) == expected("Ola Dahl", "Kari", TIMES)


def test_what_stream_and_youtube_put_between_and_above_words(tmp_path: Path) -> None:
    row = "{at}.000 --> {to}.000\n{said}\nNOTE Confidence: 0.69450831413269\n"
    found = turns_of(read_text(tmp_path, "WEBVTT\n\n" + laid_out(row, "", ""), "a.vtt"))
    assert found == expected("", "", TIMES)
    row = "{at}.000 --> {to}.000 align:start position:0%\n \n{said}\n"
    assert turns_of(read_text(tmp_path, "WEBVTT\n\n" + laid_out(row, "", ""), "a.vtt")) == found


def test_elan_exports_with_and_without_headings(tmp_path: Path) -> None:
    rows = [("A", 0, 3_000), ("B", 4_000, 8_500), ("A", 9_000, 11_000), ("B", 61_000, 62_000)]
    figures = [f"{start}\t{end}\t{end - start}" for _who, start, end in rows]
    lines = [f"Lag {who}\t\t{one}\t{said}" for (who, _s, _e), one, (_w, said) in zip(rows, figures, TURNS, strict=True)]
    assert turns_of(read_text(tmp_path, "\n".join(lines))) == expected("Lag A", "Lag B", TIMES)
    heading = "Tier\tBegin Time - hh:mm:ss.ms\tEnd Time - hh:mm:ss.ms\tAnnotation\n"
    table = heading + laid_out("{who}\t{at}.000\t{to}.000\t{said}", "Ola", "Kari")
    assert turns_of(read_text(tmp_path, table)) == expected("Ola", "Kari", TIMES)


def test_the_speakers_of_insanely_fast_whisper_and_times_in_unknown_units(tmp_path: Path) -> None:
    chunks = [{"timestamp": [n, n + 1], "text": said} for n, (_who, said) in enumerate(TURNS)]
    speakers = [chunk | {"speaker": f"SPEAKER_0{n % 2}"} for n, chunk in enumerate(chunks)]
    transcript = read_text(tmp_path, json.dumps({"speakers": speakers, "chunks": chunks}), "a.json")
    assert turns_of(transcript) == expected("SPEAKER_00", "SPEAKER_01", [0, 1_000, 2_000, 3_000])
    other = {
        "utterances": [{"start": 2333, "end": 4000, "text": "Hei."}],
        "words": [{"text": "Hei.", "start": 2333, "end": 4000}],
    }
    with pytest.raises(UnreadableSource, match="ingen transkripsjon"):
        read_text(tmp_path, json.dumps(other), "a.json")


PAGE = (
    '<html><body><p>i1</p><p><a name="ts_0_50_"> </a></p>'
    '<p><a name="ts_690_2070_S00">Kari </a><a name="ts_690_2070_S00">{stamp}</a><a name="ts_690_2070_S00">: Hvordan</a>'
    '<a name="ts_2070_3000_S00"> går det?</a></p><p><a name="ts_3100_4500_S01">S01: Bra.</a></p>'
    '<p><a name="ts_4600_5000_S00">Kari: Fint.</a></p></body></html>'
)


@pytest.mark.parametrize("stamp", ["", "[00:00:00]"])
def test_noscribe_times_its_pages_by_their_anchors(tmp_path: Path, stamp: str) -> None:
    transcript = read_text(tmp_path, PAGE.format(stamp=stamp), "a.html")
    assert turns_of(transcript) == [("Kari", "Hvordan går det?", 690), ("S01", "Bra.", 3_100), ("Kari", "Fint.", 4_600)]
    assert [turn.end_ms for turn in transcript.turns] == [3_000, 4_500, 5_000]


def test_a_page_of_noscribe_without_names_has_a_turn_for_each_line(tmp_path: Path) -> None:
    page = (
        '<p>i1</p><p><a name="ts_10_20_">Først.</a><a name="ts_20_30_"> Så.</a></p><p><a name="ts_40_50_">Sist.</a></p>'
    )
    assert turns_of(read_text(tmp_path, page, "a.html")) == [("", "Først. Så.", 10), ("", "Sist.", 40)]


def test_headings_and_tables_of_prose_make_no_speakers(tmp_path: Path) -> None:
    places = "\n".join(f"{place}\nKommunen har mange tiltak for unge.\n" for place in ("Oslo", "Bergen") * 3)
    assert read_text(tmp_path, places).turns == ()
    tasks = "\n".join(f"{who}\tSkriver utkast til notat" for who in ("Kari", "Ola") * 3)
    assert read_text(tmp_path, tasks).turns == ()
    coded = "\n".join(f"{gender}\tBor i byen" for gender in "mfmf")
    assert read_text(tmp_path, coded).turns == ()
    listed = "\n".join(f"{n}. Tiltak: Dette er et tiltak." for n in range(5))
    assert read_text(tmp_path, listed).turns == ()


def test_one_who_asks_is_the_interviewer_beside_an_informant(tmp_path: Path) -> None:
    transcript = read_text(tmp_path, laid_out("{who}: {said}", "Meg", "Informant"))
    assert {turn.speaker: turn.role for turn in transcript.turns} == {"Meg": "interviewer", "Informant": "participant"}
