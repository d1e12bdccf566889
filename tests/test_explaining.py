"""The command `explain`: a tree on the terminal, one line where there is nothing to explain."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from statements import make_statement
from typer.testing import CliRunner, Result

from actorgraph.cli import app
from actorgraph.explaining import draw_sentence, print_trees
from actorgraph.extract import Document, Statement
from actorgraph.extract.explanation import ActorReading, SentenceReading
from actorgraph.graph.folder import output_folder, write_output

TEXT = "Ghana reportedly sent 40 medics to Togo. Togo thanked Ghana."


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["explain", *map(str, arguments)], env={"COLUMNS": "140"})


@pytest.fixture
def folder(tmp_path: Path, read: Callable[..., list[Statement]]) -> Callable[..., Path]:
    def make(*, text: bool = True) -> Path:
        with output_folder(tmp_path / "made") as partial:
            write_output(partial, [Document("a.txt", TEXT)], read(TEXT, id="a.txt"), text=text)
        return tmp_path / "made"

    return make


@pytest.fixture
def sending(read: Callable[..., list[Statement]]) -> Statement:
    return next(statement for statement in read(TEXT, id="a.txt") if statement.relation.startswith("send"))


@pytest.mark.parametrize("length", [16, 8])
def test_a_statement_is_drawn_with_all_that_it_rests_on(folder: Callable[..., Path], sending: Statement, length: int) -> None:
    result = run(folder(), sending.id[:length])
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "Ghana reportedly sent 40 medics to Togo."
    assert lines[1].startswith("└── Ghana send medics to → Togo  AID")
    for expected in ("predicate: sent  verb send", "A0 Ghana", f"rule: {sending.rule}", f"lexicon: {sending.frame}", "said by: reportedly  adverb"):
        assert expected in result.stdout
    assert "thank" not in result.stdout


def test_without_texts_the_sentence_will_do(folder: Callable[..., Path], sending: Statement) -> None:
    for text, name in ((False, ""), (True, "triples.jsonl")):
        result = run(folder(text=text) / name, sending.id)
        assert result.exit_code == 0
        assert "the sentence was read alone" in result.stdout
        assert "predicate: sent" in result.stdout


@pytest.mark.parametrize(("prefix", "said"), [("zz", "no statement has an id that begins with 'zz'; ids stand in"), ("", "no statement has")])
def test_an_unknown_id_ends_with_one_line(folder: Callable[..., Path], prefix: str, said: str) -> None:
    result = run(folder(), prefix)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert said in result.stderr


def test_an_id_that_several_begin_with_ends_with_one_line(tmp_path: Path) -> None:
    statements = [make_statement(document=f"{n}.txt", at=n) for n in range(40)]
    with output_folder(tmp_path / "made") as partial:
        write_output(partial, [Document(f"{n}.txt", "x" * 99) for n in range(40)], statements)
    doubled = next(s.id[0] for s in statements if sum(other.id[0] == s.id[0] for other in statements) > 1)
    result = run(tmp_path / "made", doubled)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "write more of the one that is meant" in result.stderr


@pytest.mark.parametrize("arguments", [[], ["made"], ["made", "ab", "--text", "x"], ["made", "--text", "x"], ["--text", " "]])
def test_half_a_question_is_a_mistake_in_the_command(arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "name a folder and a statement's id, or a text with --text" in result.stderr


def test_a_text_is_drawn_sentence_by_sentence() -> None:
    result = run("--text", "Ghana did not invade Togo. The lake froze.")
    assert result.exit_code == 0
    first, second = result.stdout.split("\n\n")
    assert 'polarity: not so  negation "not"' in first
    assert "Ghana is Ghana (GHA)  name" in first
    assert second.startswith("The lake froze.\n├── states nothing between two actors")


def test_nothing_that_an_article_says_acts_on_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    hostile = "\x1b[31mred\x07 [bold]x[/bold] \x9b2J"
    print_trees([draw_sentence(SentenceReading(hostile, (ActorReading(hostile, hostile, hostile, "name"),), (), ()))])
    printed = capsys.readouterr().out
    assert "[bold]x[/bold]" in printed
    assert not {"\x1b", "\x07", "\x9b"} & set(printed)
