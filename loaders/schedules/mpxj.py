"""Schedules that only MPXJ reads: MS Project's own files (.mpp), Primavera's PMXML, and others.

MPXJ is a Java library and comes with the extra ``schedules``. It runs in a process of its own with
a time limit, where it rewrites the file; what it wrote is read by the readers of XML and XER here.
So a plan has no lines of a file, and MPXJ's own doubts about a file do not reach it.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess  # the one program it starts is this Python, with a file of this package
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graphmodel.errors import FileError, MissingExtraError
from graphmodel.files import fingerprint
from graphmodel.problems import Place, Problem
from graphmodel.words import count
from loaders.loaded import Loaded
from loaders.schedules.mpxj_origin import as_from
from loaders.schedules.mspdi import read_mspdi
from loaders.schedules.xer import read_xer

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["SECONDS", "Rewritten", "read_mpxj", "rewrite"]

#: How long MPXJ may take; a large file takes about ten.
SECONDS: Final = 120.0
_EXTRA: Final = "schedules"
_PACKAGES: Final = (("mpxj", "mpxj"), ("jpype", "JPype1"))
#: Problems with the form of a file, which here is MPXJ's: it leaves out tables without rows.
_OF_FORM: Final = frozenset({"table-missing"})
_INSTEAD: Final = (
    "save it as XML in MS Project (File, Save As, XML Format) or as XER in Primavera "
    "(File, Export), and give that"
)


@dataclass(frozen=True)
class Rewritten:
    """What MPXJ made of a file: the file it wrote, or why it wrote none.

    Attributes
    ----------
    external
        Numbers of the rows that belong to other projects.
    others
        Title and number of tasks of the projects of the file that were not written.
    """

    path: Path | None
    type: str = ""
    program: str = ""
    external: frozenset[str] = frozenset()
    others: tuple[tuple[str, int], ...] = ()
    fault: str = ""
    detail: str = ""


def read_mpxj(path: str | Path, *, project: str | None = None, seconds: float = SECONDS) -> Loaded:
    """Read a schedule of any program that MPXJ knows into a plan.

    Parameters
    ----------
    project
        Short name of the project to read, where a file of Primavera holds several.
    seconds
        After how long to give up.

    Raises
    ------
    FileError
        The file cannot be opened, is no schedule, is protected by a password, takes too long; or
        there is no Java on this machine. The sentence says how to do without.
    MissingExtraError
        The extra ``schedules`` is not installed.
    """
    path = Path(path)
    fingerprint(path)  # says what is wrong with a file that cannot be opened
    with tempfile.TemporaryDirectory(prefix="knockon-") as folder:
        (made,) = rewrite([path], Path(folder), seconds=seconds)
        if made.path is None:
            raise FileError(_sentence(path, made))
        return read_rewritten(path, made, project)


def read_rewritten(path: Path, made: Rewritten, project: str | None = None) -> Loaded:
    """Return the plan of a file from what MPXJ wrote."""
    assert made.path is not None  # noqa: S101 - asked by the callers
    is_p6 = made.path.suffix == ".xer"
    loaded = read_xer(made.path, project) if is_p6 else read_mspdi(made.path)
    loaded = as_from(loaded, path, made.type, made.external)
    told = tuple(
        Problem(
            "project-not-read",
            "warning",
            f'The project "{title}" with {count(tasks, "task")} is not read; the plan is the '
            "largest of the file.",
            (),
            Place(path.name),
        )
        for title, tasks in made.others
    )
    note = f"{path.name} was read through MPXJ as {made.type} of {made.program}."
    problems = (one for one in loaded.problems if one.code not in _OF_FORM)
    return Loaded(loaded.plan, (*problems, *told), (note, *loaded.notes[1:]))


def rewrite(paths: Sequence[Path], folder: Path, *, seconds: float = SECONDS) -> list[Rewritten]:
    """Have MPXJ rewrite files into a folder, all in one process.

    Raises
    ------
    FileError
        It took longer than ``seconds``, or ended without an answer.
    MissingExtraError
        The extra ``schedules`` is not installed.
    """
    names = ", ".join(f'"{path.name}"' for path in paths)
    for module, package in _PACKAGES:
        if importlib.util.find_spec(module) is None:
            raise MissingExtraError(
                package,
                _EXTRA,
                f"Reading {names} as it is (in place of saving it as XML in MS Project, or as XER "
                "in Primavera, and giving that)",
            )
    worker = Path(__file__).with_name("mpxj_worker.py")
    command = [sys.executable, "-P", "-X", "utf8", str(worker), str(folder)]
    try:
        ended = subprocess.run(  # noqa: S603 - see the import
            [*command, *(str(path.resolve()) for path in paths)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise FileError(
            f"Reading {names} took longer than {seconds:g} seconds and was stopped: {_INSTEAD}."
        ) from None
    try:
        answers = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise FileError(
            f"{names} cannot be read: Java ended without an answer (exit code {ended.returncode}); "
            f"{_INSTEAD}."
        ) from None
    return [_made(answer, folder) for answer in answers]


def _made(answer: dict[str, Any], folder: Path) -> Rewritten:
    if "fault" in answer:
        return Rewritten(None, fault=answer["fault"], detail=" ".join(answer["detail"].split()))
    others = tuple((one["title"], one["tasks"]) for one in answer["others"])
    return Rewritten(
        folder / answer["file"],
        answer["type"],
        answer["program"],
        frozenset(answer["external"]),
        others,
    )


def _sentence(path: Path, made: Rewritten) -> str:
    match made.fault:
        case "java":
            return (
                f'"{path.name}" needs Java 11 or later, which is not on this machine (on Debian: '
                f"the package openjdk-17-jre-headless): install it, or {_INSTEAD}."
            )
        case "password":
            return (
                f'"{path.name}" is protected by a password: open it in the program it comes from, '
                "save it without one, and give that."
            )
        case "unknown":
            return f'"{path.name}" is no schedule of a known program: {_INSTEAD}.'
        case _:
            return f'"{path.name}" cannot be read ({made.detail[:200]}): {_INSTEAD}.'
