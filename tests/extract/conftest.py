"""A parsed Doc from a few lines of text, so that the tests of the rules need no model; files that a test writes."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from actorgraph.extract import Document, Statement

from .reading import GRAIN

if TYPE_CHECKING:
    from cases import Case
    from spacy.language import Language
    from spacy.tokens import Doc

Parse = Callable[[str], "Doc"]


def parse_table(table: str) -> Doc:
    """A Doc from lines of "word lemma/TAG head label [Feature=Value|…]"; heads 1-based, 0 the root; a blank line ends a sentence.

    TAG is a universal part of speech, or one of Penn's, from which the universal one follows. A lemma of "=" repeats the
    word in lower case. No space is put before punctuation and clitics.
    """
    from spacy.lang.en import English
    from spacy.tokens import Doc
    from spacy.vocab import create_vocab

    vocab = create_vocab("en", English.Defaults)
    words: list[str] = []
    lemmas: list[str] = []
    tags: list[str] = []
    heads: list[int] = []
    deps: list[str] = []
    morphs: list[str] = []
    starts: list[bool] = []
    for block in table.strip().split("\n\n"):
        offset = len(words)
        rows = [line.split() for line in block.splitlines() if line.strip()]
        for i, row in enumerate(rows):
            word, lemma_tag, head, dep = row[:4]
            lemma, _, tag = lemma_tag.rpartition("/")
            words.append(word)
            lemmas.append(word.lower() if lemma == "=" else lemma)
            tags.append(tag)
            heads.append(offset + (int(head) - 1 if head != "0" else i))
            deps.append(dep)
            morphs.append(row[4] if len(row) > 4 else _MORPHS.get(tag, ""))
            starts.append(i == 0)
    spaces = [i + 1 < len(words) and not _CLINGS.get(words[i + 1], False) for i in range(len(words))]
    spaces = [space and words[i] not in ("“", "(", "$") for i, space in enumerate(spaces)]
    return Doc(vocab, words=words, spaces=spaces, lemmas=lemmas, tags=tags, pos=[_UNIVERSAL.get(tag, tag) for tag in tags], heads=heads,
               deps=deps, morphs=morphs, sent_starts=starts)  # fmt: skip


_CLINGS = dict.fromkeys([",", ".", "'s", "’s", "n't", "”", "'ll", ")", ":", ";", "?", "%"], True)
_UNIVERSAL = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "VB": "VERB", "VBD": "VERB", "VBZ": "VERB", "VBP": "VERB", "VBN": "VERB",
    "VBG": "VERB", "MD": "AUX", "JJ": "ADJ", "RB": "ADV", "IN": "ADP", "TO": "PART", "DT": "DET", "CC": "CCONJ", "PRP": "PRON", "PRP$": "PRON",
    "POS": "PART", "CD": "NUM", "WP": "PRON", "WRB": "ADV", ".": "PUNCT", ",": "PUNCT", "``": "PUNCT", "EX": "PRON", "$": "SYM",
}  # fmt: skip
_MORPHS = {
    "VBD": "Tense=Past|VerbForm=Fin", "VBZ": "Tense=Pres|VerbForm=Fin", "VBP": "Tense=Pres|VerbForm=Fin", "VB": "VerbForm=Inf",
    "VBN": "Tense=Past|VerbForm=Part", "VBG": "Tense=Pres|VerbForm=Part", "NNS": "Number=Plur", "NN": "Number=Sing",
}  # fmt: skip


@pytest.fixture(scope="session")
def parse() -> Parse:
    """The function that makes a Doc from a table of words."""
    return parse_table


@pytest.fixture(scope="session")
def parser() -> Language:
    """Our own pipeline without statements; loaded once."""
    from actorgraph.extract.pipeline import load_pipeline

    return load_pipeline(statements=False)


@pytest.fixture(scope="session")
def reread(parser: Language) -> Callable[[Case], list[Statement]]:
    """Statements of a sentence of tests/data/cases, anew at every call; it is parsed at the first and the parse is kept."""
    from actorgraph.extract.lexicon import load_lexicon
    from actorgraph.extract.pipeline import parse, pipeline_version
    from actorgraph.extract.statements import statements_of

    docs: dict[str, Doc] = {}

    def statements(case: Case) -> list[Statement]:
        document = Document(id="test", text=case.text, published=case.published)
        if case.id not in docs:
            docs[case.id] = parse(parser, document)
        return statements_of(docs[case.id], document, load_lexicon(), pipeline=pipeline_version(parser))

    return statements


def read_cases(name: str) -> list[dict[str, Any]]:
    """The cases of a YAML file under tests/data."""
    import yaml

    cases: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent.parent / "data" / name).read_text("utf8"))
    return cases


Writer = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Writer:
    """Write a file below the current folder; messages then name it shortly."""
    monkeypatch.chdir(tmp_path)

    def write(name: str, content: str | bytes = GRAIN) -> Path:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        data = content.encode() if isinstance(content, str) else content
        path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        return path

    return write
