// Why one item depends on another: the links between the two, and the words that speak for them.
//
// $from: id of the predecessor
// $to: id of the successor
//
// Twin: the links of the plan between the two
MATCH (after:Item {plan: $plan, id: $to})-[link:DEPENDS_ON]->(before:Item {id: $from})
WHERE link.from_version <= $version AND coalesce(link.to_version, $version) >= $version
RETURN link.id AS id, link.type AS type, link.lag AS lag, link.state AS state,
  link.origin AS origin, link.confidence AS confidence, link.reason AS reason,
  link.rule AS rule, link.decided_by AS decided_by, link.decided_why AS decided_why,
  coalesce(link.quotes, []) AS quotes, coalesce(link.quote_documents, []) AS documents,
  coalesce(link.quote_lines, []) AS lines
ORDER BY link.position
