// What a scenario makes late that was not late before, furthest moved first.
//
// The scenario's results must have been written back: --scenario FILE does so.
//
// $scenario: name of the scenario
//
// Twin: simulations.whatif.what_if
MATCH (:Scenario {plan: $plan, name: $scenario})-[moves:MOVES {version: $version}]->(late:Item)
WHERE moves.newly_late OR moves.newly_late_if_work
RETURN late.id AS item, late.title AS title, moves.baseline_finish AS baseline_finish,
  moves.finish AS finish, moves.due AS due, moves.knock_on_days AS knock_on_days,
  moves.knock_on_if_work_days AS knock_on_if_work_days, moves.newly_late AS newly_late,
  moves.newly_late_if_work AS newly_late_if_work, moves.first_board AS first_board
ORDER BY knock_on_days DESC, knock_on_if_work_days DESC, item
