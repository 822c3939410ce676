"""``knockon risk``: what people read, the JSON keys, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import openpyxl
import pytest

from knockon.cli.main import run
from tests.knockon.council import COUNCIL, write_council
from tests.viz.reading import read_page

if TYPE_CHECKING:
    from collections.abc import Callable

#: A.1 slips by exactly 80 days in one of four runs: beyond the 44 days of room before A.2.
UNSURE = {"distribution": "hurdle", "probability": 0.25, "delay": "80d"}


@pytest.fixture
def said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[str], str]:
    """Run a command that must succeed in a folder with plan.json, and return what it prints."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    items = [
        {**one, "uncertainty": UNSURE} if one["id"] == "A.1" else one for one in COUNCIL["items"]
    ]
    write_council(Path("plan.json"), items=items, risks=None)

    def say(args: str) -> str:
        assert run(args.split()) == 0
        return capsys.readouterr().out

    return say


def test_the_odds_of_a_plan_that_says_how_uncertain_it_is(said: Callable[[str], str]) -> None:
    out = said("risk plan.json --reference none --iterations 2000 --target A")
    words = " ".join(out.split())
    assert words.startswith("A Bring in the new model across every team")
    assert "its due date, 30 Apr 2027, is kept with 7" in words  # about 75 %
    assert "2,000 iterations, seed 1; 1 accepted link; 1 item says how uncertain it is;" in words
    assert "What costs most days" in words
    assert "Director of Adult Social Care" in words
    assert max(map(len, out.splitlines())) <= 80


def test_as_json(said: Callable[[str], str]) -> None:
    answer = json.loads(said("risk plan.json --reference none --iterations 2000 --json"))
    assert (answer["iterations"], answer["seed"], answer["reference"]) == (2000, 1, None)
    keys = {
        "id", "p_on_time", "p10", "p50", "p80", "p90", "p80_days", "mean_days", "sd_days",
        "p80_se_days",
    }  # fmt: skip
    assert all(keys <= target.keys() for target in answer["targets"])
    due = next(target for target in answer["targets"] if target["id"] == "A")
    assert due["p_on_time"] == pytest.approx(0.75, abs=0.04)
    items = {item["id"]: item for item in answer["items"]}
    assert {"id", "criticality_index", "cost_days"} <= items["A.1"].keys()
    assert answer["risks"] == []


def test_the_reference_class_speaks_first_where_the_plan_is_silent(
    said: Callable[[str], str],
) -> None:
    write_council(Path("silent.json"), risks=None)
    out = " ".join(said("risk silent.json --iterations 300").split())
    assert out.startswith(
        "Nothing in the plan says how uncertain it is: slippage is taken from council improvement"
    )


def test_processes_tell_the_same(said: Callable[[str], str]) -> None:
    alone = said("risk plan.json --reference none --iterations 1000 --json")
    assert said("risk plan.json --reference none --iterations 1000 --workers 2 --json") == alone


def test_the_files_say_what_the_json_says(said: Callable[[str], str]) -> None:
    run_ = "risk plan.json --reference none --iterations 2000 --target A"
    answer = json.loads(said(f"{run_} --json -o risk.json"))
    assert json.loads(Path("risk.json").read_text(encoding="utf-8")) == answer
    (target,) = answer["targets"]
    said(f"{run_} -o risk.xlsx")
    book: Any = openpyxl.load_workbook("risk.xlsx")
    points = list(book["S-curve points"].iter_rows(min_row=2, values_only=True))
    assert [(day.date().isoformat(), after) for _, day, after in points] == [
        (one["date"], one["days"]) for one in target["curve"]
    ]
    assert [one for one, _, _ in points] == pytest.approx([one["share"] for one in target["curve"]])
    (cost,) = book["Costs"].iter_rows(min_row=2, max_col=3, values_only=True)
    costs = {one["id"]: one["cost_days"] for one in answer["items"]}
    assert cost == ("A.1", "Consult staff “properly”", costs["A.1"])
    head, *rows = book["Items at risk"].iter_rows(values_only=True)
    at = head.index("Critical in")
    assert {row[0]: row[at] for row in rows} == pytest.approx(
        {one["id"]: one["criticality_index"] for one in answer["items"]}
    )
    assert all(sheet.freeze_panes == "A2" and sheet.auto_filter.ref for sheet in book)
    assert "Written: risk.html" in said(f"{run_} -o risk.html --title Odds")
    words = read_page(Path("risk.html").read_text(encoding="utf-8")).words
    assert f"{target['p_on_time']:.0%}".replace("%", " %") in words
    assert "The plan was run 2,000 times with seed 1" in words
    said(f"{run_} -o risk.docx")
    document = docx.Document("risk.docx")
    assert len(document.inline_shapes) == 4


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        ("--iterations 0", "0 iterations"),
        ("--target A.9", 'no item "A.9"'),
        ("--reference nobody", "nobody"),
        ("--workers 0", "0 workers"),
        ("--until -1", "-1 days"),
        ("--dask nowhere", "nowhere"),
        ("--quick -o risk.html", "leave out -o"),
        ("-o risk.pptx", "name it with the ending .html, .docx, .xlsx, .pdf or .json."),
        ("-o plan.json", "is what the plan is read from"),
    ],
)
def test_what_cannot_be(
    said: Callable[[str], str], capsys: pytest.CaptureFixture[str], args: str, sentence: str
) -> None:
    said("show plan.json")
    assert run(["risk", "plan.json", *args.split()]) == 2
    error: Any = capsys.readouterr().err
    assert sentence in error
    assert "Traceback" not in error


def test_where_to_act(said: Callable[[str], str]) -> None:
    """A.1 slips 80 days in 25 of 100 runs: kept to the plan, A is not 36 days late at its P80."""
    out = " ".join(said("risk plan.json --reference none --iterations 400 --target A").split())
    assert "Where to act: what buys most days" in out
    assert "A.1" in out[out.index("Where to act") :]
    assert "No other choice of as many buys more." in out
    assert "Where to act" not in said("risk plan.json --iterations 64 --act 0")
    acts = json.loads(said("risk plan.json --reference none --iterations 400 --target A --json"))
    (place,) = acts["acts"]["places"]
    assert (place["total_days"], acts["acts"]["bought_days"]) == (36, 36)


def test_what_would_bring_it_back(said: Callable[[str], str]) -> None:
    asked = "risk plan.json --reference none --iterations 400 --target A --recover"
    out = said(asked)
    words = " ".join(out.split())
    assert "36 days after 30 Apr 2027" in words
    assert "Any one of these brings it back" in words
    assert "Or keep to the plan: A.1" in words
    assert max(map(len, out.splitlines())) <= 80
    (target,) = json.loads(said(f"{asked} --json"))["recovery"]["targets"]
    assert (target["late_days"], target["keep"]) == (36, ["A.1"])
    for cure in target["cures"]:
        assert cure["finish"] <= "2027-04-30"
    calm = " ".join(said(asked.replace("--target A ", "--target A.1 ")).split())
    assert "nothing to win back" in calm or "can be brought back" in calm


def test_bounds_at_once(said: Callable[[str], str]) -> None:
    out = " ".join(said("risk plan.json --reference none --target A --quick").split())
    assert out.startswith("Bounds, not odds: A ")
    look = json.loads(said("risk plan.json --reference none --target A --quick --json"))
    (target,) = look["targets"]
    assert target["p_on_time_at_least"] == pytest.approx(0.75, abs=0.01)
    assert target["p_on_time_at_most"] == pytest.approx(0.75, abs=0.01)


def write_paths(name: str, due: str) -> None:
    """Write two paths that are 3 and 2 days late for certain where a mark waits for them.

    The other mark has a date of its own, five days after it is due.
    """
    sure = {"distribution": "empirical", "values": ["13d"]}
    other = {"distribution": "empirical", "values": ["12d"]}
    mark = {"kind": "milestone", "title": "Mark"}
    work = {"kind": "activity", "title": "Work", "duration": "10d"}
    items = [
        work | {"id": "A", "uncertainty": sure},
        work | {"id": "B", "uncertainty": other},
        mark | {"id": "M", "duration": "0d", "due": due},
        mark | {"id": "N", "planned": {"finish": "2026-01-15"}, "due": due},
    ]
    links = [{"from": "A", "to": "M"}, {"from": "B", "to": "M"}]
    plan = {"schema": "knockon/plan@1", "id": "plan", "start": "2026-01-01"}
    text = json.dumps({**plan, "items": items, "links": links})
    Path(name).write_text(text, encoding="utf-8")


def test_a_set_of_cures_and_what_nothing_brings_back(said: Callable[[str], str]) -> None:
    write_paths("paths.json", "2026-01-10")
    asked = "risk paths.json --reference none --iterations 50 --recover"
    words = " ".join(said(asked).split())
    assert "2 of 2 targets with a date to keep are late at P80; 1 can be brought back" in words
    assert "The least set found: 2 cures, 5 days in all; no set comes to less than 3 days." in words
    assert "Or keep to the plan: A Work and B Work." in words
    assert "What nothing that was tried brings back" in words
    words = " ".join(said(f"{asked} --percentile 95").split())
    assert "are late at P95" in words
    assert "P80" not in words
    write_paths("calm.json", "2026-02-01")
    words = " ".join(said(asked.replace("paths", "calm")).split())
    assert "No target is late at P80: there is nothing to win back." in words


def test_costs_that_may_be_luck_are_not_listed(said: Callable[[str], str]) -> None:
    """Of twenty equal paths none alone moves the end by more than luck does in so few runs."""
    spread = {"distribution": "uniform", "low": "5d", "high": "15d"}
    work = {"kind": "activity", "title": "Work", "duration": "10d", "uncertainty": spread}
    plan = {"schema": "knockon/plan@1", "id": "plan", "start": "2026-01-01"}
    items = [work | {"id": f"W{number}"} for number in range(20)]
    Path("many.json").write_text(json.dumps({**plan, "items": items}), encoding="utf-8")
    out = said("risk many.json --reference none --iterations 100 --act 0")
    assert "not listed" in out
    assert "sampling error" in " ".join(out.split())
