// What costs most days at the main target's P80: items, officers and risks.
//
// The drivers must have been written back: --risk N does so. Each cost is found by leaving the
// driver out; what only lies on the critical path at times costs nothing itself.
//
// $kind = null: Item, Officer or Risk; null for all
//
// Twin: simulations.risk.simulate.simulate
MATCH (risk:Scenario {plan: $plan, key: "risk"})-[drives:DRIVES {version: $version}]->(driver)
WITH risk, drives, driver, head([label IN labels(driver) WHERE label IN ["Item", "Officer", "Risk"]]) AS label
WHERE $kind IS NULL OR label = $kind
RETURN label AS kind, driver.id AS driver, driver.title AS title, drives.cost_days AS cost_days,
  drives.criticality_index AS criticality_index, drives.cruciality AS cruciality,
  drives.probability AS probability, risk.main AS target
ORDER BY coalesce(cost_days, 0) DESC, coalesce(criticality_index, 0) DESC, kind, driver
