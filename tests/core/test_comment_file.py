"""A reader's file of comments: written, read again, and refused when it is something else."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.comment_file import CommentFile, NotComments, ReaderComment, dumps, loads

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
places = st.tuples(st.integers(0, 9), st.integers(10, 99))


@st.composite
def comments(draw: st.DrawFn) -> ReaderComment:
    start, end = draw(places)
    return ReaderComment(
        id=draw(st.text("abc234", min_size=1, max_size=6)),
        on=draw(st.sampled_from(["coding", "code", "theme"])),
        target=draw(texts),
        name=draw(texts),
        start=start,
        end=end,
        text=draw(texts),
        created=draw(texts),
        updated=draw(texts),
    )


@given(texts, st.lists(comments(), max_size=4))
def test_what_is_written_is_read_again(reader: str, listed: list[ReaderComment]) -> None:
    file = CommentFile(project="p", title="Å bo", reader=reader, comments=tuple(listed))
    assert loads(dumps(file)) == file


@given(st.binary(max_size=40))
def test_other_bytes_are_refused(body: bytes) -> None:
    with pytest.raises(NotComments):
        loads(body)


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"format": "annet"},
        {"comments": {}},
        {"comments": [1]},
        {"reader": 3},
        {"comments": [{"id": "a", "on": "coding", "target": "t", "name": "n", "source": "s", "text": "t", "created": "",
                       "updated": "", "start": 5, "end": 2}]},
        {"comments": [{"id": "a", "on": "person", "target": "t", "name": "n", "source": "s", "text": "t", "created": "",
                       "updated": "", "start": 0, "end": 2}]},
    ],
)  # fmt: skip
def test_a_file_that_is_wrong_somewhere_is_refused(change: dict[str, object]) -> None:
    body = json.loads(dumps(CommentFile(project="p", title="t", reader="r")))
    with pytest.raises(NotComments):
        loads(json.dumps(body | change).encode())


def test_a_comment_takes_the_place_of_the_one_with_its_id() -> None:
    first = ReaderComment(id="a", on="code", target="t", name="bolig", text="én", created="1", updated="1")
    second = ReaderComment(id="a", on="code", target="t", name="bolig", text="to", created="1", updated="2")
    file = CommentFile(project="p", title="t", reader="r").put(first).put(second)
    assert file.comments == (second,)
    assert file.without("a").comments == ()
