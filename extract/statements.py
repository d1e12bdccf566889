"""From a parsed document to its statements: actors, references, candidates, and how each is stated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache
from importlib.metadata import PackageNotFoundError, version
from itertools import chain
from typing import TYPE_CHECKING

from .actors import find_mentions
from .agent_nouns import others
from .aims import mediations, protests
from .answers import answers
from .appointments import appointments, ties_appointer
from .arguments import NOMINAL
from .attribution import Attribution, attribution_of
from .backing import in_kind
from .candidates import Candidate, predicate_candidates
from .casualties import casualties
from .confidence import confidence, is_told
from .constructions import (
    agent_noun_ties,
    at_the_hands,
    governments,
    hyphenated_pairs,
    inclusions,
    led_by,
    participial_compounds,
)
from .contests import peaceful, relates
from .coreference import clusters, read_references
from .criticism import in_words
from .custody import custodies
from .dates import event_date
from .english.predicates import all_roles_of, factuality_of, get_predicates
from .factuality import Factuality, assess
from .fillers import ActorIndex
from .hedges import hedge
from .intentions import clausal_objects, stated_intentions
from .likely import Triples
from .listings import listings
from .memberships import affiliations, branches, own_groups, own_parties, parties_of, under_leaders, units
from .misplaced import is_misplaced
from .pipeline import source_span
from .predication import Predications
from .pressures import pressures
from .quantities import Quantity, quantity_of
from .quotes import quote_at
from .rebuttals import rebuttals
from .records import Document, Modality, RelationType, Statement, statement_id
from .snapshot import snapshot, uncollected
from .speakers import does_beside
from .syntax import child, children, first_conjunct
from .taken_up import comments, denials, stances
from .titles import titles
from .told_twice import distinct
from .ultimatums import ultimatums
from .walkouts import walkouts

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from .actors import Mention
    from .gazetteer import Gazetteer
    from .lexicon import Lexicon


def statements_of(doc: Doc, document: Document, lexicon: Lexicon, *, pipeline: str) -> list[Statement]:
    """The statements of a parsed document in the order of triples.jsonl; sets `doc._.coreferences`.

    `pipeline` names the pipeline in the statements' version ("en_news 0.1.0").
    """
    with uncollected():
        return [statement for statement, _ in traced_statements(doc, document, lexicon, pipeline=pipeline)]


def traced_statements(doc: Doc, document: Document, lexicon: Lexicon, *, pipeline: str, unsure: bool = False) -> list[tuple[Statement, Candidate]]:
    """The statements with the candidates that they were made of (words of a snapshot), for what asks how a statement came about.

    With `unsure` also what is not sure enough to be told, for what fits the confidence.
    """
    words = snapshot(doc)
    references = read_references(words, find_mentions(words, document, lexicon.gazetteer), document.id, lexicon.gazetteer.adjectives)
    doc._.coreferences = clusters(doc, references.chains)
    actors = ActorIndex(words, references.mentions, others())
    known = {p.token.i: p.roles for p in get_predicates(words)}
    predications = Predications(words, actors, lexicon.frames, lambda tokens: [p.roles for p in all_roles_of(words, tokens)], known)
    told = [c for c in _candidates(words, predications, lexicon) if relates(c) and not _is_beside(c, lexicon)]
    found = distinct(in_kind(in_words(peaceful(c))) for c in (*told, *denials(told, words, predications)))
    triples = Triples(words, references.mentions, lexicon.frames)
    found = [triples.read(c) for c in (*found, *(c for c in triples.beside(found) if relates(c) and not _is_beside(c, lexicon)))]
    judge = cache(lambda i: _judge(words[i], predications, document))  # a predicate may make many statements
    made = ((_state(c, actors, judge(c.predicate.i), document, confidence(c, lexicon.gazetteer), pipeline), c) for c in found)
    by_id = {statement.id: (statement, c) for statement, c in made if not _ends(statement) and (unsure or is_told(c, statement.confidence))}
    return sorted(by_id.values(), key=lambda traced: traced[0].sort_key)


def _candidates(doc: Doc, predications: Predications, lexicon: Lexicon) -> Iterator[Candidate]:
    """Every family of rules, the surest first. Where a sentence names one actor or none, its tree has nothing to relate."""
    tokens = [token for sentence in doc.sents if predications.actors.several(sentence) for token in sentence]
    yield from titles(predications.actors, lexicon.offices)
    yield from appointments(tokens, predications, lexicon.offices)
    yield from agent_noun_ties(tokens, predications)
    yield from inclusions(tokens, predications)
    yield from led_by(list(doc), predications)
    yield from participial_compounds(predications.actors, predications)
    acts = chain(protests(tokens, predications), predicate_candidates(tokens, predications), mediations(tokens, predications))
    yield from stated_intentions(acts, predications)
    yield from clausal_objects(tokens, predications)
    yield from rebuttals(tokens, predications)
    yield from stances(list(doc), predications)
    yield from hyphenated_pairs(predications.actors, predications)
    yield from at_the_hands(tokens, predications)
    yield from casualties(tokens, predications)
    yield from affiliations(predications.actors)
    yield from own_parties(predications.actors)
    yield from own_groups(predications.actors)
    yield from parties_of(predications.actors)
    yield from under_leaders(predications.actors)
    yield from units(predications.actors)
    yield from branches(predications.actors)
    yield from custodies(tokens, predications)
    yield from pressures(tokens, predications)
    yield from answers(tokens, predications)
    yield from ultimatums(tokens, predications)
    yield from listings(tokens, predications)
    yield from walkouts(tokens, predications)
    yield from governments(predications.actors)


def _is_beside(candidate: Candidate, lexicon: Lexicon) -> bool:
    """Whether the triple is not what the sentence tells."""
    return ties_appointer(candidate) or is_misplaced(candidate, lexicon.offices, lexicon.gazetteer) or not _is_of_interest(candidate, lexicon.gazetteer)


def _is_of_interest(candidate: Candidate, gazetteer: Gazetteer) -> bool:
    """Whether lexicon or tables tell what is going on: of a verb in no table between people of no known country, half is their private life."""
    if candidate.relation.frame is not None or candidate.relation.type is not RelationType.OTHER:
        return True
    return gazetteer.knows(candidate.subject.actor) and gazetteer.knows(candidate.object.actor)


def _ends(statement: Statement) -> bool:
    """Whether a conflict is only to be ended, which tells neither that there is one nor that there is none: "must stop the war between"."""
    hostile = statement.relation_type in (RelationType.ASSAULT, RelationType.RIVAL)
    return statement.symmetric and hostile and statement.negated and statement.modality is not Modality.ASSERTED


def _judge(predicate: Token, predications: Predications, document: Document) -> tuple[Factuality, str | None]:
    """How the text puts a predicate, and the date of what it states."""
    by_role: dict[str, list[Token]] = {}
    for role, filler, _ in predications.roles(predicate):
        by_role.setdefault(role, []).append(filler)
    stated = assess(predicate, factuality=factuality_of(predicate), roles=by_role)
    return stated, event_date(predicate, document.published, by_role.get("TMP", []))


def _state(candidate: Candidate, actors: ActorIndex, judged: tuple[Factuality, str | None], document: Document, sure: float, pipeline: str) -> Statement:
    """The record of a candidate: its evidence, and its polarity, modality, attribution, quantity and date."""
    doc, token, (stated, date) = actors.doc, candidate.predicate, judged
    presupposed = _is_presupposed(candidate)
    answered = candidate.rule == "answer"  # whoever tells of an answer tells of what was answered
    source = None if presupposed or comments(candidate) else attribution_of(token.head if answered else token)
    if source is not None and source.head == candidate.subject.head and does_beside(token):
        source = None
    if answered or (presupposed and not _is_hedged(token)):
        stated = replace(stated, negated=False, modality=Modality.ASSERTED)
    said_by = _speaker(source, candidate, actors)
    quantity = _quantity(candidate)
    predicate = source_span(doc, token.idx, token.idx + len(token))
    subject, object_ = _span(doc, candidate.subject), _span(doc, candidate.object)
    sentence = _sentence(doc, token, candidate)
    relation, text = candidate.relation, document.text
    return Statement(
        id=statement_id(document.id, predicate, subject, object_, candidate.subject.actor.id, relation.phrase, candidate.object.actor.id),
        subject_id=candidate.subject.actor.id,
        subject=candidate.subject.actor.name,
        subject_kind=candidate.subject.actor.kind,
        subject_text=text[slice(*subject)],
        subject_start=subject[0],
        subject_end=subject[1],
        subject_sector=candidate.subject.sector,
        relation=relation.phrase,
        relation_type=relation.type,
        symmetric=relation.symmetric,
        object_id=candidate.object.actor.id,
        object=candidate.object.actor.name,
        object_kind=candidate.object.actor.kind,
        object_text=text[slice(*object_)],
        object_start=object_[0],
        object_end=object_[1],
        object_sector=candidate.object.sector,
        negated=stated.negated,
        modality=stated.modality,
        attributed_to=text[slice(*source_span(doc, *_characters(doc, source.start, source.end)))] if source else None,
        attributed_to_id=said_by,
        quantity=quantity.value if quantity else None,
        quantity_max=quantity.value_max if quantity else None,
        quantity_bound=quantity.bound if quantity else None,
        quantity_unit=quantity.unit if quantity else None,
        quantity_text=text[slice(*source_span(doc, quantity.start, quantity.end))] if quantity else None,
        event_date=date,
        document_id=document.id,
        title=document.title,
        source=document.source,
        url=document.url,
        published=document.published,
        sentence=text[slice(*sentence)],
        char_start=sentence[0],
        char_end=sentence[1],
        predicate_start=predicate[0],
        predicate_end=predicate[1],
        confidence=sure,
        rule=candidate.rule,
        frame=relation.frame.source if relation.frame else None,
        version=f"actorgraph {program_version()} + {pipeline}",
    )


def _is_presupposed(candidate: Candidate) -> bool:
    """Whether the writer takes it for granted in naming somebody, whoever says the rest: "Foreign Minister N. N. will visit Mali, officials said",
    "the ambassador, N. N., is to stay"."""
    token = candidate.predicate
    said = token.pos_ not in NOMINAL or child(first_conjunct(token), "cop") is not None  # "N. N. is the president of"
    title = candidate.rule == "title" and (token.i < candidate.subject.start or not said)
    title |= candidate.rule == "nominal" and candidate.relation.type in (RelationType.LEADS, RelationType.MEMBER) and not said
    named = title or candidate.rule == "affiliation" or (candidate.rule == "agent-noun" and token.i + 1 == candidate.subject.start)
    return named and quote_at(token.doc, token.i) is None


def _is_hedged(title: Token) -> bool:
    """Whether a word of the title's own phrase says that nobody holds it: "the would-be president"."""
    return bool(children(title, "cop")) or any(hedge(word.lower_, "adjective") is not None for word in children(title, "amod", "compound"))


def _characters(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Characters of the Doc's text that the tokens start:end cover, blanks before them left off: a dateline is one to the pipeline."""
    while start < end - 1 and doc[start].is_space:
        start += 1
    return doc[start].idx, doc[end - 1].idx + len(doc[end - 1])


def _span(doc: Doc, mention: Mention) -> tuple[int, int]:
    return source_span(doc, *_characters(doc, mention.start, mention.end))


def _sentence(doc: Doc, token: Token, candidate: Candidate) -> tuple[int, int]:
    """The evidence: the predicate's sentence, stretched over the mentions where the parser cut between them; outer space left off."""
    tokens = [token, doc[candidate.subject.start], doc[candidate.object.start]]
    start, end = min(t.sent.start for t in tokens), max(t.sent.end for t in tokens)
    while end - 1 > start and doc[end - 1].is_space:
        end -= 1
    return source_span(doc, *_characters(doc, start, end))


def _speaker(source: Attribution | None, candidate: Candidate, actors: ActorIndex) -> str | None:
    """The id of the actor who says it, where the source is one."""
    if source is None or source.head is None:
        return None
    fillings = actors.of(actors.doc[source.head], conjuncts=False)
    return fillings[0].mention.actor.id if fillings else None


def _quantity(candidate: Candidate) -> Quantity | None:
    """The quantity of those acted on ("40 Malian soldiers"), or of the carried noun ("3,000 troops")."""
    doc = candidate.predicate.doc
    for token in (doc[candidate.object.head], candidate.quantified):
        if token is not None and (found := quantity_of(token)) is not None:
            return found
    return None


@lru_cache(maxsize=1)
def program_version() -> str:
    """The installed version of actorgraph; "0" where it runs without being installed."""
    try:
        return version("actorgraph")
    except PackageNotFoundError:
        return "0"
