"""Predicates with their actors, those included that another predicate hands down.

Agents pass along the tree: through support verbs ("launched strikes on"), verbs of beginning, of control ("agreed to send
aid to") and of causing ("urged B to withdraw"), through nouns over nouns ("the reaffirmation of X's support for Y"),
purpose clauses ("sent troops to assist"), and from one conjunct to the next ("met A and signed an accord with B").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .arguments import AGENT, BETWEEN, COMPLEMENTS, NOMINAL, Argument, arguments, object_nouns
from .frames import CarrierKind
from .records import Modality, RelationType
from .relations import entry, lemma, noun_entry, part_of_speech, particle
from .syntax import children, coordination, has_label, is_infinitive, is_measure, is_passive, marker, path_up, preposition, subject

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from spacy.tokens import Doc, Token

    from .fillers import ActorIndex
    from .frames import Carrier, FrameLexicon

Roles = Sequence[tuple[str, "Token", float]]

_HANDING_DOWN = frozenset({CarrierKind.LIGHT, CarrierKind.ASPECT, CarrierKind.CONTROL, CarrierKind.NOMINAL})
_SHARED_NOUN_MARKERS = frozenset({"of", "for", "to", "in", "on"})
_BESIDE = frozenset({"in", "with", "with in"})
_USING = frozenset({"use", "employ", "deploy", "utilize"})
_USING_STEPS = 3
"""Steps up from "using" to the participle behind the deed: "flown in support of the government using drones" takes three."""
_EVENT_MARKERS = frozenset({"in", "as", "with", "into", "to", "on"})
_OBJECT_CLAUSES = frozenset({"of", "from", "for", "into"})
"""What joins a gerund whose doer is the object: "accused B of attacking", "stopped B from joining"."""
_TAKING_PART = frozenset({"engage", "involve", "lock", "embroil"})
"""Whose passive says who acts: "were engaged in fighting with"."""
_DEMANDING = frozenset({"demand", "call", "urge", "insist", "require", "order", "request"})
"""What they ask for, others are to do: "demanded the withdrawal of"."""
_AIMS = frozenset({"on", "upon", "against", "with"})
"""Prepositions that a noun of action takes rather than the verb over it."""
_SAME_SUBJECT = frozenset({"by", "while", "after", "before", "when"})
_RECEIVING = frozenset({"receive", "get", "obtain", "win", "secure", "gain", "enjoy", "accept", "draw", "attract", "face", "provoke", "elicit", "incur"})
_EFFORTS = frozenset({"effort", "fight", "struggle", "campaign", "battle", "war", "attempt", "bid", "endeavor", "endeavour", "drive", "quest", "operation"})
_STANCES = frozenset({RelationType.ACCUSE, RelationType.REJECT, RelationType.PROTEST, RelationType.SUPPORT})
_LISTED = 0.6
"""The score of an argument that the tree and the lexicon give, not a role."""
_INHERITED = 0.85
"""What a step of inheritance leaves of an argument's score."""


@dataclass(frozen=True, slots=True)
class Predication:
    """A predicate of a document: its roles, and the actors that fill them, its own ones first.

    `inherited` tells whether the agents were handed down.
    """

    token: Token
    roles: Roles
    agents: tuple[Argument, ...]
    others: tuple[Argument, ...]
    nouns: tuple[Token, ...]
    inherited: bool


class Predications:
    """The predicates of one document, each read once."""

    def __init__(
        self, doc: Doc, actors: ActorIndex, frames: FrameLexicon, roles_of: Callable[[Token], Roles], predicates: Mapping[int, Roles]
    ) -> None:
        self.doc, self.actors, self.frames = doc, actors, frames
        self._ask, self._roles = roles_of, dict(predicates)
        self._own: dict[int, list[Argument]] = {}
        self._agents: dict[int, tuple[tuple[Argument, ...], bool]] = {}

    def roles(self, token: Token) -> Roles:
        """The learned roles of a word, asked for where the detector did not call it a predicate."""
        if token.i not in self._roles:
            self._roles[token.i] = self._ask(token)
        return self._roles[token.i]

    def own(self, token: Token) -> list[Argument]:
        """The actors in the word's own roles."""
        if token.i not in self._own:
            found = arguments(token, self.roles(token), self.actors)
            if token.pos_ in NOMINAL:
                found = [self._source_or_agent(token, argument) for argument in found]
                found += self._from_participles(token, found)
            else:
                found += self._obliques(token, found)
            self._own[token.i] = found
        return self._own[token.i]

    def _source_or_agent(self, noun: Token, argument: Argument) -> Argument:
        """What follows "from" gives or does ("aid from Peru"), unless the lexicon has it affected ("withdrawal from Peru")."""
        affected = argument.role == AGENT and argument.preposition == "from" and self._is_listed(noun, "from")
        # "in support of Peru" is support for Peru
        affected |= argument.role == AGENT and argument.preposition == "of" and noun.i > 0 and noun.nbor(-1).lower_ == "in" and self._supports(noun)
        return replace(argument, role="A2") if affected else argument

    def _hanging(self, verb: Token) -> list[Argument]:
        """All that hangs on a support verb, for its noun: its own arguments, and actors after any preposition of relation."""
        own = self.own(verb)
        known = {argument.mention for argument in own}
        return [
            *own,
            *(
                Argument("A1" if preposition(oblique) in BETWEEN else "A2", oblique, filling.mention, filling.direct, preposition(oblique), _LISTED)
                for oblique in children(verb, "obl")
                if preposition(oblique) in COMPLEMENTS
                for filling in self.actors.of(oblique)
                if filling.mention not in known
            ),
        ]

    def _obliques(self, verb: Token, found: Sequence[Argument]) -> list[Argument]:
        """Actors after a preposition that the lexicon lists with the verb, where no role has them: "rallied behind Belize".

        Parsers hang on the verb what belongs to its noun, too: "masterminded an attack" | "on Belize"; and on the tool whom it is used against.
        """
        known = {argument.mention for argument in found}
        noun = next((noun for noun in children(verb, "obj") if self.is_event(noun)), None)
        arguments: list[Argument] = []
        for oblique in children(verb, "obl"):
            marked = preposition(oblique)
            listed = self._is_listed(verb, marked)
            if listed or (noun is not None and noun.i < oblique.i and marked in _AIMS):
                fillings = [filling for filling in self.actors.of(oblique) if (listed or filling.direct) and filling.mention not in known]
                arguments += [Argument("A2", oblique, filling.mention, filling.direct, marked, _LISTED) for filling in fillings]
        if lemma(verb) in _USING and not any(argument.preposition == "against" for argument in (*found, *arguments)):
            tools = [tool for noun in children(verb, "obj") for tool in coordination(noun)]
            targets = [target for tool in tools for target in children(tool, "nmod") if preposition(target) == "against"]
            arguments += [Argument("A2", t, f.mention, f.direct, "against", _LISTED) for t in targets for f in self.actors.of(t)]
        return arguments

    def _is_listed(self, verb: Token, marked: str) -> bool:
        frame = self.frames.lookup(lemma(verb), part_of_speech(verb), prep=marked, particle=particle(verb)) if marked else None
        return frame is not None and (frame.prep == marked or frame.predicate.endswith(f" {marked}"))

    def _shared_objects(self, verb: Token) -> list[Argument]:
        """The object of a later conjunct, of a verb without one: "criticised and then praised Peru"."""
        if verb.pos_ != "VERB" or children(verb, "obj", "obl", "ccomp", "xcomp", "iobj") or is_passive(verb):
            return []
        later = [conjunct for conjunct in children(verb, "conj") if conjunct.pos_ == "VERB" and children(conjunct, "obj")]
        return [argument for conjunct in later[:1] for argument in self.own(conjunct) if has_label(argument.filler, "obj")]

    def _from_participles(self, noun: Token, found: Sequence[Argument]) -> list[Argument]:
        """What a light participle hangs behind its noun: "the agreement reached yesterday between A and B"."""
        known = {(argument.mention.start, argument.mention.actor.id) for argument in found}
        behind = [verb for verb in children(noun, "acl") if verb.tag_ in ("VBN", "VBD") and self.is_light(verb, noun)]
        return [
            argument
            for verb in behind
            for argument in self._hanging(verb)
            if argument.filler.i != noun.i and (argument.mention.start, argument.mention.actor.id) not in known
        ]

    def carriers(self, token: Token) -> Sequence[Carrier]:
        """The word's rows in the table of carriers."""
        return self.frames.carriers(entry(token), part_of_speech(token)) or self.frames.carriers(lemma(token), part_of_speech(token))

    def is_light(self, token: Token, noun: Token | None = None) -> bool:
        """Whether the word is a support verb, whose noun is the predicate; of help that is sent or given, the verb is ("send aid to")."""
        if token.pos_ not in ("VERB", "AUX") or not any(row.kind is CarrierKind.LIGHT for row in self.carriers(token)):
            return False
        if noun is None:
            return True
        frame = self.frames.lookup(lemma(token), "v", carried=[lemma(noun)], particle=particle(token))
        return frame is None or not frame.carried or frame.type is not RelationType.AID

    def is_report(self, token: Token) -> bool:
        """Whether the word only reports what others did."""
        return any(row.kind is CarrierKind.REPORT for row in self.carriers(token))

    def is_event(self, token: Token) -> bool:
        """Whether the noun is a predicate of the lexicon."""
        return token.pos_ in NOMINAL and self.frames.is_relational(noun_entry(token, self.frames), "n")

    def read(self, token: Token) -> Predication:
        """The predicate with its agents, inherited ones too, and its other arguments."""
        agents, inherited = self.agents(token)
        others = [argument for argument in self.own(token) if argument.role != AGENT]
        others = self._receivers(token) or [*others, *(self._from_light_verb(token, others) or self._shared_objects(token))]
        taken = {argument.mention for argument in agents}
        nouns = object_nouns(token, self.roles(token)) if token.pos_ not in NOMINAL else []
        return Predication(
            token, self.roles(token), agents, tuple(argument for argument in others if argument.mention not in taken), tuple(nouns), inherited
        )

    def agents(self, token: Token) -> tuple[tuple[Argument, ...], bool]:
        """The agents of a predicate, and whether they were handed down to it."""
        if token.i not in self._agents:
            self._agents[token.i] = ((), False)  # a cycle of coordinations and clauses ends here
            own = tuple(self._effort(token)) or tuple(self._senders(token)) or tuple(
                argument
                for argument in self.own(token)
                if self._acts_in(token, argument) and not self._is_judge(token, argument) and not self._is_asker(token, argument)
                if not self._is_anothers(token, argument)
            )
            told = self._told(token) or self._helped(token) or self._givers(token) or self._users(token)
            if own and not told:
                self._agents[token.i] = own, False
            else:
                handed = tuple(replace(argument, score=argument.score * _INHERITED) for argument in told or self._handed_down(token))
                self._agents[token.i] = handed, bool(handed)
        return self._agents[token.i]

    def _handed_down(self, token: Token) -> Sequence[Argument]:
        if has_label(token, "conj") and token.head.pos_ == token.pos_ and subject(token) is None:
            return self.agents(token.head)[0]
        if has_label(token, "conj") and token.pos_ == "VERB" and not children(token, "nsubj", "csubj"):
            return self._doers(token.head)
        step = _unmeasured(token)
        if step is None:
            return ()
        first, label, above = step
        base = label.partition(":")[0]
        if token.pos_ in NOMINAL:
            return self._to_noun(first, base, above)
        if (deed := self._harmful_deed(token)) is not None:
            return [argument for argument in self.agents(deed)[0] if argument.direct]
        if children(token, "nsubj", "csubj"):
            return ()
        if base == "xcomp":
            return self._controller(above)
        if base == "acl" and label != "acl:relcl" and is_infinitive(first):
            if self._is_asked_of_others(above):
                return ()
            return self.agents(above)[0] or self._owner(above) or self._itself(above)
        if token.tag_ == "VBG" and marker(first) == "in" and self._supports(above) and (named := self._named_object(above)):
            return named
        if token.tag_ == "VBG" and marker(first) in _OBJECT_CLAUSES and (named := self._named_object(above)):
            return named
        if base == "advcl" and above.tag_ == "VBN" and has_label(above, "acl"):
            return ()  # "talks between A and B aimed at forming a government": neither host nor talks form it
        if base in ("advcl", "acl") and (token.tag_ == "VBG" or is_infinitive(first) or marker(first) in _SAME_SUBJECT):
            return self._doers(above)
        return ()

    def _to_noun(self, noun: Token, label: str, above: Token) -> Sequence[Argument]:
        """Agents of a noun from the verb or noun that governs it."""
        if lemma(above) in _DEMANDING and label != "nsubj" and not self._is_mutual(noun):
            return ()
        if label == "obl" and preposition(noun) in _BESIDE and self.is_event(noun) and (deed := self._deed(above)) is not None:
            return self.agents(deed)[0]
        kinds = {row.kind for row in self.carriers(above) if row.modality is not Modality.REQUESTED}
        if label == "nmod" and preposition(noun) in _SHARED_NOUN_MARKERS:
            return (self.agents(above)[0] or self._owner(above)) if kinds & _HANDING_DOWN else ()
        if above.pos_ not in ("VERB", "AUX", "ADJ"):
            return ()
        carries = bool(kinds & _HANDING_DOWN)
        if label in ("obj", "nsubj") and carries and (label == "obj" or is_passive(above)):
            return self._agents_of_verb(above)
        if label == "obl" and preposition(noun) in _EVENT_MARKERS and (carries or (preposition(noun) == "in" and self.is_event(noun))):
            return self._agents_of_verb(above)
        return ()

    def _deed(self, participle: Token) -> Token | None:
        """The deed of which a participle tells more, without a doer of its own: "strikes" in "strikes flown in support of", "raids using drones"."""
        noun = participle.head
        told = has_label(participle, "acl") and participle.tag_ in ("VBN", "VBD", "VBG") and not children(participle, "nsubj", "aux")
        if not told or not self.is_event(noun) or any(preposition(oblique) == "by" for oblique in children(participle, "obl")):
            return None
        return noun

    def _harmful_deed(self, verb: Token) -> Token | None:
        """The deed that a relative clause says did harm, and whose doer did it: "launched an attack that killed nine"."""
        if not has_label(verb, "acl:relcl") or is_passive(verb) or not self.is_event(verb.head):
            return None
        found = subject(verb)
        if found is None or found.lower_ not in ("that", "which") or not self._harms(verb) or not self._harms(verb.head):
            return None
        return verb.head

    def _harms(self, token: Token) -> bool:
        frame = self.frames.lookup(lemma(token), part_of_speech(token), particle=particle(token))
        return frame is not None and frame.type is RelationType.ASSAULT

    def _users(self, token: Token) -> Sequence[Argument]:
        """Who uses what a deed is done with, hung on what the deed is said to be in support of: "raids flown in support of Peru using drones"."""
        if lemma(token) not in _USING or token.tag_ != "VBG" or children(token, "nsubj", "aux") or not has_label(token, "acl", "advcl"):
            return ()
        above, backed = token.head, False
        for _ in range(_USING_STEPS):
            backed |= self._supports(above) and not self.actors.at(above)
            if (deed := self._deed(above)) is not None:
                return self.agents(deed)[0] if backed or above.i == token.head.i else ()
            above = above.head
        return ()

    def _helped(self, token: Token) -> Sequence[Argument]:
        """Who is supported "in the fight against" another, and so fights it; the phrase hangs on the help or on the verb that carries it."""
        owned = any(owner.pos_ != "PRON" for owner in children(token, "nmod:poss"))
        step = _unmeasured(token) if token.pos_ in NOMINAL and self.is_event(token) and not owned else None
        if step is None or step[1].partition(":")[0] not in ("obl", "nmod") or preposition(step[0]) != "in":
            return ()
        above = step[2]
        if above.pos_ == "VERB" and not self._supports(above):
            above = next((noun for noun in children(above, "obj") if self._supports(noun)), above)
        if not self._supports(above):
            return ()
        return self._named_object(above) if above.pos_ == "VERB" else [a for a in self.own(above) if a.role != AGENT and a.direct and a.preposition in ("to", "for", "of")]

    def _is_mutual(self, noun: Token) -> bool:
        frame = self.frames.lookup(lemma(noun), "n", prep="with")
        return frame is not None and frame.symmetric

    def _supports(self, token: Token) -> bool:
        """Whether the word is of help to somebody, who then acts."""
        frame = self.frames.lookup(lemma(token), part_of_speech(token), particle=particle(token))
        return frame is not None and frame.type in (RelationType.SUPPORT, RelationType.AID)

    def _agents_of_verb(self, verb: Token) -> Sequence[Argument]:
        """The actors of a verb for its noun; what merely belongs to one hands nothing down ("the deal raised tensions")."""
        found = self.agents(verb)[0] or (self.subjects(verb) if not is_passive(verb) or lemma(verb) in _TAKING_PART else ())
        return [argument for argument in found if argument.direct]

    @staticmethod
    def _acts_in(token: Token, argument: Argument) -> bool:
        """Whether the argument is an agent; of a noun only an actor outright, or what stands in its own phrase."""
        return argument.role == AGENT and (argument.direct or token.pos_ not in NOMINAL or token.is_ancestor(argument.filler))

    def _is_judge(self, noun: Token, argument: Argument) -> bool:
        """Whether the learned agent of a noun only takes a stand on it: "Kenya praised the aid to Uganda"."""
        if noun.pos_ not in NOMINAL or noun.is_ancestor(argument.filler) or children(noun, "nmod:poss"):
            return False
        step = next(path_up(noun), None)
        if step is None or step[1] not in ("obj", "nsubj:pass", "nmod") or step[2].pos_ not in ("VERB", "NOUN"):
            return False
        above = step[2]
        if self.is_report(above) or (lemma(above) in _DEMANDING and not self._is_mutual(noun)):
            return True
        frame = self.frames.lookup(lemma(above), part_of_speech(above), particle=particle(above))
        return frame is not None and frame.type in _STANCES and not self.carriers(above)

    def _is_anothers(self, noun: Token, argument: Argument) -> bool:
        """Whether the noun is said to be somebody else's than the learned agent's: "Kenya backed the army in its fight", "Mali joined Western sanctions"."""
        if noun.pos_ not in NOMINAL or noun.is_ancestor(argument.filler):
            return False
        owners = {mention.actor.id for owner in children(noun, "nmod:poss", "amod") for mention in self.actors.at(owner)}
        return bool(owners) and argument.mention.actor.id not in owners

    def _controller(self, above: Token) -> Sequence[Argument]:
        """Who does what the infinitive says: the object of "urge", the subject of "agree"."""
        rows = self.carriers(above)
        by_object = any(row.object == "object" for row in rows)
        if is_passive(above):
            return self.subjects(above)
        objects = [argument for argument in self.own(above) if has_label(argument.filler, "obj", "iobj")]
        if objects and not any(row.object == "subject" for row in rows):
            return objects
        if by_object and children(above, "obj", "iobj"):
            return ()
        return self._doers(above)

    def _told(self, token: Token) -> Sequence[Argument]:
        """Who is to do it, where a verb of asking or forcing governs the infinitive: roles take the asker as often.

        "called on the army to withdraw": the army; "asked Peru for permission to land": who asks.
        """
        if token.pos_ == "VERB" and has_label(token, "conj") and token.head.pos_ == "VERB" and not children(token, "nsubj", "aux", "cc"):
            return self._told(token.head)
        if token.pos_ != "VERB" or not is_infinitive(token):
            return ()
        step = next(path_up(token), None)
        if step is None or step[0].i != token.i:
            return ()
        above = step[2]
        if has_label(token, "acl") and above.pos_ == "NOUN" and has_label(above, "obl", "obj") and preposition(above) == "for":
            return self._askers(above.head)
        if above.pos_ != "VERB" or not has_label(token, "xcomp", "ccomp", "advcl") or not self._tells(above):
            return ()
        if any(preposition(noun) == "for" and noun.pos_ == "NOUN" and noun.i + 1 == token.left_edge.i for noun in children(above, "obl", "obj")):
            return self._askers(above)  # "asked Peru for permission to land", hung on the verb
        marked = particle(above) or ("on" if lemma(above) == "call" else "")
        return [
            argument
            for argument in self.own(above)
            if has_label(argument.filler, "obj", "iobj") or (marked and has_label(argument.filler, "obl") and argument.preposition == marked)
        ]

    def _askers(self, verb: Token) -> Sequence[Argument]:
        return self._doers(verb) if verb.pos_ == "VERB" and self._tells(verb) and not is_passive(verb) else ()

    def _tells(self, verb: Token) -> bool:
        """Whether the verb has its object do something."""
        return not is_passive(verb) and any(row.kind is CarrierKind.CAUSE and row.object == "object" for row in self.carriers(verb))

    def _named_object(self, verb: Token) -> Sequence[Argument]:
        """The actors whom a verb is about: its object, or its subject in the passive."""
        if is_passive(verb):
            return self.subjects(verb)
        return [argument for argument in self.own(verb) if has_label(argument.filler, "obj")]

    def _doers(self, verb: Token) -> Sequence[Argument]:
        """The verb's agents, or who stands in its subject where none are known."""
        return self.agents(verb)[0] or self.subjects(verb)

    def subjects(self, verb: Token) -> Sequence[Argument]:
        """The actors in the verb's subject, whatever their role."""
        filler = subject(verb)
        return [argument for argument in self.own(verb) if filler is not None and argument.filler.i == filler.i]

    def _owner(self, noun: Token) -> Sequence[Argument]:
        """Whose it is, for a noun that is no predicate of its own ("Kim's declaration of support", "its bid to join")."""
        own = [argument for argument in self.own(noun) if argument.role == AGENT]
        step = next(path_up(noun), None)
        if own or step is None:
            return own
        _, label, above = step
        return self.agents(above)[0] if label == "obj" and above.pos_ == "VERB" else ()

    @staticmethod
    def _receiving(noun: Token) -> Token | None:
        """The verb by which somebody receives what the noun names: "received aid from", "the aid that Chad got from"."""
        verbs = [noun.head] if has_label(noun, "obj") else children(noun, "acl:relcl")
        return next((verb for verb in verbs if verb.pos_ == "VERB" and lemma(verb) in _RECEIVING and not is_passive(verb)), None)

    def _givers(self, noun: Token) -> Sequence[Argument]:
        """From whom it is received."""
        verb = self._receiving(noun)
        return [argument for argument in self.own(verb) if argument.preposition == "from"] if verb is not None else []

    def _senders(self, noun: Token) -> Sequence[Argument]:
        """From whom what is received comes, where the noun itself says it: "drew criticism from the other members"."""
        if noun.pos_ not in NOMINAL or self._receiving(noun) is None:
            return ()
        return [replace(argument, role=AGENT) for argument in self.own(noun) if argument.preposition == "from"]

    def _receivers(self, noun: Token) -> list[Argument]:
        """Who receives it, as the one affected: "aid to" and "criticism of" them."""
        verb = self._receiving(noun) if noun.pos_ in NOMINAL and (self._givers(noun) or self._senders(noun)) else None
        if verb is None:
            return []
        frame = self.frames.lookup(lemma(noun), "n", prep="to")
        marked = "to" if frame is not None and frame.type.sign > 0 else "of"
        return [replace(argument, role="A2", preposition=marked) for argument in self.subjects(verb) or self.agents(verb)[0]]

    def _effort(self, token: Token) -> Sequence[Argument]:
        """Whose effort, plan or campaign the infinitive says, where the noun names its owner: "Kenyan efforts to mediate"."""
        noun = _effort_noun(token)
        if noun is None or self._is_asked_of_others(noun):
            return ()
        owners = [argument for argument in self.own(noun) if has_label(argument.filler, "nmod:poss", "compound", "amod")]
        return [argument for argument in owners if noun.is_ancestor(argument.filler)] or owners

    def _is_asked_of_others(self, noun: Token) -> bool:
        """Whether the noun asks somebody else to do what its infinitive says: "its demand to free the prisoners"."""
        frame = self.frames.lookup(lemma(noun), part_of_speech(noun))
        asks = frame is not None and frame.type in (RelationType.REQUEST, RelationType.THREATEN)
        return asks and any(row.modality is Modality.REQUESTED for row in self.carriers(noun))

    def _is_asker(self, token: Token, argument: Argument) -> bool:
        """Whether the actor asks others, or is asked by others, to do what the infinitive, or its object, says of a third."""
        act = token.head if token.pos_ in NOMINAL and has_label(token, "obj") and not token.is_ancestor(argument.filler) else token
        if not has_label(act, "acl") or not is_infinitive(act) or not self._is_asked_of_others(act.head):
            return False
        asking = {asker.mention.actor.id for asker in self.agents(act.head)[0]}
        return argument.mention.actor.id in asking or not act.head.is_ancestor(argument.filler)

    def _itself(self, noun: Token) -> Sequence[Argument]:
        """The actor that the noun names or stands beside: "the coalition to counter piracy", "Atalanta, the operation to …"."""
        named = self.actors.at(noun) or (self.actors.at(noun.head) if has_label(noun, "appos") else [])
        return [Argument(AGENT, noun, mention, True, "", 0.6) for mention in named]

    def _from_light_verb(self, noun: Token, own: Sequence[Argument]) -> list[Argument]:
        """What a support verb hangs beside its noun: "Russia" in "provides military resources to Russia"."""
        if noun.pos_ not in NOMINAL or own:
            return []
        step = _unmeasured(noun)
        if step is None or not self.is_light(step[2], noun) or step[1] not in ("obj", "nsubj:pass"):
            return []
        verb = step[2]
        return [argument for argument in self._hanging(verb) if argument.role != AGENT and not has_label(argument.filler, "nsubj", "obl:agent")]


def _effort_noun(token: Token) -> Token | None:
    """The noun whose aim the infinitive is: what it hangs on, or somebody's effort right before it, where the parser hung it on the verb above."""
    if not is_infinitive(token):
        return None
    if has_label(token, "acl"):
        return None if has_label(token, "acl:relcl") else token.head
    noun = token.doc[token.left_edge.i - 1] if token.left_edge.i > 0 else token
    owned = lemma(noun) in _EFFORTS and noun.head.i == token.head.i and bool(children(noun, "nmod:poss"))
    return noun if has_label(token, "advcl", "xcomp") and has_label(noun, "obl") and owned else None


def _unmeasured(token: Token) -> tuple[Token, str, Token] | None:
    """The step up the tree from a predicate; of help that is counted ("$90 million in aid", "tons of aid") from its measure."""
    steps = path_up(token)
    step = next(steps, None)
    if step is None or token.pos_ not in NOMINAL or step[1] != "nmod" or preposition(step[0]) not in ("in", "of", "worth of"):
        return step
    return next(steps, None) if is_measure(step[2]) else step
