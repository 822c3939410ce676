"""Paper quality, what the plan is made of: empty actions, ids given twice, titles, figures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from queries.checks.figures import find_figures
from queries.checks.rule import Check, Fault, NotApplicable, Tally

if TYPE_CHECKING:
    from graphmodel.items import Item, Kind
    from queries.checks.context import Context
    from queries.checks.figures import Figure
    from queries.checks.rule import Answer

__all__ = ["STRUCTURE"]

_AGAIN = re.compile(r"(.+)~\d+")
_GROUPS: Final[frozenset[Kind]] = frozenset({"theme", "objective"})
_SAID_IN: Final[frozenset[Kind]] = frozenset({"action", "milestone"})


def _bare_actions(context: Context) -> Answer:
    if not any(item.kind == "milestone" for item in context.plan.items):
        return NotApplicable("the plan lists no milestones at all")
    return _without_parts(
        context,
        [item for item in context.live if item.kind == "action" and item.status != "complete"],
        "no milestones",
    )


def _bare_groups(context: Context) -> Answer:
    groups = [item for item in context.live if item.kind in _GROUPS]
    return _without_parts(context, groups, "no actions")


def _without_parts(context: Context, items: list[Item], what: str) -> Tally:
    return Tally(
        len(items),
        tuple(
            Fault(f"{item.name} has {what}.", (item.id,), context.place(item.source))
            for item in items
            if context.index.is_leaf(item.id)
        ),
    )


def _ids_twice(context: Context) -> Answer:
    faults = []
    for item in context.plan.items:
        match = _AGAIN.fullmatch(item.id)
        if match is not None and match[1] in context.index.items:
            first = context.index.items[match[1]]
            message = f"{item.name} has the same id as {first.name}."
            faults.append(Fault(message, (item.id, first.id), context.place(item.source)))
    return Tally(len(context.plan.items), tuple(faults))


def _untitled(context: Context) -> Answer:
    faults = tuple(
        Fault(f"{item.id} has no title.", (item.id,), context.place(item.source))
        for item in context.plan.items
        if not any(map(str.isalnum, item.title))
    )
    return Tally(len(context.plan.items), faults)


def _odd_figures(context: Context) -> Answer:
    faults: list[Fault] = []
    things = 0
    for items in _by_action(context).values():
        said: dict[tuple[str, str], list[tuple[Item, Figure]]] = {}
        for item in items:
            for figure in find_figures(item.title):
                said.setdefault((figure.thing, figure.unit), []).append((item, figure))
        things += len(said)
        for (thing, _), figures in said.items():
            if len({figure.value for _, figure in figures}) > 1:
                faults.append(_contradiction(context, thing, figures))
    return Tally(things, tuple(faults))


def _contradiction(context: Context, thing: str, said: list[tuple[Item, Figure]]) -> Fault:
    words = "; ".join(f'{item.id} says "{figure.words}"' for item, figure in said)
    ids = tuple(dict.fromkeys(item.id for item, _ in said))
    return Fault(f"One {thing}, two figures: {words}.", ids, context.place(said[0][0].source))


def _by_action(context: Context) -> dict[str, list[Item]]:
    """Return the actions and milestones, each under the outermost action it is part of."""
    groups: dict[str, list[Item]] = {}
    for item in context.live:
        if item.kind in _SAID_IN:
            line = (item.id, *context.index.ancestors(item.id))
            actions = [one for one in line if context.index.items[one].kind == "action"]
            if actions:
                groups.setdefault(actions[-1], []).append(item)
    return groups


STRUCTURE: Final = (
    Check(
        code="action-without-milestones",
        family="paper",
        name="Action without milestones",
        severity="warning",
        definition="An open action with nothing below it, in a plan that has milestones.",
        denominator="open actions",
        advice="Add at least one dated milestone by which its progress can be seen.",
        find=_bare_actions,
    ),
    Check(
        code="objective-without-actions",
        family="paper",
        name="Theme or objective without actions",
        severity="warning",
        definition="A theme or objective with nothing below it.",
        denominator="themes and objectives",
        advice="Add the actions that bring it about, or take it out.",
        find=_bare_groups,
    ),
    Check(
        code="duplicate-id",
        family="paper",
        name="Id given twice",
        severity="error",
        definition=(
            'Two items of one id in the paper; the second is kept under the id with "~2" at its '
            "end, and so on."
        ),
        denominator="items",
        advice="Number one of them anew, so that everybody means the same item by an id.",
        find=_ids_twice,
    ),
    Check(
        code="title-missing",
        family="paper",
        name="No title",
        severity="error",
        definition="An item whose title has no letter and no figure in it.",
        denominator="items",
        advice="Say in a few words what it is.",
        find=_untitled,
    ),
    Check(
        code="figures-differ",
        family="paper",
        name="Figures that contradict each other",
        severity="warning",
        definition=(
            "Titles of one action and its milestones that give the same thing, in the same words, "
            'different lengths or sizes: "an 18-month pilot scheme" and "a 24-month pilot scheme", '
            '"a review of 6 weeks" and "a 12-week review". Years count as 12 months and weeks as '
            "7 days."
        ),
        denominator="things that are given a length or size within an action",
        advice="Find out which figure holds, and correct the other.",
        find=_odd_figures,
    ),
)
