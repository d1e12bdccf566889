// title: Alliances with evidence
// answers: Which actors are allies, and which sentences say so?
// param sentences: integer = 3 - how many sentences to show, the surest first
// columns: one, other, statements, documents, first, last, evidence
MATCH (a:Actor)-[r:ALLY]-(b:Actor)
WHERE a.id < b.id AND r.asserted > 0
WITH DISTINCT a, b
MATCH (a)<-[:SUBJECT|OBJECT]-(s:Statement {relation_type: 'ALLY', fact: true})-[:SUBJECT|OBJECT]->(b)
WITH a, b, s, split(coalesce(s.event_date, s.published), '/') AS dates
ORDER BY s.confidence DESC, s.id
WITH a, b, count(s) AS statements, count(DISTINCT s.document_id) AS documents,
     min(dates[0]) AS first, max(dates[-1]) AS last, collect(s.sentence) AS sentences
RETURN a.name AS one, b.name AS other, statements, documents, first, last, sentences[..$sentences] AS evidence
ORDER BY statements DESC, one, other, a.id, b.id
