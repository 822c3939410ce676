"""Two activities A and B joined by each type of link: 4 types, lags 0, +2 and -2, three lengths.

Days count from the plan's start, with A from 0 to ``a`` and B of length ``b``. The definitions of
the types leave one answer each: B starts no earlier than a + lag (FS) or lag (SS), finishes no
earlier than a + lag (FF) or lag (SF), and does not start before the plan.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import product

import pytest

from graphmodel.links import LINK_TYPES
from graphmodel.plan import Plan
from simulations.schedule import schedule
from tests.oracle.networks import START

#: Type, lag, length of A, of B; start of B, total and free float of A, total float of B.
#: The float of A between link and plan's end, e.g. SS - 2 with 2 and 5 days: B, from 0 to 5, ends
#: the plan, so A may start as late as 0 + 2 and finish at 4, which is 2 later than it does.
BY_HAND = (
    ("FS", 0, 2, 5, 2, 0, 0, 0),
    ("FS", 0, 4, 4, 4, 0, 0, 0),
    ("FS", 0, 5, 2, 5, 0, 0, 0),
    ("FS", 2, 2, 5, 4, 0, 0, 0),
    ("FS", 2, 4, 4, 6, 0, 0, 0),
    ("FS", 2, 5, 2, 7, 0, 0, 0),
    ("FS", -2, 2, 5, 0, 0, 0, 0),
    ("FS", -2, 4, 4, 2, 0, 0, 0),
    ("FS", -2, 5, 2, 3, 0, 0, 0),
    ("SS", 0, 2, 5, 0, 0, 0, 0),
    ("SS", 0, 4, 4, 0, 0, 0, 0),
    ("SS", 0, 5, 2, 0, 0, 0, 3),
    ("SS", 2, 2, 5, 2, 0, 0, 0),
    ("SS", 2, 4, 4, 2, 0, 0, 0),
    ("SS", 2, 5, 2, 2, 0, 0, 1),
    ("SS", -2, 2, 5, 0, 2, 2, 0),
    ("SS", -2, 4, 4, 0, 0, 2, 0),
    ("SS", -2, 5, 2, 0, 0, 2, 3),
    ("FF", 0, 2, 5, 0, 3, 3, 0),
    ("FF", 0, 4, 4, 0, 0, 0, 0),
    ("FF", 0, 5, 2, 3, 0, 0, 0),
    ("FF", 2, 2, 5, 0, 1, 1, 0),
    ("FF", 2, 4, 4, 2, 0, 0, 0),
    ("FF", 2, 5, 2, 5, 0, 0, 0),
    ("FF", -2, 2, 5, 0, 3, 5, 0),
    ("FF", -2, 4, 4, 0, 0, 2, 0),
    ("FF", -2, 5, 2, 1, 0, 0, 2),
    ("SF", 0, 2, 5, 0, 3, 5, 0),
    ("SF", 0, 4, 4, 0, 0, 4, 0),
    ("SF", 0, 5, 2, 0, 0, 2, 3),
    ("SF", 2, 2, 5, 0, 3, 3, 0),
    ("SF", 2, 4, 4, 0, 0, 2, 0),
    ("SF", 2, 5, 2, 0, 0, 0, 3),
    ("SF", -2, 2, 5, 0, 3, 7, 0),
    ("SF", -2, 4, 4, 0, 0, 6, 0),
    ("SF", -2, 5, 2, 0, 0, 4, 3),
)


SHIFT = [["09:00", "17:00"]]
WEEK = {"id": "week", "week": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), SHIFT)}


def joined(kind: str, lag: int, lengths: tuple[int, int], unit: str = "d") -> Plan:
    return Plan.model_validate(
        {
            "schema": "knockon/plan@1",
            "id": "pair",
            "start": START.isoformat(),
            "calendar": "week" if unit == "wd" else None,
            "calendars": [WEEK],
            "items": [
                {"id": name, "kind": "activity", "title": name, "duration": f"{length}{unit}"}
                for name, length in zip("AB", lengths, strict=True)
            ],
            "links": [{"from": "A", "to": "B", "type": kind, "lag": f"{lag}{unit}"}],
        }
    )


def working_day(number: int) -> date:
    """Day of the five-day week, from the plan's start, a Monday, which is 0."""
    return START + timedelta(days=number + 2 * (number // 5))


def test_every_case_is_there() -> None:
    cases = product(LINK_TYPES, (0, 2, -2), ((2, 5), (4, 4), (5, 2)))
    assert [row[:4] for row in BY_HAND] == [(kind, lag, *pair) for kind, lag, pair in cases]


every_case = pytest.mark.parametrize(
    ("kind", "lag", "a", "b", "start", "total", "free", "total_b"),
    BY_HAND,
    ids=[f"{kind}{lag:+}-{a}-{b}" for kind, lag, a, b, *_ in BY_HAND],
)


@every_case
def test_relation(
    kind: str, lag: int, a: int, b: int, start: int, total: int, free: int, total_b: int
) -> None:
    before, after = schedule(joined(kind, lag, (a, b))).items
    assert (before.start, before.finish) == (START, START + timedelta(days=a - 1))
    assert after.start == START + timedelta(days=start)
    assert after.finish == START + timedelta(days=start + b - 1)
    assert (before.total_float_days, before.free_float_days) == (total, free)
    assert after.total_float_days == after.free_float_days == total_b
    assert after.driven_by == (("A",) if free == 0 else ())


@every_case
def test_relation_in_working_days(
    kind: str, lag: int, a: int, b: int, start: int, total: int, free: int, total_b: int
) -> None:
    before, after = schedule(joined(kind, lag, (a, b), "wd")).items
    nine, five = time(9), time(17)
    assert before.start == datetime.combine(START, nine)
    assert before.finish == datetime.combine(working_day(a - 1), five)
    assert after.start == datetime.combine(working_day(start), nine)
    assert after.finish == datetime.combine(working_day(start + b - 1), five)
    assert (before.total_float_days, before.free_float_days) == (total, free)
    assert after.total_float_days == after.free_float_days == total_b
    assert after.driven_by == (("A",) if free == 0 else ())
