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

__all__ = ["APART", "LISTED", "TABLES", "Weight", "believe"]


@dataclass(frozen=True, slots=True)
class Weight:
    """A feature, its weight in log-odds, what it means, and the rule that it belongs to if any."""

    feature: str
    value: float
    meaning: str
    rule: str = ""


#: Two steps of one action.
LISTED: Final = (
    Weight("always", -3.38, "any two steps of one action"),
    Weight("next", 1.28, "the second stands right after the first", "sequence"),
    Weight("second", 0.28, "the second stands two places after the first", "sequence"),
    Weight("third", -0.18, "the second stands three places after the first", "sequence"),
    Weight("far", -0.8, "the second stands further on", "sequence"),
    Weight("listed after", -0.59, "the second is listed before the first"),
    Weight("rising", 0.81, "the second is due later"),
    Weight("one date", -0.73, "both are due at one time"),
    Weight("undated", -1.12, "one of them has no date"),
    Weight("done before", -0.42, "the first is done, the second is not"),
    Weight("both done", 1.46, "both are done"),
    Weight(
        "steep", 1.92, "the dates of the list rise (share of neighbours, less a half)", "sequence"
    ),
    Weight("coherent", 0.96, "entries of the list go on from each other (share, less a half)"),
    Weight("coherent and next", -0.11, "the same, of neighbours", "sequence"),
    Weight("short list", -0.4, "the list has four entries or fewer"),
    Weight(
        "closes the list", -0.63, "the second is the last entry and a review, report or closure"
    ),
    Weight("points back", 0.06, 'the second says "the", "its", "agreed", "new" or the like'),
    Weight("stage ahead", 0.38, "the second is of a later stage", "stages"),
    Weight("stage far ahead", -0.33, "of a stage that is three or more later", "stages"),
    Weight("stage overlaps", 0.21, "their stages overlap, the second ends later", "stages"),
    Weight("course ahead", 0.41, "the second is a later step of a course of work", "course"),
    Weight("course next", -0.07, "it is the very next step of it", "course"),
    Weight("course sure", 1.1, "both have words of that course alone", "course"),
    Weight("one verb", 0.42, "both begin with the same word"),
    Weight("outcome before", -1.07, "the first names an outcome (improved, reduced, 95%)"),
    Weight("outcome after", -0.51, "the second names an outcome"),
    Weight("long", -2.6, "titles of more than 25 words (share of the two)"),
    Weight(
        "like", 0.29, "share of the shorter title that both say, rare words first", "same-thing"
    ),
    Weight("shared words", 1.2, "words that both say and few others of the list", "same-thing"),
    Weight(
        "opening of the first",
        0.84,
        "share of the six words that open the first which the second says",
        "same-thing",
    ),
    Weight(
        "opening of the second",
        2.26,
        "share of the six words that open the second which the first says",
        "same-thing",
    ),
    Weight(
        "taken up", 1.31, 'weight of what opens the first and the second calls "the", "agreed" …'
    ),
    Weight("one topic", -0.41, "both say one word of the title of their action"),
    Weight("on the topic", 0.31, "both say some word of it"),
    Weight("first alone", -0.62, "words that only the first says (share of eight)"),
    Weight("second alone", -1.22, "words that only the second says (share of eight)"),
    Weight("joined", 1.31, 'titles that say "and" (share of the two)'),
    Weight("first numbered", 0.32, "the first holds a digit"),
    Weight("open alike", -1.05, "entries of the list that open with the word of another (share)"),
    Weight("rare lead", 0.92, "how rare the words are by which `leads-to` speaks", "leads-to"),
    Weight("rule stages", 0.22, "the rule speaks for it", "stages"),
    Weight("rule same-thing", 0.6, "the rule speaks for it", "same-thing"),
    Weight("rule means", 1.94, "the rule speaks for it", "means"),
    Weight("rule leads-to", 1.16, "the rule speaks for it", "leads-to"),
    Weight("rule shared-use", 1.74, "the rule speaks for it", "shared-use"),
    Weight("rule shared-stage", 1.35, "the rule speaks for it", "shared-stage"),
    Weight("rule shared-dates", 2.79, "the rule speaks for it", "shared-dates"),
)

#: Two items that are no steps of one action.
APART: Final = (
    Weight("always", -7.57, "any two items that share rare words"),
    Weight("one theme", 0.91, "both stand under one theme"),
    Weight("one list", 0.23, "both stand under one heading"),
    Weight("next", 3.52, "in it the second stands right after the first", "sequence"),
    Weight("near", 1.04, "in it the second stands two to four places after", "sequence"),
    Weight("listed after", 1.13, "in it the second is listed before the first"),
    Weight("actions", -1.62, "they are actions with steps (share of the two)"),
    Weight("rising", 0.18, "the second is due later"),
    Weight("one date", 0.17, "both are due at one time"),
    Weight("undated", -0.62, "one of them has no date"),
    Weight("done before", 0.18, "the first is done, the second is not"),
    Weight("both done", 0.08, "both are done"),
    Weight("stage ahead", -0.84, "the second is of a later stage"),
    Weight("stage far ahead", 0.06, "of a stage that is three or more later"),
    Weight("stage overlaps", -1.21, "their stages overlap, the second ends later"),
    Weight("course ahead", -0.08, "the second is a later step of a course of work"),
    Weight("course next", 0.42, "it is the very next step of it"),
    Weight("outcome before", -1.2, "the first names an outcome (improved, reduced, 95%)"),
    Weight("outcome after", -0.67, "the second names an outcome"),
    Weight("long", -0.06, "titles of more than 25 words (share of the two)"),
    Weight("like", 2.79, "share of the shorter title that both say, rare words first"),
    Weight("shared words", 1.4, "weight of the rare words that both say"),
    Weight("rarest word", 0.85, "rarity of the rarest of them"),
    Weight("actions alike", -0.95, "share of the title of one action that the other's says too"),
    Weight("words of the actions", 3.28, "weight of the rare words that the titles of both say"),
    Weight("leads in like actions", 0.41, "what the rule says, times that share", "leads-to"),
    Weight(
        "taken up", 1.24, 'weight of what opens the first and the second calls "the", "agreed" …'
    ),
    Weight("first alone", -0.99, "words that only the first says (share of eight)"),
    Weight("first goes on", -0.82, 'the first says "continue", "all", "improve" or the like'),
    Weight("first numbered", 0.82, "the first holds a digit"),
    Weight("second numbered", -0.39, "the second holds a digit"),
    Weight("rare lead", 1.41, "how rare the words are by which `leads-to` speaks", "leads-to"),
    Weight("rule stages", 1.74, "the rule speaks for it", "stages"),
    Weight("rule leads-to", 0.88, "the rule speaks for it", "leads-to"),
    Weight("rule shared-use", 5.42, "the rule speaks for it", "shared-use"),
    Weight("rule shared-stage", 3.52, "the rule speaks for it", "shared-stage"),
    Weight("rule shared-dates", 1.3, "the rule speaks for it", "shared-dates"),
)

#: The weights in use by feature: of steps of one action (True), of other items (False).
TABLES: Final = {
    True: {one.feature: one for one in LISTED},
    False: {one.feature: one for one in APART},
}


def believe(features: Features, off: Collection[str] = ()) -> float:
    """Return how likely a pair with these features is a dependency, 0 to 1.

    ``off`` are the ids of the rules that are switched off.
    """
    table = TABLES[features.listed]
    known = ((table[name], value) for name, value in features.items() if name in table)
    total = sum(one.value * value for one, value in known if one.rule not in off)
    return 1 / (1 + math.exp(-total))
