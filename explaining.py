"""Draws on the terminal why a statement is there: a sentence as the root of a tree, what it states as the branches."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.text import Text
from rich.tree import Tree

from actorgraph.console import plain

if TYPE_CHECKING:
    from actorgraph.extract.explanation import ActorReading, Explanation, LexiconLine, PredicateReading, SentenceReading

_LONGEST = 60  # characters of a cell: lists of nouns may go on for lines


def draw_sentence(reading: SentenceReading) -> Tree:
    """Return the tree of a sentence: its statements with their reasons, then its other predicates, then its actors."""
    tree = Tree(_text((reading.sentence, "bold")))
    for explanation in reading.explanations:
        _add(tree, explanation)
    if not reading.explanations:
        tree.add(_text(("states nothing between two actors", "italic")))
    for predicate in reading.silent:
        _add_predicate(tree, "relates no two actors", predicate)
    if reading.actors:
        branch = tree.add("actors")
        for actor in reading.actors:
            branch.add(_named(actor))
    return tree


def draw_statement(explanation: Explanation) -> Tree:
    """Return the tree of one statement under its sentence."""
    tree = Tree(_text((explanation.statement.sentence, "bold")))
    _add(tree, explanation)
    return tree


def _add(tree: Tree, explanation: Explanation) -> None:
    s = explanation.statement
    arrow = "↔" if s.symmetric else "→"
    branch = tree.add(_text((s.subject, "cyan"), f" {s.relation} {arrow} ", (s.object, "cyan"), f"  {s.relation_type}", (f"  {s.id}", "dim")))
    for note in explanation.notes:
        branch.add(_text((note, "yellow")))
    if explanation.predicate is not None:
        _add_predicate(branch, "predicate", explanation.predicate)
    for role, actor in (("subject", explanation.subject), ("object", explanation.object)):
        if actor is not None:
            branch.add(_text(f"{role}: ") + _named(actor))
    branch.add(_text(f"rule: {s.rule}", (f"  {explanation.family}", "dim")))
    branch.add(_lexicon(explanation.line))
    for flag in explanation.flags:
        branch.add(_text(f"{flag.name}: {flag.value}", (f"  {flag.reason}" if flag.reason else "", "dim")))
    branch.add(_text(f"confidence: {s.confidence:.3f}"))


def _add_predicate(tree: Tree, label: str, predicate: PredicateReading) -> None:
    branch = tree.add(_text(f"{label}: {predicate.text}", (f"  {predicate.part_of_speech} {predicate.lemma}, {predicate.detected:.2f}", "dim")))
    for role in predicate.roles:
        branch.add(_text(f"{role.label} {role.phrase}", (f"  {role.score:.2f}", "dim")))


def _named(actor: ActorReading) -> Text:
    return _text((actor.text, "cyan"), f" is {actor.name} ({actor.id})", (f"  {actor.form}", "dim"))


def _lexicon(line: LexiconLine | None) -> Text:
    if line is None:
        return _text("lexicon: no line has the predicate")
    cells = (f"{column} {cell if len(cell) <= _LONGEST else cell[: _LONGEST - 1] + '…'}" for column, cell in line.cells)
    return _text(f"lexicon: {line.source}", (f"  {', '.join(cells)}", "dim"))


def _text(*parts: str | tuple[str, str]) -> Text:
    """Text with styles, in which nothing that an article says can act on the terminal."""
    return Text.assemble(*((plain(part), "") if isinstance(part, str) else (plain(part[0]), part[1]) for part in parts))


def print_trees(trees: Iterable[Tree]) -> None:
    """Print trees to standard output, a blank line between them."""
    from rich.console import Console

    console = Console(highlight=False)
    for number, tree in enumerate(trees):
        if number:
            console.print()
        console.print(tree)
