// Chains of dependencies that run through three directorates.
//
// From an item of one directorate into a second, on inside the second, and out into a third: the
// item before the first border, the two next to the borders inside, the item after the second.
//
// $states = ["accepted"]: states of links to follow: accepted, proposed, rejected
//
// Twin: queries.chains.find_chains
MATCH (first:Item {plan: $plan})<-[into:DEPENDS_ON]-(enter:Item)
WHERE into.from_version <= $version AND coalesce(into.to_version, $version) >= $version
  AND into.state IN $states AND first.directorate <> enter.directorate
WITH DISTINCT first, enter, enter.directorate AS middle
MATCH way = (enter)<-[steps:DEPENDS_ON*0..]-(leave:Item)
WHERE all(step IN steps WHERE
  step.from_version <= $version AND coalesce(step.to_version, $version) >= $version
  AND step.state IN $states)
  AND all(one IN nodes(way) WHERE one.directorate = middle)
WITH DISTINCT first, enter, middle, leave
MATCH (leave)<-[out:DEPENDS_ON]-(last:Item)
WHERE out.from_version <= $version AND coalesce(out.to_version, $version) >= $version
  AND out.state IN $states AND last.directorate <> middle
  AND last.directorate <> first.directorate
RETURN DISTINCT first.directorate AS from_directorate, middle AS through_directorate,
  last.directorate AS to_directorate, first.id AS first, enter.id AS enter, leave.id AS leave,
  last.id AS last
ORDER BY first, enter, leave, last
