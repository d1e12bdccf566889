"""Whose it is that somebody strikes, seizes, expels or condemns, where a possessive says it: "French jets bombed its camps".

It is not the doer's, whom a pronoun would take up else: nobody bombs camps or denounces decisions of his own without the word "own".
Nor is who is bombed the bomber: "jets bombed them" (principle B of Chomsky, "Lectures on Government and Binding", 1981).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from .fillers import TARGETS
from .mentions import the_only
from .records import ActorKind
from .relations import lemma
from .syntax import children, has_label, is_passive
from .voices import ARMED

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .actors import Mention
    from .nearby import Nearby

_STRIKING = frozenset({
    "abduct", "ambush", "arrest", "assassinate", "attack", "behead", "besiege", "blacklist", "bomb", "bombard", "burn", "capture", "confiscate", "destroy", "detain",
    "down", "execute", "expel", "freeze", "hammer", "hit", "impound", "intercept", "invade", "jail", "kidnap", "kill", "loot", "occupy", "overrun", "pound", "pummel",
    "raid", "ransack", "sanction", "seize", "shell", "sink", "storm", "strike", "target", "torch", "wound",
})  # fmt: skip
_PEOPLE = frozenset({
    "agent", "ambassador", "chief", "commander", "crew", "diplomat", "envoy", "fighter", "force", "founder", "general", "leader", "lieutenant", "man", "member", "militant",
    "militiaman", "officer", "operative", "rebel", "soldier", "spokesman", "treasurer", "troop",
})  # fmt: skip
_THINGS = TARGETS | frozenset({
    "account", "airspace", "aircraft", "airbase", "asset", "boat", "capital", "coast", "column", "consulate", "drone", "embassy", "facility", "fleet", "flagship", "frigate",
    "garrison", "helicopter", "hideout", "infrastructure", "jet", "launcher", "navy", "office", "patrol", "plane", "ship", "soil", "submarine", "supply", "tank", "tanker",
    "territory", "trawler", "trench", "tunnel", "vehicle", "vessel", "water",
})  # fmt: skip
_OUTSIDERS = frozenset({"ambassador", "consul", "diplomat", "envoy"})
"""Whom a country expels that are another's; a party expels members of its own."""
_JUDGING = frozenset({
    "applaud", "condemn", "criticise", "criticize", "decry", "denounce", "deplore", "deride", "dismiss", "hail", "ignore", "mock", "praise", "rebuff", "reject", "spurn",
    "welcome",
})  # fmt: skip
_DEEDS = frozenset({
    "action", "aggression", "appeal", "assault", "attack", "ban", "behavior", "behaviour", "blockade", "call", "campaign", "claim", "commitment", "conduct", "decision", "demand",
    "deployment", "effort", "handling", "invasion", "invitation", "law", "move", "objection", "occupation", "offensive", "offer", "plan", "policy", "proposal", "refusal",
    "remark", "request", "response", "role", "ruling", "stance", "statement", "strike", "support", "tactic", "tariff", "timetable", "treatment", "ultimatum", "veto", "war",
})  # fmt: skip
"""What one judges that another does or says."""
_ADDRESSING = frozenset({
    "accuse", "advise", "arm", "ask", "assure", "beg", "blame", "compel", "congratulate", "exhort", "fight", "force", "help", "implore", "invite", "negotiate", "order", "persuade",
    "press", "pressure", "promise", "punish", "rebuke", "reproach", "sanction", "talk", "tell", "thank", "threaten", "urge", "warn",
})  # fmt: skip
"""What one does to somebody, never to a treaty or a town."""
_MANY = frozenset({"NNS", "NNPS"})
_SENTENCES_BACK = 2


def is_anothers(possessive: Token) -> bool:
    """Whether what the pronoun possesses is the object of such a verb: "its" in "bombed its camps", "sanctioned three of its generals"."""
    what = possessive.head
    if not has_label(possessive, "nmod:poss") or any(word.lower_ == "own" for word in children(what, "amod")):
        return False
    noun = lemma(what)
    if has_label(what, "nmod") and (what.head.pos_ == "NUM" or what.head.lower_ in ("some", "several", "many", "most", "all", "dozens", "hundreds")):
        what = what.head
    verb = what.head
    if verb.pos_ != "VERB" or is_passive(verb) or not has_label(what, "obj"):
        return False
    if lemma(verb) == "expel":
        return noun in _OUTSIDERS
    return (lemma(verb) in _STRIKING and noun in _PEOPLE | _THINGS) or (lemma(verb) in _JUDGING and noun in _DEEDS)


def is_object(pronoun: Token) -> bool:
    """Whether somebody else does something to what the pronoun stands for: "them" in "American drones struck them"."""
    verb = pronoun.head
    if pronoun.lower_ not in ("it", "them") or not has_label(pronoun, "obj", "iobj", "obl") or verb.pos_ != "VERB" or is_passive(verb):
        return False
    return not (has_label(verb, "advcl", "acl") and verb.tag_ == "VBG")  # "ISIL sells oil, enabling it to buy rifles"


def objects(pronoun: Token, number: int, doers: Collection[str], near: Nearby) -> list[Mention]:
    """Who such a pronoun stands for, none of the `doers`: "it" only where no thing can be meant, "them" where no other plural stands between."""
    inside = {i for back in range(_SENTENCES_BACK + 1) for m in near.in_range(pronoun, number - back) for i in range(m.start, m.end)}
    before = pronoun.doc[pronoun.sent.start : pronoun.i]
    if any(word.lower_ == pronoun.lower_ and word.i not in inside for word in before):
        return []  # "Tokyo condemned it, and Seoul vowed to punish it"
    if pronoun.lower_ == "it":
        return others(pronoun, number, doers, near) if lemma(pronoun.head) in _ADDRESSING else []
    found = others(pronoun, number, doers, near)
    told = pronoun.doc[pronoun.doc[found[0].head].sent.start : pronoun.i] if found else ()
    return [] if any(word.tag_ in _MANY and word.i not in inside and has_label(word, "nsubj", "nsubj:pass", "obj") for word in told) else found


def others(pronoun: Token, number: int, doers: Collection[str], near: Nearby) -> list[Mention]:
    """Who may be meant, none of the `doers`: what the last such pronoun of the sentence stands for, the only other one in the sentence or its
    subject, or the subject or only other one of a sentence shortly before. `number` is that of the sentence."""
    fitting = [mention for mention in near.in_sentence(pronoun, number) if _fits(mention, pronoun) and mention.actor.id not in doers]
    taken_up = [mention for mention in fitting if mention.form == "pronoun" and pronoun.doc[mention.head].pos_ == "PRON"]
    if taken_up:
        return [mention for mention in taken_up if mention.head == taken_up[-1].head]
    if fitting:
        main = {mention.actor.id for mention in near.subjects(number)}
        return the_only(fitting) or the_only([mention for mention in fitting if mention.actor.id in main])
    for back in range(1, _SENTENCES_BACK + 1):
        for found in (near.subjects(number - back), near.in_range(pronoun, number - back)):
            fitting = [mention for mention in found if _fits(mention, pronoun) and mention.actor.id not in doers]
            if fitting:
                return the_only(fitting)
    return []


def _fits(mention: Mention, pronoun: Token) -> bool:
    """Whether the number agrees: "them" are many people, "it" is one body."""
    if mention.actor.kind is ActorKind.PERSON:
        return False
    head = pronoun.doc[mention.head]
    many = mention.form in ("collective", "people", "pronoun") and "Plur" in head.morph.get("Number", [])
    if pronoun.lower_ in ("it", "its"):
        return mention.actor.kind is not ActorKind.GROUP or not many
    return many or mention.sector in ARMED

