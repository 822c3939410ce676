"""What every test may ask for: material beside the checkout, a browser, Node, Java, settings.

All but the last may be absent: then the tests that need them skip with a plain notice, unless
KNOCKON_REQUIRE_CORPORA=1, KNOCKON_REQUIRE_BROWSER=1, KNOCKON_REQUIRE_NODE=1, KNOCKON_REQUIRE_JAVA=1
or KNOCKON_REQUIRE_BUNDLE=1 (wheels for Windows) says that they must be there (as CI does).
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from hypothesis import is_hypothesis_test, settings

from tests.laws import examples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

pytest_plugins = ["pytester", "tests.neo4j.fixtures"]

# Shared machines make any deadline flaky; CI repeats the same examples, a desk looks for new ones.
settings.register_profile(
    "knockon",
    deadline=None,
    print_blob=True,
    derandomize=bool(os.environ.get("CI")),
    max_examples=examples(),
)
settings.load_profile("knockon")

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("KNOCKON_SHARED") or ROOT.parent / "shared").resolve()
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
NODE_NAMES = ("node", "nodejs")
CHROMIUM_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
)
NOT_TRACED = {"papers", "csip_paper", "corpora"}
MARKED_FIXTURES = {"chromium": "browser", "papers": "papers"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test by what it asks for, so that `-m "not browser"` needs no second list.

    Laws, and tests on real papers and schedules, are not traced by the coverage: that makes them
    three times as slow, and a line that only they reach should have an example of its own.
    """
    for item in items:
        law = is_hypothesis_test(getattr(item, "obj", None))
        if law or not NOT_TRACED.isdisjoint(getattr(item, "fixturenames", ())):
            item.add_marker("untraced")
        for fixture, marker in MARKED_FIXTURES.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(marker)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Run what is marked `untraced` without the tracer of the coverage.

    The marker `no_cover` of pytest-cov does nothing in the processes of pytest-xdist: there two
    coverages are begun, and stopping one wakes the other.
    """
    tracer = sys.gettrace()
    if tracer is None or item.get_closest_marker("untraced") is None:
        return (yield)
    sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(tracer)


def report_absence(notice: str, *, required_by: str) -> NoReturn:
    """Skip with `notice`, or fail with it where the variable `required_by` is 1."""
    if os.environ.get(required_by) == "1":
        pytest.fail(f"{notice}, and {required_by}=1 asks for it", pytrace=False)
    pytest.skip(notice)


def find_shared(name: str) -> Path:
    """Find a folder or file of the material beside the checkout."""
    found = next(iter(sorted(SHARED.glob(name))), None)
    if found is None:
        report_absence(f"{SHARED / name} is absent", required_by="KNOCKON_REQUIRE_CORPORA")
    return found


@pytest.fixture(scope="session")
def papers() -> Path:
    """Folder of the real council papers."""
    return find_shared("papers")


@pytest.fixture(scope="session")
def csip_paper(papers: Path) -> Path:
    """Delivery plan of the CSIP, as a PDF converter printed it."""
    return find_shared(f"{papers.name}/002_*.txt")


@pytest.fixture(scope="session")
def corpora() -> Path:
    """Folder of third-party schedules with known answers."""
    return find_shared("corpora")


@pytest.fixture(scope="session")
def java() -> None:
    """A Java on this machine; MPXJ finds it by itself."""
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        report_absence(
            "no Java (on Debian: openjdk-17-jre-headless)", required_by="KNOCKON_REQUIRE_JAVA"
        )


@pytest.fixture(scope="session")
def node() -> Path:
    """A Node.js on this machine, which runs the scripts of a page outside a browser."""
    found = next(filter(None, map(shutil.which, NODE_NAMES)), None)
    if found is None:
        report_absence("no Node.js (on Debian: nodejs)", required_by="KNOCKON_REQUIRE_NODE")
    return Path(found)


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Executable of a Chromium on this machine."""
    named = os.environ.get("KNOCKON_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if found is None or not Path(found).is_file():
        where = named or f"none of {', '.join(CHROMIUM_NAMES)} on the PATH"
        report_absence(f"no browser ({where})", required_by="KNOCKON_REQUIRE_BROWSER")
    return Path(found)


@pytest.fixture(scope="session")
def browser(chromium: Path) -> Iterator[Browser]:
    """Headless Chromium; a test opens a page of its own and closes it."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - 0.5 s that most runs save

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM_FLAGS))
        yield running
        running.close()
