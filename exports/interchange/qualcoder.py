"""QualCoder's projects: a folder (.qda) with a database of texts, codes, codings, cases, attributes and memos.

QualCoder has no GUIDs; they are made from the project's date and the rows' own numbers, so that a later copy of the same
project gives the same ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from gettext import gettext as _
from pathlib import Path

from exports.interchange import qualcoder_schema as schema
from exports.interchange.databases import Row, numbered, open_database, rows
from exports.interchange.foreign import (
    Material,
    Tally,
    clock_said,
    iso_time,
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
from exports.interchange.model import Bundle, CaseItem, CodeItem, Loss, NoteItem, SourceItem
from exports.interchange.qualcoder_codings import code_texts, margin_notes, other_memos, passage
from exports.interchange.qualcoder_folder import Documents, database_of, left_beside
from exports.interchange.qualcoder_schema import Tables


def read_folder(path: Path) -> Bundle:
    """The project.

    Args:
        path: the folder, or the `data.qda` in it.

    Raises:
        UnreadableProject: if it is no QualCoder project, is open in QualCoder, or is damaged or hostile.
    """
    folder, database_path, data = database_of(path)
    with open_database(database_path, data, required=schema.REQUIRED, tool="QualCoder") as database:
        tables = {name: rows(database, name, columns) for name, columns in schema.COLUMNS.items()}
        database.absent[:] = [field for field in database.absent if field.partition(".")[0] not in schema.MAYBE]
        known = (*schema.COLUMNS, *schema.APART)
        losses = said_of_file(database) + unread_tables(database, known, schema.GRAPHS)
        losses += unread_columns(database, schema.COLUMNS, schema.UNSAID)
    return _bundle(folder, tables, losses)


def _bundle(folder: Path, tables: Tables, losses: tuple[Loss, ...]) -> Bundle:
    tally = Tally()
    head = next(iter(tables["project"]), Row(values={}))
    project = stable_guid("qualcoder", head.text("date") or folder.name)
    codes, by_number, odd = _codes(project, tables)
    sources = _sources(project, tables, Documents(folder, tally), tally)
    names = {row.whole("id") or 0: row.words("name") for row in tables["source"]}
    material = Material(project=project, sources=sources, codes=by_number, names=names)
    coded = code_texts(tables["code_text"], material, tally)
    cases, case_notes = _cases(tables, material, coded.utf16, tally)
    placed = place(project, *_attributes(tables, material, tally), cases, tally)
    notes = (
        *_project_notes(project, head, tables, tally),
        *_source_notes(project, tables, sources),
        *coded.notes,
        *other_memos("code_image", "imid", tables["code_image"], material),
        *other_memos("code_av", "avid", tables["code_av"], material),
        *margin_notes(tables["annotation"], material, coded.utf16, tally),
        *case_notes,
        *placed.notes,
    )
    _count_the_rest(tables, tally)
    left_beside(folder, schema.BESIDE, tally)
    clock_said(tally, "QualCoder")
    owners = {coding.coder for coding in coded.codings} | {note.creator for note in notes}
    owners |= {source.creator for source in sources.values()}
    persons = people(project, (row.words("owner") for found in tables.values() for row in found))
    return Bundle(
        tool=head.words("about") if head.words("about").startswith("QualCoder") else "QualCoder",
        guid=project,
        title=folder.name.removesuffix(".qda"),
        created=iso_time(head.text("date")),
        people=tuple(person for person in persons if person.guid in owners),
        codes=codes,
        sources=tuple(sources.values()),
        codings=coded.codings,
        notes=notes,
        variables=placed.variables,
        cases=tuple(replace(case, values=placed.values.get(case.guid, {})) for case in cases),
        losses=losses + odd + tally.losses(),
    )


def _codes(project: str, tables: Tables) -> tuple[tuple[CodeItem, ...], dict[int, CodeItem], tuple[Loss, ...]]:
    """Categories and codes as a tree, the codes by number, and what was wrong with the tree."""
    categories = {number: _made(project, "code_cat", row) for row, number in numbered(tables["code_cat"], "catid")}
    guids = {number: _made(project, "code_name", row) for row, number in numbered(tables["code_name"], "cid")}
    items = []
    for row, number in numbered(tables["code_cat"], "catid"):
        above = row.whole("supercatid")
        parent = "" if above is None else categories.get(above, _missing(project, "code_cat", above))
        items.append(_code(row, categories[number], parent, codable=False))
    for row, number in numbered(tables["code_name"], "cid"):
        code, category = row.whole("supercid"), row.whole("catid")
        parent = guids.get(code, "") if code is not None else ""
        if not parent and category is not None:
            parent = categories.get(category, _missing(project, "code_cat", category))
        items.append(_code(row, guids[number], parent, codable=True))
    codes, losses = in_tree_order(items)
    by_guid = {code.guid: code for code in codes}
    return codes, {number: by_guid[guid] for number, guid in guids.items()}, losses


def _code(row: Row, guid: str, parent: str, *, codable: bool) -> CodeItem:
    return CodeItem(
        guid=guid,
        name=row.words("name") or _("Uten navn"),
        parent=parent,
        colour=colour(row.text("color")),
        codable=codable,
        definition=row.text("memo"),
    )


def _made(project: str, table: str, row: Row) -> str:
    """GUID of a thing whose date is that of its making: numbers alone are used again once the last row is deleted."""
    return stable_guid(project, table, row.text("cid") or row.text("catid"), row.text("date"))


def _missing(project: str, table: str, number: int) -> str:
    return stable_guid(project, table, number)


def _media(row: Row) -> str:
    """What a source is besides text: `image`, `audio`, `video`, or nothing."""
    where = row.text("mediapath").lstrip("/")
    kinds = {"images": "image", "audio": "audio", "video": "video"}
    return next((kind for start, kind in kinds.items() if where.startswith((f"{start}/", f"{start}:"))), "")


def _sources(project: str, tables: Tables, documents: Documents, tally: Tally) -> dict[int, SourceItem]:
    what = {"image": _("Bilde"), "audio": _("Lydopptak"), "video": _("Video"), "": _("Kilde")}
    transcripts = {row.whole("av_text_id") for row in tables["source"] if _media(row)}
    sources = {}
    for row, number in numbered(tables["source"], "id"):
        name, media, text = row.words("name") or _("Uten navn"), _media(row), row.text("fulltext")
        if media or not text.strip():
            why = _("Kodebenk tar bare inn tekst.") if media else _("Kilden har ingen tekst.")
            tally.add(what[media], name, why)
        if not text.strip():
            continue
        path = row.text("mediapath")
        sources[number] = SourceItem(
            guid=stable_guid(project, "source", number),
            name=name,
            text=text,
            kind="transcript" if number in transcripts else "",
            created=iso_time(row.text("date")),
            creator=person_guid(project, row.words("owner")),
            file_name=path.rpartition("/")[2].rpartition("\\")[2],
            content=b"" if media else documents.content(path, row.text("name")),
        )
    return sources


def _project_notes(project: str, head: Row, tables: Tables, tally: Tally) -> Iterator[NoteItem]:
    yield from memo(stable_guid(project, "memo"), head.text("memo"), "project", "")
    for row, number in numbered(tables["journal"], "jid"):
        if row.text("jentry").strip():
            yield NoteItem(
                guid=stable_guid(project, "journal", number),
                title=row.words("name"),
                text=row.text("jentry"),
                kind="diary",
                creator=person_guid(project, row.words("owner")),
                created=iso_time(row.text("date")),
                day=iso_time(row.text("date"))[:10],
            )
        else:
            tally.add(_("Dagbok"), row.words("name"), _("Notatet er tomt."))


def _source_notes(project: str, tables: Tables, sources: Mapping[int, SourceItem]) -> Iterator[NoteItem]:
    for row, number in numbered(tables["source"], "id"):
        target = sources.get(number)
        guid = stable_guid(project, "source-memo", number)
        if target is not None:
            yield from memo(guid, row.text("memo"), "source", target.guid)
        elif row.text("memo").strip():
            yield NoteItem(guid=guid, title=row.words("name"), text=row.text("memo"))


def _cases(
    tables: Tables, material: Material, utf16: Mapping[int, Sequence[int]], tally: Tally
) -> tuple[tuple[CaseItem, ...], tuple[NoteItem, ...]]:
    """Cases with their sources, and the memos on them and on parts of sources."""
    cases: list[CaseItem] = []
    notes: list[NoteItem] = []
    linked: dict[int, list[Row]] = defaultdict(list)
    for row in tables["case_text"]:
        linked[row.whole("caseid") or 0].append(row)
    for row, number in numbered(tables["cases"], "caseid"):
        guid, name = stable_guid(material.project, "case", number), row.words("name") or _("Uten navn")
        notes.extend(memo(stable_guid(material.project, "case-memo", number), row.text("memo"), "case", guid))
        guids: dict[str, None] = {}
        for order, link in enumerate(linked[number]):
            fid = link.whole("fid") or 0
            source = material.sources.get(fid)
            if source is None:
                tally.add(_("Tilknytning"), name, _("Kilden som casen er knyttet til, er ikke med."))
                continue
            guids[source.guid] = None
            span = passage(source.text, link.whole("pos0"), link.whole("pos1"), utf16.get(fid, ()))
            if span is not None and span[0] == 0 and span[1] >= len(source.text.rstrip()):
                span = None
            if span is not None:
                tally.add(
                    _("Deler av kilder"), name, _("Casen var knyttet til en del av kilden, og er nå knyttet til hele.")
                )
            notes.extend(_link_memo(material.project, link, order, source, span, name))
        cases.append(CaseItem(guid=guid, name=name, sources=tuple(guids)))
    known = {number for _row, number in numbered(tables["cases"], "caseid")}
    loose = sum(len(links) for number, links in linked.items() if number not in known)
    tally.add(_("Tilknytning"), "case_text", why_nowhere(), count=loose)
    return tuple(cases), tuple(notes)


def _link_memo(
    project: str, link: Row, order: int, source: SourceItem, span: tuple[int, int] | None, case: str
) -> Iterator[NoteItem]:
    if link.text("memo").strip():
        start, end = span or (0, 0)
        yield NoteItem(
            guid=stable_guid(project, "case_text", link.text("caseid"), link.text("fid"), order, link.text("date")),
            title=case,
            text=link.text("memo"),
            target_kind="passage" if span else "source",
            target=source.guid,
            start=start,
            end=end,
            creator=person_guid(project, link.words("owner")),
            created=iso_time(link.text("date")),
        )


def _attributes(tables: Tables, material: Material, tally: Tally) -> tuple[list[Kind], list[Given], list[Given]]:
    """Attributes, their values on cases, and their values on sources; those of anything else are listed."""
    kinds = [
        Kind(name=row.words("name"), memo=row.text("memo"), numeric=row.text("valuetype") == "numeric")
        for row in tables["attribute_type"]
    ]
    of_cases, of_sources = [], []
    numbers = {number for _row, number in numbered(tables["cases"], "caseid")}
    for row in tables["attribute"]:
        number, name, value = row.whole("id") or 0, row.words("name"), row.text("value")
        if row.text("attr_type") == "case" and number in numbers:
            of_cases.append(Given(name=name, target=stable_guid(material.project, "case", number), value=value))
        elif row.text("attr_type") == "file" and number in material.sources:
            of_sources.append(Given(name=name, target=material.sources[number].guid, value=value))
        elif value.strip():
            tally.add(_("Egenskaper"), name, why_nowhere())
    return kinds, of_cases, of_sources


def _count_the_rest(tables: Tables, tally: Tally) -> None:
    """What is told of though nothing of it is taken along."""
    names = {row.whole("id"): row.words("name") for row in tables["source"]}
    where = _("Kodingen ligger på et bilde eller på et område av en side.")
    heard = _("Kodingen ligger på et lyd- eller videoopptak.")
    for table, why in (("code_image", where), ("code_av", heard)):
        for row in tables[table]:
            tally.add(_("Kodinger"), names.get(row.whole("id")) or _("ukjent kilde"), why)
    for row in tables["graph"]:
        tally.add(_("Diagram"), row.words("name"), _("Kodebenk har ikke diagrammer."))
    for row in tables["stored_sql"]:
        tally.add(_("Spørring"), row.words("title"), _("Lagrede spørringer i SQL blir ikke tatt inn."))
    makers_said(
        tally, "QualCoder", sum(len(tables[name]) for name in ("code_cat", "code_name", "cases", "attribute_type"))
    )
    references = {row.text("risid") for row in tables["ris"]}
    tally.add(_("Litteratur"), "RIS", _("Litteraturreferanser blir ikke tatt inn."), count=len(references))
