"""Elements of XML with texts of plans in them: whatever a text holds, the file stays readable."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["add", "moment_text", "start_element"]

#: Characters that XML 1.0 cannot hold.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def start_element(above: Element, tag: str) -> Element:
    """Add an element that others stand in."""
    return SubElement(above, tag)


def add(above: Element, **cells: object) -> None:
    """Add elements with a text each: 1 and 0 for yes and no; nothing for None."""
    for tag, value in cells.items():
        if value is not None:
            text = str(int(value)) if isinstance(value, bool) else str(value)
            SubElement(above, tag).text = _FORBIDDEN.sub("\ufffd", text)


def moment_text(moment: datetime | None) -> str | None:
    """Return a date with its time of day as XML writes it."""
    return None if moment is None else moment.strftime("%Y-%m-%dT%H:%M:%S")
