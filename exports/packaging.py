"""Office files as bytes that depend on nothing but their contents."""

from __future__ import annotations

import io
import re
import zipfile

_EPOCH = (1980, 1, 1, 0, 0, 0)
_FIRST = ("[Content_Types].xml", "_rels/.rels")
# What XML 1.0 cannot hold: most control characters, surrogates and two non-characters.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """The text with every character that XML cannot hold shown as U+FFFD, one for one."""
    return _ILLEGAL.sub("\ufffd", text)


def pack(parts: dict[str, bytes]) -> bytes:
    """A zip file of the parts, the same bytes whenever and wherever it is made with the same compressor."""
    names = sorted(parts, key=lambda name: (_FIRST.index(name) if name in _FIRST else len(_FIRST), name))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, parts[name])
    return buffer.getvalue()


def unpack(package: bytes) -> dict[str, bytes]:
    """The parts of a zip file by name; `zipfile.BadZipFile` when it is none."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()}


def repack(package: bytes) -> bytes:
    """The same zip file without its clock."""
    return pack(unpack(package))
