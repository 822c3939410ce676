"""A plan made ready for what-ifs elsewhere: its compiled form as plain JSON values.

A page that was sent to somebody has no Python. What it needs to answer a what-if by itself are the
integers the passes run on (`simulations.kernels.shapes.Net`), in the same order, and what the plan
says of groups, due dates and boards. `viz/static/js` holds the kernels once more in JavaScript.

Columns are told the shortest way there is: one value where all are the same; ``{"days": …}`` where
all are whole days; ``{"like": …, "but": …}`` where few differ from one value, or from a column told
before; null for no instant.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from json import dumps, loads
from typing import TYPE_CHECKING, Any, Final

from graphmodel.errors import ScenarioError
from graphmodel.moments import DAY, finish_instant, start_instant, write_moment
from graphmodel.scenario import SlipGroup
from graphmodel.spans import parse_span
from graphmodel.words import count
from graphmodel.worktime import WEEK
from queries.portable_sets import tell_inputs, tell_settable
from simulations.boards import FirstBoards
from simulations.changes import group_leaves
from simulations.codes import NEVER
from simulations.edited import is_over
from simulations.schedule import count_links

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from graphmodel.items import Item
    from graphmodel.plan import Plan
    from graphmodel.worktime import WorkTable
    from simulations.compiled import Compiled
    from simulations.scenarios import Baseline

__all__ = ["LARGEST", "Portable", "make_portable"]

#: Items up to which a plan is made portable: beyond, the file would be too large to send.
LARGEST: Final = 5_000

#: The columns of the net by item, by edge and by project that the forward pass reads.
_BY_ITEM: Final = (
    "how", "cal", "own_finish", "own_start", "length", "months", "rest", "rest_months", "rest_cal",
    "flags", "due", "project",
)  # fmt: skip
_BY_EDGE: Final = ("source", "target", "code", "lag", "lag_months", "lag_cal", "shift")
_BY_PROJECT: Final = ("plan_start", "floor_finish", "floor_start")
#: The columns that no date rests on, but the words of an answer.
_TOLD: Final = ("due", "above", "over", "planned", "settable", "begins")
#: A prime below which a sum of remainders times 31 stays exact everywhere.
_MODULUS: Final = 2_147_483_647
_REMAINDER: Final = 1_000_003


@dataclass(frozen=True, slots=True)
class Portable:
    """A plan ready to be computed elsewhere, or why it cannot be.

    Attributes
    ----------
    plan
        The plan.
    missing
        Sentences, each a reason why no what-if is possible elsewhere; empty where it is.
    data
        Plain JSON values for `viz/static/js/engine.js`; None where ``missing`` says why not.
    """

    plan: Plan
    missing: tuple[str, ...]
    data: dict[str, Any] | None


def make_portable(baseline: Baseline) -> Portable:
    """Return a plan's compiled form as plain values (DESIGN 5.3 and 5.4).

    Everything the forward pass knows is there, but for work that is to be as late as possible:
    that needs the backward pass.

    Parameters
    ----------
    baseline
        The plan with the links chosen, made ready by `simulations.whatif.prepare`.
    """
    missing = tuple(_missing(baseline.compiled))
    if missing:
        return Portable(baseline.plan, missing, None)
    return Portable(baseline.plan, (), _pack(baseline))


def _missing(compiled: Compiled) -> Iterator[str]:
    """Yield what this plan uses and the port has not."""
    amount = len(compiled.ids)
    if amount > LARGEST:
        yield f"It has {amount:,} items, and a page works this out for up to {LARGEST:,}."
    if compiled.has_alap:
        late = [
            item.name
            for item in compiled.plan.items
            if any(one.type == "ALAP" for one in item.constraints)
        ]
        verb = "is" if len(late) == 1 else "are"
        yield (
            f"{count(len(late), 'item')} {verb} to be as late as possible "
            f"(such as {late[0]}): that is worked out back from the end of the plan."
        )


def _pack(baseline: Baseline) -> dict[str, Any]:
    compiled = baseline.compiled
    net, plan = compiled.net, baseline.plan
    items = [plan.index.items[one] for one in compiled.ids]
    links = count_links(compiled)
    columns = {name: getattr(net, name) for name in _BY_ITEM} | {
        "parent": net.parent,
        "above": [compiled.at.get(one.parent or "", -1) for one in items],
        "over": [int(is_over(one)) for one in items],
        "work": compiled.work,
        "planned": [_planned(one) for one in items],
        **tell_settable(compiled, items),
    }
    return {
        "plan": plan.id,
        "accepted": links.accepted,
        "proposed": links.proposed,
        "ids": compiled.ids,
        "file": list(compiled.order_in_file),
        "links": len(net.source),
        "items": _columns(columns),
        "edges": _columns({name: getattr(net, name) for name in _BY_EDGE}),
        "starts": len(net.plan_start),
        "projects": _columns({name: getattr(net, name) for name in _BY_PROJECT}),
        "extras": _extras(compiled),
        "meetings": _meetings(compiled),
        "calendars": [_calendar(table) for table in compiled.times.tables],
        "hours": [int(table.has_hours) for table in compiled.times.tables],
        "inputs": tell_inputs(compiled),
        "officers": _groups(compiled, "officer", plan.officers),
        "boards": _groups(compiled, "board", plan.boards),
        **_heard(compiled),
        "endangers": _endangered(compiled, items),
        "checks": _checks(baseline, columns),
    }


def _planned(item: Item) -> int:
    """Return the instant a finish is held against where there is no due date."""
    if item.planned.finish is None:
        return NEVER
    if item.type == "start_milestone":
        return start_instant(item.planned.finish)
    return finish_instant(item.planned.finish)


def _value(instant: int) -> int | None:
    return None if instant == NEVER else instant


def _column(values: Sequence[int], like: Mapping[str, Sequence[int]] | None = None) -> Any:
    """Return a column the shortest way there is; ``like``: columns that are told already."""
    plain = [_value(one) for one in values]
    if plain and len(set(plain)) == 1:
        return plain[0]
    ways: list[Any] = [plain]
    known = [one for one in plain if one is not None]
    if any(known) and not any(one % DAY for one in known):
        ways.append({"days": [None if one is None else one // DAY for one in plain]})
    if plain:
        most = max(set(plain), key=plain.count)
        ways.append({"like": most, "but": _exceptions(plain, [most] * len(plain))})
    for name, column in (like or {}).items():
        told = [_value(one) for one in column]
        ways.append({"like": name, "but": _exceptions(plain, told)})
    return min(ways, key=lambda way: len(dumps(way)))


def _exceptions(values: Sequence[int | None], told: Sequence[int | None]) -> dict[int, int | None]:
    pairs = enumerate(zip(values, told, strict=True))
    return {place: value for place, (value, one) in pairs if value != one}


def _columns(columns: Mapping[str, Sequence[int]]) -> dict[str, Any]:
    """Return columns in order, each told as what differs from one before where that is shorter."""
    told: dict[str, Sequence[int]] = {}
    packed = {}
    for name, values in columns.items():
        packed[name] = _column(values, told)
        told[name] = values
    return packed


def _meetings(compiled: Compiled) -> Any:
    """Return all meetings, each as minutes since the one before; whose they are, gates say."""
    steps = [after - before for before, after in pairwise([0, *compiled.net.meetings])]
    return {"amount": len(steps), "steps": _column(steps)}


def _extras(compiled: Compiled) -> dict[int, dict[str, Any]]:
    """Return what only a few items have, by position; what is not told is not there."""
    rows = {}
    for position, row in enumerate(compiled.net.extra):
        if row >= 0:
            told = _extra(compiled, row)
            rows[position] = {name: value for name, value in told.items() if value or value == 0}
    return rows


def _extra(compiled: Compiled, row: int) -> dict[str, Any]:
    net = compiled.net
    return {
        "snet": _value(net.x_snet[row]),
        "fnet": _value(net.x_fnet[row]),
        "pinStart": _value(net.x_pin_start[row]),
        "pinFinish": _value(net.x_pin_finish[row]),
        "delay": net.x_delay[row],
        "delayCal": net.x_delay_cal[row],
        "shift": net.x_shift[row],
        "blackouts": [
            [net.b_start[one], net.b_end[one]] for one in _rows(net.x_black, row)
        ],
        "splits": [
            {"work": net.s_work[one], "gap": net.s_gap[one], "gapCal": net.s_gap_cal[one]}
            for one in _rows(net.x_split, row)
        ],
        "gates": [
            {
                "own": _value(net.g_own[one]),
                "from": net.g_from[one],
                "to": net.g_to[one],
                "lead": net.g_lead[one],
                "leadMonths": net.g_lead_months[one],
                "leadCal": net.g_lead_cal[one],
            }
            for one in _rows(net.x_gate, row)
        ],
    }  # fmt: skip


def _rows(begins: Sequence[int], row: int) -> range:
    return range(begins[row], begins[row + 1])


def _calendar(table: WorkTable) -> dict[str, Any]:
    """Return a calendar as its ordinary week and the weeks that differ from it."""
    weeks = (table.high - table.low) // WEEK
    found: list[list[list[int]]] = [[] for _ in range(weeks)]
    for begin, finish in zip(table.begin, table.finish, strict=True):
        at = begin
        while at < finish:  # a stretch that runs over the end of a week is two
            week = (at - table.low) // WEEK
            first = table.low + week * WEEK
            end = min(finish, first + WEEK)
            found[week].append([at - first, end - first])
            at = end
    kinds: dict[str, int] = {}
    numbers = [kinds.setdefault(dumps(rows), len(kinds)) for rows in found]
    odd = {week: kind for week, kind in enumerate(numbers) if kind}
    # The first week is an ordinary one: kind 0.
    return {"low": table.low, "weeks": weeks, "kinds": [loads(one) for one in kinds], "odd": odd}


def _groups(compiled: Compiled, kind: str, known: Iterable[Any]) -> list[list[Any]]:
    """Return officers or boards that have something unfinished: id, name, and what that is."""
    groups = []
    for one in known:
        change = SlipGroup.model_validate({"by": parse_span("1d"), kind: one.id})
        try:
            leaves = group_leaves(compiled.plan, change)
        except ScenarioError:  # nothing unfinished: nothing to offer
            continue
        groups.append([one.id, one.name, sorted(compiled.at[leaf] for leaf in leaves)])
    return groups


def _heard(compiled: Compiled) -> dict[str, Any]:
    """Return the meetings at which boards first hear of things, and of each item the first one."""
    boards = FirstBoards.of(compiled)
    known: dict[tuple[str, str], int] = {}
    first = []
    for one in compiled.ids:
        heard = boards.of_item(one)
        if heard is None:
            first.append(-1)
        else:
            key = heard.board.name, write_moment(heard.meeting)
            first.append(known.setdefault(key, len(known)))
    instants = {}
    for one, place in zip(compiled.ids, first, strict=True):
        if place >= 0 and place not in instants:
            heard = boards.of_item(one)
            instants[place] = 0 if heard is None else finish_instant(heard.meeting)
    told = [[name, day, instants[place]] for (name, day), place in known.items()]
    return {"heard": told, "first": _column(first)}


def _endangered(compiled: Compiled, items: Sequence[Item]) -> Any:
    """Return for what has no due date the nearest ancestor whose due date can still be missed."""
    index = compiled.plan.index
    found = []
    for item in items:
        above = (index.items[one] for one in index.ancestors(item.id))
        dated = (one for one in above if one.due is not None and one.status != "complete")
        nearest = next(dated, None) if item.due is None else None
        found.append(-1 if nearest is None else compiled.at[nearest.id])
    return _column(found)


def _checks(baseline: Baseline, columns: Mapping[str, Sequence[int]]) -> list[int]:
    """Return sums over every date under both rules, and over what the answer is told from.

    Whoever unpacks and computes all of it anew must arrive at them, or had better say nothing.
    """
    dates = [baseline.passes[gaps].dates for gaps in ("spare", "work")]
    told = [columns[name] for name in _TOLD]
    return [*(_checksum((one.start, one.finish, one.shown)) for one in dates), _checksum(told)]


def _checksum(columns: Iterable[Sequence[int]]) -> int:
    total = 0
    for column in columns:
        for value in column:
            rest = 7 if value == NEVER else value % _REMAINDER
            total = (total * 31 + rest) % _MODULUS
    return total
