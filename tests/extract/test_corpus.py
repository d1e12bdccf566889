"""Many documents over one process or several: the same statements, in order, and a clean end whatever happens."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from actorgraph.extract import Document, Statement, extract_statements
from actorgraph.extract.corpus import analyse_documents, published_between, select_statements
from actorgraph.extract.errors import (
    ActorgraphError,
    DuplicateDocument,
    LexiconError,
    PipelineError,
    RecordError,
    UnknownFormat,
    WorkerDied,
)
from actorgraph.extract.records import ActorKind, Modality, RelationType

if TYPE_CHECKING:
    from spacy.language import Language

ANALYSES = """
    import os, time
    from dataclasses import replace
    from actorgraph.extract.errors import PipelineError

    template = None

    def two_a_document(document):
        return [replace(template, id=f"{document.id}-{n}", document_id=document.id, sentence=document.text) for n in "ab"]

    def with_process(document):
        time.sleep(0.05)
        return [replace(template, id=str(os.getpid()))]

    def refuse(document):
        raise PipelineError("no English pipeline 'xx': install it", "xx")

    def die(document):
        os._exit(9)

    def sleep(document):
        os.write(1, b"at work\\n")  # in one piece: two workers share the pipe, and print writes its line's end by itself
        time.sleep(60)
        return []
"""


def statement(**fields: object) -> Statement:
    values = {
        "id": "0", "subject_id": "POL", "subject": "Poland", "subject_kind": ActorKind.COUNTRY, "subject_text": "Poland",
        "subject_start": 0, "subject_end": 6, "subject_sector": None, "relation": "aid", "relation_type": RelationType.AID,
        "symmetric": False, "object_id": "UKR", "object": "Ukraine", "object_kind": ActorKind.COUNTRY, "object_text": "Ukraine",
        "object_start": 12, "object_end": 19, "object_sector": None, "negated": False, "modality": Modality.ASSERTED,
        "attributed_to": None, "attributed_to_id": None, "quantity": None, "quantity_max": None, "quantity_bound": None,
        "quantity_unit": None, "quantity_text": None, "event_date": None, "document_id": "a.txt", "title": None, "source": None,
        "url": None, "published": None, "sentence": "Poland aided Ukraine.", "char_start": 0, "char_end": 21,
        "predicate_start": 7, "predicate_end": 12, "confidence": 0.9, "rule": "verb", "frame": None, "version": "0",
    }  # fmt: skip
    return Statement(**(values | fields))  # type: ignore[arg-type]


@pytest.fixture
def analyses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A module that worker processes can import as well."""
    record = f"template = pickle.loads({pickle.dumps(statement())!r})"
    code = textwrap.dedent(ANALYSES).replace("template = None", f"import pickle\n{record}")
    (tmp_path / "analyses_of_the_test.py").write_text(code)
    monkeypatch.syspath_prepend(tmp_path)
    sys.modules.pop("analyses_of_the_test", None)
    return importlib.import_module("analyses_of_the_test")


def documents(number: int, length: int = 3000) -> Iterator[Document]:
    for index in range(number):
        yield Document(f"{index:03}.txt", f"{index} " * length)


def test_any_number_of_jobs_gives_the_same_statements_in_the_same_order(analyses: ModuleType) -> None:
    alone = list(analyse_documents(documents(60), analyses.two_a_document))
    assert [s.id for s in alone[:3]] == ["000.txt-a", "000.txt-b", "001.txt-a"]
    for jobs in (2, 3):
        assert list(analyse_documents(documents(60), analyses.two_a_document, jobs=jobs)) == alone


def test_several_processes_work_and_end(analyses: ModuleType) -> None:
    before = set(multiprocessing.active_children())
    processes = {s.id for s in analyse_documents(documents(60, 20_000), analyses.with_process, jobs=2)}
    assert len(processes) == 2
    assert str(os.getpid()) not in processes
    assert set(multiprocessing.active_children()) == before


def test_documents_are_read_only_a_little_ahead(analyses: ModuleType) -> None:
    read = 0

    def counted() -> Iterator[Document]:
        nonlocal read
        for document in documents(200, 20_000):
            read += 1
            yield document

    statements = analyse_documents(counted(), analyses.two_a_document, jobs=2)
    next(statements)
    assert read < 50
    statements.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_of_the_analysis_arrives_as_it_is(analyses: ModuleType, jobs: int) -> None:
    with pytest.raises(PipelineError, match="install it") as caught:
        list(analyse_documents(documents(3), analyses.refuse, jobs=jobs))
    assert caught.value.name == "xx"


def test_a_worker_that_dies_is_told_in_one_line(analyses: ModuleType) -> None:
    with pytest.raises(WorkerDied, match=r"one of 2 processes was ended by the system.*use fewer jobs"):
        list(analyse_documents(documents(3), analyses.die, jobs=2))


def test_an_error_of_the_input_ends_the_workers(analyses: ModuleType) -> None:
    def broken() -> Iterator[Document]:
        yield from documents(1, 50_000)
        raise DuplicateDocument("a", "x", "y")

    before = set(multiprocessing.active_children())
    with pytest.raises(DuplicateDocument):
        list(analyse_documents(broken(), analyses.sleep, jobs=2))
    assert set(multiprocessing.active_children()) == before


INTERRUPTED = """
    import sys
    sys.path.insert(0, sys.argv[1])
    import analyses_of_the_test
    from actorgraph.extract.corpus import analyse_documents
    from actorgraph.extract.records import Document

    documents = [Document(str(index), "x" * 50_000) for index in range(100)]

    if __name__ == "__main__":
        list(analyse_documents(documents, analyses_of_the_test.sleep, jobs=2))
"""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_workers_end_with_their_parent_at_once(analyses: ModuleType, tmp_path: Path, how: signal.Signals) -> None:
    script = tmp_path / "script.py"
    script.write_text(textwrap.dedent(INTERRUPTED))
    process = subprocess.Popen([sys.executable, script, tmp_path], stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"at work\n"
        process.send_signal(how)
        started = time.monotonic()
        process.communicate()  # returns when the last holder of its pipes, a worker too, is gone
        assert time.monotonic() - started < 10


@pytest.mark.parametrize(
    "error",
    [
        ActorgraphError("x"),
        RecordError("broken", "a.jsonl", 3, "id"),
        LexiconError("no kind", Path("a.tsv"), 4),
        UnknownFormat("a.xyz", [".csv"]),
        WorkerDied(2),
    ],
)
def test_errors_survive_the_way_between_processes(error: ActorgraphError) -> None:
    back = pickle.loads(pickle.dumps(error))
    assert (type(back), str(back), vars(back)) == (type(error), str(error), vars(error))


# Selections


@pytest.mark.parametrize(
    ("since", "until", "kept"),
    [
        (None, None, ["2023", "2024-02", "2024-02-10", "2024-03-01", None]),
        ("2024", None, ["2024-02", "2024-02-10", "2024-03-01"]),
        ("2024-02-10", None, ["2024-02", "2024-02-10", "2024-03-01"]),
        ("2024-02-11", "2024-02", ["2024-02"]),
        (None, "2024-02", ["2023", "2024-02", "2024-02-10"]),
        (None, "2024-02-09", ["2023", "2024-02"]),
        ("2023-12-31", "2024-01-01", ["2023"]),
    ],
)
def test_documents_by_their_date(since: str | None, until: str | None, kept: list[str | None]) -> None:
    dates = ["2023", "2024-02", "2024-02-10", "2024-03-01", None]
    dated = [Document(str(index), "text", published=date) for index, date in enumerate(dates)]
    assert [document.published for document in published_between(dated, since, until)] == kept


def test_statements_by_type_and_confidence() -> None:
    found = [
        statement(id="1", relation_type=RelationType.AID, confidence=0.9),
        statement(id="2", relation_type=RelationType.ALLY, confidence=0.5),
        statement(id="3", relation_type=RelationType.AID, confidence=0.2),
    ]
    assert [s.id for s in select_statements(found)] == ["1", "2", "3"]
    assert [s.id for s in select_statements(found, types=[RelationType.AID])] == ["1", "3"]
    assert [s.id for s in select_statements(found, types=[RelationType.AID, RelationType.ALLY], min_confidence=0.5)] == ["1", "2"]


# With the real pipeline

ARTICLES = [
    Document(
        "b.txt", "Poland sent two hundred trucks of grain to Ukraine. Hungary accused Slovakia of closing the road.", published="2031-05-14"
    ),
    Document("a.txt", "Spain will host talks with France. Portugal condemned Italy."),
]


def test_statements_of_documents(nlp: Language) -> None:
    found = list(extract_statements(ARTICLES, nlp=nlp))
    assert ("POL", "UKR") in {(s.subject_id, s.object_id) for s in found}
    assert [s.document_id for s in found] == sorted((s.document_id for s in found), reverse=True)


def test_statements_depend_on_neither_company_nor_order_nor_jobs(nlp: Language) -> None:
    key: Callable[[Statement], tuple[str, int, str]] = lambda s: s.sort_key
    alone = [s for document in ARTICLES for s in extract_statements([document], nlp=nlp)]
    assert list(extract_statements(ARTICLES, nlp=nlp)) == alone
    assert sorted(extract_statements(ARTICLES[::-1], nlp=nlp), key=key) == sorted(alone, key=key)
    assert list(extract_statements(ARTICLES, jobs=2)) == alone


def test_a_loaded_pipeline_is_not_shared(nlp: Language) -> None:
    with pytest.raises(ValueError, match="model="):
        extract_statements(ARTICLES, nlp=nlp, jobs=2)


def test_an_unknown_pipeline_is_named() -> None:
    with pytest.raises(PipelineError, match="no_such_pipeline"):
        list(extract_statements(ARTICLES, model="no_such_pipeline"))
