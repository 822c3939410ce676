"""Reading a council paper: which family it is of, then that family's reader.

A new family is one more file beside `loaders.delivery_plan` and one more name in ``FAMILIES``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from graphmodel.errors import FileError
from graphmodel.files import fingerprint, read_text
from graphmodel.problems import Place, Problem
from loaders import delivery_plan, governance, plan_update, theme_progress
from loaders.loaded import Loaded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.family import Family

__all__ = ["FAMILIES", "read_paper"]

FAMILIES: Final[tuple[Family, ...]] = (
    delivery_plan.FAMILY,
    theme_progress.FAMILY,
    plan_update.FAMILY,
    governance.FAMILY,
)


def read_paper(path: str | Path, *, families: Sequence[Family] = FAMILIES) -> Loaded:
    """Read a paper of any known family.

    Raises
    ------
    FileError
        The file cannot be read as text, no family knows it, several claim it, or it has no plan.
    """
    path = Path(path)
    text, encoding = read_text(path)
    family, why = _recognise(path.name, text, families)
    plan, problems = family.read(text, path.name)
    digest = fingerprint(path)
    sources = tuple(
        source.model_copy(update={"sha256": digest}) if source.file == path.name else source
        for source in plan.sources
    )
    if encoding in {"windows-1252", "mixed"}:
        lines = "" if encoding == "windows-1252" else "in all lines "
        message = (
            f'"{path.name}" is not UTF-8 {lines}and was read as Windows-1252: check curly quotes.'
        )
        problems = (Problem("encoding", "info", message, (), Place(path.name)), *problems)
    note = f"{path.name} was read as a {family.name}: {why}."
    return Loaded(plan.model_copy(update={"sources": sources}), problems, (note,))


def _recognise(name: str, text: str, families: Sequence[Family]) -> tuple[Family, str]:
    claims = [(family, why) for family in families if (why := family.recognise(text)) is not None]
    if len(claims) == 1:
        return claims[0]
    known = ", ".join(family.name for family in families)
    if not claims:
        raise FileError(
            f'"{name}" is no paper of a known form ({known}): give a plan file, a table, or the '
            "paper's text with its tables as tab-separated lines."
        )
    claimed = " and ".join(f"a {family.name} ({why})" for family, why in claims)
    raise FileError(f'"{name}" could be {claimed}: keep only one of the two in the file.')
