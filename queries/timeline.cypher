// title: Timeline of a pair
// answers: What happened between two actors, in the order of time?
// param one: actor - name, alias or id
// param other: actor - name, alias or id
// param facts: boolean = true - false shows what is reported, planned, possible or denied, too
// columns: date, subject, type, relation, object, amount, modality, negated, said_by, document, sentence
MATCH (a:Actor)<-[:SUBJECT]-(s:Statement)-[:OBJECT]->(b:Actor)
WHERE (s.fact OR NOT $facts)
  AND ((any(name IN [a.id, a.name] + a.aliases WHERE toLower(name) = toLower($one))
        AND any(name IN [b.id, b.name] + b.aliases WHERE toLower(name) = toLower($other)))
    OR (any(name IN [a.id, a.name] + a.aliases WHERE toLower(name) = toLower($other))
        AND any(name IN [b.id, b.name] + b.aliases WHERE toLower(name) = toLower($one))))
RETURN coalesce(s.event_date, s.published) AS date, a.name AS subject, s.relation_type AS type, s.relation AS relation,
       b.name AS object, s.quantity_text AS amount, s.modality AS modality, s.negated AS negated, s.attributed_to AS said_by,
       s.document_id AS document, s.sentence AS sentence
ORDER BY date, document, s.char_start, s.id
