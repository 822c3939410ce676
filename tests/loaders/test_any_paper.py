"""Whatever a converter does to a paper: the reader makes a plan of it and loses no word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graphmodel.errors import FileError
from graphmodel.planfile import dump_plan, parse_plan
from loaders.delivery_plan import read, recognise
from tests.loaders.small_paper import LINES, find_lost

CELLS = sorted({cell for line in LINES for cell in line.split("\t")})
FRAGMENTS = [
    *("<p>", "</p>", "<ul>", "</li>", "• ", "(Jun 2026)", "(31/02/2026)", "Delivery milestones:"),
    *("HA1.1.1 ", "HA1 ", "A:B ", "Objective", "Executive Boards", "(HRP)", "TBC", "£1.2m", "("),
]

cells = st.sampled_from(CELLS) | st.lists(st.sampled_from(FRAGMENTS), max_size=6).map("".join)
lines = st.lists(cells, max_size=5).map("\t".join)


@st.composite
def damaged(draw: st.DrawFn) -> list[str]:
    """The small paper with lines and cells dropped, doubled, swapped or replaced."""
    paper = list(LINES)
    for _ in range(draw(st.integers(1, 6))):
        place, other = (draw(st.integers(0, len(paper) - 1)) for _ in range(2))
        change = draw(st.sampled_from(["drop", "double", "swap", "cells", "line"]))
        if change == "drop" and len(paper) > 1:
            del paper[place]
        elif change == "double":
            paper.insert(other, paper[place])
        elif change == "swap":
            paper[place], paper[other] = paper[other], paper[place]
        elif change == "cells":
            paper[place] = "\t".join(draw(st.permutations(paper[place].split("\t"))))
        else:
            paper[place] = draw(lines)
    return paper


def check(paper: list[str]) -> None:
    text = "\n".join(paper)
    try:
        plan, problems = read(text, "paper.txt")
    except FileError:
        assert recognise(text) is None
        return
    assert parse_plan(dump_plan(plan)) == plan
    assert all(one.source and one.source.file == "paper.txt" for one in problems)
    assert find_lost(paper, plan, problems) == []


@given(damaged())
def test_a_damaged_paper_loses_nothing_silently(paper: list[str]) -> None:
    check(paper)


@given(st.lists(lines, max_size=25))
def test_a_heap_of_fragments_loses_nothing_silently(paper: list[str]) -> None:
    check(paper)


@given(st.text())
def test_any_text_is_a_plan_or_refused(text: str) -> None:
    paper = f"Objective\t{text}"
    try:
        read(paper, "paper.txt")
    except FileError:
        assert recognise(paper) is None
