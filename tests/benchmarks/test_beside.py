"""What extraction is compared with: the parse as others read it, and every two actors of a sentence."""

from __future__ import annotations

from typing import Any

from actorgraph.extract import Document
from actorgraph.extract.pipeline import parse
from benchmarks.beside import METHODS, cooccurring, ours, predict, with_clear_labels

TEXT = "Serbia was attacked by Hungary and praised Peru. Chile, which borders Peru, slept. Peru slept."


def test_an_agent_hangs_on_its_by_under_the_labels_of_clearnlp(nlp: Any) -> None:
    doc = parse(nlp, Document("a.txt", TEXT))
    tree = with_clear_labels(doc)
    assert [token.text for token in tree] == [token.text for token in doc]
    found = {token.text: (token.dep_, token.head.text) for token in list(tree)[:9]}
    assert found["by"] == ("agent", "attacked")
    assert found["Hungary"] == ("pobj", "by")
    assert found["Serbia"] == ("nsubjpass", "attacked")
    assert found["Peru"] == ("dobj", "praised")
    assert [sentence.text for sentence in tree.sents] == [sentence.text for sentence in doc.sents]


def test_every_two_actors_of_a_sentence_are_a_pair_once() -> None:
    rows = predict([Document("a.txt", TEXT)], {"pairs": cooccurring, "actorgraph": ours})
    pairs = [(row["subject_id"], row["object_id"]) for row in rows["pairs"]]
    assert pairs == [("SRB", "HUN"), ("SRB", "PER"), ("HUN", "PER"), ("CHL", "PER")]
    for row in rows["pairs"]:
        assert TEXT[row["subject_start"] : row["subject_end"]] == row["subject"]
        assert row["char_start"] <= row["subject_start"] < row["char_end"]
    assert ("HUN", "SRB") in {(row["subject_id"], row["object_id"]) for row in rows["actorgraph"]}
    assert set(METHODS) == {"actorgraph", "textacy", "pairs"}
