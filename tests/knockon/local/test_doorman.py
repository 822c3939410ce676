"""Who is let in to the local page, and what every answer carries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from knockon.local.doorman import MOST_BYTES
from tests.knockon.council import council
from tests.knockon.local.asked import ORIGIN, PORT, ask

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.testclient import TestClient

    from knockon.local.desk import Desk

COOKIE = f"knockon-{PORT}"


@pytest.mark.parametrize(
    "host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:1", "[::1]:8765", ""]
)
def test_another_host_is_refused(client: TestClient, host: str) -> None:
    answer = client.get("/plans/wex", headers={"host": host})
    assert answer.status_code == 421
    assert "Improvement plan" not in answer.text
    assert COOKIE not in client.cookies


def test_localhost_is_ours_too(client: TestClient) -> None:
    assert client.get("/", headers={"host": f"LOCALHOST:{PORT}"}).status_code == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", f"https://127.0.0.1:{PORT}"])
def test_what_other_pages_send_is_refused(client: TestClient, origin: str) -> None:
    assert client.get("/plans/wex").status_code == 200
    answer = client.post("/plans/wex/close", headers={"origin": origin})
    assert answer.status_code == 403
    assert client.get("/plans/wex").status_code == 200


def test_what_our_pages_send_is_taken(client: TestClient) -> None:
    client.get("/")
    sent = client.post(
        "/plans/wex/close", headers={"origin": ORIGIN, "sec-fetch-site": "same-origin"}
    )
    assert sent.status_code == 200
    assert client.get("/plans/wex").status_code == 404


@pytest.mark.parametrize(
    ("site", "mode", "status"),
    [
        ("cross-site", "no-cors", 403),
        ("same-site", "cors", 403),
        ("cross-site", "navigate", 200),
        ("same-origin", "cors", 200),
        ("none", "navigate", 200),
    ],
)
def test_other_pages_may_link_here_and_no_more(
    client: TestClient, site: str, mode: str, status: int
) -> None:
    head = {"sec-fetch-site": site, "sec-fetch-mode": mode}
    assert client.get("/plans/wex", headers=head).status_code == status


def test_two_browsers_do_not_mix(desk: Desk) -> None:
    here, there = ask(desk), ask(desk)
    assert here.get("/plans/wex").status_code == there.get("/plans/wex").status_code == 200
    here.post("/plans/wex/close")
    assert here.get("/plans/wex").status_code == 404
    assert there.get("/plans/wex").status_code == 200
    assert here.cookies[COOKIE] != there.cookies[COOKIE]


def test_a_program_without_cookie_sees_what_the_server_began_with(desk: Desk) -> None:
    browser, program = ask(desk), ask(desk)
    browser.get("/")
    mine = desk.find(browser.cookies[COOKIE])
    assert mine is not None
    mine.put(council(id="secret", relations=[]))
    assert [one["key"] for one in browser.get("/api/plans").json()["plans"]] == ["secret", "wex"]
    assert [one["key"] for one in program.get("/api/plans").json()["plans"]] == ["wex"]
    assert COOKIE not in program.cookies


def test_without_the_token_nobody_is_let_in(desk: Desk) -> None:
    browser = ask(desk, token="sesame")
    for path in ("/", "/plans/wex", "/api/plans", "/openapi.json", "/?token=", "/?token=wrong"):
        answer = browser.get(path)
        assert answer.status_code == 403, path
        assert "token" in answer.text
        assert "Improvement plan" not in answer.text
    assert browser.post("/plans/wex/close").status_code == 403
    assert COOKIE not in browser.cookies


def test_the_token_is_shown_once(desk: Desk) -> None:
    browser = ask(desk, token="sesame")
    came = browser.get("/plans/wex?token=sesame&a=1", follow_redirects=False)
    assert came.status_code == 303
    assert came.headers["location"] == "/plans/wex?a=1"
    cookie = came.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert browser.get("/plans/wex").status_code == 200
    again = browser.get("/?token=sesame", follow_redirects=False)
    assert "set-cookie" not in again.headers


def test_the_token_leads_to_no_other_host(desk: Desk) -> None:
    browser = ask(desk, token="sesame")
    came = browser.get("http://127.0.0.1:8765//evil.example/?token=sesame", follow_redirects=False)
    assert came.headers["location"] == "/evil.example/"


def test_a_program_sends_the_token_as_a_bearer(desk: Desk) -> None:
    program = ask(desk, token="sesame")
    right, wrong = {"authorization": "Bearer sesame"}, {"authorization": "Bearer sesam"}
    assert program.get("/api/plans", headers=right).status_code == 200
    assert program.get("/api/plans", headers=wrong).status_code == 403


@pytest.mark.parametrize("cookie", ["knockon-8765=forged", "a=b; ;;=", "knockon-8765", "\x7f=1"])
def test_a_forged_cookie_opens_nothing(desk: Desk, cookie: str) -> None:
    answer = ask(desk, token="sesame").get("/", headers={"cookie": cookie})
    assert answer.status_code == 403


def test_a_body_that_says_it_is_too_large_is_refused(client: TestClient) -> None:
    sent = client.post("/plans/wex/close", content=b"x" * (MOST_BYTES + 1))
    assert sent.status_code == 413
    assert "2 MB" in sent.text


@pytest.mark.parametrize("length", ["-1", "1e9", "many"])
def test_a_length_that_is_none_is_refused(client: TestClient, length: str) -> None:
    sent = client.post("/plans/wex/close", headers={"content-length": length})
    assert sent.status_code == 400


def test_every_answer_forbids_what_no_page_needs(client: TestClient) -> None:
    for path, status in (("/", 200), ("/nowhere", 404), ("/api/plans", 200)):
        answer = client.get(path)
        assert answer.status_code == status
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert "server" not in answer.headers
        assert "access-control-allow-origin" not in answer.headers


def test_a_nonce_is_used_once(client: TestClient) -> None:
    nonces = set()
    for _ in range(3):
        answer = client.get("/")
        allowed = re.findall(r"'nonce-([^']+)'", answer.headers["content-security-policy"])
        used = re.findall(r'nonce="([^"]+)"', answer.text)
        assert set(used) == set(allowed)
        nonces |= set(used)
    assert len(nonces) == 3


def test_styles_may_be_kept_and_nothing_else_is_given(client: TestClient) -> None:
    assert "immutable" in client.get("/static/page.css").headers["cache-control"]
    for name in ("..%2fpage.py", "../page.py", "vendor/SHA256SUMS", "%2e%2e/%2e%2e/pyproject.toml"):
        assert client.get(f"/static/{name}").status_code == 404


def test_a_body_without_a_length_is_counted(client: TestClient) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(5):
            yield b"x" * (MOST_BYTES // 4)

    sent = client.post("/api/plans/wex/what-if", content=endless())
    assert sent.status_code == 413
    assert sent.json() == {"error": "This is too large: 2 MB can be sent at once."}
