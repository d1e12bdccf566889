"""What may import what, and what the public names are."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
RECORD_MODULES = {"records", "errors"}


def imports(path: Path) -> set[str]:
    """Absolute names of the modules that a file imports, relative ones resolved."""
    package = ["actorgraph", *path.relative_to(ROOT).parent.parts]
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            found.add(".".join([*base, *((node.module or "").split(".") if node.module else [])]))
    return found


def modules(folder: str) -> list[Path]:
    return sorted(path for path in (ROOT / folder).rglob("*.py"))


@pytest.mark.parametrize("path", modules("extract"), ids=str)
def test_extract_knows_nothing_of_graph(path: Path) -> None:
    assert not any(name.startswith(("actorgraph.graph", "actorgraph.queries", "actorgraph.cli")) for name in imports(path))


@pytest.mark.parametrize("path", modules("graph"), ids=str)
def test_graph_takes_only_the_record_types_from_extract(path: Path) -> None:
    taken = {name.removeprefix("actorgraph.extract.") for name in imports(path) if name.startswith("actorgraph.extract.")}
    assert taken <= RECORD_MODULES


@pytest.mark.parametrize("folder", ["extract", "graph", "queries", "examples"])
def test_nothing_at_run_time_imports_training_benchmarks_or_torch(folder: str) -> None:
    for path in [*modules(folder), *ROOT.glob("*.py")]:
        assert not any(name.split(".")[0] in ("torch", "training", "benchmarks", "tests") for name in imports(path)), path


def test_the_public_names_are_those_of_the_design() -> None:
    from actorgraph import extract, graph

    assert sorted(extract.__all__) == ["Document", "Statement", "extract_statements", "load_pipeline", "read_documents"]
    assert {"build_graph", "export", "render_page", "write_report"} <= set(graph.__all__) <= {"build_graph", "export", "load", "query", "render_page", "write_report"}
    for package in (extract, graph):
        for name in package.__all__:
            assert getattr(package, name).__doc__, name
