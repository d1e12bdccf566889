"""Every docstring example holds, under the module's installed name."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

from actorgraph import cli, examples, extract, graph, queries

MODULES = [
    module.name
    for package in (examples, extract, graph, queries)
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
] + [package.__name__ for package in (cli, examples, extract, graph, queries)]


@pytest.mark.parametrize("name", MODULES)
def test_docstring_examples(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
