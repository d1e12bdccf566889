// title: Claims
// answers: Who says what about whom?
// param speaker: string = null - only what this one says (a name, an alias, an id, or words of the text)
// param about: actor = null - only claims about this one (name, alias or id)
// param limit: integer = 100 - rows at most
// columns: speaker, subject, type, relation, object, negated, modality, statements, documents, first, sentence (an example)
MATCH (a:Actor)<-[:SUBJECT]-(s:Statement)-[:OBJECT]->(b:Actor)
WHERE s.attributed_to IS NOT NULL
OPTIONAL MATCH (s)-[:ATTRIBUTED_TO]->(x:Actor)
WITH a, b, s, coalesce(x.name, s.attributed_to) AS speaker, [s.attributed_to] + coalesce([x.id, x.name] + x.aliases, []) AS names
WHERE ($speaker IS NULL OR any(name IN names WHERE toLower(name) = toLower($speaker)))
  AND ($about IS NULL OR any(name IN [a.id, a.name, b.id, b.name] + a.aliases + b.aliases WHERE toLower(name) = toLower($about)))
WITH a, b, s, speaker ORDER BY s.confidence DESC, s.id
WITH speaker, a, b, s.relation_type AS type, s.relation AS relation, s.negated AS negated, s.modality AS modality,
     count(s) AS statements, count(DISTINCT s.document_id) AS documents,
     min(split(coalesce(s.event_date, s.published), '/')[0]) AS first, collect(s.sentence) AS sentences
RETURN speaker, a.name AS subject, type, relation, b.name AS object, negated, modality, statements, documents, first,
       sentences[0] AS sentence
ORDER BY statements DESC, speaker, subject, relation, object, negated, modality, a.id, b.id, type
LIMIT $limit
