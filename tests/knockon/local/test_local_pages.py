"""The pages of a plan: what each says, and what it says where there is nothing to say."""

from __future__ import annotations

import csv
import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

from graphmodel.planfile import parse_plan, parse_scenario
from knockon.local.files import FILES
from tests.knockon.council import council
from tests.knockon.local.asked import ask
from tests.viz.hostile import build_hostile_plan

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from knockon.local.desk import Desk, Shelf

ONE = ("/item?id=A.1", "/officer?id=dasc", "/board?id=ib")
PAGES = ("", "/map", "/what-if", "/items", *ONE, "/owners", "/boards", "/risk", "/check",
         "/files")  # fmt: skip
EMPTY = '{"schema": "knockon/plan@1", "id": "none", "items": [], "links": []}'
CIRCLE = """{"schema": "knockon/plan@1", "id": "round", "items": [
  {"id": "a", "kind": "milestone", "title": "a", "planned": {"finish": "2026-05-31"}},
  {"id": "b", "kind": "milestone", "title": "b", "planned": {"finish": "2026-06-30"}}],
  "links": [{"from": "a", "to": "b"}, {"from": "b", "to": "a"}]}"""


def words(text: str) -> str:
    """Return what a page says, without its marks."""
    bare = re.sub(r"<(script|style)\b.*?</\1>", " ", text, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", bare)).split())


@pytest.mark.parametrize("page", PAGES)
def test_every_page_has_a_name_and_its_place_in_the_bar(client: TestClient, page: str) -> None:
    answer = client.get(f"/plans/wex{page}")
    assert answer.status_code == 200
    assert re.search(r"<title>[^<]*Improvement plan</title>", answer.text)
    assert answer.text.count("<h1") == 1
    assert answer.text.count('aria-current="page"') == (0 if page in ONE else 1)


def test_the_first_page_lists_what_is_open(client: TestClient) -> None:
    said = words(client.get("/").text)
    assert "Improvement plan Wexcombe; 6 items, 3 links. From paper.txt." in said


def test_with_nothing_open_the_first_page_asks_for_one(client: TestClient) -> None:
    assert "Choose the files of a plan" in client.post("/plans/wex/close").text


def test_the_overview_says_when_the_plan_ends_and_what_is_late(client: TestClient) -> None:
    said = words(client.get("/plans/wex").text)
    assert "It ends on 30 Apr 2027; nothing is forecast after its due date." in said
    assert "T Adult Social Care" in said


def test_an_item_tells_its_links_with_their_evidence(client: TestClient) -> None:
    said = words(client.get("/plans/wex/item?id=A.2").text)
    assert "A.1 Consult staff" in said
    assert "Must finish first, then 45 days" in said
    assert "The outcome takes weeks" in said
    assert "Planned 30 Apr 2027" in said


def test_names_of_officers_and_boards_lead_to_their_pages(client: TestClient) -> None:
    for page, address in (
        ("/owners", "/officer?id=dasc"),
        ("/items", "/officer?id=dasc"),
        ("/boards", "/board?id=ib"),
    ):
        assert f'href="/plans/wex{address}"' in client.get(f"/plans/wex{page}").text
    said = client.get("/plans/wex/officer?id=dasc").text
    assert "Director of Adult Social Care" in words(said)
    assert "what=dasc&amp;by=1m" in said
    nothing = client.get("/plans/wex/officer?id=cx").text
    assert "Holds nothing open" in words(nothing)
    assert "by=1m" not in nothing  # there is nothing that could slip
    assert "It reports to Cabinet." in words(client.get("/plans/wex/board?id=ib").text)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("q=integrated", {"A.2"}),
        ("q=a.2", {"A.2"}),
        ("q=Director", {"A", "A.1", "A.2", "A.3", "A.4"}),
        ("state=done", {"A.3"}),
        ("owner=Director+of+Adult+Social+Care&q=new+model", {"A"}),
        ("q=nothing+like+it", set()),
        ("q=%28%5B%2A", set()),
        ("page=99999", {"T", "A", "A.1", "A.2", "A.3", "A.4"}),
    ],
)
def test_the_list_shows_what_is_asked_for(client: TestClient, query: str, shown: set[str]) -> None:
    text = client.get(f"/plans/wex/items?{query}").text
    assert set(re.findall(r'<th scope="row"><a [^>]*>([^<]+)</a>', text)) == shown


def test_a_long_list_has_pages(shelf: Shelf, client: TestClient) -> None:
    items = ",".join(f'{{"id": "m{n}", "kind": "milestone", "title": "M"}}' for n in range(230))
    shelf.put(parse_plan(EMPTY.replace('"items": []', f'"items": [{items}]')))
    text = client.get("/plans/none/items?page=3").text
    assert re.findall(r'<th scope="row"><a [^>]*>([^<]+)</a>', text) == [
        f"m{n}" for n in range(200, 230)
    ]
    assert "Rows 201 to 230 of 230" in words(text)
    assert "page=2" in text
    assert "page=4" not in text


def test_what_if_says_both_ends(client: TestClient) -> None:
    # By hand, at the head of tests/knockon/council.py: A.2 is 15 days late, or 59 if gaps are work.
    said = words(client.get("/plans/wex/what-if?what=A.1&by=2m&what=&by=").text)
    assert "What if A.1 “Consult staff “properly”” slips 2 months?" in said
    assert "15 to 59 days" in said
    assert "becomes late by 15 to 59 days" in said


def test_what_if_takes_officers_boards_and_what_the_form_offers(client: TestClient) -> None:
    for what in ("dasc", "Director of Adult Social Care", "dasc | Director (officer)"):
        said = words(client.get("/plans/wex/what-if", params={"what": what, "by": "3w"}).text)
        assert "slips 3 weeks?" in said
    assert "<h1" in client.get("/plans/wex/what-if?what=Improvement+Board&by=3w").text


def test_what_if_says_what_would_stop_it(client: TestClient) -> None:
    said = words(client.get("/plans/wex/what-if?what=A.1&by=2m&cures=true").text)
    assert "What would stop it" in said


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("what=nowhere&by=2m", 'The plan has no item, officer or board "nowhere".'),
        ("what=A.1&by=often", "often"),
        ("what=A.1&by=", 'Say by how much "A.1" slips, such as 2 months or 3 weeks.'),
        ("what=&by=2m", "Say what slips by 2m: an item, an officer or a board."),
        ("what=A.3&by=2m", "A.3"),
    ],
)
def test_what_cannot_be_asked_is_told_above_the_form(
    client: TestClient, query: str, sentence: str
) -> None:
    answer = client.get(f"/plans/wex/what-if?{query}")
    assert answer.status_code == 422
    assert sentence in words(answer.text)
    assert "Traceback" not in answer.text


def test_an_answer_can_be_taken_along(client: TestClient) -> None:
    at, query = "/plans/wex/files", "what=A.1&by=2m"
    scenario = parse_scenario(client.get(f"{at}/scenario.json?{query}").text)
    assert [(one.op, str(one.by)) for one in scenario.changes] == [("slip", "2m")]  # type: ignore[union-attr]
    assert client.get(f"{at}/what-if.json?{query}").json()["summary"]["newly_late"] == 1
    assert "http-equiv" in client.get(f"{at}/what-if.html?{query}").text


@pytest.mark.parametrize("page", ["", "/map", "/what-if", "/items", "/owners", "/boards", "/check",
                                  "/risk", "/files"])  # fmt: skip
def test_a_plan_with_nothing_in_it_is_told_of_in_words(
    shelf: Shelf, client: TestClient, page: str
) -> None:
    shelf.put(parse_plan(EMPTY))
    answer = client.get(f"/plans/none{page}")
    assert answer.status_code == 200
    assert "None" not in words(answer.text)


@pytest.mark.parametrize(
    ("page", "status"),
    [("", 200), ("/map", 422), ("/items", 422), ("/owners", 422), ("/check", 200)],
)
def test_a_circle_is_one_sentence(shelf: Shelf, client: TestClient, page: str, status: int) -> None:
    shelf.put(parse_plan(CIRCLE))
    answer = client.get(f"/plans/round{page}")
    assert answer.status_code == status
    assert "circle" in words(answer.text)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/plans/none", 404),
        ("/plans/none/map", 404),
        ("/plans/..%2f..%2fetc%2fpasswd", 404),
        ("/plans/wex/item?id=nowhere", 404),
        ("/plans/wex/item", 404),
        ("/plans/wex/officer?id=nowhere", 404),
        ("/plans/wex/board", 404),
        ("/plans/wex/files/passwd", 404),
        ("/plans/wex/files/..%2f..%2fpyproject.toml", 404),
        ("/plans/wex/risk/none", 404),
        ("/plans/wex/items?page=0", 422),
        ("/plans/wex/items?page=x", 422),
        ("/plans/wex/close", 405),
        ("/docs", 404),
        ("/redoc", 404),
    ],
)
def test_faults_are_pages_with_a_sentence(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert '<p class="note">' in answer.text
    assert "Traceback" not in answer.text
    assert "/tmp" not in answer.text


def test_a_surprise_is_told_without_a_traceback(
    client: TestClient,
    shelf: Shelf,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(shelf.find("wex"), "once", None)
    answer = client.get("/plans/wex/owners")
    assert answer.status_code == 500
    assert "please report it" in answer.text
    assert "NoneType" not in answer.text
    assert "/plans/wex/owners failed" in caplog.text


def test_every_kind_of_file_comes_as_one(client: TestClient) -> None:
    begins = {".xlsx": b"PK", ".docx": b"PK", ".html": b"<!doctype", ".json": b"{"}
    begins |= {".ics": b"BEGIN", ".csv": b"\xef\xbb\xbf", ".xml": b"<", ".graphml": b"<"}
    asked = [name for name in FILES if name.startswith(("plan.", "owners.", "meet", "find", "map"))]
    for name in (*asked, "report.html", "boards.csv", "check.csv", "items.json", "boards.json"):
        answer = client.get(f"/plans/wex/files/{name}")
        assert answer.status_code == 200, name
        assert answer.headers["content-disposition"] == f'attachment; filename="wex-{name}"'
        assert "sandbox" in answer.headers["content-security-policy"]
        assert answer.content.startswith(begins[name[name.index(".") :]]), name


def test_the_plan_file_is_the_plan(client: TestClient) -> None:
    assert parse_plan(client.get("/plans/wex/files/plan.json").text) == council()


def test_a_table_has_plain_dates_and_no_formulas(shelf: Shelf, client: TestClient) -> None:
    items = (
        '[{"id": "m", "kind": "milestone", "title": "=1+1", "planned": {"finish": "2026-05-31"}}]'
    )
    shelf.put(parse_plan(EMPTY.replace('"items": []', f'"items": {items}')))
    text = client.get("/plans/none/files/items.csv").content.decode("utf-8-sig")
    head, row = csv.reader(text.splitlines())
    assert head[:3] == ["Id", "Item", "Kind"]
    assert row[head.index("Finish")] == "2026-05-31"
    assert row[1] == "'=1+1"


def test_hostile_text_is_inert_everywhere(desk: Desk) -> None:
    plan = build_hostile_plan()
    desk.lobby.put(plan, files=[plan.title or ""])
    client = ask(desk)
    for page in ("/", *(f"/plans/hostile{one}" for one in PAGES if one not in ONE)):
        text = client.get(page).text
        assert "<script>window" not in text, page
        assert not re.search(r"<(img|iframe|svg)[^>]+on\w+=", text), page
    for item in plan.items:
        answer = client.get("/plans/hostile/item", params={"id": item.id})
        assert answer.status_code == 200
        assert "<script>window" not in answer.text
    for text in ("<script>x</script>", "\x00", "'\"><b>", "%00", "\u202e"):
        for path in ("/plans/hostile/items", "/plans/hostile/what-if", "/plans/hostile/item"):
            query = {"q": text, "what": text, "by": text, "id": text, "owner": text}
            answer = client.get(path, params=query)
            assert answer.status_code in {200, 404, 422}
            assert "<script>x" not in answer.text
