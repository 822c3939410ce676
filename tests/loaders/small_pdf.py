"""PDF files written by hand, page by page: each word and ruling where a test wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

__all__ = ["HEIGHT", "PICTURE", "draw_grid", "draw_line", "print_lines", "print_text", "write_pdf"]

WIDTH, HEIGHT = 400, 300

#: A picture all over the page, as a scanner leaves it.
PICTURE = f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /Im1 Do Q"


def print_text(left: float, top: float, words: str, *, size: float = 10, font: str = "F1") -> str:
    """Return the drawing of words; ``top`` counts from the top of the page."""
    escaped = words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT /{font} {size} Tf {left} {HEIGHT - top - size} Td ({escaped}) Tj ET"


def print_lines(left: float, top: float, lines: Iterable[str]) -> str:
    """Return the drawing of lines, one below the other."""
    return "\n".join(print_text(left, top + 12 * n, line) for n, line in enumerate(lines))


def draw_line(left: float, top: float, right: float, bottom: float) -> str:
    """Return the drawing of a ruling."""
    return f"{left} {HEIGHT - top} m {right} {HEIGHT - bottom} l S"


def draw_grid(lefts: Sequence[float], tops: Sequence[float], *, closed: bool = True) -> str:
    """Return the rulings of a table; an open one lacks the lowest."""
    level = [draw_line(lefts[0], top, lefts[-1], top) for top in (tops if closed else tops[:-1])]
    return "\n".join([*level, *(draw_line(left, tops[0], left, tops[-1]) for left in lefts)])


def write_pdf(path: Path, pages: Sequence[str]) -> Path:
    """Write a PDF of pages that are drawings."""
    fonts = [
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"
        for name in ("Helvetica", "Courier", "Helvetica-Bold")
    ]
    picture = (
        "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
        "/BitsPerComponent 8 /Length 1 >>\nstream\nA\nendstream"
    )
    kids = " ".join(f"{7 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        *fonts,
        picture,
    ]
    for number, drawing in enumerate(pages):
        resources = "<< /Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R >> /XObject << /Im1 6 0 R >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] "
            f"/Resources {resources} /Contents {8 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(drawing)} >>\nstream\n{drawing}\nendstream")
    content = b"%PDF-1.4\n"
    places = []
    for number, one in enumerate(objects, start=1):
        places.append(len(content))
        content += f"{number} 0 obj\n{one}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    content += (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
        f"startxref\n{len(content)}\n%%EOF\n"
    ).encode("latin-1")
    path.write_bytes(content)
    return path
