"""What of a project is not in a file of excerpts, and would be missed by who believes that the file is the project.

How the work was done (the journal, signals, reading, files that texts were read from) is nothing that readers of excerpts look
for, and a line that stands under every file is not read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from gettext import gettext as _
from typing import Literal

from exports.interchange.model import Loss
from workbench.core.entities import CodeEntry
from workbench.services.codebook import list_codes, list_themes
from workbench.services.memos import shared_memos
from workbench.store.project import Project
from workbench.store.queries import corpus as queries
from workbench.store.queries import interchange
from workbench.store.state import Row, State

Has = Literal["definitions", "codebook", "memos"]
"""Beside the excerpts: what their codes mean, all codes in use with all that is said of them, memos on the codings."""
HAS: Mapping[str, Collection[Has]] = {
    "csv": {"memos"},
    "xlsx": {"codebook", "memos"},
    "json": {"codebook", "memos"},
    "html": {"codebook", "memos"},
    "md": {"definitions"},
}


def left_out(project: Project, format_name: str, codings: Collection[str]) -> tuple[Loss, ...]:
    """One entry for each kind of thing that the project has and a file of excerpts has not, with how many there are.

    Args:
        project: where the excerpts are from.
        format_name: one of `exporting.FORMATS`.
        codings: ids of those that are in the file.
    """
    has = HAS[format_name]
    why = _("Filen har kodede utdrag. Hele prosjektet går ut som qdpx, eller som en kopi av prosjektfilen.")
    rows = _rows(project, "coding")
    here = [row for row in rows if row["id"] in codings]
    sources = {row["source"] for row in here}
    found = (*_of_coding(project, has, rows, here), *_of_material(project, sources))
    return tuple(Loss(what=_("Annet i prosjektet"), name=name, why=why, count=count) for name, count in found if count)


def _of_coding(
    project: Project, has: Collection[Has], codings: Sequence[Row], here: Sequence[Row]
) -> Iterable[tuple[str, int]]:
    used, told_of = {row["code"] for row in here}, {row["id"] for row in here}
    entries, themes = list_codes(project), list_themes(project)
    rest = [each for each in shared_memos(project) if not ("memos" in has and each.target in told_of)]
    return (
        (_("andre kodinger"), len(codings) - len(here)),
        (_("gjengivelser av sitater"), sum(bool(row["shown"]) for row in codings)),
        (_("koder"), sum(not _is_told(each, used, has) for each in entries)),
        (_("definisjoner av koder"), 0 if "codebook" in has else sum(_has_more(each, has) for each in entries)),
        (_("beskrivelser av temaer"), sum(bool(each.essence) for each in themes)),
        (_("temaer uten utdrag her"), sum(not used & set(each.codes) for each in themes)),
        (_("memoer"), len(rest)),
        (_("private memoer"), interchange.private_memos(project.connection, but="")),
        (_("merknader"), len(_rows(project, "margin_note"))),
        (_("celler i rammematrisen"), len(_rows(project, "summary_cell"))),
        (_("koblinger"), len(_rows(project, "entity_link"))),
    )


def _of_material(project: Project, used: Collection[str]) -> Iterable[tuple[str, int]]:
    sources = queries.sources(project.connection)
    cases = {name for each in sources if each.id in used for name in each.cases}
    known = queries.cases(project.connection)
    return (
        (_("kilder uten utdrag her"), sum(each.id not in used for each in sources)),
        (_("opplysninger om kilder"), sum(any(row[field] for field in _OF_SOURCE) for row in _rows(project, "source"))),
        (_("caser uten utdrag her"), sum(each.name not in cases for each in known)),
        (_("opplysninger om caser"), sum(len(each.attributes) + bool(each.type) for each in known)),
        (_("at en case har trukket seg"), sum(each.withdrawn for each in known)),
        (_("undersøkelser"), len(_rows(project, "survey"))),
    )


_OF_SOURCE = ("date", "mode", "folder", "title", "publisher")


def _is_told(entry: CodeEntry, used: Collection[str], has: Collection[Has]) -> bool:
    """Whether the code is in the file: by an excerpt, or in the codebook, which has only those in use."""
    return entry.id in used or ("codebook" in has and entry.status == "active")


def _has_more(entry: CodeEntry, has: Collection[Has]) -> bool:
    """Whether something is said of the code that the file has not."""
    rest = bool(entry.when or entry.when_not or entry.examples or entry.name_en)
    return rest if "definitions" in has else rest or bool(entry.brief or entry.definition)


def _rows(project: Project, table: str) -> list[Row]:
    return State(project.connection, "", "", "").rows(table)
