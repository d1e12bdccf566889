"""An interactive shell for questions in Cypher, with history and with completion of what is in the graph."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any, Protocol

from .. import queries
from ..extract.errors import ActorgraphError
from .cypher import schema
from .cypher.formats import Format, print_table, write_csv, write_json, write_jsonl
from .cypher.parameters import read_value, split_parameters
from .cypher.values import Result

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import Completer
    from rich.console import Console

_COMMANDS = {
    ":queries": "list the named queries",
    ":run": "NAME [PARAMETER=VALUE …]: run a named query",
    ":param": "[NAME=VALUE]: set a parameter $NAME of the queries that follow, or show all",
    ":format": "table, csv, json or jsonl",
    ":schema": "labels, relationship types and properties",
    ":help": "this list",
    ":quit": "leave (Ctrl-D)",
}
_KEYWORDS = [
    "MATCH",
    "OPTIONAL",
    "WHERE",
    "RETURN",
    "WITH",
    "UNWIND",
    "ORDER",
    "BY",
    "LIMIT",
    "SKIP",
    "DISTINCT",
    "AND",
    "OR",
    "NOT",
    "IN",
    "IS",
    "NULL",
    "EXISTS",
    "COUNT",
    "CASE",
    "WHEN",
    "THEN",
    "ELSE",
    "END",
    "UNION",
    "ALL",
    "CALL",
    "STARTS",
    "ENDS",
    "CONTAINS",
    "DESC",
    "ASC",
    "AS",
]
_FUNCTIONS = [
    "count(",
    "sum(",
    "min(",
    "max(",
    "avg(",
    "collect(",
    "type(",
    "labels(",
    "nodes(",
    "relationships(",
    "length(",
    "size(",
    "coalesce(",
    "toLower(",
    "split(",
]
_WRITERS: Mapping[Format, Callable[[Result, IO[str]], None]] = {Format.CSV: write_csv, Format.JSON: write_json, Format.JSONL: write_jsonl}
_QUOTED = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|//[^\n]*|/\*.*?\*/""", re.DOTALL)


class Engine(Protocol):
    """What answers: the embedded engine or a server."""

    def query(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> Result:
        """Return all rows."""
        ...


@dataclass(slots=True)
class Shell:
    """What a shell knows between two lines. `execute` takes one line after the other; `interact` reads them from a person."""

    engine: Engine
    console: Console
    format: Format = Format.TABLE
    parameters: dict[str, Any] = field(default_factory=dict)

    def execute(self, line: str) -> bool:
        """Run a command or a query, print what it gives or what is wrong with it, and return whether to go on."""
        line = line.strip().removesuffix(";").strip()
        if line in (":quit", ":exit", ":q"):
            return False
        try:
            if line.startswith(":"):
                self._command(line)
            elif _without_text(line).strip():
                self._show(self.engine.query(line, self.parameters))
        except ActorgraphError as error:
            self.console.print(f"error: {error}", style="red", markup=False, highlight=False)
        except KeyboardInterrupt:
            self.console.print("interrupted", style="red")
        return True

    def interact(self, name: str) -> None:
        """Read lines until the end, with `name` in the prompt."""
        session = self._session()
        self.console.print(f"{name}: ask in Cypher; [bold]:help[/] for commands, [bold]:quit[/] to leave", highlight=False)
        while True:
            try:
                if not self.execute(session.prompt("cypher> ", prompt_continuation="......> ")):
                    return
            except KeyboardInterrupt:
                continue
            except EOFError:
                return

    def run_script(self, file: IO[str]) -> None:
        """Run what `file` holds: commands, one a line, and queries, each up to a semicolon or the end."""
        for line in split_script(file.read()):
            if not self.execute(line):
                return

    def _command(self, line: str) -> None:
        name, _, rest = line.partition(" ")
        words = _words(rest)
        match name:
            case ":queries":
                self._tell(("name", "title", "parameters"), ((q.name, q.title, parameters_of(q)) for q in queries.listing()))
            case ":run" if words:
                query = queries.load(words[0])
                self._show(self.engine.query(query.cypher, query.bind(split_parameters(words[1:]))))
            case ":param":
                self.parameters |= {key: read_value(text) for key, text in split_parameters(words).items()}
                self._tell(("parameter", "value"), self.parameters.items())
            case ":format" if rest in (*_WRITERS, Format.TABLE):
                self.format = Format(rest)
            case ":schema":
                self._tell(("what", "names"), schema_lines())
            case _:
                self._tell(("command", "what it does"), _COMMANDS.items())

    def _tell(self, columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
        print_table(Result(columns, tuple(rows)), self.console)

    def _show(self, result: Result) -> None:
        if self.format in _WRITERS:
            _WRITERS[self.format](result, self.console.file)
        else:
            print_table(result, self.console)

    def _session(self) -> PromptSession[str]:
        import platformdirs
        from prompt_toolkit import PromptSession
        from prompt_toolkit.filters import Condition
        from prompt_toolkit.history import FileHistory, History, InMemoryHistory
        from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

        bindings = KeyBindings()

        @bindings.add("enter", filter=Condition(lambda: not is_complete(session.default_buffer.text)))
        def _(event: KeyPressEvent) -> None:
            event.current_buffer.insert_text("\n")

        history: History
        try:
            folder = platformdirs.user_state_path("actorgraph", appauthor=False, ensure_exists=True)
            history = FileHistory(str(folder / "shell-history"))
        except OSError:  # a home that cannot be written to
            history = InMemoryHistory()
        session: PromptSession[str] = PromptSession(
            history=history,
            completer=_completer(actor_names(self.engine)),
            key_bindings=bindings,
            multiline=False,
            complete_while_typing=False,
        )
        return session


def is_complete(text: str) -> bool:
    """Whether Enter runs the text: a command, an end by semicolon, or brackets that all close after a RETURN or CALL.

    >>> is_complete("MATCH (a:Actor)"), is_complete("MATCH (a) RETURN a"), is_complete("RETURN [1,"), is_complete(":help")
    (False, True, False, True)
    """
    code = _without_text(text)
    if not code.strip() or code.lstrip().startswith(":") or code.rstrip().endswith(";"):
        return True
    closed = all(code.count(opening) <= code.count(closing) for opening, closing in ("()", "[]", "{}"))
    return closed and re.search(r"\b(RETURN|CALL|SHOW)\b\s*\S", code, re.IGNORECASE) is not None


def split_script(text: str) -> Iterator[str]:
    """Yield the commands and queries of a script: a line that begins with ":" between queries, else up to a semicolon.

    >>> list(split_script(":run allies\\nRETURN ';' AS x; RETURN 2"))
    [':run allies', "RETURN ';' AS x", 'RETURN 2']
    """
    # Characters keep their places when quoted text and comments are blanked.
    code = _QUOTED.sub(lambda match: " " * len(match[0]), text)
    start = 0
    while start < len(text):
        is_command = code[start:].lstrip().startswith(":")
        end = code.find("\n" if is_command else ";", start if not is_command else start + len(code[start:]) - len(code[start:].lstrip()))
        end = len(text) if end < 0 else end
        if text[start:end].strip():
            yield text[start:end].strip()
        start = end + 1


def parameters_of(query: queries.NamedQuery) -> str:
    """Return the parameters of a named query as one writes them; those in brackets have a default."""
    return " ".join(p.name if p.required else f"[{p.name}]" for p in query.parameters)


def schema_lines() -> Iterator[tuple[str, str]]:
    """Yield what there is in a graph, and its names."""
    yield "labels", " ".join(schema.LABELS)
    yield "types between actors", " ".join(schema.RELATION_TYPES)
    yield "types of a statement", " ".join(schema.EVIDENCE_TYPES)
    yield "properties of an Actor", " ".join(schema.ACTOR_PROPERTIES)
    yield "of a relation", " ".join(schema.RELATION_PROPERTIES)
    yield "of a Statement", " ".join(schema.STATEMENT_PROPERTIES)
    yield "of a Document", " ".join(schema.DOCUMENT_PROPERTIES)


def complete(text: str, actors: Sequence[str]) -> tuple[str, list[str]]:
    """Return the beginning of a word at the end of `text`, and what it may become.

    Names of actors in quotes, labels and types after a colon, properties after a dot, named queries after :run, else keywords.
    """
    if text.startswith(":"):
        return _complete_command(text)
    code = _without_text(text)
    if quote := re.search(r"""(['"])([^'"]*)$""", code):
        escaped = [name.replace("\\", "\\\\").replace(quote[1], "\\" + quote[1]) for name in actors]
        return quote[2], [name for name in escaped if name.lower().startswith(quote[2].lower())]
    for pattern, words in (
        (r"\[[^\]]*:(?:\w+\|)*(\w*)$", (*schema.RELATION_TYPES, *schema.EVIDENCE_TYPES)),
        (r"\([^)]*:(\w*)$", schema.LABELS),
        (r"\w\.(\w*)$", sorted({*schema.ACTOR_PROPERTIES, *schema.STATEMENT_PROPERTIES, *schema.RELATION_PROPERTIES})),
        (r"(\w+)$", (*_KEYWORDS, *_FUNCTIONS)),
    ):
        if found := re.search(pattern, code):
            return found[1], [word for word in words if word.lower().startswith(found[1].lower())]
    return "", []


def _complete_command(text: str) -> tuple[str, list[str]]:
    words = text.split(" ")
    word = words[-1]
    options: Iterable[str] = ()
    if len(words) == 1:
        options = _COMMANDS
    elif words[0] == ":format":
        options = (*_WRITERS, Format.TABLE)
    elif words[0] == ":run" and len(words) == 2:
        options = queries.names()
    elif words[0] == ":run" and words[1] in queries.names():
        options = [f"{parameter.name}=" for parameter in queries.load(words[1]).parameters]
    return word, [str(option) for option in options if option.startswith(word)]


def _completer(actors: Sequence[str]) -> Completer:
    from prompt_toolkit.completion import CompleteEvent, Completer, Completion
    from prompt_toolkit.document import Document

    class GraphCompleter(Completer):
        """Completes what stands before the cursor."""

        def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
            beginning, words = complete(document.text_before_cursor, actors)
            return (Completion(word, -len(beginning)) for word in words)

    return GraphCompleter()


def actor_names(engine: Engine) -> list[str]:
    """Return the names and aliases of all actors, sorted; none where the graph cannot be asked, as the next query will tell."""
    try:
        rows = engine.query("MATCH (a:Actor) UNWIND [a.name] + a.aliases AS name RETURN DISTINCT name").rows
    except ActorgraphError:
        return []
    return sorted(str(name) for (name,) in rows)


def is_interactive() -> bool:
    """Whether a person sits at both ends."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _words(text: str) -> list[str]:
    """Split at white space outside quotes, as a shell does: actor="North Korea" is one word."""
    import shlex

    try:
        return shlex.split(text)
    except ValueError:
        return text.split()


def _without_text(code: str) -> str:
    """Cypher without strings and comments."""
    return _QUOTED.sub(" ", code)
