"""What-if: what a scenario knocks on to, computed with gaps as spare and as work (DESIGN 5.4)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graphmodel.moments import finish_instant, start_instant
from simulations.boards import FirstBoards
from simulations.codes import NEVER, PARENT
from simulations.comparison import Comparison
from simulations.narrative import tell
from simulations.passes import Passes, whole
from simulations.proposed import LIKELY, try_proposed
from simulations.results import Buffer, Gaps, MovedItem, Summary, Threshold, WhatIf
from simulations.scenarios import Baseline, Run
from simulations.schedule import compile_with_links, count_links
from simulations.thresholds import LONGEST_DAYS, first_beyond

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graphmodel.items import Item
    from graphmodel.plan import Plan
    from graphmodel.scenario import Scenario
    from graphmodel.selection import LinkUse

__all__ = ["PATHS_TOLD", "answer", "prepare", "what_if"]

#: Items whose path is told, furthest moved first; in a schedule of 100,000 activities all paths
#: together would be hundreds of megabytes.
PATHS_TOLD = 5_000


def what_if(
    plan: Plan | Baseline,
    scenario: Scenario,
    *,
    links: LinkUse = "accepted",
    min_confidence: float = 0.0,
    include_all: bool = False,
    if_proposed: float | None = LIKELY,
) -> WhatIf:
    """Say what a scenario moves, by how much, and along which links.

    Parameters
    ----------
    plan
        The plan; or one made ready by `prepare`, with the links chosen there. It is not changed.
    scenario
        The changes.
    links, min_confidence
        ``accepted``, or ``proposed`` to add proposed ones at or above ``min_confidence``.
    include_all
        List every item with a date, not only those that move.
    if_proposed
        Where the answer rests on accepted links only, say as well how it would change if the
        proposed ones of at least this confidence (0 to 1) were true; None: do not.

    Raises
    ------
    ScenarioError, UnknownIdError
        A change cannot be made.
    CycleError
        Accepted links and the breakdown run in a circle.
    """
    baseline = plan if isinstance(plan, Baseline) else prepare(plan, links, min_confidence)
    result = answer(baseline, scenario, include_all=include_all)
    if baseline.min_confidence is not None or if_proposed is None:
        return result
    found = try_proposed(result, if_proposed)
    return result if found is None else tell(replace(result, if_proposed=found))


def prepare(plan: Plan, links: LinkUse = "accepted", min_confidence: float = 0.0) -> Baseline:
    """Compile and schedule a plan once, for as many what-ifs as are wanted."""
    compiled, skipped = compile_with_links(plan, links, min_confidence)
    return Baseline.of(compiled, skipped, None if links == "accepted" else min_confidence)


def answer(baseline: Baseline, scenario: Scenario, *, include_all: bool = False) -> WhatIf:
    """Answer a scenario on a prepared plan; see `what_if`."""
    run = baseline.run(scenario)
    comparison = _Comparison(run)
    items = tuple(comparison.rows(include_all=include_all))
    thresholds = comparison.thresholds()
    result = WhatIf(
        plan=baseline.plan,
        scenario=scenario,
        links_used=count_links(baseline.compiled),
        sentences=(),
        items=items,
        buffers=tuple(comparison.buffers()),
        next_to_move=thresholds[0],
        first_newly_late=thresholds[1],
        first_newly_late_if_work=thresholds[2],
        summary=_summary(items),
        findings=(*baseline.skipped, *run.compiled.findings),
        min_confidence=baseline.min_confidence,
    )
    return tell(result)


def _summary(items: tuple[MovedItem, ...]) -> Summary:
    others = [item for item in items if not item.changed]
    leaves = [item for item in others if not item.is_parent]
    return Summary(
        moved=sum(bool(item.knock_on_days) for item in leaves),
        moved_parents=sum(bool(item.knock_on_days) for item in others if item.is_parent),
        newly_late=sum(item.newly_late for item in others),
        moved_if_work=sum(bool(item.knock_on_if_work_days) for item in leaves),
        newly_late_if_work=sum(item.newly_late_if_work for item in others),
    )


class _Comparison(Comparison):
    """A run beside its baseline, told item by item."""

    def __init__(self, run: Run) -> None:
        super().__init__(run)
        self._driven: dict[tuple[str, Gaps], list[str]] = {}
        self.owned = run.edited.build().index
        self.boards = FirstBoards.of(run.compiled)

    def rows(self, *, include_all: bool) -> Iterator[MovedItem]:
        """Yield the changed items, then what moves, furthest first."""
        rows: list[tuple[bool, int, int, int, Item]] = []
        old = self.old["spare"]
        for item in self.plan.items:
            if old.instant(old.compiled.at[item.id]) == NEVER:
                continue
            spare, work = self.moved(item.id, "spare"), self.moved(item.id, "work")
            changed = item.id in self.changed
            if spare or work or changed or include_all:
                rows.append((not changed, -abs(spare), -abs(work), len(rows), item))
        rows.sort(key=lambda row: row[:4])
        for number, row in enumerate(rows):
            yield self._row(row[4], with_path=number < PATHS_TOLD)

    def _row(self, item: Item, *, with_path: bool) -> MovedItem:
        old, new = self.old["spare"], self.new["spare"]
        before, after = old.compiled.at[item.id], self.run.compiled.at[item.id]
        spare, work = self.moved(item.id, "spare"), self.moved(item.id, "work")
        owners = self.owned.officers_of(item.id)
        heard = self.boards.of_item(item.id) if spare or work else None
        late = {
            gaps: (self.is_late(item, self.old[gaps]), self.is_late(item, self.new[gaps]))
            for gaps in self.old
        }
        return MovedItem(
            id=item.id,
            kind=item.kind,
            title=item.title,
            owners=tuple(owner.name for owner in owners),
            owner_ids=tuple(owner.id for owner in owners),
            changed=item.id in self.changed,
            is_parent=new.compiled.net.how[after] == PARENT,
            baseline_start=old.start(before),
            baseline_finish=old.finish(before),
            start=new.start(after),
            finish=new.finish(after),
            finish_if_work=self.new["work"].finish(after),
            knock_on_days=whole(spare),
            knock_on_if_work_days=whole(work),
            due=item.due,
            late_before=late["spare"][0],
            newly_late=late["spare"] == (False, True),
            newly_late_if_work=late["work"] == (False, True),
            off_plan_days=_off_plan(item, new.dates.finish[after]),
            endangers=self._endangered(item),
            path=(
                self._path(item.id, "spare" if spare or not work else "work") if with_path else ()
            ),
            first_board=None if heard is None else heard.board.name,
            first_board_id=None if heard is None else heard.board.id,
            first_board_meeting=None if heard is None else heard.meeting,
        )

    def _endangered(self, item: Item) -> str | None:
        """Return the nearest ancestor with a due date that can still be missed."""
        if item.due is not None:
            return None
        items = self.plan.index.items
        for above in self.plan.index.ancestors(item.id):
            if items[above].due is not None and items[above].status != "complete":
                return above
        return None

    def _path(self, one: str, gaps: Gaps) -> tuple[str, ...]:
        """Follow, back from an item, the driving link whose predecessor moved most."""
        path, seen = [one], {one}
        while path[-1] not in self.changed:
            found = next((id_ for id_ in self._movers(path[-1], gaps) if id_ not in seen), None)
            if found is None:
                break
            path.append(found)
            seen.add(found)
        return tuple(reversed(path))

    def _movers(self, one: str, gaps: Gaps) -> list[str]:
        """Return what drives an item now, or drove it before it came forward: moved most first."""
        known = self._driven.get((one, gaps))
        if known is None:
            position = self.plan.index.position
            known = sorted(
                self._moved_drivers(one, gaps),
                key=lambda id_: (-abs(self.moved(id_, gaps)), position[id_]),
            )
            self._driven[one, gaps] = known
        return known

    def _moved_drivers(self, one: str, gaps: Gaps) -> list[str]:
        for passes in (self.new[gaps], self.old[gaps]):
            steps = passes.driving_steps(passes.compiled.at[one])
            ids = {passes.compiled.ids[position] for position, _ in steps}
            moved = [id_ for id_ in ids if self.moved(id_, gaps)]
            if moved:
                return moved
        return self._tightest(one, gaps)

    def _tightest(self, one: str, gaps: Gaps) -> list[str]:
        """Return what an item waits for with the least room, of what moved.

        A meeting or a blackout may hold it now: then no link drives it, and yet one moved it.
        """
        passes = self.new[gaps]
        compiled = passes.compiled
        position = compiled.at[one]
        rooms: dict[str, float] = {}
        for edge in compiled.into(position):
            source = compiled.ids[compiled.net.source[edge]]
            room = passes.link_days(edge)
            if room is not None and self.moved(source, gaps):
                rooms[source] = min(room, rooms.get(source, room))
        if rooms:
            least = min(rooms.values())
            return [source for source, room in rooms.items() if room == least]
        parts = [compiled.ids[part] for part in compiled.parts(position)]
        return [part for part in parts if self.moved(part, gaps)]

    def buffers(self) -> Iterator[Buffer]:
        """Yield the room on every link out of a moved item, before and after, spare gaps.

        In the order of the plan's links.
        """
        moved = [one for one in self.run.compiled.ids if self.moved(one, "spare")]
        before, _ = _rooms(self.old["spare"], moved)
        after, order = _rooms(self.new["spare"], moved)
        for key in sorted(after.keys() & before.keys(), key=order.__getitem__):
            yield Buffer(key[0], key[1], before[key], after[key])

    def thresholds(self) -> tuple[Threshold | None, Threshold | None, Threshold | None]:
        """Return the next to move and the first newly late, the latter under both rules."""
        if self.run.slip is None:
            return None, None, None
        compiled = self.run.compiled
        others = [p for p, one in enumerate(compiled.ids) if one not in self.changed]
        far: dict[Gaps, Passes] = {gaps: self.run.after(gaps, LONGEST_DAYS) for gaps in self.old}
        slipped = [self.moved(one, "spare") for one in self.changed]
        days = max(slipped, default=0) // 1440
        new = self.new["spare"]
        still = {
            p: new.instant(p)
            for p in others
            if not self.moved(compiled.ids[p], "spare") and new.instant(p) != NEVER
        }
        following = first_beyond(self.run, "spare", still, days, far["spare"], Passes.instant)
        return (
            following,
            first_beyond(self.run, "spare", self._dues(others, "spare"), 0, far["spare"], _finish),
            first_beyond(self.run, "work", self._dues(others, "work"), 0, far["work"], _finish),
        )

    def _dues(self, positions: list[int], gaps: Gaps) -> dict[int, int]:
        """Return due instants of what is not late in the baseline, by position in the run."""
        dues: dict[int, int] = {}
        for position in positions:
            item = self.plan.index.items[self.run.compiled.ids[position]]
            if item.due is not None and not self.is_late(item, self.old[gaps]):
                dues[position] = finish_instant(item.due)
        return dues


def _finish(passes: Passes, position: int) -> int:
    """Return the finish instant; what has none cannot be late."""
    return passes.dates.finish[position]


def _off_plan(item: Item, finish: int) -> float | None:
    if item.planned.finish is None or finish == NEVER:
        return None
    planned = finish_instant(item.planned.finish)
    if item.type == "start_milestone":
        planned = start_instant(item.planned.finish)
    return whole(finish - planned)


_LinkKey = tuple[str, str, str]


def _rooms(
    passes: Passes, moved: Iterable[str]
) -> tuple[dict[_LinkKey, float], dict[_LinkKey, int]]:
    """Return the room on links out of items, and each link's place in the plan.

    A link that binds several leaves has the least of theirs.
    """
    rooms: dict[_LinkKey, float] = {}
    order: dict[_LinkKey, int] = {}
    compiled = passes.compiled
    for one in moved:
        for edge in compiled.leaving(compiled.at[one]):
            room = passes.slip_room(edge)
            if room is not None:
                link = compiled.links[compiled.link[edge]]
                key = (link.from_, link.to, link.type)
                rooms[key] = min(room, rooms.get(key, room))
                order.setdefault(key, compiled.link[edge])
    return rooms, order
