"""Norwegian order, dates, numbers and lists.

Python sorts å before æ and ø, and upper case before lower; here æ, ø and å end the alphabet, aa is å, accents are
ignored, and numbers inside a text count as numbers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from gettext import gettext as _
from typing import TypeAlias

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal, get_minus_sign_symbol

from exports.errors import ExportError

SortKey: TypeAlias = tuple[tuple[tuple[int, int, str], ...], str]

_PIECES = re.compile(r"[0-9]{1,18}|[^0-9]+|[0-9]+")
# Swedish, Danish and German letters stand where Norwegian dictionaries put them; Sámi letters at their base letter.
_LIKE = str.maketrans(
    {"ä": "æ", "ö": "ø", "ő": "ø", "œ": "ø", "ü": "y", "ű": "y", "ß": "ss", "ð": "d", "þ": "th", "đ": "d", "ŋ": "n",
     "ŧ": "t", "ł": "l"}
)  # fmt: skip
_LAST = str.maketrans({"æ": "\U0010fff0", "ø": "\U0010fff1", "å": "\U0010fff2"})
_BASE = re.compile(r"[æøå]|[^æøå]+")


def sort_key(text: str) -> SortKey:
    """Key that puts texts in Norwegian order; texts that are equal in it keep a fixed order by code point."""
    folded = unicodedata.normalize("NFC", text.strip().lower()).replace("aa", "å").translate(_LIKE)
    bare = "".join(piece if piece in "æøå" else _without_accents(piece) for piece in _BASE.findall(folded))
    letters = bare.translate(_LAST)
    pieces = tuple(
        (0, int(piece), "") if piece[0] in "0123456789" else (1, 0, piece) for piece in _PIECES.findall(letters)
    )
    return pieces, text


def locale_of(language: str) -> Locale:
    """The locale of a language tag such as `nb-NO`.

    Raises:
        ExportError: There is no such language.
    """
    try:
        return Locale.parse(language.replace("-", "_"))
    except (ValueError, UnknownLocaleError) as error:
        raise ExportError(
            _(
                "«{language}» er ikke et språk rapporten kan skrives på. Bruk for eksempel nb-NO, nn-NO eller en-GB."
            ).format(language=language)
        ) from error


def long_date(day: date, language: str = "nb-NO") -> str:
    """The date in words: *22. november 2026*."""
    return format_date(day, "long", locale=locale_of(language))


def number(value: int | float, language: str = "nb-NO", decimals: int = 0) -> str:
    """The number with thousands apart and decimal comma: *12 345,6*. The space does not break."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    locale = locale_of(language)
    shown = format_decimal(abs(value), format=pattern, locale=locale)
    # A number that is rounded to nought has no sign, and Babel writes a hyphen for a minus when it is given a pattern.
    negative = value < 0 and any(digit in shown for digit in "123456789")
    return f"{get_minus_sign_symbol(locale)}{shown}" if negative else shown


def percent(share: float, language: str = "nb-NO", decimals: int = 1) -> str:
    """A share between 0 and 1 in hundredths, without the sign: *35,2*."""
    return number(share * 100, language, decimals)


def enumeration(items: Sequence[str], language: str = "nb-NO") -> str:
    """The items as a sentence lists them: *a, b og c*."""
    return format_list(list(items), style="standard", locale=locale_of(language))


def _without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
