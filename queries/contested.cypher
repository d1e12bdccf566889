// title: Contested claims
// answers: What do some say and others deny, and which numbers cannot all be right?
// columns: dispute (denied or numbers), subject, type, relation, object, says (yes and no, or the amounts), said_by, sentences
// What is said by someone counts as well as what the articles say themselves; what is only planned or possible takes no side.
// Numbers are intervals by their bounds ("about" leaves a tenth either way); two that do not touch are at odds, unless they
// are for different dates.
MATCH (a:Actor)<-[:SUBJECT]-(s:Statement {modality: 'asserted'})-[:OBJECT]->(b:Actor)
WITH CASE WHEN s.symmetric AND b.id < a.id THEN b ELSE a END AS one, CASE WHEN s.symmetric AND b.id < a.id THEN a ELSE b END AS other, s
ORDER BY s.negated, s.id
WITH one, other, s.relation_type AS type, s.relation AS relation, collect(s) AS ss
WHERE any(s IN ss WHERE s.negated) AND any(s IN ss WHERE NOT s.negated)
RETURN 'denied' AS dispute, one.name AS subject, type, relation, other.name AS object,
       [s IN ss | CASE WHEN s.negated THEN 'no' ELSE 'yes' END] AS says,
       [s IN ss | coalesce(s.attributed_to, s.source, s.document_id)] AS said_by, [s IN ss | s.sentence] AS sentences
ORDER BY subject, relation, object, type, one.id, other.id
UNION ALL
MATCH (a:Actor)<-[:SUBJECT]-(s:Statement {negated: false})-[:OBJECT]->(b:Actor)
WHERE s.quantity IS NOT NULL
WITH CASE WHEN s.symmetric AND b.id < a.id THEN b ELSE a END AS one, CASE WHEN s.symmetric AND b.id < a.id THEN a ELSE b END AS other, s,
     s.quantity AS least, coalesce(s.quantity_max, s.quantity) AS most
WITH one, other, s,
     CASE s.quantity_bound WHEN 'at_most' THEN -1.0e308 WHEN 'about' THEN least - 0.1 * abs(least) ELSE least END AS low,
     CASE s.quantity_bound WHEN 'at_least' THEN 1.0e308 WHEN 'about' THEN most + 0.1 * abs(most) ELSE most END AS high
ORDER BY s.quantity, s.id
WITH one, other, s.relation_type AS type, s.relation AS relation, coalesce(s.quantity_unit, '') AS unit, s.modality AS modality,
     collect({s: s, low: low, high: high}) AS numbers
WHERE any(x IN numbers WHERE any(y IN numbers WHERE x.high < y.low AND coalesce(x.s.event_date, y.s.event_date, '') = coalesce(y.s.event_date, x.s.event_date, '')))
RETURN 'numbers' AS dispute, one.name AS subject, type, relation, other.name AS object,
       [x IN numbers | coalesce(x.s.quantity_text, toString(x.s.quantity))] AS says,
       [x IN numbers | coalesce(x.s.attributed_to, x.s.source, x.s.document_id)] AS said_by, [x IN numbers | x.s.sentence] AS sentences
ORDER BY subject, relation, object, type, unit, modality, one.id, other.id
