"""Scenarios: named sets of changes, ``knockon/scenario@1`` (DESIGN sections 4 and 5.4)."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, TypeAlias

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer, model_validator
from pydantic_core import PydanticCustomError

from graphmodel.entity import Entity, Id, Many, Moment, SpanField
from graphmodel.links import LinkType
from graphmodel.people import Role
from graphmodel.spans import ZERO

__all__ = [
    "SCENARIO_SCHEMA",
    "AddLink",
    "AddMeeting",
    "Away",
    "CancelItem",
    "CancelMeeting",
    "Change",
    "Complete",
    "MoveMeeting",
    "Reassign",
    "RemoveLink",
    "Scenario",
    "SetDates",
    "Slip",
    "SlipGroup",
    "WaivePapersLead",
]

SCENARIO_SCHEMA: Final = "knockon/scenario@1"


class _Operation(Entity):
    """What all changes share: ``op`` tells them apart, so it is written though it is a default."""

    op: str

    @model_serializer(mode="wrap")
    def _write_op(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {"op": self.op, **write(self)}


class Slip(_Operation):
    """Finish ``by`` later; on an item with unfinished children a group slip, unless ``own``."""

    op: Literal["slip"] = "slip"
    item: Id
    by: SpanField
    #: ``X:finish=S``: slip a parent's own finish only.
    own: bool = False


class SlipGroup(_Operation):
    """Every unfinished leaf of an officer, board, division, tag or parent finishes ``by`` later."""

    op: Literal["slip_group"] = "slip_group"
    by: SpanField
    officer: Id | None = None
    board: Id | None = None
    division: str | None = None
    tag: str | None = None
    parent: Id | None = None
    roles: Many[Role] = ("responsible",)

    @model_validator(mode="after")
    def _one_group(self) -> SlipGroup:
        chosen = [self.officer, self.board, self.division, self.tag, self.parent]
        if sum(value is not None for value in chosen) != 1:
            raise PydanticCustomError(
                "group", "slip_group names exactly one of officer, board, division, tag, parent"
            )
        return self


class SetDates(_Operation):
    """Replace an item's own start, finish or duration; may bring it forward."""

    op: Literal["set"] = "set"
    item: Id
    start: Moment | None = None
    finish: Moment | None = None
    duration: SpanField | None = None

    @model_validator(mode="after")
    def _something(self) -> SetDates:
        if self.start is None and self.finish is None and self.duration is None:
            raise PydanticCustomError("set", "set names a start, a finish or a duration")
        return self


class AddLink(_Operation):
    """Add a dependency."""

    op: Literal["add_link"] = "add_link"
    from_: Id = Field(alias="from")
    to: Id
    type: LinkType = "FS"
    lag: SpanField = ZERO


class RemoveLink(_Operation):
    """Take a dependency away, of one type or whatever its type."""

    op: Literal["remove_link"] = "remove_link"
    from_: Id = Field(alias="from")
    to: Id
    type: LinkType | None = None


class CancelMeeting(_Operation):
    """A board does not meet on ``date``."""

    op: Literal["cancel_meeting"] = "cancel_meeting"
    board: Id
    date: Moment


class MoveMeeting(_Operation):
    """A board meets on ``to`` instead of ``date``."""

    op: Literal["move_meeting"] = "move_meeting"
    board: Id
    date: Moment
    to: Moment


class AddMeeting(_Operation):
    """A board meets on ``date`` as well."""

    op: Literal["add_meeting"] = "add_meeting"
    board: Id
    date: Moment


class Away(_Operation):
    """An officer is away from ``from`` to ``to``, both days included."""

    op: Literal["away"] = "away"
    officer: Id
    from_: Moment = Field(alias="from")
    to: Moment


class Reassign(_Operation):
    """Give an item from one officer to another."""

    op: Literal["reassign"] = "reassign"
    item: Id
    officer: Id
    to: Id


class Complete(_Operation):
    """The item is done, on ``on`` or as its own dates say."""

    op: Literal["complete"] = "complete"
    item: Id
    on: Moment | None = None


class CancelItem(_Operation):
    """The item is dropped."""

    op: Literal["cancel_item"] = "cancel_item"
    item: Id


class WaivePapersLead(_Operation):
    """A gate needs no papers lead."""

    op: Literal["waive_papers_lead"] = "waive_papers_lead"
    gate: Id


Change: TypeAlias = Annotated[
    Slip
    | SlipGroup
    | SetDates
    | AddLink
    | RemoveLink
    | CancelMeeting
    | MoveMeeting
    | AddMeeting
    | Away
    | Reassign
    | Complete
    | CancelItem
    | WaivePapersLead,
    Field(discriminator="op"),
]


class Scenario(Entity):
    """A named set of changes to a plan."""

    schema_: Literal["knockon/scenario@1"] = Field(SCENARIO_SCHEMA, alias="schema")
    name: str | None = None
    note: str | None = None
    plan: Id | None = None
    changes: Many[Change] = ()
