"""Taguette's projects (.sqlite3): HTML documents, tags with paths, highlights counted in bytes.

Taguette keeps no coder on a highlight; who did what is read from its log of commands. A file may hold several projects.
"""

from __future__ import annotations

import json
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from gettext import gettext as _
from pathlib import Path

from exports.interchange.databases import Row, one_line, open_database, rows
from exports.interchange.foreign import (
    Tally,
    iso_time,
    people,
    person_guid,
    said_of_file,
    stable_guid,
    unread_tables,
    why_lost,
    why_mended,
    why_unplaced,
)
from exports.interchange.model import Bundle, CodeItem, CodingItem, Loss, SourceItem
from exports.interchange.quoted_spans import Reading, double_units, settle
from exports.interchange.taguette_text import Page, counted_words, read_page

_TAGS = uuid.UUID("51b2b2b7-27eb-4ecb-9d56-e75b0a0496c2")
"""The namespace of Taguette's own codebook files (.qdc), so that a tag is the same code whichever way it came."""
_REQUIRED = {
    "projects": ("id", "name"),
    "documents": ("id", "project_id", "contents"),
    "tags": ("id", "project_id", "path"),
    "highlights": ("id", "document_id", "start_offset", "end_offset"),
    "highlight_tags": ("highlight_id", "tag_id"),
}
_COLUMNS = {
    "projects": ("id", "name", "description", "created"),
    "documents": ("id", "name", "description", "filename", "created", "project_id", "contents"),
    "tags": ("id", "project_id", "path", "description"),
    "highlights": ("id", "document_id", "start_offset", "end_offset", "snippet"),
    "highlight_tags": ("highlight_id", "tag_id"),
    "commands": ("id", "date", "user_login", "project_id", "document_id", "payload"),
    "project_members": ("project_id", "user_login"),
}
_KNOWN = (*_COLUMNS, "users", "alembic_version")
_DEEPEST = 40
_FIRST_TAG = "interesting"
"""What the tag is called that Taguette gives a new project without writing it in the log."""
_ONLY_USER = "admin"

Tables = Mapping[str, Sequence[Row]]
Levels = tuple[str, ...]
"""The levels of a tag's path."""
Act = tuple[str, str]
"""Who and when: a login and a date, as the file has them."""


@dataclass(slots=True, kw_only=True)
class _Acts:
    """Who first did what, by the log."""

    documents: dict[int, Act] = field(default_factory=dict)
    highlights: dict[int, Act] = field(default_factory=dict)
    tagged: dict[int, dict[int, Act]] = field(default_factory=lambda: defaultdict(dict))
    """By tag, then highlight."""
    named: dict[int, str] = field(default_factory=dict)
    """By tag, its path when it was made: a tag keeps its number when it is given another."""
    unread: int = 0


def read(path: Path, data: bytes) -> tuple[Bundle, ...]:
    """The projects of a file, in the order they were made.

    Raises:
        UnreadableProject: if it is damaged, hostile or not Taguette's.
    """
    with open_database(path, data, required=_REQUIRED, tool="Taguette") as database:
        tables = {name: _by_id(rows(database, name, columns)) for name, columns in _COLUMNS.items()}
        general = said_of_file(database) + unread_tables(database, _KNOWN)
    return tuple(_project(project, tables, general) for project in tables["projects"])


def _by_id(found: Sequence[Row]) -> tuple[Row, ...]:
    return tuple(sorted(found, key=lambda row: row.whole("id") or 0))


def _project(project: Row, tables: Tables, general: tuple[Loss, ...]) -> Bundle:
    number = project.whole("id")
    guid = stable_guid("taguette", project.text("created") or project.words("name"))
    acts = _acts([row for row in tables["commands"] if row.whole("project_id") == number])
    codes, code_of = _codes([row for row in tables["tags"] if row.whole("project_id") == number], acts)
    documents = [row for row in tables["documents"] if row.whole("project_id") == number]
    sources, pages, unread = _sources(guid, documents, acts)
    codings, lost = _codings(guid, tables, documents, acts, code_of, pages)
    coders = {login for login, _when in acts.documents.values()}
    coders |= {login for tagged in acts.tagged.values() for login, _when in tagged.values()}
    persons = people(guid, coders)
    used = {coding.coder for coding in codings} | {source.creator for source in sources}
    met = {person.name for person in persons if person.guid in used}
    members = {row.words("user_login") for row in tables["project_members"] if row.whole("project_id") == number}
    return Bundle(
        tool="Taguette",
        guid=guid,
        title=project.words("name"),
        description=project.text("description"),
        created=iso_time(project.text("created")),
        people=tuple(person for person in persons if person.guid in used),
        codes=codes,
        sources=sources,
        codings=codings,
        losses=general + _of_log(acts, coders, len(codings)) + unread + lost + _idle((members | coders) - met),
    )


def _acts(commands: Sequence[Row]) -> _Acts:
    acts = _Acts()
    for command in commands:
        try:
            said = json.loads(command.text("payload"))
        except (ValueError, RecursionError):
            said = None
        if not isinstance(said, dict):
            acts.unread += 1
            continue
        act = (command.words("user_login"), command.text("date"))
        document, highlight, tags = command.whole("document_id"), said.get("highlight_id"), said.get("tags")
        if said.get("type") == "document_add" and document is not None:
            acts.documents.setdefault(document, act)
        elif said.get("type") == "highlight_add" and isinstance(highlight, int):
            acts.highlights.setdefault(highlight, act)
            for tag in tags if isinstance(tags, list) else ():
                if isinstance(tag, int):
                    acts.tagged[tag].setdefault(highlight, act)
        elif said.get("type") == "tag_add":
            made, path = said.get("tag_id"), said.get("tag_path")
            if isinstance(made, int) and isinstance(path, str):
                acts.named.setdefault(made, _FIRST_TAG if acts.tagged.get(made) else path)
        elif said.get("type") == "tag_merge":
            source, kept = said.get("src_tag_id"), said.get("dest_tag_id")
            if isinstance(source, int) and isinstance(kept, int) and source != kept:
                _merge(acts, source, kept)
    return acts


def _merge(acts: _Acts, source: int, kept: int) -> None:
    one, other = acts.tagged.pop(source, {}), acts.tagged[kept]
    more, fewer = (one, other) if len(one) > len(other) else (other, one)
    for highlight, act in fewer.items():
        more.setdefault(highlight, act)
    acts.tagged[kept] = more


def _of_log(acts: _Acts, logins: set[str], codings: int) -> tuple[Loss, ...]:
    found = []
    if logins == {_ONLY_USER} and codings:
        why = _("Taguette skriver alle handlinger på den som eksporterte; hvem som kodet hva, går ikke fram av filen.")
        found.append(Loss(what=_("Kodere"), name=_ONLY_USER, why=why, count=codings, mended=True))
    if acts.unread:
        why = _("Noen linjer i loggen kan ikke leses; kodinger fra dem kan mangle koder og tidspunkt.")
        found.append(Loss(what=_("Logg"), name="commands", why=why, count=acts.unread, mended=True))
    return tuple(found)


def _idle(logins: set[str]) -> tuple[Loss, ...]:
    """Who takes part in the project without having done anything that came along."""
    why = _("Har tilgang til prosjektet i Taguette, men har ikke gjort noe som er tatt inn.")
    return tuple(Loss(what=_("Bruker"), name=login, why=why) for login in sorted(logins))


def _codes(tags: Sequence[Row], acts: _Acts) -> tuple[tuple[CodeItem, ...], dict[int, str]]:
    """Tags as a tree by their paths, and each tag's code."""
    described = {_split(tag.text("path")): tag for tag in reversed(tags)}
    guids = _guids(tags, described, acts)
    items = {}
    for path, guid in guids.items():
        tag = described.get(path)
        items[path] = CodeItem(
            guid=guid,
            name=one_line(path[-1]) or _("Uten navn"),
            parent=guids[path[:-1]] if len(path) > 1 else "",
            codable=tag is not None,
            definition=tag.text("description") if tag is not None else "",
        )
    order = sorted(items, key=lambda parts: (tuple(part.casefold() for part in parts), parts))
    code_of = {number: guids[_split(tag.text("path"))] for tag in tags if (number := tag.whole("id")) is not None}
    return tuple(items[path] for path in order), code_of


def _guids(tags: Sequence[Row], described: Mapping[Levels, Row], acts: _Acts) -> dict[Levels, str]:
    """A GUID for every path and every level above it: that of the path a tag began with, so that a new name is no new tag."""
    began = Counter[str]()
    first: dict[int, str] = {}
    for number, named in acts.named.items():
        first[number] = f"{named}\x1f{began[named]}" if began[named] else named
        began[named] += 1
    guids: dict[Levels, str] = {}
    taken: set[str] = set()
    levels = {path[:depth] for path in described for depth in range(1, len(path) + 1)}
    for path in sorted(levels, key=lambda path: (path not in described, path)):
        tag = described.get(path)
        joined = "/".join(path)
        known = first.get(tag.whole("id") or 0, joined) if tag is not None else joined
        guid = _tag_guid(known)
        guids[path] = guid if guid not in taken else _tag_guid(f"{joined}\x1f/")
        taken.add(guids[path])
    return guids


def _split(path: str) -> tuple[str, ...]:
    """The levels of a path; one with an empty level, or more than anybody makes, is a name."""
    parts = path.split("/") if path.count("/") < _DEEPEST else [path]
    return tuple(parts) if all(part.strip() for part in parts) else (path,)


def _tag_guid(path: str) -> str:
    return str(uuid.uuid5(_TAGS, path))


def _sources(
    project: str, documents: Sequence[Row], acts: _Acts
) -> tuple[tuple[SourceItem, ...], dict[int, tuple[SourceItem, Page]], tuple[Loss, ...]]:
    """Documents as texts; the same with their pages by number; and those that cannot be read."""
    sources: dict[int, tuple[SourceItem, Page]] = {}
    lost = []
    seen: Counter[tuple[str, str]] = Counter()
    for document in documents:
        number, contents = document.whole("id"), document.text("contents")
        name = document.words("name") or document.words("filename") or _("Uten navn")
        page = read_page(contents)
        if number is None or page is None or not page.text.strip():
            why = (
                _("Dokumentet er tomt.") if page is not None else _("Dokumentets HTML er skadet eller for dypt nøstet.")
            )
            lost.append(Loss(what=_("Kilde"), name=name, why=why))
            continue
        made = (document.text("created"), document.text("filename"))
        seen[made] += 1
        login, _when = acts.documents.get(number, ("", ""))
        item = SourceItem(
            guid=stable_guid(project, "document", *made, seen[made]),
            name=name,
            text=page.text,
            description=document.text("description"),
            created=iso_time(document.text("created")),
            creator=person_guid(project, login),
            file_name=document.words("filename"),
        )
        sources[number] = (item, page)
        lost.extend(_unshown(item.name, page))
    return tuple(item for item, _page in sources.values()), sources, tuple(lost)


def _unshown(name: str, page: Page) -> Iterator[Loss]:
    """What of a document is no text."""
    if page.pictures:
        yield Loss(what=_("Bilder"), name=name, why=_("Kodebenk tar bare inn tekst."), count=page.pictures)
    if page.styled:
        why = _("Overskrifter, lister, tabeller, lenker og uthevet skrift er tatt inn som ren tekst.")
        yield Loss(what=_("Utforming"), name=name, why=why, count=page.styled)


def _codings(
    project: str,
    tables: Tables,
    documents: Sequence[Row],
    acts: _Acts,
    code_of: dict[int, str],
    pages: dict[int, tuple[SourceItem, Page]],
) -> tuple[tuple[CodingItem, ...], tuple[Loss, ...]]:
    """A coding for each tag of each highlight, and what became of the others."""
    tally = Tally()
    unread = {row.whole("id"): row.words("name") for row in documents if row.whole("id") not in pages}
    codings: list[CodingItem] = []
    seen: Counter[tuple[str, str]] = Counter()
    for number, document, span, tags in _highlights(tables, code_of, pages, unread, tally):
        source, _page = pages[document]
        _login, when = acts.highlights.get(number, ("", ""))
        made = (source.guid, when or str(number))
        seen[made] += 1
        passage = stable_guid(project, "highlight", *made, seen[made])
        for tag in tags:
            login, date = acts.tagged.get(tag, {}).get(number, ("", ""))
            coding = CodingItem(
                guid=stable_guid(passage, code_of[tag]),
                source=source.guid,
                start=span[0],
                end=span[1],
                code=code_of[tag],
                coder=person_guid(project, login),
                created=iso_time(date),
                passage=passage,
            )
            codings.append(coding)
    return tuple(codings), tally.losses()


def _highlights(
    tables: Tables,
    code_of: dict[int, str],
    pages: dict[int, tuple[SourceItem, Page]],
    unread: Mapping[int | None, str],
    tally: Tally,
) -> Iterator[tuple[int, int, tuple[int, int], list[int]]]:
    """(highlight, document, span in the text, tags) of those highlights that have a place and a tag."""
    tags: dict[int, list[int]] = defaultdict(list)
    for row in tables["highlight_tags"]:
        highlight, tag = row.whole("highlight_id"), row.whole("tag_id")
        if highlight is not None and tag in code_of:
            tags[highlight].append(tag)
    doubles = {number: double_units(page.counted) for number, (_source, page) in pages.items()}
    for row in tables["highlights"]:
        number, document = row.whole("id"), row.whole("document_id")
        if number is None:
            continue
        coded = list({code_of[tag]: tag for tag in sorted(tags.get(number, ()), reverse=True)}.values())[::-1]
        if document is None or document not in pages:
            tally.add(
                _("Kodinger"), unread.get(document, ""), why_lost(None, None), count=len(coded) * (document in unread)
            )
            continue
        source, page = pages[document]
        span, reading = _span(row, page, doubles[document])
        if not coded:
            tally.add(_("Markeringer"), source.name, _("Markeringen har ingen kode."))
        elif span is None and not counted_words(row.text("snippet")).strip():
            tally.add(_("Kodinger"), source.name, _("Det er ingen ord i markeringen."), count=len(coded))
        elif span is None:
            tally.add(_("Kodinger"), source.name, why_unplaced(), count=len(coded))
        else:
            tally.add(
                _("Kodinger"), source.name, why_mended(reading), count=len(coded) * (reading != "points"), mended=True
            )
            yield number, document, span, coded


def _span(row: Row, page: Page, doubles: Sequence[int]) -> tuple[tuple[int, int] | None, Reading]:
    """Where a highlight is in the text, if anywhere, and how its place was found."""
    start, end = row.whole("start_offset"), row.whole("end_offset")
    if start is None or end is None:
        return None, "near"
    quote = counted_words(row.text("snippet"))
    if not quote:
        return None, "near"
    place = settle(page.counted, doubles, page.code_point(start), page.code_point(end), quote)
    if place is None:
        return None, "near"
    first, last = page.shown(place.start, place.end)
    return ((first, last) if first < last else None), place.reading
