"""The ladder of encodings, one rung at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.decoding import decode, doubts
from corpus.errors import UnreadableSource

NORWEGIAN = "Jeg er lærer på Ås, og så går vi ut. Økonomien er dårlig. Ærlig talt, å bo der er greit.\n" * 3
FILE = Path("intervju.txt")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "mac_roman", "cp865"])
def test_every_encoding_that_norwegian_is_saved_in_is_read(encoding: str) -> None:
    decoded = decode(FILE, NORWEGIAN.encode(encoding))
    assert decoded.text == NORWEGIAN
    assert decoded.encoding == encoding
    assert bool(decoded.notes) == (not encoding.startswith("utf-8"))
    assert any(note.doubtful for note in decoded.notes) == (encoding in ("mac_roman", "cp865"))


@pytest.mark.parametrize("encoding", ["mac_roman", "cp865"])
def test_older_encodings_are_known_even_when_cp1252_could_read_them(encoding: str) -> None:
    text = "Jeg er lærer på øya, og så er det sånn.\n"
    assert decode(FILE, text.encode(encoding)).text == text


def test_the_text_is_nfc_with_line_feeds() -> None:
    decoded = decode(FILE, "a\u030a bo\r\nder\rher\u2028nå".encode())
    assert decoded.text == "å bo\nder\nher\nnå"


def test_quotes_of_cp1252_are_no_reason_to_doubt_it() -> None:
    text = "«Ja» ’så’ sa ‘han’ – øl … ¿por qué?"
    assert decode(FILE, text.encode("cp1252")).text == text


def test_pure_ascii_is_utf8() -> None:
    assert decode(FILE, b"I: Ja.\nR: Nei.\n").encoding == "utf-8"


def test_a_few_broken_bytes_do_not_turn_utf8_into_another_encoding() -> None:
    decoded = decode(FILE, NORWEGIAN.encode()[:-1] + b"\xc3")
    assert decoded.encoding == "utf-8"
    assert decoded.text == NORWEGIAN[:-1] + "\ufffd"
    (note,) = doubts(decoded.text)
    assert note.doubtful and note.start == len(NORWEGIAN) - 1


def test_text_encoded_twice_is_doubtful_and_left_alone() -> None:
    decoded = decode(FILE, "Vi må øve på ærlighet.".encode().decode("cp1252").encode())
    assert decoded.text == "Vi mÃ¥ Ã¸ve pÃ¥ Ã¦rlighet."
    (note,) = doubts(decoded.text)
    assert (note.start, note.count, note.doubtful) == (4, 4, True)


def test_ordinary_text_is_not_doubtful() -> None:
    assert doubts("São Paulo, Ærøskøbing, «sånn» – 12 °C, ÃRE") == ()


@pytest.mark.parametrize(
    "data",
    [b"\x00\x01\x02\x03" * 60, bytes(range(256)) * 8, b"tekst\x00\x00\x00\x01" * 40],
    ids=["nulls", "every-byte", "mixed"],
)
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableSource, match="ikke tekst"):
        decode(FILE, data)


def test_utf16_without_a_mark_is_refused_with_advice() -> None:
    with pytest.raises(UnreadableSource, match="UTF-16 uten"):
        decode(FILE, NORWEGIAN.encode("utf-16-le"))


def test_a_marked_file_that_breaks_its_promise_is_refused() -> None:
    with pytest.raises(UnreadableSource, match="UTF-8-SIG"):
        decode(FILE, b"\xef\xbb\xbfja \xff nei")


def test_no_lone_surrogates_come_out() -> None:
    for data in (b"\xed\xa0\x80 ja \xc3\xb8\xc3\xa5\xc3\xa6\xc3\xb8\xc3\xa5", b"\xff\xfea\x00", "😀".encode("utf-16")):
        text = decode(FILE, data).text
        text.encode("utf-8")


def test_what_no_rung_reads_is_guessed_and_said_to_be_a_guess() -> None:
    text = "Проверка: это обычный русский текст, который никто здесь не ждёт. " * 5
    decoded = decode(FILE, text.encode("cp866"))
    assert decoded.text == text
    assert decoded.notes[0].doubtful and decoded.encoding in decoded.notes[0].message
