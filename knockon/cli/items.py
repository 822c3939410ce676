"""One item in full, in lines, as ``show`` prints it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from graphmodel.words import count
from knockon.cli.console import say, say_wrapped
from viz.words import (
    KIND_WORDS,
    LINK_IN,
    LINK_OUT,
    ORIGIN_WORDS,
    ROLE_WORDS,
    STATUS_WORDS,
    shorten,
    show_date,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphmodel.items import HistoryEntry, Item
    from graphmodel.links import Link
    from graphmodel.measures import Metric, MetricValue, Risk
    from graphmodel.people import Relation
    from queries.facts import HeldRole, ItemFacts
    from queries.thread import Level, Thread

__all__ = ["group_facts", "list_facts", "say_facts"]

#: Characters of a title that the golden thread shows.
_TITLE: Final = 90


def say_facts(facts: ItemFacts, thread: Thread) -> None:
    """Print everything a plan says of an item, the parts that are empty left out."""
    item = facts.item
    say_wrapped(f"{item.id}  {item.title}")
    for line in list_facts(facts):
        say_wrapped(line, indent=2)
    for name, lines in group_facts(facts, thread):
        _say_group(name, lines)


def group_facts(facts: ItemFacts, thread: Thread) -> Iterator[tuple[str, list[str]]]:
    """Yield what a plan says of an item in groups of lines; groups may be empty."""
    item = facts.item
    yield "Owners", [_role(held) for held in facts.roles]
    yield "Waits for", [_link(link, link.from_, LINK_IN[link.type]) for link in facts.links_in]
    yield (
        "Is waited for by",
        [_link(link, link.to, LINK_OUT[link.type]) for link in facts.links_out],
    )
    yield (
        "Approved by",
        [f"{board.name}: {gate.decision} ({gate.state})" for gate, board in facts.gates],
    )
    yield "Golden thread, upwards", [*map(_level, thread.levels[1:]), *thread.breaks]
    yield "Output metrics", [_metric(metric) for metric in facts.metrics]
    yield "Risks", [_risk(risk) for risk in facts.risks]
    yield "What else is said of it", [_relation(one) for one in facts.relations]
    yield "Earlier reports", [_report(entry) for entry in item.history]
    yield "Other facts", list(_own_facts(item))
    yield "Parts", [f"{part.id}  {part.title} ({_finish(part)})" for part in facts.children]
    if facts.place is not None:
        quote = item.source.quote if item.source is not None else None
        yield "Source", [f'{facts.place}: "{quote}"' if quote else str(facts.place)]


def list_facts(facts: ItemFacts) -> Iterator[str]:
    """Yield what an item is, and its dates, a line each."""
    item = facts.item
    kind = KIND_WORDS[item.kind][0]
    above = ", ".join(one.name for one in facts.ancestors)
    yield f"{kind.capitalize()} of {above}" if above else kind.capitalize()
    yield f"Planned: {_planned(item)}"
    if item.due is not None:
        yield f"Due: {show_date(item.due)}"
    if item.duration is not None:
        yield f"Duration: {item.duration.words}"
    yield f"Status: {STATUS_WORDS[item.status]}{_progress(item)}"
    for name, moment in (
        ("Started", item.actual_start), ("Finished", item.actual_finish),
        ("Forecast", item.forecast),
    ):  # fmt: skip
        if moment is not None:
            yield f"{name}: {show_date(moment)}"
    for constraint in item.constraints:
        day = "" if constraint.date is None else f" {show_date(constraint.date)}"
        yield f"Constraint: {constraint.type}{day}{' (hard)' if constraint.hard else ''}"
    for deadline in item.deadlines:
        yield f"Deadline: {show_date(deadline.date)}"
    for name, words in (
        ("Slippage", item.grade), ("Cause", item.cause), ("Tags", ", ".join(item.tags)),
    ):  # fmt: skip
        if words:
            yield f"{name}: {words}"
    if item.division is not None:
        yield f"Division: {item.division}"


def _planned(item: Item) -> str:
    planned = item.planned
    dates = [show_date(one) for one in (planned.start, planned.finish) if one is not None]
    if not dates:
        return f'"{planned.text}"' if planned.text else "no date"
    words = f' (the plan says "{planned.text}")' if planned.text else ""
    return f"{' to '.join(dates)}{words}"


def _progress(item: Item) -> str:
    parts = [f"{item.percent:g} % done"] if item.percent is not None else []
    parts += [f"rated {item.rag}"] if item.rag is not None else []
    return f" ({', '.join(parts)})" if parts else ""


def _role(held: HeldRole) -> str:
    names = ", ".join(officer.name for officer in held.officers)
    inherited = f" (inherited from {held.inherited})" if held.inherited is not None else ""
    return f"{ROLE_WORDS[held.role]}: {names}{inherited}"


def _level(level: Level) -> str:
    """Return one level of the golden thread: what it is, who answers for it, what shows it."""
    kind = KIND_WORDS[level.kind][0] if level.kind in KIND_WORDS else level.kind
    name = (
        level.title if level.kind in {"plan", "board", "officer"} else f"{level.id} {level.title}"
    )
    relation = f"{level.relation.replace('_', ' ')} " if level.relation else ""
    parts = [f"{ROLE_WORDS[role]}: {', '.join(names)}" for role, names in level.officers]
    if level.approved_by:
        parts.append(f"approved by {', '.join(level.approved_by)}")
    if level.overseen_by:
        parts.append(f"watched over by {', '.join(level.overseen_by)}")
    if level.metrics:
        parts.append(count(len(level.metrics), "output metric"))
    answers = f" ({'; '.join(parts)})" if parts else ""
    return f"{relation}{kind} {shorten(name, _TITLE)}{answers}"


def _link(link: Link, other: str, meaning: str) -> str:
    words = [meaning]
    if link.lag:
        words.append(f"lag {link.lag.words}")
    words += [link.state, ORIGIN_WORDS[link.origin]]
    if link.confidence < 1:
        words.append(f"confidence {link.confidence:g}")
    reason = f"; why: {link.reason}" if link.reason else ""
    return f"{other}  {', '.join(words)}{reason}"


def _risk(risk: Risk) -> str:
    return f"{risk.title or risk.id}: {risk.probability:.0%} likely"


def _relation(one: Relation) -> str:
    when = "".join(f", {words}" for words in (one.on, one.cadence) if words)
    return f"{one.from_} {one.type.replace('_', ' ')} {one.to}{when}"


def _report(entry: HistoryEntry) -> str:
    """Return what an item said of itself at an earlier report, in one line."""
    parts = [
        f"{name} {show_date(moment)}"
        for name, moment in (
            ("planned", entry.planned.finish if entry.planned is not None else None),
            ("due", entry.due), ("forecast", entry.forecast),
        )
        if moment is not None
    ]  # fmt: skip
    parts += [STATUS_WORDS[entry.status]] if entry.status is not None else []
    parts += [f"{entry.percent:g} % done"] if entry.percent is not None else []
    parts += [f"rated {entry.rag}"] if entry.rag is not None else []
    parts += [words for words in (entry.grade, entry.cause) if words]
    if entry.approved is not None:
        parts.append(f"approved by {entry.approved.board or 'nobody named'}")
    said = ", ".join(parts)
    text = f'"{entry.text}"' if entry.text else ""
    return f"{show_date(entry.as_of, missing='undated')}: {'; '.join(filter(None, (said, text)))}"


def _own_facts(item: Item) -> Iterator[str]:
    """Yield what a document says of an item that the plan file has no key for."""
    for key, value in (item.model_extra or {}).items():
        words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        yield f"{key.removeprefix('x_').replace('_', ' ')}: {words}"


def _metric(metric: Metric) -> str:
    values = [f"baseline {_value(metric.baseline)}", f"target {_value(metric.target)}"]
    return f"{metric.title}: {', '.join(values)}"


def _value(value: MetricValue | None) -> str:
    if value is None:
        return "none"
    text = value.text
    if text is None:
        text = "none" if value.value is None else f"{value.value:g}"
    return f"{text} ({value.as_of})" if value.as_of else text


def _finish(item: Item) -> str:
    return show_date(item.planned.finish, missing=item.planned.text or "no date")


def _say_group(name: str, lines: list[str]) -> None:
    if lines:
        say()
        say(f"{name} ({len(lines)})" if len(lines) > 1 else name)
        for line in lines:
            say_wrapped(line, indent=2)
