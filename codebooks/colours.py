"""Colours of codes: palettes safe for colour-blind readers, shades for sub-codes, readable text on them.

The palettes are those of Okabe & Ito (2008) and Paul Tol's bright and muted schemes. Few of these colours
can be read as text on white, but all carry black or white text well, so draw them as background or stripe.
"""

from __future__ import annotations

import colorsys
import re
from collections import Counter
from collections.abc import Iterable
from gettext import gettext as _

from codebooks.errors import CodebookError

OKABE_ITO = ("#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7")
TOL_BRIGHT = ("#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377", "#bbbbbb")
TOL_MUTED = (
    "#cc6677", "#332288", "#ddcc77", "#117733", "#88ccee",
    "#882255", "#44aa99", "#999933", "#aa4499", "#dddddd",
)  # fmt: skip
PALETTE = OKABE_ITO + TOL_BRIGHT + TOL_MUTED
"""The order in which new top-level codes get their colours."""

BLACK = "#000000"
WHITE = "#ffffff"

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
# Large steps first and turn about lighter and darker, so that siblings side by side differ most.
_SHADES = (0.35, -0.30, 0.60, -0.50, 0.18, -0.15, 0.75, -0.65)


def is_colour(text: str) -> bool:
    """Whether the text is `#rrggbb`."""
    return _HEX.fullmatch(text) is not None


def contrast(a: str, b: str) -> float:
    """The WCAG 2.1 contrast ratio of two colours, from 1 to 21.

    Raises:
        CodebookError: One of them is not `#rrggbb`.
    """
    lighter, darker = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def foreground(background: str) -> str:
    """Black or white, whichever is easier to read on the background; the contrast is always above 4.5.

    Raises:
        CodebookError: The background is not `#rrggbb`.
    """
    return BLACK if contrast(background, BLACK) >= contrast(background, WHITE) else WHITE


def next_colour(used: Iterable[str]) -> str:
    """The first palette colour not in `used`; when all are, the one used least."""
    counts = Counter(colour.lower() for colour in used)
    return min(PALETTE, key=lambda colour: (counts[colour], PALETTE.index(colour)))


def child_colour(parent: str, index: int) -> str:
    """A shade of the parent's colour for its sub-code number `index` (from 0): same hue, lighter or darker.

    Eight siblings get eight shades; after that they come round again.

    Raises:
        CodebookError: The parent's colour is not `#rrggbb`.
    """
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(parent))
    shift = _SHADES[index % len(_SHADES)]
    lightness += shift * ((1 - lightness) if shift > 0 else lightness)
    red, green, blue = colorsys.hls_to_rgb(hue, lightness, saturation)
    return f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"


def _channels(colour: str) -> tuple[float, float, float]:
    if not is_colour(colour):
        raise CodebookError(
            _("«{colour}» er ikke en farge. Skriv den som #rrggbb, for eksempel #0072b2.").format(colour=colour)
        )
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def _luminance(colour: str) -> float:
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in _channels(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
