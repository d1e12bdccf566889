"""Actors behind a preposition that hang on a predicate and that no learned role has: "stood by Haiti", "an attack" | "on Belize"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .arguments import BETWEEN, COMPLEMENTS, Argument, antecedent
from .relations import lemma, part_of_speech, particle
from .syntax import children, coordination, has_label, is_passive, preposition

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .frames import FrameLexicon
    from .predication import Predications

USING = frozenset({"use", "employ", "deploy", "utilize"})
_AIMS = frozenset({"on", "upon", "against", "with"})
"""Prepositions that a noun of action takes rather than the verb over it."""
_VERB_COMPLEMENTS = frozenset({"to", "with", "against", "toward", "towards"})
_ADJECTIVE_COMPLEMENTS = _VERB_COMPLEMENTS | {"of", "on", "upon"}
_LISTED = 0.6
"""The score of an argument that the tree and the lexicon give, not a role."""


def hanging(predications: Predications, verb: Token) -> list[Argument]:
    """All that hangs on a support verb, for its noun: its own arguments, and actors after any preposition of relation."""
    own = predications.own(verb)
    known = {argument.mention for argument in own}
    return [
        *own,
        *(
            Argument("A1" if preposition(oblique) in BETWEEN else "A2", oblique, filling.mention, filling.direct, preposition(oblique), _LISTED)
            for oblique in children(verb, "obl")
            if preposition(oblique) in COMPLEMENTS
            for filling in predications.actors.of(antecedent(oblique))
            if filling.mention not in known
        ),
    ]


def obliques(predications: Predications, verb: Token, found: Sequence[Argument]) -> list[Argument]:
    """Actors after a preposition that the lexicon lists with the verb, where no role has them: "rallied behind Belize".

    Parsers hang on the verb what belongs to its noun, too: "masterminded an attack" | "on Belize"; and on the tool whom it is used against.
    """
    known = {argument.mention for argument in found}
    arguments: list[Argument] = []
    hung = [(antecedent(oblique), preposition(oblique)) for oblique in [*children(verb, "obl"), *_fronted(verb)] if predications.actors.of(antecedent(oblique))]
    noun = next((noun for noun in children(verb, "obj") if predications.is_event(noun)), None) if hung else None
    complements = _complements(predications.frames, verb) if hung else frozenset()
    for oblique, marked in hung:
        relative = oblique.is_ancestor(verb) and marked in _VERB_COMPLEMENTS  # "to whom Mali granted asylum"
        listed = relative or is_listed(predications.frames, verb, marked) or _is_listed_with(predications.frames, verb, marked)
        if not listed and marked in complements:
            arguments += [
                Argument("A2", oblique, filling.mention, True, marked, _LISTED)
                for filling in predications.actors.of(oblique)
                if filling.direct and filling.mention.form != "place" and filling.mention not in known
            ]
        if listed or (noun is not None and noun.i < oblique.i and marked in _AIMS):
            fillings = [filling for filling in predications.actors.of(oblique) if (listed or filling.direct) and filling.mention not in known]
            arguments += [Argument("A2", oblique, filling.mention, filling.direct, marked, _LISTED) for filling in fillings]
    if lemma(verb) in USING and not any(argument.preposition == "against" for argument in (*found, *arguments)):
        tools = [tool for noun in children(verb, "obj") for tool in coordination(noun)]
        targets = [target for tool in tools for target in children(tool, "nmod") if preposition(target) == "against"]
        arguments += [Argument("A2", t, f.mention, f.direct, "against", _LISTED) for t in targets for f in predications.actors.of(t)]
    return arguments


def _fronted(verb: Token) -> list[Token]:
    """The relative pronoun behind a preposition that parsers hang above its clause: "the bloc, to which Mali belongs, met"."""
    above = verb.head
    return [above] if has_label(verb, "acl:relcl") and above.lower_ in ("which", "whom") and preposition(above) else []


def _complements(frames: FrameLexicon, token: Token) -> frozenset[str]:
    """Prepositions that join an actor with an adjective, or a verb without object, whatever rows the lexicon has of it:
    "apologised to Peru", "hostile to Peru"."""
    frame = frames.lookup(lemma(token), part_of_speech(token), particle=particle(token))
    if frame is None or frame.prep or frame.carried:
        return frozenset()
    if token.pos_ == "ADJ":
        return _ADJECTIVE_COMPLEMENTS
    return frozenset() if children(token, "obj", "ccomp") or is_passive(token) else _VERB_COMPLEMENTS


def _is_listed_with(frames: FrameLexicon, verb: Token, marked: str) -> bool:
    """Whether the lexicon has a row of the verb with its object and the preposition: "put its army on alert along the border with"."""
    carried = [lemma(noun) for noun in children(verb, "obj") if noun.pos_ == "NOUN"]
    frame = frames.lookup(lemma(verb), part_of_speech(verb), prep=marked, carried=carried, particle=particle(verb)) if marked and carried else None
    return frame is not None and frame.prep == marked and bool(frame.carried)


def is_listed(frames: FrameLexicon, verb: Token, marked: str) -> bool:
    """Whether the lexicon has a row of the verb or noun with the preposition."""
    frame = frames.lookup(lemma(verb), part_of_speech(verb), prep=marked, particle=particle(verb)) if marked else None
    return frame is not None and frame.names(marked)
