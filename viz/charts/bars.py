"""Bars with their words above them and their number beside them, such as a tornado of costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from viz.charts.chart import FONT, INK, MAIN, NARROW, WIDE, Chart, Size, frame, legible, text_width
from viz.words import shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viz.charts.chart import Spec

__all__ = ["Bar", "draw_bars"]

#: Pixels of a row: its words, its bar, and what is free.
_ROW: Final = 44
_BAR: Final = 14
#: Characters of a name where it is read out.
_SPOKEN: Final = 80
#: Pixels right of the longest bar.
_BESIDE: Final = 8


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: what it is of, how long it is, and its length in words."""

    name: str
    length: float
    told: str


def draw_bars(bars: Sequence[Bar], *, key: str, title: str, subtitle: str) -> Chart:
    """Return bars, the longest first, as they are given."""
    listed = "; ".join(f"{shorten(one.name, _SPOKEN)}: {one.told}" for one in bars)
    words = f"Bars, the longest first. {listed}. The table holds the same."
    return Chart(key, title, subtitle, words, _draw(bars, WIDE), _draw(bars, NARROW))


def _draw(bars: Sequence[Bar], size: Size) -> Spec:
    letters = int(size.width / text_width("x"))
    rows = [
        {
            "place": place,
            "name": shorten(legible(one.name), letters),
            "length": one.length,
            "told": one.told,
        }
        for place, one in enumerate(bars)
    ]
    free = max(text_width(str(row["told"]), bold=True) for row in rows) + 2 * _BESIDE
    longest = max(one.length for one in bars) * size.width / (size.width - free)
    x: Spec = {
        "field": "length", "type": "quantitative", "axis": None,
        "scale": {"domain": [0, longest], "nice": False},
    }  # fmt: skip
    y: Spec = {"field": "place", "type": "ordinal", "axis": None, "scale": {"padding": 0}}
    data = {"values": rows}
    text: Spec = {"type": "text", "align": "left", "baseline": "middle"}
    layers: list[Spec] = [
        {
            "name": "bar", "data": data, "encoding": {"x": x, "y": y},
            "mark": {"type": "bar", "height": _BAR, "yOffset": FONT / 2 + 2, "color": MAIN},
        },
        {
            "name": "words", "data": data,
            "mark": text | {"dy": -FONT / 2 - 4, "color": INK},
            "encoding": {"x": {"value": 0}, "y": y, "text": {"field": "name"}},
        },
        {
            "name": "words", "data": data,
            "mark": text | {"dx": _BESIDE, "dy": FONT / 2 + 2, "fontWeight": "bold"},
            "encoding": {"x": x, "y": y, "text": {"field": "told"}},
        },
    ]  # fmt: skip
    return frame(Size(size.width, _ROW * len(rows) + 10, 0), layers)
