"""XER files with several projects: each a plan of the portfolio, with the links between them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from loaders.load import load
from simulations.schedule import schedule
from tests.loaders.xer_text import activity, link, project, write_xer

if TYPE_CHECKING:
    from pathlib import Path

    from tests.loaders.xer_text import Tables


def two_projects() -> Tables:
    """Return a harbour of a day's work, and a pier of two days that waits for it by one."""
    tables = project(activity("A", 8))
    tables["PROJECT"].append(
        {"proj_id": "2", "proj_short_name": "PIER", "clndr_id": "10",
         "plan_start_date": "2026-01-05 08:00", "last_recalc_date": "2026-01-05 08:00"}
    )  # fmt: skip
    tables["TASK"] += [activity(code, 8, proj_id="2", wbs_id="") for code in ("P1", "P2")]
    tables["TASKPRED"] = [
        link("P1", "P2") | {"proj_id": "2", "pred_proj_id": "2"},
        link("A", "P1", lag=8) | {"proj_id": "2", "pred_proj_id": "1"},
        link("GONE", "P2") | {"proj_id": "2", "pred_proj_id": "9"},
    ]
    return tables


def written(folder: Path, tables: Tables) -> Path:
    path = folder / "harbour.xer"
    path.write_text(write_xer(tables), encoding="utf-8")
    return path


def test_links_cross_projects(tmp_path: Path) -> None:
    loaded = load([written(tmp_path, two_projects())])
    plan = loaded.plan
    assert {one.item for one in plan.projects} == {"HARBOUR", "PIER"}
    assert len(plan.links) == 2
    crossing = plan.links[-1]
    assert (crossing.from_, crossing.to, crossing.type) == ("HARBOUR:A", "PIER:P1", "FS")
    # A is Monday; a day's lag is Tuesday; P1 Wednesday, P2 Thursday.
    finish = {row.id: row.finish for row in schedule(plan).items}
    assert finish["HARBOUR:A"] == datetime(2026, 1, 5, 16)
    assert finish["PIER:P1"] == datetime(2026, 1, 7, 16)
    assert finish["PIER:P2"] == datetime(2026, 1, 8, 16)


def test_what_leads_out_of_the_file_is_told(tmp_path: Path) -> None:
    loaded = load([written(tmp_path, two_projects())])
    (problem,) = loaded.problems
    assert (problem.code, problem.items) == ("link-not-placed", ("PIER:P2",))
    assert problem.message.startswith("A relationship leads to or from a project that the file")


def test_one_project_is_a_plan(tmp_path: Path) -> None:
    loaded = load([written(tmp_path, project(activity("A", 8)))])
    assert loaded.plan.projects == ()
    assert loaded.plan.id == "HARBOUR"
