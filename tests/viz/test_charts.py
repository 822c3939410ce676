"""Charts: what their specifications hold, where words stand, and that drawings are inert."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.laws import examples
from tests.viz.hostile import PAYLOADS
from tests.viz.oddsrecords import SHAPES, target_of
from tests.viz.reading import read_page
from viz.charts.axis import find_ticks
from viz.charts.bars import Bar, draw_bars
from viz.charts.chart import legible
from viz.charts.draw import draw_png, draw_svg
from viz.charts.scurve import draw_scurve

DAYS = st.dates(date(1990, 1, 1), date(2190, 1, 1))


def curve(chart: Any) -> list[tuple[str, float]]:
    (layer,) = [one for one in chart.wide["layer"] if one["name"].startswith("curve")]
    return [(one["day"], one["share"]) for one in layer["data"]["values"]]


def words(chart: Any) -> list[str]:
    return [
        one["mark"]["text"] for one in chart.wide["layer"] if one["name"].startswith("words")
    ]  # fmt: skip


def test_an_s_curve_holds_every_point_and_marks_p50_p80_and_the_date() -> None:
    target = SHAPES["a wall at the date to keep"]
    chart = draw_scurve(target, key="s", title="T", subtitle="S")
    assert curve(chart)[:3] == [("2027-04-11", 0.0), ("2027-04-11", 0.87), ("2027-05-11", 1.0)]
    assert words(chart) == [
        "Due 11 Apr 2027: kept in 87 %", "P50: 11 Apr 2027", "P80: 11 Apr 2027",
    ]  # fmt: skip
    assert "P80 11 Apr 2027" in chart.words


def test_without_a_date_to_keep_the_one_without_delay_is_marked() -> None:
    chart = draw_scurve(SHAPES["no date"], key="s", title="T", subtitle="S")
    assert words(chart)[0] == "Without any delay: 1 Jan 2027"


def test_the_last_runs_do_not_squeeze_the_rest() -> None:
    far = draw_scurve(target_of([*range(999), 9000], 10), key="s", title="T", subtitle="S")
    assert curve(far)[-1] == ("2029-11-14", 0.99)  # day 989 and 6 % of what is shown
    near = draw_scurve(target_of([*range(999), 1000], 10), key="s", title="T", subtitle="S")
    assert curve(near)[-1][1] == 1


def test_dates_at_the_end_of_time_can_be_drawn() -> None:
    target = replace(target_of([0, 10], 5), by=date.max, finish=date.min)
    chart = draw_scurve(target, key="s", title="T", subtitle="S")
    assert words(chart)[0] == "Due 31 Dec 9999: kept in 50 %"
    assert draw_svg(chart)[0].startswith("<svg")
    ticks = find_ticks(date(9000, 1, 1), date.max, 7)
    assert 2 <= len(ticks) <= 11


@given(DAYS, DAYS, st.integers(3, 9))
@settings(max_examples=examples(60))
def test_ticks_are_few_and_on_the_axis(one: date, other: date, most: int) -> None:
    first, last = sorted((one, other))
    ticks = find_ticks(first, last, most)
    assert len(ticks) <= most + 1
    assert all(first <= day <= last for day in ticks)
    assert list(ticks) == sorted(set(ticks))
    if (last - first).days >= 75:
        assert all(day.day == 1 for day in ticks)


def test_a_drawing_holds_shapes_and_words_and_nothing_that_loads() -> None:
    bars = [Bar(text, 100.0 - place, f"{place} days") for place, text in enumerate(PAYLOADS)]
    chart = draw_bars(bars, key="b", title=PAYLOADS[1], subtitle="S")
    for svg in draw_svg(chart):
        page = read_page(svg)
        assert {tag for tag, _ in page.tags} <= {
            "svg",
            "title",
            "desc",
            "g",
            "path",
            "line",
            "text",
        }
        assert page.outside() == []
        assert not any("style" in attrs or "font-family" in attrs for _, attrs in page.tags)
        assert "<script>window.pwned=1</script>" in page.words
        named = [attrs for tag, attrs in page.tags if tag == "svg"]
        assert [one["role"] for one in named] == ["img"]
        ids = {attrs["id"] for _, attrs in page.tags if "id" in attrs}
        assert {named[0]["aria-labelledby"], named[0]["aria-describedby"]} == ids


def test_the_two_forms_of_a_chart_have_ids_of_their_own() -> None:
    chart = draw_scurve(SHAPES["no date"], key="s", title="T", subtitle="S")
    ids = re.findall(r' id="([^"]+)"', "".join(draw_svg(chart)))
    assert len(ids) == len(set(ids)) == 4


def test_the_longest_bar_and_its_number_fit() -> None:
    chart = draw_bars([Bar("A", 50.0, "50 days"), Bar("B", 25.0, "25 days")], key="b", title="T",
                      subtitle="S")  # fmt: skip
    lengths = [float(one) for one in re.findall(r'd="M0,[\d.]+h([\d.]+)v14', draw_svg(chart)[0])]
    assert lengths[0] == pytest.approx(2 * lengths[1], abs=0.2)
    assert 550 < lengths[0] < 700


def test_a_picture_for_a_paper_is_sharp() -> None:
    picture = draw_png(draw_bars([Bar("A", 1.0, "1 day")], key="b", title="T", subtitle="S"))
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20], "big") == 1750


@given(st.text())
@settings(max_examples=examples(60))
def test_what_is_legible_can_stand_in_xml(text: str) -> None:
    shown = legible(text)
    assert shown.isprintable()
    assert shown.encode("utf-8").decode("utf-8") == shown
    assert shown == legible(shown)
