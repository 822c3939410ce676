"""What goes wrong between a store and its server: one sentence, nothing half-written, and on."""

from __future__ import annotations

import socket
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from graphmodel.errors import StoreError
from graphmodel.stores import neo4j_connection, neo4j_pen, neo4j_writing
from graphmodel.stores.neo4j_connection import Connection, check_version, connect
from graphmodel.stores.neo4j_store import Neo4jStore, open_neo4j
from graphmodel.stores.opening import open_store
from queries.cypher_library import find_question
from tests.benchmarks.graphs import make_plan
from tests.neo4j.fixtures import open_again
from tests.neo4j.proxy import Wire
from tests.neo4j.server import Server, Started, find_absence

if TYPE_CHECKING:
    from pathlib import Path

    from graphmodel.plan import Plan


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Try again what fails for two seconds, not fifteen, and write in small batches."""
    monkeypatch.setattr(neo4j_connection, "_RETRY", 2.0)
    monkeypatch.setattr(neo4j_pen, "BATCH", 50)


def port_of(server: Server) -> int:
    return int(server.uri.rpartition(":")[2])


def through(wire: Wire, server: Server, **choices: Any) -> Neo4jStore:
    uri = f"bolt://127.0.0.1:{wire.port}"
    return open_neo4j(uri, user=server.user, password=server.password, **choices)


def changed(plan: Plan) -> Plan:
    items = [
        item.model_copy(update={"title": "new"}) if number % 3 else item
        for number, item in enumerate(plan.items)
    ]
    return plan.model_copy(update={"items": tuple(items), "links": plan.links[5:]})


def test_a_wrong_password_is_one_sentence_without_it(neo4j_server: Server) -> None:
    with pytest.raises(StoreError, match="refuses the user or the password") as caught:
        open_neo4j(neo4j_server.uri, user="neo4j", password="Ye5-secret")
    assert "Ye5-secret" not in str(caught.value)


def test_a_password_comes_from_the_environment_or_is_asked_for(
    neo4j_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NEO4J_PASSWORD", raising=False)
    monkeypatch.setenv("NEO4J_USERNAME", neo4j_server.user)
    with pytest.raises(StoreError, match="needs a password: put it into NEO4J_PASSWORD"):
        open_store(neo4j_server.uri)
    questions: list[str] = []

    def answer(question: str) -> str:
        questions.append(question)
        return neo4j_server.password

    open_neo4j(neo4j_server.uri, ask=answer).close()
    assert questions == [f"Password of neo4j for Neo4j at {neo4j_server.uri}"]
    monkeypatch.setenv("NEO4J_PASSWORD", neo4j_server.password)
    open_store(neo4j_server.uri).close()


@pytest.mark.parametrize("scheme", ["bolt", "neo4j", "bolt+s", "neo4j+s", "bolt+ssc", "neo4j+ssc"])
def test_a_server_that_is_not_there(scheme: str) -> None:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(StoreError, match=r"Neo4j at .* cannot be (reached|used)"):
        connect(f"{scheme}://127.0.0.1:{port}", password="x")


@pytest.mark.parametrize("version", ["4.4.36", "5.25.1", "3.5", "unknown"])
def test_a_server_that_is_too_old(version: str) -> None:
    with pytest.raises(StoreError, match=rf"{version}, which is too old: 5\.26 or newer"):
        check_version("Neo4j at x", version)


@pytest.mark.parametrize("version", ["5.26.0", "5.26-aura", "2025.01.0", "2026.08.1", "6.0"])
def test_a_server_that_is_new_enough(version: str) -> None:
    check_version("Neo4j at x", version)


@pytest.mark.parametrize("share", [0.2, 0.6, 0.95])
def test_a_push_that_is_cut_off_is_seen_by_nobody_and_goes_on(
    neo4j_server: Server, neo4j_store: Neo4jStore, share: float
) -> None:
    first = make_plan(300)
    second = changed(first)
    with Wire(port_of(neo4j_server)) as wire, through(wire, neo4j_server) as store:
        wire.allowed = size = 10**9
        store.save(first)
        used = size - wire.allowed
        wire.allowed = int(used * share)
        with pytest.raises(StoreError, match="cannot be reached"):
            store.save(second)
        # Nobody sees a version that is not whole, and the one before is what it was.
        assert [one.number for one in neo4j_store.versions()] == [1]
        assert neo4j_store.load(first.id) == first
        wire.mend()
        assert store.save(second).number == 2
        assert store.load(first.id) == second
        assert store.load(first.id, 1) == first
    fresh = neo4j_store.connection.rows(
        "MATCH (i:Item) RETURN i.id AS id, i.from_version AS v, count(*) AS n "
        "ORDER BY n DESC LIMIT 1"
    )
    assert fresh[0]["n"] == 1


def test_a_first_push_that_is_cut_off_may_be_followed_by_another_plan(
    neo4j_server: Server, neo4j_store: Neo4jStore
) -> None:
    plan = make_plan(200)
    with Wire(port_of(neo4j_server)) as wire, through(wire, neo4j_server, lease=0) as store:
        wire.allowed = 25_000
        with pytest.raises(StoreError, match="cannot be reached"):
            store.save(plan)
    assert neo4j_store.versions() == ()
    left = neo4j_store.connection.rows("MATCH (i:Item) RETURN count(i) AS n")[0]["n"]
    assert 0 < left <= 200
    other = changed(plan)
    with open_again(neo4j_server, lease=0) as store:
        assert store.save(other).number == 1
        assert store.load(plan.id) == other
    stale = neo4j_store.connection.rows("MATCH (i:Item) RETURN count(i) AS n")[0]["n"]
    assert stale == 200


def test_of_two_who_push_at_once_one_is_told(
    neo4j_server: Server, neo4j_store: Neo4jStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = make_plan(60)
    neo4j_store.save(changed(plan))
    told: list[str] = []

    def meanwhile(*given: Any, **more: Any) -> None:
        with open_again(neo4j_server) as other, pytest.raises(StoreError) as caught:
            other.save(make_plan(70), author="Bob")
        told.append(str(caught.value))
        with open_again(neo4j_server) as other, pytest.raises(StoreError, match="under way"):
            other.delete("large")
        written(*given, **more)

    written = neo4j_writing.write_entries
    monkeypatch.setattr("graphmodel.stores.neo4j_store.write_entries", meanwhile)
    assert neo4j_store.save(plan, author="Ann").number == 2
    assert len(told) == 1
    assert 'Another push or deletion of "large" by Ann' in told[0]
    assert "nothing was changed" in told[0]
    monkeypatch.undo()
    with open_again(neo4j_server) as other, pytest.raises(StoreError, match="where you know of 1"):
        other.save(changed(plan), after=1)


def test_who_was_taken_for_dead_writes_no_more(
    neo4j_server: Server, neo4j_store: Neo4jStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = make_plan(60)

    def meanwhile(*given: Any, **more: Any) -> None:
        monkeypatch.undo()
        with open_again(neo4j_server, lease=0) as other:
            other.save(changed(plan))
        written(*given, **more)

    written = neo4j_writing.write_entries
    monkeypatch.setattr("graphmodel.stores.neo4j_store.write_entries", meanwhile)
    with pytest.raises(StoreError, match="has taken over the push"):
        neo4j_store.save(plan)
    assert neo4j_store.load(plan.id) == changed(plan)
    assert len(neo4j_store.versions()) == 1


def test_a_server_killed_in_the_middle_of_a_push(
    neo4j_server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if find_absence() is not None:
        pytest.skip("a server of one's own is needed to kill it")
    started = Started(tmp_path / "neo4j")
    try:
        first, second = make_plan(300), changed(make_plan(300))
        steps = 0

        def step(pen: Any, *given: Any) -> Any:
            nonlocal steps
            steps += 1
            if steps == 6:
                started.kill()
            return done(pen, *given)

        with open_again(started.server) as store:
            store.save(first)
            done = neo4j_pen.Pen._carry_out
            monkeypatch.setattr(neo4j_pen.Pen, "_carry_out", step)
            with pytest.raises(StoreError, match="cannot be reached"):
                store.save(second)
            monkeypatch.setattr(neo4j_pen.Pen, "_carry_out", done)
            started.start()
            assert store.load(first.id) == first
            assert store.save(second).number == 2
            assert store.load(first.id) == second
            assert store.load(first.id, 1) == first
    finally:
        started.kill()


def test_what_was_committed_before_its_answer_was_lost_is_not_written_again(
    neo4j_server: Server, neo4j_store: Neo4jStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The driver sends a transaction again where it cannot know that it was committed."""
    write = Connection.write

    def again(self: Connection, work: Any) -> Any:
        write(self, work)
        return write(self, work)

    first = make_plan(120)
    second = changed(first)
    monkeypatch.setattr(Connection, "write", again)
    with open_again(neo4j_server) as store:
        assert store.save(first).number == 1
        assert store.save(second).number == 2
    monkeypatch.undo()
    assert [neo4j_store.load(first.id, number) for number in (1, 2)] == [first, second]
    held = neo4j_store.connection.rows(
        "MATCH (i:Item) WITH count(i) AS items MATCH ()-[r:DEPENDS_ON]->() "
        "RETURN items, count(r) AS links, count(DISTINCT r.json + r.from_version) AS unlike"
    )[0]
    assert held["items"] == 120 + 80  # two thirds of them have a new title
    assert held["links"] == held["unlike"]


def test_no_row_of_a_push_searches_through_what_is_there(neo4j_store: Neo4jStore) -> None:
    """On an empty database the planner believes that looking at every node is cheap."""
    for query in (
        neo4j_writing._CREATE_EDGE.format(type="DEPENDS_ON"),
        neo4j_writing._CLOSE_NODE,
        neo4j_writing._CLOSE_EDGE,
        find_question("version_items").cypher,
        find_question("version_dates").cypher,
    ):
        steps = _plan_of(neo4j_store, query)
        searches = [one for one in steps if "Scan" in one]
        assert not searches or "Apply" not in steps, steps  # once for all rows is well


def _plan_of(store: Neo4jStore, query: str) -> list[str]:
    """Return the operators that the server would run."""

    def work(tx: Any) -> Any:
        given = {"rows": [], "same": {}, "newest": 1, "plan": "p", "version": 2, "against": 1}
        return tx.run(f"EXPLAIN {query}", given).consume().plan

    def walk(plan: Any) -> list[str]:
        below = [name for child in plan.get("children", ()) for name in walk(child)]
        return [plan["operatorType"].partition("@")[0], *below]

    return walk(store.connection.read(work))


def test_what_the_server_refuses_is_one_sentence(
    neo4j_server: Server, neo4j_store: Neo4jStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    with neo4j_store.connection._driver.session(database="system") as session:
        session.run("DROP USER fresh IF EXISTS").consume()
        session.run("CREATE USER fresh SET PASSWORD 'to-be-changed' CHANGE REQUIRED").consume()
    with pytest.raises(StoreError, match="asks for a new password"):
        connect(neo4j_server.uri, user="fresh", password="to-be-changed")
    for _ in range(4):  # the server locks a user out after three
        with pytest.raises(StoreError) as caught:
            connect(neo4j_server.uri, user="fresh", password="x")
    assert "wrong passwords: wait" in str(caught.value)
    with pytest.raises(StoreError, match="could not do it: Invalid input"):
        neo4j_store.connection.rows("MATCH nonsense")
    with pytest.raises(StoreError, match=r"cannot be (used|reached)"):
        connect("bolt://no host", password="x")
    monkeypatch.setenv("NEO4J_DATABASE", "nowhere")
    with pytest.raises(StoreError, match="nowhere"):
        connect(neo4j_server.uri, user=neo4j_server.user, password=neo4j_server.password)
