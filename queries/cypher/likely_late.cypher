// How likely each target is to be on time, the least likely first.
//
// The odds must have been written back: --risk N does so.
//
// $below = null: only targets with a lower probability of being on time, from 0 to 1; null for all
//
// Twin: simulations.risk.simulate.simulate
MATCH (risk:Scenario {plan: $plan, key: "risk"})-[odds:LIKELY {version: $version}]->(target)
WHERE $below IS NULL OR odds.p_on_time < $below
RETURN target.id AS target, target.title AS title, odds.by AS by, odds.p_on_time AS p_on_time,
  odds.p50 AS p50, odds.p80 AS p80, odds.p90 AS p90, risk.iterations AS iterations,
  risk.seed AS seed
ORDER BY p_on_time, target
