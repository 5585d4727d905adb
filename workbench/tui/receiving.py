"""Projects and codebooks: looked into, asked about, taken in behind a progress bar, and told about after."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from workbench.errors import Refusal
from workbench.services import codebook, projects
from workbench.services.interchange import formats, losses, planning
from workbench.services.interchange.receiving import Parts, Received, receive_all
from workbench.services.interchange.telling import outcome, tool_name
from workbench.services.projects import SUFFIX
from workbench.services.recognising import YAML, Recognised
from workbench.tui.dialogs.asked import STOP, TAKE, AskedDialog
from workbench.tui.dialogs.project_file import ProjectFileDialog, ProjectWanted
from workbench.tui.walk import Walk
from workbench.tui.working import Work, own_copy

if TYPE_CHECKING:
    from codebooks.model import Codebook
    from exports.interchange.model import Bundle
    from workbench.store.project import Project

Found = TypeVar("Found")
CODES_ALONE = Parts(sources=False, codings=False)
"""What is taken of a codebook."""
_OTHER = "other"
_SHOWN = 12
"""Names of codes that are told; the rest are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be taken in, and from where."""

    path: Path
    bundles: Sequence[Bundle]
    parts: Parts
    cases: tuple[str, ...] = ()

    def taking(self, work: Work[Any]) -> Callable[..., list[Received]]:
        """What takes it in, or plans it, once it is told in which project."""
        return partial(
            receive_all, bundles=self.bundles, parts=self.parts, cases=self.cases, file=self.path.name,
            progress=work.progress, cancelled=work.cancelled,
        )  # fmt: skip


def take_in_project(walk: Walk, path: Path) -> None:
    """Look into a project file, ask what of it is wanted, and take that in."""
    own = walk.app.opened.path

    def act(work: Work[Any]) -> tuple[Bundle, ...]:
        work.progress(0, 0, path.name)
        if path.resolve() == own.resolve():
            raise Refusal(_("{file} er prosjektet selv.").format(file=path.name))
        return formats.read_project(path)

    def ask(found: tuple[Bundle, ...]) -> None:
        title = walk.titled(_("Ta inn «{file}»").format(file=path.name))
        codings = path.suffix.lower() != SUFFIX
        dialog = ProjectFileDialog(title, found, codings=codings, stops=walk.stops, back=walk.back)
        walk.app.push_screen(dialog, answered)

    def answered(answer: ProjectWanted | str | None) -> None:
        if isinstance(answer, ProjectWanted):
            parts = Parts(codings=answer.codings, notes=answer.codings)
            cases = (answer.case,) if answer.case else ()
            _preview(walk, Wanted(path=path, bundles=answer.bundles, parts=parts, cases=cases))
        else:
            _not_taken(walk, answer)

    _look(walk, _("Leser prosjektet"), "project.read", act, ask)


def take_in_codebook(walk: Walk, seen: Recognised, other: Callable[[], None]) -> None:
    """Say what a codebook would bring, and take it in when the researcher wants it to.

    Args:
        walk: the walk it is a step of.
        seen: the file; read, unless it is YAML or was pointed at as a codebook.
        other: called when the researcher says that it is something else.
    """
    path, project = seen.path, walk.app.opened

    def act(work: Work[Any]) -> tuple[Codebook | Wanted, list[str]]:
        work.progress(0, 0, path.name)
        with own_copy(project) as own:
            if path.suffix.lower() in YAML:
                return _read_yaml(own, path)
            wanted = Wanted(path=path, bundles=(seen.codes or formats.read_codebook_file(path),), parts=CODES_ALONE)
            coming = planning.plan(own, wanted.taking(work))
            return wanted, [*(_from(each.title, each.tool) for each in wanted.bundles), *planning.lines(coming)]

    def ask(found: tuple[Codebook | Wanted, list[str]]) -> None:
        what, lines = found
        choices = [(TAKE, _("Ta inn")), *([(_OTHER, _("Noe annet"))] if len(seen.kinds) > 1 else [])]
        title = walk.titled(_("Kodeboken «{file}»").format(file=path.name))
        dialog = AskedDialog(title, lines, [*choices, *walk.stops], back=walk.back)
        walk.app.push_screen(dialog, lambda answer: answered(what, answer))

    def answered(what: Codebook | Wanted, answer: str | None) -> None:
        if answer == _OTHER:
            other()
        elif answer != TAKE:
            _not_taken(walk, answer)
        elif isinstance(what, Wanted):
            _receive(walk, what)
        else:
            _load(walk, what)

    _look(walk, _("Leser kodeboken"), "codebook.read", act, ask)


def _not_taken(walk: Walk, answer: str | None) -> None:
    if answer == STOP:
        walk.stop()
    else:
        walk.skip()


def _look(walk: Walk, title: str, name: str, act: Callable[[Work[Any]], Found], then: Callable[[Found], None]) -> None:
    """Read or plan in a thread, and go on with what was found; a refusal, a stop and an error end the step."""

    def done(found: Found) -> None:
        if work.stopped:
            walk.skip()
        else:
            then(found)

    def failed(refusal: Refusal) -> None:
        if work.stopped:
            walk.skip()
        else:
            walk.refuse(refusal)

    work: Work[Found] = Work(title=title, name=name, act=act, done=done, failed=failed)
    walk.app.start(work)


def _take(walk: Walk, title: str, name: str, act: Callable[[Work[Any]], list[str]]) -> None:
    """Store in a thread, and tell the walk what came of it, in lines; what was stored stands, also when a stop came late."""
    walk.app.start(Work(title=title, name=name, act=act, done=walk.came_in, failed=walk.refuse, writes=True))


def _from(title: str, tool: str) -> str:
    if not title:
        return _("Fra {tool}").format(tool=tool_name(tool))
    return _("{title} (fra {tool})").format(title=title, tool=tool_name(tool))


def _read_yaml(own: Project, path: Path) -> tuple[Codebook, list[str]]:
    """Our own codebook, and what of it the project does not have."""
    book = projects.choose_codebook(str(path))
    assert book is not None
    slugs = {each.slug for each in codebook.list_codes(own)}
    names = [each.name for each in book.codes if each.slug not in slugs]
    lines = [_("Nye koder: {n}").format(n=len(names))]
    if names:
        more = len(names) - _SHOWN
        shown = [*names[:_SHOWN], *([ngettext("og {n} til", "og {n} til", more).format(n=more)] if more > 0 else [])]
        lines.append("  " + ", ".join(shown))
    if known := len(book.codes) - len(names):
        lines.append(_("Finnes fra før, og blir stående som de er: {n}").format(n=known))
    return book, lines


def _load(walk: Walk, book: Codebook) -> None:
    project = walk.app.opened

    def act(work: Work[Any]) -> list[str]:
        work.progress(0, 0, walk.step.name)
        with own_copy(project) as own:
            return [_("Nye koder: {n}").format(n=codebook.load_codebook(own, book))]

    _take(walk, _("Tar inn kodeboken"), "codebook.receive", act)


def _preview(walk: Walk, wanted: Wanted) -> None:
    """Take in at once what is from a project nobody has seen before; of what is known, say first what would change."""
    project, name = walk.app.opened, wanted.path.name
    if not planning.seen_before(project, wanted.bundles, name):
        _receive(walk, wanted)
        return

    def act(work: Work[Any]) -> list[str]:
        with own_copy(project) as own:
            return list(planning.lines(planning.plan(own, wanted.taking(work))))

    def ask(lines: list[str]) -> None:
        title = walk.titled(_("«{file}» er kjent fra før. Oppdatere?").format(file=name))
        dialog = AskedDialog(title, lines, [(TAKE, _("Oppdater")), *walk.stops], back=walk.back)
        walk.app.push_screen(dialog, answered)

    def answered(answer: str | None) -> None:
        if answer == TAKE:
            _receive(walk, wanted)
        else:
            _not_taken(walk, answer)

    _look(walk, _("Ser hva som er nytt"), "project.plan", act, ask)


def _receive(walk: Walk, wanted: Wanted) -> None:
    project, path = walk.app.opened, wanted.path

    def act(work: Work[Any]) -> list[str]:
        with own_copy(project) as own:
            received = wanted.taking(work)(own)
            return _told(received, _account(path, received, own.path))

    _take(walk, _("Tar inn «{file}»").format(file=path.name), "project.receive", act)


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
        lines += [_from(each.title, each.tool), outcome(each)]
        lost = list(losses.lines(each))
        lines += ["", *lost, ""] if lost else []
    return [*lines, *([account] if account else [])]
