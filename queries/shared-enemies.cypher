// title: Shared enemies
// answers: Which actors are at odds with the same third one?
// param actor: actor = null - only pairs with this one (name, alias or id)
// param limit: integer = 50 - rows at most
// columns: one, other, enemies, shared (how many), tie (cooperation less conflict between the two)
MATCH (a:Actor)-[r]-(c:Actor)-[q]-(b:Actor)
WHERE a.id < b.id AND r.sign <> 0 AND r.asserted > 0 AND q.sign <> 0 AND q.asserted > 0
  AND ($actor IS NULL OR any(name IN [a.id, a.name, b.id, b.name] + a.aliases + b.aliases WHERE toLower(name) = toLower($actor)))
WITH a, b, c, sum(r.sign * r.asserted) AS ac, sum(q.sign * q.asserted) AS bc
WHERE ac < 0 AND bc < 0
WITH a, b, c ORDER BY c.name, c.id
WITH a, b, collect(c.name) AS enemies
OPTIONAL MATCH (a)-[t]-(b) WHERE t.sign <> 0 AND t.asserted > 0
WITH a, b, enemies, coalesce(sum(t.sign * t.asserted), 0) AS tie
RETURN a.name AS one, b.name AS other, enemies, size(enemies) AS shared, tie
ORDER BY shared DESC, tie DESC, one, other, a.id, b.id
LIMIT $limit
