"""Whose deeds are a reason: "condemned Chad for its raids", "sanctions on Chad over its raids", "pressure on Chad to end its raids" are Chad's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .records import ActorKind
from .relations import lemma
from .syntax import child, children, first_conjunct, has_label, is_infinitive, is_passive, marker, preposition, subject

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .actors import Mention
    from .fillers import ActorIndex

_FOR = frozenset({"for", "over", "because of"})
_AT = frozenset({"on", "against", "of", "at", "for", "to", "upon"})
_JUDGING = frozenset({
    "accuse", "admonish", "applaud", "arrest", "assail", "attack", "ban", "berate", "blacklist", "blame", "blast", "boycott", "castigate", "censure",
    "charge", "chastise", "chide", "commend", "condemn", "congratulate", "convict", "credit", "criticise", "criticize", "decry", "denounce", "deplore",
    "deride", "excoriate", "expel", "fault", "fine", "hail", "honor", "honour", "indict", "investigate", "jail", "lambast", "lambaste", "laud", "mock",
    "penalise", "penalize", "praise", "probe", "prosecute", "punish", "rap", "rebuke", "reprimand", "reproach", "reward", "ridicule", "salute",
    "sanction", "scold", "sentence", "shame", "slam", "sue", "summon", "suspend", "thank", "threaten", "upbraid", "warn",
})  # fmt: skip
"""Verbs whose object has done or will do what they give as a reason."""
_DOUBTING = frozenset({"belittle", "challenge", "dispute", "doubt", "impugn", "malign", "question", "smear"})
_JUDGEMENTS = frozenset({
    "ban", "blame", "boycott", "campaign", "censure", "charge", "complaint", "condemnation", "criticism", "embargo", "fine", "lawsuit", "penalty",
    "praise", "pressure", "protest", "punishment", "rebuke", "restriction", "sanction", "suit", "tariff", "threat", "warning",
})  # fmt: skip
_ASKING = frozenset({"appeal", "call", "demand", "order", "plea", "pressure", "request", "ultimatum", "warning"})
_STEPS = 4


def judged_ones(possessive: Token, index: ActorIndex, *, several: bool, person: bool) -> list[Mention]:
    """Who is judged for a deed of theirs; nobody where number or kind are against it. `several` and `person`: what the possessive asks for."""
    doer = judged(possessive)
    if doer is None or doer.i > possessive.i:
        return []
    beside = bool(children(doer, "conj"))
    if several != (beside or "Plur" in doer.morph.get("Number", [])):
        return []
    found = [filling.mention for filling in index.of(doer) if filling.direct]
    if beside:
        return found
    found = [mention for mention in found if (mention.actor.kind is ActorKind.PERSON) == person]
    return found if len(found) == 1 else []


def judged(possessive: Token) -> Token | None:
    """Who is judged for, or asked to do, what the possessive's noun names; None where it stands in no such phrase."""
    if not has_label(possessive, "nmod:poss"):
        return None
    word = possessive.head
    for _ in range(_STEPS):
        word = first_conjunct(word)
        above = word.head
        if above.i == word.i:
            return None
        if _is_reason(word):
            return _of_verb(above) if above.pos_ == "VERB" else _of_noun(above, _JUDGEMENTS) or _hung_on(above)
        if word.pos_ == "VERB" and is_infinitive(word) and above.pos_ == "NOUN" and subject(word) is None:
            return _of_noun(above, _ASKING)
        if word.pos_ == "VERB" and is_infinitive(word) and above.pos_ == "VERB" and subject(word) is None and has_label(word, "advcl", "xcomp"):
            noun = child(above, "obj")
            return _of_noun(noun, _ASKING) if noun is not None else None
        if word.pos_ == "VERB" and subject(word) is not None:
            return None
        word = above
    return None


def _is_reason(word: Token) -> bool:
    """Whether the phrase gives a reason: a noun, or a gerund without a subject ("for breaking its word")."""
    if word.pos_ == "VERB":
        return word.tag_ == "VBG" and marker(word) in _FOR and subject(word) is None
    return has_label(word, "obl", "nmod") and preposition(word) in _FOR


def _of_verb(verb: Token) -> Token | None:
    name = lemma(verb)
    if name in _JUDGING:
        return subject(verb) if is_passive(verb) else child(verb, "obj") or child(verb, "iobj")
    noun = subject(verb) if is_passive(verb) else child(verb, "obj")
    return _of_noun(noun, _JUDGEMENTS) if noun is not None else None


def _hung_on(noun: Token) -> Token | None:
    """The one who is judged, where the reason hangs on the name: "thanked | Chad for its help", "sanctions on | Chad over its raids"."""
    above = noun.head
    by_verb = has_label(noun, "obj", "iobj") and above.pos_ == "VERB" and lemma(above) in _JUDGING
    by_noun = has_label(noun, "nmod") and preposition(noun) in _AT and lemma(above) in _JUDGEMENTS
    return noun if by_verb or by_noun else None


def _of_noun(noun: Token, nouns: frozenset[str]) -> Token | None:
    """The one at whom it is: hung on the noun, or on the verb that carries it."""
    if lemma(noun) not in nouns:
        return None
    carrier = [noun.head] if has_label(noun, "obj", "nsubj:pass") else []
    return next((at for word in (noun, *carrier) for at in children(word, "nmod", "obl") if preposition(at) in _AT and at.i > noun.i), None)


def criticised_before(possessive: Token, index: ActorIndex) -> list[Mention]:
    """The person whose deed or trait is judged after himself: Mwangi in "mocked Mwangi and questioned his record"."""
    verb, judged_noun = possessive.head.head, possessive.head
    first = first_conjunct(verb)
    second = has_label(possessive, "nmod:poss") and has_label(judged_noun, "obj") and first.i < verb.i and subject(verb) == subject(first)
    person = child(first, "obj") if second and lemma(verb) in _JUDGING | _DOUBTING else None
    if person is None or children(person, "conj"):
        return []
    found = [filling.mention for filling in index.of(person) if filling.direct and filling.mention.form == "person"]
    return found if len(found) == 1 else []
