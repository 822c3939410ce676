// Officers by how many open items they hold, most first; a group is nobody's load.
//
// A role is inherited from the nearest item above that names somebody. An open item has no parts
// and is neither complete nor cancelled; share divides it by how many officers carry it; joint
// counts those that somebody else, or a group, holds as well.
//
// $role = "responsible": responsible, delivery_lead, accountable, portfolio or sponsor
//
// Twin: queries.owners_holding.find_holdings
MATCH (item:Item {plan: $plan})
WHERE item.from_version <= $version AND coalesce(item.to_version, $version) >= $version
  AND NOT item.status IN ["complete", "cancelled"]
  AND NOT EXISTS {
    MATCH (item)<-[part:PART_OF]-()
    WHERE part.from_version <= $version AND coalesce(part.to_version, $version) >= $version
  }
MATCH way = (item)-[ups:PART_OF*0..]->(:Item)<-[held:RESPONSIBLE_FOR|DELIVERY_LEAD_FOR|ACCOUNTABLE_FOR|PORTFOLIO_OF|SPONSORS]-(holder:Officer)
WHERE all(up IN ups WHERE
  up.from_version <= $version AND coalesce(up.to_version, $version) >= $version)
  AND held.from_version <= $version AND coalesce(held.to_version, $version) >= $version
  AND held.role = $role
WITH item, holder, min(length(way)) AS far
WITH item, collect([holder, far]) AS found, min(far) AS nearest
WITH item, [one IN found WHERE one[1] = nearest | one[0]] AS holders
WITH item, holders, [one IN holders WHERE one.kind <> "group"] AS carriers
UNWIND carriers AS carrier
RETURN carrier.id AS officer, carrier.title AS title, carrier.directorate AS directorate,
  count(item) AS open_items, sum(1.0 / size(carriers)) AS share,
  sum(CASE WHEN size(holders) > 1 THEN 1 ELSE 0 END) AS joint
ORDER BY open_items DESC, officer
