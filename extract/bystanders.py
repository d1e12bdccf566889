"""Who stands near a predicate and has no part in it: places, those only carried, sent or freed, victims of what is condemned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .arguments import LOCATIVE, NOMINAL
from .records import ActorKind, Family, RelationType
from .relations import Relation, lemma, particle
from .syntax import child, children, first_conjunct, has_label, is_infinitive, marker, preposition

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .arguments import Argument
    from .frames import FrameLexicon
    from .predication import Predication

FORCES = frozenset({"MIL", "COP", "REB", "UAF"})
HARM = frozenset({RelationType.ASSAULT, RelationType.COERCE, RelationType.SANCTION})
_TRAINED = frozenset({"hacker", "spy", "agent", "commando", "sniper", "diver", "saboteur"})
"""Those whom one trains or sends as one's own, where nobody else's are meant."""
_SINGLED_OUT = frozenset({"first", "second", "third", "last", "latest", "only", "sole"})
_SENDING = frozenset({RelationType.AID, RelationType.MOBILIZE})
_DEPLOYMENTS = frozenset({RelationType.MOBILIZE, RelationType.RETREAT})
_UNDERGONE = frozenset({"release", "return", "liberation", "freeing", "freedom", "extradition", "repatriation", "evacuation", "rescue", "trial"})
"""What is asked for somebody, not of them."""
_MESSAGES = frozenset({"answer", "reply", "response", "word", "letter", "message"})
_RIGHTS = frozenset({"right", "freedom", "liberty"})
_KEEPING = frozenset({"uphold", "respect", "honor", "observe"})
"""What is done with rights and rules without taking sides."""
_PUBLISHED = frozenset({
    "document", "report", "statement", "video", "footage", "figure", "data", "photo", "photograph", "picture", "image", "list", "name", "detail",
    "transcript", "tape", "recording", "letter", "album", "film", "book", "song", "result", "version",
})  # fmt: skip
_SUFFERED = frozenset({"death", "suffering", "loss", "plight", "fate", "murder", "disappearance", "assassination", "abduction", "kidnapping", "injury", "poisoning"})
_HANDLED = frozenset({"purchase", "acquisition", "procurement", "import", "use", "sale", "delivery", "export", "shipment"})
_PARTICIPATION = frozenset({"involvement", "participation", "role", "part", "participate", "involve", "engagement", "entanglement"})
_LIBERATING = frozenset({"liberate", "free", "rid", "clear"})
_HANDING_OVER = frozenset({"sell", "export", "ship", "deliver", "send", "donate", "transfer", "smuggle", "lend", "hand"})
HOLDING_OFFICE = frozenset({"be", "become", "remain", "name", "appoint", "elect", "call", "crown", "declare", "proclaim"})
"""Verbs that join somebody with an office."""
_LANGUAGES = frozenset({"speak", "learn", "teach", "study", "understand", "read", "write"})
_TIMES = frozenset({"after", "before", "during", "following", "amid", "since"})
_SURROUNDINGS = frozenset({"region", "neighborhood", "neighbourhood", "backyard", "vicinity", "area", "hemisphere"})
_AWAY = frozenset({"from", "out of"})
_BESIDE = frozenset({"near", "near to", "close to", "outside"})
_NEAR = frozenset({"on", "at", "of"})
_LYING = frozenset({"lie", "sit", "stand", "live", "settle", "land", "fall", "sink", "fly", "sail", "come"})
_COMMITTING = frozenset({
    "use", "employ", "utilize", "mastermind", "orchestrate", "engineer", "plot", "plan", "coordinate", "spearhead", "instigate", "direct", "oversee",
    "prepare", "attempt", "continue", "sponsor", "finance", "authorize", "authorise", "perform", "unleash",
})  # fmt: skip
"""Verbs whose attack is the attack of their subject, light or not."""
_HOUSES = frozenset({"embassy", "consulate", "mission"})
_SPEAKING = frozenset({"speak", "talk", "argue", "discuss"})


def is_scene(object_: Argument, subject: Argument, others: list[Argument]) -> bool:
    """Whether the actor is only where somebody else is acted on: "beat up Kenyan detainees in Gao", "drove the rebels out of Gao"."""
    located = object_.preposition in LOCATIVE or (object_.role == "LOC" and object_.preposition in _NEAR)
    located |= object_.mention.form == "place" and object_.preposition in _AWAY
    affected = [other.mention.actor.id for other in others if other is not object_ and _is_affected(other)]
    return located and any(actor != subject.mention.actor.id for actor in affected)


def _is_affected(argument: Argument) -> bool:
    if argument.preposition == "at" and argument.direct and argument.mention.form != "place":
        return True  # "threw stones at the Danish embassy in Lagos"
    return argument.preposition == "against" or (not argument.preposition and argument.role in ("A1", "A2"))


def is_where_others_are_fought(object_: Argument, token: Token) -> bool:
    """Whether the place only says where: "In Mali, troops carried out two raids using drones against the militia", "involvement in the war in Mali"."""
    if token.pos_ in NOMINAL and has_label(token, "nmod", "obl") and preposition(token) == "in" and lemma(token.head) in _PARTICIPATION:
        return True
    opens = has_label(object_.filler, "obl") and object_.filler.i < token.i and object_.filler.head.left_edge.i >= object_.filler.left_edge.i - 1
    return opens and any(word.lower_ == "against" for word in token.doc[token.i : token.sent.end])


def is_surroundings(object_: Argument) -> bool:
    """Whether the place is one around the actor: influence "in their region" is none in their country."""
    return not object_.direct and lemma(object_.filler) in _SURROUNDINGS and bool(children(object_.filler, "nmod:poss"))


def is_beside(object_: Argument, relation: Relation) -> bool:
    """Whether what is done secretly or by law is done beside the place, not to it: "spying near a base", "arrests outside the town"."""
    return object_.preposition in _BESIDE and relation.type is RelationType.COERCE


def is_only_near(subject: Argument, object_: Argument, token: Token) -> bool:
    """Whether "close" says where or how much, and not who is friends with whom: "close to the Chilean border", "close to 40 percent of Chile's exports"."""
    if lemma(token) != "close" or object_.preposition != "to":
        return False
    approached = subject.mention.sector in FORCES and object_.mention.form in ("place", "metonym")
    lies = has_label(token, "xcomp", "advmod") and lemma(token.head) in _LYING
    return approached or lies or not (subject.direct and object_.direct)


def is_victim(argument: Argument, frames: FrameLexicon) -> bool:
    """Whether the actor suffers what the filler names, or only made what is dealt in: "condemned the killing of Chadian civilians", "approved the
    purchase of Chadian tanks" say nothing of Chadians. Nor is a country in whose place a war is its doer: "spoke out against the Chad war".
    """
    noun, head = argument.filler, argument.mention.start
    if noun.pos_ != "NOUN":
        return False
    frame = frames.lookup(lemma(noun), "n", prep="of")
    if head < noun.i:
        owned = lemma(noun) in _SUFFERED and has_label(noun.doc[argument.mention.head], "nmod:poss")  # "the soldier's death", "Diop's murder"
        return owned or (frame is not None and frame.type in HARM and _is_of_place(argument))
    if lemma(noun) in _HANDLED and any(head < of.i and preposition(of) == "of" and of.left_edge.i <= head for of in children(noun, "nmod")):
        return True
    harmed = lemma(noun) in _SUFFERED or (frame is not None and frame.type in HARM)
    return harmed and any(preposition(of) == "of" and of.left_edge.i <= head <= of.right_edge.i for of in children(noun, "nmod"))


def _is_of_place(argument: Argument) -> bool:
    """Whether the country stands before the noun by its own name, as a place does, and not by the adjective that doers have."""
    mention = argument.mention
    named = mention.actor.kind is ActorKind.COUNTRY and mention.form in ("name", "place")
    return named and has_label(argument.filler.doc[mention.head], "compound")


def takes_no_part(relation: Relation, noun: Token, frames: FrameLexicon) -> bool:
    """Whether the noun only brings the actor in: nobody asks those for something whose "release" is demanded, joins those whose "sanctions",
    frees those whose "documents" are released, or is on the side of those whose right he only keeps to."""
    if relation.type is RelationType.REQUEST:
        return lemma(noun) in _UNDERGONE
    if relation.type is RelationType.SUPPORT and lemma(noun) in _RIGHTS:
        return relation.frame is not None and relation.frame.predicate in _KEEPING
    if relation.type is RelationType.RETREAT:
        return lemma(noun) in _PUBLISHED
    if relation.type is RelationType.CONSULT:
        return lemma(noun) in _MESSAGES  # "received no answer from Peru" is no reception of Peru
    frame = frames.lookup(lemma(noun), "n") if relation.type is RelationType.MEMBER else None
    return frame is not None and frame.type.family is not Family.TIES


def is_only_talked_about(object_: Argument, talks: Token) -> bool:
    """Whether the actor is what a verb acts on at the time of the talks: those "freed after months of talks" took no part in them."""
    above = talks.head if has_label(talks, "nmod") and preposition(talks) == "of" else talks
    acted_on = has_label(object_.filler, "obj", "nsubj:pass") and object_.filler.head.i == above.head.i
    return acted_on and has_label(above, "obl") and preposition(above) in _TIMES


def is_only_faced(subject: Argument, object_: Argument, relation: Relation, verb: Token) -> bool:
    """Whether somebody only turns up, or round to a person: who asks something of another turns to him "for help", or as a state or body."""
    if lemma(verb) == "turn" and particle(verb) == "up":
        return True  # "turned up for the rally"
    if relation.type is not RelationType.REQUEST or lemma(verb) != "turn" or object_.mention.actor.kind is not ActorKind.PERSON:
        return False
    asked = any(preposition(oblique) == "for" for oblique in children(verb, "obl")) or any("to" in marker(clause).split() for clause in children(verb, "advcl", "xcomp"))
    return not asked and subject.mention.actor.kind in (ActorKind.PERSON, ActorKind.GROUP)


def is_left(object_: Argument, frames: FrameLexicon) -> bool:
    """Whether the filler only goes away from the actor: "demanded the withdrawal of troops from Chad" asks nothing of Chad."""
    noun, head = object_.filler, object_.mention.start
    frame = frames.lookup(lemma(noun), "n", prep="from") if noun.pos_ == "NOUN" else None
    if frame is None or frame.prep != "from":
        return False
    return any(preposition(source) == "from" and source.left_edge.i <= head <= source.right_edge.i for source in children(noun, "nmod"))


def is_complement(object_: Argument, relation: Relation) -> bool:
    """Whether the word only completes the verb: "took the soldiers prisoner" takes no prisoners besides."""
    frame = relation.frame
    return frame is not None and frame.predicate == relation.phrase and relation.phrase.endswith(f" {object_.filler.lower_}")


def is_only_carried(predication: Predication, object_: Argument, *, harmed: bool) -> bool:
    """Whether the object is unnamed people whom the verb carries to someone else: "doctors" in "sent 300 doctors to Cuba"."""
    nobody = object_.mention.actor.kind is ActorKind.GROUP and "@" in object_.mention.actor.id
    return nobody and not harmed and not object_.preposition and any(other.preposition and other.direct for other in predication.others)


def is_house(object_: Argument, verb: Token, frames: FrameLexicon) -> bool:
    """Whether an embassy that is opened or closed is the house, and nobody in it: "closed its embassy in Chad"."""
    noun = object_.filler
    if "@" not in object_.mention.actor.id or lemma(noun) not in _HOUSES or not has_label(noun, "obj", "nsubj:pass"):
        return False
    frame = frames.lookup(lemma(verb), "v", carried=[lemma(noun)]) if noun.head.i == verb.i else None
    return frame is not None and lemma(noun) in frame.carried


def is_sent(predication: Predication, object_: Argument, relation: Relation) -> bool:
    """Whether the object is whose troops or goods go to another: "Western" in "sent Western troops to Ukraine"."""
    if object_.preposition or object_.role != "A1" or relation.type not in _SENDING:
        return False
    return any(other.preposition in ("to", "into") and other.direct and other.mention != object_.mention for other in predication.others)


def is_origin(object_: Argument, verb: Token) -> bool:
    """Whether the object only tells where goods are from that go to somebody else: "Kenyan maize is sold by Norwegian firms" gives Kenya nothing."""
    return lemma(verb) in _HANDING_OVER and not object_.direct and not object_.preposition and object_.mention.start < object_.filler.i


def is_language(object_: Argument, verb: Token) -> bool:
    """Whether the object is what is spoken or learned, and not those who speak it: "speaks French"."""
    word = object_.filler
    return lemma(verb) in _LANGUAGES and object_.direct and not object_.preposition and word.tag_ in ("JJ", "NN", "NNP") and word.text[:1].isupper() and not children(word, "det") and object_.mention.actor.kind is ActorKind.COUNTRY


def is_set_free(predication: Predication, object_: Argument) -> bool:
    """Whether the object is the place that is freed from another: "liberated the Chadian town from the rebels"."""
    if lemma(predication.token) not in _LIBERATING or object_.preposition or object_.role != "A1":
        return False
    return any(other.preposition == "from" and other.mention.actor.id != object_.mention.actor.id for other in predication.others)


def is_destination(object_: Argument, relation: Relation) -> bool:
    """Whether the actor is only where those harmed are taken: "deported the miners to Chad" does Chad no harm."""
    frame = relation.frame
    return relation.type in HARM and object_.preposition in ("to", "into") and frame is not None and frame.pos == "v" and not frame.prep and not frame.carried


def is_driven_from(object_: Argument, relation: Relation) -> bool:
    """Whether the object is where somebody is driven out: "pushed the rebels out of Gao" does no harm to Gao."""
    return relation.type is RelationType.ASSAULT and object_.preposition == "out of"


def are_namesakes(one: Argument, other: Argument) -> bool:
    """Whether two people may be one: "Sefu" supports "her family", her being Amina Sefu."""
    names = [set(argument.mention.actor.name.split()) for argument in (one, other) if argument.mention.actor.kind is ActorKind.PERSON]
    return len(names) == 2 and (names[0] <= names[1] or names[1] <= names[0])


def are_own_forces(subject: Argument, object_: Argument, type_: RelationType) -> bool:
    """Whether the object is forces that a pronoun owns, or soldiers of nobody else: who "sent his troops", "deployed 3,000 troops" does nothing to them."""
    head = object_.filler.doc[object_.mention.head]
    deployed = type_ in _DEPLOYMENTS and object_.mention.sector == "MIL"
    if (deployed or lemma(head) in _TRAINED) and "@" in object_.mention.actor.id:
        return True
    if subject.mention.actor.kind is object_.mention.actor.kind is ActorKind.COUNTRY:
        return False  # "asked Peru to train its army", which is not Peru's
    return object_.mention.sector in FORCES and any(owner.pos_ == "PRON" for owner in children(head, "nmod:poss"))


def is_first_of(subject: Argument, verb: Token) -> bool:
    """Whether the actor is a bloc of which somebody is said to be the first or only one to do it: "the first Arab state to recognise Chad"."""
    noun, filler = verb.head, subject.filler
    if subject.mention.actor.kind is not ActorKind.GROUP or not has_label(verb, "acl") or noun.i not in (filler.i, filler.head.i) or not is_infinitive(verb):
        return False
    return any(word.lower_ in _SINGLED_OUT for word in noun.doc[noun.left_edge.i : noun.i])


def is_someone_else(holder: Argument, office: Token) -> bool:
    """Whether the noun of an office names whom the other one deals with: "Costa met the minister of Chad" makes Costa no minister."""
    name, doc = holder.mention, office.doc
    if name.form == "person" and office.i < name.start - 1 and doc[name.start - 1].tag_ == "POS":
        return True  # "Hamas leader N. and Hezbollah's N. N.": the second is named by another body
    above = office.head
    if has_label(office, "nmod") and above.pos_ == "NOUN" and has_label(above, "appos") and above.head.i == holder.filler.i and preposition(office) == "of":
        return True  # "Costa, a son of the governor of Bahia"
    dealt_with = has_label(office, "obj", "iobj", "obl") and office.head.pos_ == "VERB" and preposition(office) != "as"
    return dealt_with and lemma(office.head) not in HOLDING_OFFICE and not office.is_ancestor(holder.filler)


def is_at_home(subject: Argument, place: Argument) -> bool:
    """Whether it is police of whom no country is told, who act where they are from: "shot by police in Gao"."""
    return place.mention.form == "place" and subject.mention.sector == "COP" and "@" in subject.mention.actor.id


def is_deed_of_others(verb: Token, relation: Relation) -> bool:
    """Whether a verb that no table lists only has to do with an attack: "solved a crime against Peru"."""
    return lemma(verb) not in _COMMITTING and relation.frame is not None and relation.frame.pos == "n" and relation.type is RelationType.ASSAULT


def is_of_gerund(filler: Token) -> bool:
    """Whether the word is the object of a gerund that parsers hang on the verb above: "charged its neighbor with supporting dissidents"."""
    return filler.dep_ == "obl" and any(gerund.tag_ == "VBG" and children(gerund, "mark") for gerund in children(filler, "amod"))


def is_example(named: Token) -> bool:
    """Whether the name only stands for its like: "leaders such as Diop and Tall spoke" does not say that the two spoke to each other."""
    return preposition(first_conjunct(named)) in ("such as", "like")


def says_by_oneself(verb: Token, relation: Relation) -> bool:
    """Whether several say the same, and not to each other: "Diop and Tall argue that", "argued for it", "spoke of the need", "spoke at a rally"; "agree that" is an opinion,
    "agreed that" may be a deal."""
    if lemma(verb) == "agree" and verb.tag_ == "VBP" and not children(verb, "aux"):
        return child(verb, "ccomp") is not None
    if lemma(verb) not in _SPEAKING or relation.type not in (RelationType.CONSULT, RelationType.RIVAL):
        return False
    spoken_for = lemma(verb) == "argue" and any(preposition(noun) in ("for", "in favor of", "in favour of") for noun in children(verb, "obl"))
    return spoken_for or child(verb, "ccomp") is not None or any(preposition(noun) in ("of", "at", "against") for noun in children(verb, "obl"))
