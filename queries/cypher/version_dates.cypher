// Dates that the plan states and that changed since another version, the largest delay first.
//
// Days count from date to date, times of day left out; null where a date is new or gone.
//
// $against: number of the version to compare with
//
// Twin: queries.versions.find_differences
MATCH (now:Item {plan: $plan})
WHERE now.from_version <= $version AND coalesce(now.to_version, $version) >= $version
MATCH (was:Item {plan: $plan, id: now.id}) USING INDEX was:Item(plan, id, from_version)
WHERE was.from_version <= $against AND coalesce(was.to_version, $against) >= $against
UNWIND [
  ["due", was.due, now.due],
  ["planned_finish", was.planned_finish, now.planned_finish],
  ["planned_start", was.planned_start, now.planned_start]
] AS told
WITH now, told[0] AS field, told[1] AS before, told[2] AS after
WHERE coalesce(toString(before), "") <> coalesce(toString(after), "")
RETURN now.id AS item, now.title AS title, field, before, after,
  duration.inDays(date(before), date(after)).days AS days
ORDER BY days DESC, now.position, field
