"""Opening a page in a browser that is cut off from everything, and noting all it does."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, ViewportSize

#: The usual laptop of a council.
LAPTOP: ViewportSize = {"width": 1366, "height": 768}

_AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}

#: The spacing of success criterion 1.4.12.
SPACING = """() => {
  const sheet = new CSSStyleSheet(); // a style element is what the pages' policy forbids
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important } p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""

#: Texts that a fixed width cuts off. Names of bands on the map give way to the drawing there; they
#: stand in full in the tables.
CUT = """() => [...document.querySelectorAll("a,button,dd,h1,h2,h3,label,li,p,summary,td,th")]
  .filter((one) => one.offsetParent && !one.closest(".unseen, .lanes")
    && ["hidden", "clip"].includes(getComputedStyle(one).overflowX)
    && one.scrollWidth > one.clientWidth + 1)
  .map((one) => one.outerHTML.slice(0, 80))"""

#: What has the focus: whether it can be seen at all, and its outline; null at the end of the page.
FOCUS = """() => {
  const one = document.activeElement;
  if (one === document.body) return null;
  const box = one.getBoundingClientRect();
  const within = (value, most) => Math.min(Math.max(value, 1), most - 1);
  const at = document.elementFromPoint(
    within(box.left + Math.min(box.width / 2, 40), innerWidth),
    within(box.top + Math.min(box.height / 2, 12), innerHeight));
  return {
    name: `${one.tagName} ${one.id} ${one.textContent.trim().slice(0, 30)}`,
    hidden: box.bottom <= 0 || box.top >= innerHeight || !at
      || !(one.contains(at) || at.contains(one)),
    outline: getComputedStyle(one).outlineStyle,
  };
}"""

_WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""


@dataclass
class Visit:
    """An open page, and what it asked for and complained of."""

    page: Page
    path: Path
    requests: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)

    def assert_quiet(self) -> None:
        """Assert that the page asked for nothing but itself and had nothing to complain of."""
        assert self.page.evaluate("window.violations") == []
        assert self.messages == []
        assert self.requests == [self.path.as_uri()]

    def refuse(self, dialog: Dialog) -> None:
        """Note a dialog, which no page of ours opens, and close it."""
        self.messages.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def number_of(self, item: str) -> int:
        """Return the row number of an item."""
        found: int = self.page.evaluate(
            """(id) => Number([...document.querySelectorAll('tr[id^="i"]')].find(
              (row) => row.querySelector("a").textContent === id).id.slice(1))""",
            item,
        )
        return found

    def run(self, script: str, argument: Any = None) -> Any:
        """Run a script in the page and return what it returns."""
        return self.page.evaluate(script, argument)


@contextmanager
def visit(browser: Browser, path: Path, **options: Any) -> Iterator[Visit]:
    """Open a file in a fresh browser context without a network."""
    with browser.new_context(viewport=LAPTOP, offline=True, **options) as context:
        page = context.new_page()
        found = Visit(page, path)
        page.on("request", lambda request: found.requests.append(request.url))
        page.on("pageerror", lambda error: found.messages.append(str(error)))
        page.on("dialog", found.refuse)
        page.on("console", lambda message: _note(found, message))
        page.add_init_script(_WATCH)
        page.goto(path.as_uri())
        if options.get("java_script_enabled", True):
            page.wait_for_selector("html.ready, body:not(:has(#map-data))", state="attached")
        yield found


def violations(found: Visit, part: str | None = None) -> list[str]:
    """Return what axe finds against WCAG 2.2 AA and good practice, on the page or in a part."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - only where it is used

    results = Axe().run(found.page, context=part, options=_AXE)
    return [
        f"{one['id']}: {node['html'][:200]}"
        for one in results.response["violations"]
        for node in one["nodes"]
    ]


def _note(found: Visit, message: ConsoleMessage) -> None:
    if message.type in {"error", "warning"}:
        found.messages.append(message.text)


def drawn_frames(page: Page) -> None:
    """Wait until the page has drawn what was asked of it."""
    page.evaluate("() => new Promise((done) => setTimeout(() => requestAnimationFrame(done), 450))")
