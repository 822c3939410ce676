"""Answers as plain data for machines: the JSON keys of DESIGN section 6, ISO dates.

Keys are stable; more may be added. ``None`` stands for what is unknown. Whole numbers are written
without a point.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from graphmodel.entity import Entity
from graphmodel.moments import write_moment
from graphmodel.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loaders.loaded import Loaded
    from queries.boards import BoardReview
    from queries.checks.rule import Check, CheckResult
    from queries.checks.run import Health
    from queries.compare import Comparison
    from queries.dependencies import Trace
    from queries.facts import ItemFacts
    from queries.overview import Overview
    from queries.thread import Thread
    from simulations.batch import Reach
    from simulations.recovery.results import Recovery
    from simulations.results import Schedule, WhatIf
    from simulations.risk.quick import QuickLook
    from simulations.risk.results import RiskResult

__all__ = [
    "pack",
    "pack_answer",
    "pack_boards",
    "pack_checks",
    "pack_comparison",
    "pack_facts",
    "pack_loaded",
    "pack_overview",
    "pack_reach",
    "pack_risk",
    "pack_trace",
    "pack_whatif",
    "stream_health",
    "stream_schedule",
]


def pack(value: Any) -> Any:
    """Return a record, entity, date, span, number or collection of them as plain JSON data.

    Field names lose a trailing underscore (``from_`` is ``from``).
    """
    if value is None or isinstance(value, (str, bool)):  # most of what there is
        return value
    if isinstance(value, Entity):
        return _entity(value)
    if isinstance(value, dict):
        return {str(key): pack(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [pack(part) for part in value]
    kind: type = type(value)
    names = _names(kind)
    if names:
        return {key: pack(getattr(value, name)) for name, key in names}
    return _single(value)


@cache
def _names(kind: type) -> tuple[tuple[str, str], ...]:
    """Return the fields of a kind of record, each with its JSON key; none of anything else."""
    if not is_dataclass(kind) or issubclass(kind, Span):
        return ()
    return tuple((field.name, field.name.rstrip("_")) for field in fields(kind))


def _single(value: Any) -> Any:
    if isinstance(value, date):
        return write_moment(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return str(value) if isinstance(value, Span) else value


def pack_loaded(loaded: Loaded, overview: Overview) -> dict[str, Any]:
    """Return the answer of ``load``."""
    return {
        "plan": loaded.plan.id,
        "title": loaded.plan.title,
        "counts": _counts(overview),
        "problems": pack(loaded.problems),
        "notes": list(loaded.notes),
    }


def pack_overview(overview: Overview) -> dict[str, Any]:
    """Return the answer of ``show`` for a whole plan."""
    plan = overview.plan
    return {
        "plan": plan.id,
        "title": plan.title,
        "organisation": plan.organisation,
        "version": plan.version,
        "status_date": pack(plan.status_date),
        "start": pack(overview.start),
        "finish": pack(overview.finish),
        "counts": _counts(overview),
        "parts": [
            {
                "id": part.item.id,
                "kind": part.item.kind,
                "title": part.item.title,
                "below": dict(part.below),
                "start": pack(part.start),
                "finish": pack(part.finish),
            }
            for part in overview.parts
        ],
    }


def pack_facts(facts: ItemFacts, thread: Thread) -> dict[str, Any]:
    """Return the answer of ``show`` for one item: as in the plan file, and its surroundings."""
    return {
        **_entity(facts.item),
        "status": facts.item.status,
        "place": pack(facts.place),
        "ancestors": [item.id for item in facts.ancestors],
        "children": [item.id for item in facts.children],
        "roles": [
            {
                "role": held.role,
                "officers": [officer.name for officer in held.officers],
                "officer_ids": [officer.id for officer in held.officers],
                "inherited": held.inherited,
            }
            for held in facts.roles
        ],
        "links_in": pack(facts.links_in),
        "links_out": pack(facts.links_out),
        "gates": [_entity(gate) for gate, _ in facts.gates],
        "metrics": pack(facts.metrics),
        "risks": pack(facts.risks),
        "relations": pack(facts.relations),
        "thread": pack(thread.levels),
        "thread_breaks": list(thread.breaks),
    }


def stream_schedule(schedule: Schedule) -> dict[str, Any]:
    """Return the answer of ``schedule`` with the long lists in it as iterators."""
    return {
        field.name: schedule.plan.id
        if field.name == "plan"
        else _stream(getattr(schedule, field.name))
        for field in fields(schedule)
    }


def _stream(value: Any) -> Any:
    return (
        map(pack, value)
        if isinstance(value, Sequence) and not isinstance(value, str)
        else pack(value)
    )


def pack_checks(checks: Iterable[Check]) -> list[dict[str, Any]]:
    """Return what there is to know of checks: the answer of ``check --list``."""
    return [
        {
            "code": check.code,
            "family": check.family,
            "name": check.name,
            "severity": check.severity,
            "definition": check.definition,
            "of": check.denominator,
            **_limit(check),
            "what_to_do": check.advice,
            "reference": check.reference,
        }
        for check in checks
    ]


def stream_health(health: Health) -> dict[str, Any]:
    """Return the answer of ``check`` with its lists as iterators."""
    return {
        "plan": health.plan.id,
        "title": health.plan.title,
        "readiness": map(pack, health.readiness),
        "findings": map(pack, health.findings),
        "checks": map(_result, health.results),
        "practices": map(pack, health.practices),
    }


def _result(result: CheckResult) -> dict[str, Any]:
    check = result.check
    return {
        "code": check.code,
        "family": check.family,
        "name": check.name,
        "severity": check.severity,
        "applies": result.applies,
        "why_not": result.why_not,
        "numerator": pack(result.numerator),
        "denominator": pack(result.denominator),
        "of": check.denominator,
        "share": pack(result.share),
        **_limit(check),
        "passed": result.passed,
        "findings": len(result.findings),
        "note": result.note,
    }


def _limit(check: Check) -> dict[str, Any]:
    limit = check.limit
    return {
        "threshold": None if limit is None else pack(limit.value),
        "threshold_is": None if limit is None else limit.sense,
    }


def pack_whatif(answer: WhatIf, recovery: Recovery | None = None) -> dict[str, Any]:
    """Return the answer of ``whatif``; ``changes`` are those of the scenario.

    ``recovery`` is a key where it was asked for: what would stop it, by rule for gaps.
    """
    packed = pack_answer(answer)
    packed.pop("scenario")
    packed = {"plan": packed.pop("plan"), "changes": pack(answer.scenario.changes), **packed}
    if recovery is not None:
        packed["recovery"] = {"spare": pack(recovery.spare), "work": pack(recovery.work)}
    return packed


def pack_reach(answer: Reach) -> dict[str, Any]:
    """Return the answer of ``reach``: the slip, and its effect for each item or officer."""
    return pack_answer(answer)


def pack_boards(answer: BoardReview) -> dict[str, Any]:
    """Return the answer of ``boards``; ``cliffs`` names the gates that have one, worst first.

    Of a change, ``changes`` are those of its scenario.
    """
    packed = pack_answer(answer)
    if answer.scenario is not None:
        view = packed["scenario"]
        view.pop("scenario")
        packed["scenario"] = {"changes": pack(answer.scenario.scenario.changes), **view}
    packed["cliffs"] = [
        {
            "item": gate.item,
            "board": gate.board,
            "order": gate.order,
            "slip_days": gate.cliff.slip_days,
            "cost_days": pack(gate.cliff.cost_days),
        }
        for gate in answer.cliffs
        if gate.cliff is not None
    ]
    return packed


def pack_trace(answer: Trace) -> dict[str, Any]:
    """Return the answer of ``trace``; ``items`` names everything on it once."""
    packed = pack_answer(answer)
    steps = [*answer.upstream, *answer.downstream]
    steps.extend(step for route in answer.routes for step in route.steps)
    named = dict.fromkeys(one for step in steps for one in (step.from_, step.to))
    items = answer.plan.index.items
    packed["items"] = [
        {
            "id": one,
            "kind": items[one].kind,
            "title": items[one].title,
            "status": items[one].status,
            "planned_finish": pack(items[one].planned.finish),
            "due": pack(items[one].due),
        }
        for one in named
    ]
    return packed


def pack_answer(record: Any) -> dict[str, Any]:
    """Return a result record (a dataclass that holds its plan), the plan by its id only."""
    return {
        field.name: record.plan.id if field.name == "plan" else pack(getattr(record, field.name))
        for field in fields(record)
    }


def pack_comparison(answer: Comparison) -> dict[str, Any]:
    """Return the answer of ``compare``; what the versions finish item by item is left out."""
    packed = pack_answer(answer)
    for step in (*packed["steps"], *([packed["overall"]] if packed["overall"] else ())):
        for side in ("before", "after"):
            step["forecasts"].pop(side)
    return packed


def pack_risk(answer: RiskResult | QuickLook, reference: str | None) -> dict[str, Any]:
    """Return the answer of ``risk``; ``reference``: where uncertainty comes from, in words."""
    return {**pack_answer(answer), "reference": reference}


def _counts(overview: Overview) -> dict[str, Any]:
    return {
        "items": dict(overview.items),
        "links": dict(overview.links),
        "gates": dict(overview.gates),
        "statuses": dict(overview.statuses),
        "officers": overview.officers,
        "boards": overview.boards,
        "metrics": overview.metrics,
        "risks": overview.risks,
        "undated": overview.undated,
    }


def _entity(entity: Entity) -> dict[str, Any]:
    """Return an entity as the plan or scenario file writes it, defaults left out."""
    return entity.model_dump(mode="json", by_alias=True, exclude_defaults=True)
