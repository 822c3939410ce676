"""Fills of cells as RAG: which colours of a workbook people mean by red, amber, green and blue.

A colour is judged by its hue, so that Excel's pale "Bad, Neutral, Good" fills count like the strong
ones; greys, white and very dark colours mean nothing.

=====  ==============  ==========================================================
RAG    hue in degrees  Excel's own fills
=====  ==============  ==========================================================
red    340 to 16       FF0000, C00000, FFC7CE
amber  16 to 66        FFC000, FFFF00, FFEB9C, ED7D31
green  66 to 165       00B050, 92D050, C6EFCE
blue   165 to 260      0070C0, 00B0F0, 4472C4 (done, in councils that use BRAG)
=====  ==============  ==========================================================
"""

from __future__ import annotations

import colorsys
from typing import Any, Final
from xml.parsers import expat

__all__ = ["read_fill", "read_theme", "to_rag"]

_HUES: Final = ((16, "red"), (66, "amber"), (165, "green"), (260, "blue"))
_RED_FROM: Final = 340

#: Below this saturation, or outside these lightnesses, a colour is a shade of grey.
_GREYISH: Final = 0.25
_LIGHTNESS: Final = (0.12, 0.96)

#: Themes list dark and light the other way round than cells count them.
_THEME_ORDER: Final = (1, 0, 3, 2, 4, 5, 6, 7, 8, 9, 10, 11)


def to_rag(rgb: str) -> str | None:
    """Return what a colour (six hexadecimal digits) stands for; None where it is no RAG."""
    red, green, blue = (int(rgb[place : place + 2], 16) / 255 for place in (0, 2, 4))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    if saturation < _GREYISH or not _LIGHTNESS[0] <= lightness <= _LIGHTNESS[1]:
        return None
    degrees = hue * 360
    if degrees >= _RED_FROM:
        return "red"
    return next((rag for limit, rag in _HUES if degrees < limit), None)


def read_theme(theme: bytes | None) -> tuple[str, ...]:
    """Return the colours of a workbook's theme in the order cells count them; none without one."""
    if not theme:
        return ()
    colours: list[str] = []
    inside = False

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        local = name.rpartition(":")[2]
        if local == "clrScheme":
            inside = True
        elif inside and local in {"srgbClr", "sysClr"}:
            colours.append(attributes.get("lastClr") or attributes.get("val") or "")

    def end(name: str) -> None:
        nonlocal inside
        inside = inside and not name.endswith("clrScheme")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    try:
        parser.Parse(theme, True)  # noqa: FBT003 - expat's own signature
    except expat.ExpatError:
        return ()  # a workbook is read without its theme
    return tuple(colours[place] for place in _THEME_ORDER if place < len(colours))


def read_fill(fill: Any, theme: tuple[str, ...]) -> str | None:
    """Return the RAG that a fill of openpyxl stands for; None for patterns, gradients, no fill."""
    if getattr(fill, "fill_type", None) != "solid":
        return None
    colour = fill.fgColor
    if colour.type == "rgb":
        rgb = str(colour.rgb)[-6:]
    elif colour.type == "theme":
        rgb = theme[colour.theme] if colour.theme < len(theme) else ""
    else:
        rgb = _indexed(colour.indexed)
    if len(rgb) != len("RRGGBB"):
        return None
    return to_rag(_tinted(rgb, colour.tint or 0.0))


def _indexed(number: int) -> str:
    from openpyxl.styles.colors import COLOR_INDEX  # noqa: PLC0415 - heavy

    return str(COLOR_INDEX[number])[-6:] if number < len(COLOR_INDEX) else ""


def _tinted(rgb: str, tint: float) -> str:
    """Return a colour made lighter (tint above 0) or darker, as the file format defines it."""
    if not tint:
        return rgb
    red, green, blue = (int(rgb[place : place + 2], 16) / 255 for place in (0, 2, 4))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    lightness = lightness * (1 + tint) if tint < 0 else lightness * (1 - tint) + tint
    parts = colorsys.hls_to_rgb(hue, lightness, saturation)
    return "".join(f"{round(part * 255):02X}" for part in parts)
