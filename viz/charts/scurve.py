"""The S-curve: in which share of the runs something is finished by each date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from graphmodel.moments import day_of
from viz.charts.axis import date_axis
from viz.charts.chart import INK, MAIN, NARROW, WIDE, Chart, frame, text_width
from viz.words import show_date, show_share

if TYPE_CHECKING:
    from simulations.risk.results import TargetOdds
    from viz.charts.chart import Size, Spec

__all__ = ["draw_scurve"]

#: Days that an axis shows at the least, and the part of it that is free beside the curve.
_LEAST: Final = 20
_FREE: Final = 0.06
#: The last runs are left out where they would take more than this part of the axis.
_TAIL: Final = 0.25
_MOST: Final = 0.99
_MUCH: Final = 0.97
#: Pixels that the labels of the vertical axis take, those above the plot, and those beside a mark.
_AXIS: Final = 50
_TOP: Final = 26
_BESIDE: Final = 9


@dataclass(frozen=True, slots=True)
class _Span:
    """The days at both ends of the axis, and the pixels between them."""

    first: date
    last: date
    pixels: int

    def place(self, day: date) -> float:
        """Return where a day stands, in pixels from the left."""
        return self.pixels * (day - self.first).days / (self.last - self.first).days


def draw_scurve(
    target: TargetOdds, *, key: str, title: str, subtitle: str, percentile: int = 80
) -> Chart:
    """Return the S-curve of a target with P50, the percentile asked for and the date to keep.

    Without a date to keep, the date that holds without any delay is marked.
    """
    marked = f"P50 {show_date(target.p50)}, P{percentile} {show_date(target.at_percentile)}"
    words = (
        f"A curve that rises from 0 to 100 %. 1 in 10 runs is finished by {show_date(target.p10)}, "
        f"{marked}, 9 in 10 by {show_date(target.p90)}. {_tell_line(target)}. The table holds "
        "the same."
    )
    drawn = [_draw(target, size, percentile) for size in (WIDE, NARROW)]
    return Chart(key, title, subtitle, words, *drawn)


def _tell_line(target: TargetOdds) -> str:
    """Return what the upright line says."""
    if target.by is None or target.p_on_time is None:
        return f"Without any delay: {show_date(target.finish)}"
    return f"{_to_keep(target)} {show_date(target.by)}: kept in {show_share(target.p_on_time)}"


def _to_keep(target: TargetOdds) -> str:
    words = {"due": "Due", "must_finish": "Must finish", "planned": "Planned"}
    return words[target.against or "planned"]


def _draw(target: TargetOdds, size: Size, percentile: int) -> Spec:
    points = _points(target)
    line = day_of(target.by or target.finish)
    span = _span([line, *(day for day, _ in points)], size)
    y: Spec = {
        "field": "share",
        "type": "quantitative",
        "scale": {"domain": [0, 1]},
        "axis": {
            "values": sorted({0, 0.2, 0.5, percentile / 100, 1}),
            "labelExpr": "round(datum.value * 100) + ' %'",
            "domain": False,
        },
    }
    x = date_axis(span.first, span.last, size.ticks)
    curve = [{"day": day.isoformat(), "share": share} for day, share in (*points, (span.last, 1))]
    if points[-1][1] < 1:
        curve[-1]["share"] = points[-1][1]
    both = {"x": x, "y": y}
    upright = {"values": [{"day": line.isoformat()}]}
    layers: list[Spec] = [
        {
            "name": "upright", "data": upright, "encoding": {"x": x},
            "mark": {"type": "rule", "stroke": INK, "strokeWidth": 1.5, "strokeDash": [5, 4]},
        },
        {
            "name": "curve", "data": {"values": curve}, "encoding": both,
            "mark": {
                "type": "line", "interpolate": "step-after", "stroke": MAIN, "strokeWidth": 2.5,
            },
        },
        _word_line(target, line, span, x, size),
    ]  # fmt: skip
    for percent, day in {50: target.p50, percentile: target.at_percentile}.items():
        words = f"P{percent}: {show_date(day)}"
        layers.extend(_mark(words, day_of(day), percent / 100, line, span, both))
    return frame(size, layers, top=_TOP)


def _points(target: TargetOdds) -> list[tuple[date, float]]:
    """Return the curve by days, without the last runs where these are far out."""
    shares: dict[date, float] = {}
    for point in target.curve:
        shares[day_of(point.date)] = point.share
    points = list(shares.items())
    inside = [one for one in points if one[1] <= _MOST]
    if inside and inside[-1] != points[-1] and inside[-1][1] >= _MUCH:
        first, last, end = inside[0][0], inside[-1][0], points[-1][0]
        if (end - last).days > _TAIL * max((last - first).days, 1):
            points = inside
    first = points[0][0]
    return [(first, 0.0), *points]


def _span(days: list[date], size: Size) -> _Span:
    first, last = min(days), max(days)
    free = max(round((last - first).days * _FREE), (_LEAST - (last - first).days) // 2, 1)
    begin = date.fromordinal(max(first.toordinal() - free, 1))
    end = date.fromordinal(min(last.toordinal() + free, date.max.toordinal()))
    return _Span(begin, end, size.width - _AXIS)


def _word_line(target: TargetOdds, line: date, span: _Span, x: Spec, size: Size) -> Spec:
    """Return the words over the upright line, inside the picture."""
    words = _tell_line(target)
    if size is NARROW and target.p_on_time is not None:
        words = f"{_to_keep(target)} date: {show_share(target.p_on_time)}"
    at, wide = span.place(line), text_width(words, bold=True)
    align = "left" if at + wide <= span.pixels else "right" if at >= wide else "center"
    return {
        "name": "words",
        "data": {"values": [{"day": line.isoformat()}]},
        "mark": {
            "type": "text", "text": words, "align": align, "baseline": "bottom", "dy": -6,
            "fontWeight": "bold",
        },
        "encoding": {"x": x, "y": {"value": 0}},
    }  # fmt: skip


def _mark(
    words: str, day: date, share: float, line: date, span: _Span, both: Spec
) -> tuple[Spec, Spec]:
    """Return a point on the curve and its words, below it on the right or above it on the left.

    A curve rises, so it is never there; the upright line is where it can be helped.
    """
    data = {"values": [{"day": day.isoformat(), "share": share}]}
    is_right = _side(words, day, line, span) == "right"
    text: Spec = {
        "type": "text", "text": words, "fontWeight": "bold",
        "align": "left" if is_right else "right",
        "dx": _BESIDE if is_right else -_BESIDE,
        "baseline": "top" if is_right else "bottom",
        "dy": 4 if is_right else -4,
    }  # fmt: skip
    point: Spec = {
        "type": "point", "filled": True, "size": 80, "color": MAIN, "opacity": 1, "shape": "circle",
    }  # fmt: skip
    return (
        {"name": "point", "data": data, "encoding": both, "mark": point},
        {"name": "words", "data": data, "encoding": both, "mark": text},
    )


def _side(words: str, day: date, line: date, span: _Span) -> Literal["left", "right"]:
    at, upright = span.place(day), span.place(line)
    wide = text_width(words, bold=True) + _BESIDE
    fits = {"right": at + wide <= span.pixels, "left": at - wide >= 0}
    free = {
        "right": not at + _BESIDE / 2 < upright < at + wide,
        "left": not at - wide < upright < at - _BESIDE / 2,
    }
    sides: tuple[Literal["right"], Literal["left"]] = ("right", "left")
    for side in sides:
        if fits[side] and free[side]:
            return side
    return "right" if fits["right"] else "left"
