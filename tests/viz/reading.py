"""Reading a page the way a suspicious browser does: its tags, scripts, addresses and policy."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

#: Attributes whose value is an address, and elements that load something by being there.
ADDRESSES = frozenset(
    (
        "src",
        "href",
        "action",
        "formaction",
        "poster",
        "data",
        "srcset",
        "cite",
        "background",
        "ping",
    )
)
LOADERS = frozenset(("iframe", "object", "embed", "link", "base", "img", "video", "audio", "form"))


@dataclass
class PageParts(HTMLParser):
    """What a page holds, as an HTML parser sees it."""

    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    scripts: list[tuple[str | None, str]] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    _inside: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        if tag == "script":
            self.scripts.append((found.get("type"), ""))
        if tag in {"script", "style"}:
            self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "script":
            kind, text = self.scripts[-1]
            self.scripts[-1] = (kind, text + data)
        elif self._inside == "style":
            self.styles.append(data)
        else:
            self.text.append(data)

    @property
    def words(self) -> str:
        """All text a reader sees, blanks folded."""
        return " ".join("".join(self.text).split())

    @property
    def data(self) -> Any:
        """The page's own data block."""
        (block,) = [text for kind, text in self.scripts if kind == "application/json"]
        return json.loads(block)

    @property
    def policy(self) -> str:
        """The content security policy."""
        (found,) = [
            attrs["content"] or ""
            for tag, attrs in self.tags
            if tag == "meta" and attrs.get("http-equiv") == "Content-Security-Policy"
        ]
        return found

    def outside(self) -> list[str]:
        """Return everything that would make a browser ask for something else."""
        found = [
            f"<{tag} {name}={value}>"
            for tag, attrs in self.tags
            for name, value in attrs.items()
            if name in ADDRESSES and not (value or "").startswith(("#", "data:"))
        ]
        found += [f"<{tag}>" for tag, _ in self.tags if tag in LOADERS]
        found += [
            f"<{tag} {name}>" for tag, attrs in self.tags for name in attrs if name.startswith("on")
        ]
        for style in self.styles:
            found += re.findall(r"@import[^;]*|url\(\s*[\"']?(?!data:)[^)]*", style)
        return found


def read_page(html: str) -> PageParts:
    """Return the parts of a page."""
    parts = PageParts()
    parts.feed(html)
    parts.close()
    return parts


def sha256(text: str) -> str:
    """Return a hash as a policy writes it."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
