"""WebVTT and SubRip, as Teams, Zoom, Whisper and players write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import UnreadableSource
from corpus.model import ReadOptions, Transcript
from corpus.reading import read_source
from corpus.turns import parse_turns

GUID = "7f3a2c9e-4b1d-4e8a-9c5f-1a2b3c4d5e6f"
TEAMS = f"""WEBVTT

{GUID}/12-0
00:00:03.120 --> 00:00:06.480
<v Kari Nordmann>Da starter vi, og jeg s&#248;rger for opptak.</v>

{GUID}/12-1
00:00:06.480 --> 00:00:09.000
<v Kari Nordmann>Kan du si litt
om rollen din?</v>

{GUID}/13-0
00:00:09.000 --> 00:00:11.000
<v Nordmann, Ola (Gjest)>Ja &amp; nei.</v>
"""


def read(tmp_path: Path, text: str, name: str = "a.vtt", options: ReadOptions | None = None) -> Transcript:
    (tmp_path / name).write_bytes(text.encode())
    return read_source(tmp_path / name, options or ReadOptions())


def said(transcript: Transcript) -> list[tuple[str, str]]:
    return [(turn.speaker, transcript.text[turn.start : turn.end]) for turn in transcript.turns]


def times(transcript: Transcript) -> list[tuple[int | None, int | None]]:
    return [(turn.start_ms, turn.end_ms) for turn in transcript.turns]


def refusal(tmp_path: Path, text: str, name: str = "a.vtt") -> str:
    with pytest.raises(UnreadableSource) as caught:
        read(tmp_path, text, name)
    return caught.value.reason


def test_teams_cues_become_turns(tmp_path: Path) -> None:
    transcript = read(tmp_path, TEAMS)
    assert transcript.text == (
        "[00:00:03] Kari Nordmann: Da starter vi, og jeg sørger for opptak. Kan du si litt om rollen din?\n"
        "[00:00:09] Nordmann, Ola (Gjest): Ja & nei.\n"
    )
    assert said(transcript) == [
        ("Kari Nordmann", "Da starter vi, og jeg sørger for opptak. Kan du si litt om rollen din?"),
        ("Nordmann, Ola (Gjest)", "Ja & nei."),
    ]
    assert times(transcript) == [(3_120, 9_000), (9_000, 11_000)]
    assert transcript.kind == "transcript"


def test_the_stored_text_parses_to_the_same_turns_after_an_edit(tmp_path: Path) -> None:
    transcript = read(tmp_path, TEAMS)
    again, _notes = parse_turns(transcript.text, ReadOptions(confirmed_labels=frozenset(transcript.speakers)))
    assert [(t.speaker, t.label_start, t.start, t.end) for t in again] == [
        (t.speaker, t.label_start, t.start, t.end) for t in transcript.turns
    ]


def test_older_anonymous_teams_files(tmp_path: Path) -> None:
    cues = [("00:00:01.000", "00:00:03.000", "Da starter vi, og"), ("00:00:03.000", "00:00:05.000", "takk for sist.")]
    blocks = [f"{GUID}\n{start} --> {end}\n{text}\n" for start, end, text in cues]
    transcript = read(tmp_path, 'WEBVTT\n\nNOTE duration:"00:00:05"\n\nNOTE language:nb-no\n\n' + "\n".join(blocks))
    assert said(transcript) == [("", "Da starter vi, og takk for sist.")]
    assert times(transcript) == [(1_000, 5_000)]


def test_sounds_in_brackets_are_no_speakers(tmp_path: Path) -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n[Applaus] ja\n\n00:02.000 --> 00:03.000\n[Applaus] nei\n"
    assert {turn.speaker for turn in read(tmp_path, text).turns} == {""}
    voices = text.replace("Applaus", "SPEAKER_00")
    assert said(read(tmp_path, voices)) == [("SPEAKER_00", "ja nei")]


def test_several_voices_a_missing_end_and_tags(tmp_path: Path) -> None:
    transcript = read(
        tmp_path,
        "WEBVTT\n\n1\n00:01.000 --> 00:02.000 align:start\n<v Kari>Hei.</v> <v.loud Ola>Hei <i>du</i>!\n\n"
        "00:02.000 --> 00:03.000\n<v Ola>2 &lt; 3, <00:02.500>ja</v>\n\n00:03.000 --> 00:04.000\n<v Kari></v>\n",
    )
    assert said(transcript) == [("Kari", "Hei."), ("Ola", "Hei du! 2 < 3, ja")]
    assert times(transcript)[1] == (1_000, 3_000)


def test_words_outside_a_voice_belong_to_nobody(tmp_path: Path) -> None:
    transcript = read(
        tmp_path, "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Kari>Hei.</v>\n\n00:03.000 --> 00:04.000\n[latter]\n"
    )
    assert said(transcript) == [("Kari", "Hei."), ("", "[latter]")]
    assert transcript.text.endswith("[00:00:03] [latter]\n")


def test_zoom_names_inside_the_cues(tmp_path: Path) -> None:
    transcript = read(
        tmp_path,
        "WEBVTT\r\n\r\n1\r\n00:00:02.656 --> 00:00:03.230\r\nKari Nordmann: Hei.\r\n\r\n"
        "2\r\n00:00:03.500 --> 00:00:07.100\r\nOla N.: Jo: det viktigste var 10:30-møtet.\r\n",
    )
    assert said(transcript) == [("Kari Nordmann", "Hei."), ("Ola N.", "Jo: det viktigste var 10:30-møtet.")]
    assert times(transcript) == [(2_656, 3_230), (3_500, 7_100)]


def test_a_colon_in_speech_makes_no_speaker(tmp_path: Path) -> None:
    cues = "".join(f"00:0{n}.000 --> 00:0{n}.900\nJa. Det er slik{n}.\n\n" for n in range(1, 6))
    transcript = read(tmp_path, f"WEBVTT\n\n{cues}00:08.000 --> 00:09.000\nHuskeliste: melk\n")
    assert {turn.speaker for turn in transcript.turns} == {""}


def test_whisper_without_hours_or_names_joins_sentences_only(tmp_path: Path) -> None:
    transcript = read(
        tmp_path,
        "WEBVTT\n\n00:00.000 --> 00:04.280\nJa, jeg tenker at\n\n00:04.280 --> 00:06.000\ndet er krevende.\n\n"
        "00:06.000 --> 00:08.000\nMen det går.\n",
    )
    assert said(transcript) == [("", "Ja, jeg tenker at det er krevende."), ("", "Men det går.")]
    assert times(transcript) == [(0, 6_000), (6_000, 8_000)]


def test_notes_styles_and_headers_are_dropped_and_said(tmp_path: Path) -> None:
    transcript = read(
        tmp_path,
        "WEBVTT - opptak\nKind: captions\n\nNOTE\nhemmelig\nmer\n\nSTYLE\n::cue{}\n\n"
        "00:01.000 --> 00:02.000\n<v A>Hei</v>\n",
    )
    assert transcript.text == "[00:00:01] A: Hei\n"
    assert any("2 merknader" in warning for warning in transcript.warnings)


def test_a_blank_line_in_a_cue_loses_nothing(tmp_path: Path) -> None:
    transcript = read(
        tmp_path,
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v A>Hei\n\nog hopp</v>\n\n3\n\n00:02.000 --> 00:03.000\n<v B>Ja\n",
    )
    assert said(transcript) == [("A", "Hei og hopp"), ("B", "Ja")]
    assert any(note.doubtful and "uten tidskode" in note.message for note in transcript.notes)


def test_rolling_captions_are_collapsed_and_counted(tmp_path: Path) -> None:
    transcript = read(
        tmp_path,
        "WEBVTT\n\n00:00.000 --> 00:01.000\nen to tre\n\n00:01.000 --> 00:01.010\nen to tre\n\n"
        "00:01.010 --> 00:02.000\nen to tre\nfire fem seks.\n\n00:02.000 --> 00:03.000\nfire fem seks.\nsju\n",
    )
    assert said(transcript) == [("", "en to tre fire fem seks."), ("", "sju")]
    assert any("3 undertekster gjentok" in warning for warning in transcript.warnings)


def test_repeated_speech_is_no_rolling_caption(tmp_path: Path) -> None:
    cues = "".join(f"00:{n:02d}.000 --> 00:{n + 1:02d}.000\n<v A>linje {n}\n\n" for n in range(2, 20))
    transcript = read(
        tmp_path, f"WEBVTT\n\n00:00.000 --> 00:01.000\n<v A>Ja.\n\n00:01.000 --> 00:02.000\n<v A>Ja.\n\n{cues}"
    )
    assert said(transcript)[0][1].startswith("Ja. Ja. linje 2")
    both = "00:00.000 --> 00:01.000\n<v A>Vi er enige.\n\n00:01.000 --> 00:02.000\n<v B>Vi er enige.\n"
    assert said(read(tmp_path, f"WEBVTT\n\n{both}")) == [("A", "Vi er enige."), ("B", "Vi er enige.")]
    assert not any("gjentok" in warning for warning in transcript.warnings)


@pytest.mark.parametrize(
    "text",
    [
        "WEBVTT\n\n00:00:0x.000 --> 00:00:01.000\nHei\n",
        "WEBVTT\n\n00:00:61.000 --> 00:01:02.000\nHei\n",
        "WEBVTT\n\n00:00:05.000 --> 00:00:01.000\nHei\n",
        "WEBVTT\n\n00:01.000 --> 00:02.000\nHei\n\n00:02.000 -> 00:03.000\nDu\n",
        "WEBVTT\n\n00:01.000 --> 00:02.000\nHei\n00:02.000 --> x\nDu\n",
    ],
)
def test_times_that_cannot_be_read_refuse_the_file(tmp_path: Path, text: str) -> None:
    assert "Tidskoden på linje" in refusal(tmp_path, text)


def test_times_end_the_cue_above_them_without_a_blank_line(tmp_path: Path) -> None:
    text = "WEBVTT\n\n1\n00:01.000 --> 00:02.000\n<v A>Hei.\n00:02.000 --> 00:03.000\n<v B>Hallo.\n<v B>Ja.\n"
    transcript = read(tmp_path, text)
    assert said(transcript) == [("A", "Hei."), ("B", "Hallo. Ja.")]
    assert times(transcript) == [(1000, 2000), (2000, 3000)]


def test_a_numbered_voice_that_speaks_once_is_a_speaker(tmp_path: Path) -> None:
    cue = "00:00:0{n},000 --> 00:00:0{m},000\n[SPEAKER_0{who}]: {words}\n\n"
    parts = [cue.format(n=n, m=n + 1, who=who, words=f"Ord {n}.") for n, who in enumerate((0, 1, 0))]
    transcript = read(tmp_path, "".join(f"{n}\n{part}" for n, part in enumerate(parts, 1)), "a.srt")
    assert said(transcript) == [("SPEAKER_00", "Ord 0."), ("SPEAKER_01", "Ord 1."), ("SPEAKER_00", "Ord 2.")]


def test_noscribe_writes_voices_without_a_name_and_short_fractions(tmp_path: Path) -> None:
    head = "WEBVTT intervju\n\nNOTE\nTranscribed with noScribe vers. 0.7\n\nNOTE media: /a.wav\n\n"
    cues = "1\n00:00:01.930 --> 00:00:03.31\n<v >Hei.\n\n2\n00:00:06.410 --> 00:00:10.01\n<v >Ja.\n"
    transcript = read(tmp_path, head + cues)
    assert said(transcript) == [("", "Hei."), ("", "Ja.")]
    assert times(transcript) == [(1930, 3310), (6410, 10010)]


def test_what_is_no_webvtt_is_refused(tmp_path: Path) -> None:
    assert "WEBVTT" in refusal(tmp_path, "00:01.000 --> 00:02.000\nHei\n")
    assert "ingen tekst" in refusal(tmp_path, "WEBVTT\n\n00:01.000 --> 00:02.000\n\n")


def test_times_going_backwards_are_doubtful(tmp_path: Path) -> None:
    transcript = read(tmp_path, "WEBVTT\n\n00:05.000 --> 00:06.000\n<v A>Hei\n\n00:01.000 --> 00:02.000\n<v B>Ja\n")
    assert any(note.doubtful and "bakover" in note.message for note in transcript.notes)


@pytest.mark.parametrize("mark", [",", "."])
def test_subrip_with_comma_or_point(tmp_path: Path, mark: str) -> None:
    text = (
        f"1\n00:00:00{mark}000 --> 00:00:04{mark}280\n<i>Intervjuer:</i> Hva gjør du?\n\n"
        f"2\n00:00:04{mark}280 --> 00:00:06{mark}000\nInformant 1: Jeg er\nlærer.\n\n"
        f"3\n00:00:06{mark}000 --> 00:00:07{mark}000\nog far.\n"
    )
    transcript = read(tmp_path, text, "a.srt")
    assert said(transcript) == [("Intervjuer", "Hva gjør du?"), ("Informant 1", "Jeg er lærer. og far.")]
    assert times(transcript) == [(0, 4_280), (4_280, 7_000)]


def test_two_speakers_in_one_subtitle_and_machine_names(tmp_path: Path) -> None:
    text = (
        "1\n00:00:00,000 --> 00:00:01,000\nI: Hei?\nR: Ja.\n\n2\n00:00:01,000 --> 00:00:02,000\n[SPEAKER_00]: Takk.\n\n"
        "3\n00:00:02,000 --> 00:00:03,000\n[SPEAKER_00]: Igjen.\n"
    )
    assert said(read(tmp_path, text, "a.srt")) == [("I", "Hei?"), ("R", "Ja."), ("SPEAKER_00", "Takk. Igjen.")]


def test_a_rejected_label_stays_in_the_words(tmp_path: Path) -> None:
    text = "1\n00:00:00,000 --> 00:00:01,000\nI: Hei?\n\n2\n00:00:01,000 --> 00:00:02,000\nBruker: ja\n\n"
    options = ReadOptions(rejected_labels=frozenset({"Bruker"}))
    assert said(read(tmp_path, text, "a.srt", options)) == [("I", "Hei? Bruker: ja")]


@pytest.mark.parametrize(
    "text",
    [
        "1\n00:00:00,000 --> 00:00:0x,000\nHei\n",
        "Bare tekst\n",
        "1\n00:00:00,000 --> 00:00:01,000\nHei\n\n2\n00:00:99,000 --> 00:01:40,000\nDu\n",
        "Forord\n\n1\n00:00:00,000 --> 00:00:01,000\nHei\n",
    ],
)
def test_subrip_that_cannot_be_read_is_refused(tmp_path: Path, text: str) -> None:
    assert "linje" in refusal(tmp_path, text, "a.srt")


def test_subrip_in_cp1252(tmp_path: Path) -> None:
    (tmp_path / "a.srt").write_bytes("1\n00:00:00,000 --> 00:00:01,000\nPå øya\n".encode("cp1252"))
    transcript = read_source(tmp_path / "a.srt")
    assert transcript.text == "[00:00:00] På øya\n"
    assert transcript.encoding == "cp1252"
