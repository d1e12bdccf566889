"""A disk that is soon full, for tests: a file system in memory, whose size can be changed while it is used."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_LARGE = 2**31  # bytes


class NoSmallDisk(RuntimeError):
    """None can be mounted here; the message says why."""


@dataclass(frozen=True, slots=True)
class SmallDisk:
    """A disk that is mounted at `folder`."""

    folder: Path

    def leave(self, free: int) -> None:
        """Leave so many bytes of room, beyond what is there."""
        self._resize(max(1, shutil.disk_usage(self.folder).used + free))  # zero is no limit

    def make_room(self) -> None:
        """Leave more room than any test needs."""
        self._resize(_LARGE)

    def _resize(self, size: int) -> None:
        _run("mount", "-o", f"remount,size={size}", str(self.folder))


@contextmanager
def small_disk(folder: Path) -> Iterator[SmallDisk]:
    """Yield a disk at `folder`, with room. Raises NoSmallDisk where it cannot be mounted: that needs Linux, and its root."""
    folder.mkdir(parents=True, exist_ok=True)
    _run("mount", "-t", "tmpfs", "-o", f"size={_LARGE}", "tmpfs", str(folder))
    try:
        yield SmallDisk(folder)
    finally:
        _run("umount", "--lazy", str(folder))  # even while a process that is about to end has files open


def _run(*command: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        raise NoSmallDisk(str(error)) from error
    if done.returncode:
        raise NoSmallDisk(done.stderr.strip())
