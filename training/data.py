"""The training and test sets, read into one kind of sentence whatever they are annotated with.

Sources, their licences and their formats are described in README.md beside this file. Where a source says nothing of a
layer (a tree, entities, roles), that layer is None and adds nothing to the loss.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

KEPT_ENTITIES = frozenset({"PER", "ORG", "LOC", "NORP"})
AUXILIARY_ROLESETS = frozenset({"be.03", "do.01", "have.01", "get.03"})
_SILVER_WEIGHT = 0.5  # of the crowd's answers on sentences that no expert checked


@dataclass(frozen=True, slots=True)
class Tree:
    """A UD tree with tags and lemmas; heads are 1-based within the sentence, 0 is the root."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    feats: tuple[str, ...]
    lemmas: tuple[str, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """A predicate and its roles by the head word of each argument: word index -> role."""

    predicate: int
    roles: Mapping[int, str]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words and the layers that a source gives; indices are 0-based.

    `is_predicate` says of words whether they are one (words that it leaves out are not known), `frames` has the roles,
    `factuality` a value from −3 to 3 of some predicates.
    """

    words: tuple[str, ...]
    tree: Tree | None = None
    entities: tuple[str, ...] | None = None
    frames: tuple[Frame, ...] | None = None
    is_predicate: Mapping[int, bool] = field(default_factory=dict)
    factuality: Mapping[int, float] = field(default_factory=dict)


Document: TypeAlias = Sequence[Sentence]


def default_data() -> Path:
    """The data folder: english/ in ACTORGRAPH_SHARED, or in ../shared beside the checkout."""
    shared = os.environ.get("ACTORGRAPH_SHARED")
    return (Path(shared) if shared else Path(__file__).parents[2] / "shared") / "english"


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a .jsonl.gz file."""
    with gzip.open(path, "rt", encoding="utf8") as lines:
        for line in lines:
            yield json.loads(line)


def read_treebank(data: Path, name: str, *, entities: bool = True) -> list[Document]:
    """A UD treebank, ud/NAME.jsonl.gz, joined with srl/NAME.jsonl.gz where there is one."""
    propbank = data / "srl" / f"{name}.jsonl.gz"
    roles: Iterator[dict[str, Any]] | None = read_lines(propbank) if propbank.exists() else None
    documents: list[Document] = []
    for record in read_lines(data / "ud" / f"{name}.jsonl.gz"):
        annotated = next(roles)["sentences"] if roles else [None] * len(record["sentences"])
        documents.append([_treebank_sentence(s, r, entities) for s, r in zip(record["sentences"], annotated, strict=True)])
    return documents


def _treebank_sentence(record: dict[str, Any], annotated: dict[str, Any] | None, entities: bool) -> Sentence:
    tree = Tree(*(tuple(record[layer]) for layer in ("upos", "xpos", "feats", "lemmas", "heads", "deps")))
    words = tuple(record["words"])
    tags = kept_entities(record["ner"]) if entities and record["ner"] else None
    if annotated is None:
        return Sentence(words, tree, tags)
    predicates = [p for p in annotated["predicates"] if p["roleset"] not in AUXILIARY_ROLESETS]
    return Sentence(
        words,
        tree,
        tags,
        tuple(Frame(p["i"], _propbank_roles(p, tree)) for p in predicates),
        dict.fromkeys(range(len(words)), False) | {p["i"]: True for p in predicates},
        {int(i): value for i, value in annotated["factuality"].items()},
    )


def _propbank_roles(predicate: dict[str, Any], tree: Tree) -> dict[int, str]:
    roles: dict[int, str] = {}
    for start, end, label in predicate["args"]:
        role = role_of(label)
        head = span_head(start, end, tree.heads, tree.upos)
        if role and head is not None and head != predicate["i"]:
            roles.setdefault(head, role)
    return roles


def role_of(label: str) -> str | None:
    """Our name of a PropBank argument label; None for relative pronouns (R-), continuations (C-) and what we leave out.

    >>> role_of("ARG1-PRP"), role_of("ARGM-TMP"), role_of("R-ARG0")
    ('A1', 'TMP', None)
    """
    from .labels import ROLES

    if label[:3] == "ARG" and label[3:4].isdigit():
        role = f"A{label[3]}"
    elif label.startswith("ARGM-"):
        role = label[5:]
    else:
        return None
    return role if role in ROLES else None


def span_head(start: int, end: int, heads: Sequence[int], upos: Sequence[str], light: Sequence[str] = ("PUNCT",)) -> int | None:
    """The first word of a span whose head lies outside of it, content before what is `light`; heads are 1-based, 0 the root."""
    end = min(end, len(heads))
    tops = [i for i in range(start, end) if not start <= heads[i] - 1 < end]
    return next((i for i in tops if upos[i] not in light), tops[0] if tops else None)


def kept_entities(tags: Sequence[str]) -> tuple[str, ...]:
    """BIO tags with the kinds that we predict; others become O."""
    return tuple(tag if tag[2:] in KEPT_ENTITIES else "O" for tag in tags)


def read_entities(data: Path, name: str, sentences_together: int = 3) -> list[Document]:
    """Sentences with entities alone, ner/NAME.jsonl.gz, grouped as they follow each other."""
    sentences = [
        Sentence(tuple(r["words"]), entities=kept_entities(r["ner"])) for r in read_lines(data / "ner" / f"{name}.jsonl.gz") if r["words"]
    ]
    return [sentences[i : i + sentences_together] for i in range(0, len(sentences), sentences_together)]


def read_questions(data: Path, part: str) -> list[Document]:
    """QANom and the QA-SRL gold standard, srl/qa-PART.jsonl.gz: one sentence a document, roles from questions and answers.

    Heads of spans come from predicted trees. Of the training part, the roles count half.
    """
    weight = _SILVER_WEIGHT if part == "train" else 1.0
    return [[_question_sentence(record, weight)] for record in read_lines(data / "srl" / f"qa-{part}.jsonl.gz")]


def _question_sentence(record: dict[str, Any], weight: float) -> Sentence:
    frames = [Frame(p["i"], _question_roles(p, record), weight) for p in record["predicates"] if p["event"]]
    words = tuple('"' if word in ("``", "''") else word for word in record["words"])
    return Sentence(words, frames=tuple(frames), is_predicate={p["i"]: bool(p["event"]) for p in record["predicates"]})


def _question_roles(predicate: dict[str, Any], record: dict[str, Any]) -> dict[int, str]:
    from .labels import ROLES

    roles: dict[int, str] = {}
    for label, spans, _question in predicate["args"]:
        role = "A2" if label.islower() else label  # a bare preposition: "Who did someone give something to?"
        if role not in ROLES:
            continue
        for start, end in spans:
            head = span_head(start, end, record["heads"], record["upos"], ("PUNCT", "ADP"))
            if head is not None and head != predicate["i"]:
                roles.setdefault(head, role)
    return roles
