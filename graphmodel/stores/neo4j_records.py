"""Plans, versions and scenarios as nodes of their own: the Cypher that keeps and finds them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from graphmodel.stores.store import StoredVersion

__all__ = [
    "ASK",
    "CLAIM",
    "DELETE_SCENARIO",
    "FINISH",
    "HEAD",
    "HOLD",
    "LOCK",
    "NEWEST",
    "PLANS",
    "RELEASE",
    "SAVE_SCENARIO",
    "SCENARIOS",
    "STEP",
    "VERSIONS",
    "read_time",
    "read_version",
]

VERSIONS: Final = """
MATCH (v:Version) WHERE $plan IS NULL OR v.plan = $plan
RETURN v {.*, json: null} AS told ORDER BY v.plan, v.number
"""
NEWEST: Final = """
MATCH (v:Version {plan: $plan}) RETURN v {.*, json: null} AS told ORDER BY v.number DESC LIMIT 1
"""
HEAD: Final = "MATCH (v:Version {plan: $plan, number: $number}) RETURN v.json, v.digest"
PLANS: Final = "MATCH (v:Version) RETURN DISTINCT v.plan AS plan ORDER BY plan"

#: Takes the lock on the plan's node, so that of two who ask at once the second waits here.
LOCK: Final = "MERGE (p:Plan {id: $plan}) SET p.plan = $plan, p.asked_at = datetime()"
ASK: Final = """
MATCH (p:Plan {id: $plan})
SET p.asked_at = datetime()
RETURN p.writer AS writer, p.begun IS NULL AS is_new,
  coalesce(p.last_number, 0) AS last, p.writer_name AS name, elementId(p) AS handle,
  duration.inSeconds(coalesce(p.seen_at, datetime()), datetime()).seconds AS silent
"""
CLAIM: Final = """
MATCH (p:Plan {id: $plan})
SET p.begun = true, p.writer = $token, p.writer_name = $name, p.seen_at = datetime(), p.step = 0
"""
#: Takes the lock on the plan's node: who takes over in between waits for it.
HOLD: Final = """
MATCH (p:Plan {id: $plan, writer: $token}) SET p.seen_at = datetime() RETURN count(p) AS held
"""
#: The number is read under the lock, so that it is not read while it is being written.
STEP: Final = """
MATCH (p:Plan {id: $plan, writer: $token})
SET p.seen_at = datetime()
WITH p, p.step >= $step AS done
SET p.step = $step
RETURN done
"""
RELEASE: Final = """
MATCH (p:Plan {id: $plan, writer: $token}) REMOVE p.writer, p.writer_name, p.seen_at,
  p.asked_at, p.step
"""
FINISH: Final = """
MATCH (p:Plan {id: $plan})
SET p.last_number = $number, p.title = $told.title, p.organisation = $organisation
MERGE (v:Version {plan: $plan, number: $number})
SET v = $told
MERGE (v)-[:VERSION_OF]->(p)
"""
SAVE_SCENARIO: Final = """
MATCH (p:Plan {id: $plan})
MERGE (s:Scenario {plan: $plan, key: $told.key})
SET s = $told
MERGE (s)-[:SCENARIO_OF]->(p)
WITH s MATCH (s)-[m:MOVES]->() DELETE m
"""
SCENARIOS: Final = """
MATCH (s:Scenario {plan: $plan}) WHERE s.json IS NOT NULL
RETURN s.json AS json, s.author AS author, s.saved_at AS saved_at
ORDER BY s.name
"""
DELETE_SCENARIO: Final = """
MATCH (s:Scenario {plan: $plan, key: $key}) DETACH DELETE s RETURN count(*) AS gone
"""


def read_version(told: dict[str, Any]) -> StoredVersion:
    """Return the version that the properties of its node tell."""
    as_of = told.get("as_of")
    return StoredVersion(
        plan=told["plan"],
        number=told["number"],
        title=told.get("title"),
        as_of=None if as_of is None else as_of.to_native(),
        note=told.get("note"),
        author=told.get("author"),
        saved_at=read_time(told["saved_at"]),
        digest=told["digest"],
        items=told["items"],
        links=told["links"],
    )


def read_time(value: Any) -> datetime:
    """Return a time of the server's as one of Python's, in UTC."""
    found: datetime = value.to_native()
    return found.astimezone(UTC)
