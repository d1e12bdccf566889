"""The cache of databases, without an engine: whatever happens, what is found there is whole."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from actorgraph.extract.errors import InputError
from actorgraph.graph.cypher.cache import cache_folder, copy_database, database_key, make_database, prune, remove_database, run_folder


def fill(new: Path, text: str = "rows") -> None:
    new.mkdir()
    (new / "a.bucket").write_text(text, encoding="utf-8")
    (new / "schema.json").write_text("{}", encoding="utf-8")


def files(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    folder = tmp_path / "cache"
    folder.mkdir()
    return folder


def test_a_database_appears_whole_or_not_at_all(cache):
    database = cache / "key"

    def fail(new: Path) -> None:
        fill(new)
        assert not database.exists()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_database(database, fail)
    assert list(cache.iterdir()) == []
    make_database(database, fill)
    assert set(files(database)) == {"a.bucket", "schema.json", "sizes.json"}
    assert list(cache.iterdir()) == [database]


def test_of_two_that_make_one_the_first_wins(cache):
    database = cache / "key"
    make_database(database, lambda new: (make_database(database, lambda first: fill(first, "first")), fill(new, "second"))[0])
    assert files(database)["a.bucket"] == "first"
    assert list(cache.iterdir()) == [database]


def test_a_copy_shares_only_what_nobody_writes(cache, tmp_path):
    database, copy = cache / "key", tmp_path / "copy"
    make_database(database, fill)
    assert copy_database(database, copy)
    assert files(copy) == {"a.bucket": "rows", "schema.json": "{}"}
    assert (copy / "a.bucket").samefile(database / "a.bucket")
    (copy / "schema.json").write_text("changed", encoding="utf-8")
    assert files(database)["schema.json"] == "{}"


def test_without_links_everything_is_copied(cache, tmp_path, monkeypatch):
    def refuse(*_: object) -> None:
        raise OSError

    make_database(cache / "key", fill)
    monkeypatch.setattr(Path, "hardlink_to", refuse)
    assert copy_database(cache / "key", tmp_path / "copy")
    assert files(tmp_path / "copy") == {"a.bucket": "rows", "schema.json": "{}"}
    assert not (tmp_path / "copy" / "a.bucket").samefile(cache / "key" / "a.bucket")


@pytest.mark.parametrize("broken", ["a.bucket", "schema.json", "sizes.json"])
@pytest.mark.parametrize("how", ["gone", "short"])
def test_a_broken_database_is_none(cache, tmp_path, broken, how):
    make_database(cache / "key", fill)
    path = cache / "key" / broken
    path.unlink() if how == "gone" else path.write_text("", encoding="utf-8")
    assert not copy_database(cache / "key", tmp_path / "copy")
    assert not (tmp_path / "copy").exists()
    remove_database(cache / "key")
    assert list(cache.iterdir()) == []
    remove_database(cache / "key")


def test_the_key_tells_everything_that_matters(tmp_path):
    one, same, other, table = (tmp_path / name for name in ("a.jsonl", "b.jsonl", "c.jsonl", "d.CSV"))
    for path in (one, same, table):
        path.write_text("x", encoding="utf-8")
    other.write_text("y", encoding="utf-8")
    key = database_key(one, "korea", "0.1.0")
    assert key == database_key(same, "korea", "0.1.0")
    others = {
        database_key(other, "korea", "0.1.0"),
        database_key(table, "korea", "0.1.0"),
        database_key(one, "peru", "0.1.0"),
        database_key(one, "korea", "0.2.0"),
    }
    assert len(others | {key}) == 5
    with pytest.raises(InputError, match="No such file"):
        database_key(tmp_path / "none", "korea")


def test_a_run_leaves_nothing(tmp_path):
    cache = tmp_path / "deep" / "cache"
    with run_folder(cache) as run:
        assert run.parent == cache
        (run / "log").write_text("x", encoding="utf-8")
    assert list(cache.iterdir()) == []


def test_where_no_cache_can_be_the_system_has_a_place(tmp_path):
    occupied = tmp_path / "file"
    occupied.touch()
    with run_folder(occupied / "cache") as run:
        assert run.is_dir()
        assert tmp_path not in run.parents
    assert not run.exists()


def test_pruning_keeps_what_is_used(cache):
    now = time.time()
    for name, age in {"new": 0, "used": 10, "old": 20, ".run-1": 60, ".new-1": 60, ".new-2": 7200, ".run-2": 100_000, ".odd": 10}.items():
        fill(cache / name)
        os.utime(cache / name, (now - age, now - age))
    prune(cache, keep=2)
    assert {path.name for path in cache.iterdir()} == {"new", "used", ".run-1", ".new-1"}


def test_the_environment_names_the_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("ACTORGRAPH_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path / "cypher"
    monkeypatch.setenv("ACTORGRAPH_CACHE", "")
    assert cache_folder().name == "cypher"
    assert cache_folder().is_absolute()
