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
    Weight("always", -4.54, "any two steps of one action"),
    Weight("next", 1.36, "the second stands right after the first", "sequence"),
    Weight("second", 0.54, "the second stands two places after the first", "sequence"),
    Weight("third", -0.17, "the second stands three places after the first", "sequence"),
    Weight("far", -1.29, "the second stands further on", "sequence"),
    Weight("listed after", -0.45, "the second is listed before the first"),
    Weight("next and rising", 0.28, "neighbours, and the second is due later", "sequence"),
    Weight("rising", 0.82, "the second is due later"),
    Weight("one date", -0.39, "both are due at one time"),
    Weight("undated", -0.55, "one of them has no date"),
    Weight("done before", -0.74, "the first is done, the second is not"),
    Weight("both done", 0.86, "both are done"),
    Weight(
        "steep", 1.67, "the dates of the list rise (share of neighbours, less a half)", "sequence"
    ),
    Weight("coherent", 1.07, "entries of the list go on from each other (share, less a half)"),
    Weight("coherent and next", 0.35, "the same, of neighbours", "sequence"),
    Weight("short list", -0.44, "the list has four entries or fewer"),
    Weight(
        "closes the list", -0.24, "the second is the last entry and a review, report or closure"
    ),
    Weight("points back", 0.21, 'the second says "the", "its", "agreed", "new" or the like'),
    Weight("stage ahead", 0.47, "the second is of a later stage", "stages"),
    Weight("stage far ahead", -0.41, "of a stage that is three or more later", "stages"),
    Weight("stage overlaps", 0.4, "their stages overlap, the second ends later", "stages"),
    Weight("stage back", -0.05, "the second is of an earlier stage", "stages"),
    Weight("stage unknown", 0.05, "one of them tells of no stage", "stages"),
    Weight("course ahead", 0.34, "the second is a later step of a course of work", "course"),
    Weight("course next", 0.16, "it is the very next step of it", "course"),
    Weight("course half sure", -0.08, "one of them has words of that course alone", "course"),
    Weight("course sure", 1.1, "both have words of that course alone", "course"),
    Weight("course back", -0.06, "the second is an earlier step of a course of work", "course"),
    Weight("one verb", 0.42, "both begin with the same word"),
    Weight("outcome before", -0.94, "the first names an outcome (improved, reduced, 95%)"),
    Weight("outcome after", -0.24, "the second names an outcome"),
    Weight("long", -2.33, "titles of more than 25 words (share of the two)"),
    Weight(
        "like", 0.84, "share of the shorter title that both say, rare words first", "same-thing"
    ),
    Weight("shared words", 1.14, "words that both say and few others of the list", "same-thing"),
    Weight("named first", 0.17, "the first is the first entry that says such a word", "same-thing"),
    Weight("named last", 0.16, "the first is the last entry before it that does", "same-thing"),
    Weight("shared phrase", 0.18, "two words in a row that both say", "same-thing"),
    Weight("shared phrase of the topic", 0.34, "the same, of the action's title", "same-thing"),
    Weight("opening named", 0.37, "the second says what the first opens with", "same-thing"),
    Weight("rule stages", 0.36, "the rule speaks for it", "stages"),
    Weight("rule same-thing", 1.15, "the rule speaks for it", "same-thing"),
    Weight("rule means", 2.32, "the rule speaks for it", "means"),
    Weight("rule leads-to", 2.4, "the rule speaks for it", "leads-to"),
    Weight("rule shared-use", 1.01, "the rule speaks for it", "shared-use"),
    Weight("rule shared-stage", 1.12, "the rule speaks for it", "shared-stage"),
    Weight("rule shared-dates", 2.62, "the rule speaks for it", "shared-dates"),
)

#: Two items that are no steps of one action.
APART: Final = (
    Weight("always", -7.39, "any two items that share rare words"),
    Weight("one theme", 0.81, "both stand under one theme"),
    Weight("one list", 1.72, "both stand under one heading"),
    Weight("actions", -1.3, "they are actions with steps (share of the two)"),
    Weight("rising", -0.09, "the second is due later"),
    Weight("one date", 0.01, "both are due at one time"),
    Weight("undated", -0.33, "one of them has no date"),
    Weight("done before", 0.55, "the first is done, the second is not"),
    Weight("both done", -0.15, "both are done"),
    Weight("stage ahead", -0.71, "the second is of a later stage"),
    Weight("stage far ahead", -0.41, "of a stage that is three or more later"),
    Weight("stage overlaps", -0.81, "their stages overlap, the second ends later"),
    Weight("stage back", -0.73, "the second is of an earlier stage"),
    Weight("stage unknown", -0.15, "one of them tells of no stage"),
    Weight("course ahead", -0.37, "the second is a later step of a course of work"),
    Weight("course next", 0.35, "it is the very next step of it"),
    Weight("course sure", 0.06, "both have words of that course alone"),
    Weight("course back", 0.43, "the second is an earlier step of a course of work"),
    Weight("one verb", 0.01, "both begin with the same word"),
    Weight("outcome before", -1.7, "the first names an outcome (improved, reduced, 95%)"),
    Weight("outcome after", -0.09, "the second names an outcome"),
    Weight("long", -0.68, "titles of more than 25 words (share of the two)"),
    Weight("like", 2.46, "share of the shorter title that both say, rare words first"),
    Weight("shared words", 0.68, "weight of the rare words that both say"),
    Weight("rarest word", 1.69, "rarity of the rarest of them"),
    Weight("shared phrase", 0.05, "two words in a row that both say"),
    Weight("actions alike", -0.2, "share of the title of one action that the other's says too"),
    Weight("words of the actions", 2.31, "weight of the rare words that the titles of both say"),
    Weight("leads in like actions", 0.52, "what the rule says, times that share", "leads-to"),
    Weight("rule stages", 1.68, "the rule speaks for it", "stages"),
    Weight("rule same-thing", 0.33, "the rule speaks for it", "same-thing"),
    Weight("rule leads-to", 1.82, "the rule speaks for it", "leads-to"),
    Weight("rule shared-use", 4.55, "the rule speaks for it", "shared-use"),
    Weight("rule shared-stage", 3.28, "the rule speaks for it", "shared-stage"),
    Weight("rule shared-dates", 1.78, "the rule speaks for it", "shared-dates"),
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
