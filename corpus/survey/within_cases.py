"""Whether a column says something of the cases: those who answer for the same case then say the same."""

from __future__ import annotations

from collections.abc import Sequence

_TOLERATED = 0.1
"""The share of the cases in which somebody may have written it in another way, or two have answered who should be one."""


def varies_within(cases: Sequence[str], values: Sequence[str]) -> bool:
    """Whether respondents of one case have unlike values, in more of the cases than slips of the pen explain.

    Args:
        cases: each row's case; empty for none.
        values: each row's value; empty for none.
    """
    said: dict[str, list[str]] = {}
    for case, value in zip(cases, values, strict=True):
        if case and value:
            said.setdefault(case.casefold(), []).append(" ".join(value.casefold().split()))
    unlike = sum(len(set(each)) > 1 for each in said.values())
    return unlike > _TOLERATED * len(said)
