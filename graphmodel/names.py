"""A plan without the names of people: offices, bodies and groups stay, members go by a number.

An officer of a plan is an office (`graphmodel.people.Officer`), so its title says what somebody is
and not who. Elected members are the exception; so are the chair and the members of a board, and
whoever decided on a link. What sentences of the plan itself say is left as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphmodel.links import Decision
    from graphmodel.people import Officer
    from graphmodel.plan import Plan

__all__ = ["hide_names"]


def hide_names(plans: Sequence[Plan]) -> tuple[Plan, ...]:
    """Return plans without the names of people; who is in several has one number in all of them."""
    members: dict[str, str] = {}
    for plan in plans:
        for officer in plan.officers:
            if officer.kind == "member":
                members.setdefault(_key(officer), f"Elected member {len(members) + 1}")
    return tuple(_hide(plan, members) for plan in plans)


def _key(officer: Officer) -> str:
    return officer.name.casefold()


def _hide(plan: Plan, members: Mapping[str, str]) -> Plan:
    return plan.model_copy(
        update={
            "officers": tuple(
                one.model_copy(update={"title": members[_key(one)], "also": ()})
                if one.kind == "member"
                else one
                for one in plan.officers
            ),
            "boards": tuple(
                one.model_copy(update={"chair": None, "members": ()}) for one in plan.boards
            ),
            "links": tuple(
                one.model_copy(update={"decided": _hide_decision(one.decided)})
                for one in plan.links
            ),
            "gates": tuple(
                one.model_copy(update={"decided": _hide_decision(one.decided)})
                for one in plan.gates
            ),
        }
    )


def _hide_decision(decided: Decision | None) -> Decision | None:
    return None if decided is None else decided.model_copy(update={"by": None})
