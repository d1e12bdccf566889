"""The notebook runs from its first cell to its last, and is kept without its outputs."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

TOUR = Path(__file__).resolve().parent.parent / "notebooks" / "tour.ipynb"


def test_it_is_kept_without_outputs() -> None:
    cells = [cell for cell in nbformat.read(TOUR, as_version=4).cells if cell.cell_type == "code"]
    assert cells
    assert all(not cell.outputs and cell.execution_count is None for cell in cells)


def test_it_goes_from_texts_to_a_page_in_five_lines() -> None:
    first = next(cell.source for cell in nbformat.read(TOUR, as_version=4).cells if cell.cell_type == "code")
    lines = [line for line in first.splitlines() if line.strip() and not line.startswith(("from ", "import "))]
    assert len(lines) <= 5 and lines[-1].startswith("render_page(")


def test_it_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTER_PLATFORM_DIRS", "1")
    for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    from nbclient import NotebookClient

    folder = tmp_path / "work"
    folder.mkdir()
    notebook = nbformat.read(TOUR, as_version=4)
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(folder)}}).execute()
    written = {"graph.html", "graph.graphml", "events.csv", "dyads.csv"}
    assert written <= {path.name for path in folder.iterdir()}
    printed = "".join(output.get("text", "") for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs)
    assert "10 articles" in printed
    assert not any(output.get("name") == "stderr" for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs)
