"""Bounds of the odds at once, for ``knockon risk --quick``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from knockon.cli.console import say, say_json, say_table, say_wrapped
from viz.words import shorten, show_date

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from graphmodel.plan import Plan
    from simulations.reference import Reference
    from simulations.risk.quick import QuickLook, QuickTarget

__all__ = ["say_quick_look"]

#: Rows of the table; --json prints all.
_ROWS: Final = 15
_TITLE: Final = 50


def say_quick_look(
    plan: Plan,
    spoken: Reference,
    targets: Sequence[str] | None,
    asked: Mapping[str, Any],
    *,
    as_json: bool,
) -> None:
    """Print the bounds; ``asked``: what click made of the options that `simulate` takes.

    Raises
    ------
    PlanError
        The plan holds something that the bounds do not hold for.
    """
    from knockon.payloads import pack_risk  # noqa: PLC0415 - heavy
    from simulations.risk.model import prepare_risk  # noqa: PLC0415
    from simulations.risk.quick import look_quickly  # noqa: PLC0415
    from simulations.unsaid import Unsaid, tell_reference  # noqa: PLC0415
    from simulations.whatif import prepare  # noqa: PLC0415

    model = prepare_risk(
        prepare(plan, asked["links"], asked["min_confidence"]),
        iterations=1,
        targets=targets,
        gaps=asked["gaps"],
        reference=Unsaid(plan, spoken).uncertainty,
    )
    look, source = look_quickly(model, asked["percentile"]), tell_reference(plan, spoken)
    if as_json:
        say_json(pack_risk(look, source))
        return
    if source is not None:
        say_wrapped(source)
    _say(look)


def _say(look: QuickLook) -> None:
    main = look.targets[0]
    name = "The plan" if main.id == look.plan.id else f"{main.id}  {shorten(main.title, _TITLE)}"
    even = _between(main.p50_from, main.p50_to)
    safe = _between(main.at_percentile_from, main.at_percentile_to)
    at = f"P{look.percentile}"
    say_wrapped(
        f"Bounds, not odds: {name} finishes with even odds (P50) {even}, with "
        f"{look.percentile} % ({at}) {safe}."
    )
    say_wrapped(
        "Where paths meet, the late date takes them as independent of each other, the early one "
        "as moving together. Leave --quick out for the odds themselves."
    )
    dated = [one for one in look.targets if one.by is not None]
    rows = [_row(one) for one in dated[:_ROWS]]
    if rows:
        say()
        heads = ("Target", "Date to keep", "On time", f"{at} from", f"{at} to")
        say_table("Dates to keep", heads, rows, total=len(dated))


def _row(one: QuickTarget) -> tuple[str, ...]:
    low, high = one.p_on_time_at_least or 0.0, one.p_on_time_at_most or 0.0
    return (
        f"{one.id}  {shorten(' '.join(one.title.split()), _TITLE)}",
        show_date(one.by),
        f"{low * 100:.0f} to {high * 100:.0f} %",
        show_date(one.at_percentile_from),
        "" if one.at_percentile_to is None else show_date(one.at_percentile_to),
    )


def _between(first: date | None, last: date | None) -> str:
    early = "" if first is None else f"no earlier than {show_date(first)}"
    if last is None:
        return early
    if first == last:
        return f"by {show_date(last)}"
    return f"between {show_date(first)} and {show_date(last)}"
