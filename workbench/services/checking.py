"""Checking a project, and copying it whole."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path

from workbench.errors import Refusal
from workbench.store import backup, verify
from workbench.store.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    problems: tuple[str, ...]

    @property
    def ok(self) -> bool:
        return not self.problems


def check(project: Project) -> CheckResult:
    """Verify every coding against its text, and the journal's digests and chain."""
    return CheckResult(problems=tuple(verify.problems(project.connection)))


def save_copy(project: Project, target: Path) -> Path:
    """Write a whole copy of the project, complete even while somebody codes in it; its full path.

    Raises:
        Refusal: if the target exists or cannot be written.
    """
    if target.exists():
        raise Refusal(_("{file} finnes fra før. Velg et annet navn på kopien.").format(file=target))
    if not target.parent.is_dir():
        raise Refusal(_("Mappen {folder} finnes ikke.").format(folder=target.parent))
    try:
        backup.copy(project.connection, target)
    except OSError as error:
        raise Refusal(_("Kan ikke skrive {file}: {why}.").format(file=target, why=error.strerror)) from None
    return target.resolve()
