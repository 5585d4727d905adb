"""Opening a project that may be on a disk or in a folder where nothing can be written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workbench import settings
from workbench.cli.options import opened
from workbench.services import projects
from workbench.store.connection import damage_in_plain_words
from workbench.store.project import Project


@contextmanager
def writable_if_it_can_be(file: Path, coder: str | None = None, *, writes: bool = False) -> Iterator[Project]:
    """The project, open for reading only where the file or its folder cannot be written."""
    if (os.access(file, os.W_OK) and os.access(file.resolve().parent, os.W_OK)) or not file.exists():
        with opened(file, coder, writes=writes) as project:
            yield project
        return
    with damage_in_plain_words(file):
        project = projects.open_existing(
            file, coder=settings.coder_name(coder) or settings.system_user(), readonly=True
        )
        try:
            yield project
        finally:
            project.close()
