// Items without parts that nothing waits for: neither for them nor for anything above them.
//
// $states = ["accepted"]: states of links that count: accepted, proposed, rejected
//
// Twin: graphmodel.mapquestions.find_loose_ends
MATCH (item:Item {plan: $plan})
WHERE item.from_version <= $version AND coalesce(item.to_version, $version) >= $version
  AND NOT EXISTS {
    MATCH (item)<-[part:PART_OF]-()
    WHERE part.from_version <= $version AND coalesce(part.to_version, $version) >= $version
  }
  AND NOT EXISTS {
    MATCH (item)-[ups:PART_OF*0..]->(:Item)<-[link:DEPENDS_ON]-(:Item)
    WHERE all(up IN ups WHERE
      up.from_version <= $version AND coalesce(up.to_version, $version) >= $version)
      AND link.from_version <= $version AND coalesce(link.to_version, $version) >= $version
      AND link.state IN $states
  }
RETURN item.id AS item, item.title AS title, item.planned_finish AS planned_finish
ORDER BY item.position
