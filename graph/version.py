"""The version of the program, as servers and caches are told of it."""

from __future__ import annotations


def program_version() -> str:
    """Return the installed version of actorgraph; "0" where it runs without being installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("actorgraph")
    except PackageNotFoundError:
        return "0"
