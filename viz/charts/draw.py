"""From a specification to a picture: SVG to stand in a page, PNG to stand in a Word document.

What is drawn is taken apart and put together again from a short list of shapes and attributes: no
ids that could clash, no addresses, no fonts but the page's, and texts that are escaped once more.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

from viz.charts.chart import legible

if TYPE_CHECKING:
    from viz.charts.chart import Chart, Spec

__all__ = ["draw_png", "draw_svg"]

_SHAPES: Final = frozenset(("g", "path", "line", "text"))
_ATTRIBUTES: Final = (
    "transform", "d", "x2", "y2", "fill", "stroke", "stroke-width", "stroke-dasharray",
    "text-anchor", "font-size", "font-weight",
)  # fmt: skip
#: Figures behind the point that nobody sees.
_LONG: Final = re.compile(r"-?\d+\.\d{2,}")
_KINDS: Final = {"role-axis-grid": "grid", "role-axis-label": "label"}
#: The class of what a layer draws, which begins with the layer's name.
_LAYER: Final = re.compile(r"([a-z]+)_\d+_marks")
#: Pixels of a PNG for each of a specification's.
_SCALE: Final = 2.5


def draw_svg(chart: Chart) -> tuple[str, str]:
    """Return a chart as two SVG elements, for wide and for narrow pages."""
    return _inline(chart, chart.wide, "wide"), _inline(chart, chart.narrow, "narrow")


def draw_png(chart: Chart) -> bytes:
    """Return the wide form of a chart as the content of a PNG file."""
    import vl_convert  # noqa: PLC0415 - heavy

    picture: bytes = vl_convert.vegalite_to_png(
        _clean(chart.wide), scale=_SCALE, allowed_base_urls=[]
    )
    return picture


def _inline(chart: Chart, spec: Spec, form: str) -> str:
    import vl_convert  # noqa: PLC0415 - heavy

    drawn: str = vl_convert.vegalite_to_svg(_clean(spec), allowed_base_urls=[])
    root = ET.fromstring(drawn)  # noqa: S314 - drawn right here
    key = escape(f"{chart.key}-{form}")
    box = escape(root.attrib["viewBox"])
    inside = "".join(_write(one) for one in root if not one.tag.endswith("}rect"))  # the ground
    return (
        f'<svg class="chart {form}" viewBox="{box}" role="img" aria-labelledby="{key}-t" '
        f'aria-describedby="{key}-d" xmlns="http://www.w3.org/2000/svg">'
        f'<title id="{key}-t">{escape(legible(chart.title))}</title>'
        f'<desc id="{key}-d">{escape(legible(chart.words))}</desc>{inside}</svg>'
    )


def _write(element: ET.Element) -> str:
    """Return an element as HTML, empty where there is nothing to see in it."""
    name = element.tag.rpartition("}")[2]
    kind = element.get("class", "")
    if name not in _SHAPES or kind in {"background", "foreground"}:
        return ""
    inside = escape(element.text or "") if name == "text" else "".join(map(_write, element))
    if not inside and name in {"g", "text"}:
        return ""
    told: list[tuple[str, str]] = [
        (key, _LONG.sub(_shorten, element.attrib[key]))
        for key in _ATTRIBUTES
        if key in element.attrib
    ]
    known = next((one for one in map(_name, kind.split()) if one), "")
    if known:
        told.append(("class", f"c-{known}"))
    if name == "g" and not told:
        return inside
    attributes = "".join(f' {key}="{escape(value)}"' for key, value in told)
    return f"<{name}{attributes}>{inside}</{name}>"


def _name(one: str) -> str:
    """Return what a class of the drawing says that a style sheet wants to know."""
    if one in _KINDS:
        return _KINDS[one]
    named = _LAYER.fullmatch(one)
    return "" if named is None else named.group(1)


def _shorten(found: re.Match[str]) -> str:
    return f"{float(found.group()):.1f}".removesuffix(".0")


def _clean(value: Any) -> Any:
    """Return a specification whose every text is legible."""
    if isinstance(value, dict):
        return {key: _clean(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_clean(one) for one in value]
    return legible(value) if isinstance(value, str) else value
