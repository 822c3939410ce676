"""Reading files of reference classes, and the one that comes with knockon."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from graphmodel.errors import ReferenceClassError
from graphmodel.files import read_text
from graphmodel.planfile import word_faults
from simulations.refclasses import NONE, REFERENCE_SCHEMA, ReferenceFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from simulations.refclasses import Basis, ReferenceClass

__all__ = ["built_in_reference", "parse_reference", "read_reference"]


@cache
def built_in_reference() -> ReferenceFile:
    """Return the reference classes that come with knockon."""
    text = files("simulations").joinpath("reference.json").read_text(encoding="utf-8")
    return parse_reference(text, name="reference.json", behind=None)


def read_reference(path: str | Path) -> ReferenceFile:
    """Read a file of reference classes; the built-in ones stand behind its own.

    Raises
    ------
    FileError
        The file cannot be read.
    ReferenceClassError
        It does not hold reference classes; each fault is named.
    """
    text, _ = read_text(path)
    return parse_reference(text, name=Path(path).name, behind=built_in_reference())


def parse_reference(text: str, *, name: str, behind: ReferenceFile | None) -> ReferenceFile:
    """Read the JSON text of reference classes; see `read_reference`."""
    try:
        own = ReferenceFile.model_validate_json(text)
    except ValidationError as error:
        raise _error(name, _faults(error, text)) from None
    if "schema_" not in own.model_fields_set:
        raise _error(name, [f'the file, field "schema": write "{REFERENCE_SCHEMA}" here.'])
    whole = own if behind is None else _put_before(own, behind)
    faults = list(_broken(own, whole))
    if faults:
        raise _error(name, faults)
    return whole


def _put_before(own: ReferenceFile, behind: ReferenceFile) -> ReferenceFile:
    kept = [one for one in behind.classes if one.id not in own.by_id]
    update = {
        "classes": (*own.classes, *kept),
        "dates": own.dates or _first(own.classes, "dates") or behind.dates,
        "durations": own.durations or _first(own.classes, "durations") or behind.durations,
    }
    return own.model_copy(update=update)


def _first(classes: Iterable[ReferenceClass], basis: Basis) -> str | None:
    return next((one.id for one in classes if one.basis == basis), None)


def _broken(own: ReferenceFile, whole: ReferenceFile) -> Iterator[str]:
    """Yield what is wrong between the classes of a file."""
    if len(own.by_id) < len(own.classes):
        yield "two classes have one id."
    known = whole.by_id
    bases: tuple[Basis, ...] = ("dates", "durations")
    for basis in bases:
        choice = whole.choice(basis)
        if choice not in {None, NONE} and (choice not in known or known[choice].basis != basis):
            yield f'field "{basis}": there is no class "{choice}" of {basis}.'
    for one in own.classes:
        yield from _broken_class(one, known)


def _broken_class(one: ReferenceClass, known: dict[str, ReferenceClass]) -> Iterator[str]:
    where = f'class "{one.id}"'
    if one.id == NONE:
        yield f"{where}: this id means no class at all."
    if one.larger is not None and (one.larger not in known or known[one.larger].basis != one.basis):
        yield f'{where}, field "larger": there is no class "{one.larger}" of {one.basis}.'
    above, seen = one.larger, {one.id}
    while above in known and above not in seen:
        seen.add(above)
        above = known[above].larger
    if above in seen:
        yield f'{where}, field "larger": classes lean on each other in a circle.'
    for band in one.bands:
        if not (band.sizes or one.sizes or one.larger):
            yield f"{where}: nothing says how far items move (sizes)."
            return
        if band.earlier and one.basis == "durations" and band.cuts is None:
            yield f"{where}: work took less than planned, and nothing says how much (cuts)."
            return


def _faults(error: ValidationError, text: str) -> list[str]:
    try:
        raw: Any = json.loads(text)
    except (ValueError, RecursionError):
        raw = None
    return word_faults(error.errors(include_url=False), raw)


def _error(name: str, faults: list[str]) -> ReferenceClassError:
    more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
    return ReferenceClassError(f"{name} holds no usable reference classes: {faults[0]}{more}")
