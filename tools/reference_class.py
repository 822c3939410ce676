"""Write simulations/reference.json from papers and corpora: ``python tools/reference_class.py``.

Counts, quantiles, sources and dates only. The material stands beside the checkout (or where
KNOCKON_SHARED says). A test computes everything anew and compares
(`tests/simulations/test_reference_facts.py`); docs/reference-class.md tells what the figures mean.
"""

from __future__ import annotations

import csv
import gzip
import json
import math
import os
import re
import sys
from collections import defaultdict
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from knockon import load  # noqa: E402 - the line above finds it

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graphmodel.plan import Plan

TARGET = ROOT / "simulations" / "reference.json"
SHARED = Path(os.environ.get("KNOCKON_SHARED") or ROOT.parent / "shared").resolve()

YEAR: Final = 365
#: Days to go between which dates are counted apart; beyond, year by year alike.
TO_GO: Final = (0, YEAR, 2 * YEAR, 3 * YEAR, None)
#: Working hours of planned duration: a day, a week, four weeks.
HOURS: Final = (8, 40, 160, None)
#: Quantiles kept of many values.
KEPT: Final = 40
#: Days from which a later record is one of the next year.
NEXT_YEAR: Final = 330


class Step(NamedTuple):
    """One look at one thing, and at it again: horizon, how far it moved, in which group.

    ``moved`` is in days, or the ratio of actual to planned duration; None: not seen again.
    """

    horizon: float
    moved: float | None
    group: str


def build(shared: Path) -> dict[str, Any]:
    """Return the content of the file."""
    papers, corpora = shared / "papers", shared / "corpora"
    return {
        "schema": "knockon/reference@1",
        "dates": "council-improvement",
        "durations": "tracked-projects",
        "classes": [
            councils(papers),
            programmes(corpora / "gov" / "gmpp.csv"),
            capital(corpora / "gov" / "NYC_capital_projects_20190901.csv"),
            it_activities(corpora / "gov" / "hhs_activities.csv"),
            tracked(corpora / "dslib" / "tracking_final.csv.gz"),
        ],
    }


def councils(papers: Path) -> dict[str, Any]:
    """Return what two councils counted of their own improvement plans."""
    derby = load(_paper(papers, "004")).plan
    sandwell = load(_paper(papers, "003")).plan
    derby_live, derby_slipped = _live_of_derby(derby)
    sandwell_live, sandwell_slipped = _live_of_sandwell(sandwell)
    slips = sorted(_slips(derby))
    election = [
        item
        for item in sandwell.items
        if item.grade in {"medium", "significant"} and re.search(r"by.election", item.cause or "")
    ]
    return {
        "id": "council-improvement",
        "title": "council improvement plans",
        "basis": "dates",
        "larger": "government-programmes",
        "definition": "Of the live actions at a report (on track or slipping; in one paper "
        "sub-actions of actions rated amber or red), those said to slip. How far they slip, where "
        "both dates are stated.",
        "sources": [
            {
                "title": "Derby City Council, Corporate Improvement Plan, September 2018 update",
                "as_of": "2018-09-30",
                "items": derby_live,
                "later": derby_slipped,
            },
            {
                "title": "Sandwell Council, Improvement Plan theme progress, October 2022",
                "as_of": "2022-10-31",
                "items": sandwell_live,
                "later": sandwell_slipped,
            },
        ],
        "bands": [
            {
                "from": 0,
                "to": YEAR,
                "items": derby_live + sandwell_live,
                "later": derby_slipped + sandwell_slipped,
            }
        ],
        "sizes": _sizes(slips),
        "groups": [
            {"items": derby_live, "later": derby_slipped, "log_mean": _log_mean(slips)},
            {"items": sandwell_live, "later": sandwell_slipped},
        ],
        "facts": {
            "Derby actions in June 2018": _stated(derby, "total", "2018-06"),
            "of those complete": _stated(derby, "completed", "2018-06"),
            "of those slipping": _stated(derby, "some slippage", "2018-06"),
            "Derby actions in September 2018": _stated(derby, "total", "2018-09"),
            "of them complete": _stated(derby, "completed", "2018-09"),
            "of them slipping": _stated(derby, "some slippage", "2018-09"),
            "Sandwell sub-actions slipping because of one by-election": len(election),
        },
    }


def _paper(papers: Path, number: str) -> Path:
    found = next(iter(sorted(papers.glob(f"{number}_*.txt"))), None)
    if found is None:
        raise SystemExit(f"{papers} holds no paper {number}: set KNOCKON_SHARED to its folder.")
    return found


def _stated(plan: Plan, measure: str, month: str) -> int:
    """Return a total that a paper states, once or several times, summed over its themes."""
    found: dict[str | None, float] = {}
    for one in plan.stated:
        if (one.measure, one.as_of) != (measure, month):
            continue
        if found.setdefault(one.item, one.value) != one.value:
            raise ValueError(f'{plan.id} states two figures for "{measure}" of {month}.')
    if not found:
        raise ValueError(f'{plan.id} states no "{measure}" of {month}.')
    return int(sum(found.values()))


def _live_of_derby(plan: Plan) -> tuple[int, int]:
    month = "2018-09"
    slipped = sum(_stated(plan, f"{grade} slippage", month) for grade in ("some", "major"))
    return slipped + _stated(plan, "on track", month), slipped


def _live_of_sandwell(plan: Plan) -> tuple[int, int]:
    month = "2022-10"
    grades = ("medium", "significant")
    slipped = sum(_stated(plan, f"sub-actions with {one} slippage", month) for one in grades)
    return slipped + _stated(plan, "sub-actions on track", month), slipped


def _slips(plan: Plan) -> Iterator[int]:
    """Yield how many days actions slipped from the first date stated to the last."""
    for item in plan.items:
        first = [one.planned for one in item.history if one.planned is not None]
        original = (first[0] if first else item.planned).finish
        if item.forecast is not None and original is not None:
            yield (item.forecast - original).days


def programmes(path: Path) -> dict[str, Any]:
    """Return how the end dates of government programmes moved from report to report."""
    ends: dict[tuple[str, int], tuple[date | None, str]] = {}
    for row in _rows(path):
        key = row["match_key"], int(row["report_year"])
        ends[key] = _day(row["end_date"]), row["department"].upper()  # of two, the later
    last = max(year for _, year in ends)
    steps, pairs, past = [], [], 0
    for (name, year), (end, department) in ends.items():
        again = (name, year + 1)
        after = ends[again][0] if again in ends else None
        if end is None or year == last or (again in ends and after is None):
            continue
        moved = None if after is None else (after - end).days
        if moved is not None:
            pairs.append(moved)
        to_go = (end - _counted_on(year)).days
        if to_go <= 0:
            past += 1
            continue
        steps.append(Step(to_go, moved, department))
    return {
        "id": "government-programmes",
        "title": "major government programmes",
        "basis": "dates",
        "definition": "Of the programmes in one year's portfolio with an end date still ahead, "
        "those with a later one in the next year's. Those that are gone by then count half.",
        "sources": [
            {
                "title": "Government Major Projects Portfolio, annual data of 2014 to 2023",
                "as_of": "2013-09-30/2023-03-31",
                "licence": "Open Government Licence v3.0",
            }
        ],
        **_of_dates(steps),
        "facts": {
            "pairs of reports a year apart": len(pairs),
            "of those unchanged": sum(not one for one in pairs),
            "of those later": sum(one > 0 for one in pairs),
            "of those earlier": sum(one < 0 for one in pairs),
            "reports with an end date already past, left out": past,
            **_last_year(steps),
        },
    }


def _last_year(steps: Iterable[Step]) -> dict[str, float]:
    """Return how many moved in either half of the last year, in per cent of those exposed."""
    halves = {"up to half a year": (0, YEAR / 2), "half a year to a year": (YEAR / 2, YEAR)}
    shares: dict[str, float] = {}
    for name, (low, high) in halves.items():
        moves = [one.moved for one in _between(steps, low, high)]
        exposed = len(moves) - sum(one is None for one in moves) / 2
        later = sum(one is not None and one > 0 for one in moves)
        shares[f"per cent later with {name} to go"] = round(100 * later / exposed)
    return shares


def _counted_on(year: int) -> date:
    """Return the day that a year's data is of: September before until 2020, then that March."""
    first_in_march = 2021
    return date(year - 1, 9, 30) if year < first_in_march else date(year, 3, 31)


def capital(path: Path) -> dict[str, Any]:
    """Return how the forecast completion of large capital projects moved in about a year."""
    records: dict[str, list[tuple[date, date, str]]] = defaultdict(list)
    for row in _rows(path):
        forecast = _american(row["Forecast Completion"])
        reported = _american(row["Date Reported As Of"])
        if forecast is not None and reported is not None:
            records[row["PID"]].append((reported, forecast, row["Managing Agency"]))
    last = max(reported for history in records.values() for reported, *_ in history)
    steps, short = [], 0
    for history in records.values():
        for before, after in _a_year_apart(sorted(history)):
            if before[1] <= last:
                short += 1
                continue
            to_go = (before[1] - before[0]).days
            steps.append(Step(to_go, (after[1] - before[1]).days, before[2]))
    return {
        "id": "capital-projects",
        "title": "large capital projects",
        "basis": "dates",
        "larger": "government-programmes",
        "definition": "Of the projects forecast to be complete after the last report, those with "
        "a later forecast about a year on. Others are left out: the data holds only what was still "
        "running at the last report, so that of the rest only the late ones are seen.",
        "sources": [
            {
                "title": "New York City, capital projects over 25 million dollars",
                "as_of": f"2013-09-01/{last}",
                "licence": "NYC Open Data terms of use",
            }
        ],
        **_of_dates(steps),
        "facts": {"pairs left out, forecast before the last report": short},
    }


def _a_year_apart(
    history: Sequence[tuple[date, date, str]],
) -> Iterator[tuple[tuple[date, date, str], tuple[date, date, str]]]:
    """Yield records and the next ones at least about a year on, without overlap."""
    before = history[0]
    for record in history[1:]:
        if (record[0] - before[0]).days >= NEXT_YEAR:
            yield before, record
            before = record


def it_activities(path: Path) -> dict[str, Any]:
    """Return how much later than planned activities of federal IT projects ended."""
    steps, long = [], 0
    for row in _rows(path):
        planned, actual = _days(row["Planned_Duration"]), _days(row["Actual_duration"])
        if planned is None or actual is None:
            continue
        if planned > YEAR:
            long += 1
            continue
        late = (_days(row["Actual_start_delay"]) or 0) + actual - planned
        steps.append(Step(max(planned, 1), late, row["name"].split(":")[0]))
    return {
        "id": "it-activities",
        "title": "activities of federal IT projects",
        "basis": "dates",
        "larger": "government-programmes",
        "definition": "Of the completed activities planned to take up to a year, those that ended "
        "later than planned (start delay and longer duration together).",
        "sources": [
            {
                "title": "US IT Dashboard, Department of Health and Human Services",
                "as_of": "2013",
                "licence": "US federal data",
            }
        ],
        **_of_dates(steps),
        "facts": {"activities planned for over a year, left out": long},
    }


def tracked(path: Path) -> dict[str, Any]:
    """Return how long completed activities of tracked projects took against their plan."""
    complete = [
        Step(
            float(row["dur_h"]),
            float(row["actual_dur_h"]) / float(row["dur_h"]),
            row["project"],
        )
        for row in _rows(path)
        if float(row["pct_complete"]) >= 1 and float(row["dur_h"]) > 0
    ]
    steps = [one for one in complete if one.horizon > HOURS[0]]
    bands = [
        {
            "from": low,
            **({} if high is None else {"to": high}),
            "items": len(inside),
            "later": sum(ratio > 1 for ratio in inside),
            "earlier": sum(ratio < 1 for ratio in inside),
            "sizes": _sizes([100 * (ratio - 1) for ratio in inside if ratio > 1]),
            "cuts": _sizes([100 * (1 - ratio) for ratio in inside if ratio < 1]),
        }
        for low, high in pairwise(HOURS)
        if low is not None
        for inside in [[one.moved for one in _between(steps, low, high) if one.moved is not None]]
    ]
    longer = [
        Step(one.horizon, 100 * (one.moved - 1), one.group)
        for one in steps
        if one.moved is not None
    ]
    return {
        "id": "tracked-projects",
        "title": "activities of projects that were tracked",
        "basis": "durations",
        "definition": "Of the completed activities planned to take more than a working day, those "
        "that took longer (or less) than planned, by working hours of planned duration. Shorter "
        "ones are left out: a day, or an hour, stands for want of an estimate in whole projects.",
        "sources": [
            {
                "title": "DSLIB, 109 tracked projects (Batselier and Vanhoucke, 2015)",
                "licence": "publicly available, to be cited",
            }
        ],
        "bands": bands,
        "groups": _groups(longer),
        "facts": {
            "projects": len({one.group for one in steps}),
            "activities planned for a day or less, left out": len(complete) - len(steps),
        },
    }


def _of_dates(steps: Sequence[Step]) -> dict[str, Any]:
    """Return bands, sizes and groups of steps in days."""
    bands = []
    for low, high in pairwise(TO_GO):
        inside = _between(steps, low or 0, high)
        if not inside:
            continue
        moves = [one.moved for one in inside if one.moved is not None]
        end = {} if high is None else {"to": high}
        bands.append(
            {
                "from": low,
                **end,
                "items": len(moves),
                "later": sum(one > 0 for one in moves),
                "earlier": sum(one < 0 for one in moves),
                "left": len(inside) - len(moves),
            }
        )
    later = [one.moved for one in steps if one.moved is not None and one.moved > 0]
    return {"bands": bands, "sizes": _sizes(later), "groups": _groups(steps)}


def _between(steps: Iterable[Step], low: float, high: float | None) -> list[Step]:
    return [one for one in steps if low < one.horizon and (high is None or one.horizon <= high)]


def _groups(steps: Iterable[Step]) -> list[dict[str, Any]]:
    """Return how each group fared, the largest first, without its name."""
    members: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        members[step.group].append(step)
    groups = []
    for inside in members.values():
        moves = [one.moved for one in inside if one.moved is not None]
        later = [one for one in moves if one > 0]
        group = {"items": (len(inside) + len(moves)) / 2, "later": len(later)}
        groups.append({**group, **({"log_mean": _log_mean(later)} if later else {})})
    groups.sort(key=lambda one: (-one["items"], -one["later"], one.get("log_mean", 0)))
    return groups


def _sizes(values: Sequence[float]) -> dict[str, Any]:
    """Return what is kept of how far things moved: all of few values, quantiles of many."""
    ordered = sorted(values)
    logs = [math.log(one) for one in ordered]
    mean = sum(logs) / len(logs)
    spread = math.sqrt(sum((one - mean) ** 2 for one in logs) / (len(logs) - 1))
    kept = ordered if len(ordered) <= KEPT else _quantiles(ordered)
    return {
        "count": len(ordered),
        "values": [round(one, 1) for one in kept],
        "log_mean": round(mean, 4),
        "log_sd": round(spread, 4),
    }


def _quantiles(ordered: Sequence[float]) -> Iterator[float]:
    """Yield quantiles at (i + ½) / 40, between the values whose own ranks are (j + ½) / n."""
    for number in range(KEPT):
        place = (number + 1 / 2) / KEPT * len(ordered) - 1 / 2
        low = int(place)
        yield ordered[low] + (place - low) * (ordered[low + 1] - ordered[low])


def _log_mean(values: Sequence[float]) -> float:
    return round(sum(map(math.log, values)) / len(values), 4)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    opener: Any = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8-sig", newline="") as lines:
        yield from csv.DictReader(lines)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _american(text: str) -> date | None:
    return datetime.strptime(text[:10], "%m/%d/%Y").date() if text else None


def _days(text: str) -> int | None:
    return int(text.removesuffix(" days")) if text else None


def write(content: dict[str, Any]) -> str:
    """Return the JSON text: one line for each list of numbers and each group."""
    text = json.dumps(content, indent=1, ensure_ascii=False)
    text = re.sub(r"\[[^][{}\"]*\]", lambda found: _on_one_line(found[0]), text)
    return re.sub(r"\{[^][{}]*\}", lambda found: _shorten(found[0]), text) + "\n"


def _on_one_line(text: str) -> str:
    return " ".join(text.split()).replace("[ ", "[").replace(" ]", "]")


def _shorten(text: str) -> str:
    short = " ".join(text.split()).replace("{ ", "{").replace(" }", "}")
    longest = 90
    return short if len(short) <= longest else text


if __name__ == "__main__":
    TARGET.write_text(write(build(SHARED)), encoding="utf-8")
