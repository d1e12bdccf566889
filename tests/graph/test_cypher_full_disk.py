"""A cache on a full disk: one clear line, nothing broken, and the answer when there is room."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cypher_engines import write_folder
from small_disk import NoSmallDisk, SmallDisk, small_disk
from statements import make_statement

COUNT = "MATCH (s:Statement)-[r]->(x) RETURN count(r) AS n, count(s.sentence) AS m"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    pytest.importorskip("arcadedb", reason="needs arcadedb, which has no wheel for this platform")
    try:
        with small_disk(tmp_path / "disk") as disk:
            yield disk
    except NoSmallDisk as error:
        pytest.skip(f"needs the right to mount a file system in memory: {error}")


def ask(folder: Path, disk: SmallDisk) -> tuple[int, str, str]:
    command = [sys.executable, "-m", "actorgraph.cli", "query", str(folder), COUNT, "--format", "jsonl"]
    environment = os.environ | {"ACTORGRAPH_CACHE": str(disk.folder)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.slow
def test_a_cache_on_a_full_disk_is_told_of_in_one_line(disk: SmallDisk, tmp_path: Path) -> None:
    statements = [make_statement("Peru", "attack", "Serbia", "ASSAULT", at=40 * n, document=f"{n % 50}.txt") for n in range(1000)]
    folder = write_folder(statements, tmp_path / "story")
    answer = 0, '{"n": 3000, "m": 3000}\n', ""
    sizes = (0, 30_000, 300_000, 1_000_000, 2_000_000, *range(3_000_000, 12_000_000, 1_000_000))
    outcomes = []
    for size in sizes:  # bytes: from nothing at all to enough
        disk.leave(size)
        outcomes.append(ask(folder, disk))
        if outcomes[-1] == answer:
            break
        code, said, line = outcomes[-1]
        assert (code, said) == (1, "")
        assert line.startswith(f"actorgraph: {disk.folder}/cypher: no database can be kept here (") or size == 0, line
        assert "no space left on device" in line and line.count("\n") == 1, line
        assert [path for path in disk.folder.rglob("*") if path.parent.name == "cypher"] == []
    assert outcomes[-1] == answer
    disk.leave(0)
    assert ask(folder, disk) in (answer, outcomes[1])  # the database is there, its copy may want room
    disk.make_room()
    assert ask(folder, disk) == answer
