"""The tables of docs/links.md are those of the program.

Run as a program, this writes them: ``python tests/docs/test_links.py``.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from loaders.suggest.lead_rows import ROWS
from loaders.suggest.lead_rows_more import MORE_ROWS
from loaders.suggest.registry import rules
from loaders.suggest.stage_table import STAGES
from loaders.suggest.suggest import MOST_PER_ITEM
from loaders.suggest.weighing import MOST
from loaders.suggest.weights import APART, LISTED, Weight
from loaders.suggest.workstream_table import WORKSTREAMS

if TYPE_CHECKING:
    from collections.abc import Callable

#: Entries of a side of a row that the page shows.
_SHOWN = 3

PAGE = Path(__file__).parents[2] / "docs" / "links.md"


def rules_table() -> str:
    rows = ["| id | what it is | why it holds | what it needs | confidence |", f"|{'---|' * 5}"]
    rows += [
        f"| `{one.id}` | {one.name} | {one.why} | {one.needs} | {one.confidence:g} |"
        for one in rules()
    ]
    return "\n".join(rows)


def stages_table() -> str:
    rows = ["| | stage | told by forms of |", "|---|---|---|"]
    rows += [
        f"| {number} | {stage.name} | {', '.join(word.replace('-', ' ') for word in stage.words)} |"
        for number, stage in enumerate(STAGES, start=1)
    ]
    return "\n".join(rows)


def courses_table() -> str:
    rows = ["| the course of | its steps |", "|---|---|"]
    rows += [
        f"| {one.name} | {' → '.join(step.name for step in one.steps)} |" for one in WORKSTREAMS
    ]
    return "\n".join(rows)


def leads_table() -> str:
    lines = iter((ROWS + MORE_ROWS).replace("\n      ", " ").split("\n"))
    told = [line for line in lines if line]
    rows = ["| for example | comes before | because |", "|---|---|---|"]
    for why, before, after in zip(told[::3], told[1::3], told[2::3], strict=True):
        first, second = (
            ", ".join(side.split(": ", maxsplit=1)[1].split(" | ")[:_SHOWN])
            for side in (before, after)
        )
        rows.append(f"| {first} | {second} | {why} |")
    return "\n".join(rows)


def weights_table(weights: tuple[Weight, ...]) -> str:
    rows = ["| feature | log-odds | what it means |", "|---|---:|---|"]
    for one in weights:
        meaning = (
            f"the rule `{one.rule}` speaks for it"
            if "speaks for it" in one.meaning
            else one.meaning
        )
        rows.append(f"| {one.feature} | {one.value:+.2f} | {meaning} |")
    return "\n".join(rows)


TABLES: dict[str, Callable[[], str]] = {
    "rules": rules_table,
    "stages": stages_table,
    "courses": courses_table,
    "leads": leads_table,
    "listed": lambda: weights_table(LISTED),
    "apart": lambda: weights_table(APART),
}


def between(name: str) -> re.Pattern[str]:
    return re.compile(rf"(<!-- {name}: [^>]*-->\n)(.*?)(<!-- end of {name} -->)", re.DOTALL)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_the_page_is_that_of_the_program(name: str) -> None:
    found = between(name).search(PAGE.read_text(encoding="utf-8"))
    assert found is not None
    assert found[2].strip() == TABLES[name](), "run  python tests/docs/test_links.py"


def test_the_numbers_of_the_page_are_those_of_the_program() -> None:
    text = " ".join(PAGE.read_text(encoding="utf-8").split())
    assert f"An item gets {MOST_PER_ITEM} suggestions at most" in text
    assert f"never to more than {MOST:g}" in text


def test_every_rule_says_what_it_is_in_sentences() -> None:
    assert len({rule.id for rule in rules()}) == len(rules())
    for rule in rules():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.id)
        assert rule.why.endswith(".")
        assert rule.needs.endswith(".")
        assert 0 < rule.confidence < 1


def write() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for name, table in TABLES.items():
        content = f"\\1\n{table()}\n\n\\3".replace("\\1\n", "\\g<1>\n").replace("\\3", "\\g<3>")
        text = between(name).sub(content, text)
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
