"""Small plans with uncertainty, for Monte Carlo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphmodel.plan import Plan
from simulations.risk.simulate import simulate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulations.risk.results import ItemRisk, RiskResult

__all__ = ["item_of", "normal", "odds", "risky", "triangular", "work"]


def triangular(low: float, mode: float, high: float) -> dict[str, Any]:
    """Return a triangular distribution in days."""
    spans = {"low": f"{low}d", "mode": f"{mode}d", "high": f"{high}d"}
    return {"distribution": "triangular", **spans}


def normal(mean: float, sd: float) -> dict[str, Any]:
    """Return a normal distribution in days."""
    return {"distribution": "normal", "mean": f"{mean}d", "sd": f"{sd}d"}


def work(one: str, uncertainty: dict[str, Any] | None = None, **rest: Any) -> dict[str, Any]:
    """Return an activity of ten days unless told."""
    item = {"id": one, "kind": "activity", "title": f"Work {one}", "duration": "10d", **rest}
    return item if uncertainty is None else item | {"uncertainty": uncertainty}


def risky(items: Iterable[dict[str, Any]], links: str = "", **rest: Any) -> Plan:
    """Return a plan that starts on 1 January 2026; links are written like ``A-B B-C``."""
    pairs = [one.split("-") for one in links.split()]
    return Plan.model_validate(
        {
            "schema": "knockon/plan@1",
            "id": "plan",
            "start": "2026-01-01",
            "items": list(items),
            "links": [{"from": before, "to": after} for before, after in pairs],
            **rest,
        }
    )


def odds(items: Iterable[dict[str, Any]], links: str = "", **rest: Any) -> RiskResult:
    """Simulate such a plan; what is not of the plan is an option."""
    options = {
        "iterations", "seed", "targets", "sampling", "until_days", "workers", "gaps", "act",
        "percentile", "recover",
    }  # fmt: skip
    asked = {key: rest.pop(key) for key in list(rest) if key in options}
    return simulate(risky(items, links, **rest), **asked)


def item_of(result: RiskResult, one: str) -> ItemRisk:
    """Return what a result says of one item."""
    return next(item for item in result.items if item.id == one)
