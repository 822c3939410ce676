"""What every store must do, whatever it is made of: any use of it against plain lists and dicts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from graphmodel.errors import StoreError
from graphmodel.plan import Plan
from graphmodel.scenario import CancelItem, Scenario

if TYPE_CHECKING:
    from graphmodel.stores.store import Store

__all__ = ["BEGIN", "StoreMachine", "make_plan"]

#: What the clock says at first; a second later each time it is asked.
BEGIN = datetime(2026, 11, 30, 20, 45, 12, tzinfo=UTC)

IDS = st.sampled_from(["csip", "cip", "a`b'\"c:😀"])
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
NAMES = st.sampled_from(["Slip", "slip", "Ωmega"])


def make_plan(plan: str, title: str = "Plan", items: int = 2) -> Plan:
    """Return a plan whose items follow one another."""
    return Plan.model_validate(
        {
            "id": plan,
            "title": title,
            "as_of": "2026-09-30",
            "items": [
                {"id": f"A{number}", "kind": "activity", "title": title or "x"}
                for number in range(items)
            ],
            "links": [{"from": f"A{n}", "to": f"A{n + 1}"} for n in range(items - 1)],
        }
    )


PLANS = st.builds(make_plan, IDS, TEXTS, st.integers(0, 4))


class StoreMachine(RuleBasedStateMachine):
    """A store beside the dicts it must be equal to; a test class says which store."""

    store: Store

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, dict[int, tuple[Plan, str | None, str | None, datetime]]] = {}
        self.last: dict[str, int] = {}
        self.held: dict[str, dict[str, Scenario]] = {}
        self.time = BEGIN

    def open_store(self) -> Store:
        """Return an empty store, or the same store opened again."""
        raise NotImplementedError

    def clock(self) -> datetime:
        """Return the time: a second after the last."""
        self.time += timedelta(seconds=1)
        return self.time

    @initialize()
    def begin(self) -> None:
        self.store = self.open_store()

    def teardown(self) -> None:
        self.store.close()

    @rule(plan=PLANS, note=st.none() | TEXTS, author=st.none() | TEXTS)
    def save(self, plan: Plan, note: str | None, author: str | None) -> None:
        mine = self.kept.setdefault(plan.id, {})
        newest = max(mine, default=None)
        version = self.store.save(plan, note=note, author=author)
        if newest is not None and mine[newest][0] == plan:
            assert version.number == newest
            return
        number = self.last.get(plan.id, 0) + 1
        self.last[plan.id] = number
        assert (version.plan, version.number) == (plan.id, number)
        mine[number] = (plan, _kept(note), _kept(author), self.time)

    @rule(plan=PLANS, after=st.integers(0, 5))
    def save_after(self, plan: Plan, after: int) -> None:
        mine = self.kept.setdefault(plan.id, {})
        newest = max(mine, default=0)
        if after == newest or (newest and mine[newest][0] == plan):
            return
        with pytest.raises(StoreError):
            self.store.save(plan, after=after)

    @rule(plan=IDS, number=st.integers(0, 6))
    def load(self, plan: str, number: int) -> None:
        mine = self.kept.get(plan, {})
        if number in mine:
            assert self.store.load(plan, number) == mine[number][0]
        else:
            with pytest.raises(StoreError):
                self.store.load(plan, number)

    @rule(plan=IDS)
    def load_newest(self, plan: str) -> None:
        mine = self.kept.get(plan, {})
        if mine:
            assert self.store.load(plan) == mine[max(mine)][0]
        else:
            with pytest.raises(StoreError):
                self.store.load(plan)

    @rule(plan=IDS, number=st.integers(0, 6))
    def delete_version(self, plan: str, number: int) -> None:
        mine = self.kept.get(plan, {})
        if number in mine and len(mine) > 1:
            assert self.store.delete(plan, number) == 1
            del mine[number]
        else:
            with pytest.raises(StoreError):
                self.store.delete(plan, number)

    @rule(plan=IDS)
    def delete_plan(self, plan: str) -> None:
        mine = self.kept.pop(plan, {})
        if mine:
            assert self.store.delete(plan) == len(mine)
            self.last.pop(plan)
            self.held.pop(plan, None)
        else:
            with pytest.raises(StoreError):
                self.store.delete(plan)

    @rule(plan=IDS, name=NAMES, item=st.sampled_from(["A0", "A1"]))
    def save_scenario(self, plan: str, name: str, item: str) -> None:
        scenario = Scenario(name=name, plan=plan, changes=(CancelItem(item=item),))
        if not self.kept.get(plan):
            with pytest.raises(StoreError):
                self.store.save_scenario(plan, scenario)
            return
        stored = self.store.save_scenario(plan, scenario, author="Ann")
        assert (stored.plan, stored.scenario, stored.author) == (plan, scenario, "Ann")
        self.held.setdefault(plan, {})[name] = scenario

    @rule(plan=IDS, name=NAMES)
    def delete_scenario(self, plan: str, name: str) -> None:
        mine = self.held.get(plan, {})
        if name in mine:
            self.store.delete_scenario(plan, name)
            del mine[name]
        else:
            with pytest.raises(StoreError):
                self.store.delete_scenario(plan, name)

    @rule()
    def open_again(self) -> None:
        self.store.close()
        self.store = self.open_store()

    @invariant()
    def it_lists_what_it_keeps(self) -> None:
        listed = self.store.versions()
        expected = [
            (plan, number, kept.title, note, author, time, len(kept.items), len(kept.links))
            for plan, mine in sorted(self.kept.items())
            for number, (kept, note, author, time) in sorted(mine.items())
        ]
        assert [
            (v.plan, v.number, v.title, v.note, v.author, v.saved_at, v.items, v.links)
            for v in listed
        ] == expected
        assert [v for v in listed if v.plan == "cip"] == list(self.store.versions("cip"))

    @invariant()
    def it_lists_its_scenarios(self) -> None:
        for plan in ("csip", "cip"):
            mine = self.held.get(plan, {})
            listed = self.store.scenarios(plan)
            assert [one.scenario for one in listed] == [mine[name] for name in sorted(mine)]


def _kept(text: str | None) -> str | None:
    """Return what is kept of a text that a person gave: nothing of blanks alone."""
    return (text or "").strip() or None
