"""A family of papers: documents of one form, whichever council wrote them.

A family is two functions in a file of its own: ``recognise`` says from the text why it is one of
the family (or ``None``), ``read`` makes the plan. `loaders.papers` lists the families.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphmodel.plan import Plan
    from graphmodel.problems import Problem

__all__ = ["Family"]


@dataclass(frozen=True, slots=True)
class Family:
    """A form of paper: its name for people, how to know it, and how to read it.

    ``recognise(text)`` returns one clause that says why the text is of the family, or ``None``.
    ``read(text, name)`` returns the plan and its problems; ``name`` is the file's, for places. It
    raises `FileError` where the text holds no plan of this form.
    """

    name: str
    recognise: Callable[[str], str | None]
    read: Callable[[str, str], tuple[Plan, tuple[Problem, ...]]]
