"""Metrics, risks, totals, relations, corrections and closed periods of two versions of a plan.

* A metric is known again by its title under the same item, reworded by its score
  (`loaders.likeness`). It keeps its id, unit, direction, frequency and measured values; numbers of
  metrics ("SI1.1/M2") are never used again.
* A risk is known by id, then by title. One that the new document does not name stays.
* Totals that a paper states of itself and relations are the new document's; those of another date
  or another document stay.
* Corrections and closed periods stay; the new version's go before those of the same field.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeVar

from loaders.ids import free_id
from loaders.likeness import NEAR, SAME_PLACE, Wording, likeness
from loaders.pairing import find_candidates, settle
from loaders.titles import fold_title

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from graphmodel.items import Source
    from graphmodel.measures import Metric, Risk

__all__ = ["CarriedMetrics", "carry_metrics", "carry_risks", "join_by"]

T = TypeVar("T")

_NUMBERED: Final = re.compile(r".+/M\d+")


@dataclass(slots=True)
class CarriedMetrics:
    """The metrics of the new version; ``pairs`` are (old, new), ``added`` and ``gone`` the rest."""

    these: list[Metric] = field(default_factory=list)
    pairs: list[tuple[Metric, Metric]] = field(default_factory=list)
    added: list[Metric] = field(default_factory=list)
    gone: list[Metric] = field(default_factory=list)


def carry_metrics(
    old: Sequence[Metric],
    new: Sequence[Metric],
    retired: Iterable[str],
    is_replaced: Callable[[Source | None], bool],
) -> CarriedMetrics:
    """Return the metrics of a new version; those of both name items by their ids of now.

    Parameters
    ----------
    retired
        Ids that no new metric may get: those out of use, and of the version before.
    is_replaced
        Whether the new document stands in the place of the one that a source names.
    """
    matches = _match(old, new)
    found = CarriedMetrics()
    matched = {one.id for one in matches.values()}
    staying = [one for one in old if one.id not in matched and not is_replaced(one.source)]
    taken = {one.id for one in (*matches.values(), *staying)}
    names = _Names((*taken, *retired))
    for metric in new:
        before = matches.get(metric.id)
        if before is None:
            named = metric.model_copy(update={"id": names.give(metric)})
            found.added.append(named)
        else:
            named = _merge(before, metric)
            found.pairs.append((before, named))
        found.these.append(named)
    found.these += staying
    kept = {one.id for one in found.these}
    found.gone = [one for one in old if one.id not in kept]
    return found


def _match(old: Sequence[Metric], new: Sequence[Metric]) -> dict[str, Metric]:
    """Return the old metric that each new one is, by id of the new one."""
    places: dict[str, tuple[list[Metric], list[Metric]]] = {}
    for place, metrics in enumerate((old, new)):
        for metric in metrics:
            places.setdefault(metric.item, ([], []))[place].append(metric)
    return {
        name: match for olds, news in places.values() for name, match in _match_below(olds, news)
    }


def _match_below(old: Sequence[Metric], new: Sequence[Metric]) -> list[tuple[str, Metric]]:
    """Match the metrics of one item: the same titles in their order, then what is like them."""
    titles: dict[str, list[Metric]] = {}
    for one in old:
        titles.setdefault(fold_title(one.title), []).append(one)
    found: list[tuple[str, Metric]] = []
    for other in new:
        same = titles.get(fold_title(other.title))
        if same:
            found.append((other.id, same.pop(0)))
    done = {name for name, _ in found}
    olds = {one.id: Wording(one) for same in titles.values() for one in same}
    news = {one.id: Wording(one) for one in new if one.id not in done}
    by_id = {one.id: one for one in old}
    scores = {
        (one, other): score
        for one, other in find_candidates(olds, news)
        if (score := likeness(olds[one], news[other])) >= NEAR
    }
    pairs = settle(scores, SAME_PLACE).pairs
    return found + [(other, by_id[one]) for one, other in pairs]


class _Names:
    """Ids for new metrics: their own where it is free, else the next number of their item."""

    def __init__(self, used: Iterable[str]) -> None:
        self.used = set(used)
        self.highest: dict[str, int] = {}
        for name in self.used:
            item, _, number = name.rpartition("/M")
            if number.isdecimal():
                self.highest[item] = max(self.highest.get(item, 0), int(number))

    def give(self, metric: Metric) -> str:
        if _NUMBERED.fullmatch(metric.id):
            number = self.highest[metric.item] = self.highest.get(metric.item, 0) + 1
            name = f"{metric.item}/M{number}"
        else:
            name = free_id(metric.id, self.used)
        self.used.add(name)
        return name


def _merge(old: Metric, new: Metric) -> Metric:
    fields: dict[str, Any] = {
        name: getattr(old, name)
        for name in ("unit", "direction", "frequency", "baseline", "target")
        if getattr(new, name) is None
    }
    known = new.model_extra or {}
    fields |= {key: value for key, value in (old.model_extra or {}).items() if key not in known}
    actuals = join_by(old.actuals, new.actuals, lambda one: one.as_of or one)
    return new.model_copy(update={**fields, "id": old.id, "actuals": tuple(actuals)})


def join_by(old: Iterable[T], new: Iterable[T], key: Callable[[T], Hashable]) -> list[T]:
    """Return the old things in their order, each as the new version has it, then the new ones."""
    fresh: defaultdict[Hashable, list[T]] = defaultdict(list)
    for one in new:
        fresh[key(one)].append(one)
    joined = [alike.pop(0) if (alike := fresh[key(one)]) else one for one in old]
    return joined + [one for alike in fresh.values() for one in alike]


def carry_risks(old: Sequence[Risk], new: Sequence[Risk]) -> list[Risk]:
    """Return the risks of both versions; one of the new document keeps its old id and effects."""
    by_id = {risk.id: risk for risk in old}
    by_title = {fold_title(risk.title): risk for risk in old if risk.title}
    found: dict[str, Risk] = {}
    taken = set(by_id)
    for risk in new:
        before = by_id.get(risk.id)
        if before is None or (risk.title and fold_title(before.title) != fold_title(risk.title)):
            before = by_title.get(fold_title(risk.title)) if risk.title else None
        if before is None or before.id in found:
            name = free_id(risk.id, taken)
            taken.add(name)
            found[name] = risk.model_copy(update={"id": name})
            continue
        effects = {} if risk.effects else {"effects": before.effects}
        found[before.id] = risk.model_copy(update={"id": before.id, **effects})
    return [found.pop(risk.id, risk) for risk in old] + list(found.values())
