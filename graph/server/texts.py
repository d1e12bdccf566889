"""Every text of Cypher that is sent to a server, but those that users ask.

What varies in them comes from the closed lists of `schema`: names, phrases and all else that stands in a text of news are
parameters, always.
"""

from __future__ import annotations

from ..cypher.schema import EVIDENCE_TYPES, KIND_LABELS, RELATION_TYPES

CONSTRAINTS: tuple[str, ...] = (
    "CREATE CONSTRAINT actorgraph_actor IF NOT EXISTS FOR (a:Actor) REQUIRE a.id IS UNIQUE",
    "CREATE CONSTRAINT actorgraph_document IF NOT EXISTS FOR (d:Document) REQUIRE (d.dataset, d.id) IS UNIQUE",
    "CREATE CONSTRAINT actorgraph_statement IF NOT EXISTS FOR (s:Statement) REQUIRE (s.dataset, s.id) IS UNIQUE",
)
"""Actors are shared by the datasets of a database; documents and statements are of one."""

LOCK = "MERGE (lock:Statement {dataset: '', id: ''}) DELETE lock"
"""Lets one transaction write at a time: until it ends, it holds the lock of the index entry of a node that is never stored."""

_EVIDENCE = "|".join(EVIDENCE_TYPES)


# Statements

PUT_STATEMENTS = """\
UNWIND $rows AS row
MERGE (s:Statement {dataset: $dataset, id: row.id})
SET s = row.properties
WITH row, s
MATCH (a:Actor {id: row.subject})
MATCH (b:Actor {id: row.object})
MATCH (d:Document {dataset: $dataset, id: row.document})
CREATE (s)-[:SUBJECT]->(a), (s)-[:OBJECT]->(b), (s)-[:IN]->(d)
RETURN count(*)"""

PUT_ATTRIBUTIONS = """\
UNWIND $rows AS row
MATCH (s:Statement {dataset: $dataset, id: row.id})
MATCH (a:Actor {id: row.actor})
CREATE (s)-[:ATTRIBUTED_TO]->(a)
RETURN count(*)"""

FORMER_STATEMENTS = """\
UNWIND $ids AS id
MATCH (s:Statement {dataset: $dataset, id: id})
OPTIONAL MATCH (s)-[:SUBJECT]->(a:Actor)
OPTIONAL MATCH (s)-[:OBJECT]->(b:Actor)
OPTIONAL MATCH (s)-[:ATTRIBUTED_TO]->(c:Actor)
RETURN s.id, s.version, coalesce(a.long_id, a.id), coalesce(b.long_id, b.id), coalesce(c.long_id, c.id)"""

CLEAR_EVIDENCE = f"""\
UNWIND $ids AS id
MATCH (s:Statement {{dataset: $dataset, id: id}})-[r:{_EVIDENCE}]->()
DELETE r"""

DELETE_STATEMENTS = """\
UNWIND $rows AS row
MATCH (s:Statement {dataset: $dataset, id: row.id})
DETACH DELETE s
RETURN count(*)"""


# Documents

PUT_DOCUMENTS = """\
UNWIND $rows AS row
MERGE (d:Document {dataset: $dataset, id: row.id})
SET d += row.properties
RETURN count(*)"""

REPLACE_DOCUMENTS = PUT_DOCUMENTS.replace("+=", "=")

DELETE_DOCUMENTS = """\
UNWIND $rows AS row
MATCH (d:Document {dataset: $dataset, id: row.id})
WHERE NOT EXISTS { (d)<-[:IN]-() }
DETACH DELETE d"""


# Actors

PUT_ACTORS = {
    kind: f"""\
UNWIND $rows AS row
MERGE (a:Actor {{id: row.id}})
ON CREATE SET a{label}, a += row.properties
SET a.stale = true
RETURN count(*)"""
    for kind, label in [(None, ":Actor"), *((kind, f":{label}") for kind, label in KIND_LABELS.items())]
}
"""What an actor is called may change until `SET_ACTORS`; `stale` says so, and survives a load that is killed before."""

MARK_ACTORS = """\
UNWIND $ids AS id
MATCH (a:Actor {id: id})
SET a.stale = true"""

STALE_ACTORS = "MATCH (a:Actor) WHERE a.stale AND a.id > $after RETURN a.id AS id ORDER BY id LIMIT $limit"

FULL_IDS = "UNWIND $ids AS id MATCH (a:Actor {id: id}) RETURN a.id, coalesce(a.long_id, a.id)"

_ROLE = """\
UNWIND $ids AS id
MATCH (a:Actor {{id: id}})<-[:{near}]-(s:Statement)-[:{far}]->(b:Actor)
WITH a, b, s,
     s.subject_kind = 'group' AND coalesce({subject}.long_id, {subject}.id) CONTAINS '@'
     OR s.object_kind = 'group' AND coalesce({object}.long_id, {object}.id) CONTAINS '@' AS hidden,
     CASE WHEN {post} THEN s.object_id END AS country
RETURN a.id, s.{role}_id = coalesce(a.long_id, a.id), s.{role}, s.{role}_kind, s.{role}_text, country, hidden, a = b, count(*)"""

ROLES: tuple[str, ...] = (
    _ROLE.format(
        near="SUBJECT", far="OBJECT", role="subject", subject="a", object="b",
        post="s.relation_type IN ['LEADS', 'MEMBER'] AND s.object_kind = 'country' AND NOT s.negated AND s.modality = 'asserted'",
    ),
    _ROLE.format(near="OBJECT", far="SUBJECT", role="object", subject="b", object="a", post="false"),
)  # fmt: skip
"""What statements call the actors with some ids, as subjects and as objects: what `actors` makes their nodes of."""

SPEAKERS = """\
UNWIND $ids AS id
MATCH (a:Actor {id: id})<-[:ATTRIBUTED_TO]-(s:Statement)
RETURN a.id, s.attributed_to, count(*)"""

SET_ACTORS = {
    kind: f"""\
UNWIND $rows AS row
MATCH (a:Actor {{id: row.id}})
REMOVE a:{":".join(KIND_LABELS.values())}
SET a{label}, a += row.properties, a.stale = null
RETURN count(*)"""
    for kind, label in [(None, ":Actor"), *((kind, f":{label}") for kind, label in KIND_LABELS.items())]
}

DELETE_ACTORS = """\
UNWIND $ids AS id
MATCH (a:Actor {id: id})
WHERE NOT EXISTS { (a)--() }
DELETE a"""

KEEP_ACTORS = "UNWIND $ids AS id MATCH (a:Actor {id: id}) SET a.stale = null"


# Relations between actors

STATEMENTS_BETWEEN = """\
UNWIND $rows AS row
MATCH (a:Actor {id: row.id})
WITH a, row.others AS others
MATCH (a)<-[near:SUBJECT|OBJECT]-(s:Statement)-[:SUBJECT|OBJECT]->(b:Actor)
WITH a, b, others, s, type(near) = 'SUBJECT' AS forward
WHERE s.dataset = $dataset AND b.id IN others AND a <> b
RETURN coalesce(a.long_id, a.id), coalesce(b.long_id, b.id), forward, s.id, s.relation_type, s.relation, s.symmetric, s.modality, s.negated,
       s.attributed_to, s.source, s.document_id, s.published, s.event_date, s.confidence, s.subject_kind, s.object_kind"""

RELATIONS_BETWEEN = f"""\
UNWIND $rows AS row
MATCH (a:Actor {{id: row.id}})
WITH a, row.others AS others
MATCH (a)-[r:{"|".join(RELATION_TYPES)}]-(b:Actor)
WITH a, b, r, others
WHERE r.dataset = $dataset AND b.id IN others
RETURN type(r), startNode(r).id, endNode(r).id"""

CREATE_RELATIONS = {
    type_: f"""\
UNWIND $rows AS row
MATCH (a:Actor {{id: row.start}})
MATCH (b:Actor {{id: row.end}})
CREATE (a)-[r:{type_}]->(b)
SET r = row.properties
RETURN count(*)"""
    for type_ in RELATION_TYPES
}
"""For relations that are not there: creating them takes half the time of looking for them first."""

SET_RELATIONS = {
    type_: f"""\
UNWIND $rows AS row
MATCH (a:Actor {{id: row.start}})
MATCH (b:Actor {{id: row.end}})
MATCH (a)-[r:{type_} {{dataset: $dataset}}]->(b)
SET r = row.properties
RETURN count(*)"""
    for type_ in RELATION_TYPES
}

DELETE_RELATIONS = {
    type_: f"""\
UNWIND $rows AS row
MATCH (a:Actor {{id: row.start}})-[r:{type_} {{dataset: $dataset}}]->(b:Actor {{id: row.end}})
DELETE r
RETURN count(*)"""
    for type_ in RELATION_TYPES
}


# What a dataset holds

POSTS = """\
MATCH (s:Statement {dataset: $dataset})
WHERE s.id IS NOT NULL AND s.relation_type IN ['LEADS', 'MEMBER'] AND s.subject_kind = 'person'
RETURN properties(s)"""
"""The statements that `merge.merge_people` looks at."""

NAMESAKES = """\
MATCH (s:Statement {dataset: $dataset})
WHERE s.id IS NOT NULL AND (s.subject_id CONTAINS '@' OR s.object_id CONTAINS '@' OR s.attributed_to_id CONTAINS '@')
OPTIONAL MATCH (s)-[:SUBJECT]->(a:Actor)
OPTIONAL MATCH (s)-[:OBJECT]->(b:Actor)
OPTIONAL MATCH (s)-[:ATTRIBUTED_TO]->(c:Actor)
RETURN s.id, s.subject_id, coalesce(a.long_id, a.id), s.object_id, coalesce(b.long_id, b.id), s.attributed_to_id, coalesce(c.long_id, c.id)"""
"""Whom statements name that may be merged with another actor, and whom they lead to."""

STATEMENTS_WITH_IDS = """\
UNWIND $ids AS id
MATCH (s:Statement {dataset: $dataset, id: id})
RETURN properties(s)"""

STATEMENTS = "MATCH (s:Statement {dataset: $dataset}) WHERE s.id IS NOT NULL RETURN properties(s)"
STATEMENT_IDS = "MATCH (s:Statement {dataset: $dataset}) WHERE s.id IS NOT NULL RETURN s.id"
DOCUMENTS = "MATCH (d:Document {dataset: $dataset}) WHERE d.id IS NOT NULL AND d.sha256 IS NOT NULL RETURN properties(d)"
DOCUMENT_IDS = "MATCH (d:Document {dataset: $dataset}) WHERE d.id IS NOT NULL RETURN d.id"
DATASETS = """\
MATCH (s:Statement) WHERE s.dataset IS NOT NULL AND s.id IS NOT NULL RETURN DISTINCT s.dataset AS dataset
UNION
MATCH (d:Document) WHERE d.dataset IS NOT NULL AND d.id IS NOT NULL RETURN DISTINCT d.dataset AS dataset"""

# What a query returns

ENDS = """\
MATCH (a)-[r]->(b)
WHERE elementId(r) IN $ids
RETURN elementId(r), coalesce(a.id, elementId(a)), coalesce(b.id, elementId(b))"""
"""The ids of the nodes at both ends of relationships, which the driver does not tell."""
