// What each board is to decide: its accepted gates, by board and date.
//
// $board = null: id of one board; null for all
//
// Twin: the gates of the plan
MATCH (gated:Item {plan: $plan})-[gate:GATED_BY]->(body:Board)
WHERE gate.from_version <= $version AND coalesce(gate.to_version, $version) >= $version
  AND gate.state = "accepted" AND ($board IS NULL OR body.id = $board)
RETURN body.id AS board, body.title AS board_title, gated.id AS item, gated.title AS title,
  gated.planned_finish AS planned_finish, gate.order AS order, gate.decision AS decision,
  gate.papers_lead AS papers_lead, gate.reason AS reason
ORDER BY body.position, gated.planned_finish, gated.position, gate.order
