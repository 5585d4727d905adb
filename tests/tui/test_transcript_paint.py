"""A painted line has its exact width, shows what lies over the text without needing colour, and obeys nobody."""

from __future__ import annotations

import pytest
import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.color import Color, ColorSystem, ColorType
from rich.style import Style

from codebooks.colours import PALETTE, child_colour, contrast
from corpus.model import Turn
from workbench.tui.transcript.document import DocumentModel, Mark, MarkKind, Span
from workbench.tui.transcript.layout import Columns, Layout
from workbench.tui.transcript.paint import Overlay, Picture, paint_line
from workbench.tui.transcript.palette import STRIPE_CONTRAST, Look, Palette

DARK = Style(color="#e0e0e0", bgcolor="#1e1e1e")
LIGHT = Style(color="#1e1e1e", bgcolor="#f4f4f4")
FEW_DARK = Style.from_color(Color.from_ansi(7), Color.from_ansi(0))
FEW_LIGHT = Style.from_color(Color.from_ansi(0), Color.from_ansi(15))
SHADES = [*PALETTE, *(child_colour(colour, n) for colour in PALETTE for n in range(8))]
SELECTION = Style(color="#000000", bgcolor="#5599ff")
CARET = Style(color="#000000", bgcolor="#fffffe")
COLUMNS = Columns(numbers=3, text=20, lanes=3, initials=8)
UNFIT = regex.compile(r"[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{DI}]")


def palette(text: Style = DARK, colours: bool = True) -> Palette:
    return Palette(text=text, numbers=text, selection=SELECTION, caret=CARET, colours=colours)


def picture(model: DocumentModel, columns: Columns = COLUMNS, colours: bool = True) -> Picture:
    return Picture(model=model, layout=Layout(model, columns.text), columns=columns, palette=palette(colours=colours))


def paint(
    model: DocumentModel,
    line: int = 0,
    *,
    caret: int | None = None,
    selection: Span | None = None,
    hits: tuple[Span, ...] = (),
    colours: bool = True,
) -> list[tuple[str, Style]]:
    overlay = Overlay(caret=caret, selection=selection, focused=True)
    strip = paint_line(picture(model, colours=colours), line, overlay, hits)
    return [(text, style or Style()) for text, style, _ in strip]


def drawn(model: DocumentModel, line: int = 0) -> str:
    return "".join(text for text, _ in paint(model, line))


def style_of(segments: list[tuple[str, Style]], text: str) -> Style:
    (style,) = [style for shown, style in segments if shown == text]
    return style


alphabet = st.sampled_from(
    [
        "a",
        "bo ",
        "å",
        " ",
        "\n",
        "\t",
        "😀",
        "漢",
        "e\u0301",
        "\u0301",
        "👩🏽\u200d🚀",
        "\x1b",
        "\u202e",
        "🇳🇴",
    ]
)


@st.composite
def painted(draw: st.DrawFn) -> tuple[DocumentModel, int | None, Span | None, list[Span]]:
    text = "".join(draw(st.lists(alphabet, min_size=1, max_size=50)))
    spans = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 30)).map(
        lambda pair: (pair[0], min(len(text), sum(pair)))
    )
    kinds: st.SearchStrategy[MarkKind] = st.sampled_from(["coding", "suggestion", "note"])
    marks = [
        Mark(id=str(number), start=start, end=end, kind=kind, initials="\x1b[å", colour="#0072b2")
        for number, ((start, end), kind) in enumerate(draw(st.lists(st.tuples(spans, kinds), max_size=8)))
    ]
    middle = len(text) // 2
    turns = [Turn(speaker="", role="interviewer", label_start=0, start=min(3, middle), end=middle)]
    model = DocumentModel(text, turns, marks)
    hits = sorted(set(draw(st.lists(spans, max_size=2))))
    return model, draw(st.none() | st.integers(0, len(text))), draw(st.none() | spans), hits


def _ending_in_blanks() -> tuple[DocumentModel, int | None, Span | None, list[Span]]:
    """The caret behind blanks that hang over the end of the last line, which is full."""
    text = "漢" * 10 + "\t"
    return DocumentModel(text, [], []), len(text), None, []


@example(_ending_in_blanks(), COLUMNS)
@settings(max_examples=200)
@given(painted(), st.sampled_from([COLUMNS, Columns(numbers=3, text=8, lanes=0, initials=0)]))
def test_every_line_is_as_wide_as_its_columns_and_holds_nothing_unfit(
    given_: tuple[DocumentModel, int | None, Span | None, list[Span]], columns: Columns
) -> None:
    model, caret, selection, hits = given_
    scene = picture(model, columns)
    for line in range(len(scene.layout)):
        on_line = caret if caret is not None and scene.layout.line_of(caret) == line else None
        strip = paint_line(scene, line, Overlay(caret=on_line, selection=selection, focused=True), hits)
        assert cell_len(strip.text) == columns.width == strip.cell_length
        assert not UNFIT.search(strip.text)
        plain = paint_line(scene, line, Overlay(), ())
        assert strip.text == plain.text, "nothing that moves over a line may change its characters"
        carets = [style for _, style, _ in strip if style and style.reverse and style.color == CARET.bgcolor]
        assert bool(carets) == (on_line is not None)


def test_numbers_stand_at_the_first_visual_line_of_each_line() -> None:
    model = DocumentModel("en linje som er for lang\nto")
    assert [drawn(model, line)[:4] for line in range(3)] == ["  1 ", "    ", "  2 "]


def test_stripes_show_where_codings_begin_and_end_and_initials_stand_at_the_first_line() -> None:
    text = "linje en er her nok\n" * 4
    marks = [
        Mark(id="long", start=0, end=70, initials="BO", colour="#0072b2"),
        Mark(id="short", start=21, end=25, initials="ØK", colour="#e69f00"),
        Mark(id="maybe", start=22, end=50, initials="VE", kind="suggestion", colour="#009e73"),
        Mark(id="note", start=62, end=66, kind="note"),
    ]
    model = DocumentModel(text, marks=marks)
    margins = [drawn(model, line)[-13:] for line in range(4)]
    assert margins == [
        " ┏   BO      ",
        " ┃━┊ ØK ?VE  ",
        " ┃ ┊         ",
        " ┗*  *       ",
    ]


def test_too_many_marks_for_the_margin_are_counted() -> None:
    marks = [Mark(id=str(number), start=0, end=5, initials=f"K{number}") for number in range(7)]
    assert drawn(DocumentModel("hei på deg", marks=marks))[-13:] == " ━━+ K0 K1 +5"
    wide = [Mark(id="a", start=0, end=5, initials="ALTFORLANGT"), Mark(id="b", start=0, end=5, initials="B")]
    assert drawn(DocumentModel("hei på deg", marks=wide))[-8:] == "+2      "
    assert drawn(DocumentModel("hei på deg", marks=wide[:1]))[-8:] == "ALTFORLA"


def test_overlap_suggestions_notes_and_hits_are_seen_without_colour() -> None:
    text = "alfa beta gamma"
    model = DocumentModel(
        text,
        marks=[
            Mark(id="a", start=0, end=4, colour="#0072b2"),
            Mark(id="b", start=0, end=9, colour="#e69f00"),
            Mark(id="s", start=10, end=12, kind="suggestion", colour="#e69f00"),
            Mark(id="n", start=12, end=14, kind="note"),
        ],
    )
    segments = paint(model, hits=((14, 15),))
    assert style_of(segments, "alfa").underline
    assert not style_of(segments, " beta").underline
    assert style_of(segments, "ga").italic and style_of(segments, "ga").underline
    assert style_of(segments, "ga").bgcolor == DARK.bgcolor
    assert style_of(segments, "mm").overline
    assert style_of(segments, "a").bold and style_of(segments, "a").underline
    colourless = paint(model, colours=False)
    assert style_of(colourless, " beta").underline and not style_of(colourless, " beta").bold
    assert style_of(colourless, "alfa").underline and style_of(colourless, "alfa").bold


def test_a_hit_is_underlined_from_its_first_to_its_last_character() -> None:
    found = [text for text, style in paint(DocumentModel("alfa beta"), hits=((2, 4), (5, 6))) if style.underline]
    assert found == ["fa", "b"]


def test_the_topmost_coding_is_the_one_that_begins_last() -> None:
    marks = [
        Mark(id="under", start=0, end=10, colour="#000000"),
        Mark(id="over", start=3, end=6, colour="#ffffff"),
    ]
    segments = paint(DocumentModel("abcdefghij", marks=marks))
    assert style_of(segments, "def").bgcolor == palette().style(Look(codings=1, colour="#ffffff")).bgcolor
    assert style_of(segments, "abc").bgcolor == palette().style(Look(codings=1, colour="#000000")).bgcolor


def test_labels_are_bold_and_interviewers_dimmed() -> None:
    text = "I: hva\nF: det"
    turns = [
        Turn(speaker="I", role="interviewer", label_start=0, start=3, end=6),
        Turn(speaker="F", role="participant", label_start=7, start=10, end=13),
    ]
    model = DocumentModel(text, turns)
    assert style_of(paint(model, 0), "I: hva").dim and not style_of(paint(model, 0), "I: hva").bold
    assert style_of(paint(model, 1), "F: ").bold
    assert not style_of(paint(model, 1), "F: ").dim


def test_selection_and_caret_are_reversed_and_a_chosen_line_break_is_seen() -> None:
    model = DocumentModel("alfa beta\ngamma")
    segments = paint(model, caret=5, selection=(0, 4))
    assert style_of(segments, "alfa").reverse and not style_of(segments, "alfa").bold
    assert style_of(segments, "b").reverse and style_of(segments, "b").bold and style_of(segments, "b").underline
    over_break = paint(model, selection=(5, 12))
    assert style_of(over_break, "beta ").reverse
    assert not any(style.reverse for text, style in paint(model, selection=(5, 9)) if text == "beta ")
    at_end = paint(model, 1, caret=15)
    assert style_of(at_end, " ").reverse


def test_a_whole_character_is_painted_alike_when_a_mark_ends_inside_it() -> None:
    model = DocumentModel("ae\u0301a", marks=[Mark(id="m", start=0, end=2, colour="#0072b2")])
    assert style_of(paint(model), "ae\u0301").bgcolor != DARK.bgcolor


@pytest.mark.parametrize("text", [DARK, LIGHT])
def test_every_palette_colour_can_be_read_and_seen(text: Style) -> None:
    styles = palette(text)
    assert text.bgcolor is not None and text.bgcolor.triplet is not None
    for colour in PALETTE:
        coded = styles.style(Look(codings=1, colour=colour))
        assert coded.color is not None and coded.color.triplet and coded.bgcolor and coded.bgcolor.triplet
        assert contrast(coded.color.triplet.hex, coded.bgcolor.triplet.hex) >= 4.5
        stripe = styles.stripe(Mark(id="m", start=0, end=1, colour=colour)).color
        assert stripe is not None and stripe.triplet
        assert contrast(stripe.triplet.hex, text.bgcolor.triplet.hex) >= STRIPE_CONTRAST


def test_default_terminal_colours_are_left_alone() -> None:
    styles = palette(Style(color="default", bgcolor="default"))
    assert styles.style(Look(codings=1, colour="#0072b2")).bgcolor == Style(bgcolor="#0072b2").bgcolor
    assert styles.style(Look(selected=True)).reverse


def looks(colour: Color | None) -> str:
    assert colour is not None
    return colour.get_truecolor().hex


@pytest.mark.parametrize("text", [FEW_DARK, FEW_LIGHT])
def test_sixteen_colours_are_used_unmixed_and_can_be_read(text: Style) -> None:
    styles = palette(text)
    for colour in SHADES:
        coded = styles.style(Look(codings=1, colour=colour))
        initials = styles.initials(Mark(id="m", start=0, end=1, colour=colour))
        for style in (coded, initials):
            assert style.color is not None and style.color.type is ColorType.STANDARD
            assert style.bgcolor is not None and style.bgcolor.type is ColorType.STANDARD
            assert contrast(looks(style.color), looks(style.bgcolor)) >= 4.5
        # Many codes share a colour, and one may have that of the background: the underline is always seen.
        assert coded.underline and not coded.bold
        assert styles.style(Look(codings=2, colour=colour)).bold
        stripe = styles.stripe(Mark(id="m", start=0, end=1, colour=colour))
        assert contrast(looks(stripe.color), looks(text.bgcolor)) >= STRIPE_CONTRAST


@pytest.mark.parametrize("text", [DARK, LIGHT])
def test_what_256_colours_make_of_a_tint_can_still_be_read(text: Style) -> None:
    styles = palette(text)
    for colour in SHADES:
        coded = styles.style(Look(codings=1, colour=colour))
        assert coded.color is not None and coded.bgcolor is not None
        ink, ground = (each.downgrade(ColorSystem.EIGHT_BIT) for each in (coded.color, coded.bgcolor))
        assert contrast(looks(ink), looks(ground)) >= 4.5
