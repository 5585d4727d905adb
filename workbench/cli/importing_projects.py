"""Projects of other tools on the command line: taken in, looked into, and what did not come along told by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from functools import partial
from gettext import gettext as _
from pathlib import Path
from typing import Any, TypeVar

import click

from corpus.errors import UnreadableSource
from exports.interchange.model import Bundle
from workbench.cli import output
from workbench.cli.options import opened
from workbench.core.entities import Source
from workbench.errors import Refusal
from workbench.services.importing import Progress
from workbench.services.interchange import formats, losses, planning, telling
from workbench.services.interchange.receiving import Parts, Received, receive_all
from workbench.services.projects import SUFFIX
from workbench.store.project import Project

Command = TypeVar("Command", bound=Callable[..., Any])


def project_options(command: Command) -> Command:
    """The options of `import` that are about projects of other tools."""
    command = click.option(
        "--codings/--no-codings", default=None,
        help=_("Ta med kodinger og notater fra prosjekter. Standard: ja fra andre verktøy, nei fra .kodebenk."),
    )(command)  # fmt: skip
    command = click.option(
        "--project", "which", default="", metavar=_("NAVN|NUMMER"), help=_("Hvilket prosjekt, når filen har flere.")
    )(command)
    return click.option(
        "--report", type=click.Path(path_type=Path, dir_okay=False),
        help=_("Hvor oversikten over det som ikke kom med, skrives."),
    )(command)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of one project file."""

    path: Path
    received: tuple[Received, ...] = ()
    reason: str = ""
    """Why it was refused, if it was."""

    @property
    def sources(self) -> list[Source]:
        return [source for each in self.received for source in each.sources]

    def shapes(self) -> list[dict[str, Any]]:
        """As JSON, one object a project."""
        return [
            {
                "file": str(self.path),
                "tool": each.tool,
                "title": each.title,
                "added": dict(each.added),
                "updated": dict(each.updated),
                "unchanged": dict(each.unchanged),
                "kept": losses.shapes(each.kept),
                "gone": losses.shapes(each.gone),
                "lost": losses.shapes(loss for loss in each.losses if not loss.mended),
                "mended": losses.shapes(loss for loss in each.losses if loss.mended),
            }
            for each in self.received
        ]

    def tell(self, *, quiet: bool) -> None:
        """Say what came in, and by name what did not."""
        for each in self.received:
            if not quiet:
                title = each.title or self.path.name
                tool, counts = telling.tool_name(each.tool), telling.outcome(each)
                output.write_lines([_("{title} ({tool}): {counts}").format(title=title, tool=tool, counts=counts)])
            for line in losses.lines(each):
                output.say("  " + line)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What of project files is asked for, alike when they are taken in and when they are only looked into."""

    cases: Sequence[str]
    codings: bool | None
    """None is what is usual for the kind of file."""
    which: str

    def bundles(self, path: Path, project: Path) -> Sequence[Bundle]:
        """The projects of a file that are asked for.

        Raises:
            Refusal: if it cannot be read, has no such project, or is the project itself.
        """
        if path.resolve() == project.resolve():
            raise Refusal(_("Filen er prosjektet selv."))
        return _chosen(formats.read_project(path), self.which)

    def taking(
        self, path: Path, bundles: Sequence[Bundle], progress: Progress | None = None
    ) -> Callable[..., list[Received]]:
        """What takes them in, once it is told in which project."""
        wanted = path.suffix.lower() != SUFFIX if self.codings is None else self.codings
        parts = Parts(codings=wanted, notes=wanted)
        return partial(receive_all, bundles=bundles, parts=parts, cases=self.cases, file=path.name, progress=progress)


def receive_file(project: Project, path: Path, asked: Asked, *, progress: Progress | None) -> Taken:
    """Take in the projects of a file; a refusal is kept, so that other files go on."""
    try:
        received = asked.taking(path, asked.bundles(path, project.path), progress)(project)
    except Refusal as error:
        return Taken(path=path, reason=_reason(error, path))
    return Taken(path=path, received=tuple(received))


def _reason(error: Refusal, path: Path) -> str:
    """Why, without the file's name in front: that is told beside it."""
    return str(error).removeprefix(f"{path.name}: ")


def _chosen(bundles: Sequence[Bundle], which: str) -> Sequence[Bundle]:
    """The projects of that title, number in the list or id; all when nothing is asked for."""
    if not which:
        return bundles
    folded = which.casefold()
    chosen = [each for each in bundles if folded in (each.title.casefold(), each.guid.casefold())]
    if not chosen and which.isdecimal() and 0 < int(which) <= len(bundles):
        chosen = [bundles[int(which) - 1]]
    if not chosen:
        known = ", ".join(f"{number} {each.title}" for number, each in enumerate(bundles, 1))
        raise Refusal(_("Filen har ingen «{which}». Den har: {known}.").format(which=which, known=known))
    return chosen


def look_into(
    paths: Sequence[Path], project: Path, coder: str | None, asked: Asked
) -> tuple[list[dict[str, Any]], list[UnreadableSource]]:
    """What lies in project files, and what of it would be new where it is known from before; nothing stored.

    The refusals come besides. A project that is not there has nothing to compare with.
    """
    found: list[dict[str, Any]] = []
    refused: list[UnreadableSource] = []
    with opened(project, coder) if paths and project.exists() else nullcontext() as own:
        for path in paths:
            try:
                found += [_looked_at(own, path, bundle, asked) for bundle in asked.bundles(path, project)]
            except Refusal as error:
                refused.append(UnreadableSource(path, _reason(error, path)))
    return found, refused


def _looked_at(own: Project | None, path: Path, bundle: Bundle, asked: Asked) -> dict[str, Any]:
    """One project of a file, with what would come of it where it has come in before."""
    contents = _contents(path, bundle)
    if own is not None and planning.seen_before(own, [bundle], path.name):
        contents["plan"] = planning.plan(own, asked.taking(path, [bundle]))
    return contents


def _contents(path: Path, bundle: Bundle) -> dict[str, Any]:
    return {
        "file": str(path),
        "tool": bundle.tool,
        "title": bundle.title,
        "codes": len(bundle.codes),
        "sources": len(bundle.sources),
        "codings": len(bundle.codings),
        "notes": len(bundle.notes),
        "cases": len(bundle.cases),
        "coders": [person.name for person in bundle.people],
        "lost": losses.shapes(loss for loss in bundle.losses if not loss.mended),
        "mended": losses.shapes(loss for loss in bundle.losses if loss.mended),
    }


def with_plans(found: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What `look_into` found, as JSON: the plan by kind of thing and name."""
    return [{**each, **({"plan": _plan_shape(each["plan"])} if "plan" in each else {})} for each in found]


def _plan_shape(coming: planning.Coming) -> dict[str, Any]:
    (received,) = coming.received
    return {
        "new": {kind: list(names) for kind, names in coming.new.items() if names},
        "changed": {kind: [asdict(each) for each in things] for kind, things in coming.changed.items() if things},
        "kept": losses.shapes(received.kept),
        "gone": losses.shapes(received.gone),
    }


def tell_contents(found: Sequence[Mapping[str, Any]]) -> None:
    """What lies in project files, for a person; of what is known from before also what would come of it."""
    for each in found:
        counts = {kind: each[f"{kind}s"] for kind in ("source", "code", "coding", "note", "case")}
        said = telling.in_numbers(counts) or _("ingenting")
        output.write_lines([f"{each['file']}  {telling.tool_name(each['tool'])}  {said}"])
        if "plan" in each:
            output.write_lines([f"  {line}" if line else "" for line in planning.lines(each["plan"])])
            continue
        for loss in each["lost"]:
            output.say(f"  {loss['what']}: {loss['name']}: {loss['why']}")


def write_report(taken: Iterable[Taken], path: Path | None, project: Path) -> None:
    """Write what did not come along to a file beside the project, where there is anything to tell."""
    told = [(each.path.name, received) for each in taken for received in each.received]
    written = losses.write_account(told, path, beside=project)
    if written is not None:
        output.say(_("Det som ikke kom med, står i {path}.").format(path=written))
