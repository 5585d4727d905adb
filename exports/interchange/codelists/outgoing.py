"""Codes made ready for a shape that knows less than Kodebenk: names it can hold, one description, and what is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from gettext import gettext as _

from corpus.text import normalise
from exports.interchange.codelists.cells import guarded
from exports.interchange.codelists.listing import plain
from exports.interchange.codelists.model import MOST_LEVELS
from exports.interchange.descriptions import compose
from exports.interchange.model import Bundle, CodeItem, Loss
from exports.models import Column, Table
from exports.packaging import printable
from exports.workbook import render_workbook, split_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A code on its way out."""

    code: CodeItem
    path: tuple[str, ...]
    """Names as the shape can hold them, from the top down to the code's own; siblings are never called the same."""
    chain: tuple[CodeItem, ...]
    """The codes that the names are of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What is said of names that had to change, looked up once for all codes."""

    code: str = field(default_factory=lambda: _("Kode"))
    unnamed: str = field(default_factory=lambda: _("uten navn"))
    double: str = field(default_factory=lambda: _("En annen kode heter det samme; koden heter «{name}» i filen."))
    not_held: str = field(default_factory=lambda: _("Formatet kan ikke holde navnet; koden heter «{name}» i filen."))
    too_deep: str = field(
        default_factory=lambda: _("Koden ligger mer enn {n} nivåer ned og er flyttet opp til nivå {n}.")
    )


def outgoing(
    bundle: Bundle, acceptable: Callable[[str], str] = plain, *, everywhere: bool = False
) -> tuple[list[Outgoing], list[Loss]]:
    """The codes depth first with their paths, and what of their names had to change.

    Args:
        bundle: what is to be written.
        acceptable: the name as the shape can hold it, on one line; the same name when nothing is wrong with it.
        everywhere: no two codes may be called the same, wherever they lie; else no two side by side.
    """
    under: dict[str, list[CodeItem]] = {}
    known: set[str] = set()
    for code in bundle.codes:
        under.setdefault(code.parent if code.parent in known else "", []).append(code)
        known.add(code.guid)
    losses: list[Loss] = []
    said = _Said()
    rows: list[Outgoing] = []
    taken: dict[tuple[str, ...], dict[str, int]] = {}
    waiting: list[tuple[CodeItem, Outgoing | None]] = [(code, None) for code in reversed(under.get("", []))]
    while waiting:
        code, above = waiting.pop()
        path, chain = _above(code, above, said, losses)
        name = _held(code, acceptable, said, losses)
        single = _single(name, taken.setdefault(() if everywhere else path, {}))
        if single != name:
            losses.append(Loss(what=said.code, name=code.name, why=said.double.format(name=single), mended=True))
        rows.append(Outgoing(code=code, path=(*path, single), chain=(*chain, code)))
        waiting.extend((child, rows[-1]) for child in reversed(under.pop(code.guid, []) if code.guid else []))
    return rows, losses


def described_rows(rows: Iterable[Outgoing]) -> list[str]:
    """The one description of each code: everything that is said of it, as one text."""
    return [normalise(compose(row.code)) for row in rows]


def not_held(bundle: Bundle, *, colours: bool = False, folders: bool = False, groups: bool = False) -> list[Loss]:
    """What of the codebook the shape has no place for, by name.

    Args:
        bundle: what is to be written.
        colours: the shape holds colours.
        folders: the shape tells folders from codes.
        groups: the shape holds groups of codes.
    """
    losses = []
    coloured = [code.name for code in bundle.codes if code.colour]
    if coloured and not colours:
        losses.append(_of_many(_("Farger"), coloured, _("Formatet har ikke farger.")))
    kept_apart = [code.name for code in bundle.codes if not code.codable]
    if kept_apart and not folders:
        losses.append(_of_many(_("Mapper"), kept_apart, _("Formatet skiller ikke mapper fra koder.")))
    if bundle.description:
        why = _("Formatet har ikke plass til en beskrivelse av hele kodeboken.")
        losses.append(Loss(what=_("Beskrivelse"), name=bundle.title, why=why))
    sets = [each.name for each in bundle.sets if not (groups and each.codes)]
    if sets:
        why = _("Formatet har ingen grupper uten koder.") if groups else _("Formatet har ikke temaer eller grupper.")
        losses.append(_of_many(_("Grupper av koder"), sets, why))
    told = [each.name for each in bundle.sets if groups and each.codes and (each.description or each.status)]
    if told:
        losses.append(_of_many(_("Beskrivelse av grupper"), told, _("Formatet har bare navnet på gruppene.")))
    return losses


def workbook(title: str, columns: Sequence[tuple[str, int]], rows: Sequence[Sequence[str]], bundle: Bundle) -> bytes:
    """The rows as an Excel sheet under the headings given, each with its width; the same bundle gives the same bytes."""
    table = Table(
        name=title,
        columns=tuple(Column(key=heading, title=heading, width=width, wrap=width > 30) for heading, width in columns),
        rows=tuple(tuple(row) for row in rows),
    )
    return render_workbook([table], day_of(bundle), bundle.title or title)


def fitting(rows: Sequence[Outgoing], texts: Sequence[str]) -> tuple[list[str], list[Loss]]:
    """The texts cut to what one Excel cell can hold, with the codes whose text was cut or had characters it cannot hold."""
    fitted, losses = [], []
    what, too_long = (
        _("Beskrivelse av kode"),
        _("Teksten er lengre enn en celle i Excel kan være, og slutten er ikke med."),
    )
    unprintable = _("Tegn som Excel ikke kan lagre, er byttet ut med «\ufffd».")
    for row, text in zip(rows, texts, strict=True):
        pieces = split_text(text)
        if len(pieces) > 1:
            losses.append(Loss(what=what, name=row.code.name, why=too_long))
        if printable(pieces[0]) != pieces[0]:
            losses.append(Loss(what=what, name=row.code.name, why=unprintable))
        fitted.append(pieces[0])
    return fitted, losses


def apostrophes(rows: Iterable[tuple[str, Sequence[str]]]) -> list[Loss]:
    """That codes' cells in a csv file have an apostrophe in front, which the other tool will show.

    Args:
        rows: each code's name, and its cells as they are without apostrophes.
    """
    code, why = _("Kode"), _("Regneark ville lest teksten som en formel, så en apostrof står foran den i filen.")
    return [
        Loss(what=code, name=name, why=why, mended=True)
        for name, cells in rows
        if any(guarded(cell) != cell for cell in cells)
    ]


def day_of(bundle: Bundle) -> date:
    """The day the file is dated: when the project was last changed, as far as the bundle says."""
    for moment in (bundle.modified, bundle.created):
        try:
            return date.fromisoformat(moment[:10])
        except ValueError:
            continue
    return date(2000, 1, 1)


def _above(
    code: CodeItem, above: Outgoing | None, said: _Said, losses: list[Loss]
) -> tuple[tuple[str, ...], tuple[CodeItem, ...]]:
    if above is None:
        return (), ()
    if len(above.path) < MOST_LEVELS:
        return above.path, above.chain
    losses.append(Loss(what=said.code, name=code.name, why=said.too_deep.format(n=MOST_LEVELS), mended=True))
    return above.path[: MOST_LEVELS - 1], above.chain[: MOST_LEVELS - 1]


def _held(code: CodeItem, acceptable: Callable[[str], str], said: _Said, losses: list[Loss]) -> str:
    name = acceptable(plain(normalise(printable(code.name)))) or said.unnamed
    if name != normalise(code.name):
        losses.append(Loss(what=said.code, name=code.name, why=said.not_held.format(name=name), mended=True))
    return name


def _single(name: str, taken: dict[str, int]) -> str:
    """The name, with the next free number where it is taken; `taken` has how far each name has been counted."""
    single = name
    while single in taken:
        taken[name] += 1
        single = f"{name} ({taken[name]})"
    taken[single] = 1
    return single


def _of_many(what: str, names: Sequence[str], why: str) -> Loss:
    return Loss(what=what, name=", ".join(names), why=why, count=len(names))
