"""English pipelines: ours, and any spaCy pipeline with tagger, parser and entities made to give the same things.

    nlp = load_pipeline()                      # our own
    nlp = load_pipeline("en_core_web_trf")     # an installed package, or a path; roles are then read off the tree
    doc = parse(nlp, document)

This module imports spaCy: import it where it is needed.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from . import syntax_roles
from .clean import Cleaned, clean
from .english import component
from .english.tokenizer import use_treebank_conventions
from .errors import PipelineError
from .records import Document

if TYPE_CHECKING:
    from .lexicon import Lexicon

MODEL = "en_news"
"""The model that comes with the package."""

MODELS = Path(__file__).parent / "models"
"""Where it lies."""

_MAX_LENGTH = 1_000_000_000  # characters; spaCy's million is about the memory of its own parser
_NEEDED = ("tagger", "parser", "ner")


def load_pipeline(name: str | None = None, *, statements: bool = True) -> Language:
    """The English pipeline: our own, or an installed spaCy package or a path by `name`.

    Its Docs have UD relations, entities PERSON ORG LOC NORP, `doc._.predicates`, `token._.factuality` and, unless
    `statements` is False, `doc._.statements`. Raises PipelineError where there is no such pipeline or it lacks a part.
    """
    nlp = _load_own() if name in (None, MODEL) else _load_other(str(name))
    nlp.max_length = _MAX_LENGTH
    if statements:
        nlp.add_pipe("actorgraph")
    return nlp


def pipeline_version(nlp: Language) -> str:
    """Name and version of a loaded pipeline: "en_news 0.1.0", "en_core_web_sm 3.8.0"."""
    if nlp.has_pipe(component.FACTORY):
        model = nlp.get_pipe(component.FACTORY).model  # type: ignore[attr-defined]
        return f"{model.name} {model.version}"
    return f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}"


def parse(nlp: Language, document: Document) -> Doc:
    """Parse a document: its text cleaned, the record and the way back to its text kept in `doc.user_data`.

    `source_span` translates offsets of the Doc into offsets of the document.
    """
    cleaned = clean(document.text)
    doc = nlp.make_doc(cleaned.text)
    doc.user_data["document"], doc.user_data["cleaned"] = document, cleaned
    return nlp(doc)


def source_span(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Offsets in the document's text of the characters start:end of the Doc's text."""
    cleaned: Cleaned | None = doc.user_data.get("cleaned")
    return cleaned.to_source(start, end) if cleaned else (start, end)


class StatementExtractor:
    """The last component: sets `doc._.statements` from all that the pipeline says of the Doc.

    The document record is taken from `doc.user_data["document"]`; a Doc without one is document "text".
    """

    def __init__(self, pipeline: str, lexicon: Lexicon | None = None) -> None:
        self.pipeline, self.lexicon = pipeline, lexicon

    def __call__(self, doc: Doc) -> Doc:
        """Set `doc._.statements`."""
        from .lexicon import load_lexicon
        from .statements import statements_of

        if self.lexicon is None:
            self.lexicon = load_lexicon()
        document = doc.user_data.get("document") or Document(id="text", text=doc.text)
        doc._.statements = statements_of(doc, document, self.lexicon, pipeline=self.pipeline)
        return doc


@Language.factory("actorgraph", assigns=["doc._.statements"])
def make_actorgraph(nlp: Language, name: str) -> StatementExtractor:
    """The spaCy factory "actorgraph" (an entry point): statements on any pipeline that ends with it."""
    return StatementExtractor(pipeline_version(nlp))


def _load_own() -> Language:
    nlp = spacy.blank("en")
    use_treebank_conventions(nlp)
    nlp.add_pipe(component.FACTORY, config={"folder": str(MODELS / MODEL)})
    return nlp


def _load_other(name: str) -> Language:
    try:
        nlp = spacy.load(name)
    except (OSError, ValueError, ImportError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise PipelineError(f"no English pipeline {name!r}: install its package or name a path ({reason})", name) from error
    if nlp.lang != "en":
        raise PipelineError(f"the pipeline {name!r} is for {nlp.lang!r}; extraction reads English", name)
    missing = [part for part in _NEEDED if part not in nlp.pipe_names]
    if missing:
        raise PipelineError(f"the pipeline {name!r} has no {missing[0]}; extraction needs {', '.join(_NEEDED)}", name)
    nlp.add_pipe(syntax_roles.FACTORY)
    return nlp
