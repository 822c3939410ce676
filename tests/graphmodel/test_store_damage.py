"""A damaged store never gives a wrong answer, and what can still be read of it is saved."""

from __future__ import annotations

import io
import json
import random
import shutil
import sqlite3
import tempfile
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmodel.errors import FileError, StoreError
from graphmodel.planfile import dump_plan, read_plan, read_scenario
from graphmodel.scenario import Scenario
from graphmodel.stores.carving import carve_rows
from graphmodel.stores.local import LocalStore
from graphmodel.stores.salvage import LIST_NAME, salvage
from tests.graphmodel.storefaults import numbered_plan
from tests.graphmodel.storemodel import BEGIN, make_plan
from tests.laws import examples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

VERSIONS = 12
#: Bytes of a page, and of what stands at the beginning of a file.
PAGE, HEADER = 4096, 100


def fill(path: Path) -> None:
    """Make a store of two plans, versions of one page and of many, and two scenarios."""
    with LocalStore(path, create=True, clock=lambda: BEGIN) as store:
        for number in range(1, VERSIONS + 1):
            store.save(numbered_plan(number), note=f"Note {number}", author="Ann")
            store.save(make_plan("cip", f"Small {number}"))
        for name in ("Slip", "Another / one"):
            store.save_scenario("csip", Scenario(name=name), author="Bob")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "knockon.store"
    fill(path)
    return path


@pytest.fixture
def path(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sound, tmp_path))


def load_text(store: LocalStore, plan: str, number: int | None) -> str:
    return dump_plan(store.load(plan, number))


def questions(store: LocalStore) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield all that can be asked of the store."""
    yield "versions", store.versions
    yield "versions of csip", partial(store.versions, "csip")
    yield "scenarios", partial(store.scenarios, "csip")
    for plan in ("csip", "cip"):
        for number in (None, *range(1, VERSIONS + 1)):
            yield f"{plan} {number}", partial(load_text, store, plan, number)


def ask_all(path: Path) -> tuple[dict[str, object], list[str]]:
    """Return the answers that a store gives, and what it says where it gives none."""
    answers: dict[str, object] = {}
    refusals: list[str] = []
    try:
        with LocalStore(path) as store:
            for name, ask in questions(store):
                try:
                    answers[name] = ask()
                except StoreError as error:
                    refusals.append(str(error))
    except StoreError as error:
        refusals.append(str(error))
    return answers, refusals


def flip(path: Path, chance: random.Random, *, first: int = 0) -> None:
    """Change up to three bytes of a file."""
    content = bytearray(path.read_bytes())
    for _ in range(chance.randint(1, 3)):
        content[chance.randrange(first, len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def test_flipped_bits_never_give_a_wrong_answer(sound: Path, tmp_path: Path) -> None:
    right, _ = ask_all(sound)
    refused = 0
    for seed in range(300):
        path = Path(shutil.copy(sound, tmp_path / "flipped.store"))
        flip(path, random.Random(seed))
        answers, refusals = ask_all(path)
        assert answers.items() <= right.items(), seed
        refused += bool(refusals)
    assert refused > 200  # the rest met places that hold nothing


def test_flipped_bits_of_what_is_said_never_give_a_wrong_answer(
    sound: Path, tmp_path: Path
) -> None:
    """The same where it is most likely to go unseen: notes, names and days, no packed text."""
    right, _ = ask_all(sound)
    content = sound.read_bytes()
    places = [
        at
        for word in (b"csip", b"cip", b"Note ", b"Small ", b"2026-11-30", b"Slip", b"Ann")
        for at in _places(content, word)
    ]
    assert len(places) > 100
    for seed, at in enumerate(random.Random(1).sample(places, 100)):
        changed = bytearray(content)
        changed[at] ^= 1 << seed % 8
        path = tmp_path / "flipped.store"
        path.write_bytes(changed)
        answers, _ = ask_all(path)
        assert answers.items() <= right.items(), at


def _places(content: bytes, word: bytes) -> Iterator[int]:
    at = content.find(word)
    while at >= 0:
        yield at
        at = content.find(word, at + 1)


def test_a_file_cut_short_is_told(sound: Path, tmp_path: Path) -> None:
    content = sound.read_bytes()
    path = tmp_path / "cut.store"
    for length in [*range(1, len(content), 10_007), *range(PAGE, len(content), PAGE)]:
        path.write_bytes(content[:length])
        with pytest.raises(StoreError, match=r"is damaged|or its beginning is damaged"):
            LocalStore(path)


def test_damage_is_told_with_what_to_do(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: 2 * PAGE])
    with pytest.raises(StoreError) as caught:
        LocalStore(path)
    assert str(caught.value) == (
        f'"{path}" is damaged: go back to a copy of the file, or save what can still be read with  '
        f'knockon versions --store "{path}" --salvage FOLDER'
    )


def test_one_damaged_version_leaves_the_others(path: Path) -> None:
    content = bytearray(path.read_bytes())
    with LocalStore(path) as store:
        found = store._connection.execute(
            "SELECT content FROM versions WHERE plan = 'csip' AND number = 7"
        )
        piece = found.fetchone()[0][9000:9100]
        del found
    content[content.find(piece)] ^= 1
    path.write_bytes(content)
    with LocalStore(path) as store:
        with pytest.raises(StoreError, match=r'^Version 7 of "csip" in ".*" is damaged: go back'):
            store.load("csip", 7)
        assert store.load("csip", 8) == numbered_plan(8)
        assert len(store.versions("csip")) == VERSIONS


def test_a_damaged_scenario_is_told(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("UPDATE scenarios SET author = 'Eve' WHERE name = 'Slip'")
        other.commit()
    with LocalStore(path) as store, pytest.raises(StoreError, match=r'^Scenario "Slip" of "csip"'):
        store.scenarios("csip")


def test_a_forged_text_does_not_fill_the_memory(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graphmodel.stores.rows.MAX_TEXT_BYTES", 100)
    with LocalStore(path) as store, pytest.raises(StoreError, match='Version 1 of "csip"'):
        store.load("csip", 1)


def _check_saved(folder: Path) -> set[str]:
    """See that every plan and scenario in a folder is as it was saved; return what they are."""
    listed = json.loads((folder / LIST_NAME).read_text(encoding="utf-8"))
    assert sorted(one["file"] for one in listed) == sorted(
        file.name for file in folder.iterdir() if file.name != LIST_NAME
    )
    found: set[str] = set()
    for one in listed:
        path = folder / one["file"]
        if one["scenario"] is not None:
            name = read_scenario(path).name
            assert (one["scenario"] == name) or not one["certain"]
            found.add(f"scenario {name}")
            continue
        plan = read_plan(path)
        number = int((plan.title or "").removeprefix("Small "))
        same = numbered_plan(number) if plan.id == "csip" else make_plan("cip", f"Small {number}")
        assert plan == same
        if one["certain"]:
            note = f"Note {number}" if plan.id == "csip" else None
            assert (one["plan"], one["version"], one["note"]) == (plan.id, number, note)
        found.add(f"{plan.id} {number}")
    return found


EVERYTHING = {"scenario Slip", "scenario Another / one"} | {
    f"{plan} {number}" for plan in ("csip", "cip") for number in range(1, VERSIONS + 1)
}


def test_all_of_a_sound_store_is_saved(path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    saved = salvage(path, tmp_path / "new" / "folder")
    assert _check_saved(tmp_path / "new" / "folder") == EVERYTHING
    assert [one.file.name for one in saved[:2]] == ["cip-1.json", "cip-2.json"]
    assert [one.file.name for one in saved[-2:]] == [
        "csip-scenario-Another_one.json",
        "csip-scenario-Slip.json",
    ]
    assert all(one.is_certain for one in saved)
    assert path.read_bytes() == before


@pytest.mark.parametrize("head", [16, HEADER, PAGE])
def test_all_is_saved_where_the_beginning_is_gone(path: Path, tmp_path: Path, head: int) -> None:
    content = path.read_bytes()
    path.write_bytes(bytes(head) + content[head:])
    assert not ask_all(path)[0]
    salvage(path, tmp_path / "out")
    assert _check_saved(tmp_path / "out") == EVERYTHING


def test_what_flipped_bits_leave_is_saved(sound: Path, tmp_path: Path) -> None:
    lost = 0
    for seed in range(60):
        path = Path(shutil.copy(sound, tmp_path / "flipped.store"))
        flip(path, random.Random(seed), first=HEADER)
        folder = tmp_path / str(seed)
        salvage(path, folder)
        lost += len(EVERYTHING - _check_saved(folder))
    assert 0 < lost / 60 < 4  # up to three bytes each, and a page may hold several small plans


def test_what_is_uncertain_is_said(path: Path, tmp_path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content.replace(b"Note 3", b"Nope 3"))
    salvage(path, tmp_path / "out")
    assert _check_saved(tmp_path / "out") == EVERYTHING
    listed = json.loads((tmp_path / "out" / LIST_NAME).read_text(encoding="utf-8"))
    assert [one["note"] for one in listed if not one["certain"]] == ["Nope 3"]


def test_of_two_copies_of_a_row_the_better_is_told(path: Path, tmp_path: Path) -> None:
    """SQLite may leave copies of pages behind; here all are at the end of the file again."""
    content = path.read_bytes()
    path.write_bytes(content.replace(b"Note 3", b"Nope 3") + content)
    saved = salvage(path, tmp_path / "out")
    assert _check_saved(tmp_path / "out") == EVERYTHING
    assert len(saved) == len(EVERYTHING)
    assert all(one.is_certain for one in saved)


def test_names_that_clash_are_kept_apart(path: Path, tmp_path: Path) -> None:
    with LocalStore(path) as store:
        for name in ("a b", "a_b", "A/b"):
            store.save_scenario("cip", Scenario(name=name))
    saved = salvage(path, tmp_path / "out")
    names = {one.name: one.file.name for one in saved if one.plan == "cip" and one.name}
    assert sorted(map(str.casefold, names.values())) == [
        "cip-scenario-a_b.json", "cip-scenario-a_b~2.json", "cip-scenario-a_b~3.json",
    ]  # fmt: skip
    for name, file in names.items():
        assert read_scenario(tmp_path / "out" / file).name == name


def test_a_half_written_save_is_taken_back_first(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.store"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA cache_size = 1")  # so that pages are written before the end
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE versions SET content = zeroblob(length(content))")
        shutil.copy(path, copy)
        shutil.copy(f"{path}-journal", f"{copy}-journal")
        other.execute("ROLLBACK")
    assert copy.read_bytes() != path.read_bytes()
    salvage(copy, tmp_path / "out")
    assert _check_saved(tmp_path / "out") == EVERYTHING


def test_where_nothing_is_left_nothing_is_made(tmp_path: Path) -> None:
    path, folder = tmp_path / "x.store", tmp_path / "out"
    with pytest.raises(FileError, match="cannot be read: No such file"):
        salvage(path, folder)
    for content in (b"", b"rubbish" * 3000, bytes([13, 0, 0, 255]) * 3000):
        path.write_bytes(content)
        with pytest.raises(StoreError, match="Nothing can be read"):
            salvage(path, folder)
    assert not folder.exists()


def test_no_file_is_written_over(path: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").touch()
    for taken in (tmp_path / "full", path):
        with pytest.raises(StoreError, match="is there already and no empty folder"):
            salvage(path, taken)
    with pytest.raises(FileError, match="cannot be made"):
        salvage(path, path / "inside")


VALUES = (
    st.none()
    | st.integers(-(1 << 63), (1 << 63) - 1)
    | st.sampled_from([0, 1, -1, 127, 128, 1 << 15, 1 << 23, 1 << 31, 1 << 47])
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
    | st.binary(max_size=300)
    | st.integers(300, 30_000).map(lambda size: random.Random(size).randbytes(size))
)


@settings(max_examples=examples(60))
@given(
    rows=st.lists(st.tuples(VALUES, VALUES, VALUES), max_size=30),
    size=st.sampled_from([512, 1024, 4096, 65536]),
)
def test_carving_finds_what_sqlite_wrote(rows: list[tuple[object, ...]], size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        with closing(sqlite3.connect(path)) as database:
            database.execute(f"PRAGMA page_size = {size}")
            database.execute("CREATE TABLE t (a, b, c)")
            database.executemany("INSERT INTO t VALUES (?, ?, ?)", rows)
            database.commit()
        with path.open("rb") as stream:
            assert list(carve_rows(stream)) == rows


@settings(max_examples=examples(60))
@given(seed=st.integers(0, 10**6))
def test_carving_takes_any_bytes(sound: Path, seed: int) -> None:
    """Leaf pages with a byte in fifty changed: rows or no rows, no error."""
    chance = random.Random(seed)
    content = bytearray(sound.read_bytes())
    for page in range(PAGE, len(content), PAGE):
        if content[page] == 13:
            for at in chance.sample(range(page + 3, page + PAGE), PAGE // 50):
                content[at] = chance.choice([0, 1, 9, 10, 13, 127, 128, 255, content[at]])
    rows = list(carve_rows(io.BytesIO(content)))
    assert all(isinstance(row, tuple) for row in rows)
