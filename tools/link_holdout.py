"""Measure half a of papers by weights that were fitted without what is measured.

``python tools/link_holdout.py --paper PAPER GOLD.csv [--paper …]``: each theme of the half ``a`` of
each paper is judged by weights fitted to the made-up plans and to the other themes of half ``a`` of
all the papers (Stone, "Cross-validatory choice and assessment of statistical predictions", JRSS B
36, 1974). Half ``b`` is not touched. Use it to choose by which features a pair is told.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from knockon.cli.console import prepare_streams, say_table
from loaders.load import load
from loaders.suggest import weights
from loaders.suggest.suggest import suggest
from tools.link_gold import lay, read_gold
from tools.link_quality import THRESHOLDS, Quality, measure
from tools.link_weights import fit, read_made_up_pairs, read_paper_pairs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from loaders.suggest.weights import Weight
    from tools.link_gold import Pair
    from tools.link_quality import Judged
    from tools.link_weights import Example

Paper = tuple[Path, Path]


def fit_tables(examples: Sequence[Example]) -> dict[bool, Mapping[str, Weight]]:
    """Return both tables of weights fitted to examples, by feature."""
    tables: dict[bool, Mapping[str, Weight]] = {}
    for listed, table in ((True, weights.LISTED), (False, weights.APART)):
        values = fit((one for one in examples if one.features.listed == listed), table)
        fitted = zip(table, values, strict=True)
        tables[listed] = {one.feature: replace(one, value=value) for one, value in fitted}
    return tables


def hold_out(paper: Paper, own: Sequence[Example], others: Sequence[Example]) -> Quality:
    """Return how good the suggestions for half a of a paper are, each theme held out in turn.

    ``own`` are the pairs of that paper, ``others`` those of other papers and made-up plans.
    """
    plan, rows = load([paper[0]]).plan, read_gold(paper[1])
    yard = lay(plan, rows)
    judged: list[Judged] = []
    wanted: frozenset[Pair] = frozenset()
    for theme in sorted({one.theme for one in own if one.theme is not None}):
        examples = [*others, *(one for one in own if one.theme != theme)]
        with patch.dict(weights.TABLES, fit_tables(examples)):
            quality = measure(plan, suggest(plan), rows, "a")
        judged += [one for one in quality.judged if yard.theme(*one.pair) == theme]
        wanted = quality.wanted
    return Quality(tuple(judged), wanted)


def main() -> None:
    """Print what is right and found in half a of each paper."""
    prepare_streams()
    parser = argparse.ArgumentParser(description="Measure by weights fitted to other themes.")
    parser.add_argument("--paper", nargs=2, type=Path, action="append", required=True)
    pairs = {
        (paper, gold): read_paper_pairs(paper, gold) for paper, gold in parser.parse_args().paper
    }
    made_up = read_made_up_pairs()
    for paper, own in pairs.items():
        others = [one for other, these in pairs.items() if other != paper for one in these]
        quality = hold_out(paper, own, made_up + others)
        table = []
        for threshold in THRESHOLDS:
            score = quality.score(threshold)
            counts = f"{score.right}", f"{score.wrong}", f"{score.found} of {score.wanted}"
            table.append([f"{threshold}", *counts])
        heads = ["from confidence", "right", "wrong", "found"]
        say_table(f"{paper[0].name}, half a, theme by theme", heads, table)


if __name__ == "__main__":
    main()
