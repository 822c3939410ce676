"""The map's scripts that draw nothing, run in Node: rows, chains, filters and addresses.

Rows must be those that `viz.layout` gives; chains those that networkx finds; filters and addresses
what is worked out by hand here.
"""

from __future__ import annotations

import json
import random
import subprocess
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

from viz.layout import Box, Group, Lane, lay_out

if TYPE_CHECKING:
    from collections.abc import Callable

    Ask = Callable[..., Any]

SCRIPTS = ("packing", "chains", "facets", "address")
ANSWERS = Path(__file__).parent / "map_answers.js"
GAP = 5.0


@pytest.fixture(scope="module")
def ask(node: Path, tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """Ask the scripts one question of a name, and get their answer."""
    folder = tmp_path_factory.mktemp("questions")
    scripts = [str(files("viz").joinpath("static", "js", f"{name}.js")) for name in SCRIPTS]

    def answer(name: str, question: Any) -> Any:
        path = folder / "questions.json"
        path.write_text(json.dumps([[name, question]]), encoding="utf-8")
        command = [str(node), str(ANSWERS), str(path), *scripts]
        done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
        assert done.stderr == ""
        return json.loads(done.stdout)[0]

    return answer


def random_boxes(dice: random.Random, prefix: str, most: int) -> list[Box]:
    keys = [f"{prefix}{n}" for n in range(dice.randint(1, most))]
    made = []
    for key in keys:
        left = float(dice.randint(0, 60))
        near = tuple(dice.choices(keys, k=dice.randint(0, 4)))
        made.append(Box(key, left, left + dice.randint(1, 25), near))
    return made


def random_lane(dice: random.Random, number: int) -> Lane:
    heads = random_boxes(dice, f"l{number}g", 40)
    groups = (Group(head, tuple(random_boxes(dice, f"{head.key}p", 8))) for head in heads)
    return Lane(f"l{number}", tuple(groups))


def packed(box: Box) -> dict[str, Any]:
    return {"key": box.key, "left": box.left, "right": box.right, "near": list(box.near)}


def packed_group(one: Group) -> dict[str, Any]:
    return {"box": packed(one.box), "parts": [packed(part) for part in one.parts]}


def test_rows_are_those_that_python_gives(ask: Ask) -> None:
    dice = random.Random(9)
    lanes = [random_lane(dice, number) for number in range(300)]
    given = [[packed_group(one) for one in lane.groups] for lane in lanes]
    answers = ask("packing", {"lanes": given, "gap": GAP})
    for lane, answer in zip(lanes, answers, strict=True):
        layout = lay_out([lane], gap=GAP)
        assert answer == {"row": layout.row, "depth": layout.depth}


def random_links(dice: random.Random, size: int) -> list[dict[str, Any]]:
    pairs = {tuple(sorted(dice.sample(range(size), 2))) for _ in range(size * 2)}
    return [
        {"number": n, "from": a, "to": b, "driving": dice.random() < 0.4}
        for n, (a, b) in enumerate(sorted(pairs))
    ]


@pytest.mark.parametrize("driving", [False, True])
def test_chains_are_those_that_networkx_finds(ask: Ask, driving: bool) -> None:
    dice = random.Random(3)
    size = 40
    links = random_links(dice, size)
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(size))
    used = [one for one in links if one["driving"] or not driving]
    graph.add_edges_from((one["from"], one["to"]) for one in used)
    asked: list[tuple[int, dict[str, Any]]] = []
    expected = []
    for number in range(size):
        for steps in (1, 2, 3, None):
            before = nx.single_source_shortest_path_length(graph.reverse(), number, steps)
            after = nx.single_source_shortest_path_length(graph, number, steps)
            for way, found in (("before", before), ("after", after), ("both", {**before, **after})):
                how = {
                    "before": way != "after", "after": way != "before", "driving": driving,
                    **({} if steps is None else {"steps": steps}),
                }  # fmt: skip
                asked.append((number, how))
                expected.append(sorted(found))
    question = {"links": links, "parents": [None] * size, "sets": [], "asked": asked}
    answers = ask("chains", question)
    assert [one["items"] for one in answers] == expected
    for (_, how), answer in zip(asked, answers, strict=True):
        ends = {one["number"]: {one["from"], one["to"]} for one in used}
        assert all(ends[link] <= set(answer["items"]) for link in answer["links"])
        # Both ways and to the end, every link between two items before or after it belongs.
        if how["before"] != how["after"] and "steps" not in how:
            inside = {n for n, pair in ends.items() if pair <= set(answer["items"])}
            assert set(answer["links"]) == inside


def test_a_part_holds_up_what_it_is_part_of(ask: Ask) -> None:
    # 1 and 2 are parts of 0, which 3 waits for; only 2 finishes when 0 does.
    links = [{"number": 0, "from": 0, "to": 3, "driving": True}]
    every, few = {"before": True, "after": True}, {"before": True, "driving": True}
    question = {
        "links": links, "parents": [None, 0, 0, None], "sets": [2],
        "asked": [[3, every], [3, few], [1, every], [1, few], [3, {"steps": 1}]],
    }  # fmt: skip
    found = [one["items"] for one in ask("chains", question)]
    assert found == [[0, 1, 2, 3], [0, 2, 3], [0, 1, 3], [1], [0, 3]]


def test_a_chain_is_cut_to_the_nearest(ask: Ask) -> None:
    links = [{"number": n, "from": n, "to": n + 1, "driving": False} for n in range(9)]
    question = {
        "links": links, "parents": [None] * 10, "sets": [],
        "asked": [[4, {"most": 5}], [4, {"most": 10}]],
    }  # fmt: skip
    cut, whole = ask("chains", question)
    assert (cut["items"], cut["cut"]) == ([2, 3, 4, 5, 6], True)
    assert (whole["items"], whole["cut"]) == (list(range(10)), False)


def test_filters_leave_what_fits_them_all(ask: Ask) -> None:
    facets = [
        {"key": "owner", "keys": ["a", "b"], "of": [[0, 2], [[0, 1], 1], [-1, 1]]},
        {"key": "status", "keys": ["x", "y"], "of": [[0, 1], [1, 3]]},
    ]
    choices: list[dict[str, str]] = [
        {}, {"owner": "a"}, {"owner": "b"}, {"owner": ""}, {"owner": "a", "status": "y"},
        {"soon": "1"}, {"soon": "1", "owner": "a"},
    ]  # fmt: skip
    question = {
        "facets": facets,
        "soon": [10, 20],
        "finish": [10, 11, 20, None],
        "choices": choices,
    }
    assert ask("facets", question) == [None, [0, 1, 2], [2], [3], [1, 2], [1, 2], [1, 2]]


def test_addresses_say_what_they_were_written_from(ask: Ask) -> None:
    states: list[dict[str, str]] = [
        {"item": "SI1.1.3", "show": "after"},
        {"owner": "Director of A & B = C #1 %20 +", "lanes": "board"},
        {"item": "a:b", "steps": "2", "only": "1", "soon": "1", "owner": ""},
        {},
    ]
    found = ask("addresses", states)
    assert [state for _, state in found] == [*states[:3], None]
    assert found[0][0] == "#item=SI1.1.3&show=after"
    assert all(" " not in address and address.count("#") <= 1 for address, _ in found)


def test_places_on_the_page_are_no_state(ask: Ask) -> None:
    assert (
        ask("hashes", ["", "#", "#table", "#i12", "#x=1", "#item", "#owner=%E0%A4%A"]) == [None] * 7
    )
    assert ask("hashes", ["#item=A%20b&evil=1&show=after"]) == [{"item": "A b", "show": "after"}]
