"""Short names of codes, and how what a person types finds one.

A slug is what the command line and exports use: lower-case ASCII letters, digits and hyphens. Look-up is
kinder than that: *okonomi*, *oekonomi* and *økonomi* all meet.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from typing import Literal

from codebooks.errors import CodebookError
from codebooks.model import Code, Codebook

MAX_LENGTH = 64

Candidate = tuple[str, str]
"""(slug, name) of a code that may be meant."""

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Letters that do not fall apart into a base letter and an accent; the last three are North Sámi.
_LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "ß": "ss", "ð": "d", "þ": "th", "œ": "oe", "ł": "l"}
    | {"đ": "d", "ŋ": "n", "ŧ": "t", "\u00ad": ""}
)
_NEAREST = 3
_NEAR_ENOUGH = 60.0
_FUZZY_ENOUGH = 72.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What a typed text was found to mean.

    `slug` is set for exact and prefix. `among` holds the slugs that an ambiguous text could mean, `nearest`
    those that resemble a text that means none, best first.
    """

    kind: Literal["exact", "prefix", "ambiguous", "none"]
    slug: str | None = None
    among: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()


def is_slug(text: str) -> bool:
    """Whether the text can be a slug: small ASCII letters and digits, single hyphens between, at most 64."""
    return len(text) <= MAX_LENGTH and _SLUG.fullmatch(text) is not None


def slugify(name: str) -> str:
    """A slug from a name: *Økonomi* gives `okonomi`; a name without Latin letters and digits gives `kode`."""
    slug = "-".join(re.findall(r"[a-z0-9]+", _ascii(name)))
    if len(slug) > MAX_LENGTH:
        cut = slug[: MAX_LENGTH + 1].rsplit("-", 1)[0]
        slug = cut if len(cut) <= MAX_LENGTH else slug[:MAX_LENGTH]
    return slug or "kode"


def unique_slug(name: str, taken: Collection[str]) -> str:
    """A slug from a name that nobody has: the plain one, else with -2, -3 and so on."""
    base = slugify(name)
    slug, number = base, 1
    while slug in taken:
        number += 1
        ending = f"-{number}"
        slug = base[: MAX_LENGTH - len(ending)].rstrip("-") + ending
    return slug


def fold(text: str) -> str:
    """The text as look-up sees it: small ASCII words with one space between, *oe* as *o* and *aa* as *a*."""
    words = re.findall(r"[^\W_]+", _ascii(text))
    return " ".join(re.sub("aa+", "a", re.sub("oe+", "o", word)) for word in words)


def match(typed: str, candidates: Sequence[Candidate]) -> Match:
    """What the typed text means: a slug, a name, either of them folded, or a beginning only one code has."""
    wanted = typed.strip()
    folded = fold(wanted)
    if not folded:
        return Match(kind="none")
    lower = wanted.casefold()
    tests = (
        [slug for slug, _name in candidates if slug == wanted],
        [slug for slug, name in candidates if name == wanted],
        [slug for slug, name in candidates if lower in (slug.casefold(), name.casefold())],
        [slug for slug, _name in candidates if fold(slug) == folded],
        [slug for slug, name in candidates if fold(name) == folded],
    )
    for found in tests:
        if found:
            return _match("exact", found)
    starts = [s for s, n in candidates if fold(s).startswith(folded) or fold(n).startswith(folded)]
    if starts:
        return _match("prefix", starts)
    return Match(kind="none", nearest=_nearest(folded, candidates))


def ranked(typed: str, candidates: Sequence[Candidate]) -> tuple[str, ...]:
    """Slugs for a list that narrows while a person types: beginnings, word beginnings, parts, lookalikes.

    Codes that are equally good keep the order they came in. Nothing typed gives them all.
    """
    folded = fold(typed)
    if not folded:
        return tuple(slug for slug, _name in candidates)
    scored = [
        (rank, index)
        for index, (slug, name) in enumerate(candidates)
        if (rank := _rank(folded, slug, name)) is not None
    ]
    return tuple(candidates[index][0] for _score, index in sorted(scored))


def find_code(codebook: Codebook, typed: str) -> Code:
    """The code that a person means.

    Raises:
        CodebookError: None is meant, or several could be; the message names the nearest.
    """
    found = match(typed, [(code.slug, code.name) for code in codebook])
    code = codebook.get(found.slug) if found.slug is not None else None
    if code is None:
        raise CodebookError(explain(found, typed))
    return code


def explain(found: Match, typed: str) -> str:
    """Why a typed text was not taken as a code, in words for the person who typed it."""
    if found.kind == "ambiguous":
        return _("«{typed}» kan være flere koder: {slugs}. Skriv mer av navnet.").format(
            typed=typed, slugs=", ".join(found.among)
        )
    nearest = found.nearest if found.slug is None else (found.slug,)
    if nearest:
        return _("Koden «{typed}» finnes ikke. Nærmest er: {slugs}.").format(typed=typed, slugs=", ".join(nearest))
    return _("Koden «{typed}» finnes ikke, og ingen kode ligner.").format(typed=typed)


def _ascii(text: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return bare.lower().translate(_LETTERS)


def _match(kind: Literal["exact", "prefix"], found: Sequence[str]) -> Match:
    slugs = tuple(dict.fromkeys(found))
    return Match(kind=kind, slug=slugs[0]) if len(slugs) == 1 else Match(kind="ambiguous", among=slugs)


def _likeness(folded: str, slug: str, name: str) -> float:
    """Between 0 and 100: how well the typed text resembles the slug, the name or a word of either."""
    from rapidfuzz import fuzz  # only a name that means nothing needs likeness

    texts = {fold(slug), fold(name)}
    texts |= {word for text in texts for word in text.split()}
    return max(fuzz.ratio(folded, text) for text in texts)


def _nearest(folded: str, candidates: Sequence[Candidate]) -> tuple[str, ...]:
    scored = [(-_likeness(folded, slug, name), index) for index, (slug, name) in enumerate(candidates)]
    best = [index for score, index in sorted(scored) if -score >= _NEAR_ENOUGH]
    return tuple(candidates[index][0] for index in best[:_NEAREST])


def _rank(folded: str, slug: str, name: str) -> tuple[int, float] | None:
    """Lower is better; None means that it does not resemble what was typed."""
    texts = (fold(slug), fold(name))
    words = [word for text in texts for word in text.split()]
    if folded in texts:
        return 0, 0.0
    if any(text.startswith(folded) for text in texts):
        return 1, 0.0
    if all(any(word.startswith(part) for word in words) for part in folded.split()):
        return 2, 0.0
    if any(folded in text for text in texts):
        return 3, 0.0
    likeness = _likeness(folded, slug, name)
    return (4, -likeness) if likeness >= _FUZZY_ENOUGH else None
