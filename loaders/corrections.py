"""Corrections put into a plan, in each new version of a paper again.

1. The value of a correction replaces what the paper says. What the paper said stays in the record
   of the correction, as ``x_was``; ``x_set`` is what was put in its place. Both are texts, as a
   register shows them.
2. Where the paper says the same by now, nothing changes; the record stays.
3. Where the paper says something new, neither what it said nor what was put right, the correction
   still holds and a problem asks for a look. Of what status returns report (status, forecast, RAG,
   …) the newer word stays, with the same problem.
4. A correction that is withdrawn is not kept, and what it replaced is put back, unless the plan
   says something else by now.
5. A correction whose item is gone is a problem and is not kept; one whose value is invalid is a
   problem and is kept, but changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graphmodel.breakdown import find_parent_circle
from graphmodel.moments import write_moment
from graphmodel.people import ROLES, Assignment
from graphmodel.problems import Problem
from graphmodel.references import link_fault
from graphmodel.words import count
from loaders.changing import change_plan
from loaders.correction_fields import NOTHING, REPORTED, read_value, show_value, to_field

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphmodel.items import Item
    from graphmodel.measures import Correction
    from graphmodel.plan import Plan

__all__ = ["apply_corrections", "mark_withdrawn"]

_WITHDRAWN: Final = "x_withdrawn"


def apply_corrections(
    plan: Plan, carried: Sequence[Correction] = ()
) -> tuple[Plan, tuple[Problem, ...], tuple[str, ...]]:
    """Return a plan with its corrections in force, what is wrong with them, and what they changed.

    Parameters
    ----------
    plan
        The plan with the corrections it holds.
    carried
        Corrections of the plan of last month, whose items may be gone; of two on one field the
        plan's own counts.
    """
    work = _Work(plan)
    own = {(one.item, one.field) for one in plan.corrections}
    every = [*(one for one in carried if (one.item, one.field) not in own), *plan.corrections]
    kept = [result for one in every if (result := work.apply(one)) is not None]
    changes: dict[str, Any] = {}
    if tuple(kept) != plan.corrections:
        changes["corrections"] = tuple(kept)
    if work.changed:
        changes["items"] = tuple(work.items.values())
    if work.assignments != list(plan.assignments):
        changes["assignments"] = tuple(work.assignments)
    if work.applied:
        work.notes.append(f"{count(work.applied, 'correction')} put into the plan.")
    if not changes:
        return plan, tuple(work.problems), tuple(work.notes)
    return change_plan(plan, changes), tuple(work.problems), tuple(work.notes)


class _Work:
    """The plan while corrections go into it one by one."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.items = dict(plan.index.items)
        self.assignments = list(plan.assignments)
        self.officers = {officer.id for officer in plan.officers}
        self.problems: list[Problem] = []
        self.notes: list[str] = []
        self.changed = False
        self.applied = 0

    def apply(self, correction: Correction) -> Correction | None:
        """Put one correction in; return it as it is to be kept, None where its item is gone."""
        item = self.items.get(correction.item)
        field = correction.field
        if item is None:
            message = (
                f"The item {correction.item}, whose {field} was corrected{_signed(correction)}, is "
                "gone: the correction is not kept."
            )
            self.problems.append(Problem("correction-item-gone", "warning", message))
            return None
        if (correction.model_extra or {}).get(_WITHDRAWN):
            self._withdraw(item, correction)
            return None
        try:
            wanted = self._wanted(item, correction)
        except ValueError as error:
            reason = str(error).removesuffix(".")
            message = f"The correction of {field} on {item.id} is not used: {reason}."
            problem = Problem("correction-invalid", "error", message, (item.id,))
            self.problems.append(problem)
            return correction
        return self._settle(item, correction, wanted)

    def _withdraw(self, item: Item, correction: Correction) -> None:
        """Put back what a correction replaced, where it is still in force."""
        field, extra = correction.field, correction.model_extra or {}
        was, put = extra.get("x_was"), extra.get("x_set")
        now = self._show(item, field)
        if was is None or now != put:
            self.notes.append(f"{item.id}: the correction of {field} is withdrawn; {now} stays.")
            return
        old = correction.model_copy(update={"value": read_value(field, str(was))})
        try:
            self._put(item, field, self._wanted(item, old))
        except ValueError as error:
            reason = str(error).removesuffix(".")
            message = f"The {field} of {item.id} cannot be put back to {was}: {reason}."
            self.problems.append(Problem("correction-invalid", "error", message, (item.id,)))
        else:
            note = f"{item.id}: {field} is {was} again; the correction is withdrawn."
            self.notes.append(note)

    def _wanted(self, item: Item, correction: Correction) -> dict[str, Any]:
        """Return the fields a correction changes; raise `ValueError` where it cannot."""
        field, value = correction.field, correction.value
        if field in ROLES:
            names = [] if value is None else value
            if not isinstance(names, list | tuple) or not self.officers.issuperset(names):
                raise ValueError(f"{show_value(value)} is no officer of the plan")
            return {field: tuple(names)}
        wanted = to_field(item, field, value)
        if field == "parent":
            self._check_parent(item.id, wanted["parent"])
        return wanted

    def _check_parent(self, item: str, parent: str | None) -> None:
        if parent is not None and parent not in self.items:
            raise ValueError(f'there is no item "{parent}"')
        parents = {one.id: one.parent for one in self.items.values()} | {item: parent}
        circle = find_parent_circle(parents)
        if circle:
            raise ValueError(f"these would be each other's parents: {', '.join(circle)}")
        for link in self.plan.links:
            fault = link_fault(link.from_, link.to, parents)
            if fault is not None:
                raise ValueError(fault.removesuffix(": remove it."))

    def _settle(self, item: Item, correction: Correction, wanted: dict[str, Any]) -> Correction:
        field = correction.field
        now, then = self._show(item, field), self._show_wanted(item, field, wanted)
        extra = correction.model_extra or {}
        was, put = extra.get("x_was"), extra.get("x_set")
        if now == then:
            return _record(correction, was or now, then)
        if was is not None and now not in {was, put}:
            self._tell_third(item, field, now, (str(was), then))
            if field in REPORTED:
                return correction
            was = now
        elif was is None:
            was = now
        self._put(item, field, wanted)
        self.applied += 1
        self.notes.append(
            f"{item.id}: {field} is {then}, corrected from {now}{_signed(correction)}"
            f"{f' ({correction.why})' if correction.why else ''}."
        )
        return _record(correction, str(was), then)

    def _tell_third(self, item: Item, field: str, now: str, words: tuple[str, str]) -> None:
        was, then = words
        stays = f"{now} stays" if field in REPORTED else f"the correction, {then}, still holds"
        message = (
            f"The {field} of {item.id} was {was} when it was corrected, and is {now} now: {stays}. "
            "Check whether the correction is still right."
        )
        self.problems.append(Problem("correction-overtaken", "warning", message, (item.id,)))

    def _show(self, item: Item, field: str) -> str:
        if field in ROLES:
            held = [one.officer for one in self._held(item.id, field)]
            return show_value(held or None)
        if field.startswith("x_"):
            return show_value((item.model_extra or {}).get(field))
        return _show_field(item, field)

    def _show_wanted(self, item: Item, field: str, wanted: dict[str, Any]) -> str:
        if field in ROLES:
            return show_value(list(wanted[field]) or None)
        if field.startswith("x_"):
            return show_value(wanted[field])
        return _show_field(item.model_copy(update=wanted), field)

    def _held(self, item: str, role: str) -> list[Assignment]:
        return [one for one in self.assignments if (one.item, one.role) == (item, role)]

    def _put(self, item: Item, field: str, wanted: dict[str, Any]) -> None:
        if field not in ROLES:
            self.changed = True
            self.items[item.id] = item.model_copy(update=wanted)
            return
        held = self._held(item.id, field)
        kept = {one.officer: one for one in held}
        new = [
            kept.get(name)
            or Assignment.model_validate({"officer": name, "item": item.id, "role": field})
            for name in wanted[field]
        ]
        self.assignments = [one for one in self.assignments if one not in held] + new


_ENDS: Final = {"planned.start": "start", "planned.finish": "finish"}


def _show_field(item: Item, field: str) -> str:
    """Return what an item says of a field, as a register shows it."""
    if field == "planned.finish" and item.planned.text is not None:
        return item.planned.text
    if field in _ENDS:
        value: Any = getattr(item.planned, _ENDS[field])
    else:
        value = item.model_dump(mode="json", include={field})[field]
    if value is None:
        return NOTHING
    if field in _ENDS:
        return write_moment(value)
    return show_value(None if value == [] else value)


def mark_withdrawn(correction: Correction) -> Correction:
    """Return a correction that `apply_corrections` is to take back."""
    return _with_facts(correction, {_WITHDRAWN: True})


def _record(correction: Correction, was: str, then: str) -> Correction:
    extra = correction.model_extra or {}
    if (extra.get("x_was"), extra.get("x_set")) == (was, then):
        return correction
    return _with_facts(correction, {"x_was": was, "x_set": then})


def _with_facts(correction: Correction, facts: dict[str, Any]) -> Correction:
    fields = {name: getattr(correction, name) for name in correction.model_fields_set}
    return type(correction)(**(fields | facts))


def _signed(correction: Correction) -> str:
    by = f" by {correction.who}" if correction.who else ""
    on = f" on {write_moment(correction.when)}" if correction.when else ""
    return f"{by}{on}"
