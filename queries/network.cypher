// title: The network
// answers: What does the whole network look like, or the part around one actor? (for --format graph)
// param actor: actor = null - only relations of this one and between its neighbours (name, alias or id)
// param limit: integer = 5000 - relations at most, the most often stated first
// columns: one, relation, other
MATCH (a:Actor)-[r]->(b:Actor)
WHERE r.asserted > 0
  AND ($actor IS NULL OR EXISTS {
    MATCH (c:Actor)
    WHERE any(name IN [c.id, c.name] + c.aliases WHERE toLower(name) = toLower($actor))
      AND (c = a OR EXISTS { MATCH (c)-[x]-(a) WHERE x.asserted > 0 })
      AND (c = b OR EXISTS { MATCH (c)-[x]-(b) WHERE x.asserted > 0 })
  })
RETURN a AS one, r AS relation, b AS other
ORDER BY r.asserted DESC, a.id, type(r), b.id
LIMIT $limit
