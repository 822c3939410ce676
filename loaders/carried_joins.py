"""What joins the things of a plan, in its new version: links, gates, roles, relations, risks, ….

What named an item that is gone is left out and told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphmodel.plan import Options
from loaders.carried_measures import carry_metrics, carry_risks, join_by
from loaders.carried_people import carry_assignments
from loaders.decided_links import carry_gates, carry_links
from loaders.text import shorten
from loaders.titles import fold_title
from loaders.versions import called
from loaders.waiting_decisions import WAITING, WaitingDecisions

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

    from graphmodel.items import Item
    from graphmodel.links import Link
    from graphmodel.measures import Metric, MetricValue, Risk, Stated
    from graphmodel.people import Assignment, Gate, Relation
    from loaders.carried_measures import CarriedMetrics
    from loaders.versions import Versions

__all__ = ["carry_joins", "metrics_of", "options_of"]


def carry_joins(versions: Versions, items: Sequence[Item]) -> dict[str, Any]:
    """Return what joins these items of the new version, by the names of a plan's fields.

    Decisions that wait for items to come back are among them, where there are any.
    """
    waiting = WaitingDecisions(versions, items)
    joins: dict[str, Any] = {
        "links": tuple(_links(versions, items, waiting.carry_links())),
        "assignments": tuple(_assignments(versions)),
        "gates": tuple(_gates(versions, waiting.carry_gates())),
        "stated": tuple(_stated(versions)),
        "relations": tuple(_relations(versions)),
        "risks": tuple(_risks(versions)),
        "projects": tuple(
            join_by(
                versions.carried("project", versions.old.projects, versions.before.carry),
                map(versions.now.name, versions.new.projects),
                lambda one: one.item,
            )
        ),
        "corrections": tuple(
            join_by(
                versions.carried("correction", versions.old.corrections, versions.before.carry),
                list(map(versions.now.name, versions.new.corrections)),
                lambda one: (one.item, one.field),
            )
        ),
        "blackouts": tuple(
            join_by(
                map(versions.before.name, versions.old.blackouts),
                map(versions.now.name, versions.new.blackouts),
                lambda one: (one.start, one.finish, one.reason),
            )
        ),
    }
    kept = waiting.write()
    return {**joins, WAITING: kept} if kept else joins


def options_of(versions: Versions) -> Options:
    """Return the options: the new version's if it has any, else the old one's."""
    plan, renaming = versions.new, versions.now
    if plan.options == Options():
        plan, renaming = versions.old, versions.before
    kept = []
    for pair in plan.options.risk.correlations:
        named = renaming.carry(pair)
        if named is None:
            message = f"The correlation of {pair.a} and {pair.b} is left out: one of them is gone."
            versions.report.tell("correlation-dropped", "warning", message, (pair.a, pair.b))
        else:
            kept.append(named)
    risk = plan.options.risk.model_copy(update={"correlations": tuple(kept)})
    return plan.options.model_copy(update={"risk": risk})


def _links(versions: Versions, items: Iterable[Item], before: list[Link]) -> list[Link]:
    kept = carry_links(
        before,
        list(map(versions.now.name, versions.new.links)),
        {item.id: item.parent for item in items},
        versions.documents,
    )
    for link in kept.gone:
        if link.origin in {"stated", "schedule"}:  # the others are drawn anew for each version
            message = f"{called('link', link)} is not in the new version, and nobody decided it."
            versions.report.tell("link-gone", "info", message, (link.from_, link.to))
    for link, fault in kept.faulty:
        message = f"{called('link', link)} is left out: {fault.removesuffix(': remove it.')}."
        versions.report.tell("link-dropped", "warning", message, (link.from_, link.to))
    return kept.these


def _gates(versions: Versions, before: list[Gate]) -> list[Gate]:
    kept = carry_gates(
        before,
        list(map(versions.now.name, versions.new.gates)),
        versions.documents,
    )
    for gate in kept.gone:
        message = f"{called('gate', gate)} is not in the new version, and nobody decided it."
        versions.report.tell("gate-gone", "info", message, (gate.item,))
    return kept.these


def _assignments(versions: Versions) -> list[Assignment]:
    assigned = carry_assignments(
        versions.carried("assignment", versions.old.assignments, versions.before.carry),
        list(map(versions.now.name, versions.new.assignments)),
        versions.is_replaced,
    )
    known = set(versions.before.items.values())
    for (item, role), before, after in assigned.changed:
        if item in known:
            one, other = (", ".join(names) or "nobody" for names in (before, after))
            message = f"{item}: {role.replace('_', ' ')} {one} → {other}."
            versions.report.tell("owner-changed", "info", message, (item,))
    return assigned.these


def _stated(versions: Versions) -> list[Stated]:
    """Return the new totals, and the old ones of another date or another document."""
    new = list(map(versions.now.name, versions.new.stated))
    known = {_total(one) for one in new}
    old = [
        one
        for one in versions.carried("total", versions.old.stated, versions.before.carry)
        if one.as_of is not None or _total(one) in known or not versions.is_replaced(one.source)
    ]
    return join_by(old, new, _total)


def _total(one: Stated) -> Hashable:
    return one.item, one.measure, one.as_of


def _relations(versions: Versions) -> list[Relation]:
    """Return the new relations, and the old ones that another document says."""
    new = list(map(versions.now.name, versions.new.relations))
    known = {_ends(one) for one in new}
    old = [
        one
        for one in versions.carried("relation", versions.old.relations, versions.before.carry)
        if _ends(one) in known or not (new and versions.is_replaced(one.source))
    ]
    return join_by(old, new, _ends)


def _ends(one: Relation) -> Hashable:
    return one.from_, one.to, one.type


def _risks(versions: Versions) -> list[Risk]:
    old: list[Risk] = []
    for risk in versions.old.risks:
        renamed, lost = versions.before.risk(risk)
        old.append(renamed)
        if lost:
            words = ", ".join(lost)
            message = f'The risk "{risk.id}" no longer hits {words}: what it names there is gone.'
            ids = tuple(one for one in lost if one in versions.old.index.items)
            versions.report.tell("impact-dropped", "warning", message, ids)
    return carry_risks(old, [versions.now.risk(risk)[0] for risk in versions.new.risks])


def metrics_of(versions: Versions) -> CarriedMetrics:
    """Return the metrics of the new version, and tell what changed."""
    metrics = carry_metrics(
        list(versions.carried("metric", versions.old.metrics, versions.before.carry)),
        list(map(versions.now.name, versions.new.metrics)),
        [*(one.id for one in versions.retired), *(one.id for one in versions.old.metrics)],
        versions.is_replaced,
    )
    tell = versions.report.tell
    for metric in metrics.added:
        message = f'The metric {metric.id} "{shorten(metric.title)}" is new.'
        tell("metric-added", "info", message, (metric.item,))
    for old, now in metrics.pairs:
        changes = "; ".join(_changes(old, now))
        if changes:
            tell("metric-changed", "info", f"The metric {now.id}: {changes}.", (now.item,))
    for metric in metrics.gone:
        values = len(metric.actuals)
        measured = f", with {values} measured" if values else ""
        message = f'The metric {metric.id} "{shorten(metric.title)}" is gone{measured}.'
        where = (metric.item,)
        tell("metric-gone", "warning" if values else "info", message, where, old=metric.source)
    return metrics


def _changes(old: Metric, now: Metric) -> Iterator[str]:
    if fold_title(old.title) != fold_title(now.title):
        yield f'"{shorten(old.title)}" → "{shorten(now.title)}"'
    for name in ("baseline", "target"):
        one, other = (_text(getattr(metric, name)) for metric in (old, now))
        if one != other:
            yield f"{name} {one} → {other}"


def _text(value: MetricValue | None) -> str:
    number = None if value is None else value.value
    return (value and value.text) or ("none" if number is None else f"{number:g}")
