"""Versions side by side on the page: the slips, whose doing they are, and all that changed."""

from __future__ import annotations

import json
from copy import deepcopy
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

from knockon.local.desk import Desk
from tests.knockon.council import COUNCIL, council
from tests.knockon.local.asked import ask

if TYPE_CHECKING:
    from starlette.testclient import TestClient


def changed() -> dict[str, Any]:
    """The council's plan a month later: A.1 slips 59 days, much else has changed."""
    plan = deepcopy(COUNCIL)
    plan["as_of"] = "2026-09-30"
    items = {one["id"]: one for one in plan["items"]}
    items["A.1"]["planned"]["finish"] = "2027-03-31"
    items["A.2"]["title"] = "Begin the work of joint locality groups"
    items["A.2"]["status"] = "in_progress"
    items["A.4"]["rag"] = "red"
    plan["items"] = [one for one in plan["items"] if one["id"] != "A.3"]
    plan["items"].append(
        {"id": "A.5", "kind": "milestone", "title": "Tell everybody", "parent": "A"}
    )
    plan["links"] = plan["links"][:1]
    plan["assignments"][0]["officer"] = "cx"
    return plan


@pytest.fixture
def desk() -> Desk:
    """The council's plan as ``wex``, and the month after as ``wex-2``."""
    found = Desk()
    found.lobby.put(council(as_of="2026-08-31"))
    found.lobby.put(council(**changed()))
    return found


def text_of(client: TestClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.text)


def test_what_changed_is_told_in_words_figures_and_tables(client: TestClient) -> None:
    text = text_of(client, "/plans/wex-2/compare?with=wex")
    assert "What changed since Improvement plan of 31 Aug 2026" in text
    # by hand: A.1 slips 59 days of its own, A.2 15 of them along its link (44 days of room)
    row = text.partition("Forecasts that moved")[2].partition("</table>")[0]
    assert row.index("59 days") < row.index("15 days")
    assert "31 Jan 2027" in row
    assert "31 Mar 2027" in row
    for words in (
        "<b>2</b> slipped", "<b>1</b> newly late", "<b>1</b> added", "<b>1</b> removed",
        "Tell everybody", "Find a partner", "Begin the work of joint locality groups",
        "Chief Executive", "In progress", "rated red", "no longer there",
        "re-profiled, not approved", "Jan 2027", "Slippage by officer",
    ):  # fmt: skip
        assert words in text, words


def test_the_page_and_the_command_say_the_same(client: TestClient) -> None:
    told = client.get("/api/plans/wex-2/compare", params={"with": "wex"})
    if told.status_code == 422:  # the name of that parameter is the interface's own
        told = client.get("/api/plans/wex-2/compare", params={"old": "wex"})
    step = told.json()["steps"][0]
    text = text_of(client, "/plans/wex-2/compare?with=wex")
    for sentence in step["sentences"]:
        first = sentence.partition(" (")[0]
        assert first in text


def test_the_wrong_way_round_is_noticed(client: TestClient) -> None:
    assert "the other way round" in text_of(client, "/plans/wex/compare?with=wex-2")
    assert "the other way round" not in text_of(client, "/plans/wex-2/compare?with=wex")


def test_which_version_is_asked(client: TestClient) -> None:
    page = text_of(client, "/plans/wex-2/compare")
    assert '<option value="wex">' in page
    assert '<option value="wex-2">' not in page


@pytest.mark.parametrize(
    ("query", "status", "told"),
    [
        ("with=wex-2", 422, "compared with itself"),
        ("with=gone", 404, "No plan"),
        ("with=wex&links=all", 422, "links"),
    ],
)
def test_what_cannot_be_compared_is_said_so(
    client: TestClient, query: str, status: int, told: str
) -> None:
    answer = client.get(f"/plans/wex-2/compare?{query}")
    assert (answer.status_code, told in answer.text) == (status, True)


def test_a_circle_is_one_sentence(client: TestClient, desk: Desk) -> None:
    links = [{"from": "A.1", "to": "A.2"}, {"from": "A.2", "to": "A.1"}]
    desk.lobby.put(council(id="circle", links=links, relations=[]))
    browser = ask(desk)
    answer = browser.get("/plans/wex/compare?with=circle")
    assert answer.status_code == 422
    assert "circle" in answer.text


def test_proposed_links_may_be_followed(client: TestClient) -> None:
    assert client.get("/plans/wex-2/compare?with=wex&links=proposed").status_code == 200


def test_an_older_version_is_brought_as_a_file(client: TestClient) -> None:
    older = json.dumps({**COUNCIL, "as_of": "2026-07-31"}).encode()
    answer = client.post("/plans/wex-2/compare", files={"files": ("july.json", older)})
    assert answer.url.query == b"with=wex-3"
    assert "31 Jul 2026" in answer.text
    assert "59 days" in answer.text


def test_a_file_that_cannot_be_read_loses_nothing(client: TestClient) -> None:
    answer = client.post("/plans/wex-2/compare", files={"files": ("x.json", b"{")})
    assert answer.status_code == 422
    assert "x.json" in answer.text
    assert len(client.get("/api/plans").json()["plans"]) == 2


@pytest.mark.parametrize("name", ["compare.xlsx", "compare.docx"])
def test_it_is_had_as_a_file(client: TestClient, name: str) -> None:
    answer = client.get(f"/plans/wex-2/compare/files/{name}?with=wex")
    assert answer.content.startswith(b"PK")
    assert f"wex-2-{name}" in answer.headers["content-disposition"]


def test_no_other_file_is_given(client: TestClient) -> None:
    assert client.get("/plans/wex-2/compare/files/x.exe?with=wex").status_code == 404
    assert client.get("/plans/wex-2/compare/files/compare.xlsx?with=gone").status_code == 404


def test_a_plan_without_change_says_so() -> None:
    desk = Desk()
    desk.lobby.put(council())
    desk.lobby.put(council())
    text = text_of(ask(desk), "/plans/wex-2/compare?with=wex")
    assert "<b>0</b> slipped" in text
    assert "Forecasts that moved" not in text
