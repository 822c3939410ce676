"""Files that come in through a browser: kept in a folder of their own, read, and removed.

A file's name is words to show and never a path: what reaches the disk is a folder with a number,
and in it a name made of letters, digits and a few harmless marks.
"""

from __future__ import annotations

import re
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from graphmodel.errors import KnockonError
from graphmodel.words import count
from loaders.watching import listening

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from fastapi import UploadFile

    from knockon.local.desk import Opened, Shelf
    from loaders.loaded import Loaded

__all__ = ["MOST_FILES", "NothingSentError", "UploadError", "clean_name", "open_files", "read_one"]

#: Files that are read together at most.
MOST_FILES: Final = 50

#: Characters of a file's name that are kept.
_LONGEST: Final = 100

#: Bytes that are moved at once.
_CHUNK: Final = 1_048_576

#: What Windows takes for a device, whatever ending it has.
_DEVICES: Final = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")

_CURRENT: Final = "0/plan.json"


class UploadError(KnockonError):
    """Files that cannot be opened, in the words of what read them."""


class NothingSentError(UploadError):
    """A form without a file in it."""

    def __init__(self) -> None:
        super().__init__("No file was chosen: choose a paper, a spreadsheet, a schedule or a plan.")


def clean_name(name: str | None) -> str:
    r"""Return a name that means the same to people and nothing to a computer.

    What stands before the last ``/`` or ``\`` falls away, and so do points at either end.
    """
    last = re.split(r"[/\\]", name or "")[-1]
    plain = re.sub(r"[^\w .()+,'&-]", "_", last).strip(". ")
    stem, point, ending = plain.rpartition(".")
    if len(plain) > _LONGEST:
        room = max(1, _LONGEST - len(ending) - 1)
        plain = f"{stem[:room]}{point}{ending}"[:_LONGEST] if stem else plain[:_LONGEST]
    if not plain or _DEVICES.match(plain):
        plain = f"file_{plain}".rstrip("_")
    return plain


def open_files(
    shelf: Shelf,
    files: Sequence[UploadFile],
    *,
    onto: str | None = None,
    edition: int | None = None,
    told: Callable[[int, int], None] | None = None,
) -> Opened:
    """Read files together and open the plan in them, or add them to a plan that is open.

    Parameters
    ----------
    onto
        The key of a plan that the files are added to, as ``knockon load plan.json FILE...`` does:
        its ids and decisions stay. None for a plan of its own.
    edition
        The edition of that plan that the person has seen, where that is known.
    told
        Told how far the reading is: steps done, of how many.

    Raises
    ------
    UploadError
        Nothing was sent, too much, or what cannot be read; what is open stays as it is.
    NoSuchPlanError, TooManyPlansError, ChangedMeanwhileError
        The plan to add to is not open or has changed, or no more can be opened.
    """
    before = None if onto is None else shelf.find(onto)
    if before is not None:
        before.check_edition(edition)
    loaded, names = _load(files, before, told)
    if before is None:
        return shelf.put(loaded.plan, files=names, problems=loaded.problems, notes=loaded.notes)
    older = [one for one in before.problems if one.source is None or one.source.file not in names]
    with shelf.lock:
        shelf.find(before.key).check_edition(before.edition)
        return shelf.replace(
            before.key,
            loaded.plan,
            files=dict.fromkeys((*before.files, *names)),
            problems=(*older, *loaded.problems),
            notes=loaded.notes,
        )


def read_one(file: UploadFile) -> bytes:
    """Return what one small file holds.

    Raises
    ------
    NothingSentError
        None was chosen.
    """
    if not file.filename:
        raise NothingSentError
    file.file.seek(0)
    return file.file.read()


def _load(
    files: Sequence[UploadFile],
    before: Opened | None,
    told: Callable[[int, int], None] | None,
) -> tuple[Loaded, list[str]]:
    from graphmodel.planfile import write_plan  # noqa: PLC0415 - heavy
    from loaders.load import load  # noqa: PLC0415

    with _on_disk(files) as (folder, paths):
        first: list[Path] = []
        if before is not None:
            first = [folder / _CURRENT]
            first[0].parent.mkdir()
            write_plan(before.plan, first[0])
        try:
            with listening(told or _nobody):
                loaded = load([*first, *paths])
        except KnockonError as error:
            raise UploadError(_without_folder(str(error), folder)) from None
        if before is not None and loaded.plan.id != before.plan.id:
            raise UploadError(
                f'These files hold another plan than "{before.title}": open them as a plan of '
                "their own."
            )
        return loaded, [path.name for path in paths]


def _nobody(_done: int, _steps: int) -> None:
    """Hear nothing."""


@contextmanager
def _on_disk(files: Sequence[UploadFile]) -> Iterator[tuple[Path, list[Path]]]:
    """Give a folder that only this user can read, and the files in it; both are removed after."""
    sent = [one for one in files if one.filename]
    if not sent:
        raise NothingSentError
    if len(sent) > MOST_FILES:
        raise UploadError(
            f"{count(len(sent), 'file')} were sent: no more than {MOST_FILES} can be read together."
        )
    with tempfile.TemporaryDirectory(prefix="knockon-") as name:
        folder = Path(name)
        paths = []
        for number, one in enumerate(sent, 1):
            path = folder / str(number) / clean_name(one.filename)
            path.parent.mkdir()
            one.file.seek(0)
            with path.open("wb") as stream:
                while chunk := one.file.read(_CHUNK):
                    stream.write(chunk)
            paths.append(path)
        yield folder, paths


def _without_folder(sentence: str, folder: Path) -> str:
    """Return a sentence that names files as the person knows them, not where they were kept."""
    places = {str(folder), str(folder.resolve())}
    pattern = "|".join(re.escape(one) for one in sorted(places, key=len, reverse=True))
    return re.sub(rf"(?:{pattern})[/\\]\d+[/\\]", "", sentence)
