"""One HTML file that shows a graph with its evidence, needs nothing else and asks the network for nothing.

pyvis describes nodes, edges and options, and brings vis-network, which is put into the page whole, with its notice. The page
around them is ours: an autoescaped template, data as JSON that cannot end its element, scripts that write text and never
markup, and a Content-Security-Policy that allows the scripts and styles in the page, by their hashes, and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from ..extract.errors import ActorgraphError
from ..extract.records import Family, RelationType, Statement
from .actors import collect_actors
from .contested import find_denials, find_disagreements
from .drawing import Selection, draw, select_strongest
from .edges import group_statements
from .evidence import Evidence
from .labels import printable
from .merge import unify
from .output import atomic_file
from .triples import merge_statements

MAX_ACTORS = 1500
MAX_RELATIONS = 5000
"""More than this is neither drawn fast nor read by anyone."""

DEFAULT_TITLE = "Who does what to whom"

_SCRIPTS = ("page-state.js", "page-graph.js", "page-labels.js", "page-panel.js", "page-controls.js", "page-main.js")
_ROWS_WITHOUT_SCRIPTS = 100
_ENDS_A_SCRIPT = re.compile(r"</script|<!--", re.IGNORECASE)
_SURROGATE = re.compile("[\ud800-\udfff]")


def render_page(
    statements: Iterable[Statement],
    path: Path | str,
    *,
    title: str | None = None,
    groups: bool = False,
    max_actors: int = MAX_ACTORS,
    max_relations: int = MAX_RELATIONS,
) -> None:
    """Write the page of `statements` to `path`, whole or not at all; see `page_html`.

    Raises OutputError where the file cannot be written.
    """
    html = page_html(statements, title=title, groups=groups, max_actors=max_actors, max_relations=max_relations)
    with atomic_file(path) as file:
        file.write(html)


def page_html(
    statements: Iterable[Statement],
    *,
    title: str | None = None,
    groups: bool = False,
    max_actors: int = MAX_ACTORS,
    max_relations: int = MAX_RELATIONS,
) -> str:
    """Return the page of `statements` as HTML: the same text for the same statements, whatever their order.

    `groups` shows groups whose country is not known too. Of larger graphs the `max_actors` actors with most statements and the
    `max_relations` strongest relations between them are drawn, and the page says what it left out.
    """
    given = merge_statements(statements)
    unified = unify(given, groups=groups)
    grouped = group_statements(unified)
    selection = select_strongest(collect_actors(unified), grouped, max_actors=max_actors, max_relations=max_relations)
    evidence = Evidence({actor.id: i for i, actor in enumerate(selection.actors)})
    denied = {denial.key for denial in find_denials(unified)}
    at_odds = {disagreement.key for disagreement in find_disagreements(unified)}
    relations = [
        {
            "type": str(edge.relation_type),
            "relation": edge.relation,
            "also": edge.relations[1:],
            "symmetric": edge.symmetric,
            "contested": edge.key in denied,
            "differ": edge.key in at_odds,
            "statements": [evidence.add(statement) for statement in grouped[edge.key]],
        }
        for edge in selection.edges
    ]
    return _page(
        title=printable(title or "") or DEFAULT_TITLE,
        selection=selection,
        evidence=evidence,
        relations=relations,
        left_out_statements=len(unified) - len(evidence.statements),
        hidden_by_groups=0 if groups or unified else len(given),
    )


def _page(
    *,
    title: str,
    selection: Selection,
    evidence: Evidence,
    relations: list[dict[str, Any]],
    left_out_statements: int,
    hidden_by_groups: int,
) -> str:
    from jinja2 import Environment, FunctionLoader
    from markupsafe import Markup

    scripts = [_inline(_vis_network()), _inline(_own_script())] if relations else []
    style = _template("page.css")
    environment = Environment(loader=FunctionLoader(_template), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {"printable": printable, "counted": _counted}
    html = environment.get_template("page.html").render(
        title=title,
        style=Markup(style),
        style_hash=_hash(style),
        scripts=[Markup(script) for script in scripts],
        script_hashes=" ".join(map(_hash, scripts)) or "'none'",
        data=Markup(_json(_data(title, selection, evidence, relations))) if relations else None,
        selection=selection,
        strongest=_rows(selection, relations, evidence),
        statements=len(evidence.statements),
        left_out_statements=left_out_statements,
        hidden_by_groups=hidden_by_groups,
    )
    # A lone surrogate, which UTF-8 cannot hold, takes one place in the page's strings as its replacement does.
    return _SURROGATE.sub("\ufffd", html)


def _data(title: str, selection: Selection, evidence: Evidence, relations: list[dict[str, Any]]) -> dict[str, Any]:
    """What the scripts read; nodes and edges have the numbers of actors and relations as their ids."""
    drawing = draw(selection)
    present = {relation["type"] for relation in relations}
    return {
        "title": title,
        "nodes": drawing.nodes,
        "edges": drawing.edges,
        "options": drawing.options,
        "scale": drawing.scale,
        "families": [
            {"name": str(family), "types": [str(type_) for type_ in RelationType if type_.family is family and type_ in present]}
            for family in Family
        ],
        "actors": [
            {"name": printable(actor.name) or "?", "kind": str(actor.kind), "aliases": actor.aliases, "country": actor.country}
            for actor in selection.actors
        ],
        "relations": relations,
        "statements": evidence.statements,
        "sentences": evidence.sentences,
        "documents": evidence.documents,
    }


def _rows(selection: Selection, relations: list[dict[str, Any]], evidence: Evidence) -> list[dict[str, Any]]:
    """The table for readers without scripts."""
    names = {actor.id: actor.name for actor in selection.actors}
    return [
        {
            "subject": names[edge.subject_id],
            "relation": edge.relation,
            "object": names[edge.object_id],
            "type": str(edge.relation_type).capitalize(),
            "statements": edge.statements,
            "asserted": edge.asserted,
            "denied": edge.negated,
            "sentence": evidence.sentences[evidence.statements[relation["statements"][0]]["i"]],
        }
        for edge, relation in zip(selection.edges[:_ROWS_WITHOUT_SCRIPTS], relations, strict=False)
    ]


def _counted(number: int, noun: str) -> str:
    """A number with its noun: "1 actor", "5,000 relations"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _json(data: dict[str, Any]) -> str:
    """JSON for inside a script element: nothing in it can end the element or begin a comment."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.translate({ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"})


def _hash(text: str) -> str:
    """The source expression that allows an inline element with this text (CSP level 3, section 2.3.1)."""
    digest = hashlib.sha256(text.encode("utf8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _inline(script: str) -> str:
    """The script, if it can stand in a script element as it is."""
    if _ENDS_A_SCRIPT.search(script):
        raise ActorgraphError("this version of pyvis brings a vis-network that no page can hold; install pyvis 0.3.2")
    return script


@cache
def _own_script() -> str:
    """Our scripts as one function, whose names stay out of the window's."""
    return '(() => {\n"use strict";\n' + "\n".join(map(_template, _SCRIPTS)) + "})();"


@cache
def _vis_network() -> str:
    """vis-network as pyvis brings it, the newest of its versions, with its notice."""
    found = resources.files("pyvis") / "templates" / "lib"
    versions = [folder for folder in found.iterdir() if (folder / "vis-network.min.js").is_file()]
    if not versions:
        raise ActorgraphError("this version of pyvis brings no vis-network; install pyvis 0.3.2")
    newest = max(versions, key=lambda folder: [int(part) for part in re.findall(r"\d+", folder.name)])
    return (newest / "vis-network.min.js").read_text("utf-8").replace("\r\n", "\n")


@cache
def _template(name: str) -> str:
    return (resources.files(__package__) / "templates" / name).read_text("utf-8")
