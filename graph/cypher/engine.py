"""The embedded engine: ArcadeDB's native build, one database in a folder, written once and then only read.

A call into the engine does not come back on Ctrl-C, its settings hold for a whole process, and it writes small files even
into a database that it opens to read. So it runs in a process of its own on a folder of its own (`child`, `cache`), and this
module is imported nowhere else.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path as FilePath
from typing import Any, Self

from .errors import CypherError, EngineError, MissingEngine, QueryTimeout
from .values import Node, Path, Relationship

_BATCH = 2000  # rows, or records to look up, at a time
_ARGUMENTS = "ARCADEDB_NATIVE_ISOLATE_ARGS"  # which the engine reads when it is first used
_PAGE = 16384  # bytes; to add a record the engine looks at every other one of its page
_HEAD = re.compile(r"^(?:(?:Query failed|Reading the result set failed|Command failed): )?(?:[\w$]+\.)+[\w$]+: ")
_CAUSE = re.compile(r" \(caused by (?:[\w$]+\.)+[\w$]+\b.*\)$")
_PROJECTION = re.compile(r"^\s*\+ FINAL PROJECTION \[(.*)\]\s*$", re.MULTILINE)
_PATH = re.compile(r"\(#\d+:\d+\)(?:-\[#\d+:\d+\]->\(#\d+:\d+\))*")
_RECORD = re.compile(r"#\d+:\d+")
_NO_SPACE = re.compile(r"no space left on device|disk quota exceeded|file too large", re.IGNORECASE)
_NAMES_A_PATH = re.compile(r"=\s*(?:\(|(?:all)?shortestpath|shortest|any|all)", re.IGNORECASE)


def load_engine(scratch: FilePath, timeout: float | None) -> None:
    """Load the engine into this process, its logs into `scratch`; a query ends after `timeout` seconds.

    Raises MissingEngine where it is not installed.
    """
    settings = {
        "arcadedb.opencypher.loadCsv.allowFileUrls": "false",
        "arcadedb.opencypher.loadCsv.allowRemoteUrls": "false",
        "arcadedb.command.timeout": str(round((timeout or 0) * 1000)),
    }
    os.environ[_ARGUMENTS] = " ".join(f"-D{name}={value}" for name, value in settings.items())
    os.environ["ARCADEDB_LOG_DIR"] = str(scratch)
    os.environ["ARCADEDB_LOG_CONSOLE"] = "0"
    os.environ["ARCADEDB_NATIVE_BIN_REPLY"] = "0"  # numbers as text: what comes back otherwise is rounded to 32 bits
    sys.modules["numpy"] = None  # type: ignore[assignment] # the engine does without it, and starts in half the time
    try:
        import arcadedb
    except (ImportError, OSError) as error:
        raise MissingEngine(str(error).splitlines()[0]) from error
    if arcadedb.__backend__ != "native":
        raise MissingEngine("what is installed under this name is the build for the JVM")


def expect_building() -> None:
    """Tell the engine that a database will be made, which takes half the time so; of use before the first is made or opened."""
    os.environ[_ARGUMENTS] += f" -Darcadedb.bucketDefaultPageSize={_PAGE} -XX:InitialCollectionPolicy=BySpaceAndTime"


@contextmanager
def writing() -> Iterator[None]:
    """Raise EngineError for what the engine or the system says against writing a database."""
    import arcadedb

    try:
        yield
    except (arcadedb.ArcadeDBError, OSError) as error:
        said = (error.strerror if isinstance(error, OSError) else None) or str(error)
        full = _NO_SPACE.search(said)
        raise EngineError(full[0].lower() if full else _message(error)) from error


class Database:
    """An open database. Use it as a context manager, from one thread."""

    def __init__(self, folder: FilePath, mode: str) -> None:
        import arcadedb

        factory = arcadedb.DatabaseFactory(str(folder))
        with writing():
            self._db = factory.create() if mode == "create" else factory.open(read_only=True)

    @classmethod
    def create(cls, folder: FilePath) -> Database:
        """Make a new database at `folder`, which does not exist. Raises EngineError where that fails."""
        return cls(folder, "create")

    @classmethod
    def open(cls, folder: FilePath) -> Database:
        """Open a database to read. Raises EngineError where it is none, or a broken one."""
        return cls(folder, "read")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def run_script(self, statements: Iterable[str]) -> None:
        """Run statements of the engine's SQL; one script writes the schema to the disk once."""
        self._db.command("sqlscript", "".join(f"{statement};\n" for statement in statements))

    def create_edge(self, type_: str, start: str, end: str, properties: Mapping[str, Any]) -> None:
        """Create an edge between two record ids, of any size; not while there is a batch."""
        with self._db.transaction():
            self._db.command("sql", f"CREATE EDGE `{type_}` FROM {start} TO {end} CONTENT :row", {"row": dict(properties)}).close()

    def batch(self) -> Batch:
        """Return what takes vertices and edges in bulk; there can be one at a time."""
        return Batch(self._db.graph_batch(parallel_flush=False))

    def query(self, cypher: str, parameters: Mapping[str, Any]) -> tuple[tuple[str, ...], Iterator[list[tuple[Any, ...]]]]:
        """Return the columns and the rows, batch by batch, of a query that only reads.

        Without a row the columns come from the plan, and are empty where it names none (a bare CALL, RETURN *). Raises
        CypherError, QueryTimeout, and EngineError where memory runs out; while rows are read, too.
        """
        batches = self._batches(cypher, parameters)
        first = next(batches, None)
        if first is None:
            return self._planned_columns(cypher, parameters), iter(())
        columns = tuple(first[0])
        decoder = _Decoder(self._db, paths=_NAMES_A_PATH.search(cypher) is not None)

        def rows() -> Iterator[list[tuple[Any, ...]]]:
            batch: list[dict[str, Any]] | None = first
            while batch is not None:
                yield decoder.rows([[row.get(column) for column in columns] for row in batch])
                batch = next(batches, None)

        return columns, rows()

    def _batches(self, cypher: str, parameters: Mapping[str, Any]) -> Iterator[list[dict[str, Any]]]:
        import arcadedb

        if "\0" in cypher:
            raise CypherError("a query cannot hold the character NUL; pass it in a parameter", cypher)
        try:
            cypher.encode()
            answer = self._db.query("opencypher", cypher, *([dict(parameters)] if parameters else []))
            yield from answer.iter_chunks(_BATCH)
        except UnicodeEncodeError:
            raise CypherError("the query is not text that UTF-8 can hold", cypher) from None
        except arcadedb.ArcadeDBError as error:
            raise _translated(error, cypher) from error

    def _planned_columns(self, cypher: str, parameters: Mapping[str, Any]) -> tuple[str, ...]:
        plan = next(self._batches(f"EXPLAIN {cypher}", parameters), [])
        found = _PROJECTION.search(str(plan[0].get("executionPlanAsString"))) if plan else None
        return tuple(found[1].split(", ")) if found and found[1] else ()


class Batch:
    """Takes vertices and edges in bulk. Use it from one thread and close it; what it is given is stored by then.

    Rows cross as the JSON that `encode_vertices` and `encode_edges` made, maybe in another thread. The package's own calls make
    the same text of them, at ten times the cost.
    """

    def __init__(self, batch: Any) -> None:
        self._batch = batch

    def create_vertices(self, encoded: bytes) -> list[str]:
        """Create vertices in one transaction, and return their record ids."""
        return self._call("create_vertices", encoded)["rids"]  # type: ignore[no-any-return]

    def create_edges(self, encoded: bytes) -> None:
        """Create edges of one type. They are stored at once, for those of several types together take the engine longer."""
        self._call("new_edges", encoded)
        self._batch.flush()

    def close(self) -> None:
        self._batch.close()

    def _call(self, operation: str, arguments: bytes) -> dict[str, Any]:
        from arcadedb._native.extras import _call

        return _call("The batch failed", "arcadedb_n_gb", self._batch._gb, operation.encode(), arguments)  # type: ignore[no-any-return]


def encode_vertices(type_: str, rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Return what `Batch.create_vertices` takes; a thousand rows at a time are fastest."""
    return _encoded({"type": type_, "rows": rows})


def fits_batch(properties: Mapping[str, Any]) -> bool:
    """Whether a batch takes an edge with these properties, which must fit on one page (`Database.create_edge` takes any)."""
    return len(_encoded(properties)) < _PAGE // 4


def encode_edges(type_: str, starts: Sequence[str], ends: Sequence[str], rows: Sequence[Mapping[str, Any]] | None) -> bytes:
    """Return what `Batch.create_edges` takes: record ids of the ends, and properties where the edges have some."""
    if rows is None:
        return _encoded({"type": type_, "src": ";".join(starts), "dst": ";".join(ends), "props": None})
    return _encoded({"type": type_, "src": starts, "dst": ends, "props": rows})


def _encoded(arguments: Mapping[str, Any]) -> bytes:
    import orjson

    try:
        return orjson.dumps(arguments)
    except TypeError:  # an integer beyond 64 bits
        return json.dumps(arguments).encode()


def _translated(error: Exception, cypher: str) -> Exception:
    text = str(error)
    if limit := re.search(r"TimeoutException: .* of (\d+)ms", text):
        return QueryTimeout(int(limit[1]) / 1000)
    if "OutOfMemoryError" in text:
        return EngineError("the query needs more memory than there is; narrow it, or return less")
    if "QueryNotIdempotentException" in text:
        return CypherError("queries only read; this one writes, or calls a procedure or function that does not exist", cypher)
    if re.search(r"LOAD CSV .*(?:disabled|not allowed)|allowFileUrls|allowRemoteUrls", text):
        return CypherError("LOAD CSV is off: queries read the graph and nothing else", cypher)
    if missing := re.search(r"Expected parameter\(s\): (.*)", text):
        return CypherError(f"parameters are missing: {missing[1]}", cypher)
    return CypherError(_message(error), cypher)


def _message(error: Exception) -> str:
    """The first line of what the engine says, without the names of its classes."""
    line = _CAUSE.sub("", _HEAD.sub("", str(error)).strip().partition("\n")[0])
    return line if len(line) <= 500 else line[:500] + "…"


class _Decoder:
    """Makes nodes, relationships and paths of what the engine returns.

    A node is a mapping with "@rid" and "@type" among its properties, the type being its labels joined by "~"; a
    relationship looks the same and does not tell its ends; a path is text such as "(#16:0)-[#22:0]->(#16:1)", whose arrows
    say nothing about directions. Text is taken for a path only if the query names one and what it refers to hangs together.
    """

    def __init__(self, db: Any, *, paths: bool) -> None:
        self._db = db
        self._paths = paths
        self._ends: dict[str, tuple[str, str, str, str]] = {}
        self._records: dict[str, dict[str, Any]] = {}

    def rows(self, rows: Sequence[Sequence[Any]]) -> list[tuple[Any, ...]]:
        """Return rows of decoded values."""
        relationships: set[str] = set()
        path_records: set[str] = set()
        for row in rows:
            for value in row:
                self._collect(value, relationships, path_records)
        self._look_up(relationships, path_records)
        return [tuple(map(self._decoded, row)) for row in rows]

    def _collect(self, value: Any, relationships: set[str], path_records: set[str]) -> None:
        match value:
            case {"@rid": str(rid), "@type": str(type_)}:
                if _is_relationship(type_):
                    relationships.add(rid)
            case dict():
                for item in value.values():
                    self._collect(item, relationships, path_records)
            case list() | set():
                for item in value:
                    self._collect(item, relationships, path_records)
            case str() if self._paths and _PATH.fullmatch(value):
                path_records.update(_RECORD.findall(value))

    def _look_up(self, relationships: set[str], path_records: set[str]) -> None:
        for rids in _chunks(sorted(path_records - self._records.keys())):
            for record in self._db.query("sql", f"SELECT FROM [{','.join(rids)}]"):
                rid = record.get_rid()
                self._records[rid] = record.to_dict() | {"@rid": rid, "@type": record.get_element().get_type_name()}
        relationships |= {rid for rid in path_records & self._records.keys() if _is_relationship(self._records[rid]["@type"])}
        for rids in _chunks(sorted(relationships - self._ends.keys())):
            ends = "SELECT @rid AS rid, @out AS o, @in AS i, @out.id AS s, @in.id AS e"
            for record in self._db.query("sql", f"{ends} FROM [{','.join(rids)}]"):
                row = record.to_dict()
                self._ends[str(row["rid"])] = (str(row["o"]), str(row["i"]), row["s"], row["e"])

    def _decoded(self, value: Any) -> Any:
        match value:
            case {"@rid": str(rid), "@type": str(type_)}:
                return self._element(rid, type_, value)
            case dict():
                return {key: self._decoded(item) for key, item in value.items()}
            case list() | set() | tuple():
                return [self._decoded(item) for item in value]
            case str() if self._paths and _PATH.fullmatch(value):
                return self._path(value) or value
            case None | bool() | int() | float() | str():
                return value
        return str(value)

    def _element(self, rid: str, type_: str, record: Mapping[str, Any]) -> Node | Relationship:
        properties = {name: record[name] for name in sorted(record) if name not in ("@rid", "@type")}
        if _is_relationship(type_):
            _, _, start, end = self._ends[rid]
            return Relationship(type_, start, end, properties)
        return Node(tuple(type_.split("~")), str(properties.get("id", rid)), properties)

    def _path(self, text: str) -> Path | None:
        rids = _RECORD.findall(text)
        if not all(rid in self._records for rid in rids):
            return None
        for before, rid, after in zip(rids[::2], rids[1::2], rids[2::2], strict=False):
            if sorted(self._ends.get(rid, ("", ""))[:2]) != sorted((before, after)):
                return None
        elements = [self._element(rid, self._records[rid]["@type"], self._records[rid]) for rid in rids]
        nodes = tuple(element for element in elements[::2] if isinstance(element, Node))
        relationships = tuple(element for element in elements[1::2] if isinstance(element, Relationship))
        return Path(nodes, relationships) if len(nodes) + len(relationships) == len(rids) else None


def _is_relationship(type_: str) -> bool:
    """Whether a type of the engine is one of relationships: these alone are in capitals throughout."""
    return type_.isupper()


def _chunks(rids: list[str]) -> Iterator[list[str]]:
    return (rids[start : start + _BATCH] for start in range(0, len(rids), _BATCH))
