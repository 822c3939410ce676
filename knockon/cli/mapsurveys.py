"""The dependency map as a whole on the terminal, as ``trace`` prints it without an item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphmodel.words import count
from knockon.cli.console import say, say_table, say_wrapped
from viz.words import shorten, show_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphmodel.mapquestions import Crossing
    from queries.mapsurvey import MapSurvey

__all__ = ["say_survey"]

#: Rows of each table; --json prints all.
_ROWS: Final = 15
#: Characters of a title beside a link.
_TITLE: Final = 70


def say_survey(survey: MapSurvey) -> None:
    """Print what the map looks like: in words, then its weak links, borders and loose ends."""
    for sentence in survey.sentences:
        say_wrapped(sentence)
    _say_splitting(survey)
    _say_crossings(survey, "theme", survey.cross_theme)
    _say_crossings(survey, "directorate", survey.cross_directorate)
    _say_loose_ends(survey)


def _say_splitting(survey: MapSurvey) -> None:
    if survey.splitting:
        say()
        rows = [
            (one.link.name, shorten(_title(survey, one.link.to), _TITLE), str(len(one.cut_off)))
            for one in survey.splitting[:_ROWS]
        ]
        title = "Links whose loss would split the map"
        say_table(title, ("Link", "Leads to", "Items cut off"), rows, total=len(survey.splitting))


def _say_crossings(survey: MapSurvey, border: str, crossings: Sequence[Crossing]) -> None:
    from queries.mapsurvey import count_pairs  # noqa: PLC0415 - heavy

    if not crossings:
        return
    say()
    pairs = count_pairs(crossings)
    rows = [
        (_group(survey, start), _group(survey, end), str(links))
        for (start, end), links in pairs[:_ROWS]
    ]
    total = count(len(crossings), "link")
    title = f"From one {border} into another: {total}"
    say_table(title, ("From", "Into", "Links"), rows, total=len(pairs))


def _say_loose_ends(survey: MapSurvey) -> None:
    if not (survey.links and survey.loose_ends):
        return
    say()
    alone = set(survey.unlinked)
    rows = [
        (f"{one}  {_title(survey, one)}", _finish(survey, one), "nothing" if one in alone else "")
        for one in survey.loose_ends[:_ROWS]
    ]
    title = "Nothing waits for"
    say_table(title, ("Item", "Finish", "Waits for"), rows, total=len(survey.loose_ends))


def _title(survey: MapSurvey, item: str) -> str:
    return survey.plan.index.items[item].title


def _finish(survey: MapSurvey, item: str) -> str:
    one = survey.plan.index.items[item]
    return show_date(one.planned.finish or one.due, missing="no date")


def _group(survey: MapSurvey, group: str) -> str:
    """Return a theme by its name; a directorate is its own name."""
    item = survey.plan.index.items.get(group)
    return group if item is None else item.name
