// What an item waits for, step by step, nearest first, and the words that say so.
//
// An item waits for its predecessors and, where it is a parent, for its parts.
//
// $item: id of the item
// $states = ["accepted"]: states of links to follow: accepted, proposed, rejected
// $depth = null: steps to go at most; null for all
//
// Twin: queries.dependencies.trace
MATCH (asked:Item {plan: $plan, id: $item})
WHERE asked.from_version <= $version AND coalesce(asked.to_version, $version) >= $version
MATCH way = (asked)-[steps:DEPENDS_ON|WAITS_FOR*0..]->(waiter:Item)
WHERE all(step IN steps WHERE
  step.from_version <= $version AND coalesce(step.to_version, $version) >= $version
  AND (step.part OR step.state IN $states))
WITH waiter, min(length(way)) AS far
WHERE $depth IS NULL OR far < $depth
MATCH (waiter)-[step:DEPENDS_ON|WAITS_FOR]->(before:Item)
WHERE step.from_version <= $version AND coalesce(step.to_version, $version) >= $version
  AND (step.part OR step.state IN $states)
RETURN before.id AS from, waiter.id AS to, far + 1 AS depth, step.type AS type, step.lag AS lag,
  step.state AS state, step.origin AS origin, step.confidence AS confidence,
  step.reason AS reason, step.rule AS rule, step.holds AS holds,
  coalesce(step.quotes, []) AS quotes, coalesce(step.quote_documents, []) AS documents,
  coalesce(step.quote_lines, []) AS lines, before.title AS title
ORDER BY depth, waiter.position, before.position, step.position
