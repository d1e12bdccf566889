"""What the model predicts, as closed lists: they are written into the exported model and never change after training."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from actorgraph.extract.english.lemmas import script_of

from .data import Sentence

ENTITIES = ("O", *(f"{bio}-{kind}" for kind in ("PER", "ORG", "LOC", "NORP") for bio in "BI"))
ROLES = (
    "-", "A0", "A1", "A2", "A3", "A4", "NEG", "MOD", "TMP", "LOC", "PRP", "CAU", "MNR", "DIR", "GOL", "ADV", "EXT", "DIS", "COM", "LVB", "PRD",
)  # fmt: skip
"""No role, PropBank's numbered arguments and its modifiers; the rare and the referring ones (R-, C-) are left out."""


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels of each head, the commonest first where they are counted."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    feats: tuple[str, ...]
    lemmas: tuple[str, ...]
    relations: tuple[str, ...]
    entities: tuple[str, ...] = ENTITIES
    roles: tuple[str, ...] = ROLES

    @classmethod
    def count(cls, sentences: Iterable[Sentence]) -> Labels:
        """The labels of a treebank: feature bundles and relations seen twice, lemma scripts seen three times."""
        upos, xpos, feats, lemmas, relations = (Counter[str]() for _ in range(5))
        for sentence in sentences:
            if sentence.tree is None:
                continue
            tree = sentence.tree
            upos.update(tree.upos)
            xpos.update(tree.xpos)
            feats.update(tree.feats)
            relations.update(tree.relations)
            lemmas.update(map(script_of, sentence.words, tree.lemmas))
        return cls(_often(upos, 1), _often(xpos, 1), _often(feats, 2), _often(lemmas, 3), _often(relations, 2))

    def tag_groups(self) -> dict[str, tuple[str, ...]]:
        """The groups that share the tag layer, in its order; the sentence start follows them."""
        return {"upos": self.upos, "xpos": self.xpos, "feats": self.feats, "lemmas": self.lemmas}

    def to_dict(self) -> dict[str, list[str]]:
        """As written into the model's config.json."""
        return {name: list(labels) for name, labels in asdict(self).items()}

    @classmethod
    def from_dict(cls, record: dict[str, list[str]]) -> Labels:
        """Read what `to_dict` wrote."""
        return cls(**{name: tuple(labels) for name, labels in record.items()})


def _often(counter: Counter[str], least: int) -> tuple[str, ...]:
    return tuple(label for label, n in sorted(counter.items(), key=lambda item: (-item[1], item[0])) if n >= least)
