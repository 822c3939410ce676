"""Scenarios kept by name: made by forms, run again, compared, taken along, never mixed."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

from graphmodel.entity import Entity
from graphmodel.planfile import parse_scenario
from graphmodel.scenario import Scenario
from knockon.local.changeforms import KINDS, find_kind, read_change
from knockon.local.scenariobook import ScenarioBook, TooManyScenariosError
from tests.knockon.council import COUNCIL, council
from tests.knockon.local.asked import ask

if TYPE_CHECKING:
    from httpx import Response
    from starlette.testclient import TestClient

    from knockon.local.desk import Desk, Shelf

AT = "/plans/wex/scenarios"

#: For each form what is filled in, and the change in words of the scenario file, by hand.
FILLED = {
    "slip": (
        {"item": "A.1 | Consult", "by": "2", "by_unit": "months"},
        {"op": "slip", "item": "A.1", "by": "2m"},
    ),
    "set": (
        {
            "item": "A.2",
            "finish": "2027-06-30",
            "start": "",
            "duration": "3",
            "duration_unit": "weeks",
        },
        {"op": "set", "item": "A.2", "finish": "2027-06-30", "duration": "3w"},
    ),
    "slip-officer": (
        {"officer": "dasc", "by": "10", "by_unit": "working days"},
        {"op": "slip_group", "by": "10wd", "officer": "dasc"},
    ),
    "slip-board": (
        {"board": "Improvement Board", "by": "1.5", "by_unit": "weeks"},
        {"op": "slip_group", "by": "1.5w", "board": "ib"},
    ),
    "slip-division": (
        {"division": "Adults", "by": "5d"},
        {"op": "slip_group", "by": "5d", "division": "Adults"},
    ),
    "slip-tag": (
        {"tag": "consultation", "by": "1", "by_unit": "days"},
        {"op": "slip_group", "by": "1d", "tag": "consultation"},
    ),
    "slip-parent": ({"parent": "A", "by": "1"}, {"op": "slip_group", "by": "1m", "parent": "A"}),
    "away": (
        {"officer": "cx", "from": "2027-01-04", "to": "2027-01-29"},
        {"op": "away", "officer": "cx", "from": "2027-01-04", "to": "2027-01-29"},
    ),
    "cancel-meeting": (
        {"board": "cab", "date": "2027-01-05"},
        {"op": "cancel_meeting", "board": "cab", "date": "2027-01-05"},
    ),
    "move-meeting": (
        {"board": "cab", "date": "2027-01-05", "to": "2027-01-12"},
        {"op": "move_meeting", "board": "cab", "date": "2027-01-05", "to": "2027-01-12"},
    ),
    "add-meeting": (
        {"board": "cab", "date": "2027-01-05"},
        {"op": "add_meeting", "board": "cab", "date": "2027-01-05"},
    ),
    "waive": ({"gate": "A.2"}, {"op": "waive_papers_lead", "gate": "A.2"}),
    "complete": ({"item": "A.1", "on": ""}, {"op": "complete", "item": "A.1"}),
    "cancel": ({"item": "A.4"}, {"op": "cancel_item", "item": "A.4"}),
    "reassign": (
        {"item": "A.1", "officer": "dasc", "to": "cx"},
        {"op": "reassign", "item": "A.1", "officer": "dasc", "to": "cx"},
    ),
    "add-link": (
        {"from": "A.4", "to": "A.2", "type": "SS", "lag": "2", "lag_unit": "weeks"},
        {"op": "add_link", "from": "A.4", "to": "A.2", "type": "SS", "lag": "2w"},
    ),
    "remove-link": (
        {"from": "A.1", "to": "A.2"},
        {"op": "remove_link", "from": "A.1", "to": "A.2"},
    ),
}


def make(client: TestClient, name: str = "Late") -> Response:
    """Make a scenario."""
    made: Response = client.post(AT, data={"name": name})
    return made


def add(client: TestClient, kind: str = "slip", number: int = 1, **fields: str) -> Response:
    """Add a change; by default A.1 slips two months."""
    filled = fields or {"item": "A.1", "by": "2", "by_unit": "months"}
    made: Response = client.post(f"{AT}/{number}/add", data={"kind": kind, **filled})
    return made


def fault(page: Response) -> str:
    found = re.findall(r'role="alert">(?:<h2[^>]*>[^<]*</h2>)?<p>(.*?)</p>', page.text)
    return unescape("".join(found))


def text_of(page: Response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


def test_every_form_makes_its_change() -> None:
    plan = council()
    assert set(FILLED) == {kind.name for kind in KINDS}
    for name, (fields, wanted) in FILLED.items():
        change = read_change(plan, find_kind(name), fields)
        told = json.loads(change.model_dump_json(by_alias=True, exclude_defaults=True))
        assert told == wanted, name


def test_every_change_of_a_scenario_file_has_a_form() -> None:
    from graphmodel import scenario as changes  # noqa: PLC0415 - to look at all it holds

    ops = {
        one.model_fields["op"].default
        for one in vars(changes).values()
        if isinstance(one, type) and issubclass(one, Entity) and "op" in one.model_fields
    }
    assert {kind.op for kind in KINDS} == {op for op in ops if isinstance(op, str)}


def test_every_form_is_shown_with_a_label_for_each_field(client: TestClient) -> None:
    make(client)
    for kind in KINDS:
        page = client.get(f"{AT}/1?add={kind.name}").text
        for part in kind.parts:
            assert f'<label for="f-{part.key}">' in page, kind.name
            assert f'id="f-{part.key}" name="{part.key}"' in page, kind.name


def test_a_scenario_is_made_and_answered(client: TestClient) -> None:
    assert "Nothing yet" in make(client, "Consultation takes longer").text
    page = add(client)
    text = text_of(page)
    # by hand: 59 days from 31 Jan to 31 Mar; A.2 has 44 of them to spare, 15 are left
    assert "A.1 “Consult staff “properly”” slips 2 months" in text
    assert "15 May 2027" in text
    assert "15 to 59 days" in text
    assert "becomes newly late" in text
    assert "Consultation takes longer" in text_of(client.get(AT))


def test_the_answer_follows_the_plan(client: TestClient, shelf: Shelf) -> None:
    make(client)
    add(client)
    shelf.replace("wex", council(links=[]))
    assert "nothing else moves" in text_of(client.get(f"{AT}/1"))


def test_a_scenario_that_no_longer_fits_says_why(client: TestClient, shelf: Shelf) -> None:
    make(client)
    add(client, "cancel", item="A.4")
    kept = [one for one in COUNCIL["items"] if one["id"] != "A.4"]
    shelf.replace("wex", council(items=kept, links=[]))
    page = client.get(f"{AT}/1")
    assert page.status_code == 200
    assert "cannot be worked out on the plan as it is now" in page.text
    assert "Cancel item: item A.4" in text_of(client.get(AT))
    assert client.get(f"{AT}/1/answer").status_code == 404


@pytest.mark.parametrize(
    ("fields", "status", "told"),
    [
        ({"kind": "slip", "item": "A.99", "by": "2"}, 404, "A.99"),
        ({"kind": "slip", "item": "", "by": "2"}, 422, "“Item” is empty"),
        ({"kind": "slip", "item": "A.1", "by": ""}, 422, "“How much later” is empty"),
        ({"kind": "slip", "item": "A.1", "by": "much"}, 422, "much"),
        (
            {"kind": "away", "officer": "cx", "from": "31/31/27", "to": "2027-01-01"},
            422,
            "31/31/27",
        ),
        (
            {"kind": "away", "officer": "nobody", "from": "2027-01-01", "to": "2027-01-01"},
            404,
            "nobody",
        ),
        ({"kind": "set", "item": "A.1"}, 422, "a start, a finish or a duration"),
        ({"kind": "add-link", "from": "A.1", "to": "A.2", "type": "XX"}, 422, "FS"),
        ({"kind": "explode"}, 422, "explode"),
        ({}, 422, "choose one of the list"),
    ],
)
def test_what_cannot_be_added_is_said_and_kept_in_the_form(
    client: TestClient, fields: dict[str, str], status: int, told: str
) -> None:
    make(client)
    page = client.post(f"{AT}/1/add", data=fields)
    assert page.status_code == status
    assert told in fault(page)
    if fields.get("item"):
        assert f'value="{fields["item"]}"' in page.text
    assert client.get("/api/plans/wex/scenarios/1").json()["scenario"].get("changes", []) == []


def test_changes_are_removed_and_scenarios_renamed_copied_deleted(client: TestClient) -> None:
    make(client)
    add(client)
    add(client, "cancel", item="A.4")
    client.post(f"{AT}/1", data={"act": "remove", "place": "0"})
    copied = client.post(f"{AT}/1", data={"act": "copy"})
    assert copied.url.path == f"{AT}/2"
    client.post(f"{AT}/1", data={"act": "rename", "name": " Dropped  "})
    names = [one["name"] for one in client.get("/api/plans/wex/scenarios").json()["scenarios"]]
    assert names == ["Dropped", "Late copy"]
    kept = client.get("/api/plans/wex/scenarios/2").json()["scenario"]["changes"]
    assert kept == [{"op": "cancel_item", "item": "A.4"}]
    assert client.post(f"{AT}/2", data={"act": "delete"}).url.path == AT
    assert client.get(f"{AT}/2").status_code == 404


def test_names_are_made_and_kept_apart(client: TestClient) -> None:
    for name in ("", "Late", "Late", "<b>bold</b>"):
        make(client, name)
    names = [one["name"] for one in client.get("/api/plans/wex/scenarios").json()["scenarios"]]
    assert names == ["Scenario 1", "Late", "Late (2)", "<b>bold</b>"]
    assert "<b>bold" not in client.get(AT).text


def test_two_tabs_do_not_write_over_each_other(client: TestClient) -> None:
    make(client)
    add(client, seen="1", item="A.1", by="1")
    late = add(client, seen="1", item="A.4", by="1")
    assert late.status_code == 409
    assert "changed elsewhere" in fault(late)
    for act in ("remove", "rename", "delete"):
        page = client.post(f"{AT}/1", data={"act": act, "seen": "1", "name": "x"})
        assert page.status_code == 409, act
    assert len(client.get("/api/plans/wex/scenarios/1").json()["scenario"]["changes"]) == 1


def test_two_browsers_keep_their_own(desk: Desk) -> None:
    here, there = ask(desk), ask(desk)
    make(here, "mine")
    assert "mine" not in there.get(AT).text
    assert there.get(f"{AT}/1").status_code == 404


def test_two_are_shown_side_by_side(client: TestClient) -> None:
    make(client, "Early")
    make(client, "Later")
    add(client)
    add(client, number=2, item="A.1", by="3", by_unit="months")
    text = text_of(client.get(f"{AT}/pair?first=1&second=2"))
    # by hand: 31 Jan and 3 months is 30 Apr, 89 days on; less 44 days of room: 14 Jun
    for words in (
        "15 May 2027",
        "14 Jun 2027",
        "59 days",
        "89 days",
        "later in the second",
        "Early:",
        "Later:",
    ):
        assert words in text, words
    same = text_of(client.get(f"{AT}/pair?first=1&second=1"))
    assert "Both come to the same." in same
    assert client.get(f"{AT}/pair?first=1&second=9").status_code == 404
    assert client.get(f"{AT}/pair?first=x&second=9").status_code == 422


def test_side_by_side_says_which_makes_more_late(client: TestClient) -> None:
    make(client, "Nothing")
    make(client, "Much")
    assert "Neither moves anything" in text_of(client.get(f"{AT}/pair?first=1&second=1"))
    add(client, number=2)
    text = text_of(client.get(f"{AT}/pair?first=1&second=2"))
    assert "“Much” makes up to 1 more item late than the other" in text
    assert "late in the second only" in text
    assert "stays" in text


def test_a_scenario_goes_out_and_comes_back_as_a_file(client: TestClient) -> None:
    make(client)
    add(client)
    given = client.get(f"{AT}/1/scenario.json")
    scenario = parse_scenario(given.text)
    assert [one.op for one in scenario.changes] == ["slip"]
    back = client.post(f"{AT}/file", files={"file": ("../s.json", given.content)})
    assert back.url.path == f"{AT}/2"
    assert "Late (2)" in back.text


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("s.json", b"", "s.json"),
        ("s.json", b"{}}", "s.json"),
        ("s.json", b'{"schema": "knockon/plan@1"}', "schema"),
        ("s.json", b'{"schema": "knockon/scenario@1", "changes": [{"op": "x"}]}', "s.json"),
        ("s.json", b"\xff\xfe\x00\x01", "s.json"),
    ],
)
def test_a_file_that_is_no_scenario_is_refused(
    client: TestClient, name: str, content: bytes, told: str
) -> None:
    page = client.post(f"{AT}/file", files={"file": (name, content)})
    assert page.status_code == 422
    assert told in fault(page)
    assert client.get("/api/plans/wex/scenarios").json()["scenarios"] == []


def test_the_whole_answer_is_a_page_and_a_file(client: TestClient) -> None:
    make(client)
    add(client)
    page = client.get(f"{AT}/1/answer")
    assert page.status_code == 200
    assert "15 May 2027" in page.text
    file = client.get(f"{AT}/1/answer.html")
    assert file.headers["content-disposition"].startswith("attachment")
    assert "this page is one file" in file.text.lower()


def test_only_so_many_are_kept(shelf: Shelf) -> None:
    book = ScenarioBook(shelf)
    for _ in range(100):
        book.keep(Scenario())
    with pytest.raises(TooManyScenariosError, match="delete one first"):
        book.keep(Scenario())
    change = read_change(council(), find_kind("cancel"), {"item": "A.4"})
    with pytest.raises(TooManyScenariosError, match="200 changes"):
        book.put(1, (change,) * 201, None)
    assert book.find(1).revision == 1


def test_too_many_are_one_sentence(client: TestClient) -> None:
    client.get("/")
    for _ in range(100):
        client.post("/api/plans/wex/scenarios", json={"schema": "knockon/scenario@1"})
    page = make(client)
    assert page.status_code == 422
    assert "delete one first" in fault(page)
    assert client.post(f"{AT}/1", data={"act": "copy"}).status_code == 422


def test_a_program_keeps_and_asks(client: TestClient) -> None:
    at = "/api/plans/wex/scenarios"
    slip = {
        "schema": "knockon/scenario@1",
        "name": "A",
        "changes": [{"op": "slip", "item": "A.1", "by": "2m"}],
    }
    made = client.post(at, json=slip)
    assert (made.status_code, made.json()["number"], made.json()["revision"]) == (201, 1, 1)
    answer = client.get(f"{at}/1/answer").json()
    assert answer["summary"]["newly_late"] == 1
    later = {**slip, "name": "B", "changes": []}
    assert client.put(f"{at}/1?seen=2", json=later).status_code == 409
    assert client.put(f"{at}/1?seen=1", json=later).json()["name"] == "B"
    client.post(at, json=slip)
    pair = client.get(f"{at}/pair?first=1&second=2").json()
    assert (pair["first"]["items"], {one["id"] for one in pair["second"]["items"]}) == (
        [],
        {"A.1", "A.2", "A", "T"},
    )
    assert client.delete(f"{at}/1?seen=1").status_code == 409
    assert client.delete(f"{at}/1").status_code == 204
    assert client.get(f"{at}/1").status_code == 404
    assert client.post(at, json={"changes": [{"op": "slipp"}]}).status_code == 422


def test_the_interface_is_described(client: TestClient) -> None:
    found = client.get("/openapi.json").json()
    paths = found["paths"]
    for method, path in (
        ("post", ""),
        ("delete", "/{key}"),
        ("get", "/{key}/proposals"),
        ("post", "/{key}/decisions"),
        ("post", "/{key}/decisions/undo"),
        ("post", "/{key}/suggestions"),
        ("get", "/{key}/scenarios"),
        ("post", "/{key}/scenarios"),
        ("put", "/{key}/scenarios/{number}"),
        ("delete", "/{key}/scenarios/{number}"),
        ("get", "/{key}/scenarios/{number}/answer"),
        ("get", "/{key}/scenarios/pair"),
    ):
        call = paths[f"/api/plans{path}"][method]
        assert call["description"]
        assert {"404", "422"} <= set(call["responses"])
        good = call["responses"].get("200") or call["responses"].get("201")
        if good is not None:
            assert "$ref" in good["content"]["application/json"]["schema"]
