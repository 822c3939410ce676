"""Check what a built wheel holds: ``python tools/wheel.py dist/knockon-….whl``.

The five generic package names are wanted (DESIGN section 3), so the wheel must put exactly the six
packages at its top level and nothing else; each is typed, and the examples travel inside `knockon`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from zipfile import ZipFile

PACKAGES = frozenset({"knockon", "graphmodel", "loaders", "queries", "simulations", "viz"})
CHECKOUT = Path(__file__).resolve().parent.parent


def find_faults(names: set[str], examples: set[str]) -> list[str]:
    """Say what is wrong with a wheel that holds the files ``names``.

    Parameters
    ----------
    names
        Paths inside the wheel.
    examples
        Paths of the shipped examples, relative to ``examples/``.

    Returns
    -------
    list of str
        One sentence per fault, empty for a good wheel.
    """
    top = {name.split("/", 1)[0] for name in names}
    info = {name for name in top if name.startswith("knockon-") and name.endswith(".dist-info")}
    faults = [f"it has {name!r} at its top level" for name in sorted(top - PACKAGES - info)]
    if len(info) != 1:
        faults.append(f"it has {len(info)} dist-info folders, not one")
    wanted = {f"{package}/{name}" for package in PACKAGES for name in ("__init__.py", "py.typed")}
    wanted |= {f"knockon/data/{name}" for name in examples}
    faults += [f"it lacks {name!r}" for name in sorted(wanted - names)]
    return faults


def main() -> None:
    """Check the wheel named on the command line; exit 1 with a sentence per fault."""
    if len(sys.argv) != 2:  # noqa: PLR2004 - the program and its one argument
        sys.exit("usage: python tools/wheel.py WHEEL (one wheel: 'make build' leaves one in dist/)")
    with ZipFile(sys.argv[1]) as wheel:
        names = {name for name in wheel.namelist() if not name.endswith("/")}
    root = CHECKOUT / "examples"
    examples = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    faults = find_faults(names, examples)
    if not examples:
        faults.append("the checkout has no examples to ship")
    if faults:
        sys.exit("\n".join(f"{sys.argv[1]}: {fault}" for fault in faults))
    print(f"{sys.argv[1]}: {len(names)} files, {len(examples)} examples, six packages, all typed")


if __name__ == "__main__":
    main()
