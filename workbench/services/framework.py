"""The framework matrix: what each case says about each code, summarised in the researcher's words.

After Ritchie & Spencer (1994) and Gale et al. (2013, BMC Med Res Methodol 13:117): rows are cases, columns are codes, a cell
is a short written summary with references to the quotations it rests on; never a count and never the quotes themselves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext as _

from workbench.core.entities import Case, CodeEntry, Source, SummaryCell
from workbench.errors import Refusal
from workbench.services.cases import list_cases
from workbench.services.codebook import descendants, list_codes
from workbench.services.retrieval import Excerpt, Filter, find_excerpts
from workbench.store.project import Project
from workbench.store.queries import codings as coding_queries
from workbench.store.queries import corpus as corpus_queries
from workbench.store.queries import writing as queries

STATUSES = ("draft", "done")
_LINK = re.compile(r"\[\[([^\[\]\s]+)\]\]")
"""A quote id in a summary: [[I03-042]]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell as the matrix shows it."""

    summary: SummaryCell | None
    """None where nothing is written."""
    excerpts: int
    """How many codings lie behind it."""
    newer: int
    """How many of them were made, or given the code, after the summary was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """Cases by codes for one wave (or for all waves together, when it is empty)."""

    wave: str
    cases: tuple[Case, ...]
    codes: tuple[CodeEntry, ...]
    cells: tuple[tuple[Cell, ...], ...]
    """`cells[case][code]`."""


def framework(project: Project, *, wave: str = "", under: str = "") -> Framework:
    """The matrix of cases that are not withdrawn and the top-level codes, or those right `under` a code (an id)."""
    entries = list_codes(project, retired=False)
    codes = tuple(entry for entry in entries if entry.parent == under)
    cases = tuple(case for case in list_cases(project) if not case.withdrawn)
    written = {(cell.case, cell.code): cell for cell in queries.cells(project.connection) if cell.wave == wave}
    column = {code: entry.id for entry in codes for code in descendants(entries, entry.id)}
    sources = {source.id: source.cases for source in _sources(project, wave)}
    decided: dict[tuple[str, str], list[str]] = {}
    named = {case.name: case.id for case in cases}
    for coding in coding_queries.codings(project.connection, codes=list(column)):
        if coding.source in sources and coding.end > coding.start:
            for case in sources[coding.source]:
                if case in named:
                    decided.setdefault((named[case], column[coding.code]), []).append(coding.decided)
    return Framework(
        wave=wave,
        cases=cases,
        codes=codes,
        cells=tuple(
            tuple(_cell(written.get((case.id, code.id)), decided.get((case.id, code.id), ())) for code in codes)
            for case in cases
        ),
    )


def evidence(project: Project, case: Case, code: CodeEntry, wave: str = "") -> list[Excerpt]:
    """The excerpts a cell is written from."""
    return find_excerpts(project, Filter(case=case.name, own_case=True, code=code.slug, wave=wave, standing=True))


def write_cell(
    project: Project, case: Case, code: CodeEntry, text: str, *, wave: str = "", status: str = "draft"
) -> SummaryCell | None:
    """Write a cell; the quotations it rests on are those whose ids stand in it as [[I03-042]]. Empty text clears it.

    Raises:
        Refusal: for a status there is not, or a quote id that no coding has.
    """
    if status not in STATUSES:
        raise Refusal(
            _("«{status}» er ingen status. Velg en av: {known}.").format(status=status, known=", ".join(STATUSES))
        )
    text = text.strip()
    rests_on = _linked(project, text)
    before = cell_of(project, case, code, wave)
    if before is not None and (before.text, before.status, before.codings) == (text, status, rests_on):
        return before
    if before is None and not text:
        return None
    payload = {"case": case.id, "code": code.id, "wave": wave, "status": status, "codings": list(rests_on)}
    with project.write() as act:
        act.record("cell.set", {**payload, "text": act.text(text) if text else ""})
    return cell_of(project, case, code, wave)


def cell_of(project: Project, case: Case, code: CodeEntry, wave: str = "") -> SummaryCell | None:
    """What is written in a cell, or None."""
    for cell in queries.cells(project.connection):
        if (cell.case, cell.code, cell.wave) == (case.id, code.id, wave):
            return cell
    return None


def _cell(summary: SummaryCell | None, decided: Sequence[str]) -> Cell:
    newer = sum(when > summary.updated for when in decided) if summary is not None else 0
    return Cell(summary=summary, excerpts=len(decided), newer=newer)


def _linked(project: Project, text: str) -> tuple[str, ...]:
    """Ids of the codings whose quote ids stand in a text."""
    found: list[str] = []
    for quote in dict.fromkeys(_LINK.findall(text)):
        ids = coding_queries.by_quote(project.connection, quote)
        if not ids:
            raise Refusal(_("Ingen koding har sitat-id-en {quote}.").format(quote=quote))
        found += ids
    return tuple(found)


def _sources(project: Project, wave: str) -> list[Source]:
    return [source for source in corpus_queries.sources(project.connection) if not wave or source.wave == wave]
