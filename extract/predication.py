"""Predicates with their actors, those included that another predicate hands down.

Agents pass along the tree: through support verbs ("launched strikes on"), verbs of beginning, of control ("agreed to send
aid to") and of causing ("urged B to withdraw"), through nouns over nouns ("the reaffirmation of X's support for Y"),
purpose clauses ("sent troops to assist"), and from one conjunct to the next ("met A and signed an accord with B").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .arguments import AGENT, NOMINAL, Argument, arguments, object_nouns, step_up
from .asking import controller, effort, is_asked_of_others, is_asker, is_harmed_for_it, is_matter, is_opinion_of, told
from .backing import deed_of, helped, users
from .bidden import bidden, bidders
from .bystanders import HARM
from .frames import CarrierKind
from .gerunds import charged, is_gerund, joint, object_doing
from .harm import harmful_deed, is_ones_own_loss, striking
from .obliques import hanging, is_listed, obliques
from .purposes import made_for
from .receiving import givers, receivers, recipients, senders
from .records import Modality, RelationType
from .relations import carrying, entry, is_help, lemma, noun_entry, part_of_speech, particle
from .repeated import parallel
from .speakers import claim_below
from .syntax import (
    children,
    has_label,
    has_own_premodifiers,
    is_infinitive,
    is_passive,
    marker,
    path_up,
    preposition,
    subject,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from spacy.tokens import Doc, Token

    from .fillers import ActorIndex
    from .frames import Carrier, FrameLexicon

Roles = Sequence[tuple[str, "Token", float]]

_HANDING_DOWN = frozenset({CarrierKind.LIGHT, CarrierKind.ASPECT, CarrierKind.CONTROL, CarrierKind.NOMINAL})
_SHARED_NOUN_MARKERS = frozenset({"of", "for", "to", "in", "on"})
_BESIDE = frozenset({"in", "with", "with in"})
_EVENT_MARKERS = frozenset({"in", "as", "with", "into", "to", "on"})
_OURS = frozenset({"our", "my", "your"})
_TAKING_PART = frozenset({"engage", "involve", "lock", "embroil"})
"""Whose passive says who acts: "were engaged in fighting with"."""
_DEMANDING = frozenset({"demand", "call", "urge", "insist", "require", "order", "request"})
"""What they ask for, others are to do: "demanded the withdrawal of"."""
_CHARGES = {"blame": "for", "link": "to", "tie": "to", "connect": "to", "implicate": "in", "convict": "of", "accuse": "of", "suspect": "of", "charge": "with"}
"""Verbs that put a deed down to somebody, with what stands before the deed."""
_ANSWERING = frozenset({"reply", "respond", "retaliate", "answer", "react", "counter", "hit", "strike"})
"""Who does so "with" a deed does the deed: "replied with air strikes on"."""
_SAME_SUBJECT = frozenset({"by", "while", "after", "before", "when"})
_STANCES = frozenset({RelationType.ACCUSE, RelationType.REJECT, RelationType.PROTEST, RelationType.SUPPORT})
_AGAINST = frozenset({RelationType.ACCUSE, RelationType.REJECT, RelationType.PROTEST})
_BODIES_IN_PLURAL = frozenset({"business"})
"""Nouns whose plural is of those who do it: "businesses" are firms."""
_AWAY = frozenset({"on", "from", "out of"})
"""Before what one turns away from: "reneged on its promise", "walked away from the deal"."""
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
        self, doc: Doc, actors: ActorIndex, frames: FrameLexicon, roles_of: Callable[[Sequence[Token]], Sequence[Roles]], predicates: Mapping[int, Roles]
    ) -> None:
        """`roles_of` gives the roles of words that are not among the `predicates`, several at once."""
        self.doc, self.actors, self.frames = doc, actors, frames
        self._ask, self._roles = roles_of, dict(predicates)
        self._own: dict[int, list[Argument]] = {}
        self._agents: dict[int, tuple[tuple[Argument, ...], bool]] = {}
        self._carriers: dict[int, Sequence[Carrier]] = {}
        self._events: dict[int, bool] = {}

    def roles(self, token: Token) -> Roles:
        """The learned roles of a word, asked for where the detector did not call it a predicate."""
        if token.i not in self._roles:
            self.ask([token])
        return self._roles[token.i]

    def ask(self, tokens: Iterable[Token]) -> None:
        """Find out the roles of words all at once, which is quicker than one by one."""
        unknown = [token for token in tokens if token.i not in self._roles]
        self._roles.update((token.i, roles) for token, roles in zip(unknown, self._ask(unknown), strict=True))

    def own(self, token: Token) -> list[Argument]:
        """The actors in the word's own roles."""
        if token.i not in self._own:
            found = arguments(token, self.roles(token), self.actors)
            if token.pos_ in NOMINAL:
                found = [self._source_or_agent(token, argument) for argument in found]
                found += self._from_participles(token, found)
            else:
                found += obliques(self, token, found)
            self._own[token.i] = found + [replace(a, filler=name, mention=f.mention) for a, name in parallel(found) for f in self.actors.of(name) if f.direct]
        return self._own[token.i]

    def _source_or_agent(self, noun: Token, argument: Argument) -> Argument:
        """What follows "from" gives or does ("aid from Peru"), unless the lexicon has it affected ("withdrawal from Peru")."""
        affected = argument.role == AGENT and argument.preposition == "from" and is_listed(self.frames, noun, "from")
        # "in support of Peru" is support for Peru
        affected |= argument.role == AGENT and argument.preposition == "of" and noun.i > 0 and noun.nbor(-1).lower_ == "in" and is_help(noun, self.frames)
        return replace(argument, role="A2") if affected else argument

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
            for argument in hanging(self, verb)
            if argument.filler.i != noun.i and (argument.mention.start, argument.mention.actor.id) not in known
        ]

    def carriers(self, token: Token) -> Sequence[Carrier]:
        """The word's rows in the table of carriers."""
        if token.i not in self._carriers:
            pos = part_of_speech(token)
            self._carriers[token.i] = self.frames.carriers(entry(token), pos) or self.frames.carriers(lemma(token), pos)
        return self._carriers[token.i]

    def is_light(self, token: Token, noun: Token | None = None) -> bool:
        """Whether the word is a support verb, whose noun is the predicate; of help that is sent, or what two exchange, the verb is ("send aid to")."""
        if token.pos_ not in ("VERB", "AUX") or not any(row.kind is CarrierKind.LIGHT for row in self.carriers(token)):
            return False
        if noun is None:
            return True
        frame = self.frames.lookup(lemma(token), "v", carried=[lemma(noun)], particle=particle(token))
        if frame is not None and frame.carried and frame.symmetric and not self._is_mutual(noun):
            return False  # "exchanged visits": each visited the other
        return frame is None or not frame.carried or frame.type is not RelationType.AID

    def is_report(self, token: Token) -> bool:
        """Whether the word only reports what others did."""
        return any(row.kind is CarrierKind.REPORT for row in self.carriers(token))

    def is_event(self, token: Token) -> bool:
        """Whether the noun is a predicate of the lexicon; a "state of siege" is no siege."""
        if token.i not in self._events:
            self._events[token.i] = token.pos_ in NOMINAL and self._names_event(token)
        return self._events[token.i]

    def _names_event(self, token: Token) -> bool:
        if has_label(token, "nmod") and lemma(token.head) == "state" and preposition(token) == "of":
            return False
        if token.tag_ == "NNS" and lemma(token) in _BODIES_IN_PLURAL:
            return False
        return self.frames.is_relational(noun_entry(token, self.frames), "n")

    def read(self, token: Token) -> Predication:
        """The predicate with its agents, inherited ones too, and its other arguments."""
        agents, inherited = self.agents(token)
        others = [argument for argument in self.own(token) if argument.role != AGENT]
        others = receivers(self, token) or bidden(self, token) or [*others, *(self._from_light_verb(token, others) or self._shared_objects(token))]
        if given_to := recipients(self, token):
            others = [*(argument for argument in others if argument.mention not in {other.mention for other in given_to}), *given_to]
        taken = {argument.mention for argument in agents}
        nouns = object_nouns(token, self.roles(token)) or self.left_behind(token) if token.pos_ not in NOMINAL else []
        return Predication(
            token, self.roles(token), agents, tuple(argument for argument in others if argument.mention not in taken), tuple(nouns), inherited
        )

    def left_behind(self, verb: Token) -> list[Token]:
        """The nouns that the lexicon lists with a verb and that it takes by a preposition: "reneged on its promise to Peru"."""
        nouns = [noun for noun in children(verb, "obl") if preposition(noun) in _AWAY]
        return [noun for noun in nouns if carrying(verb, noun, self.frames) is not None and not self.actors.at(noun)]

    def agents(self, token: Token) -> tuple[tuple[Argument, ...], bool]:
        """The agents of a predicate, and whether they were handed down to it."""
        if token.i not in self._agents:
            self._agents[token.i] = ((), False)  # a cycle of coordinations and clauses ends here
            if (what_struck := striking(self, token)) is not None:
                self._agents[token.i] = self.agents(what_struck)[0], True
                return self._agents[token.i]
            given_to = {argument.mention for argument in recipients(self, token)}
            own = tuple(effort(self, token) or senders(self, token) or bidders(self, token)) or tuple(
                argument
                for argument in self.own(token)
                if self._acts_in(token, argument) and argument.mention not in given_to and not self._is_judge(token, argument) and not is_asker(self, token, argument)
                if not self._is_anothers(token, argument) and not is_ones_own_loss(self, token, argument) and not is_harmed_for_it(self, token, argument) and not self._is_beyond_participle(token, argument) and not (is_opinion_of(token) and not token.is_ancestor(argument.filler))
            )
            done = charged(self, token) or joint(self, token)
            if done:  # its own roles may name others, too: who accuses
                own = tuple(argument for argument in own if argument.mention in {doer.mention for doer in done})
            others = told(self, token) or (done if len(own) < len(done) else ()) or helped(self, token) or givers(self, token) or users(self, token)
            if own and not others:
                self._agents[token.i] = own, False
            else:
                handed = tuple(replace(argument, score=argument.score * _INHERITED) for argument in others or self._handed_down(token))
                self._agents[token.i] = handed, bool(handed)
        return self._agents[token.i]

    def _handed_down(self, token: Token) -> Sequence[Argument]:
        if has_label(token, "conj") and token.head.pos_ == token.pos_ and subject(token) is None:
            shared = self.agents(token.head)[0]
            if token.pos_ in NOMINAL and has_own_premodifiers(token):  # "the Chadian raid and the attacks in Gao"
                shared = tuple(argument for argument in shared if not token.head.is_ancestor(argument.filler))
            if token.pos_ not in NOMINAL or self.is_event(token.head) or (shared and not self.actors.at(token.head)):
                return shared  # but of "tourists and strikes on Gao" the tourists make none
        if has_label(token, "conj") and token.pos_ == "VERB" and not children(token, "nsubj", "csubj"):
            return self.doers(token.head)
        step = step_up(token)
        if step is None:
            return ()
        first, label, above = step
        base = label.partition(":")[0]
        if base == "advcl" and made_for(token) is not None:
            return ()
        if self._is_ours(token) or self._is_ours(above):
            return ()
        if token.pos_ in NOMINAL:
            return self._to_noun(first, base, above)
        if (deed := harmful_deed(self, token)) is not None:
            return [argument for argument in self.agents(deed)[0] if argument.direct]
        if children(token, "nsubj", "csubj"):
            return ()
        if base == "xcomp" and token.tag_ == "VBN" and not children(token, "aux", "mark"):
            return ()  # "soldiers were reported killed": who suffers it, and not who does it
        if is_opinion_of(token):
            return ()
        if base == "xcomp":
            return controller(self, above)
        if base == "acl" and label != "acl:relcl" and is_infinitive(first):
            if is_asked_of_others(self, above):
                return ()
            return self.agents(above)[0] or self._owner(above) or self._itself(above)
        if named := object_doing(self, token, first, above):
            return named
        if base == "acl" and token.tag_ == "VBG" and is_asked_of_others(self, above):
            return ()  # "an appeal for deploying": not by whose appeal it is
        if base == "advcl" and above.tag_ == "VBN" and has_label(above, "acl"):
            return ()  # "talks between A and B aimed at forming a government": neither host nor talks form it
        if token.pos_ == "ADJ" and base == "advcl":
            return self.doers(above)  # "Furious with Norway, Iceland recalled"
        if base in ("advcl", "acl") and (is_gerund(token) or is_infinitive(first) or marker(first) in _SAME_SUBJECT):
            return self.doers(above)
        return ()

    def _to_noun(self, noun: Token, label: str, above: Token) -> Sequence[Argument]:
        """Agents of a noun from the verb or noun that governs it."""
        if lemma(above) == "order" and above.pos_ == "VERB" and label in ("obj", "nsubj") and self._is_forcible(noun):
            return self._agents_of_verb(above)  # "ordered strikes on": his own forces fly them
        if is_matter(noun) or (lemma(above) in _DEMANDING and label != "nsubj" and not self._is_mutual(noun)):
            return ()
        if label == "obl" and preposition(noun) in _BESIDE and self.is_event(noun) and (deed := deed_of(self, above)) is not None:
            return self.agents(deed)[0]
        if label in ("obl", "obj") and preposition(noun) == "with" and lemma(above) in _ANSWERING:
            return self._agents_of_verb(above)
        if label == "obl" and _CHARGES.get(lemma(above)) == preposition(noun) and self._is_forcible(noun):
            return self.named_object(above)  # "was blamed for the attack on", "convicted N. of the murder of"
        kinds = {row.kind for row in self.carriers(above) if row.modality is not Modality.REQUESTED}
        if label == "nmod" and preposition(noun) in _SHARED_NOUN_MARKERS:
            if preposition(noun) == "on" and claim_below(above):
                return ()  # "the board's statement on the arrest": it arrested nobody
            return (self.agents(above)[0] or self._owner(above)) if kinds & _HANDING_DOWN else ()
        if above.pos_ not in ("VERB", "AUX", "ADJ"):
            return ()
        carries = bool(kinds & _HANDING_DOWN)
        if label in ("obj", "nsubj") and carries and (label == "obj" or is_passive(above)):
            return self._agents_of_verb(above)
        if label == "obl" and preposition(noun) in _EVENT_MARKERS and (carries or (preposition(noun) == "in" and self.is_event(noun))):
            return self._agents_of_verb(above)
        return ()

    def _is_forcible(self, noun: Token) -> bool:
        frame = self.frames.lookup(noun_entry(noun, self.frames), "n")
        return frame is not None and frame.type in HARM

    def _is_mutual(self, noun: Token) -> bool:
        frame = self.frames.lookup(lemma(noun), "n", prep="with")
        return frame is not None and frame.symmetric

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
        if has_label(above, "acl") and is_infinitive(above) and has_label(above.head, "obj"):
            above = above.head.head  # "vetoed a plan to impose sanctions on Peru", "backed a proposal to levy a tax"
        if self.is_report(above) or (lemma(above) in _DEMANDING and not self._is_mutual(noun)):
            return True
        frame = self.frames.lookup(lemma(above), part_of_speech(above), particle=particle(above))
        return frame is not None and frame.type in _STANCES and not self.carriers(above)

    def _is_anothers(self, noun: Token, argument: Argument) -> bool:
        """Whether the noun is said to be somebody else's than the learned agent's: "Kenya backed the army in its fight", "Mali joined Western sanctions"."""
        if noun.pos_ not in NOMINAL or noun.is_ancestor(argument.filler):
            return False
        if self._is_ours(noun):
            return True
        owners = {mention.actor.id for owner in children(noun, "nmod:poss", "amod") for mention in self.actors.at(owner)}
        return bool(owners) and argument.mention.actor.id not in owners

    @staticmethod
    def _is_beyond_participle(token: Token, argument: Argument) -> bool:
        """Whether a thing made for a purpose stands between the agent and the purpose: "opened a museum in a hall built to house the ministry"."""
        thing = made_for(token)
        return thing is not None and argument.filler.i != thing.i and not thing.is_ancestor(argument.filler)

    def _is_ours(self, noun: Token) -> bool:
        """Whether the noun is said to be of whoever speaks, and nobody knows who does: "reaffirmed our commitment"."""
        return noun.pos_ in NOMINAL and any(owner.lower_ in _OURS and not self.actors.at(owner) for owner in children(noun, "nmod:poss"))

    def named_object(self, verb: Token) -> Sequence[Argument]:
        """The actors whom a verb is about: its object, or its subject in the passive."""
        if is_passive(verb):
            return self.subjects(verb)
        out = particle(verb) == "out"  # "lashed out at Peru"
        labels = ("obj",) if children(verb, "obj") else ("obj", "iobj")  # "charging its neighbour with", which parsers take for either
        return [argument for argument in self.own(verb) if has_label(argument.filler, *labels) or (out and argument.preposition == "at")]

    def doers(self, verb: Token) -> Sequence[Argument]:
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
        if label != "obj" or above.pos_ != "VERB" or self._turns_down(above):
            return ()
        return self.agents(above)[0]

    def _turns_down(self, verb: Token) -> bool:
        """Whether what the verb has for its object is others' doing, of which it wants nothing: "vetoed a plan to impose sanctions on"."""
        frame = self.frames.lookup(lemma(verb), "v", particle=particle(verb))
        return frame is not None and frame.type in _AGAINST and not self.carriers(verb)

    def _itself(self, noun: Token) -> Sequence[Argument]:
        """The actor that the noun names or stands beside: "the coalition to counter piracy", "Atalanta, the operation to …"."""
        named = self.actors.at(noun) or (self.actors.at(noun.head) if has_label(noun, "appos") else [])
        return [Argument(AGENT, noun, mention, True, "", 0.6) for mention in named]

    def _from_light_verb(self, noun: Token, own: Sequence[Argument]) -> list[Argument]:
        """What a support verb hangs beside its noun: "Russia" in "provides military resources to Russia"."""
        if noun.pos_ not in NOMINAL or own:
            return []
        step = step_up(noun)
        if step is None or not self.is_light(step[2], noun) or step[1] not in ("obj", "nsubj:pass"):
            return []
        verb = step[2]
        return [argument for argument in hanging(self, verb) if argument.role != AGENT and not has_label(argument.filler, "nsubj", "obl:agent")]
