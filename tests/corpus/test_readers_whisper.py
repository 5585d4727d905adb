"""Whisper's own files: .json in its shapes, .tsv, .csv and .txt; doubtful segments and words are marked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import UnreadableSource
from corpus.model import ReadOptions, Transcript
from corpus.readers import whisper_json
from corpus.reading import read_source
from corpus.text import normalise


def read_json(value: object, options: ReadOptions | None = None) -> Transcript:
    data = json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return whisper_json.read(Path("a.json"), data, options or ReadOptions())


def read_file(tmp_path: Path, name: str, text: str, options: ReadOptions | None = None) -> Transcript:
    (tmp_path / name).write_bytes(text.encode())
    return read_source(tmp_path / name, options or ReadOptions())


def said(transcript: Transcript) -> list[tuple[str, str]]:
    return [(turn.speaker, transcript.text[turn.start : turn.end]) for turn in transcript.turns]


def times(transcript: Transcript) -> list[tuple[int | None, int | None]]:
    return [(turn.start_ms, turn.end_ms) for turn in transcript.turns]


def marked(transcript: Transcript) -> list[tuple[str, str]]:
    assert all(region.kind == "doubtful" for region in transcript.regions)
    return [(transcript.text[region.start : region.end], region.note) for region in transcript.regions]


def segment(start: float, end: float, text: str, **more: object) -> dict[str, object]:
    return {"start": start, "end": end, "text": text} | more


VERBOSE = {
    "task": "transcribe",
    "language": "no",
    "duration": 9.5,
    "text": " Ja, jeg tenker at det er krevende. Men det går.",
    "segments": [
        segment(0.0, 4.28, " Ja, jeg tenker at", id=0, avg_logprob=-0.21, compression_ratio=1.6, no_speech_prob=0.02),
        segment(4.28, 6.0, " det er krevende.", id=1, avg_logprob=-1.32, compression_ratio=1.6, no_speech_prob=0.02),
        segment(6.0, 9.5, " Men det går.", id=2, avg_logprob=-0.3, compression_ratio=2.9, no_speech_prob=0.71),
    ],
}


def test_segments_are_joined_to_sentences_with_their_times() -> None:
    transcript = read_json(VERBOSE)
    assert transcript.text == "[00:00:00] Ja, jeg tenker at det er krevende.\n[00:00:06] Men det går.\n"
    assert times(transcript) == [(0, 6_000), (6_000, 9_500)]


def test_doubtful_segments_are_marked_where_their_words_stand() -> None:
    transcript = read_json(VERBOSE)
    assert marked(transcript) == [
        ("det er krevende.", "usikker gjenkjenning (avg_logprob −1,32)"),
        ("Men det går.", "kanskje ikke tale (no_speech_prob 0,71); mange gjentakelser (compression_ratio 2,90)"),
    ]
    note = next(note for note in transcript.notes if "usikkert gjenkjent" in note.message)
    assert (note.doubtful, note.count, note.start) == (True, 2, transcript.regions[0].start)
    assert all(region.codable for region in transcript.regions)


def test_whispers_bounds_themselves_are_no_doubt() -> None:
    at_bounds = segment(0, 1, "Ja.", avg_logprob=-1.0, compression_ratio=2.4, no_speech_prob=0.6)
    assert read_json({"segments": [at_bounds, segment(1, 2, "Nei.", avg_logprob=float("nan"))]}).regions == ()


def test_whisperx_speakers_and_low_words() -> None:
    words = [{"word": word, "score": score} for word, score in (("Ja,", 0.9), ("på", 0.1), ("Øya", 0.2), ("på", 0.9))]
    value = {
        "segments": [
            segment(0.5, 2.0, " Ja, på Øya  på.", speaker="SPEAKER_00", words=words),
            segment(2.0, 3.0, "Nei da", speaker="SPEAKER_00", words=[{"word": "da", "probability": 0.14}]),
            segment(3.0, 4.0, "Hva?", words=[{"word": "Hva?", "speaker": "SPEAKER_01"}]),
            segment(4.0, 4.5, "[latter]"),
        ],
        "word_segments": words,
        "language": "no",
    }
    transcript = read_json(value)
    assert said(transcript) == [("SPEAKER_00", "Ja, på Øya på. Nei da"), ("SPEAKER_01", "Hva?"), ("", "[latter]")]
    assert marked(transcript) == [
        ("på Øya", "usikre ord (sikkerhet ned til 0,10)"),
        ("da", "usikkert ord (sikkerhet 0,14)"),
    ]


def test_the_researchers_word_on_labels_and_roles_holds_for_json() -> None:
    value = {"segments": [segment(0, 1, "Hei.", speaker="Åse"), segment(1, 2, "Ja.", speaker="Bruker")]}
    options = ReadOptions(rejected_labels=frozenset({"Bruker"}), roles=(("Åse", "interviewer"),))
    transcript = read_json(value, options)
    assert [(turn.speaker, turn.role) for turn in transcript.turns] == [("Åse", "interviewer"), ("", "other")]
    spoken = [segment(0, 1, "Lokalt nav: hei", avg_logprob=-2), segment(1, 2, "ja")]
    confirmed = read_json({"segments": spoken}, ReadOptions(confirmed_labels=frozenset({"Lokalt nav"})))
    assert said(confirmed) == [("Lokalt nav", "hei ja")]
    assert [text for text, _note in marked(confirmed)] == ["hei"]


def test_doubtful_words_are_marked_where_they_stand_and_not_where_they_stood_before() -> None:
    found = [{"word": "på", "score": 0.9}, {"word": "Øya", "score": 0.9}, {"word": "på", "score": 0.2}]
    transcript = read_json({"segments": [segment(0, 1, "Intervjuer: e\0\u0301 på Øya på igjen", words=found)]})
    assert said(transcript) == [("Intervjuer", "é på Øya på igjen")]
    (region,) = transcript.regions
    assert transcript.text[region.start : region.end + 6] == "på igjen"


def test_whisper_cpp_offsets_clocks_and_channels() -> None:
    def part(start: int, end: int, text: str, **more: object) -> dict[str, object]:
        clocks = {"from": f"00:00:{start // 1000:02d},{start % 1000:03d}", "to": f"00:00:{end // 1000:02d},000"}
        return {"timestamps": clocks, "offsets": {"from": start, "to": end}, "text": text} | more

    value = {
        "systeminfo": "x",
        "result": {"language": "no"},
        "transcription": [part(0, 4280, " Hva gjør du?", speaker="0"), part(4280, 9000, " Jeg er lærer.", speaker="1")],
    }
    transcript = read_json(value)
    assert said(transcript) == [("Speaker 0", "Hva gjør du?"), ("Speaker 1", "Jeg er lærer.")]
    assert times(transcript) == [(0, 4_280), (4_280, 9_000)]
    clocks = [{"timestamps": {"from": "00:00:01,500", "to": "00:00:02,000"}, "text": "Ja.", "speaker": "?"}]
    assert times(read_json({"transcription": clocks})) == [(1_500, 2_000)]


def test_hugging_face_chunks_whose_last_end_is_unknown() -> None:
    chunks = [{"timestamp": [0.0, 3.2], "text": " Ja."}, {"timestamp": [3.2, None], "text": " Nei."}]
    for value in ({"text": " Ja. Nei.", "chunks": chunks}, chunks):
        transcript = read_json(value)
        assert said(transcript) == [("", "Ja."), ("", "Nei.")]
        assert times(transcript) == [(0, 3_200), (3_200, None)]


def test_words_alone_become_sentences() -> None:
    found = [{"word": "Ja", "start": 0.0, "end": 0.4}, {"word": "da.", "start": 0.4, "end": 0.8}]
    assert said(read_json({"text": "Ja da.", "words": found})) == [("", "Ja da.")]


def test_what_a_recogniser_said_twice_stays() -> None:
    value = {"segments": [segment(n, n + 1, "Takk for at dere så på.") for n in range(3)]}
    assert [text for _speaker, text in said(read_json(value))] == ["Takk for at dere så på."] * 3


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ({"segments": [segment(0, 1, "Ja."), {"text": "Nei."}]}, "Segment 2"),
        ({"segments": [segment(0, 1, "Ja."), segment(5, 4, "Nei.")]}, "Segment 2"),
        ({"segments": [segment(0, 1, "Ja."), segment(1, float("nan"), "Nei.")]}, "Segment 2"),
        ({"segments": [segment(0, 1, "Ja."), segment(True, 2, "Nei.")]}, "Segment 2"),
        ({"segments": [segment(-1, 1, "Ja.")]}, "Segment 1"),
        ({"segments": [segment(0, 1e300, "Ja.")]}, "Segment 1"),
        ({"segments": [segment(0, 1, "Ja."), {"start": 1, "end": 2, "text": None}]}, "Segment 2"),
        ({"transcription": [{"timestamps": {"from": "00:00:01,000", "to": "snart"}, "text": "Ja."}]}, "Segment 1"),
        ([{"timestamp": [None, 2.0], "text": "Ja."}], "Segment 1"),
        ({"segments": [segment(60, 61, "Ja."), segment(2, 3, "Nei.")]}, "går bakover ved 00:00:02"),
        ({"segments": [segment(0, 1, "  ")]}, "ingen tekst"),
        ({"text": "Ja."}, "ingen segmenter med tid"),
        ({"text": "Ja.", "segments": []}, "ingen segmenter med tid"),
        ({"text": "<p>Ja", "media": "a.mp3"}, ".otr"),
        ({"navn": "noe annet"}, "ingen transkripsjon"),
        ([1, 2], "ingen transkripsjon"),
        ([{"id": 1, "navn": "x"}], "ingen transkripsjon"),
        ([], "ingen transkripsjon"),
        ("tekst", "ingen transkripsjon"),
    ],
)
def test_other_json_and_times_that_cannot_be_read_are_refused(value: object, told: str) -> None:
    with pytest.raises(UnreadableSource) as caught:
        read_json(value)
    assert told in caught.value.reason


@pytest.mark.parametrize(
    "data",
    [b'{"segments": [', b"[" * 100_000, b"9" * 5_000, b"WEBVTT", b"[1e999]"],
    ids=["cut off", "deep", "long number", "no json", "endless"],
)
def test_what_is_no_json_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableSource):
        whisper_json.read(Path("a.json"), data, ReadOptions())


def test_overlapping_voices_are_doubtful_and_not_refused() -> None:
    transcript = read_json({"segments": [segment(10, 14, "Ja.", speaker="A"), segment(9, 13, "Nei.", speaker="B")]})
    assert any(note.doubtful and "bakover" in note.message for note in transcript.notes)


def test_halves_of_letters_and_zeros_in_json_do_no_harm(tmp_path: Path) -> None:
    text = read_file(tmp_path, "a.json", '{"segments":[{"start":0,"end":1,"text":"e\\u0000\\u0301 \\ud83d ja"}]}').text
    assert text == "[00:00:00] é \ufffd ja\n" == normalise(text)
    assert text.encode()


def test_tsv_in_milliseconds_whose_quotation_marks_are_speech(tmp_path: Path) -> None:
    table = (
        'start\tend\ttext\n0\t4280\t"Ja", jeg tenker at\n4280\t6000\tdet er "krevende.\n6000\t8000\t"Men det går."\n'
    )
    for name in ("a.tsv", "b.txt"):
        transcript = read_file(tmp_path, name, table)
        assert said(transcript) == [("", '"Ja", jeg tenker at det er "krevende.'), ("", '"Men det går."')]
        assert times(transcript) == [(0, 6_000), (6_000, 8_000)]
        assert any("en tabell over replikker" in warning for warning in transcript.warnings) == (name == "b.txt")


def test_a_quotation_that_is_a_whole_segment_keeps_its_marks(tmp_path: Path) -> None:
    transcript = read_file(tmp_path, "a.tsv", 'start\tend\ttext\n0\t4280\t"Ja."\n')
    assert said(transcript) == [("", '"Ja."')]


def test_csv_of_whisper_cpp(tmp_path: Path) -> None:
    transcript = read_file(tmp_path, "a.csv", 'start,end,text\n0,4280," Ja, ""sånn"" er det."\n4280,6000," Nei."\n')
    assert said(transcript) == [("", 'Ja, "sånn" er det.'), ("", "Nei.")]
    assert times(transcript) == [(0, 4_280), (4_280, 6_000)]
    voices = read_file(tmp_path, "b.csv", 'start,end,speaker,text\n0,4280,"0"," Hva?"\n4280,6000,"1"," Ja."\n')
    assert said(voices) == [("Speaker 0", "Hva?"), ("Speaker 1", "Ja.")]


def test_seconds_and_clocks_in_the_columns_start_and_end(tmp_path: Path) -> None:
    seconds = read_file(tmp_path, "a.csv", "start,end,text\n0.0,4.28,Ja.\n4.28,6.0,Nei.\n")
    assert times(seconds) == [(0, 4_280), (4_280, 6_000)]
    clocks = read_file(tmp_path, "b.csv", "Start;Slutt;Tekst\n0:00;0:04;Ja.\n1:04;1:06;Nei.\n")
    assert times(clocks) == [(0, 4_000), (64_000, 66_000)]


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("start\tend\ttext\n0\t4280\tJa.\nsnart\t6000\tNei.\n", "rad 3"),
        ("start\tend\ttext\n0\t4280\tJa.\n5000\t4300\tNei.\n", "rad 3"),
        ("start\tend\ttext\n0\t4280\tJa.\n\t\tNei.\n", "rad 3"),
        ("start\tend\ttext\n60000\t61000\tJa.\n2000\t3000\tNei.\n", "går bakover"),
        ("start\tend\ttext\n0\t4\tJa, jeg tenker det.\n4\t9\tDet er krevende.\n", "kan være sekunder"),
        ("start\tend\ttext\n", "ingen transkripsjon"),
    ],
)
def test_tables_whose_times_cannot_be_followed_are_refused(tmp_path: Path, table: str, told: str) -> None:
    with pytest.raises(UnreadableSource) as caught:
        read_file(tmp_path, "a.tsv", table)
    assert told in caught.value.reason


def test_text_of_whisper_and_of_its_console(tmp_path: Path) -> None:
    plain = read_file(tmp_path, "a.txt", "Ja, jeg tenker at det er krevende.\nMen det går.\n")
    assert plain.text == "Ja, jeg tenker at det er krevende.\nMen det går.\n" and plain.turns == ()
    console = read_file(tmp_path, "b.txt", "[00:00.000 --> 00:04.280]  Ja.\n[00:04.280 --> 01:06.000]  Nei.\n")
    assert said(console) == [("", "Ja."), ("", "Nei.")]
    assert times(console) == [(0, 4_280), (4_280, 66_000)]
    voices = read_file(tmp_path, "c.txt", "[SPEAKER_00]: Hva?\n[SPEAKER_01]: Ja.\n[SPEAKER_00]: Fint.\n")
    assert [speaker for speaker, _text in said(voices)] == ["SPEAKER_00", "SPEAKER_01", "SPEAKER_00"]


NUMBERS = st.one_of(st.none(), st.booleans(), st.integers(-9, 10**20), st.floats(), st.text(max_size=5))
WORDS = st.one_of(
    st.none(), st.text(max_size=20), st.lists(st.sampled_from(["ja ", " Ola: ", "e\u0301", "\0", "å."])).map("".join)
)
PAIRS = st.one_of(
    st.lists(NUMBERS, max_size=3), st.dictionaries(st.sampled_from(["from", "to"]), NUMBERS), st.integers()
)
SEGMENTS = st.fixed_dictionaries(
    {"text": WORDS},
    optional={
        "start": NUMBERS,
        "end": NUMBERS,
        "timestamp": PAIRS,
        "offsets": PAIRS,
        "timestamps": PAIRS,
        "speaker": st.one_of(NUMBERS, WORDS),
        "avg_logprob": NUMBERS,
        "words": st.lists(st.fixed_dictionaries({"word": WORDS}, optional={"score": NUMBERS}), max_size=3),
    },
)
ANY_JSON = st.recursive(
    st.one_of(NUMBERS, WORDS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)),
    max_leaves=8,
)
LISTS = st.sampled_from(["segments", "chunks", "transcription", "words"])


@given(st.one_of(ANY_JSON, st.dictionaries(LISTS, st.lists(SEGMENTS, max_size=4)), st.lists(SEGMENTS, max_size=4)))
@settings(max_examples=80, deadline=None)
def test_any_json_is_a_transcript_or_a_refusal(value: object) -> None:
    try:
        transcript = read_json(value)
    except UnreadableSource:
        return
    check(transcript)


@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from(["ja", " nei ", "Ola:", "e\u0301", "\u00a0", "å."]), max_size=5).map(" ".join),
            st.sampled_from(["", "A", "B"]),
            st.booleans(),
        ),
        min_size=1,
        max_size=8,
    )
)
@settings(max_examples=100, deadline=None)
def test_doubts_cover_the_words_of_their_segments(spoken: list[tuple[str, str, bool]]) -> None:
    segments = [
        segment(n, n + 1, text, speaker=speaker, avg_logprob=-2.0 if low else 0.0)
        for n, (text, speaker, low) in enumerate(spoken)
    ]
    expected = [" ".join(normalise(text).split()) for text, _speaker, low in spoken if low and text.strip()]
    try:
        transcript = read_json({"segments": segments})
    except UnreadableSource:
        assert not any(text.strip() for text, _speaker, _low in spoken)
        return
    check(transcript)
    if any(turn.speaker in ("A", "B") for turn in transcript.turns):
        assert [" ".join(text.split()) for text, _note in marked(transcript)] == expected


@given(st.binary(max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_json_or_a_refusal(data: bytes) -> None:
    try:
        check(whisper_json.read(Path("a.json"), data, ReadOptions()))
    except UnreadableSource:
        return


def check(transcript: Transcript) -> None:
    text, reached = transcript.text, 0
    assert normalise(text).encode() == text.encode()
    for turn in transcript.turns:
        assert reached <= turn.label_start <= turn.start < turn.end <= len(text)
        assert text[turn.start : turn.end].strip() == text[turn.start : turn.end]
        reached = turn.end
    reached = 0
    for region in transcript.regions:
        assert reached <= region.start < region.end <= len(text)
        assert any(turn.start <= region.start and region.end <= turn.end for turn in transcript.turns)
        reached = region.end


def spoken(words: str, *speakers: str, step: float = 0.5) -> list[dict[str, object]]:
    """Words with times half a second apart; an empty speaker is a word that was not aligned, without time or speaker."""
    found: list[dict[str, object]] = []
    for number, (word, speaker) in enumerate(zip(words.split(), speakers, strict=True)):
        found.append({"word": word} | ({"start": number * step, "end": (number + 1) * step} if speaker else {}))
        found[-1] |= {"speaker": speaker} if speaker else {}
    return found


def test_a_segment_is_cut_where_its_words_change_speaker() -> None:
    found = spoken("Trives du? Ja, 10 år.", "S00", "S00", "S01", "", "S01")
    found[2]["score"] = 0.1
    transcript = read_json({"segments": [segment(0, 2.6, " Trives du? Ja, 10 år.", speaker="S01", words=found)]})
    assert said(transcript) == [("S00", "Trives du?"), ("S01", "Ja, 10 år.")]
    assert times(transcript) == [(0, 1_000), (1_000, 2_600)]
    assert marked(transcript) == [("Ja,", "usikkert ord (sikkerhet 0,10)")]


def test_the_words_speaker_counts_when_most_words_have_one() -> None:
    most = [segment(0, 2, "Ja da.", speaker="S00", words=spoken("Ja da.", "S01", "S01"))]
    assert said(read_json({"segments": most})) == [("S01", "Ja da.")]
    few = [segment(0, 2, "Ja da, sa du.", speaker="S00", words=spoken("Ja da, sa du.", "S01", "", "", ""))]
    assert said(read_json({"segments": few})) == [("S00", "Ja da, sa du.")]


@given(
    st.lists(st.tuples(st.sampled_from(["ja", "nei", "på", "10"]), st.sampled_from(["", "A", "B", "C"])), min_size=1)
)
@settings(max_examples=60, deadline=None)
def test_cutting_at_words_loses_none_and_keeps_the_times_in_the_segment(pairs: list[tuple[str, str]]) -> None:
    text = " ".join(word for word, _speaker in pairs)
    words = spoken(text, *(speaker for _word, speaker in pairs))
    transcript = read_json({"segments": [segment(0, len(pairs) / 2, text, words=words)]})
    assert " ".join(part for _speaker, part in said(transcript)) == text
    bounds = [time for pair in times(transcript) for time in pair if time is not None]
    assert bounds == sorted(bounds) and bounds[0] == 0 and bounds[-1] == len(pairs) * 500
