"""Databases of other tools in small, with every table that is read."""

from __future__ import annotations

import json

from fuzz_seeds import INTERVIEW, database

_DAY = "2026-03-01 10:00:00"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def taguette() -> tuple[bytes, ...]:
    page = "<p>Jo, alts&aring; 😀</p><div>jeg er <b>lærer</b>.<br>Og nei.</div>"
    acts = (
        {"type": "document_add", "document_name": "a.html"},
        {"type": "highlight_add", "highlight_id": 1, "start_offset": 0, "end_offset": 4, "tags": [1, 2]},
        {"type": "tag_merge", "src_tag_id": 3, "dest_tag_id": 1},
    )
    commands = ",".join(f"({n}, '{_DAY}', 'kari', 1, 1, {_quoted(json.dumps(act))})" for n, act in enumerate(acts, 1))
    script = f"""
    CREATE TABLE users(login TEXT PRIMARY KEY, email TEXT);
    CREATE TABLE projects(id INTEGER PRIMARY KEY, name TEXT, description TEXT, created TEXT);
    CREATE TABLE project_members(project_id INTEGER, user_login TEXT, privileges TEXT);
    CREATE TABLE documents(id INTEGER PRIMARY KEY, name TEXT, description TEXT, filename TEXT, created TEXT,
        project_id INTEGER, text_direction TEXT, contents TEXT);
    CREATE TABLE commands(id INTEGER PRIMARY KEY, date TEXT, user_login TEXT, project_id INTEGER, document_id INTEGER,
        payload TEXT);
    CREATE TABLE tags(id INTEGER PRIMARY KEY, project_id INTEGER, path TEXT, description TEXT);
    CREATE TABLE highlights(id INTEGER PRIMARY KEY, document_id INTEGER, start_offset INTEGER, end_offset INTEGER, snippet TEXT);
    CREATE TABLE highlight_tags(highlight_id INTEGER, tag_id INTEGER);
    CREATE TABLE alembic_version(version_num TEXT);
    INSERT INTO users VALUES('kari', 'kari@x.no');
    INSERT INTO projects VALUES(1, 'Prøve', 'Om', '{_DAY}'), (2, 'Annet', '', '{_DAY}');
    INSERT INTO project_members VALUES(1, 'kari', 'ADMIN');
    INSERT INTO documents VALUES(1, 'a', 'om a', 'a.html', '{_DAY}', 1, 'LEFT_TO_RIGHT', {_quoted(page)}),
        (2, 'b', '', 'b.txt', '{_DAY}', 1, 'LEFT_TO_RIGHT', '<p>b</p>');
    INSERT INTO commands VALUES {commands};
    INSERT INTO tags VALUES(1, 1, 'bolig', 'Om'), (2, 1, 'bolig/leie/privat', ''), (4, 2, 'x', '');
    INSERT INTO highlights VALUES(1, 1, 0, 4, 'Jo,'), (2, 1, 12, 19, 'jeg er'), (3, 1, 900, 990, 'x');
    INSERT INTO highlight_tags VALUES(1, 1), (1, 2), (2, 1), (3, 1), (9, 9);
    """
    return (database(script),)


def qualcoder() -> tuple[bytes, ...]:
    script = f"""
    CREATE TABLE project(databaseversion TEXT, date TEXT, memo TEXT, about TEXT, codername TEXT);
    CREATE TABLE source(id INTEGER PRIMARY KEY, name TEXT, fulltext TEXT, mediapath TEXT, memo TEXT, owner TEXT, date TEXT,
        av_text_id INTEGER, risid INTEGER, UNIQUE(name));
    CREATE TABLE code_cat(catid INTEGER PRIMARY KEY, name TEXT, owner TEXT, date TEXT, memo TEXT, supercatid INTEGER);
    CREATE TABLE code_name(cid INTEGER PRIMARY KEY, name TEXT, memo TEXT, catid INTEGER, owner TEXT, date TEXT, color TEXT,
        supercid INTEGER, UNIQUE(name));
    CREATE TABLE code_text(ctid INTEGER PRIMARY KEY, cid INTEGER, fid INTEGER, seltext TEXT, pos0 INTEGER, pos1 INTEGER,
        owner TEXT, date TEXT, memo TEXT, avid INTEGER, important INTEGER);
    CREATE TABLE code_image(imid INTEGER PRIMARY KEY, id INTEGER, x1 INTEGER, cid INTEGER, memo TEXT, date TEXT, owner TEXT);
    CREATE TABLE code_av(avid INTEGER PRIMARY KEY, id INTEGER, pos0 INTEGER, cid INTEGER, memo TEXT, date TEXT, owner TEXT);
    CREATE TABLE annotation(anid INTEGER PRIMARY KEY, fid INTEGER, pos0 INTEGER, pos1 INTEGER, memo TEXT, owner TEXT, date TEXT);
    CREATE TABLE cases(caseid INTEGER PRIMARY KEY, name TEXT, memo TEXT, owner TEXT, date TEXT);
    CREATE TABLE case_text(id INTEGER PRIMARY KEY, caseid INTEGER, fid INTEGER, pos0 INTEGER, pos1 INTEGER, owner TEXT,
        date TEXT, memo TEXT);
    CREATE TABLE attribute_type(name TEXT PRIMARY KEY, date TEXT, owner TEXT, memo TEXT, caseOrFile TEXT, valuetype TEXT);
    CREATE TABLE attribute(attrid INTEGER PRIMARY KEY, name TEXT, attr_type TEXT, value TEXT, id INTEGER, date TEXT, owner TEXT);
    CREATE TABLE journal(jid INTEGER PRIMARY KEY, name TEXT, jentry TEXT, date TEXT, owner TEXT);
    CREATE TABLE stored_sql(title TEXT);
    INSERT INTO project VALUES('QualCoder 3.6', '{_DAY}', 'memo', 'om', 'kari');
    INSERT INTO source VALUES(1, 'a.docx', {_quoted(INTERVIEW)}, '/docs/a.docx', 'm', 'kari', '{_DAY}', NULL, NULL),
        (2, 'b.mp3', NULL, 'audio:/x/b.mp3', '', 'kari', '{_DAY}', 3, NULL), (3, 'b.txt', 'Hei 😀 du', NULL, '', 'ola',
        '{_DAY}', NULL, NULL);
    INSERT INTO code_cat VALUES(1, 'Tema', 'kari', '{_DAY}', 'm', NULL), (2, 'Under', 'kari', '{_DAY}', '', 1);
    INSERT INTO code_name VALUES(1, 'Bolig', 'm', 2, 'kari', '{_DAY}', '#F781F3', NULL),
        (2, 'Leie', '', NULL, 'ola', '{_DAY}', '', 1);
    INSERT INTO code_text VALUES(1, 1, 1, 'Kan du', 12, 18, 'kari', '{_DAY}', 'm', NULL, 1),
        (2, 2, 3, 'du', 7, 9, 'ola', '{_DAY}', '', NULL, NULL), (3, 2, 1, 'borte', 5, 3, 'ola', '', '', NULL, 0);
    INSERT INTO code_image VALUES(1, 1, 0, 1, 'm', '{_DAY}', 'kari');
    INSERT INTO code_av VALUES(1, 2, 0, 1, 'm', '{_DAY}', 'kari');
    INSERT INTO annotation VALUES(1, 1, 0, 5, 'note', 'kari', '{_DAY}');
    INSERT INTO cases VALUES(1, 'Oslo', 'm', 'kari', '{_DAY}');
    INSERT INTO case_text VALUES(1, 1, 1, 0, 10, 'kari', '{_DAY}', ''), (2, 1, 3, 0, 9, 'kari', '{_DAY}', 'm');
    INSERT INTO attribute_type VALUES('Alder', '', 'kari', 'm', 'case', 'numeric'), ('Type', '', 'kari', '', 'file', 'character');
    INSERT INTO attribute VALUES(1, 'Alder', 'case', '44', 1, '', 'kari'), (2, 'Type', 'file', 'lang', 1, '', 'kari');
    INSERT INTO journal VALUES(1, 'Dag 1', 'tekst', '{_DAY}', 'kari');
    """
    return (database(script),)


def rqda() -> tuple[bytes, ...]:
    day = "Sun Mar  1 10:00:00 2026"
    marked = "name TEXT, memo TEXT, owner TEXT, date TEXT, dateM TEXT, id INTEGER, status INTEGER"
    spans = "selfirst REAL, selend REAL, status INTEGER, owner TEXT, date TEXT, memo TEXT"
    coding = f"cid INTEGER, fid INTEGER, seltext TEXT, {spans}"
    script = f"""
    CREATE TABLE project(databaseversion TEXT, date TEXT, dateM TEXT, memo TEXT, about TEXT, imageDir TEXT);
    CREATE TABLE source(name TEXT, id INTEGER, file TEXT, memo TEXT, owner TEXT, date TEXT, dateM TEXT, status INTEGER);
    CREATE TABLE freecode({marked}, color TEXT);
    CREATE TABLE codecat(name TEXT, cid INTEGER, catid INTEGER, owner TEXT, date TEXT, dateM TEXT, memo TEXT, status INTEGER);
    CREATE TABLE treecode(cid INTEGER, catid INTEGER, date TEXT, status INTEGER, owner TEXT);
    CREATE TABLE filecat(name TEXT, fid INTEGER, catid INTEGER, owner TEXT, date TEXT, memo TEXT, status INTEGER);
    CREATE TABLE treefile(fid INTEGER, catid INTEGER, date TEXT, status INTEGER, owner TEXT);
    CREATE TABLE coding({coding});
    CREATE TABLE coding2({coding});
    CREATE TABLE cases({marked});
    CREATE TABLE caselinkage(caseid INTEGER, fid INTEGER, {spans});
    CREATE TABLE attributes(name TEXT, status INTEGER, date TEXT, owner TEXT, memo TEXT, class TEXT);
    CREATE TABLE caseAttr(variable TEXT, value TEXT, caseID INTEGER, date TEXT, owner TEXT, status INTEGER);
    CREATE TABLE fileAttr(variable TEXT, value TEXT, fileID INTEGER, date TEXT, owner TEXT, status INTEGER);
    CREATE TABLE journal(name TEXT, journal TEXT, date TEXT, dateM TEXT, owner TEXT, status INTEGER);
    CREATE TABLE annotation(fid INTEGER, position INTEGER, annotation TEXT, owner TEXT, date TEXT, status INTEGER);
    CREATE TABLE image(name TEXT, id INTEGER, status INTEGER);
    CREATE TABLE imageCoding(cid INTEGER, iid INTEGER, status INTEGER);
    INSERT INTO project VALUES('0.2', '{day}', '{day}', 'memo', 'om', '');
    INSERT INTO source VALUES('a', 1, {_quoted(INTERVIEW)}, 'm', 'kari', '{day}', '{day}', 1),
        ('b', 2, 'b', '', 'kari', '{day}', '', 0);
    INSERT INTO freecode VALUES('Bolig', 'm', 'kari', '{day}', '', 1, 1, 'red'),
        ('Leie', '', 'kari', '{day}', '', 2, 1, '#ff0000');
    INSERT INTO codecat VALUES('Tema', NULL, 1, 'kari', '{day}', '', 'm', 1), ('To', NULL, 2, 'kari', '{day}', '', '', 1);
    INSERT INTO treecode VALUES(1, 1, '', 1, ''), (1, 2, '', 1, ''), (2, 1, '', 1, '');
    INSERT INTO filecat VALUES('Filer', NULL, 1, '', '', 'm', 1);
    INSERT INTO treefile VALUES(1, 1, '', 1, '');
    INSERT INTO coding VALUES(1, 1, 'Kan du', 12, 18, 1, 'kari', '{day}', 'm'), (2, 1, 'x', 900, 5, 1, 'ola', '{day}', '');
    INSERT INTO coding2 VALUES(1, 1, 'Kan du', 12, 18, 1, 'ola', '{day}', '');
    INSERT INTO cases VALUES('Oslo', 'm', 'kari', '{day}', '', 1, 1);
    INSERT INTO caselinkage VALUES(1, 1, 0, 10, 1, 'kari', '{day}', 'm');
    INSERT INTO attributes VALUES('Alder', 1, '', '', 'm', 'numeric');
    INSERT INTO caseAttr VALUES('Alder', '44', 1, '', '', 1);
    INSERT INTO fileAttr VALUES('Alder', 'x', 1, '', '', 1);
    INSERT INTO journal VALUES('{day}', 'tekst', '{day}', '', 'kari', 1);
    INSERT INTO annotation VALUES(1, 5, 'note', 'kari', '{day}', 1);
    INSERT INTO image VALUES('b', 1, 1);
    INSERT INTO imageCoding VALUES(1, 1, 1);
    """
    return (database(script),)
