"""What makes an archive unfit to be opened: each check says in Norwegian what was found, or nothing.

Names in archives are never used as paths here; a name that would lead out of a folder is refused all the same, because
no program that writes documents makes one, and somebody may unpack the file with another tool.
"""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from gettext import gettext as _

MOST_MEMBERS = 10_000
MOST_BYTES = 400_000_000
"""What an archive may unpack to; one that is large itself, with recordings in it, may unpack to `_OWN_SIZES` of its size."""
_OWN_SIZES = 3
_MOST_RATIO = 200
"""Unpacked bytes per packed byte; Word's own XML stays below 60 by experience, a bomb nears 1000."""
_RATIO_FROM = 5_000_000
"""Unpacked size of one member below which a high ratio is harmless."""
_TOTAL_RATIO_FROM = 20_000_000

_END = b"PK\x05\x06"
_END_SIZE = 22
_END64 = b"PK\x06\x06"
_LOCATOR64 = b"PK\x06\x07"
_ENTRY = b"PK\x01\x02"
_ENTRY_SIZE = 46
_LOCAL = b"PK\x03\x04"
_LOCAL_SIZE = 30
_AES = 99
_ENCRYPTED_BITS = 0x1 | 0x40
_SPECIAL = (stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFSOCK)
_STEP = 1 << 20
_MOST_SHOWN = 60


def too_many(data: bytes) -> str:
    """Why an archive with this table of contents is too much, told from its bytes before any entry is taken in."""
    if sum(1 for _entry in _entries(data)) <= MOST_MEMBERS:
        return ""
    reason = _("Filen har mer enn {limit} deler og blir ikke åpnet. Lagre teksten som en ny fil uten bilder.")
    return reason.format(limit=MOST_MEMBERS)


def encrypted(members: Sequence[zipfile.ZipInfo]) -> bool:
    """True when any member is behind a password."""
    return any(member.flag_bits & _ENCRYPTED_BITS or member.compress_type == _AES for member in members)


def odd_member(members: Sequence[zipfile.ZipInfo]) -> str:
    """Why a member has no place in a document: its name, a link, a name taken twice, a packing that cannot be bounded."""
    seen: set[str] = set()
    for member in members:
        name = member.orig_filename
        reason = ""
        if leads_out(name):
            reason = _("Filen har en del med et navn som peker ut av den («{name}»), og blir ikke åpnet.")
        elif stat.S_IFMT(member.external_attr >> 16) in _SPECIAL:
            reason = _("Filen har en snarvei eller spesialfil i seg («{name}»), og blir ikke åpnet.")
        elif name in seen:
            reason = _("Filen har to deler med samme navn («{name}»), så det er uvisst hvilken som gjelder.")
        elif member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            reason = _("Filen er pakket med en metode som ikke kan leses her («{name}»).")
        if reason:
            return reason.format(name=shown(name)) + " " + save_again()
        seen.add(name)
    return ""


def leads_out(name: str) -> bool:
    """True for a name that as a path would be absolute, on a drive, above its folder, the folder itself, or cut off at a null.

    A backslash counts as the slash that it is on Windows; older programs there write `Sources\\a.txt`, which is harmless.
    """
    path = name.replace("\\", "/")
    return not name or "\0" in name or path.startswith("/") or path[1:2] == ":" or ".." in path.split("/")


def unreasonable(data: bytes, members: Sequence[zipfile.ZipInfo]) -> str:
    """Why the archive would unpack to more than a document has, by its own account."""
    total = sum(member.file_size for member in members)
    for member in members:
        if member.file_size > max(_RATIO_FROM, _MOST_RATIO * member.compress_size):
            return _bomb(member.file_size, member.compress_size)
    if total > max(_TOTAL_RATIO_FROM, _MOST_RATIO * len(data)) or total > max(MOST_BYTES, _OWN_SIZES * len(data)):
        return _bomb(total, len(data))
    return ""


def overlapping(data: bytes, members: Sequence[zipfile.ZipInfo]) -> str:
    """Why the members cannot be told from each other: two lie on the same bytes, or one on the table of contents."""
    reached, before = 0, ""
    for member in sorted(members, key=lambda member: member.header_offset):
        _start, end = place_of(data, member)
        if member.header_offset < reached:
            reason = _("To deler ligger oppå hverandre i filen («{first}» og «{second}»), og den blir ikke åpnet.")
            return reason.format(first=shown(before), second=shown(member.orig_filename)) + " " + save_again()
        reached, before = end, member.orig_filename
    directory = _directory(data)
    if members and directory is not None and reached > directory[0]:
        reason = _("Delen «{name}» ligger oppå innholdslisten i filen, og den blir ikke åpnet.")
        return reason.format(name=shown(before)) + " " + save_again()
    return ""


def lying(data: bytes, members: Sequence[zipfile.ZipInfo]) -> str:
    """Why the sizes that the archive states cannot be trusted: a member gives more than it says.

    Every packed member is unpacked in small steps and forgotten, so that whoever reads one later meets no surprise.
    Damage is not looked for here; whoever reads a damaged member is told.
    """
    view = memoryview(data)
    for member in members:
        start, end = place_of(data, member)
        if member.compress_type == zipfile.ZIP_STORED:
            more = member.file_size != member.compress_size
        else:
            more = _gives_more(view[start:end], member.file_size)
        if more:
            reason = _("Delen «{name}» pakkes ut til en annen størrelse enn filen oppgir, og filen blir ikke åpnet.")
            return reason.format(name=shown(member.orig_filename)) + " " + save_again()
    return ""


def place_of(data: bytes, member: zipfile.ZipInfo) -> tuple[int, int]:
    """Where a member's packed bytes lie.

    Raises:
        zipfile.BadZipFile: if what lies where the table of contents says does not begin as a member.
    """
    at = member.header_offset
    if at < 0 or data[at : at + 4] != _LOCAL or at + _LOCAL_SIZE > len(data):
        raise zipfile.BadZipFile(f"no member at {at}")
    name, extra = struct.unpack_from("<HH", data, at + 26)
    start = at + _LOCAL_SIZE + name + extra
    return start, start + member.compress_size


def shown(name: str) -> str:
    """A member's name as it may stand in a message: nothing that a terminal obeys, and not long."""
    safe = "".join(letter if letter.isprintable() else "\ufffd" for letter in name)
    return safe if len(safe) <= _MOST_SHOWN else safe[:_MOST_SHOWN] + "…"


def save_again() -> str:
    """What to do with a file that no honest program writes."""
    return _("Åpne den i programmet den kom fra og lagre den på nytt.")


def _bomb(size: int, packed: int) -> str:
    reason = _(
        "Filen pakkes ut til urimelig mye data ({size} MB av {packed} kB) og blir ikke åpnet. "
        "Lagre teksten som en ny fil uten bilder."
    )
    return reason.format(size=size // 1_000_000, packed=-(-packed // 1000))


def _gives_more(packed: memoryview, stated: int) -> bool:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    given = 0
    try:
        for at in range(0, len(packed), _STEP):
            waiting: bytes | memoryview = packed[at : at + _STEP]
            while waiting and not inflater.eof:
                given += len(inflater.decompress(waiting, _STEP))
                if given > stated:
                    return True
                waiting = inflater.unconsumed_tail
    except zlib.error:
        return False
    return False


def _entries(data: bytes) -> Iterator[int]:
    """Where the entries of the table of contents begin, one more than allowed at most."""
    directory = _directory(data)
    if directory is None:
        return
    at, end = directory
    for _count in range(MOST_MEMBERS + 1):
        if at + _ENTRY_SIZE > end or data[at : at + 4] != _ENTRY:
            return
        yield at
        at += _ENTRY_SIZE + sum(struct.unpack_from("<HHH", data, at + 28))


def _directory(data: bytes) -> tuple[int, int] | None:
    """Where the table of contents lies, found as the zipfile module finds it; None when there is none."""
    last = len(data) - _END_SIZE
    record = (
        last if data[last : last + 4] == _END and data.endswith(b"\0\0") else data.rfind(_END, max(0, last - 65_536))
    )
    if record < 0 or record > last:
        return None
    (size,) = struct.unpack_from("<L", data, record + 12)
    end = record
    if data[record - 20 : record - 16] == _LOCATOR64 and data[record - 76 : record - 72] == _END64 and record >= 76:
        end = record - 76
        (size,) = struct.unpack_from("<Q", data, end + 40)
    return (end - size, end) if size <= end else None
