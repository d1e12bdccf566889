"""How much of what a text says between actors is found: texts that we wrote, with a key of all their relations.

    python -m benchmarks.recall                      # the half that no rule was made with
    python -m benchmarks.recall --half looked-at     # the other half
    python -m benchmarks.recall --half looked-at --errors

The events are invented. The keys (keyed/*.jsonl) were written with the texts, by readers who did not know what the program can do: they are
generous, and some pairs want knowledge of the world. What is missed is shown for the half that was looked at alone; the other one stays a
measure for as long as nobody reads its misses.

Dispatches are single sentences, articles whole ones; in dense.jsonl, of both kinds and of reports, the key has what is told in passing, too.
So it has in kinds.jsonl, single sentences of seven kinds of writing: war, diplomacy, politics, economy, a day's news of all sorts, reports,
and prose that is no news; many relate nobody to anybody. No rule was made with either of its halves so far.

keyed_excerpts.jsonl has keys alone, of sentences of Wikinews, Wikipedia, weblogs and GUM in the shared folder, by places in their documents. Its
readers saw which mentions the program had found, and relate those alone; where one is misread, they say so. Rules were made with some of these
texts in view. The looked-at halves, and of the excerpts what is marked so, have taught the network of triples (training/triples.py).

A line of a file: id, looked_at, and sentences of text and pairs. A pair: subject and object, the words of the sentence that name them
(subject_from and object_from: where in the sentence to look for them), where these do not tell it the ids of whom they mean; the types
that count; symmetric, negated, modality and attributed_to, where they are not false, asserted and nobody; optional where it counts
neither for nor against; in dense.jsonl and kinds.jsonl the word that states it (predicate).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from actorgraph.extract import Document, Statement, extract_statements

from .documents import texts_of
from .shared import shared_folder

FOLDER = Path(__file__).with_name("keyed")
EXCERPTS = Path(__file__).with_name("keyed_excerpts.jsonl")
HALVES = {"kept-apart": False, "looked-at": True}
_LONGEST = 40
"""Characters: what is longer and three times as long as the key's words names no actor but a clause."""

End: TypeAlias = tuple[int, int, str, str]
"""A mention: its first and last character, the id and the name of its actor."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A relation of the key: characters of the text that name the two and the predicate, ids where known, types that count, how it is stated."""

    subject: tuple[int, int]
    object: tuple[int, int]
    subject_id: str | None
    object_id: str | None
    types: frozenset[str]
    symmetric: bool
    negated: bool
    modality: str
    attributed: bool
    optional: bool
    predicate: tuple[int, int] | None = None

    def is_told_by(self, statement: Statement) -> bool:
        """Whether the statement relates the two, either way round where it is symmetric."""
        return self.relates(
            (statement.subject_start, statement.subject_end, statement.subject_id, statement.subject),
            (statement.object_start, statement.object_end, statement.object_id, statement.object),
        )

    def relates(self, subject: End, object_: End) -> bool:
        """Whether it is about these two mentions or their actors, either way round where it is symmetric."""
        ways = ((subject, object_), (object_, subject)) if self.symmetric else ((subject, object_),)
        return any(_names(self.subject, self.subject_id, *one) and _names(self.object, self.object_id, *other) for one, other in ways)

    def is_stated_like(self, statement: Statement) -> bool:
        """Whether type, polarity, modality (a fact or not) and whether somebody says it are as in the key."""
        hedged = statement.modality != "asserted"
        said = statement.attributed_to is not None
        same = statement.negated == self.negated and hedged == (self.modality != "asserted") and said == self.attributed
        return same and statement.relation_type in self.types


@dataclass(frozen=True, slots=True)
class Keyed:
    """A text with its key: first and last character of each sentence, and the pairs in it; and words that name nobody or somebody else
    than the program of that day took them for."""

    document: Document
    sentences: tuple[tuple[int, int, tuple[Pair, ...]], ...]
    misread: tuple[tuple[int, int], ...] = ()


def read_keyed(path: Path, *, looked_at: bool) -> Iterator[Keyed]:
    """The texts of one half of a file, in their order. Raises ValueError where a name of the key is not in its sentence."""
    for line in path.read_text("utf8").splitlines():
        row = json.loads(line)
        if row["looked_at"] is not looked_at:
            continue
        text, sentences = "", []
        for sentence in row["sentences"]:
            text += " " if text else ""
            start = len(text)
            text += sentence["text"]
            sentences.append((start, len(text), tuple(_pair(pair, sentence["text"], start) for pair in sentence["pairs"])))
        yield Keyed(Document(row["id"], text), tuple(sentences))


def read_excerpts(path: Path, texts: Mapping[str, str], *, learned_from: bool) -> Iterator[Keyed]:
    """The keyed sentences of documents that are not ours to publish, by their places in the documents' `texts`; of one part of the file.

    Raises KeyError for a document that is not among the texts.
    """
    for line in path.read_text("utf8").splitlines():
        row = json.loads(line)
        if row["learned_from"] is learned_from:
            sentences = tuple((*sentence["at"], tuple(_placed(pair) for pair in sentence["pairs"])) for sentence in row["sentences"])
            misread = tuple((start, end) for sentence in row["sentences"] for start, end in sentence.get("misread", ()))
            yield Keyed(Document(row["id"], texts[row["id"]]), sentences, misread)


def score(texts: Sequence[Keyed], statements: Iterable[Statement]) -> tuple[Counter[str], list[str]]:
    """How many pairs there are, found, typed and right in everything, statements in all and beside the key; and what was missed, one line each."""
    by_document: dict[str, list[Statement]] = {}
    for statement in statements:
        by_document.setdefault(statement.document_id, []).append(statement)
    counted: Counter[str] = Counter()
    missed = []
    for keyed in texts:
        for start, end, pairs in keyed.sentences:
            here = [s for s in by_document.get(keyed.document.id, ()) if start <= (s.char_start + s.char_end) / 2 < end]
            counted["words"] += len(keyed.document.text[start:end].split())
            counted["statements"] += len(here)
            counted["beside"] += sum(not any(pair.is_told_by(s) for pair in pairs) for s in here)
            for pair in pairs:
                if pair.optional:
                    continue
                told = [s for s in here if pair.is_told_by(s)]
                counted["pairs"] += 1
                counted["found"] += bool(told)
                counted["typed"] += any(s.relation_type in pair.types for s in told)
                counted["right"] += any(map(pair.is_stated_like, told))
                if not any(map(pair.is_stated_like, told)):
                    missed.append(_shown(keyed, pair, told))
    return counted, missed


def _names(span: tuple[int, int], identifier: str | None, start: int, end: int, actor: str, name: str) -> bool:
    """Whether a mention is the key's: half of the shorter one is shared, and it is no clause; or it means the same actor."""
    if identifier is not None and identifier.lower() in (actor.lower(), name.lower()):
        return True
    shared, length = min(span[1], end) - max(span[0], start), span[1] - span[0]
    return 2 * shared >= min(length, end - start) and end - start <= max(3 * length, _LONGEST)


def _pair(row: Mapping[str, Any], sentence: str, start: int) -> Pair:
    spans = []
    for end in ("subject", "object"):
        name = row[end]
        at = sentence.find(name, row.get(f"{end}_from", 0))
        if at < 0:
            raise ValueError(f"{name!r} is not in: {sentence}")
        spans.append((start + at, start + at + len(name)))
    stated = sentence.find(row["predicate"]) if row.get("predicate") else -1
    return _of_row(row, spans[0], spans[1], None if stated < 0 else (start + stated, start + stated + len(row["predicate"])))


def _placed(row: Mapping[str, Any]) -> Pair:
    subject, object_, predicate = (row.get(end) for end in ("subject", "object", "predicate"))
    return _of_row(row, tuple(subject), tuple(object_), tuple(predicate) if predicate else None)


def _of_row(row: Mapping[str, Any], subject: tuple[int, int], object_: tuple[int, int], predicate: tuple[int, int] | None) -> Pair:
    return Pair(
        subject, object_, row.get("subject_id"), row.get("object_id"), frozenset(row["types"]), row.get("symmetric", False),
        row.get("negated", False), row.get("modality", "asserted"), "attributed_to" in row, row.get("optional", False), predicate,
    )  # fmt: skip


def _shown(keyed: Keyed, pair: Pair, told: Sequence[Statement]) -> str:
    text = keyed.document.text
    subject, object_ = (text[slice(*span)] for span in (pair.subject, pair.object))
    got = "; ".join(f"{s.relation} [{s.relation_type}]{' not' if s.negated else ''} {s.modality}" for s in told) or "nothing"
    return f"{keyed.document.id}: {subject} → {'/'.join(sorted(pair.types))} → {object_}: {got}"


def main() -> None:
    """Score each file, print one JSON object; what was missed on standard error."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=HALVES, default="kept-apart")
    parser.add_argument("--errors", action="store_true", help="list what is missed, of the half that was looked at")
    args = parser.parse_args()
    if args.errors and not HALVES[args.half]:
        parser.error("the misses of the half that is kept apart are not shown: --half looked-at")
    figures = {}
    looked_at = HALVES[args.half]
    parts = {path.stem: list(read_keyed(path, looked_at=looked_at)) for path in sorted(FOLDER.glob("*.jsonl"))}
    if (shared := shared_folder()).is_dir():
        parts["excerpts"] = list(read_excerpts(EXCERPTS, texts_of(shared), learned_from=looked_at))
    for name, texts in parts.items():
        counted, missed = score(texts, extract_statements([keyed.document for keyed in texts]))
        shares = {name: round(counted[name] / counted["pairs"], 3) for name in ("found", "typed", "right")}
        beside = {"statements": counted["statements"], "beside_the_key": counted["beside"]}
        figures[name] = {"pairs": counted["pairs"]} | shares | beside | {"words": counted["words"]}
        if args.errors:
            print(*missed, sep="\n", file=sys.stderr)
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
