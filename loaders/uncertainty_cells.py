"""How long a delay may be, in one cell.

=========================================  ===================================================
wording                                    meaning
=========================================  ===================================================
2w                                         always two weeks
2w to 3m                                   uniform between them
2w, 1m, 3m; 2w to 3m, most likely 1m       triangular: low, mode, high
pert 2w 1m 3m; normal 10d 2d; empirical    that distribution, its parameters in the order of
1d 2d 9d                                   ``PARAMETERS``
lognormal mean=10d sd=4d correlate=weather  the same with names, which can say everything
hurdle probability=0.3 delay=(pert 1w 2w 5w)  a chance of a delay, which may be uncertain too
=========================================  ===================================================
"""

from __future__ import annotations

import re
from typing import Any, Final

from pydantic import ValidationError

from graphmodel.errors import SpanError
from graphmodel.items import Uncertainty
from graphmodel.words import join_words
from loaders.lengths import parse_length
from loaders.pairs import read_pairs, show_pairs
from loaders.register_cells import share, show_share

__all__ = ["DISTRIBUTIONS", "PARAMETERS", "read_uncertainty", "show_uncertainty"]

#: What each distribution is told by, in order.
PARAMETERS: Final[dict[str, tuple[str, ...]]] = {
    "triangular": ("low", "mode", "high"),
    "pert": ("low", "mode", "high"),
    "uniform": ("low", "high"),
    "normal": ("mean", "sd"),
    "lognormal": ("mean", "sd"),
    "exponential": ("mean",),
    "empirical": ("values",),
    "hurdle": ("probability", "delay"),
}

DISTRIBUTIONS: Final = tuple(PARAMETERS)

_SPANS: Final = ("low", "mode", "high", "mean", "sd")
_LENGTH: Final = re.compile(r"[+-]?\d+(?:\.\d+)?\s*(?:%|[a-z]+)", re.IGNORECASE)
_RANGE: Final = re.compile(
    r"(?:between\s+)?(?P<low>[^,;/]+?)\s*(?:\bto\b|\band\b|-|\u2013)\s*(?P<high>[^,;/]+?)"
    r"(?:[\s,;]+(?:most\s+likely|likely|usually|mode)\s+(?P<mode>.+))?",
    re.IGNORECASE,
)
_probability = share("probability")


def read_uncertainty(text: str) -> Uncertainty:
    """Read a delay by the table above.

    Raises
    ------
    ValueError
        It is none of these.
    """
    words, pairs = read_pairs(text)
    name, _, rest = words.partition(" ")
    if name.lower() in PARAMETERS:
        given = _read_order(name.lower(), rest)
        return _make(name.lower(), given | _read_named(pairs))
    if pairs:
        known = join_words(DISTRIBUTIONS, last="or")
        raise ValueError(f'"{name[:40]}" is no distribution: write {known}')
    return _read_plain(text)


def _read_plain(text: str) -> Uncertainty:
    span = _RANGE.fullmatch(text.strip())
    if span is not None:
        kind = "uniform" if span["mode"] is None else "triangular"
        found = {name: words for name, words in span.groupdict().items() if words is not None}
        return _make(kind, {name: _length(words) for name, words in found.items()})
    lengths = [part for part in re.split(r"\s*[,;/]\s*", text.strip()) if part]
    if len(lengths) == 1:
        return _make("empirical", {"values": (_length(lengths[0]),)})
    if len(lengths) == len(PARAMETERS["triangular"]):
        return _make("triangular", _read_order("triangular", " ".join(lengths)))
    raise ValueError(
        f'"{text[:60]}" is no delay: write it like 2w, "2w to 3m", or low, likely and high: '
        '"2w, 1m, 3m"'
    )


def _read_order(kind: str, words: str) -> dict[str, Any]:
    lengths = _LENGTH.findall(words)
    if _LENGTH.sub("", words).strip(" ,;/") or (kind == "hurdle" and lengths):
        raise ValueError(f'"{words[:60]}" is not a row of lengths of time such as 2w 1m 3m')
    if not lengths:
        return {}
    if kind == "empirical":
        return {"values": tuple(map(_length, lengths))}
    names = PARAMETERS[kind]
    if len(lengths) != len(names):
        raise ValueError(f'{kind} needs {join_words(names)}: "{words[:60]}" does not have so many')
    return dict(zip(names, map(_length, lengths), strict=True))


def _read_named(pairs: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, words in pairs.items():
        if name in _SPANS:
            found[name] = _length(words)
        elif name == "values":
            found[name] = tuple(_length(part) for part in words.split(","))
        elif name == "probability":
            found[name] = _probability(words)
        elif name == "delay":
            found[name] = _length(words) if _LENGTH.fullmatch(words) else read_uncertainty(words)
        elif name == "correlate":
            found[name] = words
        else:
            known = join_words(_NAMES, last="or")
            raise ValueError(f'"{name}" is no parameter of a delay: write {known}')
    return found


_NAMES: Final = (*_SPANS, "values", "probability", "delay", "correlate")


def _length(words: str) -> Any:
    try:
        return parse_length(words)
    except SpanError as error:
        raise ValueError(str(error)) from None


def _make(kind: str, given: dict[str, Any]) -> Uncertainty:
    missing = [name for name in PARAMETERS[kind] if name not in given]
    if missing:
        raise ValueError(
            f"{kind} needs {join_words(PARAMETERS[kind])}: {join_words(missing)} is missing"
        )
    try:
        return Uncertainty.model_validate({"distribution": kind, **given})
    except ValidationError as error:
        raise ValueError(str(error.errors()[0]["msg"])) from None


def show_uncertainty(delay: Uncertainty) -> str:
    """Return a delay as `read_uncertainty` reads it."""
    shown: dict[str, str] = {}
    nested: dict[str, str] = {}
    for name in _SPANS:
        if getattr(delay, name) is not None:
            shown[name] = str(getattr(delay, name))
    if delay.values:
        shown["values"] = ",".join(map(str, delay.values))
    if delay.probability is not None:
        shown["probability"] = show_share(delay.probability)
    if isinstance(delay.delay, Uncertainty):
        nested["delay"] = show_uncertainty(delay.delay)
    elif delay.delay is not None:
        shown["delay"] = str(delay.delay)
    if delay.correlate is not None:
        shown["correlate"] = delay.correlate
    return show_pairs(delay.distribution, shown, nested)
