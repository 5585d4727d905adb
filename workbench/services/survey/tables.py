"""A survey's table before anything is taken in: what its columns seem to be, and the mapping that says what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from gettext import gettext as _
from pathlib import Path

from corpus.errors import UnreadableSource
from corpus.grids import Grid, read_grids
from corpus.survey.answers import read_survey
from corpus.survey.codebook_sheets import with_wordings
from corpus.survey.columns import ColumnGuess, guess_columns
from corpus.survey.mapping import SurveyMapping, check_mapping, chosen_sheet, mapping_to_yaml, proposed_mapping
from corpus.survey.mapping_file import mapping_from_yaml
from corpus.survey.model import Survey
from corpus.survey.value_labels import with_labels
from workbench.errors import Refusal

_MOST_BYTES = 50_000_000
_MOST_OF_A_MAPPING = 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table of a file, and what its columns seem to be."""

    path: Path
    grid: Grid
    guesses: tuple[ColumnGuess, ...]

    @property
    def respondents(self) -> int:
        """Rows below the headings, empty ones too."""
        return len(self.grid.rows) - self.proposed().header_rows

    def proposed(self, title: str = "") -> SurveyMapping:
        """A mapping made of the guesses; called after the file unless it is given a title."""
        return proposed_mapping(self.grid, self.guesses, title=title or self.path.stem)

    def guess(self, column: str) -> ColumnGuess:
        """The column of a name, capitals aside.

        Raises:
            Refusal: with the names there are.
        """
        folded = " ".join(column.casefold().split())
        found = next((each for each in self.guesses if each.header.casefold() == folded), None)
        if found is None:
            known = ", ".join(f"«{each.header}»" for each in self.guesses)
            raise Refusal(_("Tabellen har ikke kolonnen «{column}», men {known}.").format(column=column, known=known))
        return found


def look(path: Path) -> tuple[Sheet, ...]:
    """The tables of a file, one for each sheet that has something in it; nothing is stored.

    Raises:
        Refusal: naming the file, the cause and the next step.
    """
    with _refusals():
        grids = with_labels(with_wordings(read_grids(path, _bytes(path, _MOST_BYTES))))
        return tuple(Sheet(path=path, grid=grid, guesses=guess_columns(grid)) for grid in grids)


def order_of(path: Path) -> tuple[str, tuple[str | int, ...]]:
    """Sorts tables so that the older of two downloads comes first: «Svar» before «Svar uke 2», and that before «Svar uke 10»."""
    parts = re.split(r"(\d+)", path.stem.casefold())
    return str(path.parent), tuple(int(part) if number % 2 else part for number, part in enumerate(parts))


def sheet_named(sheets: tuple[Sheet, ...], name: str) -> Sheet:
    """The sheet of a name, capitals aside; the first when no name is said.

    Raises:
        Refusal: with the names there are.
    """
    if not name:
        return sheets[0]
    found = next((each for each in sheets if each.grid.name.casefold() == name.casefold()), None)
    if found is None:
        known = ", ".join(f"«{each.grid.name}»" for each in sheets)
        raise Refusal(
            _("«{file}» har ikke arket «{sheet}», men {known}.").format(
                file=sheets[0].path.name, sheet=name, known=known
            )
        )
    return found


def sheet_for(sheets: tuple[Sheet, ...], mapping: SurveyMapping) -> Sheet:
    """The sheet that a mapping is for.

    Raises:
        Refusal: if there are several, and none has the name the mapping says.
    """
    with _refusals():
        chosen = chosen_sheet(sheets[0].path, [each.grid for each in sheets], mapping)
    return next(each for each in sheets if each.grid is chosen)


def answers_of(sheet: Sheet, mapping: SurveyMapping) -> Survey:
    """The answers as the mapping reads the table.

    Raises:
        Refusal: if the mapping does not fit the table, or has no question.
    """
    if not mapping.questions:
        raise Refusal(_("Ingen kolonne er valgt som åpent spørsmål. Velg minst én."))
    if not mapping.title.strip():
        raise Refusal(_("Undersøkelsen må ha en tittel."))
    with _refusals():
        return read_survey(sheet.path, sheet.grid, mapping)


def left_out(sheet: Sheet, mapping: SurveyMapping) -> tuple[ColumnGuess, ...]:
    """The columns that a mapping does not take in, in order, each with why."""
    named = set(mapping.columns())
    chosen = _("Oppsettet tar den ikke inn.")
    return tuple(
        each if each.role == "ignore" else replace(each, reason=chosen)
        for each in sheet.guesses
        if each.header not in named
    )


def load_mapping(path: Path) -> SurveyMapping:
    """A mapping that was saved.

    Raises:
        Refusal: naming the file, the key and what is wrong.
    """
    with _refusals():
        try:
            text = _bytes(path, _MOST_OF_A_MAPPING).decode("utf-8-sig")
        except UnicodeDecodeError:
            raise UnreadableSource(path, _("Filen er ikke UTF-8. Lagre den på nytt som UTF-8.")) from None
        return mapping_from_yaml(path, text)


def mapping_written(name: str, text: str) -> SurveyMapping:
    """A mapping that a project keeps.

    Args:
        name: of the table it was made for, named in the refusal.
        text: the mapping, as YAML.

    Raises:
        Refusal: if it is none.
    """
    with _refusals():
        return mapping_from_yaml(name, text)


def save_mapping(path: Path, sheet: Sheet, mapping: SurveyMapping) -> None:
    """Write a mapping that fits its table, to be used again; a file that is there is replaced.

    Raises:
        Refusal: if it does not fit, or the file cannot be written.
    """
    with _refusals():
        check_mapping(sheet.path, sheet.grid, mapping)
    try:
        path.write_text(mapping_to_yaml(mapping), encoding="utf-8", newline="\n")
    except OSError as error:
        raise Refusal(_("{file} kan ikke skrives: {why}.").format(file=path, why=error.strerror)) from None


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except UnreadableSource as error:
        raise Refusal(str(error)) from None


def _bytes(path: Path, most: int) -> bytes:
    try:
        size = path.stat().st_size
        if size > most:
            reason = _("Filen er på {size} MB; grensen er {limit} MB. Sjekk at det er riktig fil.")
            raise UnreadableSource(path, reason.format(size=size // 1_000_000, limit=most // 1_000_000))
        return path.read_bytes()
    except OSError as error:
        raise UnreadableSource(path, _("kan ikke leses ({why}).").format(why=error.strerror)) from None
