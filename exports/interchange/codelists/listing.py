"""From a table's rows to what each of them says of a code."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from gettext import gettext as _
from gettext import ngettext

from codebooks.slugs import is_slug
from exports.interchange.codelists.cells import examples_in, path_as_text
from exports.interchange.codelists.headings import continues, folded, roles_of
from exports.interchange.codelists.levels import STEP, step_path, with_steps
from exports.interchange.codelists.model import Line, Listing
from exports.interchange.descriptions import RETIRED, described
from exports.interchange.model import CodeItem, Loss

Rows = Sequence[Sequence[str]]

_SEARCHED = 20
"""Rows at the top among which the headings are sought: some tools put the project's name above them."""
_NOT = frozenset("nei no false falsk nein ikke 0".split())
_OUT = frozenset({RETIRED, "ute av bruk", "retired", "inactive", "inaktiv", "out of use", "utgått"})
_COLOUR = re.compile(r"#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_TEXTS = ("brief", "when", "when_not", "name_en")


def listing_of(name: str, rows: Rows, indents: Sequence[int] = ()) -> Listing | None:
    """The table as a list of codes, or None when it has no column of code names.

    Args:
        name: of the sheet or the file.
        rows: the cells, the row with the headings among the first ones; all equally long.
        indents: how far in the first cell of each row stands, besides its own blanks; as long as `rows`, or empty.
    """
    top = heading_row(rows)
    if top is None:
        return None
    titles, body = _rejoined(rows[top], rows[top + 1 :])
    headings = [folded(title) for title in titles]
    roles = roles_of(headings)
    roles, carried = with_steps(headings, roles, body)
    lines, odd_colours = [], 0
    last: tuple[str, ...] = ()
    for index, row in enumerate(body, top + 1):
        if not any(cell.strip() for cell in row) or [folded(cell) for cell in row] == headings:
            continue
        line = _line(index + 1, row, roles, indents[index] if indents else 0)
        if STEP in roles:
            steps = step_path([plain(cell) for cell in _cells(row, roles, STEP)], last, carried=carried)
            last = steps or last
            line = replace(line, path=path_as_text(steps), code=replace(line.code, name=steps[-1] if steps else ""))
        lines.append(line)
        colour = _cell(row, roles, "colour").strip()
        odd_colours += bool(colour) and not _colour(colour)
    return Listing(
        name=name,
        headings=frozenset(filter(None, headings)),
        roles=frozenset(filter(None, roles)),
        lines=tuple(lines),
        stands=" | ".join(filter(None, map(plain, titles))),
        losses=(*_unknown_columns(titles, body, roles), *_odd_colours(odd_colours)),
    )


def heading_row(rows: Rows) -> int | None:
    """The row that has a heading for names and the most other headings that are known, from 0; None without one."""
    best, most = None, 0
    for index, row in enumerate(rows[:_SEARCHED]):
        roles = roles_of([folded(cell) for cell in row])
        known = sum(1 for role in roles if role)
        filled = sum(1 for cell in row if cell.strip())
        named = "name" in roles or STEP in roles or ("path" in roles and known > 1)
        if named and known * 2 >= filled and known > most:
            best, most = index, known
    return best


def holds_segments(rows: Rows) -> bool:
    """Whether the table is coded passages, one a row, which has a column of codes too; where they are counted, it is none."""
    top = heading_row(rows)
    if top is None:
        return False
    roles = roles_of([folded(cell) for cell in rows[top]])
    said = [cell for row in rows[top + 1 :] for cell in _cells(row, roles, "segment") if cell.strip()]
    return "segment" in roles and not (said and all(cell.strip().isdecimal() for cell in said))


def indent_of(text: str) -> int:
    """How far in a text begins: its blanks, a tab counting as two."""
    blanks = text[: len(text) - len(text.lstrip(" \t\u00a0"))]
    return len(blanks) + blanks.count("\t")


def plain(name: str) -> str:
    """A name on one line, without blanks around it or two together."""
    return " ".join(name.split())


def _rejoined(titles: Sequence[str], body: Rows) -> tuple[list[str], list[list[str]]]:
    """The table with every column that only carries a long text on put back on the end of the one it carries on."""
    kept: list[int] = []
    ends: dict[int, list[int]] = {}
    first: dict[str, int] = {}
    for index, title in enumerate(titles):
        carried = continues(folded(title))
        start = first.get(carried) if carried else None
        if start is None:
            kept.append(index)
            first.setdefault(folded(title), index)
        else:
            ends.setdefault(start, []).append(index)
    whole = [[row[each] + "".join(row[end] for end in ends.get(each, ())) for each in kept] for row in body]
    return [titles[each] for each in kept], whole


def _line(number: int, row: Sequence[str], roles: Sequence[str], indent: int) -> Line:
    name = _cell(row, roles, "name")
    code = CodeItem(
        guid=_cell(row, roles, "guid").strip(),
        name=name,
        slug=_slug(_cell(row, roles, "id").strip()),
        colour=_colour(_cell(row, roles, "colour").strip()),
        codable=folded(_cell(row, roles, "codable")) not in _NOT,
        retired=folded(_cell(row, roles, "status")) in _OUT,
        definition="\n\n".join(filter(None, _cells(row, roles, "definition"))),
        examples=tuple(each for text in _cells(row, roles, "examples") for each in examples_in(text)),
        brief=_cell(row, roles, "brief"),
        when=_cell(row, roles, "when"),
        when_not=_cell(row, roles, "when_not"),
        name_en=_cell(row, roles, "name_en"),
    )
    level = _cell(row, roles, "level").strip()
    return Line(
        number=number,
        code=code,
        indent=indent + (int(level) if level.isascii() and level.isdigit() and len(level) < 4 else indent_of(name)),
        parent=_cell(row, roles, "parent"),
        path=_cell(row, roles, "path"),
        ordinal=_cell(row, roles, "id"),
        groups=tuple(cell for cell in _cells(row, roles, "groups") if cell.strip()),
        stands=" | ".join(filter(None, map(plain, row))),
    )


def described_line(code: CodeItem) -> CodeItem:
    """The code with its description taken apart, where a list has one column for all that is said of it."""
    if code.slug or code.retired or code.examples or any(getattr(code, field) for field in _TEXTS):
        return code
    return described(code, code.definition)


def _cell(row: Sequence[str], roles: Sequence[str], wanted: str) -> str:
    return next((cell for cell, role in zip(row, roles, strict=True) if role == wanted), "")


def _cells(row: Sequence[str], roles: Sequence[str], wanted: str) -> list[str]:
    return [cell for cell, role in zip(row, roles, strict=True) if role == wanted]


def _slug(text: str) -> str:
    """The text when it can be a slug; a bare number is a row's number, which the next list gives to another code."""
    return text if is_slug(text) and not text.replace("-", "").isdigit() else ""


def _colour(text: str) -> str:
    found = _COLOUR.fullmatch(text)
    if found is None:
        return ""
    digits = found[1].lower()
    return f"#{digits}" if len(digits) == 6 else "#" + "".join(digit * 2 for digit in digits)


def _unknown_columns(titles: Sequence[str], body: Rows, roles: Sequence[str]) -> list[Loss]:
    losses = []
    column, unnamed = _("Kolonne"), _("kolonne {n}")
    why = _("Kolonnen er ikke kjent som del av en kodeliste.")
    for index, (title, role) in enumerate(zip(titles, roles, strict=True)):
        filled = sum(1 for row in body if row[index].strip())
        if not role and filled:
            name = plain(title) or unnamed.format(n=index + 1)
            losses.append(Loss(what=column, name=name, why=why, count=filled))
    return losses


def _odd_colours(count: int) -> list[Loss]:
    if not count:
        return []
    why = ngettext(
        "{n} farge er ikke skrevet som #rrggbb, og er ikke med.",
        "{n} farger er ikke skrevet som #rrggbb, og er ikke med.",
        count,
    )
    return [Loss(what=_("Farger"), name="", why=why.format(n=count), count=count)]
