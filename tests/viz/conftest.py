"""A map of the sample plan as a file, and the same opened in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from knockon.cli.pages import make_map
from tests.viz.driving import visit
from tests.viz.samples import build_plan, build_schedule
from viz.network import draw_map

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.viz.driving import Visit


@pytest.fixture(scope="session")
def map_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    plan = build_plan()
    path = tmp_path_factory.mktemp("map") / "a map.html"
    path.write_text(draw_map(plan, build_schedule(), links=plan.links), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def whatif_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The map that the command writes: with what-if in it."""
    path = tmp_path_factory.mktemp("whatif") / "what if.html"
    path.write_text(make_map(build_plan()), encoding="utf-8")
    return path


@pytest.fixture
def asked(browser: Browser, whatif_file: Path) -> Iterator[Visit]:
    with visit(browser, whatif_file) as found:
        yield found


@pytest.fixture
def opened(browser: Browser, map_file: Path) -> Iterator[Visit]:
    with visit(browser, map_file) as found:
        yield found
