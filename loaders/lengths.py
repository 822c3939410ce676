"""Durations and lags as planning tools write them: ``5 days?``, ``2 ewks``, ``3.5 hrs``, ``50%``.

Words and units are those of `graphmodel.spans`. What a "day" is depends on the tool: in MS Project
and its kin it is a working day, a week five and a month twenty of them, and units that begin with
``e`` are elapsed time; in a sheet that people write, days, weeks and months are those of the
calendar.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from graphmodel.errors import SpanError
from graphmodel.spans import Span, parse_span

if TYPE_CHECKING:
    from graphmodel.spans import Unit

__all__ = ["parse_length"]

_NUMBER: Final = r"(?P<amount>[+-]?\s*\d{1,9}(?:\.\d{1,9})?)"
_LENGTH: Final = re.compile(rf"{_NUMBER}\s*(?P<unit>%|[a-z]+)", re.IGNORECASE)

_ELAPSED: Final[dict[str, tuple[Unit, int]]] = {
    **dict.fromkeys(("ed", "eday", "edays"), ("d", 1)),
    **dict.fromkeys(("ew", "ewk", "ewks", "eweek", "eweeks"), ("w", 1)),
    **dict.fromkeys(("emo", "emon", "emons", "emonth", "emonths"), ("d", 30)),
    **dict.fromkeys(("eh", "ehr", "ehrs", "ehour", "ehours"), ("eh", 1)),
}

_EVERYWHERE: Final[dict[str, tuple[Unit, int]]] = {
    **dict.fromkeys(("hr", "hrs"), ("h", 1)),
    **dict.fromkeys(("min", "mins"), ("min", 1)),
    **dict.fromkeys(("mo", "mos", "mth", "mths"), ("m", 1)),
    **_ELAPSED,
}

_WORKING: Final[dict[str, tuple[Unit, int]]] = {
    **_EVERYWHERE,
    **dict.fromkeys(("d", "day", "days", "dy", "dys"), ("wd", 1)),
    **dict.fromkeys(("w", "wk", "wks", "week", "weeks"), ("wd", 5)),
    **dict.fromkeys(("m", "mo", "mon", "mons", "month", "months"), ("wd", 20)),
}


@lru_cache(maxsize=4096)  # the same few lags and durations stand in a schedule many times over
def parse_length(text: str, *, working: bool = False) -> Span:
    """Read a length of time; with ``working`` days, weeks and months are working time.

    Raises
    ------
    SpanError
        The text is no length of time, or has no unit.

    Examples
    --------
    >>> str(parse_length("5 days")), str(parse_length("5 days?", working=True))
    ('5d', '5wd')
    """
    plain = text.replace("\N{MINUS SIGN}", "-").replace("\u2013", "-").strip().rstrip("?").rstrip()
    match = _LENGTH.fullmatch(plain)
    if match is not None:
        amount = "".join(match["amount"].split())
        unit = (_WORKING if working else _EVERYWHERE).get(match["unit"].lower())
        if unit is None:
            return parse_span(f"{amount}{match['unit']}", words=True)
        product = (Decimal(amount) * unit[1]).normalize() + 0
        return parse_span(f"{product:f}{unit[0]}")
    if re.fullmatch(_NUMBER, plain):
        raise SpanError(
            f'"{plain}" has no unit: write {plain}d for calendar days or {plain}wd for working days'
        )
    return parse_span(plain, words=True)
