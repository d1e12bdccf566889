// title: Leaders
// answers: Who leads what?
// param led: actor = null - only who leads this one (name, alias or id)
// columns: leader, relation, led, kind, asserted, documents, first, last
MATCH (a:Actor)-[r:LEADS]->(b:Actor)
WHERE r.asserted > 0 AND ($led IS NULL OR any(name IN [b.id, b.name] + b.aliases WHERE toLower(name) = toLower($led)))
RETURN a.name AS leader, r.relation AS relation, b.name AS led, b.kind AS kind, r.asserted AS asserted,
       r.documents AS documents, r.first AS first, r.last AS last
ORDER BY led, asserted DESC, leader, a.id, b.id
