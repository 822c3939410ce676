"""Which costs are known from so many iterations, and which may be the luck of the rolls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["CONFIDENCE", "Costed", "is_clear", "split_costs"]

#: Half of a confidence interval of 95 %, in standard errors.
CONFIDENCE: Final = 1.96


class Costed(Protocol):
    """What has a cost in days, with its standard error; None where it was not worked out."""

    @property
    def cost_days(self) -> float | None:
        """The days."""

    @property
    def cost_se_days(self) -> float | None:
        """Their standard error."""


def is_clear(one: Costed) -> bool:
    """Return whether something costs days beyond the sampling error, 95 times of 100."""
    return (one.cost_days or 0.0) > CONFIDENCE * (one.cost_se_days or 0.0)


def split_costs(every: Sequence[Any]) -> tuple[list[Any], int]:
    """Return what costs days for certain, the most first, and how many may cost some by luck."""
    costly = [one for one in every if is_clear(one)]
    unclear = sum((one.cost_days or 0.0) > 0.0 and not is_clear(one) for one in every)
    return sorted(costly, key=lambda one: -one.cost_days), unclear
