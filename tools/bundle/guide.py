"""What a bundle says to the person who unpacks it: one text, as plain text and as a page."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import Final

from jinja2 import Environment

__all__ = ["make_guide", "write_page", "write_text"]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, what stands below it, and steps to take in order."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()


def make_guide(version: str, python: str) -> tuple[Section, ...]:
    """Return the text for one version of knockon and one of Python; the first names the whole."""
    return (
        Section(
            f"knockon {version} for Windows, with Python {python}",
            (
                "If this slips, what else slips? knockon turns an improvement plan into a dependency "
                "graph and answers that question. It runs on this computer only: nothing is sent "
                "anywhere, and installing it needs no administrator and no internet.",
            ),
        ),
        Section(
            "What you need",
            (
                f"A 64-bit Windows 10 or 11 and Python {python} (64-bit, not the free-threaded one). "
                "To see what is there, open a command window (press Windows+R, type cmd, press "
                "Enter) and type:  py --list",
                "If another Python from 3.11 to 3.14 is there, take the bundle for that one. If "
                "there is none, ask your IT service for Python: it is free, and most have it in "
                "their software catalogue.",
                "About 700 MB of disk space.",
            ),
        ),
        Section(
            "Install",
            steps=(
                "Unpack the whole zip file: right-click it and choose Extract All.",
                "In the folder this makes, double-click install.cmd. If Windows warns of a file from "
                "the internet, right-click the zip file before unpacking it, choose Properties, tick "
                "Unblock, and unpack it again.",
                "When it says that knockon is installed, follow the three lines it prints: open the "
                "folder, double-click window.cmd, type  knockon demo",
            ),
        ),
        Section(
            "What it does",
            (
                "It puts the packages into %LOCALAPPDATA%\\Programs\\knockon (with a Python from the "
                "Microsoft Store: %USERPROFILE%\\knockon). It copies no program, changes no "
                "setting, and writes nothing to the registry or to the PATH. The first answer "
                "about a large schedule is slow, because calculations are then compiled; they are "
                "kept in %LOCALAPPDATA%\\knockon.",
                "To install into another folder, open a command window in this folder and type:  "
                'install.cmd --into "D:\\the\\folder"',
                "To install a newer bundle, run its install.cmd: it takes the place of this one.",
            ),
        ),
        Section(
            "Remove",
            (
                "Double-click uninstall.cmd in the folder it was installed into. Plans and pages "
                "that you made stay where they are.",
            ),
        ),
        Section(
            "For your IT service",
            (
                "MANIFEST.txt lists the SHA-256 checksum of every file here, requirements.txt the "
                "version and checksum of every package, LICENCES.txt their licences. install.py is "
                "the whole installer: it uses the Python that is there, and pip with --no-index, "
                "--require-hashes and no settings of its own.",
                "Reading Microsoft Project (MPP) and Primavera XML files needs Java as well; XER and "
                "Microsoft Project XML files do not. PDF reports are printed by Edge or Chrome.",
                "Nothing listens on the network, except the local page while somebody runs it, and "
                "that only for this computer.",
            ),
        ),
    )


def write_text(guide: tuple[Section, ...]) -> str:
    """Return the guide as plain text of 78 columns."""
    lines = []
    for number, section in enumerate(guide):
        lines += [section.heading, ("-" if number else "=") * len(section.heading), ""]
        for paragraph in section.paragraphs:
            lines += [*textwrap.wrap(paragraph, 78, **_WHOLE), ""]
        for step, words in enumerate(section.steps, start=1):
            start, rest = f"{step}. ", "   "
            lines += textwrap.wrap(
                words, 78, initial_indent=start, subsequent_indent=rest, **_WHOLE
            )
        if section.steps:
            lines.append("")
    return "\n".join(lines)


_WHOLE: Final = {"break_long_words": False, "break_on_hyphens": False}

_PAGE: Final = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{{ guide[0].heading }}</title>
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
{% for section in guide %}
<h{{ 1 if loop.first else 2 }}>{{ section.heading }}</h{{ 1 if loop.first else 2 }}>
{% for paragraph in section.paragraphs %}
<p>{{ paragraph }}</p>
{% endfor %}
{% if section.steps %}
<ol>
{% for step in section.steps %}
<li>{{ step }}</li>
{% endfor %}
</ol>
{% endif %}
{% endfor %}
</main>
</body>
</html>
"""


def write_page(guide: tuple[Section, ...]) -> str:
    """Return the guide as one page of HTML."""
    engine = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return engine.from_string(_PAGE).render(guide=guide) + "\n"
