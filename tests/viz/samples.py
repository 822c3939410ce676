"""A plan of about 380 items in the shape of a council's improvement plan, and records on it.

The dates, links and answers are made by the few lines below, which know nothing of the engine:
finish-to-start links on month ends, floats by one backward sweep.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from functools import cache

from graphmodel.items import Item, Planned, Source, SourceFile
from graphmodel.links import Decision, Evidence, Link
from graphmodel.moments import add_months
from graphmodel.people import Assignment, Officer
from graphmodel.plan import Plan
from graphmodel.problems import Place, Problem
from graphmodel.scenario import Scenario, Slip
from graphmodel.spans import parse_span
from simulations.results import (
    Buffer,
    FloatPath,
    LinksUsed,
    MovedItem,
    PathStep,
    Schedule,
    ScheduledItem,
    Summary,
    Threshold,
    WhatIf,
)

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
    "Strategic Director of Housing", "Assistant Chief Executive", "Director of Economic Development",
    "Director of Commercial and Procurement", "Head of Business Change", "Monitoring Officer",
    "Strategic Director of Human Resources", "Chief Information Officer",
    "Programme Director for Local Government Reorganisation",
)  # fmt: skip

CHANGED = "SI1.1.3.4"
#: The story of the report: what waits for the staff consultation.
STORY = {
    "SI1.1.3.4": ("Consult staff and trade unions on the adult social care operating model", "2026-10-31"),
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
                    source=Source(source="s1", line=70 + number, quote=f"{reason} (planner's note)"),
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
        for before, after in zip(steps, steps[1:], strict=False):
            accepted = dice.random() < 0.35
            links.append(
                Link(
                    from_=before.id, to=after.id, origin="phase" if accepted else "sequence",
                    state="accepted" if accepted else "proposed", confidence=1 if accepted else 0.55,
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
    """Return dates as planned, one forecast two months late, floats by one backward sweep."""
    return schedule_of(build_plan(), slipped={"SI4.1.1.2": date(2027, 2, 28)})


def schedule_of(plan: Plan, slipped: dict[str, date] | None = None) -> Schedule:
    """Return a schedule of planned dates for any plan whose leaves are milestones."""
    finish = {one.id: one.planned.finish for one in plan.items}
    start = {one.id: one.planned.start or one.planned.finish for one in plan.items}
    finish |= slipped or {}
    start |= slipped or {}
    for one in reversed(plan.items):
        inside = [day for part in plan.index.children.get(one.id, ()) if (day := finish[part])]
        begun = [day for part in plan.index.children.get(one.id, ()) if (day := start[part])]
        if inside:
            finish[one.id] = max([*inside, *filter(None, [finish[one.id]])])
            start[one.id] = min(begun)
    end = max(day for day in finish.values() if day)
    room = _rooms(plan, finish, end)
    driven: dict[str, list[str]] = {}
    for link in accepted(plan):
        before, after = finish[link.from_], finish[link.to]
        if before and after and before + timedelta(days=link.lag.minutes // 1440) >= after:
            driven.setdefault(link.to, []).append(link.from_)
    scheduled = tuple(
        ScheduledItem(
            one.id, one.kind, one.title, start[one.id], finish[one.id], None, None,
            room.get(one.id), room.get(one.id), 0,
            room.get(one.id) == 0 and one.status != "complete",
            tuple(driven.get(one.id, ())), ("planned_date",), derived=False,
        )
        for one in plan.items
    )  # fmt: skip
    target = next((one.id for one in reversed(scheduled) if one.finish == end), "")
    path = tuple(dict.fromkeys((*driven.get(target, ()), target)))
    steps = tuple(PathStep(key, "FS" if n else None, None, 0.0) for n, key in enumerate(path))
    return Schedule(
        plan, "spare", LinksUsed(len(accepted(plan)), 0), end, scheduled, path,
        FloatPath(target, steps), None,
        (
            Problem("ongoing-link", "warning", "A link leads to an ongoing milestone and holds "
                    "nothing.", ("SI2.1.1.6",), Place("delivery-plan.pdf", 57)),
        ),
    )  # fmt: skip


def _rooms(plan: Plan, finish: dict[str, date | None], end: date) -> dict[str, float]:
    late = {one.id: one.due or end for one in plan.items}
    for one in plan.items:
        if one.parent is not None:
            late[one.id] = min(late[one.id], late[one.parent])
    for _ in range(12):
        for link in accepted(plan):
            lag = timedelta(days=link.lag.minutes // 1440)
            late[link.from_] = min(late[link.from_], late[link.to] - lag)
    return {key: (late[key] - day).days for key, day in finish.items() if day}


def build_whatif() -> WhatIf:
    """Return what two months on the staff consultation do to the sample plan."""
    return whatif_of(build_plan(), moves=True)


def build_still_whatif() -> WhatIf:
    """Return an answer in which nothing but the changed item moves."""
    return whatif_of(build_plan(), moves=False)


def whatif_of(plan: Plan, *, moves: bool) -> WhatIf:
    """Return a hand-made answer to a slip of the consultation, with or without knock-on."""
    spare = {CHANGED: 61, "SI1.1.3.5": 45 if moves else 0}
    work = {
        CHANGED: 61, "SI1.1.3.5": 61, "SI1.1.3.6": 59, "SI1.1.3.7": 59, "SI1.3.1.4": 61,
        "IP1.2.1.4": 28, "IP5.3.1.3": 59, "SI1.1.3": 28, "SI1.1": 28,
    } if moves else {CHANGED: 61}  # fmt: skip
    paths = {
        CHANGED: (CHANGED,), "SI1.1.3.5": (CHANGED, "SI1.1.3.5"),
        "SI1.1.3.6": (CHANGED, "SI1.1.3.5", "SI1.1.3.6"),
        "SI1.1.3.7": (CHANGED, "SI1.1.3.5", "SI1.1.3.6", "SI1.1.3.7"),
        "SI1.3.1.4": (CHANGED, "SI1.1.3.5", "SI1.3.1.4"),
        "IP1.2.1.4": (CHANGED, "SI1.1.3.5", "SI1.1.3.6", "IP1.2.1.4"),
        "IP5.3.1.3": (CHANGED, "SI1.1.3.5", "IP5.3.1.3"),
        "SI1.1.3": (CHANGED, "SI1.1.3.5", "SI1.1.3.6", "SI1.1.3.7", "SI1.1.3"),
        "SI1.1": (CHANGED, "SI1.1.3.5", "SI1.1.3.6", "SI1.1.3.7", "SI1.1.3", "SI1.1"),
    }  # fmt: skip
    baseline = {one.id: one for one in schedule_of(plan).items}
    items = tuple(
        _moved(plan, baseline[key], spare.get(key, 0), days, paths[key])
        for key, days in work.items()
    )
    name = "SI1.1.3.4 Consult staff and trade unions on the adult social care operating model"
    still = (
        f"If {name} slips 2 months, nothing else moves.",
        "30 of 91 days of room are left before SI1.1.3.5 Agree the structure after the "
        "consultation; it would move from a slip of 92 days on.",
    )
    moving = (
        f"If {name} slips 2 months: 1 item moves by about 6 weeks if the gaps between dates are "
        "spare time; if they are work, 6 items move by up to 2 months and 1 action becomes late.",
        "Delivering the operating model (SI1.1.3) would finish on 28 Aug 2027, 28 days after it "
        "is due.",
    )
    return WhatIf(
        plan, Scenario(name=None, changes=(Slip(item=CHANGED, by=parse_span("2m")),)),
        LinksUsed(len(accepted(plan)), 0), moving if moves else still, items,
        (
            Buffer(CHANGED, "SI1.1.3.5", 16, 0) if moves else Buffer(CHANGED, "SI1.1.3.5", 91, 30),
            *(
                (Buffer("SI1.1.3.5", "SI1.1.3.6", 90, 45), Buffer("SI1.1.3.5", "SI1.3.1.4", 120, 75),
                 Buffer("SI1.1.3.5", "IP5.3.1.3", 59, 14))
                if moves else ()
            ),
        ),
        Threshold("IP5.3.1.3" if moves else "SI1.1.3.5", 76 if moves else 92),
        Threshold("SI1.1.3", 198), Threshold("SI1.1.3", 32),
        Summary(1, 0, 0, 6, 1) if moves else Summary(0, 0, 0, 0, 0),
        (
            Problem("inferred-lag", "info", "The lag of 45 days is the planner's assumption.",
                    ("SI1.1.3.4", "SI1.1.3.5")),
        ),
    )  # fmt: skip


def _moved(
    plan: Plan, before: ScheduledItem, spare: int, work: int, path: tuple[str, ...]
) -> MovedItem:
    item = plan.index.items[before.id]
    owners = plan.index.officers_of(before.id)
    finish = before.finish
    assert finish is not None
    after, latest = finish + timedelta(days=spare), finish + timedelta(days=work)
    return MovedItem(
        item.id, item.kind, item.title, tuple(one.name for one in owners),
        tuple(one.id for one in owners), item.id == CHANGED, item.id in plan.index.children,
        before.start, finish, after, after, latest, spare, work, item.due,
        late_before=item.due is not None and finish > item.due,
        newly_late=item.due is not None and finish <= item.due < after,
        newly_late_if_work=item.due is not None and finish <= item.due < latest,
        off_plan_days=float(work) if item.due is None else None,
        endangers="SI1.1.3" if item.id.startswith("SI1.1.3.") else None, path=path, first_board=None,
    )  # fmt: skip
