// Links that came, went or were decided since another version; a rejected link counts as none.
//
// $against: number of the version to compare with
//
// Twin: queries.versions.find_differences
CALL () {
  MATCH (after:Item {plan: $plan})-[link:DEPENDS_ON]->(before:Item)
  WHERE link.from_version <= $against AND coalesce(link.to_version, $against) >= $against
    AND link.state <> "rejected"
  RETURN before.id AS from, after.id AS to, link.type AS type, link.lag AS lag,
    link.state AS was, null AS now
  UNION ALL
  MATCH (after:Item {plan: $plan})-[link:DEPENDS_ON]->(before:Item)
  WHERE link.from_version <= $version AND coalesce(link.to_version, $version) >= $version
    AND link.state <> "rejected"
  RETURN before.id AS from, after.id AS to, link.type AS type, link.lag AS lag,
    null AS was, link.state AS now
}
WITH from, to, type, lag, collect(was) AS was, collect(now) AS now
WHERE was <> now
RETURN from, to, type, lag, was, now
ORDER BY from, to, type, lag
