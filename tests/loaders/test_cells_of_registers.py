"""Cells that hold more than one word: pairs, delays, changes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.items import Uncertainty
from graphmodel.scenario import Change, SlipGroup
from graphmodel.spans import Span
from loaders.change_cells import OPERATIONS, name_parts, read_change, show_change
from loaders.pairs import read_pairs, show_pairs
from loaders.register_cells import read_moment, share, show_share
from loaders.text import tidy
from loaders.uncertainty_cells import DISTRIBUTIONS, read_uncertainty, show_uncertainty

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1)


@given(st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), WORDS, max_size=4))
def test_pairs_come_back(pairs: dict[str, str]) -> None:
    assert read_pairs(show_pairs("some words", pairs)) == ("some words", pairs)


@pytest.mark.parametrize(
    "text", ["slip item", "slip item=A by=2w by=3w", "x delay=(pert low=1w", "x a=b =c", 'x a="b']
)
def test_what_is_no_row_of_pairs(text: str) -> None:
    with pytest.raises(ValueError, match=r"name=value|not closed|no change"):
        read_change(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2 weeks", {"distribution": "empirical", "values": ["2w"]}),
        ("2w to 3m", {"distribution": "uniform", "low": "2w", "high": "3m"}),
        ("between 2w and 3m", {"distribution": "uniform", "low": "2w", "high": "3m"}),
        ("2w, 1m, 3m", {"distribution": "triangular", "low": "2w", "mode": "1m", "high": "3m"}),
        (
            "2w to 3m, most likely 1m",
            {"distribution": "triangular", "low": "2w", "mode": "1m", "high": "3m"},
        ),
        ("PERT 2w 1m 3m", {"distribution": "pert", "low": "2w", "mode": "1m", "high": "3m"}),
        ("normal 10d 2d", {"distribution": "normal", "mean": "10d", "sd": "2d"}),
        ("empirical 1d 2d 9d", {"distribution": "empirical", "values": ["1d", "2d", "9d"]}),
        (
            "lognormal mean=10d sd=50% correlate=weather",
            {"distribution": "lognormal", "mean": "10d", "sd": "50%", "correlate": "weather"},
        ),
        (
            "hurdle probability=30% delay=2w",
            {"distribution": "hurdle", "probability": 0.3, "delay": "2w"},
        ),
        (
            "hurdle probability=0.3 delay=(exponential mean=2w)",
            {
                "distribution": "hurdle",
                "probability": 0.3,
                "delay": {"distribution": "exponential", "mean": "2w"},
            },
        ),
    ],
)
def test_delays_as_people_write_them(text: str, meant: dict[str, Any]) -> None:
    assert read_uncertainty(text) == Uncertainty.model_validate(meant)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("soon", "is not a span"),
        ("2w, 3w", "is no delay"),
        ("gamma mean=2w", "is no distribution"),
        ("pert 2w 1m", "needs low, mode and high"),
        ("pert low=2w", "mode and high is missing"),
        ("pert 2w or so 1m 3m", "is not a row of lengths"),
        ("hurdle 2w 3w", "is not a row of lengths"),
        ("normal mean=2w sd=1w skew=2", "is no parameter"),
        ("hurdle probability=2 delay=1w", "is not a probability"),
        ("exponential mean=soon", "is not a span"),
    ],
)
def test_delays_that_cannot_be_read(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        read_uncertainty(text)


SPANS = st.builds(
    Span,
    st.integers(0, 999).map(lambda n: Decimal(n).normalize() + 0),
    st.sampled_from(["d", "w", "wd", "%"]),
)


def uncertainties() -> st.SearchStrategy[Uncertainty]:
    def make(kind: str, delay: Any) -> st.SearchStrategy[Uncertainty]:
        parts: dict[str, Any] = {
            "low": SPANS,
            "mode": SPANS,
            "high": SPANS,
            "mean": SPANS,
            "sd": SPANS,
            "values": st.lists(SPANS, min_size=1, max_size=3),
            "probability": st.floats(0, 1),
            "delay": delay,
        }
        return st.fixed_dictionaries(parts, optional={"correlate": WORDS}).map(
            lambda found: Uncertainty(distribution=kind, **found)  # type: ignore[arg-type]
        )

    inner = st.sampled_from(DISTRIBUTIONS).flatmap(lambda kind: make(kind, SPANS))
    return st.sampled_from(DISTRIBUTIONS).flatmap(lambda kind: make(kind, st.one_of(SPANS, inner)))


@given(uncertainties())
def test_delays_come_back(delay: Uncertainty) -> None:
    assert read_uncertainty(show_uncertainty(delay)) == delay


#: One of each operation.
CHANGES = (
    "slip item=A by=2w",
    "slip group by=2w officer=o roles=responsible,sponsor",
    "set item=A start=2026-10-01 duration=10wd",
    "add link from=A to=B type=SS lag=-1w",
    "remove link from=A to=B",
    "cancel meeting board=TB date=2026-10-20",
    "move meeting board=TB date=2026-10-20 to=2026-10-27T14:00",
    "add meeting board=TB date=2026-10-20",
    "away officer=o from=2026-10-01 to=2026-10-31",
    "reassign item=A officer=o to=p",
    "complete item=A on=2026-10-01",
    "cancel item item=A",
    "waive papers lead gate=G",
)


@pytest.mark.parametrize("text", CHANGES)
def test_changes_come_back(text: str) -> None:
    change = read_change(text)
    assert show_change(change) == text


@pytest.mark.parametrize("op", ["cancel_meeting", "Cancel Meeting", "cancel-meeting"])
def test_the_name_of_a_change_in_any_spelling(op: str) -> None:
    assert read_change(f"{op} board=TB date=2026-10-20").op == "cancel_meeting"


def test_there_is_an_example_of_each_change() -> None:
    assert len(CHANGES) == len(OPERATIONS) == len(get_args(get_args(Change)[0]))


def test_a_yes_is_a_flag() -> None:
    change = read_change("slip item=A by=2w own=yes")
    assert show_change(change) == "slip item=A by=2w own=yes"


def test_what_changes_name() -> None:
    named = [part for text in CHANGES for part in name_parts(read_change(text))]
    assert set(named) == {
        *(("item", "A"), ("item", "B"), ("officer", "o"), ("officer", "p"), ("board", "TB")),
        ("gate", "G"),
    }
    group = SlipGroup.model_validate({"by": "1w", "parent": "A"})
    assert list(name_parts(group)) == [("item", "A")]


@pytest.mark.parametrize(
    "text",
    ["explode item=A", "slip item=A", "slip item=A by=soon", "slip group by=2w", "set item=A", ""],
)
def test_changes_that_cannot_be_read(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no change|In "):
        read_change(text)


@given(st.floats(0, 1))
def test_shares_come_back(value: float) -> None:
    assert share("chance")(show_share(value)) == value


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-09-30", date(2026, 9, 30)),
        ("30/09/2026", date(2026, 9, 30)),
        ("30 Sep 26", date(2026, 9, 30)),
    ],
)
def test_days(text: str, day: date) -> None:
    assert read_moment(tidy(text)) == day


def test_a_backslash_of_no_meaning_stays() -> None:
    assert read_pairs('x path="C:\\qlik"') == ("x", {"path": "C:\\qlik"})


def test_a_quotation_mark_left_open_in_brackets_is_told() -> None:
    with pytest.raises(ValueError, match="bracket is not closed"):
        read_pairs('hurdle delay=(pert correlate="x')
