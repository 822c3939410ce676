"""Schedules of other programs, told apart by their content.

1. Primavera XER files and MS Project's XML are read by readers of our own.
2. Everything else goes through MPXJ, which needs Java (`loaders.schedules.mpxj`).
3. An XER file with several projects becomes a portfolio; of others the largest project is read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from graphmodel.files import read_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from loaders.loaded import Loaded

__all__ = ["read_schedule"]

#: Bytes of a file that tell what it is.
_HEAD: Final = 16_384

_MS_PROJECT: Final = re.compile(rb"<(?:\w+:)?Project[\s>]")


def read_schedule(path: Path) -> Loaded:
    """Return the plan of a schedule.

    Raises
    ------
    FileError
        The file cannot be read, holds no project, or needs what is not installed.
    """
    head = read_bytes(path)[:_HEAD]
    if path.suffix.lower() == ".xer" or head.lstrip(b"\xef\xbb\xbf").startswith(b"ERMHDR"):
        from loaders.schedules.xer_portfolio import read_xer_portfolio  # noqa: PLC0415 - one of three

        return read_xer_portfolio(path)
    if _MS_PROJECT.search(head.replace(b"\x00", b"")):
        from loaders.schedules.mspdi import read_mspdi  # noqa: PLC0415

        return read_mspdi(path)
    from loaders.schedules.mpxj import read_mpxj  # noqa: PLC0415

    return read_mpxj(path)
