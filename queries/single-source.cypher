// title: Claims that rest on one source
// answers: Which statements of fact come from one source alone?
// param limit: integer = 100 - rows at most
// columns: subject, type, relation, object, asserted, documents, source (null: the documents name none), first, last
MATCH (a:Actor)-[r]->(b:Actor)
WHERE r.asserted > 0 AND r.sources = 1
MATCH (a)<-[x:SUBJECT|OBJECT]-(s:Statement)-[:SUBJECT|OBJECT]->(b)
WHERE s.relation_type = type(r) AND (type(x) = 'SUBJECT' OR s.symmetric)
WITH a, r, b, min(s.source) AS source
RETURN a.name AS subject, type(r) AS type, r.relation AS relation, b.name AS object, r.asserted AS asserted,
       r.documents AS documents, source, r.first AS first, r.last AS last
ORDER BY asserted DESC, subject, type, object, a.id, b.id
LIMIT $limit
