"""The embedded engine's databases: made from a folder of triples, kept in a cache, made anew when they are broken."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from cypher_engines import embedded, write_folder
from cypher_story import story
from statements import make_statement

from actorgraph.extract.errors import InputError, NotATriplesFolder, RecordError
from actorgraph.graph import query
from actorgraph.graph.cypher.errors import MissingEngine
from actorgraph.graph.cypher.runner import EmbeddedEngine

POSIX = pytest.mark.skipif(os.name != "posix", reason="signals as on POSIX")


def rows(engine: EmbeddedEngine, cypher: str, **parameters: object) -> list[tuple[object, ...]]:
    return list(engine.query(cypher, parameters))


def test_a_file_of_triples_will_do(tmp_path):
    pytest.importorskip("arcadedb", reason="needs arcadedb, which has no wheel for this platform")
    folder = write_folder(story(), tmp_path / "story")
    (folder / "triples.jsonl").rename(folder / "mine.jsonl")
    with EmbeddedEngine(folder / "mine.jsonl", cache=tmp_path / "cache") as engine:
        assert rows(engine, "MATCH (s:Statement) RETURN count(s) AS n, collect(DISTINCT s.dataset) AS d") == [(24, ["mine"])]


def test_the_cache_serves_until_the_triples_change(tmp_path):
    folder, built = tmp_path / "story", []

    def count(statements) -> tuple[int, int]:
        write_folder(statements, folder)
        with EmbeddedEngine(folder, cache=tmp_path / "cache", on_building=lambda: built.append(1)) as engine:
            ((n,),) = rows(engine, "MATCH (s:Statement) RETURN count(s) AS n")
        return n, len(built)

    pytest.importorskip("arcadedb", reason="needs arcadedb, which has no wheel for this platform")
    assert count(story()) == (24, 1)
    assert count(story()) == (24, 1)
    assert count(story()[:5]) == (5, 2)
    assert count(story()) == (24, 2)
    assert len(list((tmp_path / "cache").iterdir())) == 2


def test_the_folder_is_left_alone(tmp_path):
    folder = write_folder(story(), tmp_path / "story")
    folder.chmod(0o555)
    try:
        before = [(path.name, path.stat().st_mtime_ns) for path in folder.iterdir()], folder.stat().st_mtime_ns
        with embedded_existing(folder, tmp_path) as engine:
            engine.query("MATCH (a:Actor) RETURN a")
        assert ([(path.name, path.stat().st_mtime_ns) for path in folder.iterdir()], folder.stat().st_mtime_ns) == before
    finally:
        folder.chmod(0o755)


def embedded_existing(folder: Path, tmp_path: Path) -> EmbeddedEngine:
    pytest.importorskip("arcadedb", reason="needs arcadedb, which has no wheel for this platform")
    return EmbeddedEngine(folder, cache=tmp_path / "cache")


def test_a_cache_that_cannot_be_written_to_is_done_without(tmp_path):
    folder = write_folder(story(), tmp_path / "story")
    (tmp_path / "cache").touch()
    with embedded_existing(folder, tmp_path) as engine:
        assert rows(engine, "MATCH (s:Statement) RETURN count(s) AS n") == [(24,)]
    assert (tmp_path / "cache").is_file()


@pytest.mark.parametrize(
    "name", ["schema.json", *(pytest.param(name, marks=pytest.mark.slow) for name in ("dictionary", "Statement_0", "configuration.json"))]
)
def test_a_broken_database_is_made_anew(tmp_path, name):
    folder, cache = write_folder(story(), tmp_path / "story"), tmp_path / "cache"
    with embedded_existing(folder, tmp_path) as engine:
        engine.query("RETURN 1")
    (database,) = cache.iterdir()
    (file,) = (path for path in database.iterdir() if path.name.startswith(name) and "_edges" not in path.name)
    # As a broken disk might: of the right size, and garbage.
    file.write_bytes(b"\xff" * file.stat().st_size)
    with embedded_existing(folder, tmp_path) as engine:
        if name in ("schema.json", "configuration.json"):
            assert rows(engine, "MATCH (s:Statement) RETURN count(s) AS n") == [(24,)]
    file.write_bytes(b"")
    with embedded_existing(folder, tmp_path) as engine:
        assert rows(engine, "MATCH (s:Statement) RETURN count(s) AS n") == [(24,)]


def test_many_at_once_on_a_cold_cache(tmp_path):
    folder = write_folder(story(), tmp_path / "story")
    answers: list[object] = []

    def ask() -> None:
        with embedded_existing(folder, tmp_path) as engine:
            answers.append(rows(engine, "MATCH (s:Statement) RETURN count(s) AS n"))

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [[(24,)]] * 3
    assert len(list((tmp_path / "cache").iterdir())) == 1


BUILD = "import sys; from actorgraph.graph import query; print(1, flush=True); query(sys.argv[1], 'RETURN 1')"


@POSIX
@pytest.mark.parametrize("delay", [0.5, *(pytest.param(delay, marks=pytest.mark.slow) for delay in (0.1, 0.2, 0.3, 0.7, 0.9, 1.2))])
def test_a_killed_builder_leaves_nothing_broken(tmp_path, delay):
    pytest.importorskip("arcadedb", reason="needs arcadedb, which has no wheel for this platform")
    statements = [make_statement("Peru", "attack", "Serbia", "ASSAULT", at=i, document=f"{i % 50}.txt") for i in range(3000)]
    folder, cache = write_folder(statements, tmp_path / "story"), tmp_path / "cache"
    environment = os.environ | {"ACTORGRAPH_CACHE": str(cache)}
    with subprocess.Popen([sys.executable, "-c", BUILD, str(folder)], stdout=subprocess.PIPE, env=environment, process_group=0) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(delay)
        process.kill()  # the engine's process ends with the one that asked
    with EmbeddedEngine(folder, cache=cache / "cypher") as engine:
        assert rows(engine, "MATCH (s:Statement) RETURN count(s) AS n") == [(3000,)]


def test_broken_lines_are_passed_over_and_told_of_each_time(tmp_path):
    folder = write_folder(story(), tmp_path / "story")
    with (folder / "triples.jsonl").open("a", encoding="utf-8") as file:
        file.write("{}\n")
    for _ in range(2):
        with embedded_existing(folder, tmp_path) as engine:
            assert rows(engine, "MATCH (s:Statement) RETURN count(s) AS n") == [(24,)]
            (error,) = engine.broken_lines
            assert isinstance(error, RecordError)
            assert (error.path, error.line, error.field) == (folder / "triples.jsonl", 25, "id")
            assert str(error) == f"{folder / 'triples.jsonl'}:25: field 'id' is missing"


def test_triples_of_which_every_line_is_broken_are_none(tmp_path):
    folder = write_folder([], tmp_path / "story")
    (folder / "triples.jsonl").write_text("{}\n[]\n", encoding="utf-8")
    with embedded_existing(folder, tmp_path) as engine:
        with pytest.raises(InputError, match=r"no line is a statement; .*:1: field 'id' is missing"):
            engine.query("RETURN 1")
        write_folder(story(), folder)
        assert rows(engine, "RETURN 1 AS x") == [(1,)]


def test_what_is_no_triples_folder(tmp_path):
    with pytest.raises(NotATriplesFolder):
        EmbeddedEngine(tmp_path)
    with pytest.raises(InputError, match="no such file"):
        query(tmp_path / "none", "RETURN 1")


def test_without_the_engine_the_alternatives_are_named(tmp_path, monkeypatch):
    folder = write_folder(story(), tmp_path / "story")
    monkeypatch.setattr("actorgraph.graph.cypher.runner.find_spec", lambda name: None)
    with pytest.raises(MissingEngine, match=r"pip install 'arcadedb==.*actorgraph load"):
        EmbeddedEngine(folder)


@pytest.mark.parametrize(
    ("module", "reason"),
    [
        ("raise ImportError('libc is too old\\nsecond line')", "libc is too old"),
        ("raise OSError('cannot load')", "cannot load"),
        ("__backend__ = 'jvm'", "build for the JVM"),
    ],
)
def test_an_engine_that_cannot_be_loaded_is_told(tmp_path, monkeypatch, module, reason):
    folder = write_folder(story(), tmp_path / "story")
    (tmp_path / "arcadedb.py").write_text(module, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with EmbeddedEngine(folder, cache=tmp_path / "cache") as engine, pytest.raises(MissingEngine, match=reason) as caught:
        engine.query("RETURN 1")
    assert "\n" not in str(caught.value)


def test_the_users_own_settings_of_the_engine_do_not_matter(tmp_path, monkeypatch):
    monkeypatch.setenv("ARCADEDB_BACKEND", "jvm")
    monkeypatch.setenv("ARCADEDB_NATIVE_LIB", "/none")
    monkeypatch.setenv("ARCADEDB_LOG_DIR", str(tmp_path / "log"))
    with embedded(story(), tmp_path) as engine:
        assert rows(engine, "RETURN 1 AS x") == [(1,)]
    assert not (tmp_path / "log").exists()


def test_concatenated_triples_are_a_union(tmp_path):
    """The higher version of a statement stays, wherever it stands, and nothing is stored twice."""
    old = story()
    new = [replace(statement, version="actorgraph 0.2.0 + en_news 0.1.0", confidence=0.123) for statement in old[:3]]
    folder = write_folder(old, tmp_path / "story")
    lines = (folder / "triples.jsonl").read_text(encoding="utf-8")
    write_folder(new, folder)
    with (folder / "triples.jsonl").open("a", encoding="utf-8") as file:
        file.write(lines)
    with embedded_existing(folder, tmp_path) as engine:
        assert rows(engine, "MATCH (s:Statement) RETURN count(s) AS n, sum(CASE WHEN s.confidence = 0.123 THEN 1 ELSE 0 END) AS m") == [
            (24, 3)
        ]
        assert rows(engine, "MATCH (s:Statement)-[r]->(x) RETURN type(r) AS t, count(r) AS n ORDER BY t") == [
            ("ATTRIBUTED_TO", 2), ("IN", 24), ("OBJECT", 24), ("SUBJECT", 24),
        ]  # fmt: skip
