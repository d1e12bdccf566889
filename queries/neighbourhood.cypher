// title: Neighbourhood of an actor
// answers: Whom does an actor act on, and who acts on it?
// param actor: actor - name, alias or id
// columns: actor, direction (to, from or with), neighbour, kind, type, relation, asserted, documents, first, last
MATCH (a:Actor)-[r]-(b:Actor)
WHERE any(name IN [a.id, a.name] + a.aliases WHERE toLower(name) = toLower($actor)) AND r.asserted > 0
RETURN a.name AS actor, CASE WHEN r.symmetric THEN 'with' WHEN startNode(r) = a THEN 'to' ELSE 'from' END AS direction,
       b.name AS neighbour, b.kind AS kind, type(r) AS type, r.relation AS relation,
       r.asserted AS asserted, r.documents AS documents, r.first AS first, r.last AS last
ORDER BY asserted DESC, neighbour, type, direction, b.id
