"""The whole project, or its codebook, written for other programs, with a list beside it of what the format could not hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from gettext import gettext as _
from pathlib import Path

from exports.interchange.model import Bundle
from workbench.errors import Refusal
from workbench.services.exporting import whole_texts
from workbench.services.interchange.codebook_out import hand_out_codebook
from workbench.services.interchange.giving import bundle_of
from workbench.services.interchange.wanted import Wanted
from workbench.services.interchange.written_out import Content, HandedOut, remembered, write_out
from workbench.store.project import Project


def hand_out(
    project: Project,
    format_name: str,
    path: Path,
    *,
    wanted: Wanted | None = None,
    force: bool = False,
    stamp: datetime | None = None,
) -> HandedOut:
    """Write the project as `qdpx` or `sqlite`, or its codebook as `qdc`.

    Args:
        project: what is written. Nothing in it is changed, but this copy remembers what a `qdpx` or a `qdc` said.
        format_name: one of `FORMATS`.
        path: the file; the list of what was lost lies beside it as `<file>.ikke-med.txt`.
        wanted: whether coders' names and private memos go along.
        force: write over a file that is there.
        stamp: when it is written; now unless told. The same project and stamp give the same bytes.

    Raises:
        Refusal: if the format is unknown, or the file exists (without `force`) or cannot be written.
    """
    if format_name not in FORMATS:
        known = ", ".join(FORMATS)
        raise Refusal(
            _("«{name}» er ikke et eksportformat. Velg en av: {known}.").format(name=format_name, known=known)
        )
    if format_name == "qdc":
        return hand_out_codebook(project, "qdc", path, force=force, as_project=True)
    bundle = bundle_of(project, wanted)
    moment = stamp or datetime.now(UTC)
    content = _FORMATS[format_name](bundle, moment)
    written = write_out(project, path, content, warnings=whole_texts(len(bundle.sources)), force=force)
    return remembered(written, project, bundle, moment) if format_name == "qdpx" else written


# Each format's libraries are loaded only when it is asked for.


def _qdpx(bundle: Bundle, stamp: datetime) -> Content:
    from exports.interchange.refi.writing import write_qdpx

    written = write_qdpx(bundle, stamp=stamp)
    return written.content, (*written.losses, *bundle.losses)


def _sqlite(bundle: Bundle, stamp: datetime) -> Content:
    from exports.flat_database import render_sqlite
    from exports.flat_tables import VIEWS, flat_tables

    return render_sqlite(flat_tables(bundle), VIEWS), bundle.losses


_FORMATS: Mapping[str, Callable[[Bundle, datetime], Content]] = {"qdpx": _qdpx, "sqlite": _sqlite}
FORMATS = ("qdpx", "qdc", "sqlite")
"""Formats that take the whole project, not a choice of excerpts."""
