"""Schedules of other programs: told apart by their content, each project a plan of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from loaders.schedules.xer import list_xer_projects, read_xer

if TYPE_CHECKING:
    from pathlib import Path

    from loaders.loaded import Loaded

__all__ = ["read_schedule"]


def read_schedule(path: Path) -> list[Loaded]:
    """Return the plan of each project of a schedule.

    Raises
    ------
    FileError
        The file cannot be read, or holds no project.
    """
    names = list_xer_projects(path)
    if len(names) <= 1:
        return [read_xer(path)]
    return [_without_others(read_xer(path, name)) for name in names]


def _without_others(loaded: Loaded) -> Loaded:
    """Leave out that the other projects of the file were not read: each is, on its own."""
    problems = tuple(one for one in loaded.problems if one.code != "project-not-read")
    return replace(loaded, problems=problems)
