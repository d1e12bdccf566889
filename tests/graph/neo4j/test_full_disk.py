"""Full disks under a server and under what is taken out of one: nothing lost, nothing doubled, one clear line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from cypher_engines import write_folder
from neo4j_server import Neo4jServer
from small_disk import NoSmallDisk, SmallDisk, small_disk
from statements import make_statement
from typer.testing import CliRunner

from actorgraph.cli import app
from actorgraph.extract.records import Statement
from actorgraph.graph.server.loading import load
from actorgraph.graph.server.pulling import pull

ROOM = 4_000_000  # bytes, for some loads of the folder


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    try:
        with small_disk(tmp_path / "small" / "data") as disk:
            yield disk
    except NoSmallDisk as error:
        pytest.skip(f"needs the right to mount a file system in memory: {error}")


@pytest.mark.slow
@pytest.mark.usefixtures("uri")  # for the login in the environment
def test_a_server_whose_disk_is_full(disk: SmallDisk, folder: Path, quarrel: list[Statement]) -> None:
    """What the load says. How much a server reads again of a log that it could not write to its end is not ours to promise."""
    many = [make_statement(at=40 * n, document=f"{n % 20}.txt", object=("Peru", "Serbia", "Chile")[n % 3]) for n in range(400)]
    write_folder(quarrel, folder)
    large = write_folder(many, folder.with_name("large"))
    with Neo4jServer(disk.folder.parent) as server:
        load(folder, server.uri)
        disk.leave(ROOM)
        for number in count():
            result = CliRunner().invoke(app, ["load", str(large), server.uri, "--dataset", f"d{number}"])
            if result.exit_code:
                break
        said = f"actorgraph: {server.uri}: the server cannot write, most likely for want of disk space; make room there"
        assert number >= 1
        assert result.exit_code == 1 and result.stderr.startswith(said) and result.stderr.count("\n") == 1, result.stderr
        again = CliRunner().invoke(app, ["load", str(large), server.uri, "--dataset", f"d{number}"])
        assert again.exit_code == 1 and "make room there, restart it" in again.stderr and again.stderr.count("\n") == 1, again.stderr
        disk.make_room()


@pytest.mark.slow
def test_a_pull_to_a_full_disk(uri: str, disk: SmallDisk, folder: Path, quarrel: list[Statement]) -> None:
    load(write_folder(quarrel, folder), uri)
    out = disk.folder / "quarrel"
    for room in (0, 4096, 8192):
        disk.leave(room)
        result = CliRunner().invoke(app, ["pull", uri, "-o", str(out)])
        assert result.exit_code == 1 and result.stderr.count("\n") == 1
        assert result.stderr.startswith(f"actorgraph: {out}: ") and "no space left on device" in result.stderr, result.stderr
        assert list(disk.folder.iterdir()) == []
    disk.make_room()
    pull(uri, out)
    (out / "notes.txt").write_text("mine")
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    disk.leave(4096)
    assert CliRunner().invoke(app, ["pull", uri, "-o", str(out)]).exit_code == 1
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert [path.name for path in disk.folder.iterdir()] == ["quarrel"]
