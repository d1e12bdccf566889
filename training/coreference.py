"""Trains the ranker of antecedents on a model's output: `python -m training.coreference [MODEL] [--data FOLDER]`.

To be run again whenever the encoder's weights are new: the ranker is trained on the trees, names and actors that the model
finds. Takes a few minutes and no torch. Writes coreference.npz into the model's folder and prints, for gum-dev, precision and
recall of the links that it is sure of, by the least sureness that is asked for.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from actorgraph.extract.actors import find_mentions
from actorgraph.extract.antecedents import FILE, Link, Ranker
from actorgraph.extract.discourse import NAME, Discourse
from actorgraph.extract.english.nouns import NounKinds
from actorgraph.extract.english.wordpieces import load_pieces
from actorgraph.extract.lexicon import Lexicon, load_lexicon
from actorgraph.extract.mentions import Mention
from actorgraph.extract.records import Document
from actorgraph.extract.snapshot import snapshot

from .data import default_data, read_lines
from .evaluate import add_model_argument, load_model_folder
from .nouns import KINDS, OTHER, learn_nouns
from .ranking import Example, train_networks

PARTS = {"train": "gum-commercial-train", "dev": "gum-dev", "test": "gum-test"}
"""The trees that belong to the parts of coref/."""
_DETERMINERS = frozenset({"the", "this", "that", "these", "those"})
_NETWORKS = 3
_HE, _SHE = frozenset({"he", "him", "his", "himself"}), frozenset({"she", "her", "hers", "herself"})
_SURENESS = (0.1, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6)


@dataclass(frozen=True, slots=True)
class Text:
    """A document with its gold mentions, counted in tokens of the document: (head, start, end, kind, cluster)."""

    words: list[str]
    spaces: list[bool]
    upos: list[str]
    heads: list[int]  # -1 for a root
    mentions: list[tuple[int, int, int, str, str]]

    def head(self, start: int, end: int) -> int:
        """The highest word of a span."""
        return next((i for i in range(start, end) if not start <= self.heads[i] < end), start)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document as the model reads it: `doc` on the gold tokens, `mentions` of actors."""

    text: Text
    doc: Doc
    mentions: list[Mention]


def read_texts(data: Path, part: str) -> list[Text]:
    """The documents of a part: "train", "dev", "test"."""
    trees, clusters = read_lines(data / "ud" / f"{PARTS[part]}.jsonl.gz"), read_lines(data / "coref" / f"gum-{part}.jsonl.gz")
    return [_text(tree, gold) for tree, gold in zip(trees, clusters, strict=True)]


def _text(tree: dict[str, Any], gold: dict[str, Any]) -> Text:
    text, starts = Text([], [], [], [], []), []
    for sentence in tree["sentences"]:
        starts.append(offset := len(text.words))
        text.heads.extend(offset + head - 1 if head else -1 for head in sentence["heads"])
        text.words.extend(sentence["words"])
        text.spaces.extend(sentence["spaces"])
        text.upos.extend(sentence["upos"])
    for number, start, end, kind, cluster, *_ in gold["mentions"]:
        start, end = start + starts[number], end + starts[number]
        text.mentions.append((text.head(start, end), start, end, kind, cluster))
    return text


def parse_texts(texts: Iterable[Text], nlp: Language, lexicon: Lexicon) -> list[Parsed]:
    """Read the documents with a pipeline and find their actors."""
    parsed = []
    for text in texts:
        doc = snapshot(nlp(Doc(nlp.vocab, words=text.words, spaces=text.spaces)))
        parsed.append(Parsed(text, doc, find_mentions(doc, Document("text", doc.text), lexicon.gazetteer)))
    return parsed


def noun_examples(texts: Iterable[Text]) -> tuple[list[tuple[str, int]], list[tuple[str, bool]]]:
    """Common nouns with their kind; heads of people with whether "she" takes them up."""
    nouns: list[tuple[str, int]] = []
    people: list[tuple[str, bool]] = []
    for text in texts:
        clusters: dict[str, list[int]] = defaultdict(list)
        for head, _, _, kind, cluster in text.mentions:
            if text.upos[head] == "NOUN":
                nouns.append((text.words[head], KINDS.get(kind, OTHER)))
            if kind == "person":
                clusters[cluster].append(head)
        for heads in clusters.values():
            words = {text.words[head].lower() for head in heads}
            if words.isdisjoint(_HE) != words.isdisjoint(_SHE):
                called = {text.words[head].lower() for head in heads if text.upos[head] in ("PROPN", "NOUN")}
                people += [(word, not words.isdisjoint(_SHE)) for word in sorted(called)]
    return nouns, people


def ranking_examples(parsed: Parsed, nouns: NounKinds) -> list[Example]:
    """The anaphors of a document with their candidates, the earlier ones resolved as the annotators did."""
    discourse = Discourse(parsed.doc, parsed.mentions, nouns)
    gold = _gold_clusters(parsed.text, discourse)
    anaphors, keys, found = set(discourse.anaphors), dict[str, str](), []
    for i, row in enumerate(discourse.rows):
        cluster = gold[i]
        key = row.key or str(discourse.pronoun[i])
        if i in anaphors:
            candidates = discourse.candidates(i)
            if len(candidates):
                right = np.array([cluster is not None and gold[k] == cluster for k in candidates.tolist()])
                found.append(Example(discourse.anaphor(i), discourse.pairs(i, candidates), right))
            key = f"anaphor {i}" if cluster is None else keys.get(cluster, f"anaphor {i}")
            if cluster is not None:
                keys.setdefault(cluster, key)
        elif cluster is not None and row.key:
            keys[cluster] = key
        discourse.enter(i, key)
    return found


def _gold_clusters(text: Text, discourse: Discourse) -> list[str | None]:
    """The cluster of each mention: that of the shortest gold mention with its head, or with one of its words as head."""
    shortest: dict[int, tuple[int, str]] = {}
    for head, start, end, _, cluster in text.mentions:
        shortest[head] = min(shortest.get(head, (end - start, cluster)), (end - start, cluster), key=lambda pair: pair[0])
    found: list[str | None] = []
    for row in discourse.rows:
        heads = [row.head, *range(row.start, row.end)]
        found.append(next((shortest[i][1] for i in heads if i in shortest), None))
    return found


def count_links(parsed: Parsed, links: Sequence[Link], discourse: Discourse, sureness: float) -> Counter[str]:
    """ "gold", "predicted" and "true" links of pronouns and definite nouns to a named person, organisation or place.

    As in the project's measure: a link counts where the first name of the predicted cluster is a mention of the gold one.
    """
    text, counts = parsed.text, Counter[str]()
    named: dict[int, set[str]] = defaultdict(set)
    targets: dict[int, set[str]] = {}
    for head, start, _, kind, cluster in text.mentions:
        if text.upos[head] == "PROPN":
            named[head].add(cluster)
        if kind in KINDS:
            wanted = text.upos[head] == "PRON" or (text.upos[head] == "NOUN" and text.words[start].lower() in _DETERMINERS)
            targets.setdefault(head, set()).update({cluster} if wanted else ())
    clusters = set().union(*named.values())
    counts["gold"] = sum(bool(found & clusters) for found in targets.values())
    names: dict[str, list[int]] = defaultdict(list)
    for row in discourse.rows:
        if row.type == NAME or (row.kind is not None):
            names[row.key].append(text.head(row.start, row.end))
    for link in links:
        first = next((head for head in names.get(link.entity, ()) if text.upos[head] == "PROPN"), None)
        definite = text.upos[link.head] == "NOUN" and text.words[link.start].lower() in _DETERMINERS
        if link.sureness < sureness or first is None or link.head not in targets or not (text.upos[link.head] == "PRON" or definite):
            continue
        counts["predicted"] += 1
        counts["true"] += bool(targets[link.head] & named[first])
    return counts


def train(model: Path, data: Path, seed: int) -> Ranker:
    """Train on gum-train as the model of a folder reads it, and write the ranker into that folder."""
    pieces = load_pieces(model / "vocabulary.txt")
    with np.load(model / "embeddings.npz") as tables:
        vectors = tables["pieces"].astype(np.float64) * tables["scales"].astype(np.float64)
    texts = read_texts(data, "train")
    table, scale = learn_nouns(*noun_examples(texts), vectors, pieces, seed)
    nouns = NounKinds(pieces, table, scale)
    parsed = parse_texts(texts, load_model_folder(model), load_lexicon())
    examples = [example for one in parsed for example in ranking_examples(one, nouns)]
    weights = train_networks(examples, _NETWORKS, seed)
    np.savez_compressed(model / FILE, nouns=table, nouns_scale=np.float32(scale), **{k: v.astype(np.float16) for k, v in weights.items()})
    print(
        json.dumps({"documents": len(texts), "anaphors": len(examples), "with_antecedent": sum(bool(e.right.any()) for e in examples)}),
        flush=True,
    )
    return Ranker({k: v.astype(np.float16).astype(np.float32) for k, v in weights.items()}, nouns)


def figures(parsed: Sequence[Parsed], ranker: Ranker) -> list[dict[str, float]]:
    """Precision and recall of the links by the least sureness."""
    found = [(one, *ranker.links(one.doc, one.mentions)) for one in parsed]
    lines = []
    for sureness in _SURENESS:
        counts = sum((count_links(one, links, discourse, sureness) for one, links, discourse in found), Counter[str]())
        precision, recall = (counts["true"] / max(1, counts[name]) for name in ("predicted", "gold"))
        lines.append({"sureness": sureness, "precision": round(precision, 3), "recall": round(recall, 3)})
    return lines


def main(arguments: list[str] | None = None) -> None:
    """Train, then score."""
    parser = argparse.ArgumentParser(prog="python -m training.coreference", description="Trains the ranker of antecedents.")
    add_model_argument(parser)
    parser.add_argument("--data", type=Path, default=default_data(), help="the folder with ud/ and coref/ (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    ranker = train(options.model, options.data, options.seed)
    for line in figures(parse_texts(read_texts(options.data, "dev"), load_model_folder(options.model), load_lexicon()), ranker):
        print(json.dumps(line))


if __name__ == "__main__":
    main()
