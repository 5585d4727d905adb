"""A list of codes as plain text: one a line, further in under the code above, what is said of it after a tab."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path

from exports.interchange.codelists.listing import described_line, indent_of, plain
from exports.interchange.codelists.model import Line, ReadCodes
from exports.interchange.codelists.numbering import in_place
from exports.interchange.errors import UnreadableProject
from exports.interchange.model import CodeItem

_LONGEST = 120
"""Letters of a name; above it a line is a sentence of some text."""
_MOST_LONG = 0.1
_BULLETS = ("- ", "* ", "• ", "– ")


def read(path: Path, text: str) -> ReadCodes:
    """The codes of the text.

    Raises:
        UnreadableProject: if it has no lines, or so many long ones that it is running text.
    """
    lines = [line for number, row in enumerate(text.split("\n"), 1) if (line := _line(number, row)) is not None]
    names = [plain(line.code.name) for line in lines]
    if not names:
        raise UnreadableProject(path, _("Filen er tom. Skriv én kode på hver linje."))
    if sum(len(name) > _LONGEST for name in names) > _MOST_LONG * len(names):
        reason = _(
            "Filen ser ut som løpende tekst og ikke som en kodeliste: den har linjer på over {n} tegn. Skriv én kode på "
            "hver linje, og det som skal stå om koden, etter en tabulator."
        )
        raise UnreadableProject(path, reason.format(n=_LONGEST))
    return in_place(lines, names)


def _line(number: int, row: str) -> Line | None:
    if not row.strip():
        return None
    indent = indent_of(row)
    name, _tab, memo = row.strip().partition("\t")
    bullet = next((each for each in _BULLETS if name.startswith(each)), "")
    code = CodeItem(guid="", name=name.removeprefix(bullet), definition=memo.strip())
    return None if not plain(code.name) else Line(number=number, code=described_line(code), indent=indent)
