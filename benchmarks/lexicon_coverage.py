"""How much of the old event-coding dictionaries our tables of actors know.

    python -m benchmarks.lexicon_coverage                 # shares
    python -m benchmarks.lexicon_coverage --missing armed # what is missing of one kind, one name a line

The dictionaries (Phoenix, Open Event Data Alliance, MIT) lie in lexicon/ of the folder named by ACTORGRAPH_SHARED. They
are stale and noisy: misspellings, provinces, leaders up to 2014 and groups that no news has named since 1975 stand among
their names, so the shares are for comparing versions of our tables, not for reaching one.
"""

from __future__ import annotations

import argparse
import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .shared import shared_folder

if TYPE_CHECKING:
    from actorgraph.extract.gazetteer import Gazetteer

_CODE = re.compile(r"\[([A-Z~]{3,})")
_DATED = re.compile(r"\[[^\]]*\d{6}")
OLD_CODES = {
    "ROM": "ROU",
    "COD": "COD",
    "ZAR": "COD",
    "TMP": "TLS",
    "BUR": "MMR",
    "KSV": "XKX",
    "SCG": "SRB",
    "WBK": "PSE",
    "GZS": "PSE",
    "VCT": "VCT",
}
KINDS = ("countries", "synonyms", "organisations", "armed", "roles")


@dataclass(frozen=True, slots=True)
class Entry:
    """A name of a dictionary with its other spellings, the first code given for it, and whether it is a person in office."""

    names: tuple[str, ...]
    code: str
    dated: bool


def read_entries(path: Path) -> Iterator[Entry]:
    """Read a dictionary of actors: names, "+" synonyms, then codes in brackets on the same line or below."""
    names: list[str] = []
    code, dated = "", False
    with gzip.open(path, "rt", encoding="utf8", errors="replace") as lines:
        for line in lines:
            text = line.partition("#")[0].rstrip()
            if not text:
                continue
            if not text.startswith(("+", "\t", " ", "!")):
                if names:
                    yield Entry(tuple(names), code, dated)
                names, code, dated = [], "", False
            found = _CODE.search(text)
            if found and not code:
                code = found[1]
            dated = dated or bool(_DATED.search(text))
            name = spelled(text.partition("[")[0])
            if name:
                names.append(name)
    if names:
        yield Entry(tuple(names), code, dated)


def spelled(name: str) -> str:
    """A name of the dictionaries as text has it: "THE_UNITED_NATIONS_" gives "UNITED NATIONS"."""
    flat = re.sub(r"\(.*?\)|\{.*?\}", "", name.strip().lstrip("+").replace("_", " "))
    return " ".join(flat.split()).removeprefix("THE ").strip()


class Known:
    """All spellings of our tables, in capitals, with the actor that each stands for."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._actors = {self._flat(spelling): name.actor.id for spelling, name in gazetteer.spellings()}

    @staticmethod
    def _flat(name: str) -> str:
        from actorgraph.extract.gazetteer import fold

        return fold(name).removeprefix("the ").replace("-", " ").replace("'", "").replace(".", "")

    def actor(self, name: str) -> str | None:
        """The id of the actor with this name in any spelling of case, accents and hyphens."""
        return self._actors.get(self._flat(name))


def main() -> None:
    """Print the shares, or what is missing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--missing", choices=KINDS, help="print the names of one kind that we do not know")
    options = parser.parse_args()

    from actorgraph.extract.gazetteer import Gazetteer

    folder = shared_folder() / "lexicon"
    if not folder.is_dir():
        raise SystemExit(f"no dictionaries in {folder}; set ACTORGRAPH_SHARED to the folder that holds lexicon/")
    known = Known(Gazetteer.load())
    checks = {
        "countries": countries(folder, known, first_only=True),
        "synonyms": countries(folder, known, first_only=False),
        "organisations": organisations(folder / "Phoenix.International.actors.txt.gz", known),
        "armed": organisations(folder / "Phoenix.MilNonState.actors.txt.gz", known),
        "roles": roles(folder / "Phoenix.agents.txt.gz"),
    }
    for kind, names in checks.items():
        missing = [name for name, found in names if not found]
        if options.missing == kind:
            print(*missing, sep="\n")
        elif options.missing is None:
            print(f"{kind:14} {len(names) - len(missing):5} of {len(names):5}  {1 - len(missing) / len(names):6.1%}")


def countries(folder: Path, known: Known, *, first_only: bool) -> list[tuple[str, bool]]:
    """Names of countries (the first of each entry, or all others), known when ours stands for the same country."""
    found = []
    for entry in read_entries(folder / "Phoenix.Countries.actors.txt.gz"):
        if len(entry.code) != 3 or entry.dated:
            continue
        code = OLD_CODES.get(entry.code, entry.code)
        found += [(name, known.actor(name) == code) for name in (entry.names[:1] if first_only else entry.names[1:])]
    return found


def organisations(path: Path, known: Known) -> list[tuple[str, bool]]:
    """Organisations, known when ours has any of their names; entries with dates are people in office and left out."""
    return [(entry.names[0], any(known.actor(name) is not None for name in entry.names)) for entry in read_entries(path) if not entry.dated]


def roles(path: Path) -> list[tuple[str, bool]]:
    """Role nouns, known as a collective or as an office."""
    from actorgraph.extract.collectives import Collectives
    from actorgraph.extract.offices import Offices

    collectives, offices = Collectives.load(), Offices.load()
    found = []
    for entry in read_entries(path):
        if not entry.code.startswith("~"):
            continue
        noun = entry.names[0].lower().replace("!person!", "man").replace("!minist!", "minister")
        found.append((noun, collectives.lookup(noun) is not None or offices.title(noun) is not None))
    return found


if __name__ == "__main__":
    main()
