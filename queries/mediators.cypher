// title: Mediators
// answers: Who talks to both sides of a conflict, and is hostile to neither?
// param limit: integer = 50 - rows at most
// columns: mediator, one, other, with_one (statements of talks, agreement or cooperation), with_other, conflict (conflict less cooperation between the two)
MATCH (a:Actor)-[r]-(b:Actor)
WHERE a.id < b.id AND r.sign <> 0 AND r.asserted > 0
WITH a, b, -sum(r.sign * r.asserted) AS conflict
WHERE conflict > 0
MATCH (a)-[x:CONSULT|AGREE|COOPERATE]-(m:Actor)-[y:CONSULT|AGREE|COOPERATE]-(b)
WHERE x.asserted > 0 AND y.asserted > 0
  AND NOT EXISTS { MATCH (m)-[h]-(a) WHERE h.family = 'conflict' AND h.asserted > 0 }
  AND NOT EXISTS { MATCH (m)-[h]-(b) WHERE h.family = 'conflict' AND h.asserted > 0 }
WITH m, a, b, conflict, collect(DISTINCT x) AS xs, collect(DISTINCT y) AS ys
RETURN m.name AS mediator, a.name AS one, b.name AS other,
       reduce(n = 0, x IN xs | n + x.asserted) AS with_one, reduce(n = 0, y IN ys | n + y.asserted) AS with_other, conflict
ORDER BY with_one + with_other DESC, conflict DESC, mediator, one, other, m.id, a.id, b.id
LIMIT $limit
