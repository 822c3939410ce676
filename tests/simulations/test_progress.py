"""Work out of sequence: begun or ended before a link allowed it (DESIGN 5.3.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.simulations.sketch import activity, found, link, milestone, run

if TYPE_CHECKING:
    from simulations.results import Schedule


def told(answer: Schedule) -> list[tuple[tuple[str, ...], str]]:
    return [(one.items, one.message) for one in found(answer, "out-of-sequence")]


def begun(one: str, start: str, **rest: Any) -> dict[str, Any]:
    return activity(
        one, "5d", **{"status": "in_progress", "actual_start": start, "remaining": "2d", **rest}
    )


def done(one: str, start: str, finish: str) -> dict[str, Any]:
    return activity(one, "5d", status="complete", actual_start=start, actual_finish=finish)


WAITS = "b Work has {} although a Work, which the link a → b ({}) makes it wait for, has not {}."


@pytest.mark.parametrize("progress", ["retained_logic", "progress_override"])
@pytest.mark.parametrize("status", ["2026-06-03", None])
def test_begun_before_its_predecessor_is_done(progress: str, status: str | None) -> None:
    answer = run(
        [begun("a", "2026-06-01"), begun("b", "2026-06-02")],
        [link("a", "b")],
        status_date=status,
        options={"progress": progress},
    )
    assert told(answer) == [(("a", "b"), WAITS.format("started", "FS", "finished"))]


#: What a and b may be.
PLAIN = activity("a", "5d")
BEGUN_A, LATER_A = begun("a", "2026-06-02"), begun("a", "2026-06-05")
DONE_A = done("a", "2026-06-01", "2026-06-04")
BEGUN_B = begun("b", "2026-06-01")
DONE_B = done("b", "2026-06-01", "2026-06-03")
FIRST = "b Work {} before {}, when the link a → b ({}) first allows it."


@pytest.mark.parametrize(
    ("before", "after", "kind", "lag", "words"),
    [
        # FS: a was done on the 4th, so b could start on the 5th.
        (DONE_A, begun("b", "2026-06-04"), "FS", "0d", ("started", "2026-06-05", "FS")),
        (DONE_A, begun("b", "2026-06-05"), "FS", "0d", None),
        (DONE_A, begun("b", "2026-06-05"), "FS", "1d", ("started", "2026-06-06", "FS + 1 day")),
        # SS: a started on the 2nd.
        (BEGUN_A, BEGUN_B, "SS", "0d", ("started", "2026-06-02", "SS")),
        (BEGUN_A, begun("b", "2026-06-02"), "SS", "0d", None),
        # FF: what has not finished may still wait.
        (BEGUN_A, BEGUN_B, "FF", "0d", None),
        (DONE_A, DONE_B, "FF", "0d", ("finished", "2026-06-04", "FF")),
        # SF: a's start is the only thing that is waited for.
        (BEGUN_A, DONE_B, "SF", "0d", None),
        (LATER_A, DONE_B, "SF", "0d", ("finished", "2026-06-04", "SF")),
    ],
)
def test_a_link_whose_two_ends_are_facts(
    before: dict[str, Any],
    after: dict[str, Any],
    kind: str,
    lag: str,
    words: tuple[str, str, str] | None,
) -> None:
    answer = run([before, after], [link("a", "b", kind, lag)])
    expected = [] if words is None else [(("a", "b"), FIRST.format(*words))]
    assert told(answer) == expected


@pytest.mark.parametrize(
    ("before", "after", "kind", "words"),
    [
        (BEGUN_A, BEGUN_B, "FS", ("started", "FS", "finished")),
        (PLAIN, BEGUN_B, "SS", ("started", "SS", "started")),
        (BEGUN_A, DONE_B, "FF", ("finished", "FF", "finished")),
        (PLAIN, DONE_B, "SF", ("finished", "SF", "started")),
    ],
)
def test_a_link_from_what_has_not_happened(
    before: dict[str, Any], after: dict[str, Any], kind: str, words: tuple[str, str, str]
) -> None:
    answer = run([before, after], [link("a", "b", kind)])
    assert told(answer) == [(("a", "b"), WAITS.format(*words))]


def test_what_has_not_begun_is_in_sequence() -> None:
    answer = run([done("a", "2026-06-01", "2026-06-04"), activity("c", "2d")], [link("a", "c")])
    assert told(answer) == []


def test_a_milestone_done_on_the_day_its_predecessor_was_is_in_sequence() -> None:
    met = milestone("m", "2026-06-04", status="complete", actual_finish="2026-06-04")
    items = [done("a", "2026-06-01", "2026-06-04"), met]
    assert told(run(items, [link("a", "m")])) == []


def test_what_takes_no_part_is_no_fact_to_wait_for() -> None:
    items = [milestone("a", status="cancelled"), begun("b", "2026-06-01")]
    assert told(run(items, [link("a", "b")])) == []


def test_of_complete_work_with_no_start_stated_the_finish_counts() -> None:
    """Planned for 1 to 9 June and complete: nobody says that it started on the 1st."""
    planned = {"start": "2026-06-01", "finish": "2026-06-09"}
    after = milestone("b", status="complete", planned=planned)
    items = [done("a", "2026-06-01", "2026-06-04"), after]
    assert told(run(items, [link("a", "b")])) == []
    items = [done("a", "2026-06-01", "2026-06-10"), after]
    assert [ends for ends, _ in told(run(items, [link("a", "b")]))] == [("a", "b")]


def test_an_open_ended_item_that_has_begun() -> None:
    planned = {"start": "2026-06-01", "precision": "from"}
    items = [activity("a", "5d"), milestone("o", planned=planned)]
    assert told(run(items, [link("a", "o")])) == []
    items[1] = {**items[1], "status": "in_progress", "actual_start": "2026-06-01"}
    assert [ends for ends, _ in told(run(items, [link("a", "o")]))] == [("a", "o")]
