"""Reading a council paper: its text, which family it is of, then that family's reader.

Word, PDF, HTML and Markdown are turned into text first (`loaders.documents`), so a family knows one
form only.

A new family is one more file beside `loaders.delivery_plan` and one more name in ``FAMILIES``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from graphmodel.errors import FileError
from graphmodel.files import fingerprint
from graphmodel.problems import Place, Problem
from loaders import delivery_plan, governance, plan_update, theme_progress
from loaders.documents import read_document
from loaders.loaded import Loaded
from loaders.relocating import relocate

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
    MissingExtraError
        It is Word or PDF and the extra ``documents`` is not installed.
    """
    path = Path(path)
    document = read_document(path)
    family, why = _recognise(path.name, document.text, families)
    plan, problems = family.read(document.text, path.name)
    plan, problems = relocate(plan, (*document.problems, *problems), document)
    digest = fingerprint(path)
    sources = tuple(
        source.model_copy(update={"sha256": digest}) if source.file == path.name else source
        for source in plan.sources
    )
    if document.encoding in {"windows-1252", "mixed"}:
        lines = "" if document.encoding == "windows-1252" else "in all lines "
        message = (
            f'"{path.name}" is not UTF-8 {lines}and was read as Windows-1252: check curly quotes.'
        )
        problems = (Problem("encoding", "info", message, (), Place(path.name)), *problems)
    note = f"{path.name} was read as a {family.name}: {why}."
    notes = (*document.notes, note)
    return Loaded(plan.model_copy(update={"sources": sources}), problems, notes)


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
