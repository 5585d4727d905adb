"""QualCoder's codings and annotations: settled by the words that were selected, since its offsets may be Qt's.

QualCoder stores Python's offsets, but its text widget counts UTF-16 units, so that behind an emoji the stored ones may be
too large. The selected words say which they are.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from gettext import gettext as _

from exports.interchange.databases import Row, distinct
from exports.interchange.foreign import Material, Tally, iso_time, person_guid, stable_guid, why_lost, why_mended
from exports.interchange.model import CodeItem, CodingItem, NoteItem, NoteTarget, SourceItem
from exports.interchange.quoted_spans import Place, double_units, from_utf16, settle


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """Codings with the memos on them, and the `double_units` of the sources whose offsets are UTF-16 units."""

    codings: tuple[CodingItem, ...]
    notes: tuple[NoteItem, ...]
    utf16: Mapping[int, Sequence[int]]


def code_texts(found: Sequence[Row], material: Material, tally: Tally) -> Coded:
    """The codings on text.

    Args:
        found: rows of `code_text`.
        material: what they are on.
        tally: gets those that are lost or were mended, by source.
    """
    doubles = {number: double_units(source.text) for number, source in material.sources.items()}
    codings: list[CodingItem] = []
    notes: list[NoteItem] = []
    votes: Counter[int] = Counter()
    for row in distinct(found, ("ctid", "date")):
        fid = row.whole("fid") or 0
        source, code = material.sources.get(fid), material.codes.get(row.whole("cid") or 0)
        place = _place(row, source, doubles.get(fid, ()))
        coding = None
        if source is not None and code is not None and place is not None:
            coding = _coding(row, material.project, source, code, place)
            codings.append(coding)
            behind = bisect_left(doubles[fid], place.end) > 0
            votes[fid] += (place.reading == "utf16") - (place.reading == "points" and behind)
        name = material.names.get(fid) or _("ukjent kilde")
        if coding is None:
            tally.add(_("Kodinger"), name, why_lost(source, code))
        elif place is not None and place.reading != "points":
            tally.add(_("Kodinger"), name, why_mended(place.reading), mended=True)
        notes.extend(_memo(row, material, source, code, coding))
    heard = sum(row.whole("avid") is not None for row in found)
    tally.add(
        _("Kodinger"), "avid", _("Kodingene viste til et stykke av opptaket; henvisningen er ikke med."), count=heard
    )
    utf16 = {fid: doubles[fid] for fid, more in votes.items() if more > 0}
    return Coded(codings=tuple(codings), notes=tuple(notes), utf16=utf16)


def _place(row: Row, source: SourceItem | None, doubles: Sequence[int]) -> Place | None:
    start, end = row.whole("pos0"), row.whole("pos1")
    if source is None or start is None or end is None:
        return None
    return settle(source.text, doubles, start, end, row.text("seltext"))


def _coding(row: Row, project: str, source: SourceItem, code: CodeItem, place: Place) -> CodingItem:
    return CodingItem(
        guid=stable_guid(project, "code_text", row.text("ctid"), row.text("date")),
        source=source.guid,
        start=place.start,
        end=place.end,
        code=code.guid,
        coder=person_guid(project, row.words("owner")),
        created=iso_time(row.text("date")),
        star=row.whole("important") == 1,
    )


def _memo(
    row: Row, material: Material, source: SourceItem | None, code: CodeItem | None, coding: CodingItem | None
) -> Iterator[NoteItem]:
    """The memo of a coding; on the source when the coding could not be placed, on the project without a source."""
    text = row.text("memo")
    if text.strip():
        target_kind: NoteTarget = "coding" if coding is not None else "source" if source is not None else "project"
        about = (material.names.get(row.whole("fid") or 0, "") if source is None else "", code.name if code else "")
        yield NoteItem(
            guid=stable_guid(material.project, "code_text-memo", row.text("ctid"), row.text("date")),
            title="" if coding is not None else ": ".join(part for part in about if part),
            text=text,
            target_kind=target_kind,
            target=coding.guid if coding is not None else source.guid if source is not None else "",
            creator=person_guid(material.project, row.words("owner")),
            created=iso_time(row.text("date")),
        )


def other_memos(table: str, key: str, found: Sequence[Row], material: Material) -> Iterator[NoteItem]:
    """Memos of codings on pictures and recordings, which stay though the codings do not."""
    for row in distinct(found, (key, "date")):
        if row.text("memo").strip():
            yield NoteItem(
                guid=stable_guid(material.project, table, row.text(key), row.text("date")),
                title=material.names.get(row.whole("id") or 0, ""),
                text=row.text("memo"),
                creator=person_guid(material.project, row.words("owner")),
                created=iso_time(row.text("date")),
            )


def margin_notes(
    found: Sequence[Row], material: Material, utf16: Mapping[int, Sequence[int]], tally: Tally
) -> Iterator[NoteItem]:
    """Annotations as margin notes; their offsets are read as those of the source's codings, since they quote nothing."""
    for row in distinct(found, ("anid",)):
        text, fid = row.text("memo"), row.whole("fid") or 0
        source = material.sources.get(fid)
        name = material.names.get(fid) or _("ukjent kilde")
        if not text.strip():
            tally.add(_("Merknader"), name, _("Merknaden er tom."))
            continue
        span = None
        if source is None:
            tally.add(
                _("Merknader"), name, _("Kilden er ikke med; merknaden står som memo på prosjektet."), mended=True
            )
        else:
            span = passage(source.text, row.whole("pos0"), row.whole("pos1"), utf16.get(fid, ()))
            if span is None:
                why = _("Plassen er utenfor teksten; merknaden står som memo på kilden.")
                tally.add(_("Merknader"), name, why, mended=True)
        start, end = span or (0, 0)
        yield NoteItem(
            guid=stable_guid(material.project, "annotation", row.text("anid")),
            title="" if source is not None else name,
            text=text,
            kind="memo" if span is None else "margin",
            target_kind="project" if source is None else "source" if span is None else "passage",
            target=source.guid if source is not None else "",
            start=start,
            end=end,
            creator=person_guid(material.project, row.words("owner")),
            created=iso_time(row.text("date")),
        )


def passage(text: str, start: int | None, end: int | None, doubles: Sequence[int]) -> tuple[int, int] | None:
    """A span of code points from offsets that quote nothing; None where they are no span of the text.

    Args:
        text: what they are into.
        start: first offset.
        end: one past the last.
        doubles: `double_units` of the text where the offsets are UTF-16 units, otherwise nothing.
    """
    if start is None or end is None:
        return None
    start, end = from_utf16(doubles, start), from_utf16(doubles, end)
    return (start, end) if 0 <= start < end <= len(text) else None
