"""Made-up plans, and the fit of the weights: against what the mathematics say."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

from loaders.suggest import weights
from loaders.suggest.pair_features import Features
from loaders.suggest.suggest import suggest
from loaders.suggest.weights import Weight
from tools.link_quality import measure
from tools.link_weights import Example, fit, judge_pairs, write_weights
from tools.made_up import read_made_up

MADE_UP = Path(__file__).parent / "made_up"
TABLE = (Weight("always", 0.0, "any pair"), Weight("next", 0.0, "neighbours"))


def examples(right: int, wrong: int, *, near: bool) -> list[Example]:
    told = {"always": 1.0, "next": float(near)}
    seen = Features(told, listed=True)
    return [Example(seen, right=True)] * right + [Example(seen, right=False)] * wrong


def test_without_a_penalty_the_fit_gives_the_log_odds() -> None:
    these = examples(30, 10, near=True) + examples(10, 40, near=False)
    always, near = fit(these, TABLE, ridge=1e-9)
    assert always == pytest.approx(math.log(10 / 40), abs=1e-3)
    assert near == pytest.approx(math.log(30 / 10) - math.log(10 / 40), abs=1e-3)


def test_a_penalty_shrinks_and_a_pair_that_counts_twice_is_two_pairs() -> None:
    these = examples(30, 10, near=True) + examples(10, 40, near=False)
    free, held = fit(these, TABLE, ridge=1e-9)[1], fit(these, TABLE, ridge=10.0)[1]
    assert 0 < held < free
    twice = [Example(one.features, one.right, 2.0) for one in these]
    assert fit(twice, TABLE) == pytest.approx(fit(these * 2, TABLE))


def test_weights_are_written_into_their_own_table() -> None:
    text = Path(weights.__file__).read_text(encoding="utf-8")
    values = {one.feature: number / 8 for number, one in enumerate(weights.APART)}
    written = write_weights("APART", values, text)
    begin = text.index("APART: Final = (")
    assert written[:begin] == text[:begin]
    scope: dict[str, Any] = {"__name__": weights.__name__}
    exec(compile(written, "weights.py", "exec"), scope)  # our own source
    told = {one.feature: one.value for one in scope["APART"]}
    assert told == {name: round(value, 2) for name, value in values.items()}
    again = {one.feature: one.value for one in weights.APART}
    assert write_weights("APART", again, written) == text


@pytest.mark.parametrize("path", sorted(MADE_UP.glob("*.txt")), ids=lambda path: path.stem)
def test_a_made_up_plan_is_whole(path: Path) -> None:
    made_up = read_made_up(path)
    index = made_up.plan.index
    assert len(made_up.plan.items) > 100
    titles = [item.title for item in made_up.plan.items]
    assert all(title.strip() == title and title for title in titles)
    for row in made_up.rows:
        assert {row.from_, row.to} <= index.items.keys()
        assert row.from_ != row.to
        first, last = (index.items[end].planned.finish for end in row.pair)
        assert first is None or last is None or first <= last, row
    assert {row.verdict for row in made_up.rows} == {"yes", "maybe"}
    assert len({row.pair for row in made_up.rows}) == len(made_up.rows)


def test_the_weights_do_well_on_plans_they_were_not_fitted_to() -> None:
    made_up = read_made_up(MADE_UP / "validation.txt")
    quality = measure(made_up.plan, suggest(made_up.plan), made_up.rows)
    half, most = quality.score(0.5), quality.score(0.8)
    assert half.precision is not None
    assert half.recall is not None
    assert most.precision is not None
    assert half.precision >= 0.75
    assert half.recall >= 0.6
    assert most.precision >= 0.9


def test_neutral_pairs_teach_little(tmp_path: Path) -> None:
    path = tmp_path / "small.txt"
    path.write_text(
        "== T | Streets\n"
        "-- A | Move the depot | Dec26\n"
        "May26 | Review the depot |\n"
        "Jun26 | Agree the depot plan | 1\n"
        "Jul26 | Open the depot | 2 1?\n"
        "Aug26 | Feed the swans |\n"
        "== U | Culture\n"
        "U.a | done | Survey |\n"
        "U.b | - | Respond to the survey | U.a\n",
        encoding="utf-8",
    )
    made_up = read_made_up(path)
    items = made_up.plan.index.items
    assert items["A.3"].source is not None
    assert (items["A.3"].parent, items["A.3"].source.line) == ("A", 5)
    assert items["U.a"].status == "complete"
    assert [row.pair for row in made_up.rows if row.verdict == "yes"] == [
        ("A.1", "A.2"),
        ("A.2", "A.3"),
        ("U.a", "U.b"),
    ]
    listed = [one for one in judge_pairs(made_up.plan, made_up.rows) if one.features.listed]
    right = sorted(one.counts for one in listed if one.right)
    assert right == pytest.approx([0.1, 1, 1])  # 1 to 3 may or may not be
    assert all(one.counts == 1 for one in listed if not one.right)
    papers = judge_pairs(made_up.plan, made_up.rows, counts=4.0)
    assert sorted(one.counts for one in papers if one.right and one.features.listed) == (
        pytest.approx([0.4, 4, 4])
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("== T | X\n-- A | B | Dec26\nMay26 | C | 7\n", r"line 3: there is no A\.7"),
        ("== T | X\n-- A | B | Dec26\nSpring | C |\n", "line 3: 'Spring' is no month"),
    ],
)
def test_slips_in_a_made_up_plan_are_told(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "slip.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        read_made_up(path)
