"""Whose words a first person is in: the speaker of a quotation, of a statement given at length, or of the text itself.

"We" is whom the speaker speaks for: a country or an organisation for itself, the holder of an office for what the office
belongs to, anybody else for nobody who is known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from .attribution import attribution_of
from .quotes import quote_at
from .records import ActorKind
from .syntax import children, clause, coordination, governor, has_label, subject

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from .actors import Mention

FIRST_PERSON = frozenset({"i", "me", "my", "mine", "myself"})
FIRST_PERSONS = frozenset({"we", "us", "our", "ours", "ourselves"})

_REPORTS = frozenset({"say", "tell", "add", "write", "declare", "state", "announce", "remark", "comment", "note", "insist"})
ARMED = frozenset({"REB", "UAF", "CRM"})
IN_ARMS = ARMED | {"MIL"}
"""Armed groups, and the forces of a state."""
_MARKS = frozenset("\"'`“‘„«")
_REACH = 12
"""How many sentences back the one may be that introduces a statement, or in which the text speaks for itself."""
_DECLARING = frozenset({"reiterate", "reaffirm", "affirm", "confirm", "restate", "stress", "underline", "pledge", "announce", "express", "emphasize", "emphasise"})
_STANCES = frozenset({
    "condemn", "deplore", "denounce", "reject", "welcome", "commend", "congratulate", "applaud", "praise", "salute", "honor", "honour",
    "thank", "support", "urge", "call", "encourage", "express", "extend", "reaffirm", "reiterate", "affirm", "remain", "mourn", "regret",
    "recognize", "recognise", "pledge", "appreciate", "acknowledge", "underline", "stress",
})  # fmt: skip
"""Verbs that one does by saying them, or that declare where one stands: who is their subject in the present is speaking."""


class Voices:
    """The speakers of one document.

    `actors_of` gives the mentions that a word stands for, `sentences` are the sentences' first tokens and ends, and `sides`
    tells by a person's id for whom the holder of an office speaks.
    """

    def __init__(
        self,
        doc: Doc,
        sentences: Sequence[tuple[int, int]],
        actors_of: Callable[[Token], list[Mention]],
        sides: Mapping[str, Mention],
    ) -> None:
        self._doc, self._sentences, self._actors_of, self._sides = doc, sentences, actors_of, sides

    def one(self, token: Token, number: int) -> list[Mention]:
        """Who says "I" in the sentence with this number."""
        return [mention for mention in self._speaker(token, number) if mention.actor.kind is ActorKind.PERSON]

    def several(self, token: Token, number: int) -> list[Mention]:
        """For whom "we" is said in the sentence with this number."""
        for speaker in self._speaker(token, number):
            if speaker.actor.kind in (ActorKind.COUNTRY, ActorKind.ORGANISATION):
                return [speaker]
            if speaker.actor.kind is ActorKind.PERSON:
                side = self._sides.get(speaker.actor.id)
                if side is None or side.actor.kind is ActorKind.GROUP:
                    side = self._spoken_for(speaker) or (None if self._is_about_a_country(token) else side)
                return [side] if side is not None else []  # "we" are more than the speaker, whoever they are
        return []

    def _is_about_a_country(self, token: Token) -> bool:
        """Whether a country that may be the speaker's own acts before in the sentence: "Peru will give more than we gave so far"."""
        before = self._doc[token.sent.start : token.i]
        return any(m.actor.kind is ActorKind.COUNTRY for noun in before if has_label(noun, "nsubj") for m in self._actors_of(noun))

    def _spoken_for(self, person: Mention) -> Mention | None:
        """Whose stance the person declares, where the text says it: the United Kingdom in "N. N. reiterates the UK's commitment"."""
        found: dict[str, Mention] = {}
        for verb in self._doc:
            if verb.pos_ != "VERB" or verb.lemma_.lower() not in _DECLARING or (noun := subject(verb)) is None:
                continue
            if not any(mention.actor.id == person.actor.id for mention in self._actors_of(noun)):
                continue
            owners = [owner for verb_ in coordination(verb) if verb_.lemma_.lower() in _DECLARING for stance in children(verb_, "obj") for owner in children(stance, "nmod:poss", "compound", "amod")]
            for mention in (mention for owner in owners for mention in self._actors_of(owner)):
                if mention.actor.kind in (ActorKind.COUNTRY, ActorKind.ORGANISATION):
                    found.setdefault(mention.actor.id, mention)
        return next(iter(found.values())) if len(found) == 1 else None

    def _speaker(self, token: Token, number: int) -> list[Mention]:
        quoted = quote_at(self._doc, token.i) is not None
        return self._reporter(token) or self._source(token) or self._introduction(number, quoted) or ([] if quoted else self._own_voice(token, number))

    def _reporter(self, token: Token) -> list[Mention]:
        """The subject of a verb of speech above the token, unless it is the token itself ("we announced")."""
        above: Token | None = token
        while above is not None:
            above = governor(above)
            said_by = subject(above) if above is not None and above.lemma_.lower() in _REPORTS else None
            if said_by is not None and said_by.i != token.i and (found := self._actors_of(said_by)):
                return found[:1]
        return []

    def _source(self, token: Token) -> list[Mention]:
        """The source to which what the token's clause states is attributed."""
        source = attribution_of(clause(token))
        if source is None or source.head is None or source.kind not in ("speech", "quotation") or source.start <= token.i < source.end:
            return []
        return self._actors_of(self._doc[source.head])[:1]

    def _before(self, number: int) -> list[tuple[int, int]]:
        """The sentences before the one with this number, the nearest first."""
        return list(reversed(self._sentences[max(0, number - _REACH) : number]))

    def _introduction(self, number: int, quoted: bool) -> list[Mention]:
        """The speaker of a sentence before that introduces a statement: "The minister said: …", "issued the following statement: …"."""
        start = self._sentences[number][0]
        for begin, end in self._before(number):
            verbs = [word for word in self._doc[begin:end] if word.pos_ == "VERB" and self._introduces(word, min(end + 1, start), quoted)]
            if verbs:
                return self._subject_actors(verbs[-1])
        return []

    def _introduces(self, verb: Token, limit: int, quoted: bool) -> bool:
        """Whether the verb's words follow it in sentences of their own; of a quotation, only what is quoted."""
        if subject(verb) is None:
            return False
        colon = next((word.i for word in self._doc[verb.i : min(verb.i + 4, limit)] if word.text == ":"), None)
        if verb.lemma_.lower() in _REPORTS and colon is not None:
            return quoted or self._doc[colon + 1].text[:1] not in _MARKS
        behind = [word.text.lower() for word in self._doc[verb.i + 1 : limit]]
        return "statement" in behind and any(mark in behind[behind.index("statement") :] for mark in (":", "today:"))

    def _own_voice(self, token: Token, number: int) -> list[Mention]:
        """Who speaks in a text that quotes nobody: the country or organisation that says where it stands, in the sentence or before."""
        for begin, end in [(self._sentences[number][0], token.i), *self._before(number)]:
            for verb in self._doc[begin:end]:
                if verb.tag_ not in ("VBZ", "VBP") or verb.lemma_.lower() not in _STANCES or (noun := subject(verb)) is None:
                    continue
                speakers = self._actors_of(noun)
                if len(speakers) == 1 and speakers[0].actor.kind in (ActorKind.COUNTRY, ActorKind.ORGANISATION) and speakers[0].sector not in ARMED:
                    return speakers
        return []

    def _subject_actors(self, verb: Token) -> list[Mention]:
        """The speaker; of two subjects the parser may have drawn ("Minister for trade, N. N. said") the nearer one."""
        nouns = children(verb, "nsubj") or [noun for noun in [subject(verb)] if noun is not None]
        nouns.sort(key=lambda noun: abs(noun.i - verb.i))
        return next((found[:1] for noun in nouns if (found := self._actors_of(noun))), [])
