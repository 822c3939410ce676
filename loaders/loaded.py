"""What every loader hands back: a plan, what is wrong with its document, and how it was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graphmodel.plan import Plan
    from graphmodel.problems import Problem

__all__ = ["Loaded", "Member"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A plan and its problems, in the order of the document; ``notes`` say how it was read."""

    plan: Plan
    problems: tuple[Problem, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """A plan and the file it is from; ``is_file``: a plan file, which keeps what was decided."""

    plan: Plan
    name: str
    is_file: bool = False
    is_paper: bool = False
