"""Changes of a scenario as forms: a form for each kind, and from its fields to the change.

Each change that a scenario file may hold can be made here; a page shows one form at a time, so that
it needs no script.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from pydantic import TypeAdapter, ValidationError

from graphmodel.errors import ScenarioError
from graphmodel.moments import parse_moment
from graphmodel.planfile import word_faults
from graphmodel.scenario import Change
from graphmodel.spans import parse_span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphmodel.plan import Plan

__all__ = ["KINDS", "UNITS", "ChangeKind", "Part", "find_kind", "read_change"]

PartKind = Literal["item", "officer", "board", "gate", "division", "tag", "day", "span", "type"]

#: Units that a span is asked for in.
UNITS: Final = ("months", "weeks", "days", "working days")

_CHANGE: Final[TypeAdapter[Any]] = TypeAdapter(Change)


@dataclass(frozen=True, slots=True)
class Part:
    """One field of a form: the key of the change it fills, its label, and what it holds."""

    key: str
    label: str
    kind: PartKind
    needed: bool = True


@dataclass(frozen=True, slots=True)
class ChangeKind:
    """One form: its name in addresses, how it is called, and the change that it makes."""

    name: str
    words: str
    op: str
    parts: tuple[Part, ...]


_ITEM: Final = Part("item", "Item", "item")
_BY: Final = Part("by", "How much later", "span")

KINDS: Final = (
    ChangeKind("slip", "An item finishes later", "slip", (_ITEM, _BY)),
    ChangeKind(
        "set", "An item gets other dates", "set",
        (
            _ITEM, Part("finish", "Finishes on", "day", needed=False),
            Part("start", "Starts on", "day", needed=False),
            Part("duration", "Takes", "span", needed=False),
        ),
    ),
    ChangeKind("slip-officer", "Everything of an officer slips", "slip_group",
        (Part("officer", "Officer", "officer"), _BY)),
    ChangeKind("slip-board", "Everything that a board oversees slips", "slip_group",
        (Part("board", "Board", "board"), _BY)),
    ChangeKind("slip-division", "Everything of a division slips", "slip_group",
        (Part("division", "Division", "division"), _BY)),
    ChangeKind("slip-tag", "Everything with a tag slips", "slip_group",
        (Part("tag", "Tag", "tag"), _BY)),
    ChangeKind("slip-parent", "Everything below an item slips", "slip_group",
        (Part("parent", "Item", "item"), _BY)),
    ChangeKind("away", "An officer is away", "away",
        (Part("officer", "Officer", "officer"), Part("from", "From", "day"),
         Part("to", "To, that day included", "day"))),
    ChangeKind("cancel-meeting", "A meeting is cancelled", "cancel_meeting",
        (Part("board", "Board", "board"), Part("date", "Meeting of", "day"))),
    ChangeKind("move-meeting", "A meeting is moved", "move_meeting",
        (Part("board", "Board", "board"), Part("date", "Meeting of", "day"),
         Part("to", "Held on", "day"))),
    ChangeKind("add-meeting", "A board meets once more", "add_meeting",
        (Part("board", "Board", "board"), Part("date", "Meets on", "day"))),
    ChangeKind("waive", "A board waives its papers deadline", "waive_papers_lead",
        (Part("gate", "Gate", "gate"),)),
    ChangeKind("complete", "An item is done", "complete",
        (_ITEM, Part("on", "On, if not as planned", "day", needed=False))),
    ChangeKind("cancel", "An item is dropped", "cancel_item", (_ITEM,)),
    ChangeKind("reassign", "An item passes to another officer", "reassign",
        (_ITEM, Part("officer", "From", "officer"), Part("to", "To", "officer"))),
    ChangeKind("add-link", "An item waits for another", "add_link",
        (Part("from", "First", "item"), Part("to", "Then", "item"), Part("type", "Type", "type"),
         Part("lag", "Time between", "span", needed=False))),
    ChangeKind("remove-link", "An item waits no more for another", "remove_link",
        (Part("from", "First", "item"), Part("to", "Then", "item"))),
)  # fmt: skip


def find_kind(name: str) -> ChangeKind:
    """Return a form by its name.

    Raises
    ------
    ScenarioError
        There is no such form.
    """
    found = next((one for one in KINDS if one.name == name), None)
    if found is None:
        raise ScenarioError(f'There is no change of the kind "{name}": choose one of the list.')
    return found


def read_change(plan: Plan, kind: ChangeKind, fields: Mapping[str, str]) -> Change:
    """Return the change that a filled form asks for.

    Parameters
    ----------
    fields
        Texts by key; what stands after `` | `` in the name of an item is ignored. A span may stand
        as ``2m``, or as a number with its unit under the key with ``_unit`` after it.

    Raises
    ------
    KnockonError
        A field is empty, cannot be read, or names what the plan does not hold.
    """
    values: dict[str, Any] = {"op": kind.op}
    for part in kind.parts:
        text = fields.get(part.key, "").strip()
        if text:
            values[part.key] = _read(plan, part, text, fields.get(f"{part.key}_unit", ""))
        elif part.needed:
            raise ScenarioError(f"“{part.label}” is empty: fill it in.")
    try:
        change: Change = _CHANGE.validate_python(values)
    except ValidationError as error:
        faults = word_faults(error.errors(include_url=False), None)
        raise ScenarioError(" ".join(faults)) from None
    return change


def _read(plan: Plan, part: Part, text: str, unit: str) -> Any:
    if part.kind == "day":
        return parse_moment(text)
    if part.kind == "span":
        is_bare = text.lstrip("+-").replace(".", "", 1).isdecimal()
        return parse_span(f"{text} {unit or UNITS[0]}" if is_bare else text, words=True)
    if part.kind == "item":
        return plan.index.item(text.partition(" | ")[0].strip()).id
    if part.kind == "officer":
        return plan.index.officer(text).id
    if part.kind == "board":
        return plan.index.board(text).id
    return text
