"""Where the example plan lies: an invented council's paper and its register of links.

In a checkout both stand in ``examples/``, the only copy; the build puts that folder into the wheel
as ``knockon/data/``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from graphmodel.errors import FileError

__all__ = ["example_files"]

_NAMES: Final = ("wexcombe-csip.txt", "wexcombe-links.csv")
_PACKAGE: Final = Path(__file__).resolve().parent


def example_files() -> tuple[Path, ...]:
    """Return the paper and the register of the example.

    Raises
    ------
    FileError
        They are not where this copy of knockon should have them.
    """
    for folder in (_PACKAGE.parent / "examples", _PACKAGE / "data"):
        files = tuple(folder / name for name in _NAMES)
        if all(file.is_file() for file in files):
            return files
    raise FileError(
        f'The example files are not in "{_PACKAGE / "data"}": install knockon again, '
        "or name a paper of your own."
    )
