"""The frame every page shares: templates, styles, scripts, and the policy that sends nothing out.

A page is one file. Its content security policy allows the page's own inline scripts by their
SHA-256 and nothing else: no address can be loaded, and text from a plan cannot run even if it were
to slip past the escaping. Nothing here writes to disk.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from graphmodel.errors import KnockonError
from graphmodel.words import count, join_words
from viz import words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from jinja2 import Environment

__all__ = [
    "FILE",
    "MAP_SCRIPTS",
    "WHATIF_SCRIPTS",
    "Assets",
    "Frame",
    "as_inline",
    "gather_assets",
    "make_environment",
    "read_static",
]

_VIS: Final = "vendor/vis-network-10.1.5/vis-network.min.js"

#: The scripts of a page with a map, in the order they run.
MAP_SCRIPTS: Final = (
    _VIS,
    *(
        f"js/{name}.js"
        for name in (
            "texts",
            "packing",
            "chains",
            "facets",
            "address",
            "model",
            "arrange",
            "bundles",
            "palette",
            "shapes",
            "axis",
            "labels",
            "hits",
            "counts",
            "paint",
            "panel",
            "search",
            "camera",
            "lanes",
            "effect",
            "links",
            "table",
            "map",
            "filters",
            "keys",
        )
    ),
)

#: What a page with what-if runs after these.
WHATIF_SCRIPTS: Final = tuple(
    f"js/{name}.js"
    for name in (
        "instants",
        "forward",
        "leaves",
        "unpack",
        "engine",
        "thresholds",
        "paths",
        "scenarios",
        "outcome",
        "changes",
        "results",
        "whatif",
    )
)

#: A picture in the styles that vis-network brings along for its own buttons.
_PICTURE: Final = re.compile(r'url\("data:image/png;base64,[A-Za-z0-9+/=]+"\)')

#: What a page may do: run its own scripts, use its own styles and pictures; nothing else.
_POLICY: Final = (
    "default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src data: blob:; "
    "base-uri 'none'; form-action 'none'"
)


@dataclass(frozen=True, slots=True)
class Assets:
    """Styles and scripts to stand inline in a page, and the policy that lets just them run.

    A page that is served names ``addresses`` of scripts instead, in the order they run, and the
    ``nonce`` by which its policy knows them.
    """

    css: str
    scripts: tuple[str, ...]
    policy: str
    addresses: tuple[str, ...] = ()
    nonce: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a page: that of a file which is sent, or of the local page.

    Attributes
    ----------
    template
        The template that pages extend.
    find_assets
        From names of scripts to what the page takes along.
    values
        What the template knows beside what every page knows.
    """

    template: str
    find_assets: Callable[[tuple[str, ...]], Assets]
    values: Mapping[str, Any] = field(default_factory=dict)

    def dress(self, scripts: tuple[str, ...] = ()) -> dict[str, Any]:
        """Return the globals of a page with these scripts."""
        return {"frame": self.template, "assets": self.find_assets(scripts), **self.values}


@cache
def read_static(name: str) -> str:
    """Return a text from ``viz/static`` with Unix line ends, wherever the package is installed."""
    text = files("viz").joinpath("static", *name.split("/")).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n").replace("\r", "\n")


@cache
def gather_assets(scripts: Sequence[str] = ()) -> Assets:
    """Return the shared styles and the named scripts of ``viz/static``, with their policy.

    Raises
    ------
    KnockonError
        A script would end its own tag, so the file in the package is not the one shipped.
    """
    texts = tuple(as_inline(name, read_static(name)) for name in scripts)
    hashes = " ".join(f"'sha256-{_sha256(text)}'" for text in texts)
    return Assets(read_static("page.css"), texts, _POLICY.format(scripts=hashes or "'none'"))


def as_inline(name: str, text: str) -> str:
    """Drop the pointer to a source map (an address) and refuse what cannot stand inline.

    Our own scripts leave comments and indents behind, a fifth of them: no text in them runs over
    lines, so a line means the same without. vis-network leaves the pictures of its tool bars
    behind, a third of it: we show none of them.
    """
    text = _PICTURE.sub("none", text)
    lines = [line for line in text.split("\n") if not line.startswith("//# sourceMappingURL=")]
    if name.startswith("js/"):
        bare = re.sub(r"^\s*/\*.*?\*/\s*$", "", "\n".join(lines), flags=re.MULTILINE | re.DOTALL)
        lines = [line.strip() for line in bare.split("\n")]
        lines = [line for line in lines if line and not line.startswith("//")]
    inline = "\n".join(lines).strip("\n")
    if "</script" in inline.lower() or "<!--" in inline:
        raise KnockonError(f"viz/static/{name} cannot stand inside a page: install knockon again.")
    return inline


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


#: A page that is one file: nothing is fetched.
FILE: Final = Frame("base.html.j2", gather_assets)


def make_environment() -> Environment:
    """Return a template environment that escapes every value and knows the words of `viz.words`."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined  # noqa: PLC0415 - heavy
    from markupsafe import Markup  # noqa: PLC0415

    environment = Environment(
        loader=FunctionLoader(_read_template),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    environment.filters |= {
        "day": words.show_date,
        "days": words.show_days,
        "shift": words.show_shift,
        "join_words": join_words,
        "say_dates": words.say_dates,
        "shorten": words.shorten,
    }
    environment.policies["json.dumps_kwargs"] = {"sort_keys": True, "separators": (",", ":")}
    environment.globals |= {"count": count, "spread": words.show_range}
    # Our own files, and drawings whose texts are escaped already (`viz.charts.draw`): the only
    # places where escaping is switched off.
    environment.filters["own_script"] = Markup
    environment.filters["own_style"] = Markup
    environment.filters["own_drawing"] = Markup
    return environment


def _read_template(name: str) -> str:
    return files("viz").joinpath("templates", *name.split("/")).read_text(encoding="utf-8")
