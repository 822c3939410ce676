"""Reference classes as their file states them (``knockon/reference@1``): counted facts, no model.

The built-in file, ``reference.json``, is written by ``tools/reference_class.py``. Anybody's own
file has the same shape; what it does not hold, the built-in one does (`simulations.reffiles`).
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Annotated, Final, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from graphmodel.entity import Entity, Id, Many
from graphmodel.errors import ReferenceClassError

__all__ = [
    "NONE",
    "REFERENCE_SCHEMA",
    "Band",
    "Basis",
    "Group",
    "Origin",
    "ReferenceClass",
    "ReferenceFile",
    "Sizes",
]

REFERENCE_SCHEMA: Final = "knockon/reference@1"

#: The name of no class at all.
NONE: Final = "none"

Basis = Literal["dates", "durations"]
Count = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class Sizes(Entity):
    """How far things moved, of those that did.

    Attributes
    ----------
    count
        How many moved.
    values
        All of them, ascending; of many, quantiles at (i + ½) / n. Days for dates; for durations
        per cent of the planned duration that were added (or saved).
    log_mean, log_sd
        Of the natural logarithms of all; worked out from the values where they are not stated.
    """

    count: Annotated[int, Field(ge=1)]
    values: Many[Positive]
    log_mean: float | None = None
    log_sd: Count | None = None

    @model_validator(mode="after")
    def _check(self) -> Sizes:
        if not self.values:
            raise _fault("there are no values")
        if len(self.values) > self.count:
            raise _fault("there are more values than are counted")
        if any(one > other for one, other in pairwise(self.values)):
            raise _fault("the values are not in ascending order")
        return self

    @property
    def centre(self) -> float:
        """The mean of the logarithms."""
        if self.log_mean is not None:
            return self.log_mean
        return sum(map(math.log, self.values)) / len(self.values)

    @property
    def spread(self) -> float:
        """The standard deviation of the logarithms; 0 of a single value."""
        if self.log_sd is not None:
            return self.log_sd
        if len(self.values) == 1:
            return 0.0
        squares = sum((math.log(one) - self.centre) ** 2 for one in self.values)
        return math.sqrt(squares / (len(self.values) - 1))


class Band(Entity):
    """What was counted between two horizons.

    Attributes
    ----------
    from_, to
        For dates, days to go until the finish; for durations, working hours of planned duration.
        More than ``from``, at most ``to``; null: without end.
    items
        How many were looked at again: a year later, or when they were due if that was sooner.
    later, earlier
        How many of them had moved later (taken longer), or earlier (less; null: nobody told).
    left
        How many were not seen again. Each counts as half an item (the actuarial estimate; Cutler
        and Ederer, Journal of Chronic Diseases 8, 1958).
    sizes, cuts
        How much later (longer), how much earlier (shorter); null: as in the whole class.
    """

    from_: Count = Field(alias="from")
    to: Positive | None = None
    items: Count
    later: Count
    earlier: Count | None = None
    left: Count = 0
    sizes: Sizes | None = None
    cuts: Sizes | None = None

    @model_validator(mode="after")
    def _check(self) -> Band:
        if self.to is not None and self.to <= self.from_:
            raise _fault(f"the band ends at {self.to:g}, before it begins")
        if self.later + (self.earlier or 0) > self.items:
            raise _fault("more items moved than were looked at")
        if not self.exposure:
            raise _fault("nothing was looked at: leave the band out")
        return self

    @property
    def exposure(self) -> float:
        """How many items were exposed to moving."""
        return self.items + self.left / 2


class Group(Entity):
    """One organisation or project inside a class: how its items fared, without its name.

    ``log_mean`` is the mean of the logarithms of how far its items moved; null where none did.
    """

    items: Positive
    later: Count
    log_mean: float | None = None

    @model_validator(mode="after")
    def _check(self) -> Group:
        if self.later > self.items:
            raise _fault("more items moved than were looked at")
        return self


class Origin(Entity):
    """A document or data set that facts come from."""

    title: str
    as_of: str | None = None
    items: Count | None = None
    later: Count | None = None
    licence: str | None = None


class ReferenceClass(Entity):
    """A class of plans that were tracked, and what was seen of them.

    Attributes
    ----------
    title
        What its members are, as a plural: "council improvement plans".
    basis
        ``dates``: how finish dates moved. ``durations``: how long work took against its plan.
    larger
        The class that it leans on where it has little or nothing of its own.
    definition
        What exactly was counted.
    facts
        Other figures, by name, that the model does not use.
    """

    id: Id
    title: str
    basis: Basis
    larger: Id | None = None
    definition: str | None = None
    sources: Many[Origin] = ()
    bands: Many[Band]
    sizes: Sizes | None = None
    groups: Many[Group] = ()
    facts: dict[str, float] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _check(self) -> ReferenceClass:
        if not self.bands:
            raise _fault("it has no bands")
        for one, other in pairwise(self.bands):
            if one.to != other.from_:
                raise _fault("its bands do not follow each other without gap or overlap")
        return self

    @property
    def items(self) -> float:
        """How many items were looked at."""
        return sum(band.items for band in self.bands)

    @property
    def later(self) -> float:
        """How many of them moved later, or took longer."""
        return sum(band.later for band in self.bands)


class ReferenceFile(Entity):
    """Classes, and which of them speaks: for finish dates, and for durations of activities."""

    schema_: Literal["knockon/reference@1"] = Field(REFERENCE_SCHEMA, alias="schema")
    dates: Id | None = None
    durations: Id | None = None
    classes: Many[ReferenceClass]

    @model_validator(mode="after")
    def _check(self) -> ReferenceFile:
        if not self.classes:
            raise _fault("it has no classes")
        return self

    @property
    def by_id(self) -> dict[str, ReferenceClass]:
        """The classes by id."""
        return {one.id: one for one in self.classes}

    def choice(self, basis: Basis) -> str | None:
        """Return the id of the class that speaks of dates, or of durations."""
        return self.dates if basis == "dates" else self.durations

    def find(self, wanted: str) -> ReferenceClass:
        """Return the class of this id; raise `ReferenceClassError` where there is none."""
        found = self.by_id.get(wanted)
        if found is None:
            raise ReferenceClassError(
                f'There is no reference class "{wanted}": name one of {", ".join(self.by_id)}, '
                f"{NONE}, or a file that ends in .json."
            )
        return found


def _fault(why: str) -> PydanticCustomError:
    return PydanticCustomError("reference", "{why}", {"why": why})
