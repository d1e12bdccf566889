"""A parsed Doc as plain Python objects, for rules that ask the same of its words many times over.

spaCy makes a Token anew at each access, decodes its strings each time, looks for its dependents from one end of the phrase
to the other and for its sentence through the text. Here all that is read once a document, and a question costs an attribute.
Names and meanings are spaCy's, and what is not kept here is asked of spaCy's own objects, so that a rule may be given either.
The Doc must not change while its snapshot is in use.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache, wraps
from itertools import repeat
from typing import TYPE_CHECKING, Any, TypeVar, cast, overload

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

T = TypeVar("T")

_NAMES: list[int | str] = ["ORTH", "LOWER", "LEMMA", "POS", "TAG", "DEP", "ENT_TYPE"]
_FIGURES: list[int | str] = ["IDX", "IS_PUNCT", "IS_SPACE", "SPACY", "HEAD"]
"""What is kept of a word, in spaCy's names of attributes: strings and numbers; the head is the step to it."""


def snapshot(doc: Doc) -> Doc:
    """What stands in for the Doc while it is read."""
    return cast("Doc", Words(doc))


@contextmanager
def uncollected() -> Iterator[None]:
    """Hold Python's cyclic garbage collection off while a document is read.

    The words of a snapshot point to each other. Collected in the middle of a document they would be looked through again and again,
    and outlive it among what is old, which is looked through with all the lexicons; behind it they all go at once.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def once_a_word(function: Callable[[Token], T]) -> Callable[[Token], T]:
    """Let a function of one word answer once for each word of a snapshot, for rules that several statements ask of one predicate.

    It must depend on nothing but the Doc, and what it returns is shared and must not be changed. Of spaCy's tokens it answers anew.
    """

    @wraps(function)
    def answer(token: Token) -> T:
        doc: Any = token.doc
        try:
            known: dict[int, T] = doc.known[function]
        except AttributeError:
            return function(token)
        i = token.i
        if i not in known:
            known[i] = function(token)
        return known[i]

    return answer


def once_a_document(function: Callable[[Doc], T]) -> Callable[[Doc], T]:
    """Let a function of a whole Doc answer once for each snapshot, on the same terms as `once_a_word`."""

    @wraps(function)
    def answer(doc: Doc) -> T:
        whole: Any = doc
        if not isinstance(whole, Words):
            return function(doc)
        known = whole.known[function]
        if -1 not in known:  # no word's place
            known[-1] = function(doc)
        found: T = known[-1]
        return found

    return answer


@once_a_document
def words_by_text(doc: Doc) -> Mapping[str, Sequence[Token]]:
    """The words of a Doc by their text, each list in the order of the text."""
    found: defaultdict[str, list[Token]] = defaultdict(list)
    for word in doc:
        found[word.text].append(word)
    return dict(found)


@lru_cache(maxsize=256)  # asked many times for every word, of some sixty labels
def label_forms(dep: str) -> tuple[str, str]:
    """A label in lower case, with and without its subtype."""
    return dep.lower(), dep.lower().partition(":")[0]


class Word:
    """A token. Equal to itself alone: there is one for each token of a snapshot."""

    __slots__ = (
        "children", "dep_", "doc", "ent_type_", "head", "i", "idx", "is_punct", "is_space", "labelled", "lemma_", "lower_", "pos_", "sent",
        "tag_", "text",
    )  # fmt: skip

    children: Sequence[Word]
    labelled: Sequence[tuple[str, str, Word]]
    """The children, each after the two forms of its label."""
    doc: Words
    head: Word
    sent: Stretch

    def __init__(
        self, doc: Words, i: int, idx: int, punct: int, space: int, text: str, lower: str, lemma: str, pos: str, tag: str, dep: str, entity: str
    ) -> None:
        self.doc, self.i, self.idx = doc, i, idx
        self.is_punct, self.is_space = punct == 1, space == 1
        self.text, self.lower_, self.lemma_, self.pos_, self.tag_, self.dep_, self.ent_type_ = text, lower, lemma, pos, tag, dep, entity
        self.children = self.labelled = ()

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return self.text

    def __getattr__(self, name: str) -> Any:
        if name in Word.__slots__ or name.startswith("__"):
            raise AttributeError(name)
        return getattr(self.doc.original[self.i], name)

    @property
    def morph(self) -> Mapping[str, list[str]]:
        """The morphological features by name."""
        return _features(str(self.doc.original[self.i].morph))

    @property
    def left_edge(self) -> Word:
        """The first word of the phrase."""
        return self.doc.words[self.doc.original[self.i].left_edge.i]

    @property
    def right_edge(self) -> Word:
        """The last word of the phrase."""
        return self.doc.words[self.doc.original[self.i].right_edge.i]

    def nbor(self, i: int = 1) -> Word:
        """The word so many places on; raises IndexError where there is none."""
        if self.i + i < 0:
            raise IndexError(self.i + i)
        return self.doc.words[self.i + i]

    @property
    def ancestors(self) -> Iterator[Word]:
        """The words above, from the head to the root."""
        word = self
        while word.head is not word:
            word = word.head
            yield word

    def is_ancestor(self, descendant: Word) -> bool:
        """Whether the word stands above the other one."""
        while descendant.head is not descendant:
            descendant = descendant.head
            if descendant is self:
                return True
        return False

    @property
    def subtree(self) -> Iterator[Word]:
        """The word and all below it: what is below its left dependents, itself, what is below its right ones."""
        below = [child for child in self.children if child.i < self.i]
        for child in below:
            yield from child.subtree
        yield self
        for child in self.children[len(below) :]:
            yield from child.subtree


class Stretch:
    """Words that follow one another: a Span."""

    __slots__ = ("doc", "end", "label_", "start")

    def __init__(self, doc: Words, start: int, end: int, label: str = "") -> None:
        self.doc, self.start, self.end, self.label_ = doc, start, end, label

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Word]:
        return iter(self.doc.words[self.start : self.end])

    def __getitem__(self, i: int) -> Word:
        return self.doc.words[self.start : self.end][i] if i < 0 or self.start + i >= self.end else self.doc.words[self.start + i]

    def __getattr__(self, name: str) -> Any:
        if name in Stretch.__slots__ or name.startswith("__"):
            raise AttributeError(name)
        return getattr(self.doc.original[self.start : self.end], name)

    @property
    def text(self) -> str:
        """The text without the space behind."""
        if self.start >= self.end:
            return ""
        first, last = self.doc.words[self.start], self.doc.words[self.end - 1]
        return self.doc.text[first.idx : last.idx + len(last.text)]

    @property
    def root(self) -> Word:
        """The word that is nobody's dependent; of a part of a sentence the first whose head lies outside."""
        top = next((word for word in self if word.head is word), None)
        return top or next(word for word in self if not self.start <= word.head.i < self.end)


class Words:
    """A Doc. `original` is spaCy's; `user_data` is shared with it; `known` is what was found out of its words (`once_a_word`)."""

    def __init__(self, doc: Doc) -> None:
        self.original = doc
        self.user_data: dict[Any, Any] = doc.user_data
        self.known: defaultdict[Callable[..., Any], dict[int, Any]] = defaultdict(dict)
        names: list[list[int]] = doc.to_array(_NAMES).T.tolist()
        places, punct, space, blanks, steps = doc.to_array(_FIGURES).view("int64").T.tolist()
        store = doc.vocab.strings
        strings = {key: store[key] for key in set().union(*names)}
        spelt = [[strings[key] for key in keys] for keys in names]
        self.text = "".join([word + " " if blank else word for word, blank in zip(spelt[0], blanks, strict=True)])
        self.words = list(map(Word, repeat(self), range(len(doc)), places, punct, space, *spelt))
        self.sents = [Stretch(self, sentence.start, sentence.end) for sentence in doc.sents]
        self.ents = [Stretch(self, entity.start, entity.end, entity.label_) for entity in doc.ents]
        for sentence in self.sents:
            for word in self.words[sentence.start : sentence.end]:
                word.sent = sentence
        self._link(steps)

    def _link(self, steps: Sequence[int]) -> None:
        """Tell each word its head, by the step to it, and what stands below it."""
        words, below = self.words, defaultdict(list)
        for i, (word, step) in enumerate(zip(words, steps, strict=True)):
            word.head = words[i + step]
            if step:
                below[i + step].append(word)
        forms = {dep: label_forms(dep) for dep in {word.dep_ for word in words}}
        for place, children in below.items():
            head = words[place]
            head.children = children
            head.labelled = [(whole, base, child) for child in children for whole, base in (forms[child.dep_],)]

    def __len__(self) -> int:
        return len(self.words)

    def __iter__(self) -> Iterator[Word]:
        return iter(self.words)

    @overload
    def __getitem__(self, i: int) -> Word: ...
    @overload
    def __getitem__(self, i: slice) -> Stretch: ...
    def __getitem__(self, i: int | slice) -> Word | Stretch:
        if isinstance(i, slice):
            start, end, _ = i.indices(len(self.words))
            return Stretch(self, start, max(start, end))
        return self.words[i]

    def __getattr__(self, name: str) -> Any:
        if name == "original" or name.startswith("__"):
            raise AttributeError(name)
        return getattr(self.original, name)


@lru_cache(maxsize=1024)  # of some hundred sets of features
def _features(features: str) -> Mapping[str, list[str]]:
    """Morphological features by name: "Number=Plur|PronType=Rel,Int" gives two."""
    return {name: values.split(",") for name, _, values in (pair.partition("=") for pair in features.split("|") if pair)}
