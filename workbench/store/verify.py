"""Whether a project file is what it says: every coding lies in its text, every change is as it was written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from gettext import gettext as _

from corpus.text import digest
from workbench.core.changes import payload_digest, seal_of
from workbench.store import journal


def problems(connection: sqlite3.Connection) -> Iterator[str]:
    """Everything that is wrong, one Norwegian sentence a problem; nothing when the file is sound."""
    for (line,) in connection.execute("PRAGMA integrity_check").fetchall():
        if line != "ok":
            yield _("Filen er skadet: {why}").format(why=line)
    yield from _journal(connection)
    yield from _texts(connection)
    yield from _places(connection)


def _journal(connection: sqlite3.Connection) -> Iterator[str]:
    seals: dict[str, str] = {}
    payloads = {
        change: (salt, body) for change, salt, body in connection.execute("SELECT change, salt, body FROM payload")
    }
    destroyed = {change for (change,) in connection.execute("SELECT id FROM destroyed WHERE kind = 'payload'")}
    for change in journal.changes(connection):
        seals[change.id] = change.seal
        missing = [parent for parent in change.parents if parent not in seals]
        if missing:
            yield _("Endring {id} bygger på {parent}, som mangler.").format(id=change.id, parent=", ".join(missing))
        elif change.seal != seal_of(change, [seals[parent] for parent in change.parents]):
            yield _("Endring {id} ({kind}) er endret etter at den ble skrevet.").format(id=change.id, kind=change.kind)
        stored = payloads.get(change.id)
        if stored is None and change.id not in destroyed:
            yield _("Innholdet i endring {id} ({kind}) mangler.").format(id=change.id, kind=change.kind)
        if stored is not None and payload_digest(*stored) != change.digest:
            yield _("Innholdet i endring {id} ({kind}) stemmer ikke med journalen.").format(
                id=change.id, kind=change.kind
            )


def _texts(connection: sqlite3.Connection) -> Iterator[str]:
    for name, body in connection.execute("SELECT digest, body FROM text_blob"):
        if digest(body) != name:
            yield _("En lagret tekst ({digest}) er endret utenfor Kodebenk.").format(digest=name[:12])
    query = (
        "SELECT v.id, v.source, v.length, b.body FROM text_version v LEFT JOIN text_blob b ON b.digest = v.digest "
        "WHERE NOT EXISTS (SELECT 1 FROM destroyed d WHERE d.kind = 'version' AND d.id = v.id)"
    )
    for version, source, length, body in connection.execute(query):
        if body is None or len(body) != length:
            yield _("Teksten til kilde {source}, versjon {version}, mangler eller har feil lengde.").format(
                source=source, version=version
            )


def _places(connection: sqlite3.Connection) -> Iterator[str]:
    for table, name in (("coding", _("Koding")), ("margin_note", _("Merknad"))):
        query = (
            f'SELECT t.id, t.start, t."end", t.version, s.version, v.length FROM {table} t '
            "LEFT JOIN source s ON s.id = t.source LEFT JOIN text_version v ON v.id = t.version"
        )
        for row_id, start, end, version, current, length in connection.execute(query):
            if current is None:
                yield _("{what} {id} hører til en kilde som ikke finnes.").format(what=name, id=row_id)
            elif version != current:
                yield _("{what} {id} står på en tekstversjon som ikke er den gjeldende.").format(what=name, id=row_id)
            elif length is None or not 0 <= start <= end <= length:
                yield _("{what} {id} ({start}–{end}) ligger utenfor teksten.").format(
                    what=name, id=row_id, start=start, end=end
                )
    query = "SELECT c.id FROM coding c LEFT JOIN code k ON k.id = c.code WHERE k.id IS NULL"
    for (row_id,) in connection.execute(query):
        yield _("Koding {id} har en kode som ikke finnes.").format(id=row_id)
