// What waits for an item, step by step, nearest first, and the words that say so.
//
// Whatever waits for a part of the item waits for it; what is inside the item is left out.
//
// $item: id of the item
// $states = ["accepted"]: states of links to follow: accepted, proposed, rejected
// $depth = null: steps to go at most; null for all
//
// Twin: queries.dependencies.trace
MATCH (asked:Item {plan: $plan, id: $item})
WHERE asked.from_version <= $version AND coalesce(asked.to_version, $version) >= $version
MATCH (asked)<-[parts:PART_OF*0..]-(inside:Item)
WHERE all(part IN parts WHERE
  part.from_version <= $version AND coalesce(part.to_version, $version) >= $version)
WITH collect(DISTINCT inside) AS insiders
UNWIND insiders AS inside
MATCH way = (inside)<-[steps:DEPENDS_ON|WAITS_FOR*0..]-(reached:Item)
WHERE all(step IN steps WHERE
  step.from_version <= $version AND coalesce(step.to_version, $version) >= $version
  AND (step.part OR step.state IN $states))
WITH insiders, inside, reached, min(length(way)) AS near
WITH insiders, reached, min(near) AS far
WHERE $depth IS NULL OR far < $depth
MATCH (reached)<-[step:DEPENDS_ON|WAITS_FOR]-(after:Item)
WHERE step.from_version <= $version AND coalesce(step.to_version, $version) >= $version
  AND (step.part OR step.state IN $states)
  AND NOT after IN insiders
RETURN reached.id AS from, after.id AS to, far + 1 AS depth, step.type AS type, step.lag AS lag,
  step.state AS state, step.origin AS origin, step.confidence AS confidence,
  step.reason AS reason, step.rule AS rule, step.holds AS holds,
  coalesce(step.quotes, []) AS quotes, coalesce(step.quote_documents, []) AS documents,
  coalesce(step.quote_lines, []) AS lines, after.title AS title
ORDER BY depth, reached.position, after.position, step.position
