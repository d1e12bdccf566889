"""The relation phrase in its canonical form, and the frame that gives its type.

Head lemma, one carried noun (lower case, number as in the text), the preposition before the object; passives as actives;
a nominal predicate is noun and preposition; a light verb becomes its noun: "sent 11,000 troops to Russia" is
"send troops to", "was attacked by Hungary" is "attack", "provided support to" is "support for".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .quantities import is_currency
from .records import RelationType
from .snapshot import once_a_word
from .syntax import children, has_label, is_passive
from .syntax import preposition as preposition_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .frames import Frame, FrameLexicon

_PARTS = {"VERB": "v", "AUX": "v", "NOUN": "n", "PROPN": "n", "ADJ": "a"}
_PLURAL_ONLY = frozenset({"talks", "ties", "relations", "hostilities", "negotiations", "troops", "arms", "links", "tensions", "sanctions"})
_ADVERSE = frozenset({"against"})
"""What is friendly to one is not so to whom it is aimed at: "supported the government against the rebels", "seeks support against them"."""
_SPLIT_PREPOSITIONS = {"between": "with", "among": "with", "amongst": "with", "upon": "on", "towards": "toward", "of": "of", "by": ""}


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation phrase with its type; `frame` is the lexicon's row, None where the predicate is in no table."""

    phrase: str
    type: RelationType
    symmetric: bool
    frame: Frame | None


def part_of_speech(token: Token) -> str:
    """The lexicon's part of speech, v n or a; "" for a word that is no predicate."""
    return _PARTS.get(token.pos_, "")


def lemma(token: Token) -> str:
    """The lemma, lower case."""
    return (token.lemma_ or token.text).lower()


_PARTICLES = frozenset({"in", "out", "down", "up", "off"})
"""Particles even where a parser calls them adverbs, right behind the verb: "gave in to", "came out against"."""


@once_a_word
def particle(token: Token) -> str | None:
    """The particle of a particle verb ("out" in "carry out"), or None."""
    near = children(token, "compound:prt", "prt", "advmod")
    found = [word.lower_ for word in near if not has_label(word, "advmod")] or [word.lower_ for word in near if word.lower_ == "back" or (word.lower_ in _PARTICLES and word.i == token.i + 1)]
    return found[0] if found else None


@once_a_word
def entry(token: Token) -> str:
    """The predicate as the lexicons list it: lemma and particle."""
    return " ".join(filter(None, (lemma(token), particle(token))))


def completed(token: Token, lexicon: FrameLexicon) -> str | None:
    """The verb with what completes it, where the lexicon lists both as one: "hold responsible", "take to task", "take to the court".

    An article or a possessor may stand between preposition and noun ("struck off its list"), but not before a bare noun ("took the hostage").
    """
    for part in children(token, "xcomp", "obj", "advmod", "obl"):
        if part.i > token.i and (preposition_of(part) or not children(part, "det", "nmod:poss")):
            whole = " ".join(filter(None, [lemma(token), preposition_of(part), part.lower_]))
            if lexicon.is_relational(whole, "v"):
                return whole
    return None


_BONDS = frozenset({"relation", "relationship", "tie"})
_WORSENING = frozenset({"sour", "deteriorate", "worsen", "fray", "cool", "chill", "freeze", "plummet", "nosedive", "strain", "unravel"})


def noun_entry(token: Token, lexicon: FrameLexicon) -> str:
    """A noun as the lexicon lists it: with a word before it where both mean another thing than the noun alone ("hunger strike", "strained trade relations")."""
    word = lemma(token)
    for of in children(token, "nmod"):
        if preposition_of(of) == "of" and not children(of, "det") and lexicon.is_relational(joined := f"{word} of {of.lower_}", "n"):
            return joined  # a "war of words" is no war
    parts = [part for part in children(token, "compound", "amod") if part.i < token.i and lexicon.is_relational(f"{part.lower_} {word}", "n")]
    if not parts and word in _BONDS and has_label(token, "nsubj", "nsubj:pass") and lemma(token.head) in _WORSENING:
        return f"deteriorating {word}"  # "relations between them soured"
    if not parts:
        return word
    before = parts[-1]
    whole, alone = lexicon.lookup(f"{before.lower_} {word}", "n"), lexicon.lookup(word, "n")
    same = whole is not None and alone is not None and whole.type is alone.type
    return word if same else f"{before.lower_} {word}"


def may_mean(token: Token, type_: RelationType, lexicon: FrameLexicon) -> bool:
    """Whether a frame of the word, or of the word with the one before it, is of the type: what cannot be need not be looked up."""
    before = token.doc[token.i - 1].lower_ if token.i > 0 else ""
    return lexicon.may_mean(lemma(token), part_of_speech(token), type_, before)


def is_help(token: Token, lexicon: FrameLexicon) -> bool:
    """Whether the word says that somebody is helped or backed, who then acts."""
    frame = lexicon.lookup(lemma(token), part_of_speech(token), particle=particle(token))
    return frame is not None and frame.type in (RelationType.SUPPORT, RelationType.AID)


def carrying(verb: Token, noun: Token, lexicon: FrameLexicon) -> Frame | None:
    """The row of a verb that lists the noun with it: "aid" of "sent aid to", "promise" of "reneged on its promise to"."""
    frame = lexicon.lookup(lemma(verb), "v", carried=[lemma(noun)], particle=particle(verb))
    return frame if frame is not None and frame.carried else None


def relation_of(
    token: Token,
    preposition: str,
    lexicon: FrameLexicon,
    *,
    noun: Token | None = None,
    named: Token | None = None,
    reciprocal: bool = False,
) -> Relation:
    """The relation that a predicate states to an object after `preposition` ("" for a direct one).

    `noun` is the carried noun; `named` the head of the object's own mention, which may tell the type ("expelled two Chilean
    diplomats") and is no part of the phrase; `reciprocal` where the actors stand side by side ("A and B met"). A verb that no table
    lists takes its type from the carried noun, else OTHER.
    """
    pos = part_of_speech(token)
    whole_verb = pos == "v" and lexicon.is_relational(f"{lemma(token)} {preposition}", pos)  # "stand by", whose "by" names no agent
    marked = preposition if whole_verb else _SPLIT_PREPOSITIONS.get(preposition, preposition)
    carried = [lemma(carrier) for carrier in (noun, named) if carrier is not None]
    asked = "with" if reciprocal and not marked else marked or None
    head = noun_entry(token, lexicon) if pos == "n" else lemma(token)
    whole = completed(token, lexicon) if pos == "v" and not marked else None
    if whole is not None and (listed := lexicon.lookup(whole, "v")) is not None:
        return Relation(whole, listed.type, listed.symmetric, listed)
    if pos == "v" and not marked and lexicon.is_relational(f"{head} out", "v") and any(_leads_out(word) for word in children(token, "obl")):
        head = f"{head} out"
    frame = lexicon.lookup(head, pos, prep=asked, carried=carried[:1], particle=particle(token))
    if len(carried) > 1 and (frame is None or not frame.carried):  # what is carried tells more than who it is carried to
        frame = lexicon.lookup(head, pos, prep=asked, carried=carried, particle=particle(token))
    if frame is not None and noun is not None and not frame.carried and marked and frame.predicate.endswith(f" {marked}"):
        frame = None  # "take place in" is no taking in: a preposition after an object is no particle
    if noun is not None and (frame is None or (frame.type is RelationType.OTHER and not frame.carried)):
        frame = lexicon.lookup(carried[0], "n", prep=asked) or frame
    joined = "with" if reciprocal and not marked and (noun is not None or (frame is not None and frame.prep == "with")) else marked
    named_whole = head if frame is None or frame.type.sign <= 0 else lemma(token)  # "joint exercises with" is "exercise with"
    phrase = _nominal_phrase(token, named_whole, marked, frame) if pos == "n" else _verbal_phrase(token, joined, noun)
    if frame is None:
        return Relation(phrase, RelationType.OTHER, False, None)
    friendly = (frame.type.sign > 0 and not frame.carried) or frame.type is RelationType.REQUEST
    if marked in _ADVERSE and friendly and frame.prep != marked:
        return Relation(phrase, RelationType.RIVAL, False, frame)
    return Relation(phrase, frame.type, frame.symmetric, frame)


def _leads_out(oblique: Token) -> bool:
    """Whether the phrase says whence somebody is driven: "pushed the rebels out of the town"."""
    return [case.lower_ for case in children(oblique, "case")][:1] == ["out"]


def _verbal_phrase(token: Token, preposition: str, noun: Token | None) -> str:
    """Verb, carried noun, preposition: "send troops to"; an adjective with the noun that it stands before: "joint force with".

    A sum of money is a quantity and no part of the phrase ("lent Chad 70 million dollars"), nor is who arrives.
    """
    if token.pos_ == "ADJ" and has_label(token, "amod") and token.head.pos_ == "NOUN" and token.i < token.head.i:
        noun = token.head
    acts = noun is not None and has_label(noun, "nsubj") and not has_label(token, "acl:relcl") and not is_passive(token)
    words = [entry(token), noun.lower_ if noun is not None and not acts and not is_currency(noun) else "", preposition]
    return " ".join(filter(None, words))


def _nominal_phrase(token: Token, head: str, preposition: str, frame: Frame | None) -> str:
    head = token.lower_ if token.lower_ in _PLURAL_ONLY else head
    usual = frame.prep if frame and frame.prep not in ("", "-") else "with" if frame and frame.symmetric else "of"
    return f"{head} {preposition or usual}"
