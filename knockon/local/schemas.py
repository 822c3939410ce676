"""The JSON Schema of answers, from the types of the records that they are packed from.

`knockon.payloads.pack` turns a record into JSON; this says what comes out of that, so the
description of the interface can never fall behind the answers. A date is a string, a plan its id,
a span its text, an entity as in the plan file.
"""

from __future__ import annotations

import ast
import inspect
import types
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from importlib import import_module
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from graphmodel.entity import Entity
from graphmodel.plan import Plan
from graphmodel.spans import Span

__all__ = ["Schemas"]

_PLACE: Final = "#/components/schemas/"

_PLAIN: Final[dict[Any, dict[str, Any]]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    date: {"type": "string", "description": "YYYY-MM-DD, or YYYY-MM-DDTHH:MM"},
    datetime: {"type": "string", "description": "YYYY-MM-DDTHH:MM"},
    Span: {"type": "string", "description": "A span such as 10d, 2w or 3m"},
    Plan: {"type": "string", "description": "The id of the plan"},
    Any: {},
    type(None): {"type": "null"},
}


class Schemas:
    """Collects the schemas of records, each under its own name.

    Attributes
    ----------
    found
        By name, for ``components/schemas`` of an OpenAPI document.
    """

    def __init__(self) -> None:
        self.found: dict[str, dict[str, Any]] = {}

    def of(self, kind: Any) -> dict[str, Any]:
        """Return the schema of what a value of some type is packed as."""
        if kind in _PLAIN:
            return _PLAIN[kind]
        origin, parts = get_origin(kind), get_args(kind)
        if origin is Literal:
            return {"enum": list(parts)}
        if origin in {Union, types.UnionType}:
            return {"anyOf": [self.of(one) for one in parts]}
        if origin in {tuple, list, set, frozenset} or _is(origin, Sequence):
            return self._list(parts)
        if _is(origin, Mapping):
            return {"type": "object", "additionalProperties": self.of(parts[1])}
        return self._record(kind)

    def answer(
        self, name: str, kind: type, *, without: tuple[str, ...] = (), more: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Return the schema of a record that is packed with other keys beside or instead."""
        own = self.found[self.of(kind)["$ref"].removeprefix(_PLACE)]
        properties = {key: one for key, one in own["properties"].items() if key not in without}
        properties |= more
        self.found[name] = {**own, "properties": properties, "required": list(properties)}
        return {"$ref": f"{_PLACE}{name}"}

    def _list(self, parts: tuple[Any, ...]) -> dict[str, Any]:
        if len(parts) > 1 and parts[1] is not Ellipsis:  # a pair
            inside = [self.of(one) for one in parts]
            return {"type": "array", "items": {"anyOf": inside}}
        return {"type": "array", "items": self.of(parts[0])}

    def _record(self, kind: Any) -> dict[str, Any]:
        if isinstance(kind, type) and issubclass(kind, Entity):
            return {"type": "object", "description": f"{kind.__name__}, as in the plan file"}
        if not (isinstance(kind, type) and is_dataclass(kind)):
            return {}
        name = kind.__name__
        if name not in self.found:
            self.found[name] = {}  # a record may hold its own kind
            hints = get_type_hints(kind, localns=_names(kind))
            properties = {one.name.rstrip("_"): self.of(hints[one.name]) for one in fields(kind)}
            self.found[name] = {
                "type": "object",
                "description": (kind.__doc__ or name).partition("\n\n")[0].strip(),
                "properties": properties,
                "required": list(properties),
            }
        return {"$ref": f"{_PLACE}{name}"}


def _is(origin: Any, kind: type) -> bool:
    return isinstance(origin, type) and issubclass(origin, kind)


def _names(kind: type) -> dict[str, Any]:
    """Return what the annotations of a record and of what it derives from name."""
    homes = {one.__module__ for one in kind.__mro__ if is_dataclass(one)}
    return {name: one for home in homes for name, one in _typed_names(home).items()}


@cache
def _typed_names(module: str) -> dict[str, Any]:
    """Return what a module imports for its type checker only, by the names it uses there."""
    tree = ast.parse(inspect.getsource(import_module(module)))
    found: dict[str, Any] = {}
    for block in tree.body:
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING":
            for line in block.body:
                if isinstance(line, ast.ImportFrom) and line.module:
                    home = import_module(line.module)
                    found |= {one.asname or one.name: getattr(home, one.name) for one in line.names}
    return found
