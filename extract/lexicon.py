"""All tables that extraction reads, loaded once: names of actors, offices, frames."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .frames import FrameLexicon
    from .gazetteer import Gazetteer
    from .offices import Offices


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Names of actors, offices of people, frames of predicates."""

    gazetteer: Gazetteer
    offices: Offices
    frames: FrameLexicon


def load_lexicon(actors: Sequence[Path] = (), relations: Sequence[Path] = ()) -> Lexicon:
    """The bundled tables, with a user's tables of actors (id, kind, name, aliases) and relations (predicate, type, frame).

    Loaded once per set of tables. Raises LexiconError, with file and line, for a table that cannot be read.
    """
    return _load(tuple(actors), tuple(relations))


@lru_cache(maxsize=4)
def _load(actors: tuple[Path, ...], relations: tuple[Path, ...]) -> Lexicon:
    from .frames import FrameLexicon
    from .gazetteer import Gazetteer
    from .offices import Offices

    return Lexicon(Gazetteer.load(actors), Offices.load(), FrameLexicon.load(relations))
