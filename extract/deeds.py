"""Whose deed is meant where it is named again: "Israel carried out strikes on Gaza. The strikes killed …".

A noun of attack that is the subject of a verb, or the object of one that judges it, and names no doer stands for the doer of the
deed that it takes up: the last one before it of the same name, or, of one that is only counted ("two strikes destroyed …"),
the only doer of such deeds in the document. What is denied, hedged or somebody's claim is taken up by nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .attribution import attribution_of
from .mentions import the_only
from .records import ActorKind
from .syntax import DEFINITE_DETERMINERS, auxiliaries, child, children, clause, has_label, is_passive, negation, preposition, subject

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from .actors import Mention
    from .fillers import ActorIndex

_NOUNS = {
    "attack": "attack", "strike": "strike", "airstrike": "strike", "raid": "raid", "ambush": "ambush", "assault": "assault",
    "bombing": "bomb", "shelling": "shell", "bombardment": "bombard", "invasion": "invade", "offensive": "attack", "incursion": "invade",
    "shooting": "shoot",
}  # fmt: skip
"""Nouns of attack, with the verb that says the same."""
_JUDGED = {
    "killing": "kill", "murder": "kill", "massacre": "kill", "arrest": "arrest", "detention": "detain", "expulsion": "expel", "seizure": "seize", "occupation": "occupy", "annexation": "annex",
    "blockade": "blockade", "abduction": "abduct", "kidnapping": "kidnap", "deportation": "deport", "sinking": "sink", "siege": "besiege", "closure": "close", "ban": "ban", "jailing": "jail",
    "intrusion": "enter", "execution": "execute",
}  # fmt: skip
"""Nouns of other deeds, which are taken up only where somebody judges them."""
_ALSO = {
    "attack": frozenset({"bomb", "strike", "hit", "shell", "storm", "raid", "pound", "shoot", "bombard", "ambush", "ram"}),
    "strike": frozenset({"bomb", "hit", "pound", "attack", "bombard"}),
    "raid": frozenset({"bomb", "strike", "hit", "storm", "attack", "break", "burst"}),
    "assault": frozenset({"storm", "attack", "raid", "invade"}),
    "invade": frozenset({"cross", "enter", "storm", "march", "occupy"}),
    "bomb": frozenset({"strike", "hit", "pound", "shell"}),
    "shell": frozenset({"hit", "pound", "bombard", "fire"}),
    "enter": frozenset({"cross", "fly", "sail"}),
    "kill": frozenset({"shoot", "execute", "assassinate", "behead"}),
    "arrest": frozenset({"detain", "seize"}),
    "detain": frozenset({"arrest", "hold"}),
    "seize": frozenset({"board", "capture", "take", "impound", "intercept", "detain"}),
}
"""Other verbs that a noun sums up, by the verb that it has: "bombed a consulate … the raid"."""
_VERBS = frozenset(_NOUNS.values()) | frozenset(_JUDGED.values()) | frozenset().union(*_ALSO.values())
_CARRYING_OUT = frozenset({"conduct", "carry", "launch", "make", "stage", "mount", "perform", "execute", "unleash", "commit"})
_JUDGING = frozenset({"condemn", "criticise", "criticize", "decry", "denounce", "deplore", "protest", "slam", "applaud", "hail", "praise", "blast", "lambast", "lambaste", "welcome", "defend", "justify"})
_SENTENCES_BACK = 3
_MODALS = frozenset({"MD"})


class Deeds:
    """The deeds of one document as far as they are known to be somebody's."""

    def __init__(self, doc: Doc, actors: ActorIndex) -> None:
        self._doc, self._actors = doc, actors
        self._done: list[tuple[int, str, list[Mention]]] | None = None

    def doers(self, token: Token) -> list[Mention]:
        """Who did what the noun takes up; nobody where the noun has a doer of its own or it is not sure."""
        kind = _NOUNS.get(token.lemma_.lower()) or (_JUDGED.get(token.lemma_.lower()) if _is_judged(token) else None)
        if kind is None or token.pos_ != "NOUN" or not (has_label(token, "nsubj") or _is_judged(token)) or is_passive(token.head) or self._own(token):
            return []
        determiner = child(token, "det")
        if determiner is not None and determiner.lower_ in DEFINITE_DETERMINERS:
            return self._last(kind, token)
        counted = child(token, "nummod") is not None and determiner is None
        return self._only(kind) if counted else []

    def _last(self, kind: str, token: Token) -> list[Mention]:
        start = _back(token, _SENTENCES_BACK)
        before = [doers for i, name, doers in self._known() if name == kind and start <= i < token.i]
        if before or not _is_judged(token):
            return the_only(before[-1]) if before else []
        near = _back(token, 1)  # summed up by another word: all deeds told there must be one doer's
        told = [(name, doers) for i, name, doers in self._known() if near <= i < token.i]
        summed = [doers for name, doers in told if name in _ALSO.get(kind, ())]
        return summed[-1][:1] if summed and all(doers for _, doers in told) and len({mention.actor.id for _, doers in told for mention in doers}) == 1 else []

    def _only(self, kind: str) -> list[Mention]:
        return the_only([mention for _, name, found in self._known() if name == kind for mention in found])

    def _known(self) -> list[tuple[int, str, list[Mention]]]:
        """Place, kind and doers of every deed; no doers where they are not named or not sure."""
        if self._done is None:
            self._done = [(token.i, kind, self._sure(token)) for token in self._doc if (kind := _kind(token)) is not None and not self._takes_up(token)]
        return self._done

    def _takes_up(self, token: Token) -> bool:
        """Whether the noun only names a deed again, so that the one before is still the last."""
        return token.pos_ == "NOUN" and not self._own(token)

    def _sure(self, token: Token) -> list[Mention]:
        verb = clause(token)
        doubtful = negation(token) is not None or negation(verb) is not None or any(aux.tag_ in _MODALS for aux in auxiliaries(verb))
        if doubtful or attribution_of(token) is not None or has_label(verb, "advcl", "xcomp"):
            return []
        return [mention for mention in self._own(token) if mention.form != "place" and mention.actor.kind is not ActorKind.PERSON]

    def _own(self, token: Token) -> list[Mention]:
        """The doers that the word itself names."""
        return [mention for word in _doers(token) for mention in self._actors.at(word)]


def _is_judged(token: Token) -> bool:
    """Whether somebody takes a stand on the deed, and so on its doer: "India condemned the strikes"; of one on somebody more is said."""
    return has_label(token, "obj") and token.head.lemma_.lower() in _JUDGING and not children(token, "nmod", "acl", "acl:relcl")


def _kind(token: Token) -> str | None:
    lemma = token.lemma_.lower()
    if token.pos_ == "VERB":
        return lemma if lemma in _VERBS else None
    return (_NOUNS.get(lemma) or _JUDGED.get(lemma)) if token.pos_ == "NOUN" else None


def _doers(token: Token) -> Iterator[Token]:
    """Words for the doer: subject or agent of the verb, owner of the noun, subject of the verb that carries it out."""
    if token.pos_ == "VERB":
        yield from _agents(token)
        return
    yield from children(token, "nmod:poss", "amod", "compound")
    yield from (noun for noun in children(token, "nmod") if preposition(noun) == "by")
    if has_label(token, "obj", "nsubj:pass") and token.head.lemma_.lower() in _CARRYING_OUT:
        yield from _agents(token.head)


def _agents(verb: Token) -> Iterator[Token]:
    if is_passive(verb):
        yield from (noun for noun in children(verb, "obl") if preposition(noun) == "by")
    elif (found := subject(verb)) is not None:
        yield found


def _back(token: Token, sentences: int) -> int:
    """First token of the sentence so many before the token's."""
    start = token.sent.start
    for _ in range(sentences):
        if start == 0:
            break
        start = token.doc[start - 1].sent.start
    return start
