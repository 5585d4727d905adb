"""Numbers as people write them in a free field: `70-80`, `ca. 5 stk`, `1,5 mill`, `fem`.

An interval stands for its midpoint, as survey reports count it. What can be read in two ways (`1.200`, `3 av 10`, `over
100`, `6 måneder`) is no number: the words are kept, and a person decides.
"""

from __future__ import annotations

import regex

_LONGEST = 80
_BLANKS = regex.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_DASHES = regex.compile(r"[\u2010-\u2015\u2212]")

_ONES = (
    "null en to tre fire fem seks sju åtte ni ti elleve tolv tretten fjorten femten seksten sytten atten nitten".split()
)
_TENS = "tjue tretti førti femti seksti sytti åtti nitti".split()
_WORDS: dict[str, float] = {
    **{word: number for number, word in enumerate(_ONES)},
    **{word: 10 * number for number, word in enumerate(_TENS, 2)},
    **{ten + one: 10 * m + n for m, ten in enumerate(_TENS, 2) for n, one in enumerate(_ONES[1:10], 1)},
    "ingen": 0, "én": 1, "ett": 1, "et": 1, "ein": 1, "ei": 1, "eitt": 1, "syv": 7, "tyve": 20, "tredve": 30, "hundre": 100,
}  # fmt: skip
_TIMES = {
    "tusen": 1e3, "mill": 1e6, "million": 1e6, "millioner": 1e6, "millionar": 1e6, "mrd": 1e9, "milliard": 1e9,
    "milliarder": 1e9, "milliardar": 1e9, "hundre": 1e2,
}  # fmt: skip
_UNITS = """
    % prosent pst stk stykk stykker stykke person personer personar bruker brukere brukar brukarar pasient pasienter
    pasientar innbygger innbyggere innbyggjar innbyggjarar menneske mennesker kr kroner nok årsverk stilling stillinger
    stillingar plass plasser plassar bolig boliger bustad bustader sak saker kommune kommuner kommunar ansatt ansatte
    tilsette år registrerte registrert kjente kjende aktive voksne vaksne totalt tilsammen
""".split()

_FIGURES = r"\d{1,3}(?: \d{3})+(?:,\d{1,9})?|\d{1,3}(?:\.\d{3}){2,}(?:,\d{1,9})?|\d{1,3}\.\d{3},\d{1,9}|\d{1,15}(?:[.,]\d{1,9})?"
_NUMBER = rf"{_FIGURES}|{'|'.join(sorted(_WORDS, key=len, reverse=True))}"
_ABOUT = r"(?:(?:ca|cirka|circa|omtrent|omkring|rundt|omlag|om lag|anslagsvis)\b[.:]? ?|[~≈] ?)?"
_TIME = rf"(?:{'|'.join(sorted(_TIMES, key=len, reverse=True))})\b\.?"
_WRITTEN = regex.compile(
    rf"{_ABOUT}(?P<between>(?:mellom|fra) )?{_ABOUT}(?P<sign>-)?(?P<low>{_NUMBER})(?!\w|,\d)(?: ?(?P<low_times>{_TIME}))?"
    rf"(?:(?: ?- ?| til | (?P<and>og) ){_ABOUT}(?P<high>{_NUMBER})(?!\w)(?: ?(?P<high_times>{_TIME}))?)?"
    rf"(?:,-)?(?: ?(?:{'|'.join(map(regex.escape, sorted(_UNITS, key=len, reverse=True)))})(?!\w)\.?)*[.!]?"
)
_EITHER = regex.compile(r"[1-9]\d{0,2}[.,]\d{3}")
"""A thousand to one reader, a fraction to another."""
_FURTHEST = 100
"""How many times the lower end of an interval the upper may be; `7-8 000` means 7 000 to 8 000, and is not guessed at."""


def normalise_number(raw: str) -> float | None:
    """The number that an answer amounts to, or None when it is no number or could be two.

    Shares are in per cent (`50 %` is 50); an interval gives its midpoint; *ca.* and its like, and units that do not change
    the number (`stk`, `personer`, `kr`), are passed over.
    """
    text = _DASHES.sub("-", _BLANKS.sub(" ", raw.casefold())).strip()
    if not text or len(text) > _LONGEST:
        return None
    match = _WRITTEN.fullmatch(text)
    if match is None or (bool(match["and"]) and not (match["between"] or "").startswith("mellom")):
        return None
    low = _figure(match["low"])
    if low is None or (match["between"] and not match["high"]):
        return None
    if match["high"] is None:
        return (-low if match["sign"] else low) * _times(match["low_times"])
    high = _figure(match["high"])
    if high is None or match["sign"]:
        return None
    low *= _times(match["low_times"] or match["high_times"])
    high *= _times(match["high_times"])
    if not low < high or (low > 0 and high > _FURTHEST * low):
        return None
    return (low + high) / 2


def _figure(written: str) -> float | None:
    if written in _WORDS:
        return float(_WORDS[written])
    if _EITHER.fullmatch(written):
        return None
    plain = written.replace(" ", "")
    if plain.count(".") > 1 or ("." in plain and "," in plain):
        plain = plain.replace(".", "")
    return float(plain.replace(",", "."))


def _times(written: str | None) -> float:
    return _TIMES[written.rstrip(".")] if written else 1.0
