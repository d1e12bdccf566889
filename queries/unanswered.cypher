// title: Unanswered requests and threats
// answers: Which requests and threats were followed by nothing from the one they were made to?
// columns: date, subject, type, relation, object, document, sentence
// An answer is any statement of fact from the same day or later in which the other acts on the one who asked.
MATCH (a:Actor)<-[:SUBJECT]-(s:Statement {fact: true})-[:OBJECT]->(b:Actor)
WHERE s.relation_type IN ['REQUEST', 'THREATEN']
WITH a, b, s, split(coalesce(s.event_date, s.published), '/')[0] AS date
WHERE date IS NOT NULL AND NOT EXISTS {
  MATCH (b)<-[x:SUBJECT|OBJECT]-(t:Statement {fact: true})-[:SUBJECT|OBJECT]->(a)
  WHERE (type(x) = 'SUBJECT' OR t.symmetric) AND t.id <> s.id AND split(coalesce(t.event_date, t.published), '/')[0] >= date
}
RETURN date, a.name AS subject, s.relation_type AS type, s.relation AS relation, b.name AS object,
       s.document_id AS document, s.sentence AS sentence
ORDER BY date, subject, object, s.id
