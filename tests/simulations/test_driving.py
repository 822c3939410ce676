"""Which links drive (DESIGN 5.5), where one predecessor has several or work has begun.

MS Project's task inspector is known to be wrong in four ways (T. Boyle, "Problems with Predecessor
Tasks in Task Inspector and Task Paths", Boyle Project Consulting, 2017): with an actual start it
passes over what holds the finish; of FS and SS drivers it names only the SS one, of FS and FF
drivers only the FS one; and at times it names an FF predecessor that has room. Each stands below
as a small plan of our own, worked out by hand: days are calendar days from 1 June.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.simulations.sketch import OFFICE, activity, link, row, run

if TYPE_CHECKING:
    from simulations.results import Schedule


def drivers(answer: Schedule, one: str) -> list[tuple[str, str]]:
    """Return the driving links into an item as predecessor and type."""
    links = row(answer, one).driving_links
    assert all(link.to == one for link in links)
    assert row(answer, one).driven_by == tuple(dict.fromkeys(link.from_ for link in links))
    return [(link.from_, link.type) for link in links]


@pytest.mark.parametrize(("mode", "finish"), [("plan", 13), ("p6", 12), ("ms-project", 10)])
def test_a_started_activity_is_driven_by_what_holds_its_finish(mode: str, finish: int) -> None:
    """Begun on 1 June, t would end on the 5th or 6th; q holds it longer.

    Q is not begun: it runs ten days from the day after the status date, from that day in p6, from
    1 June in ms-project.
    """
    begun = activity("t", "5d", status="in_progress", actual_start="2026-06-01", remaining="3d")
    before = activity("p", "3d", status="complete", actual_start="2026-05-27",
                      actual_finish="2026-05-29")  # fmt: skip
    answer = run(
        [before, activity("q", "10d"), begun],
        [link("p", "t"), link("q", "t", "FF")],
        status_date="2026-06-03",
        options={"scheduling_mode": mode},
    )
    held = row(answer, "t")
    assert (held.start, held.finish) == (date(2026, 6, 1), date(2026, 6, finish))
    assert drivers(answer, "t") == [("q", "FF")]


def test_fs_and_ss_drivers_side_by_side() -> None:
    """P ends on the 4th; Q starts on the 3rd, and two days later t may: both say the 5th."""
    begins = [{"type": "SNET", "date": "2026-06-03"}]
    answer = run(
        [activity("p", "4d"), activity("q", "9d", constraints=begins), activity("t", "3d")],
        [link("p", "t"), link("q", "t", "SS", "2d")],
    )
    assert row(answer, "t").start == date(2026, 6, 5)
    assert drivers(answer, "t") == [("p", "FS"), ("q", "SS")]


def test_fs_and_ff_drivers_side_by_side() -> None:
    """P ends on the 4th, so t runs from the 5th to the 7th, the day on which Q ends as well."""
    answer = run(
        [activity("p", "4d"), activity("q", "7d"), activity("t", "3d")],
        [link("p", "t"), link("q", "t", "FF")],
    )
    assert row(answer, "t").finish == date(2026, 6, 7)
    assert drivers(answer, "t") == [("p", "FS"), ("q", "FF")]


def test_an_ff_predecessor_with_room_does_not_drive() -> None:
    """Q ends on the 5th, two days before t would have to wait for it."""
    answer = run(
        [activity("p", "4d"), activity("q", "5d"), activity("t", "3d")],
        [link("p", "t"), link("q", "t", "FF")],
    )
    assert drivers(answer, "t") == [("p", "FS")]
    assert row(answer, "q").free_float_days == 2


@pytest.mark.parametrize(
    ("kind", "lag", "start", "expected"),
    [
        # P is worked from the 1st to the 4th: FS says the 5th, SS the 1st plus the lag.
        ("SS", "3d", 5, ["FS"]),
        ("SS", "4d", 5, ["FS", "SS"]),
        ("SS", "5d", 6, ["SS"]),
        # FF says the 4th plus the lag for the finish, three days after the start.
        ("FF", "2d", 5, ["FS"]),
        ("FF", "3d", 5, ["FS", "FF"]),
        ("FF", "4d", 6, ["FF"]),
        # SF says the 1st plus the lag for the finish.
        ("SF", "6d", 5, ["FS"]),
        ("SF", "7d", 5, ["FS", "SF"]),
        ("SF", "8d", 6, ["SF"]),
    ],
)
def test_two_links_between_one_pair(kind: str, lag: str, start: int, expected: list[str]) -> None:
    answer = run(
        [activity("p", "4d"), activity("t", "3d")], [link("p", "t"), link("p", "t", kind, lag)]
    )
    assert row(answer, "t").start == date(2026, 6, start)
    assert drivers(answer, "t") == [("p", one) for one in expected]
    assert row(answer, "p").free_float_days == 0


def test_a_started_predecessor_drives_by_the_start_it_had() -> None:
    """Q started on the 3rd: t may start three days later, whenever Q ends."""
    begun = activity("q", "30d", status="in_progress", actual_start="2026-06-03", percent=10)
    answer = run([begun, activity("t", "2d")], [link("q", "t", "SS", "3d")])
    assert row(answer, "t").start == date(2026, 6, 6)
    assert drivers(answer, "t") == [("q", "SS")]


@pytest.mark.parametrize(
    ("progress", "finish", "expected"),
    [("retained_logic", 13, [("q", "FS")]), ("progress_override", 6, [])],
)
def test_work_begun_out_of_sequence(
    progress: str, finish: int, expected: list[tuple[str, str]]
) -> None:
    """Three days are left: after Q, which ends on the 10th, or from the status date on."""
    begun = activity("t", "5d", status="in_progress", actual_start="2026-06-01", remaining="3d")
    answer = run(
        [activity("q", "10d", status="in_progress", actual_start="2026-06-01", remaining="7d"),
         begun],
        [link("q", "t")],
        status_date="2026-06-03",
        options={"progress": progress},
    )  # fmt: skip
    assert row(answer, "t").finish == date(2026, 6, finish)
    assert drivers(answer, "t") == expected


def test_what_is_complete_is_driven_by_nothing() -> None:
    done = activity("t", "2d", status="complete", actual_start="2026-06-03",
                    actual_finish="2026-06-04")  # fmt: skip
    answer = run([activity("p", "2d"), done], [link("p", "t")])
    assert drivers(answer, "t") == []


def test_ends_with_no_working_time_between_them_both_drive() -> None:
    """P ends on Friday evening, q on Saturday: for t, which starts on Monday, that is one time."""
    wall = activity("q", "6d")  # from Monday to Saturday
    items = [activity("p", "5wd"), wall, activity("t", "1wd")]
    rest: dict[str, Any] = {"calendars": [OFFICE], "calendar": "office"}
    answer = run(items, [link("p", "t"), link("q", "t")], **rest)
    assert row(answer, "t").start == row(answer, "p").start.replace(day=8)  # type: ignore[union-attr]
    assert drivers(answer, "t") == [("p", "FS"), ("q", "FS")]


def test_a_link_into_a_parent_drives_its_leaves() -> None:
    """Where links hold the leaves, the link is told as it stands in the plan: to the parent."""
    items = [
        activity("p", "4d"),
        {"id": "w", "kind": "action", "title": "Stage"},
        activity("w.1", "1d", parent="w"),
        activity("w.2", "2d", parent="w"),
    ]
    answer = run(items, [link("p", "w")], options={"parent_links": "leaves"})
    for one in ("w.1", "w.2"):
        (driving,) = row(answer, one).driving_links
        assert (driving.from_, driving.to, driving.type) == ("p", "w", "FS")
        assert row(answer, one).driven_by == ("p",)
