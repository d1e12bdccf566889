"""What is taken up by a noun or pronoun, and whose it is: "…, a move that Chad condemned", "condemned these steps", "denied the charge".

A stance towards a deed is one towards its doer, and a denial answers whoever made the charge.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from .arguments import AGENT, Argument
from .candidates import Candidate
from .mentions import Mention
from .records import RelationType
from .relations import lemma, relation_of
from .speakers import claim_below
from .syntax import child, children, has_label, is_passive, preposition, subject

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .predication import Predications

_DEEDS = frozenset({
    "act", "action", "agreement", "approach", "attack", "ban", "deal", "decision", "deployment", "exercise", "gesture", "incident", "law", "launch", "manoeuvre", "maneuver", "measure", "move", "plan", "policy",
    "practice", "project", "proposal", "raid", "ruling", "step", "strike", "tariff", "test", "verdict", "visit",
})  # fmt: skip
_CHARGES = frozenset({"accusation", "allegation", "assertion", "charge", "claim", "insinuation", "suggestion"})
_WORDS = _CHARGES | {"account", "comment", "demand", "formulation", "offer", "remark", "request", "statement", "threat", "version", "warning"}
_OFFERS = frozenset({"invitation", "offer", "proposal", "overture", "pledge", "promise", "initiative"})
"""What one may accept of whoever makes it."""
_STANCES = frozenset({RelationType.ACCUSE, RelationType.REJECT, RelationType.SUPPORT, RelationType.PROTEST})
_ANSWERED = {
    RelationType.ACCUSE: _CHARGES,
    RelationType.REQUEST: frozenset({"appeal", "call", "demand", "plea", "request", "ultimatum"}),
    RelationType.AGREE: frozenset({"offer", "pledge", "promise", "proposal"}),
    RelationType.THREATEN: frozenset({"threat", "warning", "ultimatum"}),
}
"""What a kind of statement is called by who turns it down."""
_POINTING = frozenset({"this", "these", "that", "those", "such"})
_DEFINITE = _POINTING | {"the", "any", "all"}
_PRONOUNS = frozenset({"it", "this", "that"})
_BREAKS = frozenset({",", "–", "—", "-", "--", ":", ";"})
_SENTENCES_BACK = 2
_SCORE = 0.6


def stances(tokens: Sequence[Token], predications: Predications) -> Iterator[Candidate]:
    """A stance on what the clause or sentence before says: "shut the port, a step Chad denounced", "Kenya criticised these steps"."""
    for token in tokens:
        if token.pos_ != "NOUN" or lemma(token) not in _DEEDS | _WORDS | _OFFERS or predications.actors.at(token):
            continue
        if (verb := _comment(token)) is not None:
            doers = _before(token, predications)
        elif (verb := _judging(token)) is not None:
            doers = [_as_its(token, argument) for argument in predications.agents(_root_before(token))[0]] if token.sent.start else []
        else:
            continue
        yield from _towards(verb, doers, predications, offered=lemma(token) in _OFFERS)


def comments(candidate: Candidate) -> bool:
    """Whether the writer, and nobody who is quoted before, tells of the stance: "Niger says Chad armed them, a charge that Chad denies"."""
    return candidate.rule == "taken-up" and has_label(candidate.predicate, "acl", "acl:relcl", "advcl")


def _towards(verb: Token, doers: Iterable[Argument], predications: Predications, *, offered: bool = False) -> Iterator[Candidate]:
    relation = relation_of(verb, "", predications.frames)
    accepts = offered and relation.type is RelationType.AGREE
    if relation.frame is None or not (accepts or relation.type in _STANCES):
        return
    for agent in predications.agents(verb)[0]:
        for doer in doers:
            if agent.mention.actor.id != doer.mention.actor.id and doer.mention.form != "place":
                yield Candidate(verb, agent.mention, doer.mention, relation, "taken-up", min(agent.score, doer.score, _SCORE))


def _comment(noun: Token) -> Token | None:
    """The verb of the clause that says who thinks what of "a move", "a charge" behind a clause."""
    determiner = child(noun, "det")
    if determiner is None or determiner.lower_ not in ("a", "an") or determiner.i == 0 or determiner.nbor(-1).text not in _BREAKS:
        return None
    absolute = [noun.head] if has_label(noun, "nsubj:pass") and noun.head.tag_ == "VBN" and not children(noun.head, "aux:pass", "aux") else []
    for verb in (*children(noun, "acl:relcl", "acl"), *absolute):
        if verb.pos_ != "VERB" or verb.i < noun.i:
            continue
        left_out = child(verb, "obj")
        if is_passive(verb):
            if any(preposition(agent) == "by" for agent in children(verb, "obl")):
                return verb
        elif children(verb, "nsubj") and (left_out is None or left_out.lower_ in ("which", "that")):
            return verb
    return None


def _before(noun: Token, predications: Predications) -> Sequence[Argument]:
    """Who does or says what the noun sums up: the doer of the finite clause before it, of words the last speaker."""
    said = lemma(noun) in _WORDS - _OFFERS
    for i in range(noun.left_edge.i - 1, noun.sent.start - 1, -1):
        verb = noun.doc[i]
        if verb.pos_ != "VERB" or noun.is_ancestor(verb) or has_label(verb, "acl:relcl"):
            continue
        if claim_below(verb) if said else children(verb, "nsubj"):
            return predications.agents(verb)[0]
    return ()


def _judging(noun: Token) -> Token | None:
    """The verb whose object points back to a deed: "condemned these steps"."""
    determiner = child(noun, "det")
    if lemma(noun) not in _DEEDS or determiner is None or determiner.lower_ not in _POINTING or children(noun, "nmod", "nmod:poss", "acl", "acl:relcl"):
        return None
    verb = noun.head
    return verb if verb.pos_ == "VERB" and has_label(noun, "nsubj:pass" if is_passive(verb) else "obj") else None


def _as_its(what: Token, doer: Argument) -> Argument:
    """The doer as what the words that take the deed up stand for: "these steps" are the evidence, not a name sentences before."""
    determiner = child(what, "det")
    start = what.i if determiner is None else determiner.i
    return replace(doer, mention=Mention(start, what.i + 1, what.i, doer.mention.actor, doer.mention.sector, "pronoun"))


def _root_before(noun: Token) -> Token:
    return noun.doc[noun.sent.start - 1].sent.root


def denials(told: Sequence[Candidate], tokens: Iterable[Token], predications: Predications) -> Iterator[Candidate]:
    """Whom somebody answers who denies or turns down what was said before: "Niger accused Chad of arming rebels. Chad denied it".

    `told` are the candidates of the document, among which the charge or offer must be.
    """
    stated = {(candidate.predicate.i, candidate.subject.actor.id) for candidate in told}
    for verb in tokens:
        if verb.pos_ != "VERB" or is_passive(verb) or subject(verb) is None:
            continue
        objects = children(verb, "obj")
        if len(objects) != 1 or relation_of(verb, "", predications.frames).type is not RelationType.REJECT:
            continue
        for agent in predications.agents(verb)[0]:
            if not agent.direct or (verb.i, agent.mention.actor.id) in stated:
                continue
            if (asker := _answered(objects[0], verb, agent, told)) is not None:
                yield from _towards(verb, [_as_its(objects[0], asker)], predications)


def _answered(what: Token, verb: Token, agent: Argument, told: Sequence[Candidate]) -> Argument | None:
    """Who said to or of the agent what the object takes up, last before it."""
    determiner = child(what, "det")
    pronoun = what.pos_ in ("PRON", "DET") and what.lower_ in _PRONOUNS
    if not pronoun and (determiner is None or determiner.lower_ not in _DEFINITE or children(what, "nmod", "nmod:poss", "acl", "acl:relcl")):
        return None
    start, own = verb.sent.start, {agent.mention.actor.id, agent.mention.actor.country} - {None}
    for _ in range(_SENTENCES_BACK):
        start = verb.doc[max(start - 1, 0)].sent.start
    for candidate in sorted(told, key=lambda one: -one.predicate.i):
        place = candidate.predicate.i
        if not start <= place < verb.i or (not pronoun and lemma(what) not in _ANSWERED.get(candidate.relation.type, ())):
            continue
        if pronoun and (candidate.relation.type is not RelationType.ACCUSE or lemma(verb) not in ("deny", "reject", "dismiss", "dispute", "refute")):
            continue
        speaks_of = {candidate.object.actor.id, candidate.object.actor.country} - {None}
        if own & speaks_of and candidate.subject.actor.id not in own:
            return Argument(AGENT, candidate.predicate, candidate.subject, True, "", candidate.score)
    return None
