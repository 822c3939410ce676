"""Real projects with stored Monte Carlo runs of their tool: the means of ours and of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulations.kernels.clock import work_of
from simulations.risk.model import prepare_risk
from simulations.risk.running import run_chunk
from simulations.whatif import prepare
from tests.corpora.dslib import plan_spread, read_projects

if TYPE_CHECKING:
    from pathlib import Path

    from tests.corpora.dslib import Project

ITERATIONS = 400
#: Of the projects whose baseline is their earliest starts, so many have runs; so many agree at the
#: least, as the corpus says. The others were run with other settings.
COMPARED, AGREE = 33, 24


def deviation(project: Project) -> float:
    """Return how many standard errors the two means are apart."""
    model = prepare_risk(
        prepare(plan_spread(project)), iterations=ITERATIONS, targets=[project.name]
    )
    net = model.baseline.compiled.net
    (samples,) = run_chunk(model, 0, ITERATIONS)
    cal = next(cal for cal in net.cal if cal >= 0)
    begin = work_of(net.clock, cal, net.plan_start[0])
    hours = np.array([(work_of(net.clock, cal, one) - begin) / 60 for one in samples.tolist()])
    theirs = np.array(project.runs, np.float64)
    error = np.sqrt(hours.var(ddof=1) / len(hours) + theirs.var(ddof=1) / len(theirs))
    apart = abs(hours.mean() - theirs.mean())
    return float(apart / error) if error else 0.0 if apart < 1 else float("inf")


def test_means_of_stored_runs(corpora: Path) -> None:
    projects = [one for one in read_projects(corpora) if one.asap_exact and one.runs]
    assert len(projects) == COMPARED
    apart = [deviation(project) for project in projects]
    assert sum(one <= 2 for one in apart) >= AGREE
    assert sum(one <= 3 for one in apart) >= AGREE + 4
