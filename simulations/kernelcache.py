"""Where compiled kernels are kept between runs: the user's cache folder, failing that nowhere.

The folder's name changes with the source of the kernels and of what they take from elsewhere, and
with the versions of Python, numba and llvmlite: numba itself only looks at the one file a function
stands in, and would go on using a kernel after another one that it calls had changed.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from types import ModuleType

__all__ = ["fingerprint_kernels", "open_cache", "user_cache_folder"]

#: How many folders are kept, the newest used: one for each version of knockon and Python at work.
KEPT: Final = 5

_NAME: Final = re.compile(r"kernels-[0-9a-f]{16}")


def user_cache_folder() -> Path | None:
    """Return the folder this system keeps a user's caches in, None where there is no such place."""
    try:
        if sys.platform == "win32":
            local = os.environ.get("LOCALAPPDATA")
            return Path(local) if local else Path.home() / "AppData" / "Local"
        if sys.platform == "darwin":
            return Path.home() / "Library" / "Caches"
        named = os.environ.get("XDG_CACHE_HOME", "")
        # The XDG base directory rules: a path that is not absolute counts as not given.
        return Path(named) if Path(named).is_absolute() else Path.home() / ".cache"
    except RuntimeError:  # nobody's home
        return None


def fingerprint_kernels(modules: Sequence[ModuleType], versions: Iterable[str]) -> str:
    """Return 16 hexadecimal digits that change with what is compiled, and with what compiles it.

    Of each module these count: its source; and the numbers, and the fields of the named tuples,
    that it has from elsewhere.
    """
    digest = hashlib.sha256("\0".join(versions).encode())
    for module in sorted(modules, key=lambda one: one.__name__):
        digest.update(f"\0{module.__name__}\0".encode())
        if module.__file__ is not None:
            digest.update(Path(module.__file__).read_bytes())
        for name, value in sorted(vars(module).items()):
            if name.startswith("__"):
                continue
            if isinstance(value, int | tuple):
                digest.update(f"\0{name}={value!r}".encode())
            elif hasattr(value, "_fields"):
                digest.update(f"\0{name}:{value._fields!r}".encode())
    return digest.hexdigest()[:16]


def open_cache(fingerprint: str, base: str | Path | None = None) -> Path | None:
    """Return a folder to keep compiled kernels in, made if need be; None where none can be had.

    Parameters
    ----------
    base
        The folder to make it in, such as one the user has named to numba; the user's cache folder
        unless told.
    """
    above = user_cache_folder() if not base else Path(base)
    if above is None:
        return None
    folder = above / "knockon" / f"kernels-{fingerprint}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
        os.utime(folder)  # the newest used are kept
    except OSError:
        return None
    _remove_old(folder)
    return folder


def _remove_old(folder: Path) -> None:
    """Remove the folders of other versions but for the newest used.

    Whoever is at work in one of them loses nothing but time: what is missing is compiled again.
    """
    try:
        used = [
            (one.stat().st_mtime, one)
            for one in folder.parent.iterdir()
            if _NAME.fullmatch(one.name) and one != folder and not one.is_symlink()
        ]
    except OSError:  # another process is tidying up
        return
    for _, old in sorted(used, reverse=True)[KEPT - 1 :]:
        shutil.rmtree(old, ignore_errors=True)
