"""Writing a file whole or not at all, and never over another unasked."""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import suppress
from gettext import gettext as _
from pathlib import Path

from exports.errors import ExportError

_NO_LINKS = {
    errno.EPERM,
    errno.EOPNOTSUPP,
    errno.ENOTSUP,
    errno.ENOSYS,
    errno.EMLINK,
    errno.EINVAL,
    errno.EXDEV,
}
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def free_path(path: Path) -> Path:
    """The path, or the first of `name-2`, `name-3` and so on that nothing has."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free


def write_atomic(path: Path, data: bytes, overwrite: bool = False) -> Path:
    """Writes the bytes under a new name in the same folder, then gives them the name asked for; returns the full path.

    Whoever looks at `path` sees the old file or the new, never a half; after a failure the old one is untouched. A file
    that somebody else makes there meanwhile is not overwritten either.

    Raises:
        ExportError: The file exists and may not be overwritten, or it cannot be written; says why and what to do.
    """
    target = path.resolve()
    temporary = target.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        if target.is_dir():
            raise ExportError(_("{path} er en mappe. Oppgi et filnavn.").format(path=target))
        if not overwrite and target.exists():
            raise _exists(target)
        _write(temporary, data, _mode_of(target))
        if overwrite:
            temporary.replace(target)
        else:
            _take_name(temporary, target)
        _sync_folder(target.parent)
    except FileExistsError as error:
        raise _exists(target) from error
    except OSError as error:
        raise ExportError(_reason(target, error)) from error
    finally:
        with suppress(OSError):  # renamed away, or never made; and a failure to tidy must not hide the first one
            temporary.unlink(missing_ok=True)
    return target


def _write(path: Path, data: bytes, mode: int | None) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o666), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if mode is not None:
        path.chmod(mode)


def _mode_of(path: Path) -> int | None:
    """Permissions of the file that is to be replaced, so that a private file stays private."""
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        return None


def _take_name(temporary: Path, target: Path) -> None:
    """Gives the file its name unless somebody has it: a link is made or refused in one step, a rename is not."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
        try:
            temporary.replace(target)
        except OSError:
            target.unlink(missing_ok=True)
            raise


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        # Some network folders cannot be synced and some may not be listed; the file itself is on the disk by now.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EACCES):
            raise


def _exists(path: Path) -> ExportError:
    return ExportError(
        _("{path} finnes fra før og ble ikke rørt. Velg et annet navn, eller skriv over med --force.").format(path=path)
    )


def _reason(path: Path, error: OSError) -> str:
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return _("{path} ble ikke skrevet: mappen {folder} finnes ikke. Lag den, eller velg en annen.").format(
            path=path, folder=path.parent
        )
    if error.errno in _FULL:
        return _("{path} ble ikke skrevet: disken eller kvoten er full. Rydd plass, eller velg en annen disk.").format(
            path=path
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return _(
            "{path} ble ikke skrevet: du har ikke lov til å skrive der, eller filen er åpen i et annet program. "
            "Lukk den, eller velg en annen mappe."
        ).format(path=path)
    if error.errno == errno.ENAMETOOLONG:
        return _("{path} ble ikke skrevet: navnet er for langt. Velg et kortere.").format(path=path)
    return _("{path} ble ikke skrevet: {cause}. Prøv igjen, eller velg en annen mappe.").format(
        path=path, cause=error.strerror or error
    )
