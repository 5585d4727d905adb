"""How each kind of text looks: from what lies over a stretch to one terminal style.

Colour is never the only carrier. Overlap is underlined, a suggestion is italic, a note has a line above it, the
selection and the caret are reversed, so that all of them are seen without colours too. Where there are only sixteen
colours, a code has the nearest of them, unmixed, and is underlined besides, since many codes then look alike.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from rich.color import Color as RichColor
from rich.color import ColorSystem, ColorType
from rich.style import Style
from textual.color import Color

from codebooks.colours import BLACK, WHITE, contrast, foreground
from workbench.tui.transcript.document import Mark

TINT = 0.45
"""How much of a code's colour goes into the background of its text; stripes and initials have all of it."""
STRIPE_CONTRAST = 3.0
"""Least contrast of a stripe against the background (WCAG 2.1, graphical objects)."""


class Look(NamedTuple):
    """What lies over one stretch of text."""

    colour: str = ""
    """The topmost coding's colour, when there is a coding."""
    codings: int = 0
    """How many codings lie here: 0, 1, or 2 for more."""
    suggestion: bool = False
    note: bool = False
    closed: bool = False
    """It is closed to coding."""
    doubtful: bool = False
    """The transcriber was unsure of it."""
    label: bool = False
    """The stretch is a speaker label or time stamp."""
    interviewer: bool = False
    hit: bool = False
    selected: bool = False
    caret: bool = False
    focused: bool = False
    """The caret takes keys; otherwise it is drawn without reversing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The styles of one theme, each computed once."""

    text: Style
    """Plain text, with both its colours."""
    numbers: Style
    selection: Style
    caret: Style
    colours: bool = True
    """False where the user wants none, or there are none."""
    _styles: dict[Look, Style] = field(default_factory=dict, compare=False, repr=False)
    _stripes: dict[str, Style] = field(default_factory=dict, compare=False, repr=False)

    @property
    def plain(self) -> bool:
        """Whether colours cannot be mixed: one coding is then underlined already, and two are bold besides."""
        return not self.colours or self.few

    @property
    def few(self) -> bool:
        """Whether there are only the sixteen named colours: then the background is one of them."""
        return self.text.bgcolor is not None and self.text.bgcolor.type is ColorType.STANDARD

    def style(self, look: Look) -> Style:
        """The style of a stretch of text."""
        style = self._styles.get(look)
        if style is None:
            style = self._styles[look] = self._compose(look)
        return style

    def stripe(self, mark: Mark) -> Style:
        """The style of a mark's stripe in the margin: its colour, moved away from the background where too like it."""
        style = self._stripes.get(mark.colour)
        if style is None:
            style = self._stripes[mark.colour] = self._stripe(mark.colour)
        return style

    def initials(self, mark: Mark) -> Style:
        """The style of a mark's initials: a coding's stand on its colour, the others' do not."""
        if mark.kind != "coding":
            return self.stripe(mark) + Style(italic=mark.kind == "suggestion")
        if not mark.colour:
            return self.text + Style(reverse=True)
        return self._on(mark.colour)

    def _compose(self, look: Look) -> Style:
        style = self.text
        if look.codings and look.colour:
            style += self._on(self._tinted(look.colour))
        if look.codings >= (1 if self.plain else 2) or look.hit or look.suggestion or look.doubtful:
            style += Style(underline=True)
        if look.codings >= 2 and self.plain:
            style += Style(bold=True)
        if look.suggestion:
            style += Style(italic=True)
        if look.note:
            style += Style(overline=True)
        if look.hit or (look.label and not look.interviewer):
            style += Style(bold=True)
        if (look.interviewer or look.closed) and not look.codings and not look.selected:
            style += Style(dim=True)
        if look.selected:
            style += _reversed(self.selection)
        if look.caret:
            style += Style(bold=True, underline=True)
            if look.focused:
                style += _reversed(self.caret)
        return style

    def _tinted(self, colour: str) -> str:
        background = self.text.bgcolor
        if background is None or background.triplet is None:
            return colour
        return Color.from_rich_color(background).blend(Color.parse(colour), TINT).hex6.lower()

    def _on(self, background: str) -> Style:
        """Black or white on a background, whichever is easier to read as the terminal shows it."""
        if not self.few:
            # A terminal with 256 colours shows another one, near by, on which the other ink may be the easier.
            shown = RichColor.parse(background).downgrade(ColorSystem.EIGHT_BIT).get_truecolor().hex
            ink = max((BLACK, WHITE), key=lambda ink: min(contrast(ink, background), contrast(ink, shown)))
            return Style(color=ink, bgcolor=background)
        nearest = _nearest(background)
        return Style.from_color(RichColor.from_ansi(0 if foreground(_hex(nearest)) == BLACK else 15), nearest)

    def _stripe(self, colour: str) -> Style:
        background, text = self.text.bgcolor, self.text.color
        if not colour:
            return self.text
        if self.few and background is not None:
            shown = _nearest(colour)
            seen_well = contrast(_hex(shown), _hex(background)) >= STRIPE_CONTRAST
            return self.text + Style.from_color(shown) if seen_well else self.text
        if background is None or background.triplet is None or text is None or text.triplet is None:
            return self.text + Style(color=colour)
        shade, ground = Color.parse(colour), background.triplet.hex
        for share in (0.0, 0.2, 0.4, 0.6, 0.8):
            seen = shade.blend(Color.from_rich_color(text), share).hex6.lower()
            if contrast(seen, ground) >= STRIPE_CONTRAST:
                return self.text + Style(color=seen)
        return self.text


def _nearest(colour: str) -> RichColor:
    """The one of the sixteen named colours that is most like `colour`."""
    return RichColor.parse(colour).downgrade(ColorSystem.STANDARD)


def _hex(named: RichColor) -> str:
    """What a named colour looks like in most terminals, as `#rrggbb`."""
    return named.get_truecolor().hex


def _reversed(style: Style) -> Style:
    """A style that looks like `style`, by reversing: where colours are off, the reversing remains."""
    return Style(color=_known(style.bgcolor), bgcolor=_known(style.color), reverse=True, dim=False)


def _known(colour: RichColor | None) -> RichColor | None:
    return None if colour is None or colour.is_default else colour
