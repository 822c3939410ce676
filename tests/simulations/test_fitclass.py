"""Classes fitted to small counts, by hand; and which one a plan chooses."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.errors import ReferenceClassError
from simulations.fitclass import choose_reference, fit
from simulations.refclasses import ReferenceFile
from simulations.reffiles import built_in_reference, parse_reference
from tests.simulations.sketch import milestone, sketch

if TYPE_CHECKING:
    from pathlib import Path

    from simulations.reference import FittedClass

SIZES: dict[str, Any] = {"count": 3, "values": [10, 20, 40]}
#: Four groups whose items have a correlation of 1/3 (tests/simulations/test_shrinkage.py), twice.
ALIKE = [{"items": 4, "later": later} for later in (0, 2, 3, 3)]
FILE: dict[str, Any] = {
    "schema": "knockon/reference@1",
    "dates": "small",
    "classes": [
        {
            "id": "large",
            "title": "large plans",
            "basis": "dates",
            "bands": [
                {"from": 0, "to": 365, "items": 99, "later": 29},
                {"from": 365, "to": 730, "items": 90, "later": 18, "left": 18},
                {"from": 730, "items": 99, "later": 9},
            ],
            "sizes": SIZES,
        },
        {
            "id": "small",
            "title": "small plans",
            "basis": "dates",
            "larger": "large",
            "bands": [{"from": 0, "to": 365, "items": 20, "later": 10}],
            "sizes": SIZES,
        },
    ],
}


def file_of(**keys: Any) -> ReferenceFile:
    large, small = FILE["classes"]
    content = {**FILE, "classes": [{**large, **keys}, small]}
    return parse_reference(json.dumps(content), name="file.json", behind=None)


def large(**keys: Any) -> FittedClass:
    return fit(file_of(**keys), "large")


def test_a_class_on_its_own_counts_with_jeffreys_halves() -> None:
    """29 of 99 with half an item each way: 29.5 of 100; of 18 not seen again half count."""
    chances = [rate.chance for rate in large().rates]
    assert [one.a for one in chances] == pytest.approx([29.5, 18.5, 9.5])
    assert [one.a + one.b for one in chances] == pytest.approx([100, 100, 100])


def test_chances_pass_from_step_to_step() -> None:
    """Stays by 0.705 in the last year, 0.815 in the one before, 0.905 in each further one."""
    fitted = large()
    assert fitted.chance(365) == fitted.chance(1) == fitted.chance(None) == pytest.approx(0.295)
    assert fitted.chance(-20) == pytest.approx(0.295)
    assert fitted.chance(730) == pytest.approx(1 - 0.705 * 0.815)
    assert fitted.chance(1095) == pytest.approx(1 - 0.705 * 0.815 * 0.905)
    # Of half a step, about the square root; and of two years that share a chance its mean square.
    assert fitted.chance(547.5) == pytest.approx(1 - 0.705 * math.sqrt(0.815), abs=0.001)
    square = 90.5 * 91.5 / (100 * 101)
    assert fitted.chance(1460) == pytest.approx(1 - 0.705 * 0.815 * square)


def test_the_interval_over_steps_is_that_of_the_product() -> None:
    """Held against the quantiles of products of simulated beta variables."""
    dice = np.random.default_rng(1)
    stays = dice.beta(70.5, 29.5, 400_000) * dice.beta(81.5, 18.5, 400_000)
    expected = np.quantile(1 - stays, [0.025, 0.975])
    assert large().interval(730) == pytest.approx(tuple(expected), abs=0.002)
    one_step = np.quantile(dice.beta(29.5, 70.5, 400_000), [0.025, 0.975])
    assert large().interval(200) == pytest.approx(tuple(one_step), abs=0.002)


@given(st.floats(0, 4000), st.floats(0, 4000))
def test_what_is_further_ahead_slips_more(one: float, other: float) -> None:
    fitted = fit(built_in_reference(), "council-improvement")
    near, far = sorted((one, other))
    assert 0 < fitted.chance(near) <= fitted.chance(far) < 1
    low, high = fitted.interval(far)
    assert low < fitted.chance(far) < high


def test_a_small_class_leans_on_the_larger_one() -> None:
    """The larger one's groups differ by 1/3, so it weighs 2 items: (10 + 2 x its own) of 22.

    Its own counts are crowded: half of the groups' 32 items lie in a band of a third of them all.
    """
    groups = [*ALIKE, *ALIKE]
    file = file_of(groups=groups)
    larger, small = fit(file, "large"), fit(file, "small")
    # Variance 12, less 7 spare, by 32 - 4 - 7.
    assert larger.correlation == pytest.approx(5 / 21)
    assert larger.strength == pytest.approx(16 / 5)
    crowd = 1 + (4 * 99 / 297 - 1) * 5 / 21  # 99 of 297 items looked at are in the first band
    first = larger.rates[0].chance
    assert first.a == pytest.approx(29 / crowd + 0.5)
    own = small.rates[0].chance
    assert own.a == pytest.approx(10 + 16 / 5 * first.mean)
    assert own.a + own.b == pytest.approx(20 + 16 / 5)


def test_a_small_class_borrows_what_it_has_no_counts_of() -> None:
    small = fit(file_of(), "small")
    assert [(one.from_, one.to, one.borrowed) for one in small.rates] == [
        (0, 365, None),
        (365, 730, "large"),
        (730, None, "large"),
    ]
    assert small.rates[1].chance == large().rates[1].chance
    assert small.chance(730) == pytest.approx(1 - (1 - small.chance(1)) * 0.815)


def test_the_middle_is_told_as_it_was_counted() -> None:
    assert (large().items, large().later, large().middle) == (288, 56, 20)


def test_bands_of_the_larger_class_are_cut_where_ones_own_begin_and_end() -> None:
    content = json.loads(json.dumps(FILE))
    content["classes"][1]["bands"] = [{"from": 100, "to": 500, "items": 20, "later": 10}]
    small = fit(parse_reference(json.dumps(content), name="file.json", behind=None), "small")
    assert [(one.from_, one.to, one.borrowed) for one in small.rates] == [
        (0, 100, "large"),
        (100, 500, None),
        (500, 730, "large"),
        (730, None, "large"),
    ]


def test_durations_are_told_band_by_band() -> None:
    bands = [
        {
            "from": 8, "to": 40, "items": 19, "later": 4, "earlier": 2,
            "sizes": {"count": 3, "values": [10, 20, 30]},
            "cuts": {"count": 3, "values": [5, 10, 20]},
        },
        {"from": 40, "items": 9, "later": 2, "sizes": {"count": 2, "values": [50, 60]}},
    ]  # fmt: skip
    one = {"id": "work", "title": "work", "basis": "durations", "bands": bands}
    content = {"schema": "knockon/reference@1", "durations": "work", "classes": [one]}
    fitted = fit(parse_reference(json.dumps(content), name="file.json", behind=None), "work")
    assert [fitted.chance(hours) for hours in (1, 40, 41)] == pytest.approx([0.225, 0.225, 0.25])
    assert fitted.rate(40).early == pytest.approx(2 / 19)
    assert fitted.rate(41).cuts is None
    assert fitted.middle == 30  # four times the first three values, twice the others


def test_a_class_without_sizes_has_those_of_the_larger_one() -> None:
    content = json.loads(json.dumps(FILE))
    del content["classes"][1]["sizes"]
    small = fit(parse_reference(json.dumps(content), name="file.json", behind=None), "small")
    assert small.rates[0].moves == large().rates[0].moves
    assert small.middle == pytest.approx(20, rel=0.01)


def test_a_class_made_in_python_without_sizes_is_refused() -> None:
    one = {key: value for key, value in FILE["classes"][0].items() if key != "sizes"}
    file = ReferenceFile.model_validate({"classes": [one]})
    with pytest.raises(ReferenceClassError, match='Class "large" says nothing of how far'):
        fit(file, "large")


def test_more_than_a_million_items_say_no_more() -> None:
    """The standard deviation of a half from a million items is 0.0005."""
    found = large(bands=[{"from": 0, "items": 1e12, "later": 5e11}])
    assert found.chance(10) == pytest.approx(0.5)
    assert found.interval(10) == pytest.approx((0.5 - 0.00098, 0.5 + 0.00098), abs=1e-5)


def test_what_never_happens_has_a_narrow_interval() -> None:
    never = {"items": 1e9, "later": 0}
    found = large(bands=[{"from": 0, "to": 365, **never}, {"from": 365, **never}])
    low, high = found.interval(730)
    assert 0 <= low <= high < 1e-5


def plan_with(reference_class: str | None) -> Any:
    return sketch(
        [milestone("A", "2026-09-30")], [], options={"risk": {"reference_class": reference_class}}
    )


def chosen(reference_class: str | None) -> tuple[str | None, str | None]:
    reference = choose_reference(plan_with(reference_class))
    return (
        None if reference.dates is None else reference.dates.id,
        None if reference.durations is None else reference.durations.id,
    )


def test_which_class_speaks() -> None:
    assert chosen(None) == ("council-improvement", "tracked-projects")
    assert chosen("capital-projects") == ("capital-projects", "tracked-projects")
    assert chosen("tracked-projects") == ("council-improvement", "tracked-projects")
    assert chosen("none") == (None, None)


def test_a_file_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "Ours.JSON"
    path.write_text(json.dumps({**FILE, "durations": "none"}))
    assert chosen(str(path)) == ("small", None)


def test_a_class_nobody_knows() -> None:
    with pytest.raises(ReferenceClassError, match='no reference class "councils"'):
        chosen("councils")
