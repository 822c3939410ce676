"""The Cypher library: questions to a plan in Neo4j, each a file that says what it answers.

A file of ``queries/cypher`` begins with comments: what it answers, more about it, its parameters,
and its twin, the Python that gives the same answer. A parameter without a default must be given;
a default is JSON. ``$plan`` and ``$version`` are filled in by whoever asks.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graphmodel.errors import StoreError, UnknownIdError
from graphmodel.index import close_ids
from graphmodel.stores.neo4j_schema import VALID
from graphmodel.stores.refusals import no_version

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphmodel.stores.neo4j_store import Neo4jStore

__all__ = ["Answer", "Parameter", "Question", "ask", "find_question", "questions"]

_FOLDER: Final = Path(__file__).with_name("cypher")
_PARAMETER: Final = re.compile(r"\$(?P<name>\w+)(?: = (?P<default>.+?))?: (?P<about>.+)")
_TWIN: Final = "Twin: "


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question must be told, or may be: ``default`` is what it takes if not."""

    name: str
    about: str
    needed: bool
    default: Any = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the library: what it answers, in a sentence and in more, and its Cypher."""

    name: str
    about: str
    more: str
    parameters: tuple[Parameter, ...]
    twin: str
    cypher: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows as the question returns them: text, numbers, truth values, dates, lists of them."""

    plan: str
    version: int
    question: str
    parameters: dict[str, Any]
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


@cache
def questions() -> tuple[Question, ...]:
    """Return every question of the library, by name."""
    return tuple(
        _read(path.stem, path.read_text(encoding="utf-8"))
        for path in sorted(_FOLDER.glob("*.cypher"))
    )


def find_question(name: str) -> Question:
    """Return the question of a name; ``-`` may stand for ``_``.

    Raises
    ------
    StoreError
        There is none; close names are told.
    """
    wanted = name.strip().lower().replace("-", "_")
    known = {one.name: one for one in questions()}
    if wanted in known:
        return known[wanted]
    near = get_close_matches(wanted, known, n=3)
    hint = f"did you mean {' or '.join(near)}? " if near else ""
    raise StoreError(
        f'The Cypher library has no question "{name}": {hint}knockon cypher --list names them all.'
    )


def ask(
    store: Neo4jStore, question: Question, plan: str, version: int, given: Mapping[str, str]
) -> Answer:
    """Ask a question of a version of a plan.

    Parameters
    ----------
    given
        Parameters as text: lists with commas, numbers and null as they are written.

    Raises
    ------
    StoreError
        A parameter is missing, unknown or unreadable, or the server cannot be asked.
    UnknownIdError
        The version holds no item, officer or board of the name that is given.
    """
    parameters = _parameters(question, given)
    for name, label in _NAMED.items():
        if parameters.get(name) is not None:
            parameters[name] = _find(store, label, parameters[name], plan, version)
    if "against" in parameters:
        kept = store.versions(plan)
        if parameters["against"] not in {one.number for one in kept}:
            raise no_version(store.connection.where, plan, parameters["against"], kept)
    columns, rows = store.connection.table(
        question.cypher, plan=plan, version=version, **parameters
    )
    plain = tuple(tuple(_plain(value) for value in row) for row in rows)
    return Answer(plan, version, question.name, parameters, tuple(columns), plain)


def _read(name: str, text: str) -> Question:
    """Read a file of the library."""
    lines = text.splitlines()
    size = next(number for number, line in enumerate(lines) if not line.startswith("//"))
    blocks = "\n".join(line.removeprefix("//").strip() for line in lines[:size]).split("\n\n")
    about, *rest = (" ".join(block.split("\n")) for block in blocks if not block.startswith("$"))
    told = [line for block in blocks if block.startswith("$") for line in block.split("\n")]
    return Question(
        name=name,
        about=about,
        more=" ".join(block for block in rest if not block.startswith(_TWIN)),
        parameters=tuple(_parameter(line) for line in told),
        twin=next(block for block in rest if block.startswith(_TWIN)).removeprefix(_TWIN),
        cypher="\n".join(lines[size:]),
    )


def _parameter(line: str) -> Parameter:
    found = _PARAMETER.fullmatch(line)
    if found is None:
        raise ValueError(f"not a parameter of a question: {line}")
    default = found["default"]
    needed = default is None
    return Parameter(found["name"], found["about"], needed, None if needed else json.loads(default))


def _parameters(question: Question, given: Mapping[str, str]) -> dict[str, Any]:
    known = {one.name: one for one in question.parameters}
    for name in given:
        if name not in known:
            names = ", ".join(known) or "none"
            raise StoreError(
                f'The question {question.name} has no parameter "{name}"; it has: {names}.'
            )
    found: dict[str, Any] = {}
    for one in question.parameters:
        if one.name in given:
            found[one.name] = _value(one, given[one.name])
        elif one.needed:
            raise StoreError(
                f"The question {question.name} must be told {one.name} ({one.about}): "
                f"add  --param {one.name}=…"
            )
        else:
            found[one.name] = one.default
    return found


#: Parameters that name something of the plan, and its label.
_NAMED: Final = {
    "item": "Item",
    "from": "Item",
    "to": "Item",
    "officer": "Officer",
    "board": "Board",
}

_IDS: Final = f"MATCH (n:{{label}} {{{{plan: $plan}}}}) WHERE {VALID.format('n')}"


def _find(store: Neo4jStore, label: str, wanted: str, plan: str, version: int) -> str:
    """Return the id of what is named by id or, failing that, by title.

    Raises
    ------
    UnknownIdError
        The version holds nothing of that name; close ones are told.
    """
    matching = _IDS.format(label=label)
    known = store.connection.values(
        f"{matching} AND (n.id = $wanted OR toLower(n.title) = toLower($wanted)) "
        "RETURN n.id ORDER BY n.id <> $wanted, n.position LIMIT 1",
        plan=plan,
        version=version,
        wanted=wanted,
    )
    if known:
        return str(known[0][0])
    held = store.connection.values(f"{matching} RETURN n.id", plan=plan, version=version)
    raise UnknownIdError(label.lower(), wanted, close_ids(wanted, [one for (one,) in held]))


#: Parameters that are numbers though nothing but their name says so.
_NUMBERS: Final = frozenset({"against", "depth"})
#: Parameters that are a share of one.
_SHARES: Final = frozenset({"below"})


def _value(parameter: Parameter, text: str) -> Any:
    if isinstance(parameter.default, list):
        return [part.strip() for part in text.split(",") if part.strip()]
    if parameter.name in _NUMBERS:
        if not text.isdecimal():
            raise StoreError(f'"{text}" is no number, which {parameter.name} must be.')
        return int(text)
    if text == "null" and parameter.default is None:
        return None
    if parameter.name in _SHARES:
        return _share(parameter.name, text)
    return text


def _share(name: str, text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise StoreError(f'"{text}" is no number from 0 to 1, which {name} must be.')
    return share


def _plain(value: Any) -> Any:
    """Return a value as Python has it: Neo4j's dates become Python's."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if hasattr(value, "to_native") and not isinstance(value, date):
        return value.to_native()
    return value
