"""Reading along: comments on a coded corpus that is not changed, kept in the reader's own file."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from gettext import gettext as _
from pathlib import Path

from platformdirs import user_data_path

from exports.errors import ExportError
from exports.files import write_atomic
from workbench.core import comment_file
from workbench.core.comment_file import SUFFIX, CommentFile, NotComments, ReaderComment
from workbench.core.entities import CodeEntry, Coding, ThemeEntry
from workbench.core.ids import derived_id, new_id
from workbench.errors import NotFound, Refusal
from workbench.services.projects import facts
from workbench.store.project import Project

Commented = Coding | CodeEntry | ThemeEntry


def own_file(project: Project) -> Path:
    """Where this reader's comments on this project lie: in the reader's own data folder, never beside the project."""
    folder = os.environ.get("KODEBENK_DATA")
    base = Path(folder) if folder else user_data_path("kodebenk", appauthor=False)
    return base / "kommentarer" / f"{project.uid}-{derived_id(project.coder_name.casefold())}{SUFFIX}"


def read_own(project: Project) -> CommentFile:
    """This reader's comments on this project; none when there is no file yet.

    Raises:
        Refusal: if the file is there but cannot be read.
    """
    path = own_file(project)
    if not path.exists():
        about = facts(project)
        return CommentFile(project=about.id, title=about.title, reader=project.coder_name)
    return read_file(path)


def read_file(path: Path) -> CommentFile:
    """Comments from a file.

    Raises:
        Refusal: if it cannot be read or is something else.
    """
    try:
        return comment_file.loads(path.read_bytes())
    except OSError as error:
        raise Refusal(_("Kan ikke lese {file}: {why}.").format(file=path, why=error.strerror)) from None
    except NotComments:
        raise Refusal(
            _(
                "{file} er ingen kommentarfil, eller er skrevet av en nyere Kodebenk. Be leseren levere den på nytt."
            ).format(file=path)
        ) from None


def write_comment(project: Project, on: Commented, text: str, *, comment: str = "") -> ReaderComment:
    """Say something about a coding, a code or a theme, or say it anew (`comment` is an id). The project is not touched.

    Raises:
        Refusal: if the text is empty, or the reader's file cannot be written.
    """
    if not text.strip():
        raise Refusal(_("Kommentaren er tom."))
    held = read_own(project)
    now = datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    known = next((each for each in held.comments if each.id == comment), None)
    if known is not None:
        written = replace(known, text=text.strip(), updated=now)
    else:
        written = replace(_place(on), id=new_id(), text=text.strip(), created=now, updated=now)
    _keep(project, held.put(written))
    return written


def comments_on(held: CommentFile, on: Commented) -> list[ReaderComment]:
    """What the reader has said about one thing, the oldest first."""
    return [each for each in held.comments if each.target == on.id]


def remove_comment(project: Project, comment: str) -> None:
    """Take a comment back.

    Raises:
        NotFound: if there is no such comment.
    """
    held = read_own(project)
    if all(each.id != comment for each in held.comments):
        raise NotFound(_("Kommentaren finnes ikke."))
    _keep(project, held.without(comment))


def hand_over(project: Project, path: Path, *, force: bool = False) -> Path:
    """Write the reader's comments to a file for the lead; its full path.

    A file handed over earlier, by the same reader on the same project, is renewed.

    Raises:
        Refusal: if there are no comments, or another file is there (without `force`) or it cannot be written.
    """
    held = read_own(project)
    if not held.comments:
        raise Refusal(_("Du har ikke skrevet noen kommentarer til dette prosjektet."))
    try:
        return write_atomic(path, comment_file.dumps(held), overwrite=force or _is_earlier(path, held))
    except ExportError as error:
        raise Refusal(str(error)) from None


def _is_earlier(path: Path, held: CommentFile) -> bool:
    """Whether a file holds what the same reader handed over before."""
    if not path.is_file():
        return False
    try:
        there = comment_file.loads(path.read_bytes())
    except (OSError, NotComments):
        return False
    return (there.project, there.reader) == (held.project, held.reader)


def _keep(project: Project, held: CommentFile) -> None:
    path = own_file(project)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, comment_file.dumps(held), overwrite=True)
    except OSError as error:
        raise Refusal(_("Kommentaren kan ikke lagres i {file}: {why}.").format(file=path, why=error.strerror)) from None
    except ExportError as error:
        raise Refusal(str(error)) from None


def _place(on: Commented) -> ReaderComment:
    blank = ReaderComment(id="", on="coding", target=on.id, name="", text="", created="", updated="")
    if isinstance(on, Coding):
        return replace(blank, name=on.quote, source=on.source, start=on.start, end=on.end)
    if isinstance(on, CodeEntry):
        return replace(blank, on="code", name=on.slug)
    return replace(blank, on="theme", name=on.title)
