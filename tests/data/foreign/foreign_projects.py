"""Small projects of other tools, every table filled, with invented texts; and what every reading of one must hold."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import fields

from exports.interchange.model import Bundle

Rows = Sequence[Sequence[object]]


def database(schema: Iterable[str], content: dict[str, Rows]) -> bytes:
    """A database file with small pages."""
    connection = sqlite3.connect(":memory:")
    connection.execute("PRAGMA page_size = 512")
    for table in schema:
        connection.execute(f"CREATE TABLE {table}")
    for table, rows in content.items():
        for row in rows:
            connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", tuple(row))
    connection.commit()
    data = connection.serialize()
    connection.close()
    return data


TAGUETTE = (
    "users (login VARCHAR(30) NOT NULL PRIMARY KEY, created DATETIME NOT NULL)",
    "projects (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, name VARCHAR(200), description TEXT, created DATETIME)",
    "project_members (project_id INTEGER, user_login VARCHAR(30), privileges VARCHAR(11))",
    "documents (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, name VARCHAR(200), description TEXT, filename VARCHAR(200),"
    " created DATETIME, project_id INTEGER, text_direction VARCHAR(13), contents TEXT NOT NULL)",
    "commands (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, date DATETIME, user_login VARCHAR(30), project_id INTEGER,"
    " document_id INTEGER, payload TEXT NOT NULL)",
    "tags (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, project_id INTEGER, path VARCHAR(200), description TEXT)",
    "highlights (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, document_id INTEGER, start_offset INTEGER,"
    " end_offset INTEGER, snippet TEXT NOT NULL)",
    "highlight_tags (highlight_id INTEGER, tag_id INTEGER)",
    "alembic_version (version_num VARCHAR(32))",
)
TAGUETTE_HTML = "<h1>Møte</h1><p>Vi bor på  gata 😀 nå.</p>\n<p>Alt er <b>ålreit</b> her.</p>"
TAGUETTE_COUNTED = "MøteVi bor på  gata 😀 nå.\nAlt er ålreit her."


def taguette_offsets(words: str) -> tuple[int, int]:
    """UTF-8 offsets of the words in the sample document, as Taguette counts them."""
    start = len(TAGUETTE_COUNTED[: TAGUETTE_COUNTED.index(words)].encode())
    return start, start + len(words.encode())


def taguette_commands() -> Rows:
    """The log of `taguette`."""

    def command(number: int, login: str, minute: int, document: int | None, **said: object) -> tuple[object, ...]:
        return (number, f"2026-03-14 09:{minute:02}:00.123456", login, 1, document, json.dumps(said))

    return [
        command(1, "kari", 1, 1, type="document_add"),
        command(2, "kari", 2, 1, type="highlight_add", highlight_id=1, tags=[1]),
        command(3, "ola", 3, 1, type="highlight_add", highlight_id=2, tags=[9]),
        command(4, "ola", 4, 1, type="highlight_add", highlight_id=3, tags=[1]),
        command(5, "kari", 5, 1, type="highlight_add", highlight_id=3, tags=[1, 2]),
        command(6, "ola", 6, None, type="tag_merge", src_tag_id=9, dest_tag_id=2),
    ]


def taguette(**changed: Rows) -> bytes:
    """Two projects; the first with a document, nested tags and a log with two people."""
    bor, alt = taguette_offsets("bor på  gata 😀 nå"), taguette_offsets("Alt er ålreit")
    over = (taguette_offsets("nå.")[0], taguette_offsets("Alt")[1])
    content: dict[str, Rows] = {
        "users": [("kari", "2026-03-14"), ("ola", "2026-03-14")],
        "projects": [
            (1, "Prosjekt", "Om bolig", "2026-03-14 09:00:00.000001"),
            (2, "Et annet", "", "2026-03-15 09:00:00.000001"),
        ],
        "project_members": [(1, "kari", "ADMIN")],
        "documents": [
            (1, "Møte", "Første møte", "mote.html", "2026-03-14 09:01:00.5", 1, "LEFT_TO_RIGHT", TAGUETTE_HTML),
            (2, "Tomt", "", "tomt.html", "2026-03-14 09:02:00.5", 1, "LEFT_TO_RIGHT", "<p> </p>"),
        ],
        "tags": [(1, 1, "bolig/gata", "Bor ute"), (2, 1, "trives", ""), (3, 2, "trives", "et annet prosjekts")],
        "highlights": [
            (1, 1, *bor, "<p>bor på  gata 😀 nå</p>"),
            (2, 1, *alt, "<p>Alt er <b>ålreit</b></p>"),
            (3, 1, *over, "<p>nå.</p>\n<p>Alt</p>"),
            (4, 1, 0, 5, "<h1>Møte</h1>"),
            (5, 2, 0, 1, "<p> </p>"),
        ],
        "highlight_tags": [(1, 1), (2, 2), (3, 1), (3, 2), (5, 1)],
        "commands": taguette_commands(),
        "alembic_version": [("db5e31a0233d",)],
    }
    return database(TAGUETTE, content | changed)


QUALCODER = (
    "project (databaseversion text, date text, memo text, about text, codername text)",
    "source (id integer primary key, name text, fulltext text, mediapath text, memo text, owner text, date text,"
    " av_text_id integer, risid integer, unique(name))",
    "code_image (imid integer primary key, id integer, x1 integer, y1 integer, width integer, height integer, cid integer,"
    " memo text, date text, owner text, important integer, pdf_page integer)",
    "code_av (avid integer primary key, id integer, pos0 integer, pos1 integer, cid integer, memo text, date text,"
    " owner text, important integer)",
    "annotation (anid integer primary key, fid integer, pos0 integer, pos1 integer, memo text, owner text, date text)",
    "attribute_type (name text primary key, date text, owner text, memo text, caseOrFile text, valuetype text)",
    "attribute (attrid integer primary key, name text, attr_type text, value text, id integer, date text, owner text)",
    "case_text (id integer primary key, caseid integer, fid integer, pos0 integer, pos1 integer, owner text, date text,"
    " memo text)",
    "cases (caseid integer primary key, name text, memo text, owner text, date text)",
    "code_cat (catid integer primary key, name text, owner text, date text, memo text, supercatid integer)",
    "code_text (ctid integer primary key, cid integer, fid integer, seltext text, pos0 integer, pos1 integer, owner text,"
    " date text, memo text, avid integer, important integer, unique(cid,fid,pos0,pos1,owner))",
    "code_name (cid integer primary key, name text, memo text, catid integer, owner text, date text, color text,"
    " supercid integer, unique(name))",
    "journal (jid integer primary key, name text, jentry text, date text, owner text)",
    "stored_sql (title text, description text, grouper text, ssql text)",
    "graph (grid integer primary key, name text, description text, date text)",
    "gr_cdct_text_item (gtextid integer primary key, grid integer)",
    "ris (risid integer, tag text, longtag text, value text)",
    "files_filter (ffid integer primary key, filter text)",
    "coder_names (name TEXT UNIQUE NOT NULL, visibility INTEGER NOT NULL DEFAULT 1 CHECK (visibility IN (0, 1)))",
)
QUALCODER_PLAIN = "Intervjuer: Hvor bor du?\nAnna: Jeg bor på hospits, og det er bråk.\n"
QUALCODER_EMOJI = "Per: Det gikk fint 😀 og så 🏠 fikk jeg en bolig av kommunen.\n"
_WHEN = "2026-03-14 10:00:00"


def qualcoder(*, drop: Sequence[str] = (), **changed: Rows) -> bytes:
    """A project of version 17 with every table filled; without the tables or (`table.column`) columns in `drop`."""
    hospits, bolig = QUALCODER_PLAIN.index("hospits"), QUALCODER_EMOJI.index("bolig")
    kommunen = QUALCODER_EMOJI.index("kommunen")
    content: dict[str, Rows] = {
        "project": [("v17", "2026-03-14 09:00:00", "Prosjektets memo", "QualCoder 4.0", "kari")],
        "source": [
            (1, "anna.txt", QUALCODER_PLAIN, "/docs/anna.txt", "Rolig intervju", "kari", _WHEN, None, None),
            (2, "per.txt", QUALCODER_EMOJI, None, "", "kari", _WHEN, None, None),
            (3, "kart.png", None, "/images/kart.png", "Et kart", "kari", _WHEN, None, None),
            (4, "opptak.mp3", None, "audio:/home/kari/opptak.mp3", "", "kari", _WHEN, 2, None),
            (5, "lenket.docx", "En lenket tekst.", "docs:/home/kari/lenket.docx", "", "ola", _WHEN, None, 1),
        ],
        "code_cat": [(1, "Bolig", "kari", _WHEN, "Alt om bolig", None), (2, "Ute", "kari", _WHEN, "", 1)],
        "code_name": [
            (1, "hospits", "Midlertidig", 2, "kari", _WHEN, "#FF0000", None),
            (2, "bråk", "", None, "kari", _WHEN, "#00ff00", 1),
            (3, "egen bolig", None, 1, "ola", _WHEN, "", None),
        ],
        "code_text": [
            (1, 1, 1, "hospits", hospits, hospits + 7, "kari", _WHEN, "Viktig sted", None, 1),
            (
                2,
                2,
                1,
                "bråk",
                QUALCODER_PLAIN.index("bråk"),
                QUALCODER_PLAIN.index("bråk") + 4,
                "ola",
                _WHEN,
                "",
                None,
                None,
            ),
            (3, 3, 2, "bolig", bolig + 2, bolig + 7, "ola", _WHEN, "", None, 0),
            (4, 3, 2, "kommunen", kommunen - 5, kommunen + 3, "kari", _WHEN, "", None, 0),
            (5, 3, 2, "helt borte", 3, 13, "kari", _WHEN, "Husk denne", None, 0),
            (
                6,
                9,
                1,
                "Anna",
                QUALCODER_PLAIN.index("Anna"),
                QUALCODER_PLAIN.index("Anna") + 4,
                "kari",
                _WHEN,
                "",
                None,
                0,
            ),
        ],
        "code_image": [(1, 3, 0, 0, 10, 10, 1, "Hus på kartet", _WHEN, "kari", 0, None)],
        "code_av": [(1, 4, 0, 900, 1, "", _WHEN, "kari", 0)],
        "annotation": [
            (1, 1, 0, 11, "Spør mer om dette", "kari", _WHEN),
            (2, 2, bolig + 2, bolig + 7, "Fra 2025", "ola", _WHEN),
            (3, 1, 900, 950, "Utenfor", "ola", _WHEN),
        ],
        "attribute_type": [
            ("alder", _WHEN, "kari", "I år", "case", "numeric"),
            ("by", _WHEN, "kari", "", "case", "character"),
            ("sted", _WHEN, "kari", "", "file", "character"),
        ],
        "attribute": [
            (1, "alder", "case", "34", 1, _WHEN, "kari"),
            (2, "by", "case", "Byen", 1, _WHEN, "kari"),
            (3, "by", "case", "", 2, _WHEN, "kari"),
            (4, "sted", "file", "Kontoret", 1, _WHEN, "kari"),
            (5, "sted", "file", "Kafé", 2, _WHEN, "kari"),
        ],
        "cases": [(1, "Anna", "Snakker mye", "kari", _WHEN), (2, "Per", "", "kari", _WHEN)],
        "case_text": [
            (1, 1, 1, 0, len(QUALCODER_PLAIN), "kari", _WHEN, "Hele"),
            (2, 2, 2, 0, 5, "kari", _WHEN, ""),
            (3, 2, 5, 0, 16, "kari", _WHEN, ""),
            (4, 2, 3, 0, 1, "kari", _WHEN, ""),
        ],
        "journal": [(1, "Dag 1", "Begynte å kode.", _WHEN, "kari")],
        "stored_sql": [("Alle koder", "", "", "select * from code_name")],
        "graph": [(1, "Kart over koder", "", _WHEN)],
        "gr_cdct_text_item": [(1, 1)],
        "ris": [(1, "TI", "Title", "En tittel"), (1, "AU", "Author", "En forfatter")],
        "coder_names": [("kari", 1), ("ola", 0)],
    }
    schema = [table for table in QUALCODER if table.partition(" ")[0] not in drop]
    data = database(schema, {name: rows for name, rows in (content | changed).items() if name not in drop})
    columns = [name for name in drop if "." in name]
    if columns:
        connection = sqlite3.connect(":memory:")
        connection.deserialize(data)
        for name in columns:
            table, _dot, column = name.partition(".")
            connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        connection.commit()
        data = connection.serialize()
        connection.close()
    return data


RQDA = (
    "project (databaseversion text, date text, dateM text, memo text, about text, imageDir text)",
    "source (name text, id integer, file text, memo text, owner text, date text, dateM text, status integer)",
    "freecode (name text, memo text, owner text, date text, dateM text, id integer, status integer, color text)",
    "treecode (cid integer, catid integer, date text, dateM text, memo text, status integer, owner text)",
    "treefile (fid integer, catid integer, date text, dateM text, memo text, status integer, owner text)",
    "filecat (name text, fid integer, catid integer, owner text, date text, dateM text, memo text, status integer)",
    "codecat (name text, cid integer, catid integer, owner text, date text, dateM text, memo text, status integer)",
    "coding (cid integer, fid integer, seltext text, selfirst real, selend real, status integer, owner text, date text,"
    " memo text)",
    "coding2 (cid integer, fid integer, seltext text, selfirst real, selend real, status integer, owner text, date text,"
    " memo text)",
    "cases (name text, memo text, owner text, date text, dateM text, id integer, status integer)",
    "caselinkage (caseid integer, fid integer, selfirst real, selend real, status integer, owner text, date text,"
    " memo text)",
    "attributes (name text, status integer, date text, dateM text, owner text, memo text, class text)",
    "caseAttr (variable text, value text, caseID integer, date text, dateM text, owner text, status integer)",
    "fileAttr (variable text, value text, fileID integer, date text, dateM text, owner text, status integer)",
    "journal (name text, journal text, date text, dateM text, owner text, status integer)",
    "annotation (fid integer, position integer, annotation text, owner text, date text, dateM text, status integer)",
    "image (name text, id integer, date text, dateM text, owner text, status integer)",
    "imageCoding (cid integer, iid integer, x1 integer, y1 integer, x2 integer, y2 integer, memo text, date text,"
    " dateM text, owner text, status integer)",
)
RQDA_TEXT = "Jeg bor på hospits nå.\nDet går bra, og økonomien er ålreit.\n"
_R = "Sat Mar 14 10:00:00 2026"


def rqda(**changed: Rows) -> bytes:
    """A project with every table filled, deleted rows among them."""
    hospits, ro = RQDA_TEXT.index("hospits"), RQDA_TEXT.index("økonomien")
    content: dict[str, Rows] = {
        "project": [("0.2.2", "Sat Mar 14 09:00:00 2026", None, "Prosjektets memo", "RQDA", None)],
        "source": [
            ("anna", 1, RQDA_TEXT, "Godt intervju", "kari", _R, None, 1),
            ("per", 2, "Per er enig.", None, "kari", _R, None, 1),
            ("slettet", 3, "Borte.", None, "kari", _R, None, 0),
        ],
        "freecode": [
            ("hospits", "Midlertidig", "kari", _R, None, 1, 1, "#AA0000"),
            ("økonomi", None, "kari", _R, None, 2, 1, "gray90"),
            ("slettet", None, "kari", _R, None, 3, 0, None),
        ],
        "codecat": [
            ("Bolig", None, 1, "kari", _R, None, "Om bolig", 1),
            ("Penger", None, 2, "kari", _R, None, None, 1),
        ],
        "treecode": [
            (1, 1, _R, None, None, 1, "kari"),
            (1, 2, _R, None, None, 1, "kari"),
            (2, 2, _R, None, None, 1, "kari"),
        ],
        "filecat": [("Bølge 1", None, 1, "kari", _R, None, "Våren", 1)],
        "treefile": [(1, 1, _R, None, None, 1, "kari")],
        "coding": [
            (1, 1, "hospits", hospits, hospits + 7, 1, "kari", _R, "Sentralt"),
            (2, 1, "økonomien", ro, ro + 9, 1, "ola", _R, None),
            (2, 1, "økonomien", ro, ro + 9, 0, "kari", _R, None),
            (3, 1, "Jeg", 0, 3, 1, "kari", _R, None),
            (1, 3, "Borte", 0, 5, 1, "kari", _R, None),
        ],
        "coding2": [(1, 1, "hospits", hospits, hospits + 7, 1, "kari", _R, None)],
        "cases": [("Anna", "Bor i byen", "kari", _R, None, 1, 1)],
        "caselinkage": [(1, 1, 0, len(RQDA_TEXT), 1, "kari", _R, "Hele")],
        "attributes": [
            ("alder", 1, _R, None, "kari", "I år", "numeric"),
            ("sted", 1, _R, None, "kari", None, "character"),
        ],
        "caseAttr": [("alder", "34", 1, _R, None, "kari", 1)],
        "fileAttr": [("sted", "Kafé", 1, _R, None, "kari", None), ("sted", "Hjemme", 2, _R, None, "kari", 1)],
        "journal": [(_R, "Begynte å kode.", _R, None, "kari", 1)],
        "annotation": [
            (1, RQDA_TEXT.index("Det"), "Spør mer", "ola", _R, None, 1),
            (1, 900, "Til slutt", "ola", _R, None, 1),
        ],
        "image": [("kart.jpg", 1, _R, None, "kari", 1)],
        "imageCoding": [(1, 1, 0, 0, 9, 9, None, _R, None, "kari", 1)],
    }
    return database(RQDA, content | changed)


def faults(bundle: Bundle) -> list[str]:
    """What in a bundle does not hold together: references to nothing, doubled GUIDs, spans outside their text."""
    found = []
    things = {
        name: {item.guid: item for item in getattr(bundle, name)}
        for name in ("people", "codes", "sources", "codings", "notes", "variables", "cases", "sets")
    }
    for name, items in things.items():
        if len(items) != len(getattr(bundle, name)):
            found.append(f"doubled {name}")
        found.extend(
            f"unnamed {name}" for item in items.values() if "name" in {f.name for f in fields(item)} and not item.name
        )
    seen: set[str] = {""}
    for code in bundle.codes:
        found.extend([f"code before its parent: {code.name}"] if code.parent not in seen else [])
        seen.add(code.guid)
    for coding in bundle.codings:
        source = things["sources"].get(coding.source)
        if (
            source is None
            or coding.code not in things["codes"]
            or (coding.coder and coding.coder not in things["people"])
        ):
            found.append(f"coding to nothing: {coding}")
        elif not 0 <= coding.start < coding.end <= len(source.text):
            found.append(f"coding outside: {coding}")
    targets = {
        "source": "sources",
        "passage": "sources",
        "code": "codes",
        "coding": "codings",
        "case": "cases",
        "set": "sets",
    }
    for note in bundle.notes:
        if note.target_kind == "project" and note.target:
            found.append(f"note on the project has a target: {note}")
        elif note.target_kind != "project" and note.target not in things[targets[note.target_kind]]:
            found.append(f"note to nothing: {note}")
        elif note.target_kind == "passage" and not 0 <= note.start < note.end <= len(
            things["sources"][note.target].text
        ):
            found.append(f"note outside: {note}")
        if note.creator and note.creator not in things["people"]:
            found.append(f"note by nobody: {note}")
    found.extend(f"case to nothing: {case.name}" for case in bundle.cases if set(case.sources) - set(things["sources"]))
    found.extend(
        f"value of nothing: {case.name}" for case in bundle.cases if set(case.values) - set(things["variables"])
    )
    found.extend(f"set of nothing: {group.name}" for group in bundle.sets if set(group.codes) - set(things["codes"]))
    found.extend(
        f"source by nobody: {s.name}" for s in bundle.sources if s.creator and s.creator not in things["people"]
    )
    return found
