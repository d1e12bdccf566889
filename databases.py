"""The commands that ask in Cypher, a folder or a server, and those that fill a server and empty it again.

`cli` registers them. What a command needs is imported when it runs, so that --help answers at once.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from actorgraph.console import DONE, Aside, count, guarded, progress, say
from actorgraph.extract.errors import RecordError
from actorgraph.options import Correcting, Corrections, Strict, Triples


@guarded
def query(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="A folder made by 'build', a triples file, or neo4j://HOST.")],
    cypher: Annotated[
        str | None, typer.Argument(metavar="CYPHER", help="The question; without it, --name and --file, standard input.")
    ] = None,
    name: Annotated[str | None, typer.Option(metavar="NAME", help="A named query, as --name allies; 'queries' lists them.")] = None,
    file: Annotated[Path | None, typer.Option("--file", "-f", metavar="FILE", help="A file with the question, as -f mine.cypher.")] = None,
    param: Annotated[
        list[str] | None, typer.Option("--param", "-p", metavar="NAME=VALUE", help="Value of $NAME: text or JSON, as --param actor=Peru.")
    ] = None,
    format_: Annotated[
        str,
        typer.Option("--format", metavar="FORMAT", help="table, csv, json, jsonl or graph (a page of what is returned), as --format csv."),
    ] = "table",
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="File to write instead, as -o allies.html.")] = None,
    timeout: Annotated[
        float, typer.Option(metavar="SECONDS", min=0, help="How long a query may take (0: no limit), as --timeout 120.")
    ] = 30,
    corrections: Corrections = None,
    strict: Strict = False,
) -> int:
    """Ask a folder or a Neo4j server a question in Cypher.

    Actors are nodes, relations between them relationships of 21 types with counts; r.asserted > 0 where an article itself
    states it as a fact. Every statement is a node, too, with its sentence. ':schema' in the 'shell' tells what there is. A server's
    login is read from NEO4J_USERNAME and NEO4J_PASSWORD, or asked for; its database from NEO4J_DATABASE.

    \b
    Example:
      actorgraph query korea 'MATCH (a:Actor)-[r:AID]->(b:Country {name: "Russia"}) WHERE r.asserted > 0 RETURN a.name, r.relation'
      actorgraph query korea --name allies --param actor="North Korea"
      actorgraph query korea --name network --format graph -o network.html
    """
    from actorgraph.graph.asking import all_statements
    from actorgraph.graph.asking import query as ask
    from actorgraph.graph.cypher.errors import ParameterError, UnknownQuery
    from actorgraph.graph.cypher.formats import Format, write_answer
    from actorgraph.graph.cypher.questions import read_question
    from actorgraph.graph.server.connection import is_server

    if format_ not in list(Format):
        raise typer.BadParameter(f"{format_!r}: use one of {' '.join(Format)}", param_hint="--format")
    try:
        question, parameters = read_question(cypher, name, file, param or [])
    except (ParameterError, UnknownQuery) as error:
        raise typer.BadParameter(str(error)) from None
    if corrections and is_server(source):
        raise typer.BadParameter("corrects folders and files, not what a server holds; load a corrected folder", param_hint="--corrections")
    _ask_password(source)
    aside = Aside(strict)
    with _corrected(source, aside, corrections) as asked:
        result = ask(asked, question, parameters, timeout=timeout or None, on_building=_say_building, on_broken=aside.add)
        if output is None and isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        write_answer(result, Format(format_), output, lambda: all_statements(asked))
    return aside.close()


def _say_building() -> None:
    if sys.stderr.isatty():
        say("reading the triples into the query engine; the next question will be answered faster")


@guarded
def list_queries(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="A query to print, with its parameters and columns.")] = None,
) -> int:
    """List the named queries, or print one.

    \b
    Example:
      actorgraph queries
      actorgraph queries allies
    """
    from actorgraph import queries
    from actorgraph.graph.shell import parameters_of

    if name is not None:
        print(queries.load(name).cypher, end="")
        return DONE
    for named in queries.listing():
        print(f"{named.name:<16}{named.answers}")
        if named.parameters:
            print(f"{'':<16}--param {parameters_of(named)}")
    return DONE


@guarded
def shell(
    source: Annotated[Path, typer.Argument(metavar="DIR", help="A folder made by 'build', or a triples file.")],
    timeout: Annotated[
        float, typer.Option(metavar="SECONDS", min=0, help="How long a query may take (0: no limit), as --timeout 120.")
    ] = 30,
) -> int:
    """Ask questions in Cypher one after the other, with history and completion.

    Where standard input is no terminal, it is a script: queries that end with a semicolon, and commands such as :run allies.

    \b
    Example:
      actorgraph shell korea
      actorgraph shell korea < questions.cypher
    """
    from rich.console import Console

    from actorgraph.graph.cypher.runner import EmbeddedEngine
    from actorgraph.graph.shell import Shell, is_interactive

    with EmbeddedEngine(source, timeout=timeout, on_building=_say_building) as engine:
        talk = Shell(engine, Console())
        if is_interactive():
            talk.interact(source.resolve().name)
        else:
            talk.run_script(sys.stdin)
    return DONE


@guarded
def load(
    source: Triples,
    uri: Annotated[str, typer.Argument(metavar="URI", help="Address of a Neo4j server, as neo4j://localhost:7687 or neo4j+s://HOST.")],
    dataset: Annotated[
        str | None, typer.Option(metavar="NAME", help="Keeps folders apart in one database, as --dataset korea; else the folder's name.")
    ] = None,
    prune: Annotated[bool, typer.Option("--prune", help="Remove what the dataset has and the folder no longer does.")] = False,
    corrections: Corrections = None,
    strict: Strict = False,
) -> int:
    """Put a folder into a Neo4j database.

    The same folder may be put there again, by several people at once, and after any failure: nothing is lost or stored
    twice. The login is read from NEO4J_USERNAME and NEO4J_PASSWORD, or asked for; the database from NEO4J_DATABASE.

    \b
    Example:
      actorgraph load korea neo4j://localhost:7687
      actorgraph load korea neo4j+s://db.example.org --dataset korea-2024 --prune
    """
    from actorgraph.graph import load as load_folder

    _ask_password(uri)
    aside = Aside(strict)
    rejects: list[RecordError] | None = None if strict else []
    try:
        with _corrected(source, aside, corrections) as corrected, progress("loading") as show:
            done = load_folder(corrected, uri, dataset=dataset, prune=prune, rejects=rejects, progress=_share_of("statements", show))
    except KeyboardInterrupt:
        raise KeyboardInterrupt("run the same command again: nothing is lost or stored twice") from None
    for reject in rejects or ():
        aside.add(reject)
    removed = f", {count(done.removed, 'statement')} removed" if prune else ""
    say(f"{done.dataset}: {count(done.statements, 'statement')} of {count(done.documents, 'document')} stored{removed}")
    return aside.close()


@guarded
def pull(
    uri: Annotated[str, typer.Argument(metavar="URI", help="Address of a Neo4j server, as neo4j://localhost:7687 or neo4j+s://HOST.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Folder to write, as -o korea.")],
    dataset: Annotated[
        str | None, typer.Option(metavar="NAME", help="What it was loaded as, as --dataset korea; else the folder's name.")
    ] = None,
) -> int:
    """Take a folder back out of a Neo4j database, byte for byte.

    Login and database as for 'load'.

    \b
    Example:
      actorgraph pull neo4j://localhost:7687 -o korea
    """
    from actorgraph.graph.server.pulling import pull as pull_folder

    _ask_password(uri)
    done = pull_folder(uri, output, dataset=dataset)
    say(f"{output}: {count(done.statements, 'statement')} and {count(done.documents, 'document')} of {done.dataset}")
    return DONE


def _ask_password(source: str) -> None:
    """Ask for the password of a server where the environment has none and someone is there to answer."""
    from actorgraph.graph.server.connection import is_server

    if is_server(source) and not os.environ.get("NEO4J_PASSWORD") and sys.stdin.isatty():
        user = os.environ.setdefault("NEO4J_USERNAME", "neo4j")
        os.environ["NEO4J_PASSWORD"] = typer.prompt(f"Password of {user}", hide_input=True, err=True)


def _share_of(stage: str, show: Callable[[float], object]) -> Callable[[str, int, int], None]:
    """Return a function that shows one stage of several as a share of the whole."""

    def told(name: str, done: int, total: int) -> None:
        if name == stage and total:
            show(done / total)

    return told


@contextmanager
def _corrected(source: Path | str, aside: Aside, corrections: list[Path] | None) -> Iterator[Path | str]:
    """Yield `source`, or, where there are corrections, a copy that has them; broken lines are set aside."""
    from actorgraph.graph.folder import changed_copy

    if not corrections:
        yield source
        return
    correcting = Correcting(corrections)
    broken: list[RecordError] = []
    with changed_copy(source, correcting, rejects=broken) as copy:
        for error in broken:
            aside.add(error)
        yield copy
