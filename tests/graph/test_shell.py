"""The shell: what a line does, when Enter runs it, what completes."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from cypher_engines import embedded
from cypher_story import story
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from rich.console import Console

from actorgraph import queries
from actorgraph.graph.cypher.errors import CypherError
from actorgraph.graph.cypher.values import Result
from actorgraph.graph.shell import Shell, actor_names, complete, is_complete, split_script

ACTORS = ["Kosovo", "North Korea", "North Macedonia", "O'Brien", "Serbia"]


class Echo:
    """An engine that answers with what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def query(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> Result:
        self.asked.append((cypher, dict(parameters or {})))
        if "wrong" in cypher:
            raise CypherError("that is [bold]wrong[/]", cypher)
        if "long" in cypher:
            raise KeyboardInterrupt
        return Result(("cypher",), ((cypher,),))


@pytest.fixture
def shell() -> Shell:
    return Shell(Echo(), Console(file=io.StringIO(), width=200))


def said(shell: Shell) -> str:
    output: str = shell.console.file.getvalue()  # type: ignore[attr-defined]
    return output


def test_a_query_is_asked_and_its_answer_printed(shell):
    assert shell.execute("  RETURN 1 AS x;  ")
    assert shell.engine.asked == [("RETURN 1 AS x", {})]
    assert "RETURN 1 AS x" in said(shell)
    assert "1 row" in said(shell)


@pytest.mark.parametrize("line", ["", "   ", ";", "// only a comment", "/* or this */"])
def test_nothing_is_nothing(shell, line):
    assert shell.execute(line)
    assert shell.engine.asked == []
    assert said(shell) == ""


@pytest.mark.parametrize("line", [":quit", ":exit", ":q", " :quit ; "])
def test_leaving(shell, line):
    assert not shell.execute(line)


def test_an_error_is_one_line_and_no_markup(shell):
    assert shell.execute("RETURN wrong")
    assert said(shell) == "error: that is [bold]wrong[/]\n"


def test_ctrl_c_ends_the_query_and_not_the_shell(shell):
    assert shell.execute("RETURN long")
    assert said(shell) == "interrupted\n"


def test_parameters_stay(shell):
    shell.execute(":param since=2024-05 min=3")
    shell.execute(':param who="North Korea"')
    shell.execute("RETURN $since")
    assert shell.engine.asked == [("RETURN $since", {"since": "2024-05", "min": 3, "who": "North Korea"})]
    assert "North Korea" in said(shell)


def test_named_queries(shell):
    shell.execute(':run allies actor="North Korea"')
    assert shell.engine.asked == [(queries.load("allies").cypher, {"actor": "North Korea"})]
    shell.execute(":run nothing")
    assert "no query is called 'nothing'" in said(shell)
    shell.execute(":run allies")
    assert "needs --param actor=ACTOR" in said(shell)
    shell.execute(":queries")
    assert all(name in said(shell) for name in queries.names())


def test_formats(shell):
    shell.execute(":format json")
    shell.execute("RETURN 1")
    assert json.loads(said(shell)) == [{"cypher": "RETURN 1"}]
    shell.execute(":format pdf")
    assert "table, csv, json or jsonl" in said(shell)


@pytest.mark.parametrize("line", [":help", ":unknown", ":run", ":format x"])
def test_what_is_not_understood_gets_help(shell, line):
    shell.execute(line)
    assert all(command in said(shell) for command in (":queries", ":schema", ":quit"))


def test_the_schema_is_told(shell):
    shell.execute(":schema")
    assert all(word in said(shell) for word in ("Organisation", "ASSAULT", "ATTRIBUTED_TO", "asserted", "sentence"))


@pytest.mark.parametrize(
    ("text", "complete"),
    [
        ("", True), (":queries", True), ("MATCH (a:Actor)", False), ("MATCH (a:Actor) RETURN a", True), ("MATCH (a:Actor;", True),
        ("RETURN", False), ("RETURN [1,", False), ("RETURN 'a\nRETURN b", True), ("MATCH (a) // RETURN a", False), ("CALL db.labels()", True),
        ("MATCH (a {name: 'RETURN x'})", False), ("RETURN 1;", True), ("// a comment", True),
    ],
)  # fmt: skip
def test_enter_runs_what_is_complete(text, complete):
    assert is_complete(text) == complete


@pytest.mark.parametrize(
    ("script", "lines"),
    [
        ("", []),
        (";;\n;", []),
        ("RETURN 1", ["RETURN 1"]),
        ("RETURN ';';\nRETURN \"a;b\" // c;d\n; RETURN /* ; */ 2", ["RETURN ';'", 'RETURN "a;b" // c;d', "RETURN /* ; */ 2"]),
        (":run allies actor=Peru\n:format csv\nRETURN 1;\n\n  :quit", [":run allies actor=Peru", ":format csv", "RETURN 1", ":quit"]),
        ("RETURN 'it\\'s; ';RETURN 2", ["RETURN 'it\\'s; '", "RETURN 2"]),
    ],
)
def test_a_script_is_split_outside_of_text(script, lines):
    assert list(split_script(script)) == lines


def test_a_script_ends_with_quit(shell):
    shell.run_script(io.StringIO("RETURN 1; RETURN wrong; RETURN 2;\n:quit\nRETURN 3"))
    assert [cypher for cypher, _ in shell.engine.asked] == ["RETURN 1", "RETURN wrong", "RETURN 2"]


@pytest.mark.parametrize(
    ("text", "word", "some", "never"),
    [
        (":", ":", {":queries", ":schema", ":quit"}, {"MATCH"}),
        (":run al", "al", {"allies", "alliances"}, {"blocs"}),
        (":run allies ", "", {"actor="}, set()),
        (":run nothing ", "", set(), {"actor="}),
        (":format j", "j", {"json", "jsonl"}, {"csv"}),
        ("mat", "mat", {"MATCH"}, {"OPTIONAL"}),
        ("MATCH (a:", "", {"Actor", "Country", "Statement"}, {"AID"}),
        ("MATCH (a:Actor:Co", "Co", {"Country"}, {"Person"}),
        ("MATCH (a)-[r:", "", {"AID", "ALLY", "SUBJECT"}, {"Actor"}),
        ("MATCH (a)-[:AID|A", "A", {"ALLY", "ASSAULT"}, {"CONSULT"}),
        ("MATCH (a {name: 'nor", "nor", {"North Korea", "North Macedonia"}, {"Kosovo"}),
        ("MATCH (a {name: 'North Korea'})-[:", "", {"AID"}, {"North Korea"}),
        ('MATCH (a {name: "O', "O", {"O'Brien"}, {"Serbia"}),
        ("MATCH (a {name: 'O", "O", {"O\\'Brien"}, {"O'Brien"}),
        ("RETURN r.as", "as", {"asserted"}, {"sentence"}),
        ("RETURN coa", "coa", {"coalesce("}, set()),
        ("RETURN 1 ", "", set(), {"MATCH"}),
    ],
)
def test_completion(text, word, some, never):
    found_word, words = complete(text, ACTORS)
    assert found_word == word
    assert some <= set(words)
    assert not never & set(words)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with embedded(story(), tmp_path_factory.mktemp("shell")) as engine:
        yield engine


def test_names_of_actors_come_from_the_graph(engine):
    assert actor_names(engine) == sorted(
        ["Adriatic League", "Albania", "Ana Novak", "Croatia", "Hungary", "Peru", "Serbia", "Slovakia", "Turkey", "Venezuela", "rebels"]
    )


def test_a_person_types(engine, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    console = Console(file=io.StringIO(), width=200)
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        # Enter after an incomplete line begins another; Ctrl-C forgets the line; Ctrl-D leaves.
        keys.send_text("MATCH (a:Country)\rRETURN count(a) AS countries;\rnonsense\x03:run leaders\r\x04")
        Shell(engine, console).interact("story")
    output = console.file.getvalue()
    assert "countries" in output
    assert "8" in output
    assert "Ana Novak" in output
    assert "nonsense" not in output
    history = (tmp_path / "actorgraph" / "shell-history").read_text(encoding="utf-8")
    assert "RETURN count(a) AS countries" in history
