"""Files that come in through the page: read, refused with one sentence, never a path."""

from __future__ import annotations

import io
import json
import re
import tempfile
import zipfile
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmodel.problems import Place, Problem
from knockon.local import doorman
from knockon.local.desk import Desk
from knockon.local.intake import MOST_FILES, clean_name
from knockon.local.readings import ask_reading, noting_reading
from tests.knockon.council import COUNCIL, council
from tests.knockon.local.asked import ask
from tests.laws import examples

if TYPE_CHECKING:
    from httpx import Response
    from starlette.testclient import TestClient

    from knockon.local.desk import Shelf

PLAN = json.dumps(COUNCIL).encode()
LINKS = b"From,To,Type,Lag\r\nA.3,A.1,FS,10d\r\nA.9,A.1,FS,\r\n"


def bomb() -> bytes:
    """A workbook of a few kilobytes that unpacks to 300 MB."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(300):
                part.write(b" " * 1_000_000)
    return stream.getvalue()


def send(
    client: TestClient, *files: tuple[str, bytes], path: str = "/open", **fields: str
) -> Response:
    parts = [("files", file) for file in files]
    answer: Response = client.post(path, files=parts, data=fields, follow_redirects=False)
    return answer


def faults(text: str) -> list[str]:
    """The sentences that an answer shows as faults."""
    found = re.findall(r'role="alert"[^>]*>(?:<h2[^>]*>[^<]*</h2>)?<p>(.*?)</p>', text)
    return [unescape(one) for one in found if one]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files go."""
    kept = tmp_path / "temporary"
    kept.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(kept))
    return kept


def test_without_a_plan_the_first_page_takes_files() -> None:
    page = ask(Desk()).get("/")
    assert 'type="file"' in page.text
    assert 'enctype="multipart/form-data"' in page.text
    assert "Close" not in page.text


def test_a_plan_file_is_opened(client: TestClient, folder: Path) -> None:
    answer = send(client, ("plan.json", PLAN))
    assert answer.status_code == 303
    assert answer.headers["location"] == "/plans/wex-2"
    assert "Improvement plan" in client.get("/plans/wex-2").text
    assert list(folder.iterdir()) == []


def test_registers_go_with_the_plan_and_their_faults_are_listed(client: TestClient) -> None:
    answer = send(client, ("links.csv", LINKS), ("plan.json", PLAN))
    assert answer.headers["location"] == "/plans/wex-2/problems"
    links = client.get("/api/plans/wex-2/links").json()["links"]
    assert ("A.3", "A.1", "10d") in {(one["from"], one["to"], one.get("lag")) for one in links}
    page = unescape(client.get("/plans/wex-2/problems").text)
    assert "A.9" in page
    assert "links.csv, line 3" in page
    assert "Put it right in the file" in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"bad", "odd", "aside"}),
        ("?severity=error", {"bad"}),
        ("?code=c2", {"odd"}),
        ("?words=ASIDE", {"aside"}),
        ("?severity=error&code=c2", set()),
        ("?words=sheet.csv", {"odd"}),
    ],
)
def test_problems_are_filtered(
    client: TestClient, shelf: Shelf, query: str, shown: set[str]
) -> None:
    problems = [
        Problem("c3", "info", "This is an aside", ("A",)),
        Problem("c2", "warning", "This is odd", (), Place("sheet.csv", line=3)),
        Problem("c1", "error", "This is bad", (), Place("p.pdf", line=4, page=2)),
    ]
    key = shelf.put(council(), problems=problems).key
    page = client.get(f"/plans/{key}/problems{query}").text
    table = page.partition("<tbody>")[2].partition("</tbody>")[0]
    assert set(re.findall(r"This is (?:an )?(\w+)", table)) == shown
    assert ("None of the problems is of this kind" in page) == (not shown)
    if query == "":
        assert table.index("bad") < table.index("odd") < table.index("aside")


def test_problems_are_had_as_a_table(client: TestClient, shelf: Shelf) -> None:
    key = shelf.put(council(), problems=[Problem("c1", "error", "=1+1 is bad")]).key
    table = client.get(f"/plans/{key}/problems/problems.csv")
    assert "is bad" in table.text
    assert table.headers["content-disposition"].startswith("attachment")
    book = client.get(f"/plans/{key}/problems/problems.xlsx")
    assert book.content.startswith(b"PK")
    assert client.get(f"/plans/{key}/problems/problems.exe").status_code == 404


def test_a_plan_without_problems_says_so(client: TestClient) -> None:
    assert "No problems were found" in client.get("/plans/wex/problems").text


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t\n", "empty"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "picture.png"),
        ("torn.xlsx", b"PK\x03\x04torn", "not a readable workbook"),
        ("torn.docx", b"PK\x03\x04torn", "torn.docx"),
        ("torn.pdf", b"%PDF-1.7 torn", "torn.pdf"),
        ("other.json", b'{"a": 1}', "no plan file"),
        ("deep.json", b"[" * 100_000, "deep.json"),
        ("plan.json", PLAN.replace(b'"kind": "theme"', b'"kind": "thing"'), 'field "kind"'),
        ("links.csv", LINKS, "registers only"),
        ("schedule.xer", b"ERMHDR\tgarbage", "schedule.xer"),
        (
            "entities.xml",
            b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
            "xml",
        ),
    ],
)
def test_what_cannot_be_read_is_one_sentence_and_nothing_is_lost(
    client: TestClient, folder: Path, name: str, content: bytes, told: str
) -> None:
    client.get("/")
    answer = send(client, (name, content))
    (sentence,) = faults(answer.text)
    assert answer.status_code in {422, 501}
    assert told in sentence
    assert "root:" not in answer.text
    assert "Traceback" not in answer.text
    assert str(folder) not in answer.text
    assert [one["key"] for one in client.get("/api/plans").json()["plans"]] == ["wex"]
    assert list(folder.iterdir()) == []
    program = send(client, (name, content), path="/api/plans")
    assert program.json() == {"error": sentence}


def test_a_bomb_is_not_unpacked(client: TestClient) -> None:
    answer = send(client, ("bomb.xlsx", bomb()))
    (sentence,) = faults(answer.text)
    assert "bomb.xlsx" in sentence


def test_no_file_is_said_so(client: TestClient) -> None:
    answer = client.post("/open", data={"onto": ""})
    assert faults(answer.text) == [
        "No file was chosen: choose a paper, a spreadsheet, a schedule or a plan."
    ]


def test_too_many_files_are_refused(client: TestClient) -> None:
    answer = send(client, *[(f"{n}.txt", b"x") for n in range(MOST_FILES + 1)])
    assert f"no more than {MOST_FILES}" in faults(answer.text)[0]


def test_too_much_is_refused(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doorman, "MOST_UPLOADED", 1_000_000)
    for path in ("/open", "/api/plans"):
        answer = send(client, ("plan.txt", b"x" * 1_000_001), path=path)
        assert answer.status_code == 413
        assert "1 MB can be sent at once" in answer.text


@pytest.mark.parametrize(
    "name",
    [
        "../../../../etc/cron.d/evil.json",
        "..\\..\\windows\\evil.json",
        "/etc/evil.json",
        "C:\\evil.json",
        "....//evil.json",
        "evil\x00.json",
        "<img src=x onerror=alert(1)>.json",
    ],
)
def test_a_name_is_never_a_path(
    client: TestClient, folder: Path, tmp_path: Path, name: str
) -> None:
    before = set(tmp_path.rglob("*"))
    answer = send(client, (name, PLAN), path="/api/plans")
    assert answer.status_code == 201
    assert set(tmp_path.rglob("*")) == before
    page = client.get("/").text
    assert "<img" not in page
    assert not Path("/etc/evil.json").exists()


@settings(max_examples=examples(60))
@given(st.text(max_size=300))
def test_a_clean_name_is_one_harmless_part_of_a_path(name: str) -> None:
    clean = clean_name(name)
    assert 0 < len(clean) <= 110
    assert not re.search(r'[/\\:*?"<>|\x00-\x1f]', clean)
    assert clean.strip(". ") == clean
    assert Path(clean).name == clean
    assert clean_name(clean) == clean


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("Plan (v2), final.docx", "Plan (v2), final.docx"),
        ("a/b\\c.txt", "c.txt"),
        ("NUL.txt", "file_NUL.txt"),
        ("com1", "file_com1"),
        ("..", "file"),
        (None, "file"),
        ("Überblick.pdf", "Überblick.pdf"),
        ("x" * 300 + ".xlsx", "x" * 95 + ".xlsx"),
    ],
)
def test_names_keep_what_people_know_them_by(name: str | None, clean: str) -> None:
    assert clean_name(name) == clean


def test_files_are_added_to_an_open_plan(client: TestClient) -> None:
    answer = send(client, ("links.csv", LINKS), onto="wex:1")
    assert answer.headers["location"] == "/plans/wex/problems"
    (plan,) = client.get("/api/plans").json()["plans"]
    assert (plan["key"], plan["links"]) == ("wex", 4)
    # a corrected file takes the place of what was wrong with the first
    send(
        client,
        ("links.csv", LINKS.replace(b"A.9", b"A.2").replace(b"A.1,FS,\r", b"A.4,FS,\r")),
        onto="wex:2",
    )
    assert "A.9" not in client.get("/plans/wex/problems").text


def test_a_plan_that_another_tab_has_changed_is_not_written_over(client: TestClient) -> None:
    send(client, ("links.csv", LINKS), onto="wex:1")
    late = send(client, ("links.csv", LINKS), onto="wex:1")
    assert late.status_code == 409
    assert "changed elsewhere" in faults(late.text)[0]
    assert send(client, ("a.csv", LINKS), onto="wex:1", path="/api/plans").status_code == 409


@pytest.mark.parametrize("onto", ["gone:1", "wex", "wex:x", ":", "wex:"])
def test_files_are_added_to_no_plan_that_is_not_open(client: TestClient, onto: str) -> None:
    assert send(client, ("links.csv", LINKS), onto=onto).status_code == 404


def test_another_plan_is_not_put_into_an_open_one(client: TestClient) -> None:
    items = [{"id": "Z", "kind": "action", "title": "Something else altogether"}]
    other = json.dumps({"schema": "knockon/plan@1", "id": "other", "items": items}).encode()
    answer = send(client, ("other.json", other), onto="wex:1")
    assert answer.status_code == 422
    assert "another plan" in faults(answer.text)[0]
    assert client.get("/api/plans/wex").json()["plan"] == "wex"


def test_two_browsers_see_their_own_files_only(desk: Desk) -> None:
    here, there = ask(desk), ask(desk)
    here.get("/"), there.get("/")
    send(here, ("mine.json", PLAN))
    assert len(here.get("/api/plans").json()["plans"]) == 2
    assert len(there.get("/api/plans").json()["plans"]) == 1


def test_a_program_opens_and_closes_a_plan(client: TestClient) -> None:
    made = send(client, ("plan.json", PLAN), ("l.csv", LINKS), path="/api/plans")
    assert made.status_code == 201
    told = made.json()
    assert (told["key"], told["id"], told["items"], told["links"]) == ("wex-2", "wex", 6, 4)
    assert told["problems"] > 0
    assert told["address"] == "/plans/wex-2/problems"
    assert client.delete("/api/plans/wex-2").status_code == 204
    assert client.delete("/api/plans/wex-2").status_code == 404


def test_only_so_many_plans_are_open(client: TestClient) -> None:
    codes = [send(client, ("plan.json", PLAN)).status_code for _ in range(20)]
    assert codes == [303] * 19 + [409]


def test_how_far_a_reading_is_can_be_asked(client: TestClient, shelf: Shelf) -> None:
    assert client.get("/open/progress?ticket=t").json() is None
    with noting_reading(shelf, "t") as note:
        note(3, 10)
        assert client.get("/open/progress?ticket=t").json() == {"done": 3, "steps": 10}
    assert ask_reading(shelf, "t") is None
    with noting_reading(shelf, "") as note:
        note(1, 2)
        assert ask_reading(shelf, "") is None


def test_a_closed_plan_takes_what_was_kept_of_it_along(client: TestClient) -> None:
    client.post("/plans/wex/scenarios", data={"name": "Old"})
    client.delete("/api/plans/wex")
    send(client, ("plan.json", PLAN))
    assert client.get("/api/plans/wex/scenarios").json()["scenarios"] == []
