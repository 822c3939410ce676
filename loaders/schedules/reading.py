"""Schedules of other programs: told apart by their content, each project a plan of its own.

1. Primavera XER files and MS Project's XML are read by readers of our own.
2. Everything else goes through MPXJ, which needs Java (`loaders.schedules.mpxj`).
3. Of a file with several projects each becomes a plan.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from graphmodel.files import read_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from loaders.loaded import Loaded

__all__ = ["read_schedule"]

#: Bytes of a file that tell what it is.
_HEAD: Final = 16_384

_MS_PROJECT: Final = re.compile(rb"<(?:\w+:)?Project[\s>]")


def read_schedule(path: Path) -> list[Loaded]:
    """Return the plan of each project of a schedule.

    Raises
    ------
    FileError
        The file cannot be read, holds no project, or needs what is not installed.
    """
    head = read_bytes(path)[:_HEAD]
    if path.suffix.lower() == ".xer" or head.lstrip(b"\xef\xbb\xbf").startswith(b"ERMHDR"):
        return _read_xer(path)
    if _MS_PROJECT.search(head.replace(b"\x00", b"")):
        from loaders.schedules.mspdi import read_mspdi  # noqa: PLC0415 - one reader of three

        return [read_mspdi(path)]
    from loaders.schedules.mpxj import read_mpxj  # noqa: PLC0415

    return [read_mpxj(path)]


def _read_xer(path: Path) -> list[Loaded]:
    from loaders.schedules.xer import list_xer_projects, read_xer  # noqa: PLC0415

    names = list_xer_projects(path)
    if len(names) <= 1:
        return [read_xer(path)]
    return [_without_others(read_xer(path, name)) for name in names]


def _without_others(loaded: Loaded) -> Loaded:
    """Leave out that the other projects of the file were not read: each is, on its own."""
    problems = tuple(one for one in loaded.problems if one.code != "project-not-read")
    return replace(loaded, problems=problems)
