"""Word documents (.docx, .docm, .dotx) as paragraphs and tables; through python-docx.

What stands beside the body: foot and end notes come last, as paragraphs of their own; heads and
feet of pages and comments are left out, and reported.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from graphmodel.errors import MissingExtraError
from graphmodel.files import read_bytes
from graphmodel.words import count
from loaders.archives import DAMAGE, check_archive, damaged
from loaders.document_parts import Document, Para
from loaders.docx_body import BodyReader
from loaders.docx_lists import Lists
from loaders.docx_names import W
from loaders.docx_styles import Styles
from loaders.text import clean, shorten

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["read_docx"]


def read_docx(path: Path) -> Document:
    """Read a Word document.

    Raises
    ------
    FileError
        The file cannot be opened, is damaged, or `loaders.archives` refuses it.
    MissingExtraError
        python-docx is not installed.
    """
    content = read_bytes(path)
    check_archive(path, content, "Word document")
    try:
        from docx.opc.exceptions import OpcError  # noqa: PLC0415 - heavy
    except ImportError:
        raise MissingExtraError("python-docx", "documents", "Reading a Word document") from None
    try:
        return _Package(content).read()
    except (*DAMAGE, OpcError):
        raise damaged(path, "Word document") from None


class _Package:
    """The parts of a Word document that are read."""

    def __init__(self, content: bytes) -> None:
        from docx.opc.package import OpcPackage  # noqa: PLC0415 - heavy

        self.main = OpcPackage.open(BytesIO(content)).main_document_part
        self.document = Document()
        styles = Styles(self.find_root("styles"))
        self.body = BodyReader(styles, Lists(self.find_root("numbering"), styles.list_by_style()))

    def find_roots(self, kind: str) -> list[Any]:
        """Return the roots of the parts of a kind that the document names."""
        from docx.oxml.parser import parse_xml  # noqa: PLC0415 - heavy

        relations = self.main.rels.values()
        named = [one for one in relations if one.reltype.endswith(f"/{kind}")]
        return [parse_xml(one.target_part.blob) for one in named if not one.is_external]

    def find_root(self, kind: str) -> Any:
        """Return the root of the one part of a kind, or ``None``."""
        return next(iter(self.find_roots(kind)), None)

    def read(self) -> Document:
        """Read the body, then what stands beside it."""
        from docx.oxml.parser import parse_xml  # noqa: PLC0415 - heavy

        body: Any = parse_xml(self.main.blob).find(f"{W}body")
        for part in self.body.read_blocks(body):
            self.document.parts.append(part)
            self.body.tally.part = len(self.document.parts)
        self.add_notes()
        self.body.tally.report(self.document)
        self.report_margins()
        self.report_comments()
        return self.document

    def add_notes(self) -> None:
        """Put the notes that the body names behind it, with their numbers."""
        for kind in ("footnote", "endnote"):
            root = self.find_root(f"{kind}s")
            found = {} if root is None else {one.get(f"{W}id"): one for one in root}
            used = [name for one, name in self.body.notes if one == kind and name in found]
            for number, name in enumerate(dict.fromkeys(used), start=1):
                words = " ".join(
                    clean(part.text)
                    for part in self.body.read_blocks(found[name])
                    if isinstance(part, Para)
                )
                self.document.parts.append(Para(f"{kind.title()} {number}: {clean(words)}"))

    def report_margins(self) -> None:
        """Say what stands at the head and foot of pages, numbers apart."""
        texts = [
            clean(" ".join(one.text or "" for one in root.iter(f"{W}t")))
            for kind in ("header", "footer")
            for root in self.find_roots(kind)
        ]
        for text in dict.fromkeys(texts):
            if any(character.isalpha() for character in text):
                message = f'"{shorten(text)}" at the head or foot of pages was left out.'
                self.document.report("page-margin-left-out", "info", message)

    def report_comments(self) -> None:
        """Say how many comments the document has."""
        root = self.find_root("comments")
        if root is not None and len(root):
            verb = "was" if len(root) == 1 else "were"
            message = f"{count(len(root), 'comment')} {verb} left out."
            self.document.report("comments-left-out", "info", message)
