"""A file that goes out of the house, and the list beside it of what it could not hold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from gettext import gettext as _
from pathlib import Path

from exports.errors import ExportError
from exports.files import write_atomic
from exports.interchange.model import Bundle, Loss
from workbench.errors import Busy, Refusal
from workbench.services.interchange.given_out import remember_given
from workbench.services.interchange.losses import sidecar_of, write_sidecar
from workbench.store.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOut:
    """A file that was written for another program."""

    path: Path
    account: Path | None
    """The file that lists what did not come along; None where nothing was lost and no such file lay there from before."""
    losses: tuple[Loss, ...]
    warnings: tuple[str, ...]


Content = tuple[bytes, tuple[Loss, ...]]
"""A file, and what it could not hold."""


def write_out(
    project: Project, path: Path, content: Content, *, warnings: tuple[str, ...] = (), force: bool = False
) -> HandedOut:
    """Write a file, and the list beside it of what it could not hold.

    Raises:
        Refusal: if it exists (without `force`) or cannot be written.
    """
    data, losses = content
    if path.exists() and path.samefile(project.path):
        raise Refusal(_("{file} er prosjektet selv. Velg et annet navn.").format(file=path.name))
    try:
        written = write_atomic(path, data, overwrite=force)
    except ExportError as error:
        raise Refusal(str(error)) from None
    # An old list beside a new file would be believed.
    account = write_sidecar(written, project.path, losses) if losses or sidecar_of(written).exists() else None
    return HandedOut(path=written, account=account, losses=losses, warnings=warnings)


def remembered(written: HandedOut, project: Project, bundle: Bundle, moment: datetime) -> HandedOut:
    """Remember in this copy what went out, so that the file is known for what was changed in it when it comes home.

    A project that is open for reading only, or that another program writes in just then, remembers nothing.
    """
    if project.readonly:
        return written
    try:
        remember_given(project, bundle, moment)
    except Busy:
        why = _("Prosjektet var opptatt: når filen kommer hjem, vet ingen hva som er endret i den. Skriv den på nytt.")
        return replace(written, warnings=(*written.warnings, why))
    return written
