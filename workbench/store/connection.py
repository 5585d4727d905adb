"""Opening a project file: pragmas, the write transaction, and plain words for what SQLite refuses.

Reading goes through sqlite3 directly, since importing sqlite_utils costs more than opening a project; it is imported for
migrations only.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from gettext import gettext as _
from pathlib import Path

from workbench.errors import Busy, CannotOpen
from workbench.store import schema
from workbench.store.filesystem import on_network

BUSY_TIMEOUT_MS = 5000


def create_file(path: Path) -> sqlite3.Connection:
    """A new, empty project file with its tables, readable by its owner only.

    Raises:
        CannotOpen: if a file is there already, or the folder is missing or not writable.
    """
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, stat.S_IRUSR | stat.S_IWUSR)
    except FileExistsError:
        raise CannotOpen(
            _("{file} finnes fra før. Velg et annet navn, eller åpne den med «kodebenk open».").format(file=path)
        ) from None
    except OSError as error:
        raise CannotOpen(_("Kan ikke opprette {file}: {why}.").format(file=path, why=error.strerror)) from None
    os.close(descriptor)
    connection = connect(path)
    schema.migrate(connection)
    return connection


def open_file(path: Path) -> sqlite3.Connection:
    """A connection to an existing project file for writing, migrated if an older version wrote it.

    Raises:
        CannotOpen: if there is no such file, it is not a project, or a newer Kodebenk wrote it.
    """
    require_project_file(path)
    connection = connect(path)
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version < schema.SCHEMA_VERSION:
        schema.migrate(connection)
    return connection


def connect(path: Path) -> sqlite3.Connection:
    """A connection for writing, with the project's pragmas."""
    connection = prepare(f"{path.resolve().as_uri()}?mode=rw", path)
    with _refusals(path):
        # A write-ahead log needs shared memory, which no network file system gives.
        connection.execute(f"PRAGMA journal_mode = {'DELETE' if on_network(path) else 'WAL'}")
    return connection


def prepare(uri: str, path: Path) -> sqlite3.Connection:
    """A connection to one of our files; autocommit, so that transactions are only ever begun on purpose."""
    with _refusals(path):
        # Each thread uses its own connection; the one that closes the project may close the others' too.
        connection = sqlite3.connect(
            uri, uri=True, isolation_level=None, timeout=BUSY_TIMEOUT_MS / 1000, check_same_thread=False
        )
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        _require_ours(connection, path)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA fullfsync = ON")
        connection.execute("PRAGMA foreign_keys = ON")
        # Destroyed words must not stay behind in free pages, whatever SQLite was compiled with.
        connection.execute("PRAGMA secure_delete = ON")
    return connection


@contextmanager
def _refusals(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise Busy(_("{file} er i bruk av et annet program. Prøv igjen om litt.").format(file=path)) from None
        if "readonly" in str(error) or not os.access(path.resolve().parent, os.W_OK):
            raise CannotOpen(
                _(
                    "Du kan ikke skrive i {file} eller i mappen den ligger i. Les den med «kodebenk review», eller lag en kopi "
                    "du kan skrive i."
                ).format(file=path)
            ) from None
        raise unreadable(path, error) from None
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_NOTADB:
            raise _no_project(path) from None
        raise unreadable(path, error) from None


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """A write transaction that takes the lock at once: a plain BEGIN fails between two processes without waiting."""
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise Busy(
                _("Et annet program skriver i prosjektet nå. Ingenting er endret; prøv igjen om litt.")
            ) from None
        if "readonly" in str(error):
            raise Busy(_("Prosjektet er åpnet for lesing. Åpne det for skriving for å endre noe.")) from None
        raise
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def unreadable(path: Path, error: sqlite3.Error) -> CannotOpen:
    """The refusal for a file SQLite cannot work with, in words a researcher can act on."""
    return CannotOpen(
        _("{file} kan ikke åpnes: {why}. Hent fram en sikkerhetskopi, eller se om filen er hel.").format(
            file=path, why=error
        )
    )


@contextmanager
def damage_in_plain_words(path: Path) -> Iterator[None]:
    """Turn what SQLite says about a damaged file, met anywhere inside, into a refusal that names the file."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError | sqlite3.InternalError):
            raise  # a fault of ours, not of the file
        raise unreadable(path, error) from None


def _require_ours(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse another program's database, or a newer Kodebenk's, before anything about the file is changed."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if path.stat().st_size == 0:
        return  # just made, and about to get its tables
    if application != schema.APPLICATION_ID:
        connection.close()
        raise CannotOpen(_("{file} er en SQLite-fil, men ikke et Kodebenk-prosjekt.").format(file=path))
    if version > schema.SCHEMA_VERSION:
        connection.close()
        raise CannotOpen(
            _("{file} er skrevet av en nyere Kodebenk. Oppgrader Kodebenk før du åpner prosjektet.").format(file=path)
        )


def require_project_file(path: Path) -> None:
    """Refuse what cannot be a project, without opening it: SQLite itself says when the content is something else.

    A descriptor of ours on a file that this program has open would, when it is closed, take every lock of SQLite's with
    it (POSIX). Another program could then take itself for the only one, and throw away the log we go on writing in.
    """
    if not path.exists():
        raise CannotOpen(_("Finner ikke {file}. Lag et nytt prosjekt med «kodebenk new {file}».").format(file=path))
    if path.is_dir():
        raise CannotOpen(_("{file} er en mappe, ikke en prosjektfil.").format(file=path))
    if not os.access(path, os.R_OK):
        raise CannotOpen(_("Kan ikke lese {file}: {why}.").format(file=path, why=os.strerror(errno.EACCES)))
    if path.stat().st_size == 0:
        raise _no_project(path)


def _no_project(path: Path) -> CannotOpen:
    return CannotOpen(
        _("{file} er ikke et Kodebenk-prosjekt. Skal den importeres, skriv «kodebenk import PROSJEKT {file}».").format(
            file=path
        )
    )
