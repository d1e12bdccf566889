"""Who holds which office in one document, and for whom he speaks: "the chancellor" of "German Chancellor N. N.", Germany."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from .gazetteer import Actor
from .records import ActorKind
from .syntax import children, has_label, preposition

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from .actors import Mention, Offices
    from .fillers import ActorIndex
    from .offices import OfficeMatch


class Incumbents:
    """The people of one document beside whose names offices stand."""

    def __init__(self, doc: Doc, mentions: Sequence[Mention], index: ActorIndex, offices: Offices) -> None:
        self._doc, self._mentions, self._index, self._offices = doc, mentions, index, offices
        self._held = list(self._beside_names())

    def sides(self, countries: Mapping[str, Mention], document_id: str) -> dict[str, Mention]:
        """By the id of a person who holds an office: what the office belongs to, or the country whose office it is.

        Of a member of a government whose country nobody tells, that government: an actor of this document alone.
        """
        sides: dict[str, Mention] = {}
        for mention, office in self._held:
            nouns = [self._doc[i] for i in range(office.start, office.end)]
            owners = [
                owner
                for noun in nouns
                for owner in children(noun, "nmod:poss", "compound", "amod", "nmod")
                if not office.start <= owner.i < office.end
            ]
            owners += [owner for owner in children(self._doc[mention.head], "nmod") if preposition(owner) == "of"]
            before = [self._doc[i] for i in range(max(0, office.start - 2), office.start) if self._doc[i].pos_ != "PUNCT"]
            inside = [found for noun in nouns for found in self._index.at(noun)]
            for side in [*inside, *(found for owner in (*owners, *before) for found in self._index.at(owner))]:
                if side.actor.kind in (ActorKind.COUNTRY, ActorKind.ORGANISATION) and side.form != "place":
                    sides.setdefault(mention.actor.id, side)
        for mention in self._mentions:
            country = countries.get(mention.actor.country or "") if mention.actor.kind is ActorKind.PERSON else None
            if country is not None:
                sides.setdefault(mention.actor.id, country)
        government = Actor(f"government@{document_id}", "government", ActorKind.GROUP)
        for mention, office in self._held:
            if office.office.sector == "GOV":
                sides.setdefault(mention.actor.id, replace(mention, actor=government, sector="GOV", form="collective"))
        return sides

    def holders(self) -> dict[str, list[Mention]]:
        """Persons by the title that stands before their name or in apposition to it."""
        holders: dict[str, dict[str, Mention]] = defaultdict(dict)
        for mention, office in self._held:
            holders[office.office.title].setdefault(mention.actor.id, mention)
        return {title: list(found.values()) for title, found in holders.items()}

    def _beside_names(self) -> Iterator[tuple[Mention, OfficeMatch]]:
        """Every person beside whose name an office stands, with the office."""
        for mention in self._mentions:
            if mention.actor.kind is not ActorKind.PERSON:
                continue
            head = self._doc[mention.head]
            nouns = [*children(head, "appos", "compound", "flat", "nmod:desc", "nmod:unmarked")]
            if has_label(head, "appos", "flat", "nmod:desc"):
                nouns.append(head.head)
            if mention.start:
                nouns.append(self._doc[mention.start - 1])
            # "Minister for Fish, N. N. said": a parser may draw two subjects
            nouns += [noun for noun in children(head.head, "nsubj") if has_label(head, "nsubj") and 0 < mention.start - noun.right_edge.i <= 1]
            for noun in nouns:
                office = None if mention.start <= noun.i < mention.end else self._offices.find(self._doc, noun.i)
                if office is not None and not office.former:
                    yield mention, office
