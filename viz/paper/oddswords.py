"""The odds of a plan in sentences that anybody can read, the answer first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphmodel.words import count
from simulations.risk.certainty import CONFIDENCE, is_clear
from viz.words import shorten, show_date, show_share

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphmodel.plan import Plan
    from simulations.risk.results import BestActs, RiskResult, TargetOdds

__all__ = [
    "is_certain",
    "kept",
    "say_days",
    "say_item",
    "tell_accuracy",
    "tell_gap",
    "tell_odds",
    "tell_share",
    "tell_share_without",
    "tell_unclear",
]

#: Characters of a title in a sentence.
_TITLE: Final = 80
_HELD: Final = {
    "due": "by its due date",
    "must_finish": "by its must-finish date",
    "planned": "by its planned date",
}


def tell_odds(answer: RiskResult) -> tuple[str, ...]:
    """Return the answer, and what a board would ask next."""
    main = answer.targets[0]
    return (_headline(answer, main), *_more(answer, main))


def is_certain(answer: RiskResult) -> bool:
    """Return whether every run is alike, because nothing at all is uncertain."""
    return any(one.code == "nothing-uncertain" for one in answer.findings)


def say_item(plan: Plan, key: str) -> str:
    """Return an item in a sentence; the plan by its own word."""
    if key not in plan.index.items:
        return "the plan"
    title = " ".join(plan.index.items[key].title.split())
    return f"{key} “{shorten(title, _TITLE)}”"


def kept(answer: RiskResult) -> tuple[TargetOdds, ...]:
    """Return the targets with a date to keep, the least likely first."""
    dated = [one for one in answer.targets if one.p_on_time is not None]
    return tuple(sorted(dated, key=lambda one: one.p_on_time or 0.0))


def _headline(answer: RiskResult, main: TargetOdds) -> str:
    name = say_item(answer.plan, main.id)
    begins = f"{name[:1].upper()}{name[1:]}"
    if main.p_on_time is None or main.by is None:
        if main.p50 == main.at_percentile:
            often = tell_share(answer).replace(" in ", " of ", 1)
            return f"{begins} is finished by {show_date(main.p50)} in {often} runs and more."
        return (
            f"{begins} is as likely as not to be finished by {show_date(main.p50)}; "
            f"{tell_share(answer)} runs are done by {show_date(main.at_percentile)}."
        )
    held = f"{_HELD[main.against or 'planned']}, {show_date(main.by)}"
    runs = count(answer.iterations, "run")
    if main.p_on_time == 0:
        first = f"In none of {runs} is {name} finished {held}."
    elif main.p_on_time == 1:
        first = f"In every one of {runs} is {name} finished {held}."
    else:
        share = show_share(main.p_on_time)
        article = "an" if share.startswith(("8", "11 ", "18 ", "over", "under")) else "a"
        first = f"There is {article} {share} chance that {name} is finished {held}."
    return f"{first} {tell_share(answer)} runs are done by {show_date(main.at_percentile)}."


def tell_share(answer: RiskResult) -> str:
    """Return the percentile asked for as people say it: ``8 in 10``, ``95 in 100``."""
    tens, ones = divmod(answer.percentile, 10)
    return f"{answer.percentile} in 100" if ones else f"{tens} in 10"


def say_days(days: float) -> str:
    """Return days that are known to whole days at best."""
    return count(round(days), "day")


def tell_unclear(unclear: int, what: str, many: str | None = None) -> str:
    """Return how many costs are not listed because they may be luck."""
    verb, who = ("is", "it costs") if unclear == 1 else ("are", "they cost")
    more = count(unclear, f"more {what}", many and f"more {many}")
    return (
        f"{more} {verb} not listed: what {who} lies within the sampling error, and more runs would "
        "tell."
    )


def _more(answer: RiskResult, main: TargetOdds) -> Iterator[str]:
    if main.by is None and main.p50 != main.finish:
        yield (
            f"Without any delay it would be {show_date(main.finish)}, which "
            f"{tell_share_without(main)} of the runs keep."
        )
    dated = kept(answer)
    if len(dated) > 1:
        unlikely = sum((one.p_on_time or 0) < 0.5 for one in dated)  # noqa: PLR2004 - even odds
        together = (
            f"in none of {count(answer.iterations, 'run')}"
            if not answer.p_all_on_time
            else f"in {show_share(answer.p_all_on_time)} of the runs"
        )
        less = "has" if unlikely == 1 else "have"
        yield (
            f"Of {len(dated):,} dates to keep, {unlikely:,} {less} less than an even chance; all "
            f"are kept together {together}."
        )
    yield from _costliest(answer)
    missed = max(answer.gates, key=lambda one: one.p_missed, default=None)
    if missed is not None and missed.p_missed:
        boards = {board.id: board.name for board in answer.plan.boards}
        yield (
            f"The meeting most likely to be missed: {say_item(answer.plan, missed.item)} at the "
            f"{boards.get(missed.board, missed.board)} of {show_date(missed.meeting)}, missed in "
            f"{show_share(missed.p_missed)} of the runs."
        )


def _costliest(answer: RiskResult) -> Iterator[str]:
    """Yield what costs most days, and how many others cost as much."""
    costly = [
        (one.cost_days or 0.0, say_item(answer.plan, one.id))
        for one in answer.items
        if is_clear(one)
    ]
    costly += [
        (one.cost_days or 0.0, f"the risk “{shorten(one.title or one.id, _TITLE)}”")
        for one in answer.risks
        if is_clear(one)
    ]
    days = max((cost for cost, _ in costly), default=0.0)
    if days <= 0:
        return
    names = [name for cost, name in costly if cost == days]
    others = f"; so would it be without {count(len(names) - 1, 'other')} alone" if names[1:] else ""
    yield (
        f"What costs most is the uncertainty of {names[0]}: without it, the date that "
        f"{tell_share(answer)} runs keep would be {say_days(days)} earlier{others}."
    )


def tell_share_without(main: TargetOdds) -> str:
    """Return the share of runs that keep the date without any delay; the curve tells percents."""
    share = max((one.share for one in main.curve if one.date <= main.finish), default=0.0)
    return show_share(share) if share else "under 1 %"


def tell_accuracy(answer: RiskResult) -> str:
    """Return how closely the main date is known from so many runs."""
    days = round(CONFIDENCE * answer.targets[0].at_percentile_se_days)
    within = "to the day" if not days else f"to within {count(days, 'day')} to either side"
    said = (
        f"From {count(answer.iterations, 'run')} the date that {tell_share(answer)} keep is known "
        f"{within} (95 times of 100)."
    )
    if answer.converged is False:
        said += " That is not as closely as was asked: take more runs."
    return said


def tell_gap(acts: BestActs) -> str:
    """Return what protecting is, and how much more another choice could buy."""
    means = "Protected, an item takes, or a link holds up, no longer than in the plan."
    luck = CONFIDENCE * acts.bought_se_days
    means += f" What all buy together is known to ±{count(round(luck), 'day')}."
    if acts.is_best:
        return f"{means} No other choice of as many buys more."
    days = count(round(acts.at_most_days), "day")
    return (
        f"{means} The {acts.candidates} of {acts.of_candidates:,} most often critical were tried, "
        f"the best one after the other: another choice may buy more, but everything protected "
        f"buys {days} and no more."
    )
