"""Sources: list, show, describe, move and delete."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from gettext import gettext as _
from gettext import ngettext

from corpus.model import SOURCE_KINDS
from workbench.core.entities import Source, Speaker, StoredTurn
from workbench.errors import Refusal
from workbench.services.articles import settled_date
from workbench.services.cases import record_case
from workbench.store.project import Project
from workbench.store.queries import corpus as queries


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """A source with its current text and turns."""

    source: Source
    text: str
    turns: tuple[StoredTurn, ...]


def list_sources(project: Project) -> list[Source]:
    """Sources in order of import."""
    return queries.sources(project.connection)


def source_names(project: Project) -> dict[str, str]:
    """Source id -> what the source is called."""
    return {source.id: source.name for source in list_sources(project)}


def show_source(project: Project, source: Source) -> SourceText:
    """The source's text and turns, speakers' roles as the researcher has them."""
    connection = project.connection
    return SourceText(
        source=source,
        text=queries.text_of(connection, source.version),
        turns=tuple(queries.turns(connection, source)),
    )


def list_speakers(project: Project, source: Source) -> list[Speaker]:
    return queries.speakers(project.connection, source.id)


def describe_source(
    project: Project,
    source: Source,
    *,
    name: str | None = None,
    kind: str | None = None,
    title: str | None = None,
    publisher: str | None = None,
    cases: Iterable[str] | None = None,
    wave: str | None = None,
    date: str | None = None,
    mode: str | None = None,
    language: str | None = None,
    verbatim: bool | None = None,
    folder: str | None = None,
) -> Source:
    """Rename or move a source, or correct its facts; only what is given changes. Cases are names.

    Raises:
        Refusal: for an empty or taken name, an unknown kind, or a published text without a date.
    """
    given = {
        "name": None if name is None else name.strip(),
        "kind": kind,
        "title": title,
        "publisher": publisher,
        "wave": wave,
        "date": date,
        "mode": mode,
        "language": language,
        "folder": folder,
        "verbatim": None if verbatim is None else int(verbatim),
    }
    fields: dict[str, object] = {key: value for key, value in given.items() if value is not None}
    if kind is not None and kind not in SOURCE_KINDS:
        raise Refusal(
            _("«{kind}» er ingen kildetype. Velg en av: {known}.").format(kind=kind, known=", ".join(SOURCE_KINDS))
        )
    if kind is not None or date is not None:
        fields["date"] = settled_date(kind or source.kind, source.date if date is None else date)
    if "name" in fields:
        if not fields["name"]:
            raise Refusal(_("En kilde må ha et navn."))
        if any(each.name == fields["name"] and each.id != source.id for each in list_sources(project)):
            raise Refusal(_("En annen kilde heter «{name}».").format(name=fields["name"]))
    with project.write() as act:
        if cases is not None:
            fields["cases"] = [record_case(act, project.uid, case) for case in cases if case.strip()]
        if fields:
            act.record("source.set", {"id": source.id, "card": act.card(fields)})
    return queries.sources(project.connection, [source.id])[0]


def what_hangs_on(project: Project, source: Source) -> str:
    """What would go with the source, in words: «12 kodinger, 2 merknader og 1 memo»; empty if nothing."""
    counts = queries.hanging_on(project.connection, source.id)
    parts = [
        ngettext("{n} koding", "{n} kodinger", counts["coding"]).format(n=counts["coding"]),
        ngettext("{n} merknad", "{n} merknader", counts["margin_note"]).format(n=counts["margin_note"]),
        ngettext("{n} memo", "{n} memoer", counts["memo"]).format(n=counts["memo"]),
        ngettext("{n} vurdert forslag", "{n} vurderte forslag", counts["verdict"]).format(n=counts["verdict"]),
    ]
    named = [part for part in parts if not part.startswith("0 ")]
    if len(named) < 2:
        return "".join(named)
    return _("{first} og {last}").format(first=", ".join(named[:-1]), last=named[-1])


def delete_source(project: Project, source: Source) -> None:
    """Delete a source with all that hangs on it; undo brings everything back."""
    with project.write() as act:
        act.record("source.remove", {"id": source.id})
