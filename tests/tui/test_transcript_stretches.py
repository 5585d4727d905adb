"""What is closed or doubtful is found by its place, and seen without colour."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style

from workbench.tui.transcript.document import DocumentModel, Mark
from workbench.tui.transcript.layout import Columns, Layout
from workbench.tui.transcript.paint import Overlay, Picture, paint_line
from workbench.tui.transcript.palette import Palette
from workbench.tui.transcript.stretches import Stretch, Stretches

PLAIN = Style(color="#e0e0e0", bgcolor="#1e1e1e")
TEXT = "Vanlig tekst\nElv\t12\nFjell\t14\nMer tekst her"


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 40)), max_size=10), st.integers(0, 90), st.integers(1, 20))
def test_those_that_lie_at_a_place_are_found(spans: list[tuple[int, int]], start: int, length: int) -> None:
    known = [Stretch(start=first, end=first + size, look="closed") for first, size in spans]
    found = Stretches(known).in_range(start, start + length)
    expected = [each for each in known if each.start < start + length and each.end > start]
    assert sorted(found, key=repr) == sorted(expected, key=repr)
    assert [each.start for each in found] == sorted(each.start for each in found)


def painted(model: DocumentModel, line: int, initials: int = 14) -> list[tuple[str, Style]]:
    columns = Columns(numbers=3, text=20, lanes=2, initials=initials)
    palette = Palette(text=PLAIN, numbers=PLAIN, selection=PLAIN, caret=PLAIN)
    picture = Picture(model=model, layout=Layout(model, 20), columns=columns, palette=palette)
    strip = paint_line(picture, line, Overlay(), ())
    assert sum(len(text) for text, _style, _ in strip) == columns.width
    return [(text, style or Style()) for text, style, _ in strip]


def model() -> DocumentModel:
    made = DocumentModel(TEXT)
    made.stretches = Stretches(
        [
            Stretch(start=13, end=28, look="closed", label="tabell stengt", short="tabell"),
            Stretch(start=33, end=38, look="doubtful"),
        ]
    )
    return made


def drawn(line: int, initials: int = 14) -> str:
    return "".join(text for text, _style in painted(model(), line, initials))


def test_closed_lines_have_a_sign_each_and_the_first_says_what_it_is() -> None:
    assert [drawn(line)[:4] for line in range(4)] == ["  1 ", "  2░", "  3░", "  4?"]
    assert drawn(1).rstrip().endswith("tabell stengt") and "tabell" not in drawn(2)
    assert drawn(1, initials=8).rstrip().endswith("tabell")
    assert any(style.dim for text, style in painted(model(), 1) if "Elv" in text)
    assert not any(style.dim for _text, style in painted(model(), 0))


def test_a_doubtful_stretch_is_underlined_and_no_more() -> None:
    assert [text.strip() for text, style in painted(model(), 3) if style.underline] == ["tekst"]


def test_codings_are_seen_over_what_was_closed_later() -> None:
    made = model()
    made.add(Mark(id="a", start=13, end=16, initials="BO", colour="#4477aa"))
    line = painted(made, 1)
    assert not any(style.dim for text, style in line if text == "Elv") and "BO" in "".join(text for text, _ in line)
