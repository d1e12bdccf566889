"""The command line in one process: what each command does, says and returns."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from statements import make_statement
from typer.main import get_command
from typer.testing import CliRunner

from actorgraph import console
from actorgraph.cli import app
from actorgraph.extract import Document, Statement, corpus
from actorgraph.graph.folder import output_folder, write_output
from actorgraph.graph.triples import read_statements

if TYPE_CHECKING:
    from typer.testing import Result

COMMANDS = {"demo", "build", "extract", "export", "render", "info"}

GRAIN = "Poland sent two hundred trucks of grain to Ukraine on Tuesday."
ROAD = "Hungary support Serbia."


def analyse(document: Document) -> list[Statement]:
    """Stand in for the pipeline: one statement for each article, surer for longer ones."""
    return [make_statement("Hungary", "support", "Serbia", document=document.id, confidence=0.9 if len(document.text) > 30 else 0.4)]


@pytest.fixture(autouse=True)
def quick(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Run in an empty folder, without loading the pipeline."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(corpus._ByName, "__call__", lambda self, document: analyse(document))


def run(*arguments: str, input: str | bytes | None = None) -> Result:
    return CliRunner().invoke(app, list(arguments), input=input)


def write(**files: str | bytes) -> None:
    for name, content in files.items():
        path = Path("news", name.replace("_", "."))
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def records(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def triples(folder: str | Path = "out") -> list[Statement]:
    return read_statements(Path(folder))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    statements = [
        make_statement("Hungary", "support", "Serbia", document="a.txt", confidence=0.9, published="2024-05-20"),
        make_statement("Peru", "attack", "Albania", "ASSAULT", document="a.txt", at=40, confidence=0.4),
        make_statement("rebels@a.txt", "aid", "Turkey", "AID", document="a.txt", at=80, confidence=0.6, subject_kind="group"),
    ]
    with output_folder("made") as partial:
        write_output(partial, [Document("a.txt", "x" * 200)], statements)
    return Path("made")


# Help


def walk() -> Iterator[tuple[str, Any]]:
    group: Any = get_command(app)
    yield "", group
    yield from group.commands.items()


def test_the_commands_are_all_there() -> None:
    assert {name for name, _ in walk() if name} >= COMMANDS


@pytest.mark.parametrize(("name", "command"), list(walk()), ids=[name or "actorgraph" for name, _ in walk()])
def test_every_command_has_help_and_an_example(name: str, command: Any) -> None:
    result = run(*filter(None, [name]), "--help")
    assert result.exit_code == 0
    assert re.search(rf"Example:\n(?: .*\n)*? .*actorgraph {name}".rstrip(), result.stdout)
    assert len(command.help.split("\n")[0]) > 20


@pytest.mark.parametrize(
    ("name", "parameter"),
    [(name, parameter) for name, command in walk() for parameter in command.params],
    ids=[f"{name} {parameter.name}" for name, command in walk() for parameter in command.params],
)
def test_every_option_has_help_and_one_with_a_value_an_example(name: str, parameter: Any) -> None:
    assert parameter.help
    assert parameter.help.endswith(".")
    if parameter.param_type_name == "option" and not parameter.is_flag:
        assert re.search(rf", as (?:{'|'.join(map(re.escape, parameter.opts))}) \S", parameter.help), parameter.help


def test_version() -> None:
    assert re.fullmatch(r"actorgraph \d+\.\d+\.\d+\n", run("--version").stdout)


def test_without_a_command_help_is_shown() -> None:
    result = run()
    assert result.exit_code in (0, 2)
    assert "Commands:" in result.output


def test_info_tells_versions_model_and_folders() -> None:
    result = run("info")
    assert result.exit_code == 0
    for expected in ("actorgraph", "spacy", "English model en_news", "lexicons"):
        assert expected in result.stdout
    lexicons = re.search(r"^lexicons +(.*)$", result.stdout, re.MULTILINE)
    assert lexicons and Path(lexicons[1]).is_dir()


# build


def test_build_makes_a_whole_folder() -> None:
    write(a_txt=GRAIN, b_md=f"---\ndate: 2024-10-25\n---\n{GRAIN}", photo_jpg=b"\xff")
    result = run("build", "news", "-o", "out")
    assert result.exit_code == 0
    assert result.stdout == "2 articles, 2 statements: out/graph.html\n"
    assert result.stderr == "skipped: 1 file of other kinds\n"
    assert {path.name for path in Path("out").iterdir()} == {"documents.jsonl", "triples.jsonl", "triples.csv", "graph.html", "report.md"}
    assert [record["id"] for record in records(Path("out/documents.jsonl").read_text())] == ["a.txt", "b.md"]
    assert [statement.document_id for statement in triples()] == ["a.txt", "b.md"]


def test_build_again_from_its_own_documents() -> None:
    write(a_txt=GRAIN)
    assert run("build", "news", "-o", "out").exit_code == 0
    before = Path("out/triples.jsonl").read_bytes()
    assert run("build", "out", "-o", "out").exit_code == 0
    assert Path("out/triples.jsonl").read_bytes() == before


def test_build_reads_standard_input() -> None:
    result = run("build", "-", "-o", "out", input=GRAIN)
    assert result.exit_code == 0
    assert triples()[0].document_id == "stdin"


def test_build_maps_columns() -> None:
    write(a_csv=f"nr;body\n7;{GRAIN}\n")
    assert run("build", "news/a.csv", "-o", "out", "--column", "text=body", "--column", "id=nr").exit_code == 0
    assert triples()[0].document_id == "7"


def test_build_leaves_texts_out() -> None:
    write(a_txt=GRAIN)
    assert run("build", "news", "-o", "out", "--no-text", "--title", "A <title>").exit_code == 0
    assert "text" not in records(Path("out/documents.jsonl").read_text())[0]
    assert "A &lt;title&gt;" in Path("out/graph.html").read_text()


def test_build_in_another_encoding() -> None:
    write(a_txt="Curaçao supports Hungary.".encode("cp1252"))
    assert run("build", "news", "-o", "out", "--encoding", "cp1252").exit_code == 0
    assert "Curaçao" in records(Path("out/documents.jsonl").read_text())[0]["text"]


def test_inputs_set_aside_are_told_and_listed() -> None:
    write(
        a_txt=GRAIN,
        b_txt=b"\xff",
        c_jsonl=json.dumps({"text": GRAIN}) + "\nbroken\n",
        d_txt="Венгрия опровергла сообщения о закрытой дороге.",
    )
    result = run("build", "news", "-o", "out")
    assert result.exit_code == 3
    assert result.stderr.splitlines() == [
        "set aside: news/b.txt:1: is not utf-8 text; name its encoding (as cp1252 or utf-16)",
        "set aside: news/c.jsonl:2: is not JSON (Expecting value: line 1 column 1 (char 0))",
        "set aside: news/d.txt: is not English",
    ]
    assert [record["line"] for record in records(Path("out/rejects.jsonl").read_text())] == [1, 2, None]
    assert [statement.document_id for statement in triples()] == ["a.txt", "c.jsonl:1"]


def test_only_the_first_of_many_are_told() -> None:
    write(a_jsonl=json.dumps({"text": GRAIN}) + "\nbroken" * 30)
    result = run("build", "news", "-o", "out")
    assert result.exit_code == 3
    assert len(result.stderr.splitlines()) == 11
    assert result.stderr.endswith("set aside: 20 more, see out/rejects.jsonl\n")


def test_strict_does_nothing_if_anything_is_set_aside() -> None:
    write(a_txt=GRAIN, b_txt=b"\xff")
    result = run("build", "news", "-o", "out", "--strict")
    assert result.exit_code == 1
    assert result.stderr == "actorgraph: news/b.txt:1: is not utf-8 text; name its encoding (as cp1252 or utf-16) (--strict)\n"
    assert not Path("out").exists()


@pytest.mark.parametrize(
    ("options", "documents", "statements"),
    [
        ((), 3, 3),
        (("--since", "2024-10"), 1, 1),
        (("--until", "2024-09-30"), 1, 1),
        (("--since", "2024", "--until", "25 October 2024"), 2, 2),
        (("--type", "SUPPORT"), 3, 3),
        (("--type", "aid", "--type", "ALLY"), 3, 0),
        (("--min-confidence", "0.5"), 3, 2),
        (("--any-language",), 3, 3),
    ],
)
def test_selections(options: tuple[str, ...], documents: int, statements: int) -> None:
    write(a_md=f"---\ndate: 2024-10-25\n---\n{GRAIN}", b_md=f"---\ndate: 2024-09-30\n---\n{GRAIN}", c_txt="Hungary agreed.")
    assert run("build", "news", "-o", "out", *options).exit_code == 0
    assert len(records(Path("out/documents.jsonl").read_text())) == documents
    assert len(triples()) == statements


def test_a_folder_that_is_not_ours_is_refused() -> None:
    write(a_txt=GRAIN)
    Path("out").mkdir()
    Path("out/thesis.txt").write_text("years of work")
    result = run("build", "news", "-o", "out")
    assert result.exit_code == 1
    assert result.stderr == "actorgraph: out: holds files that actorgraph did not write; name a new or an empty folder\n"
    assert [path.name for path in Path("out").iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("build", "missing", "-o", "out"), "missing: no such file or directory"),
        (("build", "empty", "-o", "out"), "empty: no articles here; what is read is .txt"),
        (("build", "photo.jpg", "-o", "out"), "photo.jpg: unknown kind of file; known are .txt"),
        (("build", "bad.txt", "-o", "out"), "nothing could be read; bad.txt:1: is not utf-8 text"),
        (("build", "a.txt", "-o", "out", "--encoding", "klingon"), "klingon: unknown encoding"),
        (("build", "a.txt", "-o", "out", "--since", "2031"), "no article was published in the time that was asked for"),
        (("build", "a.txt", "a.txt", "-o", "out"), "two documents are called 'a.txt'"),
        (("build", "a.txt", "-o", "photo.jpg"), "photo.jpg: is a file; name a folder"),
        (("export", "missing", "-o", "a.csv"), "missing: no such file or folder"),
        (("export", "empty", "-o", "a.csv"), "empty: no triples.jsonl here; name a folder made by 'actorgraph build'"),
        (("export", "bad.jsonl", "-o", "a.csv"), "bad.jsonl: no line is a statement; bad.jsonl:1: "),
        (("export", "made", "-o", "a.xyz"), "a.xyz: unknown format; use one of .csv"),
        (("export", "made", "-o", "a.graphml", "--as", "dyads"), "a.graphml: unknown format; use one of"),
        (("export", "made", "-o", "missing/a.csv"), "missing/a.csv: cannot be written (no such file or directory)"),
        (("render", "made", "-o", "a.pdf"), "a.pdf: unknown format; use one of .html"),
        (("render", "made", "-o", "full.html"), "full.html: no space left on device; make room"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(folder: Path, arguments: tuple[str, ...], message: str) -> None:
    Path("empty").mkdir()
    Path("photo.jpg").write_bytes(b"\xff")
    Path("bad.txt").write_bytes(b"\xff")
    Path("bad.jsonl").write_text("broken\n")
    Path("a.txt").write_text(GRAIN)
    Path("full.html").symlink_to("/dev/full")
    before = sorted(Path().iterdir())
    result = run(*arguments)
    assert result.exit_code == 1, result.output
    assert result.stderr.splitlines()[-1].startswith(f"actorgraph: {message}")
    assert sum(line.startswith("actorgraph:") for line in result.stderr.splitlines()) == 1
    assert sorted(Path().iterdir()) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ("build",),
        ("build", "a.txt"),
        ("build", "a.txt", "-o", "out", "--jobs", "0"),
        ("build", "a.txt", "-o", "out", "--min-confidence", "2"),
        ("build", "a.txt", "-o", "out", "--type", "LOVE"),
        ("build", "a.txt", "-o", "out", "--since", "soon"),
        ("build", "a.txt", "-o", "out", "--until", "10/11/2024"),
        ("build", "a.txt", "-o", "out", "--column", "text"),
        ("build", "a.txt", "-o", "out", "--column", "body=text"),
        ("export", "made", "-o", "a.csv", "--as", "poems"),
        ("sing",),
    ],
)
def test_wrong_usage_is_exit_2(arguments: tuple[str, ...]) -> None:
    Path("a.txt").write_text(GRAIN)
    assert run(*arguments).exit_code == 2
    assert not Path("out").exists()


def test_a_name_cannot_write_to_the_terminal() -> None:
    Path("news").mkdir()
    Path("news/\x1b[31mred\n.txt").write_bytes(b"\xff")
    result = run("build", "news", "-o", "out")
    assert "\x1b" not in result.stderr
    assert len(result.stderr.splitlines()) == 2


# extract


def test_extract_writes_a_line_for_each_statement() -> None:
    write(a_txt=GRAIN, b_txt=GRAIN)
    result = run("extract", "news")
    assert result.exit_code == 0
    assert [record["document_id"] for record in records(result.stdout)] == ["a.txt", "b.txt"]
    assert list(records(result.stdout)[0]) == [field for field in Statement.__slots__]


def test_extract_goes_on_past_what_is_set_aside() -> None:
    write(a_txt=b"\xff", b_txt=GRAIN)
    result = run("extract", "news")
    assert result.exit_code == 3
    assert len(records(result.stdout)) == 1
    assert run("extract", "news", "--strict").exit_code == 1


def test_extract_from_standard_input() -> None:
    lines = [{"id": "x", "text": GRAIN}, {"text": GRAIN}]
    result = run("extract", "-", input="\n".join(map(json.dumps, lines)))
    assert [record["document_id"] for record in records(result.stdout)] == ["x", "stdin:2"]


# export and render


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.graphml", "a.gexf", "a.dot", "A.CSV"])
def test_export_by_suffix(folder: Path, name: str) -> None:
    result = run("export", "made", "-o", name)
    assert (result.exit_code, result.output) == (0, "")
    assert "Hungary" in Path(name).read_text()


@pytest.mark.parametrize(("view", "heading"), [("triples", '"id","subject_id"'), ("events", '"date","source"'), ("dyads", '"')])
def test_export_of_views(folder: Path, view: str, heading: str) -> None:
    assert run("export", "made", "-o", "a.csv", "--as", view).exit_code == 0
    assert Path("a.csv").read_text().startswith(heading)


def test_export_of_a_selection(folder: Path) -> None:
    assert run("export", "made", "-o", "a.jsonl", "--type", "support", "--min-confidence", "0.5").exit_code == 0
    assert [statement.relation for statement in read_statements(Path("a.jsonl"))] == ["support"]


@pytest.mark.parametrize("source", ["made", "made/triples.jsonl", "made/triples.csv", "-"])
def test_export_and_render_from_folder_file_or_standard_input(folder: Path, source: str) -> None:
    given = Path("made/triples.jsonl").read_bytes() if source == "-" else None
    assert run("export", source, "-o", "a.jsonl", input=given).exit_code == 0
    assert Path("a.jsonl").read_bytes() == Path("made/triples.jsonl").read_bytes()
    assert run("render", source, "-o", "a.html", input=given).exit_code == 0
    assert Path("a.html").read_bytes() == Path("made/graph.html").read_bytes()


def test_groups_without_a_country_are_shown_when_asked_for(folder: Path) -> None:
    run("export", "made", "-o", "a.dot")
    run("export", "made", "-o", "b.dot", "--groups")
    assert "rebels" not in Path("a.dot").read_text()
    assert "rebels" in Path("b.dot").read_text()


def test_broken_lines_of_a_triples_file_are_set_aside(folder: Path) -> None:
    with Path("made/triples.jsonl").open("a") as file:
        file.write("broken\n")
    result = run("render", "made", "-o", "a.html")
    assert result.exit_code == 3
    assert result.stderr.startswith("set aside: made/triples.jsonl:4: ")
    assert Path("a.html").exists()
    assert run("export", "made", "-o", "b.csv", "--strict").exit_code == 1
    assert not Path("b.csv").exists()


# Corrections


def fixes(*lines: str) -> str:
    Path("fixes.tsv").write_text("\n".join(["do\twhat\tto", *lines, ""]), "utf8")
    return "fixes.tsv"


def test_corrections_are_applied_by_every_command_and_reported(folder: Path) -> None:
    write(a_txt=ROAD)
    table = fixes("rename\tHungary\tHungaria", "relabel\tattack\tRIVAL", "veto\t0123456789abcdef")
    told = ["fixes.tsv:2 rename Hungary → Hungaria: 1 statement", "fixes.tsv:4 veto 0123456789abcdef: touched none"]
    for command in (
        ("build", "news", "-o", "out"), ("extract", "news"), ("export", "made", "-o", "a.jsonl"), ("render", "made", "-o", "a.html"),
    ):  # fmt: skip
        result = run(*command, "--corrections", table)
        assert result.exit_code == 0, result.output
        assert [f"correction: {line}" in result.stderr.splitlines() for line in told] == [True, True], command
    assert triples()[0].subject == "Hungaria"
    assert triples()[0].id == analyse(Document("a.txt", ROAD))[0].id
    assert [str(statement.relation_type) for statement in triples("a.jsonl")] == ["SUPPORT", "RIVAL", "AID"]
    assert "Hungaria" in Path("a.html").read_text()


def test_a_type_is_selected_after_it_was_corrected(folder: Path) -> None:
    assert run("export", "made", "-o", "a.jsonl", "--corrections", fixes("relabel\tattack\tRIVAL"), "--type", "RIVAL").exit_code == 0
    assert [statement.relation for statement in triples("a.jsonl")] == ["attack"]


@pytest.mark.parametrize("command", [("build", "news", "-o", "out"), ("export", "made", "-o", "a.csv"), ("query", "made", "RETURN 1")])
def test_a_table_of_corrections_that_makes_no_sense_ends_with_one_line(folder: Path, command: tuple[str, ...]) -> None:
    write(a_txt=ROAD)
    result = run(*command, "--corrections", fixes("merge\tHUN\tSRB", "vetoo\tx"))
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert result.stderr.startswith("actorgraph: fixes.tsv:3: unknown correction 'vetoo'")
    assert not Path("out").exists()
    assert run(*command, "--corrections", "missing.tsv").stderr.startswith("actorgraph: missing.tsv: cannot be read")


def test_a_server_is_not_corrected() -> None:
    result = run("query", "neo4j://localhost:7687", "RETURN 1", "--corrections", "fixes.tsv")
    assert result.exit_code == 2
    assert "load a corrected folder" in result.stderr


# How a command ends


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (KeyboardInterrupt(), 130, "interrupted"),
        (BrokenPipeError(), 0, ""),
        (OSError(5, "Input/output error"), 1, "standard output: input/output error"),
        (PermissionError(13, "Permission denied", "a.txt"), 1, "a.txt: permission denied"),
        (MemoryError(), 1, "out of memory"),
    ],
)
def test_every_end_of_a_command(monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, said: str) -> None:
    def fail(*_: object) -> list[Statement]:
        raise error

    write(a_txt=GRAIN)
    monkeypatch.setattr(corpus._ByName, "__call__", fail)
    monkeypatch.setattr(console, "_forget_output", lambda: None)
    for command in (("build", "news", "-o", "out"), ("extract", "news")):
        result = run(*command)
        assert result.exit_code == code
        assert said in result.stderr
        assert len(result.stderr.splitlines()) == bool(said)
        assert not [path for path in Path().iterdir() if path.name != "news"]


def test_a_fault_of_ours_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> list[Statement]:
        raise ZeroDivisionError

    write(a_txt=GRAIN)
    monkeypatch.setattr(corpus._ByName, "__call__", fail)
    assert isinstance(run("build", "news", "-o", "out").exception, ZeroDivisionError)
    assert not Path("out").exists()


def test_progress_is_shown_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with console.progress("reading") as show:
        show(0.5)
    assert capsys.readouterr() == ("", "")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setitem(os.environ, "FORCE_COLOR", "1")
    with console.progress("reading") as show:
        show(0.5)
    assert "reading" in capsys.readouterr().err


# demo


def test_demo_shows_a_table_and_makes_a_folder() -> None:
    result = run("demo", "-o", "shown")
    assert result.exit_code == 0
    assert "shown/graph.html" in result.stdout
    assert "Hungary" in result.stdout
    assert Path("shown/report.md").exists()
    assert run("demo", "-o", "shown").exit_code == 0
