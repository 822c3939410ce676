"""What each feature of a pair is worth, in log-odds.

A pair is believed with 1 / (1 + exp(-s)), where s is the sum of its features times their weights: a
logistic model (Cox, "The regression analysis of binary sequences", JRSS B 20, 1958) with few
features that each say something plain. The weights were fitted to pairs that people judged, and
held small by a penalty on their squares, so that none rests on a few of them:
``python tools/link_weights.py`` fits them again and writes them here. A feature that
belongs to a rule does not count where that rule is switched off.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

    from loaders.suggest.pair_features import Features

__all__ = ["APART", "LISTED", "Weight", "believe"]


@dataclass(frozen=True, slots=True)
class Weight:
    """A feature, its weight in log-odds, what it means, and the rule that it belongs to if any."""

    feature: str
    value: float
    meaning: str
    rule: str = ""


#: Two steps of one action.
LISTED: Final = (
    Weight("always", -3.12, "any two steps of one action"),
    Weight("next", 1.13, "the second stands right after the first", "sequence"),
    Weight("second", 0.46, "the second stands two places after the first", "sequence"),
    Weight("third", -0.3, "the second stands three places after the first", "sequence"),
    Weight("far", -1.34, "the second stands further on", "sequence"),
    Weight("listed after", 0.05, "the second is listed before the first"),
    Weight("next and rising", 0.18, "neighbours, and the second is due later", "sequence"),
    Weight("rising", 0.56, "the second is due later"),
    Weight("one date", -0.34, "both are due at one time"),
    Weight("undated", -0.85, "one of them has no date"),
    Weight("done before", -0.86, "the first is done, the second is not"),
    Weight("both done", 1.49, "both are done"),
    Weight(
        "steep", 1.22, "the dates of the list rise (share of neighbours, less a half)", "sequence"
    ),
    Weight("coherent", 1.15, "entries of the list go on from each other (share, less a half)"),
    Weight("coherent and next", 0.65, "the same, of neighbours", "sequence"),
    Weight("short list", -0.65, "the list has four entries or fewer"),
    Weight("closes the list", 0.13, "the second is the last entry and a review, report or closure"),
    Weight("points back", -0.07, 'the second says "the", "its", "agreed", "new" or the like'),
    Weight("stage ahead", 0.43, "the second is of a later stage", "stages"),
    Weight("stage far ahead", -0.94, "of a stage that is three or more later", "stages"),
    Weight("stage overlaps", 0.1, "their stages overlap, the second ends later", "stages"),
    Weight("stage back", -0.3, "the second is of an earlier stage", "stages"),
    Weight("stage unknown", -0.66, "one of them tells of no stage", "stages"),
    Weight("course ahead", 0.56, "the second is a later step of a course of work", "course"),
    Weight("course next", 0.36, "it is the very next step of it", "course"),
    Weight("course half sure", -0.03, "one of them has words of that course alone", "course"),
    Weight("course sure", 1.11, "both have words of that course alone", "course"),
    Weight("course back", 0.13, "the second is an earlier step of a course of work", "course"),
    Weight("one verb", 0.31, "both begin with the same word"),
    Weight("outcome before", -0.89, "the first names an outcome (improved, reduced, 95%)"),
    Weight("outcome after", -0.42, "the second names an outcome"),
    Weight("long", -2.2, "titles of more than 25 words (share of the two)"),
    Weight(
        "like", 0.64, "share of the shorter title that both say, rare words first", "same-thing"
    ),
    Weight("shared words", 0.89, "words that both say and few others of the list", "same-thing"),
    Weight("named first", 0.22, "the first is the first entry that says such a word", "same-thing"),
    Weight("named last", 0.32, "the first is the last entry before it that does", "same-thing"),
    Weight("shared phrase", 0.1, "two words in a row that both say", "same-thing"),
    Weight("shared phrase of the topic", 0.45, "the same, of the action's title", "same-thing"),
    Weight("opening named", 0.29, "the second says what the first opens with", "same-thing"),
    Weight("rule stages", 0.9, "the rule speaks for it", "stages"),
    Weight("rule same-thing", 1.19, "the rule speaks for it", "same-thing"),
    Weight("rule means", 3.03, "the rule speaks for it", "means"),
    Weight("rule leads-to", 0.0, "the rule `leads-to` speaks for it", "leads-to"),
    Weight("rule shared-use", 1.39, "the rule speaks for it", "shared-use"),
    Weight("rule shared-stage", 0.89, "the rule speaks for it", "shared-stage"),
    Weight("rule shared-dates", 2.67, "the rule speaks for it", "shared-dates"),
)

#: Two items that are no steps of one action.
APART: Final = (
    Weight("always", -5.95, "any two items that share rare words"),
    Weight("one theme", 1.36, "both stand under one theme"),
    Weight("one list", 1.32, "both stand under one heading"),
    Weight("actions", -1.06, "they are actions with steps (share of the two)"),
    Weight("rising", 0.04, "the second is due later"),
    Weight("one date", -0.13, "both are due at one time"),
    Weight("undated", -0.26, "one of them has no date"),
    Weight("done before", 0.51, "the first is done, the second is not"),
    Weight("both done", -0.16, "both are done"),
    Weight("stage ahead", -0.56, "the second is of a later stage"),
    Weight("stage far ahead", -0.25, "of a stage that is three or more later"),
    Weight("stage overlaps", -0.73, "their stages overlap, the second ends later"),
    Weight("stage back", -0.34, "the second is of an earlier stage"),
    Weight("stage unknown", -0.06, "one of them tells of no stage"),
    Weight("course ahead", -0.02, "the second is a later step of a course of work"),
    Weight("course next", 0.37, "it is the very next step of it"),
    Weight("course sure", 0.45, "both have words of that course alone"),
    Weight("course back", 0.01, "the second is an earlier step of a course of work"),
    Weight("one verb", 0.56, "both begin with the same word"),
    Weight("outcome before", -1.06, "the first names an outcome (improved, reduced, 95%)"),
    Weight("outcome after", -0.47, "the second names an outcome"),
    Weight("long", -0.51, "titles of more than 25 words (share of the two)"),
    Weight("like", 0.77, "share of the shorter title that both say, rare words first"),
    Weight("shared words", 0.71, "weight of the rare words that both say"),
    Weight("rarest word", 1.42, "rarity of the rarest of them"),
    Weight("shared phrase", -0.24, "two words in a row that both say"),
    Weight("rule stages", 1.36, "the rule speaks for it", "stages"),
    Weight("rule same-thing", 0.09, "the rule speaks for it", "same-thing"),
    Weight("rule leads-to", 0.0, "the rule `leads-to` speaks for it", "leads-to"),
    Weight("rule shared-use", 4.98, "the rule speaks for it", "shared-use"),
    Weight("rule shared-stage", 3.66, "the rule speaks for it", "shared-stage"),
    Weight("rule shared-dates", 2.0, "the rule speaks for it", "shared-dates"),
)

_TABLES: Final = {
    True: {one.feature: one for one in LISTED},
    False: {one.feature: one for one in APART},
}


def believe(features: Features, off: Collection[str] = ()) -> float:
    """Return how likely a pair with these features is a dependency, 0 to 1.

    ``off`` are the ids of the rules that are switched off.
    """
    table = _TABLES[features.listed]
    known = ((table[name], value) for name, value in features.items() if name in table)
    total = sum(one.value * value for one, value in known if one.rule not in off)
    return 1 / (1 + math.exp(-total))
