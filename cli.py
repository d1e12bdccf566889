"""The command line: each command a few lines over the library.

What a command needs is imported when it runs, so that --help answers at once.
"""

from __future__ import annotations

import io
import signal
import sys
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Annotated, cast

import typer

from actorgraph import databases
from actorgraph.console import DONE, Aside, count, guarded, interrupted, progress
from actorgraph.extract.errors import UnknownFormat
from actorgraph.extract.records import Document, RelationType, Statement
from actorgraph.options import (
    Actors,
    AnyLanguage,
    Column,
    Corrections,
    Encoding,
    Extraction,
    Groups,
    Jobs,
    MaxSize,
    MinConfidence,
    Model,
    Paths,
    Relations,
    Since,
    Strict,
    Title,
    Triples,
    Types,
    Until,
    stored,
)

# Plain help, not rich's: it is there in half the time, and the examples keep their lines.
app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """Run the command line; `start` is the entry point of the console script."""
    for name, code in (("SIGTERM", 143), ("SIGHUP", 129)):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_, code=code: sys.exit(code))  # by way of the clean-up, as Ctrl-C
    try:
        app()
    except KeyboardInterrupt:  # before a command has begun
        sys.exit(interrupted())


# Articles in, statements out


def _write_folder(extraction: Extraction, output: Path, *, title: str | None, groups: bool, text: bool) -> list[Statement]:
    """Fill an output folder, say what is in it, and return the statements."""
    from actorgraph.graph.folder import PAGE, output_folder, write_output

    documents: list[Document] = []

    def noted(found: Iterable[Document]) -> Iterator[Document]:
        for document in found:
            documents.append(document)
            yield document

    with output_folder(output) as folder:
        with progress("reading") as on_progress:
            statements = list(extraction.statements(noted(extraction.documents(on_progress))))
        rejects = [reject.to_dict() for reject in extraction.aside.rejects]
        write_output(folder, documents, statements, rejects, title=title, groups=groups, text=text)
    print(f"{count(len(documents), 'article')}, {count(len(statements), 'statement')}: {output / PAGE}")
    return statements


@app.command()
@guarded
def demo(
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Folder to write to, as -o DIR.")] = Path("actorgraph-demo"),
) -> int:
    """Read the articles that come with the package, and show what they say.

    They were written for it: what they tell of real countries is invented. Needs no key, no server and no network.

    \b
    Example:
      actorgraph demo
      actorgraph demo -o herring
    """
    from actorgraph.examples import articles

    aside = Aside(strict=True)
    with articles() as folder:
        statements = _write_folder(Extraction([folder], aside), output, title="Who does what to whom", groups=False, text=True)
    _print_strongest(statements)
    return DONE


@app.command()
@guarded
def build(
    paths: Paths,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="Folder to write: new, empty or made by 'build', as -o korea.")
    ],
    column: Column = None,
    encoding: Encoding = "utf-8",
    max_size: MaxSize = 10,
    any_language: AnyLanguage = False,
    since: Since = None,
    until: Until = None,
    model: Model = None,
    actors: Actors = None,
    relations: Relations = None,
    corrections: Corrections = None,
    jobs: Jobs = 1,
    types: Types = None,
    min_confidence: MinConfidence = 0,
    groups: Groups = False,
    title: Title = None,
    no_text: Annotated[bool, typer.Option("--no-text", help="Leave the articles' texts out of documents.jsonl.")] = False,
    strict: Strict = False,
) -> int:
    """Read articles; write their documents, triples, page and report to a folder.

    The folder gets documents.jsonl, triples.jsonl, triples.csv, graph.html and report.md, and rejects.jsonl if any input
    had to be set aside (exit code 3).

    \b
    Example:
      actorgraph build news/ -o korea
      actorgraph build corpus.csv -o korea --column text=body --since 2024-10 --jobs 4
    """
    from actorgraph.graph.folder import REJECTS

    aside = Aside(strict)
    extraction = Extraction(
        paths, aside, column, encoding, max_size, any_language, since, until, model, actors, relations, corrections, jobs, types,
        min_confidence,
    )
    _write_folder(extraction, output, title=title, groups=groups, text=not no_text)
    return aside.close(output / REJECTS)


@app.command()
@guarded
def extract(
    paths: Paths,
    column: Column = None,
    encoding: Encoding = "utf-8",
    max_size: MaxSize = 10,
    any_language: AnyLanguage = False,
    since: Since = None,
    until: Until = None,
    model: Model = None,
    actors: Actors = None,
    relations: Relations = None,
    corrections: Corrections = None,
    jobs: Jobs = 1,
    types: Types = None,
    min_confidence: MinConfidence = 0,
    strict: Strict = False,
) -> int:
    """Read articles; write their triples to standard output as they come, one JSON object a line.

    \b
    Example:
      actorgraph extract news/ | head
      curl -s https://example.org/article.txt | actorgraph extract - --type AID
    """
    from actorgraph.graph.triples import canonical, statement_line

    aside = Aside(strict)
    extraction = Extraction(
        paths, aside, column, encoding, max_size, any_language, since, until, model, actors, relations, corrections, jobs, types,
        min_confidence,
    )
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    with closing(cast("Generator[Statement, None, None]", extraction.statements(extraction.documents()))) as statements:
        for statement in statements:
            sys.stdout.write(statement_line(canonical(statement)))
            sys.stdout.flush()
    return aside.close()


# Statements in, files out


@app.command()
@guarded
def export(
    folder: Triples,
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", metavar="FILE", help="File to write; its suffix is the format: .jsonl .csv .graphml .gexf .dot, as -o a.csv."
        ),
    ],
    as_: Annotated[
        str | None,
        typer.Option(
            "--as", metavar="VIEW", help="What a table holds: triples, events or dyads (counts per pair and month), as --as events."
        ),
    ] = None,
    types: Types = None,
    min_confidence: MinConfidence = 0,
    groups: Groups = False,
    corrections: Corrections = None,
    strict: Strict = False,
) -> int:
    """Write triples in another format, chosen by the suffix.

    \b
    Example:
      actorgraph export korea -o korea.graphml
      actorgraph export korea -o korea.csv --as dyads
    """
    from actorgraph.graph.exports import View
    from actorgraph.graph.exports import export as write

    if as_ is not None and as_ not in list(View):
        raise typer.BadParameter(f"{as_!r}: use one of {' '.join(View)}", param_hint="--as")
    aside = Aside(strict)
    write(stored(folder, aside, corrections, types, min_confidence), output, as_=as_, groups=groups)
    return aside.close()


@app.command()
@guarded
def render(
    folder: Triples,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Page to write, as -o korea.html.")],
    types: Types = None,
    min_confidence: MinConfidence = 0,
    groups: Groups = False,
    title: Title = None,
    corrections: Corrections = None,
    strict: Strict = False,
) -> int:
    """Write the page of triples: one HTML file that needs nothing else.

    \b
    Example:
      actorgraph render korea -o korea.html
      cat a/triples.jsonl b/triples.jsonl | actorgraph render - -o both.html
    """
    from actorgraph.graph import render_page

    if output.suffix.lower() not in (".html", ".htm"):
        raise UnknownFormat(output, [".html"])
    aside = Aside(strict)
    render_page(stored(folder, aside, corrections, types, min_confidence), output, title=title, groups=groups)
    return aside.close()


for name, command in (("query", databases.query), ("queries", databases.list_queries), ("shell", databases.shell)):
    app.command(name=name)(command)


@app.command()
@guarded
def explain(
    source: Annotated[Path | None, typer.Argument(metavar="DIR", help="A folder made by 'build', or a triples file.")] = None,
    statement: Annotated[str | None, typer.Argument(metavar="ID", help="A statement's id, or enough of its beginning.")] = None,
    text: Annotated[str | None, typer.Option(metavar="TEXT", help="Explain this text instead, as --text 'Peru warned Chile'.")] = None,
    model: Model = None,
    actors: Actors = None,
    relations: Relations = None,
) -> int:
    """Say why a statement is there: predicate, roles, rule, line of the lexicon, and the reason of each flag.

    The statement's text is read again, from the folder's documents, or its sentence alone where they were left out; by
    the same model and tables only if they are named again.

    \b
    Example:
      actorgraph explain korea 0f7f7b5481b5b482
      actorgraph explain --text 'Peru said on Monday that Chile might send 300 troops to Bolivia.'
    """
    from actorgraph.explaining import draw_sentence, draw_statement, print_trees
    from actorgraph.extract import load_pipeline
    from actorgraph.extract.explanation import explain_statement, explain_text
    from actorgraph.extract.lexicon import load_lexicon
    from actorgraph.graph.documents import find_document
    from actorgraph.graph.triples import find_statement

    tables = relations or ()
    if text is not None and text.strip() and source is None:
        lexicon = load_lexicon(actors or (), tables)
        print_trees(map(draw_sentence, explain_text(text, load_pipeline(model, statements=False), lexicon, tables=tables)))
    elif source is not None and statement is not None and text is None:
        stated = find_statement(source, statement)
        document, lexicon = find_document(source, stated.document_id), load_lexicon(actors or (), tables)
        explanation = explain_statement(stated, document, load_pipeline(model, statements=False), lexicon, tables=tables)
        print_trees([draw_statement(explanation)])
    else:
        raise typer.BadParameter("name a folder and a statement's id, or a text with --text", param_hint="DIR ID")
    return DONE


for name, command in (("load", databases.load), ("pull", databases.pull)):
    app.command(name=name)(command)


def _print_strongest(statements: list[Statement], rows: int = 12) -> None:
    """Print the relations with most statements, posts left out."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from actorgraph.graph import build_graph

    graph = build_graph(statement for statement in statements if statement.relation_type not in (RelationType.LEADS, RelationType.MEMBER))
    edges = sorted(graph.edges(data=True), key=lambda edge: (-edge[2]["statements"], -edge[2]["asserted"], edge[:2]))
    table = Table("who", "does what", "to whom")
    for heading in ("articles", "stated", "hedged, said, denied"):
        table.add_column(heading, justify="right")
    for subject, object_, edge in edges[:rows]:
        names = (graph.nodes[subject]["name"], edge["relation"], graph.nodes[object_]["name"])
        counts = (edge["documents"], edge["asserted"], edge["statements"] - edge["asserted"])
        table.add_row(*map(Text, names), *map(str, counts))
    Console().print(table)


# About


@app.command()
@guarded
def info() -> int:
    """Print versions, what the English model is, and where data files lie.

    \b
    Example:
      actorgraph info
    """
    from actorgraph.extract.about import data_folders, describe_model, versions

    for name, version in versions().items():
        print(f"{name:<14}{version}")
    print()
    print(describe_model())
    print()
    for name, path in data_folders().items():
        print(f"{name:<14}{path}")
    return DONE


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"actorgraph {version('actorgraph')}")
        raise typer.Exit


@app.callback()
def actorgraph(
    version: Annotated[bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")] = False,
) -> None:
    """Reads news and draws who does what to whom: actor, relation, actor, each triple with its sentence.

    \b
    Example:
      actorgraph demo
      actorgraph build news/ -o korea
      actorgraph export korea -o korea.graphml
    """


if __name__ == "__main__":
    main()
