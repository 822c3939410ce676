"""A made plan of any size: themes that hold actions that hold chains of milestones."""

from __future__ import annotations

import random
from datetime import date, timedelta
from functools import cache

from graphmodel.items import Item, Planned
from graphmodel.links import Link
from graphmodel.people import Assignment, Officer
from graphmodel.plan import Plan

#: Milestones of an action; each waits for the one before.
STEPS = 12


@cache
def build_large(amount: int, themes: int = 5) -> Plan:
    """Return a plan of ``amount`` items, the same for an amount on every machine."""
    dice = random.Random(1)
    items = [Item(id=f"T{n}", kind="theme", title=f"Programme {n}") for n in range(themes)]
    links: list[Link] = []
    owned: list[Assignment] = []
    number = 0
    while len(items) < amount:
        theme = f"T{number % themes}"
        action = f"{theme}.{number}"
        items.append(Item(id=action, kind="action", title=f"Package {number}", parent=theme))
        owned.append(Assignment(officer=f"o{number % 20}", item=action))
        day = date(2026, 4, 1) + timedelta(days=dice.randrange(2500))
        for step in range(min(STEPS, amount - len(items))):
            day += timedelta(days=dice.randrange(5, 60))
            planned = Planned(finish=day, precision="day")
            title = f"Step {step} of package {number}: agree, build and hand over"
            one = Item(
                id=f"{action}.{step}",
                kind="milestone",
                title=title,
                parent=action,
                planned=planned,
            )
            items.append(one)
            if step:
                links.append(
                    Link(id=one.id, from_=f"{action}.{step - 1}", to=one.id, reason="Phases.")
                )
        number += 1
    return Plan(
        id="large", title="A made plan", as_of=date(2026, 6, 30), items=tuple(items),
        links=tuple(links), assignments=tuple(owned),
        officers=tuple(Officer(id=f"o{n}", title=f"Director {n}") for n in range(20)),
    )  # fmt: skip
