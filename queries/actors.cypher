// title: Actors
// answers: Who is in the network, and how much is said of each?
// param limit: integer = 50 - rows at most
// columns: actor, kind, country, id, aliases, facts (in which the actor acts or is acted on), neighbours
MATCH (a:Actor)
OPTIONAL MATCH (a)-[r]-(b:Actor) WHERE r.asserted > 0
WITH a, coalesce(sum(r.asserted), 0) AS facts, count(DISTINCT b) AS neighbours
RETURN a.name AS actor, a.kind AS kind, a.country AS country, a.id AS id, a.aliases AS aliases, facts, neighbours
ORDER BY facts DESC, actor, id
LIMIT $limit
