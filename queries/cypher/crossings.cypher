// Links that run from one theme or directorate into another.
//
// $by = "directorate": directorate or theme
// $states = ["accepted"]: states of links that count: accepted, proposed, rejected
//
// Twin: graphmodel.mapquestions.find_crossings
MATCH (after:Item {plan: $plan})-[link:DEPENDS_ON]->(before:Item)
WHERE link.from_version <= $version AND coalesce(link.to_version, $version) >= $version
  AND link.state IN $states
WITH link, before, after,
  CASE $by WHEN "theme" THEN before.theme ELSE before.directorate END AS out_of,
  CASE $by WHEN "theme" THEN after.theme ELSE after.directorate END AS into
WHERE out_of <> into
RETURN out_of, into, before.id AS from, after.id AS to, link.type AS type, link.reason AS reason
ORDER BY link.position
