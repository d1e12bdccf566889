"""The command line as a user runs it: start, pipes, interruptions, several processes."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = (sys.executable, "-m", "actorgraph.cli")
HEAVY = {
    "spacy",
    "onnxruntime",
    "numpy",
    "networkx",
    "rustworkx",
    "neo4j",
    "pyvis",
    "trafilatura",
    "arcadedb",
    "rich",
    "lxml",
    "yaml",
    "babel",
}
ARTICLE = (
    "Poland sent two hundred trucks of grain to Ukraine on Tuesday. Hungary accused Slovakia of closing the road, "
    "and Germany condemned the closure. France may send aid to Ukraine. Spain did not attack Portugal.\n"
)


def run(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [*PROGRAM, *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of articles of different lengths."""
    folder = tmp_path_factory.mktemp("run") / "news"
    folder.mkdir()
    for number in range(24):
        (folder / f"{number:02}.txt").write_text(f"Report {number}.\n" + ARTICLE * (number % 3 + 1))
    return folder


def test_help_imports_nothing_heavy() -> None:
    command = [sys.executable, "-X", "importtime", *PROGRAM[1:], "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    imported = set(re.findall(r"\|\s+([\w]+)$", done.stderr, re.MULTILINE))
    assert "typer" in imported
    assert not imported & HEAVY


def test_ctrl_c_while_the_command_line_is_loaded_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "typer.py").write_text("raise KeyboardInterrupt")
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from actorgraph.start import main; main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "actorgraph: interrupted; nothing was begun\n")


@pytest.mark.slow
def test_several_processes_make_the_same_folder(news: Path, tmp_path: Path) -> None:
    for jobs in "12":
        done = run("build", news, "-o", jobs, "--jobs", jobs, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
    assert (tmp_path / "1/triples.jsonl").stat().st_size > 5_000
    for path in (tmp_path / "1").iterdir():
        assert path.read_bytes() == (tmp_path / "2" / path.name).read_bytes(), path.name


def test_head_ends_an_extraction_silently(news: Path) -> None:
    with subprocess.Popen([*PROGRAM, "extract", news], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert json.loads(process.stdout.readline())["document_id"] == "00.txt"
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_a_full_disk_behind_standard_output_is_told_in_one_line(news: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([*PROGRAM, "extract", news / "00.txt"], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "actorgraph: standard output: no space left on device\n")


@pytest.mark.parametrize(("how", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupted_build_leaves_nothing_behind(news: Path, tmp_path: Path, how: signal.Signals, code: int, jobs: str) -> None:
    line = json.dumps({"text": ARTICLE * 20}) + "\n"
    command = [*PROGRAM, "build", "-", "-o", "out", "--jobs", jobs]
    with subprocess.Popen(command, cwd=tmp_path, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdin.write("{broken\n" + line * 6)
        process.stdin.flush()
        assert process.stderr.readline().startswith("set aside: standard input:1: is not JSON")  # it is at work now
        process.send_signal(how)
        said = process.stderr.read()
    assert process.returncode == code
    assert "Traceback" not in said
    assert list(tmp_path.iterdir()) == []
