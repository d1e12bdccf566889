"""The spaCy component that annotates a tokenised Doc with all that the model says of it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy import attrs
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from .clauses import part_clauses
from .entities import Span, best_tags, spans_of, tidy
from .happening import load_happening
from .lemmas import load_lemmatizer
from .model import MAX_PIECES, Array, EnglishModel, Indices, WindowScores, load_model
from .predicates import FACTUALITY, PREDICATES, choose_roles, keep_role_scores
from .priors import load_priors
from .role_priors import Tree, load_role_priors
from .trees import best_tree
from .windows import Window, windows_of

FACTORY = "actorgraph_english"
_ASSIGNED = [
    "token.pos",
    "token.tag",
    "token.morph",
    "token.lemma",
    "token.dep",
    "token.head",
    "doc.ents",
    "doc._.predicates",
    "token._.factuality",
]
_ATTRIBUTES = [attrs.TAG, attrs.POS, attrs.MORPH, attrs.LEMMA, attrs.DEP, attrs.HEAD, attrs.ENT_IOB, attrs.ENT_TYPE]
_TAG, _POS, _MORPH, _LEMMA, _DEP, _HEAD, _ENT_IOB, _ENT_TYPE = range(len(_ATTRIBUTES))
_OUTSIDE, _BEGIN, _INSIDE = 2, 3, 1  # spaCy's codes of ENT_IOB
_FULL_STOP = 2.0  # what a full stop before a capital adds to the logit of a sentence start; best on UD_English-EWT and -GUM, dev
MAX_FACTUALITY = 3.0


class EnglishAnnotator:
    """Tags, morphology, lemmas, sentences, UD parse, entities, predicates with roles, factuality.

    The result of a document depends on nothing but its tokens.
    """

    def __init__(self, vocab: Vocab, folder: Path) -> None:
        self.model: EnglishModel = load_model(folder)
        self.priors = load_priors(folder)
        self.role_priors = load_role_priors(folder, self.model.labels.roles)
        self.happening = load_happening(folder)
        strings = vocab.strings
        labels = self.model.labels
        self._lemma = load_lemmatizer()
        self._upos = np.array([strings.add(x) for x in labels.upos], np.uint64)
        self._xpos = np.array([strings.add(x) for x in labels.xpos], np.uint64)
        self._feats = np.array([vocab.morphology.add(x) for x in labels.feats], np.uint64)
        self._relations = np.array([strings.add("ROOT" if x == "root" else x) for x in labels.relations], np.uint64)
        self._proper = labels.upos.index("PROPN")
        self._root = labels.relations.index("root")
        self._space = tuple(strings.add(x) for x in ("_SP", "SPACE", "dep"))

    def __call__(self, doc: Doc) -> Doc:
        """Annotate `doc` in place; tokens and their spaces are taken as they are."""
        tokens = [(token.text, token.idx, not token.whitespace_) for token in doc]
        words = [text for text, _, _ in tokens]
        sizes = [len(self.model.pieces(word)[0]) for word in words]
        windows = windows_of(words, [offset for _, offset, _ in tokens], doc.text, sizes, MAX_PIECES)
        reading = _Reading(self, doc, words, [joined for _, _, joined in tokens])
        for window in windows:
            reading.read(window, self.model.score([words[i] for i in window.tokens]))
        reading.write()
        return doc

    def to_disk(self, path: Path, *, exclude: Sequence[str] = ()) -> None:
        """Nothing to write: the model's files stay where they are."""

    def from_disk(self, path: Path, *, exclude: Sequence[str] = ()) -> EnglishAnnotator:
        """Nothing to read."""
        return self

    def to_bytes(self, *, exclude: Sequence[str] = ()) -> bytes:
        """Nothing to write: the model's files stay where they are."""
        return b""

    def from_bytes(self, data: bytes, *, exclude: Sequence[str] = ()) -> EnglishAnnotator:
        """Nothing to read."""
        return self


class _Reading:
    """One document on its way from scores to annotation."""

    def __init__(self, annotator: EnglishAnnotator, doc: Doc, words: list[str], joined: list[bool]) -> None:
        n, width = len(doc), annotator.model.role_width
        self.annotator, self.model, self.doc = annotator, annotator.model, doc
        self.words, self.joined = words, joined
        self.table = np.zeros((n, len(_ATTRIBUTES)), np.uint64)
        self.heads = np.zeros(n, np.int64)  # relative to the token
        self.spans: list[Span] = []
        self.predicates: list[list[Any]] = []
        self.factuality = np.full(n, np.nan, np.float32)
        self.logits = np.full(n, -10.0, np.float32)
        self.role_predicates, self.role_arguments = (np.zeros((n, width), np.float16) for _ in range(2))

    def read(self, window: Window, scores: WindowScores) -> None:
        """Take in the scores of a window."""
        a, table, tokens = self.annotator, self.table, np.array(window.tokens)
        starts = (scores.starts + _FULL_STOP * np.array(window.likely) > 0) | np.array(window.starts)
        upos, xpos = scores.upos.argmax(1), scores.xpos.argmax(1)
        table[tokens, _POS], table[tokens, _TAG] = a._upos[upos], a._xpos[xpos]
        table[tokens, _MORPH] = a._feats[scores.feats.argmax(1)]
        parts = [self.model.labels.upos[k] for k in upos.tolist()]
        lemmas = self._lemmas(window, parts, xpos.tolist(), scores.lemmas.argmax(1).tolist())
        table[tokens, _LEMMA] = [self.doc.vocab.strings.add(lemma) for lemma in lemmas]
        tags = [self.model.labels.xpos[k] for k in xpos.tolist()]
        tree = Tree(*self._arcs(tokens, scores, starts, tags), parts, lemmas)
        self._entities(window, scores, upos == a._proper, starts)
        self._roles(tokens, scores, starts, a.priors(parts, lemmas, scores.predicates) if a.priors else scores.predicates, tree)

    def _lemmas(self, window: Window, upos: list[str], xpos: list[int], scripts: list[int]) -> list[str]:
        labels, lemma = self.model.labels, self.annotator._lemma
        best = zip(window.tokens, upos, xpos, scripts, strict=True)
        return [lemma(self.words[i], u, labels.xpos[x], labels.lemmas[k]) for i, u, x, k in best]

    def _arcs(self, tokens: Indices, scores: WindowScores, starts: npt.NDArray[np.bool_], tags: list[str]) -> tuple[list[int], list[str]]:
        """Set heads and relations; give them by words of the window, a root as its own head."""
        heads = _heads(scores.arcs, starts)  # 1-based within the window, 0 for a root
        labels = self.model.relations(scores.dependents, scores.governors[heads])
        labels[:, self.annotator._root] = np.where(heads == 0, np.inf, -np.inf)
        best = labels.argmax(1)
        names = self.model.labels.relations
        above, relations = np.where(heads == 0, np.arange(len(heads)), heads - 1).tolist(), [names[k] for k in best.tolist()]
        for word in part_clauses([self.words[i] for i in tokens], tags, above, relations):
            best[word] = names.index(relations[word])
        self.heads[tokens] = tokens[above] - tokens
        self.table[tokens, _DEP] = self.annotator._relations[best]
        return above, relations

    def _entities(self, window: Window, scores: WindowScores, proper: npt.NDArray[np.bool_], starts: npt.NDArray[np.bool_]) -> None:
        spans = list(spans_of(best_tags(scores.entities, self.model.labels.entities, starts)))
        words, joined = [self.words[i] for i in window.tokens], [self.joined[i] for i in window.tokens]
        for start, end, kind in tidy(spans, words, joined, proper.tolist()):
            self.spans.append((window.tokens[start], window.tokens[end - 1] + 1, kind))

    def _roles(self, tokens: Indices, scores: WindowScores, starts: npt.NDArray[np.bool_], logits: Array, tree: Tree) -> None:
        self.logits[tokens] = logits
        self.role_predicates[tokens], self.role_arguments[tokens] = scores.role_predicates, scores.role_arguments
        found = np.nonzero(logits > 0)[0]
        if not len(found):
            return
        self.factuality[tokens[found]] = scores.factuality[found].clip(-MAX_FACTUALITY, MAX_FACTUALITY)
        sentence = np.cumsum(starts)
        # From the halves that are kept, so that `roles_of` gives the same.
        by_word = self.model.roles(self.role_predicates[tokens[found]], self.role_arguments[tokens])
        if self.annotator.role_priors is not None:
            by_word = self.annotator.role_priors(by_word, found, tree)
        roles = choose_roles(by_word, self.model.labels.roles, found, sentence == sentence[found, None])
        certainty = 1 / (1 + np.exp(-logits[found]))
        for i, score, chosen in zip(tokens[found].tolist(), certainty.tolist(), roles, strict=True):
            self.predicates.append([i, score, [[label, int(tokens[k]), p] for label, k, p in chosen]])

    def _spaces(self) -> None:
        """White space hangs on the word before it, or on the first word."""
        tag, pos, dep = self.annotator._space
        before = next((i for i, word in enumerate(self.words) if not word.isspace()), None)
        for i, word in enumerate(self.words):
            if word.isspace():
                self.table[i, [_TAG, _POS, _DEP, _LEMMA]] = tag, pos, dep, self.doc[i].orth
                self.heads[i] = 0 if before is None else before - i
            else:
                before = i

    def write(self) -> None:
        """Set everything on the Doc."""
        self._spaces()
        table, doc = self.table, self.doc
        doc.user_data[PREDICATES] = self.predicates
        doc.user_data[FACTUALITY] = self.factuality
        keep_role_scores(doc, self.model, self.logits, self.role_predicates, self.role_arguments)
        if not len(doc):
            return  # spaCy takes no empty array
        table[:, _HEAD] = self.heads.astype(np.uint64)
        table[:, _ENT_IOB] = _OUTSIDE
        for start, end, kind in self.spans:
            table[start:end, _ENT_IOB] = _INSIDE
            table[start, _ENT_IOB] = _BEGIN
            table[start:end, _ENT_TYPE] = doc.vocab.strings.add(kind)
        doc.from_array(_ATTRIBUTES, table)  # type: ignore[arg-type]
        if self.annotator.happening is not None:
            doc.user_data[FACTUALITY] = self.annotator.happening(doc, self.factuality)


def _heads(arcs: Array, starts: npt.NDArray[np.bool_]) -> Indices:
    """Heads of the words of a window, a tree for each sentence; 1-based within the window, 0 for a root."""
    heads = np.zeros(len(starts), np.int64)
    borders = [*np.nonzero(starts)[0], len(starts)]
    for start, end in pairwise(borders):
        within = np.concatenate([arcs[start:end, :1], arcs[start:end, start + 1 : end + 1]], 1)
        tree = best_tree(within)
        heads[start:end] = np.where(tree == 0, 0, tree + start)
    return heads


@Language.factory(FACTORY, default_config={"folder": ""}, assigns=_ASSIGNED)
def make_english(nlp: Language, name: str, folder: str) -> EnglishAnnotator:
    """The spaCy factory of the annotator; `folder` holds the model."""
    return EnglishAnnotator(nlp.vocab, Path(folder))
