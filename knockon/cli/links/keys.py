"""Keys as they are pressed: no Enter needed, none lost, none shown.

`click.getchar` throws away what was typed while the screen was drawn or a decision saved, which is
what a fast reviewer does. So a POSIX terminal stays in its mode for single keys from the first to
the last; Windows keeps keys by itself.
"""

from __future__ import annotations

import codecs
import os
import re
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["reading_keys", "split_keys"]

#: What quits: the characters of Ctrl-C and Ctrl-D.
_INTERRUPTED: Final = "\x03"
_ENDED: Final = "\x04"

#: What a terminal sends for one key: an arrow or function key several characters (ECMA-48).
_KEY: Final = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1bO.|.", re.DOTALL)

#: What Windows sends before the character of a key that is no letter.
_SPECIAL: Final = ("\x00", "\xe0")

#: Bytes that are read at once; what is typed ahead is shorter.
_MOST: Final = 1024


def split_keys(typed: str) -> Sequence[str]:
    """Return the keys of what a terminal sent in one piece: typed ahead, or pasted."""
    return _KEY.findall(typed)


@contextmanager
def reading_keys() -> Iterator[Callable[[], Sequence[str]]]:
    """Give a function that waits for the next keys; Ctrl-C and Ctrl-D come as characters."""
    if sys.platform == "win32":
        yield _read_windows
        return
    import termios  # noqa: PLC0415 - there is none on Windows

    handle = sys.stdin.fileno()
    before = termios.tcgetattr(handle)
    now = termios.tcgetattr(handle)
    now[3] &= ~(termios.ECHO | termios.ICANON | termios.ISIG | termios.IEXTEN)
    termios.tcsetattr(handle, termios.TCSADRAIN, now)
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")

    def read() -> Sequence[str]:
        try:
            got = os.read(handle, _MOST)
        except OSError:  # the terminal has gone
            got = b""
        return split_keys(decoder.decode(got) if got else _ENDED)

    try:
        yield read
    finally:
        with suppress(termios.error):  # the terminal has gone
            termios.tcsetattr(handle, termios.TCSADRAIN, before)


def _read_windows() -> Sequence[str]:
    try:
        typed = click.getchar()
        return [typed] if typed[:1] in _SPECIAL else split_keys(typed)
    except (KeyboardInterrupt, EOFError):
        return _INTERRUPTED
