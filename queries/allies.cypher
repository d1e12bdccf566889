// title: Allies of an actor
// answers: Who stands by an actor, by alliances that are stated and by support that outweighs hostility?
// param actor: actor - name, alias or id
// columns: actor, ally, kind, alliance (statements of an alliance), support (of support, cooperation or aid, either way), hostility (of conflict, either way), relations
MATCH (a:Actor)-[r:ALLY|SUPPORT|COOPERATE|AID]-(b:Actor)
WHERE any(name IN [a.id, a.name] + a.aliases WHERE toLower(name) = toLower($actor)) AND r.asserted > 0
WITH a, b, r ORDER BY r.relation
WITH a, b,
     sum(CASE WHEN type(r) = 'ALLY' THEN r.asserted ELSE 0 END) AS alliance,
     sum(CASE WHEN type(r) = 'ALLY' THEN 0 ELSE r.asserted END) AS support,
     collect(DISTINCT r.relation) AS relations
OPTIONAL MATCH (a)-[h]-(b) WHERE h.family = 'conflict'
WITH a, b, alliance, support, relations, coalesce(sum(h.asserted), 0) AS hostility
WHERE alliance > 0 OR support > hostility
RETURN a.name AS actor, b.name AS ally, b.kind AS kind, alliance, support, hostility, relations
ORDER BY alliance DESC, support DESC, ally, b.id
