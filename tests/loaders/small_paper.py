"""A delivery plan of our own, small enough to know every word of it, and helpers around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from loaders import delivery_plan

if TYPE_CHECKING:
    from graphmodel.plan import Plan
    from graphmodel.problems import Problem

_WITHOUT_BULLETS = (
    "HA1.1.1 Hire a dredger Delivery milestones: <ul> Tender drawn up (two lots) (Jun 2026) "
    "Crew trained (by 1 May 2026), and housed (Sept 2026) Silt moved (ongoing) \tMarch 2027"
    "\tDirector of Docks"
)
_WITH_BULLETS = (
    "<p>Storms come first.</p> <p>HA1.1.2 Mend the wall</p> <p>Delivery Milestones:</p> <ul> "
    "• Plan agreed by the Harbour Recovery Board (Mar 2026) • Stone laid (Oct 2026 - Dec 2026). "
    "• Wall closed (Complete) \tNovember 2026\t<p>Director of Quays</p> <p>Head of Tides</p>"
)

# Lines are numbered from 1; tests name them.
LINES = [
    "Westmere",  # 1
    "",
    "Borough Council",
    "",
    "Appendix B: Harbour Recovery Plan (HRP)",  # 5
    "",
    "2026 - 2028",
    "",
    "The plan is watched by the Harbour Recovery Board (HRB) and the Dock and Quay Panels.",
    "",
    "Dredging",  # 11
    "",
    "Objective\tHA1.1 Keep the harbour deep: clear silt from every berth",
    "Division\tMarine Works",
    "Responsible Delivery Lead\tDirectors of Docks and Quays",  # 15
    "Senior Accountable Officer\tCorporate Director for HR and Ports",
    "Lead Portfolio\tPorts and Trade and Housing",
    "",
    "Delivery Actions\tDelivery Due Date\tResponsible Officer",
    _WITHOUT_BULLETS,  # 20
    _WITH_BULLETS,
    "HA1.1.3 Watch the tide\tOn-going\tHead of Tides, Moon & Weather",
    "",
    "Output Metrics\tBaseline (2024/25)\tTarget (Mar 2028)",
    "Depth at low water (%)\t61.5% (Jan 2026)\t70%",  # 25
    "Berths closed\t660units\tMonitor",
    "",
    "Housing",
    "",
    "Objective\tHA2.1 House the crews",  # 30
    "Division\tHousing",
    "Responsible Delivery Lead\tDirector of Quays",
    "Senior Accountable Officer\tCorporate Director of Human Resources and Ports",
    "Lead Portfolio\tHousing",
    "Delivery Actions\tDelivery Due Date\tResponsible Officer",  # 35
    "HA2.1.1 Build the quarters\tFrom April 2028 onwards\tDirector of Quays / All Directors",
    "",
    "Output Metrics\tBaseline\tTarget",
    "Not applicable\tN/A\tN/A",
    "",
    "Crossing Programmes",  # 41
    "",
    "Improvement Programme\tHP1 Money",
    "Division\tFinance",
    "Responsible Delivery Lead\tDirector of Finance",  # 45
    "Lead Portfolio\tPorts and Trade",
    "",
    "Objective\tHP1.1 Know what the harbour costs (i)",
    "------------------\t--",
    "Delivery Actions\tDelivery Due Date\tResponsible Officer",  # 50
    "HP1.1.1 Count the boats\tFrom May 2027 count to 1 April 2028 (first day)\tDirector of Finance",
    "",
    "Objective\tHP1.1 Know what the harbour costs (ii)",
    "Delivery Actions\tDelivery Due Date\tResponsible Officer",
    "HP1.1.2 Count the ropes\tTBC\tTBC",  # 55
]
TEXT = "\n".join(LINES)

#: Words that say what a cell is, not what it holds.
LABELS = frozenset(
    {
        *("objective", "improvement", "programme", "division", "responsible", "delivery", "lead"),
        *("senior", "accountable", "officer", "portfolio", "actions", "action", "due", "date"),
        *("output", "metrics", "baseline", "target", "milestones"),
    }
)
#: Problems that stand for words which have no place in the plan.
_TOLD = frozenset({"not-placed", "row-continued", "no-metrics", "role-open", "objective-twice"})


def read_lines(lines: list[str]) -> tuple[Plan, tuple[Problem, ...]]:
    """Read a paper of these lines."""
    return delivery_plan.read("\n".join(lines), "paper.txt")


def with_line(number: int, line: str) -> list[str]:
    """Return the lines of the small paper with another one at this number."""
    return [*LINES[: number - 1], line, *LINES[number:]]


def find_lost(lines: list[str], plan: Plan, problems: tuple[Problem, ...]) -> list[tuple[int, str]]:
    """Return each word of a paper, with its line, that is neither in the plan nor in a problem.

    A word is found if it stands in something that names its line as its source (the quotes of
    items do not count: their titles, dates and notes must hold the words), or if its whole cell
    stands somewhere in the plan.
    """
    content = plan.model_dump(mode="json", by_alias=True)
    by_line: dict[int, set[str]] = {}
    texts: set[str] = set()
    _collect(content, by_line, texts)
    told = {one.source.line for one in problems if one.source and one.code in _TOLD}
    for number, line in enumerate(lines, start=1):  # a paragraph goes on below its first line
        if number - 1 in told and "\t" not in line + lines[number - 2] and line.strip():
            told.add(number)
    for one in problems:  # what a problem says of an item counts where the item stands
        for item in (plan.index.items[name] for name in one.items if name in plan.index.items):
            line_of = item.source.line if item.source else None
            by_line.setdefault(line_of or 0, set()).update(_words(one.message))
    front = set(_words(plan.organisation or ""))
    lost: list[tuple[int, str]] = []
    for number, line in enumerate(lines, start=1):
        if number in told:
            continue
        known = by_line.get(number, set()) | (LABELS if "\t" in line else front)
        for cell in _cells(line):
            words = _words(cell)
            if " ".join(words) not in texts:
                lost += [(number, word) for word in words if word not in known]
    return lost


def _cells(line: str) -> list[str]:
    """Return the cells of a line; the dates in the head of a table are tested with its rows."""
    bare = re.sub(r"\([^()]*\)", "", line)
    is_head = "metrics" in bare.casefold() and set(_words(bare)) <= LABELS
    return (bare if is_head else line).split("\t")


def _collect(node: Any, by_line: dict[int, set[str]], texts: set[str]) -> None:
    if isinstance(node, list):
        for one in node:
            _collect(one, by_line, texts)
    if not isinstance(node, dict):
        return
    source = node.get("source")
    line = source.get("line") if isinstance(source, dict) else None
    for text in _strings(node, quote="kind" not in node or "role" in node):
        texts.add(" ".join(_words(text)))
        if line is not None:
            by_line.setdefault(line, set()).update(_words(text))
    for key, value in node.items():
        if key != "source":
            _collect(value, by_line, texts)


def _strings(node: dict[str, Any], *, quote: bool) -> list[str]:
    """Return the texts of an entity and of what belongs to it without a source of its own."""
    found: list[str] = []
    for key, value in node.items():
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, list):
            found += [one for one in value if isinstance(one, str)]
        elif isinstance(value, dict) and key == "source":
            found += [value["quote"]] if quote and value.get("quote") else []
        elif isinstance(value, dict) and "source" not in value:
            found += _strings(value, quote=quote)
    return found


def _words(text: str) -> list[str]:
    bare = re.sub(r"</?(?:p|ul|li|br)\b[^<>]*>", " ", text)
    return re.findall(r"\w+", bare.casefold())
