"""The README keeps its word: every command is in it, every command in it exists, and what it shows is what comes out."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest
import typer
from readme_commands import README, run, shown_commands

from actorgraph.cli import app

ROOT = README.parent
TEXT = README.read_text("utf8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
COMMANDS = typer.main.get_command(app).commands


def lines_of_shell() -> list[str]:
    """Lines of all sessions and scripts, comments and continued lines dealt with as a shell would."""
    text = "\n".join(block.replace("\\\n", " ") for kind, block in BLOCKS if kind in ("sh", "console"))
    return [line.removeprefix("$ ").partition("  #")[0] for line in text.splitlines()]


def test_it_shows_the_two_install_commands() -> None:
    found = re.findall(r"^[ `$]*(pip install .*)$", TEXT, re.MULTILINE)
    assert found == ["pip install . && actorgraph demo", "pip install '.[test]' && pytest"]


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_mentioned(name: str) -> None:
    assert re.search(rf"\bactorgraph {name}\b", TEXT)


def test_every_command_that_is_shown_exists_with_its_options() -> None:
    calls = [call for line in lines_of_shell() for call in re.findall(r"\bactorgraph ([a-z]+)\b([^|&;<>]*)", line)]
    assert calls
    for name, arguments in calls:
        assert name in COMMANDS, name
        known = {option for parameter in COMMANDS[name].params for option in parameter.opts}
        assert {word.partition("=")[0] for word in re.findall(r"(?<=\s)--?[a-z][\w-]*", arguments)} <= known, (name, arguments)


def test_every_file_that_is_linked_is_there() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)|<img[^>]* src=\"([^\"]+)\"", TEXT):
        path = target[0] or target[1]
        assert path.startswith("https://") or (ROOT / path).exists(), path


def test_every_name_that_is_imported_exists() -> None:
    examples = [block for kind, block in BLOCKS if kind == "python"]
    assert examples
    for example in examples:
        for node in ast.walk(ast.parse(example)):
            if isinstance(node, ast.ImportFrom):
                assert all(hasattr(import_module(node.module or ""), name.name) for name in node.names)


@pytest.mark.slow
def test_what_is_shown_is_what_comes_out(tmp_path: Path) -> None:
    for shown in shown_commands(TEXT):
        assert shown.shorten(run(shown.command, tmp_path)) == shown.output, f"run {Path(run.__code__.co_filename).name} to write it anew"
