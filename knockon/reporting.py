"""Reports to a board: from a plan to a page, a Word paper, a workbook or a PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from graphmodel.errors import FileError
from graphmodel.files import write_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphmodel.plan import Plan
    from graphmodel.scenario import Scenario
    from graphmodel.selection import LinkUse
    from viz.paper.blocks import Paper

    Progress = Callable[[int, int], None]

__all__ = ["ENDINGS", "RUNS", "report", "write_report"]

#: What the name of a report may end in.
ENDINGS: Final = (".html", ".htm", ".docx", ".xlsx", ".pdf")

#: How often a report runs a plan: as often as ``knockon risk``, so that both tell the same odds.
RUNS: Final = 10_000


def report(  # noqa: PLR0913 - one for each choice
    plan: Plan,
    *,
    since: Plan | None = None,
    scenario: Scenario | None = None,
    links: LinkUse = "accepted",
    min_confidence: float = 0.0,
    names: bool = False,
    title: str | None = None,
    report_of: str | None = None,
    progress: Progress | None = None,
    iterations: int = RUNS,
    seed: int = 1,
) -> Paper:
    """Return a report on a plan that a board can read; `write_report` gives it a form.

    Parameters
    ----------
    since
        The plan as it was: the report tells what changed since then.
    scenario
        A change: the report tells what it would do.
    links, min_confidence
        Whether dates follow accepted links only, or proposed ones of at least this confidence (0
        to 1) too.
    names
        Whether elected members stand in it by name; offices always stand by their title.
    title, report_of
        Its heading, and whose report it is; by default what it says, and the organisation.
    progress
        Told how many officers of how many have been looked at, then how many runs are done.
    iterations, seed
        How often the plan is run to tell how likely its dates are; 0: that is left out.

    Raises
    ------
    ScenarioError
        The change cannot be made.
    UnknownIdError
        The change names what the plan has not.
    CycleError
        Accepted links and the breakdown run in a circle.
    """
    from graphmodel.names import hide_names  # noqa: PLC0415 - heavy
    from knockon.api import compare  # noqa: PLC0415
    from queries.report import gather_report  # noqa: PLC0415
    from viz.paper.contents import lay_out_report  # noqa: PLC0415

    versions = (plan,) if since is None else (since, plan)
    shown = versions if names else hide_names(versions)
    comparison = None
    if since is not None:
        comparison = compare(*shown, links=links, min_confidence=min_confidence)
    gathered = gather_report(
        shown[-1],
        scenario=scenario,
        comparison=comparison,
        links=links,
        min_confidence=min_confidence,
        progress=progress,
        iterations=iterations,
        seed=seed,
    )
    return lay_out_report(gathered, title=title, report_of=report_of, with_names=names)


def write_report(paper: Paper, path: str | Path) -> tuple[str, ...]:
    """Write a report in the form that the ending of ``path`` says; return what was changed.

    Parameters
    ----------
    paper
        The contents, from `report`.

    Raises
    ------
    FileError
        The ending is not one of `ENDINGS`, or the file cannot be written.
    MissingExtraError
        A package is missing that this form needs.
    """
    target = Path(path)
    ending = target.suffix.lower()
    if ending not in ENDINGS:
        raise FileError(
            f'"{path}" cannot be written: name it with the ending .html, .docx, .xlsx or .pdf.'
        )
    content, told = _make(paper, target, ending)
    write_bytes(target, content)
    return told


def _make(paper: Paper, target: Path, ending: str) -> tuple[bytes, tuple[str, ...]]:
    """Return the content of a file, and what of the texts it could not hold."""
    if ending == ".xlsx":
        from knockon.report_book import pack_book  # noqa: PLC0415 - heavy

        return pack_book(paper, target)
    if ending == ".docx":
        from loaders.writers.texts import Texts  # noqa: PLC0415
        from viz.paper.word import write_word  # noqa: PLC0415 - heavy

        texts = Texts()
        return write_word(paper, texts.fit), texts.tell()
    from viz.paper.page import draw_report  # noqa: PLC0415 - heavy

    page = draw_report(paper)
    if ending == ".pdf":
        from knockon.printing import print_page  # noqa: PLC0415

        return print_page(page), ()
    return page.encode("utf-8"), ()
