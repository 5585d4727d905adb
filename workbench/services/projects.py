"""Projects: make, open, look at which were open lately."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path

from codebooks.errors import CodebookError
from codebooks.model import Codebook
from workbench import settings
from workbench.core.entities import ProjectFacts
from workbench.core.ids import new_id
from workbench.errors import CannotOpen, Refusal
from workbench.services.codebook import add_codebook
from workbench.store.project import Project, create_project, open_project
from workbench.store.queries import corpus as queries

SUFFIX = ".kodebenk"


def create(path: Path, *, coder: str, title: str = "", codebook: str = "none") -> Project:
    """A new project file; `codebook` is `none`, a starter's name or a YAML file's path.

    Raises:
        CannotOpen: if the file exists or cannot be made.
        Refusal: if the codebook is unknown or refused; no file is then left behind.
    """
    if not path.suffix:
        path = path.with_suffix(SUFFIX)
    book = choose_codebook(codebook)
    project = create_project(path, coder=coder, title=title or path.stem)
    if book is not None:
        with project.write() as act:
            add_codebook(act, project.uid, book)
    return project


def choose_codebook(named: str) -> Codebook | None:
    """The codebook a person named: `none`, a starter, or a YAML file.

    Raises:
        Refusal: saying what is wrong with it, or which starters there are.
    """
    if named in ("", "none"):
        return None
    # Reading YAML is for making projects; opening one must not wait for it.
    from codebooks.starters import read_starter, starters
    from codebooks.yaml_io import read_codebook

    try:
        if named in starters():
            return read_starter(named)
        path = Path(named)
        if path.exists():
            return read_codebook(path)
    except CodebookError as error:
        raise Refusal(str(error)) from None
    raise Refusal(
        _("Finner ingen kodebok «{named}». Skriv «none», banen til en YAML-fil eller en av: {known}.").format(
            named=named, known=", ".join(starters())
        )
    )


def open_existing(path: Path, *, coder: str, readonly: bool = False) -> Project:
    """Open a project file.

    Raises:
        CannotOpen: with the file, the cause and the next step.
    """
    return open_project(path, coder=coder, readonly=readonly)


def facts(project: Project) -> ProjectFacts:
    return queries.project_facts(project.connection)


def set_title(project: Project, title: str) -> None:
    if not title.strip():
        raise Refusal(_("Et prosjekt må ha en tittel."))
    with project.write() as act:
        act.record("project.set", {"id": new_id(), "card": act.card({"title": title.strip()})})


def recent() -> list[Path]:
    """Projects opened lately that still are where they were, newest first."""
    return [path for path in map(Path, settings.load().recent) if path.exists()]


def remember(path: Path) -> None:
    """Put a project first among the recent ones; a settings file that cannot be written is no reason to stop."""
    try:
        settings.remember_project(path)
    except OSError as error:
        raise CannotOpen(_("Innstillingene kan ikke lagres: {why}.").format(why=error.strerror)) from None
