"""Beside what a quick script would do: the same Docs, the same mentions of actors, the same scorers.

    python -m venv .venv-beside && . .venv-beside/bin/activate && python -m pip install -e . textacy
    python -m benchmarks.beside                  # a table; --json for the figures

| name | what |
|---|---|
| actorgraph | our statements |
| textacy | `textacy.extract.subject_verb_object_triples` on the same parse, its labels turned into those that textacy reads; subject and object are the actors whose mentions stand in their noun phrases ("North Korea's support"), the type is that of the verb in our frame lexicon |
| pairs | every two actors of a sentence, in the order of the text; they say no relation, so only pairs are scored |

textacy is no dependency of this project, and nothing but this module needs it.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations, product
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .quality import run
from .shared import shared_folder

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from actorgraph.extract.lexicon import Lexicon
    from actorgraph.extract.mentions import Mention
    from actorgraph.extract.records import Document

Row = dict[str, Any]
Method = Callable[["Doc", "list[Mention]", "Document", "Lexicon"], Iterator[Row]]

_LABELS = {"obj": "dobj", "nsubj:pass": "nsubjpass", "csubj:pass": "csubjpass", "aux:pass": "auxpass", "iobj": "dative", "compound:prt": "prt"}
"""UD's labels and ClearNLP's, of those that textacy asks for."""


def ours(doc: Doc, mentions: list[Mention], document: Document, lexicon: Lexicon) -> Iterator[Row]:
    """Our statements."""
    from actorgraph.extract.statements import statements_of

    for statement in statements_of(doc, document, lexicon, pipeline="beside"):
        yield statement.to_dict()


def subject_verb_object(doc: Doc, mentions: list[Mention], document: Document, lexicon: Lexicon) -> Iterator[Row]:
    """What textacy reads off the tree, between actors."""
    from textacy.extract import subject_verb_object_triples

    tree = with_clear_labels(doc)
    by_token: dict[int, list[Mention]] = {}
    for mention in mentions:
        for i in range(mention.start, mention.end):
            by_token.setdefault(i, []).append(mention)
    for subject, verb, object_ in subject_verb_object_triples(tree):
        relation = " ".join(token.lemma_ for token in verb)
        head = next((token for token in verb if token.pos_ == "VERB"), verb[-1])
        frame = lexicon.frames.lookup(head.lemma_.lower(), "v")
        for one, other in product(_named(subject, doc, by_token), _named(object_, doc, by_token)):
            if one.actor.id != other.actor.id:
                yield row(doc, document, one, other, relation, str(frame.type) if frame else "OTHER")


def cooccurring(doc: Doc, mentions: list[Mention], document: Document, lexicon: Lexicon) -> Iterator[Row]:
    """Every two actors of a sentence, once."""
    for sentence in doc.sents:
        first: dict[str, Mention] = {}
        for mention in sorted(mentions, key=lambda mention: (mention.start, mention.end)):
            if sentence.start <= mention.start < sentence.end:
                first.setdefault(mention.actor.id, mention)
        for one, other in combinations(first.values(), 2):
            yield row(doc, document, one, other, "", "")


METHODS: dict[str, Method] = {"actorgraph": ours, "textacy": subject_verb_object, "pairs": cooccurring}


def with_clear_labels(doc: Doc) -> Doc:
    """A copy of the parse with ClearNLP's labels, an agent hanging on its "by" as there."""
    from spacy.tokens import Doc

    heads = [token.head.i for token in doc]
    labels = [_LABELS.get(token.dep_, token.dep_) for token in doc]
    for token in doc:
        by = next((child for child in token.children if child.dep_ == "case" and child.lower_ == "by"), None)
        passive = any(child.dep_ == "aux:pass" for child in token.head.children)
        if by is not None and (token.dep_ == "obl:agent" or (token.dep_ == "obl" and passive)):
            heads[by.i], labels[by.i] = token.head.i, "agent"
            heads[token.i], labels[token.i] = by.i, "pobj"
    spaces = [bool(token.whitespace_) for token in doc]
    lemmas, tags, parts = ([getattr(token, name) for token in doc] for name in ("lemma_", "tag_", "pos_"))
    words = [token.text for token in doc]
    return Doc(doc.vocab, words=words, spaces=spaces, heads=heads, deps=labels, lemmas=lemmas, tags=tags, pos=parts)


def _named(tokens: Iterable[Token], doc: Doc, by_token: dict[int, list[Mention]]) -> list[Mention]:
    """The mentions in the noun phrases that some words head, each once."""
    from actorgraph.extract.syntax import phrase_span

    words = {i for token in tokens for i in range(*phrase_span(doc[token.i]))}
    found = {(m.start, m.end, m.actor.id): m for i in words for m in by_token.get(i, ())}
    return [found[key] for key in sorted(found)]


def row(doc: Doc, document: Document, subject: Mention, object_: Mention, relation: str, type_: str) -> Row:
    """A triple as the scorers read it: asserted, with the offsets of the mentions and of the first one's sentence."""
    from actorgraph.extract.pipeline import source_span

    def span(start: int, end: int) -> tuple[int, int]:
        return source_span(doc, doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))

    found: Row = {"document_id": document.id, "relation": relation, "relation_type": type_}
    for role, mention in (("subject", subject), ("object", object_)):
        start, end = span(mention.start, mention.end)
        found |= {f"{role}_id": mention.actor.id, role: mention.actor.name, f"{role}_start": start, f"{role}_end": end}
    sentence = doc[subject.start].sent
    found["char_start"], found["char_end"] = span(sentence.start, sentence.end)
    return found | {"negated": False, "modality": "asserted", "attributed_to": None}


def predict(documents: Iterable[Document], methods: dict[str, Method]) -> dict[str, list[Row]]:
    """What each method finds in the same parses."""
    from actorgraph.extract import load_pipeline
    from actorgraph.extract.actors import find_mentions
    from actorgraph.extract.coreference import resolve_references
    from actorgraph.extract.lexicon import load_lexicon
    from actorgraph.extract.pipeline import parse
    from actorgraph.extract.snapshot import snapshot

    nlp, lexicon = load_pipeline(statements=False), load_lexicon()
    found: dict[str, list[Row]] = {name: [] for name in methods}
    for document in documents:
        doc = parse(nlp, document)
        words = snapshot(doc)
        mentions = resolve_references(words, find_mentions(words, document, lexicon.gazetteer), document.id)
        for name, method in methods.items():
            found[name] += method(doc, list(mentions), document, lexicon)
    return found


def measure(shared: Path, methods: dict[str, Method]) -> dict[str, dict[str, float]]:
    """The figures of each method: pairs and triples of the articles; found, typed and triples per 100 words of the dyads."""
    from actorgraph.extract import read_documents

    score, gold = shared / "score", shared / "gold"
    figures: dict[str, dict[str, float]] = {name: {} for name in methods}
    articles = [str(path) for path in sorted(gold.glob("seed-*.jsonl"))]
    with tempfile.TemporaryDirectory() as folder:
        for set_ in ("seeds", "re3d", "plover-gsr"):
            texts = shared / "seeds" if set_ == "seeds" else Path(folder) / set_
            dyads = str(gold / f"{set_}.jsonl")
            if set_ != "seeds":
                run_texts(score, dyads, texts)
            for name, rows in predict(read_documents([texts]), methods).items():
                out = Path(folder) / "predicted.jsonl"
                out.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf8")
                if set_ == "seeds":
                    result = run([str(score / "score_triples.py"), *articles, "--predicted", str(out)])
                    for level in ("pairs", "triples") if name != "pairs" else ("pairs",):
                        figures[name] |= {f"{level}_{key}": result[level][key] for key in ("precision", "recall", "f1")}
                else:
                    result = run([str(score / "score_dyads.py"), dyads, "--predicted", str(out)])
                    keys = {"found": "found", "typed": "typed", "per_100_words": "triples per 100 words"}
                    figures[name] |= {f"{set_.partition('-')[0]}_{key}": result[key_] for key, key_ in keys.items() if name != "pairs" or key != "typed"}
    return {name: {key: round(value, 3) for key, value in found.items()} for name, found in figures.items()}


def run_texts(score: Path, gold: str, texts: Path) -> None:
    """Let the scorer write the documents of a set."""
    subprocess.run([sys.executable, str(score / "score_dyads.py"), gold, "--texts", str(texts)], check=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    args = parser.parse_args()
    shared = shared_folder()
    if not shared.is_dir():
        sys.exit(f"{shared} is not there: name the folder of the development sets in ACTORGRAPH_SHARED")
    figures = measure(shared, METHODS)
    if args.json:
        print(json.dumps(figures, indent=1))
        return
    names = list(figures["actorgraph"])
    print(f"{'':24}" + "".join(f"{method:>12}" for method in figures))
    for name in names:
        print(f"{name:24}" + "".join(f"{found[name]:12.3f}" if name in found else f"{'–':>12}" for found in figures.values()))


if __name__ == "__main__":
    main()
