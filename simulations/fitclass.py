"""Fitting reference classes to what was counted, and choosing the one that speaks."""

from __future__ import annotations

import math
from itertools import accumulate
from statistics import median
from typing import TYPE_CHECKING, Final

from graphmodel.errors import ReferenceClassError
from simulations.moves import fit_moves, spread_of
from simulations.refclasses import NONE
from simulations.reference import NO_REFERENCE, YEAR, FittedClass, Rate, Reference
from simulations.reffiles import built_in_reference, read_reference
from simulations.shrinkage import (
    JEFFREYS,
    crowding,
    group_correlation,
    shrink_share,
    spread_between,
)

if TYPE_CHECKING:
    from graphmodel.plan import Plan
    from simulations.moves import Moves
    from simulations.refclasses import Band, Basis, ReferenceClass, ReferenceFile
    from simulations.shrinkage import Spread

__all__ = ["choose_reference", "fit", "fit_choice"]

#: Groups from which a class stands on its own, and tells how far groups differ.
_GROUPS: Final = 5
#: Items beyond which more of them say no more.
_PLENTY: Final = 1e6


def choose_reference(plan: Plan) -> Reference:
    """Return the reference that a plan names in ``options.risk.reference_class``, fitted.

    The name of a class takes that class for what it is about (dates or durations); the rest stays
    as it is by default. A name that ends in ``.json`` is a file of classes (`read_reference`),
    relative to the folder the command runs in. ``none`` is no reference at all.

    Raises
    ------
    ReferenceClassError
        There is no such class, or its file is not one.
    FileError
        Its file cannot be read.
    """
    name = plan.options.risk.reference_class
    if name == NONE:
        return NO_REFERENCE
    if name is not None and name.lower().endswith(".json"):
        return _fit_both(read_reference(name))
    if name is None:
        return _fit_both(built_in_reference())
    basis = built_in_reference().find(name).basis
    return _fit_both(built_in_reference().model_copy(update={basis: name}))


def _fit_both(file: ReferenceFile) -> Reference:
    return Reference(fit_choice(file, "dates"), fit_choice(file, "durations"))


def fit_choice(file: ReferenceFile, basis: Basis) -> FittedClass | None:
    """Return the class that a file chooses for dates or durations; None where it is ``none``."""
    choice = file.choice(basis)
    return None if choice in {None, NONE} else fit(file, str(choice))


def fit(file: ReferenceFile, name: str) -> FittedClass:
    """Fit one class of a file; see `docs/reference-class.md` for the method.

    Raises
    ------
    ReferenceClassError
        There is no such class.
    """
    one = file.find(name)
    larger = None if one.larger is None else fit(file, one.larger)
    if larger is None or len(one.groups) >= _GROUPS:
        groups = [(group.items, group.later) for group in one.groups]
        correlation, spread = group_correlation(groups), _spread_inside(one)
    else:
        correlation, spread = larger.correlation, larger.spread
    rates = _rates(one, file, larger, correlation)
    return FittedClass(
        id=one.id,
        title=one.title,
        basis=one.basis,
        items=one.items,
        later=one.later,
        middle=_middle(one, rates),
        correlation=correlation,
        spread=spread,
        rates=rates,
    )


def _middle(one: ReferenceClass, rates: tuple[Rate, ...]) -> float:
    """Return how far items moved in the middle, as counted; of bands, weighed by their moves."""
    if one.sizes is not None:
        return median(one.sizes.values)
    counted = [(band.sizes, band.later) for band in one.bands if band.sizes is not None]
    if not counted:
        return rates[0].moves.middle
    weighed = sorted(
        (value, later / len(sizes.values)) for sizes, later in counted for value in sizes.values
    )
    half = sum(weight for _, weight in weighed) / 2
    passed = accumulate(weight for _, weight in weighed)
    return next(value for (value, _), so_far in zip(weighed, passed, strict=True) if so_far >= half)


def _spread_inside(one: ReferenceClass) -> Spread:
    """Return how the sizes of the groups of a class spread."""
    groups = [group for group in one.groups if group.log_mean is not None and group.later]
    bands = [band.sizes for band in one.bands if band.sizes is not None]
    sizes = [*bands, *([] if one.sizes is None else [one.sizes])]
    spread = max((size.spread for size in sizes), default=0.0)
    if not spread:
        return spread_between([], [])
    return spread_between(
        [group.log_mean or 0.0 for group in groups], [spread**2 / group.later for group in groups]
    )


def _rates(
    one: ReferenceClass, file: ReferenceFile, larger: FittedClass | None, correlation: float
) -> tuple[Rate, ...]:
    """Return the rates of a class: before and beyond its own bands those of the larger one."""
    classes = spread_of(
        other.sizes for other in file.classes if other.basis == one.basis and other.sizes
    )
    own = [_rate(one, band, classes, larger, correlation) for band in one.bands]
    if larger is None:
        return tuple(own)
    moves = own[0].moves if one.basis == "dates" else None
    parts = [
        _borrow(rate, larger, low, high, moves)
        for low, high in [(0.0, one.bands[0].from_), (one.bands[-1].to, None)]
        if low is not None
        for rate in larger.rates
    ]
    borrowed = [part for part in parts if part is not None]
    return tuple(sorted([*own, *borrowed], key=lambda rate: rate.from_))


def _rate(
    one: ReferenceClass,
    band: Band,
    classes: Spread,
    larger: FittedClass | None,
    correlation: float,
) -> Rate:
    """Return the rate of one band: its own counts; with few groups, leaning on the larger class.

    Items of one group are alike, so that they count for fewer (`crowding`).
    """
    share = band.exposure / sum(other.exposure for other in one.bands)
    crowd = crowding([share * group.items for group in one.groups], correlation)
    crowd = max(crowd, band.exposure / _PLENTY)
    middle = band.from_ + min(YEAR, math.inf if band.to is None else band.to - band.from_) / 2
    near = None if larger is None else larger.rate(middle)
    centre, weight = JEFFREYS.mean, JEFFREYS.a + JEFFREYS.b
    if larger is not None and near is not None and len(one.groups) < _GROUPS:
        centre, weight = near.chance.mean, larger.strength
    chance = shrink_share(band.later / crowd, band.exposure / crowd, centre, weight)
    sizes = band.sizes or one.sizes
    apart = classes if band.sizes is None else spread_between([], [])
    beyond = None if near is None else near.moves
    moves = beyond if sizes is None else fit_moves(sizes, apart, beyond)
    if moves is None:
        raise ReferenceClassError(f'Class "{one.id}" says nothing of how far items move.')
    cuts = None if band.cuts is None else fit_moves(band.cuts, spread_between([], []), None)
    return Rate(band.from_, band.to, chance, moves, (band.earlier or 0) / band.exposure, cuts)


def _borrow(
    rate: Rate, larger: FittedClass, begin: float, end: float | None, moves: Moves | None
) -> Rate | None:
    """Return the part of a rate between two horizons, with the sizes of the class that borrows."""
    low = max(rate.from_, begin)
    ends = [one for one in (rate.to, end) if one is not None]
    high = min(ends) if ends else None
    if high is not None and high <= low:
        return None
    source = rate.borrowed or larger.id
    return Rate(low, high, rate.chance, moves or rate.moves, rate.early, rate.cuts, source)
