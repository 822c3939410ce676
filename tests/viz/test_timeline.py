"""Before and after on one axis."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.laws import examples
from tests.viz.hostile import PAYLOADS
from tests.viz.samples import build_whatif, moved
from viz.timeline import TimelineRow, draw_timeline, lay_out_timeline

if TYPE_CHECKING:
    from simulations.results import MovedItem

DAYS = st.dates(date(2020, 1, 1), date(2060, 1, 1))


@st.composite
def moved_items(draw: st.DrawFn) -> list[MovedItem]:
    items = []
    for number in range(draw(st.integers(1, 30))):
        before = draw(DAYS)
        spare, work = draw(st.integers(-90, 400)), draw(st.integers(-90, 400))
        due = draw(st.none() | DAYS)
        items.append(
            moved(
                f"m{number}",
                title=draw(st.sampled_from(PAYLOADS)),
                baseline_start=draw(st.none() | st.just(before - timedelta(days=30))),
                baseline_finish=before,
                start=before,
                finish=before + timedelta(days=spare),
                finish_if_work=before + timedelta(days=work),
                knock_on_days=spare,
                knock_on_if_work_days=work,
                due=due,
                newly_late=due is not None and draw(st.booleans()),
            )
        )
    return items


def row_of(item: MovedItem) -> TimelineRow:
    timeline = lay_out_timeline([item])
    assert timeline is not None
    return timeline.rows[0]


@given(moved_items())
def test_every_mark_is_on_the_chart_and_in_order(items: list[MovedItem]) -> None:
    timeline = lay_out_timeline(items)
    assert timeline is not None
    places: dict[int, float] = {}
    for item, row in zip(items, timeline.rows, strict=False):
        assert item.baseline_finish is not None
        assert item.finish is not None
        assert item.finish_if_work is not None
        shown = [(item.baseline_finish, row.before), (item.finish, row.after)]
        shown.append((item.finish_if_work, row.latest))
        if row.due is not None and item.due is not None:
            shown.append((item.due, row.due))
        for day, x in shown:
            assert 0 <= x <= 100
            places[day.toordinal()] = x
    ordered = sorted(places.items())
    assert all(left[1] <= right[1] for left, right in pairwise(ordered))


@given(moved_items())
def test_months_are_few_and_their_names_are_not_cut(items: list[MovedItem]) -> None:
    timeline = lay_out_timeline(items)
    assert timeline is not None
    xs = [tick.x for tick in timeline.ticks]
    assert len(xs) <= 11
    assert xs == sorted(xs)
    assert all(0 <= x <= 93 for x in xs)


@settings(max_examples=examples(20))
@given(moved_items())
def test_every_picture_is_well_formed(items: list[MovedItem]) -> None:
    timeline = lay_out_timeline(items, status_date=date(2030, 6, 30))
    assert timeline is not None
    html = draw_timeline(timeline)
    pictures = re.findall(r"<svg class=\"t-chart\".*?</svg></div>", html, re.DOTALL)
    assert len(pictures) == len(timeline.rows) + 1
    for picture in pictures:
        root = ET.fromstring(picture.removesuffix("</div>"))
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
    named = [ET.fromstring(one.removesuffix("</div>")).get("aria-label") for one in pictures[1:]]
    assert named == [row.words for row in timeline.rows]


def test_titles_are_escaped() -> None:
    timeline = lay_out_timeline([moved("<m>", title=PAYLOADS[2])])
    assert timeline is not None
    html = draw_timeline(timeline)
    assert "<img" not in html
    assert "&lt;img" in html
    assert "<b>&lt;m&gt;</b>" in html


def test_a_row_tells_both_ends() -> None:
    item = moved("m", finish_if_work=date(2026, 8, 31), knock_on_if_work_days=62.0)
    row = row_of(item)
    assert row.before < row.after < row.latest
    assert row.label == "30 to 62 days"
    assert row.words == (
        "m: before 30 Jun 2026, after 30 Jul 2026, or 31 Aug 2026 if the gaps are work"
    )


@pytest.mark.parametrize(
    ("given", "label", "late"),
    [
        ({"due": date(2026, 7, 15), "newly_late": True, "newly_late_if_work": True},
         "30 days, becomes late", "newly"),
        ({"due": date(2026, 7, 31), "newly_late_if_work": True},
         "30 days, late if work", "if work"),
        ({"due": date(2026, 6, 1), "late_before": True}, "30 days, late already", ""),
        ({"due": date(2026, 12, 31)}, "30 days", ""),
    ],
)  # fmt: skip
def test_lateness_is_said_in_words(given: dict[str, object], label: str, late: str) -> None:
    row = row_of(moved("m", **given))
    assert (row.label, row.late) == (label, late)
    # A due date is drawn where it matters only: it would stretch the axis.
    assert (row.due is not None) == ("late" in label)


def test_lengths_are_drawn_for_what_has_one_and_is_not_a_whole() -> None:
    begun = {"baseline_start": date(2026, 6, 1), "start": date(2026, 7, 1)}
    assert row_of(moved("m", **begun)).before_start is not None
    assert row_of(moved("m", **begun, is_parent=True)).before_start is None
    assert row_of(moved("m")).before_start is None


def test_an_open_end_is_drawn_at_its_start() -> None:
    row = row_of(moved("m", baseline_finish=None, finish=None, finish_if_work=None))
    assert row.before < row.after == row.latest


def test_what_has_no_date_at_all_is_left_out() -> None:
    nothing = moved(
        "m", baseline_start=None, baseline_finish=None, start=None, finish=None, finish_if_work=None
    )
    assert lay_out_timeline([nothing]) is None
    assert lay_out_timeline([]) is None


def test_rows_beyond_a_screenful_are_counted() -> None:
    timeline = lay_out_timeline([moved(f"m{n}") for n in range(30)])
    assert timeline is not None
    assert (len(timeline.rows), timeline.more) == (24, 6)


def test_labels_turn_to_the_left_near_the_right_edge() -> None:
    end = date(2027, 6, 1)
    far = {"baseline_finish": date(2027, 5, 1), "finish": end, "finish_if_work": end}
    early, late = moved("a"), moved("b", **far)
    timeline = lay_out_timeline([early, late])
    assert timeline is not None
    assert [row.label_side for row in timeline.rows] == ["start", "end"]


def test_the_sample_answer_reads_from_its_dates() -> None:
    timeline = lay_out_timeline(build_whatif().items, status_date=date(2026, 6, 30))
    assert timeline is not None
    assert timeline.status is None  # it lies before everything that is shown
    assert [tick.label for tick in timeline.ticks][:2] == ["Nov 2026", "Jan 2027"]
