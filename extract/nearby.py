"""Where the actors that a word can stand for are looked for: beside it, in the clauses around it, in its sentence, in those before."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from .located import controlling_object
from .records import ActorKind
from .syntax import children, clause, coordination, first_conjunct, governor, has_label, is_root, preposition, subject
from .voices import ARMED

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from .actors import Mention
    from .fillers import ActorIndex

_SENTENCES_BACK = 2
_AT_ODDS = ARMED | {"OPP"}


def are_several(noun: Token) -> bool:
    """Whether the common noun is a plural, or counted as one: "two aircraft"."""
    return noun.tag_ == "NNS" or (noun.tag_ == "NN" and any(number.lower_ not in ("one", "1") for number in children(noun, "nummod")))


def is_only_owner(mention: Mention, subject: Token, pronoun: Token) -> bool:
    """Whether an actor that the subject is of is not "it": "Kenyan boats" are "they", and "a Kenyan patrol boat" has no waters of its own."""
    if pronoun.lower_ not in ("it", "its", "itself"):
        return False
    has_none = subject.pos_ == "NOUN" and has_label(pronoun, "nmod:poss") and pronoun.head.lemma_.lower() in _TERRITORY
    return (has_none and mention.form in ("adjective", "collective")) or (are_several(subject) and mention.head != subject.i)


_TERRITORY = frozenset({"water", "airspace", "territory", "soil", "border", "frontier", "shore", "coast"})


def takes_sides(mention: Mention) -> bool:
    """Whether it names one that may be a side in a conflict: a country, an organisation, or a group in arms or in opposition."""
    if mention.actor.kind is ActorKind.GROUP:
        return mention.sector in _AT_ODDS
    return mention.actor.kind is ActorKind.COUNTRY or (mention.actor.kind is ActorKind.ORGANISATION and mention.sector != "MED")


class Nearby:
    """The actors before the words of a Doc. `mentions` and `index` are looked up anew each time: what is resolved can be taken up in turn."""

    def __init__(self, doc: Doc, sentences: Sequence[tuple[int, int]], mentions: Sequence[Mention], index: ActorIndex) -> None:
        """`sentences` are first tokens and ends."""
        self._doc, self._sentences, self._mentions, self._index = doc, sentences, mentions, index

    def bound(self, token: Token, number: int, kinds: tuple[ActorKind, ...]) -> list[Mention]:
        """The actors that a pronoun can stand for, by the first rule that finds any."""
        for found in (
            self.conjunct(token),
            self.clause_subjects(token),
            self.in_sentence(token, number),
            self._in_sentences_before(token, number),
        ):
            fitting = [mention for mention in found if mention.actor.kind in kinds]
            if fitting:
                return fitting
        return []

    def conjunct(self, token: Token) -> list[Mention]:
        """The actor beside whom the possessed stands: "Diop" for "his" in "Diop and his cabinet"."""
        possessed = token.head
        if not has_label(token, "nmod:poss") or not has_label(possessed, "conj"):
            return []
        return [mention for mention in self._index.at(first_conjunct(possessed)) if mention.end <= token.i]

    def doers(self, token: Token) -> set[str]:
        """The ids of the actors in `clause_subjects`: who does what is done to the token."""
        return {mention.actor.id for mention in self.clause_subjects(token)}

    def clause_subjects(self, token: Token) -> list[Mention]:
        """The subject of the token's clause, or of the nearest clause above whose subject is an actor and stands before."""
        predicate: Token | None = clause(token)
        while predicate is not None:
            found = subject(predicate) or controlling_object(predicate)
            if found is not None and found.right_edge.i < token.i and token.i != found.i:
                actors = [filling.mention for filling in self._index.of(found) if not is_only_owner(filling.mention, found, token)]
                if actors:
                    return actors
            above = predicate.head if has_label(predicate, "conj") else governor(predicate)
            predicate = clause(above) if above is not None else None
            if above is not None and predicate is not None and predicate.i == above.i == token.i:
                break
        return []

    def in_sentence(self, token: Token, number: int) -> list[Mention]:
        """The actors before the token in its own sentence."""
        start, _ = self._sentences[number]
        return [mention for mention in self._mentions if start <= mention.start and mention.end <= token.i and mention.form != "place"]

    def subjects(self, number: int) -> list[Mention]:
        """The actors that the subject of a sentence's main clause stands for; none of a sentence that there is not."""
        if number < 0:
            return []
        found = subject(self._doc[slice(*self._sentences[number])].root)
        return [filling.mention for filling in self._index.of(found)] if found is not None else []

    def _in_sentences_before(self, token: Token, number: int) -> list[Mention]:
        """The subject of the sentence before, or all its actors where its subject is none; only for a pronoun that is no object."""
        for back in range(1, _SENTENCES_BACK + 1):
            if number < back:
                return []
            start, end = self._sentences[number - back]
            if "\n" in self._doc[start : token.i].text.strip():
                return []
            actors = self.subjects(number - back) or [
                mention for mention in self._mentions if start <= mention.start and mention.end <= end and mention.form != "place"
            ]
            if actors:
                return actors
        return []

    def is_one_of_two(self, mention: Mention, token: Token, number: int) -> bool:
        """Whether the actor does in another country what the token's clause says: "Finland gave Chad money for schools in the country".

        Then the country may be either of them. As the subject of a clause of its own it is the one that is spoken of.
        """
        predicate = clause(token)
        while subject(predicate) is None and not is_root(predicate) and predicate.head.i != predicate.i:
            predicate = clause(predicate.head)
        found = subject(predicate)
        if found is None or found.i >= token.i or not any(filling.mention.actor.id == mention.actor.id for filling in self._index.of(found)):
            return False
        start, _ = self._sentences[number]
        others = (m for m in self._mentions if start <= m.start and m.end <= token.i and m.actor.kind is ActorKind.COUNTRY)
        return any(m.actor.id != mention.actor.id for m in others)

    def coordinated(self, found: list[Mention]) -> list[Mention]:
        """The mentions, if they stand side by side ("Kenya and Uganda"); else none."""
        return found if len({first_conjunct(self._doc[mention.head]).i for mention in found}) == 1 else []

    def in_range(self, token: Token, number: int) -> list[Mention]:
        """The actors of a sentence up to the token, places left out; none of a sentence that there is not."""
        if number < 0:
            return []
        start, end = self._sentences[number]
        return [m for m in self._mentions if start <= m.start and m.end <= min(end, token.i) and m.form != "place"]

    def last_pair(self, token: Token, number: int, kinds: Sequence[ActorKind], without: Collection[str]) -> list[Mention]:
        """One mention of each actor of a sentence up to the token, those of the ids `without` left out, and groups that take no side.

        Of more than two, the two between whom something is: "Norway brokered a truce between Chad and the rebels".
        """
        fitting = [m for m in self.in_range(token, number) if m.actor.kind in kinds and (m.actor.kind is not ActorKind.GROUP or takes_sides(m)) and m.actor.id not in without]
        found = {m.actor.id: m for m in fitting}
        if len(found) < 3:
            return list(found.values())
        between = {m.actor.id: m for m in fitting if preposition(first_conjunct(self._doc[m.head])) == "between"}
        return list((between if len(between) == 2 else found).values())

    def stand_together(self, one: str, mention: Mention) -> bool:
        """Whether the mention is a conjunct of the actor with the id: "a treaty between Chad and Niger"."""
        return any(m.actor.id == one for word in coordination(self._doc[mention.head]) for m in self._index.at(word))

    def last_coordination(self, token: Token, number: int, kinds: Sequence[ActorKind] = tuple(ActorKind)) -> list[Mention]:
        """The actors of the sentence up to the token, or of the sentence before, where these are just two."""
        for sentence in (number, number - 1):
            if sentence < 0:
                continue
            start, end = self._sentences[sentence]
            found = {m.actor.id: m for m in self._mentions if start <= m.start and m.end <= min(end, token.i) and self._counts(m, kinds)}
            if found:
                return list(found.values()) if len(found) == 2 else []
        return []

    @staticmethod
    def _counts(mention: Mention, kinds: Sequence[ActorKind]) -> bool:
        return mention.actor.kind in kinds and mention.actor.kind is not ActorKind.GROUP and mention.form != "place"
