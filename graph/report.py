"""report.md: who the main actors are, who stands with and against whom, what is contested, each line with its evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TypeVar

from ..extract.records import Document, Modality, RelationType, Statement
from .actors import Actor, collect_actors
from .contested import Denial, Disagreement, find_denials, find_disagreements, interval
from .documents import DocumentRecord
from .edges import Edge, EdgeKey, edge_key, group_statements, sum_up
from .evidence import quantity
from .markdown import count, escape, listed, written_date
from .merge import unify
from .output import atomic_file
from .passages import description, evidence, figures, lead, manner, name, short, surest, triple, voices

_FEW = 3  # how much is shown within an entry
_POSTS = (RelationType.LEADS, RelationType.MEMBER)
_TIES = (RelationType.ALLY, RelationType.RIVAL, RelationType.LEADS)
_INTRODUCTION = (
    "Lines read from the one who acts to the one acted on; ↔ holds both ways. *Stated* is what an article itself says is so: "
    "what is hedged, planned, denied or said by others is marked as that, and never counts as more. Under each line stands a "
    "sentence to check it by."
)

_Documents = Iterable[Document | DocumentRecord]
_Entry = TypeVar("_Entry")
_Key = TypeVar("_Key", bound=Hashable)


def write_report(
    statements: Iterable[Statement], documents: _Documents, path: Path | str, *, title: str | None = None, limit: int = 10
) -> None:
    """Write `report_text` to `path`, whole or not at all. Raises OutputError where it cannot be written."""
    text = report_text(statements, documents, title=title, limit=limit)
    with atomic_file(path) as file:
        file.write(text)


def report_text(statements: Iterable[Statement], documents: _Documents = (), *, title: str | None = None, limit: int = 10) -> str:
    """Return the report as Markdown (CommonMark with GitHub's tables); the same statements give the same text.

    A section shows at most `limit` entries, the strongest first, and says how many it leaves out. Groups without a country
    are not shown. What articles say is escaped: it can neither format the page nor run.
    """
    report = _Report(unify(statements), {document.id: document for document in documents}, limit)
    heading = f"# {short(title) if title else 'Who does what to whom'}"
    return "\n".join(chain([heading, ""], report.lines())) + "\n"


class _Report:
    """What the sections draw on, and the sections themselves, as lines."""

    def __init__(self, statements: Sequence[Statement], documents: dict[str, Document | DocumentRecord], limit: int) -> None:
        self.statements, self.documents, self.limit = statements, documents, limit
        self.actors: dict[str, Actor] = {actor.id: actor for actor in collect_actors(statements)}
        self.groups = group_statements(statements)
        self.edges = [sum_up(key, group) for key, group in self.groups.items()]
        self.told: set[EdgeKey] = set()

    def lines(self) -> Iterator[str]:
        yield self.extent()
        if not self.statements:
            yield from ("", "Nothing was found that one actor does to another, so there is nothing to report.")
            return
        actors = self.ranking()
        allies = self.facts(lambda edge: edge.relation_type.sign > 0)
        rivals = self.facts(lambda edge: edge.relation_type.sign < 0)
        posts = self.facts(lambda edge: edge.relation_type in _POSTS)
        contested: list[Denial | Disagreement] = [*find_denials(self.statements), *find_disagreements(self.statements)]
        plans = [*self.put_as(Modality.PLANNED), *self.put_as(Modality.REQUESTED), *self.requests()]
        maybes = [*self.put_as(Modality.POSSIBLE), *self.put_as(Modality.CONDITIONAL)]
        speakers = self.speakers()
        yield from ("", _INTRODUCTION, "", "## At a glance", "")
        yield f"- Most is written about {listed([name(actor, self.actors) for actor in actors[:_FEW]])}."
        for words, edges in (("Closest", allies), ("Most at odds", rivals)):
            if edges:
                yield f"- {words}: {triple(lead(self.groups[edges[0].key]), self.actors)}."
        yield (
            f"- {count(len(contested), 'point')} contested, {count(len(plans), 'plan or request', 'plans and requests')}, "
            f"{count(len(speakers), 'voice')} quoted."
        )
        yield from self.section("Main actors", actors, self.show_actor, "")
        yield from self.section("Alliances and cooperation", allies, self.show_edge, "No article states any itself.")
        yield from self.section("Conflicts and rivalries", rivals, self.show_edge, "No article states any itself.")
        yield from self.section("Who leads, who belongs", posts, self.show_edge, "No article says so itself.")
        yield from self.section("Contested", contested, self.show_contested, "Nothing is denied, and no numbers disagree.")
        yield from self.section("Plans and requests", plans, self.show_group, "None.")
        yield from self.section("What may be", maybes, self.show_group, "Nothing is put that way.")
        yield from self.section("Who says what", speakers, self.show_speaker, "No one is quoted: all is told by the articles themselves.")
        yield from self.sources()

    def section(self, title: str, entries: Sequence[_Entry], show: Callable[[_Entry], Iterator[str]], nothing: str) -> Iterator[str]:
        yield from ("", f"## {title}", "")
        if not entries:
            yield nothing
        for entry in entries[: self.limit]:
            yield from show(entry)
        if len(entries) > self.limit:
            yield from ("", f"… and {len(entries) - self.limit:,} more.")

    # What there is to show

    def extent(self) -> str:
        """How much was read, and how much was found in it."""
        telling = {statement.document_id for statement in self.statements}
        articles = {*self.documents, *telling}
        records: list[Statement | Document | DocumentRecord] = [*self.statements, *self.documents.values()]
        sources = {record.source for record in records if record.source}
        dates = sorted(record.published for record in records if record.published)
        text = count(len(articles), "article")
        if sources:
            text += f" from {count(len(sources), 'source')}"
        if dates:
            text += f", {written_date(f'{dates[0]}/{dates[-1]}')}"
        text += f": {count(len(self.statements), 'statement')} about {count(len(self.actors), 'actor')}"
        silent = len(articles) - len(telling)
        return f"{text}, none of them in {count(silent, 'article')}." if telling and silent else f"{text}."

    def ranking(self) -> list[str]:
        """Ids of the actors, those of most statements first."""
        counts = Counter(chain.from_iterable((statement.subject_id, statement.object_id) for statement in self.statements))
        return sorted(counts, key=lambda actor: (-counts[actor], actor))

    def facts(self, chosen: Callable[[Edge], bool]) -> list[Edge]:
        """The chosen edges that an article itself states, ties before deeds and the best founded first."""
        edges = [edge for edge in self.edges if edge.asserted and chosen(edge)]
        return sorted(edges, key=lambda edge: (edge.relation_type not in _TIES, -edge.asserted, -edge.sources, -edge.statements, edge.key))

    def put_as(self, modality: Modality) -> list[list[Statement]]:
        """What is put in one way, and not as denied; the same phrase between the same actors together."""
        chosen = (statement for statement in self.statements if statement.modality is modality)
        return _grouped(chosen, lambda statement: (edge_key(statement), statement.relation, statement.negated))

    def requests(self) -> list[list[Statement]]:
        """What one actor asks of another, as the articles or those they quote tell."""
        asked = (
            statement
            for statement in self.statements
            if statement.relation_type is RelationType.REQUEST and statement.modality is Modality.ASSERTED and not statement.negated
        )
        return _grouped(asked, lambda statement: (edge_key(statement), statement.relation))

    def speakers(self) -> list[list[Statement]]:
        """What is said by others than the articles, by who says it."""
        said = (statement for statement in self.statements if statement.attributed_to is not None)
        return _grouped(said, lambda statement: statement.attributed_to_id or (statement.attributed_to or "").casefold())

    # How it is shown

    def show_actor(self, actor: str) -> Iterator[str]:
        edges = [edge for edge in self.edges if actor in (edge.subject_id, edge.object_id)]
        others = {edge.subject_id for edge in edges} | {edge.object_id for edge in edges}
        # An edge serves both its ends: where there is another, it is told once.
        best = min(edges, key=lambda edge: (edge.key in self.told, -edge.asserted, -edge.statements, edge.key))
        self.told.add(best.key)
        proof = lead(self.groups[best.key])
        posts = [
            statement for edge in edges if edge.relation_type in _POSTS and edge.subject_id == actor for statement in self.groups[edge.key]
        ]
        what = description(self.actors[actor], posts, self.actors)
        yield (
            f"- {name(actor, self.actors)}, {what}: {count(sum(edge.statements for edge in edges), 'statement')} with "
            f"{count(len(others) - 1, 'other')}, above all {triple(proof, self.actors)}{manner(proof)}"
        )
        yield evidence(proof)

    def show_edge(self, edge: Edge) -> Iterator[str]:
        statements = self.groups[edge.key]
        proof = lead(statements)
        yield f"- {triple(proof, self.actors)}: {figures(edge, statements)}"
        yield evidence(proof)

    def show_contested(self, point: Denial | Disagreement) -> Iterator[str]:
        what = triple(point.statements[0], self.actors)
        if isinstance(point, Denial):
            yield f"- {what}: is it so?"
            yield from self.show_answer("Yes", point.affirmed)
            yield from self.show_answer("No", point.denied)
            return
        yield f"- {what}: how many{f' {short(point.unit)}' if point.unit else ''}?"
        answers: dict[str, list[Statement]] = {}
        for statement in sorted(point.statements, key=lambda statement: (interval(statement), statement.sort_key)):
            answers.setdefault(short(quantity(statement) or "?"), []).append(statement)
        for answer in list(answers)[: self.limit]:
            yield from self.show_answer(answer, answers[answer])
        if len(answers) > self.limit:
            yield f"  - … and {len(answers) - self.limit:,} more numbers"

    def show_answer(self, answer: str, statements: Sequence[Statement]) -> Iterator[str]:
        yield f"  - **{answer}**, according to {voices(statements)}"
        yield evidence(surest(statements)[0], "    ")

    def show_group(self, statements: list[Statement]) -> Iterator[str]:
        [proof, *_] = surest(statements)
        times = f" {len(statements):,} times," if len(statements) > 1 else ""
        yield f"- {triple(proof, self.actors)}{manner(proof, speaker=False)},{times} according to {voices(statements)}"
        yield evidence(proof)

    def show_speaker(self, statements: list[Statement]) -> Iterator[str]:
        yield f"- {voices(statements)}: {count(len(statements), 'statement')}"
        for statement in surest(statements)[:_FEW]:
            yield f"  - {triple(statement, self.actors)}{manner(statement, speaker=False)}"
            yield evidence(statement, "    ")
        if len(statements) > _FEW:
            yield f"  - … and {len(statements) - _FEW:,} more"

    def sources(self) -> Iterator[str]:
        """A table of the outlets: how much each says, and how much of it as a fact."""
        outlets = {statement.document_id: statement.source for statement in self.statements}
        outlets |= {id_: document.source for id_, document in self.documents.items()}
        articles = Counter(outlets.values())
        said = Counter(outlets[statement.document_id] for statement in self.statements)
        stated = Counter(outlets[statement.document_id] for statement in self.statements if statement.is_fact)
        yield from ("", "## Sources", "", "| source | articles | statements | stated as fact |", "| --- | ---: | ---: | ---: |")
        for source in sorted(articles, key=lambda source: (-said[source], source or "")):
            label = escape(source, 80) if source else ""
            yield f"| {label or 'none named'} | {articles[source]:,} | {said[source]:,} | {stated[source]:,} |"


def _grouped(statements: Iterable[Statement], key: Callable[[Statement], _Key]) -> list[list[Statement]]:
    """Statements of one key together, the largest group first, then in the order in which they come."""
    groups: dict[_Key, list[Statement]] = {}
    for statement in statements:
        groups.setdefault(key(statement), []).append(statement)
    return sorted(groups.values(), key=lambda group: -len(group))
