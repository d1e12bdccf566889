// title: What changed between two dates
// answers: Which relations are new in a time, and of which is nothing heard any more?
// param from: date - the day before the time begins (YYYY, YYYY-MM or YYYY-MM-DD)
// param to: date - its last day
// columns: change (new: first stated in that time; quiet: stated before, and not in it), subject, type, relation, object, before (statements up to the first date), since (up to the second), first, last
MATCH (a:Actor)<-[:SUBJECT]-(s:Statement {fact: true})-[:OBJECT]->(b:Actor)
WITH CASE WHEN s.symmetric AND b.id < a.id THEN b ELSE a END AS one, CASE WHEN s.symmetric AND b.id < a.id THEN a ELSE b END AS other, s,
     split(coalesce(s.event_date, s.published), '/')[0] AS date
WHERE date <= $to
WITH one, other, s, date ORDER BY s.relation
WITH one, other, s.relation_type AS type, min(s.relation) AS relation,
     sum(CASE WHEN date <= $from THEN 1 ELSE 0 END) AS before, sum(CASE WHEN date > $from THEN 1 ELSE 0 END) AS since,
     min(date) AS first, max(date) AS last
WHERE before = 0 OR since = 0
RETURN CASE WHEN before = 0 THEN 'new' ELSE 'quiet' END AS change, one.name AS subject, type, relation, other.name AS object,
       before, since, first, last
ORDER BY change, before + since DESC, subject, type, object, one.id, other.id
