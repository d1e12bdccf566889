// title: Supplies
// answers: Who supplies what to whom, how much of it, and who says so?
// param supplier: actor = null - only what this one gives (name, alias or id)
// param recipient: actor = null - only what this one gets (name, alias or id)
// param facts: boolean = true - false shows what is reported, planned, possible or denied, too
// columns: supplier, recipient, relation, amount (as the text puts it), quantity, quantity_max, bound, unit, date, modality, negated, said_by, document, sentence
MATCH (a:Actor)<-[:SUBJECT]-(s:Statement {relation_type: 'AID'})-[:OBJECT]->(b:Actor)
WHERE (s.fact OR NOT $facts)
  AND ($supplier IS NULL OR any(name IN [a.id, a.name] + a.aliases WHERE toLower(name) = toLower($supplier)))
  AND ($recipient IS NULL OR any(name IN [b.id, b.name] + b.aliases WHERE toLower(name) = toLower($recipient)))
RETURN a.name AS supplier, b.name AS recipient, s.relation AS relation, s.quantity_text AS amount, s.quantity AS quantity,
       s.quantity_max AS quantity_max, s.quantity_bound AS bound, s.quantity_unit AS unit,
       coalesce(s.event_date, s.published) AS date, s.modality AS modality, s.negated AS negated, s.attributed_to AS said_by,
       s.document_id AS document, s.sentence AS sentence
ORDER BY supplier, recipient, date, s.id
