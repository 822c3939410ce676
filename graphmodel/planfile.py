"""Reading and writing plan and scenario files, without loss and with errors people can act on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from graphmodel.collector import collector_paused
from graphmodel.errors import FileError, PlanError, ScenarioError
from graphmodel.files import read_text, write_text
from graphmodel.plan import Plan
from graphmodel.scenario import Scenario

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic_core import ErrorDetails

__all__ = [
    "NO_SCHEMA",
    "dump_plan",
    "dump_scenario",
    "parse_plan",
    "parse_scenario",
    "plan_error",
    "plan_schema",
    "read_plan",
    "read_scenario",
    "word_faults",
    "write_plan",
]

M = TypeVar("M", bound=BaseModel)

#: What is said of a plan that does not say what it is.
NO_SCHEMA: Final = 'the file, field "schema": this key is needed.'

#: How many faults a message lists before it says how many more there are.
_SHOWN = 5


def read_plan(path: str | Path) -> Plan:
    """Read a plan file.

    Raises
    ------
    FileError
        The file cannot be read.
    PlanError
        It is not a plan; each fault names the entity and the field.
    """
    text, _ = read_text(path)
    return parse_plan(text, name=Path(path).name)


def parse_plan(text: str, *, name: str = "The plan") -> Plan:
    """Read the JSON text of a plan; see `read_plan`."""
    try:
        with collector_paused():
            plan = Plan.model_validate_json(text)
    except ValidationError as error:
        faults = _faults(error, text)
    else:
        if "schema_" in plan.model_fields_set:
            return plan
        faults = [NO_SCHEMA]
    raise plan_error(name, faults)


def plan_error(name: str, faults: list[str]) -> PlanError:
    """Return the error for a plan with these faults; its message lists the first of them."""
    return PlanError(_message(name, faults), faults)


def read_scenario(path: str | Path) -> Scenario:
    """Read a scenario file; raises `FileError` or `ScenarioError`."""
    text, _ = read_text(path)
    return parse_scenario(text, name=Path(path).name)


def parse_scenario(text: str, *, name: str = "The scenario") -> Scenario:
    """Read the JSON text of a scenario; see `read_scenario`."""
    try:
        return Scenario.model_validate_json(text)
    except ValidationError as error:
        raise ScenarioError(_message(name, _faults(error, text))) from None


def dump_plan(plan: Plan) -> str:
    """Return a plan as JSON text: keys that hold their default are left out, nothing else is."""
    return _dump(plan)


def dump_scenario(scenario: Scenario) -> str:
    """Return a scenario as JSON text."""
    return _dump(scenario)


def write_plan(plan: Plan, path: str | Path) -> None:
    """Write a plan file, whole or not at all; raises `FileError`."""
    if Path(path).suffix.lower() not in {".json", ""}:
        raise FileError(f'"{path}" is not a plan file: name it with the ending .json.')
    write_text(path, dump_plan(plan))


def plan_schema() -> dict[str, Any]:
    """Return the JSON Schema of ``knockon/plan@1``."""
    schema = Plan.model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "knockon plan file, version 1"
    schema["required"] = ["schema", "id"]
    return schema


def _dump(entity: Plan | Scenario) -> str:
    content = entity.model_dump_json(by_alias=True, exclude_defaults=True, indent=1)
    named = f'{{\n "schema": {json.dumps(entity.schema_)}'  # a default, so it is not in the content
    return f"{named}\n}}\n" if content == "{}" else f"{named},{content[1:]}\n"


def _message(name: str, faults: list[str]) -> str:
    shown = " ".join(faults[:_SHOWN])
    more = f" (and {len(faults) - _SHOWN} more)" if len(faults) > _SHOWN else ""
    return f"{name} cannot be used: {shown}{more}"


def _faults(error: ValidationError, text: str) -> list[str]:
    """Turn pydantic's errors into sentences that name the entity and the field."""
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError):
        raw = None
    return word_faults(error.errors(include_url=False), raw)


def word_faults(errors: Iterable[ErrorDetails], raw: Any) -> list[str]:
    """Return pydantic's errors as sentences; ``raw`` is the data that they were found in."""
    sentences: list[str] = []
    for one in errors:
        original = one.get("ctx", {}).get("error")
        if isinstance(original, PlanError):
            sentences.extend(original.faults)
            continue
        sentences.append(_sentence(one["type"], one["loc"], one["msg"], raw))
    return list(dict.fromkeys(sentences))


def _sentence(kind: str, loc: tuple[int | str, ...], message: str, raw: Any) -> str:
    if kind == "json_invalid":
        return f"it is not JSON ({message.removeprefix('Invalid JSON: ')})."
    path = [step for step in loc if not (isinstance(step, str) and step.startswith("function-"))]
    where, rest = _entity(path, raw)
    field = ".".join(str(step) for step in rest)
    what = _PLAIN.get(kind, message.removeprefix("Value error, ").removesuffix("."))
    if kind == "model_type" and not path:
        return "it is JSON, but not an object with a plan in it."
    named = f'{where}, field "{field}"' if field else where
    return f"{named}: {what[:1].lower() + what[1:]}."


_PLAIN = {
    "missing": "this key is needed",
    "string_type": "this must be text",
    "float_type": "this must be a number",
    "int_type": "this must be a whole number",
    "bool_type": "this must be true or false",
    "tuple_type": "this must be a list",
    "dict_type": "this must be an object",
    "model_type": "this must be an object",
}


def _entity(path: list[int | str], raw: Any) -> tuple[str, list[int | str]]:
    """Return what the innermost list entry on the path is called, and the rest of the path."""
    value, name, used = raw, "the file", 0
    for depth, step in enumerate(path):
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(step, int) and depth and isinstance(value, dict):
            name, used = _called(str(path[depth - 1]), step, value), depth + 1
            break
    return name, path[used:]


def _called(group: str, number: int, value: dict[str, Any]) -> str:
    noun = group.removesuffix("es") if group.endswith("sses") else group.removesuffix("s")
    if "id" in value:
        return f'{noun} "{value["id"]}"'
    if "from" in value and "to" in value:
        return f"{noun} {value['from']} → {value['to']}"
    return f"{noun} number {number + 1}"
