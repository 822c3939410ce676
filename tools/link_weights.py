"""Fit the weights of suggested dependencies: ``python tools/link_weights.py [--write]``.

Pairs that people judged are laid beside what can be seen of them (`loaders.suggest.pair_features`),
and a logistic model is fitted: the weights that make the judgements likeliest, less a penalty on
their squares (ridge; le Cessie and van Houwelingen, Applied Statistics 41, 1992), found by Newton's
method. Of neutral pairs (`tools.link_quality`, rule 3) those that can be defended, or follow from
others by a chain, count as right, but only a little (``DEFENSIBLE_COUNTS``): they are dependencies
that nobody needs to write down. The other neutral ones are left out.

The pairs are those of the made-up plans ``tests/loaders/suggest/made_up/train*.txt``, and of papers
that are named with their gold rows: ``--paper PAPER GOLD.csv``, of which only the half ``a`` is
read. A pair of a paper counts as much as ``PAPER_COUNTS`` made-up ones: real papers are worded less
plainly. The plan ``validation.txt`` is not fitted to: ``tools/link_quality.py`` measures with it.
"""

from __future__ import annotations

import argparse
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from knockon.cli.console import prepare_streams, say, say_table
from loaders.load import load
from loaders.suggest import weights
from loaders.suggest.suggest import see_pairs
from tools.link_gold import lay, read_gold
from tools.made_up import read_made_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graphmodel.plan import Plan
    from loaders.suggest.pair_features import Features
    from loaders.suggest.weights import Weight
    from tools.link_gold import GoldRow

MADE_UP = Path(__file__).parents[1] / "tests/loaders/suggest/made_up"
PAGE = Path(weights.__file__)

#: Penalty on the square of a weight, that of the constant, and steps of Newton's method at most.
RIDGE = 0.5
PAPER_COUNTS = 4.0
DEFENSIBLE_COUNTS = 0.1
_CONSTANT = 1e-3
_STEPS = 50
_CLOSE = 1e-8


@dataclass(frozen=True, slots=True)
class Example:
    """What can be seen of a pair, and whether a person says that the one waits for the other.

    ``counts`` is its weight in the fit; ``theme`` is the theme that it belongs to, if any.
    """

    features: Features
    right: bool
    counts: float = 1.0
    theme: str | None = None


def judge_pairs(
    plan: Plan, rows: Sequence[GoldRow], half: str = "all", counts: float = 1.0
) -> list[Example]:
    """Return the pairs of a plan that are right or wrong by the gold rows, and what each counts."""
    yard = lay(plan, rows)
    examples = []
    for ends, features in see_pairs(plan).items():
        if half not in {"all", yard.half(*ends)}:
            continue
        theme, judgement = yard.theme(*ends), yard.judge(*ends)
        if judgement != "neutral":
            examples.append(Example(features, judgement == "right", counts, theme))
        elif yard.is_defensible(*ends):
            less = counts * DEFENSIBLE_COUNTS
            examples.append(Example(features, right=True, counts=less, theme=theme))
    return examples


def read_made_up_pairs() -> list[Example]:
    """Return the judged pairs of the made-up plans that weights are fitted to."""
    plans = [read_made_up(path) for path in sorted(MADE_UP.glob("train*.txt"))]
    return [one for each in plans for one in judge_pairs(each.plan, each.rows)]


def read_paper_pairs(paper: Path, gold: Path) -> list[Example]:
    """Return the judged pairs of half a of a paper."""
    return judge_pairs(load([paper]).plan, read_gold(gold), "a", PAPER_COUNTS)


def fit(examples: Iterable[Example], table: Sequence[Weight], ridge: float = RIDGE) -> list[float]:
    """Return the weights of a table's features that fit examples best, in the table's order."""
    these = list(examples)
    seen = np.array([[one.features.get(weight.feature, 0.0) for weight in table] for one in these])
    right = np.array([one.right for one in these], dtype=float)
    counts = np.array([one.counts for one in these])
    penalty = np.array([_CONSTANT if one.feature == "always" else ridge for one in table])
    found = np.zeros(len(table))
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-seen @ found))
        slope = seen.T @ (counts * (likely - right)) + penalty * found
        bend = (seen.T * (counts * likely * (1 - likely))) @ seen + np.diag(penalty)
        step = np.linalg.solve(bend, slope)
        found -= step
        if np.abs(step).max() < _CLOSE:
            break
    return [float(one) for one in found]


def write_weights(name: str, values: Mapping[str, float], text: str) -> str:
    """Return the source of the weights with these values by feature in the table of this name."""
    begin = text.index(f"{name}: Final = (")
    end = text.index("\n)\n", begin)
    table = re.sub(
        r'(Weight\(\s*"([^"]+)",\s*)-?[\d.]+',
        lambda match: f"{match[1]}{round(values[match[2]], 2) + 0.0}",
        text[begin:end],
    )
    return text[:begin] + table + text[end:]


def main() -> None:
    """Fit both tables, print them, and write them where asked."""
    prepare_streams()
    parser = argparse.ArgumentParser(description="Fit the weights of suggested dependencies.")
    parser.add_argument("--paper", nargs=2, type=Path, action="append", default=[])
    parser.add_argument("--write", action="store_true", help="write them into the code")
    asked = parser.parse_args()
    examples = read_made_up_pairs()
    for paper, gold in asked.paper:
        examples += read_paper_pairs(paper, gold)
    text = PAGE.read_text(encoding="utf-8")
    for name, table, listed in (("LISTED", weights.LISTED, True), ("APART", weights.APART, False)):
        these = [one for one in examples if one.features.listed == listed]
        values = fit(these, table)
        say_table(
            f"{name}: {sum(one.right for one in these)} right of {len(these)} pairs",
            ["feature", "weight", "pairs", "meaning"],
            [
                [
                    one.feature,
                    f"{value:+.2f}",
                    f"{sum(one.feature in each.features for each in these)}",
                    one.meaning,
                ]
                for one, value in zip(table, values, strict=True)
            ],
        )
        names = [one.feature for one in table]
        text = write_weights(name, dict(zip(names, values, strict=True)), text)
    if asked.write:
        PAGE.write_text(text, encoding="utf-8")
        say(f"Written: {PAGE.name}")


if __name__ == "__main__":
    main()
