"""Which sentences and which columns of a result people see in a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from graphmodel.words import count, join_words
from viz.answer import is_moved, show_after, tells_something
from viz.words import shorten, show_date, show_days, show_range, show_room

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["BRIEF", "Brief", "say_in_words"]

#: Characters of a title.
_TITLE: Final = 110

#: Sentences of an answer that has many.
_SENTENCES: Final = 6


@dataclass(frozen=True, slots=True)
class Brief:
    """A table for people: what it is called, its columns by heading, and where its rows are.

    ``table`` is one of the tables of `knockon.notebook.frames`, the main one unless told; ``keep``
    says which of its rows are shown.
    """

    caption: str
    columns: Mapping[str, Callable[[Any], str]]
    table: str | None = None
    keep: Callable[[Any], bool] | None = None


def say_in_words(result: Any) -> tuple[str, ...]:
    """Return a result in sentences, the most important first."""
    teller = _TELLERS.get(type(result).__name__)
    sentences = result.sentences if teller is None else teller(result)
    return tuple(sentences[:_SENTENCES])


def _tell_schedule(result: Any) -> tuple[str, ...]:
    dated = sum(one.start is not None or one.finish is not None for one in result.items)
    if result.finish is None:
        return (f"Nothing in the plan has a date ({count(len(result.items), 'item')}).",)
    critical = sum(one.critical for one in result.items)
    ends = show_date(result.finish)
    said = (
        f"The plan ends on {ends}: {count(dated, 'item')} with a date, {critical} of them critical."
    )
    return (said, *map(str, result.findings[:3]))


def _tell_risk(result: Any) -> tuple[str, ...]:
    main = result.targets[0]
    odds = "" if main.p_on_time is None else (
        f" The odds of {show_date(main.by)} are {_share(main.p_on_time)}."
    )  # fmt: skip
    name = f"{main.id} “{shorten(main.title, _TITLE)}”"
    said = (
        f"{name} finishes by {show_date(main.p50)} in half of the runs, and by "
        f"{show_date(main.at_percentile)} in {result.percentile} of 100.{odds}"
    )
    return (said, f"{count(result.iterations, 'run')}, seed {result.seed}.")


def _tell_health(result: Any) -> tuple[str, ...]:
    failed = [one for one in result.results if one.passed is False]
    asked = sum(one.applies for one in result.results)
    found = count(len(result.findings), "finding")
    said = f"{found}; of {count(asked, 'check')} that apply to this plan, {len(failed)} fail."
    return (said, *(f"{one.topic}. {one.sentence}" for one in result.readiness))


def _tell_comparison(result: Any) -> tuple[str, ...]:
    step = result.overall or result.steps[-1]
    return (*step.sentences, *result.doubts)


def _tell_reach(result: Any) -> tuple[str, ...]:
    first = result.effects[0] if result.effects else None
    if first is None:
        return ("There is nothing in the plan that could slip.",)
    late = max(first.newly_late, first.newly_late_if_work)
    said = (
        f"What would do most harm if it slipped by {result.by.words}: {first.id} "
        f"“{shorten(first.title, _TITLE)}”. It would make {count(late, 'other item')} newly late "
        "at most."
    )
    return (said,)


def _tell_plan(result: Any) -> tuple[str, ...]:
    states = [link.state for link in result.links]
    said = (
        f"{result.title or result.id}: {count(len(result.items), 'item')}, "
        f"{count(states.count('accepted'), 'accepted link')} and "
        f"{count(states.count('proposed'), 'proposed one')}."
    )
    return (said,)


_TELLERS: Final[dict[str, Callable[[Any], tuple[str, ...]]]] = {
    "Comparison": _tell_comparison,
    "Health": _tell_health,
    "Plan": _tell_plan,
    "Reach": _tell_reach,
    "RiskResult": _tell_risk,
    "Schedule": _tell_schedule,
}


def _share(value: float) -> str:
    return f"{100 * value:.0f} %"


def _title(row: Any) -> str:
    return f"{row.id} {shorten(row.title, _TITLE)}"


def _late(row: Any) -> str:
    if row.newly_late:
        return "newly late"
    if row.newly_late_if_work:
        return "newly late if the gaps are work"
    return "late already" if row.late_before else "no"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _link_end(name: str) -> Callable[[Any], str]:
    return lambda row: str(getattr(row, name))


BRIEF: Final[dict[str, Brief]] = {
    "WhatIf": Brief(
        "What moves",
        {
            "Item": _title,
            "Owner": lambda row: join_words(row.owners) or "nobody is named",
            "Before": lambda row: show_date(row.baseline_finish or row.baseline_start),
            "After": lambda row: " to ".join(show_after(row)),
            "Moves by": lambda row: show_range(row.knock_on_days, row.knock_on_if_work_days),
            "Late": _late,
            "First board to hear of it": lambda row: row.first_board or "",
        },
        keep=lambda row: is_moved(row) and tells_something(row),
    ),
    "Schedule": Brief(
        "What has least room",
        {
            "Item": _title,
            "Start": lambda row: show_date(row.start, missing=""),
            "Finish": lambda row: show_date(row.finish, missing=""),
            "Room": lambda row: show_room(row.total_float_days),
            "Critical": lambda row: "yes" if row.critical else "no",
        },
        keep=lambda row: row.critical or row.on_longest_path,
    ),
    "Owners": Brief(
        "Officers, the greatest effect of a slip first",
        {
            "Officer": lambda row: row.title,
            "Open items": lambda row: str(row.open_items),
            "Why": lambda row: row.sentence,
        },
    ),
    "BoardReview": Brief(
        "Decisions",
        {
            "Decision": lambda row: f"{row.item} {shorten(row.title, _TITLE)}",
            "Board": lambda row: row.board_title,
            "Meeting": lambda row: show_date(row.meeting, missing="not known"),
            "Papers due": lambda row: show_date(row.papers_due, missing=""),
            "A slip that misses it": lambda row: (
                "" if row.cliff is None else show_days(row.cliff.slip_days)
            ),
            "What that costs": lambda row: (
                ""
                if row.cliff is None or row.cliff.cost_days is None
                else show_days(row.cliff.cost_days)
            ),
        },
    ),
    "RiskResult": Brief(
        "Odds",
        {
            "Target": _title,
            "To keep": lambda row: show_date(row.by, missing=""),
            "Odds": lambda row: "" if row.p_on_time is None else _share(row.p_on_time),
            "P50": lambda row: show_date(row.p50),
            "P80": lambda row: show_date(row.p80),
        },
    ),
    "Health": Brief(
        "Checks that fail",
        {
            "Check": lambda row: row.check.name,
            "Severity": lambda row: row.check.severity,
            "Found": lambda row: _number(row.numerator),
            "Out of": lambda row: f"{_number(row.denominator)} {row.check.denominator}",
            "What to do": lambda row: row.check.advice,
        },
        table="checks",
        keep=lambda row: row.passed is False,
    ),
    "Comparison": Brief(
        "Dates that changed",
        {
            "Item": lambda row: row[1].id,
            "Date": lambda row: row[1].field.replace("_", " "),
            "Before": lambda row: show_date(row[1].before, missing="none"),
            "After": lambda row: show_date(row[1].after, missing="none"),
            "By": lambda row: "" if row[1].days is None else show_days(row[1].days),
        },
    ),
    "Trace": Brief(
        "Steps",
        {
            "Waits": lambda row: row[1].to,
            "For": lambda row: row[1].from_,
            "How": lambda row: row[1].link,
            "Which way": lambda row: row[0],
        },
    ),
    "Reach": Brief(
        "What a slip would do, the worst first",
        {
            "What slips": _title,
            "Others move": lambda row: f"{row.moved} to {row.moved_if_work}",
            "Newly late": lambda row: f"{row.newly_late} to {row.newly_late_if_work}",
        },
    ),
    "Plan": Brief(
        "Links",
        {
            "From": _link_end("from_"),
            "To": _link_end("to"),
            "Type": _link_end("type"),
            "State": _link_end("state"),
            "Reason": lambda row: row.reason or "",
        },
        table="links",
    ),
}
