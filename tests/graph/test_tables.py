"""CSV cells: no spreadsheet runs one, and every one reads back."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statements import ANY_TEXT, HOSTILE

from actorgraph.graph.tables import quote_cell, read_rows, unquote_cell, write_rows


@given(row=st.lists(ANY_TEXT | st.sampled_from(HOSTILE), min_size=1, max_size=4))
def test_no_cell_is_a_formula_and_every_cell_reads_back(row: list[str]) -> None:
    file = io.StringIO(newline="")
    write_rows(["x"] * len(row), [row], file)
    file.seek(0)
    [_, (line, cells)] = read_rows(file, "memory")
    assert line == 2
    assert [unquote_cell(cell) for cell in cells] == row
    for cell in cells:
        assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠"))


@pytest.mark.parametrize(("text", "cell"), [("Serbia", "Serbia"), ("=1", "'=1"), (" =1", "' =1"), ("'", "''"), ("", "'"), ("it's", "it's")])
def test_cells_are_quoted_only_where_they_must_be(text: str, cell: str) -> None:
    assert quote_cell(text) == cell
