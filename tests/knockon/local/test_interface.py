"""The interface for programs: answers, faults, and a description that holds for every answer."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from graphmodel.planfile import parse_plan
from graphmodel.scenario import Scenario, Slip
from graphmodel.spans import parse_span
from knockon.local.riskruns import find_run
from knockon.payloads import pack_answer, pack_whatif
from queries.owners import survey_owners
from simulations.schedule import schedule
from simulations.whatif import what_if
from tests.knockon.council import council

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from knockon.local.desk import Desk

SCENARIO = {
    "schema": "knockon/scenario@1",
    "changes": [{"op": "slip", "item": "A.1", "by": "2m"}],
}
KINDS: dict[str, type | tuple[type, ...]] = {
    "string": str, "integer": int, "number": (int, float), "boolean": bool, "null": type(None),
    "object": dict, "array": list,
}  # fmt: skip


def misfits(value: Any, schema: dict[str, Any], parts: dict[str, Any], at: str = "$") -> list[str]:
    """Return where a value does not fit a schema; keys that it does not name are misfits too."""
    if "$ref" in schema:
        return misfits(value, parts[schema["$ref"].rpartition("/")[2]], parts, at)
    if "anyOf" in schema:
        tried = [misfits(value, one, parts, at) for one in schema["anyOf"]]
        return [] if any(not one for one in tried) else min(tried, key=len)
    kind: str = schema.get("type", "")
    fits = not kind or isinstance(value, KINDS[kind])
    if value not in schema.get("enum", [value]) or not fits:
        return [f"{at}: {value!r} is no {kind}"]
    if kind == "array":
        found = [misfits(one, schema["items"], parts, f"{at}[{n}]") for n, one in enumerate(value)]
        return [one for some in found for one in some]
    if kind == "object" and "properties" in schema:
        known = schema["properties"]
        missing = [f"{at}.{key} is missing" for key in schema["required"] if key not in value]
        more = [f"{at}.{key} is not described" for key in value if key not in known]
        return missing + more + [
            one
            for key in value
            if key in known
            for one in misfits(value[key], known[key], parts, f"{at}.{key}")
        ]  # fmt: skip
    return []


@pytest.fixture
def described(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/openapi.json").json()
    return found


def test_every_answer_is_as_described(desk: Desk, client: TestClient, described: Any) -> None:
    desk.lobby.put(council(), files=["older.txt"])
    parts = described["components"]["schemas"]
    checked = set()
    for path, methods in described["paths"].items():
        call = methods.get("get")
        if call is None or "{run}" in path or "/scenarios/" in path:  # what nobody has made yet
            continue
        address = path.replace("{key}", "wex").replace("{item}", "A.1")
        query = {"with": "wex-2", "what": "A.1", "by": "2m"}
        answer = client.get(address, params=query if "compare" in path or "what" in path else {})
        assert answer.status_code == 200, (path, answer.text)
        schema = call["responses"]["200"]["content"]["application/json"]["schema"]
        assert misfits(answer.json(), schema, parts) == [], path
        checked.add(path)
    assert len(checked) == 15


def test_a_misfit_is_seen(described: Any) -> None:
    parts = described["components"]["schemas"]
    schema = {"$ref": "#/components/schemas/LinksUsed"}
    assert misfits({"accepted": 1, "proposed": 0}, schema, parts) == []
    assert misfits({"accepted": "1"}, schema, parts) != []
    assert misfits({"accepted": 1, "proposed": 0, "x": 1}, schema, parts) != []


def test_answers_are_those_of_the_command_line(client: TestClient) -> None:
    plan = council()
    at = "/api/plans/wex"
    assert client.get(f"{at}/schedule").json() == pack_answer(schedule(plan))
    assert client.get(f"{at}/owners").json() == pack_answer(survey_owners(plan))
    slip = Scenario(plan="wex", changes=(Slip(item="A.1", by=parse_span("2m")),))
    expected = pack_whatif(what_if(plan, slip))
    assert client.get(f"{at}/what-if", params={"what": "A.1", "by": "2m"}).json() == expected
    assert client.post(f"{at}/what-if", json=SCENARIO).json() == expected
    moved = {one["id"]: one for one in expected["items"]}
    assert moved["A.2"]["knock_on_days"] == 15  # by hand: tests/knockon/council.py
    assert moved["A.2"]["knock_on_if_work_days"] == 59
    cured = client.post(f"{at}/what-if?cures=true", json=SCENARIO).json()
    assert set(cured["recovery"]) == {"spare", "work"}
    assert parse_plan(client.get(f"{at}/plan").text) == plan


def test_links_of_one_state(client: TestClient) -> None:
    links = client.get("/api/plans/wex/links?state=proposed").json()["links"]
    assert [(one["from"], one["to"]) for one in links] == [("A.4", "A.1")]
    assert len(client.get("/api/plans/wex/links").json()["links"]) == 3


def test_items_are_flat_rows(client: TestClient) -> None:
    rows = {one["id"]: one for one in client.get("/api/plans/wex/items").json()["items"]}
    assert rows["A.1"]["owners"] == ["Director of Adult Social Care"]
    assert rows["A.1"]["planned_text"] == "Dec to Jan 2027"
    assert rows["A.2"]["finish"] == "2027-04-30"
    assert rows["A.2"]["total_float_days"] == 0
    assert rows["A.3"]["standing"] == "done"


def test_risk_is_begun_watched_and_cancelled(
    desk: Desk, client: TestClient, described: Any
) -> None:
    begun = client.post("/api/plans/wex/risk", json={"iterations": 100, "seed": 3})
    assert begun.status_code == 202
    address = begun.json()["address"]
    schema = described["paths"]["/api/plans/{key}/risk/{run}"]["get"]["responses"]["200"]
    told: dict[str, Any] = {}
    for _ in range(4_000):  # a first run on a busy machine compiles for minutes
        told = client.get(address).json()
        if told["state"] != "running":
            break
        time.sleep(0.1)
    assert told["state"] == "done"
    assert told["answer"]["iterations"] == 100
    wanted = schema["content"]["application/json"]["schema"]
    assert misfits(told, wanted, described["components"]["schemas"]) == []
    assert client.delete(address).json()["state"] == "done"
    other = client.post("/api/plans/wex/risk", json={"iterations": 100_000}).json()["address"]
    stopped = client.delete(other).json()
    assert stopped["state"] == "stopped"
    assert find_run(desk.lobby, "wex", stopped["run"]).wait(400)  # its thread troubles nobody else


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/api/plans/none", None, 404),
        ("GET", "/api/nowhere", None, 404),
        ("GET", "/api/plans/wex/items/nowhere", None, 404),
        ("GET", "/api/plans/wex/links?state=odd", None, 422),
        ("GET", "/api/plans/wex/what-if", None, 422),
        ("GET", "/api/plans/wex/compare?with=none", None, 404),
        ("PUT", "/api/plans/wex", None, 405),
        ("POST", "/api/plans/wex/what-if", b"{nope", 422),
        ("POST", "/api/plans/wex/what-if", b'{"changes": [{"op": "slip", "item": "A.1"}]}', 422),
        ("POST", "/api/plans/wex/what-if", b'{"changes": [{"op": "fly"}]}', 422),
        ("POST", "/api/plans/wex/risk", b'{"iterations": -1}', 422),
        ("POST", "/api/plans/wex/risk", b'{"odd": 1}', 422),
    ],
)
def test_faults_are_one_sentence(
    client: TestClient, method: str, path: str, body: bytes | None, status: int
) -> None:
    head = {"content-type": "application/json"}
    answer = client.request(method, path, content=body, headers=head)
    assert answer.status_code == status
    assert list(answer.json()) == ["error"]
    assert answer.json()["error"].endswith(".")


def test_the_page_about_it_names_every_call(client: TestClient, described: Any) -> None:
    text = client.get("/api").text
    for path, methods in described["paths"].items():
        for method in methods:
            assert f"{method.upper()} {path}" in text
