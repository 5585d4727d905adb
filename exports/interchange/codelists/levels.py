"""Lists with a column for each level: the main code alone in its row or beside every sub-code, its cell filled or empty."""

from __future__ import annotations

from collections.abc import Sequence

from exports.interchange.codelists.headings import is_main

STEP = "step"
"""The role of a column that is one level."""

Path = tuple[str, ...]


def with_steps(
    headings: Sequence[str], roles: Sequence[str], rows: Sequence[Sequence[str]]
) -> tuple[tuple[str, ...], bool]:
    """The roles, with a category and a code made levels where a category has rows of its own; and whether empty is above's.

    Where a list says the category in every row, an empty cell says that there is none; else it says that it is the same.
    """
    if STEP in roles:
        return tuple(roles), True
    if "name" not in roles or {"path", "guid"} & set(roles):
        return tuple(roles), False
    below = roles.index("name")
    left = [index for index in range(below) if roles[index] in ("parent", "") and is_main(headings[index])]
    above = left[-1] if left else below
    if not any(row[above].strip() and not row[below].strip() for row in rows):
        return tuple(roles), False
    found = tuple(STEP if index in (above, below) else role for index, role in enumerate(roles))
    return found, not any(row[above].strip() and row[below].strip() for row in rows)


def step_path(cells: Sequence[str], last: Path, *, carried: bool) -> Path:
    """The path that a row's cells say, those left empty before the first or between two filled in from the row above.

    Args:
        cells: one a level, on one line each.
        last: path of the row above.
        carried: whether an empty first cell means the same as above.
    """
    filled = [index for index, cell in enumerate(cells) if cell]
    if not filled:
        return ()
    path: list[str] = []
    follows = carried
    for index, cell in enumerate(cells[: filled[-1] + 1]):
        above = last[index] if index < len(last) else ""
        if cell:
            follows = follows and cell == above
            path.append(cell)
        elif follows and above:
            path.append(above)
    return tuple(path)
