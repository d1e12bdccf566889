// title: Memberships
// answers: Who belongs to what?
// param whole: actor = null - only the members of this one (name, alias or id)
// columns: member, relation, whole, kind, asserted, documents, first, last
MATCH (a:Actor)-[r:MEMBER]->(b:Actor)
WHERE r.asserted > 0 AND ($whole IS NULL OR any(name IN [b.id, b.name] + b.aliases WHERE toLower(name) = toLower($whole)))
RETURN a.name AS member, r.relation AS relation, b.name AS whole, b.kind AS kind, r.asserted AS asserted,
       r.documents AS documents, r.first AS first, r.last AS last
ORDER BY whole, asserted DESC, member, a.id, b.id
