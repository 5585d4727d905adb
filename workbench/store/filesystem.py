"""Whether a project lies on a network folder, where SQLite's write-ahead log must not be used.

Recognition is by the mount's file system type on Linux and macOS and by the drive type on Windows. The environment
variable KODEBENK_NETWORK (1 or 0) overrides it where the system does not tell.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_NETWORK_TYPES = {
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "smb2", "afpfs", "afs", "ncpfs", "webdav", "davfs", "9p", "beegfs", "lustre",
    "gpfs", "ceph", "glusterfs", "fuse.sshfs", "fuse.davfs2", "fuse.glusterfs", "fuse.rclone", "fuse.s3fs", "osxfuse",
}  # fmt: skip
_DRIVE_REMOTE = 4


def on_network(path: Path) -> bool:
    """True when the folder that holds `path` is on another machine."""
    forced = os.environ.get("KODEBENK_NETWORK")
    if forced is not None:
        return forced not in ("", "0")
    folder = path.resolve().parent
    if sys.platform == "win32":
        return _windows_remote(folder)
    if sys.platform == "darwin":
        return _longest_mount(folder, _mounts_macos()) in _NETWORK_TYPES
    return _longest_mount(folder, _mounts_linux()) in _NETWORK_TYPES


def _mounts_linux() -> list[tuple[str, str]]:
    try:
        lines = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    mounts = []
    for line in lines:
        before, _, after = line.partition(" - ")
        mounts.append((_unescape(before.split()[4]), after.split()[0]))
    return mounts


def _mounts_macos() -> list[tuple[str, str]]:
    listing = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=False).stdout
    mounts = []
    for line in listing.splitlines():
        _, _, rest = line.partition(" on ")
        point, _, options = rest.rpartition(" (")
        mounts.append((point, options.split(",")[0].rstrip(")")))
    return mounts


def _unescape(mount_point: str) -> str:
    for code, char in ((r"\040", " "), (r"\011", "\t"), (r"\134", "\\")):
        mount_point = mount_point.replace(code, char)
    return mount_point


def _longest_mount(folder: Path, mounts: list[tuple[str, str]]) -> str:
    best, kind = "", ""
    for point, file_system in mounts:
        if folder.is_relative_to(point) and len(point) >= len(best):
            best, kind = point, file_system
    return kind


def _windows_remote(folder: Path) -> bool:
    if str(folder).startswith("\\\\"):
        return True
    import ctypes

    drive_type = getattr(ctypes, "windll").kernel32.GetDriveTypeW(folder.anchor)  # noqa: B009
    return bool(drive_type == _DRIVE_REMOTE)
