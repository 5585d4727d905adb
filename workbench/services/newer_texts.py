"""Whether a file that is about to become a source is rather a newer version of one that is here."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _
from pathlib import Path

from corpus.resemblance import resemblance
from corpus.text import digest
from workbench.core.entities import Source
from workbench.store.project import Project
from workbench.store.queries import corpus as queries
from workbench.store.queries import interchange

NEARLY_THE_SAME = 0.7
"""Interviews with one guide have the questions in common, but not so much."""
_NAMED_ALIKE = 60
_LOOKED_INTO = 8
"""Sources that a file's text is held against, so that a folder is read as fast in a large project."""


def may_be_newer(project: Project, path: Path, text: str) -> str:
    """What to tell the researcher, with the next step; empty where nothing suggests it, or the very text is here already.

    A file of the same name suggests it, and so does one whose name is like a source's and that says nearly the same.
    """
    if interchange.source_with_text(project.connection, digest(text)):
        return ""
    known = queries.sources(project.connection)
    namesake = next((each for each in reversed(known) if each.file_name.casefold() == path.name.casefold()), None)
    twin = None if namesake else _saying_the_same(project, path.stem, text, known)
    if namesake:
        told = _("«{source}» kom fra en fil med samme navn.").format(source=namesake.name)
    elif twin:
        told = _("Det meste av teksten står ordrett i «{source}».").format(source=twin.name)
    else:
        return ""
    advice = _(
        "Er dette en nyere utgave av den teksten, så ta den inn som ny utgave (n på importskjermen, eller «kodebenk "
        "revise»), så følger kodingene med. Ellers blir den en kilde til."
    )
    return f"{told} {advice}"


def _saying_the_same(project: Project, name: str, text: str, known: Sequence[Source]) -> Source | None:
    """The source that says nearly the same, of the few whose names are most like this one."""
    from rapidfuzz import fuzz

    likeness = {each.id: fuzz.partial_ratio(each.name.casefold(), name.casefold()) for each in known}
    likely = [each for each in known if likeness[each.id] >= _NAMED_ALIKE]
    for each in sorted(likely, key=lambda each: -likeness[each.id])[:_LOOKED_INTO]:
        if resemblance(queries.text_of(project.connection, each.version), text) >= NEARLY_THE_SAME:
            return each
    return None
