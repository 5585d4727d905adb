"""An open project: connections, and the one way to write.

Writing happens in gestures: what one key press or command does together is one transaction and one step of undo.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sqlite3
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from gettext import gettext as _
from pathlib import Path
from typing import Any

from corpus.text import digest
from workbench.core.changes import Change, Payload
from workbench.core.ids import derived_id, new_id
from workbench.errors import Busy, CannotOpen
from workbench.store import backup, journal, replicas
from workbench.store.applying.apply import apply
from workbench.store.connection import connect, create_file, open_file, transaction
from workbench.store.filesystem import on_network
from workbench.store.state import State
from workbench.store.untouched import Connect, fingerprint, open_untouched


class Gesture:
    """Changes that are made together. Ids of texts are their digests; equal texts are stored once."""

    def __init__(self, connection: sqlite3.Connection, *, replica: str, coder: str) -> None:
        self._connection = connection
        self.replica = replica
        """The copy of the project this is done in."""
        self.coder = coder
        """Id of the person who acts."""
        self.id = new_id()
        self.changes: list[Change] = []

    @property
    def state(self) -> State:
        """The state as it stands inside this transaction, for reading."""
        return State(self._connection, "", "", self.coder)

    @property
    def connection(self) -> sqlite3.Connection:
        """The transaction's connection, for queries and derived tables."""
        return self._connection

    def record(self, kind: str, payload: Payload) -> Change:
        """Journal one change and apply it."""
        change = journal.append(
            self._connection,
            replica=self.replica,
            coder=self.coder,
            kind=kind,
            gesture=self.id,
            payload=payload,
        )
        apply(self._connection, change)
        self.changes.append(change)
        return change

    def text(self, body: str) -> str:
        """Store a text and return its digest, for use in a payload."""
        name = digest(body)
        self._connection.execute("INSERT OR IGNORE INTO text_blob VALUES (?, ?)", (name, body))
        return name

    def card(self, fields: Mapping[str, Any]) -> str:
        """Store fields as a JSON text and return its digest."""
        return self.text(json.dumps(fields, ensure_ascii=False, sort_keys=True))

    def original(self, body: bytes) -> str:
        """Store an original file and return its SHA-256."""
        name = hashlib.sha256(body).hexdigest()
        self._connection.execute("INSERT OR IGNORE INTO original VALUES (?, ?)", (name, body))
        return name


class Project:
    """A project file that is open. Connections belong to threads: each thread gets its own on first use."""

    def __init__(
        self,
        path: Path,
        first: sqlite3.Connection,
        *,
        coder: str,
        reads: Connect | None = None,
        rehearses: bool = False,
    ) -> None:
        self.path = path
        self.rehearses = rehearses
        """What is written is gone with the connection: it concerns no other copy, and nobody else's file."""
        self.readonly = reads is not None
        self._connect = reads or partial(connect, path)
        self.coder_name = coder
        self.network = not rehearses and on_network(path)
        self._seen = fingerprint(path) if self.readonly else None
        self._local = threading.local()
        self._local.connection = first
        self._others: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._holds_lease = False
        self._wrote = False
        self._replica: str | None = None

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._connect()
            self._local.connection = connection
            with self._lock:
                self._others.append(connection)
        return connection

    @property
    def uid(self) -> str:
        return str(self.connection.execute("SELECT id FROM project").fetchone()[0])

    def coder_id(self, name: str | None = None) -> str:
        """The id of a coder's name: the one known by that name, else the id the name gives in every copy."""
        wanted = self.coder_name if name is None else name
        for coder, known in self.connection.execute("SELECT id, name FROM coder"):
            if known.casefold() == wanted.casefold():
                return str(coder)
        return derived_id("coder", wanted.casefold())

    @contextmanager
    def write(self) -> Iterator[Gesture]:
        """One gesture in one transaction: all of it is kept, or nothing.

        Raises:
            Busy: if another process writes for longer than the waiting time, or holds a network project open.
        """
        connection = self.connection
        self._require_writable()
        known = self._holds_lease, self._replica
        try:
            with transaction(connection):
                if self.network:
                    self._take_lease(connection)
                if self._replica is None:
                    self._replica = replicas.replica_of(connection, self.path)
                gesture = Gesture(connection, replica=self._replica, coder=self.coder_id())
                self._introduce(gesture)
                self._wrote = True
                yield gesture
        except BaseException:
            # What was rolled back is not in the file: a name or lease kept here would be another one's at the next opening.
            self._holds_lease, self._replica = known
            raise
        if gesture.changes and not self.rehearses:
            replicas.remember(gesture.replica, gesture.changes[-1].clock)

    @contextmanager
    def derive(self) -> Iterator[sqlite3.Connection]:
        """A transaction for what is computed or local (suggestions, caret places), which the journal does not keep.

        Raises:
            Busy: if the project is open for reading only, or another process writes for longer than the waiting time.
        """
        self._require_writable()
        with transaction(self.connection):
            self._wrote = True
            yield self.connection

    def overtaken(self) -> bool:
        """Whether a project opened for reading has since been written in: what is shown is then no longer all there is."""
        return self._seen is not None and fingerprint(self.path) != self._seen

    def data_version(self) -> int:
        """Changes when another process has written; cheap enough to ask each second."""
        return int(self.connection.execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        """Release the lease, fold the write-ahead log into the file, so that a mailed file is whole, and close."""
        connection = self.connection
        if self._holds_lease:
            with transaction(connection):
                connection.execute("DELETE FROM local WHERE key = 'holder'")
        with self._lock:
            for other in self._others:
                if other is not connection:
                    other.close()
            self._others.clear()
        if self._wrote and not self.network:
            # Folding in what others have written would only make them all ask for everything again.
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()

    def hold(self) -> None:
        """Say who has the project open; on a network folder nobody else can then write.

        Raises:
            CannotOpen: if somebody else holds a project on a network folder.
        """
        if self.readonly:
            return
        try:
            with transaction(self.connection):
                self._take_lease(self.connection)
        except Busy as error:
            raise CannotOpen(str(error)) from None

    def holder(self) -> Mapping[str, Any] | None:
        """Who has it open, as they said themselves: coder, host, pid, since."""
        row = self.connection.execute("SELECT value FROM local WHERE key = 'holder'").fetchone()
        return None if row is None else dict(json.loads(row[0]))

    def _require_writable(self) -> None:
        if self.readonly:
            raise Busy(_("Prosjektet er åpnet for lesing. Åpne det for skriving for å endre noe."))

    def _introduce(self, gesture: Gesture) -> None:
        """The first time somebody acts here, say who they are: a gesture of its own, which undo leaves alone."""
        if gesture.state.get("coder", gesture.coder) is None:
            first = Gesture(gesture.connection, replica=gesture.replica, coder=gesture.coder)
            first.record("coder.add", {"id": first.coder, "name": first.text(self.coder_name)})

    def _take_lease(self, connection: sqlite3.Connection) -> None:
        if self._holds_lease:
            return
        me = {"coder": self.coder_name, "host": platform.node(), "pid": os.getpid()}
        other = self.holder()
        if (
            other is not None
            and self.network
            and not _gone(other)
            and any(other[key] != me[key] for key in ("host", "pid"))
        ):
            raise Busy(
                _(
                    "{coder} har prosjektet åpent på {host} siden {since}. På en nettverksmappe kan bare én skrive om gangen."
                ).format(coder=other["coder"], host=other["host"], since=other["since"])
            )
        if other is not None and all(other[key] == me[key] for key in ("host", "pid")):
            # The same program has it through another handle, which gives it back when it closes.
            return
        me["since"] = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
        connection.execute("INSERT OR REPLACE INTO local VALUES ('holder', ?)", (json.dumps(me),))
        self._holds_lease = self._wrote = True


def _gone(holder: Mapping[str, Any]) -> bool:
    """True when the holder was a process of this machine that no longer runs (it was killed)."""
    if holder["host"] != platform.node():
        return False
    return not _running(int(holder["pid"]))


def _running(pid: int) -> bool:
    """Whether a process of this machine runs."""
    if sys.platform == "win32":
        import ctypes

        query_limited_information = 0x1000
        kernel = ctypes.windll.kernel32
        handle = kernel.OpenProcess(query_limited_information, False, pid)
        if handle:
            kernel.CloseHandle(handle)
        return bool(handle)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def create_project(path: Path, *, coder: str, title: str) -> Project:
    """A new project file with an empty codebook."""
    project = Project(path, create_file(path), coder=coder)
    with project.write() as act:
        act.record("project.create", {"id": new_id(), "card": act.card({"title": title})})
    return project


@contextmanager
def rehearsed(project: Project) -> Iterator[Project]:
    """The project as it now stands, in memory, for this thread alone: what is done there is gone afterwards.

    The file is read once and not locked, so that everybody goes on writing in it; one that may only be read will do.
    """
    connection = backup.in_memory(project.connection)
    try:
        yield Project(project.path, connection, coder=project.coder_name, rehearses=True)
    finally:
        connection.close()


def open_project(path: Path, *, coder: str, readonly: bool = False) -> Project:
    """Open an existing project file; no change is made, and with `readonly` none can be."""
    if readonly:
        reads = open_untouched(path)
        return Project(path, reads(), coder=coder, reads=reads)
    return Project(path, open_file(path), coder=coder)
