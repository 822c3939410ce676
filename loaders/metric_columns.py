"""The columns of a register of metrics, declared: field, accepted headings, how a cell is read."""

from __future__ import annotations

from typing import Final, Literal

from loaders.columns import Column
from loaders.register_cells import choose, read_id, read_last_day, read_words

__all__ = ["COLUMNS"]

Direction = Literal["up", "down", "hold"]

_DIRECTIONS: Final[dict[Direction, tuple[str, ...]]] = {
    "up": ("up", "increase", "higher", "higher is better", "rise", "bigger is better"),
    "down": ("down", "decrease", "lower", "lower is better", "fall", "smaller is better"),
    "hold": ("hold", "maintain", "stay", "keep", "steady"),
}

COLUMNS: Final = (
    Column(
        "id",
        ("id", "metric id", "kpi id", "measure id", "ref"),
        read_id,
        about="A short id that stays the same. Leave it blank for a new metric.",
    ),
    Column(
        "item",
        ("item", "item id", "objective", "objective id", "action id", "for"),
        read_id,
        about="The id of the objective or action whose effect it shows.",
    ),
    Column(
        "item_title",
        ("item title", "objective title"),
        read_words,
        about="Its title, held against the id.",
    ),
    Column(
        "title",
        ("metric", "measure", "kpi", "indicator", "metric title", "output metric", "title", "name"),
        read_words,
        about="What is measured.",
    ),
    Column("unit", ("unit", "units"), read_words, about="The unit: %, days, £."),
    Column(
        "direction",
        ("direction", "polarity", "better is", "good is"),
        choose(_DIRECTIONS, "direction"),
        about="Where it should go.",
        choices=tuple(_DIRECTIONS),
    ),
    Column(
        "frequency", ("frequency", "reported", "cadence"), read_words, about="How often: monthly."
    ),
    Column(
        "baseline", ("baseline", "baseline value"), read_words, about="The value to begin with."
    ),
    Column(
        "baseline_as_of",
        ("baseline as of", "baseline date", "baseline period"),
        read_words,
        about="When that was: Jan 2026.",
    ),
    Column("target", ("target", "target value"), read_words, about="The value to reach."),
    Column(
        "target_by",
        ("target by", "target date", "by when", "by"),
        read_last_day,
        about="By when: 2028-03-31 or March 2028.",
    ),
    Column(
        "actual",
        ("actual", "actual value", "value", "latest", "current value", "performance"),
        read_words,
        about="A value measured since. One row for each, with the id, the item and the metric.",
    ),
    Column(
        "actual_as_of",
        ("actual as of", "as of", "as at", "period", "actual date", "month", "measured on"),
        read_words,
        about="When that was: Oct 2026.",
    ),
)
