"""How each kind of text looks: from what lies over a stretch to one terminal style.

Colour is never the only carrier. Overlap is underlined, a suggestion is italic, a note has a line above it, the
selection and the caret are reversed, so that all of them are seen without colours too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from rich.color import Color as RichColor
from rich.style import Style
from textual.color import Color

from codebooks.colours import contrast, foreground
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
    """False where the user wants none: then one coding is underlined already, and two are bold besides."""
    _styles: dict[Look, Style] = field(default_factory=dict, compare=False, repr=False)
    _stripes: dict[str, Style] = field(default_factory=dict, compare=False, repr=False)

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
        return Style(color=foreground(mark.colour), bgcolor=mark.colour)

    def _compose(self, look: Look) -> Style:
        style = self.text
        if look.codings and look.colour:
            background = self._tinted(look.colour)
            style += Style(color=foreground(background), bgcolor=background)
        if look.codings >= (2 if self.colours else 1) or look.hit or look.suggestion:
            style += Style(underline=True)
        if look.codings >= 2 and not self.colours:
            style += Style(bold=True)
        if look.suggestion:
            style += Style(italic=True)
        if look.note:
            style += Style(overline=True)
        if look.hit or (look.label and not look.interviewer):
            style += Style(bold=True)
        if look.interviewer and not look.codings and not look.selected:
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

    def _stripe(self, colour: str) -> Style:
        background, text = self.text.bgcolor, self.text.color
        if not colour:
            return self.text
        if background is None or background.triplet is None or text is None or text.triplet is None:
            return self.text + Style(color=colour)
        shade, ground = Color.parse(colour), background.triplet.hex
        for share in (0.0, 0.2, 0.4, 0.6, 0.8):
            seen = shade.blend(Color.from_rich_color(text), share).hex6.lower()
            if contrast(seen, ground) >= STRIPE_CONTRAST:
                return self.text + Style(color=seen)
        return self.text


def _reversed(style: Style) -> Style:
    """A style that looks like `style`, by reversing: where colours are off, the reversing remains."""
    return Style(color=_known(style.bgcolor), bgcolor=_known(style.color), reverse=True, dim=False)


def _known(colour: RichColor | None) -> RichColor | None:
    return None if colour is None or colour.is_default else colour
