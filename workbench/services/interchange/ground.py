"""What every part of a project that goes out is looked up in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from gettext import gettext as _

from exports.interchange.model import Person
from workbench.core.entities import Coding, Memo, Source
from workbench.services.interchange.identity import guid_of, guids
from workbench.services.interchange.wanted import Wanted
from workbench.store.project import Project
from workbench.store.queries import codings as coding_queries
from workbench.store.queries import corpus as queries
from workbench.store.queries import memos, progress

Guids = dict[tuple[str, str], str]
"""(kind, our id) -> GUID."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What every part of a bundle looks things up in."""

    project: Project
    wanted: Wanted
    known: Guids
    people: Mapping[str, Person]
    """Coder's name -> who it is in the file."""
    sources: Sequence[Source]
    codings: Sequence[Coding]
    """Those that have words and a code."""

    def coder(self, name: str) -> str:
        """GUID of who coded or wrote; empty for nobody."""
        return self.people[name].guid if name in self.people else ""


def ground_of(project: Project, wanted: Wanted) -> Ground:
    connection = project.connection
    known = guids(connection, project.uid)
    codings = [each for each in coding_queries.codings(connection) if each.end > each.start and each.slug]
    return Ground(
        project=project,
        wanted=wanted,
        known=known,
        people=_people(project, known, wanted, codings),
        sources=queries.sources(connection),
        codings=codings,
    )


def _people(project: Project, known: Guids, wanted: Wanted, codings: Iterable[Coding]) -> dict[str, Person]:
    """Name -> who it is in the file, of those whose work goes out."""
    working = {each.coder for each in codings}
    working |= {each.coder for each in coding_queries.notes(project.connection)}
    working |= {each.coder for each in memos_of(project, wanted)}
    people: dict[str, Person] = {}
    for uid, name in progress.coders(project.connection).items():
        if name not in working:
            continue
        # The GUID of a person is made of the name: whoever hides the one must hide the other.
        number = len(people) + 1
        hidden = Person(
            guid=guid_of(project.uid, "person", str(number)),
            name=_("Koder {n}").format(n=number),
        )
        people[name] = Person(guid=known["person", uid], name=name) if wanted.coders else hidden
    return people


def memos_of(project: Project, wanted: Wanted) -> list[Memo]:
    return memos.memos(project.connection, reader=project.coder_id() if wanted.private else "")
