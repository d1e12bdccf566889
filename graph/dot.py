"""DOT, for Graphviz: shapes by kind, colours by sign, dashes for what is not stated as a fact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import IO

from ..extract.records import ActorKind, Statement
from .actors import collect_actors
from .edges import Edge, build_edges
from .gephi import xml_text
from .merge import unify

_SHAPES = {ActorKind.COUNTRY: "box", ActorKind.PERSON: "ellipse", ActorKind.ORGANISATION: "hexagon", ActorKind.GROUP: "octagon"}
_COLOURS = {1: "#1b7837", -1: "#b2182b", 0: "#666666"}


def write_dot(statements: Iterable[Statement], file: IO[str], *, groups: bool = False) -> None:
    """Write the graph of `statements` in the DOT language (graphviz.org/doc/info/lang.html).

    Edges are solid where an article itself states it, dashed where it is hedged or reported only, dotted where every
    statement denies it; symmetric ones have no arrowhead.
    """
    unified = unify(statements, groups=groups)
    file.write('digraph actorgraph {\n  graph [charset="UTF-8", overlap=false, splines=true];\n  node [fontname="Helvetica"];\n')
    file.write('  edge [fontname="Helvetica", fontsize=10];\n')
    for actor in collect_actors(unified):
        file.write(f"  {_quoted(actor.id)} {_attributes({'label': actor.name, 'shape': _SHAPES[actor.kind]})};\n")
    for edge in build_edges(unified):
        file.write(f"  {_quoted(edge.subject_id)} -> {_quoted(edge.object_id)} {_attributes(_edge(edge))};\n")
    file.write("}\n")


def _edge(edge: Edge) -> dict[str, str]:
    colour = _COLOURS[edge.relation_type.sign]
    attributes = {
        "label": f"{edge.relation} ({edge.statements})", "class": str(edge.relation_type), "color": colour, "fontcolor": colour,
        "style": "solid" if edge.asserted else "dotted" if edge.negated == edge.statements else "dashed",
        "weight": str(edge.statements),
    }  # fmt: skip
    return attributes | {"dir": "none"} if edge.symmetric else attributes


def _attributes(attributes: Mapping[str, str]) -> str:
    return f"[{', '.join(f'{name}={_quoted(value)}' for name, value in attributes.items())}]"


def _quoted(text: str) -> str:
    """Return a double-quoted DOT string that shows as `text`.

    Graphviz reads backslash sequences and HTML character references in labels, so backslashes and ampersands are escaped;
    ids take the same form, which keeps different ids different.
    """
    text = xml_text(text).replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{text}"'
