// title: Escalation
// answers: Does conflict rise or fall from month to month?
// param one: actor = null - only what this one does or suffers (name, alias or id)
// param other: actor = null - and only between the two (name, alias or id)
// columns: month, conflict (statements of conflict), cooperation, share (of conflict in both), change (of conflict against the month before in the list)
MATCH (a:Actor)<-[:SUBJECT]-(s:Statement {fact: true})-[:OBJECT]->(b:Actor)
WHERE s.family IN ['conflict', 'cooperation'] AND size(coalesce(s.event_date, s.published)) >= 7
  AND ($one IS NULL OR any(name IN [a.id, a.name, b.id, b.name] + a.aliases + b.aliases WHERE toLower(name) = toLower($one)))
  AND ($other IS NULL OR any(name IN [a.id, a.name, b.id, b.name] + a.aliases + b.aliases WHERE toLower(name) = toLower($other)))
WITH substring(coalesce(s.event_date, s.published), 0, 7) AS month, s
WITH month, sum(CASE WHEN s.family = 'conflict' THEN 1 ELSE 0 END) AS conflict,
     sum(CASE WHEN s.family = 'cooperation' THEN 1 ELSE 0 END) AS cooperation
ORDER BY month
WITH collect({month: month, conflict: conflict, cooperation: cooperation}) AS months
UNWIND range(0, size(months) - 1) AS i
WITH months[i] AS now, CASE WHEN i > 0 THEN months[i - 1].conflict END AS before
RETURN now.month AS month, now.conflict AS conflict, now.cooperation AS cooperation,
       round(100.0 * now.conflict / (now.conflict + now.cooperation)) / 100 AS share, now.conflict - before AS change
ORDER BY month
