"""Running a batch of slips through the kernel: in Python first, compiled where it gets long."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from simulations.codes import NEVER
from simulations.kernels.batch import BLOCK, Batch, sweep
from simulations.kernels.rooms import find_rooms
from simulations.kernels.shapes import Dates

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from graphmodel.spans import Span
    from simulations.cases import Case
    from simulations.passes import Passes

    #: Hears the number of a case, the positions that it moves, and by how many minutes each: in
    #: lists, or in arrays that are written over after the call.
    Listen = Callable[[int, Sequence[int], Sequence[int]], None]

__all__ = ["Listen", "Tally", "sweep_cases"]

_LOG = logging.getLogger(__name__)

#: Items, links and parts still to be looked at from which compiled kernels pay for loading them:
#: about a second of Python.
LONG: Final = 500_000
#: The same from which they pay for being compiled, which is done once on a machine.
_WORTH_COMPILING: Final = 10_000_000
#: The same between one report and the next, in Python and compiled.
_STRETCH: Final = {False: 20_000, True: 5_000_000}
#: Moves that are listed before they are told, or one for each item of the plan where it has more.
_LISTED: Final = 1_000_000


class Tally(NamedTuple):
    """What one slip does under one rule for gaps; see `Batch` for the fields."""

    moved: int
    parents: int
    late: int
    total: int
    days: int
    first: int


def sweep_cases(
    passes: Passes,
    cases: Sequence[Case],
    by: Span,
    report: Callable[[int], None],
    *,
    is_large: bool | None = None,
    listen: Listen | None = None,
) -> list[Tally]:
    """Return what each case does to the dates of a baseline, which holds nothing as late as can be.

    Parameters
    ----------
    report
        Hears how many cases are done.
    is_large
        Whether the kernels are compiled; unless told, as soon as the rest would take long.
    listen
        Hears of each case, in their order, every position that it moves, slipped ones too.
    """
    engine = passes.compiled.engine
    base = passes.dates
    copy = Dates(*(list(one) for one in base))
    batch = _batch(passes, cases, by, has_lists=listen is not None)
    given: list[Any] = [passes.lengths, base, copy, engine.no_changes(), batch]
    may_switch = is_large is None
    is_large = engine.is_large if is_large is None else is_large
    run, given = engine.ready(sweep, *given, is_large=is_large)
    _find_rooms(passes, given, is_large=is_large)
    done, spent = 0, 0
    while done < len(cases):
        before, done = done, run(*given, done, _STRETCH[is_large])
        if listen is not None:
            _tell(given[-1], before, done, listen)
        spent += _STRETCH[is_large]
        report(done)
        if may_switch and not is_large and _pays(spent * (len(cases) - done) // done):
            is_large = True
            run, given = engine.ready(sweep, *given, is_large=True)
    batch = given[-1]
    answers = (batch.moved, batch.parents, batch.late, batch.total, batch.days, batch.first)
    return [Tally(*map(int, row)) for row in zip(*answers, strict=True)]


def _tell(batch: Batch, first: int, after: int, listen: Listen) -> None:
    """Tell what each of the cases just answered moves."""
    begin = 0
    for case in range(first, after):
        end = int(batch.listed_to[case])
        listen(case, batch.listed[begin:end], batch.listed_by[begin:end])
        begin = end


def _pays(work: int) -> bool:
    """Return whether compiled kernels save more time on so much work than they take to be ready."""
    if work <= LONG:
        return False
    from simulations.jit import is_kept  # noqa: PLC0415 - heavy

    if is_kept(sweep):
        return True
    if work > _WORTH_COMPILING:
        _LOG.warning("Compiling the batch what-if for this machine, once: about a minute.")
    return work > _WORTH_COMPILING


def _find_rooms(passes: Passes, given: list[Any], *, is_large: bool) -> None:
    lengths, base, *_, batch = given
    starts, finishes = [NEVER] * len(base.start), [NEVER] * len(base.start)
    find, ready = passes.compiled.engine.ready(
        find_rooms, lengths, base, starts, finishes, batch, is_large=is_large
    )
    find(*ready)


def _batch(passes: Passes, cases: Sequence[Case], by: Span, *, has_lists: bool) -> Batch:
    """Return the cases as the kernel reads them, with empty answers and marks."""
    compiled, finishes = passes.compiled, passes.dates.finish
    size = len(compiled.ids)
    at = [0]
    members: list[int] = []
    for case in cases:
        members.extend(case.members)
        at.append(len(members))
    room = max(size, min(size * len(cases), _LISTED)) if has_lists else 0
    return Batch(
        span=[by.months, by.minutes],
        cases=at,
        members=members,
        grouped=[int(case.grouped) for case in cases],
        due=[
            due if finish <= due else NEVER
            for due, finish in zip(compiled.net.due, finishes, strict=True)
        ],
        order=compiled.order_in_file,
        room=[NEVER] * size,
        **{
            answer: [0] * len(cases)
            for answer in ("moved", "parents", "late", "total", "days", "first")
        },
        listed=[0] * room,
        listed_by=[0] * room,
        listed_to=[0] * (len(cases) if has_lists else 0),
        stale=[0] * size,
        blocks=[0] * ((size >> BLOCK) + 1),
        touched=[0] * size,
        mine=[0] * size,
    )
