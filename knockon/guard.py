"""Whether the packages that Python finds are knockon's own.

`knockon` brings five packages with generic names, and other distributions use some of them (DESIGN
section 3). One that is found first, or that was installed over ours, would fail later and elsewhere
with an error that nobody understands. This check runs first, imports none of the packages and takes
well under two milliseconds.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

PACKAGES = ("graphmodel", "loaders", "queries", "simulations", "viz")
"""The generic names that knockon needs for itself."""

MARK = b"knockon"
"""What the docstring at the top of each of the packages says: whose it is."""

_HEAD = 400  # bytes: the mark stands in the first lines
_ADVICE = (
    "install knockon by itself, with 'pipx install knockon' or 'uv tool install knockon', and start"
    " it from a folder that holds no such file."
)


def check_foreign_packages() -> str | None:
    """Say whether a foreign package has taken one of knockon's names.

    Each package must lie beside `knockon` itself, and its first lines must say whose it is: another
    distribution, installed into the same environment, overwrites the file in its place.

    Returns
    -------
    str or None
        One sentence that names the package, where it was found and what to do; None if all is well.
    """
    home = Path(__file__).resolve().parent.parent
    for name in PACKAGES:
        found = _find(name)
        if found is None:
            return f"Python finds no package {name!r}, which is part of knockon: {_ADVICE}"
        if found.parent.parent != home or not _is_marked(found):
            return (
                f"The package {name!r} at {found} is not knockon's but another's of that name:"
                f" {_ADVICE}"
            )
    return None


def _find(name: str) -> Path | None:
    """Find the file that `import name` would run (a folder without `__init__.py`: the folder)."""
    try:
        spec = find_spec(name)
    except ValueError:  # something put a module of that name in place by hand
        return Path("(unknown)")
    if spec is None:
        return None
    if spec.origin is not None:
        return Path(spec.origin).resolve()
    return Path(next(iter(spec.submodule_search_locations or ()), "(unknown)")).resolve()


def _is_marked(found: Path) -> bool:
    """Whether the first lines of a package's `__init__.py` say that it is knockon's."""
    try:
        with found.open("rb") as file:
            return MARK in file.read(_HEAD)
    except OSError:
        return False
