"""Where the databases of the embedded engine lie: in the user's cache, one for each content of a triples file.

    <cache>/actorgraph/cypher/<key>/       a database, made whole by a rename; `sizes.json` tells a broken one
    <cache>/actorgraph/cypher/.new-…/      one that is being made
    <cache>/actorgraph/cypher/.run-…/      what one query uses: its own copy of a database, the engine's logs

The key is a digest of what the database is made from: the triples, the name of the dataset, DATABASE_VERSION and the
versions of actorgraph and the engine. Nothing here is ever changed after it was made, so that any number of processes may read, make
and remove databases at once. ACTORGRAPH_CACHE names another folder.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from ...extract.errors import InputError

DATABASE_VERSION = 4
"""Goes up with every change of what is stored (`schema`) or how (`loading`)."""

_KEEP = 16  # databases
_ABANDONED = {".new-": 3600.0, ".run-": 86_400.0}  # seconds after which what a killed process left behind goes
_SIZES = "sizes.json"
_COPIED = (".json", ".bin")  # the engine writes these even when it only reads


def cache_folder() -> Path:
    """Return the folder of the cache, which need not exist."""
    import platformdirs

    named = os.environ.get("ACTORGRAPH_CACHE")
    return (Path(named) if named else platformdirs.user_cache_path("actorgraph", appauthor=False)).absolute() / "cypher"


@contextlib.contextmanager
def run_folder(cache: Path) -> Iterator[Path]:
    """Yield an empty folder for one query, which is removed afterwards.

    It lies in `cache`, or where nothing can be written there in the system's folder for temporary files, and then holds a
    cache of its own, too.
    """
    try:
        cache.mkdir(parents=True, exist_ok=True)
        folder = tempfile.mkdtemp(prefix=".run-", dir=cache)
    except OSError:
        folder = tempfile.mkdtemp(prefix="actorgraph-")
    try:
        yield Path(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)  # what stays (a file that Windows still holds) the next `prune` takes


def database_key(triples: Path, *made_by: str) -> str:
    """Return the name of the database for a triples file and all else that it is made from.

    Raises InputError where the file cannot be read.
    """
    try:
        with triples.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputError(f"{triples}: {error.strerror or error}", triples) from error
    return hashlib.sha256(json.dumps([digest, triples.suffix.lower(), DATABASE_VERSION, *made_by]).encode()).hexdigest()[:32]


def make_database(database: Path, make: Callable[[Path], None]) -> None:
    """Let `make` make a database at the path that it is given, and move it to `database` when it is whole."""
    parent = Path(tempfile.mkdtemp(prefix=".new-", dir=database.parent))
    try:
        new = parent / database.name
        make(new)
        (new / _SIZES).write_text(json.dumps({path.name: path.stat().st_size for path in new.iterdir()}), encoding="utf-8")
        with contextlib.suppress(OSError):  # another process was faster, and made the same
            new.rename(database)
    finally:
        shutil.rmtree(parent, ignore_errors=True)


def copy_database(database: Path, folder: Path) -> bool:
    """Copy `database` to `folder`, which does not exist; False where there is none, or not all of it.

    Files that are only read are linked where the file system can. Raises OSError where there is no room for the others.
    """
    try:
        sizes = json.loads((database / _SIZES).read_text(encoding="utf-8"))
        folder.mkdir()
        for name, size in sizes.items():
            source = database / name
            if source.stat().st_size != size:
                raise FileNotFoundError(source)
            if not name.endswith(_COPIED):
                with contextlib.suppress(OSError):
                    (folder / name).hardlink_to(source)
                    continue
            shutil.copyfile(source, folder / name)
        os.utime(database)
    except (OSError, ValueError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise  # nothing is wrong with the database
        return False
    return True


def remove_database(database: Path) -> None:
    """Remove a database that turned out to be broken; at once for everyone who looks for it."""
    with contextlib.suppress(OSError):
        gone = Path(tempfile.mkdtemp(prefix=".new-", dir=database.parent))
        with contextlib.suppress(OSError):
            database.rename(gone / database.name)
        shutil.rmtree(gone, ignore_errors=True)


def prune(cache: Path, keep: int = _KEEP) -> None:
    """Remove the databases that were not used for longest, all but `keep`, and what killed processes left behind."""
    databases = []
    for path in cache.iterdir():
        with contextlib.suppress(OSError):
            used = path.stat().st_mtime
            if not path.name.startswith("."):
                databases.append((used, path))
            elif used < time.time() - _ABANDONED.get(path.name[:5], 0):
                shutil.rmtree(path, ignore_errors=True)
    for _, path in sorted(databases)[:-keep]:
        remove_database(path)
