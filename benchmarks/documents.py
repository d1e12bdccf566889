"""The documents of the sets in ../shared: those that rules were developed on, and excerpts of news that nobody looked at meanwhile.

What is not looked at is listed by name in unseen_documents.txt: articles of the question sets (Wikinews and Wikipedia), weblogs and newsgroups of EWT,
and news, interviews, courts, lives and travel of GUM. They trained the parser and the roles; no rule or lexicon was made with them in
view. An article whose text a developer has read is struck off the list.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .shared import ROOT

if TYPE_CHECKING:
    from actorgraph.extract.records import Document

UNSEEN = ROOT / "benchmarks" / "unseen_documents.txt"
_BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "``": '"', "''": '"'}
_TREEBANKS = ("ewt-train", "ewt-dev", "gum-commercial-train")


def development_documents(shared: Path) -> list[Document]:
    """Every document of the development sets: the articles, and the texts of re3d and PLOVER, each once, sorted by id."""
    from actorgraph.extract import Document, read_documents

    found = {document.id: document for document in read_documents([shared / "seeds"])}
    for name in ("re3d", "plover-gsr"):
        for line in (shared / "gold" / f"{name}.jsonl").read_text("utf8").splitlines():
            row = json.loads(line)
            found[row["doc"]] = Document(id=row["doc"], text=row["text"].replace("\r\n", "\n"))
    return [found[id_] for id_ in sorted(found)]


def unseen_documents(shared: Path) -> list[Document]:
    """Every document of unseen_documents.txt, in its order.

    Raises KeyError for a name that the sets do not have.
    """
    from actorgraph.extract import Document

    texts = texts_of(shared)
    return [Document(id=name, text=texts[name]) for name in UNSEEN.read_text("utf8").split()]


def texts_of(shared: Path) -> dict[str, str]:
    """The text of every document of treebanks and question sets, by its name."""
    return dict(_treebanks(shared / "english" / "ud")) | dict(_articles(shared / "english" / "srl"))


def _treebanks(folder: Path) -> Iterator[tuple[str, str]]:
    for name in _TREEBANKS:
        for row in _rows(folder / f"{name}.jsonl.gz"):
            sentences = ("".join(word + " " * space for word, space in zip(s["words"], s["spaces"], strict=True)) for s in row["sentences"])
            yield row["id"], " ".join(sentence.strip() for sentence in sentences)


def _articles(folder: Path) -> Iterator[tuple[str, str]]:
    """The articles of the question sets: what there is of their sentences, in order, a paragraph a line."""
    articles: dict[str, dict[int, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
    for name in ("qa-train", "qa-dev"):
        for row in _rows(folder / f"{name}.jsonl.gz"):
            _, source, article, paragraph, sentence = row["id"].split(":")
            articles[f"{source}-{article}"][int(paragraph)][int(sentence)] = joined(row["words"])
    for name, paragraphs in articles.items():
        yield name, "\n\n".join(" ".join(text for _, text in sorted(paragraphs[n].items())) for n in sorted(paragraphs))


def joined(words: list[str]) -> str:
    """Return the sentence whose words these are, spaced as it is written.

    >>> joined(["``", "It", "'s", "ours", ",", "''", "he", "said", "-LRB-", "twice", "-RRB-", "."])
    '"It\\'s ours," he said (twice).'
    """
    text = " ".join(_BRACKETS.get(word, word) for word in words)
    text = re.sub(r" (n't|'(?:s|re|ve|d|ll|m)?)(?!\w)", r"\1", re.sub(r"([(\[$£€]) | ([,.;:?!%)\]])", r"\1\2", text))
    return re.sub(r'" ?([^"]*?) ?"', r'"\1"', text)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf8") as lines:
        yield from map(json.loads, lines)
