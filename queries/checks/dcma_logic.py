"""DCMA points 1 to 5: logic, leads, lags, relationship types, hard constraints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphmodel.words import count
from queries.checks.rule import Check, Fault, Limit, NotApplicable, Tally

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphmodel.items import Item
    from graphmodel.links import Link
    from queries.checks.context import Context
    from queries.checks.rule import Answer

__all__ = ["LOGIC", "PAMPHLET"]

#: The publication the fourteen points are read from; a point's number is its paragraph.
PAMPHLET: Final = "DCMA-EA PAM 200.1, EVMS Program Analysis Pamphlet (October 2012), paragraph 4."
_NO_LINKS: Final = NotApplicable("the plan has no accepted links")
#: Constraints that hold a date against the logic of the plan.
_HARD: Final = {
    "MSO": "must start on",
    "MFO": "must finish on",
    "SNLT": "must start no later than",
    "FNLT": "must finish no later than",
}


def _find_missing_logic(context: Context) -> Answer:
    activities = context.activities
    if not context.accepted_links:
        return _NO_LINKS
    before, after = activities.with_predecessor, activities.with_successor
    loose = [item for item in activities.open if not (item.id in before and item.id in after)]
    faults = tuple(
        Fault(
            f"{item.name} has no {_missing(item, context)}.", (item.id,), context.place(item.source)
        )
        for item in loose
    )
    return Tally(len(activities.open), faults, note=_note_logic(context, loose))


def _missing(item: Item, context: Context) -> str:
    activities = context.activities
    lacks = []
    if item.id not in activities.with_predecessor:
        lacks.append("predecessor")
    if item.id not in activities.with_successor:
        lacks.append("successor")
    return " and no ".join(lacks)


def _note_logic(context: Context, loose: list[Item]) -> str | None:
    notes = []
    if not context.activities.has_durations:
        notes.append(
            "No activity of the plan has a duration: its milestones are counted as its activities."
        )
    linked = context.activities.with_predecessor | context.activities.with_successor
    above = sum(any(one in linked for one in context.index.ancestors(item.id)) for item in loose)
    if above:
        notes.append(f"{count(above, 'of them hangs', 'of them hang')} on the links of a parent.")
    return " ".join(notes) or None


def _links(
    is_bad: Callable[[Link], bool], fault: str, *, counts_good: bool = False
) -> Callable[[Context], Answer]:
    """Return a rule that counts links; ``counts_good`` counts those that are not bad."""

    def find(context: Context) -> Answer:
        links = context.activities.links
        if not links:
            return NotApplicable("no accepted link leads to anything unfinished")
        bad = [link for link in links if is_bad(link)]
        name = context.activities.name_link
        faults = tuple(
            Fault(f"The link {name(link)} {fault}.", (link.from_, link.to)) for link in bad
        )
        return Tally(len(links), faults, len(links) - len(bad) if counts_good else None)

    return find


def _find_hard(context: Context) -> Answer:
    faults = []
    for item in context.activities.open:
        held = [one for one in item.constraints if one.type in _HARD]
        if held:
            told = " and ".join(
                f"{_HARD[one.type]} {one.date or 'a date not stated'}" for one in held
            )
            faults.append(Fault(f"{item.name} {told}.", (item.id,), context.place(item.source)))
    return Tally(len(context.activities.open), tuple(faults))


LOGIC: Final = (
    Check(
        code="dcma-1-logic",
        family="schedule",
        name="Activities without predecessor or successor (DCMA 1)",
        severity="warning",
        definition="Unfinished activities that no accepted link leads to, or that none leads from. "
        "Links of a parent do not count as their own. The first and the last activity of a plan "
        "are among the 5 % that may lack one.",
        denominator="unfinished activities",
        advice="Ask what each of them waits for and what waits for it, and add the links; or "
        "accept the ones knockon proposes.",
        find=_find_missing_logic,
        limit=Limit(0.05),
        reference=f"{PAMPHLET}1",
    ),
    Check(
        code="dcma-2-leads",
        family="schedule",
        name="Links with a lead (DCMA 2)",
        severity="warning",
        definition="Accepted links with a negative lag whose successor is unfinished.",
        denominator="accepted links that lead to something unfinished",
        advice="Split the predecessor where the successor may begin, or say with an SS link that "
        "the two overlap.",
        find=_links(lambda link: link.lag.amount < 0, "has a lead"),
        reference=f"{PAMPHLET}2",
    ),
    Check(
        code="dcma-3-lags",
        family="schedule",
        name="Links with a lag (DCMA 3)",
        severity="warning",
        definition="Accepted links with a positive lag, however short, whose successor is "
        "unfinished.",
        denominator="accepted links that lead to something unfinished",
        advice="Make the wait an item of its own, with an owner, where somebody can shorten it.",
        find=_links(lambda link: link.lag.amount > 0, "has a lag"),
        limit=Limit(0.05),
        reference=f"{PAMPHLET}3",
    ),
    Check(
        code="dcma-4-finish-to-start",
        family="schedule",
        name="Too few links are finish-to-start (DCMA 4)",
        severity="warning",
        definition="Accepted links of type FS whose successor is unfinished.",
        denominator="accepted links that lead to something unfinished",
        advice="Use SS, FF and SF only where the work really overlaps; never SF for want of a "
        "better link.",
        find=_links(lambda link: link.type != "FS", "is not finish-to-start", counts_good=True),
        limit=Limit(0.9, "at_least"),
        reference=f"{PAMPHLET}4",
    ),
    Check(
        code="dcma-5-hard-constraints",
        family="schedule",
        name="Dates pinned against the logic (DCMA 5)",
        severity="warning",
        definition="Unfinished activities with a constraint MSO, MFO, SNLT or FNLT, whether or not "
        "the scheduling program pins it. A due date, a deadline and a date planned by hand are "
        "none.",
        denominator="unfinished activities",
        advice="Let the links hold the date; keep a deadline beside it, so that float tells when "
        "it is in danger.",
        find=_find_hard,
        limit=Limit(0.05),
        reference=f"{PAMPHLET}5",
    ),
)
