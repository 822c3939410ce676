from __future__ import annotations

from datetime import date

from loaders.defects import find_period_start
from tests.loaders.small_paper import LINES, read_lines, with_line


def codes(lines: list[str], line: int) -> set[str]:
    _, problems = read_lines(lines)
    return {one.code for one in problems if one.source and one.source.line == line}


def test_the_period_begins_in_april_where_targets_end_in_march() -> None:
    assert find_period_start(None, ["Mar 2028"]) is None
    assert find_period_start((2026, 2028), ["Mar 2028", ""]) == date(2026, 4, 1)
    assert find_period_start((2026, 2028), ["Dec 2028"]) == date(2026, 1, 1)
    assert find_period_start((2026, 2026), []) == date(2026, 1, 1)


def test_milestones_after_the_due_date_of_their_action() -> None:
    assert "milestone-after-due" in codes(LINES, 21)
    on_time = LINES[20].replace("November 2026", "December 2026")
    assert "milestone-after-due" not in codes(with_line(21, on_time), 21)


def test_dates_before_the_period() -> None:
    assert "before-plan-period" in codes(LINES, 21)
    for other in ("Apr 2026", "Complete, Mar 2026"):
        line = LINES[20].replace("(Mar 2026)", f"({other})")
        assert "before-plan-period" not in codes(with_line(21, line), 21)


def test_missing_parts() -> None:
    assert "action-without-milestones" in codes(LINES, 22)
    assert "action-without-milestones" not in codes(LINES, 20)
    assert "role-missing" in codes(LINES, 55)
    assert "role-missing" not in codes(LINES, 22)
    assert codes([*LINES, "", "Objective\tHP1.2 Rest"], 57) == {"objective-without-actions"}


def test_a_role_is_inherited() -> None:
    owned = with_line(46, "Responsible Officer\tHead of Coins")
    assert "role-missing" not in codes(owned, 55)
