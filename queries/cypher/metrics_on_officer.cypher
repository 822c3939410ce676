// Output metrics that hang on an officer: those of the items they are responsible for, of
// everything that waits for these, and of everything above.
//
// $officer: id of the officer
// $states = ["accepted"]: states of links to follow: accepted, proposed, rejected
//
// Twin: queries.dependencies.trace
MATCH (item:Item {plan: $plan})
WHERE item.from_version <= $version AND coalesce(item.to_version, $version) >= $version
  AND NOT EXISTS {
    MATCH (item)<-[part:PART_OF]-()
    WHERE part.from_version <= $version AND coalesce(part.to_version, $version) >= $version
  }
MATCH way = (item)-[ups:PART_OF*0..]->(:Item)<-[held:RESPONSIBLE_FOR]-(officer:Officer)
WHERE all(up IN ups WHERE
  up.from_version <= $version AND coalesce(up.to_version, $version) >= $version)
  AND held.from_version <= $version AND coalesce(held.to_version, $version) >= $version
WITH item, officer, min(length(way)) AS far
WITH item, collect([officer.id, far]) AS found, min(far) AS nearest
WHERE any(one IN found WHERE one[1] = nearest AND one[0] = $officer)
MATCH (item)<-[steps:DEPENDS_ON|WAITS_FOR*0..]-(reached:Item)
WHERE all(step IN steps WHERE
  step.from_version <= $version AND coalesce(step.to_version, $version) >= $version
  AND (step.part OR step.state IN $states))
WITH DISTINCT reached
MATCH (shown:Metric)-[of:MEASURES]->(reached)
WHERE of.from_version <= $version AND coalesce(of.to_version, $version) >= $version
WITH DISTINCT shown, reached
RETURN shown.id AS metric, shown.title AS title, reached.id AS item,
  shown.baseline_text AS baseline, shown.target_text AS target, shown.target_by AS by
ORDER BY shown.position
