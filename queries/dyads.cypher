// title: Most active dyads
// answers: Which pairs have most to do with each other?
// param limit: integer = 20 - rows at most
// columns: one, other, facts, cooperation, conflict, statements (those that are no facts, too), types, first, last
MATCH (a:Actor)-[r]-(b:Actor)
WHERE a.id < b.id AND r.statements > 0
WITH a, b, r ORDER BY type(r)
WITH a, b, sum(r.asserted) AS facts, sum(CASE WHEN r.family = 'cooperation' THEN r.asserted ELSE 0 END) AS cooperation,
     sum(CASE WHEN r.family = 'conflict' THEN r.asserted ELSE 0 END) AS conflict, sum(r.statements) AS statements,
     collect(DISTINCT CASE WHEN r.asserted > 0 THEN type(r) END) AS types, min(r.first) AS first, max(r.last) AS last
WHERE facts > 0
RETURN a.name AS one, b.name AS other, facts, cooperation, conflict, statements, types, first, last
ORDER BY facts DESC, statements DESC, one, other, a.id, b.id
LIMIT $limit
