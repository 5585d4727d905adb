"""RQDA's two tables of codings, and its annotations, which stand at a point."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from gettext import gettext as _

from exports.interchange.databases import Row
from exports.interchange.foreign import (
    Material,
    Tally,
    iso_time_of_r,
    memo,
    person_guid,
    stable_guid,
    why_lost,
    why_mended,
)
from exports.interchange.model import CodingItem, NoteItem, NoteTarget
from exports.interchange.quoted_spans import double_units, settle

_REACH = 60
"""Code points a margin note covers where RQDA has a point: to the end of the line, but no more than this."""


def second_coder(owner: str) -> str:
    """The coder of RQDA's second coding, kept apart from the first so that the two can be compared."""
    return _("{coder} (andre koding)").format(coder=owner) if owner else _("andre koding")


def codings_of(
    material: Material, tables: Mapping[str, Sequence[Row]], tally: Tally
) -> tuple[tuple[CodingItem, ...], tuple[NoteItem, ...]]:
    """The codings of both codings with the memos on them."""
    doubles = {number: double_units(source.text) for number, source in material.sources.items()}
    codings: list[CodingItem] = []
    notes: list[NoteItem] = []
    seen: Counter[tuple[str, ...]] = Counter()
    for table, row in ((name, row) for name in ("coding", "coding2") for row in tables[name]):
        made = (table, *(row.text(column) for column in ("cid", "fid", "selfirst", "selend", "owner", "date")))
        seen[made] += 1
        guid = stable_guid(material.project, *made, seen[made])
        coder = second_coder(row.words("owner")) if table == "coding2" else row.words("owner")
        coding = _coding(material, row, guid, coder, doubles, tally)
        if coding is not None:
            codings.append(coding)
            if table == "coding2":
                why = _("RQDAs andre koding er tatt inn under en egen koder, så de to kan sammenlignes.")
                tally.add(_("Kodinger"), coder, why, mended=True)
        source = material.sources.get(row.whole("fid") or 0)
        target = coding.guid if coding is not None else source.guid if source is not None else ""
        kind: NoteTarget = "coding" if coding is not None else "source" if source is not None else "project"
        for note in memo(stable_guid(guid, "memo"), row.text("memo"), kind, target):
            person, created = person_guid(material.project, coder), iso_time_of_r(row.text("date"))
            notes.append(replace(note, creator=person, created=created))
    return tuple(codings), tuple(notes)


def _coding(
    material: Material, row: Row, guid: str, coder: str, doubles: Mapping[int, Sequence[int]], tally: Tally
) -> CodingItem | None:
    fid = row.whole("fid") or 0
    source, code = material.sources.get(fid), material.codes.get(row.whole("cid") or 0)
    name = material.names.get(fid) or _("ukjent kilde")
    start, end = row.whole("selfirst"), row.whole("selend")
    if source is None or code is None:
        tally.add(_("Kodinger"), name, why_lost(source, code))
        return None
    found = None
    if start is not None and end is not None:
        found = settle(source.text, doubles[fid], start, end, row.text("seltext"))
    if found is None:
        tally.add(_("Kodinger"), name, why_lost(source, code))
        return None
    if found.reading != "points":
        tally.add(_("Kodinger"), name, why_mended(found.reading), mended=True)
    return CodingItem(
        guid=guid,
        source=source.guid,
        start=found.start,
        end=found.end,
        code=code.guid,
        coder=person_guid(material.project, coder),
        created=iso_time_of_r(row.text("date")),
    )


def picture_memos(project: str, found: Sequence[Row]) -> Iterator[NoteItem]:
    """Memos of codings on pictures, which stay though the codings do not."""
    seen: Counter[tuple[str, ...]] = Counter()
    for row in found:
        made = ("imageCoding", *(row.text(column) for column in ("cid", "iid", "owner", "date")))
        seen[made] += 1
        for note in memo(stable_guid(project, *made, seen[made]), row.text("memo"), "project", ""):
            person, created = person_guid(project, row.words("owner")), iso_time_of_r(row.text("date"))
            yield replace(note, creator=person, created=created)


def margin_notes(material: Material, found: Sequence[Row], tally: Tally) -> Iterator[NoteItem]:
    """Annotations stand at a point; as margin notes they are on the words from there."""
    seen: Counter[tuple[str, str]] = Counter()
    for row in found:
        if not row.text("annotation").strip():
            tally.add(_("Merknader"), material.names.get(row.whole("fid") or 0, ""), _("Merknaden er tom."))
            continue
        fid, position = row.whole("fid") or 0, row.whole("position")
        source = material.sources.get(fid)
        made = (row.text("fid"), row.text("date"))
        seen[made] += 1
        note = NoteItem(
            guid=stable_guid(material.project, "annotation", *made, seen[made]),
            text=row.text("annotation"),
            creator=person_guid(material.project, row.words("owner")),
            created=iso_time_of_r(row.text("date")),
        )
        if source is None:
            name = material.names.get(fid) or _("ukjent kilde")
            tally.add(
                _("Merknader"), name, _("Kilden er ikke med; merknaden står som memo på prosjektet."), mended=True
            )
            yield replace(note, title=name)
            continue
        start, end = _words_at(source.text, position)
        yield replace(note, kind="margin", target_kind="passage", target=source.guid, start=start, end=end)


def _words_at(text: str, position: int | None) -> tuple[int, int]:
    """The rest of the line from a point, or what stands before it where nothing follows; the text is not blank."""
    start = min(max(position or 0, 0), len(text))
    line_end = text.find("\n", start, start + _REACH)
    end = min(start + _REACH, len(text) if line_end < 0 else line_end)
    if text[start:end].strip():
        return start, end
    before = len(text[:start].rstrip())
    if not before:
        start = len(text) - len(text.lstrip())
        return start, start + 1
    return max(text.rfind("\n", 0, before) + 1, before - _REACH), before
