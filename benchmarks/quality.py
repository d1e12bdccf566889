"""The quality gate: extraction scored on every development set, held to the floors in quality.toml.

    python -m benchmarks.quality                 # score, compare with the floors; exit 1 where one is missed
    python -m benchmarks.quality --errors        # each error, too, with its cause
    python -m benchmarks.quality --update        # raise the floors to what was measured; a lower one needs --lower NAME

A floor is only good for the sets that it was measured on, so the file holds their digest: other sets, no verdict. How many errors
have which cause (see causes.py) stands on standard error.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import tomllib
from itertools import chain
from pathlib import Path
from typing import Any

from .causes import Error, Reading, counts, dyad_errors, read, scorer, triple_errors
from .shared import digest, shared_folder

FLOORS = Path(__file__).with_name("quality.toml")
MARGIN = 0.005
"""How far below the measured figure `--update` puts a floor: processors differ in the last digits of int8 arithmetic."""


def main() -> None:
    """Score, print one JSON object, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", action="store_true", help="list every error with its cause on standard error")
    parser.add_argument("--update", action="store_true", help="raise the floors to what was measured")
    parser.add_argument("--lower", action="append", default=[], metavar="NAME", help="let --update lower this floor")
    parser.add_argument("--model", help="another English pipeline")
    args = parser.parse_args()
    shared = shared_folder()
    if not shared.is_dir():
        sys.exit(f"{shared} is not there: name the folder of the development sets in ACTORGRAPH_SHARED")
    sets = sorted((shared / "gold").glob("*.jsonl"))
    figures, errors = measure(shared, model=args.model)
    print(json.dumps(figures, indent=1))
    report(errors, each=args.errors)
    pinned = tomllib.loads(FLOORS.read_text("utf8")) if FLOORS.exists() else {"digest": "", "floors": {}}
    if args.update:
        update(figures, pinned["floors"], digest(sets), args.lower)
        return
    if pinned["digest"] != digest(sets):
        sys.exit("the floors were measured on other sets; run with --update")
    short = {name: (figures[name], floor) for name, floor in pinned["floors"].items() if not holds(name, figures[name], floor)}
    for name, (figure, floor) in short.items():
        print(f"{name}: {figure:.3f}, floor {floor:.3f}", file=sys.stderr)
    sys.exit(bool(short))


def holds(name: str, figure: float, floor: float) -> bool:
    """Whether a figure keeps its floor; for shares of what should be rare the floor is a ceiling."""
    return figure <= floor if name.endswith(("per_100_words", "other_share")) else figure >= floor


def measure(shared: Path, *, model: str | None = None) -> tuple[dict[str, float], dict[str, list[Error]]]:
    """Every figure by name (articles_* against triples with relations, re3d_* and plover_* against pairs of spans); errors by set."""
    score, gold = shared / "score", shared / "gold"
    figures: dict[str, float] = {}
    errors: dict[str, list[Error]] = {}
    with tempfile.TemporaryDirectory() as folder:
        articles = [str(path) for path in sorted(gold.glob("seed-*.jsonl"))]
        readings, triples = extract(shared / "seeds", Path(folder) / "seeds.jsonl", model)
        result = run([str(score / "score_triples.py"), *articles, "--predicted", str(triples)])
        for level in ("pairs", "triples"):
            figures |= {f"articles_{level}_{name}": result[level][name] for name in ("precision", "recall", "f1")}
        figures |= {f"articles_{name}": value for name, value in result["of the triples found"].items()}
        errors["articles"] = list(triple_errors(chain.from_iterable(map(rows, articles)), readings, scorer(score, "score_triples")))
        shares = [other_share(triples)]
        for name in ("re3d", "plover-gsr"):
            texts = Path(folder) / name
            subprocess.run([sys.executable, str(score / "score_dyads.py"), str(gold / f"{name}.jsonl"), "--texts", str(texts)], check=True)
            readings, triples = extract(texts, Path(folder) / f"{name}.jsonl", model)
            result = run([str(score / "score_dyads.py"), str(gold / f"{name}.jsonl"), "--predicted", str(triples)])
            short = name.partition("-")[0]
            figures |= {f"{short}_found": result["found"], f"{short}_typed": result["typed"], f"{short}_per_100_words": result["triples per 100 words"]}
            errors[short] = list(dyad_errors(rows(gold / f"{name}.jsonl"), readings, scorer(score, "score_dyads")))
            shares.append(other_share(triples))
        figures["other_share"] = sum(n for n, _ in shares) / max(1, sum(n for _, n in shares))
    return {name: round(value, 4) for name, value in figures.items()}, errors


def rows(path: Path | str) -> list[dict[str, Any]]:
    """The rows of a gold file."""
    return [json.loads(line) for line in Path(path).read_text("utf8").splitlines() if line.strip()]


def extract(texts: Path, out: Path, model: str | None) -> tuple[dict[str, Reading], Path]:
    """Read a folder's documents, and write their statements as JSON Lines; returns the readings by document, and the file."""
    from actorgraph.extract import load_pipeline, read_documents
    from actorgraph.extract.lexicon import load_lexicon

    nlp, lexicon = load_pipeline(model, statements=False), load_lexicon()
    readings = {Path(document.id).name.removesuffix(".txt"): read(document, nlp, lexicon) for document in read_documents([texts])}
    with out.open("w", encoding="utf8") as file:
        for reading in readings.values():
            file.writelines(json.dumps(statement, ensure_ascii=False) + "\n" for statement in reading.statements)
    return readings, out


def other_share(triples: Path) -> tuple[int, int]:
    """Statements of type OTHER, and all."""
    types = [json.loads(line)["relation_type"] for line in triples.read_text("utf8").splitlines()]
    return types.count("OTHER"), len(types)


def run(command: list[str]) -> dict[str, Any]:
    """A scorer's JSON."""
    done = subprocess.run([sys.executable, *command, "--json"], stdout=subprocess.PIPE, check=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def report(errors: dict[str, list[Error]], *, each: bool) -> None:
    """Print how many errors have which cause on standard error, and with `each` every one of them."""
    for name, found in errors.items():
        for error in found if each else ():
            print(f"{name}  {error.kind}, {error.cause}: {error.where}  {error.about}", file=sys.stderr)
        for kind, by_cause in counts(found).items():
            print(f"{name}, {kind}: {', '.join(f'{number} {cause}' for cause, number in by_cause.items())}", file=sys.stderr)


def update(figures: dict[str, float], floors: dict[str, float], digest_: str, lower: list[str]) -> None:
    """Write new floors; refuses to lower one that is not named."""
    new: dict[str, float] = {}
    for name, figure in figures.items():
        ceiling = name.endswith(("per_100_words", "other_share"))
        wanted = round(figure + MARGIN, 3) if ceiling else round(figure - MARGIN, 3)
        old = floors.get(name)
        if old is not None and (wanted > old if ceiling else wanted < old) and name not in lower:
            if not holds(name, figure, old):
                sys.exit(f"{name}: {figure:.3f} misses its floor {old:.3f}; to lower it on purpose add --lower {name}")
            wanted = old
        new[name] = wanted
    lines = ["# Floors of `python -m benchmarks.quality`; --update raises them.", f'digest = "{digest_}"', "", "[floors]"]
    FLOORS.write_text("\n".join([*lines, *(f"{name} = {value}" for name, value in new.items()), ""]), "utf8")


if __name__ == "__main__":
    main()
