"""Marked stretches of a text: what is no running text, and what the transcriber was unsure of.

A reader marks them on the way in; a person opens, closes, marks and removes them, and each of that can be undone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from gettext import gettext as _
from gettext import ngettext

from corpus.model import REGION_KINDS
from workbench.core.entities import Source, StoredRegion
from workbench.core.ids import new_id
from workbench.errors import NotFound, Refusal
from workbench.services.closed import kind_words
from workbench.services.coding import require_current
from workbench.services.naming import prefixed
from workbench.store.project import Gesture, Project
from workbench.store.queries import corpus as queries
from workbench.store.queries import interchange


def list_regions(project: Project, source: Source | None = None) -> list[StoredRegion]:
    """The marked stretches of a source, or of all sources in order of import, in reading order."""
    if source is not None:
        return interchange.regions(project.connection, source.id)
    order = {each.id: n for n, each in enumerate(queries.sources(project.connection))}
    return sorted(interchange.regions(project.connection), key=lambda each: order[each.source])


def find_region(project: Project, source: Source, named: str) -> StoredRegion:
    """A stretch by its number in the source, counted from 1 in reading order, or by the beginning of its id.

    Raises:
        NotFound: if there is none, or several begin so.
    """
    known = list_regions(project, source)
    if named.isdecimal() and 1 <= int(named) <= len(known):
        return known[int(named) - 1]
    if not known:
        raise NotFound(_("«{name}» har ingen merkede felt.").format(name=source.name))
    by_id = {each.id: each for each in known}
    return by_id[prefixed(named, by_id, _("felt"))[0]]


def of_kind(project: Project, source: Source, kind: str) -> list[StoredRegion]:
    """All stretches of a kind in a source.

    Raises:
        Refusal: if the kind is unknown.
        NotFound: if there is none of it.
    """
    _check_kind(kind)
    found = [each for each in list_regions(project, source) if each.kind == kind]
    if not found:
        what = kind_words()[kind]
        raise NotFound(_("«{name}» har ingen felt av typen «{kind}».").format(name=source.name, kind=what))
    return found


def doubtful(project: Project) -> Counter[str]:
    """Source id -> how many stretches nobody has looked at since the transcriber was unsure of them."""
    return Counter(interchange.doubtful_counts(project.connection))


def set_codable(project: Project, regions: Iterable[StoredRegion], *, codable: bool) -> int:
    """Open stretches for coding, or close them, in one gesture; how many were changed."""
    return _say(project, [each for each in regions if each.codable != codable], codable=int(codable))


def set_seen(project: Project, regions: Iterable[StoredRegion], *, seen: bool = True) -> int:
    """Say that doubtful stretches have been looked at, or take it back, in one gesture; how many were changed."""
    return _say(project, [each for each in regions if each.seen != seen], seen=int(seen))


def _say(project: Project, regions: Sequence[StoredRegion], **decided: int) -> int:
    """Record a decision on stretches in one gesture, none where there are none; how many there are."""
    if regions:
        with project.write() as act:
            for each in regions:
                _require_there(act, each)
                act.record("region.set", {"id": each.id, **decided})
    return len(regions)


def mark(project: Project, source: Source, start: int, end: int, kind: str, *, note: str = "") -> StoredRegion:
    """Mark a stretch as something else than running text, closed unless it is only doubtful.

    The same stretch of the same kind again is the one that is there.

    Raises:
        Refusal: if the stretch is empty or outside the text, or the kind is unknown.
    """
    _check_kind(kind)
    text = queries.text_of(project.connection, source.version)
    if not 0 <= start < end <= len(text) or not text[start:end].strip():
        raise Refusal(_("Stedet {start}–{end} er tomt eller ligger utenfor teksten.").format(start=start, end=end))
    known = list_regions(project, source)
    there = next((each for each in known if (each.start, each.end, each.kind) == (start, end, kind)), None)
    if there is not None:
        return there
    uid = new_id()
    with project.write() as act:
        require_current(act, source)
        act.record(
            "region.set",
            {
                "id": uid,
                "source": source.id,
                "version": source.version,
                "start": start,
                "end": end,
                "kind": kind,
                "note": act.text(note) if note else "",
                "codable": int(kind == "doubtful"),
                "seen": 0,
            },
        )
    return next(each for each in list_regions(project, source) if each.id == uid)


def remove(project: Project, regions: Sequence[StoredRegion]) -> None:
    """Take marks away, in one gesture; the text stays."""
    with project.write() as act:
        for each in regions:
            _require_there(act, each)
            act.record("region.remove", {"id": each.id})


def told(regions: Iterable[StoredRegion]) -> str:
    """What is marked, in words: «3 felt stengt for koding, 12 tvilsomme steder å se på»; empty if nothing."""
    known = list(regions)
    closed = sum(not each.codable for each in known)
    unseen = sum(each.kind == "doubtful" and not each.seen for each in known)
    parts = (
        (closed, ngettext("{n} felt stengt for koding", "{n} felt stengt for koding", closed)),
        (unseen, ngettext("{n} tvilsomt sted å se på", "{n} tvilsomme steder å se på", unseen)),
    )
    return ", ".join(words.format(n=number) for number, words in parts if number)


def _check_kind(kind: str) -> None:
    if kind not in REGION_KINDS:
        raise Refusal(
            _("«{kind}» er ingen type felt. Velg en av: {known}.").format(kind=kind, known=", ".join(REGION_KINDS))
        )


def _require_there(act: Gesture, region: StoredRegion) -> None:
    if act.state.get("region", region.id) is None:
        raise Refusal(_("Feltet er ikke merket lenger."))
