"""Shelves: what is open for whom, under which name, and for how long."""

from __future__ import annotations

import pytest

from knockon.local.desk import Desk, NoSuchPlanError, Shelf, TooManyPlansError
from tests.knockon.council import council


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("csip", "csip"),
        ("CSIP 2026/27", "csip-2026-27"),
        ("../../etc/passwd", "etc-passwd"),
        ("<script>", "script"),
        ("规划", "plan"),
        ("x" * 200, "x" * 40),
    ],
)
def test_a_key_is_safe_in_an_address(name: str, key: str) -> None:
    assert Shelf().put(council(id=name, relations=[])).key == key


def test_equal_ids_get_keys_of_their_own_and_the_last_comes_first() -> None:
    shelf = Shelf()
    assert [shelf.put(council()).key for _ in range(3)] == ["wex", "wex-2", "wex-3"]
    assert [one.key for one in shelf.plans] == ["wex-3", "wex-2", "wex"]


def test_an_edit_takes_the_place_and_forgets_what_was_worked_out() -> None:
    shelf = Shelf()
    first = shelf.put(council(), files=["a"])
    before = first.schedule
    assert first.schedule is before
    after = shelf.replace("wex", council(title="Edited"))
    assert shelf.find("wex") is after
    assert (after.title, after.files) == ("Edited", ("a",))
    assert after.schedule is not before


def test_what_is_closed_is_gone() -> None:
    shelf = Shelf()
    shelf.put(council())
    shelf.close("wex")
    for act in (shelf.find, shelf.close):
        with pytest.raises(NoSuchPlanError, match='No plan "wex" is open here'):
            act("wex")


def test_there_is_a_limit_of_plans() -> None:
    shelf, plan = Shelf(), council()
    for _ in range(20):
        shelf.put(plan)
    with pytest.raises(TooManyPlansError, match="20 plans are open"):
        shelf.put(plan)


def test_the_least_lately_used_browser_is_forgotten() -> None:
    desk = Desk()
    first, _ = desk.admit()
    second, shelf = desk.admit()
    for _ in range(98):
        desk.admit()
    assert desk.find(first) is not None  # used, so the second is the oldest now
    desk.admit()
    assert desk.find(second) is None
    assert desk.find(first) is not shelf
    assert desk.find(None) is None
