"""The framework matrix: what each case says about each code, summarised in the researcher's words.

After Ritchie & Spencer (1994) and Gale et al. (2013, BMC Med Res Methodol 13:117): rows are cases, columns are codes, a cell
is a short written summary with references to the quotations it rests on; never a count and never the quotes themselves.
"""

from __future__ import annotations

import re
from collections import Counter
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
from workbench.store.queries.codes import aliases

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
    """The matrix of cases that are not withdrawn and the top-level codes, or those right `under` a code (an id).

    A retired code keeps its column as long as something is written in it.
    """
    entries = list_codes(project)
    written = {(cell.case, cell.code): cell for cell in queries.cells(project.connection) if cell.wave == wave}
    summarised = {code for _case, code in written}
    codes = tuple(
        entry for entry in entries if entry.parent == under and (entry.status == "active" or entry.id in summarised)
    )
    cases = tuple(case for case in list_cases(project) if not case.withdrawn)
    column = {code: entry.id for entry in codes for code in descendants(entries, entry.id)}
    named = {case.name: case.id for case in cases}
    rows = {source.id: [named[case] for case in source.cases if case in named] for source in _sources(project, wave)}
    counted, newer = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for coding in coding_queries.standing(project.connection, column):
        for case in rows.get(coding.source, ()):
            place = case, column[coding.code]
            counted[place] += 1
            if place in written and coding.when > written[place].updated:
                newer[place] += 1
    return Framework(
        wave=wave,
        cases=cases,
        codes=codes,
        cells=tuple(
            tuple(
                Cell(summary=written.get(place), excerpts=counted[place], newer=newer[place])
                for place in ((case.id, code.id) for code in codes)
            )
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
        Refusal: for a status there is not, or a quote id that no coding has and that did not stand there before.
    """
    if status not in STATUSES:
        raise Refusal(
            _("«{status}» er ingen status. Velg en av: {known}.").format(status=status, known=", ".join(STATUSES))
        )
    text = text.strip()
    before = cell_of(project, case, code, wave)
    rests_on = _linked(project, text, known=before.text if before else "")
    if before is not None and (before.text, before.status, before.codings) == (text, status, rests_on):
        return before
    if before is None and not text:
        return None
    payload = {"case": case.id, "code": code.id, "wave": wave, "status": status, "codings": list(rests_on)}
    with project.write() as act:
        for row in act.state.rows("summary_cell", case_unit=case.id, wave=wave):
            # What was written on a code since merged into this one has been read together with it, and is in the text now.
            if aliases(act.connection).get(row["code"]) == code.id:
                act.record("cell.set", {**payload, "code": row["code"], "text": ""})
        act.record("cell.set", {**payload, "text": act.text(text) if text else ""})
    return cell_of(project, case, code, wave)


def cell_of(project: Project, case: Case, code: CodeEntry, wave: str = "") -> SummaryCell | None:
    """What is written in a cell, or None."""
    for cell in queries.cells(project.connection):
        if (cell.case, cell.code, cell.wave) == (case.id, code.id, wave):
            return cell
    return None


def _linked(project: Project, text: str, *, known: str) -> tuple[str, ...]:
    """Ids of the codings whose quote ids stand in a text; an id that stood in `known` may have lost its codings since."""
    found: list[str] = []
    for quote in dict.fromkeys(_LINK.findall(text)):
        ids = coding_queries.by_quote(project.connection, quote)
        if not ids and f"[[{quote}]]" not in known:
            raise Refusal(_("Ingen koding har sitat-id-en {quote}.").format(quote=quote))
        found += ids
    return tuple(found)


def _sources(project: Project, wave: str) -> list[Source]:
    return [source for source in corpus_queries.sources(project.connection) if not wave or source.wave == wave]
