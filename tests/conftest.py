"""What every test can ask for: the English pipeline, the lexicon, the folder of development sets."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from actorgraph.extract import Document, Statement

if TYPE_CHECKING:
    from spacy.language import Language

ROOT = Path(__file__).resolve().parent.parent

# A busy machine is slow at times, and the first characters that Hypothesis draws take it a second: neither is a failure.
settings.register_profile("actorgraph", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("actorgraph")


@pytest.fixture(scope="session")
def nlp() -> Language:
    """Our own pipeline, statements included; loaded once."""
    from actorgraph.extract import load_pipeline

    return load_pipeline()


@pytest.fixture(scope="session")
def read(nlp: Language) -> Callable[..., list[Statement]]:
    """Statements of a text: `read("A attacked B.", published="2024-10-25")`."""
    from actorgraph.extract.pipeline import parse

    def statements(text: str, **fields: str) -> list[Statement]:
        document = Document(id=fields.pop("id", "test"), text=text, **fields)
        found: list[Statement] = parse(nlp, document)._.statements
        return found

    return statements


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of development sets (ACTORGRAPH_SHARED, else ../shared); skips by name where it is absent."""
    folder = Path(os.environ.get("ACTORGRAPH_SHARED") or ROOT.parent / "shared")
    if not (folder / "gold").is_dir():
        pytest.skip("needs the development sets: name their folder in ACTORGRAPH_SHARED")
    return folder


def pytest_configure() -> None:
    """Let the programs that tests start hear Ctrl-C, also where the tests run in the background of a shell that ignores it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Where ACTORGRAPH_NO_SKIPS is set, as in continuous integration, a skipped test is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if os.environ.get("ACTORGRAPH_NO_SKIPS") and skipped and exitstatus == 0:
        for report in skipped:
            print(f"\nskipped where nothing may be: {report.nodeid}: {report.longrepr}")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
