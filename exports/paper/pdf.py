"""PDF by way of LibreOffice, run without a window and with a profile of its own."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from datetime import date
from gettext import gettext as _
from hashlib import sha256
from pathlib import Path

from exports.errors import ExportError

LIMIT = 300.0
"""Seconds that LibreOffice may take."""
_GLANCE = 0.1
# LibreOffice writes when the file was made, and two ids that it makes from that among other things.
_MOMENT = re.compile(rb"(/(?:CreationDate|ModDate)\(D:)[0-9]{14}([^)]*\))")
_IDS = re.compile(rb"(/ID \[ <)[0-9A-F]{32}(>\s*<)[0-9A-F]{32}(> \]\s*/DocChecksum /)[0-9A-F]{32}")
# Where the installers put it on systems where it does not come onto the path.
_PLACES = (
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)


def find_office() -> str:
    """Path of LibreOffice's program.

    Raises:
        ExportError: It is not installed; says what to install or to print instead.
    """
    found = shutil.which("soffice") or shutil.which("libreoffice")
    found = found or next((place for place in _PLACES if Path(place).is_file()), None)
    if found is None:
        raise ExportError(
            _(
                "PDF lages med LibreOffice, som ikke finnes på denne maskinen. Installer LibreOffice (programmet «soffice»), "
                "eller skriv ut til .docx og lag PDF i Word."
            )
        )
    return found


def to_pdf(
    document: bytes,
    folder: Path,
    day: date,
    *,
    cancelled: Callable[[], bool] = lambda: False,
    limit: float = LIMIT,
) -> bytes:
    """The .docx file as PDF, dated `day`.

    The work is done in a folder of its own inside `folder`, which is taken away afterwards: what is printed names people,
    and must not lie about in the system's common folder for temporary files.

    Raises:
        ExportError: LibreOffice is missing, fails, takes more than `limit` seconds, or was stopped by `cancelled`.
    """
    office = find_office()
    try:
        with (
            tempfile.TemporaryDirectory(prefix="kodebenk-pdf-", dir=folder) as work,
            tempfile.TemporaryDirectory(prefix="kodebenk-", ignore_cleanup_errors=True) as profile,
        ):
            source = Path(work) / "utskrift.docx"
            source.write_bytes(document)
            command = [
                office, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--norestore", "--nologo",
                "--convert-to", "pdf:writer_pdf_Export", "--outdir", work, str(source),
            ]  # fmt: skip
            status = _run(command, cancelled=cancelled, limit=limit)
            made = source.with_suffix(".pdf")
            if status != 0 or not made.exists():
                raise ExportError(
                    _(
                        "LibreOffice laget ingen PDF (kode {status}). Prøv igjen, eller skriv ut til .docx og lag PDF i Word."
                    ).format(status=status)
                )
            return _dated(made.read_bytes(), day)
    except OSError as error:
        raise ExportError(
            _("PDF-en kunne ikke lages i {folder}: {cause}. Velg en annen mappe, eller skriv ut til .docx.").format(
                folder=folder, cause=error.strerror or error
            )
        ) from error


def _dated(pdf: bytes, day: date) -> bytes:
    """The file with its clock set to the day and its id made from its contents, each as long as what stood there."""

    def on_the_day(match: re.Match[bytes]) -> bytes:
        return match[1] + f"{day:%Y%m%d}000000".encode() + match[2]

    timeless = _MOMENT.sub(on_the_day, pdf)
    digest = sha256(_IDS.sub(b"", timeless)).hexdigest()[:32].upper().encode()
    return _IDS.sub(lambda match: digest.join([match[1], match[2], match[3], b""]), timeless)


def _run(command: list[str], *, cancelled: Callable[[], bool], limit: float) -> int:
    """Runs LibreOffice to its end, or ends it with all it has started; its exit status."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=os.name != "nt",
    )
    end = time.monotonic() + limit
    try:
        while True:
            try:
                return process.wait(_GLANCE)
            except subprocess.TimeoutExpired:
                if cancelled():
                    raise ExportError(_("Utskriften ble stoppet. Ingenting er skrevet.")) from None
                if time.monotonic() > end:
                    raise ExportError(
                        _(
                            "LibreOffice ble ikke ferdig på {n} sekunder og ble stoppet. Skriv ut til .docx og lag PDF i Word."
                        ).format(n=round(limit))
                    ) from None
    finally:
        if process.poll() is None:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends the program and its children: what is started is a script that starts the real one."""
    if os.name == "nt":
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
