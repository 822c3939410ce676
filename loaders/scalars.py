"""Nested data as named scalars and back, for files whose attributes hold nothing else (GraphML).

* ``{"planned": {"finish": "2027-04-30"}}`` is ``planned.finish``, the entries of a list are
  numbered: ``history.0.rag``.
* Lists of words that people look at (``tags``, ``also``, ``members``) stand in one attribute,
  parted by semicolons, where no word has one in it.
* What no names can say (empty texts, lists and objects, null, odd keys, a text where such a list
  is expected) is JSON text under a name that ends in ``.json``.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["Scalar", "flatten", "unflatten"]

Scalar = str | int | float | bool

_JSON: Final = "json"
_SUFFIX: Final = f".{_JSON}"

#: Lists that stand in one attribute.
_JOINED: Final = frozenset({"tags", "also", "members"})

#: Under this name stands what has a name that cannot be written.
_REST: Final = "rest"


def flatten(data: Mapping[str, Any]) -> dict[str, Scalar]:
    """Return JSON data as scalars by name; `unflatten` gives exactly the same data back.

    Examples
    --------
    >>> flatten({"tags": ["a", "b"], "planned": {"finish": "2027-04-30"}, "history": []})
    {'tags': 'a; b', 'planned.finish': '2027-04-30', 'history.json': '[]'}
    """
    fit = {key: value for key, value in data.items() if _is_fit(key) and key != _REST}
    rest = {key: value for key, value in data.items() if key not in fit}
    found = dict(pair for key, value in fit.items() for pair in _flatten(key, value))
    return found | ({f"{_REST}{_SUFFIX}": _dump(rest)} if rest else {})


def _flatten(name: str, value: Any) -> Iterator[tuple[str, Scalar]]:
    if isinstance(value, str | int | float) and value != "" and name not in _JOINED:
        yield name, value
    elif name in _JOINED and _can_join(value):
        yield name, "; ".join(value)
    elif isinstance(value, list) and value:
        for number, entry in enumerate(value):
            yield from _flatten(f"{name}.{number}", entry)
    elif isinstance(value, dict) and value and all(map(_is_fit, value)):
        for key, entry in value.items():
            yield from _flatten(f"{name}.{key}", entry)
    else:
        yield f"{name}{_SUFFIX}", _dump(value)


def _is_fit(key: str) -> bool:
    return bool(key) and "." not in key and not key.isdecimal() and key != _JSON


def _can_join(value: Any) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(one, str) and one and one == one.strip() for one in value)
        and not any(";" in one for one in value)
    )


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def unflatten(scalars: Mapping[str, Scalar]) -> dict[str, Any]:
    """Return the data that scalars stand for.

    Raises
    ------
    ValueError
        JSON text is damaged, or two names contradict each other.
    """
    tree: dict[str, Any] = {}
    for name, value in scalars.items():
        if name.endswith(_SUFFIX):
            _put(tree, name.removesuffix(_SUFFIX).split("."), json.loads(str(value)))
        elif name in _JOINED and isinstance(value, str):
            words = (one.strip() for one in value.split(";"))
            tree[name] = [one for one in words if one]
        else:
            _put(tree, name.split("."), value)
    rest = tree.pop(_REST, {})
    whole = {name: _listed(value) for name, value in tree.items()}
    return whole | rest if isinstance(rest, dict) else whole


class _Branch(dict[str, Any]):
    """What stands under a name with parts, told apart from data that was JSON."""


def _put(tree: dict[str, Any], path: Sequence[str], value: Any) -> None:
    *steps, last = path
    for step in steps:
        below = tree.setdefault(step, _Branch())
        tree = below if isinstance(below, _Branch) else {last: below}
    if last in tree:
        raise ValueError(f'"{".".join(path)}" is given twice')
    tree[last] = value


def _listed(value: Any) -> Any:
    """Return branches whose names are numbers as lists."""
    if not isinstance(value, _Branch):
        return value
    if all(key.isdecimal() for key in value):
        return [_listed(value[key]) for key in sorted(value, key=int)]
    return {key: _listed(entry) for key, entry in value.items()}
