"""What cases are called in a report that promises to name none."""

from __future__ import annotations

from collections.abc import Iterable
from gettext import gettext as _
from string import ascii_uppercase


def masks(cases: Iterable[str]) -> dict[str, str]:
    """Each case's own name -> Case A, Case B and so on, in the order given; numbers when the letters are too few."""
    names = list(dict.fromkeys(cases))
    signs = ascii_uppercase if len(names) <= len(ascii_uppercase) else [str(n) for n in range(1, len(names) + 1)]
    return {name: _("Case {sign}").format(sign=sign) for name, sign in zip(names, signs, strict=False)}


def without_case() -> str:
    """The row of what belongs to no case."""
    return _("Uten case")
