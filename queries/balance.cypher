// title: Structural balance
// answers: Which triangles of friends and enemies hold together, and which are under strain?
// param limit: integer = 50 - rows at most
// columns: one, other, third, one_other (the sign between the two), other_third, one_third, balanced
// A triangle is balanced where the product of its signs is positive (Cartwright and Harary 1956); those that are not come first.
MATCH (a:Actor)-[r]-(b:Actor)-[q]-(c:Actor)-[t]-(a)
WHERE a.id < b.id AND b.id < c.id
  AND r.sign <> 0 AND r.asserted > 0 AND q.sign <> 0 AND q.asserted > 0 AND t.sign <> 0 AND t.asserted > 0
WITH a, b, c, sum(r.sign * r.asserted) AS ab, sum(q.sign * q.asserted) AS bc, sum(t.sign * t.asserted) AS ac
WHERE ab <> 0 AND bc <> 0 AND ac <> 0
RETURN a.name AS one, b.name AS other, c.name AS third,
       CASE WHEN ab > 0 THEN '+' ELSE '-' END AS one_other,
       CASE WHEN bc > 0 THEN '+' ELSE '-' END AS other_third,
       CASE WHEN ac > 0 THEN '+' ELSE '-' END AS one_third,
       sign(ab) * sign(bc) * sign(ac) > 0 AS balanced
ORDER BY balanced, one, other, third, a.id, b.id, c.id
LIMIT $limit
