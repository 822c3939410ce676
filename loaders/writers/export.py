"""Plans written to files of other kinds, and what of a plan each of them cannot carry.

=============  ==========  ====================================================================
form           ending      what it carries
=============  ==========  ====================================================================
``csv``        .csv        the items, who has which role, accepted links; loads back
``xlsx``       .xlsx       the same as a sheet, and registers of the rest; loads back
``graphml``    .graphml    the plan as a graph, for yEd and Gephi; everything; loads back
``mspdi``      .xml        a schedule for MS Project and ProjectLibre; loads back
``json``       .json       the plan file: everything
=============  ==========  ====================================================================

A file that was written is read again, and what comes back is held against the plan, so that what is
told is true of this very file.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from graphmodel.collector import collector_paused
from graphmodel.errors import FileError
from graphmodel.words import join_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from graphmodel.plan import Plan
    from loaders.schedules.mspdi_rows import Shown

__all__ = ["FORMS", "export_plan", "find_form", "spare_inputs"]


@dataclass(frozen=True, slots=True)
class _Form:
    """A kind of file: its ending, what sentences call it, and what writes it and tells of it."""

    ending: str
    name: str
    write: Callable[[Plan, Path, Mapping[str, Shown]], tuple[str, ...]]
    read: Callable[[Path], Plan] | None = None


def export_plan(
    plan: Plan,
    path: str | Path,
    *,
    form: str | None = None,
    inputs: Iterable[str | Path] = (),
    shown: Mapping[str, Shown] | None = None,
) -> tuple[str, ...]:
    """Write a plan, whole or not at all, and return what the file does not carry of it.

    Parameters
    ----------
    form
        One of ``FORMS``; None takes the one that the ending of ``path`` names.
    inputs
        Files that the plan was read from, which are never written over.
    shown
        Start and finish of each item as a schedule of the plan shows them, by id, for ``mspdi``:
        a program that opens the file shows them too. Without it, it works them out for itself.

    Returns
    -------
    tuple of str
        Plain sentences, each with how many things it is about; none where the file carries all.

    Raises
    ------
    FileError
        The ending names no form, the file is one of the inputs, or cannot be written.
    """
    path = Path(path)
    chosen = _FORMS[find_form(path) if form is None else _check_form(form)]
    spare_inputs(path, inputs)
    with collector_paused():
        told = chosen.write(plan, path, shown or {})
        if chosen.read is None:
            return told
        from loaders.writers.losses import tell_losses  # noqa: PLC0415 - not needed for plan files

        return (*told, *tell_losses(plan, chosen.read(path), chosen.name))


def find_form(path: str | Path) -> str:
    """Return the form that the ending of a file name stands for; raises `FileError` for none."""
    ending = Path(path).suffix.lower()
    for name, form in _FORMS.items():
        if form.ending == ending:
            return name
    raise FileError(f'"{path}" has no ending that says what to write: name it {_endings()}.')


def _check_form(form: str) -> str:
    if form in _FORMS:
        return form
    known = join_words(list(_FORMS), last="or")
    raise FileError(f'"{form}" is no form of file to write: choose {known}.')


def spare_inputs(path: str | Path, inputs: Iterable[str | Path]) -> None:
    """Raise `FileError` where a file to be written is one that the plan was read from."""
    target = Path(path).resolve()
    if any(Path(one).resolve() == target for one in inputs):
        raise FileError(f'"{path}" is what the plan is read from: give the export another name.')


def _endings() -> str:
    return join_words([f"…{form.ending}" for form in _FORMS.values()], last="or")


def _write_csv(plan: Plan, path: Path, _: object) -> tuple[str, ...]:
    from loaders.writers.csvfile import write_csv  # noqa: PLC0415 - one form is needed at a time

    return write_csv(plan, path)


def _read_tables(path: Path) -> Plan:
    """Return what a file of items, and of registers, is read as."""
    from loaders.item_tables import read_item_tables  # noqa: PLC0415
    from loaders.register_sheets import merge_registers, read_registers  # noqa: PLC0415
    from loaders.sheets import read_sheets  # noqa: PLC0415

    book = read_registers(path, read_sheets(path))
    loaded = read_item_tables(path, book.rest)
    if loaded is None:
        raise FileError(f'"{path}" was written, but is not read as a plan: tell its makers.')
    return merge_registers(loaded.plan, book, loaded.plan.sources[0].id)[0]


def _write_workbook(plan: Plan, path: Path, _: object) -> tuple[str, ...]:
    from loaders.writers.workbook import write_workbook  # noqa: PLC0415

    return write_workbook(plan, path)


def _write_graphml(plan: Plan, path: Path, _: object) -> tuple[str, ...]:
    from loaders.writers.graphml import write_graphml  # noqa: PLC0415

    return write_graphml(plan, path)


def _read_graphml(path: Path) -> Plan:
    from loaders.graphml import read_graphml  # noqa: PLC0415

    return read_graphml(path).plan


def _write_mspdi(plan: Plan, path: Path, shown: Mapping[str, Shown]) -> tuple[str, ...]:
    from loaders.schedules.mspdi_writer import write_mspdi  # noqa: PLC0415

    return write_mspdi(plan, path, shown=shown)


def _write_json(plan: Plan, path: Path, _: object) -> tuple[str, ...]:
    from graphmodel.files import write_text  # noqa: PLC0415
    from graphmodel.planfile import dump_plan  # noqa: PLC0415

    write_text(path, dump_plan(plan))
    return ()


_FORMS: Final = {
    "csv": _Form(".csv", "a CSV file", _write_csv, _read_tables),
    "xlsx": _Form(".xlsx", "a workbook", _write_workbook, _read_tables),
    "graphml": _Form(".graphml", "a GraphML file", _write_graphml, _read_graphml),
    "mspdi": _Form(".xml", "an MS Project file", _write_mspdi),
    "json": _Form(".json", "a plan file", _write_json),
}

#: The names of the forms.
FORMS: Final = tuple(_FORMS)
