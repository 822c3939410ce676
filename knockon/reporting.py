"""Reports to a board: from a plan to a page, a Word paper, a workbook or a PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from graphmodel.errors import FileError
from graphmodel.files import write_bytes

if TYPE_CHECKING:
    from viz.paper.blocks import Paper

__all__ = ["ENDINGS", "write_report"]

#: What the name of a report may end in.
ENDINGS: Final = (".html", ".htm", ".docx", ".xlsx", ".pdf")


def write_report(paper: Paper, path: str | Path) -> tuple[str, ...]:
    """Write a report in the form that the ending of ``path`` says; return what was changed.

    Parameters
    ----------
    paper
        The contents, from `viz.paper.contents.lay_out_report`.

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
