"""A plan of about 400 items in the shape of a council's improvement plan, and records on it.

Its sentences, dates and links are drawn once, with a fixed seed. The answers on it are the
engine's; small answers for single cases are made by hand with `moved` and `answer_of`.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

from graphmodel.items import Item, Planned, Source, SourceFile
from graphmodel.links import Decision, Evidence, Link
from graphmodel.moments import add_months
from graphmodel.people import Assignment, Officer
from graphmodel.plan import Plan
from graphmodel.scenario import Scenario, Slip
from graphmodel.spans import parse_span
from simulations.results import LinksUsed, MovedItem, Schedule, Summary, WhatIf
from simulations.schedule import schedule
from simulations.whatif import what_if

THEMES = {
    "SI1": ("Adult Social Care", 3, (3, 1, 1)),
    "SI2": ("Children's Social Care", 4, (4, 1, 1, 1)),
    "SI3": ("City Vision", 1, (2,)),
    "SI4": ("Customer Services", 1, (1,)),
    "SI5": ("Housing", 2, (1, 3)),
    "SI6": ("Local Government Reorganisation", 1, (4,)),
    "SI7": ("Waste Services", 1, (1,)),
    "IP1": ("An Engaged, Effective and Empowered Workforce", 2, (4, 2)),
    "IP2": ("Corporate Landlord and Asset Sales", 1, (3,)),
    "IP3": ("Council Companies and Traded Services", 1, (3,)),
    "IP4": ("Delivery, Performance, Planning and Impact", 2, (3, 3)),
    "IP5": ("Financial Sustainability and Management", 3, (1, 2, 3)),
    "IP6": ("Governance and Decision Making", 2, (3, 2)),
    "IP7": ("Procurement and Contract Management", 2, (2, 2)),
    "IP8": ("Digital, Data and Technology", 1, (4,)),
    "IP9": ("Transformation Portfolio", 2, (2, 3)),
}

SUBJECTS = (
    "the workforce plan", "the operating model", "the commissioning strategy",
    "the customer access programme", "the asset register", "the repairs service",
    "the savings programme", "the data quality framework", "the partnership agreement",
    "the early help offer", "the contract pipeline", "the governance review",
    "the shared services business case", "the medium term financial plan", "the estates strategy",
    "the digital front door",
)  # fmt: skip
STEPS = (
    "Complete the baseline review of {}",
    "Draft {} and test it with staff and partners",
    "Consult staff and trade unions on {}",
    "Report the outcome on {} to the executive panel",
    "Approve {} and the budget that goes with it",
    "Begin the phased roll-out of {}, with a first review after eight weeks",
    "Embed {} in service plans",
    "Evaluate {} and publish what was learned",
)
OFFICES = (
    "Corporate Director for Adult Social Care and Public Health", "Director of Adult Social Care",
    "Director of Commissioning and Partnerships", "Director of Family Help", "Director of Finance",
    "Strategic Director of Housing", "Assistant Chief Executive",
    "Director of Economic Development",
    "Director of Commercial and Procurement", "Head of Business Change", "Monitoring Officer",
    "Strategic Director of Human Resources", "Chief Information Officer",
    "Programme Director for Local Government Reorganisation",
)  # fmt: skip

CHANGED = "SI1.1.3.4"
#: The story of the report: what waits for the staff consultation.
STORY = {
    "SI1.1.3.4": ("Consult staff and unions on the adult social care model", "2026-10-31"),
    "SI1.1.3.5": ("Agree the structure after the consultation", "2026-12-31"),
    "SI1.1.3.6": ("Fill the posts of the new structure", "2027-03-31"),
    "SI1.1.3.7": ("Integrated locality teams in place", "2027-06-30"),
    "SI1.3.1.4": ("Commissioning function works to the new model", "2027-04-30"),
    "IP1.2.1.4": ("Enabling services aligned with the adult social care model", "2027-05-31"),
    "IP5.3.1.3": ("Savings from the new model built into the budget", "2027-02-28"),
}  # fmt: skip
STORY_LINKS = (
    ("SI1.1.3.4", "SI1.1.3.5", "45d", "The consultation takes 45 days and its outcome weeks more."),
    ("SI1.1.3.5", "SI1.1.3.6", "0d", "Posts are filled once the structure is agreed."),
    ("SI1.1.3.6", "SI1.1.3.7", "0d", "Teams form from the filled posts."),
    ("SI1.1.3.5", "SI1.3.1.4", "0d", "The commissioning function is part of the operating model."),
    ("SI1.1.3.6", "IP1.2.1.4", "0d", "Enabling services follow the services they enable."),
    ("SI1.1.3.5", "IP5.3.1.3", "0d", "The saving is counted from the agreed structure."),
)


@cache
def build_plan() -> Plan:
    """Return the plan; about 380 items, 150 links, 14 officers."""
    dice = random.Random(20260401)
    items: list[Item] = []
    assignments = [Assignment(officer="o0", item=theme, role="accountable") for theme in THEMES]
    line = 40
    for theme, (title, _, actions) in THEMES.items():
        items.append(Item(id=theme, kind="theme", title=title, division=title))
        for number, amount in enumerate(actions, 1):
            objective = f"{theme}.{number}"
            subject = dice.choice(SUBJECTS)
            items.append(
                Item(
                    id=objective, kind="objective", parent=theme,
                    title=f"Make {subject} work for residents across {title.lower()}",
                )
            )  # fmt: skip
            for second in range(1, amount + 1):
                line += 3
                items += _action(dice, f"{objective}.{second}", objective, line, assignments)
    known = {item.id for item in items}
    links = (*_story_links(), *_links(dice, items, known))
    return Plan(
        id="csip", title="Continuous service improvement plan", organisation="Sample City Council",
        version="June 2026", as_of=date(2026, 6, 30), start=date(2026, 4, 1),
        status_date=date(2026, 6, 30),
        sources=(SourceFile(id="s1", title="Delivery plan", file="delivery-plan.pdf"),),
        items=tuple(items), links=links, assignments=tuple(assignments),
        officers=tuple(Officer(id=f"o{n}", title=name) for n, name in enumerate(OFFICES)),
    )  # fmt: skip


def _action(
    dice: random.Random, action: str, objective: str, line: int, assignments: list[Assignment]
) -> list[Item]:
    subject = dice.choice(SUBJECTS)
    month = add_months(date(2026, 4, 30), dice.randrange(0, 10))
    made: list[Item] = []
    amount = dice.choice((2, 3, 3, 4, 4, 5, 6))
    if action in {key.rpartition(".")[0] for key in STORY}:
        amount = 7
    chosen = sorted(dice.sample(range(len(STEPS)), min(amount, len(STEPS))))
    for number, step in enumerate(chosen, 1):
        key = f"{action}.{number}"
        title, day = STEPS[step].format(subject), month
        if key in STORY:
            title, day = STORY[key][0], date.fromisoformat(STORY[key][1])
        text = f"{day:%b %Y}"
        made.append(
            Item(
                id=key, kind="milestone", parent=action, title=title,
                planned=Planned(finish=day, precision="month", text=text),
                status="complete" if day < date(2026, 6, 30) else "not_started",
                actual_finish=day if day < date(2026, 6, 30) else None,
                source=Source(source="s1", line=line, quote=f"{title} ({text})"),
            )
        )  # fmt: skip
        month = max(month, add_months(month, dice.choice((0, 1, 1, 2, 2, 3, 4))))
        month = min(month, date(2028, 3, 31))
    if dice.random() < 0.2:
        made.append(
            Item(
                id=f"{action}.{amount + 1}", kind="milestone", parent=action,
                title=f"Keep {subject} under review with residents",
                planned=Planned(precision="ongoing", text="ongoing"),
            )
        )  # fmt: skip
    last = max(one.planned.finish for one in made if one.planned.finish)
    due = add_months(last, dice.choice((0, 0, 0, 0, 0, 1, 1, 2)))
    if action == "SI1.1.3":
        due = date(2027, 7, 31)
    assignments.append(Assignment(officer=f"o{dice.randrange(1, len(OFFICES))}", item=action))
    head = Item(
        id=action, kind="action", parent=objective, title=f"Deliver {subject}",
        planned=Planned(finish=due, precision="month", text=f"{due:%B %Y}"), due=due,
        source=Source(source="s1", line=line - 1, quote=f"Deliver {subject}"),
    )  # fmt: skip
    return [head, *made]


def _story_links() -> list[Link]:
    return [
        Link(
            id=f"r{number}", from_=start, to=end, lag=parse_span(lag), origin="register",
            reason=reason, decided=Decision(by="CPMO", at=date(2026, 6, 12)),
            evidence=(
                Evidence(
                    side="to",
                    source=Source(source="s1", line=70 + number, quote=f"Note: {reason}"),
                ),
            ),
        )
        for number, (start, end, lag, reason) in enumerate(STORY_LINKS, 1)
    ]  # fmt: skip


def _links(dice: random.Random, items: list[Item], known: set[str]) -> list[Link]:
    stones = [
        one for one in items
        if one.kind == "milestone" and one.planned.finish and one.id not in STORY
    ]  # fmt: skip
    by_action: dict[str, list[Item]] = {}
    for one in stones:
        by_action.setdefault(one.parent or "", []).append(one)
    links = []
    for steps in by_action.values():
        for before, after in pairwise(steps):
            accepted = dice.random() < 0.35
            links.append(
                Link(
                    from_=before.id, to=after.id, origin="phase" if accepted else "sequence",
                    state="accepted" if accepted else "proposed",
                    confidence=1 if accepted else 0.55,
                    reason="Numbered phases." if accepted else None,
                )
            )  # fmt: skip
    while len(links) < 260:
        before, after = dice.sample(stones, 2)
        first, second = before.planned.finish, after.planned.finish
        assert first is not None
        assert second is not None
        if before.parent != after.parent and timedelta(0) <= second - first < timedelta(days=160):
            proposed = dice.random() < 0.25
            links.append(
                Link(
                    from_=before.id, to=after.id, origin="inferred" if proposed else "register",
                    state="proposed" if proposed else "accepted",
                    confidence=0.7 if proposed else 1.0,
                    reason=f"{after.title} needs what {before.id} leaves behind.",
                )
            )  # fmt: skip
    clash = max(stones, key=lambda one: one.planned.finish or date.min)
    early = min(stones, key=lambda one: one.planned.finish or date.max)
    links.append(
        Link(from_=clash.id, to=early.id, origin="phase", state="proposed", reason="Phases clash.")
    )
    unique = {(link.from_, link.to): link for link in links if {link.from_, link.to} <= known}
    return list(unique.values())


def accepted(plan: Plan) -> tuple[Link, ...]:
    """Return the plan's accepted links."""
    return tuple(link for link in plan.links if link.state == "accepted")


@cache
def build_schedule() -> Schedule:
    """Return the sample plan's schedule."""
    return schedule(build_plan())


@cache
def build_whatif() -> WhatIf:
    """Return what two months on the staff consultation do to the sample plan."""
    return what_if(build_plan(), slip(CHANGED, "2m"))


@cache
def build_still_whatif() -> WhatIf:
    """Return an answer to a slip that moves nothing else: the last of its action, by a day."""
    return what_if(build_plan(), slip("SI1.1.3.7", "1d"))


def slip(item: str, by: str) -> Scenario:
    """Return a scenario of one slip."""
    return Scenario(changes=(Slip(item=item, by=parse_span(by)),))


def moved(key: str, **given: Any) -> MovedItem:
    """Return a moved milestone, late by a month under either rule unless told otherwise."""
    values: dict[str, Any] = {
        "id": key, "kind": "milestone", "title": f"Title of {key}", "owners": ("Head of Works",),
        "owner_ids": ("o1",), "changed": False, "is_parent": False,
        "baseline_start": date(2026, 6, 30), "baseline_finish": date(2026, 6, 30),
        "start": date(2026, 7, 30), "finish": date(2026, 7, 30),
        "finish_if_work": date(2026, 7, 30), "knock_on_days": 30.0,
        "knock_on_if_work_days": 30.0, "due": None, "late_before": False, "newly_late": False,
        "newly_late_if_work": False, "off_plan_days": None, "endangers": None, "path": (key,),
        "first_board": None,
    }  # fmt: skip
    return MovedItem(**(values | given))


def answer_of(plan: Plan, *items: MovedItem, **given: Any) -> WhatIf:
    """Return an answer that moves the given items."""
    values: dict[str, Any] = {
        "plan": plan, "scenario": slip(items[0].id if items else plan.items[0].id, "1m"),
        "links_used": LinksUsed(0, 0), "sentences": ("The answer.",), "items": items,
        "buffers": (), "next_to_move": None, "first_newly_late": None,
        "first_newly_late_if_work": None, "summary": Summary(0, 0, 0, 0, 0), "findings": (),
    }  # fmt: skip
    return WhatIf(**(values | given))
