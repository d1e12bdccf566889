"""Triples that no predicate states: agent nouns, who is led or included by whom, compounds.

Each family is a generator over the mentions or tokens of a document and gives candidates; its name is the rule of the
statements that come from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from typing import TYPE_CHECKING

from .agent_nouns import agent_nouns
from .arguments import NOMINAL, antecedent
from .candidates import Candidate
from .offices import Offices
from .records import ActorKind, RelationType
from .relations import Relation, entry, lemma, relation_of
from .syntax import child, children, first_conjunct, governor, has_label, is_passive, preposition, subject
from .voices import IN_ARMS

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .actors import Mention
    from .fillers import ActorIndex
    from .predication import Predications

_HYPHENS = frozenset({"-", "–", "—", "/", "‑"})
_COMPLEMENT_MARKERS = frozenset({"of", "for", "to", "with", "at", "in"})
_EXAMPLES = frozenset({"such as", "like", "including"})
_GOVERNMENTS = frozenset({"government", "regime", "administration", "cabinet", "junta"})
_INCLUDING = frozenset({"include", "comprise", "consist", "compose", "make up"})
_QUANTIFIERS = frozenset({"one", "some", "two", "three", "several", "many", "few", "most", "part"})
_SUFFERING = {
    "suffer": "make suffer", "suffering": "make suffer", "die": "kill", "death": "kill", "perish": "kill", "defeat": "defeat",
    "lose": "defeat", "loss": "defeat", "torture": "torture", "abuse": "abuse", "persecution": "persecute", "humiliation": "humiliate",
}  # fmt: skip
"""Words that say what befalls somebody, with what is done to him."""
_FALLING = frozenset({"fall", "loss", "surrender"})
_BECOMING = frozenset({"become", "remain", "stay", "be"})
_REGARDING = frozenset({"see", "regard", "view", "describe", "remember", "treat", "portray", "depict", "brand", "denounce", "condemn", "perceive", "praise", "hail"})
"""Verbs that say what somebody thinks their object is."""
_LED = frozenset({"lead", "head", "chair", "represent", "govern", "command"})
_LIKELY = 0.8


def led_by(tokens: list[Token], predications: Predications) -> Iterator[Candidate]:
    """ "Between the Government of Mali, led by N. N., and …": who leads or represents what is named right before, wherever the participle hangs."""
    actors = predications.actors
    for token in tokens:
        if token.tag_ not in ("VBN", "VBD") or lemma(token) not in _LED or not has_label(token, "acl", "conj") or token.i < 2 or token.nbor(-1).text not in (",", "and"):
            continue
        relation = relation_of(token, "", predications.frames)
        said = _said_in_apposition(token) if token.nbor(-1).text == "and" else None
        named = actors.at(token.nbor(-2)) if token.nbor(-1).text == "," else actors.at(said) if said is not None else []
        bodies = [m for m in named if m.actor.kind in (ActorKind.COUNTRY, ActorKind.ORGANISATION) and m.form != "place" and (said is not None or m.end == token.i - 1)]
        leaders = [m for noun in children(token, "obl") if preposition(noun) == "by" for m in actors.at(noun) if m.form == "person"]
        for leader, body in product(leaders, bodies):
            yield Candidate(token, leader, body, relation, "title", _LIKELY)


def _said_in_apposition(participle: Token) -> Token | None:
    """Whom a participle behind "and" is said of, in an apposition: "the League, a party founded in Lima and led by N. N."."""
    first = participle.head
    noun = first.head if first.pos_ == "VERB" and has_label(first, "acl") else first
    return noun.head if noun.pos_ == "NOUN" and has_label(noun, "appos") else None


def agent_noun_ties(tokens: list[Token], predications: Predications) -> Iterator[Candidate]:
    """ "Belarus is an ally of Russia", "its closest ally, Russia", "NATO member Norway", "as Peru's main rival, Chile …"."""
    table, actors = agent_nouns(), predications.actors
    for token in tokens:
        noun = table.get(lemma(token)) if token.pos_ in NOMINAL else None
        if noun is None or noun.type is None:
            continue
        relation = Relation(f"{noun.noun} {noun.preposition}", noun.type, noun.symmetric, None)
        whole = {mention for mention in actors.at(token) if mention.actor.kind is ActorKind.GROUP}
        referents, partners = ([m for m in found if m not in whole] for found in (_referents(token, predications), _partners(token, actors)))
        if noun.type is RelationType.MEMBER and any(Offices.load().is_former_word(word) for word in children(token, "amod")):
            continue  # "a former member of": no member, and no denial of it either
        among = noun.symmetric and not partners and not any(preposition(example) in _EXAMPLES for example in children(token, "nmod", "acl"))
        pairs = combinations(referents, 2) if among else product(referents, partners)  # "allies such as A and B": of whom, it does not say
        for one, other in pairs:
            if one.actor.id != other.actor.id and not _is_origin(one, other, noun.type):
                yield Candidate(token, one, other, relation, "agent-noun", _LIKELY)


def _is_origin(person: Mention, other: Mention, type_: RelationType) -> bool:
    """Whether the adjective says where a person is from: "the Kenyan competitor N. N." is no rival of Kenya."""
    return person.form == "person" and other.form == "adjective" and type_ in (RelationType.RIVAL, RelationType.SUPPORT)


def _referents(token: Token, predications: Predications) -> list[Mention]:
    """Who is meant by an agent noun."""
    actors = predications.actors
    named: list[Mention] = []
    if (said := said_of(token)) is not None:
        named += [filling.mention for filling in actors.of(antecedent(said))]
    for example in children(token, "appos", "flat"):
        named += [filling.mention for filling in actors.of(example) if filling.direct]
    for example in children(token, "nmod", "acl"):
        if preposition(example) in _EXAMPLES:
            named += [filling.mention for filling in actors.of(example) if filling.direct]
    if has_label(token, "appos", "compound", "nmod:desc", "nmod:unmarked", "flat"):
        named += [mention for mention in actors.at(token.head) if not mention.start <= token.i < mention.end]
    above = governor(token)
    if above is not None and preposition(token) == "as":
        if above.pos_ in NOMINAL:
            named += [filling.mention for filling in actors.of(above)]
        elif lemma(above) in _REGARDING:  # "sees Peru as its main donor": it is Peru
            named += [argument.mention for argument in predications.named_object(above)]
        else:
            named += [argument.mention for argument in predications.agents(above)[0] or predications.subjects(above)]
    if above is not None and preposition(token) == "of" and above.lower_ in _QUANTIFIERS:
        named += _referents(above, predications)
    return list({mention.actor.id: mention for mention in named}.values())


def said_of(noun: Token) -> Token | None:
    """The subject that a copula or a verb like "become" joins with the noun or with its first conjunct."""
    first = first_conjunct(noun)
    if child(first, "cop") is not None:
        return subject(first)
    if has_label(first, "xcomp", "obj") and lemma(first.head) in _BECOMING:
        return subject(first.head)
    return None


def _partners(token: Token, actors: ActorIndex) -> list[Mention]:
    """Whom the agent noun ties its referent to."""
    named: list[Mention] = []
    for complement in children(token, "nmod:poss", "amod", "compound", "nmod"):
        marked = preposition(complement)
        if has_label(complement, "nmod:poss", "amod", "compound") or marked in _COMPLEMENT_MARKERS:
            named += [filling.mention for filling in actors.of(complement) if filling.direct and filling.mention.form != "place"]
    return list({mention.actor.id: mention for mention in named}.values())


def hyphenated_pairs(actors: ActorIndex, predications: Predications) -> Iterator[Candidate]:
    """ "the Serbia–Hungary alliance", "U.S.-China talks": two actors joined by a hyphen before a noun of the lexicon."""
    doc = actors.doc
    by_start = {mention.start: mention for mention in actors.mentions if mention.form in ("name", "adjective", "metonym", "place")}
    for one in by_start.values():
        if one.end + 1 >= len(doc) or doc[one.end].text not in _HYPHENS:
            continue
        other = by_start.get(one.end + 1)
        if other is None or other.actor.id == one.actor.id:
            continue
        noun = next((token for token in doc[other.end : other.end + 4] if predications.is_event(token)), None)
        if noun is None or any(token.pos_ not in ("ADJ", "NOUN", "PROPN", "PUNCT", "VERB") for token in doc[other.end : noun.i]):
            continue
        relation = relation_of(noun, "with", predications.frames)
        if relation.frame is not None and relation.symmetric:
            yield Candidate(noun, one, other, relation, "compound", _LIKELY)


def participial_compounds(actors: ActorIndex, predications: Predications) -> Iterator[Candidate]:
    """ "Iran-backed rebels", "U.S.-led coalition": an actor, a hyphen and a participle before another actor."""
    doc = actors.doc
    for one in list(actors.mentions):
        if one.end + 2 >= len(doc) or doc[one.end].text not in _HYPHENS:
            continue
        participle = doc[one.end + 1]
        if participle.tag_ not in ("VBN", "VBD", "JJ") or not participle.lower_.endswith(("ed", "led", "held", "run", "built")):
            continue
        following = doc[participle.i + 1]
        head = participle.head if participle.head.i > participle.i else following
        others = actors.at(head) or actors.at(following)
        for other in others:
            if other.actor.id == one.actor.id or other.start <= one.start < other.end:
                continue
            frame = predications.frames.lookup(_verb_of(participle), "v")
            named_so = other.actor.name.startswith(doc[one.start : participle.i + 1].text)  # "Kenyan-led forces" are led by Kenya
            leads_nobody = frame is not None and frame.type is RelationType.LEADS and ("@" in other.actor.id or named_so)
            if frame is not None and not leads_nobody:
                relation = Relation(_verb_of(participle), frame.type, frame.symmetric, frame)
                yield Candidate(participle, one, other, relation, "participial-compound", _LIKELY)


def _verb_of(participle: Token) -> str:
    """The verb of a participle that the tagger may have taken for an adjective, whose lemma is then itself."""
    word = lemma(participle)
    if word != participle.lower_ or not word.endswith("ed"):
        return word
    return {"led": "lead"}.get(word, word.removesuffix("ed"))


def inclusions(tokens: list[Token], predications: Predications) -> Iterator[Candidate]:
    """ "The bloc includes Peru and Chile", "coalition nations include Australia": each is a member of it."""
    for token in tokens:
        if token.pos_ != "VERB" or entry(token) not in _INCLUDING:
            continue
        said = token.head if has_label(token, "acl") else subject(token)
        if said is None:
            continue
        wholes = [f.mention for f in predications.actors.of(said) if f.mention.actor.kind is ActorKind.ORGANISATION]
        filler = child(token, "obj") or next((oblique for oblique in children(token, "obl") if preposition(oblique) in ("of", "by")), None)
        parts = [f.mention for f in predications.actors.of(filler) if f.direct] if filler is not None else []
        for part, whole in product(parts, wholes):
            if part.actor.id != whole.actor.id:
                yield Candidate(token, part, whole, Relation("member of", RelationType.MEMBER, False, None), "inclusion", _LIKELY)


def at_the_hands(tokens: list[Token], predications: Predications) -> Iterator[Candidate]:
    """ "Farmers suffered at the hands of the militia", "the death of a Peruvian officer at the hands of rebels": who did it to whom."""
    actors = predications.actors
    yield from _falls(tokens, actors)
    for token in tokens:
        if token.lower_ != "hands" or preposition(token) != "at" or not has_label(token, "obl", "nmod"):
            continue
        above = token.head
        relation = _suffered(above, predications)
        if relation is None:
            continue
        doers = [f.mention for noun in children(token, "nmod") if preposition(noun) == "of" for f in actors.of(noun)]
        sufferers = [f.mention for noun in _sufferers(above) for f in actors.of(noun)]
        for doer, sufferer in product(doers, sufferers):
            if doer.actor.id != sufferer.actor.id and doer.form != "place":
                yield Candidate(above, doer, sufferer, relation, "at-the-hands", _LIKELY)


def _falls(tokens: list[Token], actors: ActorIndex) -> Iterator[Candidate]:
    """ "Mosul fell to the militants", "the fall of Gao to rebels": who took it."""
    for token in tokens:
        if token.pos_ not in ("VERB", "NOUN") or (lemma(token) not in _FALLING and token.lower_ != "fell"):
            continue
        takers = [f.mention for noun in children(token, "obl", "nmod") if preposition(noun) in ("to", "into the hands of") for f in actors.of(noun)]
        lost = subject(token) if token.pos_ == "VERB" else next(iter(_sufferers(token)), None)
        for taker, place in product(takers, [f.mention for f in actors.of(lost)] if lost is not None else ()):
            armed = taker.sector in IN_ARMS or taker.form == "collective"
            if armed and place.form == "place" and taker.actor.id != place.actor.id:
                yield Candidate(token, taker, place, Relation("capture", RelationType.ASSAULT, False, None), "at-the-hands", _LIKELY)


def _suffered(word: Token, predications: Predications) -> Relation | None:
    """What is done to those of whom the word says that they suffer it; None where it says nothing of the kind."""
    name = lemma(word)
    if name in _SUFFERING:
        return Relation(_SUFFERING[name], RelationType.ASSAULT, False, None)
    if word.pos_ == "VERB" and is_passive(word):
        return relation_of(word, "", predications.frames)
    return None


def _sufferers(word: Token) -> list[Token]:
    if word.pos_ in NOMINAL:
        return [noun for noun in children(word, "nmod:poss", "nmod") if has_label(noun, "nmod:poss") or preposition(noun) == "of"]
    found = subject(word)
    return [] if found is None else [antecedent(found)]


def governments(actors: ActorIndex) -> Iterator[Candidate]:
    """ "Scholz's government", "Kim and his regime": whose government it is leads it."""
    for mention in list(actors.mentions):
        noun = actors.doc[mention.head]
        if mention.form != "collective" or mention.actor.kind is not ActorKind.COUNTRY or noun.lemma_.lower() not in _GOVERNMENTS:
            continue
        for owner in children(noun, "nmod:poss", "compound"):
            if owner.pos_ == "PRON" and not has_label(noun, "conj"):
                continue  # "his government" alone takes for granted what its sentence does not say
            for filling in actors.of(owner):
                person = filling.mention
                if person.actor.kind is ActorKind.PERSON and not (person.start < mention.end and mention.start < person.end):
                    relation = Relation(f"lead {noun.lemma_.lower()} of", RelationType.LEADS, False, None)
                    yield Candidate(noun, person, mention, relation, "government", _LIKELY)
