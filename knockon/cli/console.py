"""Everything the command line prints goes through here.

Three dangers are met in one place: a console that cannot write a curly quote, a title that holds
terminal control codes, and a reader that closes the pipe early.
"""

from __future__ import annotations

import codecs
import io
import json
import os
import shutil
import sys
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from knockon.cli.tables import lay_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = [
    "complain",
    "drop_output",
    "make_safe",
    "prepare_streams",
    "say",
    "say_json",
    "say_long_json",
    "say_table",
    "say_wrapped",
    "width",
]

#: The widest line worth reading; the narrowest that ids and dates fit into.
_WIDEST: Final = 120
_NARROWEST: Final = 60

#: What stands in for a character that the console's encoding lacks.
_PLAIN: Final = {
    "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-",
    "\u2011": "-", "\u2500": "-", "\u2026": "...", "\u2022": "*", "\u2192": "->", "\u2264": "<=",
    "\u2265": ">=", "\u2193": "v", "\u00a0": " ",
}  # fmt: skip

#: C0 and C1 control codes but tab and line end, and marks that turn the direction of writing:
#: in a title they could hide or fake what the terminal shows.
_UNSAFE: Final = dict.fromkeys(
    [*range(9), *range(11, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)


def prepare_streams() -> None:
    """Let standard output and error write anything: plain characters where others are missing."""
    codecs.register_error("knockon", _replace)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="knockon")


def _replace(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    missing = error.object[error.start : error.end]
    return "".join(_PLAIN.get(one, "?") for one in missing), error.end


def drop_output() -> None:
    """Send what is still to be printed nowhere, because nobody reads it any more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def width() -> int:
    """Return the columns to fill: those of the terminal, 80 where there is none."""
    return max(_NARROWEST, min(shutil.get_terminal_size().columns, _WIDEST))


def make_safe(text: str) -> str:
    """Return a text without what could hide or fake what the terminal shows."""
    return text.translate(_UNSAFE)


def say(text: str = "") -> None:
    """Print a text on standard output."""
    # Not click.echo, which goes its own way where the encoding is ASCII.
    sys.stdout.write(f"{make_safe(text)}\n")


def say_wrapped(text: str, *, indent: int = 0) -> None:
    """Print a paragraph, broken between words; ``indent`` columns in, later lines two more."""
    margin = " " * indent
    hanging = margin + "  " if indent else ""
    say(
        textwrap.fill(
            text,
            width(),
            initial_indent=margin,
            subsequent_indent=hanging,
            break_long_words=False,
            break_on_hyphens=False,
        )
    )


def complain(text: str) -> None:
    """Print a sentence on standard error."""
    sys.stderr.write(f"{make_safe(text)}\n")


def say_json(answer: Any) -> None:
    """Print an answer for machines, in ASCII where the stream is not UTF-8."""
    sys.stdout.write(f"{json.dumps(answer, ensure_ascii=_needs_ascii(), indent=1)}\n")


def say_long_json(answer: Mapping[str, Any]) -> None:
    """Print an answer for machines a line at a time, whatever its iterators give one by one."""
    ascii_only = _needs_ascii()
    separator = "{"
    for key, value in answer.items():
        sys.stdout.write(f"{separator}\n {json.dumps(key, ensure_ascii=ascii_only)}: ")
        if isinstance(value, Iterator):
            _say_list(value, ascii_only=ascii_only)
        else:
            sys.stdout.write(json.dumps(value, ensure_ascii=ascii_only))
        separator = ","
    sys.stdout.write("\n}\n")


def _say_list(entries: Iterator[Any], *, ascii_only: bool) -> None:
    separator = "["
    for entry in entries:
        sys.stdout.write(f"{separator}\n  {json.dumps(entry, ensure_ascii=ascii_only)}")
        separator = ","
    sys.stdout.write("[]" if separator == "[" else "\n ]")


def _needs_ascii() -> bool:
    return codecs.lookup(getattr(sys.stdout, "encoding", None) or "ascii").name != "utf-8"


def say_table(
    title: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    total: int | None = None,
) -> None:
    """Print a table under its title, as wide as the terminal; its first column is wrapped.

    ``total`` is how many rows there are where these may be only the first; then the title says so.
    """
    plain = [[*map(make_safe, row)] for row in rows]
    if total is not None and total > len(plain):
        title = f"{title} (the first {len(plain)} of {total:,})"
    say(f"{title}\n")
    for line in lay_out(headings, plain, width()):
        say(line)
    say()
