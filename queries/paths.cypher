// title: Paths between two actors
// answers: How are two actors linked, over as few others as possible?
// param one: actor - name, alias or id
// param other: actor - name, alias or id
// param limit: integer = 20 - paths at most
// columns: steps, path
// At most four steps, each a relation of which a statement is a fact, in either direction. One length is tried after the other,
// because engines do not agree on what allShortestPaths does with conditions.
MATCH (a:Actor), (b:Actor)
WHERE any(name IN [a.id, a.name] + a.aliases WHERE toLower(name) = toLower($one))
  AND any(name IN [b.id, b.name] + b.aliases WHERE toLower(name) = toLower($other)) AND a <> b
CALL {
  WITH a, b
  MATCH path = (a)-[{fact: true}]-(b)
  RETURN path
  UNION
  WITH a, b
  MATCH path = (a)-[{fact: true}]-()-[{fact: true}]-(b)
  WHERE NOT EXISTS { MATCH (a)-[{fact: true}]-(b) }
  RETURN path
  UNION
  WITH a, b
  MATCH path = (a)-[{fact: true}]-()-[{fact: true}]-()-[{fact: true}]-(b)
  WHERE NOT EXISTS { MATCH (a)-[{fact: true}]-(b) } AND NOT EXISTS { MATCH (a)-[{fact: true}]-()-[{fact: true}]-(b) }
  RETURN path
  UNION
  WITH a, b
  MATCH path = (a)-[{fact: true}]-()-[{fact: true}]-()-[{fact: true}]-()-[{fact: true}]-(b)
  WHERE NOT EXISTS { MATCH (a)-[{fact: true}]-(b) } AND NOT EXISTS { MATCH (a)-[{fact: true}]-()-[{fact: true}]-(b) }
    AND NOT EXISTS { MATCH (a)-[{fact: true}]-()-[{fact: true}]-()-[{fact: true}]-(b) }
  RETURN path
}
RETURN length(path) AS steps, path
ORDER BY steps, [n IN nodes(path) | n.name], [r IN relationships(path) | type(r)], [n IN nodes(path) | n.id]
LIMIT $limit
