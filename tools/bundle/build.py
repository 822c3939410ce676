"""Build the bundle for Windows: ``python tools/bundle/build.py --python 3.13 WHEEL``.

One zip file for one version of Python: knockon's own wheel, the wheels that the lock
``requirements/bundle.txt`` names for 64-bit Windows, and an installer that needs neither an
administrator nor the internet. The same commit and the same lock give the same bytes. One zip for
all four Pythons would be 430 MB, not 180: so there is one for each.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

ROOT: Final = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tools.bundle.guide import read_guide, write_page, write_text  # noqa: E402 - found by the above
from tools.bundle.wheels import (  # noqa: E402
    Wheel,
    fetch_wheels,
    read_pins,
    read_wheel,
    windows_markers,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["PYTHONS", "gather_files", "make_bundle", "name_bundle"]

#: The versions of CPython that the lock has wheels for on Windows.
PYTHONS: Final = ("3.11", "3.12", "3.13", "3.14")

PLATFORM: Final = "win-amd64"
_PAYLOAD: Final = Path(__file__).resolve().parent / "payload"
_CRLF: Final = (".cmd", ".txt")
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def name_bundle(version: str, python: str) -> str:
    """Return the name of a bundle, and of the folder inside, without an ending."""
    return f"knockon-{version}-windows-python{python}"


def gather_files(wheels: Sequence[Wheel], *, python: str, platform: str) -> dict[str, bytes | Path]:
    """Return everything that stands in a bundle, by its path there, in order.

    Parameters
    ----------
    wheels
        knockon's own wheel and everything it needs.
    platform
        What ``sysconfig.get_platform()`` says on the machines the wheels are for.
    """
    (own,) = (wheel for wheel in wheels if wheel.name == "knockon")
    guide = read_guide(own.version, python)
    about = {"version": own.version, "python": python, "platform": platform}
    texts = {
        path.relative_to(_PAYLOAD).as_posix(): path.read_text(encoding="utf-8")
        for path in _PAYLOAD.rglob("*")
        if path.suffix in {".cmd", ".py"}
    }
    texts["install.cmd"] = texts["install.cmd"].replace("{python}", python)
    texts |= {
        "bundle.json": json.dumps(about, indent=1) + "\n",
        "requirements.txt": _requirements(wheels),
        "LICENCES.txt": _licences(wheels),
        "READ-ME.txt": write_text(guide),
        "READ-ME.html": write_page(guide),
    }
    files: dict[str, bytes | Path] = {name: _encode(name, text) for name, text in texts.items()}
    files |= {f"wheels/{wheel.path.name}": wheel.path for wheel in wheels}
    files = dict(sorted(files.items()))
    return {"MANIFEST.txt": _encode("MANIFEST.txt", _manifest(files)), **files}


def _encode(name: str, text: str) -> bytes:
    """Return a text as Windows keeps it; command files and plain texts hold ASCII only."""
    if not name.endswith(_CRLF):
        return text.encode("utf-8")
    return text.replace("\n", "\r\n").encode("ascii")


def _requirements(wheels: Sequence[Wheel]) -> str:
    lines = [f"{one.name}=={one.version} --hash=sha256:{one.sha256}\n" for one in wheels]
    return "".join(sorted(lines))


def _licences(wheels: Sequence[Wheel]) -> str:
    rows = sorted((f"{one.name} {one.version}", one.licence) for one in wheels)
    width = max(len(name) for name, _ in rows)
    return (
        f"The {len(rows)} packages in this bundle and their licences, as each states it. The full\n"
        "texts are inside the wheels, which are zip files. The map holds vis-network as well\n"
        "(Apache-2.0 OR MIT).\n\n"
        + "".join(f"{name:<{width}}  {licence}\n" for name, licence in rows)
    )


def _manifest(files: Mapping[str, bytes | Path]) -> str:
    return "".join(f"{_sha256(content)}  {name}\n" for name, content in files.items())


def _sha256(content: bytes | Path) -> str:
    data = content.read_bytes() if isinstance(content, Path) else content
    return hashlib.sha256(data).hexdigest()


def write_zip(target: Path, folder: str, files: Mapping[str, bytes | Path]) -> None:
    """Write a zip whose bytes depend on nothing but the files; wheels are packed already."""
    with ZipFile(target, "w") as archive:
        for name, content in files.items():
            entry = ZipInfo(f"{folder}/{name}", _EPOCH)
            entry.create_system = 3  # whatever this is made on
            entry.external_attr = 0o100644 << 16
            entry.compress_type = ZIP_STORED if name.endswith(".whl") else ZIP_DEFLATED
            data = content.read_bytes() if isinstance(content, Path) else content
            archive.writestr(entry, data)


def make_bundle(own: Path, python: str, out: Path) -> Path:
    """Build the bundle for one version of Python, and return where it was written."""
    lock = (ROOT / "requirements" / "bundle.txt").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as scratch:
        wheelhouse = Path(scratch)
        shutil.copy(own, wheelhouse)
        fetch_wheels(read_pins(lock, windows_markers(python)), wheelhouse, python)
        wheels = [read_wheel(path) for path in sorted(wheelhouse.glob("*.whl"))]
        version = read_wheel(own).version
        target = out / f"{name_bundle(version, python)}.zip"
        out.mkdir(parents=True, exist_ok=True)
        files = gather_files(wheels, python=python, platform=PLATFORM)
        write_zip(target, name_bundle(version, python), files)
    return target


def main() -> None:
    """Build a bundle for each version of Python asked for."""
    parser = argparse.ArgumentParser(description="Build the bundle for Windows.")
    parser.add_argument("wheel", type=Path, help="knockon's own wheel ('make build' leaves it)")
    parser.add_argument("--python", action="append", choices=PYTHONS, help="for this Python only")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="write into this folder")
    asked = parser.parse_args()
    for python in asked.python or PYTHONS:
        target = make_bundle(asked.wheel, python, asked.out)
        digest = _sha256(target)
        print(f"{target}: {target.stat().st_size / 1e6:.0f} MB, sha256 {digest}")


if __name__ == "__main__":
    main()
