"""The arguments of a predicate that are actors: learned roles first, tree rules for what they leave open.

Roles are PropBank's numbered arguments (Palmer, Gildea, Kingsbury 2005), unified over verbs, nouns and adjectives: A0 is
the agent, A1 what is affected, A2 to A4 goal, instrument, beneficiary and the like.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .free_relatives import named_by, naming
from .records import ActorKind
from .speakers import claim_below
from .syntax import child, children, first_conjunct, governor, has_label, is_measure, is_passive, path_up, preposition, subject

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .actors import Mention
    from .fillers import ActorIndex

AGENT = "A0"
_ROLES = frozenset({"A0", "A1", "A2", "A3", "A4", "GOL", "COM", "DIR", "LOC", "PRP"})
_ADJUNCTS = frozenset({"LOC", "DIR", "GOL", "COM", "PRP"})
NOMINAL = frozenset({"NOUN", "PROPN"})
COMPLEMENTS = frozenset({"with", "to", "for", "against", "on", "upon", "toward", "towards", "over", "into", "at", "in", "among", "between", "about"})
LOCATIVE = frozenset({"in", "at", "near", "inside", "around", "across", "within", "along", "off", "outside"})
_DIRECTIONS = frozenset({"to", "into", "from", "toward", "towards"})
_TITLE_WORDS = 5
BETWEEN = frozenset({"between", "among", "amongst"})
_REASONS = frozenset({"for", "over"})
_AGENT_MARKERS = frozenset({"by", "from"})
_NOT_A_ROLE = frozenset({"than", "despite", "without", "except", "including", "like", "as", "since", "until", "during", "after", "before", "amid", "through", "via"})


@dataclass(frozen=True, slots=True)
class Argument:
    """An actor in a role of a predicate.

    `filler` is the word that fills the role (the mention's own where `direct`), `preposition` what stands before it,
    `noun` the carried noun that it hangs on ("position" in "bolster his position against Peru"), `score` the model's, 0..1.
    """

    role: str
    filler: Token
    mention: Mention
    direct: bool
    preposition: str
    score: float
    noun: Token | None = None


def arguments(token: Token, roles: Sequence[tuple[str, Token, float]], actors: ActorIndex) -> list[Argument]:
    """The actors in the roles of a predicate, each actor and filler once, in the order of the text."""
    found: dict[tuple[int, str], Argument] = {}
    for argument in (*_from_roles(token, roles, actors), *_from_tree(token, actors)):
        key = (argument.mention.start, argument.mention.actor.id)
        if _ends_what_is_said(argument.filler, token):
            continue
        if key not in found or _is_surer(argument, found[key]):
            found[key] = argument
    kept = [argument for argument in found.values() if not (_only_titles(argument, found.values()) or _belongs_below(argument, token, actors))]
    return sorted(kept, key=lambda argument: (argument.mention.start, argument.mention.actor.id))


def _ends_what_is_said(filler: Token, verb: Token) -> bool:
    """Whether the word is only the last of what "which" takes up as a whole: "shipped them through Chad, which Mali denies"."""
    if filler.i != verb.head.i or not has_label(verb, "acl:relcl") or "clause" not in claim_below(verb):
        return False
    which = child(verb, "obj")
    return which is not None and which.lower_ == "which" and which.nbor(-1).text == ","


def _is_surer(argument: Argument, known: Argument) -> bool:
    """Whether the word itself says better what the actor is than what was found first: Peru is no place in "Peru's opposition leader
    resigned", and the object of "berated Peru for its treaty"."""
    if not argument.direct:
        return False
    return (known.role in _ADJUNCTS and argument.role == AGENT) or (not known.direct and known.preposition in _REASONS and has_label(argument.filler, "obj", "iobj"))


def _belongs_below(argument: Argument, token: Token, actors: ActorIndex) -> bool:
    """Whether a relative clause is about the object of the gerund under its verb, which has one of its own: "whom it accused Peru of arming"."""
    if argument.filler.i != token.head.i or argument.preposition or not has_label(token, "acl:relcl") or not children(token, "nsubj"):
        return False
    objects = [noun for noun in children(token, "obj", "iobj") if noun.pos_ != "PRON" and actors.at(noun)]
    return bool(objects) and any(clause.tag_ in ("VBG", "VB") and not children(clause, "obj") for clause in children(token, "advcl", "xcomp", "ccomp"))


def _only_titles(argument: Argument, others: Iterable[Argument]) -> bool:
    """Whether the actor is there only as part of a person's title: "Norwegian" in "Norwegian minister N. N. will visit"."""
    if argument.direct:
        return False
    return any(
        other.role == argument.role and other.mention.form == "person" and argument.mention.end <= other.mention.start <= argument.mention.end + _TITLE_WORDS
        for other in others
    )


def _from_roles(token: Token, roles: Sequence[tuple[str, Token, float]], actors: ActorIndex) -> Iterator[Argument]:
    parted = {other.head.i for side in children(token, "nmod") if preposition(side) in BETWEEN and (other := _other_side(token, side)) is not None}
    for role, filler, score in roles:
        if role not in _ROLES or filler.i == token.i or filler.i in parted:
            continue
        fellows = role == AGENT and token.pos_ in NOMINAL  # who may be named where the filler is not
        if not (fellows or actors.of(antecedent(filler))) or not _is_reachable(role, filler, token):
            continue
        if role == "A1" and token.pos_ == "ADJ" and has_label(filler, "nsubj"):
            role = AGENT  # whose attitude it is, who depends
        elif role == AGENT and token.pos_ == "ADJ" and filler.head.i == token.i and preposition(filler):
            role = "A1"  # what causes a feeling is whom it is about: "unhappy with Peru's offer"
        if role == AGENT and (_differs_in_number(filler, token, actors) or _is_taken_up(filler, token, actors) or _is_of_clause_before(filler, token, actors)):
            continue
        if fellows:
            filler = _with_fellows(filler, token)
        if role == AGENT and _is_bare_participle(token) and not (has_label(filler, "obl") and token.is_ancestor(filler)):
            role = "A1"
        elif role == AGENT and preposition(filler) == "by" and _acts_itself(token, filler):
            role = "A2"  # "stood by Peru"
        yield from _fill(role, antecedent(filler), actors, score, token)


def _acts_itself(verb: Token, filler: Token) -> bool:
    """Whether an active verb has a subject before it, so that nobody behind it does the deed."""
    return verb.pos_ == "VERB" and filler.head.i == verb.i and not is_passive(verb) and verb.tag_ != "VBN" and bool(children(verb, "nsubj"))


def _differs_in_number(filler: Token, verb: Token, actors: ActorIndex) -> bool:
    """Whether the verb's own subject is a pronoun that cannot take the word up: "it" for rebels, "they" for one country beside another."""
    pronoun = child(verb, "nsubj") if verb.pos_ == "VERB" and not is_passive(verb) else None
    if pronoun is None or pronoun.i == filler.i or filler.pos_ not in NOMINAL or filler.i > pronoun.i:
        return False
    if pronoun.lower_ != "they":
        return pronoun.lower_ == "it" and filler.tag_ == "NNS"
    if children(filler, "conj") or has_label(filler, "conj"):
        return False
    countries = {mention.actor.id for mention in actors.at(filler) if mention.actor.kind is ActorKind.COUNTRY and mention.form == "name"}
    before = verb.doc[verb.sent.start : pronoun.i] if countries else ()
    rivals = (mention for token in before for mention in actors.at(token) if mention.actor.kind in (ActorKind.COUNTRY, ActorKind.GROUP))
    return any(mention.actor.id not in countries and mention.form != "adjective" for mention in rivals)


def _is_taken_up(filler: Token, verb: Token, actors: ActorIndex) -> bool:
    """Whether the verb's own pronoun stands for somebody else than the word: "Japan recognised Chad and said it would open an embassy"."""
    pronoun = child(verb, "nsubj") if verb.pos_ == "VERB" and not is_passive(verb) else None
    if pronoun is None or pronoun.i == filler.i or pronoun.pos_ != "PRON" or filler.i > pronoun.i or filler.is_ancestor(verb):
        return False
    meant = {mention.actor.id for mention in actors.at(pronoun)}
    return bool(meant) and meant.isdisjoint(filling.mention.actor.id for filling in actors.of(filler))


def _is_of_clause_before(filler: Token, verb: Token, actors: ActorIndex) -> bool:
    """Whether the word stands before the verb's own subject, an actor, and is what the clause before is about: "Mali sent a drone, and Chad struck Gao"."""
    doer = child(verb, "nsubj") if verb.pos_ == "VERB" and not is_passive(verb) else None
    if doer is None or doer.pos_ not in NOMINAL or filler.i >= doer.i or doer.is_ancestor(filler) or not has_label(verb, "conj", "parataxis"):
        return False
    return not has_label(doer, "nsubj:pass") and filler.head.i != verb.i and bool(actors.of(doer))


def _with_fellows(filler: Token, noun: Token) -> Token:
    """The first of several subjects of the noun's verb, where the model has a later one for the noun's agent: "Kenya and Chad signed an accord"."""
    first = first_conjunct(filler)
    together = first.i != filler.i and noun.head.pos_ == "VERB" and has_label(noun, "obj") and first.head.i == noun.head.i
    return first if together and has_label(first, "nsubj") else filler


def _is_reachable(role: str, filler: Token, predicate: Token) -> bool:
    """Whether the tree lets the word fill the role.

    A participle before a noun has no argument beyond it ("the defeated party"); an adjunct hangs on the predicate, on
    what governs it, or on its object, and is no subject or object of another ("relief officials in Nairobi said").
    """
    if has_label(predicate, "amod") and predicate.tag_ in ("VBN", "VBG", "VBD"):
        return filler.i == predicate.head.i or predicate.is_ancestor(filler)
    above = governor(filler)
    if predicate.pos_ in NOMINAL and above is not None and has_label(filler, "nmod") and preposition(filler) and _stand_side_by_side(above, predicate):
        return False  # "along the border with Chad under a deal with Mali"
    if above is not None and _is_next_ones_own(filler, above, predicate):
        return False
    if predicate.pos_ in NOMINAL and has_label(filler, "obl:agent") and not filler.head.is_ancestor(predicate) and not predicate.is_ancestor(filler):
        return False  # "Abiy, snubbed by Chad, spoke of a friendship"
    if role not in _ADJUNCTS:
        return True
    if has_label(filler, "nmod:poss") and above is not None and above.i != predicate.i and has_label(above, "nsubj"):
        return False  # "Chad's parliament agreed": not where it did
    if above is not None and above.i != predicate.i and above.pos_ == "VERB" and above.i < filler.i < predicate.i and preposition(filler) in _DIRECTIONS:
        return False  # "deployed soldiers to Congo to fight"
    near = {predicate.i, predicate.head.i, *(child.i for child in predicate.children)}
    return above is not None and above.i in near and not has_label(filler, "obj", "nsubj")


def _is_next_ones_own(filler: Token, above: Token, verb: Token) -> bool:
    """Whether the word belongs to the verb joined to this one, where either has an object of its own: "trains commandos and lends boats to Chad"."""
    joined = has_label(above, "conj") and above.head.i == verb.i and above.i < filler.i and has_label(filler, "obl", "obj", "iobj")
    return joined and bool(children(verb, "obj")) and bool(children(above, "obj"))


def _stand_side_by_side(noun: Token, predicate: Token) -> bool:
    """Whether the noun stands in another phrase of the same verb, before that of the predicate."""
    return noun.pos_ == "NOUN" and noun.i < predicate.i and noun.head.i == predicate.head.i and has_label(noun, "obl") and has_label(predicate, "obl")


def _is_bare_participle(token: Token) -> bool:
    """Whether the word is a past participle without auxiliary or object, which is passive: "aided by Turkey", "were reported killed"."""
    return token.tag_ == "VBN" and has_label(token, "acl", "advcl", "amod", "xcomp") and child(token, "aux", "aux:pass", "obj") is None


def _fill(role: str, filler: Token, actors: ActorIndex, score: float, predicate: Token) -> Iterator[Argument]:
    filler = _said_to_be(filler, predicate, actors)
    fillings = actors.of(filler)
    marked = "" if not fillings or filler.is_ancestor(predicate) else preposition(naming(filler) or filler)
    if marked in _NOT_A_ROLE:
        return
    for filling in fillings:
        if filling.direct and (own := _owned_next(filling.mention, filler, actors)) is not None:
            filling = replace(filling, mention=own)
        if not filling.direct and filling.mention.start <= predicate.i < filling.mention.end:
            continue
        if filler.i < predicate.i < filling.mention.start and filler.is_ancestor(predicate):
            continue  # "the cabinet, led by Diop, and the army": the participle is said of the conjunct before it
        yield Argument(role, filler, filling.mention, filling.direct, marked, score)


def _said_to_be(noun: Token, predicate: Token, actors: ActorIndex) -> Token:
    """The name of which a copula says what it is, for a relative clause about that: "the Amber Front is a militia that Chad arms"."""
    if noun.i >= predicate.i or child(noun, "cop") is None or not has_label(predicate, "acl", "acl:relcl"):
        return noun
    said = child(noun, "nsubj")
    named = said is not None and any(mention.form in ("name", "person") for mention in actors.at(said)) and noun.is_ancestor(predicate)
    return said if said is not None and named else noun


def _owned_next(mention: Mention, filler: Token, actors: ActorIndex) -> Mention | None:
    """The name right behind a person's with "'s", where a parser takes both for the subject: "Amber Front" in "Tall's Amber Front fired"."""
    if mention.form != "person" or has_label(filler, "nmod:poss") or mention.end + 1 >= len(actors.doc) or actors.doc[mention.end].tag_ != "POS":
        return None
    return next((other for other in actors.at(actors.doc[mention.end + 1]) if other.start == mention.end + 1 and other.form == "name"), None)


def antecedent(token: Token) -> Token:
    """The noun that a relative pronoun stands for, or a speaker has for "what"; any other word itself."""
    if (named := named_by(token)) is not None:
        return named
    if token.lower_ in ("who", "which", "that", "whom") and token.pos_ == "PRON":
        above = token.head
        for _ in range(4):
            if has_label(above, "acl:relcl"):
                return _described(above.head, token.lower_)
            if above.head.i == above.i:
                break
            above = above.head
        if preposition(token) and token.i > 2 and token.nbor(-2).text == "," and token.nbor(-3).pos_ in NOMINAL:
            return token.nbor(-3)  # "the bloc, to which Mali belongs, met": which parsers hang on the verb behind
    return token


def _described(noun: Token, relative: str) -> Token:
    """What the clause is about, where parsers hang it on a word beside: "N. N., a retired general, who urged", "talks between the two, which"."""
    if relative in ("who", "whom") and has_label(noun, "appos") and noun.head.pos_ == "PROPN" and noun.pos_ == "NOUN":
        return noun.head
    return noun.head if relative == "which" and noun.pos_ == "NUM" and has_label(noun, "nmod") else noun


def _from_tree(token: Token, actors: ActorIndex) -> Iterator[Argument]:
    if token.pos_ in NOMINAL:
        yield from _nominal(token, actors)
    elif token.pos_ != "ADJ":
        yield from _verbal(token, actors)
    else:
        for filler in children(token, "nsubj"):
            yield from _fill(AGENT, antecedent(filler), actors, 0.6, token)


def _verbal(token: Token, actors: ActorIndex) -> Iterator[Argument]:
    """Subject, object, agent and relative clause's noun of a verb: Universal Dependencies to the unified roles."""
    passive = is_passive(token)
    for label, role in (("nsubj", "A1" if passive else AGENT), ("obj", "A1"), ("iobj", "A2")):
        for filler in children(token, label):
            if passive or preposition(filler) != "by":  # "is investigating crimes by rebels", which parsers take for a subject, too
                yield from _fill(role, antecedent(filler), actors, 0.6, token)
    for filler in children(token, "obl"):
        if (has_label(filler, "obl:agent") and preposition(filler) != "according to") or (preposition(filler) == "by" and (passive or _is_bare_participle(token))):
            yield from _fill(AGENT, filler, actors, 0.6, token)
    if _is_bare_participle(token) and has_label(token, "advcl") and not children(token, "nsubj", "mark") and (above := subject(token.head)) is not None:
        yield from _fill("A1", antecedent(above), actors, 0.5, token)
    if has_label(token, "acl") and not has_label(token, "acl:relcl"):
        participle = token.tag_ in ("VBN", "VBD")
        if participle or (token.tag_ == "VBG" and not children(token, "mark")):  # "an appeal for sending": no appeal sends
            yield from _fill("A1" if participle else AGENT, token.head, actors, 0.5, token)


def _nominal(token: Token, actors: ActorIndex) -> Iterator[Argument]:
    """Arguments of a nominal predicate: "Hungary's backing for Serbia", "Turkish strikes on the militia".

    The subject of a copula, possessive and relational adjective fill the agent, "by" and "from" too, "between" both
    sides, other prepositions the affected.
    """
    if child(token, "cop") is not None:
        for filler in children(token, "nsubj"):
            yield from _fill(AGENT, antecedent(filler), actors, 0.6, token)
    for filler in children(token, "nmod:poss", "amod", "compound", "nmod:desc"):
        if has_label(filler, "nmod:poss") or actors.at(filler):
            yield from _fill(AGENT, filler, actors, 0.5, token)
    for filler in [*children(token, "nmod", "obl"), *_hung_on_names(token)]:
        marked = preposition(filler)
        if has_label(filler, "nmod:poss"):
            continue
        if marked in _AGENT_MARKERS:
            yield from _fill(AGENT, filler, actors, 0.5, token)
        elif marked in COMPLEMENTS or marked == "of":
            yield from _fill("A1" if marked == "of" or marked in BETWEEN else "A2", filler, actors, 0.4, token)
        if marked in BETWEEN and (other := _other_side(token, filler)) is not None:
            yield from (replace(argument, preposition=marked) for argument in _fill("A1", other, actors, 0.4, token))


def _hung_on_names(noun: Token) -> Iterator[Token]:
    """Whom it is from or by, hung on the name before: "aid to Chad from France" tells of no Chad that is from France.

    Or on the infinitive behind: "pressure | from Chad to take them back".
    """
    for clause in children(noun, "acl"):
        if clause.tag_ == "VB":
            yield from (doer for doer in children(clause, "obl") if doer.i < clause.i and preposition(doer) in _AGENT_MARKERS)
    for name in children(noun, "nmod"):
        if name.pos_ == "PROPN" and preposition(name) in COMPLEMENTS:
            yield from (doer for doer in children(name, "nmod") if preposition(doer) in _AGENT_MARKERS and doer.pos_ == "PROPN")


def _other_side(noun: Token, first: Token) -> Token | None:
    """The other of two sides, where a participle parts them: "between Mali, led by Diop, and Chad", whom parsers hang on Diop."""
    if children(first, "conj"):
        return None
    participles = [verb for word in (noun, first) for verb in children(word, "acl") if verb.tag_ in ("VBN", "VBD") and verb.i > first.i]
    for conjunct in (conjunct for verb in participles for oblique in children(verb, "obl") for conjunct in children(oblique, "conj")):
        if any(joint.lower_ == "and" and joint.nbor(-1).text == "," for joint in children(conjunct, "cc")):
            return conjunct
    return None


def object_nouns(token: Token, roles: Sequence[tuple[str, Token, float]]) -> list[Token]:
    """The nouns that a verb carries as its direct object (active) or subject (passive): "troops" in "sent 3,000 troops to Mali"."""
    measured = (_measured(filler) for filler in children(token, "nsubj:pass" if is_passive(token) else "obj"))
    found = [noun for noun in measured if noun.pos_ in NOMINAL]
    if not found and (antecedent := _relative_object(token)) is not None:
        found = [antecedent]
    return found or [filler for role, filler, _ in roles if role == "A1" and filler.pos_ == "NOUN" and filler.head.i == token.i and not preposition(filler)]


def _measured(noun: Token) -> Token:
    """What a measure is a measure of: "maize" in "400 tonnes of maize", "aid" in "$90 million in aid"."""
    if not is_measure(noun):
        return noun
    return next((child for child in children(noun, "nmod") if preposition(child) in ("of", "in", "worth of") and child.pos_ == "NOUN"), noun)


def _relative_object(token: Token) -> Token | None:
    """The noun that a relative clause leaves out of its verb: "support" in "the support (that) Ukraine has received"."""
    if not has_label(token, "acl:relcl") or child(token, "nsubj") is None or token.head.pos_ not in NOMINAL:
        return None
    if any(oblique.lower_ in ("which", "whom") for oblique in children(token, "obl")):
        return None  # "the forum in which they talked"
    left_out = child(token, "obj")
    if left_out is None or (left_out.lower_ in ("that", "which") and not _ends_what_is_said(token.head, token)):
        return token.head
    return None


def step_up(token: Token) -> tuple[Token, str, Token] | None:
    """The step up the tree from a predicate; of help that is counted ("$90 million in aid", "tons of aid") from its measure."""
    steps = path_up(token)
    step = next(steps, None)
    if step is None or token.pos_ not in NOMINAL or step[1] != "nmod" or preposition(step[0]) not in ("in", "of", "worth of"):
        return step
    return next(steps, None) if is_measure(step[2]) else step
