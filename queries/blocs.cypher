// title: Blocs
// answers: Who stands with whom, by their own relations and by the friends and enemies they share?
// param limit: integer = 50 - rows at most
// columns: one, other, tie (cooperation less conflict between the two), agree_on (third actors whom both support or both oppose), differ_on (whom one supports and the other opposes), stand (together, apart or unclear)
// Structural balance (Cartwright and Harary, "Structural balance: a generalization of Heider's theory", 1956): the friend of
// a friend and the enemy of an enemy are friends.
MATCH (a:Actor)-[r]-(c:Actor)-[q]-(b:Actor)
WHERE a.id < b.id AND r.sign <> 0 AND r.asserted > 0 AND q.sign <> 0 AND q.asserted > 0
WITH a, b, c, sum(r.sign * r.asserted) AS ac, sum(q.sign * q.asserted) AS bc
WHERE ac <> 0 AND bc <> 0
WITH a, b, sum(CASE WHEN sign(ac) = sign(bc) THEN 1 ELSE 0 END) AS agree_on,
     sum(CASE WHEN sign(ac) = sign(bc) THEN 0 ELSE 1 END) AS differ_on
OPTIONAL MATCH (a)-[t]-(b) WHERE t.sign <> 0 AND t.asserted > 0
WITH a, b, agree_on, differ_on, coalesce(sum(t.sign * t.asserted), 0) AS tie
WITH a, b, tie, agree_on, differ_on, sign(tie) + agree_on - differ_on AS score
RETURN a.name AS one, b.name AS other, tie, agree_on, differ_on,
       CASE WHEN score > 0 THEN 'together' WHEN score < 0 THEN 'apart' ELSE 'unclear' END AS stand
ORDER BY abs(score) DESC, score DESC, one, other, a.id, b.id
LIMIT $limit
