"""Long work on files that are looked over: split into articles, planned as newer versions of sources, and stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import UnreadableSource
from workbench.core.entities import Source
from workbench.errors import Refusal
from workbench.services import article_files, importing, versions
from workbench.tui.dialogs.told import ToldDialog
from workbench.tui.presenting.readings import Draft, Revision, draft_of, refused_draft
from workbench.tui.working import Work, own_copy

if TYPE_CHECKING:
    from workbench.store.project import Project
    from workbench.tui.navigation import Navigation

Found = tuple[list[Draft], tuple[str, ...]]
"""The drafts of what was split off, and the lines that none of them has."""


def split_into_drafts(app: Navigation, file: Path, folder: Path, then: Callable[[list[Draft]], None]) -> None:
    """Write the articles of a file into a folder in a thread, read them, and call `then` with them.

    What the file has above its first article, such as a list of headlines, is told of, since no article has it.
    """

    def act(work: Work[Found]) -> Found:
        work.progress(0, 0, file.name)
        split = article_files.split_file(file, folder)
        found: list[Draft] = []
        for done, each in enumerate(split.written):
            work.progress(done, len(split.written), each.path.name)
            try:
                found.append(draft_of(importing.read_file(each.path)))
            except UnreadableSource as error:
                found.append(refused_draft(each.path, error.reason, error.remedy))
        return found, split.outside

    def done(what: Found) -> None:
        found, outside = what
        then(found)
        if outside:
            app.push_screen(ToldDialog(_("Over den første artikkelen, og i ingen av filene"), list(outside)))

    title = _("Deler «{file}» i artikler").format(file=file.name)
    app.start(Work(title=title, name="import.split", act=act, done=done, held=True))


def plan_revision(app: Navigation, draft: Draft, source: Source, then: Callable[[Revision], None]) -> None:
    """Read a file as a newer version of a source in a thread, and call `then` with what would become of what stands in it."""
    project = app.opened

    def act(work: Work[Revision]) -> Revision:
        work.progress(0, 1, draft.path.name)
        with own_copy(project) as own:
            try:
                reading = versions.read_version(own, source, draft.path)
            except UnreadableSource as error:
                raise Refusal(str(error)) from None
            plan = versions.plan_replacement(own, source, reading)
        return Revision(source=source, reading=reading, plan=tuple(versions.describe_plan(plan)))

    app.start(Work(title=_("Leser den nye utgaven"), name="import.version", act=act, done=then))


def save_drafts(project: Project, drafts: list[Draft], work: Work[list[str]]) -> list[str]:
    """Store the files one by one, each a gesture of its own; what was refused, in words."""
    told: list[str] = []
    for done, draft in enumerate(drafts):
        if work.cancelled():
            break
        work.progress(done, len(drafts), draft.facts.name)
        assert draft.reading is not None
        try:
            if draft.revision is None:
                importing.save(project, draft.reading, draft.facts)
            else:
                counts = versions.replace_text(project, draft.revision.source, draft.revision.reading)
                draft.revision = replace(draft.revision, plan=(versions.describe(counts),))
            draft.saved = True
        except Refusal as error:
            told.append(f"{draft.path.name}: {error}")
            draft.taken, draft.reason = False, str(error)
    return told
