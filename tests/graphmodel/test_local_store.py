"""The store in one file: it behaves like dicts, waits politely, and knows what it can open."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from graphmodel.errors import StoreError
from graphmodel.planfile import dump_plan
from graphmodel.scenario import Scenario
from graphmodel.stores.local import LocalStore
from graphmodel.stores.store import digest_of
from graphmodel.stores.tables import MIGRATIONS
from tests.graphmodel.storemodel import BEGIN, StoreMachine, make_plan
from tests.laws import examples

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parents[2]
FORMS = ROOT / "tests" / "graphmodel" / "stores"

#: A form that does not exist: a column and a table more.
NEXT = (
    *MIGRATIONS,
    ("ALTER TABLE versions ADD COLUMN mood TEXT", "CREATE TABLE moods (name TEXT NOT NULL)"),
)


class LocalMachine(StoreMachine):
    """The laws of every store, on a file."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()

    def open_store(self) -> LocalStore:
        return LocalStore(Path(self.folder.name) / "a.store", create=True, clock=self.clock)

    def teardown(self) -> None:
        super().teardown()
        self.folder.cleanup()


def test_it_behaves_like_dicts() -> None:
    run_state_machine_as_test(
        LocalMachine, settings=settings(max_examples=examples(25), stateful_step_count=30)
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "knockon.store"


def refused(
    path: Path,
    *,
    create: bool = False,
    wait: float = 10,
    migrations: Sequence[Sequence[str]] = MIGRATIONS,
) -> str:
    """Return what is said of a file that is not opened."""
    with pytest.raises(StoreError) as caught:
        LocalStore(path, create=create, wait=wait, migrations=migrations)
    return str(caught.value)


def test_a_version_tells_what_it_is_of(path: Path) -> None:
    plan = make_plan("csip", items=3)
    with LocalStore(path, create=True, clock=lambda: BEGIN) as store:
        version = store.save(plan, note=" July returns ", author="Ann")
    assert version.as_of == date(2026, 9, 30)
    assert version.saved_at == BEGIN
    assert (version.items, version.links) == (3, 2)
    assert version.digest == digest_of(dump_plan(plan))
    assert (version.note, version.author) == ("July returns", "Ann")


def test_the_clock_of_the_machine_is_in_utc(path: Path) -> None:
    with LocalStore(path, create=True) as store:
        saved_at = store.save(make_plan("csip")).saved_at
    assert saved_at.tzinfo == UTC
    assert abs((datetime.now(UTC) - saved_at).total_seconds()) < 600


def test_the_text_of_a_plan_is_kept_as_it_is(path: Path) -> None:
    plan = make_plan("csip", title="“Ünïcode” \u2028 😀 \x00 " + "long " * 2000)
    with LocalStore(path, create=True) as store:
        store.save(plan)
        assert dump_plan(store.load("csip")) == dump_plan(plan)


def test_an_unknown_plan_is_told_with_what_there_is(path: Path) -> None:
    with LocalStore(path, create=True) as store:
        with pytest.raises(StoreError, match='holds no plan "csip": it holds none at all'):
            store.load("csip")
        for name in ("csip", "budget"):
            store.save(make_plan(name))
        with pytest.raises(StoreError, match='"cspi": did you mean "csip"\\?'):
            store.load("cspi")
        with pytest.raises(StoreError, match='it holds "budget", "csip"\\.'):
            store.load("zzz")


def test_of_two_who_save_at_once_one_is_told(path: Path) -> None:
    with LocalStore(path, create=True, clock=lambda: BEGIN) as ann, LocalStore(path) as bob:
        ann.save(make_plan("csip", "first"), author="Ann", after=0)
        with pytest.raises(StoreError) as caught:
            bob.save(make_plan("csip", "second"), after=0)
        assert [one.title for one in ann.versions()] == ["first"]
        with pytest.raises(StoreError, match="no version of"):
            bob.save(make_plan("other"), after=3)
    assert str(caught.value).endswith(
        'has version 1 of "csip", saved by Ann on 2026-11-30 at 20:45 UTC, where you know of 0: '
        "nothing was saved; see what is new in it, then push again."
    )


def test_a_push_again_after_a_lost_answer_is_no_new_version(path: Path) -> None:
    with LocalStore(path, create=True) as store:
        first = store.save(make_plan("csip"), after=0)
        assert store.save(make_plan("csip"), after=0) == first


def test_a_scenario_needs_a_name_and_its_own_plan(path: Path) -> None:
    with LocalStore(path, create=True) as store:
        store.save(make_plan("csip"))
        with pytest.raises(StoreError, match="has no name"):
            store.save_scenario("csip", Scenario())
        with pytest.raises(StoreError, match='one of the plan "other", not of "csip"'):
            store.save_scenario("csip", Scenario(name="Slip", plan="other"))


def test_what_is_deleted_is_overwritten(path: Path) -> None:
    with LocalStore(path, create=True) as store:
        for title in ("one", "two"):
            store.save(make_plan("csip", title), note=f"Confidential {title}")
        store.delete("csip", 1)
        content = path.read_bytes()
        assert b"Confidential two" in content
        assert b"Confidential one" not in content


def test_a_missing_store_is_not_made_by_looking(path: Path) -> None:
    assert "There is no store" in refused(path)
    assert not path.exists()


def test_an_empty_file_is_told_and_can_be_made_a_store(path: Path) -> None:
    path.touch()
    assert "is empty, nothing has been saved in it" in refused(path)
    with LocalStore(path, create=True) as store:
        assert store.versions() == ()


@pytest.mark.parametrize(
    "content", [b"paper", b"SQLite format 3\x00" + b"rubbish" * 100, b"\x00" * 5000]
)
@pytest.mark.parametrize("create", [True, False])
def test_a_file_of_another_kind_is_left_alone(path: Path, content: bytes, create: bool) -> None:
    path.write_bytes(content)
    assert "is no store of plans, or its beginning is damaged" in refused(path, create=create)
    assert path.read_bytes() == content


@pytest.mark.parametrize("create", [True, False])
def test_a_database_of_another_program_is_left_alone(path: Path, create: bool) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE plans (id TEXT)")
    content = path.read_bytes()
    assert "is a database of another program" in refused(path, create=create)
    assert path.read_bytes() == content


def test_folders_and_missing_folders_are_told(tmp_path: Path) -> None:
    assert "is a folder: name the file of the store in it" in refused(tmp_path, create=True)
    assert "cannot be opened: check its folder" in refused(tmp_path / "no" / "x", create=True)


def test_a_store_of_a_newer_knockon_is_told(path: Path) -> None:
    with LocalStore(path, create=True, migrations=NEXT) as store:
        store.save(make_plan("csip"))
    assert refused(path).endswith("was written by a newer knockon: update knockon to open it.")


@pytest.mark.parametrize("form", range(1, len(MIGRATIONS) + 1))
@pytest.mark.parametrize("migrations", [MIGRATIONS, NEXT])
def test_files_of_every_form_are_brought_up_to_date(
    path: Path, form: int, migrations: tuple[tuple[str, ...], ...]
) -> None:
    """Files as each form of knockon wrote them; a new form adds its own, by `write_form`."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((FORMS / f"form-{form}.sql").read_text(encoding="utf-8"))
    for _ in range(2):
        with LocalStore(path, migrations=migrations) as store:
            told = [(v.plan, v.number, v.note, v.author, v.saved_at) for v in store.versions()]
            assert told == [("csip", 1, "First", "Ann", BEGIN), ("csip", 2, None, None, BEGIN)]
            assert store.load("csip", 1) == make_plan("csip", "one")
            assert store.load("csip") == make_plan("csip", "two")
            (scenario,) = store.scenarios("csip")
            assert scenario.scenario == Scenario(name="Slip")
    with LocalStore(path, migrations=migrations) as store:
        assert store.save(make_plan("csip", "three")).number == 3
        assert [v.title for v in store.versions()] == ["one", "two", "three"]


def write_form(path: Path, text: Path) -> None:
    """Write a file of the newest form, and the statements that make it again."""
    with LocalStore(path, create=True, clock=lambda: BEGIN) as store:
        store.save(make_plan("csip", "one"), note="First", author="Ann")
        store.save(make_plan("csip", "two"))
        store.save_scenario("csip", Scenario(name="Slip"))
    with closing(sqlite3.connect(path)) as connection:
        (owner,) = connection.execute("PRAGMA application_id").fetchone()
        (form,) = connection.execute("PRAGMA user_version").fetchone()
        lines = [
            f"PRAGMA application_id = {owner};", f"PRAGMA user_version = {form};",
            *connection.iterdump(),
        ]  # fmt: skip
    text.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_the_newest_form_is_still_what_its_file_says(path: Path, tmp_path: Path) -> None:
    text = tmp_path / "form.sql"
    write_form(path, text)
    kept = (FORMS / f"form-{len(MIGRATIONS)}.sql").read_text(encoding="utf-8")
    tables = [line for line in kept.splitlines() if not line.startswith("INSERT")]
    assert [line for line in text.read_text("utf-8").splitlines() if line in tables] == tables


def test_a_migration_that_fails_leaves_the_old_form(path: Path) -> None:
    with LocalStore(path, create=True) as store:
        store.save(make_plan("csip"))
    broken = (*NEXT, ("ALTER TABLE versions ADD COLUMN mood TEXT",))  # it is there by now
    assert "duplicate column name" in refused(path, migrations=broken)
    with LocalStore(path) as store:
        assert store.load("csip") == make_plan("csip")


def test_tables_that_are_not_as_they_were_made_are_damage(path: Path) -> None:
    LocalStore(path, create=True).close()
    with closing(sqlite3.connect(path)) as other:
        other.execute("ALTER TABLE versions RENAME COLUMN note TO nota")
    assert "is damaged: go back to a copy of the file" in refused(path)


def test_a_file_with_a_write_ahead_log_is_brought_back(path: Path) -> None:
    LocalStore(path, create=True).close()
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
    with LocalStore(path) as store:
        store.save(make_plan("csip"))
    assert path.read_bytes()[18:20] == b"\x01\x01"  # what the format says of a rollback journal


def test_a_locked_store_is_waited_for_and_then_told(path: Path) -> None:
    with LocalStore(path, create=True, wait=0.05) as store:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            for use in (store.versions, lambda: store.save(make_plan("csip"))):
                with pytest.raises(StoreError, match="in use by another program: try again"):
                    use()
            assert "in use by another program" in refused(path, wait=0.05)
        assert store.save(make_plan("csip")).number == 1


def test_a_save_waits_until_the_other_program_is_done(path: Path) -> None:
    LocalStore(path, create=True).close()
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN EXCLUSIVE")
    timer = threading.Timer(0.2, other.close)
    timer.start()
    with LocalStore(path, wait=60) as store:
        assert store.save(make_plan("csip")).number == 1
    timer.join()


def test_a_reader_does_not_keep_a_writer_waiting(path: Path) -> None:
    with LocalStore(path, create=True) as one, LocalStore(path, wait=0) as two:
        one.save(make_plan("csip", "a"))
        one.load("csip")
        one.versions()
        one.scenarios("csip")
        assert two.save(make_plan("csip", "b")).number == 2


SAVE_MANY = """
import sys
from graphmodel.stores.local import LocalStore
from tests.graphmodel.storemodel import make_plan
for number in range(int(sys.argv[3])):
    with LocalStore(sys.argv[1], create=True, wait=120) as store:
        store.save(make_plan("csip", f"{sys.argv[2]} {number}"), author=sys.argv[2])
"""


def test_programs_that_save_at_once_lose_nothing(path: Path) -> None:
    writers = [
        subprocess.Popen([sys.executable, "-c", SAVE_MANY, path, name, "10"], cwd=ROOT)
        for name in ("Ann", "Bob", "Cy")
    ]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    with LocalStore(path) as store:
        versions = store.versions()
    assert [one.number for one in versions] == list(range(1, 31))
    for name in ("Ann", "Bob", "Cy"):
        titles = [one.title for one in versions if one.author == name]
        assert titles == [f"{name} {number}" for number in range(10)]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write all")
def test_a_store_that_may_only_be_read_is_read(path: Path) -> None:
    with LocalStore(path, create=True) as store:
        store.save(make_plan("csip"))
    path.chmod(0o400)
    with LocalStore(path) as store:
        assert store.load("csip") == make_plan("csip")
        with pytest.raises(StoreError, match="cannot be written: ask for the right"):
            store.save(make_plan("csip", "new"))


def test_a_file_turned_read_only_is_told(path: Path) -> None:
    with LocalStore(path, create=True) as store:
        store.save(make_plan("csip"))
        store._connection.execute("PRAGMA query_only = ON")
        with pytest.raises(StoreError, match="cannot be written: ask for the right"):
            store.save(make_plan("csip", "new"))
        assert [one.number for one in store.versions()] == [1]
