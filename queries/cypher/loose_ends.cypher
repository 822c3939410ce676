// Items without parts that nothing waits for: neither for them nor for anything above them.
//
// $states = ["accepted"]: states of links that count: accepted, proposed, rejected
//
// Twin: graphmodel.mapquestions.find_loose_ends
MATCH (loose:Item {plan: $plan})
WHERE loose.from_version <= $version AND coalesce(loose.to_version, $version) >= $version
  AND NOT EXISTS {
    MATCH (loose)<-[part:PART_OF]-()
    WHERE part.from_version <= $version AND coalesce(part.to_version, $version) >= $version
  }
  AND NOT EXISTS {
    MATCH (loose)-[ups:PART_OF*0..]->(:Item)<-[link:DEPENDS_ON]-(:Item)
    WHERE all(up IN ups WHERE
      up.from_version <= $version AND coalesce(up.to_version, $version) >= $version)
      AND link.from_version <= $version AND coalesce(link.to_version, $version) >= $version
      AND link.state IN $states
  }
RETURN loose.id AS item, loose.title AS title, loose.planned_finish AS planned_finish
ORDER BY loose.position
