"""Whatever a converter does to a governance paper: a plan comes of it and no word is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graphmodel.errors import FileError
from graphmodel.planfile import dump_plan, parse_plan
from loaders.governance import read, recognise
from tests.loaders.governance_paper import LINES, TABLE, find_untold

FRAGMENTS = [
    *("The Tide Panel", "Cabinet", "the Mayor", "Dock Plan", "Harbour Strategy (HS)", "The Board"),
    *("reports to", "is chaired by", "holds", "to account", "approved", "on 3 May 2026", "monthly"),
    *("in June", "it", "them", "and", ",", ".", ":", "- ", "(1) ", "A. ", "3.1 ", "Chair: "),
    *("Board", "Title", "of paper: x", "Recommendation(s):", "three aims", "\u2019s"),
    *("refresh of", "due by", "via", "then to", "successor", "this refresh", "TBC", "N/A"),
    *("8\u201d May 2026", "<B0>", "x" * 30),
]  # fmt: skip

cells = st.lists(st.sampled_from(FRAGMENTS), max_size=9).map(" ".join)
lines = st.lists(cells, max_size=4).map("\t".join)


@st.composite
def damaged(draw: st.DrawFn) -> list[str]:
    """A paper of our own with lines and cells dropped, doubled, swapped, cut or replaced."""
    paper = [*draw(st.sampled_from([LINES, TABLE]))]
    for _ in range(draw(st.integers(1, 6))):
        place, other = (draw(st.integers(0, len(paper) - 1)) for _ in range(2))
        change = draw(st.sampled_from(["drop", "double", "swap", "cut", "cells", "line"]))
        if change == "drop" and len(paper) > 1:
            del paper[place]
        elif change == "double":
            paper.insert(other, paper[place])
        elif change == "swap":
            paper[place], paper[other] = paper[other], paper[place]
        elif change == "cut":
            paper[place] = paper[place][: draw(st.integers(0, 40))]
        elif change == "cells":
            paper[place] = "\t".join(draw(st.permutations(paper[place].split("\t"))))
        else:
            paper[place] = draw(lines)
    return paper


def check(text: str) -> None:
    try:
        plan, problems = read(text, "paper.txt")
    except FileError:
        assert recognise(text) is None
        return
    assert parse_plan(dump_plan(plan)) == plan
    assert all(one.source and one.source.file == "paper.txt" for one in problems)
    assert find_untold(text, plan, problems) == ([], [])


@given(damaged())
def test_a_damaged_paper_loses_nothing_silently(paper: list[str]) -> None:
    check("\n".join(paper))


@given(st.lists(lines, max_size=20))
def test_a_heap_of_fragments_loses_nothing_silently(paper: list[str]) -> None:
    check("\n".join(paper))


@given(st.text())
def test_any_text_is_a_plan_or_refused(text: str) -> None:
    paper = f"The Tide Panel reports to Cabinet. {text}"
    plan, _ = read(paper, "paper.txt")
    assert parse_plan(dump_plan(plan)) == plan
    recognise(text)
