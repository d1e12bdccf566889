"""The commands `load` and `pull`, and `query` on a server; and that tests without Java say so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cypher_engines import write_folder
from neo4j_server import Neo4jServer, ServerUnavailable
from typer.testing import CliRunner, Result

from actorgraph.cli import app
from actorgraph.extract.records import Statement


def run(*arguments: Any) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_there_and_back(uri: str, folder: Path, quarrel: list[Statement]) -> None:
    write_folder(quarrel, folder)
    result = run("load", folder, uri, "--prune")
    assert (result.exit_code, result.stderr) == (0, "quarrel: 10 statements of 3 documents stored, 0 statements removed\n")
    result = run("query", uri, "MATCH (a:Actor)-[r:ALLY]->(b) RETURN a.name, r.statements, b.name", "--format", "jsonl")
    assert (result.exit_code, result.stdout) == (0, '{"a.name": "Hungary", "r.statements": 2, "b.name": "Serbia"}\n')
    out = folder.with_name("out")
    result = run("pull", uri, "-o", out)
    assert (result.exit_code, result.stderr) == (0, f"{out}: 10 statements and 0 documents of quarrel\n")
    assert (out / "triples.jsonl").read_bytes() == (folder / "triples.jsonl").read_bytes()


def test_a_corrected_folder_is_loaded(uri: str, folder: Path, quarrel: list[Statement]) -> None:
    table = folder.with_name("fixes.tsv")
    table.write_text(f"do\twhat\tto\nveto\t{quarrel[0].id}\t\nrename\tSRB\tSerbien\n", "utf8")
    result = run("load", write_folder(quarrel, folder), uri, "--prune", "--corrections", table)
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (0, "quarrel: 9 statements of 3 documents stored, 0 statements removed")
    result = run("query", uri, "MATCH (a:Actor {id: 'SRB'}) RETURN a.name", "--format", "jsonl")
    assert result.stdout == '{"a.name": "Serbien"}\n'


def test_a_broken_line_is_set_aside(uri: str, folder: Path, quarrel: list[Statement]) -> None:
    with (write_folder(quarrel, folder) / "triples.jsonl").open("a") as file:
        file.write("nothing\n")
    result = run("load", folder, uri)
    assert result.exit_code == 3 and "triples.jsonl:11" in result.stderr
    assert run("load", folder, uri, "--strict").exit_code == 1


def test_without_a_password_one_line_says_what_to_set(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEO4J_PASSWORD", raising=False)
    for arguments in (["load", write_folder([], folder), "bolt://127.0.0.1:1"], ["pull", "bolt://127.0.0.1:1", "-o", folder]):
        result = run(*arguments)
        assert result.exit_code == 1 and "set NEO4J_USERNAME and NEO4J_PASSWORD" in result.stderr
        assert result.stderr.count("\n") == 1


def test_without_java_the_server_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ServerUnavailable, match=r"^(java|mvn|openssl) is not installed$"):
        Neo4jServer(tmp_path).start()
