"""The network of triples, trained on next to nothing: seeded, able to learn, and the same in numpy as in torch."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs torch: pip install 'actorgraph[training]'")

from actorgraph.extract.english.triples import FILE, Grid, TripleReader, load_triples
from actorgraph.extract.likely import TYPES, UNLISTED
from training.triples import Example, batch_of, figures, known_ways, train, write

WIDTH = 6


def example(seed: int) -> Example:
    """Two predicates and two mentions; of the first one, whose way to it is a subject's, the type is what the lexicon lists."""
    random = np.random.default_rng(seed)
    vectors = random.standard_normal((7, WIDTH)).astype(np.float32) * 0.1
    listed = [[UNLISTED, int(random.integers(3))], [UNLISTED, UNLISTED]]
    grid = Grid(vectors, [2, 4], [0, 5], [[(">nsubj",), (">obj",)], [("<conj", ">nsubj"), (">obl",)]], [0, 0], listed)
    types = np.zeros((2, 2, 2, len(TYPES)), bool)
    types[0, 0, 1, listed[0][1]] = True
    return Example(grid, types, grid.possible)


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    return [example(seed) for seed in range(60)]


def test_the_same_seed_gives_the_same_bytes(examples: list[Example], tmp_path: Path) -> None:
    ways, written = known_ways(examples), []
    for seed in (1, 1, 2):
        write(tmp_path, ways, train(examples, ways, seed, epochs=1).weights())
        written.append((tmp_path / FILE).read_bytes())
    assert written[0] == written[1] != written[2]


def test_it_learns_who_does_what(examples: list[Example], tmp_path: Path) -> None:
    ways = known_ways(examples)
    assert ways == ([">nsubj"], [">obj"])
    write(tmp_path, ways, train(examples, ways, 1, epochs=30).weights())
    reader = load_triples(str(tmp_path))
    assert reader is not None
    found = figures(examples, reader)
    assert found["before"] == 1.0
    assert found["first 50, typed"] == 1.0


def test_numpy_computes_what_torch_does(examples: list[Example]) -> None:
    ways = known_ways(examples)
    network = train(examples, ways, 1, epochs=1)
    with torch.no_grad():
        logits, scores = network(batch_of(examples[:1], ways))
    read, types = TripleReader(ways, network.weights())(examples[0].grid)
    counted = examples[0].counts
    np.testing.assert_allclose(read[counted], logits.numpy(), atol=1e-4)
    np.testing.assert_allclose(types[counted], torch.softmax(scores, 1).numpy(), atol=1e-4)


def test_what_does_not_count_teaches_nothing(examples: list[Example]) -> None:
    """With every triple left out there is nothing to learn, and no error either."""
    nothing = [Example(one.grid, one.types, np.zeros_like(one.counts)) for one in examples]
    ways = known_ways(examples)
    before, after = (train(some, ways, 1, epochs=epochs).weights() for some, epochs in ((examples, 0), (nothing, 1)))
    assert all(np.array_equal(before[name], after[name]) for name in before)
