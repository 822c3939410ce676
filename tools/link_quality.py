"""How good suggested dependencies are: ``python tools/link_quality.py PAPER [GOLD.csv]``.

The candidates that `loaders.suggest.suggest.suggest` finds are held against a list that people
wrote down by reading the paper (``tests/loaders/suggest/gold``). Printed for 0.5 and 0.8:
precision and recall, overall and by rule; then stated confidence beside the share that is right.

Rules of the measure
--------------------
1. A candidate is a pair of items with a direction. Type and lag are not judged. What the loader
   took by itself (phases, stated words) counts too; what somebody rejected does not. Overall, a
   pair that several rules propose counts once, with its highest confidence.
2. It is **right** if the pair is a row ``yes``, and **wrong** if it is a row ``no``.
3. Else it is **neutral**, counted neither for nor against, if the pair is a row ``maybe``; or if a
   chain of rows ``yes`` leads from its first end to its second; or if it is a row ``yes`` or
   ``maybe`` but for one level: each end is the row's, its parent or its child, and neither end is
   part of the other.
4. Everything else is **wrong**.
5. Precision is right / (right + wrong). Recall is the share of the rows ``yes`` found exactly.
6. Outside events are told by what they are: ``external:lgr-decision|government-decision`` is every
   external item whose title has all words of one of the names between the bars. A plural is its
   singular, and initials stand for words ("lgr" for "local government reorganisation").
7. The half is chosen by the theme of the successor (of the predecessor, where the successor is an
   outside event): ``a`` where its number is odd, ``b`` where it is even. The number is the one the
   theme's id ends with ("SI3"), or else its place among the themes. A pair of two outside events
   counts in ``all`` only.
8. A made-up plan (`tools.made_up`) holds its own rows: name it in the place of both.
9. Gates are judged alike: the pair is the item and the title of the board, and a row ``yes`` or
   ``maybe`` for the item's parent or child makes it neutral.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from knockon.cli.console import prepare_streams, say, say_table
from loaders.titles import fold_title
from tools.link_gold import Judgement, Pair, lay, read_gates, read_gold
from tools.made_up import read_made_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphmodel.items import Item
    from graphmodel.links import Link
    from graphmodel.people import Gate
    from graphmodel.plan import Plan
    from tools.link_gold import GoldGate, GoldRow

Half = Literal["a", "b", "all"]

THRESHOLDS = (0.5, 0.8)
#: Edges of the bins of stated confidence; the last bin holds 1 too.
EDGES = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


class Suggestion(Protocol):
    """What `suggest` returns: candidates, gates, and the outside events they speak of."""

    @property
    def links(self) -> Sequence[Link]:
        """Links accepted and proposed."""

    @property
    def gates(self) -> Sequence[Gate]:
        """Gates accepted and proposed."""

    @property
    def items(self) -> Sequence[Item]:
        """Outside events that links speak of and the plan does not hold."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate, its rule and stated confidence, the judgement, and the rows it finds."""

    pair: Pair
    rule: str
    confidence: float
    judgement: Judgement
    finds: frozenset[Pair] = frozenset()


@dataclass(frozen=True, slots=True)
class Score:
    """Counts at one threshold; ``precision`` and ``recall`` are None where nothing was counted."""

    right: int
    neutral: int
    wrong: int
    found: int
    wanted: int

    @property
    def precision(self) -> float | None:
        """Share of the counted candidates that is right."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        """Share of the rows ``yes`` that is found."""
        return self.found / self.wanted if self.wanted else None


@dataclass(frozen=True, slots=True)
class Bin:
    """Counted candidates of like confidence: how many, what they said on average, what was so."""

    low: float
    high: float
    count: int
    stated: float
    right: float


@dataclass(frozen=True, slots=True)
class Quality:
    """All candidates of one half, judged, and the rows ``yes`` there were to find."""

    judged: tuple[Judged, ...]
    wanted: frozenset[Pair]

    def score(self, threshold: float, rule: str | None = None) -> Score:
        """Return the counts of what is stated at or above a threshold, by one rule or by all."""
        kept = [one for one in self.judged if one.confidence >= threshold]
        if rule is not None:
            kept = [one for one in kept if one.rule == rule]
        judgements = list({one.pair: one.judgement for one in kept}.values())
        return Score(
            right=judgements.count("right"),
            neutral=judgements.count("neutral"),
            wrong=judgements.count("wrong"),
            found=len({row for one in kept for row in one.finds}),
            wanted=len(self.wanted),
        )

    def calibrate(self, edges: Sequence[float] = EDGES) -> list[Bin]:
        """Return the bins that hold any; neutral candidates are in none."""
        best = {one.pair: one for one in sorted(self.judged, key=lambda one: one.confidence)}
        counted = [one for one in best.values() if one.judgement != "neutral"]
        bins = []
        for low, high in pairwise(edges):
            held = [
                one
                for one in counted
                if low <= one.confidence < high or one.confidence == high == edges[-1]
            ]
            if held:
                stated = sum(one.confidence for one in held) / len(held)
                right = sum(one.judgement == "right" for one in held) / len(held)
                bins.append(Bin(low, high, len(held), stated, right))
        return bins


def measure(
    plan: Plan, suggestion: Suggestion, gold: Sequence[GoldRow], half: Half = "all"
) -> Quality:
    """Judge every candidate link of a suggestion against gold rows."""
    yard = lay(plan, gold, suggestion.items)
    wanted = frozenset(
        row.pair
        for row in gold
        if row.verdict == "yes" and half in {"all", yard.half(row.from_, row.to)}
    )
    judged = tuple(
        Judged(
            pair=(link.from_, link.to),
            rule=link.rule or link.origin,
            confidence=link.confidence,
            judgement=yard.judge(link.from_, link.to),
            finds=wanted.intersection(yard.call(link.from_, link.to)),
        )
        for link in suggestion.links
        if link.state != "rejected" and half in {"all", yard.half(link.from_, link.to)}
    )
    return Quality(judged, wanted)


def measure_gates(
    plan: Plan, suggestion: Suggestion, gold: Sequence[GoldGate], half: Half = "all"
) -> Quality:
    """Judge every candidate gate of a suggestion against gold gates (rule 9)."""
    yard = lay(plan, ())
    verdicts = {(row.item, fold_title(row.board)): row.verdict for row in gold}
    titles = {board.id: fold_title(board.title) for board in plan.boards}

    def judge(item: str, board: str) -> Judgement:
        own = verdicts.get((item, board))
        if own in {"yes", "no"}:
            return "right" if own == "yes" else "wrong"
        near = {verdicts.get((one, board)) for one in yard.kin(item)}
        return "neutral" if near & {"yes", "maybe"} else "wrong"

    wanted = frozenset(
        pair
        for pair, verdict in verdicts.items()
        if verdict == "yes" and half in {"all", yard.half(pair[0], pair[0])}
    )
    judged = []
    for gate in suggestion.gates:
        if gate.state != "rejected" and half in {"all", yard.half(gate.item, gate.item)}:
            pair = (gate.item, titles.get(gate.board, fold_title(gate.board)))
            finds = wanted.intersection({pair})
            judged.append(Judged(pair, "gate", gate.confidence, judge(*pair), finds))
    return Quality(tuple(judged), wanted)


def tell(quality: Quality, *, names: bool = False) -> None:
    """Print the scores by rule, the calibration, and with ``names`` what is wrong or missing."""
    rules = sorted({one.rule for one in quality.judged})
    for threshold in THRESHOLDS:
        rows = [_row("all", quality.score(threshold))]
        rows += [_row(rule, quality.score(threshold, rule)) for rule in rules]
        headings = ["rule", "right", "wrong", "neutral", "precision", "found", "recall"]
        say_table(f"Confidence {threshold} and above", headings, rows)
    say_table(
        "Calibration",
        ["stated", "counted", "mean stated", "right"],
        [
            [
                f"{one.low:.1f} to {one.high:.1f}",
                f"{one.count}",
                f"{one.stated:.2f}",
                _share(one.right),
            ]
            for one in quality.calibrate()
        ],
    )
    if names:
        _tell_names(quality)


def main() -> None:
    """Measure the suggestions for the paper named on the command line."""
    prepare_streams()
    parser = argparse.ArgumentParser(description="Precision and recall of suggested links.")
    parser.add_argument("paper", type=Path, help="anything that knockon load reads")
    parser.add_argument(
        "gold", type=Path, nargs="?", help="gold rows, such as csip.csv; none for a made-up plan"
    )
    parser.add_argument("--half", choices=("a", "b", "all"), default="all")
    parser.add_argument(
        "--gates", type=Path, help="gold gates; rows of the paper GOLD is named after"
    )
    parser.add_argument(
        "--names", action="store_true", help="list what is wrong and what is missing"
    )
    asked = parser.parse_args()
    # Both are wanted here only: tests of the measure bring their own suggestions.
    load = import_module("loaders.load").load
    suggest = import_module("loaders.suggest.suggest").suggest
    made_up = read_made_up(asked.paper) if asked.gold is None else None
    plan = load([asked.paper]).plan if made_up is None else made_up.plan
    rows = read_gold(asked.gold) if made_up is None else made_up.rows
    suggestion = suggest(plan)
    say(f"{asked.paper.name}, half {asked.half}: links")
    tell(measure(plan, suggestion, rows, asked.half), names=asked.names)
    if asked.gates and asked.gold:
        say(f"{asked.paper.name}, half {asked.half}: gates")
        gates = read_gates(asked.gates, asked.gold.stem)
        tell(measure_gates(plan, suggestion, gates, asked.half), names=asked.names)


def _row(rule: str, score: Score) -> list[str]:
    counts = [f"{score.right}", f"{score.wrong}", f"{score.neutral}"]
    found = f"{score.found} of {score.wanted}"
    return [rule, *counts, _share(score.precision), found, _share(score.recall)]


def _share(share: float | None) -> str:
    return "-" if share is None else f"{share:.0%}"


def _tell_names(quality: Quality) -> None:
    least = THRESHOLDS[0]
    wrong = [one for one in quality.judged if one.judgement == "wrong" and one.confidence >= least]
    for one in sorted(wrong, key=lambda one: -one.confidence):
        say(f"wrong    {one.confidence:.2f} {' -> '.join(one.pair)} ({one.rule})")
    found = {row for one in quality.judged if one.confidence >= least for row in one.finds}
    for pair in sorted(quality.wanted - found):
        say(f"missing       {' -> '.join(pair)}")


if __name__ == "__main__":
    main()
