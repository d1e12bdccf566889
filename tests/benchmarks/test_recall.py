"""Texts with a key of their relations: what counts as found, typed and right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from statements import make_statement

from benchmarks.recall import EXCERPTS, FOLDER, HALVES, Pair, read_excerpts, read_keyed, score

TEXT = "Peru praised Chile, and Chile may help Peru."


def _keyed(tmp_path: Path, *pairs: dict[str, object]) -> Path:
    row = {"id": "a.txt", "looked_at": True, "sentences": [{"text": TEXT, "pairs": list(pairs)}]}
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(row) + "\n", "utf8")
    return path


def test_the_keys_name_what_stands_in_their_sentences() -> None:
    for path in FOLDER.glob("*.jsonl"):
        halves = [list(read_keyed(path, looked_at=half)) for half in HALVES.values()]
        assert all(halves)
        pairs = [pair for half in halves for keyed in half for _, _, found in keyed.sentences for pair in found]
        assert len(pairs) > 300
        assert all(isinstance(pair, Pair) and pair.types for pair in pairs)


def test_a_name_that_is_not_there_is_told(tmp_path: Path) -> None:
    path = _keyed(tmp_path, {"subject": "Mali", "object": "Chile", "types": ["SUPPORT"]})
    with pytest.raises(ValueError, match="'Mali' is not in: Peru praised"):
        list(read_keyed(path, looked_at=True))


@pytest.mark.parametrize(
    ("pair", "found"),
    [
        ({"types": ["SUPPORT"]}, "found typed right"),
        ({"types": ["AID"]}, "found"),
        ({"types": ["SUPPORT"], "negated": True}, "found typed"),
        ({"types": ["SUPPORT"], "modality": "planned"}, "found typed"),
        ({"types": ["SUPPORT"], "attributed_to": "Chile"}, "found typed"),
        ({"subject": "Chile", "object": "Peru", "types": ["SUPPORT"]}, ""),
        ({"subject": "Chile", "object": "Peru", "types": ["SUPPORT"], "symmetric": True}, "found typed right"),
        ({"object": "may help", "object_id": "Chile", "types": ["SUPPORT"]}, "found typed right"),
    ],
)
def test_what_counts(tmp_path: Path, pair: dict[str, object], found: str) -> None:
    texts = list(read_keyed(_keyed(tmp_path, {"subject": "Peru", "object": "Chile"} | pair), looked_at=True))
    statement = make_statement("Peru", "praise", "Chile", "SUPPORT", document="a.txt")
    counted, missed = score(texts, [statement])
    assert " ".join(name for name in ("found", "typed", "right") if counted[name]) == found
    assert (counted["pairs"], counted["statements"], counted["beside"]) == (1, 1, int(not found))
    assert len(missed) == int("right" not in found)


def test_optional_pairs_count_neither_for_nor_against(tmp_path: Path) -> None:
    texts = list(read_keyed(_keyed(tmp_path, {"subject": "Peru", "object": "Chile", "types": ["AID"], "optional": True}), looked_at=True))
    counted, missed = score(texts, [make_statement("Peru", "praise", "Chile", "SUPPORT", document="a.txt")])
    assert (counted["pairs"], counted["beside"], missed) == (0, 0, [])


def test_excerpts_are_keyed_by_places_in_their_documents(tmp_path: Path) -> None:
    pair = {"subject": [0, 4], "object": [13, 18], "subject_id": "PER", "object_id": "CHL", "predicate": [5, 12], "types": ["SUPPORT"]}
    rows = [{"id": name, "learned_from": name == "a", "sentences": [{"at": [0, 44], "pairs": [pair], "misread": [[39, 43]]}]} for name in "ab"]
    path = tmp_path / "excerpts.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf8")
    (keyed,) = read_excerpts(path, {"a": TEXT, "b": TEXT}, learned_from=True)
    ((start, end, (found,)),) = keyed.sentences
    assert (keyed.document.id, keyed.document.text[start:end], keyed.misread) == ("a", TEXT, ((39, 43),))
    assert [TEXT[slice(*span)] for span in (found.subject, found.predicate, found.object) if span] == ["Peru", "praised", "Chile"]
    with pytest.raises(KeyError, match="b"):
        list(read_excerpts(path, {"a": TEXT}, learned_from=False))


def test_the_excerpts_hold_no_text_and_are_about_two_actors() -> None:
    rows = [json.loads(line) for line in EXCERPTS.read_text("utf8").splitlines()]
    assert {row["learned_from"] for row in rows} == {True, False}
    pairs = [(pair, sentence["at"]) for row in rows for sentence in row["sentences"] for pair in sentence["pairs"]]
    assert all(at[0] <= pair[end][0] < pair[end][1] <= at[1] for pair, at in pairs for end in ("subject", "object"))
    assert all(pair["subject_id"] != pair["object_id"] and pair["types"] for pair, _ in pairs)
    assert not any("text" in sentence for row in rows for sentence in row["sentences"])


def test_the_predicate_of_a_key_is_found_in_its_sentence(tmp_path: Path) -> None:
    (keyed,) = read_keyed(_keyed(tmp_path, {"subject": "Peru", "object": "Chile", "types": ["SUPPORT"], "predicate": "praised"}), looked_at=True)
    ((_, _, (pair,)),) = keyed.sentences
    assert pair.predicate == (5, 12)
