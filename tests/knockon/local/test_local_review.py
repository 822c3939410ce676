"""Link review in the browser: the same decisions as on the terminal, and no tab undoes another."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmodel.planfile import dump_plan, parse_plan
from knockon.cli.links.reviewing import Review
from knockon.local.desk import ChangedMeanwhileError, Desk
from knockon.local.pages import review as review_page
from knockon.local.reviews import (
    Chosen,
    NotDecidedError,
    Seen,
    decide,
    decided_of,
    mark_of,
    name_of,
    queue_of,
    take_back,
    undo,
)
from loaders.load import load
from loaders.review.docket import Docket
from loaders.review.proposals import list_open
from tests.knockon.local.asked import ask
from tests.laws import examples
from tests.loaders.small_review import WHEN, make_plan

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from httpx import Response
    from starlette.testclient import TestClient

    from graphmodel.plan import Plan
    from loaders.review.deciding import Verdict

VERDICTS: dict[str, Verdict] = {"a": "accept", "r": "reject", "v": "reverse"}


@pytest.fixture
def desk() -> Desk:
    """A desk with five proposals open as ``p``: event, three links, gate."""
    found = Desk()
    found.lobby.put(make_plan())
    return found


def fields(page: Response) -> dict[str, str]:
    """What the form of the proposal that is shown sends along."""
    found = re.findall(r'name="(name|mark)" value="([^"]*)"', page.text)
    return dict(found)


def press(client: TestClient, act: str, page: Response | None = None, **more: str) -> Response:
    """Press a button of a page, by default of the one that is shown at first."""
    shown = client.get("/plans/p/review?order=plan") if page is None else page
    sent = {**fields(shown), "act": act, **more}
    answer: Response = client.post("/plans/p/review?order=plan", data=sent)
    return answer


def shown_of(page: Response) -> str:
    """Ids of the sides of the proposal that is shown."""
    return " ".join(unescape(one) for one in re.findall(r'<b class="id">(.*?)</b>', page.text))


def alert(page: Response) -> str:
    """The sentence that says what was not done."""
    return unescape("".join(re.findall(r'role="alert"><p>(.*?)</p>', page.text)))


def states(client: TestClient) -> list[str]:
    """The states of all proposals: event, three links, gate."""
    found = client.get("/api/plans/p/proposals?state=all&order=plan").json()["proposals"]
    order = {"items": 0, "links": 1, "gates": 2}
    found.sort(key=lambda one: (order[one["name"].rpartition("-")[0]], one["name"]))
    return [one["state"] for one in found]


def test_a_proposal_is_shown_with_the_words_of_both_sides(client: TestClient) -> None:
    page = client.get("/plans/p/review?order=plan&at=links-0")
    text = unescape(page.text)
    for words in (
        "A1",
        "Choose a partner for the new model",
        "30 Jun 2026",
        "Partner chosen",
        "paper.txt, line 4",
        "A2",
        "then staff",
        "paper.txt, line 5",
        "It says so.",
        "0.80",
        "words",
        "FS: the first",
    ):
        assert words in text, words
    assert "Clash:" not in text
    assert "Clash:" in client.get("/plans/p/review?at=links-1").text


def test_gates_and_events_have_no_other_way_round(client: TestClient) -> None:
    gate = client.get("/plans/p/review?at=gates-0").text
    assert 'value="reverse"' not in gate
    assert "agreed by the board" in gate
    event = client.get("/plans/p/review?order=plan").text
    assert "outside event that others wait for" in event
    assert 'value="reverse"' not in event


def test_each_button_does_what_it_says_and_shows_the_next(client: TestClient) -> None:
    page = client.get("/plans/p/review?order=plan")
    assert "0 of 5 decided" in page.text
    seen = [shown_of(page)]
    for act in ("accept", "reject", "skip", "accept", "reject"):
        page = press(client, act, page)
        seen.append(shown_of(page))
    assert seen[:2] == ["EXT-vote", "A1 A2"]
    assert seen[-1] == ""
    assert "That was the last one. 1 proposal was skipped." in page.text
    assert states(client) == ["accepted", "rejected", "proposed", "accepted", "rejected"]
    assert "4 of 5 decided" in page.text


def test_a_decision_says_who_when_and_why(client: TestClient) -> None:
    client.post("/plans/p/review/who", data={"by": "  Ann  "})
    page = client.get("/plans/p/review?at=links-0")
    press(client, "accept", page, why="Agreed <b>with</b> the owner", kind="SS")
    plan = parse_plan(client.get("/plans/p/review/files/plan.json").text)
    link = plan.links[0]
    assert (link.state, link.type) == ("accepted", "SS")
    assert link.decided is not None
    assert (link.decided.by, link.decided.why) == ("Ann", "Agreed <b>with</b> the owner")
    assert link.decided.at is not None
    text = client.get("/plans/p/review?at=links-0").text
    assert "Agreed &lt;b&gt;with&lt;/b&gt; the owner" in text
    assert "<b>with</b>" not in text


def test_nobody_decides_without_a_name(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise OSError

    monkeypatch.setattr("getpass.getuser", nobody)
    assert review_page.login() == ""
    page = press(client, "accept", why="keep this")
    assert page.status_code == 422
    assert "Say who decides" in alert(page)
    assert "keep this</textarea>" in page.text
    assert states(client) == ["proposed"] * 5


def test_undo_and_take_back_open_it_again(client: TestClient) -> None:
    first = client.get("/plans/p/review?order=plan&at=links-0")
    press(client, "reverse", first)
    turned = client.get("/plans/p/review?at=links-0")
    assert shown_of(turned) == "A2 A1"
    back = press(client, "undo", turned)
    assert "Undone" in back.text
    assert shown_of(back) == "A1 A2"
    assert states(client) == ["proposed"] * 5
    press(client, "reject", back)
    again = press(client, "back", client.get("/plans/p/review?at=links-0"))
    assert "Taken back" in again.text
    assert states(client) == ["proposed"] * 5


def test_an_event_takes_along_what_hangs_on_it(client: TestClient) -> None:
    page = press(client, "reject")
    assert states(client) == ["rejected", "proposed", "proposed", "rejected", "proposed"]
    assert shown_of(page) == "A1 A2"
    press(client, "undo", page)
    assert states(client) == ["proposed"] * 5


def test_nothing_is_undone_where_nothing_was_done(client: TestClient) -> None:
    page = press(client, "undo")
    assert page.status_code == 422
    assert "nothing to undo" in alert(page)


def test_two_tabs_do_not_write_over_each_other(client: TestClient) -> None:
    here = there = client.get("/plans/p/review?order=plan&at=links-0")
    press(client, "accept", here)
    late = press(client, "reject", there, why="mine")
    assert late.status_code == 409
    assert "changed elsewhere" in alert(late)
    assert "by" in late.text
    assert states(client)[1] == "accepted"
    # another proposal is not in the way
    assert press(client, "reject", client.get("/plans/p/review?at=links-1")).status_code == 200


def test_two_browsers_decide_for_themselves(desk: Desk) -> None:
    here, there = ask(desk), ask(desk)
    press(here, "accept")
    assert states(here)[0] == "accepted"
    assert states(there)[0] == "proposed"


@pytest.mark.parametrize(
    ("query", "waits"),
    [
        ("", 5),
        ("?rule=words", 1),
        ("?rule=gate", 1),
        ("?least=0.8", 3),
        ("?theme=A", 2),
        ("?theme=B", 4),
        ("?rule=words&least=0.6&theme=A", 1),
        ("?rule=none", 0),
    ],
)
def test_filters(client: TestClient, query: str, waits: int) -> None:
    page = client.get(f"/plans/p/review{query}")
    assert f"What waits ({waits})" in page.text
    if not waits:
        assert "Nothing waits for a decision." in page.text


@pytest.mark.parametrize("query", ["least=2", "least=x", "order=upside"])
def test_a_filter_that_is_none_is_refused(client: TestClient, query: str) -> None:
    assert client.get(f"/plans/p/review?{query}").status_code == 422


@pytest.mark.parametrize("at", ["links-99", "links--1", "secret-0", "links-x", "<script>"])
def test_a_proposal_that_is_none_is_not_found(client: TestClient, at: str) -> None:
    page = client.get("/plans/p/review", params={"at": at})
    assert page.status_code == 404
    assert "<script>" not in page.text.partition("<body>")[2].partition("<footer")[0]
    sent = {"act": "accept", "name": at, "mark": "m"}
    assert client.post("/plans/p/review", data=sent).status_code == 404


def test_a_button_that_is_none_is_refused(client: TestClient) -> None:
    assert press(client, "explode").status_code == 400
    assert client.post("/plans/gone/review", data={"act": "undo"}).status_code == 404


def test_links_are_looked_for_once_for_each_edition(client: TestClient) -> None:
    found = client.post("/plans/p/review/suggest", data={"edition": "1"})
    assert found.status_code == 200
    assert "The plan was searched" in found.text
    late = client.post("/plans/p/review/suggest", data={"edition": "1"})
    assert late.status_code == 409
    assert "changed elsewhere" in alert(late)
    assert client.post("/plans/gone/review/suggest", data={"edition": "1"}).status_code == 404


@pytest.mark.parametrize("name", ["decisions.csv", "decisions.xlsx"])
def test_decisions_are_taken_back_from_their_register(
    client: TestClient, tmp_path: Path, name: str
) -> None:
    """What is downloaded and loaded with the plan of before gives the same decisions."""
    before = tmp_path / "before.json"
    before.write_text(client.get("/plans/p/review/files/plan.json").text, encoding="utf-8")
    press(client, "accept", client.get("/plans/p/review?at=links-0"))
    press(client, "reject", client.get("/plans/p/review?at=gates-0"))
    register = tmp_path / name
    register.write_bytes(client.get(f"/plans/p/review/files/{name}").content)
    plan = load([before, register]).plan
    assert [one.state for one in plan.links] == ["accepted", "proposed", "proposed"]
    assert plan.gates[0].state == "rejected"


def test_no_other_file_is_given(client: TestClient) -> None:
    assert client.get("/plans/p/review/files/passwd").status_code == 404


@settings(max_examples=examples(25))
@given(st.lists(st.sampled_from("arvstu"), max_size=12))
def test_the_decisions_are_those_of_the_terminal(keys: list[str]) -> None:
    """The same keys, on the terminal and here, leave the same plan to the letter."""
    held = make_plan()
    minutes = (WHEN + timedelta(minutes=number) for number in range(99))
    terminal = Review(Docket(held), list_open(held, order="plan"), "Ann", lambda: next(minutes))
    shelf = Desk().lobby
    shelf.put(held)
    clock = WHEN
    for key in keys:
        current, kind = terminal.current, terminal.kind
        if current is None:
            break
        before = terminal.docket.plan()
        has_changed = terminal.press(key)
        if key in VERDICTS:
            one = getattr(before, current.group)[current.place]
            seen = Seen(name_of(current), mark_of(one))
            if has_changed:
                decide(
                    shelf,
                    "p",
                    seen,
                    VERDICTS[key],
                    by="Ann",
                    kind=kind,
                    clock=_always(clock),
                )
            else:
                with pytest.raises(NotDecidedError):
                    decide(shelf, "p", seen, VERDICTS[key], by="Ann", kind=kind)
            clock += timedelta(minutes=1)
        elif key == "u" and has_changed:
            undo(shelf, "p", "Ann")
    assert _told(shelf.find("p").plan) == _told(terminal.docket.plan())


def _always(when: datetime) -> Callable[[], datetime]:
    return lambda: when


def _told(plan: Plan) -> str:
    """A plan as its file; numbers of decisions, which go on after an undo there, left out."""
    return re.sub(r'"x_number": ?\d+', "", dump_plan(plan))


def test_what_is_not_shown_is_not_decided() -> None:
    shelf = Desk().lobby
    shelf.put(make_plan())
    plan: Plan = shelf.find("p").plan
    first = queue_of(plan, Chosen(order="plan"))[1]
    seen = Seen(name_of(first), mark_of(plan.links[first.place]))
    decide(shelf, "p", seen, "accept", by="Ann")
    with pytest.raises(ChangedMeanwhileError):
        decide(shelf, "p", seen, "reject", by="Ann")
    now = shelf.find("p").plan
    assert decided_of(now, Chosen()) == [first]
    seen = Seen(seen.name, mark_of(now.links[first.place]))
    with pytest.raises(NotDecidedError, match="decided already"):
        decide(shelf, "p", seen, "reject", by="Ann")
    take_back(shelf, "p", seen)
    with pytest.raises(ChangedMeanwhileError):
        undo(shelf, "p", "Ann")
    open_ = shelf.find("p").plan.links[first.place]
    with pytest.raises(NotDecidedError, match="nothing to take back"):
        take_back(shelf, "p", Seen(seen.name, mark_of(open_)))


def test_a_decision_of_an_earlier_day_is_undone_by_who_made_it() -> None:
    shelf = Desk().lobby
    shelf.put(make_plan())
    plan = shelf.find("p").plan
    decide(shelf, "p", Seen("links-0", mark_of(plan.links[0])), "accept", by="Ann")
    again = Desk().lobby
    again.put(shelf.find("p").plan)
    with pytest.raises(NotDecidedError, match="Bob has decided nothing"):
        undo(again, "p", "Bob")
    assert name_of(undo(again, "p", "Ann")) == "links-0"
    assert again.find("p").plan.links[0].state == "proposed"


def test_a_program_lists_and_decides(client: TestClient) -> None:
    found = client.get("/api/plans/p/proposals?order=best").json()
    assert (found["waiting"], found["decided"], len(found["proposals"])) == (5, 0, 5)
    one = next(row for row in found["proposals"] if row["name"] == "links-0")
    assert one["sides"][0]["quotes"] == [{"words": "Partner chosen", "place": "paper.txt, line 4"}]
    asked = {
        "name": one["name"],
        "mark": one["mark"],
        "verdict": "accept",
        "by": "Ann",
        "type": "FF",
    }
    made = client.post("/api/plans/p/decisions", json=asked)
    assert (made.status_code, made.json()["state"], made.json()["type"]) == (200, "accepted", "FF")
    assert client.post("/api/plans/p/decisions", json=asked).status_code == 409
    back = {**asked, "mark": made.json()["mark"], "verdict": "take_back"}
    assert client.post("/api/plans/p/decisions", json=back).json()["type"] == "FS"
    assert len(client.get("/api/plans/p/proposals?limit=2").json()["proposals"]) == 2
    for wrong in ({}, {**asked, "verdict": "maybe"}, {**asked, "type": "XX"}):
        assert client.post("/api/plans/p/decisions", json=wrong).status_code == 422
    assert client.post("/api/plans/p/decisions/undo", json={"by": "Bob"}).status_code == 409
    assert client.post("/api/plans/p/suggestions", json={"edition": 99}).status_code == 409
    assert client.post("/api/plans/p/suggestions", json={}).json()["plan"] == "p"
