"""The local page served to a real browser, and what a test asks of a page there."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import uvicorn

from knockon.local.app import make_app
from tests.viz.driving import LAPTOP, Visit, violations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from knockon.local.desk import Desk

__all__ = ["broken_rules", "browse", "reach", "serve_desk", "width_of"]

_WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""


@contextmanager
def serve_desk(desk: Desk) -> Iterator[str]:
    """Serve a desk on a port of its own; yields its address."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()  # who comes before the server is up waits instead of being refused
        port = listener.getsockname()[1]
        server = uvicorn.Server(
            uvicorn.Config(make_app(desk, port=port), log_level="error", ws="none")
        )
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{port}"
        server.should_exit = True
        thread.join(10)


@contextmanager
def browse(browser: Browser, address: str, **options: Any) -> Iterator[Page]:
    """Open a fresh context; at its end, nothing was fetched from elsewhere and no rule broken."""
    noted: list[str] = []
    with browser.new_context(**{"viewport": LAPTOP, **options}) as context:
        page = context.new_page()
        page.add_init_script(_WATCH)
        page.on("request", lambda one: noted.append(one.url) if _is_foreign(one.url) else None)
        page.on("pageerror", lambda error: noted.append(str(error)))
        page.on("dialog", lambda dialog: noted.append(dialog.message))
        page.on(
            "console",
            lambda said: noted.append(said.text) if "Content Security" in said.text else None,
        )

        def _is_foreign(url: str) -> bool:
            return not url.startswith((address, "data:", "blob:"))

        yield page
        assert noted == []


def broken_rules(page: Page) -> list[str]:
    found: list[str] = page.evaluate("window.violations")
    return found + violations(Visit(page, Path()))


def width_of(page: Page) -> int:
    width: int = page.evaluate("document.documentElement.scrollWidth")
    return width


def reach(page: Page, wanted: str, *, by: str = "textContent") -> None:
    """Press Tab until the focus is on what is wanted, which must be seen to have it."""
    for _ in range(60):
        page.keyboard.press("Tab")
        found = page.evaluate(f"document.activeElement.{by}.trim()")
        if found == wanted:
            style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert style == "solid"
            return
    raise AssertionError(f"{wanted} is not reached")
