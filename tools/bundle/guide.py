"""What a bundle says to the person who unpacks it: one text, as plain text and as a page.

The text is ``guide.md`` beside this file, in the little of Markdown that both forms can show:
headings, paragraphs, and steps to take in order.
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from jinja2 import Environment

__all__ = ["Block", "read_guide", "write_page", "write_text"]

_COLUMNS: Final = 78


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, or a list of steps; ``tag`` is its element of HTML."""

    tag: str
    texts: tuple[str, ...]


def read_guide(version: str, python: str) -> tuple[Block, ...]:
    """Return the guide for one version of knockon and one of Python."""
    text = Path(__file__).with_name("guide.md").read_text(encoding="utf-8")
    text = text.replace("{version}", version).replace("{python}", python)
    return tuple(map(_read_block, text.strip().split("\n\n")))


def _read_block(text: str) -> Block:
    marks = {"# ": "h1", "## ": "h2"}
    for mark, tag in marks.items():
        if text.startswith(mark):
            return Block(tag, (text.removeprefix(mark),))
    steps = re.split(r"(?:^|\n)\d+\. ", text)
    if len(steps) > 1:
        return Block("ol", tuple(map(_join_lines, steps[1:])))
    return Block("p", (_join_lines(text),))


def _join_lines(text: str) -> str:
    return re.sub(r"\n\s*", " ", text)


def write_text(guide: tuple[Block, ...]) -> str:
    """Return the guide as plain text."""
    lines: list[str] = []
    for block in guide:
        for number, text in enumerate(block.texts, start=1):
            start = f"{number}. " if block.tag == "ol" else ""
            lines += textwrap.wrap(
                text,
                _COLUMNS,
                initial_indent=start,
                subsequent_indent=" " * len(start),
                break_long_words=False,
                break_on_hyphens=False,
            )
        if block.tag in {"h1", "h2"}:
            lines.append(("=" if block.tag == "h1" else "-") * len(lines[-1]))
        lines.append("")
    return "\n".join(lines)


_PAGE: Final = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{{ guide[0].texts[0] }}</title>
<style>
body { margin: 0 auto; max-width: 42em; padding: 16px; color: #0b0c0c; background: #fff;
  font: 1.125rem/1.5 Arial, Helvetica, sans-serif; overflow-wrap: break-word; }
h1 { font-size: 1.75rem; line-height: 1.2; }
h2 { font-size: 1.375rem; line-height: 1.25; margin: 1.5em 0 .4em; }
li { margin-bottom: .5em; }
</style>
</head>
<body>
<main>
{% for block in guide %}
{% if block.tag == "ol" %}
<ol>
{% for step in block.texts %}
<li>{{ step }}</li>
{% endfor %}
</ol>
{% else %}
<{{ block.tag }}>{{ block.texts[0] }}</{{ block.tag }}>
{% endif %}
{% endfor %}
</main>
</body>
</html>
"""


def write_page(guide: tuple[Block, ...]) -> str:
    """Return the guide as one page of HTML."""
    engine = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return engine.from_string(_PAGE).render(guide=guide) + "\n"
