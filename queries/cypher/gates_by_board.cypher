// What each board is to decide: its accepted gates, by board and date.
//
// $board = null: id of one board; null for all
//
// Twin: the gates of the plan
MATCH (item:Item {plan: $plan})-[gate:GATED_BY]->(board:Board)
WHERE gate.from_version <= $version AND coalesce(gate.to_version, $version) >= $version
  AND gate.state = "accepted" AND ($board IS NULL OR board.id = $board)
RETURN board.id AS board, board.title AS board_title, item.id AS item, item.title AS title,
  item.planned_finish AS planned_finish, gate.order AS order, gate.decision AS decision,
  gate.papers_lead AS papers_lead, gate.reason AS reason
ORDER BY board.position, item.planned_finish, item.position, gate.order
