"""Whose a role noun is that does not say it ("the troops"): what moves it tells, or the same noun elsewhere in the document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from .records import ActorKind
from .snapshot import words_by_text
from .syntax import DEFINITE_DETERMINERS, child, children, has_label, preposition, subject
from .voices import ARMED

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from .actors import Mention

_INDEFINITE = frozenset({"a", "an", "any", "no", "another", "each", "every", "some", "neither", "either"})
_OTHERS = frozenset({"other", "another", "rival", "parallel", "alternative", "foreign", "neighboring", "neighbouring", "new", "future", "western"})
_WHERE = frozenset({"of", "in", "from", "at", "near", "around", "across"})
_MOVING_FORCES = frozenset({
    "send", "deploy", "dispatch", "station", "withdraw", "move", "commit", "mobilize", "mobilise", "contribute", "pull",
    "mass", "amass", "lose", "recall", "redeploy", "order", "rush", "airlift", "provide", "lend", "offer", "supply",
})  # fmt: skip


def locate(doc: Doc, mentions: Sequence[Mention]) -> list[Mention]:
    """Give a role noun without a country ("the troops") the one that the same noun has everywhere else in the document."""
    known: dict[tuple[str, str | None], set[str]] = defaultdict(set)
    example: dict[tuple[str, str | None], Mention] = {}
    for mention in mentions:
        noun = doc[mention.head].lemma_.lower(), mention.sector  # a relief agency is no news agency
        if mention.form in ("collective", "metonym") and "@" not in mention.actor.id:  # "the Assad regime", too
            known[noun].add(mention.actor.id)
            example.setdefault(noun, mention)
    by_token = {i: mention for mention in mentions for i in range(mention.start, mention.end)}
    located = []
    for mention in mentions:
        noun = doc[mention.head].lemma_.lower(), mention.sector
        if mention.form == "collective" and "@" in mention.actor.id:
            owner = _sender(doc[mention.head], mention, by_token)
            if owner is not None:
                mention = replace(mention, actor=owner.actor)
            elif (whole := namesake(doc[mention.head], mentions)) is not None:
                mention = replace(mention, actor=whole.actor)
            elif len(known[noun]) == 1 and not is_another(doc[mention.head]) and not _is_sent(doc[mention.head], mention):
                mention = replace(mention, actor=example[noun].actor)
            elif (antecedent := _armed_group(doc[mention.head], mention, mentions)) is not None:
                mention = replace(mention, actor=antecedent.actor)
        located.append(mention)
    return located


def is_another(noun: Token, *, indefinite: bool = False) -> bool:
    """Whether a role noun is said not to be what the text speaks of anyway: "any rival government", "rebels in the Abala region".

    `indefinite`: one of many will do, too ("a spokesman").
    """
    singular = noun.tag_ in ("NN", "NNP") and not indefinite
    if singular and any(word.lower_ in _INDEFINITE for word in children(noun, "det")):
        return True
    if any(word.lemma_.lower() in _OTHERS for word in children(noun, "amod")):
        return True
    places = [place for place in children(noun, "nmod") if preposition(place) in _WHERE]
    following = noun.doc[noun.i + 1 : noun.i + 2]
    places += [word.head for word in following if word.lower_ in _WHERE and has_label(word, "case")]  # whatever the place is attached to
    return any(word.pos_ == "PROPN" for place in places for word in place.subtree)


def namesake(noun: Token, mentions: Sequence[Mention]) -> Mention | None:
    """The one organisation before whose name ends in the noun, or is of a place behind it: "the International Criminal Court … the court"."""
    determiner = child(noun, "det")
    if determiner is None or determiner.lower_ not in DEFINITE_DETERMINERS or noun.tag_ not in ("NN", "NNP") or children(noun, "amod", "compound", "nmod", "nmod:poss"):
        return None
    word = noun.lower_
    if any(_is_another_kind(other) for other in words_by_text(noun.doc).get(word, ()) if other.i < noun.i):
        return None
    named = {
        m.actor.id: m
        for m in mentions
        if m.actor.kind is ActorKind.ORGANISATION and m.form in ("name", "collective") and m.end <= noun.i and m.end - m.start > 1 and _is_named_so(noun.doc[m.start : m.end], word)
    }
    return next(iter(named.values())) if len(named) == 1 else None


def _is_named_so(name: Span, word: str) -> bool:
    """Whether the name is of what the word says: "Red Falcon Brigade", "Movement for the Emancipation of the Delta"; "fighters of" it counts, too."""
    return any(part.lower_ == word and part.text[:1].isupper() and (part.i + 1 == name.end or part.nbor(1).lower_ in ("of", "for")) for part in name)


def _is_another_kind(noun: Token) -> bool:
    """Whether the text spoke of one of the kind without its name, whom it may mean again: "the trade union … the union"."""
    determiner = child(noun, "det")
    return bool(children(noun, "compound", "amod", "appos")) or (determiner is not None and determiner.lower_ in _INDEFINITE)


def _armed_group(noun: Token, mention: Mention, mentions: Sequence[Mention]) -> Mention | None:
    """The one armed group that the text has named before "this group", "these terrorists"."""
    determiner = child(noun, "det")
    if mention.sector not in ARMED or determiner is None or determiner.lower_ not in DEFINITE_DETERMINERS:
        return None
    named = {m.actor.id: m for m in mentions if m.start < mention.start and m.form == "name" and m.sector in ARMED}
    return next(iter(named.values())) if len(named) == 1 else None


def _is_sent(noun: Token, mention: Mention) -> bool:
    """Whether somebody who is no country sends the forces: in "the government deployed 3,000 troops" they are its own, whoever has troops elsewhere."""
    return mention.sector == "MIL" and has_label(noun, "obj") and noun.head.lemma_.lower() in _MOVING_FORCES and subject(noun.head) is not None


def _sender(noun: Token, mention: Mention, by_token: Mapping[int, Mention]) -> Mention | None:
    """The country whose forces a verb like "send" moves: "Kenya" for "soldiers" in "Kenya deployed soldiers", "Kenya's president ordered the navy"."""
    if mention.sector not in ("MIL", "COP") or not has_label(noun, "obj") or noun.head.lemma_.lower() not in _MOVING_FORCES:
        return None
    sender = subject(noun.head) or controlling_object(noun.head)
    owner = by_token.get(sender.i) if sender is not None else None
    if owner is not None and owner.actor.kind is ActorKind.PERSON:
        owner = next((mention for mention in by_token.values() if mention.actor.id == owner.actor.country), None)
    return owner if owner is not None and owner.actor.kind is ActorKind.COUNTRY else None


def controlling_object(predicate: Token) -> Token | None:
    """The object of the verb above, whose doing the infinitive is: "Bolivia" in "urged Bolivia to withdraw its troops"."""
    return (child(predicate.head, "obj") or child(predicate.head, "iobj")) if has_label(predicate, "xcomp") else None
