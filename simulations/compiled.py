"""The compiled plan: flat integer arrays in topological order, the one form every pass runs on.

Positions ``p`` run from 0 to n - 1 so that predecessors stand before successors and parts before
what they are part of. Edges ``e`` run in the order of the position they lead to: those into ``p``
are ``into[p] … into[p + 1] - 1``; ``leaving[p]`` lists those out of it. Instants are minutes since
1970 (`graphmodel.moments`), lengths and lags minutes; ``NEVER`` stands for no date. The arrays are
plain lists of ``int``: for a few hundred items they are faster to read than any other container.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graphmodel.links import Link
    from graphmodel.plan import Plan
    from graphmodel.problems import Problem

__all__ = ["Compiled"]


@dataclass(frozen=True, slots=True)
class Compiled:
    """One plan and the links used, ready to be scheduled; made by `simulations.compile`.

    Attributes
    ----------
    ids, at
        Item id by position, and position by item id.
    how
        How the item gets its dates: a code of `simulations.codes`.
    own_start, own_finish, length, months, rest, rest_months
        As `simulations.owndates.Own`.
    work
        Length of a finish-only leaf when gaps are work (DESIGN 5.4); 0 for everything else.
    pinned, begins, ends
        Start is a fact; is a start milestone; is a finish milestone (0 or 1).
    parent, parts
        Position of the nearest ancestor that takes part (-1 for none); positions of the parts.
    cap
        Own due date or deadline that caps the late finish; ``NEVER`` for none.
    source, target, code, lag_months, lag, link
        The edges: positions, relationship code, lag, and index into ``links``.
    """

    plan: Plan
    links: tuple[Link, ...]
    ids: list[str]
    at: dict[str, int]
    how: list[int]
    own_start: list[int]
    own_finish: list[int]
    length: list[int]
    months: list[int]
    rest: list[int]
    rest_months: list[int]
    work: list[int]
    pinned: list[int]
    begins: list[int]
    ends: list[int]
    parent: list[int]
    parts: list[list[int]]
    cap: list[int]
    held: list[str]
    order_in_file: list[int]
    into: list[int]
    source: list[int]
    target: list[int]
    code: list[int]
    lag_months: list[int]
    lag: list[int]
    link: list[int]
    leaving: list[list[int]]
    plan_start: int
    status: int
    must_finish: int
    retained: bool
    findings: list[Problem] = field(default_factory=list)
