"""Taking a project of another tool in: one gesture, so that it comes in whole or not at all, and one undo takes it out."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from gettext import gettext as _

from exports.interchange.model import Bundle, Loss, NoteItem
from workbench.core.entities import Source
from workbench.errors import Refusal
from workbench.services.cases import record_case
from workbench.services.interchange.given_out import went_out
from workbench.services.interchange.identity import canonical, guid_of, own_guids
from workbench.services.interchange.ledger import Ledger, open_ledger, row_of
from workbench.services.interchange.receiving_cases import receive_cases, receive_people
from workbench.services.interchange.receiving_codes import receive_codes
from workbench.services.interchange.receiving_codings import (
    Place,
    receive_codings,
    spans_in_our_texts,
)
from workbench.services.interchange.receiving_notes import (
    described_as_notes,
    notes_of_sets,
    receive_links,
    receive_notes,
    receive_sets,
    waves_and_folders,
)
from workbench.services.interchange.receiving_sources import receive_sources, receive_surveys
from workbench.services.interchange.spelling import with_one_spelling
from workbench.services.projects import SUFFIX
from workbench.store.project import Gesture, Project
from workbench.store.queries import corpus as queries
from workbench.store.queries.interchange import coding_places, note_places

Progress = Callable[[int, int, str], None]
"""Called with how many sources are done, how many there are, and the name of the one at hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Which parts of a bundle are wanted; codes and cases come with what rests on them."""

    sources: bool = True
    codings: bool = True
    notes: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What became of a bundle. Counts are by kind: code, source, coding, note, case, informant, set, link."""

    tool: str
    title: str
    added: Mapping[str, int]
    updated: Mapping[str, int]
    unchanged: Mapping[str, int]
    sources: tuple[Source, ...]
    """Those that are new."""
    kept: tuple[Loss, ...]
    """Changed on both sides, or gone here: ours stands."""
    gone: tuple[Loss, ...]
    """Was in the file last time and is not any more: it stays here."""
    losses: tuple[Loss, ...]
    """What did not come along, and what was wrong in the file and read nevertheless (`mended`)."""


def receive(
    project: Project,
    bundle: Bundle,
    *,
    parts: Parts | None = None,
    cases: Sequence[str] = (),
    file: str = "",
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Received:
    """Take a bundle in, as one gesture. What came from the same project before is updated, not doubled.

    Args:
        project: where it goes.
        bundle: what a reader gave.
        parts: which parts of it; everything when nothing is said.
        cases: names of cases that every source belongs to besides its own.
        file: name of the file, for the history and for formats without an identity of their own.
        progress: called before each source.
        cancelled: asked often; once it says yes, nothing at all is taken in.

    Raises:
        Refusal: if it is cancelled.
    """
    (received,) = receive_all(
        project, [bundle], parts=parts, cases=cases, file=file, progress=progress, cancelled=cancelled
    )
    return received


def receive_all(
    project: Project,
    bundles: Sequence[Bundle],
    *,
    parts: Parts | None = None,
    cases: Sequence[str] = (),
    file: str = "",
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    last: Callable[[Gesture, list[Received]], None] = lambda _act, _received: None,
) -> list[Received]:
    """Take every project of a file in, all in one gesture, so that one undo takes the file out; see `receive`.

    `last` is called when all of it is done and none of it is kept yet; what it raises leaves nothing in the project.
    """
    wanted = [_wanted(with_one_spelling(bundle), parts or Parts()) for bundle in bundles]
    total = sum(len(bundle.sources) for bundle in wanted)
    done = 0

    def step(name: str) -> None:
        nonlocal done
        if cancelled():
            raise Refusal(_("Avbrutt. Ingenting fra «{file}» er tatt inn.").format(file=file or bundles[0].title))
        if name and progress is not None:
            progress(done, total, name)
        done += bool(name)

    with project.write() as act:
        all_of_it = [
            _one(act, project, bundle, parts or Parts(), cases=cases, file=file, step=step) for bundle in wanted
        ]
        last(act, all_of_it)
        return all_of_it


def _one(
    act: Gesture,
    project: Project,
    bundle: Bundle,
    parts: Parts,
    *,
    cases: Sequence[str],
    file: str,
    step: Callable[[str], None],
) -> Received:
    own = own_guids(act.connection, project.uid)
    origin = identity_of(bundle, file)
    # Another copy of the project is no file that was written for others: it need not be from any of the exports.
    at_home = not bundle.guid or origin == guid_of(project.uid, "project", project.uid)
    ledger = open_ledger(act, origin, file or bundle.title, own, lists=not bundle.guid)
    if at_home and not file.endswith(SUFFIX):
        ledger.known |= went_out(act.connection, bundle, origin, ledger.known, own)
    before = {source.id for source in queries.sources(act.connection)}
    if bundle.codes or bundle.sources or bundle.cases or bundle.notes or bundle.sets:
        _receive(act, project, bundle, ledger, cases=cases, step=step)
    else:
        ledger.lose(_("Prosjekt"), bundle.title or file, _("Det er ingenting i det som kan tas inn."), mended=True)
    gone = _gone(act, bundle, parts, ledger)
    ledger.remember(act)
    return Received(
        tool=bundle.tool,
        title=bundle.title,
        added=dict(+ledger.added),
        updated=dict(+ledger.updated),
        unchanged=dict(+ledger.unchanged),
        sources=tuple(source for source in queries.sources(act.connection) if source.id not in before),
        kept=tuple(ledger.kept),
        gone=gone,
        losses=(*bundle.losses, *ledger.losses),
    )


def identity_of(bundle: Bundle, file: str) -> str:
    """What tells one foreign project from another: its GUID, or what it is called where the format has none."""
    if bundle.guid:
        return canonical(bundle.guid)
    tool = bundle.tool.split(" ")[0].casefold()
    return hashlib.sha256(f"{tool}\x1f{bundle.title or file}".encode()).hexdigest()[:32].upper()


def _receive(
    act: Gesture, project: Project, bundle: Bundle, ledger: Ledger, *, cases: Sequence[str], step: Callable[[str], None]
) -> None:
    bundle = waves_and_folders(bundle, ledger)
    receive_people(act, bundle, ledger)
    receive_cases(act, project.uid, bundle, ledger)
    ledger.case_kinds.update({each.guid: each.kind for each in bundle.cases})
    receive_codes(act, project.uid, bundle, ledger)
    receive_surveys(act, project.uid, bundle, ledger)
    common = [record_case(act, project.uid, name) for name in cases]
    standing, noted = coding_places(act.connection), note_places(act.connection)
    texts = receive_sources(act, project, bundle, ledger, common=common, step=step)
    notes = described_as_notes(bundle)
    spans = spans_in_our_texts(act, _places(bundle, notes), texts, ledger)
    receive_codings(act, project, bundle, spans, ledger, before=standing, step=step)
    receive_sets(act, project.uid, bundle, ledger)
    notes = notes_of_sets(notes, bundle, ledger)
    receive_notes(act, project.uid, notes, spans, ledger, called=_names(bundle), before=noted)
    receive_links(act, project.uid, bundle, ledger)
    _tell_of_waiting(act, ledger)


def _places(bundle: Bundle, notes: Sequence[NoteItem]) -> list[Place]:
    """Every span of a text that something stands on."""
    on_words = [Place(guid=each.guid, source=each.source, start=each.start, end=each.end) for each in bundle.codings]
    return on_words + [
        Place(guid=each.guid, source=each.target, start=each.start, end=each.end)
        for each in notes
        if each.target_kind == "passage"
    ]


def _names(bundle: Bundle) -> dict[str, str]:
    """GUID -> name, of what a note may be on; a coding is called by its source."""
    names: dict[str, str] = {}
    for named in (bundle.sources, bundle.codes, bundle.cases, bundle.sets):
        names |= {each.guid: each.name for each in named}
    return names | {each.guid: names[each.source] for each in bundle.codings if each.source in names}


def _tell_of_waiting(act: Gesture, ledger: Ledger) -> None:
    for uid in sorted(ledger.replaced):
        waiting = len(act.state.rows("waiting", source=uid))
        if waiting:
            name = (act.state.get("source", uid) or {}).get("name", "")
            why = _("Teksten er ny; noe som stod i den, har ikke en sikker plass og venter i køen.")
            ledger.lose(_("Kilde"), name, why, count=waiting, mended=True)


def _wanted(bundle: Bundle, parts: Parts) -> Bundle:
    """The bundle without the parts that are not wanted; what rests on them goes too."""
    if not parts.sources:
        bundle = replace(bundle, sources=(), codings=(), cases=(), variables=(), surveys=())
        bundle = replace(bundle, notes=tuple(each for each in bundle.notes if each.target_kind in ("code", "set")))
        there = {each.guid for each in bundle.codes} | {each.guid for each in bundle.sets}
        bundle = replace(bundle, links=tuple(each for each in bundle.links if {each.origin, each.target} <= there))
    if not parts.codings:
        bundle = replace(bundle, codings=(), sets=tuple(replace(each, codings=()) for each in bundle.sets))
        bundle = replace(bundle, notes=tuple(each for each in bundle.notes if each.target_kind != "coding"))
    if not parts.notes:
        bundle = replace(bundle, notes=())
    return bundle


def _gone(act: Gesture, bundle: Bundle, parts: Parts, ledger: Ledger) -> tuple[Loss, ...]:
    """What came from this project before, stands here, and is not in the file any more; codings are counted by source.

    Parts that were not asked for this time are not missed.
    """
    words = {"code": _("Kode"), "source": _("Kilde"), "coding": _("Koding"), "note": _("Notat"), "set": _("Tema")}
    asked = {"source": parts.sources, "coding": parts.codings and parts.sources, "note": parts.notes and parts.sources}
    in_file = set[str]()
    for things in (bundle.codes, bundle.sources, bundle.codings, bundle.notes, bundle.sets):
        in_file |= {each.guid for each in things}
    names = {row["id"]: row["name"] for row in act.state.rows("source")}
    met = set(ledger.ids.values())  # some tools give everything a new GUID at every export
    found: Counter[tuple[str, str]] = Counter()
    for (kind, guid), item in ledger.known.items():
        if item.origin != ledger.origin or guid in in_file or item.target in met or kind not in words:
            continue
        row = row_of(act, kind, item.target)
        if row is not None and asked.get(kind, True):
            text = str(row.get("text", ""))[:_SHOWN]
            name = names.get(row.get("source", ""), "") or row.get("name") or row.get("title") or text
            found[words[kind], str(name)] += 1
    why = _("Står ikke i filen lenger, og blir stående her.")
    return tuple(Loss(what=what, name=name, why=why, count=count) for (what, name), count in found.items())


_SHOWN = 40
"""Characters of a note that tell which it is."""
