"""Which words further up the tree speak for a predicate: the carriers that embed it, one step at a time.

"Officials expect a possible resumption of talks" embeds "talks" under "resumption" (of) and that under "expect" (its
object): what is said of the carriers, that they are possible, negated, planned or dated, is said of the talks too. A
relative clause, the subject of another verb ("the alliance may embolden …") or an adjunct is not embedded: it is taken
for granted, and the climb ends there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from .carriers import bundled_frames, carriers_of, is_endeavor, reports
from .frames import CarrierKind
from .hedges import hedge
from .relations import is_help, part_of_speech
from .snapshot import once_a_word
from .syntax import (
    SUBJECTS,
    child,
    children,
    first_conjunct,
    governor,
    has_label,
    is_measure,
    is_passive,
    is_subjunctive,
    label,
    marker,
    preposition,
    relation,
    tense,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .frames import Carrier

Link = Literal["complement", "content", "purpose", "result", "manner", "participle", "relative"]


@dataclass(frozen=True, slots=True)
class Embedding:
    """One step up: `inner` (first conjunct) stands below `governor`, whose context holds for it as `link` says.

    complement: argument of a carrier or infinitive, or what is caused ("sow discord"), all of the governor's context holds ·
    content: finite clause of a carrier · purpose: "sent troops to assist" · manner: "by shelling" · result: ", prompting a response" · participle:
    "troops fighting alongside" below a noun · relative: "a government that supports Oslo", which is none yet where one is
    wanted. `carriers` are the governor's rows, empty where it has none.
    """

    inner: Token
    governor: Token
    link: Link
    carriers: tuple[Carrier, ...]


def embeddings(predicate: Token) -> Iterator[Embedding]:
    """Climb from the predicate to the root for as long as the governor's context holds for what is below it."""
    return iter(_climb(predicate))


@once_a_word
def _climb(predicate: Token) -> tuple[Embedding, ...]:
    steps: list[Embedding] = []
    token, seen = predicate, {predicate.i}
    while (step := _step(token)) is not None and step.governor.i not in seen:
        seen.add(step.governor.i)
        steps.append(step)
        if reports(step):
            break  # what is done to a claim is not done to what it says: "dismissed reports that", "reports of a raid could not be verified"
        token = step.governor
    return tuple(steps)


def _step(token: Token) -> Embedding | None:
    found = _near_miss(token) or _of_endeavor(token) or _drawn_step(token)
    if found is not None and (noun := _object_noun(found)) is not None:
        return Embedding(found.inner, noun, "complement", carriers_of(noun))
    if found is None or not found.carriers:
        return _step_past_object(token) or _adjacent_step(token) or found
    return found


def _near_miss(token: Token) -> Embedding | None:
    """The adverb that says how near it came to be: "came close to attacking"."""
    first = first_conjunct(token)
    near = _before_to(first) if first.tag_ == "VBG" else None
    if near is None or near.pos_ not in ("ADJ", "ADV") or first.is_ancestor(near):
        return None
    rows = carriers_of(near)
    return Embedding(first, near, "complement", rows) if any(row.kind is CarrierKind.NOMINAL for row in rows) else None


def _of_endeavor(token: Token) -> Embedding | None:
    """The effort right before an infinitive, however the parser attached it: "the next phase of their operation to encircle the town"."""
    first = first_conjunct(token)
    noun = _before_to(first) if first.tag_ == "VB" else None
    owned = noun is not None and is_endeavor(noun) and child(noun, "nmod:poss") is not None and not first.is_ancestor(noun)
    return Embedding(first, noun, "complement", carriers_of(noun)) if owned and noun is not None else None


def _before_to(verb: Token) -> Token | None:
    """The word right before the verb's "to"."""
    mark = next((mark for mark in children(verb, "mark") if mark.lower_ == "to"), None)
    return mark.nbor(-1) if mark is not None and mark.i > 0 else None


def _object_noun(step: Embedding) -> Token | None:
    """The carrier noun between a verb and an infinitive that the parser gave to the verb: "rejected calls by Rome to adopt it"."""
    above, inner = step.governor, step.inner
    if above.pos_ != "VERB" or above.lemma_.lower() == "use" or marker(inner) != "to" or label(inner) not in ("advcl", "xcomp"):
        return None
    between = [noun for noun in children(above, "obj", "obl") if above.i < noun.i < inner.i]
    if not between or part_of_speech(between[-1]) != "n":
        return None
    rows = carriers_of(between[-1])
    return between[-1] if any(row.kind is CarrierKind.NOMINAL and row.modality is not None for row in rows) else None


def _step_past_object(token: Token) -> Embedding | None:
    """The verb over "from attacking" or "to withdraw" that the parser hung on its object: "prevented Chad from attacking"."""
    inner, noun = first_conjunct(token), governor(token)
    if noun is None or label(inner) not in ("acl", "nmod") or not has_label(noun, "obj", "iobj", "nsubj:pass") or inner.i < noun.i:
        return None
    mark = marker(inner) or preposition(inner)
    fitting = _PAST_OBJECT.get(mark)
    rows = carriers_of(noun.head, mark) if fitting is not None else ()
    return Embedding(inner, noun.head, "complement", rows) if any(row.kind is fitting for row in rows) else None


_PAST_OBJECT = {"from": CarrierKind.NEGATIVE, "to": CarrierKind.CAUSE, "not to": CarrierKind.CAUSE, "into": CarrierKind.CAUSE, "for": CarrierKind.CAUSE}


def _adjacent_step(token: Token) -> Embedding | None:
    """The carrier noun right before "to", "that" or a preposition, where the parser attached the phrase further up.

    "the offer to lead a mission was welcomed": attachment is what parsers err in most, and a noun that asks for a
    complement is rarely followed by one that is not its own.
    """
    first = first_conjunct(token)
    word = next((mark for mark in children(first, "mark", "case") if mark.lower_ in _COMPLEMENTS or mark.lower_ == "that"), None)
    if word is None or word.i == 0 or word.i > first.i:
        return None
    noun = word.nbor(-1)
    if noun.i == first.head.i or first.is_ancestor(noun) or noun.pos_ not in ("NOUN", "VERB", "AUX"):
        return None
    rows = carriers_of(noun)
    fitting = _FOLLOWED_BY_CLAUSE if noun.pos_ == "NOUN" else {CarrierKind.CONTROL} if word.lower_ == "to" and first.tag_ == "VB" else frozenset()
    if not any(row.kind in fitting for row in rows):
        return None
    if first.head.lemma_.lower() == "use" and word.lower_ == "to":
        return None
    return Embedding(first, noun, "content" if word.lower_ == "that" else "complement", rows)


_FOLLOWED_BY_CLAUSE = frozenset({CarrierKind.NOMINAL, CarrierKind.NEGATIVE, CarrierKind.REPORT})


def _drawn_step(token: Token) -> Embedding | None:
    """The step that the tree shows."""
    above = governor(token)
    if above is None:
        return None
    inner, rel = first_conjunct(token), relation(token)
    if token.tag_ == "VBG" and inner.pos_ in ("NOUN", "PROPN"):
        return None  # "proved their worth in battle, driving the rebels back", drawn as coordinated with the noun
    if inner.i != token.i and rel == "xcomp" and _is_finite(token) and not _is_finite(inner):
        return None  # "agreed to send tanks and trained soldiers", the second verb attached to the wrong first one
    name = rel.partition(":")[0]
    if rel == "acl:relcl" and _is_of_any(inner, above):
        return Embedding(inner, above, "relative", ())
    if rel in ("acl:relcl", "advcl:relcl", "nmod:poss") or leaves_content(token):
        return None
    if name in ("nsubj", "obj", "obl", "nmod", "compound", "iobj"):
        return _nominal_step(inner, name, above)
    if name in ("ccomp", "csubj"):
        rows = carriers_of(above)
        if _is_run_on(inner, above, rows):
            return None
        return Embedding(inner, above, "content", rows) if rows or above.pos_ == "ADJ" else None
    if name == "xcomp":
        return Embedding(inner, above, "complement", carriers_of(above))
    if name == "acl":
        return _adnominal_step(inner, above)
    return _adverbial_step(inner, above) if name == "advcl" else None


def _is_of_any(clause: Token, noun: Token) -> bool:
    """Whether the relative clause says which of its kind is meant, and the noun names none: "wants a government that supports Oslo".

    In the past it tells of one there is: "proposed a deal that Rome rejected".
    """
    if noun.pos_ != "NOUN" or tense(clause) == "past" or clause.left_edge.i == 0 or clause.left_edge.nbor(-1).is_punct:
        return False
    if has_label(noun, "appos"):
        return False  # "Diop, a former officer who leads the union"
    if any(word.tag_ == "WRB" for word in children(clause, "advmod")):
        return False
    determiner = child(noun, "det", "nmod:poss", "nummod")
    return "Plur" in noun.morph.get("Number", []) if determiner is None else determiner.lower_ in ("a", "an", "any")


def _is_run_on(clause: Token, above: Token, rows: tuple[Carrier, ...]) -> bool:
    """Whether a clause of its own only follows after a comma, drawn as a complement: "Luxembourg abstained, Malta voted against it"."""
    if not rows or any(row.kind is CarrierKind.REPORT for row in rows) or clause.i < above.i or child(clause, "nsubj") is None:
        return False
    return child(above, "nsubj") is not None and child(clause, "mark") is None and clause.left_edge.i > 0 and _is_finite(clause) and _after_comma(clause)


def _after_comma(clause: Token) -> bool:
    first = clause.left_edge
    return first.text == "," or first.nbor(-1).text == ","


_QUOTATION_MARKS = frozenset({'"', "”", "''"})


def leaves_content(token: Token) -> bool:
    """Whether a second clause, drawn as coordinated with what is said or asked, goes on outside it.

    "insisted that Baku close the embassy, and Baku recalled its consul": a clause with its own subject, after a comma,
    without the "that" or the bare verb of the first, or after the end of its quotation.
    """
    first = first_conjunct(token)
    if first.i >= token.i or relation(token).partition(":")[0] not in ("ccomp", "acl") or child(token, "nsubj") is None:
        return False
    if any(mark.lower_ == "that" for mark in children(token, "mark")):
        return False
    between = [word.text for word in token.doc[first.i : token.i]]
    if sum(text in _QUOTATION_MARKS for text in between) % 2:
        return True
    if is_subjunctive(first) != is_subjunctive(token):
        return True
    joint = child(token, "cc")
    comma = joint is not None and joint.i > 0 and joint.nbor(-1).text == ","
    return comma and any(mark.lower_ == "that" for mark in children(first, "mark"))


def _is_finite(token: Token) -> bool:
    return "Fin" in token.morph.get("VerbForm", []) and child(token, "mark") is None


def _nominal_step(inner: Token, name: str, above: Token) -> Embedding | None:
    """A noun below a carrier: its object, passive or eventive subject, prepositional phrase, or the first part of a compound."""
    if above.lemma_.lower() in _OF_INFINITIVES:
        return None
    prep = preposition(inner)
    rows = carriers_of(above, prep)
    if name == "nsubj":
        adjective = above.pos_ == "ADJ" and child(above, "xcomp", "advcl") is None
        held = child(above, "obj")  # "take place" has an object in name only
        happens = above.pos_ == "VERB" and hedge(above.lemma_, "occurrence") is not None and (held is None or held.lower_ == "place")
        aspect = any(row.kind is CarrierKind.ASPECT for row in rows) and child(above, "obj", "xcomp") is None
        called = any(part.pos_ in ("NOUN", "PROPN", "ADJ") and not children(part, "mark") for part in children(above, "xcomp"))
        if not (happens or aspect or (adjective and rows) or (rows and is_passive(above) and above.pos_ == "VERB" and not called)):
            return None
    elif prep in ("in", "of", "worth of") and is_measure(above if name == "nmod" else inner.left_edge.nbor(-1) if inner.left_edge.i else above):
        return Embedding(inner, above, "complement", rows)
    elif name == "obl":
        suffered = prep == "under" and bool(rows) and rows[0].predicate.endswith(" under")
        if not rows or not (prep in _OBLIQUES or suffered) or inner.i < above.i or has_label(inner, "obl:agent", "obl:unmarked"):
            return None
    elif name == "nmod":
        if prep == "at" and above.lemma_.lower() not in _AIMING:
            return None  # "a pledge at the summit": where it was made
        if not rows or prep not in _COMPLEMENTS or (prep == "to" and _addresses(above, rows)):
            return None
    elif not rows:
        if name != "obj" or hedge(above.lemma_, "causation") is None:
            return None
    elif name in ("obj", "iobj") and _is_addressee(inner, above, rows):
        return None
    return Embedding(inner, above, "complement", rows)


def _is_addressee(inner: Token, verb: Token, rows: tuple[Carrier, ...]) -> bool:
    """Whether the object is who is asked or made to do what follows: "ordered the newspaper to close"."""
    if not any(row.kind in (CarrierKind.CAUSE, CarrierKind.NEGATIVE) for row in rows):
        return False
    return any(clause.i > inner.i for clause in children(verb, "xcomp", "ccomp")) or any(
        marker(clause) in ("to", "from", "into", "not to") and clause.i > inner.i for clause in children(verb, "advcl")
    )


def _addresses(noun: Token, rows: tuple[Carrier, ...]) -> bool:
    """Whether "to" after the noun names whom it goes to, not what it is about: "a threat to allies", unlike "a commitment to talks"."""
    return noun.lemma_.lower() not in ("commitment", "agreement", "consent") and any(row.modality is not None for row in rows)


_COMPLEMENTS = frozenset({"of", "for", "to", "on", "about", "over", "against", "from", "in", "at", "into", "between"})
_AIMING = frozenset({"attempt", "try", "effort", "chance", "aim", "bid", "shot", "hand"})
_OF_INFINITIVES = frozenset({"stand"})
"""Carriers of an infinitive alone: who "stands to lose" may, who "stands shoulder to shoulder" does."""
_OBLIQUES = (_COMPLEMENTS - {"in", "at", "between"}) | {"with"}


def _adnominal_step(inner: Token, above: Token) -> Embedding | None:
    """A clause below a noun: "an offer to send", "the risk of losing", "a plan that", "troops fighting alongside"."""
    mark = marker(inner)
    rows = carriers_of(above)
    if (mark and not (mark == "in" and is_help(above, bundled_frames()))) or child(inner, "nsubj") is not None:
        link: Link = "content" if mark == "that" else "complement"
        return Embedding(inner, above, link, rows) if rows or mark == "to" or mark.endswith(" to") else None
    if inner.tag_ == "VBG" and mark == "in" and is_help(above, bundled_frames()):
        return Embedding(inner, above, "manner", ())
    if inner.tag_ == "VBG" and has_label(above, "nmod", "obl", "nsubj", "obj"):
        return Embedding(inner, above, "participle", ())
    return None


_RESULTS_NOT = frozenset({"having", "being"})


def _adverbial_step(inner: Token, above: Token) -> Embedding | None:
    """A clause below a clause: purpose, means, result, or the complement of a carrier that the parser took for an adjunct."""
    mark = marker(inner)
    if mark in ("to", "in order to", "so as to", "for to") or (mark == "for" and "to" in mark):
        rows = carriers_of(above) if mark in ("to", "for to") else ()  # who asks for money "in order to help" asks for nothing else
        return Embedding(inner, above, "complement" if rows or above.pos_ in ("ADJ", "NOUN") else "purpose", rows)
    if inner.tag_ == "VBG" and (mark in ("from", "of", "into", "on", "for", "against", "about", "at") or (mark == "in" and above.pos_ == "ADJ")):
        rows = carriers_of(above, mark)
        return Embedding(inner, above, "complement", rows) if rows else None
    if inner.tag_ == "VBG" and (mark in ("by", "without") or (mark == "in" and is_help(above, bundled_frames()))):
        return Embedding(inner, above, "manner", ())
    follows = inner.i > above.i and inner.tag_ == "VBG" and not mark and child(inner, *SUBJECTS) is None
    if follows and not any(aux.lower_ in _RESULTS_NOT for aux in children(inner, "aux")) and label(inner) == "advcl":
        return Embedding(inner, above, "result", ())
    return None
