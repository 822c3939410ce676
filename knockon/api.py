"""The call that Python users begin with; all others are the layers' own functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loaders.load import load as load_paths

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from loaders.loaded import Loaded

__all__ = ["load"]


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
