"""What a chart is: its headline, what it shows in words, and how it is drawn wide and narrow.

Titles follow the Government Analysis Function's checklist for charts: a headline that says what the
picture shows, under it what is counted; few light grid lines, labels at the marks and no legend,
nothing told by colour alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, TypeAlias

__all__ = ["NARROW", "WIDE", "Chart", "Size", "Spec", "frame", "legible", "text_width"]

#: A Vega-Lite specification.
Spec: TypeAlias = dict[str, Any]

INK: Final = "#0b0c0c"
SOFT: Final = "#484f54"
RULE: Final = "#c5cbcf"
MAIN: Final = "#12436d"

#: Pixels of a label, and the mean width of one of its characters against that.
FONT: Final = 13
_CHARACTER: Final = 0.53

_SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v5.json"


@dataclass(frozen=True, slots=True)
class Size:
    """How wide and high a chart is, in pixels, and how many labels its axis of dates has."""

    width: int
    height: int
    ticks: int


#: For a page or a paper, and for a phone.
WIDE: Final = Size(700, 320, 7)
NARROW: Final = Size(320, 280, 4)


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart in two sizes.

    Attributes
    ----------
    key
        Its place on the page: what ids in it begin with.
    title, subtitle
        What it shows, and what is counted.
    words
        The same for those who do not see it.
    wide, narrow
        Its specifications.
    """

    key: str
    title: str
    subtitle: str
    words: str
    wide: Spec
    narrow: Spec


def frame(size: Size, layers: list[Spec], *, top: int = 6) -> Spec:
    """Return a specification of named layers, ``size`` with its axes, ``top`` pixels over it."""
    return {
        "$schema": _SCHEMA,
        "width": size.width,
        "height": size.height,
        "autosize": {"type": "fit", "contains": "padding"},
        "padding": {"left": 2, "right": 8, "top": top, "bottom": 4},
        "background": "#ffffff",
        "config": {
            "aria": False,
            "font": "Arial, Liberation Sans, Helvetica, sans-serif",
            "view": {"stroke": None},
            "axis": {
                "labelFontSize": FONT, "labelColor": SOFT, "title": None, "domainColor": RULE,
                "gridColor": RULE, "gridOpacity": 1, "ticks": False, "labelPadding": 6,
            },
            "text": {"fontSize": FONT, "color": INK},
        },
        # A name may stand once; the style sheet goes by what is before the number.
        "layer": [
            {**layer, "name": f"{layer['name']}_{place}"} for place, layer in enumerate(layers)
        ],
    }  # fmt: skip


def text_width(text: str, *, bold: bool = False) -> float:
    """Return about how many pixels a label is wide."""
    return len(text) * FONT * (_CHARACTER + 0.04 if bold else _CHARACTER)


def legible(text: str) -> str:
    """Return a text that a drawing can hold: on one line, without control codes.

    What draws would stop the whole program at a character that XML has no way to write.
    """
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())
