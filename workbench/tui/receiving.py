"""Projects and codebooks of other tools: looked into, asked about, taken in behind a progress bar, and told about after."""

from __future__ import annotations

from collections.abc import Callable
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import Refusal
from workbench.services.interchange import formats, losses
from workbench.services.interchange.receiving import Parts, Received, receive_all
from workbench.services.interchange.telling import outcome, tool_name
from workbench.services.projects import SUFFIX
from workbench.tui.dialogs.project_file import ProjectFileDialog, ProjectWanted
from workbench.tui.dialogs.told import ToldDialog
from workbench.tui.working import Work, own_copy

if TYPE_CHECKING:
    from exports.interchange.model import Bundle
    from workbench.tui.navigation import Navigation

Then = Callable[[], None]
Outcome = tuple[list[Received], str]
"""What became of every project of a file, and where it is written down what did not come along."""


def take_in(app: Navigation, paths: list[Path], then: Then = lambda: None) -> None:
    """Look into project files one after another and take in what is asked for; `then` comes when the last is done.

    A file that cannot be read, or is backed out of, does not keep the others from coming in.
    """
    if not paths:
        then()
        return
    path, *rest = paths

    def after() -> None:
        take_in(app, rest, then)

    own = app.opened.path

    def act(work: Work[tuple[Bundle, ...] | Refusal]) -> tuple[Bundle, ...] | Refusal:
        work.progress(0, 1, path.name)
        try:
            if path.resolve() == own.resolve():
                raise Refusal(_("{file} er prosjektet selv.").format(file=path.name))
            return formats.read_project(path)
        except Refusal as refusal:
            return refusal

    def done(found: tuple[Bundle, ...] | Refusal) -> None:
        if isinstance(found, Refusal):
            app.refuse(found)
            after()
            return
        dialog = ProjectFileDialog(path.name, found, codings=path.suffix.lower() != SUFFIX)
        app.push_screen(dialog, lambda wanted: _receive(app, path, wanted, after) if wanted else after())

    app.start(Work(title=_("Leser prosjektet"), name="project.read", act=act, done=done))


def _receive(app: Navigation, path: Path, wanted: ProjectWanted, after: Then) -> None:
    project = app.opened
    parts = Parts(codings=wanted.codings, notes=wanted.codings)

    def act(work: Work[Outcome | Refusal]) -> Outcome | Refusal:
        with own_copy(project) as own:
            try:
                received = receive_all(
                    own, wanted.bundles, parts=parts, cases=(wanted.case,) if wanted.case else (), file=path.name,
                    progress=work.progress, cancelled=work.cancelled,
                )  # fmt: skip
            except Refusal as refusal:
                return refusal
            return received, _account(path, received, own.path)

    def done(found: Outcome | Refusal) -> None:
        if isinstance(found, Refusal):
            app.refuse(found)
            after()
            return
        app.back_to_coding().reload()
        told = ToldDialog(_("Tatt inn: {file}").format(file=path.name), _told(*found))
        app.push_screen(told, lambda _closed: after())

    app.start(Work(title=_("Tar inn prosjektet"), name="project.receive", act=act, done=done))


def _account(path: Path, received: list[Received], project: Path) -> str:
    """Where the written account lies, or why there is none: what has been taken in stands all the same."""
    try:
        account = losses.write_account([(path.name, each) for each in received], None, beside=project)
    except Refusal as refusal:
        return str(refusal)
    return _("Oversikten står også i {path}.").format(path=account) if account is not None else ""


def _told(received: list[Received], account: str) -> list[str]:
    """What came in, everything that did not, and where that stands written."""
    lines: list[str] = []
    for each in received:
        title, tool = each.title or _("(uten navn)"), tool_name(each.tool)
        lines += [_("{title} (fra {tool})").format(title=title, tool=tool), outcome(each)]
        lines += ["", *losses.lines(each), ""]
    return [*lines, account]
