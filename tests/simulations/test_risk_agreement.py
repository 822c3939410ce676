"""Monte Carlo and the scalar forward pass agree on every date; the fast path agrees with both."""

from __future__ import annotations

import pickle
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from hypothesis import HealthCheck, assume, given, note, settings
from hypothesis import strategies as st

from graphmodel.errors import KnockonError
from graphmodel.plan import Plan
from graphmodel.planfile import dump_plan
from simulations.codes import NEVER
from simulations.engine import Engine
from simulations.kernels.cells import Pairs
from simulations.kernels.clock import add_work
from simulations.kernels.trials import DELAY, LENGTH, REST, RUNS, SPAN
from simulations.risk.arrays import ints, zeros
from simulations.risk.block import Blocks
from simulations.risk.groups import Group
from simulations.risk.model import Without, prepare_risk
from simulations.risk.running import Job, cut, run_chunk, run_job, threads
from simulations.risk.tally import join_tallies
from simulations.risk.targets import Target
from simulations.risk.trials import Minutes
from simulations.whatif import prepare
from tests.laws import examples
from tests.oracle.plans import plans

if TYPE_CHECKING:
    from simulations.risk.model import RiskModel

SIZE = 8

#: Calendars of networks: two that meet at odd hours, and nights.
CALENDARS = [
    {
        "id": "day",
        "week": {day: [["09:00", "12:00"], ["13:00", "17:00"]] for day in ("mon", "tue", "thu")},
    },
    {"id": "night", "week": {day: [["20:00", "04:00"]] for day in ("mon", "wed", "thu", "sat")}},
]


@st.composite
def networks(draw: st.DrawFn) -> Plan:
    """Return work, milestones and facts that wait for each other, some of it in phases."""

    def pick(*choices: Any) -> Any:
        return draw(st.sampled_from(choices))

    size = draw(st.integers(2, 9))
    named = (draw(st.booleans()) and [None, "day", "day", "night"]) or [pick(None, "day")]
    phases = draw(st.integers(0, 2))
    items: list[dict[str, Any]] = [
        {"id": f"p{number}", "kind": "theme", "title": "Phase"} for number in range(phases)
    ]
    links = []
    for number in range(size):
        item = {"id": f"i{number}", "kind": "activity", "title": "Work"}
        item["duration"] = pick("0d", "5h", "2wd", "3wd", "4d", "40min")
        calendar = pick(*named)
        item |= {"calendar": calendar} if calendar else {}
        item |= {"parent": f"p{number % phases}"} if phases else {}
        if draw(st.integers(0, 7)) == 0:
            item |= {"status": "complete", "actual_finish": "2026-06-03T10:30"}
        items.append(item)
        for before in range(number):
            if draw(st.integers(0, 2)) == 0:
                lag = pick("0d", "0d", "0d", "1d", "3h", "2wd")
                links.append({"from": f"i{before}", "to": f"i{number}", "lag": lag})
    return Plan.model_validate(
        {
            "schema": "knockon/plan@1",
            "id": "p",
            "start": pick("2026-06-01", "2026-06-06", "2026-06-01T17:00"),
            "calendar": pick(None, "day"),
            "calendars": CALENDARS,
            "items": items,
            "links": links,
            **({"status_date": "2026-06-04"} if draw(st.integers(0, 5)) == 0 else {}),
        }
    )


DELAYS = (
    {"distribution": "triangular", "low": "0d", "mode": "2d", "high": "20d"},
    {
        "distribution": "hurdle",
        "probability": 0.5,
        "delay": {"distribution": "exponential", "mean": "9d"},
    },
    {"distribution": "uniform", "low": "30min", "high": "3wd"},
    {"distribution": "empirical", "values": ["0d", "1d", "1d", "40d"]},
    {"distribution": "lognormal", "mean": "5d", "sd": "5d"},
    {"distribution": "pert", "low": "1h", "mode": "9h", "high": "30h"},
    {"distribution": "normal", "mean": "2d", "sd": "2d"},
)


#: The same for work that cannot come to nothing, and one that can.
LENGTHS = (
    {"distribution": "triangular", "low": "1h", "mode": "2d", "high": "20d"},
    {"distribution": "triangular", "low": "80%", "mode": "100%", "high": "190%"},
    {"distribution": "uniform", "low": "30min", "high": "3wd"},
    {"distribution": "empirical", "values": ["1h", "1d", "1d", "40d"]},
    {"distribution": "lognormal", "mean": "5d", "sd": "2d"},
    {"distribution": "pert", "low": "1h", "mode": "9h", "high": "30h"},
    {"distribution": "normal", "mean": "2d", "sd": "2d"},
)


def uncertain(plan: Plan, picks: list[int], *, only_work: bool = False) -> Plan:
    """Make some of a plan's items uncertain, each in one of several ways, and add two risks."""
    document: dict[str, Any] = plan.model_dump(mode="json", by_alias=True, exclude_none=True)
    items = [
        item
        for item in document["items"]
        if not only_work or (item.get("duration", "0d") != "0d" and item["status"] != "complete")
    ]
    for item, pick in zip(items, picks, strict=False):
        if pick < len(DELAYS):
            item["uncertainty"] = (LENGTHS if only_work else DELAYS)[pick]
    ids = [item["id"] for item in items or document["items"]]
    impacts = [
        {"item": ids[picks[0] % len(ids)], "delay": DELAYS[0], "mode": "series"},
        {"item": ids[picks[1] % len(ids)], "delay": DELAYS[4], "mode": "parallel"},
    ]
    document["risks"] = [
        {"id": "r", "probability": 0.5, "impacts": impacts},
        {"id": "s", "probability": 0.4, "impacts": impacts[::-1]},
    ]
    return type(plan).model_validate(document)


def everything(model: RiskModel) -> RiskModel:
    """Ask about every item that has a finish at all, after the plan's own."""
    passes = model.baseline.passes[model.gaps]
    return model.with_targets(
        [
            model.targets[0],
            *(
                Target(one, one, None, None)
                for one, finish in zip(passes.compiled.ids, passes.dates.finish, strict=True)
                if finish != NEVER
            ),
        ]
    )


def make(plan: Plan, gaps: Any = "spare", seed: int = 3) -> RiskModel | None:
    """Return a model that asks about everything, None for a plan that cannot be simulated."""
    try:
        return everything(
            prepare_risk(prepare(plan), iterations=SIZE, seed=seed, targets=[plan.id], gaps=gaps)
        )
    except KnockonError as error:
        note(str(error))
        return None


def scalar(model: RiskModel, first: int = 0) -> np.ndarray:
    """Return the finishes of a model's targets by one forward pass for each iteration."""
    compiled, passes = model.baseline.compiled, model.baseline.passes[model.gaps]
    net, cells = compiled.net, len(model.cell_items)
    nothing = Without()
    block = next(Blocks(model, model.off_risks(nothing), SIZE, is_large=False).cut(first, SIZE))
    pairs = Pairs(ints(range(cells)), zeros(cells), zeros(cells) - 1)
    minutes = np.asarray(Minutes(model, pairs, is_large=False).fill(block)).reshape(cells, SIZE)
    variant = model.variants.plain
    rows = []
    for lane in range(SIZE):
        lengths = list(passes.lengths)
        columns: dict[str, Any] = {
            name: list(getattr(net, name))
            for name in ("own_finish", "rest", "months", "rest_months")
        }
        changes = compiled.engine.no_changes()
        for cell, (way, position) in enumerate(zip(variant.ways, variant.positions, strict=True)):
            value = int(minutes[cell, lane])
            assert way is not None
            if way.code == DELAY:
                changes.slip[position] += value
            elif way.code in {LENGTH, SPAN}:
                lengths[position] = value
                columns["months"][position] = 0
                if way.code == SPAN:
                    columns["own_finish"][position] = net.own_start[position] + value
            else:
                assert way.code in {REST, RUNS}
                columns["rest"][position] = value
                columns["rest_months"][position] = 0
                if way.code == RUNS:
                    cal, own = net.rest_cal[position], net.own_finish[position]
                    columns["own_finish"][position] = add_work(
                        net.clock, cal, own, value - way.base
                    )
        one = replace(compiled, net=net._replace(**columns))
        engine = Engine(one, is_large=False)
        dates = engine.forward(lengths, changes)
        ends = engine.finishes(dates)
        rows.append(
            [
                ends[0] if target.item is None else dates.finish[compiled.at[target.item]]
                for target in model.targets
            ]
        )
    return np.array(rows).T


picks = st.lists(st.integers(0, 2 * len(DELAYS)), min_size=12, max_size=12)
slow = settings(
    max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


@slow
@given(plan=plans(), picks=picks, gaps=st.sampled_from(["spare", "work"]))
def test_every_iteration_is_a_forward_pass(plan: Plan, picks: list[int], gaps: str) -> None:
    model = make(uncertain(plan, picks), gaps)
    if model is None:
        return
    note(dump_plan(model.plan))
    found = run_job(Job(model, is_large=False, is_plain=False, detail=True), 4, SIZE)
    assert found.samples.tolist() == scalar(model, 4).tolist()


@slow
@given(plan=networks(), picks=picks)
def test_the_fast_path_is_the_slow_one(plan: Plan, picks: list[int]) -> None:
    model = make(uncertain(plan, picks, only_work=True))
    assume(model is not None)
    assert model is not None
    assume(model.network is not None)
    note(dump_plan(model.plan))
    fast, slow_ = (
        run_job(Job(model, is_large=False, is_plain=plain, detail=True), 0, SIZE)
        for plain in (True, False)
    )
    assert fast.samples.tolist() == slow_.samples.tolist()
    assert fast.critical.tolist() == slow_.critical.tolist()
    assert fast.joined.tolist() == slow_.joined.tolist()
    assert fast.arms.tolist() == slow_.arms.tolist()
    assert fast.fired.tolist() == slow_.fired.tolist()


@slow
@given(plan=plans(), picks=picks)
def test_leaving_out_inside_an_iteration_is_a_run_without(plan: Plan, picks: list[int]) -> None:
    model = make(uncertain(plan, picks))
    if model is None or model.baseline.compiled.has_alap or not model.cell_items:
        return
    note(dump_plan(model.plan))
    cells = range(len(model.cell_items))
    links = tuple(dict.fromkeys(model.baseline.compiled.link))
    hit = {
        risk: tuple(
            cell
            for cell in cells
            for impact in range(model.cells.impact_at[cell], model.cells.impact_at[cell + 1])
            if model.cells.impact_risk[impact] == risk
        )
        for risk in (0, 1)
    }
    groups = {
        Group("one", (0,), own=True): Without(items=frozenset(model.cell_items[:1])),
        Group("all", tuple(cells), own=True): Without(items=frozenset(model.cell_items)),
        Group("r", hit[0], own=False, risk=0): Without(risks=frozenset({"r"})),
        Group("s", hit[1], own=False, risk=1): Without(risks=frozenset({"s"})),
        Group("held", (0,), own=False, held=True): Without(held=frozenset(model.cell_items[:1])),
        Group("links", (), own=False, held=True, links=links): Without(links=frozenset(links)),
        Group("both", tuple(cells), own=False, held=True, links=links): Without(
            held=frozenset(model.cell_items), links=frozenset(links)
        ),
    }
    found = run_job(Job(model, groups=tuple(groups), is_large=False, detail=True), 0, SIZE)
    plain = run_job(Job(model, is_large=False, detail=True, is_plain=False), 0, SIZE)
    assert found.samples.tolist() == plain.samples.tolist()
    assert found.missed.tolist() == plain.missed.tolist()
    assert found.critical.tolist() == plain.critical.tolist()
    for row, without in zip(found.without, groups.values(), strict=True):
        alone = run_job(Job(model, without, is_large=False, is_plain=False), 0, SIZE)
        assert row.tolist() == alone.samples[0].tolist()
    for row in found.without[-3:]:  # what is protected makes nothing later
        assert (row <= found.samples[0]).all()


# The first run on a machine compiles the kernels.
@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plan=st.one_of(plans(), networks()), picks=picks, chunk=st.integers(1, 7))
def test_any_way_of_running_gives_the_same_bits(plan: Plan, picks: list[int], chunk: int) -> None:
    model = make(uncertain(plan, picks))
    if model is None:
        return
    note(dump_plan(model.plan))
    whole = run_job(Job(model, detail=True, is_large=False), 0, 30)
    stretches = [(first, min(chunk, 30 - first)) for first in range(0, 30, chunk)]
    sent: RiskModel = pickle.loads(pickle.dumps(model))
    for workers, is_large in ((1, False), (2, True)):
        job = Job(sent, detail=True, is_large=is_large)
        parts = join_tallies(list(threads(workers)(job, stretches[::-1])))
        for name in ("samples", "fired", "critical", "joined", "arms", "missed"):
            assert getattr(parts, name).tolist() == getattr(whole, name).tolist(), name
    assert run_chunk(sent, 11, 9).tolist() == whole.samples[:, 11:20].tolist()


def test_stretches_cover_everything_once() -> None:
    for count, workers in ((1, 4), (1000, 2), (10_000, 3)):
        pieces = cut(7, count, workers)
        assert [one for first, size in pieces for one in range(first, first + size)] == list(
            range(7, 7 + count)
        )
