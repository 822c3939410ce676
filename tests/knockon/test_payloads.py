"""Records as plain data."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.links import Link
from graphmodel.problems import Place, Problem
from graphmodel.scenario import Slip
from graphmodel.spans import parse_span
from knockon.payloads import pack


@dataclass(frozen=True)
class Sample:
    from_: str
    days: float
    when: date | None


@pytest.mark.parametrize(
    ("value", "packed"),
    [
        (3.0, 3),
        (0.1, 0.1),
        (float("inf"), float("inf")),
        (date(2027, 1, 31), "2027-01-31"),
        (datetime(2027, 1, 31, 17), "2027-01-31T17:00"),
        (parse_span("2m"), "2m"),
        ((1, "a", None, True), [1, "a", None, True]),
        ({"a": (1.0,)}, {"a": [1]}),
        (Sample("x", 2.0, None), {"from": "x", "days": 2, "when": None}),
        (Link(from_="a", to="b"), {"from": "a", "to": "b"}),
        (Slip(item="a", by=parse_span("1w")), {"op": "slip", "item": "a", "by": "1w"}),
    ],
)
def test_pack(value: Any, packed: Any) -> None:
    assert pack(value) == packed
    assert type(pack(value)) is type(packed)


def test_a_problem_keeps_its_place() -> None:
    problem = Problem("code", "error", "Wrong.", ("a",), Place("links.csv", 3))
    assert pack(problem) == {
        "code": "code",
        "severity": "error",
        "message": "Wrong.",
        "items": ["a"],
        "source": {"file": "links.csv", "line": 3, "cell": None, "page": None},
    }


@given(
    st.recursive(
        st.none() | st.booleans() | st.text() | st.dates() | st.floats(-1e6, 1e6),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_whatever_is_packed_can_be_written_as_json_and_read_back(value: Any) -> None:
    packed = pack(value)
    assert json.loads(json.dumps(packed)) == packed
