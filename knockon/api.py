"""The call that Python users begin with; all others are the layers' own functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loaders.load import load as load_paths

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from graphmodel.plan import Plan
    from graphmodel.selection import LinkUse
    from loaders.loaded import Loaded
    from queries.compare import Comparison

__all__ = ["compare", "load"]


def load(*files: str | Path, mapping: Mapping[str, str] | None = None) -> Loaded:
    """Read a plan from files of any kind and mix: papers, spreadsheets, schedules, registers.

    Parameters
    ----------
    mapping
        Fields by heading for spreadsheets: ``{"What we will do": "action"}``.

    Returns
    -------
    Loaded
        ``plan``, and ``problems``: what is wrong with the files, each with its place.

    Raises
    ------
    KnockonError
        A file cannot be read, or there is no plan in them.
    """
    return load_paths(files, mapping=mapping)


def compare(
    *versions: Plan, links: LinkUse = "accepted", min_confidence: float = 0.0
) -> Comparison:
    """Say what changed between versions of one plan, oldest first.

    Each version is brought under the ids of the one before (`loaders.aligning`), then compared
    (`queries.compare`).

    Parameters
    ----------
    links
        Whether forecasts follow accepted links only, or proposed ones of at least
        ``min_confidence`` (0 to 1) too.

    Raises
    ------
    KnockonError
        Accepted links of a version run in a circle.
    ValueError
        There are fewer than two versions.
    """
    from loaders.aligning import align  # noqa: PLC0415 - heavy
    from queries.compare import compare_plans  # noqa: PLC0415

    standing: list[Plan] = []
    doubts: list[str] = []
    for plan in versions:
        if not standing:
            standing.append(plan)
            continue
        aligned = align(standing[-1], plan)
        standing.append(aligned.plan)
        doubts += aligned.doubts
    return compare_plans(standing, links=links, min_confidence=min_confidence, doubts=doubts)
