"""Statements drawn at random and judged one by one against their sentences.

    python -m benchmarks.judged draw SCRATCH           # SCRATCH/to-judge.txt: those of the draw without a verdict, to be read
    python -m benchmarks.judged adopt VERDICTS.tsv     # verdicts into judged.tsv: id, verdict, causes, separated by tabs
    python -m benchmarks.judged score                  # the share of the draw that is right, with its interval
    python -m benchmarks.judged score --after 100      # the same without the hundred that developers were shown
    python -m benchmarks.judged score --set unseen     # the share in news that nobody developed on (documents.py); draw, adopt likewise
    python -m benchmarks.judged calibrate [--write]    # fit the confidence on all verdicts and keyed texts (calibration.py); --write puts it to use

The draw is the statements whose ids hash lowest, so that it stays nearly the same while extraction changes. A statement is
right when its actors, their direction, its type and its flags (negated, modality, attributed) are what its sentence says; else
the causes say what is wrong. A verdict holds for as long as none of what was judged changes: the list (judged.tsv, judged_unseen.tsv) has a
digest of it beside the statement's id, and no sentence, for the documents are not ours to publish. SCRATCH lies outside the repository.

Causes: subject, object, direction, type, negated, modality, attribution (wrong), unstated (the text relates the two in no such way).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from . import calibration
from .documents import development_documents, texts_of, unseen_documents
from .recall import EXCERPTS, FOLDER, read_excerpts, read_keyed
from .shared import ROOT, shared_folder

if TYPE_CHECKING:
    from actorgraph.extract.candidates import Candidate
    from actorgraph.extract.records import Document, Statement

CAUSES = ("subject", "object", "direction", "type", "negated", "modality", "attribution", "unstated")
VERDICTS = ("right", "wrong")
_SEED = "judged 1"
_COLUMNS = ("id", "digest", "document", "verdict", "causes")
_CONTEXT = 300  # characters before the sentence that a judge is shown, for pronouns


@dataclass(frozen=True, slots=True)
class Source:
    """What is drawn from: the path of its verdicts, its documents by the shared folder, the size of the draw."""

    path: Path
    documents: Callable[[Path], list[Document]]
    size: int


SOURCES = {
    "development": Source(Path(__file__).with_name("judged.tsv"), development_documents, 300),
    "unseen": Source(Path(__file__).with_name("judged_unseen.tsv"), unseen_documents, 200),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a judge found of one statement; it holds while the statement's `digest_of` is `digest`."""

    id: str
    digest: str
    document: str
    verdict: str
    causes: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        """Whether nothing is wrong with the statement."""
        return self.verdict == "right"


# The documents, their statements, the draw


def traced(documents: Iterable[Document], *, unsure: bool = False) -> Iterator[tuple[Statement, Candidate]]:
    """Every statement of the documents with the candidate that it was made of; with `unsure` those that are not told, too."""
    from actorgraph.extract import load_pipeline
    from actorgraph.extract.lexicon import load_lexicon
    from actorgraph.extract.pipeline import parse, pipeline_version
    from actorgraph.extract.statements import traced_statements

    nlp, lexicon = load_pipeline(statements=False), load_lexicon()
    for document in documents:
        yield from traced_statements(parse(nlp, document), document, lexicon, pipeline=pipeline_version(nlp), unsure=unsure)


def rank(statement_id: str) -> str:
    """What the draw is ordered by: the same for a statement's id wherever and whenever it is drawn."""
    return hashlib.sha256(f"{_SEED} {statement_id}".encode()).hexdigest()


def drawn(statements: Iterable[Statement], size: int) -> list[Statement]:
    """Return the draw: the `size` statements that rank lowest."""
    return sorted(statements, key=lambda statement: rank(statement.id))[:size]


def digest_of(statement: Statement) -> str:
    """First 12 hex digits of SHA-256 over what is judged: actors, relation, type, symmetry, flags."""
    s = statement
    judged = [s.id, s.subject_id, s.object_id, s.relation, str(s.relation_type), s.symmetric, s.negated, str(s.modality), s.attributed_to]
    return hashlib.sha256(json.dumps(judged, ensure_ascii=False).encode("utf8", "surrogatepass")).hexdigest()[:12]


# Verdicts


def read_verdicts(path: Path) -> dict[tuple[str, str], Verdict]:
    """The judged list by id and digest; empty where there is no file."""
    rows = _rows(path) if path.exists() else ()
    verdicts = (Verdict(row["id"], row["digest"], row["document"], row["verdict"], _causes(row["causes"])) for _, row in rows)
    return {(verdict.id, verdict.digest): verdict for verdict in verdicts}


def write_verdicts(verdicts: Iterable[Verdict], path: Path) -> None:
    """Write the judged list, sorted by id and digest."""
    lines = ["\t".join(_COLUMNS), "# Verdicts on statements of documents that are not here; see judged.py."]
    for v in sorted(verdicts, key=lambda verdict: (verdict.id, verdict.digest)):
        lines.append("\t".join((v.id, v.digest, v.document, v.verdict, "|".join(v.causes))))
    path.write_text("\n".join([*lines, ""]), "utf8")


def adopt(path: Path, statements: Sequence[Statement], known: dict[tuple[str, str], Verdict]) -> dict[tuple[str, str], Verdict]:
    """Return the known verdicts with those of a judge's table (id, verdict, causes) about the statements as they are now.

    Exits, with the line, for an id that is not among them, an unknown verdict or cause, or a wrong one without a cause.
    """
    by_id = {statement.id: statement for statement in statements}
    merged = dict(known)
    for number, row in _rows(path):
        statement, causes = by_id.get(row["id"]), _causes(row.get("causes", ""))
        if statement is None:
            sys.exit(f"{path}:{number}: no statement {row['id']!r} is drawn now; draw again")
        if row["verdict"] not in VERDICTS or (row["verdict"] == "wrong") != bool(causes) or not {*causes} <= {*CAUSES}:
            sys.exit(f"{path}:{number}: write right, or wrong with causes of {' '.join(CAUSES)} separated by |")
        verdict = Verdict(statement.id, digest_of(statement), statement.document_id, row["verdict"], causes)
        merged[verdict.id, verdict.digest] = verdict
    return merged


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    from actorgraph.extract.gazetteer import read_table

    return read_table(path, ("id", "verdict"))


def _causes(cell: str) -> tuple[str, ...]:
    return tuple(sorted(cause for cause in cell.split("|") if cause))


# What a judge reads, and what comes of it


def shown(statement: Statement, text: str) -> str:
    """The statement as a judge reads it, with its sentence, in which subject, predicate and object are marked."""
    s = statement
    marks = [(s.subject_start, s.subject_end, "S"), (s.predicate_start, s.predicate_end, "P"), (s.object_start, s.object_end, "O")]
    marked, at = "", max(0, min(s.char_start, s.subject_start, s.object_start) - _CONTEXT)
    for start, end, letter in sorted(marks):
        marked += text[at:start] + f"[{letter} "
        at = start
        if end > at:
            marked += text[at:end]
            at = end
        marked += "]"
    marked += text[at : max(at, s.char_end)]
    flags = [f"attributed to {s.attributed_to!r}" if s.attributed_to else "", "NOT" if s.negated else "", str(s.modality)]
    arrow = "↔" if s.symmetric else "→"
    return (
        f"{s.id}  {s.document_id}  {s.rule}\n"
        f"    {s.subject} ({s.subject_id})  — {s.relation} [{s.relation_type}] {arrow}  {s.object} ({s.object_id})\n"
        f"    {', '.join(filter(None, flags))}\n"
        f"    {' '.join(marked.split())}\n"
    )


def wilson(right: int, total: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson, JASA 22, 1927).

    >>> tuple(round(bound, 3) for bound in wilson(85, 100))
    (0.767, 0.907)
    """
    if not total:
        return 0.0, 1.0
    share, square = right / total, z * z / total
    middle, half = share + square / 2, z * math.sqrt((share * (1 - share) + square / 4) / total)
    return (middle - half) / (1 + square), (middle + half) / (1 + square)


def main() -> None:
    """Draw, adopt or score."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    draw = commands.add_parser("draw", help="write what is to be judged into a folder outside the repository")
    draw.add_argument("scratch", type=Path)
    draw.add_argument("--first", type=int, metavar="N", help="only of the N that rank lowest")
    adopt_ = commands.add_parser("adopt", help="take verdicts into the list")
    adopt_.add_argument("verdicts", type=Path)
    scored = commands.add_parser("score", help="print the share that is right")
    scored.add_argument("--after", type=int, default=0, metavar="N", help="leave out the N that rank lowest, which rules may have been made by")
    for command in (draw, adopt_, scored):
        command.add_argument("--set", choices=SOURCES, default="development", help="what is drawn from")
    calibrate = commands.add_parser("calibrate", help="fit the confidence on all verdicts that hold")
    calibrate.add_argument("--write", action="store_true", help="write the weights into extract/data/confidence.tsv")
    args = parser.parse_args()
    shared = shared_folder()
    if not shared.is_dir():
        sys.exit(f"{shared} is not there: name the folder of the development sets in ACTORGRAPH_SHARED")
    if args.command == "calibrate":
        fit_confidence(shared, write=args.write)
        return
    source = SOURCES[args.set]
    documents, known = source.documents(shared), read_verdicts(source.path)
    draw_ = drawn((statement for statement, _ in traced(documents)), source.size)
    if args.command == "draw":
        write_draw(args.scratch, draw_[: args.first], {document.id: document.text for document in documents}, known)
    elif args.command == "adopt":
        write_verdicts(adopt(args.verdicts, draw_, known).values(), source.path)
    else:
        print(json.dumps(score(draw_[args.after :], known), indent=1))


def fit_confidence(shared: Path, *, write: bool) -> None:
    """Fit the confidence on the verdicts of all sources and on keyed texts, print how well it does; exits where too little is judged."""
    judged = [
        one
        for name, source in SOURCES.items()
        for one in judged_features(traced(source.documents(shared), unsure=True), read_verdicts(source.path), developed_on=name == "development")
    ]
    if len({j.right for j in judged}) < 2:
        sys.exit("too little is judged to fit anything: draw, judge and adopt first")
    keyed = keyed_features(shared)
    print(json.dumps(calibration.report(judged, keyed), indent=1))
    if write:
        calibration.write_weights(calibration.fit(calibration.together(judged, keyed)), ROOT / "extract" / "data" / "confidence.tsv")


def keyed_features(shared: Path) -> list[calibration.Judged]:
    """The statements of the texts with a key (recall.py): right is what the key has with this type and these flags.

    Texts that the network of triples has learned from are left out: of those it knows too well what is right.
    """
    from actorgraph.extract.confidence import features
    from actorgraph.extract.lexicon import load_lexicon

    gazetteer = load_lexicon().gazetteer
    texts = [text for path in sorted(FOLDER.glob("*.jsonl")) for text in read_keyed(path, looked_at=False)]
    texts += read_excerpts(EXCERPTS, texts_of(shared), learned_from=False)
    sentences = {text.document.id: text.sentences for text in texts}
    found = []
    for statement, candidate in traced((text.document for text in texts), unsure=True):
        own = [pairs for start, end, pairs in sentences[statement.document_id] if start <= statement.predicate_start < end]
        if not own:
            continue  # a sentence of an excerpt that has no key
        pairs = [pair for pairs in own for pair in pairs]
        right = any(pair.is_told_by(statement) and pair.is_stated_like(statement) for pair in pairs)
        found.append(calibration.Judged(statement.document_id, calibration.described(features(candidate, gazetteer), developed_on=False), right))
    return found


def judged_features(found: Iterable[tuple[Statement, Candidate]], known: dict[tuple[str, str], Verdict], *, developed_on: bool) -> list[calibration.Judged]:
    """What the confidence is fitted on: every statement with a verdict that still holds, whether or not it is in the draw."""
    from actorgraph.extract.confidence import features
    from actorgraph.extract.lexicon import load_lexicon

    gazetteer = load_lexicon().gazetteer
    verdicts = ((s, candidate, known.get((s.id, digest_of(s)))) for s, candidate in found)
    return [calibration.Judged(s.document_id, calibration.described(features(candidate, gazetteer), developed_on=developed_on), verdict.is_right) for s, candidate, verdict in verdicts if verdict is not None]


def write_draw(scratch: Path, draw_: Sequence[Statement], texts: dict[str, str], known: dict[tuple[str, str], Verdict]) -> None:
    """Write to-judge.txt: the statements of the draw that have no verdict yet."""
    if scratch.resolve().is_relative_to(ROOT):
        sys.exit("name a folder outside the repository: the sentences may not enter it")
    scratch.mkdir(parents=True, exist_ok=True)
    left = [statement for statement in draw_ if (statement.id, digest_of(statement)) not in known]
    (scratch / "to-judge.txt").write_text("\n".join(shown(statement, texts[statement.document_id]) for statement in left), "utf8")
    print(f"{len(left)} of {len(draw_)} drawn are to be judged: {scratch / 'to-judge.txt'}")


def score(draw_: Sequence[Statement], known: dict[tuple[str, str], Verdict]) -> dict[str, object]:
    """The share of the judged statements of the draw that are right, its interval, the causes of the others, and what is left."""
    found = [known.get((statement.id, digest_of(statement))) for statement in draw_]
    judged = [verdict for verdict in found if verdict is not None]
    right = sum(verdict.is_right for verdict in judged)
    causes = Counter(cause for verdict in judged for cause in verdict.causes)
    return {
        "drawn": len(draw_),
        "judged": len(judged),
        "to judge": len(draw_) - len(judged),
        "right": round(right / len(judged), 3) if judged else None,
        "interval": [round(bound, 3) for bound in wilson(right, len(judged))],
        "causes": dict(sorted(causes.items(), key=lambda item: (-item[1], item[0]))),
    }


if __name__ == "__main__":
    main()
