// Items that came, went, or changed their place or status since another version.
//
// $against: number of the version to compare with
//
// Twin: queries.versions.find_differences
CALL () {
  MATCH (now:Item {plan: $plan})
  WHERE now.from_version <= $version AND coalesce(now.to_version, $version) >= $version
    AND NOT EXISTS {
      MATCH (was:Item {plan: $plan, id: now.id}) USING INDEX was:Item(plan, id, from_version)
      WHERE was.from_version <= $against AND coalesce(was.to_version, $against) >= $against
    }
  RETURN "added" AS change, now.id AS item, now.title AS title, null AS before, null AS after,
    now.position AS place
  UNION ALL
  MATCH (was:Item {plan: $plan})
  WHERE was.from_version <= $against AND coalesce(was.to_version, $against) >= $against
    AND NOT EXISTS {
      MATCH (now:Item {plan: $plan, id: was.id}) USING INDEX now:Item(plan, id, from_version)
      WHERE now.from_version <= $version AND coalesce(now.to_version, $version) >= $version
    }
  RETURN "removed" AS change, was.id AS item, was.title AS title, null AS before, null AS after,
    was.position AS place
  UNION ALL
  MATCH (now:Item {plan: $plan})
  WHERE now.from_version <= $version AND coalesce(now.to_version, $version) >= $version
  MATCH (was:Item {plan: $plan, id: now.id}) USING INDEX was:Item(plan, id, from_version)
  WHERE was.from_version <= $against AND coalesce(was.to_version, $against) >= $against
  UNWIND [
    ["moved", was.parent, now.parent],
    ["status", was.status, now.status],
    ["rag", was.rag, now.rag]
  ] AS told
  WITH now, told WHERE coalesce(told[1], "") <> coalesce(told[2], "")
  RETURN told[0] AS change, now.id AS item, now.title AS title, told[1] AS before,
    told[2] AS after, now.position AS place
}
RETURN change, item, title, before, after
ORDER BY change, place
