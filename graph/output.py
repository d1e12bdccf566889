"""Files and folders that appear whole or not at all.

What is written goes to a hidden sibling first, is flushed to the disk, and takes its place by a rename. Whatever ends the
writing early (an error, a full disk, Ctrl-C) removes the sibling and leaves what was there before.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from ..extract.errors import OutputError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextlib.contextmanager
def atomic_path(path: Path | str) -> Iterator[Path]:
    """Yield the path of a hidden sibling to write to; it becomes `path` when the block ends well, else it is removed.

    The sibling keeps the suffix, so that writers which choose a format by it work. A link is followed; a device or a
    pipe ("/dev/stdout") is yielded itself, for nothing can take its place. Modes follow the umask, or the file that was
    there. Raises OutputError where `path` cannot be written or the disk is full.
    """
    target = Path(os.path.realpath(path))
    with _failures_named(path):
        exists, is_file, is_folder = target.exists(), target.is_file(), target.is_dir()
    if is_folder:
        raise OutputError(f"{path}: is a folder; name a file in it", path)
    if exists and not is_file:
        with _full_disk_named(path):
            yield target
        return
    partial = _hidden(target.parent, target.suffix)
    try:
        with _failures_named(path):
            os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
            if exists:
                _check_writable(target)
                shutil.copymode(target, partial)
        with _full_disk_named(path):
            yield partial
        with _failures_named(path):
            _flush(partial)
            partial.replace(target)
            _flush(target.parent)
    finally:
        if os.path.lexists(partial):
            partial.unlink()


@contextlib.contextmanager
def atomic_file(path: Path | str) -> Iterator[IO[str]]:
    """Yield a text file (UTF-8, \\n) that becomes `path` when the block ends well; see `atomic_path`."""
    with atomic_path(path) as partial, partial.open("w", encoding="utf-8", newline="\n") as file:
        yield file


@contextlib.contextmanager
def atomic_folder(folder: Path | str, *, ours: Callable[[Path], bool], files: frozenset[str]) -> Iterator[Path]:
    """Yield an empty hidden folder to fill; it becomes `folder` when the block ends well, else it is removed.

    A folder that exists is replaced only if it is empty or `ours` says so. `files` are the names that we write: of an
    older output they go, anything else that lies there (notes, an export) is kept. The current folder and mount points,
    which cannot change their place, have their files replaced one by one.
    Raises OutputError for a folder that is not ours, one that cannot be written, or a full disk.
    """
    target = Path(os.path.realpath(folder))
    _refuse_what_is_not_ours(folder, target, ours)
    with _failures_named(folder):
        if target.is_dir():
            _check_writable(target)
        stays = target.is_dir() and (os.path.ismount(target) or target == Path.cwd())
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = _hidden(target if stays else target.parent)
        partial.mkdir()
    try:
        with _full_disk_named(folder):
            yield partial
        _refuse_what_is_not_ours(folder, target, ours, besides=partial)
        with _failures_named(folder):
            for path in sorted(partial.rglob("*")):
                _flush(path)
            if stays:
                _move_into(partial, target, files)
            else:
                _swap(partial, target, files)
            _flush(target.parent)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _refuse_what_is_not_ours(folder: Path | str, target: Path, ours: Callable[[Path], bool], besides: Path | None = None) -> None:
    with _failures_named(folder):
        if not target.exists():
            return
        if not target.is_dir():
            raise OutputError(f"{folder}: is a file; name a folder to write to", folder)
        if any(path != besides for path in target.iterdir()) and not ours(target):
            raise OutputError(f"{folder}: holds files that actorgraph did not write; name a new or an empty folder", folder)


def _swap(partial: Path, target: Path, files: frozenset[str]) -> None:
    """Put `partial` in the place of `target`; what stood there comes back if that fails."""
    if not target.exists():
        partial.rename(target)
        return
    shutil.copymode(target, partial)
    for path in sorted(target.iterdir()):
        if path.name not in files:
            _carry_over(path, partial / path.name)
    old = _hidden(target.parent)
    target.rename(old)
    try:
        partial.rename(target)
    except BaseException:
        old.rename(target)
        raise
    shutil.rmtree(old)


def _carry_over(path: Path, to: Path) -> None:
    """Have `path` stand at `to` as well: by a hard link where that works, so that nothing is ever in one doomed place only."""
    if path.is_dir() and not path.is_symlink():
        shutil.copytree(path, to, symlinks=True, copy_function=_link)
    else:
        _link(path, to)


def _link(path: Path | str, to: Path | str) -> None:
    try:
        os.link(path, to, follow_symlinks=False)
    except OSError:  # a file system without hard links
        shutil.copy2(path, to, follow_symlinks=False)


def _move_into(partial: Path, target: Path, files: frozenset[str]) -> None:
    """Move what `partial` holds into `target`, then take away what an older output left there."""
    new = {path.name for path in partial.iterdir()}
    for name in sorted(new):
        (partial / name).replace(target / name)
    for name in sorted(files - new):
        (target / name).unlink(missing_ok=True)


def _hidden(folder: Path, suffix: str = "") -> Path:
    return folder / f".partial-{secrets.token_hex(4)}{suffix}"


def _check_writable(path: Path) -> None:
    """Raise PermissionError where `path` is write-protected; a rename would pass over that."""
    if not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))


def _flush(path: Path) -> None:
    """Have the system write `path` to the disk; a folder's entries too, where the system can (Windows cannot)."""
    if path.is_dir() and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _full_disk_named(path: Path | str) -> Iterator[None]:
    """Say which output ran out of space; other errors, which may be those of an input, pass as they are."""
    try:
        yield
    except OSError as error:
        if error.errno not in _FULL:
            raise
        raise OutputError(f"{path}: {_reason(error)}; make room or name another place", path) from error


@contextlib.contextmanager
def _failures_named(path: Path | str) -> Iterator[None]:
    """Say which output cannot be written, whatever the reason."""
    try:
        with _full_disk_named(path):
            yield
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({_reason(error)}); name another place", path) from error


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
