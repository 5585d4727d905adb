"""Comments handed back by readers: taken in, walked through, answered and put aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path

from workbench.core.entities import Comment
from workbench.errors import NotFound, Refusal
from workbench.services.commenting import read_file
from workbench.services.projects import facts
from workbench.store.project import Project
from workbench.store.queries import writing as queries

STATUSES = ("open", "handled")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What taking in a file of comments came to."""

    reader: str
    new: int
    changed: int
    """Comments the reader has written anew since last time; they are open again."""
    already: int


def list_comments(project: Project, *, status: str = "", reader: str = "", target: str = "") -> list[Comment]:
    """Comments taken in, the oldest first."""
    return [
        each
        for each in queries.comments(project.connection)
        if (not status or each.status == status)
        and (not reader or each.reader.casefold() == reader.casefold())
        and (not target or each.target == target)
    ]


def take_in(project: Project, paths: Sequence[Path]) -> list[Taken]:
    """Take in files that readers have handed back; all of them in one gesture, or none.

    The same file again changes nothing; a newer one from the same reader brings what is new.

    Raises:
        Refusal: if a file is no file of comments, or is about another project.
    """
    files = [(path, read_file(path)) for path in paths]
    for path, file in files:
        if file.project != project.uid:
            raise Refusal(
                _("{file} har kommentarer til et annet prosjekt («{title}»), ikke til «{ours}».").format(
                    file=path, title=file.title, ours=facts(project).title
                )
            )
    taken = []
    with project.write() as act:
        for _path, file in files:
            known = {each.id: each for each in queries.comments(act.connection)}
            new = changed = 0
            for each in file.comments:
                before = known.get(each.id)
                if before is not None and (before.text == each.text or each.updated <= before.updated):
                    continue  # an older file taken in after a newer one has nothing to say
                card = {
                    "target_kind": each.on,
                    "target": each.target,
                    "source": each.source,
                    "start": each.start,
                    "end": each.end,
                    "quote": each.name,
                    "text": each.text,
                    "reader": file.reader,
                    "created": each.created,
                    "updated": each.updated,
                }
                act.record("comment.add", {"id": each.id, "card": act.card(card)})
                if before is None:
                    new += 1
                else:
                    changed += 1
                    if before.status != "open":
                        act.record("comment.set", {"id": each.id, "status": "open"})
            already = len(file.comments) - new - changed
            taken.append(Taken(reader=file.reader, new=new, changed=changed, already=already))
    return taken


def reply(project: Project, comment: str, text: str) -> Comment:
    """Answer a comment; an empty text takes the answer away."""
    return _set(project, comment, reply=text.strip())


def set_status(project: Project, comment: str, status: str) -> Comment:
    """Mark a comment as handled, or open it again.

    Raises:
        Refusal: for a status there is not.
    """
    if status not in STATUSES:
        raise Refusal(
            _("«{status}» er ingen status. Velg en av: {known}.").format(status=status, known=", ".join(STATUSES))
        )
    return _set(project, comment, status=status)


def _set(project: Project, comment: str, **fields: str) -> Comment:
    with project.write() as act:
        if act.state.get("comment", comment) is None:
            raise NotFound(_("Kommentaren finnes ikke."))
        stored = {key: act.text(value) if key == "reply" and value else value for key, value in fields.items()}
        act.record("comment.set", {"id": comment, **stored})
    return next(each for each in list_comments(project) if each.id == comment)
