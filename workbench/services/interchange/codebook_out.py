"""The codebook alone, as other tools take it in, or for people to read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from gettext import gettext as _
from pathlib import Path

from exports.errors import ExportError
from exports.interchange.model import Bundle, Loss
from workbench.errors import Refusal
from workbench.services.codebook import as_codebook, list_codes, list_themes
from workbench.services.interchange.giving import bundle_of
from workbench.services.interchange.left_behind import signals_left_behind
from workbench.services.interchange.losses import write_sidecar
from workbench.services.interchange.written_out import Content, HandedOut, remembered, write_out
from workbench.store.project import Project

SHAPES = ("yaml", "docx", "qdc", "csv", "xlsx", "nvivo", "atlasti", "maxqda", "qualcoder", "taguette")
"""What a codebook can be written as, those that hold the most first."""
ENDINGS = {"yaml": ".yaml", "docx": ".docx", "qdc": ".qdc", "csv": ".csv", "xlsx": ".xlsx", "nvivo": ".xlsx",
           "atlasti": ".xlsx", "maxqda": ".xlsx", "qualcoder": ".csv", "taguette": ".csv"}  # fmt: skip
"""How the file of each is usually called."""


def hand_out_codebook(project: Project, shape: str, path: Path, *, force: bool = False) -> HandedOut:
    """Write the codebook in one of `SHAPES`, with a list beside it of what the shape could not hold.

    A path without a suffix gets that of the shape.

    Raises:
        Refusal: if the shape is unknown, or the file exists (without `force`) or cannot be written.
    """
    if shape not in SHAPES:
        known = ", ".join(SHAPES)
        raise Refusal(_("«{name}» er ikke en form for kodebok. Velg en av: {known}.").format(name=shape, known=known))
    if not path.suffix:
        path = path.with_name(path.name + ENDINGS[shape])
    if shape == "docx":
        return _print(project, path, force=force)
    if shape == "yaml":
        return write_out(project, path, _yaml(project), force=force)
    bundle = _codebook_of(bundle_of(project))
    moment = datetime.now(UTC)
    written = write_out(project, path, _listed(project, bundle, shape), force=force)
    return remembered(written, project, bundle, moment) if shape == "qdc" else written


def _print(project: Project, path: Path, *, force: bool) -> HandedOut:
    from workbench.services.printing import CodebookWanted, print_out

    printed = print_out(project, CodebookWanted(), path.with_suffix(".docx"), force=force)
    losses = (*_not_in_use(project), *_themes(project), *signals_left_behind(project))
    account = write_sidecar(printed.path, project.path, losses) if losses else None
    return HandedOut(path=printed.path, account=account, losses=losses, warnings=printed.warnings)


def _yaml(project: Project) -> Content:
    from codebooks.yaml_io import write_codebook

    return write_codebook(as_codebook(project)).encode("utf-8"), (*_not_in_use(project), *_themes(project))


def _listed(project: Project, bundle: Bundle, shape: str) -> Content:
    left = tuple(signals_left_behind(project))
    if shape == "qdc":
        from exports.interchange.refi.codebook import write_qdc

        refi = write_qdc(bundle)
        return refi.content, (*refi.losses, *left)
    from exports.interchange.codelists.shapes import write_codelist

    try:
        listed = write_codelist(bundle, shape)
    except ExportError as error:
        raise Refusal(str(error)) from None
    if bundle.notes:
        why = _("En kodeliste har ikke plass til memoer. De kan skrives ut for seg.")
        left += (Loss(what=_("Memo på kode"), name="", why=why, count=len(bundle.notes)),)
    return listed.content, (*listed.losses, *left)


def _not_in_use(project: Project) -> Iterator[Loss]:
    why = _("Bare koder som er i bruk, kommer med. Ta koden i bruk igjen, eller velg en annen form.")
    for entry in list_codes(project):
        if entry.status == "retired":
            yield Loss(what=_("Kode ute av bruk"), name=entry.name, why=why)


def _themes(project: Project) -> Iterator[Loss]:
    for theme in list_themes(project):
        yield Loss(what=_("Tema"), name=theme.title, why=_("Temaene over kodene kommer ikke med."))


def _codebook_of(bundle: Bundle) -> Bundle:
    """The codes alone, with the themes over them and what is noted on them."""
    return Bundle(
        tool=bundle.tool,
        guid=bundle.guid,
        title=bundle.title,
        created=bundle.created,
        codes=bundle.codes,
        sets=tuple(replace(each, codings=()) for each in bundle.sets if each.kind == "theme"),
        notes=tuple(each for each in bundle.notes if each.target_kind == "code"),
    )
