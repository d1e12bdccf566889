"""The commands query, queries and shell."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from cypher_engines import write_folder
from cypher_story import story
from typer.testing import CliRunner, Result

from actorgraph import queries
from actorgraph.cli import app

Run = Callable[..., Result]
RUNAWAY = "MATCH (a:Statement), (b:Statement), (c:Statement), (d:Statement), (e:Statement), (f:Statement), (g:Statement) WHERE a.id <> b.id AND b.id <> c.id AND c.id <> d.id AND d.id <> e.id AND e.id <> f.id AND f.id <> g.id RETURN count(*)"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("arcadedb", reason="needs arcadedb, which has no wheel for this platform")
    return write_folder(story(), tmp_path_factory.mktemp("commands") / "story")


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("ACTORGRAPH_CACHE", str(folder.parent / "cache"))

    def run(*arguments: object, **options: object) -> Result:
        return CliRunner().invoke(app, list(map(str, arguments)), catch_exceptions=False, **options)

    return run


def test_a_corrected_folder_is_asked(run, folder, tmp_path):
    (tmp_path / "fixes.tsv").write_text("do\twhat\tto\nrename\tSRB\tSerbien\n", "utf8")
    question = "MATCH (s:Statement)-[:SUBJECT]->(a:Actor {id: 'SRB'}) RETURN DISTINCT a.name, s.dataset"
    asked = [run("query", folder, question, "--format", "csv", *extra).stdout for extra in ((), ("--corrections", tmp_path / "fixes.tsv"))]
    assert [list(csv.reader(io.StringIO(text)))[1:] for text in asked] == [[["Serbia", "story"]], [["Serbien", "story"]]]


COUNT = "MATCH (a:Country) RETURN count(a) AS n, 'x' AS x"


def test_a_question_as_an_argument(run, folder):
    result = run("query", folder, COUNT)
    assert result.exit_code == 0
    assert [line.split() for line in result.output.splitlines()[1:4:2]] == [["n", "x"], ["8", "x"]]


def test_from_a_file_from_standard_input_and_by_name(run, folder, tmp_path):
    (tmp_path / "q.cypher").write_text(f"\ufeff// mine\n{COUNT}", encoding="utf-8")
    expected = [{"n": 8, "x": "x"}]
    assert json.loads(run("query", folder, "-f", tmp_path / "q.cypher", "--format", "json").output) == expected
    assert json.loads(run("query", folder, "--format", "json", input=COUNT).output) == expected
    assert json.loads(run("query", folder, "-", "--format", "json", input=COUNT).output) == expected
    named = run("query", folder, "--name", "leaders", "--format", "jsonl")
    assert json.loads(named.output)["leader"] == "Ana Novak"


def test_formats(run, folder, tmp_path):
    question = "MATCH (a:Actor {id: 'SVK'})-[r]->(b) RETURN a.name AS name, r, [1] AS l"
    (row,) = json.loads(run("query", folder, question, "--format", "json").output)
    assert row["r"]["type"] == "REQUEST"
    assert json.loads(run("query", folder, question, "--format", "jsonl").output) == row
    header, line = csv.reader(io.StringIO(run("query", folder, question, "--format", "csv").output))
    assert header == ["name", "r", "l"]
    assert (line[0], json.loads(line[1])["start"], line[2]) == ("Slovakia", "SVK", "[1]")
    assert run("query", folder, question, "--format", "graph", "-o", tmp_path / "page.html").exit_code == 0
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "Slovakia" in page
    assert "Venezuela" not in page
    assert "<html" in run("query", folder, question, "--format", "graph").output
    assert run("query", folder, COUNT, "--format", "csv", "-o", tmp_path / "a.csv").output == ""
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == '"n","x"\n8,"x"\n'


def test_parameters_are_typed(run, folder):
    question = "RETURN $i AS i, $f AS f, $b AS b, $l AS l, $s AS s, $n AS n"
    texts = ["i=3", "f=0.5", "b=true", 'l=[1,"a"]', "s=North Korea", "n=null"]
    arguments = [part for text in texts for part in ("--param", text)]
    assert json.loads(run("query", folder, question, "--format", "json", *arguments).output) == [
        {"i": 3, "f": 0.5, "b": True, "l": [1, "a"], "s": "North Korea", "n": None}
    ]
    # For a named query the header says what a value is.
    assert "no rows" in run("query", folder, "--name", "allies", "-p", "actor=007").output


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["RETURN foo(1)"], 1, "foo"),
        (["CREATE (n)"], 1, "queries only read"),
        (["RETURN $x"], 1, "parameters are missing: x"),
        (["RETURN 1", "--timeout", "-1"], 2, "timeout"),
        (["RETURN 1", "--format", "pdf"], 2, "table csv json jsonl graph"),
        (["RETURN 1", "--format", "graph"], 1, "nothing to draw"),
        (["RETURN 1", "--name", "allies"], 2, "one of CYPHER, --name and --file"),
        (["--name", "alies"], 2, "allies"),
        (["--name", "allies"], 2, "needs --param actor"),
        (["--name", "allies", "-p", "actr=x"], 2, "has no parameter 'actr'"),
        (["--name", "dyads", "-p", "limit=many"], 2, "wants an integer"),
        (["RETURN 1", "-p", "x"], 2, "NAME=VALUE"),
        (["-f", "/none/q.cypher"], 1, "no such file"),
        (["RETURN 1 AS x", "-o", "/none/a.csv"], 1, "/none/a.csv"),
    ],
)
def test_what_goes_wrong_is_told_in_one_line(run, folder, arguments, code, message):
    result = run("query", folder, *arguments)
    assert result.exit_code == code
    assert message in " ".join(result.output.split())
    assert "Traceback" not in result.output


def test_what_is_no_triples_folder(run, tmp_path):
    assert "no triples.jsonl here" in (result := run("query", tmp_path, "RETURN 1")).output
    assert result.exit_code == 1


def test_broken_lines_are_set_aside(run, tmp_path):
    broken = write_folder(story(), tmp_path / "broken")
    with (broken / "triples.jsonl").open("a", encoding="utf-8") as file:
        file.write("nonsense\n")
    result = run("query", broken, COUNT, "--format", "csv")
    assert result.exit_code == 3
    assert '8,"x"' in result.output
    assert "set aside: " in result.stderr
    assert run("query", broken, COUNT, "--strict").exit_code == 1


def test_a_limit(run, folder):
    result = run("query", folder, RUNAWAY, "--timeout", "0.5")
    assert result.exit_code == 1
    assert "took longer than 0.5 s" in result.output


def test_the_named_queries_are_listed(run):
    output = run("queries").output
    assert all(f"{query.name} " in output and query.answers in output for query in queries.listing())
    assert run("queries", "allies").output == queries.load("allies").cypher
    assert run("queries", "alies").exit_code == 1


def test_a_script_for_the_shell(run, folder):
    result = run("shell", folder, input=":run leaders\n:format json\nMATCH (a:Country)\nRETURN count(a) AS n;\nRETURN foo(1);\n")
    assert result.exit_code == 0
    assert "Ana Novak" in result.output
    assert '{"n": 8}' in result.output
    assert "error: " in result.output


@pytest.mark.skipif(os.name != "posix", reason="signals as on POSIX")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_command_and_the_query(folder, how):
    environment = os.environ | {"ACTORGRAPH_CACHE": str(folder.parent / "cache")}
    command = [sys.executable, "-m", "actorgraph.cli", "query", str(folder), RUNAWAY, "--timeout", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment) as process:
        deadline = time.monotonic() + 60
        while not list((folder.parent / "cache" / "cypher").glob(".run-*/database0/schema.json")):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        time.sleep(0.5)
        start = time.monotonic()
        process.send_signal(how)
        _, errors = process.communicate(timeout=30)
        assert time.monotonic() - start < 5  # 0.5 s on a machine that does nothing else
    assert process.returncode == {signal.SIGINT: 130, signal.SIGTERM: 143}[how]
    assert "Traceback" not in errors
    assert list((folder.parent / "cache" / "cypher").glob(".run-*")) == []
