"""The codebook alone, as other tools take it in, or for people to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from gettext import gettext as _
from pathlib import Path

from codebooks.tree import walk
from exports.errors import ExportError
from exports.interchange.model import Bundle, Loss, NoteItem
from exports.packaging import printable
from workbench import language
from workbench.core.entities import Memo
from workbench.errors import Refusal
from workbench.services.codebook import as_codebook, list_codes, list_themes
from workbench.services.interchange.giving import bundle_of
from workbench.services.interchange.left_behind import codes_left_behind, signals_left_behind
from workbench.services.interchange.written_out import Content, HandedOut, remembered, write_out
from workbench.services.memos import shared_memos
from workbench.services.projects import facts
from workbench.store.project import Project

SHAPES = ("yaml", "docx", "qdc", "csv", "xlsx", "nvivo", "atlasti", "maxqda", "qualcoder", "taguette")
"""What a codebook can be written as, those that hold the most first."""
ENDINGS = {"yaml": ".yaml", "docx": ".docx", "qdc": ".qdc", "csv": ".csv", "xlsx": ".xlsx", "nvivo": ".xlsx",
           "atlasti": ".xlsx", "maxqda": ".xlsx", "qualcoder": ".csv", "taguette": ".csv"}  # fmt: skip
"""How the file of each is usually called."""
_GROUPING = ("qdc", "atlasti")
"""Those that hold themes."""


def hand_out_codebook(
    project: Project, shape: str, path: Path, *, force: bool = False, as_project: bool = False
) -> HandedOut:
    """Write the codebook in one of `SHAPES`, with a list beside it of what the shape could not hold.

    A path without a suffix gets that of the shape.

    Args:
        project: whose codebook it is.
        shape: one of `SHAPES`.
        path: the file.
        force: write over a file that is there.
        as_project: a list shape is one of several that a project goes out in: everything that is no code is lost too.

    Raises:
        Refusal: if the shape is unknown, or the file exists (without `force`) or cannot be written.
    """
    if shape not in SHAPES:
        known = ", ".join(SHAPES)
        raise Refusal(_("«{name}» er ikke en form for kodebok. Velg en av: {known}.").format(name=shape, known=known))
    if not path.suffix:
        path = path.with_name(path.name + ENDINGS[shape])
    if shape == "docx":
        return write_out(project, path.with_suffix(".docx"), _pages(project), force=force)
    if shape == "yaml":
        return write_out(project, path, _yaml(project), force=force)
    whole = bundle_of(project)
    bundle = _codebook_of(whole if shape in _GROUPING else _with_themes_of_note(whole))
    moment = datetime.now(UTC)
    content, losses = _listed(project, bundle, shape)
    rest = tuple(_besides(whole, losses)) if as_project else ()
    written = write_out(project, path, (content, (*losses, *rest)), force=force)
    return remembered(written, project, bundle, moment) if shape == "qdc" else written


def _pages(project: Project) -> Content:
    from exports.paper.codebook_pages import DEEPEST, render_codebook_pages
    from exports.paper.models import CodebookPrint, Sheet, Tally

    book, entries, about = as_codebook(project), list_codes(project), facts(project)
    tallies = {each.slug: Tally(own=each.codings, total=each.codings_total, cases=each.cases) for each in entries}
    sheet = Sheet(project=about.title, date=date.today(), stamp=about.data_class)
    with language.speaking(sheet.language):
        content = render_codebook_pages(sheet, CodebookPrint(codebook=book, tallies=tallies))
    why = _("Et dokument skiller ikke mapper fra koder når det leses inn igjen.")
    folders = [Loss(what=_("Mapper"), name=each.name, why=why) for each in book if each.folder]
    why = _("Koden ligger mer enn {n} nivåer ned og har overskrift som om den lå der.").format(n=DEEPEST)
    deep = [
        Loss(what=_("Plass i kodetreet"), name=code.name, why=why) for depth, code in walk(book) if depth >= DEEPEST
    ]
    why = _("Tegn som Word ikke kan lagre, er byttet ut med «\ufffd».")
    said = {each.name: "".join((each.name, each.name_en, each.brief, each.definition, each.when, each.when_not, *each.examples))
            for each in book}  # fmt: skip
    odd = [
        Loss(what=_("Kode"), name=name, why=why, mended=True) for name, text in said.items() if printable(text) != text
    ]
    return content, (*_only_codes(project), *folders, *deep, *odd, *signals_left_behind(project))


def _yaml(project: Project) -> Content:
    from codebooks.yaml_io import write_codebook

    return write_codebook(as_codebook(project)).encode("utf-8"), _only_codes(project)


def _listed(project: Project, bundle: Bundle, shape: str) -> Content:
    left = (*codes_left_behind(project), *signals_left_behind(project))
    if shape == "qdc":
        from exports.interchange.refi.codebook import write_qdc

        refi = write_qdc(bundle)
        return refi.content, (*refi.losses, *left)
    from exports.interchange.codelists.shapes import write_codelist

    try:
        listed = write_codelist(bundle, shape)
    except ExportError as error:
        raise Refusal(str(error)) from None
    return listed.content, (*listed.losses, *_memos(bundle.notes), *left)


def _with_themes_of_note(bundle: Bundle) -> Bundle:
    """The bundle without the themes that are as every new code at the top gets one: of its name, with nothing written."""
    names = {code.guid: code.name for code in bundle.codes}
    kept = tuple(
        each
        for each in bundle.sets
        if each.description
        or each.status == "final"
        or each.codings
        or [names.get(code) for code in each.codes] != [each.name]
    )
    return replace(bundle, sets=kept)


def _only_codes(project: Project) -> tuple[Loss, ...]:
    """What a codebook of the codes in use leaves out."""
    on_codes = [each for each in shared_memos(project) if each.target_kind == "code"]
    return (*_not_in_use(project), *_themes(project), *_memos(on_codes), *codes_left_behind(project))


def _memos(on_codes: Sequence[NoteItem | Memo]) -> Iterator[Loss]:
    if on_codes:
        why = _("En kodeliste har ikke plass til memoer. De kan skrives ut for seg.")
        yield Loss(what=_("Memo på kode"), name="", why=why, count=len(on_codes))


def _besides(whole: Bundle, told: Sequence[Loss]) -> Iterator[Loss]:
    """How much of each kind there is in the project beside the codebook."""
    counts = {
        _("kilder"): len(whole.sources),
        _("kodinger"): len(whole.codings),
        _("memoer og merknader"): sum(each.target_kind != "code" for each in whole.notes),
        _("caser og informanter"): len(whole.cases),
        _("opplysninger om caser"): sum(len(each.values) for each in whole.cases),
        _("bølger"): sum(each.kind == "wave" for each in whole.sets),
        _("sitater i temaer"): sum(len(each.codings) for each in whole.sets),
        _("koblinger"): len(whole.links),
        _("undersøkelser"): len(whole.surveys),
    }
    for each in whole.losses:
        if each.what not in {other.what for other in told}:
            counts[each.what] = counts.get(each.what, 0) + each.count
    why = _("En kodebok har koder og temaer. Hele prosjektet går ut som qdpx, eller som en kopi av prosjektfilen.")
    for name, count in counts.items():
        if count:
            yield Loss(what=_("Annet i prosjektet"), name=name, why=why, count=count)


def _not_in_use(project: Project) -> Iterator[Loss]:
    why = _("Bare koder som er i bruk, kommer med. Ta koden i bruk igjen, eller velg en annen form.")
    for entry in list_codes(project):
        if entry.status == "retired":
            yield Loss(what=_("Kode ute av bruk"), name=entry.name, why=why)


def _themes(project: Project) -> Iterator[Loss]:
    names = {entry.id: entry.name for entry in list_codes(project)}
    for theme in list_themes(project):
        written = theme.essence or theme.status == "final" or theme.codings
        if written or [names.get(code) for code in theme.codes] != [theme.title]:
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
