"""Parsed texts: the same units and words as when they are read, kept in few bytes, and never half right."""

from __future__ import annotations

import subprocess
import sys
import zlib
from array import array
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.model import Turn
from nlp.forms import form_of
from nlp.parsed import Parsed, ParsingCancelledError, key, pack, parse, parse_many, units, unpack
from nlp.pipeline import _PLAIN, Pipeline, Token, load

TALK = "I: Hva med rus- og boligtjenesten?\nA: De ringte kl. 12. Ingen svarte!\nVi ventet.\n\nI:  \nA: Bolig, bolig.\n"
LETTERS = "abæøå-/.,«» \n😀1’'\u1f88ßİ"


def turns_of(text: str) -> list[Turn]:
    """A turn for every line that begins with a letter and a colon; lines without one belong to the turn before."""
    found: list[Turn] = []
    position = 0
    for line in text.splitlines(keepends=True):
        if line[1:3] == ": ":
            role = "interviewer" if line[0] == "I" else "participant"
            spoken = position + 3
            found.append(Turn(speaker=line[0], role=role, label_start=position, start=spoken, end=position + len(line)))
        position += len(line)
    return found


def contents(token: Token) -> tuple[object, ...]:
    return token.start, token.end, token.reach, token.surfaces, token.lemmas, token.parts, token.form.head


def everything(parsed: Parsed) -> tuple[object, ...]:
    return tuple(getattr(parsed, name) for name in Parsed.__slots__)


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return load("blank")


@given(st.text(alphabet=LETTERS, max_size=80))
@example("rus- og boligtjenesten. Bolig")
@settings(max_examples=80, deadline=None)
def test_units_and_words_are_those_the_pipeline_reads(text: str) -> None:
    pipeline = load("blank")
    parsed = parse(text, (), pipeline)
    cut = list(units(text, ()))
    assert [(unit.start, unit.end) for unit in map(parsed.unit, range(len(parsed)))] == [
        (start, end) for start, end, _turn in cut
    ]
    for n, (start, end, _turn) in enumerate(cut):
        expected = [contents(token) for token in pipeline.tokens(text, start, end)]
        assert [contents(token) for token in parsed.unit(n).tokens] == expected


@given(st.text(alphabet=LETTERS, max_size=80))
@example("rus- og boligtjenesten. Bolig")
@settings(max_examples=80, deadline=None)
def test_what_is_packed_comes_back_with_the_same_forms(text: str) -> None:
    parsed = parse(text, (), load("blank"))
    back = unpack(pack(parsed), parsed.pipeline)
    assert everything(back) == everything(parsed)
    assert all(one is other for one, other in zip(back.forms, parsed.forms, strict=True))


def test_units_keep_to_their_turn(pipeline: Pipeline) -> None:
    turns = turns_of(TALK)
    parsed = parse(TALK, turns, pipeline)
    said = [(parsed.unit_turns[n], TALK[parsed.unit_starts[n] : parsed.unit_ends[n]]) for n in range(len(parsed))]
    assert said == [
        (0, "Hva med rus- og boligtjenesten?"),
        (1, "De ringte kl. 12."),
        (1, "Ingen svarte!"),
        (3, "Bolig, bolig."),
    ]
    assert set(parse(TALK, (), pipeline).unit_turns) == {-1}


def test_words_lie_in_their_unit(pipeline: Pipeline) -> None:
    parsed = parse(TALK, turns_of(TALK), pipeline)
    assert parsed.first_words[0] == 0
    assert parsed.first_words[-1] == len(parsed.words) == 13
    for n in range(len(parsed)):
        for place in range(parsed.first_words[n], parsed.first_words[n + 1]):
            assert parsed.unit_starts[n] <= parsed.starts[place] < parsed.ends[place] <= parsed.unit_ends[n]
    suspended = TALK.index("rus-")
    place = list(parsed.starts).index(suspended)
    assert parsed.reaches[place] == TALK.index("boligtjenesten") + len("boligtjenesten")


def test_equal_forms_are_one_object_in_all_texts(pipeline: Pipeline) -> None:
    one, other = parse("Boligen.", (), pipeline), parse("En bolig til. boligen", (), pipeline)
    assert one.forms[0] is other.forms[-1]
    form_of.cache_clear()
    again = parse("boligen", (), pipeline)
    assert again.forms[0] is one.forms[0]
    assert len(parse("Bolig bolig BOLIG", (), pipeline).forms) == 1


def test_an_empty_text_has_no_units(pipeline: Pipeline) -> None:
    for text in ("", " \n\n "):
        parsed = parse(text, (), pipeline)
        assert len(parsed) == 0
        assert everything(unpack(pack(parsed), pipeline.identity)) == everything(parsed)


@given(st.data())
@settings(max_examples=120, deadline=None)
def test_damaged_bytes_are_refused(data: st.DataObject) -> None:
    body = pack(parse(TALK, turns_of(TALK), load("blank")))
    place = data.draw(st.integers(0, len(body) - 1))
    what = data.draw(st.sampled_from(["flip", "cut", "drop"]))
    if what == "flip":
        damaged = body[:place] + bytes([body[place] ^ (1 << data.draw(st.integers(0, 7)))]) + body[place + 1 :]
    else:
        damaged = body[:place] if what == "cut" else body[:place] + body[place + 1 :]
    with pytest.raises(ValueError, match=r".+"):
        unpack(damaged, "p")


@given(st.data())
@settings(max_examples=120, deadline=None)
def test_well_packed_nonsense_is_refused_or_sound(data: st.DataObject) -> None:
    """A checksum says that bytes are as they were written, not that they were a parsed text."""
    content = zlib.decompress(pack(parse(TALK, turns_of(TALK), load("blank"))))
    place = data.draw(st.integers(0, len(content) - 1))
    damaged = content[:place] + data.draw(st.binary(max_size=3)) + content[place + data.draw(st.integers(0, 3)) :]
    try:
        parsed = unpack(zlib.compress(damaged), "p")
    except ValueError:
        return
    assert all(0 <= word < len(parsed.forms) for word in parsed.words)
    assert len(parsed.first_words) == len(parsed) + 1


@pytest.mark.parametrize(
    "faults",
    [{"words": array("I", (7,))}, {"first_words": array("I", (0, 2))}, {"unit_turns": array("i", (0, 0))},
     {"forms": ()}, {"unit_starts": array("I", ()), "unit_ends": array("I", ())}],
    ids=lambda faults: "+".join(faults),
)  # fmt: skip
def test_parts_that_do_not_fit_together_are_refused(pipeline: Pipeline, faults: dict[str, Any]) -> None:
    parsed = parse("Ja.", (), pipeline)
    assert everything(unpack(pack(parsed), "p"))
    with pytest.raises(ValueError, match="fit together"):
        unpack(pack(replace(parsed, **faults)), "p")


def test_bytes_without_their_checksum_are_refused(pipeline: Pipeline) -> None:
    body = pack(parse(TALK, (), pipeline))
    with pytest.raises(ValueError, match="cut off"):
        unpack(body[:-1], pipeline.identity)


def test_something_behind_the_bytes_is_refused(pipeline: Pipeline) -> None:
    body = pack(parse(TALK, (), pipeline))
    with pytest.raises(ValueError, match="something behind"):
        unpack(body + b"x", pipeline.identity)


def test_the_key_begins_with_the_digest_and_hangs_on_the_spans() -> None:
    turns = turns_of(TALK)
    assert key("abc", turns).startswith("abc-")
    assert key("abc", turns) == key("abc", list(turns))
    moved = [*turns[:-1], Turn(speaker="A", role="other", label_start=0, start=turns[-1].start, end=turns[-1].end - 1)]
    assert len({key("abc", turns), key("abc", ()), key("abd", turns), key("abc", moved), key("abc", turns[:-1])}) == 5


def test_a_call_to_stop_leaves_nothing(pipeline: Pipeline) -> None:
    asked: list[int] = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) == 3

    with pytest.raises(ParsingCancelledError):
        parse(TALK, turns_of(TALK), pipeline, cancelled=cancelled)
    assert len(asked) == 3


def test_progress_ends_with_the_whole_text(pipeline: Pipeline) -> None:
    told: list[tuple[int, int]] = []
    text = "Ja. " * 100
    parse(text, (), pipeline, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (len(text), len(text))
    assert told == sorted(told)
    assert len(told) > 2


@pytest.mark.parametrize("workers", [1, 2])
def test_many_at_once_are_as_each_by_itself(pipeline: Pipeline, workers: int) -> None:
    texts: list[tuple[str, list[Turn]]] = [
        ("", []),
        (TALK, turns_of(TALK)),
        ("\n", []),
        (TALK, []),
        ("Ja", []),
        ("", []),
    ]
    together = list(parse_many(iter(texts), pipeline, workers=workers))
    assert [everything(each) for each in together] == [everything(parse(*each, pipeline)) for each in texts]


@given(st.text(alphabet="aøBÅ10-–/.§ ", max_size=12))
@example("DPS-en")
@example("rus-")
@example("og/eller")
@example("rus-bolig/bu-bustad")
@example("50/50")
@example("10-2")
@example("finn.no")
@example("femti–femti")
@example("§")
@settings(max_examples=250, deadline=None)
def test_plain_words_are_read_without_the_tokenizer_as_with_it(text: str) -> None:
    pipeline = load("blank")
    words = [token for token in pipeline.language.tokenizer(text) if any(map(str.isalnum, token.text))]
    expected = [(token.idx, token.idx + len(token), form_of(token.text).surfaces) for token in words]
    found = pipeline.tokens(text)
    assert [(token.start, token.end) for token in found] == [each[:2] for each in expected]
    if not any(text[token.end - 1] == "-" for token in found):
        assert [token.surfaces for token in found] == [each[2] for each in expected]


def test_no_exception_of_the_tokenizer_cuts_a_plain_word(pipeline: Pipeline) -> None:
    cut = [word for word, tokens in pipeline.language.tokenizer.rules.items() if len(tokens) > 1]
    assert cut and not any(map(_PLAIN.fullmatch, cut))


def test_neither_loading_nor_unpacking_imports_what_reads(tmp_path: Path) -> None:
    (tmp_path / "body").write_bytes(pack(parse(TALK, turns_of(TALK), load())))
    program = f"""
import sys
from pathlib import Path
from nlp.parsed import unpack
from nlp.pipeline import load
parsed = unpack(Path({str(tmp_path / "body")!r}).read_bytes(), load().identity)
assert [parsed.unit(n) for n in range(len(parsed))]
assert load().tokens("boligen")
print(load().identity, sorted({{"spacy", "nltk", "thinc", "numpy"}} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == f"{load().identity} []"
