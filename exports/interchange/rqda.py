"""RQDA's projects (.rqda): texts, codes in categories, codings, cases, attributes, journal and annotations.

Rows stay in the file when they are deleted in RQDA, with a status other than 1; those are left where they are. Offsets are
code points, the last one not included.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from gettext import gettext as _
from pathlib import Path

from exports.interchange.databases import Row, numbered, open_database, rows
from exports.interchange.foreign import (
    Material,
    Tally,
    clock_said,
    iso_time_of_r,
    makers_said,
    memo,
    people,
    person_guid,
    said_of_file,
    stable_guid,
    unread_columns,
    unread_tables,
    why_nowhere,
)
from exports.interchange.foreign_attributes import Given, Kind, place
from exports.interchange.foreign_codes import colour, in_tree_order
from exports.interchange.model import (
    Bundle,
    CaseItem,
    CodeItem,
    Loss,
    NoteItem,
    SetItem,
    SourceItem,
)
from exports.interchange.rqda_codings import codings_of, margin_notes, picture_memos, second_coder

_REQUIRED = {
    "source": ("name", "id", "file"),
    "freecode": ("name", "id"),
    "coding": ("cid", "fid", "selfirst", "selend"),
}
_COLUMNS = {
    "project": ("date", "memo"),
    "source": ("name", "id", "file", "memo", "owner", "date", "dateM", "status"),
    "freecode": ("name", "memo", "id", "date", "status", "color"),
    "codecat": ("name", "catid", "date", "memo", "status"),
    "treecode": ("cid", "catid", "status"),
    "filecat": ("name", "catid", "date", "memo", "status"),
    "treefile": ("fid", "catid", "status"),
    "coding": ("cid", "fid", "seltext", "selfirst", "selend", "status", "owner", "date", "memo"),
    "coding2": ("cid", "fid", "seltext", "selfirst", "selend", "status", "owner", "date", "memo"),
    "cases": ("name", "memo", "date", "id", "status"),
    "caselinkage": ("caseid", "fid", "selfirst", "selend", "status", "owner", "date", "memo"),
    "attributes": ("name", "status", "memo", "class"),
    "caseAttr": ("variable", "value", "caseID", "status"),
    "fileAttr": ("variable", "value", "fileID", "status"),
    "journal": ("name", "journal", "date", "owner", "status"),
    "annotation": ("fid", "position", "annotation", "owner", "date", "status"),
    "image": ("name", "status"),
    "imageCoding": ("cid", "iid", "memo", "owner", "date", "status"),
}
_UNSAID = {
    "*": ("owner", "date", "dateM"),
    "project": ("databaseversion", "about", "imageDir", "encoding"),
    "codecat": ("cid",),
    "filecat": ("fid",),
    "image": ("id",),
    "imageCoding": ("x1", "y1", "x2", "y2"),
}
"""Columns that are nobody's work, or go with what is said not to come along."""
Tables = Mapping[str, Sequence[Row]]


def read(path: Path, data: bytes) -> Bundle:
    """The project.

    Raises:
        UnreadableProject: if the file is damaged, hostile or not RQDA's.
    """
    with open_database(path, data, required=_REQUIRED, tool="RQDA") as database:
        everything = {name: rows(database, name, columns) for name, columns in _COLUMNS.items()}
        losses = said_of_file(database) + unread_tables(database, _COLUMNS)
        losses += unread_columns(database, _COLUMNS, _UNSAID)
    tables = {name: tuple(row for row in found if _live(row)) for name, found in everything.items()}
    names = {row.whole("id") or 0: row.words("name") for row in everything["source"]}
    deleted = sum(len(everything[name]) - len(tables[name]) for name in tables)
    tally = Tally()
    why = _("Radene er slettet i RQDA, men lå ennå i filen. De er ikke tatt inn.")
    tally.add(_("Slettet"), path.name, why, count=deleted, mended=True)
    return _bundle(path, tables, names, tally, losses)


def _live(row: Row) -> bool:
    """Whether a row is not deleted; older versions gave some tables no status."""
    return row.values.get("status") is None or row.whole("status") == 1


def _bundle(path: Path, tables: Tables, names: Mapping[int, str], tally: Tally, losses: tuple[Loss, ...]) -> Bundle:
    head = next(iter(tables["project"]), Row(values={}))
    guid = stable_guid("rqda", head.text("date") or path.stem)
    codes, by_number, code_sets, odd = _codes(guid, tables, tally)
    sources, source_sets = _sources(guid, tables, tally)
    material = Material(project=guid, sources=sources, codes=by_number, names=names)
    codings, coding_notes = codings_of(material, tables, tally)
    cases, case_notes = _cases(material, tables, tally)
    placed = place(guid, *_attributes(material, tables, tally), cases, tally)
    notes = (
        *memo(stable_guid(guid, "memo"), head.text("memo"), "project", ""),
        *_journal(guid, tables["journal"], tally),
        *_source_notes(material, tables["source"]),
        *coding_notes,
        *margin_notes(material, tables["annotation"], tally),
        *case_notes,
        *picture_memos(guid, tables["imageCoding"]),
        *placed.notes,
    )
    for row in tables["image"]:
        tally.add(_("Bilde"), row.words("name"), _("Kodebenk tar bare inn tekst."))
    tally.add(_("Kodinger"), "imageCoding", _("Kodingene ligger på bilder."), count=len(tables["imageCoding"]))
    makers_said(tally, "RQDA", sum(len(tables[name]) for name in ("freecode", "codecat", "cases", "attributes")))
    clock_said(tally, "RQDA")
    used = {coding.coder for coding in codings} | {note.creator for note in notes}
    used |= {source.creator for source in sources.values()}
    owners = {row.words("owner") for found in tables.values() for row in found}
    persons = people(guid, owners | {second_coder(owner) for owner in owners})
    return Bundle(
        tool="RQDA",
        guid=guid,
        title=path.stem,
        created=iso_time_of_r(head.text("date")),
        people=tuple(person for person in persons if person.guid in used),
        codes=codes,
        sources=tuple(sources.values()),
        codings=codings,
        notes=notes,
        variables=placed.variables,
        cases=tuple(replace(case, values=placed.values.get(case.guid, {})) for case in cases),
        sets=(*code_sets, *source_sets),
        losses=losses + odd + tally.losses(),
    )


def _groups(found: Sequence[Row], member: str, groups: Mapping[int, str]) -> dict[int, list[str]]:
    """Each member's categories, in the order it was put into them."""
    of: dict[int, dict[str, None]] = defaultdict(dict)
    for row in found:
        number, group = row.whole(member), row.whole("catid")
        if number is not None and group is not None and group in groups:
            of[number][groups[group]] = None
    return {number: list(guids) for number, guids in of.items()}


def _codes(
    project: str, tables: Tables, tally: Tally
) -> tuple[tuple[CodeItem, ...], dict[int, CodeItem], tuple[SetItem, ...], tuple[Loss, ...]]:
    """Categories and codes as a tree, the codes by number, categories that share codes as sets, and what was wrong."""
    categories = {
        number: (row, _made(project, "codecat", number, row)) for row, number in numbered(tables["codecat"], "catid")
    }
    items = [
        CodeItem(guid=guid, name=row.words("name") or _("Uten navn"), codable=False, definition=row.text("memo"))
        for row, guid in categories.values()
    ]
    above = _groups(tables["treecode"], "cid", {number: guid for number, (_row, guid) in categories.items()})
    guids: dict[int, str] = {}
    for row, number in numbered(tables["freecode"], "id"):
        guids[number] = _made(project, "freecode", number, row)
        name = row.words("name") or _("Uten navn")
        items.append(
            CodeItem(
                guid=guids[number],
                name=name,
                parent=next(iter(above.get(number, ())), ""),
                colour=colour(row.text("color")),
                definition=row.text("memo"),
            )
        )
        if row.text("color").strip() and not colour(row.text("color")):
            why = _("Fargen «{colour}» er et navn i R; koden får en farge av Kodebenk.")
            tally.add(_("Farge"), name, why.format(colour=row.words("color")))
    codes, losses = in_tree_order(items)
    by_guid = {code.guid: code for code in codes}
    members: dict[str, list[str]] = defaultdict(list)
    for number, guid in guids.items():
        for category in above.get(number, ()):
            members[category].append(guid)
    shared = {category for of in above.values() for category in of[1:]}
    sets = tuple(
        SetItem(guid=stable_guid(guid, "set"), name=row.words("name") or _("Uten navn"), codes=tuple(members[guid]))
        for row, guid in categories.values()
        if guid in shared
    )
    for found in sets:
        why = _("Koder i flere kategorier ligger under den første; de andre kategoriene er også grupper av koder.")
        tally.add(_("Kategori"), found.name, why, mended=True)
    return codes, {number: by_guid[guid] for number, guid in guids.items()}, sets, losses


def _made(project: str, table: str, number: int, row: Row) -> str:
    """GUID of a thing; its date is that of its making, since RQDA may give a number again."""
    return stable_guid(project, table, number, row.text("date"))


def _sources(project: str, tables: Tables, tally: Tally) -> tuple[dict[int, SourceItem], tuple[SetItem, ...]]:
    """Texts by number, the first category of each as its folder, and categories that say more than that as sets."""
    categories = {
        number: (row, _made(project, "filecat", number, row)) for row, number in numbered(tables["filecat"], "catid")
    }
    titles = {guid: row.words("name") or _("Uten navn") for row, guid in categories.values()}
    above = _groups(tables["treefile"], "fid", {number: guid for number, (_row, guid) in categories.items()})
    sources: dict[int, SourceItem] = {}
    members: dict[str, list[str]] = defaultdict(list)
    for row, number in numbered(tables["source"], "id"):
        name = row.words("name") or _("Uten navn")
        if not row.text("file").strip():
            tally.add(_("Kilde"), name, _("Kilden har ingen tekst."))
            continue
        mine = above.get(number, [])
        sources[number] = SourceItem(
            guid=_made(project, "source", number, row),
            name=name,
            text=row.text("file"),
            created=iso_time_of_r(row.text("date")),
            modified=iso_time_of_r(row.text("dateM")),
            creator=person_guid(project, row.words("owner")),
            folder=titles[mine[0]] if mine else "",
        )
        for guid in mine:
            members[guid].append(sources[number].guid)
    shared = {guid for of in above.values() for guid in of[1:]}
    sets = tuple(
        SetItem(guid=guid, name=titles[guid], description=row.text("memo"), sources=tuple(members[guid]))
        for row, guid in categories.values()
        if guid in shared or row.text("memo").strip()
    )
    return sources, sets


def _journal(project: str, found: Sequence[Row], tally: Tally) -> Iterator[NoteItem]:
    seen: Counter[str] = Counter()
    for row in found:
        if row.text("journal").strip():
            seen[row.text("date")] += 1
            created = iso_time_of_r(row.text("date"))
            yield NoteItem(
                guid=stable_guid(project, "journal", row.text("date"), seen[row.text("date")]),
                title=row.words("name"),
                text=row.text("journal"),
                kind="diary",
                creator=person_guid(project, row.words("owner")),
                created=created,
                day=created[:10],
            )
        else:
            tally.add(_("Dagbok"), row.words("name"), _("Notatet er tomt."))


def _source_notes(material: Material, found: Sequence[Row]) -> Iterator[NoteItem]:
    for row, number in numbered(found, "id"):
        source = material.sources.get(number)
        guid = stable_guid(material.project, "source-memo", number)
        if source is not None:
            yield from memo(guid, row.text("memo"), "source", source.guid)
        else:
            yield from memo(guid, row.text("memo"), "project", "")


def _cases(material: Material, tables: Tables, tally: Tally) -> tuple[tuple[CaseItem, ...], tuple[NoteItem, ...]]:
    linked: dict[int, list[Row]] = defaultdict(list)
    for row in tables["caselinkage"]:
        linked[row.whole("caseid") or 0].append(row)
    cases: list[CaseItem] = []
    notes: list[NoteItem] = []
    for row, number in numbered(tables["cases"], "id"):
        guid, name = _made(material.project, "case", number, row), row.words("name") or _("Uten navn")
        notes.extend(memo(stable_guid(guid, "memo"), row.text("memo"), "case", guid))
        guids: dict[str, None] = {}
        for order, link in enumerate(linked[number]):
            source = material.sources.get(link.whole("fid") or 0)
            if source is None:
                tally.add(_("Tilknytning"), name, _("Kilden som casen er knyttet til, er ikke med."))
                continue
            guids[source.guid] = None
            first, last = link.whole("selfirst") or 0, link.whole("selend") or 0
            if first > 0 or 0 < last < len(source.text.rstrip()):
                tally.add(
                    _("Deler av kilder"), name, _("Casen var knyttet til en del av kilden, og er nå knyttet til hele.")
                )
            for note in memo(stable_guid(guid, "link", order), link.text("memo"), "source", source.guid):
                notes.append(replace(note, title=name))
        cases.append(CaseItem(guid=guid, name=name, sources=tuple(guids)))
    known = {number for _row, number in numbered(tables["cases"], "id")}
    loose = sum(len(links) for number, links in linked.items() if number not in known)
    tally.add(_("Tilknytning"), "caselinkage", why_nowhere(), count=loose)
    return tuple(cases), tuple(notes)


def _attributes(material: Material, tables: Tables, tally: Tally) -> tuple[list[Kind], list[Given], list[Given]]:
    """Attributes, their values on cases, and their values on sources; those of anything else are listed."""
    kinds = [
        Kind(name=row.words("name"), memo=row.text("memo"), numeric=row.text("class") == "numeric")
        for row in tables["attributes"]
    ]
    cases = {number: _made(material.project, "case", number, row) for row, number in numbered(tables["cases"], "id")}
    of_cases = [
        Given(name=row.words("variable"), target=cases[number], value=row.text("value"))
        for row in tables["caseAttr"]
        if (number := row.whole("caseID") or 0) in cases
    ]
    of_sources = [
        Given(name=row.words("variable"), target=material.sources[number].guid, value=row.text("value"))
        for row in tables["fileAttr"]
        if (number := row.whole("fileID") or 0) in material.sources
    ]
    for table, column, there in (("caseAttr", "caseID", cases), ("fileAttr", "fileID", material.sources)):
        for row in tables[table]:
            if row.text("value").strip() and (row.whole(column) or 0) not in there:
                tally.add(_("Egenskaper"), row.words("variable"), why_nowhere())
    return kinds, of_cases, of_sources
