"""Pages as PDF: through a Chromium browser that is on the machine, else through WeasyPrint.

Every council PC has Edge, which is one. It is started without a window, a profile of its own and
no network use, prints the file and ends.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from graphmodel.errors import FileError, MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["find_browser", "print_page"]

#: Names on the PATH, the free ones first.
_NAMES: Final = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge",
    "microsoft-edge-stable", "msedge", "chrome",
)  # fmt: skip
#: Where Windows and macOS keep them, below these folders.
_WINDOWS: Final = (
    "Microsoft/Edge/Application/msedge.exe",
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
)
_WINDOWS_FOLDERS: Final = ("PROGRAMFILES(X86)", "PROGRAMFILES", "LOCALAPPDATA")
_MAC: Final = (
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
_FLAGS: Final = (
    "--headless", "--disable-gpu", "--disable-extensions", "--disable-sync", "--disable-quic",
    "--disable-background-networking", "--no-first-run", "--no-default-browser-check",
    "--no-pdf-header-footer", "--generate-pdf-document-outline", "--export-tagged-pdf",
)  # fmt: skip
_SECONDS: Final = 120


def print_page(page: str) -> bytes:
    """Return an HTML page as the content of a PDF file.

    Raises
    ------
    MissingExtraError
        There is neither a Chromium browser nor WeasyPrint.
    FileError
        The browser printed nothing.
    """
    browser = find_browser()
    return _print_by_weasyprint(page) if browser is None else _print_by_browser(page, browser)


def find_browser() -> str | None:
    """Return a Chromium, Edge or Chrome on this machine; ``KNOCKON_CHROMIUM`` names one.

    Raises
    ------
    FileError
        ``KNOCKON_CHROMIUM`` names what is not there.
    """
    named = os.environ.get("KNOCKON_CHROMIUM")
    if named:
        found = shutil.which(named)
        if found is None:
            raise FileError(
                f'KNOCKON_CHROMIUM names "{named}", which is no program: give the full path of '
                "Chromium, Edge or Chrome, or unset it."
            )
        return found
    return next(_browsers(), None)


def _browsers() -> Iterator[str]:
    yield from filter(None, map(shutil.which, _NAMES))
    usual = [Path(one) for one in _MAC] if sys.platform == "darwin" else []
    for variable in _WINDOWS_FOLDERS:
        folder = os.environ.get(variable)
        if folder:
            usual += [Path(folder, one) for one in _WINDOWS]
    yield from (str(one) for one in usual if one.is_file())


def _print_by_browser(page: str, browser: str) -> bytes:
    # A browser that is still closing may hold files of its profile for a moment.
    with tempfile.TemporaryDirectory(prefix="knockon-", ignore_cleanup_errors=True) as folder:
        source, target = Path(folder, "report.html"), Path(folder, "report.pdf")
        source.write_text(page, encoding="utf-8", newline="\n")
        flags = [*_FLAGS, f"--user-data-dir={Path(folder, 'profile')}"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            flags.append("--no-sandbox")  # Chromium refuses to start as root with its sandbox
        command = [browser, *flags, f"--print-to-pdf={target}", source.as_uri()]
        try:
            subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603
            return target.read_bytes()
        except (OSError, subprocess.TimeoutExpired):
            raise FileError(
                f'"{browser}" did not print the report: name another Chromium, Edge or Chrome in '
                "KNOCKON_CHROMIUM, or open the report as .html and print it from there."
            ) from None


def _print_by_weasyprint(page: str) -> bytes:
    try:
        weasyprint = import_module("weasyprint")
    except (ImportError, OSError) as error:  # OSError: its own libraries are missing
        raise MissingExtraError(
            "WeasyPrint", "pdf", "Writing a PDF without Chromium, Edge or Chrome"
        ) from error
    content: bytes = weasyprint.HTML(string=page).write_pdf()
    return content
