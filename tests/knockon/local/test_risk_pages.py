"""A risk analysis on the local page: begun, watched, cancelled, told."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest

from graphmodel.errors import PlanError
from knockon.local import riskruns
from knockon.local.riskruns import RiskRun, RiskWish, find_run, start_run
from knockon.payloads import pack_risk
from queries.odds import ask_odds
from tests.knockon.council import council

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.testclient import TestClient

    from knockon.local.desk import Shelf

ASKED = {"iterations": "300", "seed": "7", "target": ""}


def begin(client: TestClient, **fields: str) -> str:
    sent = client.post("/plans/wex/risk", data=ASKED | fields, follow_redirects=False)
    assert sent.status_code == 303
    return str(sent.headers["location"])


def finish(shelf: Shelf, address: str) -> RiskRun:
    run = find_run(shelf, "wex", address.rpartition("/")[2])
    assert run.wait(400)
    return run


class Held:
    """Iterations that wait, so that a run stands still in the middle."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.go = threading.Event()
        self.reached = threading.Event()
        monkeypatch.setattr(riskruns, "_STRETCH", 100)  # sixteen iterations at a time
        note = RiskRun._note

        def wait(run: RiskRun, done: int, steps: int) -> None:
            note(run, done, steps)
            self.reached.set()
            assert self.go.wait(400)

        monkeypatch.setattr(RiskRun, "_note", wait)


def test_the_answer_is_that_of_the_command(client: TestClient, shelf: Shelf) -> None:
    # However the iterations are cut, the same seed gives the same numbers (DESIGN 5.6).
    address = begin(client)
    finish(shelf, address)
    odds = ask_odds(council(), iterations=300, seed=7)
    assert client.get(f"{address}/risk.json").json() == pack_risk(odds.result, odds.reference)
    page = client.get(address)
    assert page.status_code == 200
    assert "How likely are the dates?" in page.text
    for name, begins in (("risk.xlsx", b"PK"), ("risk.csv", b"\xef\xbb"), ("risk.html", b"<!doc")):
        assert client.get(f"{address}/{name}").content.startswith(begins)
    assert client.get(f"{address}/risk.exe").status_code == 404
    assert f"{address}" in client.get("/plans/wex/risk").text


def test_of_one_target(client: TestClient, shelf: Shelf) -> None:
    run = finish(shelf, begin(client, target="A.2"))
    assert run.odds is not None
    assert [one.id for one in run.odds.result.targets] == ["A.2"]


def test_progress_is_real_and_cancelling_stops_it(
    client: TestClient, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(monkeypatch)
    address = begin(client)
    assert held.reached.wait(400)
    told = client.get(f"{address}/progress").json()
    assert told["state"] == "running"
    assert 0 < told["done"] < 300
    page = client.get(address).text
    assert f'value="{told["done"]}"' in page
    assert "<noscript><p><a href=" in page  # without scripts somebody looks again
    assert client.get(f"{address}/risk.json").status_code == 404

    run = find_run(shelf, "wex", told["run"])
    run.stop()
    assert run.state == "stopped"
    held.go.set()
    assert run.wait(400)
    assert run.odds is None
    cancelled = client.post(f"{address}/cancel")
    assert cancelled.status_code == 200
    assert "This was cancelled" in cancelled.text
    assert "cancelled" in client.get("/plans/wex/risk").text


def test_another_browser_does_not_find_it(client: TestClient, shelf: Shelf) -> None:
    address = begin(client)
    finish(shelf, address)
    client.cookies.clear()
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("iterations", "0", "Ask for 1 to 100,000 iterations, not 0."),
        ("iterations", "1000000", "Ask for 1 to 100,000 iterations"),
        ("iterations", "many", "&#34;many&#34; is not a whole number"),
        ("iterations", "9" * 200, "is not a whole number"),
        ("seed", str(2**64), "A seed is a whole number"),
        ("target", "nowhere", "The plan has no item &#34;nowhere&#34;."),
        ("target", "<script>x</script>", "&lt;script&gt;"),
    ],
)
def test_what_cannot_be_run_is_told(
    client: TestClient, field: str, value: str, sentence: str
) -> None:
    sent = client.post("/plans/wex/risk", data=ASKED | {field: value})
    assert sent.status_code == 422
    assert sentence in sent.text


def fail(error: Exception) -> Callable[..., Any]:
    def work(*_: Any, **__: Any) -> None:
        raise error

    return work


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (PlanError("Nothing can move."), "Nothing can move."),
        (RuntimeError("secret"), "The risk analysis met something"),
    ],
)
def test_a_run_that_fails_says_why(
    client: TestClient,
    shelf: Shelf,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    sentence: str,
) -> None:
    monkeypatch.setattr("queries.odds.ask_odds", fail(error))
    address = begin(client)
    assert finish(shelf, address).state == "failed"
    page = client.get(address).text
    assert sentence in page
    assert "secret" not in page


def test_only_so_many_are_kept_and_run(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("queries.odds.ask_odds", fail(PlanError("No.")))
    for _ in range(15):
        assert start_run(shelf, "wex", RiskWish(10)).wait(400)
    assert len(riskruns.runs_of(shelf, "wex")) <= 11
    monkeypatch.setattr(RiskRun, "start", lambda _: None)
    for _ in range(10):
        start_run(shelf, "wex", RiskWish(10))
    with pytest.raises(PlanError, match="analyses are running"):
        start_run(shelf, "wex", RiskWish(10))
