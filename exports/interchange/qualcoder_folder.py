"""QualCoder's project folder: the database in it, and the documents the texts were made from.

Nothing outside the folder is read, wherever links or paths in the project lead.
"""

from __future__ import annotations

from collections.abc import Iterable
from gettext import gettext as _
from pathlib import Path

from exports.interchange.errors import UnreadableProject
from exports.interchange.foreign import Tally

_DATABASE = "data.qda"
_MOST_DATABASE = 2_000_000_000
_MOST_DOCUMENT = 50_000_000
_MOST_DOCUMENTS = 400_000_000
_OPEN_ENDS = ("-journal", "-wal")


def database_of(path: Path) -> tuple[Path, Path, bytes]:
    """(folder, database, its bytes) of a project, given its folder or the database in it.

    Raises:
        UnreadableProject: if there is no database, it lies outside the folder, or the program has it open.
    """
    try:
        folder = path if path.is_dir() else path.parent
        database = folder / _DATABASE if path.is_dir() else path
        inside = _within(folder, database)
        if inside is None:
            reason = _(
                "Mappen har ingen data.qda. Velg mappen som QualCoder lagret prosjektet i (navnet ender på .qda)."
            )
            raise UnreadableProject(path, reason)
        if any(_has_content(inside.with_name(inside.name + end)) for end in _OPEN_ENDS):
            reason = _(
                "Prosjektet er åpent i QualCoder eller ble ikke lukket riktig. Åpne og lukk det der, og prøv igjen."
            )
            raise UnreadableProject(path, reason)
        if inside.stat().st_size > _MOST_DATABASE:
            raise UnreadableProject(path, _("Databasen er urimelig stor og blir ikke lest."))
        return folder, inside, inside.read_bytes()
    except OSError as error:
        reason = _("Mappen kan ikke leses ({cause}). Se om du har tilgang til den.")
        raise UnreadableProject(path, reason.format(cause=error.strerror or type(error).__name__)) from error


def left_beside(folder: Path, names: Iterable[str], tally: Tally) -> None:
    """Says of those of the files that are in the folder that they are not read."""
    for name in names:
        if _within(folder, folder / name) is not None:
            why = _("Filen i prosjektmappen blir ikke lest; den kan si hvem informantene er.")
            tally.add(_("Fil"), name, why)


class Documents:
    """The original documents of a project, as long as they are of a reasonable size together."""

    def __init__(self, folder: Path, tally: Tally) -> None:
        self._folder = folder
        self._tally = tally
        self._left = _MOST_DOCUMENTS

    def content(self, media_path: str, name: str) -> bytes:
        """The bytes of a source's document; empty where there is none that may be read, which is said.

        Args:
            media_path: as the project has it: `/docs/name`, or `docs:` and a path elsewhere on some machine.
            name: of the source.
        """
        if media_path.startswith("docs:"):
            why = _("Originalen ligger utenfor prosjektmappen og blir ikke lest. Teksten er med.")
            self._tally.add(_("Original"), name, why)
            return b""
        title = media_path.removeprefix("/docs/") if media_path.startswith("/docs/") else name
        if not title or title in (".", "..") or any(mark in title for mark in "/\\\0:"):
            return b""
        try:
            inside = _within(self._folder, self._folder / "documents" / title)
            if inside is None:
                return b""
            size = inside.stat().st_size
            if size > min(_MOST_DOCUMENT, self._left):
                self._tally.add(_("Original"), name, _("Originalen er for stor til å tas med. Teksten er med."))
                return b""
            self._left -= size
            return inside.read_bytes()
        except OSError:
            self._tally.add(_("Original"), name, _("Originalen kan ikke leses. Teksten er med."))
            return b""


def _within(folder: Path, file: Path) -> Path | None:
    """The file without links in its path, if it is an ordinary one inside the folder."""
    try:
        real = file.resolve(strict=True)
        home = folder.resolve(strict=True)
    except (FileNotFoundError, NotADirectoryError, RuntimeError):  # the last is a ring of links
        return None
    return real if real.is_relative_to(home) and real.is_file() else None


def _has_content(file: Path) -> bool:
    return file.is_file() and file.stat().st_size > 0
