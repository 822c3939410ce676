"""Packing and stacking: laws that hold for any boxes."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from viz.layout import LANE_HEAD, ROW, Box, Group, Lane, Layout, lay_out, pack_rows, stack

if TYPE_CHECKING:
    from collections.abc import Sequence

GAP = 5.0


@st.composite
def boxes(draw: st.DrawFn, prefix: str = "b", most: int = 30) -> list[Box]:
    """Boxes with whole edges, so that sums are exact, and links among them."""
    keys = [f"{prefix}{n}" for n in range(draw(st.integers(0, most)))]
    made = []
    for key in keys:
        left = float(draw(st.integers(0, 60)))
        near = draw(st.lists(st.sampled_from(keys), max_size=3))
        made.append(Box(key, left, left + draw(st.integers(1, 25)), tuple(near)))
    return made


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    lanes = []
    for lane in range(draw(st.integers(1, 3))):
        heads = draw(boxes(f"l{lane}g", 8))
        groups = tuple(Group(head, tuple(draw(boxes(f"{head.key}p", 6)))) for head in heads)
        lanes.append(Lane(f"lane{lane}", groups))
    return lay_out(lanes, gap=GAP)


def deepest(found: Sequence[Box], gap: float) -> int:
    """The largest number of boxes over one place, by counting at every left edge."""
    return max(
        (sum(b.left <= a.left < b.right + gap for b in found) for a in found),
        default=0,
    )


@given(boxes())
def test_boxes_in_one_row_keep_their_distance(found: list[Box]) -> None:
    rows = pack_rows(found, gap=GAP)
    assert rows.keys() == {box.key for box in found}
    for a in found:
        for b in found:
            if a.key < b.key and rows[a.key] == rows[b.key]:
                assert a.right + GAP <= b.left or b.right + GAP <= a.left


@given(boxes())
def test_no_packing_needs_fewer_rows(found: list[Box]) -> None:
    rows = set(pack_rows(found, gap=GAP).values())
    # As many rows as boxes overlap at the worst place: interval graphs are perfect.
    assert len(rows) == deepest(found, GAP)
    assert rows == set(range(len(rows)))


@given(boxes())
def test_without_links_the_topmost_free_row_is_taken(found: list[Box]) -> None:
    alone = sorted((replace(box, near=()) for box in found), key=lambda box: box.left)
    rows = pack_rows(alone, gap=GAP)
    for number, box in enumerate(alone):
        before = [other for other in alone[:number] if other.right + GAP > box.left]
        taken = {rows[other.key] for other in before}
        assert rows[box.key] == next(row for row in range(len(alone)) if row not in taken)


def test_a_box_goes_to_the_row_of_what_it_is_linked_to() -> None:
    found = [
        Box("a", 0, 10),
        Box("b", 1, 11),
        Box("c", 2, 12),
        Box("d", 20, 30, near=("c",)),
        Box("e", 40, 50, near=("a", "c")),
    ]
    rows = pack_rows(found)
    assert (rows["a"], rows["b"], rows["c"]) == (0, 1, 2)
    assert rows["d"] == 2
    assert rows["e"] == 1  # between the two it is linked to


@given(layouts(), st.data())
def test_nothing_overlaps_whatever_is_open(layout: Layout, data: st.DataObject) -> None:
    keys = sorted(layout.depth)
    opened = set(data.draw(st.lists(st.sampled_from(keys)))) if keys else set()
    stacked = stack(layout, opened=opened)
    shown: list[tuple[Box, float]] = []
    for lane in layout.lanes:
        top, bottom = stacked.bands[lane.key]
        for group in lane.groups:
            own = [group.box, *(group.parts if group.box.key in opened else ())]
            for box in own:
                assert top + LANE_HEAD <= stacked.y[box.key] - ROW / 2
                assert stacked.y[box.key] + ROW / 2 <= bottom
                shown.append((box, stacked.y[box.key]))
    for number, (a, y) in enumerate(shown):
        for b, other in shown[:number]:
            apart = a.right <= b.left or b.right <= a.left
            assert apart or abs(y - other) >= ROW


@given(layouts())
def test_what_is_closed_lies_on_what_holds_it(layout: Layout) -> None:
    stacked = stack(layout, opened=set())
    assert all(stacked.y[key] == stacked.y[group] for key, group in layout.group_of.items())
    closed = {lane.key for lane in layout.lanes}
    flat = stack(layout, opened=set(layout.depth), closed_lanes=closed)
    for lane in layout.lanes:
        inside = {flat.y[key] for key, of in layout.lane_of.items() if of == lane.key}
        assert len(inside) <= 1


@given(layouts())
def test_lanes_follow_each_other_without_a_gap(layout: Layout) -> None:
    bands = list(stack(layout, opened=set(layout.depth)).bands.values())
    assert bands[0][0] == 0
    assert all(above[1] == below[0] for above, below in pairwise(bands))
