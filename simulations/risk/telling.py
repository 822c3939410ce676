"""From samples to the odds of a target, as people see them: dates and days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from graphmodel.moments import DAY, show_finish
from simulations.codes import LOE, NEVER, PARENT
from simulations.kernels.clock import at_least
from simulations.kernels.lanes import BINS
from simulations.risk.lanes import bins_of_nodes
from simulations.risk.results import CurvePoint, TargetOdds
from simulations.years import check_instant

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from simulations.passes import Passes
    from simulations.risk.layout import Bins
    from simulations.risk.model import RiskModel
    from simulations.risk.odds import Spread
    from simulations.risk.plain import Network
    from simulations.risk.targets import Target

__all__ = ["BinReader", "ItemDates", "Teller", "share_error"]

_PERCENTS: Final = range(101)
#: The percentiles that are always told.
_TOLD: Final = (0.1, 0.5, 0.8, 0.9)


def share_error(share: float, size: int) -> float:
    """Return the standard error of a share (binomial)."""
    return float(np.sqrt(share * (1.0 - share) / size))


class Teller:
    """Tells instants of one model as dates, and as days from the plan's start."""

    def __init__(self, model: RiskModel, share: float) -> None:
        self._model, self._share = model, share
        self._passes: Passes = model.baseline.passes[model.gaps]
        self._last = _last_item(self._passes)
        start = self._passes.compiled.net.plan_start[0]
        self.start = start if start != NEVER else _first_instant(self._passes)

    def odds(self, target: Target, spread: Spread) -> TargetOdds:
        """Return the odds of one target."""
        size, on_time = len(spread.ordered), spread.on_time(target.instant)
        at = {share: spread.percentile(share) for share in (*_TOLD, self._share)}
        errors = {share: spread.percentile_error(share) / DAY for share in at}
        dates = {share: self._date(target, instant) for share, instant in at.items()}
        days = {share: (instant - self.start) / DAY for share, instant in at.items()}
        deviation = spread.deviation() / DAY
        items = self._model.plan.index.items
        title = (self._model.plan.title or "") if target.item is None else items[target.item].title
        return TargetOdds(
            id=target.id,
            title=title,
            by=target.by,
            against=target.against,
            finish=self._date(target, self._certain(target)),
            p_on_time=on_time,
            p_on_time_se=None if on_time is None else share_error(on_time, size),
            p10=dates[0.1],
            p50=dates[0.5],
            p80=dates[0.8],
            p90=dates[0.9],
            p10_days=days[0.1],
            p50_days=days[0.5],
            p80_days=days[0.8],
            p90_days=days[0.9],
            mean_days=spread.mean_after(self.start) / DAY,
            sd_days=deviation,
            p10_se_days=errors[0.1],
            p50_se_days=errors[0.5],
            p80_se_days=errors[0.8],
            p90_se_days=errors[0.9],
            mean_se_days=deviation / float(np.sqrt(size)),
            sd_se_days=spread.deviation_error() / DAY,
            at_percentile=dates[self._share],
            at_percentile_days=days[self._share],
            at_percentile_se_days=errors[self._share],
            curve=self._curve(target, spread),
        )

    def _certain(self, target: Target) -> int:
        if target.item is None:
            return self._passes.last_finish
        return self._passes.dates.finish[self._passes.compiled.at[target.item]]

    def _curve(self, target: Target, spread: Spread) -> tuple[CurvePoint, ...]:
        """Return the S-curve, one point for each date told."""
        points: dict[date, CurvePoint] = {}
        for percent in _PERCENTS:
            instant = spread.percentile(percent / 100)
            day = self._date(target, instant)
            share = spread.on_time(instant)
            assert share is not None  # noqa: S101 - a sample is no NEVER
            points[day] = CurvePoint(day, (instant - self.start) / DAY, share)
        return tuple(points.values())

    def _date(self, target: Target, instant: int) -> date:
        at = self._passes.compiled.at
        return self._show(self._last if target.item is None else at[target.item], instant)

    def _show(self, position: int, instant: int) -> date:
        """Return an instant as a finish: the day it lies in, with hours where the item has them."""
        compiled, dates = self._passes.compiled, self._passes.dates
        has_hours = compiled.times.has_hours(compiled.net.cal[position])
        if has_hours or dates.finish[position] % DAY or not instant % DAY:
            shown = self._passes.showing.finish(position, instant)
            assert shown is not None  # noqa: S101 - targets have a finish
            return shown
        check_instant(compiled, dates, position, instant, begins=False)
        return show_finish(instant)

    def percentiles(self, position: int, reader: BinReader) -> ItemDates | None:
        """Return P10, P50, P80 and P90 of an item, None where it has no histogram."""
        counts = reader.counts(position)
        if counts is None:
            return None
        summed = np.cumsum(counts)
        places = [int(np.searchsorted(summed, share * summed[-1] * (1 - 1e-12))) for share in _TOLD]
        p10, p50, p80, p90 = (
            self._show(position, reader.last(position, place)) for place in places
        )
        return ItemDates(p10, p50, p80, p90, reader.width(position) / DAY)


class ItemDates(NamedTuple):
    """Dates that an item finishes by, and the width of the bins they were counted in."""

    p10: date
    p50: date
    p80: date
    p90: date
    bin_days: float


class BinReader:
    """Histograms of finishes, read back as instants.

    Parameters
    ----------
    bins
        Where they lie, over instants.
    counts
        What they count, by position.
    network
        The plain net whose minutes they were counted over, None for instants.
    """

    def __init__(self, bins: Bins, counts: NDArray[np.int32], network: Network | None) -> None:
        self._counts = counts.reshape(-1, BINS)
        self._bins, self._network = bins, network
        self._nodes = None if network is None else bins_of_nodes(network, bins)

    def counts(self, position: int) -> NDArray[np.int32] | None:
        """Return the counts of an item, None where it has no histogram."""
        if self._bins.shift[position] < 0 or not self._counts[position].any():
            return None
        found: NDArray[np.int32] = self._counts[position]
        return found

    def last(self, position: int, place: int) -> int:
        """Return the last instant of a bin."""
        if self._network is None or self._nodes is None:
            low, shift = int(self._bins.low[position]), int(self._bins.shift[position])
            return low + ((min(place, BINS - 1) + 1) << shift) - 1
        net, node = self._network.plain, int(self._network.node[position])
        low, shift = int(self._nodes.low[node]), int(self._nodes.shift[node])
        minutes = low + ((min(place, BINS - 1) + 1) << shift) - 1
        return at_least(net.clock, int(net.cal[node]), minutes)

    def width(self, position: int) -> int:
        """Return the minutes of a bin; on a calendar about so many."""
        return 1 << int(self._bins.shift[position])


def _last_item(passes: Passes) -> int:
    """Return the position of what finishes last, a leaf if one does."""
    net, last = passes.compiled.net, passes.last_finish
    ends = [
        position
        for position, finish in enumerate(passes.dates.finish)
        if finish == last and net.how[position] != LOE
    ]
    return min(ends, key=lambda one: (net.how[one] == PARENT, one))


def _first_instant(passes: Passes) -> int:
    """Return the earliest date of a plan that does not say when it starts."""
    dates = passes.dates
    known = [one for one in (*dates.start, *dates.finish) if one != NEVER]
    return min(known)
