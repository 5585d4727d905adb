"""What stands last in a report: the codebook, and reporting checklists filled in as far as the project knows."""

from __future__ import annotations

from collections.abc import Iterator
from gettext import gettext as _

from codebooks.model import Code, Codebook
from exports.models import Checklist
from exports.quotations import lines, one_line
from exports.word_markup import Cell, Flow, Run

_CODE_SHARES = (21, 40, 39)
_SHARES = (7, 31, 41, 21)


def write_codebook(flow: Flow, codebook: Codebook) -> None:
    """Every code under the one it lies in, with what it means and when it is used, as a table: it is looked up in."""
    flow.chapter(_("Vedlegg: Kodebok"))
    for line in lines(codebook.description):
        flow.paragraph(None, line)
    caption = _("Kodeboken")
    flow.caption(_("Tabell"), caption)
    rows = [[_name(code, depth), _meaning(code), _use(code)] for code, depth in _walk(codebook, None, 0)]
    flow.columns([_("Kode"), _("Betydning"), _("Bruk")], rows, _CODE_SHARES, caption)


def write_checklist(flow: Flow, checklist: Checklist) -> None:
    """The checklist as a table; what nobody has answered is marked, so that it is not mistaken for done."""
    flow.chapter(_("Vedlegg: {checklist}").format(checklist=checklist.name))
    flow.paragraph(
        None,
        _(
            "Tabellen er fylt ut med det prosjektet kan svare på. Punkter merket «{mark}» må forfatteren svare på selv."
        ).format(mark=to_fill_in()),
    )
    caption = _("Sjekkliste: {checklist}").format(checklist=checklist.name)
    flow.caption(_("Tabell"), caption)
    rows: list[list[Cell]] = []
    for each in checklist.items:
        answer: Cell = one_line(each.reported) if each.reported.strip() else Run(text=to_fill_in(), strong=True)
        rows.append([each.number, one_line(each.item), answer, one_line(each.where)])
    flow.columns([_("Nr."), _("Punkt"), _("Rapportert"), _("Hvor")], rows, _SHARES, caption)


def to_fill_in() -> str:
    """The mark of an answer that is missing."""
    return _("fylles ut")


def _walk(codebook: Codebook, parent: str | None, depth: int) -> Iterator[tuple[Code, int]]:
    for code in codebook.children(parent):
        yield code, depth
        yield from _walk(codebook, code.slug, depth + 1)


def _name(code: Code, depth: int) -> Cell:
    name = one_line(code.name)
    shown = name if code.status == "active" else _("{code} (ute av bruk)").format(code=name)
    # A dash for each step down: an indent alone is not read aloud.
    return Run(text="– " * depth + shown, strong=depth == 0)


def _meaning(code: Code) -> Cell:
    said = one_line(code.definition) or one_line(code.brief)
    runs = [Run(text=said)] if said else []
    if code.examples:
        runs += [
            Run(text=(" " if runs else "") + _("Eksempel:"), strong=True),
            Run(text=f" {one_line(code.examples[0])}"),
        ]
    described = runs or code.when.strip() or code.when_not.strip()
    return runs if described else _("Koden har ingen definisjon.")


def _use(code: Code) -> Cell:
    runs: list[Run] = []
    for label, text in ((_("Når:"), code.when), (_("Når ikke:"), code.when_not)):
        if text.strip():
            runs += [Run(text=(" " if runs else "") + label, strong=True), Run(text=f" {one_line(text)}")]
    return runs
