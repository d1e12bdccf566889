"""Outputs appear whole or not at all, with the modes of the user, and nobody else's files are lost."""

from __future__ import annotations

import os
import resource
import signal
import stat
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from actorgraph.extract.errors import OutputError
from actorgraph.graph.output import atomic_file, atomic_folder, atomic_path

FILES = frozenset({"triples.jsonl", "rejects.jsonl"})


def is_ours(folder: Path) -> bool:
    return (folder / "triples.jsonl").exists()


def write(folder: Path, *names: str, text: str = "new\n") -> None:
    with atomic_folder(folder, ours=is_ours, files=FILES) as partial:
        for name in names:
            (partial / name).write_text(text)


@contextmanager
def file_size_limit(size: int) -> Iterator[None]:
    """Let no file grow past `size` bytes: writing on fails as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_file_appears_with_its_content_and_nothing_beside_it(tmp_path: Path) -> None:
    with atomic_file(tmp_path / "a.txt") as file:
        file.write("eins\nzwei\n")
        assert not (tmp_path / "a.txt").exists()
    assert (tmp_path / "a.txt").read_bytes() == b"eins\nzwei\n"
    assert list(tmp_path.iterdir()) == [tmp_path / "a.txt"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError, OSError])
def test_what_ends_the_writing_leaves_the_old_file(tmp_path: Path, error: type[BaseException]) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    with pytest.raises(error), atomic_file(path) as file:
        file.write("half")
        raise error
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("umask", [0o022, 0o027, 0o077])
def test_modes_follow_the_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        with atomic_file(tmp_path / "a.txt") as file:
            file.write("x")
        write(tmp_path / "out", "triples.jsonl")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == 0o666 & ~umask
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o777 & ~umask


def test_a_replaced_file_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    path.chmod(0o640)
    with atomic_file(path) as file:
        file.write("new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_partial_file_keeps_the_suffix(tmp_path: Path) -> None:
    with atomic_path(tmp_path / "page.html") as partial:
        assert partial.suffix == ".html"
        assert partial.parent == tmp_path
        partial.write_text("x")


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to("real.txt")
    with atomic_file(tmp_path / "link.txt") as file:
        file.write("new")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text() == "new"


def test_a_device_is_written_to_as_it_is() -> None:
    with atomic_file("/dev/null") as file:
        file.write("gone")
    assert Path("/dev/null").is_char_device()


def test_a_full_device_is_named(tmp_path: Path) -> None:
    link = tmp_path / "page.html"
    link.symlink_to("/dev/full")
    with pytest.raises(OutputError, match=r"page\.html: no space left on device; make room") as caught, atomic_file(link) as file:
        file.write("x" * 100_000)
    assert caught.value.path == link


def test_a_disk_that_fills_up_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    with file_size_limit(50_000), pytest.raises(OutputError, match="make room"), atomic_file(path) as file:
        file.write("x" * 100_000)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_disk_that_fills_up_leaves_the_old_folder(tmp_path: Path) -> None:
    write(tmp_path / "out", "triples.jsonl", text="old")
    with file_size_limit(50_000), pytest.raises(OutputError, match="make room"):
        write(tmp_path / "out", "triples.jsonl", text="x" * 100_000)
    assert (tmp_path / "out/triples.jsonl").read_text() == "old"
    assert list(tmp_path.iterdir()) == [tmp_path / "out"]


@pytest.mark.parametrize("name", ["missing/a.txt", "file.txt/a.txt", "n" * 300 + ".txt"])
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "file.txt").write_text("x")
    with pytest.raises(OutputError, match="cannot be written"), atomic_file(tmp_path / name) as file:
        file.write("x")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="is a folder"), atomic_file(tmp_path) as file:
        file.write("x")


def test_write_protection_is_respected(tmp_path: Path) -> None:
    """In a child that gives up root's rights, if it has them: root may write anywhere."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out/old.txt").write_text("old")
    (tmp_path / "out/old.txt").chmod(0o444)
    (tmp_path / "out").chmod(0o555)
    code = """
        import os, sys
        from actorgraph.extract.errors import OutputError
        from actorgraph.graph.output import atomic_file, atomic_folder
        os.chdir(sys.argv[1])
        if os.geteuid() == 0:
            os.setgid(65534)
            os.setuid(65534)
        for attempt in (
            lambda: atomic_file("out/new.txt"),
            lambda: atomic_file("out/old.txt"),
            lambda: atomic_folder("out", ours=lambda folder: True, files=frozenset()),
            lambda: atomic_folder("out/new", ours=lambda folder: True, files=frozenset()),
        ):
            try:
                with attempt():
                    print("written")
            except OutputError as error:
                print(error)
    """
    for folder in (tmp_path, *tmp_path.parents):  # pytest closes its own folders to others
        if folder.is_relative_to(tempfile.gettempdir()) and folder.owner() == tmp_path.owner():
            folder.chmod(stat.S_IMODE(folder.stat().st_mode) | 0o055)
    run = subprocess.run([sys.executable, "-c", textwrap.dedent(code), tmp_path], capture_output=True, text=True, check=False)
    (tmp_path / "out").chmod(0o755)
    assert run.stdout.splitlines() == [
        f"{name}: cannot be written (permission denied); name another place" for name in ("out/new.txt", "out/old.txt", "out", "out/new")
    ], run.stderr


def test_folder_appears_whole(tmp_path: Path) -> None:
    with atomic_folder(tmp_path / "deep/out", ours=is_ours, files=FILES) as partial:
        (partial / "triples.jsonl").write_text("x")
        assert not (tmp_path / "deep/out").exists()
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["out"]
    assert (tmp_path / "deep/out/triples.jsonl").read_text() == "x"


def test_our_folder_is_replaced_and_what_others_put_there_is_kept(tmp_path: Path) -> None:
    write(tmp_path / "out", "triples.jsonl", "rejects.jsonl", text="old")
    (tmp_path / "out/notes.txt").write_text("mine")
    (tmp_path / "out/maps/asia").mkdir(parents=True)
    (tmp_path / "out/maps/asia/korea.svg").write_text("drawn")
    (tmp_path / "out/link").symlink_to("notes.txt")
    write(tmp_path / "out", "triples.jsonl")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["link", "maps", "notes.txt", "triples.jsonl"]
    assert (tmp_path / "out/triples.jsonl").read_text() == "new\n"
    assert (tmp_path / "out/maps/asia/korea.svg").read_text() == "drawn"
    assert (tmp_path / "out/link").is_symlink()
    assert list(tmp_path.iterdir()) == [tmp_path / "out"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    write(tmp_path / "out", "triples.jsonl")
    assert (tmp_path / "out/triples.jsonl").exists()


def test_the_current_folder_stays_the_same_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(Path(), "triples.jsonl", "rejects.jsonl")
    (tmp_path / "notes.txt").write_text("mine")
    inode = tmp_path.stat().st_ino
    write(Path(), "triples.jsonl", text="newer")
    assert tmp_path.stat().st_ino == inode
    assert sorted(path.name for path in tmp_path.iterdir()) == ["notes.txt", "triples.jsonl"]
    assert Path("triples.jsonl").read_text() == "newer"


def test_a_folder_that_is_not_ours_is_refused_before_any_work(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(OutputError, match="did not write"), atomic_folder(tmp_path, ours=is_ours, files=FILES):
        pytest.fail("the work began")
    assert list(tmp_path.iterdir()) == [tmp_path / "thesis.txt"]


def test_a_folder_that_others_fill_meanwhile_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="did not write"), atomic_folder(tmp_path / "out", ours=is_ours, files=FILES):
        (tmp_path / "out").mkdir()
        (tmp_path / "out/thesis.txt").write_text("years of work")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["thesis.txt"]
    assert list(tmp_path.iterdir()) == [tmp_path / "out"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    with pytest.raises(OutputError, match="is a file"):
        write(tmp_path / "out", "triples.jsonl")


def test_an_interrupt_leaves_the_old_folder(tmp_path: Path) -> None:
    write(tmp_path / "out", "triples.jsonl", text="old")
    with pytest.raises(KeyboardInterrupt), atomic_folder(tmp_path / "out", ours=is_ours, files=FILES) as partial:
        (partial / "triples.jsonl").write_text("half")
        raise KeyboardInterrupt
    assert (tmp_path / "out/triples.jsonl").read_text() == "old"
    assert list(tmp_path.iterdir()) == [tmp_path / "out"]


def test_the_old_folder_comes_back_when_the_new_one_cannot_take_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "out", "triples.jsonl", text="old")
    rename = Path.rename

    def fail_to_place(self: Path, target: Path) -> Path:
        if target.name == "out" and (self / "rejects.jsonl").exists():
            raise OSError(5, "Input/output error")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail_to_place)
    with pytest.raises(OutputError, match="input/output error"):
        write(tmp_path / "out", "triples.jsonl", "rejects.jsonl")
    assert (tmp_path / "out/triples.jsonl").read_text() == "old"
    assert list(tmp_path.iterdir()) == [tmp_path / "out"]


def test_killed_at_any_moment_a_file_is_never_half_written(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    code = """
        import sys
        from actorgraph.graph.output import atomic_file
        number = 0
        while True:
            with atomic_file(sys.argv[1]) as file:
                for _ in range(20_000):
                    file.write(f"{number}\\n")
            number += 1
            print(number, flush=True)
    """
    process = subprocess.Popen([sys.executable, "-c", textwrap.dedent(code), path], stdout=subprocess.PIPE)
    assert process.stdout is not None
    with process:
        for _ in range(3):
            process.stdout.readline()  # in the middle of some later write now
        process.send_signal(signal.SIGKILL)
    lines = path.read_text().splitlines()
    assert len(lines) == 20_000
    assert len(set(lines)) == 1
