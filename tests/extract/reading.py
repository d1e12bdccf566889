"""Reading what a test wrote: documents, what was set aside, what was skipped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from actorgraph.extract.errors import InputError
from actorgraph.extract.readers import Reject, read_documents
from actorgraph.extract.records import Document

GRAIN = "Poland sent grain to Ukraine on Tuesday."
ROAD = "Hungary denied that it had closed the road."


@dataclass
class Outcome:
    documents: list[Document] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    skipped: list[Path] = field(default_factory=list)
    error: InputError | None = None

    @property
    def ids(self) -> list[str]:
        return [document.id for document in self.documents]

    @property
    def reasons(self) -> list[str]:
        return [str(reject) for reject in self.rejects]


def read(*paths: Path | str, **options: Any) -> Outcome:
    outcome = Outcome()
    try:
        for document in read_documents(paths, on_reject=outcome.rejects.append, on_skip=outcome.skipped.append, **options):
            outcome.documents.append(document)
    except InputError as error:
        outcome.error = error
    return outcome


Writer = Callable[..., Path]
