"""Which actors a word stands for: itself, what it belongs to, its conjuncts, its examples.

A role is filled by the head word of a phrase. "Pyongyang" is an actor; "the Kremlin's offer", "Russia's war effort" and
"the Russian attack" stand for the actor that they belong to; "key players such as A, B and C" for A, B and C.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .records import ActorKind
from .syntax import children, coordination, describes_name, has_label, is_focus, preposition

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from .actors import Mention

_EXAMPLES = frozenset({"such as", "like", "including", "namely"})
TOPICS = frozenset({"topic", "issue", "subject", "matter", "question", "theme", "concern", "problem", "agenda"})
"""What is talked about: its examples take no part."""
_OWNERS = frozenset({"of", "from", "by"})
_DOING = frozenset({
    "claim", "carry", "commit", "conduct", "launch", "perpetrate", "stage", "make", "issue", "take", "mount", "plan", "orchestrate",
    "organize", "organise", "send", "publish", "write", "announce", "propose", "draft", "broker", "offer", "provide", "give", "impose",
    "pass", "adopt", "approve", "set", "enact", "decree", "introduce", "levy", "sign", "fire", "own", "run", "operate", "control", "hold", "seize", "capture", "occupy", "do", "cause", "inflict", "unleash", "build", "produce",
})  # fmt: skip
"""Participles that say whose a thing or deed is: a town held or run by somebody is theirs, one destroyed by them is not."""
_GOVERNMENTS = frozenset({"government", "cabinet", "administration", "regime", "junta"})
_IN_PREPOSITIONS = frozenset({"behalf", "name", "wake", "light", "view", "face", "case", "event", "eve", "absence", "presence", "aftermath", "course", "midst", "expense"})
"""Nouns that make up a preposition with what stands around them: who thanks "on behalf of Chad" does not thank Chad."""
_BODIES = frozenset({
    "movement", "organization", "organisation", "association", "institute", "foundation", "federation", "league", "network",
    "club", "team", "channel", "station", "website", "group", "component", "wing", "institution",
})  # fmt: skip
"""What acts for itself: an Israeli movement is not Israel, a Protestant organisation not the Protestants."""
_HOLDING = frozenset({"held", "controlled", "owned", "run", "operated", "occupied", "flagged", "ruled", "manned", "crewed"})
_COUNTS = frozenset({"ten", "dozen", "score", "hundred", "thousand", "million", "number", "majority", "handful", "group", "one", "some", "many", "most", "several", "few"})
"""What counts those that it is of: "dozens of Kenyans" are Kenyans."""
TARGETS = frozenset({
    "target", "position", "site", "base", "outpost", "camp", "building", "facility", "depot", "village", "town", "city", "area", "neighborhood",
    "neighbourhood", "district", "suburb", "airport", "airfield", "port", "hospital", "school", "market", "checkpoint", "stronghold", "hideout",
    "hotel", "restaurant", "cafe", "nightclub", "shop", "mall", "bank", "factory", "plant", "refinery", "pipeline", "warehouse", "bridge", "dam",
    "church", "mosque", "temple", "synagogue", "shrine", "cathedral", "university", "college", "prison", "jail", "barracks", "headquarters",
    "compound", "station", "courthouse", "ministry", "museum", "theater", "theatre", "stadium", "convoy", "bus", "train", "funeral", "wedding", "procession",
})  # fmt: skip
"""What is fired at or held, and belongs to the country where it is: "rockets fired at a base in Iraq"."""
BORDERS = frozenset({"border", "frontier", "coast", "shore"})
"""Where forces are massed against whose they are; of a clash there they tell nothing."""
_TRADE = frozenset({"trade", "sale", "export", "import", "shipment", "transfer", "delivery", "flight", "investment", "purchase"})
"""What bans and duties are laid on, with whom it is: "an embargo on arms sales to Sudan"."""
_TRADED = frozenset({"to", "from", "with", "in", "into"})
_CAMPAIGNS = frozenset({"war", "invasion", "campaign", "offensive", "intervention", "operation", "occupation", "bombing", "strike", "airstrike", "raid", "attack", "assault", "bombardment"})
"""What is the doing of those who lead it: "the French-led intervention"."""
_SIDES = frozenset({"side", "community", "sector", "half", "part", "zone", "population"})
"""Parts of a country that bear the name of another people: "the Greek community of Cyprus"."""
_WITHIN = frozenset({"in", "inside", "near"})
_APART = frozenset({"from", "to", "with", "for", "against", "in", "on", "by", "at"})
_EXCLUDING = frozenset({",", "but", "and", "though", "although", "(", "–", "—"})
_MAX_STEPS = 2
"""Steps from a filler to the actor that it belongs to: "the offer of the government of Mali" takes two."""


@dataclass(frozen=True, slots=True)
class Filling:
    """An actor's mention that a word stands for; `direct` where the word is the mention's own, not something that belongs to it."""

    mention: Mention
    direct: bool


class ActorIndex:
    """The mentions of one document by token; built once, then asked for every filler."""

    def __init__(self, doc: Doc, mentions: Iterable[Mention], others: Container[str] = frozenset()) -> None:
        """Index the mentions; `others` are lemmas of nouns that name someone else than their owner ("Kenya's neighbour")."""
        self.doc = doc
        self._others = others
        self.mentions = sorted(mentions, key=lambda m: (m.start, m.end, m.actor.id))
        self._at: dict[int, list[Mention]] = {}
        self._by_actor: dict[str, list[Mention]] = {}
        self._known: dict[tuple[int, bool], tuple[Filling, ...]] = {}  # of fillers asked for: a word fills roles of several predicates
        for mention in self.mentions:
            self._enter(mention)

    def add(self, mention: Mention) -> None:
        """Enter one mention more, such as a pronoun just resolved."""
        self.mentions.append(mention)
        self._enter(mention)

    def _enter(self, mention: Mention) -> None:
        self._known.clear()
        self._by_actor.setdefault(mention.actor.id, []).append(mention)
        for i in range(mention.start, mention.end):
            self._at.setdefault(i, []).append(mention)

    def at(self, token: Token) -> list[Mention]:
        """The mentions that the token is part of; several where one word names several actors ("both countries")."""
        return self._at.get(token.i, [])

    def several(self, tokens: Iterable[Token]) -> bool:
        """Whether the tokens name more than one actor."""
        return len({mention.actor.id for token in tokens for mention in self._at.get(token.i, ())}) > 1

    def of(self, token: Token, *, conjuncts: bool = True) -> Sequence[Filling]:
        """The actors that a role filler stands for, in the order of the text, each actor once."""
        if token.i not in self._at and not token.children:
            return ()  # as of most that fill a role
        known = self._known.get((token.i, conjuncts))
        if known is None:
            found: dict[str, Filling] = {}
            for filling in self._resolve(token, _MAX_STEPS, conjuncts):
                found.setdefault(filling.mention.actor.id, Filling(self._named(filling.mention), filling.direct))
            known = self._known[token.i, conjuncts] = tuple(found.values())
        return known

    def _named(self, mention: Mention) -> Mention:
        """The mention that names the actor outright in the same sentence, for a pronoun; the last before it, if any is.

        "The U.S. reaffirms its commitment to Peru": the evidence for who commits itself is "U.S.", which the reader sees.
        """
        if mention.form != "pronoun":
            return mention
        start = self.doc[mention.head].sent.start
        names = [other for other in self._by_actor.get(mention.actor.id, ()) if start <= other.start < mention.start and other.form not in ("pronoun", "place")]
        return max(names, key=lambda other: other.start, default=mention)

    def _resolve(self, token: Token, steps: int, conjuncts: bool) -> Iterator[Filling]:
        own = self.at(token)
        if not own and token.tag_ == "WP$" and (owner := _whose(token)) is not None:
            yield from self._resolve(owner, steps, True)
        elif own:
            for mention in own:
                yield Filling(mention, True)
                yield from self._fellow_states(mention)
        elif steps:
            yield from self._belonging(token, steps)
        if conjuncts:
            anchor = self.doc[own[0].head] if own else token
            for conjunct in _later_conjuncts(anchor):
                if not any(mention in own for mention in self.at(conjunct)):
                    yield from self._resolve(conjunct, steps, False)

    def _fellow_states(self, mention: Mention) -> Iterator[Filling]:
        """The other countries of a plural noun: "Danish" in "the Danish and Swedish governments", whose mention is Sweden's, "Chad" in
        "the ministers of Mali and Chad"."""
        noun = self.doc[mention.head]
        of_state = mention.form == "collective" and not {".", "@"} & set(mention.actor.id)  # and no "Iraqi rebels"
        if not of_state:
            return
        several = noun.tag_ in ("NNS", "NNPS")
        for modifier in children(noun, "amod", "compound", "nmod:poss", "nmod") if several else children(noun, "amod", "compound"):
            words = [modifier, *_later_conjuncts(modifier)]
            if not several and len(words) == 1:
                continue  # "the Danish and Swedish navy" are two navies
            home = preposition(modifier) == "from" and mention.actor in {other.actor for other in self.at(modifier)}  # "police from Mali and Chad"
            if modifier.i > noun.i and not home and (preposition(modifier) != "of" or not mention.start <= modifier.i < mention.end):
                continue
            if mention.actor.kind is not ActorKind.COUNTRY and not any(mention.start <= word.i < mention.end for word in words[1:]):
                continue  # "Iraqi and Kurdish governments" are two, "our Kurdish partners" are not
            for word in words:
                fellows = [other for other in self.at(word) if other.actor.kind is ActorKind.COUNTRY and other.actor.id != mention.actor.id]
                yield from (Filling(other, True) for other in fellows)

    def _belonging(self, token: Token, steps: int) -> Iterator[Filling]:
        """What a common noun belongs to: its apposition or examples, else its possessor, adjective, or "of" phrase."""
        over = token.lemma_.lower() == "member" and any(word.lower_ == "former" for word in children(token, "amod"))
        owners = () if over or token.lemma_.lower() in self._others else (self._doers, self._possessors, self._modifiers, self._complements)
        for source in (self._instances, *owners):
            fillings = list(source(token, steps))
            if fillings:
                yield from fillings
                return

    def _instances(self, token: Token, steps: int) -> Iterator[Filling]:
        """Who the noun says that somebody is, named before it ("the Amber Front, an outfit armed by Chad"), in apposition or by examples."""
        if describes_name(token):
            yield from (Filling(mention, True) for mention in self.at(token.head) if mention.form in ("name", "person"))
        for child in children(token, "appos", "flat"):
            if _is_listed_for_another(child, token):
                continue
            if any(mention.form != "collective" or child.i == token.i + 2 for mention in self.at(child)):
                yield from (Filling(filling.mention, True) for filling in self._resolve(child, 0, True))
        for child in children(token, "nmod", "acl", "obl") if token.lemma_.lower() not in TOPICS else ():
            if preposition(child) in _EXAMPLES or (preposition(child) == "as" and any(word.lower_ == "such" for word in token.children)):
                yield from (Filling(filling.mention, True) for filling in self._resolve(child, 0, True))

    def _doers(self, token: Token, steps: int) -> Iterator[Filling]:
        """Whose deed it is by a participle: "attacks claimed by the group", "a raid carried out by Chad"."""
        for participle in children(token, "acl"):
            if participle.tag_ in ("VBN", "VBD") and participle.lemma_.lower() in _DOING:
                for child in children(participle, "obl"):
                    if preposition(child) == "by":
                        yield from self._indirect(child, steps)

    def _possessors(self, token: Token, steps: int) -> Iterator[Filling]:
        governs = token.lemma_.lower() in _GOVERNMENTS
        for child in children(token, "nmod:poss"):
            for filling in self._indirect(child, steps):  # whose government acts, and is nobody's whom a table knows
                yield Filling(filling.mention, True) if governs and filling.mention.form == "person" else filling

    def _modifiers(self, token: Token, steps: int) -> Iterator[Filling]:
        if any(preposition(doer) == "by" and doer.pos_ == "PROPN" for doer in children(token, "nmod")):
            return  # "the Hungarian coup by the Communists": they did it, whoever they are
        for child in children(token, "amod", "compound", "nmod:desc", "nmod:unmarked"):
            for mention in self.at(child):
                if not (self._is_in_compound(mention) or self._is_not_theirs(mention, token)):
                    yield Filling(mention, False)
            led = child.lower_ == "led" and token.lemma_.lower() in _CAMPAIGNS
            if (led or child.lower_ in _HOLDING) and child.i > 1 and self.doc[child.i - 1].text in ("-", "–"):
                yield from (Filling(mention, False) for mention in self._at.get(child.i - 2, ()))

    def _is_not_theirs(self, mention: Mention, noun: Token) -> bool:
        """Whether the noun names others than whom its modifier names: an Israeli movement, "the Turkish side of Cyprus"."""
        word = noun.lemma_.lower()
        if mention.form == "adjective" and word in _BODIES:
            return True
        parts = [part for part in children(noun, "nmod") if preposition(part) in ("of", "in")] if word in _SIDES else []
        places = [inner.actor for part in parts for place in part.subtree for inner in self.at(place)]
        return any(place.kind is ActorKind.COUNTRY and place.id != mention.actor.id for place in places)

    def _is_in_compound(self, mention: Mention) -> bool:
        """Whether a participle is tied to the mention by a hyphen: a "Kenyan-led force" is not Kenya's, a "Kenyan-held hill" is."""
        end = mention.end
        if end + 1 < len(self.doc) and self.doc[end + 1].lower_ in _HOLDING:
            return False
        if end < len(self.doc) and self.doc[end].tag_ == "VBN" and self.doc[end].lower_ not in _HOLDING and has_label(self.doc[end], "amod"):
            return True  # "a Coalition trained force"
        return end + 1 < len(self.doc) and self.doc[end].text in ("-", "–") and self.doc[end + 1].tag_ in ("VBN", "VBD", "VBG", "JJ")

    def _complements(self, token: Token, steps: int) -> Iterator[Filling]:
        word = token.lemma_.lower()
        if word in _IN_PREPOSITIONS and preposition(token) in ("in", "on", "at"):
            return
        counts, owned = word in _COUNTS, False
        for child in children(token, "nmod"):
            traded = word in _TRADE and preposition(token) == "on" and preposition(child) in _TRADED
            aimed = word in TARGETS and preposition(token) and preposition(child) in _WITHIN
            if traded or (aimed and not any(preposition(inner) in _EXAMPLES for inner in children(child, "nmod"))):
                yield from self._indirect(child, 1)
            elif counts and preposition(child) == "of":
                yield from self._resolve(child, steps - (child.lemma_.lower() not in _COUNTS), True)
            elif not has_label(child, "nmod:poss") and (preposition(child) in _OWNERS or (word in BORDERS and preposition(child) == "with")):
                if owned and preposition(child) == "of":
                    continue  # a second "of" belongs to the noun of the first
                fillings = tuple(self._indirect(child, steps))
                owned = owned or (bool(fillings) and preposition(child) == "of")
                yield from fillings

    def _indirect(self, token: Token, steps: int) -> Iterator[Filling]:
        for filling in self._resolve(token, steps - 1, True):
            yield Filling(filling.mention, False)


def _whose(pronoun: Token) -> Token | None:
    """The noun that "whose" stands for: "Chad" in "Chad, whose jets struck the port"."""
    above = pronoun.head
    while not has_label(above, "acl:relcl") and above.head.i != above.i:
        above = above.head
    return above.head if has_label(above, "acl:relcl") and above.head.i < pronoun.i else None


def _is_listed_for_another(listed: Token, noun: Token) -> bool:
    """Whether a colon before a list names who is meant by another noun, right before it: "a struggle began that involved three ministers: N., M. and L."."""
    colon = listed.left_edge.i - (listed.left_edge.text != ":")
    return colon > 0 and listed.doc[colon].text == ":" and listed.doc[colon - 1].i != noun.i and listed.doc[colon - 1].pos_ in ("NOUN", "PROPN")


def _later_conjuncts(token: Token) -> list[Token]:
    if not children(token, "conj"):
        return []
    bare = not preposition(token)  # "delivered maize, and from Peru": no other object
    owned = not has_label(token, "nmod:poss")
    return [
        conjunct
        for conjunct in coordination(token)
        if conjunct.i > token.i and not _is_excluded(conjunct) and not (bare and preposition(conjunct) in _APART) and not (owned and _is_owner(conjunct))
    ]


def _is_owner(conjunct: Token) -> bool:
    """Whether the conjunct only owns the next one, which parsers hang beside it: "Chad" in "Mali and Chad's Toumaï will build"."""
    mark = next((word for word in children(conjunct, "case") if word.tag_ == "POS"), None)
    beside = conjunct.head.children
    return mark is not None and any(other.i > mark.i and has_label(other, "conj") for other in beside)


def _is_excluded(conjunct: Token) -> bool:
    """Whether the conjunct is named as one who has no part: "Togo and Benin, but not Ghana"."""
    doc, start = conjunct.doc, conjunct.left_edge.i
    negatives = [word for word in doc[max(start - 1, 1) : conjunct.i] if word.lower_ == "not" and not is_focus(word)]
    return any(word.nbor(-1).lower_ in _EXCLUDING for word in negatives)
