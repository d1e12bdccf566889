"""A snapshot says of a Doc what spaCy's own objects say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from actorgraph.extract.snapshot import once_a_document, once_a_word, snapshot

TEXT = (
    "The Rwandan envoys, who met in Kigali on 3 May, didn't sign it.\n\n"
    '“We will not,” Paula Ndiaye said; her party sent 1,200 troops to Chad, Mali and the U.N. “No!”'
)
KEPT = ("i", "idx", "text", "lower_", "lemma_", "pos_", "tag_", "dep_", "ent_type_", "is_punct", "is_space")
ASKED = ("whitespace_", "is_alpha", "like_email", "shape_")


@pytest.fixture(scope="module")
def doc(parser):
    return parser(TEXT)


def tree(token):
    """What a token says of the tree, in places."""
    nearest = [token.head, token.left_edge, token.right_edge]
    return [[word.i for word in words] for words in (nearest, token.children, token.subtree, token.ancestors)]


def test_words_are_the_tokens(doc):
    words = snapshot(doc)
    assert len(words) == len(doc)
    for token, word in zip(doc, words, strict=True):
        assert [getattr(word, name) for name in (*KEPT, *ASKED)] == [getattr(token, name) for name in (*KEPT, *ASKED)]
        assert (len(word), repr(word), word._.factuality) == (len(token), repr(token), token._.factuality)
        assert {name: word.morph.get(name, []) for name in ("Number", "PronType", "Tense")} == {
            name: token.morph.get(name, []) for name in ("Number", "PronType", "Tense")
        }


def test_trees_and_sentences_are_the_same(doc):
    words = snapshot(doc)
    for token, word in zip(doc, words, strict=True):
        assert tree(word) == tree(token)
        assert (word.sent.start, word.sent.end) == (token.sent.start, token.sent.end)
        assert [word.is_ancestor(other) for other in words] == [token.is_ancestor(other) for other in doc]
    assert [(s.start, s.end, s.text, s.root.i) for s in words.sents] == [(s.start, s.end, s.text, s.root.i) for s in doc.sents]
    assert [(e.start, e.end, e.label_, e.text, e.start_char) for e in words.ents] == [(e.start, e.end, e.label_, e.text, e.start_char) for e in doc.ents]


@given(heads=st.integers(1, 12).flatmap(lambda n: st.tuples(*(st.integers(0, i) for i in range(n)))), order=st.randoms(use_true_random=False))
def test_branches_may_cross(heads, order):
    """Word k hangs on an earlier word or on itself, then all change places."""
    places = list(range(len(heads)))
    order.shuffle(places)
    above = [0] * len(heads)
    for k, head in enumerate(heads):
        above[places[k]] = places[head]
    doc = Doc(Vocab(), words=[f"w{i}" for i in places], heads=above, deps=["dep"] * len(heads))
    words = snapshot(doc)
    assert [(w.left_edge.i, w.right_edge.i, [c.i for c in w.children]) for w in words] == [
        (t.left_edge.i, t.right_edge.i, [c.i for c in t.children]) for t in doc
    ]


@pytest.mark.parametrize("part", [slice(2, 5), slice(5, 2), slice(-3, None), slice(None, 400), slice(3, 3)])
def test_parts_are_spans(doc, part):
    span, stretch = doc[part], snapshot(doc)[part]
    for i in (0, -1, len(span), -len(span) - 1):
        if -len(span) <= i < len(span):
            assert stretch[i].i == span[i].i
        else:
            with pytest.raises(IndexError):
                stretch[i]
    assert (stretch.start, stretch.end, stretch.text, len(stretch)) == (span.start, span.end, span.text, len(span))
    assert [word.i for word in stretch] == [token.i for token in span]


def test_neighbours(doc):
    words = snapshot(doc)
    assert (words[2].nbor(-1).text, words[2].nbor().text, words[-1].i) == (doc[2].nbor(-1).text, doc[2].nbor().text, len(doc) - 1)
    for i, step in ((0, -1), (len(doc) - 1, 1)):
        with pytest.raises(IndexError):
            words[i].nbor(step)


def test_a_word_is_itself_alone(doc):
    words = snapshot(doc)
    assert words[3] is words[3] and words[3] == words[4].nbor(-1) and words[3] != words[4]


def test_a_word_is_asked_once(doc):
    asked = []

    @once_a_word
    def text(token):
        asked.append(token.i)
        return token.text

    words = snapshot(doc)
    assert [text(words[2]), text(words[2]), text(words[3])] == [doc[2].text, doc[2].text, doc[3].text]
    assert asked == [2, 3]
    assert text(snapshot(doc)[2]) == text(doc[2]) == text(doc[2]) and asked == [2, 3, 2, 2, 2]


def test_a_document_is_asked_once(doc):
    asked = []

    @once_a_document
    def size(whole):
        asked.append(len(whole))
        return len(whole)

    words = snapshot(doc)
    assert size(words) == size(words) == len(doc) and len(asked) == 1
    assert size(snapshot(doc)) == size(doc) == size(doc) == len(doc) and len(asked) == 4


def test_what_neither_knows_is_an_error(doc):
    words = snapshot(doc)
    for thing in (words, words[0], words[0:2]):
        with pytest.raises(AttributeError):
            thing.no_such_thing  # noqa: B018


def test_a_document_without_words(parser):
    assert list(snapshot(parser(""))) == []
