"""A plan packed for a page: nothing lost on the way, and refused where a page cannot compute it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings

from queries import portable
from queries.portable import make_portable
from simulations.codes import NEVER
from simulations.whatif import prepare
from tests.laws import examples
from tests.oracle.plans import COUNCIL, plans
from tests.oracle.small import build, fs

if TYPE_CHECKING:
    import pytest

    from graphmodel.plan import Plan

DAY = 1440


def pack(plan: Plan) -> dict[str, Any]:
    """Return the data of a plan as a page reads it."""
    data = make_portable(prepare(plan)).data
    assert data is not None
    read: dict[str, Any] = json.loads(json.dumps(data))
    return read


def unpack(columns: dict[str, Any], name: str, size: int) -> list[int]:
    """Return a column as it was, by the words of `queries.portable`."""
    packed = columns[name]
    if packed is None or isinstance(packed, int):
        return [NEVER if packed is None else packed] * size
    if isinstance(packed, list):
        return [NEVER if one is None else one for one in packed]
    if "days" in packed:
        return [NEVER if one is None else one * DAY for one in packed["days"]]
    like = packed["like"]
    plain = NEVER if like is None else like
    column = unpack(columns, like, size) if isinstance(like, str) else [plain] * size
    for place, value in packed["but"].items():
        column[int(place)] = NEVER if value is None else value
    return column


@settings(max_examples=examples(60))
@given(plans(COUNCIL))
def test_no_column_is_lost_on_the_way(plan: Plan) -> None:
    baseline = prepare(plan)
    if baseline.compiled.has_alap:
        return
    net, data = baseline.compiled.net, pack(plan)
    size = len(data["ids"])
    for name in ("how", "own_start", "own_finish", "length", "months", "rest", "flags", "due"):
        assert unpack(data["items"], name, size) == list(getattr(net, name))
    assert unpack(data["items"], "work", size) == list(baseline.compiled.work)
    for name in ("source", "target", "code", "lag", "lag_months", "lag_cal", "shift"):
        assert unpack(data["edges"], name, data["links"]) == list(getattr(net, name))
    steps = unpack(data["meetings"], "steps", data["meetings"]["amount"])
    assert [sum(steps[: place + 1]) for place in range(len(steps))] == list(net.meetings)


def test_columns_are_told_the_short_way() -> None:
    months = [{"id": f"m{n}", "planned": {"finish": f"2026-{n:02}-28"}} for n in range(1, 10)]
    items = pack(build(months))["items"]
    assert items["cal"] == -1  # the same for all
    assert items["due"] is None  # nobody has one
    first = (365 * 56 + 14) + 28  # days from 1970 to the end of 28 January 2026
    assert items["own_finish"]["days"][:2] == [first, first + 31]
    assert items["own_start"] == {"like": "own_finish", "but": {}}
    assert items["planned"]["but"] == {}


def test_a_bank_holiday_is_a_week_of_another_kind() -> None:
    plan = build([{"id": "a", "duration": "5wd"}], start="2026-05-25")  # the spring bank holiday
    (calendar,) = pack(plan)["calendars"]
    low, kinds = calendar["low"], calendar["kinds"]
    assert kinds[0] == [[0, 5 * DAY]]  # Monday to Friday, whole days
    week = ((365 * 56 + 14) + 144 - low // DAY) // 7  # 25 May is the 145th day of 2026
    assert kinds[calendar["odd"][str(week)]] == [[DAY, 5 * DAY]]
    assert str(week + 1) not in calendar["odd"]


def test_what_can_be_set_is_told() -> None:
    plan = build(
        [
            {"id": "action", "kind": "action", "planned": {"finish": "2026-12-31"}},
            {"id": "point", "parent": "action", "planned": {"finish": "2026-09-30"}},
            {
                "id": "bar", "parent": "action",
                "planned": {"start": "2026-09-01", "finish": "2026-09-30"},
            },
            {"id": "work", "duration": "5d"},
            {"id": "over", "planned": {"finish": "2026-06-30"}, "status": "complete"},
            {
                "id": "begun", "planned": {"start": "2026-06-01", "finish": "2026-09-30"},
                "actual_start": "2026-06-02", "status": "in_progress",
            },
            {
                "id": "paused", "planned": {"start": "2026-06-01", "finish": "2026-09-30"},
                "actual_start": "2026-06-02", "status": "on_hold",
            },
            {"id": "gated", "planned": {"finish": "2026-09-30", "precision": "month"}},
            {"id": "ongoing", "planned": {"precision": "ongoing"}},
        ],
        boards=[{"id": "cab", "title": "Cabinet", "meetings": {"dates": ["2026-09-15"]}}],
        gates=[{"item": "gated", "board": "cab"}],
    )  # fmt: skip
    data = pack(plan)
    flags = unpack(data["items"], "settable", len(data["ids"]))
    found = {one for one, flag in zip(data["ids"], flags, strict=True) if flag}
    assert found == {"action", "point", "bar"}


def test_inputs_of_a_decision_are_told_with_when_they_must_be_ready() -> None:
    month = {"finish": "2026-09-30", "precision": "month"}
    plan = build(
        [
            {"id": "report", "planned": month},
            {"id": "facts", "planned": month, "actual_finish": "2026-05-30", "status": "complete"},
            {"id": "decision", "planned": month},
        ],
        fs("report", "decision", lag="1m"), fs("facts", "decision"),
        boards=[{"id": "cab", "title": "Cabinet", "meetings": {"dates": ["2026-09-15"]}}],
        gates=[{"item": "decision", "board": "cab"}],
    )  # fmt: skip
    data = pack(plan)
    day = 365 * 56 + 14  # 1 January 2026
    ready = (day + 227) * DAY  # a month before 15 September: the end of 15 August
    window = [(day + 243) * DAY, (day + 273) * DAY]  # September
    place = str(data["ids"].index("report"))
    assert list(data["inputs"]) == [place]
    assert data["inputs"][place][0][1:] == [ready, *window]


def test_nothing_is_set_where_the_first_date_starts_the_plan() -> None:
    plan = build(
        [{"id": "point", "planned": {"finish": "2026-09-30"}}, {"id": "work", "duration": "5d"}],
        start=None,
    )
    assert pack(plan)["items"]["settable"] == 0


def test_officers_and_boards_with_nothing_left_to_do_are_not_offered() -> None:
    plan = build(
        [
            {"id": "a", "planned": {"finish": "2026-06-30"}, "status": "complete"},
            {"id": "b", "planned": {"finish": "2026-09-30"}},
        ],
        officers=[{"id": "x", "title": "Done"}, {"id": "y", "title": "Busy"}],
        assignments=[{"officer": "x", "item": "a"}, {"officer": "y", "item": "b"}],
        boards=[{"id": "idle", "title": "Idle"}, {"id": "over", "title": "O", "oversees": ["b"]}],
    )
    data = pack(plan)
    place = data["ids"].index("b")
    assert data["officers"] == [["y", "Busy", [place]]]
    assert data["boards"] == [["over", "O", [place]]]


def test_as_late_as_possible_is_refused_in_words() -> None:
    constraint = {"type": "ALAP"}
    late = [{"id": one, "duration": "5d", "constraints": [constraint]} for one in "ab"]
    found = make_portable(prepare(build([*late, {"id": "c", "duration": "9d"}], fs("a", "c"))))
    assert found.data is None
    (said,) = found.missing
    assert said == (
        "2 items are to be as late as possible (such as a a): that is worked out back from the "
        "end of the plan."
    )


def test_a_plan_too_large_for_a_page_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portable, "LARGEST", 1)
    found = make_portable(prepare(build([{"id": one, "duration": "5d"} for one in "ab"])))
    assert found.missing == ("It has 2 items, and a page works this out for up to 1.",)


def test_an_empty_plan_is_packed_too() -> None:
    assert pack(build([]))["ids"] == []
